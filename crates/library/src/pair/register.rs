//! Registers: the latest values of the things that a user can change, each with the time and the machine of the change.
//!
//! Merging is commutative, associative and idempotent, so libraries that have read the same changes in any order have
//! the same registers. Of most things, the later value is kept. Of words that a user wrote, every value is kept that no
//! other one has replaced.

use super::kind::Kind;
use crate::{Error, Result};
use rusqlite::{Connection, Row, params};
use std::collections::BTreeMap;

/// Time and machine of a change. Later stamps are greater; the machine decides between equal times.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stamp {
    /// Milliseconds since 1970, and more than those of all changes that the machine replaced.
    pub time: i64,
    /// ID of the machine.
    pub machine: String,
}

/// By machine, the time of its latest change that a change has replaced.
pub(super) type Seen = BTreeMap<String, i64>;

/// The thing that a register belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// ID of the story in `pair_stories`; `None` for things that belong to no story.
    pub story: Option<i64>,
    pub kind: Kind,
    /// Distinguishes things of one kind and story, such as a tag.
    pub key: String,
}

/// Value of a thing, with its stamp.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Register {
    /// ID in this library, in the order in which the registers came.
    pub id: i64,
    pub place: Place,
    pub stamp: Stamp,
    /// JSON; equal values have equal strings.
    pub value: String,
    pub seen: Seen,
}

/// Columns of a register, for [`read`].
pub(super) const COLUMNS: &str = "id, story, kind, key, time, machine, value, seen";

/// JSON of no value.
pub(super) const NOTHING: &str = "null";

/// Reads a register.
pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Register> {
    let kind: String = row.get(2)?;
    let kind = Kind::named(&kind).ok_or(rusqlite::Error::InvalidQuery)?;
    let place = Place { story: row.get(1)?, kind, key: row.get(3)? };
    let stamp = Stamp { time: row.get(4)?, machine: row.get(5)? };
    let seen: String = row.get(7)?;
    let seen = serde_json::from_str(&seen).unwrap_or_default();
    Ok(Register { id: row.get(0)?, place, stamp, value: row.get(6)?, seen })
}

/// Returns the registers of a thing, earliest first. Only words written by a user can have more than one.
pub(super) fn at(db: &Connection, place: &Place) -> Result<Vec<Register>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM pair_registers WHERE story IS ? AND kind = ? AND key = ? ORDER BY time, machine, value"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(params![place.story, place.kind.name(), place.key], read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Returns the registers of one kind, of a story or of no story, earliest first.
pub(super) fn of_kind(db: &Connection, story: Option<i64>, kind: Kind) -> Result<Vec<Register>> {
    let sql =
        format!("SELECT {COLUMNS} FROM pair_registers WHERE story IS ? AND kind = ? ORDER BY time, machine, value");
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(params![story, kind.name()], read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Merges a change into the registers. `folder` is the ID of the folder that it came from. Returns whether the change
/// was news.
pub(super) fn merge(
    db: &Connection,
    place: &Place,
    stamp: &Stamp,
    value: &str,
    seen: &Seen,
    folder: i64,
) -> Result<bool> {
    let present = at(db, place)?;
    let rank = |register: &Register| (register.stamp.clone(), register.value.clone());
    let new = (stamp.clone(), value.to_owned());
    if !place.kind.keeps_all() {
        if present.iter().any(|register| rank(register) >= new) {
            return Ok(false);
        }
        remove(db, &present)?;
        return put(db, place, stamp, value, seen, folder).map(|()| true);
    }
    // A machine has seen all of its own earlier changes.
    let replaces = |stamp: &Stamp, seen: &Seen, other: &Stamp| {
        seen.get(&other.machine).is_some_and(|time| *time >= other.time)
            || stamp.machine == other.machine && stamp.time > other.time
    };
    let is_old = |register: &Register| {
        replaces(&register.stamp, &register.seen, stamp) || register.stamp == *stamp && register.value.as_str() >= value
    };
    if present.iter().any(is_old) {
        return Ok(false);
    }
    let replaced: Vec<Register> = present
        .into_iter()
        .filter(|register| register.stamp == *stamp || replaces(stamp, seen, &register.stamp))
        .collect();
    remove(db, &replaced)?;
    put(db, place, stamp, value, seen, folder).map(|()| true)
}

/// Writes a change of this machine, made at `time` (milliseconds since 1970). It replaces all values of the thing, and
/// it is later than all changes of its kind that the user may have seen, even if their clocks were ahead of this one.
pub(super) fn write(db: &Connection, machine: &str, place: &Place, value: &str, time: i64) -> Result<()> {
    let sql = "SELECT max(time) FROM pair_registers WHERE story IS ? AND kind = ?";
    let latest: Option<i64> =
        db.prepare_cached(sql)?.query_row(params![place.story, place.kind.name()], |row| row.get(0))?;
    let stamp =
        Stamp { time: latest.map_or(time, |latest| time.max(latest.saturating_add(1))), machine: machine.to_owned() };
    let present = at(db, place)?;
    let mut seen = Seen::new();
    if place.kind.keeps_all() {
        for register in &present {
            let own = (&register.stamp.machine, &register.stamp.time);
            for (machine, time) in register.seen.iter().chain([own]) {
                let latest = seen.entry(machine.clone()).or_insert(*time);
                *latest = (*latest).max(*time);
            }
        }
    }
    remove(db, &present)?;
    put(db, place, &stamp, value, &seen, 0)
}

fn remove(db: &Connection, registers: &[Register]) -> Result<()> {
    let mut delete = db.prepare_cached("DELETE FROM pair_registers WHERE id = ?")?;
    for register in registers {
        delete.execute([register.id])?;
    }
    Ok(())
}

fn put(db: &Connection, place: &Place, stamp: &Stamp, value: &str, seen: &Seen, folder: i64) -> Result<()> {
    let seen = serde_json::to_string(seen).map_err(|_| Error::Packed("change"))?;
    db.prepare_cached(
        "INSERT INTO pair_registers (story, kind, key, time, machine, value, seen, folder)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        place.story,
        place.kind.name(),
        place.key,
        stamp.time,
        stamp.machine,
        value,
        seen,
        folder
    ])?;
    Ok(())
}
