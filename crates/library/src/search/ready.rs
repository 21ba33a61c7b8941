//! A compiled query with the values of its parameters, ready to be run. Sets of stories are stored as bitmaps because
//! SQL can test those faster than it can build a table. Each full-text index is queried only once, after which testing
//! the result is cheap.

use super::{Compiled, MARKED};
use crate::query::{Binding, FtsClause, FtsMatch};
use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};

/// A compiled query that can be run any number of times.
#[derive(Clone, Debug)]
pub(crate) struct Ready {
    /// Stories that the full-text indices returned; `None` if the query does not use them.
    matching: Option<Marks>,
    conditions: String,
    values: Vec<Value>,
    parts: Vec<FtsClause>,
}

impl Ready {
    pub(crate) fn new(db: &Connection, compiled: Compiled) -> rusqlite::Result<Self> {
        let mut matching: Option<Marks> = None;
        for FtsMatch { index, words } in compiled.matching {
            let found = Marks::of(db, index.sql(), vec![words.into()])?;
            matching = Some(matching.map_or(found.clone(), |known| known.and(&found)));
        }
        let values = compiled.bindings.into_iter().map(|binding| match binding {
            Binding::Value(value) => Ok(value),
            Binding::Ids(sql, values) => Marks::of(db, &sql, values).map(|marks| Value::Blob(marks.0)),
        });
        let values = values.collect::<rusqlite::Result<_>>()?;
        Ok(Self { matching, values, conditions: compiled.conditions, parts: compiled.parts })
    }

    /// Returns the tables and conditions in SQL, and the values of the parameters. If few stories match, they are
    /// looked up one by one. If many match, the rows of the list are tested against a bitmap.
    pub(crate) fn source(&self) -> (String, Vec<Value>) {
        self.source_up_to(MARKED)
    }

    /// Returns the same as [`Ready::source`], with a different limit for looking stories up one by one.
    pub(crate) fn source_up_to(&self, few: usize) -> (String, Vec<Value>) {
        let conditions = &self.conditions;
        let Some(marks) = &self.matching else {
            return (format!("FROM articles a WHERE {conditions}"), self.values.clone());
        };
        let (from, found) = if marks.count() <= few {
            let from = format!("FROM json_each(?) j CROSS JOIN articles a ON a.id = j.value WHERE {conditions}");
            (from, Value::Text(marks.to_json()))
        } else {
            (format!("FROM articles a WHERE marked(?, a.id) AND {conditions}"), Value::Blob(marks.0.clone()))
        };
        (from, std::iter::once(found).chain(self.values.iter().cloned()).collect())
    }

    /// Returns the number of stories that the full-text indices returned; `None` if the query does not use them.
    pub(crate) fn matches(&self) -> Option<usize> {
        self.matching.as_ref().map(Marks::count)
    }

    /// Returns the same as [`Ready::source`], but reads from the index that can rank stories. Only rare words are used
    /// for ranking because words found in thousands of stories say little about any of them and take long to weigh.
    /// Returns `None` if no word is rare.
    pub(crate) fn ranked(&self, db: &Connection) -> rusqlite::Result<Option<(String, Vec<Value>)>> {
        let Some(marks) = &self.matching else { return Ok(None) };
        let mut rare = Vec::new();
        for FtsClause { quick: FtsMatch { index, words }, ranked } in &self.parts {
            let sql = format!("{} LIMIT 1 OFFSET ?2", index.sql());
            if !db.prepare_cached(&sql)?.exists(params![words, MARKED as i64])? {
                rare.push(ranked.as_str());
            }
        }
        if rare.is_empty() {
            return Ok(None);
        }
        let from = format!(
            "FROM search CROSS JOIN articles a ON a.id = search.rowid WHERE search MATCH ? AND marked(?, a.id) AND {}",
            self.conditions
        );
        let found = [Value::Text(rare.join(" AND ")), Value::Blob(marks.0.clone())];
        Ok(Some((from, found.into_iter().chain(self.values.iter().cloned()).collect())))
    }
}

/// A set of article IDs as a bitmap. ID 0 is the lowest bit of the first byte.
#[derive(Clone, Debug, Default)]
struct Marks(Vec<u8>);

impl Marks {
    /// Collects the article IDs that an SQL statement returns.
    fn of(db: &Connection, sql: &str, values: Vec<Value>) -> rusqlite::Result<Self> {
        let mut bits: Vec<u8> = Vec::new();
        let mut statement = db.prepare_cached(sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            let Ok(at) = usize::try_from(id / 8) else { continue };
            if bits.len() <= at {
                bits.resize((at + 1).next_power_of_two(), 0);
            }
            if let Some(byte) = bits.get_mut(at) {
                *byte |= 1 << (id % 8);
            }
        }
        Ok(Self(bits))
    }

    fn and(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(a, b)| a & b).collect())
    }

    fn count(&self) -> usize {
        self.0.iter().map(|byte| byte.count_ones() as usize).sum()
    }

    /// Formats the article IDs as a JSON array.
    fn to_json(&self) -> String {
        let mut ids = Vec::new();
        for (at, byte) in self.0.iter().enumerate().filter(|(_, byte)| **byte != 0) {
            ids.extend((0..8).filter(|bit| byte >> bit & 1 == 1).map(|bit| (at * 8 + bit).to_string()));
        }
        format!("[{}]", ids.join(","))
    }
}
