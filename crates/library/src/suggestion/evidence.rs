//! Evidence that two names belong together: roles, companions and days of the stories that name them.

use crate::Passage;
use crate::entity_queries::{STORY, passage, role_words};
use rusqlite::{Connection, params};
use std::collections::{BTreeMap, HashSet};

/// Maximum number of stories to read for one name, latest first.
const MAX_STORIES: usize = 40;

/// Minimum number of stories that makes a name too frequent to be evidence. Half of all stories may name the same
/// country.
const TOO_FREQUENT: i64 = 60;

/// Distance between two stories that still counts as the same time, in days.
const NEAR: i64 = 7;

/// Maximum number of companions or words of a role to list.
const MAX_LISTED: usize = 3;

/// Stories that name a person, organisation or place.
pub(super) struct Stories {
    name: i64,
    /// Number of stories.
    pub(super) count: usize,
    /// IDs of the latest stories, with the publication day of those that are dated.
    latest: BTreeMap<i64, Option<i64>>,
    /// Content words of the roles that the stories give.
    roles: HashSet<String>,
    /// IDs of the other names in the stories.
    companions: HashSet<i64>,
}

impl Stories {
    /// Reads the stories of a name, except those in the bin.
    pub(super) fn of(db: &Connection, name: i64) -> rusqlite::Result<Self> {
        let sql = "SELECT a.id, CASE WHEN a.published IS NOT NULL THEN a.day END, m.role
            FROM mentions m CROSS JOIN articles a ON a.id = m.article_id
            WHERE m.name_id = ?1 AND a.binned_at IS NULL ORDER BY m.article_id DESC LIMIT ?2";
        let mut stories =
            Self { name, count: 0, latest: BTreeMap::new(), roles: HashSet::new(), companions: HashSet::new() };
        let mut statement = db.prepare_cached(sql)?;
        let mut rows = statement.query(params![name, MAX_STORIES as i64])?;
        while let Some(row) = rows.next()? {
            stories.latest.insert(row.get(0)?, row.get(1)?);
            if let Some(role) = row.get::<_, Option<String>>(2)? {
                stories.roles.extend(role_words(&role));
            }
        }
        let count = "SELECT count(DISTINCT article_id) FROM mentions WHERE name_id = ?";
        stories.count = db.prepare_cached(count)?.query_row([name], |row| row.get::<_, i64>(0))? as usize;
        let mut others = db.prepare_cached("SELECT name_id FROM mentions WHERE article_id = ? AND name_id <> ?")?;
        for story in stories.latest.keys() {
            for other in others.query_map([*story, name], |row| row.get(0))? {
                stories.companions.insert(other?);
            }
        }
        Ok(stories)
    }

    /// Returns the first mention in the latest story.
    pub(super) fn latest(&self, db: &Connection) -> rusqlite::Result<Option<Passage>> {
        let Some((story, _)) = self.latest.iter().max_by_key(|(id, day)| (**day, **id)) else { return Ok(None) };
        let sql = format!(
            "SELECT {STORY}, min(m.first_start), min(m.first_start) FROM articles a JOIN mentions m ON m.article_id = a.id
             WHERE a.id = ?1 AND m.name_id = ?2"
        );
        db.prepare_cached(&sql)?.query_row([*story, self.name], passage).map(Some)
    }
}

/// Evidence that two names belong together.
pub(super) struct Evidence {
    points: i32,
    /// The evidence in short phrases.
    pub(super) words: Vec<String>,
}

impl Evidence {
    /// Compares the stories of two names. Returns `None` if a story contains both, or if one has no stories.
    pub(super) fn of(db: &Connection, names: [i64; 2], stories: [&Stories; 2]) -> rusqlite::Result<Option<Self>> {
        let [one, other] = stories;
        let is_apart =
            one.latest.keys().all(|story| !other.latest.contains_key(story)) && !one.companions.contains(&names[1]);
        if !is_apart || one.latest.is_empty() || other.latest.is_empty() {
            return Ok(None);
        }
        let mut evidence = Self { points: 0, words: Vec::new() };
        evidence.compare_roles(one, other);
        evidence.compare_companions(db, one, other)?;
        let days = |stories: &Stories| stories.latest.values().copied().flatten().collect::<Vec<i64>>();
        let (days, other_days) = (days(one), days(other));
        if days.iter().any(|day| other_days.iter().any(|other| (day - other).abs() <= NEAR)) {
            evidence.points += 1;
            evidence.words.push("in the same week".to_owned());
        }
        Ok(Some(evidence))
    }

    /// Returns the number of points that the evidence is worth.
    pub(super) const fn points(&self) -> i32 {
        self.points
    }

    fn compare_roles(&mut self, one: &Stories, other: &Stories) {
        let mut shared: Vec<&str> = one.roles.intersection(&other.roles).map(String::as_str).collect();
        shared.sort_unstable();
        if !shared.is_empty() {
            self.points += 2;
            self.words.push(format!("the same role: {}", listed(&shared)));
        } else if !one.roles.is_empty() && !other.roles.is_empty() {
            self.points -= 1;
            self.words.push("different roles".to_owned());
        }
    }

    fn compare_companions(&mut self, db: &Connection, one: &Stories, other: &Stories) -> rusqlite::Result<()> {
        let mut shared: Vec<i64> = one.companions.intersection(&other.companions).copied().collect();
        shared.sort_unstable();
        let sql = "SELECT name, (SELECT count(*) FROM (SELECT 1 FROM mentions WHERE name_id = names.id LIMIT ?2))
            FROM names WHERE id = ?1";
        let mut statement = db.prepare_cached(sql)?;
        let mut rare: Vec<(i64, String)> = Vec::new();
        for name in shared {
            let (name, count): (String, i64) =
                statement.query_row([name, TOO_FREQUENT], |row| Ok((row.get(0)?, row.get(1)?)))?;
            if count < TOO_FREQUENT {
                rare.push((count, name));
            }
        }
        rare.sort_unstable();
        if !rare.is_empty() {
            self.points += if rare.len() < MAX_LISTED { 1 } else { 2 };
            let names: Vec<&str> = rare.iter().map(|(_, name)| name.as_str()).collect();
            self.words.push(format!("both with {}", listed(&names)));
        }
        Ok(())
    }
}

/// Lists the first few words.
fn listed(words: &[&str]) -> String {
    words[..words.len().min(MAX_LISTED)].join(", ")
}
