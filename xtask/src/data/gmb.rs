//! Converts the Groningen Meaning Bank, given either as the folder of a release or as the table made from a release.

use super::bio::{self, Name};
use dateline_analysis::training::Resources;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

/// Number of sentences in the table to treat as one document, since the rows do not say which document they come from.
const SENTENCES: usize = 25;
/// Number of tokens read from the table for training. The bundled model was trained on a truncated copy that ended
/// here.
const TOKENS: usize = 238_665;
/// Country names, from the analysis lexicon. They name states, not peoples.
const COUNTRIES: &str = include_str!("../../../crates/analysis/assets/lexicon/en/countries.txt");
/// Our name type for each type of the corpus. `gpe` is a state or its people. `tim` (times) does not correspond to a
/// name type.
const KINDS: [(&str, &str); 7] = [
    ("geo", "LOC"),
    ("gpe", "MISC"),
    ("per", "PER"),
    ("org", "ORG"),
    ("art", "MISC"),
    ("eve", "MISC"),
    ("nat", "MISC"),
];

/// A token and its label: our type, and whether the token begins a name. The label is `None` outside names.
type Token = (String, Option<(&'static str, bool)>);

/// Converts a folder (`data` of release 2.2.0, with one folder per document) or a table (`ner_dataset.csv`).
pub(super) fn convert(input: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let resources = Resources::bundled();
    let mut converted = String::new();
    if input.is_dir() {
        for path in files(input)? {
            let document = document(&super::read(&path)?).map_err(|reason| format!("{}: {reason}", path.display()))?;
            push_document(&document, &resources, &mut converted);
        }
    } else {
        let failed = |reason: &dyn std::fmt::Display| format!("{}: {reason}", input.display());
        let bytes = fs::read(input).map_err(|error| failed(&error))?;
        let sentences = table(&bytes).map_err(|reason| failed(&reason))?;
        for document in sentences.chunks(SENTENCES) {
            push_document(document, &resources, &mut converted);
        }
    }
    if converted.is_empty() {
        return Err(format!("{}: no sentences", input.display()).into());
    }
    super::write(out, &converted)
}

/// Returns the annotated files of a release, sorted by part and document.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let inside = |folder: &Path| -> Result<Vec<PathBuf>, String> {
        let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.sort();
        Ok(paths)
    };
    let mut files = Vec::new();
    for part in inside(folder)?.iter().filter(|path| path.is_dir()) {
        let documents = inside(part)?;
        files.extend(documents.iter().map(|document| document.join("en.tags")).filter(|path| path.is_file()));
    }
    Ok(files)
}

/// Parses a file of a release. Its columns are separated by tabs: token, part of speech, lemma, label (`per-fam`,
/// `geo-nam`, `O`) and others. An empty line follows each sentence. Adjacent tokens of the same type form one name,
/// without a title before a person's name (`per-tit`).
fn document(text: &str) -> Result<Vec<Vec<Token>>, String> {
    let mut sentences = vec![Vec::new()];
    let mut before = None;
    for (number, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            sentences.push(Vec::new());
            before = None;
            continue;
        }
        let (Some(token), Some(label)) = (line.split('\t').next(), line.split('\t').nth(3)) else {
            return Err(format!("line {}: expected a token, three columns and more", number + 1));
        };
        let kind = if label == "per-tit" { None } else { kind(label.split('-').next().unwrap_or(label))? };
        if let Some(sentence) = sentences.last_mut() {
            sentence.push((token.to_owned(), kind.map(|kind| (kind, before != Some(kind)))));
        }
        before = kind;
    }
    sentences.retain(|sentence| !sentence.is_empty());
    Ok(sentences)
}

/// Parses the table, with the columns `Sentence #`, `Word`, `POS` and `Tag`. Only the first row of a sentence has a
/// sentence number. The table is read as Latin-1 because the bundled model was trained on it in that form.
fn table(bytes: &[u8]) -> Result<Vec<Vec<Token>>, String> {
    let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    let mut sentences: Vec<Vec<Token>> = Vec::new();
    let mut before = None;
    for (number, line) in text.lines().enumerate().skip(1).take(TOKENS) {
        let [first, word, _, tag] = &fields(line)[..] else {
            return Err(format!("line {}: expected four columns", number + 1));
        };
        if !first.is_empty() || sentences.is_empty() {
            sentences.push(Vec::new());
            before = None;
        }
        let (place, kind) = match tag.split_once('-') {
            Some((place, theirs)) => (place, kind(theirs)?),
            None => ("O", None),
        };
        if let Some(sentence) = sentences.last_mut() {
            sentence.push((word.clone(), kind.map(|kind| (kind, place == "B" || before != Some(kind)))));
        }
        before = kind;
    }
    Ok(sentences)
}

/// Splits a row into fields at commas. A quoted field may contain commas, and two quotation marks inside it represent
/// one.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        match (character, quoted) {
            ('"', true) if characters.peek() == Some(&'"') => {
                characters.next();
                fields.iter_mut().last().into_iter().for_each(|field| field.push('"'));
            }
            ('"', _) => quoted = !quoted,
            (',', false) => fields.push(String::new()),
            _ => fields.iter_mut().last().into_iter().for_each(|field| field.push(character)),
        }
    }
    fields
}

fn kind(theirs: &str) -> Result<Option<&'static str>, String> {
    if theirs == "O" || theirs == "tim" {
        return Ok(None);
    }
    let ours = KINDS.iter().find(|(known, _)| *known == theirs);
    ours.map(|(_, ours)| Some(*ours)).ok_or_else(|| format!("unknown label {theirs}"))
}

/// Appends a document, unless it has no sentences.
fn push_document(sentences: &[Vec<Token>], resources: &Resources, out: &mut String) {
    if !sentences.is_empty() {
        out.push_str(bio::DOCUMENT);
    }
    for sentence in sentences {
        let names = names(sentence, resources);
        bio::push_sentence(sentence.iter().map(|(token, _)| token.as_str()), &names, out);
    }
}

/// Returns the names in a sentence. Countries are places, and titles are not part of a person's name.
fn names(sentence: &[Token], resources: &Resources) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for (at, (_, label)) in sentence.iter().enumerate() {
        match (label, names.last_mut()) {
            (Some((kind, true)), _) => names.push(Name { tokens: at..at + 1, kind }),
            (Some(_), Some(name)) => name.tokens.end = at + 1,
            _ => {}
        }
    }
    for name in &mut names {
        let words: Vec<&str> = sentence[name.tokens.clone()].iter().map(|(token, _)| token.as_str()).collect();
        match name.kind {
            "MISC" if is_country(&words.join(" ")) => name.kind = "LOC",
            "PER" => {
                name.tokens.start += words.iter().take_while(|word| bio::is_title(word, resources)).count();
            }
            _ => {}
        }
    }
    names.retain(|name| !name.tokens.is_empty());
    names
}

fn is_country(name: &str) -> bool {
    let mut countries = COUNTRIES.lines().filter(|line| !line.starts_with('#')).flat_map(|line| line.split(','));
    countries.any(|country| country.trim().eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail with its input")]

    use super::*;

    fn converted(sentences: &[Vec<Token>]) -> String {
        let mut out = String::new();
        push_document(sentences, &Resources::bundled(), &mut out);
        out
    }

    #[test]
    fn a_file_of_a_release_has_a_type_and_a_subtype_per_token() {
        let text = "President\tNNP\tpresident\tper-tit\tHum\t1\nAna\tNNP\tana\tper-giv\tHum\t0\nRuiz\tNNP\truiz\tper-fam\tHum\t0\n\
                    visited\tVBD\tvisit\tO\t-\t2\nNorwegian\tJJ\tnorwegian\tgpe-nam\t-\t1\nVik\tNNP\tvik\tgeo-nam\t-\t0\n\n\
                    Oslo\tNNP\toslo\tgeo-nam\t-\t0\nMonday\tNNP\tmonday\ttim-dow\t-\t0\n";
        let expected = "-DOC-\tO\n\nPresident\tO\nAna\tB-PER\nRuiz\tI-PER\nvisited\tO\nNorwegian\tB-MISC\nVik\tB-LOC\n\n\
                        Oslo\tB-LOC\nMonday\tO\n\n";
        assert_eq!(converted(&document(text).unwrap()), expected);
    }

    #[test]
    fn a_row_of_the_table_with_a_number_begins_a_sentence() {
        let text = "Sentence #,Word,POS,Tag\nSentence: 1,Norway,NNP,B-gpe\n,\"\"\"\",``,O\n,\",\",\",\",O\n,President,NNP,B-per\n\
                    ,Ruiz,NNP,I-per\n,Storm,NNP,B-nat\n,Vik,NNP,I-geo\nSentence: 2,May,NNP,B-tim\n,2,CD,I-tim\n";
        let expected = "-DOC-\tO\n\nNorway\tB-LOC\n\"\tO\n,\tO\nPresident\tO\nRuiz\tB-PER\nStorm\tB-MISC\nVik\tB-LOC\n\n\
                        May\tO\n2\tO\n\n";
        assert_eq!(converted(&table(text.as_bytes()).unwrap()), expected);
    }

    #[test]
    fn a_country_of_several_words_is_a_place_and_its_people_are_not() {
        let text = "Sentence #,Word,POS,Tag\nSentence: 1,South,NNP,B-gpe\n,Korea,NNP,I-gpe\n,and,CC,O\n,South,JJ,B-gpe\n,Korean,JJ,I-gpe\n";
        let expected = "South\tB-LOC\nKorea\tI-LOC\nand\tO\nSouth\tB-MISC\nKorean\tI-MISC\n";
        assert!(converted(&table(text.as_bytes()).unwrap()).contains(expected));
    }

    #[test]
    fn the_table_is_read_as_latin_1() {
        let sentences = table(b"h\nSentence: 1,Br\xe9a,NNP,B-geo\n").unwrap();
        assert_eq!(sentences[0][0].0, "Bréa");
    }

    #[test]
    fn the_documents_of_a_release_come_in_order() {
        let folder = std::env::temp_dir().join(format!("dateline-gmb-{}", std::process::id()));
        for (document, text) in [("p01/d0002", "b\tNN\tb\tO\n"), ("p00/d0011", "a\tNN\ta\tO\n"), ("p01/d0001", "")] {
            fs::create_dir_all(folder.join(document)).unwrap();
            fs::write(folder.join(document).join("en.tags"), text).unwrap();
        }
        fs::write(folder.join("README"), "no document").unwrap();
        let found = files(&folder).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        let names: Vec<String> =
            found.iter().map(|path| path.strip_prefix(&folder).unwrap().to_string_lossy().replace('\\', "/")).collect();
        assert_eq!(names, ["p00/d0011/en.tags", "p01/d0001/en.tags", "p01/d0002/en.tags"]);
    }

    #[test]
    fn a_file_of_another_format_is_an_error_that_names_the_place() {
        assert_eq!(document("Ana\tNNP\n").unwrap_err(), "line 1: expected a token, three columns and more");
        assert_eq!(document("Ana\tNNP\tana\tlake-nam\n").unwrap_err(), "unknown label lake");
        assert_eq!(table(b"h\nSentence: 1,Ana,NNP\n").unwrap_err(), "line 2: expected four columns");
    }
}
