//! Imports the lines of an export into a library, one at a time.

use super::merge::{self, AddedNouns};
use super::table::{Insert, TABLES};
use super::target::TargetStory;
use super::{Imported, entry};
use crate::identity::sha256;
use crate::{Error, Result, cluster, state};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Deserialize;
use serde_json::Value;
use std::collections::HashMap;
use url::Url;

/// The user's decision on two stories, as exported.
#[derive(Deserialize)]
struct Decision {
    /// `uid` of the second story.
    other: String,
    /// 1: the stories were merged; 0: they were split.
    same: i64,
}

/// State of an import, which takes the lines one at a time.
#[derive(Default)]
pub(crate) struct LineImporter {
    /// Result of importing the lines so far.
    pub report: Imported,
    /// Story in this library for each exported story, by the exported `uid`.
    targets: HashMap<String, TargetStory>,
    /// Number of occurrences of each repeatable line so far, by the hash of the line and its story.
    times: HashMap<[u8; 32], i64>,
}

impl LineImporter {
    /// Imports one line. Returns the kind of the line.
    ///
    /// # Errors
    /// Returns `Refused` or `Packed` if the line is invalid. Any other error comes from the library and ends the
    /// import.
    pub(crate) fn take(&mut self, db: &Connection, line: &str) -> Result<String> {
        let wrong = |error: serde_json::Error| Error::Refused(error.to_string());
        let head: Value = serde_json::from_str(line).map_err(wrong)?;
        let kind = head["kind"].as_str().unwrap_or_default().to_owned();
        match kind.as_str() {
            "article" => {
                let entry: entry::StoryEntry = serde_json::from_value(head).map_err(wrong)?;
                let uid = entry.uid.clone();
                let entry::Stored { target, newer, other } = entry::put(db, entry)?;
                *(if target.is_new { &mut self.report.new } else { &mut self.report.known }) += 1;
                if newer > 0 {
                    *self.report.merged.entry("newer text").or_default() += newer;
                }
                if other > 0 {
                    *self.report.left_out.entry("other text").or_default() += other;
                }
                self.targets.insert(uid, target);
            }
            "source" => entry::put_source(db, serde_json::from_value(head).map_err(wrong)?)?,
            _ => self.row(db, &kind, line, &head)?,
        }
        Ok(kind)
    }

    /// Imports a line that represents a row of a table.
    fn row(&mut self, db: &Connection, kind: &str, line: &str, head: &Value) -> Result<()> {
        let Some(table) = TABLES.iter().find(|table| table.kind == kind) else {
            return Err(Error::Refused(format!("unknown kind “{kind}”")));
        };
        let target = match head["uid"].as_str() {
            Some(uid) => Some(self.target(db, uid, table.noun)?),
            None => None,
        };
        if kind == "feed" {
            feed_url(head)?;
        }
        if kind == "tag" {
            let tag = head["tag"].as_str().unwrap_or_default();
            // A tag that no command accepts could not be removed.
            if state::tag_name(tag)? != tag {
                return Err(Error::Refused("a tag has line breaks, hidden characters or several spaces".to_owned()));
            }
            db.prepare_cached("INSERT OR IGNORE INTO tags (name) SELECT ?1 ->> 'tag'")?.execute([line])?;
        }
        let gains = match (&table.insert, target) {
            (Insert::Plain(sql), _) => nouns(db.prepare_cached(sql)?.execute([line])?, table.noun),
            (Insert::Repeated(sql), _) => {
                let nth = self.nth(line, None);
                nouns(db.prepare_cached(sql)?.execute(params![line, nth])?, table.noun)
            }
            (Insert::OfArticle(sql), Some(target)) => {
                nouns(db.prepare_cached(sql)?.execute(params![line, target.id])?, table.noun)
            }
            (Insert::RepeatedOfArticle(sql), Some(target)) => {
                let nth = self.nth(line, Some(target));
                nouns(db.prepare_cached(sql)?.execute(params![line, nth, target.id])?, table.noun)
            }
            (Insert::Merged, target) => self.merge(db, kind, line, target)?,
            (_, None) => return Err(Error::Refused(format!("{} without a story", table.noun))),
        };
        if target.is_some_and(|target| !target.is_new) {
            for noun in gains {
                *self.report.merged.entry(noun).or_default() += 1;
            }
        }
        Ok(())
    }

    /// Imports a line by merging it with existing data.
    fn merge(&mut self, db: &Connection, kind: &str, line: &str, target: Option<TargetStory>) -> Result<AddedNouns> {
        match (kind, target) {
            ("view", _) => {
                self.report.renamed.extend(merge::view(db, line)?);
                Ok(AddedNouns::new())
            }
            ("alias", _) => {
                let conflicts = merge::alias(db, line)?;
                if conflicts > 0 {
                    *self.report.left_out.entry("answer on a name").or_default() += conflicts;
                }
                Ok(AddedNouns::new())
            }
            ("state", Some(target)) => merge::state(db, line, target),
            ("note", Some(target)) => merge::note(db, line, target),
            ("decision", Some(target)) => {
                let decision: Decision =
                    serde_json::from_str(line).map_err(|error| Error::Refused(error.to_string()))?;
                let other = self.target(db, &decision.other, "split or merged story")?;
                let added = cluster::adopt(db, target.id, other.id, decision.same != 0)?;
                if !added && !cluster::is_decided(db, target.id, other.id, decision.same != 0)? {
                    *self.report.left_out.entry("split or merged story").or_default() += 1;
                }
                Ok(nouns(usize::from(added), "split or merged story"))
            }
            ("position", Some(target)) => merge::position(db, line, target),
            ("highlight", Some(target)) => {
                let nth = self.nth(line, Some(target));
                merge::highlight(db, line, target, nth)
            }
            _ => Err(Error::Refused(format!("a line of the kind “{kind}” without a story"))),
        }
    }

    /// Returns the story that a line belongs to.
    fn target(&self, db: &Connection, uid: &str, noun: &str) -> Result<TargetStory> {
        if let Some(target) = self.targets.get(uid) {
            return Ok(*target);
        }
        // The story's own line is missing or damaged, but the library may have the story anyway.
        let sql = "SELECT id FROM articles WHERE uid = ?";
        let id = db.prepare_cached(sql)?.query_row([uid], |row| row.get(0)).optional()?;
        let reason = || Error::Refused(format!("{noun} of the story {uid}, which is missing"));
        Ok(TargetStory { id: id.ok_or_else(reason)?, is_new: false, same_text: false })
    }

    /// Counts how often a story has had this line so far, including this time.
    fn nth(&mut self, line: &str, target: Option<TargetStory>) -> i64 {
        let story = target.map_or(0, |target| target.id).to_le_bytes();
        let times = self.times.entry(sha256(&[story.as_slice(), line.as_bytes()].concat())).or_default();
        *times += 1;
        *times
    }
}

/// Checks that a line of a feed has the URL of a web page.
fn feed_url(head: &Value) -> Result<()> {
    let url = head["url"].as_str().unwrap_or_default();
    let is_web = Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    if is_web { Ok(()) } else { Err(Error::Refused(format!("the feed “{url}” has no address of the web"))) }
}

/// Repeats the noun once per row.
fn nouns(rows: usize, noun: &'static str) -> AddedNouns {
    vec![noun; rows]
}
