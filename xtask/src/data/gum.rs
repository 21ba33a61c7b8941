//! Converts the Georgetown University Multilayer corpus (GUM): CoNLL-U files whose last column contains the mentions of
//! entities.
//!
//! GUM marks every mention, "the court" and "she" as well as "Nordic Supreme Court in Oslo". A mention contains a name
//! if its syntactic head is a proper noun. The name is then the run of proper nouns around the head.

use super::bio::{self, Name};
use dateline_analysis::training::{Resources, WordList};
use std::error::Error;
use std::ops::Range;
use std::path::Path;

/// Names of the documents used for training, without the prefix of the corpus.
const DOCUMENTS: &str = include_str!("../../assets/training/corpora/gum_documents.txt");
/// Our name type for each entity type of GUM. Mentions of other types (event, object, abstract …) contain no names.
const KINDS: [(&str, &str); 3] = [("person", "PER"), ("organization", "ORG"), ("place", "LOC")];
/// Words that may join the parts of a person's name. [`JOINTS`] applies to all other names.
const JOINTS_OF_PERSONS: &[&str] = &["-"];
const JOINTS: &[&str] = &["-", "of", "the", "and", "for", "in", "on", "'s"];

/// A token of a sentence.
struct Token<'a> {
    form: &'a str,
    /// Whether the token is a proper noun, or an adjective that is part of a name.
    proper: bool,
    adjective: bool,
    /// Index of the token's syntactic head in the sentence; `None` for the root.
    head: Option<usize>,
}

/// A mention of an entity: its token indices and our name type.
type Mention = (Range<usize>, &'static str);

/// Converts the documents used for training. `folder` contains the CoNLL-U files (`dep` in a release).
pub(super) fn convert(folder: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let resources = Resources::bundled();
    let mut converted = String::new();
    for name in DOCUMENTS.lines().filter(|line| !line.starts_with('#')) {
        let path = folder.join(format!("GUM_{name}.conllu"));
        let document = document(&super::read(&path)?, &resources);
        converted.push_str(&document.map_err(|reason| format!("{}: {reason}", path.display()))?);
    }
    super::write(out, &converted)
}

/// Converts a document. Error messages give the line number.
fn document(text: &str, resources: &Resources) -> Result<String, String> {
    let mut out = bio::DOCUMENT.to_owned();
    let (mut tokens, mut mentions, mut open) = (Vec::new(), Vec::new(), Vec::new());
    for (number, line) in text.lines().chain([""]).enumerate() {
        if line.trim().is_empty() {
            if !tokens.is_empty() {
                let names = names(&tokens, &std::mem::take(&mut mentions), resources);
                bio::push_sentence(tokens.iter().map(|token: &Token<'_>| token.form), &names, &mut out);
            }
            tokens.clear();
            open.clear();
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        // Skip lines that are not tokens: `1-2` is a contraction, whose two words follow on separate lines, and `8.1`
        // is a word that the sentence omits.
        if line.starts_with('#') || columns[0].contains(['-', '.']) {
            continue;
        }
        let [_, form, _, upos, xpos, _, head, _, _, misc] = columns[..] else {
            return Err(format!("line {}: expected ten columns", number + 1));
        };
        mark(misc, tokens.len(), &mut open, &mut mentions);
        tokens.push(Token {
            form,
            proper: upos == "PROPN" || xpos.starts_with("NNP"),
            adjective: xpos.starts_with("JJ"),
            head: head.parse::<usize>().ok().and_then(|head| head.checked_sub(1)),
        });
    }
    if out == bio::DOCUMENT { Err("no sentences".to_owned()) } else { Ok(out) }
}

/// Parses the mentions that begin or end at a token: `(3-person-new-cf1-1-coref` begins one, `3)` ends one, and a token
/// can have both. Releases before 8 use `(person-3` and `person-3)`.
fn mark<'a>(misc: &'a str, at: usize, open: &mut Vec<(&'a str, &'a str, usize)>, mentions: &mut Vec<Mention>) {
    let Some(value) = misc.split('|').find_map(|field| field.strip_prefix("Entity=")) else { return };
    for piece in value.split_inclusive(')').flat_map(pieces) {
        let closes = piece.ends_with(')');
        let (group, kind) = identity(piece.trim_matches(['(', ')']));
        if piece.starts_with('(') {
            open.push((group, kind, at));
        }
        if let (true, Some(last)) = (closes, open.iter().rposition(|(other, ..)| *other == group)) {
            let (_, kind, start) = open.remove(last);
            if let Some((_, ours)) = KINDS.iter().find(|(theirs, _)| *theirs == kind) {
                mentions.push((start..at + 1, ours));
            }
        }
    }
}

/// Splits a value such as `(1-person(2-place)` before each opening parenthesis.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('(').map(|(at, _)| at)).collect();
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([text.len()]).collect();
    starts.into_iter().zip(ends).map(|(start, end)| &text[start..end]).filter(|piece| !piece.is_empty())
}

/// Returns the number and the type of an entity. In the new format, the type is not repeated at the end of a mention.
fn identity(fields: &str) -> (&str, &str) {
    let mut fields = fields.split('-');
    let (first, second) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default());
    if first.starts_with(|first: char| first.is_ascii_digit()) { (first, second) } else { (second, first) }
}

/// Returns the names in a sentence, sorted so that later names cover earlier ones.
fn names(tokens: &[Token<'_>], mentions: &[Mention], resources: &Resources) -> Vec<Name> {
    let mut names: Vec<Name> = mentions.iter().filter_map(|mention| name(tokens, mention, resources)).collect();
    names.sort_by_key(|name| (std::cmp::Reverse(name.tokens.len()), name.tokens.start));
    names.dedup();
    let outer = names.clone();
    // "Oslo" in "Oslo University" is not a separate name. By contrast, the founder in the name of a foundation is a
    // separate name, and so is a ministry in a person's title.
    names.retain(|name| {
        name.kind == "PER"
            || !outer.iter().any(|outer| {
                outer.kind != "PER" && outer.tokens.len() > name.tokens.len() && contains(&outer.tokens, &name.tokens)
            })
    });
    let covered = |at: usize| outer.iter().any(|name| name.tokens.contains(&at));
    let people = (0..tokens.len()).filter(|at| {
        let token = &tokens[*at];
        token.adjective && !covered(*at) && is_of_a_people(token.form, resources)
    });
    let people: Vec<Name> = people.map(|at| Name { tokens: at..at + 1, kind: "MISC" }).collect();
    names.extend(people);
    names
}

/// Returns the name that a mention contains, if any.
fn name(tokens: &[Token<'_>], (range, kind): &Mention, resources: &Resources) -> Option<Name> {
    let joints = if *kind == "PER" { JOINTS_OF_PERSONS } else { JOINTS };
    let head = range.clone().find(|at| tokens[*at].head.is_none_or(|head| !range.contains(&head)))?;
    if !tokens[head].proper {
        return None;
    }
    let reach = |ats: &mut dyn Iterator<Item = usize>| {
        let run = ats.take_while(|at| tokens[*at].proper || joints.contains(&tokens[*at].form));
        run.filter(|at| tokens[*at].proper).last()
    };
    let mut start = reach(&mut (range.start..=head).rev())?;
    let end = reach(&mut (head..range.end))? + 1;
    while *kind == "PER" && start < end && bio::is_title(tokens[start].form, resources) {
        start += 1;
    }
    (start < end).then_some(Name { tokens: start..end, kind })
}

fn is_of_a_people(word: &str, resources: &Resources) -> bool {
    word.starts_with(char::is_uppercase) && WordList::Demonyms.contains(word, resources)
}

const fn contains(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail with its input")]

    use super::*;

    /// Formats a sentence as in GUM. The argument contains `form/XPOS/head/mentions` for each token, separated by
    /// spaces.
    fn sentence(words: &str) -> String {
        let mut out = "# sent_id = GUM_news_invented-1\n# s_type = decl\n".to_owned();
        for (at, word) in words.split(' ').enumerate() {
            let [form, xpos, head, entity] = word.splitn(4, '/').collect::<Vec<_>>()[..] else { panic!("{word}") };
            let upos = if xpos.starts_with("NNP") { "PROPN" } else { "X" };
            let misc =
                if entity.is_empty() { "_".to_owned() } else { format!("Discourse=x|Entity={entity}|SpaceAfter=No") };
            out.push_str(&format!("{}\t{form}\t{form}\t{upos}\t{xpos}\t_\t{head}\tdep\t_\t{misc}\n", at + 1));
        }
        out.push('\n');
        out
    }

    fn labels(words: &str) -> String {
        let out = document(&sentence(words), &Resources::bundled()).unwrap();
        let lines = out.lines().skip(1).filter(|line| !line.is_empty());
        lines.map(|line| line.replace("\tO", "").replace('\t', "/")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_name_is_the_run_of_proper_nouns_around_the_head() {
        let words = "the/DT/2/(1-organization-new-cf1-2-sgl University/NNP/9/ of/IN/4/ Vik/NNP/2/(2-place-new-cf2-1-sgl \
                     ,/,/6/ Norway/NNP/2/(3-place-new-cf3-1-sgl-Norway)2)1) and/CC/9/ she/PRP/9/(4-person-giv:act-cf4-1-ana) won/VBD/0/";
        assert_eq!(labels(words), "the University/B-ORG of/I-ORG Vik/I-ORG , Norway/B-LOC and she won");
    }

    #[test]
    fn the_format_of_older_releases_is_read_too() {
        let words =
            "Ines/NNP/3/(person-4-Ines_Moreau Moreau/NNP/1/person-4-Ines_Moreau) left/VBD/0/ Oslo/NNP/3/(place-5)";
        assert_eq!(labels(words), "Ines/B-PER Moreau/I-PER left Oslo/B-LOC");
    }

    #[test]
    fn a_mention_whose_head_is_no_proper_noun_has_no_name() {
        let words = "the/DT/2/(1-person-new-cf1-2-sgl critics/NNS/4/ Berg/NNP/2/1) fled/VBD/0/";
        assert_eq!(labels(words), "the critics Berg fled");
    }

    #[test]
    fn titles_leave_the_names_of_persons() {
        let words = "Dr./NNP/3/(1-person-new-cf1-1-sgl Ana/NNP/1/1) thanked/VBD/0/ Mr./NNP/3/(2-person-new-cf2-1-sgl) -/:/3/ \
                     Kari/NNP/3/(3-person-new-cf3-1-sgl Lund/NNP/6/ -/HYPH/9/ Berg/NNP/6/3)";
        let expected = "Dr. Ana/B-PER thanked Mr. - Kari/B-PER Lund/I-PER -/I-PER Berg/I-PER";
        assert_eq!(labels(words), expected);
    }

    #[test]
    fn a_person_in_the_name_of_an_organisation_stays_a_person_and_a_place_does_not() {
        let words = "Ines/NNP/3/(1-organization-new-cf1-3-sgl(2-person-new-cf2-1-sgl Moreau/NNP/1/2) Trust/NNP/4/1) met/VBD/0/ \
                     Oslo/NNP/6/(3-organization-new-cf3-2-sgl(4-place-new-cf4-1-sgl) College/NNP/4/3)";
        assert_eq!(labels(words), "Ines/B-PER Moreau/I-PER Trust/B-ORG met Oslo/B-ORG College/I-ORG");
    }

    #[test]
    fn adjectives_of_peoples_and_faiths_are_miscellaneous() {
        let words = "a/DT/3/(1-place-new-cf1-3-sgl Norwegian/JJ/3/ town/NN/0/1) ,/,/3/ Digital/JJ/3/";
        assert_eq!(labels(words), "a Norwegian/B-MISC town , Digital");
    }

    #[test]
    fn contractions_and_words_that_were_left_out_are_no_tokens() {
        let text = "1-2\tShe's\t_\t_\t_\t_\t_\t_\t_\t_\n1\tShe\tshe\tPRON\tPRP\t_\t3\tnsubj\t_\tEntity=(1-person-new-cf1-1-ana)\n\
                    2\t's\tbe\tAUX\tVBZ\t_\t3\taux\t_\t_\n3\tout\tout\tADV\tRB\t_\t0\troot\t_\t_\n3.1\tgone\tgo\tVERB\tVBN\t_\t_\t_\t_\t_\n";
        assert_eq!(document(text, &Resources::bundled()).unwrap(), "-DOC-\tO\n\nShe\tO\n's\tO\nout\tO\n\n");
    }

    #[test]
    fn a_file_of_another_format_is_an_error_that_names_the_line() {
        let resources = Resources::bundled();
        assert_eq!(document("# x\n1\tAna\tPER\n", &resources).unwrap_err(), "line 2: expected ten columns");
        assert_eq!(document("# x\n\n", &resources).unwrap_err(), "no sentences");
    }
}
