//! Rules that change new stories: each selects stories with a query, and says what to do with them. They come from
//! `rules.toml` in the configuration folder. A rule starts no program and sends nothing.

use crate::config::{self, FileError};
use crate::new_stories::NewStories;
use dateline_library::query::Query;
use dateline_library::{Change, Flag, Library, Order, Origin, Result};
use jiff::Zoned;
use std::collections::HashSet;
use std::ops::Range;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Maximum length of a tag, in characters.
const MAX_TAG_LENGTH: usize = 60;

/// Names of the Boolean actions of a rule, with the change that each makes.
const SWITCHES: [(&str, Change); 4] = [
    ("star", Change::Flag(Flag::Starred, true)),
    ("read", Change::Flag(Flag::Read, true)),
    ("archive", Change::Flag(Flag::Archived, true)),
    ("bin", Change::Binned(true)),
];

/// One rule.
#[derive(Debug)]
pub(crate) struct Rule {
    /// Line of the rule in `rules.toml`, counted from 1.
    pub(crate) line: usize,
    /// Query as written.
    pub(crate) words: String,
    query: Query,
    changes: Vec<Change>,
}

impl Rule {
    /// Returns the IDs of all stories in the library that the rule concerns, oldest first.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub(crate) fn found(&self, library: &Library) -> Result<Vec<i64>> {
        library.found(&self.query, Zoned::now().date(), Order::Oldest, usize::MAX)
    }

    /// Returns whether the rule depends on annotations, so that it cannot be applied to a story without them.
    pub(crate) fn asks_annotations(&self) -> bool {
        self.query.asks_annotations()
    }

    /// Returns one description for each change that the rule would make to `count` stories, such as "star 3 stories".
    pub(crate) fn plans(&self, count: usize) -> impl Iterator<Item = String> {
        self.changes.iter().map(move |change| plan(change, count))
    }
}

/// Describes a change that would be made to `count` stories.
fn plan(change: &Change, count: usize) -> String {
    let stories = if count == 1 { "1 story".to_owned() } else { format!("{count} stories") };
    match change {
        Change::Flag(Flag::Read, true) => format!("mark {stories} as read"),
        Change::Flag(Flag::Read, false) => format!("mark {stories} as unread"),
        Change::Flag(Flag::Starred, true) => format!("star {stories}"),
        Change::Flag(Flag::Starred, false) => format!("unstar {stories}"),
        Change::Flag(Flag::Archived, true) => format!("archive {stories}"),
        Change::Flag(Flag::Archived, false) => format!("unarchive {stories}"),
        Change::Binned(true) => format!("move {stories} to the bin"),
        Change::Binned(false) => format!("restore {stories} from the bin"),
        Change::Tag(tag) => format!("tag {stories} “{tag}”"),
        Change::Untag(tag) => format!("remove the tag “{tag}” from {stories}"),
        Change::Note(_) => format!("set the note on {stories}"),
        Change::Split => format!("take {stories} out of their clusters"),
        Change::Merge => format!("merge the clusters of {stories}"),
    }
}

/// The rules of the user, in the order of the file.
#[derive(Debug, Default)]
pub(crate) struct Rules(Vec<Rule>);

impl Rules {
    /// Parses `rules.toml`. A rule with an error is omitted as a whole, because half of it could move stories to the bin
    /// that the other half was to exclude.
    pub(crate) fn parse(toml: &str) -> (Self, Vec<FileError>) {
        let (rows, mut faults) = config::rows(toml);
        let mut rules = Self::default();
        for (name, value) in rows.get_ref() {
            if name.get_ref() != "rule" {
                faults.push(FileError::unknown(toml, name.span().start, "table", name.get_ref(), ["rule"].into_iter()));
                continue;
            }
            for entry in value.get_ref().as_array().into_iter().flat_map(|rules| rules.iter()) {
                match rule(toml, entry) {
                    Ok(rule) => rules.0.push(rule),
                    Err(fault) => faults.push(fault),
                }
            }
            if !value.get_ref().is_array() {
                let line = config::line(toml, name.span().start);
                faults.push(FileError::Value { line, name: "rule".to_owned(), valid: "written as [[rule]]" });
            }
        }
        faults.sort_by_key(FileError::line);
        (rules, faults)
    }

    /// Returns the rules in the order in which they apply.
    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Rule> {
        self.0.iter()
    }

    /// Applies the rules to the stories added to the library at `path` since `new` began. Returns the number of stories
    /// changed.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read or written to.
    pub(crate) fn apply_to_new(&self, path: &Path, new: &NewStories) -> Result<usize> {
        if self.0.is_empty() {
            return Ok(0);
        }
        let mut library = Library::open(path)?.used_on(Origin::Rule);
        let stories = new.ids(&library)?.into_iter().collect();
        self.apply(&mut library, &stories)
    }

    /// Applies the rules to stories, one rule after the other, so that a later rule sees the changes of earlier ones.
    /// No query finds a story in the bin, so later rules do not apply to it. Returns the number of stories changed.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read or written to.
    pub(crate) fn apply(&self, library: &mut Library, stories: &HashSet<i64>) -> Result<usize> {
        let mut changed = HashSet::new();
        for rule in self.iter().take_while(|_| !stories.is_empty()) {
            let found: Vec<i64> = rule.found(library)?.into_iter().filter(|id| stories.contains(id)).collect();
            for change in &rule.changes {
                if library.set(&found, change)? > 0 {
                    changed.extend(found.iter().copied());
                }
            }
        }
        Ok(changed.len())
    }
}

/// Parses one table of `rules.toml`.
fn rule(toml: &str, entry: &Spanned<DeValue<'_>>) -> std::result::Result<Rule, FileError> {
    let line = config::line(toml, entry.span().start);
    let Some(table) = entry.get_ref().as_table() else {
        return Err(FileError::Value { line, name: "rule".to_owned(), valid: "written as [[rule]]" });
    };
    let words = query_words(toml, table, line)?;
    let query = Query::parse(&words).map_err(|error| FileError::Rule { line, fault: error.to_string() })?;
    let changes = changes(toml, table)?;
    if changes.is_empty() {
        let fault = "it changes nothing; add tag, star, read, archive or bin".to_owned();
        return Err(FileError::Rule { line, fault });
    }
    Ok(Rule { line, words, query, changes })
}

/// Returns the query of a rule, which every rule must have: without one, a rule would concern every story.
fn query_words(toml: &str, table: &DeTable<'_>, line: usize) -> std::result::Result<String, FileError> {
    let row = table.iter().find(|(name, _)| name.get_ref() == "query");
    let Some((_, value)) = row else {
        return Err(FileError::Rule { line, fault: "it has no query".to_owned() });
    };
    let words = value.get_ref().as_str().map(str::trim).filter(|words| !words.is_empty());
    words.map(str::to_owned).ok_or_else(|| invalid(toml, value.span(), "query", "a query in quotation marks"))
}

/// Returns the changes that a rule makes, in a fixed order: moving to the bin comes last.
fn changes(toml: &str, table: &DeTable<'_>) -> std::result::Result<Vec<Change>, FileError> {
    let mut tags = Vec::new();
    let mut switched = HashSet::new();
    for (name, value) in table {
        let (key, value) = (name.get_ref().as_ref(), value);
        match key {
            "query" => {}
            "tag" => {
                let named = tag_names(value.get_ref());
                let valid = "a list of tags of 1 to 60 characters without commas, such as [\"ferries\"]";
                tags = named.ok_or_else(|| invalid(toml, value.span(), key, valid))?;
            }
            _ if SWITCHES.iter().any(|(switch, _)| *switch == key) => match value.get_ref().as_bool() {
                Some(true) => drop(switched.insert(key)),
                Some(false) => {}
                None => return Err(invalid(toml, value.span(), key, "true or false")),
            },
            _ => {
                let known = ["query", "tag"].into_iter().chain(SWITCHES.iter().map(|(switch, _)| *switch));
                return Err(FileError::unknown(toml, name.span().start, "setting of a rule", key, known));
            }
        }
    }
    let switches = SWITCHES.into_iter().filter(|(switch, _)| switched.contains(switch)).map(|(_, change)| change);
    Ok(tags.into_iter().map(Change::Tag).chain(switches).collect())
}

/// Returns the tags of a rule, or `None` if one of them cannot be a tag.
fn tag_names(value: &DeValue<'_>) -> Option<Vec<String>> {
    let is_tag = |tag: &str| {
        !tag.trim().is_empty()
            && tag.chars().count() <= MAX_TAG_LENGTH
            && !tag.chars().any(|character| character == ',' || character.is_control())
    };
    let tag = |value: &Spanned<DeValue<'_>>| value.get_ref().as_str().filter(|tag| is_tag(tag)).map(str::to_owned);
    value.as_array()?.iter().map(tag).collect()
}

/// Creates the error for the invalid value at `span`, in bytes.
fn invalid(toml: &str, span: Range<usize>, name: &str, valid: &'static str) -> FileError {
    FileError::Value { line: config::line(toml, span.start), name: name.to_owned(), valid }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_core::article::Article;
    use dateline_library::Incoming;

    const RULES: &str = "[[rule]]\nquery = \"ferry\"\ntag = [\"transport\"]\nstar = true\n\n\
        [[rule]]\nquery = \"tag:transport quay\"\nread = true\nbin = true\nstar = false\n\n\
        [[rule]]\nquery = \"quay\"\ntag = [\"late\"]\n";

    /// Creates a library with one story for each text, and returns it with their IDs.
    fn library(texts: &[&str]) -> (Library, Vec<i64>) {
        let mut library = Library::open_in_memory().unwrap();
        let ids = texts.iter().enumerate().map(|(number, text)| {
            let id = number.to_string();
            let incoming = Incoming { article: Article::verbatim(&id, *text), source: id, ..Incoming::default() };
            library.add(&[incoming.prepare().unwrap()]).unwrap()[0].id
        });
        let ids = ids.collect();
        (library, ids)
    }

    fn found(library: &Library, words: &str) -> Vec<i64> {
        let query = Query::parse(words).unwrap();
        library.found(&query, Zoned::now().date(), Order::Oldest, usize::MAX).unwrap()
    }

    #[test]
    fn each_rule_changes_the_new_stories_that_it_finds() {
        let (rules, faults) = Rules::parse(RULES);
        assert_eq!(faults, []);
        let (mut library, ids) = library(&["A ferry left.", "A ferry left the quay.", "A mill closed.", "Old ferry."]);
        let new: HashSet<i64> = ids[..3].iter().copied().collect();
        assert_eq!(rules.apply(&mut library, &new).unwrap(), 2);
        assert_eq!(found(&library, "tag:transport"), [ids[0]], "the second is in the bin, the fourth is not new");
        assert_eq!(found(&library, "is:binned"), [ids[1]]);
        assert!(found(&library, "is:starred").contains(&ids[0]));
        assert!(found(&library, "tag:late").is_empty(), "the bin is out of reach of later rules");
        assert_eq!(rules.apply(&mut library, &HashSet::new()).unwrap(), 0);
    }

    #[test]
    fn every_fault_is_reported_and_its_rule_left_out_as_a_whole() {
        let toml = "[[rule]]\nquery = \"ferry\"\nstar = true\n\n[[rule]]\nquery = \"is:unraed\"\nbin = true\n\n\
            [[rule]]\nbin = true\n\n[[rule]]\nquery = \"mill\"\n\n[[rule]]\nquery = \"mill\"\nbinn = true\n\n\
            [[rule]]\nquery = \"mill\"\ntag = [\"a,b\"]\n\n[[rule]]\nquery = \"mill\"\nread = \"yes\"\n\n[rules]\nx = 1\n";
        let (rules, faults) = Rules::parse(toml);
        assert_eq!(rules.iter().map(|rule| rule.words.as_str()).collect::<Vec<_>>(), ["ferry"]);
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert!(faults[0].starts_with("line 5: the rule does not apply: "), "{faults:?}");
        assert_eq!(
            faults[1..],
            [
                "line 9: the rule does not apply: it has no query",
                "line 12: the rule does not apply: it changes nothing; add tag, star, read, archive or bin",
                "line 17: no setting of a rule is called “binn”; did you mean “bin”?",
                "line 21: “tag” must be a list of tags of 1 to 60 characters without commas, such as [\"ferries\"]",
                "line 25: “read” must be true or false",
                "line 27: no table is called “rules”; did you mean “rule”?",
            ]
        );
    }
}
