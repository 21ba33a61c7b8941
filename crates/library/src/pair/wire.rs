//! Changes as lines of a file.

use super::kind::Kind;
use super::register::{Register, Seen, Stamp};
use super::story_ref::{self, StoryRef};
use super::value;
use crate::{Error, Result, dump};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Latest time that a change may have, in milliseconds since 1970 (the year 37648). Without a limit, no change could be
/// later than one with the latest possible time.
const MAX_TIME: i64 = 1 << 50;

/// Maximum number of machines that a change may name.
const MAX_MACHINES: usize = 1_000;

/// Line of a file of changes.
#[derive(Debug, Serialize, Deserialize)]
struct Line {
    kind: Kind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    story: Option<String>,
    /// The other story of a decision on two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    other: Option<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    key: String,
    time: i64,
    by: String,
    value: Value,
    #[serde(default, skip_serializing_if = "Seen::is_empty")]
    seen: Seen,
}

/// A change read from a file, checked and cleaned.
#[derive(Debug)]
pub(super) struct Change {
    pub kind: Kind,
    pub story: Option<StoryRef>,
    pub other: Option<StoryRef>,
    pub key: String,
    pub stamp: Stamp,
    pub value: String,
    pub seen: Seen,
    /// The story itself, as in an export, for a change of the kind `Story`.
    pub text: Option<Value>,
}

/// Reads a line.
///
/// # Errors
/// Returns `Refused` if it is not a change that this program can have written.
pub(super) fn parse(line: &str) -> Result<Change> {
    let line: Line = serde_json::from_str(line).map_err(|error| Error::Refused(error.to_string()))?;
    let refused = |reason: &str| Err(Error::Refused(reason.to_owned()));
    let is_id = |id: &str| (1..=32).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_time = |time: i64| (0..=MAX_TIME).contains(&time);
    if !is_id(&line.by) || !is_time(line.time) {
        return refused("an invalid time or machine");
    }
    if line.seen.len() > MAX_MACHINES || !line.seen.iter().all(|(id, time)| is_id(id) && is_time(*time)) {
        return refused("invalid times or machines");
    }
    if line.kind.is_of_story() != line.story.is_some() || (line.kind == Kind::Happening) != line.other.is_some() {
        return refused("a story too many or too few");
    }
    let (key, value) = value::checked(line.kind, &line.key, &line.value)?;
    let story = line.story.as_deref().map(StoryRef::parse).transpose()?;
    let other = line.other.as_deref().map(StoryRef::parse).transpose()?;
    let text = Some(line.value).filter(|_| line.kind == Kind::Story);
    let stamp = Stamp { time: line.time, machine: line.by };
    Ok(Change { kind: line.kind, story, other, key, stamp, value, seen: line.seen, text })
}

/// Formats a register. Returns `None` if there is nothing to write, because its story has been deleted.
pub(super) fn format(db: &Connection, register: &Register) -> Result<Option<String>> {
    let place = &register.place;
    let mut value: Value = serde_json::from_str(&register.value).map_err(|_| Error::Packed("change"))?;
    let mut key = place.key.clone();
    let (mut story, mut other) = (None, None);
    if let Some(id) = place.story {
        story = Some(story_ref::name_of(db, id)?.name());
    }
    match place.kind {
        Kind::Happening => {
            let id = key.parse().unwrap_or_default();
            if !db.prepare_cached("SELECT 1 FROM pair_stories WHERE id = ?")?.exists([id])? {
                return Ok(None);
            }
            other = Some(story_ref::name_of(db, id)?.name());
            key.clear();
        }
        Kind::Story => {
            let article = place.story.map(|id| story_ref::article_of(db, id)).transpose()?.flatten();
            let Some(article) = article else { return Ok(None) };
            value = dump::bare_story(db, article)?;
        }
        // The value has the key.
        Kind::Name | Kind::Apart => key.clear(),
        Kind::View if !value.is_null() => key.clear(),
        _ => {}
    }
    let (time, by, seen) = (register.stamp.time, register.stamp.machine.clone(), register.seen.clone());
    Ok(Some(value::json(&Line { kind: place.kind, story, other, key, time, by, value, seen })?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hostile_line_is_refused() {
        let line = |more: &str| format!("{{\"kind\":\"star\",\"time\":5,\"by\":\"a1\",\"value\":true{more}}}");
        let story = ",\"story\":\"4d65b7a1b2c3.0123456789abcdef0123456789abcdef\"";
        assert!(parse(&line(story)).is_ok());
        for more in [
            "",
            ",\"story\":\"../etc.0123456789abcdef0123456789abcdef\"",
            ",\"story\":\"a.é123456789abcdef0123456789abcde\"",
            ",\"story\":\"a.0123\"",
            &format!("{story},\"other\":\"a.0123456789abcdef0123456789abcdef\""),
            &format!("{story},\"seen\":{{\"a b\":1}}"),
        ] {
            assert!(matches!(parse(&line(more)), Err(Error::Refused(_))), "{}", &more[..more.len().min(80)]);
        }
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(parse(&line(story).replace("true", &deep)).is_err());
        for (old, new) in [("\"time\":5", "\"time\":9223372036854775807"), ("\"a1\"", "\"\""), ("star", "crown")] {
            assert!(parse(&line(story).replace(old, new)).is_err(), "{new}");
        }
    }
}
