//! Timeline rows of annotated stories, each with its features and whether it is correct.

use dateline_analysis::training::rows::{Example, examples};
use dateline_analysis::{Analyzer, Event, Options};
use dateline_core::Named;
use dateline_core::article::Article;
use dateline_core::text::Span;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

/// Timeline row found by the analysis.
pub(super) struct Row {
    /// Name of the row's story.
    pub story: String,
    /// Whether the row has each feature, in the order of the weights file.
    pub signs: Vec<bool>,
    /// Whether the date, status and words of the row are correct.
    pub right: bool,
    /// Kind of annotation by which the row was judged.
    pub source: Source,
}

/// Kind of annotation by which a row is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// Record of published news.
    News,
    /// Gold set, which judges the clause of a row less strictly.
    Gold,
    /// Invented stories, which are easier than news.
    Invented,
}

/// Row that the timeline of a story should contain.
#[derive(Clone, Debug, PartialEq)]
struct Expected {
    begin: String,
    statuses: Vec<String>,
    /// Words that the row must contain. One word or phrase of each list is enough.
    needs: Vec<Vec<String>>,
    /// Words of a neighbouring clause that the row must not contain.
    excludes: Vec<String>,
}

/// Story with its expected rows.
#[derive(Clone, Debug, Default, PartialEq)]
struct Story {
    published: String,
    text: String,
    rows: Vec<Expected>,
}

/// Finds the rows in a folder of gold stories, a folder of story files or a file of records, and judges them.
pub(super) fn read(analyzer: &Analyzer, folder: &Path) -> Result<Vec<Row>, Box<dyn Error>> {
    if !folder.is_dir() {
        return records(analyzer, folder);
    }
    let notes = files(folder, "toml")?;
    if !notes.is_empty() {
        return gold(analyzer, &notes);
    }
    let mut out = Vec::new();
    for path in files(folder, "txt")? {
        out.extend(stories(analyzer, &path)?);
    }
    Ok(out)
}

/// Returns the files in a folder with the given extension, sorted by name.
fn files(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut paths: Vec<_> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.retain(|path| path.extension().is_some_and(|found| found == extension));
    paths.sort();
    Ok(paths)
}

/// Finds the rows in a file of stories and judges them.
fn stories(analyzer: &Analyzer, path: &Path) -> Result<Vec<Row>, Box<dyn Error>> {
    let mut out = Vec::new();
    for (index, story) in parse(&fs::read_to_string(path)?)?.into_iter().enumerate() {
        let published: Date = story.published.parse()?;
        let mut left = story.rows;
        for example in found(analyzer, &story.text, published) {
            let fits = left.iter().position(|row| is_right(row, &example.event));
            if let Some(fits) = fits {
                left.remove(fits);
            }
            let story = format!("{}:{index}", path.display());
            out.push(Row { story, signs: example.signs, right: fits.is_some(), source: Source::Invented });
        }
    }
    Ok(out)
}

/// Returns the timeline rows of a text that have a date.
fn found(analyzer: &Analyzer, text: &str, published: Date) -> Vec<Example> {
    let options = Options::default().reference(Some(published));
    let mut rows = examples(analyzer, &Article::verbatim("", text), &options);
    rows.retain(|row| row.event.interval.is_some());
    rows
}

/// Parses a file of stories, whose format is described in the file's header.
fn parse(file: &str) -> Result<Vec<Story>, Box<dyn Error>> {
    let mut stories: Vec<Story> = Vec::new();
    for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(day) = line.strip_prefix("= ") {
            stories.push(Story { published: day.to_owned(), ..Story::default() });
            continue;
        }
        let story = stories.last_mut().ok_or("a story begins with \"= DAY\"")?;
        if let Some(row) = line.strip_prefix("- ") {
            story.rows.push(expected(row).ok_or_else(|| format!("not \"DAY STATUS | WORDS\": {row}"))?);
        } else {
            story.text.push_str(if story.text.is_empty() { "" } else { "\n" });
            story.text.push_str(line);
        }
    }
    Ok(stories)
}

/// Parses an expected row of the form "DAY STATUS | WORDS".
fn expected(line: &str) -> Option<Expected> {
    let (head, words) = line.split_once(" | ")?;
    let (begin, statuses) = head.split_once(' ')?;
    let alternatives = |words: &str| words.split('/').map(str::to_owned).collect();
    let (excludes, needs): (Vec<&str>, Vec<&str>) = words.split(", ").partition(|words| words.starts_with('!'));
    Some(Expected {
        begin: begin.to_owned(),
        statuses: alternatives(statuses),
        needs: needs.into_iter().map(alternatives).collect(),
        excludes: excludes.into_iter().map(|words| words[1..].to_owned()).collect(),
    })
}

/// Returns whether a row has the expected day, status and words.
fn is_right(expected: &Expected, event: &Event) -> bool {
    let shows = |words: &String| shows(&event.summary, words);
    event.interval.is_some_and(|(begin, _)| begin.to_string() == expected.begin)
        && expected.statuses.iter().any(|status| status == event.status.name())
        && expected.needs.iter().all(|alternatives| alternatives.iter().any(shows))
        && !expected.excludes.iter().any(shows)
}

/// Returns whether a text contains a sequence of words, ignoring case and punctuation.
fn shows(text: &str, words: &str) -> bool {
    let (text, words) = (tokens(text), tokens(words));
    text.windows(words.len().max(1)).any(|window| window == words)
}

fn tokens(text: &str) -> Vec<String> {
    let marks = |c: char| !c.is_alphanumeric();
    text.split_whitespace()
        .map(|word| word.trim_matches(marks).to_lowercase())
        .filter(|word| !word.is_empty())
        .collect()
}

/// Record of a published story: one line of a file of records.
#[derive(Deserialize)]
struct Record {
    id: String,
    text: String,
    published: String,
    rows: Vec<RecordRow>,
}

/// Row expected for a record.
#[derive(Deserialize)]
struct RecordRow {
    begin: String,
    /// Other acceptable first and last days.
    #[serde(default)]
    alt: Vec<(String, Option<String>)>,
    status: OneOrMore,
    need: Vec<OneOrMore>,
    #[serde(default)]
    not: Vec<String>,
}

/// One text or several alternatives.
#[derive(Clone, Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl From<OneOrMore> for Vec<String> {
    fn from(texts: OneOrMore) -> Self {
        match texts {
            OneOrMore::One(text) => vec![text],
            OneOrMore::More(texts) => texts,
        }
    }
}

/// Finds the rows in a file of records and judges them.
fn records(analyzer: &Analyzer, path: &Path) -> Result<Vec<Row>, Box<dyn Error>> {
    let mut out = Vec::new();
    for line in fs::read_to_string(path)?.lines().filter(|line| !line.trim().is_empty()) {
        let record: Record = serde_json::from_str(line)?;
        let expected = |row: &RecordRow, begin: &str| Expected {
            begin: begin.to_owned(),
            statuses: row.status.clone().into(),
            // Any reporting verb is acceptable, so the symbol for one is not a required word.
            needs: row
                .need
                .iter()
                .map(|need| need.clone().into())
                .filter(|need: &Vec<String>| !need.contains(&":".to_owned()))
                .collect(),
            excludes: row.not.clone(),
        };
        let readings = |row: &RecordRow| -> Vec<Expected> {
            let others = row.alt.iter().map(|(begin, _)| begin.as_str());
            std::iter::once(row.begin.as_str()).chain(others).map(|begin| expected(row, begin)).collect()
        };
        let mut left: Vec<Vec<Expected>> = record.rows.iter().map(readings).collect();
        for example in found(analyzer, &record.text, record.published.parse()?) {
            let fits = left.iter().position(|row| row.iter().any(|row| is_right(row, &example.event)));
            if let Some(fits) = fits {
                left.remove(fits);
            }
            let right = fits.is_some();
            out.push(Row { story: record.id.clone(), signs: example.signs, right, source: Source::News });
        }
    }
    Ok(out)
}

/// Annotation file of a gold story, limited to the parts needed for training.
#[derive(Deserialize)]
struct Notes {
    published: String,
    #[serde(default)]
    event: Vec<Note>,
}

/// Table `[[event]]` of an annotation file.
#[derive(Deserialize)]
struct Note {
    text: String,
    nth: Option<usize>,
    begin: String,
    status: String,
}

/// Finds the rows in gold stories and judges them by the annotation files.
fn gold(analyzer: &Analyzer, notes: &[PathBuf]) -> Result<Vec<Row>, Box<dyn Error>> {
    let mut out = Vec::new();
    for path in notes {
        let Ok(text) = fs::read_to_string(path.with_extension("txt")) else { continue };
        let notes: Notes = toml::from_str(&fs::read_to_string(path)?)?;
        for example in found(analyzer, &text, notes.published.parse()?) {
            let right = notes.event.iter().any(|note| agrees(&text, note, &example.event));
            out.push(Row { story: path.display().to_string(), signs: example.signs, right, source: Source::Gold });
        }
    }
    Ok(out)
}

/// Returns whether a row has the sentence, day and status of an annotation, and at least half of its longer words.
fn agrees(text: &str, note: &Note, event: &Event) -> bool {
    /// Minimum length of a word for it to count as longer, in characters.
    const LONGER: usize = 4;
    let at = text.match_indices(note.text.as_str()).nth(note.nth.unwrap_or(1).saturating_sub(1)).map(|(at, _)| at);
    let Some(span) = at.map(|at| Span::new(at, at + note.text.len())) else { return false };
    let shown: BTreeSet<String> = tokens(&event.summary).into_iter().collect();
    let wanted: BTreeSet<String> =
        tokens(&note.text).into_iter().filter(|word| word.chars().count() >= LONGER).collect();
    span.overlaps(event.sentence)
        && event.interval.is_some_and(|(begin, _)| begin.to_string() == note.begin)
        && event.status.name() == note.status
        && wanted.intersection(&shown).count() * 2 >= wanted.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_judged_by_any_of_its_readings() {
        let record = r#"{"id": "a", "text": "The pier opened in 1994.", "published": "2024-05-15", "rows": [{"begin": "1993-01-01",
            "alt": [["1994-01-01", null]], "status": ["past"], "need": [":", ["pier", "quay"], "opened"], "not": ["burnt"]}]}"#;
        let path = std::env::temp_dir().join(format!("dateline-records-{}.jsonl", std::process::id()));
        fs::write(&path, record.replace('\n', " ")).expect("a file");
        let rows = super::read(&Analyzer::bundled(), &path).expect("rows");
        fs::remove_file(&path).expect("a file");
        assert_eq!(rows.iter().map(|row| (row.right, row.source)).collect::<Vec<_>>(), [(true, Source::News)]);
    }

    #[test]
    fn a_file_of_stories_is_parsed_and_its_rows_are_judged() {
        let file = "# head\n= 2024-05-15\nThe pier opened in 1994. It burnt on Monday.\n- 1994-01-01 past | pier, opened, !burnt\n";
        let stories = parse(file).expect("a file of stories");
        assert_eq!(stories.len(), 1);
        assert_eq!(stories[0].rows[0].needs, [["pier"], ["opened"]]);
        let folder = std::env::temp_dir().join(format!("dateline-rows-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join("a.txt"), file).expect("a file");
        let rows = super::read(&Analyzer::bundled(), &folder).expect("rows");
        fs::remove_dir_all(&folder).expect("a folder");
        assert_eq!(rows.iter().map(|row| row.right).collect::<Vec<_>>(), [true, false]);
        assert!(parse("no story").is_err());
    }

    #[test]
    fn words_are_shown_side_by_side() {
        assert!(shows("The fire, which killed two", "which killed"));
        assert!(!shows("The fire killed two", "fire two"));
    }
}
