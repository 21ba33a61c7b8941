//! Distributes what the user added to a split story among the resulting stories: highlights, notes, tags, corrections
//! and the star.

use super::{Item, Text};
use crate::{Anchor, Result, highlight};
use dateline_core::text::{fold, folded};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::HashSet;

/// Distributes the user's additions among the resulting stories. At first, all of them belong to the first story.
/// Returns the number of highlights moved to another story.
pub(super) fn out(db: &Connection, ids: &[i64], items: &[Item<'_>]) -> Result<usize> {
    let Some(&first) = ids.first() else { return Ok(0) };
    let mut owners = HashSet::new();
    let mut moved = 0;
    for mut mark in highlight::of(db, first)? {
        let at = best(items, |text| context_score(&text.article.text, &mark.anchor));
        let (Some(id), Some(item)) = (ids.get(at), items.get(at)) else { continue };
        mark.article = *id;
        mark.anchor.attach(&item.head.article.text);
        mark.put(db)?;
        owners.insert(*id);
        moved += usize::from(at > 0);
    }
    move_corrections(db, first, ids, items)?;
    if let Some(words) = note(db, first)? {
        let id = ids.get(best(items, |text| common_words(&words, &text.article.text))).copied().unwrap_or(first);
        db.execute("UPDATE OR IGNORE notes SET article_id = ?2 WHERE article_id = ?1", [first, id])?;
        owners.insert(id);
    }
    share_tags(db, first, ids, items)?;
    let starred: bool = db.query_row("SELECT starred FROM articles WHERE id = ?", [first], |row| row.get(0))?;
    for id in ids.iter().filter(|_| starred) {
        let meant = owners.is_empty() || owners.contains(id);
        db.execute("UPDATE articles SET starred = ?2 WHERE id = ?1", params![id, meant])?;
    }
    Ok(moved)
}

/// Returns the index of the item whose best text has the highest score, or the first of several such items.
fn best(items: &[Item<'_>], score: impl Fn(&Text) -> usize) -> usize {
    let scores = items.iter().map(|item| item.texts.iter().map(|text| score(text)).max().unwrap_or_default());
    scores.enumerate().rev().max_by_key(|(_, score)| *score).map_or(0, |(at, _)| at)
}

/// Scores how well a text matches highlighted words. The score is 2 if it contains them with their context, 1 if only
/// the words themselves, and 0 if they are missing.
fn context_score(text: &str, anchor: &Anchor) -> usize {
    let whole = format!("{}{}{}", anchor.prefix, anchor.exact, anchor.suffix);
    usize::from(text.contains(&anchor.exact)) + usize::from(text.contains(&whole))
}

/// Counts the words of more than three characters that a note and a text have in common.
fn common_words(note: &str, text: &str) -> usize {
    let words = |text: &str| -> HashSet<String> {
        let folded = fold(&folded(text));
        let words = folded.split(|letter: char| !letter.is_alphanumeric());
        words.filter(|word| word.chars().count() > 3).map(str::to_owned).collect()
    };
    words(note).intersection(&words(text)).count()
}

fn note(db: &Connection, id: i64) -> rusqlite::Result<Option<String>> {
    db.query_row("SELECT words FROM notes WHERE article_id = ?", [id], |row| row.get(0)).optional()
}

/// Moves each of the user's corrections to the story that contains its words.
fn move_corrections(db: &Connection, first: i64, ids: &[i64], items: &[Item<'_>]) -> Result<()> {
    let mut statement = db.prepare("SELECT id, exact, prefix, suffix FROM corrections WHERE article_id = ?")?;
    let read = |row: &rusqlite::Row<'_>| {
        let anchor = Anchor { span: None, exact: row.get(1)?, prefix: row.get(2)?, suffix: row.get(3)? };
        Ok((row.get::<_, i64>(0)?, anchor))
    };
    let corrections: Vec<_> = statement.query_map([first], read)?.collect::<rusqlite::Result<_>>()?;
    for (correction, mut anchor) in corrections {
        let at = best(items, |text| context_score(&text.article.text, &anchor));
        let (Some(id), Some(item)) = (ids.get(at), items.get(at)) else { continue };
        anchor.attach(&item.head.article.text);
        let (start, _) = highlight::ends(&anchor);
        db.execute("UPDATE corrections SET article_id = ?2, start = ?3 WHERE id = ?1", params![correction, id, start])?;
    }
    Ok(())
}

/// Moves a tag to the stories whose texts contain the tag. If none does, all stories get it.
fn share_tags(db: &Connection, first: i64, ids: &[i64], items: &[Item<'_>]) -> Result<()> {
    let sql = "SELECT t.id, t.name FROM article_tags a JOIN tags t ON t.id = a.tag_id WHERE a.article_id = ?";
    let tags: Vec<(i64, String)> =
        db.prepare(sql)?.query_map([first], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    for (tag, name) in tags {
        let name = fold(&folded(&name));
        let holds = |item: &Item<'_>| item.holds(|text| fold(&folded(&text.article.text)).contains(&name));
        let fitting: Vec<i64> = ids.iter().zip(items).filter(|(_, item)| holds(item)).map(|(id, _)| *id).collect();
        let wanted = if fitting.is_empty() { ids } else { &fitting };
        db.execute("DELETE FROM article_tags WHERE article_id = ? AND tag_id = ?", [first, tag])?;
        for id in wanted {
            db.execute("INSERT OR IGNORE INTO article_tags (article_id, tag_id) VALUES (?, ?)", [*id, tag])?;
        }
    }
    Ok(())
}
