//! Corrects tags that leave a clause with no finite verb or one too many. The tagger confuses past tenses with
//! participles where the nearby words do not distinguish them.

use super::is_noun;
use crate::lexicon::lists;
use crate::pos::PennTag;

/// Returns the corrected tags; `None` when there is nothing to correct.
pub(super) fn tags(words: &[&str], tags: &[PennTag]) -> Option<Vec<PennTag>> {
    let main = main_verb(words, tags);
    let relative = relative_verbs(words, tags);
    let published = published(words, tags);
    let (dated, numbered) = (dated_verbs(words, tags), numbered(words, tags));
    if main.is_none() && relative.is_empty() && published.is_none() && dated.is_empty() && numbered.is_empty() {
        return None;
    }
    let mut out = tags.to_vec();
    for at in numbered.into_iter().chain(published) {
        if let Some(tag) = out.get_mut(at) {
            *tag = PennTag::Vbn;
        }
    }
    for at in relative.into_iter().chain(dated).chain(main) {
        if let Some(tag) = out.get_mut(at) {
            *tag = PennTag::Vbd;
        }
    }
    Some(out)
}

/// Returns the index of a verb that is tagged as past tense but must be a participle, in a phrase before the main
/// clause: "In a poll released Sunday, most disapproved".
fn published(words: &[&str], tags: &[PennTag]) -> Option<usize> {
    let leads = matches!(tags.first(), Some(PennTag::In | PennTag::Vbg));
    let comma = tags.iter().position(|tag| *tag == PennTag::Comma).filter(|_| leads)?;
    let finite = |at: &usize| tags.get(*at).is_some_and(|tag| is_finite(*tag));
    let verb = (1..comma).find(finite)?;
    let word = words.get(verb)?;
    let alone = !(verb + 1..comma).any(|at| finite(&at)) && (comma..tags.len()).any(|at| finite(&at));
    let object = takes_object(words, tags, verb) && tags.get(verb + 1) != Some(&PennTag::Nnp);
    (alone && !object && lists::PUBLISHED.contains_any_case(word)).then_some(verb)
}

/// Returns the indices of participles that are tagged as adjectives between a comma and a number: "the men, aged 31 and
/// 44, left".
fn numbered(words: &[&str], tags: &[PennTag]) -> Vec<usize> {
    let fits = |(at, three): (usize, &[PennTag])| {
        let participle = words.get(at + 1).is_some_and(|word| word.ends_with("ed"));
        (three == [PennTag::Comma, PennTag::Jj, PennTag::Cd] && participle).then_some(at + 1)
    };
    tags.windows(3).enumerate().filter_map(fits).collect()
}

/// Returns the indices of verbs that are tagged as participles but must be finite, because each is the only verb after
/// a conjunction and a time: "…, and two years later the couple emigrated to Vell".
fn dated_verbs(words: &[&str], tags: &[PennTag]) -> Vec<usize> {
    let conjunctions = tags.iter().enumerate().filter(|(_, tag)| **tag == PennTag::Cc).map(|(at, _)| at);
    conjunctions.filter_map(|at| verb_after_time(words, tags, at)).collect()
}

/// Returns the index of the participle in the clause that follows the conjunction at `conjunction`. The clause must
/// begin with a time phrase and a subject, and must not contain a finite verb.
fn verb_after_time(words: &[&str], tags: &[PennTag], conjunction: usize) -> Option<usize> {
    /// Maximum number of tokens in the time phrase.
    const NEAR: usize = 6;
    let tag = |at: usize| tags.get(at).copied().unwrap_or(PennTag::Period);
    let opens = |tag: PennTag| matches!(tag, PennTag::Dt | PennTag::PrpPossessive | PennTag::Prp);
    let subject = (conjunction + 2..conjunction + 2 + NEAR).find(|at| opens(tag(*at)))?;
    let timed = (conjunction + 1..subject).any(|at| tag(at) == PennTag::Cd)
        && matches!(tag(subject - 1), PennTag::Rb | PennTag::Rbr | PennTag::Cd);
    let inside = |at: &usize| is_noun(tag(*at)) || matches!(tag(*at), PennTag::Jj | PennTag::Cd);
    let verb = (subject + 1..tags.len()).find(|at| !inside(at)).filter(|at| tag(*at) == PennTag::Vbn)?;
    let agent = words.get(verb + 1).is_some_and(|word| word.eq_ignore_ascii_case("by"));
    let alone = !tags.get(conjunction..)?.iter().any(|tag| is_finite(*tag));
    (timed && alone && !agent).then_some(verb)
}

/// Returns whether a tag marks a finite verb.
const fn is_finite(tag: PennTag) -> bool {
    matches!(tag, PennTag::Vbd | PennTag::Vbz | PennTag::Vbp | PennTag::Md)
}

/// Returns the index of the participle that must be the main verb of a sentence without a finite verb. The participle
/// follows a parenthetical and precedes an object: "the miner, listed in Oslo, named her chief".
fn main_verb(words: &[&str], tags: &[PennTag]) -> Option<usize> {
    let ends = matches!(words.last().copied(), Some("." | "!" | "”" | "\""));
    if !ends || tags.iter().any(|tag| is_finite(*tag)) {
        return None;
    }
    (1..tags.len().saturating_sub(1)).rev().find(|at| {
        let closed = matches!(words.get(at - 1).copied(), Some("," | "-" | "–" | "—" | "--"));
        let named = tags.iter().take(at - 1).any(|tag| is_noun(*tag));
        tags.get(*at) == Some(&PennTag::Vbn) && closed && named && takes_object(words, tags, *at)
    })
}

/// Returns whether an object follows the verb at `at`, which rules out a participle.
fn takes_object(words: &[&str], tags: &[PennTag], at: usize) -> bool {
    let opens = tags.get(at + 1).is_some_and(|tag| {
        is_noun(*tag) || matches!(tag, PennTag::Dt | PennTag::PrpPossessive | PennTag::Cd | PennTag::Prp)
    });
    opens && words.get(at + 1).is_some_and(|word| !word.eq_ignore_ascii_case("by"))
}

/// Returns the indices of participles that are the only verb of a relative clause with its own subject: "the town,
/// which rebels captured in August".
fn relative_verbs(words: &[&str], tags: &[PennTag]) -> Vec<usize> {
    let relative = |at: usize| {
        matches!(tags.get(at), Some(PennTag::Wdt | PennTag::Wp))
            && ["which", "that", "whom", "who"].iter().any(|word| words.get(at).is_some_and(|own| own == word))
    };
    (0..tags.len()).filter(|at| relative(*at)).filter_map(|at| verb_after(words, tags, at)).collect()
}

/// Returns the index of the participle right after the noun phrase that follows the relative word at `at`.
fn verb_after(words: &[&str], tags: &[PennTag], at: usize) -> Option<usize> {
    let inside = |index: &usize| {
        tags.get(*index).is_some_and(|tag| {
            is_noun(*tag)
                || matches!(tag, PennTag::Dt | PennTag::Jj | PennTag::PrpPossessive | PennTag::Cd | PennTag::Prp)
        })
    };
    let verb = (at + 1..tags.len()).take_while(inside).last()? + 1;
    let named = tags.get(verb - 1).is_some_and(|tag| is_noun(*tag) || *tag == PennTag::Prp);
    let agent = words.get(verb + 1).is_some_and(|word| word.eq_ignore_ascii_case("by"));
    let mark =
        |index: &usize| matches!(tags.get(*index), Some(PennTag::Comma | PennTag::Period | PennTag::Colon) | None);
    let end = (verb..=tags.len()).find(mark)?;
    let alone = tags.get(verb..end).is_some_and(|rest| !rest.iter().any(|tag| is_finite(*tag)));
    (tags.get(verb) == Some(&PennTag::Vbn) && named && !agent && alone).then_some(verb)
}
