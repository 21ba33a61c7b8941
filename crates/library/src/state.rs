//! User actions on articles. Each is recorded in the journal as one change, which can be undone and redone.

use super::anchor::Anchor;
use super::cluster;
use super::edit::{Edit, Flag};
use super::highlight::{self, Highlight};
use super::journal::{self, perform};
use super::present::{self, has_tag, note, view};
use super::{Error, Library, Result, index, now};
use dateline_core::text::{Span, folded};
use rusqlite::{Connection, OptionalExtension, params};

/// A user action on articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Sets or clears a flag of the articles.
    Flag(Flag, bool),
    /// Moves the articles to the bin (`true`) or restores them from it.
    Binned(bool),
    /// Adds a tag to the articles.
    Tag(String),
    /// Removes a tag from the articles.
    Untag(String),
    /// Sets the note on the articles. An empty text removes the note.
    Note(String),
    /// Takes each article out of its cluster, for good.
    Split,
    /// Merges the clusters of the articles, for good.
    Merge,
}

impl Change {
    /// Returns a description of the change for `count` articles, such as "starred 3 stories".
    #[must_use]
    pub fn label(&self, count: usize) -> String {
        let stories = if count == 1 { "1 story".to_owned() } else { format!("{count} stories") };
        match self {
            Self::Flag(Flag::Read, true) => format!("marked {stories} as read"),
            Self::Flag(Flag::Read, false) => format!("marked {stories} as unread"),
            Self::Flag(Flag::Starred, true) => format!("starred {stories}"),
            Self::Flag(Flag::Starred, false) => format!("unstarred {stories}"),
            Self::Flag(Flag::Archived, true) => format!("archived {stories}"),
            Self::Flag(Flag::Archived, false) => format!("unarchived {stories}"),
            Self::Binned(true) => format!("moved {stories} to the bin"),
            Self::Binned(false) => format!("restored {stories} from the bin"),
            Self::Tag(tag) => format!("tagged {stories} “{tag}”"),
            Self::Untag(tag) => format!("removed the tag “{tag}” from {stories}"),
            Self::Note(words) if words.trim().is_empty() => format!("removed the note on {stories}"),
            Self::Note(_) => format!("set the note on {stories}"),
            Self::Split if count == 1 => "took 1 story out of its cluster".to_owned(),
            Self::Split => format!("took {stories} out of their clusters"),
            Self::Merge => format!("merged the clusters of {stories}"),
        }
    }

    /// Returns the edit that the change makes to one article.
    fn edit(&self, db: &Connection, article: i64) -> Result<Edit> {
        Ok(match self {
            Self::Split | Self::Merge => Edit::Clusters { was: Vec::new(), is: Vec::new() },
            Self::Flag(flag, is) => {
                Edit::Flag { article, flag: *flag, was: present::flag(db, article, *flag)?, is: *is }
            }
            Self::Binned(is) => {
                let was: Option<Option<i64>> = db
                    .prepare_cached("SELECT binned_at FROM articles WHERE id = ?")?
                    .query_row([article], |row| row.get(0))
                    .optional()?;
                let was = was.ok_or(Error::NoArticle)?;
                Edit::Bin { article, was, is: is.then(|| was.unwrap_or_else(now)) }
            }
            Self::Tag(tag) => Edit::Tag { article, was: has_tag(db, article, tag)?, is: true, tag: tag_name(tag)? },
            Self::Untag(tag) => Edit::Tag { article, was: has_tag(db, article, tag)?, is: false, tag: tag_name(tag)? },
            Self::Note(words) => {
                let is = Some(words.trim()).filter(|words| !words.is_empty()).map(str::to_owned);
                Edit::Note { article, was: note(db, article)?, is }
            }
        })
    }
}

/// Normalises a tag for storage.
///
/// # Errors
/// Returns an error if the tag is empty, is longer than 60 characters, or contains a comma or a control character.
pub(crate) fn tag_name(words: &str) -> Result<String> {
    let name = folded(words);
    if name.is_empty() || name.contains(',') || name.chars().count() > 60 || name.chars().any(char::is_control) {
        return Err(Error::Refused("a tag must be 1 to 60 characters on one line, without commas".to_owned()));
    }
    Ok(name)
}

impl Library {
    /// Applies a change to articles and records it in the journal as one entry. Returns the number of articles changed.
    ///
    /// # Errors
    /// Returns an error if an article does not exist or the library cannot be written to. Nothing is changed in that
    /// case.
    pub fn set(&mut self, articles: &[i64], change: &Change) -> Result<usize> {
        if matches!(change, Change::Split | Change::Merge) {
            return self.regroup_by_hand(articles, *change == Change::Merge, |count| change.label(count));
        }
        self.change(|db, by| {
            let edits: Vec<Edit> = articles.iter().map(|&id| change.edit(db, id)).collect::<Result<_>>()?;
            let changed = edits.iter().filter(|edit| !edit.is_idle()).count();
            perform(db, by, &change.label(changed), &edits)?;
            Ok(changed)
        })
    }

    /// Marks an article as read, since the user has opened it. This is not recorded in the journal, so undo does not
    /// affect it.
    ///
    /// # Errors
    /// Returns an error if the library cannot be written to.
    pub fn mark_opened(&mut self, article: i64) -> Result<()> {
        self.write(|db| {
            db.prepare_cached(Flag::Read.sql().1)?.execute(params![article, true])?;
            Ok(())
        })
    }

    /// Highlights a passage of an article. Returns the ID of the highlight.
    ///
    /// # Errors
    /// Returns an error if the article does not exist or the library cannot be written to.
    pub fn highlight(&mut self, article: i64, span: Span, colour: &str, note: &str) -> Result<i64> {
        self.change(|db, by| {
            let text = highlight::article(db, article)?.text;
            let id: i64 = db.query_row(
                "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'highlights'), 0) + 1",
                [],
                |row| row.get(0),
            )?;
            let anchor = Anchor::new(&text, span);
            let new =
                Highlight { id, article, anchor, colour: colour.to_owned(), note: note.to_owned(), created: now() };
            perform(db, by, "highlighted a passage", &[Edit::Highlight { article, was: None, is: Some(new) }])?;
            Ok(id)
        })
    }

    /// Changes the colour and note of a highlight, or removes it if `to` is `None`.
    ///
    /// # Errors
    /// Returns an error if the highlight does not exist or the library cannot be written to.
    pub fn change_highlight(&mut self, article: i64, id: i64, to: Option<(&str, &str)>) -> Result<()> {
        self.change(|db, by| {
            let old = highlight::of(db, article)?.into_iter().find(|highlight| highlight.id == id);
            let old = old.ok_or_else(|| Error::Refused("no such highlight".to_owned()))?;
            let new = to.map(|(colour, note)| Highlight { colour: colour.into(), note: note.into(), ..old.clone() });
            let label = match &new {
                None => "removed a highlight",
                Some(new) if new.note == old.note => "changed a highlight",
                Some(_) if old.note.is_empty() => "added a note to a highlight",
                Some(_) => "changed the note on a highlight",
            };
            perform(db, by, label, &[Edit::Highlight { article, was: Some(old), is: new }])
        })
    }

    /// Saves a query as a view. If `query` is `None`, deletes the view.
    ///
    /// # Errors
    /// Returns an error if the library cannot be written to.
    pub fn save_view(&mut self, name: &str, query: Option<&str>) -> Result<()> {
        self.change(|db, by| {
            let was = view(db, name)?;
            let label = if query.is_some() {
                format!("saved the view “{name}”")
            } else {
                format!("removed the view “{name}”")
            };
            perform(db, by, &label, &[Edit::View { name: name.to_owned(), was, is: query.map(str::to_owned) }])
        })
    }

    /// Moves a saved view up or down by one position. Returns `false` if the view is already at that end.
    ///
    /// # Errors
    /// Returns an error if the library cannot be written to.
    pub fn move_view(&mut self, name: &str, up: bool) -> Result<bool> {
        let was: Vec<String> = self.views()?.into_iter().map(|(name, _)| name).collect();
        let Some(here) = was.iter().position(|view| view == name) else { return Ok(false) };
        let there = here.checked_add_signed(if up { -1 } else { 1 }).filter(|there| *there < was.len());
        let Some(there) = there else { return Ok(false) };
        let mut is = was.clone();
        is.swap(here, there);
        self.change(|db, by| perform(db, by, &format!("moved the view “{name}”"), &[Edit::Views { was, is }]))?;
        Ok(true)
    }

    /// Returns the names and queries of the saved views, in order.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub fn views(&self) -> Result<Vec<(String, String)>> {
        let views = self
            .connection
            .prepare_cached("SELECT name, query FROM saved_views ORDER BY place")
            .and_then(|mut statement| statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect());
        views.map_err(|error| self.with_path(error))
    }

    /// Permanently deletes the articles moved to the bin before `moment`, in Unix seconds. Returns the number of
    /// articles deleted.
    ///
    /// # Errors
    /// Returns an error if the library cannot be written to.
    pub fn purge(&mut self, moment: i64) -> Result<usize> {
        self.write(|db| {
            for index in index::FULL_TEXT {
                db.execute(
                    &format!("DELETE FROM {index} WHERE rowid IN (SELECT id FROM articles WHERE binned_at < ?)"),
                    [moment],
                )?;
            }
            cluster::forget_binned(db, moment)?;
            // Forget the files of the deleted articles, so that they can be added again.
            db.execute(
                "DELETE FROM files WHERE path IN (SELECT CAST(source AS BLOB) FROM articles WHERE binned_at < ?)",
                [moment],
            )?;
            let gone = db.execute("DELETE FROM articles WHERE binned_at < ?", [moment])?;
            journal::forget_deleted(db)?;
            db.execute(
                "DELETE FROM sources WHERE id NOT IN (SELECT source_id FROM texts WHERE source_id IS NOT NULL
                 UNION SELECT source_id FROM versions WHERE source_id IS NOT NULL)",
                [],
            )?;
            Ok(gone)
        })
    }
}
