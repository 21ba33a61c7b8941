//! Suggestions of names that may belong to the same person, organisation or place. The user confirms or rejects each.
//! No names are merged without confirmation.
//!
//! Candidates come from the index of name forms: people whose names differ by an initial, a middle name, a short given
//! name or a letter, and organisations and places for which a story uses both names. A candidate is suggested only if
//! the stories support it: the same role, other rare names in both, or stories within a week. Two names in one story
//! are different, because the analysis saw both and did not join them.

mod evidence;
mod likeness;

use super::entity_queries::SAME_NAMES;
use super::{EntitySummary, Library, Passage, Result};
use dateline_core::text::{fold, folded};
use evidence::{Evidence, Stories};
use likeness::Likeness;
use rusqlite::{Connection, params};
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

/// Minimum number of points for a suggestion. [`Likeness::points`] and [`Evidence::points`] define the points.
const MIN_POINTS: i32 = 3;

/// Maximum number of names in the library to compare with others. The most frequent ones matter most.
const MAX_NAMES: usize = 3_000;

/// Maximum number of forms to read for one name.
const MAX_FORMS: usize = 300;

/// Two names that may belong to the same person, organisation or place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The two names, the more frequent first.
    pub names: [EntitySummary; 2],
    /// Evidence for the suggestion, in short phrases such as "both harbour master".
    pub reasons: Vec<String>,
    /// For each name, the latest story that contains it. The span is that of the first mention, and empty.
    pub passages: [Passage; 2],
    /// Points of the evidence. More points make the suggestion more likely.
    points: i32,
}

impl Library {
    /// Returns at most `limit` suggestions, best first. If `name` is given, only those that concern this name.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub fn suggestions(&self, name: Option<i64>, limit: usize) -> Result<Vec<Suggestion>> {
        self.snapshot(|| self.suggestions_now(name, limit).map_err(|error| self.with_path(error)))
    }

    /// Returns suggestions like [`Library::suggestions`], within the current transaction.
    pub(super) fn suggestions_now(&self, name: Option<i64>, limit: usize) -> rusqlite::Result<Vec<Suggestion>> {
        let db = self.connection();
        let names = match name {
            Some(name) => vec![name],
            None => frequent(db)?,
        };
        let mut compared: HashSet<(i64, i64)> = HashSet::new();
        let mut stories: HashMap<i64, Stories> = HashMap::new();
        let mut found = Vec::new();
        for id in names {
            let Some(name) = Candidate::read(db, id)? else { continue };
            for (other, likeness) in candidates(db, &name)? {
                let pair = (id.min(other.id), id.max(other.id));
                if compared.insert(pair)
                    && !is_decided(db, pair)?
                    && let Some(suggestion) = suggestion(db, [&name, &other], likeness, &mut stories)?
                {
                    found.push(suggestion);
                }
            }
        }
        let order = |one: &Suggestion| {
            let stories: usize = one.names.iter().map(|name| name.stories).sum();
            (std::cmp::Reverse((one.points, stories)), one.names[0].name.clone(), one.names[1].name.clone())
        };
        found.sort_by_cached_key(order);
        found.truncate(limit);
        Ok(found)
    }
}

/// Name to compare with another.
struct Candidate {
    id: i64,
    kind: String,
    name: String,
    /// Folded form of the name.
    folded: String,
}

impl Candidate {
    fn read(db: &Connection, id: i64) -> rusqlite::Result<Option<Self>> {
        let mut statement = db.prepare_cached("SELECT kind, name FROM names WHERE id = ?")?;
        let mut rows = statement.query([id])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        Ok(Some(Self::new(id, row.get(0)?, row.get(1)?)))
    }

    fn new(id: i64, kind: String, name: String) -> Self {
        let folded = fold(&folded(&name));
        Self { id, kind, name, folded }
    }
}

/// Returns the IDs of the names in the most stories, most frequent first.
fn frequent(db: &Connection) -> rusqlite::Result<Vec<i64>> {
    let sql = "SELECT name_id FROM mentions GROUP BY name_id ORDER BY count(*) DESC, name_id LIMIT ?";
    db.prepare_cached(sql)?.query_map([MAX_NAMES as i64], |row| row.get(0))?.collect()
}

/// SQL statement that selects the names with a certain form. The joins are cross joins because SQLite scans all names if
/// it may choose the order.
const BY_FORM: &str = "SELECT n.id, n.kind, n.name FROM forms f CROSS JOIN names n ON n.id = f.name_id
    WHERE f.form = ?1 AND f.part = 1 AND n.kind = ?2 LIMIT ?3";

/// SQL statement that selects the names between two forms.
const BETWEEN_FORMS: &str = "SELECT n.id, n.kind, n.name FROM forms f CROSS JOIN names n ON n.id = f.name_id
    WHERE f.form >= ?1 AND f.form < ?4 AND f.part = 0 AND n.kind = ?2 LIMIT ?3";

/// Returns the names that are like a name, each with the likeness.
fn candidates(db: &Connection, name: &Candidate) -> rusqlite::Result<Vec<(Candidate, Likeness)>> {
    let mut found = Vec::new();
    let words: Vec<&str> = name.folded.split(' ').collect();
    match (name.kind.as_str(), words.as_slice()) {
        ("person", [first, .., last]) => {
            found.extend(with_form(db, last, &name.kind)?);
            // Names with the same given name follow each other in the index, because a blank sorts before all letters.
            let (from, to) = (format!("{first} "), format!("{first}!"));
            let values = params![from, name.kind, MAX_FORMS as i64, to];
            let mut statement = db.prepare_cached(BETWEEN_FORMS)?;
            for other in statement.query_map(values, candidate)? {
                found.push(other?);
            }
        }
        ("organization" | "place", _) => found.extend(with_form(db, &name.folded, &name.kind)?),
        _ => {}
    }
    let mut seen = HashSet::from([name.id]);
    found.retain(|other| seen.insert(other.id));
    Ok(found
        .into_iter()
        .filter_map(|other| Some((Likeness::of(&name.kind, &name.folded, &other.folded)?, other)))
        .map(|(likeness, other)| (other, likeness))
        .collect())
}

fn candidate(row: &rusqlite::Row<'_>) -> rusqlite::Result<Candidate> {
    Ok(Candidate::new(row.get(0)?, row.get(1)?, row.get(2)?))
}

fn with_form(db: &Connection, form: &str, kind: &str) -> rusqlite::Result<Vec<Candidate>> {
    db.prepare_cached(BY_FORM)?.query_map(params![form, kind, MAX_FORMS as i64], candidate)?.collect()
}

/// Returns whether two names are already merged, or the user has said that they differ.
fn is_decided(db: &Connection, (one, other): (i64, i64)) -> rusqlite::Result<bool> {
    let sql = "SELECT 1 FROM aliases WHERE same = 0 AND (name_id, other_id) IN ((?1, ?2), (?2, ?1))";
    if db.prepare_cached(sql)?.exists([one, other])? {
        return Ok(true);
    }
    db.prepare_cached(&format!("{SAME_NAMES} SELECT 1 FROM same WHERE id = ?2"))?.exists([one, other])
}

/// Returns the suggestion to merge two names, if the evidence suffices.
fn suggestion(
    db: &Connection,
    names: [&Candidate; 2],
    likeness: Likeness,
    stories: &mut HashMap<i64, Stories>,
) -> rusqlite::Result<Option<Suggestion>> {
    for name in names {
        if let Entry::Vacant(vacant) = stories.entry(name.id) {
            vacant.insert(Stories::of(db, name.id)?);
        }
    }
    let [Some(one), Some(other)] = names.map(|name| stories.get(&name.id)) else { return Ok(None) };
    let Some(evidence) = Evidence::of(db, names.map(|name| name.id), [one, other])? else { return Ok(None) };
    let points = likeness.points() + evidence.points();
    let (Some(first), Some(second)) = (one.latest(db)?, other.latest(db)?) else { return Ok(None) };
    if points < MIN_POINTS {
        return Ok(None);
    }
    let summary = |name: &Candidate, stories: &Stories| EntitySummary {
        id: name.id,
        kind: name.kind.clone(),
        name: name.name.clone(),
        stories: stories.count,
    };
    let mut names = [(summary(names[0], one), first), (summary(names[1], other), second)];
    names.sort_by_key(|(name, _)| (std::cmp::Reverse(name.stories), name.id));
    let [(first, first_passage), (second, second_passage)] = names;
    let mut reasons = vec![likeness.words(&first.name, &second.name)];
    reasons.extend(evidence.words);
    Ok(Some(Suggestion { names: [first, second], reasons, passages: [first_passage, second_passage], points }))
}

#[cfg(test)]
mod tests;
