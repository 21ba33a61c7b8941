//! Saved views and their order. If two machines saved different queries under one name, both are kept: the later one
//! under the name, the other under the name with a number.

use super::kind::Kind;
use super::register::{self, NOTHING, Place, Register};
use super::value::{self, SavedView, view_key};
use crate::{Result, edit};
use rusqlite::{Connection, params};
use std::collections::{BTreeMap, BTreeSet};

/// A view that registers represent.
struct Settled {
    view: SavedView,
    /// Key of the registers that it comes from.
    origin: String,
}

fn place(key: &str) -> Place {
    Place { story: None, kind: Kind::View, key: key.to_owned() }
}

/// Returns the views of the library in their order.
fn stored(db: &Connection) -> Result<Vec<SavedView>> {
    let mut statement = db.prepare_cached("SELECT name, query FROM saved_views ORDER BY place, name")?;
    let rows = statement.query_map([], |row| Ok(SavedView { name: row.get(0)?, query: row.get(1)? }))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Returns the views that the registers represent, in their order: those that the user has ordered, then the others by
/// age.
fn settled(db: &Connection) -> Result<Vec<Settled>> {
    let mut by_key: BTreeMap<String, Vec<Register>> = BTreeMap::new();
    for register in register::of_kind(db, None, Kind::View)? {
        if register.value != NOTHING {
            by_key.entry(register.place.key.clone()).or_default().push(register);
        }
    }
    let mut taken: BTreeSet<String> = by_key.keys().cloned().collect();
    let mut found = Vec::new();
    for (key, registers) in &by_key {
        let mut queries: BTreeSet<String> = BTreeSet::new();
        for register in registers.iter().rev() {
            let Some(mut view) = value::parse::<SavedView>(&register.value) else { continue };
            if queries.insert(view.query.clone()) {
                if queries.len() > 1 {
                    let name = (2..).map(|number| format!("{} ({number})", view.name));
                    view.name = name.into_iter().find(|name| taken.insert(view_key(name))).unwrap_or_default();
                }
                found.push((register.stamp.clone(), Settled { view, origin: key.clone() }));
            }
        }
    }
    let order = register::at(db, &Place { story: None, kind: Kind::Views, key: String::new() })?;
    let order: Vec<String> = order.last().and_then(|order| value::parse(&order.value)).unwrap_or_default();
    let rank: BTreeMap<String, usize> = order.iter().enumerate().map(|(at, name)| (view_key(name), at)).collect();
    found.sort_by(|a, b| {
        let rank = |settled: &Settled| rank.get(&view_key(&settled.view.name)).copied().unwrap_or(usize::MAX);
        (rank(&a.1), &a.0, &a.1.view.name).cmp(&(rank(&b.1), &b.0, &b.1.view.name))
    });
    Ok(found.into_iter().map(|(_, settled)| settled).collect())
}

/// Returns the views that the user has changed since the registers were written. If one of several queries of a name has
/// changed, all of them are written under their own names.
pub(super) fn changed(db: &Connection) -> Result<Vec<(Place, String)>> {
    let stored = stored(db)?;
    let is: BTreeMap<String, &SavedView> = stored.iter().map(|view| (view_key(&view.name), view)).collect();
    let settled = settled(db)?;
    let was: BTreeMap<String, &Settled> =
        settled.iter().map(|settled| (view_key(&settled.view.name), settled)).collect();
    let mut changed: BTreeSet<String> = BTreeSet::new();
    for key in is.keys().chain(was.keys()) {
        let new = is.get(key).map(|view| &view.query);
        if new != was.get(key).map(|settled| &settled.view.query) {
            let origin = was.get(key).map_or(key, |settled| &settled.origin);
            changed.insert(origin.clone());
            changed.extend(was.iter().filter(|(_, settled)| settled.origin == *origin).map(|(key, _)| key.clone()));
        }
    }
    let mut out = Vec::new();
    // In the order of the views, because views that the user has not ordered are sorted by age.
    let keys = stored.iter().map(|view| view_key(&view.name)).filter(|key| changed.contains(key));
    let gone = changed.iter().filter(|key| !is.contains_key(*key)).cloned();
    for key in keys.chain(gone) {
        let value = match is.get(&key) {
            Some(view) => value::json(view)?,
            None => NOTHING.to_owned(),
        };
        out.push((place(&key), value));
    }
    Ok(out)
}

/// Returns the order of the views, if the user has changed it since the registers were written.
pub(super) fn reordered(db: &Connection) -> Result<Option<(Place, String)>> {
    let is: Vec<String> = stored(db)?.into_iter().map(|view| view.name).collect();
    let was: Vec<String> = settled(db)?.into_iter().map(|settled| settled.view.name).collect();
    let same = is.len() == was.len() && is.iter().zip(&was).all(|(is, was)| view_key(is) == view_key(was));
    let place = Place { story: None, kind: Kind::Views, key: String::new() };
    Ok(if same { None } else { Some((place, value::json(&is)?)) })
}

/// Makes the library's views those that the registers represent.
pub(super) fn apply(db: &Connection) -> Result<()> {
    let settled = settled(db)?;
    let keys: BTreeSet<String> = settled.iter().map(|settled| view_key(&settled.view.name)).collect();
    for view in stored(db)? {
        if !keys.contains(&view_key(&view.name)) {
            edit::set_view(db, &view.name, None)?;
        }
    }
    for (place, settled) in settled.iter().enumerate() {
        edit::set_view(db, &settled.view.name, Some(&settled.view.query))?;
        // Names are equal if only the case of their letters differs, but they are the same letters everywhere.
        let sql = "UPDATE saved_views SET name = ?1, place = ?2
            WHERE name = ?1 AND (place <> ?2 OR name <> ?1 COLLATE BINARY)";
        db.prepare_cached(sql)?.execute(params![settled.view.name, place as i64 + 1])?;
    }
    Ok(())
}
