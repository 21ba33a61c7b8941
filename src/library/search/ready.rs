//! A compiled query with what its parameters stand for, ready to be run: large sets of stories as
//! bits, which SQL tests one by one faster than it makes a table of them.

use super::{Compiled, MARKED};
use crate::library::query::{Binding, Matching};
use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};

/// A query that can be run.
#[derive(Clone, Debug)]
pub struct Ready {
    pub compiled: Compiled,
    values: Vec<Value>,
}

impl Ready {
    pub fn new(db: &Connection, mut compiled: Compiled) -> rusqlite::Result<Self> {
        let values = std::mem::take(&mut compiled.bindings).into_iter().map(|binding| match binding {
            Binding::Value(value) => Ok(value),
            Binding::Ids(sql, values) => marks(db, &sql, values),
        });
        Ok(Self { values: values.collect::<rusqlite::Result<_>>()?, compiled })
    }

    /// Tables and conditions, and the values of the parameters.
    pub fn source(&self) -> (String, Vec<Value>) {
        let conditions = &self.compiled.conditions;
        match &self.compiled.matching {
            Some(Matching { table, words }) => {
                let from = format!(
                    "FROM {table} CROSS JOIN articles a ON a.id = {table}.rowid WHERE {table} MATCH ? AND {conditions}"
                );
                (from, std::iter::once(words.clone().into()).chain(self.values.iter().cloned()).collect())
            }
            None => (format!("FROM articles a WHERE {conditions}"), self.values.clone()),
        }
    }

    /// Whether the index can tell how well a story matches.
    pub fn is_ranked(&self) -> bool {
        self.compiled.matching.as_ref().is_some_and(|matching| matching.table == "search")
    }

    /// Whether more than so many stories match, at the cost of looking at so many.
    pub fn is_more_than(&self, db: &Connection, most: usize) -> rusqlite::Result<bool> {
        let Some(Matching { table, words }) = &self.compiled.matching else { return Ok(false) };
        let sql = format!("SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT 1 OFFSET ?");
        db.prepare_cached(&sql)?.exists(params![words, most as i64])
    }

    /// The same, walked along the list past marks when many stories match.
    pub fn driven(self, db: &Connection) -> rusqlite::Result<Self> {
        if self.is_more_than(db, MARKED)? { self.marked(db) } else { Ok(self) }
    }

    /// The same, walked along the list past marks.
    pub fn marked(mut self, db: &Connection) -> rusqlite::Result<Self> {
        if let Some(Matching { table, words }) = self.compiled.matching.take() {
            let marks = marks(db, &format!("SELECT rowid FROM {table} WHERE {table} MATCH ?"), vec![words.into()])?;
            self.values.insert(0, marks);
            self.compiled.conditions = format!("marked(?, a.id) AND {}", self.compiled.conditions);
        }
        Ok(self)
    }
}

/// The numbers that a statement gives as bits, the lowest of the first byte for number 0.
fn marks(db: &Connection, sql: &str, values: Vec<Value>) -> rusqlite::Result<Value> {
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
    Ok(Value::Blob(bits))
}
