//! Names that the user merged or kept apart. The library stores the group of a merged name as rows that point to one
//! name of the group; two machines may have pointed them elsewhere, so the rows are computed from all registers alike.

use super::kind::Kind;
use super::register::{self, Place, Register};
use super::value::{self, Merged, Named, Separation};
use crate::{Result, index};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::{BTreeMap, BTreeSet};

/// Groups of merged names, and pairs that are kept apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Groups {
    /// For each merged name, the one that represents its group.
    into: BTreeMap<Named, Named>,
    apart: BTreeSet<(Named, Named)>,
}

/// Names are equal if their keys are, whatever the spelling.
fn canonical(names: &mut BTreeMap<String, Named>, name: &Named) -> Named {
    names.entry(name.key()).or_insert_with(|| name.clone()).clone()
}

impl Groups {
    /// Reads the groups of the library. Names are spelt as in `names`, which gains those that it lacks.
    fn stored(db: &Connection, names: &mut BTreeMap<String, Named>) -> Result<Self> {
        let sql = "SELECT n.kind, n.name, o.kind, o.name, a.same FROM aliases a
            JOIN names n ON n.id = a.name_id JOIN names o ON o.id = a.other_id";
        let mut statement = db.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut out = Self::default();
        while let Some(row) = rows.next()? {
            let name = canonical(names, &Named { kind: row.get(0)?, name: row.get(1)? });
            let other = canonical(names, &Named { kind: row.get(2)?, name: row.get(3)? });
            if row.get(4)? {
                out.into.insert(name, other);
            } else {
                out.apart.insert((name, other));
            }
        }
        Ok(out)
    }

    /// Reads the registers as they are.
    fn registered(registers: &[Register], names: &mut BTreeMap<String, Named>) -> Self {
        let mut out = Self::default();
        for register in registers {
            match register.place.kind {
                Kind::Name => {
                    if let Some(Merged { name, into: Some(into) }) = value::parse(&register.value) {
                        out.into.insert(canonical(names, &name), canonical(names, &into));
                    }
                }
                _ => {
                    if let Some(Separation { name, other, is_apart: true }) = value::parse(&register.value) {
                        out.apart.insert((canonical(names, &name), canonical(names, &other)));
                    }
                }
            }
        }
        out
    }

    /// Returns the groups as the library can store them: every merged name points to the name that represents its
    /// group, which points to none. If names point in a circle, the first of them in the alphabet represents the group.
    fn settled(&self, is_vetoed: impl Fn(&Named, &Named) -> bool) -> Self {
        let into: BTreeMap<&Named, &Named> =
            self.into.iter().filter(|(name, into)| name != into && !is_vetoed(name, into)).collect();
        let mut out = Self::default();
        for &name in into.keys() {
            let mut path: Vec<&Named> = vec![name];
            let top = loop {
                let last = path.last().copied().unwrap_or(name);
                match into.get(last) {
                    None => break last,
                    Some(next) => match path.iter().position(|seen| seen == next) {
                        Some(at) => {
                            let circle = path.get(at..).unwrap_or_default();
                            break circle.iter().min_by_key(|name| name.key()).copied().unwrap_or(name);
                        }
                        None => path.push(next),
                    },
                }
            };
            if top != name {
                out.into.insert(name.clone(), top.clone());
            }
        }
        out.apart = self
            .apart
            .iter()
            .filter(|(name, other)| out.into.get(name) != Some(other) && out.into.get(other) != Some(name))
            .cloned()
            .collect();
        out
    }

    /// Adds the names of all groups that contain one of `names`.
    fn spread(&self, names: &mut BTreeSet<Named>) {
        loop {
            let before = names.len();
            let pairs = self.into.iter().chain(self.apart.iter().map(|(name, other)| (name, other)));
            let found: Vec<Named> = pairs
                .filter(|(name, other)| names.contains(name) || names.contains(other))
                .flat_map(|(name, other)| [name.clone(), other.clone()])
                .collect();
            names.extend(found);
            if names.len() == before {
                return;
            }
        }
    }
}

/// Reads all registers of names, and the groups that they represent. A pair that was kept apart after it had been merged
/// is not merged.
fn registers(db: &Connection, names: &mut BTreeMap<String, Named>) -> Result<(Groups, Groups)> {
    let merged = register::of_kind(db, None, Kind::Name)?;
    let apart = register::of_kind(db, None, Kind::Apart)?;
    let raw = Groups::registered(&[merged.as_slice(), &apart].concat(), names);
    let merged_at: BTreeMap<&str, &Register> =
        merged.iter().map(|register| (register.place.key.as_str(), register)).collect();
    let apart_at: BTreeMap<&str, &Register> =
        apart.iter().map(|register| (register.place.key.as_str(), register)).collect();
    let settled = raw.settled(|name, into| {
        [(name, into), (into, name)].into_iter().any(|(name_, into_)| {
            let key = format!("{}\t{}", name_.key(), into_.key());
            raw.apart.contains(&(name_.clone(), into_.clone()))
                && apart_at
                    .get(key.as_str())
                    .zip(merged_at.get(name.key().as_str()))
                    .is_some_and(|(apart, merged)| apart.stamp > merged.stamp)
        })
    });
    Ok((raw, settled))
}

/// Returns the values that the user has changed since the registers were written.
pub(super) fn changed(db: &Connection) -> Result<Vec<(Place, String)>> {
    let mut names = BTreeMap::new();
    let stored = Groups::stored(db, &mut names)?;
    let (raw, settled) = registers(db, &mut names)?;
    let mut touched: BTreeSet<Named> = BTreeSet::new();
    for name in stored.into.keys().chain(settled.into.keys()) {
        if stored.into.get(name) != settled.into.get(name) {
            touched.insert(name.clone());
        }
    }
    for (name, other) in stored.apart.symmetric_difference(&settled.apart) {
        touched.extend([name.clone(), other.clone()]);
    }
    // The registers of the whole group are written, because some of them may not have had an effect until now.
    for groups in [&stored, &settled, &raw] {
        groups.spread(&mut touched);
    }
    let mut out = Vec::new();
    for name in &touched {
        let into = stored.into.get(name);
        if into != raw.into.get(name) {
            let merged = Merged { name: name.clone(), into: into.cloned() };
            let place = Place { story: None, kind: Kind::Name, key: name.key() };
            out.push((place, value::json(&merged)?));
        }
    }
    for (name, other) in stored.apart.symmetric_difference(&raw.apart) {
        if touched.contains(name) || touched.contains(other) {
            let is_apart = stored.apart.contains(&(name.clone(), other.clone()));
            let apart = Separation { name: name.clone(), other: other.clone(), is_apart };
            out.push((Place { story: None, kind: Kind::Apart, key: apart.key() }, value::json(&apart)?));
        }
    }
    Ok(out)
}

/// Makes the library's merged names those that the registers represent.
pub(super) fn apply(db: &Connection) -> Result<()> {
    let mut names = BTreeMap::new();
    let stored = Groups::stored(db, &mut names)?;
    let (_, settled) = registers(db, &mut names)?;
    let rows = |groups: &Groups| -> BTreeSet<(Named, Named, bool)> {
        let into = groups.into.iter().map(|(name, into)| (name.clone(), into.clone(), true));
        into.chain(groups.apart.iter().map(|(name, other)| (name.clone(), other.clone(), false))).collect()
    };
    let (was, is) = (rows(&stored), rows(&settled));
    for (name, other, _) in was.difference(&is) {
        if let (Some(name), Some(other)) = (known(db, name)?, known(db, other)?) {
            db.prepare_cached("DELETE FROM aliases WHERE name_id = ? AND other_id = ?")?.execute([name, other])?;
        }
    }
    for (name, other, same) in is.difference(&was) {
        let row = params![ensure(db, name)?, ensure(db, other)?, same];
        db.prepare_cached("INSERT OR REPLACE INTO aliases (name_id, other_id, same) VALUES (?, ?, ?)")?.execute(row)?;
    }
    Ok(())
}

/// Returns the ID of a name.
fn known(db: &Connection, name: &Named) -> Result<Option<i64>> {
    if let Some(id) = index::known_name(db, &name.kind, &name.folded())? {
        return Ok(Some(id));
    }
    let sql = "SELECT id FROM names WHERE kind = ? AND name = ?";
    Ok(db.prepare_cached(sql)?.query_row([&name.kind, &name.name], |row| row.get(0)).optional()?)
}

/// Returns the ID of a name, after adding it if no story of the library has it yet.
fn ensure(db: &Connection, name: &Named) -> Result<i64> {
    match known(db, name)? {
        Some(id) => Ok(id),
        None => Ok(index::add_name(db, &name.kind, &name.name, &name.folded())?),
    }
}
