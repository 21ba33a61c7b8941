//! Converts the English part of the `NewsReader` MEANTIME corpus: XML files of the Content Annotation Tool (CAT).

use super::bio::{self, Name};
use dateline_analysis::training::{Resources, WordList};
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Number of sentences at the beginning of a document in which mentions are annotated. They include the headline and
/// the date.
const ANNOTATED: usize = 6;
/// Entity types that correspond to our name types. Products and sums of money do not.
const KINDS: [&str; 3] = ["PER", "ORG", "LOC"];
/// Words that may join the parts of a name.
const JOINTS: [&str; 8] = ["-", "of", "the", "and", "for", "in", "'s", "&"];

/// Content of a CAT document.
#[derive(Default)]
struct Document {
    /// Tokens of the document, each with its text, the number of its sentence, and its ID.
    tokens: Vec<(String, usize, String)>,
    /// Token IDs of each named mention, by the ID of the mention.
    mentions: BTreeMap<String, Vec<String>>,
    /// Type of each entity, by the ID of the entity.
    kinds: HashMap<String, String>,
    /// Mentions of each entity: IDs of the mentions, and ID of the entity.
    references: Vec<(Vec<String>, String)>,
}

/// Converts a folder of annotations, which contains one folder for each of the corpus's four subjects.
pub(super) fn convert(folder: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let resources = Resources::bundled();
    let mut converted = String::new();
    for path in files(folder)? {
        let document =
            Document::parse(&super::read(&path)?).map_err(|reason| format!("{}: {reason}", path.display()))?;
        document.push(&resources, &mut converted);
    }
    if converted.is_empty() {
        return Err(format!("{}: no folders with XML files", folder.display()).into());
    }
    super::write(out, &converted)
}

/// Returns the XML files in the subfolders of a folder, in order.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut files = Vec::new();
    for subject in fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))? {
        let subject = subject?.path();
        if subject.is_dir() {
            for file in fs::read_dir(&subject).map_err(|error| format!("{}: {error}", subject.display()))? {
                files.push(file?.path());
            }
        }
    }
    files.retain(|path| path.extension().is_some_and(|extension| extension == "xml"));
    files.sort();
    Ok(files)
}

impl Document {
    /// Parses a CAT document.
    fn parse(text: &str) -> Result<Self, Box<dyn Error>> {
        let mut document = Self::default();
        let mut reader = Reader::from_str(text);
        // ID of the mention that the following token anchors belong to; `None` if it is not a name.
        let mut mention = None;
        loop {
            match reader.read_event()? {
                Event::Start(tag) if tag.name().as_ref() == b"token" => {
                    let inside = reader.read_text(tag.name())?;
                    document.push_token(&tag, &inside.decode()?)?;
                }
                Event::Start(tag) => document.open(&tag, &mut mention)?,
                Event::Empty(tag) => {
                    document.open(&tag, &mut mention)?;
                    if tag.name().as_ref() == b"ENTITY_MENTION" {
                        mention = None;
                    }
                }
                Event::End(tag) if tag.name().as_ref() == b"ENTITY_MENTION" => mention = None,
                Event::Eof => break,
                _ => {}
            }
        }
        if document.tokens.is_empty() { Err("no tokens".into()) } else { Ok(document) }
    }

    fn push_token(&mut self, tag: &BytesStart<'_>, inside: &str) -> Result<(), Box<dyn Error>> {
        let form = unescape(inside)?.trim().to_owned();
        let sentence = attribute(tag, "sentence")?.parse()?;
        self.tokens.push((form, sentence, attribute(tag, "t_id")?));
        Ok(())
    }

    /// Handles an opening tag. Common nouns and pronouns can refer to entities too, but only mentions of the type `NAM`
    /// are names.
    fn open(&mut self, tag: &BytesStart<'_>, mention: &mut Option<String>) -> Result<(), Box<dyn Error>> {
        match tag.name().as_ref() {
            b"ENTITY_MENTION" => {
                let is_name = attribute(tag, "syntactic_type").is_ok_and(|kind| kind.rsplit('.').next() == Some("NAM"));
                *mention = if is_name { Some(attribute(tag, "m_id")?) } else { None };
            }
            b"token_anchor" => {
                if let Some(mention) = mention {
                    self.mentions.entry(mention.clone()).or_default().push(attribute(tag, "t_id")?);
                }
            }
            b"ENTITY" => {
                self.kinds.insert(attribute(tag, "m_id")?, attribute(tag, "ent_type")?);
            }
            b"REFERS_TO" => self.references.push(Default::default()),
            b"source" | b"target" => {
                // Other relations have sources and targets as well. Here they are added to the last reference, which is
                // harmless: their IDs do not belong to names.
                if let Some((sources, target)) = self.references.last_mut() {
                    let id = attribute(tag, "m_id")?;
                    if tag.name().as_ref() == b"source" { sources.push(id) } else { *target = id }
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Appends the annotated sentences of the document.
    fn push(&self, resources: &Resources, out: &mut String) {
        out.push_str(bio::DOCUMENT);
        for sentence in 0..ANNOTATED {
            let tokens: Vec<_> = self.tokens.iter().filter(|(_, number, _)| *number == sentence).collect();
            if tokens.is_empty() {
                continue;
            }
            let forms: Vec<&str> = tokens.iter().map(|(form, ..)| form.as_str()).collect();
            let at: HashMap<&str, usize> =
                tokens.iter().enumerate().map(|(at, token)| (token.2.as_str(), at)).collect();
            let mut names: Vec<Name> = self.names(&forms, &at, resources).collect();
            names.sort_by_key(|name| name.tokens.len());
            bio::push_sentence(forms.into_iter(), &names, out);
        }
    }

    /// Returns the names in a sentence. `at` gives the index of each of its tokens, by token ID.
    fn names(&self, forms: &[&str], at: &HashMap<&str, usize>, resources: &Resources) -> impl Iterator<Item = Name> {
        self.references.iter().flat_map(move |(sources, target)| {
            let kind = self.kinds.get(target).and_then(|kind| KINDS.iter().find(|known| **known == kind.as_str()));
            sources.iter().filter_map(move |source| {
                let mut places: Vec<usize> =
                    self.mentions.get(source)?.iter().filter_map(|token| at.get(token.as_str()).copied()).collect();
                places.sort_unstable();
                name(forms, *places.first()?..places.last()? + 1, kind?, resources)
            })
        })
    }
}

/// Returns the first run of capitalised words in a mention, without a title.
fn name(forms: &[&str], mention: Range<usize>, kind: &'static str, resources: &Resources) -> Option<Name> {
    let capitalised = |at: usize| forms[at].contains(char::is_uppercase);
    let of = |at: usize, list: WordList| list.contains(forms[at], resources);
    let mut start = mention.clone().find(|at| capitalised(*at))?;
    let run = (start..mention.end).take_while(|at| capitalised(*at) || JOINTS.contains(&forms[*at]));
    let end = run.filter(|at| capitalised(*at)).last()? + 1;
    while kind == "PER" && start < end && bio::is_title(forms[start], resources) {
        start += 1;
    }
    let people = end == start + 1 && of(start, WordList::Demonyms) && !of(start, WordList::Surnames);
    (start < end).then_some(Name { tokens: start..end, kind: if people { "MISC" } else { kind } })
}

/// Returns an attribute of an element. Error messages name both.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Result<String, Box<dyn Error>> {
    let missing = || format!("{} without {name}", String::from_utf8_lossy(tag.name().as_ref()));
    let value = tag.try_get_attribute(name)?.ok_or_else(missing)?;
    Ok(unescape(std::str::from_utf8(&value.value)?)?.into_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail with its input")]

    use super::*;

    /// Formats a CAT document. Each word comes with the number of its sentence. Each mention has a syntactic type, an
    /// entity type, and the numbers of its first and last token, from 1.
    fn xml(words: &[(usize, &str)], mentions: &[(&str, &str, usize, usize)]) -> String {
        let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document doc_id=\"1\" lang=\"en\">\n".to_owned();
        for (at, (sentence, word)) in words.iter().enumerate() {
            out.push_str(&format!(
                "<token t_id=\"{}\" sentence=\"{sentence}\" number=\"{at}\">{word}</token>\n",
                at + 1
            ));
        }
        out.push_str("<Markables>\n");
        for (at, (syntax, kind, first, last)) in mentions.iter().enumerate() {
            out.push_str(&format!("<ENTITY_MENTION m_id=\"{at}\" syntactic_type=\"{syntax}\">\n"));
            (*first..=*last).for_each(|token| out.push_str(&format!("<token_anchor t_id=\"{token}\"/>\n")));
            out.push_str(&format!(
                "</ENTITY_MENTION>\n<ENTITY m_id=\"9{at}\" ent_type=\"{kind}\" TAG_DESCRIPTOR=\"\"/>\n"
            ));
        }
        out.push_str("</Markables>\n<Relations>\n");
        for at in 0..mentions.len() {
            out.push_str(&format!(
                "<REFERS_TO r_id=\"{at}\"><source m_id=\"{at}\"/><target m_id=\"9{at}\"/></REFERS_TO>\n"
            ));
        }
        out.push_str("</Relations>\n</Document>\n");
        out
    }

    fn converted(words: &[(usize, &str)], mentions: &[(&str, &str, usize, usize)]) -> String {
        let mut out = String::new();
        Document::parse(&xml(words, mentions)).unwrap().push(&Resources::bundled(), &mut out);
        out.replace("\tO", "").replace('\t', "/")
    }

    #[test]
    fn only_mentions_by_name_of_persons_organisations_and_places_are_names() {
        let words =
            [(0, "Nordbank"), (0, "sold"), (0, "it"), (0, "to"), (0, "rivals"), (1, "Oslo"), (1, "Model"), (1, "3")];
        let mentions = [
            ("NAM", "ORG", 1, 1),
            ("PRO", "ORG", 3, 3),
            ("NOM", "ORG", 5, 5),
            ("NAM", "LOC", 6, 6),
            ("NAM", "PRO", 7, 8),
        ];
        assert_eq!(
            converted(&words, &mentions),
            "-DOC-\n\nNordbank/B-ORG\nsold\nit\nto\nrivals\n\nOslo/B-LOC\nModel\n3\n\n"
        );
    }

    #[test]
    fn a_name_is_the_first_run_of_capitals_without_title_and_article() {
        let words =
            [(0, "the"), (0, "Bank"), (0, "of"), (0, "Vik"), (0, "branch"), (0, "Minister"), (0, "Ana"), (0, "Ruiz")];
        let mentions = [("NAM", "ORG", 1, 5), ("NAM", "LOC", 4, 4), ("NAM", "PER", 6, 8)];
        let expected = "-DOC-\n\nthe\nBank/B-ORG\nof/I-ORG\nVik/I-ORG\nbranch\nMinister\nAna/B-PER\nRuiz/I-PER\n\n";
        assert_eq!(converted(&words, &mentions), expected);
    }

    #[test]
    fn words_for_peoples_are_miscellaneous_and_entities_are_decoded() {
        let words = [(0, "Norwegian"), (0, "AT&amp;T")];
        let mentions = [("PRE.NAM", "LOC", 1, 1), ("NAM", "ORG", 2, 2)];
        assert_eq!(converted(&words, &mentions), "-DOC-\n\nNorwegian/B-MISC\nAT&T/B-ORG\n\n");
    }

    #[test]
    fn sentences_that_are_not_annotated_are_left_out() {
        let words = [(0, "One"), (5, "Six"), (6, "Seven")];
        assert_eq!(converted(&words, &[]), "-DOC-\n\nOne\n\nSix\n\n");
    }

    #[test]
    fn a_file_of_another_format_is_an_error() {
        let failure = |text: &str| Document::parse(text).err().map(|error| error.to_string());
        assert_eq!(failure("<html></html>").as_deref(), Some("no tokens"));
        assert_eq!(
            failure("<Document><token t_id=\"1\">a</token></Document>").as_deref(),
            Some("token without sentence")
        );
        assert!(failure("<Document><token").is_some());
    }
}
