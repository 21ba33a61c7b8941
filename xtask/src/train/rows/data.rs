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

/// Timeline rows of annotated stories.
#[derive(Default)]
pub(super) struct Rows {
    /// Rows found in all stories.
    pub rows: Vec<Row>,
    /// Kind of annotation of each story, with the number of rows that its timeline needs.
    pub needed: Vec<(Source, usize)>,
}

/// Timeline row found by the analysis.
pub(super) struct Row {
    /// Name of the row's story.
    pub story: String,
    /// Whether the row has each feature, in the order of the weights file.
    pub signs: Vec<bool>,
    /// Whether the date, status and words of the row are correct.
    pub right: bool,
    /// Whether the row is correct and a timeline of the story needs it.
    pub needed: bool,
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
    /// Acceptable first days.
    begins: Vec<String>,
    /// Whether a timeline of the story needs the row.
    needed: bool,
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
pub(super) fn read(analyzer: &Analyzer, path: &Path, into: &mut Rows) -> Result<(), Box<dyn Error>> {
    if !path.is_dir() {
        return records(analyzer, path, into);
    }
    let notes = files(path, "toml")?;
    if !notes.is_empty() {
        return gold(analyzer, &notes, into);
    }
    files(path, "txt")?.iter().try_for_each(|path| stories(analyzer, path, into))
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
fn stories(analyzer: &Analyzer, path: &Path, into: &mut Rows) -> Result<(), Box<dyn Error>> {
    for (index, story) in parse(&fs::read_to_string(path)?)?.into_iter().enumerate() {
        let found = found(analyzer, &story.text, story.published.parse()?);
        into.judge(&format!("{}:{index}", path.display()), Source::Invented, found, &story.rows, is_right);
    }
    Ok(())
}

/// Returns the timeline rows of a text that have a date.
fn found(analyzer: &Analyzer, text: &str, published: Date) -> Vec<Example> {
    let options = Options { reference: Some(published), ..Options::default() };
    let mut rows = examples(analyzer, &Article::verbatim("", text), &options);
    rows.retain(|row| row.event.interval.is_some());
    rows
}

impl Rows {
    /// Adds the rows of a story. A row is correct if `fits` accepts it for one of the expected rows. Each expected row is
    /// found once.
    fn judge<T: Needed>(
        &mut self,
        story: &str,
        source: Source,
        found: Vec<Example>,
        expected: &[T],
        fits: impl Fn(&T, &Event) -> bool,
    ) {
        let mut left: Vec<&T> = expected.iter().collect();
        self.needed.push((source, expected.iter().filter(|row| row.is_needed()).count()));
        for Example { event, signs } in found {
            let fitting = left.iter().position(|row| fits(row, &event)).map(|at| left.remove(at));
            let right = fitting.is_some();
            let needed = fitting.is_some_and(Needed::is_needed);
            self.rows.push(Row { story: story.to_owned(), signs, right, needed, source });
        }
    }
}

/// Expected row that a timeline may or may not need.
trait Needed {
    /// Returns whether a timeline of the story needs the row.
    fn is_needed(&self) -> bool;
}

impl Needed for Expected {
    fn is_needed(&self) -> bool {
        self.needed
    }
}

impl Needed for Note {
    fn is_needed(&self) -> bool {
        true
    }
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
        begins: vec![begin.to_owned()],
        needed: true,
        statuses: alternatives(statuses),
        needs: needs.into_iter().map(alternatives).collect(),
        excludes: excludes.into_iter().map(|words| words[1..].to_owned()).collect(),
    })
}

/// Returns whether a row has the expected day, status and words.
fn is_right(expected: &Expected, event: &Event) -> bool {
    let shows = |words: &String| shows(&event.summary, words);
    event.interval.is_some_and(|(begin, _)| expected.begins.contains(&begin.to_string()))
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
    /// 2 if a timeline of the story needs the row, 1 if the row is only harmless.
    #[serde(default = "two")]
    worth: u8,
    need: Vec<OneOrMore>,
    #[serde(default)]
    not: Vec<String>,
}

/// Returns the default of `worth`.
const fn two() -> u8 {
    2
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

impl From<RecordRow> for Expected {
    fn from(row: RecordRow) -> Self {
        let mut statuses: Vec<String> = row.status.into();
        if statuses.iter().any(|status| status == "denied") {
            statuses.push("hypothetical".to_owned());
        }
        // The symbol for a reporting verb is not a required word, because any reporting verb is acceptable.
        let needs = row.need.into_iter().map(Vec::from).filter(|need: &Vec<String>| !need.contains(&":".to_owned()));
        Self {
            begins: std::iter::once(row.begin).chain(row.alt.into_iter().map(|(begin, _)| begin)).collect(),
            needed: row.worth > 1,
            statuses,
            needs: needs.collect(),
            excludes: row.not,
        }
    }
}

/// Finds the rows in a file of records and judges them.
fn records(analyzer: &Analyzer, path: &Path, into: &mut Rows) -> Result<(), Box<dyn Error>> {
    for line in fs::read_to_string(path)?.lines().filter(|line| !line.trim().is_empty()) {
        let record: Record = serde_json::from_str(line)?;
        let found = found(analyzer, &record.text, record.published.parse()?);
        let expected: Vec<Expected> = record.rows.into_iter().map(Expected::from).collect();
        into.judge(&record.id, Source::News, found, &expected, is_right);
    }
    Ok(())
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
fn gold(analyzer: &Analyzer, paths: &[PathBuf], into: &mut Rows) -> Result<(), Box<dyn Error>> {
    for path in paths {
        let Ok(text) = fs::read_to_string(path.with_extension("txt")) else { continue };
        let notes: Notes = toml::from_str(&fs::read_to_string(path)?)?;
        let found = found(analyzer, &text, notes.published.parse()?);
        into.judge(&path.display().to_string(), Source::Gold, found, &notes.event, |note, event| {
            agrees(&text, note, event)
        });
    }
    Ok(())
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
        let mut rows = Rows::default();
        super::read(&Analyzer::bundled(), &path, &mut rows).expect("rows");
        fs::remove_file(&path).expect("a file");
        assert_eq!(rows.rows.iter().map(|row| (row.right, row.source)).collect::<Vec<_>>(), [(true, Source::News)]);
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
        let mut rows = Rows::default();
        super::read(&Analyzer::bundled(), &folder, &mut rows).expect("rows");
        fs::remove_dir_all(&folder).expect("a folder");
        assert_eq!(rows.rows.iter().map(|row| row.right).collect::<Vec<_>>(), [true, false]);
        assert!(parse("no story").is_err());
    }

    #[test]
    fn words_are_shown_side_by_side() {
        assert!(shows("The fire, which killed two", "which killed"));
        assert!(!shows("The fire killed two", "fire two"));
    }
}
