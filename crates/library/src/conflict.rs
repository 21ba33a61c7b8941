//! Detects conflicts between edits: an undo or redo must not overwrite a value newer than the change that it reverts or
//! repeats.

use super::cluster;
use super::edit::{Alias, Edit};
use super::highlight::{self, Highlight};
use super::{Result, present};
use rusqlite::{Connection, OptionalExtension};

/// Whether an edit can be applied to the current value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// The current value is the old value of the edit, so the edit can be applied.
    Applies,
    /// The current value is already the new value of the edit, so there is nothing to do.
    Idle,
    /// The current value is neither the old nor the new one, or has been deleted. The string gives the reason as a
    /// clause.
    Conflict(String),
}

impl Fit {
    fn of<T: PartialEq>(present: &T, was: &T, is: &T, conflict: impl FnOnce() -> String) -> Self {
        if present == was {
            Self::Applies
        } else if present == is {
            Self::Idle
        } else {
            Self::Conflict(conflict())
        }
    }
}

impl Edit {
    /// Compares the old and new values of the edit with the current value.
    pub(crate) fn fit(&self, db: &Connection) -> Result<Fit> {
        if let Some(article) = self.article()
            && !db.prepare_cached("SELECT 1 FROM articles WHERE id = ?")?.exists([article])?
        {
            return Ok(Fit::Conflict("the story has been permanently deleted since".to_owned()));
        }
        let changed = |what: &str| format!("{what} has changed since");
        Ok(match self {
            Self::Flag { article, flag: which, was, is } => {
                Fit::of(&present::flag(db, *article, *which)?, was, is, String::new)
            }
            Self::Bin { article, was, is } => {
                let sql = "SELECT binned_at FROM articles WHERE id = ?";
                let present: Option<i64> = db.prepare_cached(sql)?.query_row([article], |row| row.get(0))?;
                Fit::of(&present, was, is, || "the story has been moved to the bin again since".to_owned())
            }
            Self::Tag { article, tag, was, is } => Fit::of(&present::has_tag(db, *article, tag)?, was, is, String::new),
            Self::Note { article, was, is } => Fit::of(&present::note(db, *article)?, was, is, || changed("the note")),
            Self::Highlight { article, was, is } => highlighted(db, *article, was.as_ref(), is.as_ref())?,
            Self::View { name, was, is } => {
                let present = present::view(db, name)?;
                Fit::of(&present, was, is, || changed(&format!("the view “{name}”")))
            }
            Self::Views { was, is } => ordered(db, was, is)?,
            Self::Names { was, is } => merged(db, was, is)?,
            Self::Clusters { was, is } => {
                if cluster::are(db, was, is)? {
                    Fit::Applies
                } else if cluster::are(db, is, was)? {
                    Fit::Idle
                } else {
                    Fit::Conflict("the stories have been merged or split since".to_owned())
                }
            }
            Self::Correction { article, payload, was, is } => {
                let sql = "SELECT 1 FROM corrections WHERE article_id = ? AND payload = ?";
                let present = db.prepare_cached(sql)?.exists((article, payload))?;
                // Adding a correction always changes something, since the same correction may be added twice.
                if *is { Fit::Applies } else { Fit::of(&present, was, is, String::new) }
            }
        })
    }

    /// Returns whether the edit removes or replaces words written by the user.
    pub(super) fn rewrites_note(&self) -> bool {
        match self {
            Self::Note { was, .. } => was.is_some(),
            Self::Highlight { was: Some(was), is, .. } => {
                !was.note.is_empty() && is.as_ref().is_none_or(|is| is.note != was.note)
            }
            _ => false,
        }
    }
}

/// Returns whether two states of a highlight are equal. Their spans are ignored, since a span moves with its text.
fn same(one: &Highlight, other: &Highlight) -> bool {
    (&one.colour, &one.note, &one.anchor.exact) == (&other.colour, &other.note, &other.anchor.exact)
}

fn highlighted(db: &Connection, article: i64, was: Option<&Highlight>, is: Option<&Highlight>) -> Result<Fit> {
    let Some(id) = was.or(is).map(|highlight| highlight.id) else { return Ok(Fit::Idle) };
    let all = highlight::of(db, article)?;
    let present = all.iter().find(|highlight| highlight.id == id);
    Ok(match (present, was, is) {
        (Some(present), Some(was), _) if same(present, was) => Fit::Applies,
        (Some(present), _, Some(is)) if same(present, is) => Fit::Idle,
        (Some(_), ..) => Fit::Conflict("the highlight has changed since".to_owned()),
        (None, _, None) => Fit::Idle,
        (None, Some(_), Some(_)) => Fit::Conflict("the highlight has been removed since".to_owned()),
        (None, None, Some(is)) => {
            // Two highlights of the same words would overlap on the screen.
            let mut anchor = is.anchor.clone();
            anchor.attach(&highlight::article(db, article)?.text);
            let again = anchor.span.is_some() && all.iter().any(|other| other.anchor.span == anchor.span);
            if again { Fit::Conflict("the passage has been highlighted again since".to_owned()) } else { Fit::Applies }
        }
    })
}

/// Compares two orders of the saved views, ignoring views added or removed since.
fn ordered(db: &Connection, was: &[String], is: &[String]) -> Result<Fit> {
    let mut statement = db.prepare_cached("SELECT name FROM saved_views ORDER BY place")?;
    let all: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let present: Vec<&String> = all.iter().filter(|name| was.contains(name)).collect();
    let left =
        |names: &'_ [String]| -> Vec<String> { names.iter().filter(|name| all.contains(name)).cloned().collect() };
    let present: Vec<String> = present.into_iter().cloned().collect();
    Ok(Fit::of(&present, &left(was), &left(is), || "the views have been moved since".to_owned()))
}

/// Compares rows of the alias table, including all other rows that contain any of the merged names.
fn merged(db: &Connection, was: &[Alias], is: &[Alias]) -> Result<Fit> {
    let stored = |row: &Alias| -> Result<bool> {
        let sql = "SELECT same FROM aliases WHERE name_id = ? AND other_id = ?";
        let same: Option<bool> = db.prepare_cached(sql)?.query_row([row.0, row.1], |row| row.get(0)).optional()?;
        Ok(same == Some(row.2))
    };
    let merges = |rows: &[Alias]| -> Vec<Alias> {
        let mut rows: Vec<Alias> = rows.iter().filter(|row| row.2).copied().collect();
        rows.sort_unstable();
        rows
    };
    let mut present: Vec<Alias> = Vec::new();
    for (name, other, _) in was.iter().chain(is).filter(|row| row.2) {
        let sql = "SELECT name_id, other_id FROM aliases
                   WHERE same = 1 AND (name_id IN (?1, ?2) OR other_id IN (?1, ?2))";
        let mut statement = db.prepare_cached(sql)?;
        for row in statement.query_map([name, other], |row| Ok((row.get(0)?, row.get(1)?, true)))? {
            present.push(row?);
        }
    }
    present.sort_unstable();
    present.dedup();
    let all_stored =
        |rows: &[Alias]| rows.iter().map(stored).try_fold(true, |all, one| Ok::<_, super::Error>(all && one?));
    Ok(if present == merges(was) && all_stored(was)? {
        Fit::Applies
    } else if present == merges(is) && all_stored(is)? {
        Fit::Idle
    } else {
        Fit::Conflict("the names have been merged or split since".to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_edit_that_starts_from_the_present_value_applies() {
        let fit = |present: &str| Fit::of(&present, &"old", &"new", || "it has changed".to_owned());
        assert_eq!(fit("old"), Fit::Applies);
        assert_eq!(fit("new"), Fit::Idle);
        assert_eq!(fit("newer"), Fit::Conflict("it has changed".to_owned()));
    }
}
