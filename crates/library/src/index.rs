//! Rows derived from the annotations of an article: names, mentions, quotes, events and full-text entries. They can
//! always be rebuilt from the stored article and its annotations.

use super::incoming::{Derived, Name};
use rusqlite::{Connection, OptionalExtension, params};

/// Names of the full-text indices.
pub(super) const FULL_TEXT: [&str; 4] = ["search", "terms", "annotation_search", "annotation_terms"];

/// Inserts the derived rows of an article that has none yet.
pub(super) fn insert(db: &Connection, article: i64, derived: &Derived) -> rusqlite::Result<()> {
    let ids: Vec<i64> = derived.names.iter().map(|name| name_id(db, name)).collect::<Result<_, _>>()?;
    let mut mentions = db.prepare_cached(
        "INSERT INTO mentions (article_id, name_id, entity, count, first_start, role) VALUES (?, ?, ?, ?, ?, ?)",
    )?;
    for (name, id) in derived.names.iter().zip(&ids) {
        if let Some((entity, count, first, role)) = &name.mention {
            mentions.execute(params![article, id, *entity as i64, *count as i64, *first as i64, role])?;
        }
    }
    let mut quotes = db.prepare_cached(
        "INSERT INTO quotes (article_id, seq, start, end, kind, speaker, confidence) VALUES (?, ?, ?, ?, ?, ?, ?)",
    )?;
    for (seq, quote) in derived.quotes.iter().enumerate() {
        let speaker = quote.speaker.and_then(|at| ids.get(at));
        let (start, end) = (quote.span.start as i64, quote.span.end as i64);
        quotes.execute(params![article, seq as i64, start, end, quote.kind, speaker, quote.confidence])?;
    }
    let mut events = db.prepare_cached(
        "INSERT INTO events (article_id, seq, begin_day, end_day, granularity, status, news, start, end, summary)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    for (seq, event) in derived.events.iter().enumerate() {
        let (begin, last) = event.days.unzip();
        let (start, end) = (event.sentence.start as i64, event.sentence.end as i64);
        events.execute(params![
            article,
            seq as i64,
            begin,
            last,
            event.granularity,
            event.status,
            event.news,
            start,
            end,
            event.summary
        ])?;
    }
    insert_terms(db, article, derived)
}

/// Inserts the full-text entries of an article.
fn insert_terms(db: &Connection, article: i64, derived: &Derived) -> rusqlite::Result<()> {
    if let Some(words) = &derived.words {
        db.prepare_cached("INSERT INTO search (rowid, headline, body) VALUES (?, ?, ?)")?.execute(params![
            article,
            words.headline,
            words.body
        ])?;
        db.prepare_cached("INSERT INTO terms (rowid, words) VALUES (?, ?)")?.execute(params![article, words.terms])?;
    }
    let found = &derived.found;
    if !(found.quoted.is_empty() && found.names.is_empty()) {
        db.prepare_cached("INSERT INTO annotation_search (rowid, quote, names) VALUES (?, ?, ?)")?.execute(params![
            article,
            found.quoted,
            found.names
        ])?;
    }
    if !found.terms.is_empty() {
        db.prepare_cached("INSERT INTO annotation_terms (rowid, words) VALUES (?, ?)")?
            .execute(params![article, found.terms])?;
    }
    Ok(())
}

/// Replaces the derived rows of an article. The index of its words is changed only if `derived` contains the words.
pub(super) fn replace(db: &Connection, article: i64, derived: &Derived) -> rusqlite::Result<()> {
    delete_annotations(db, article)?;
    if derived.words.is_some() {
        delete_words(db, article)?;
    }
    insert(db, article, derived)
}

/// Deletes the derived rows of an article. Its names are kept, since other articles may use them.
pub(super) fn delete(db: &Connection, article: i64) -> rusqlite::Result<()> {
    delete_annotations(db, article)?;
    delete_words(db, article)
}

fn delete_annotations(db: &Connection, article: i64) -> rusqlite::Result<()> {
    for table in [
        "DELETE FROM mentions WHERE article_id = ?",
        "DELETE FROM quotes WHERE article_id = ?",
        "DELETE FROM events WHERE article_id = ?",
        "DELETE FROM annotation_search WHERE rowid = ?",
        "DELETE FROM annotation_terms WHERE rowid = ?",
    ] {
        db.prepare_cached(table)?.execute([article])?;
    }
    Ok(())
}

fn delete_words(db: &Connection, article: i64) -> rusqlite::Result<()> {
    for table in ["DELETE FROM search WHERE rowid = ?", "DELETE FROM terms WHERE rowid = ?"] {
        db.prepare_cached(table)?.execute([article])?;
    }
    Ok(())
}

/// Returns the ID of the name with this kind and folded form, if the library has it.
pub(super) fn known_name(db: &Connection, kind: &str, folded: &str) -> rusqlite::Result<Option<i64>> {
    db.prepare_cached(
        "SELECT n.id FROM forms f JOIN names n ON n.id = f.name_id WHERE f.form = ? AND f.part = 0 AND n.kind = ?",
    )?
    .query_row([folded, kind], |row| row.get(0))
    .optional()
}

/// Returns the ID of a name. A new name is inserted, and search forms that a known name lacks are added.
fn name_id(db: &Connection, name: &Name) -> rusqlite::Result<i64> {
    let known = known_name(db, name.kind, &name.folded)?;
    let id = match known {
        Some(id) => id,
        None => {
            db.prepare_cached("INSERT INTO names (kind, name) VALUES (?, ?)")?.insert(params![name.kind, name.name])?
        }
    };
    let mut forms = db.prepare_cached("INSERT OR IGNORE INTO forms (form, part, name_id) VALUES (?, ?, ?)")?;
    // The forms of the full name are inserted along with the name, so only a new name needs them.
    let new = name.forms.iter().filter(|_| known.is_none());
    for form in new.chain(&name.other_forms) {
        forms.execute(params![form, *form != name.folded, id])?;
    }
    Ok(id)
}

#[cfg(test)]
mod tests {
    use crate::{Incoming, Library};
    use dateline_analysis::{Analyzer, Options};
    use dateline_core::article::Article;

    #[test]
    fn a_batch_goes_into_the_full_text_index_in_one_piece() {
        let analyzer = Analyzer::bundled();
        let prepared = |n: usize| {
            let text = format!("“We mended ramp {n},” said Mara Odell{n}, the harbour master, on 3 May 2024.");
            let article = Article::verbatim(format!("a{n}"), text);
            let analysis = analyzer.analyze(&article, &Options::default());
            Incoming::new(article, analysis, &n.to_string()).prepare().unwrap()
        };
        let mut library = Library::open_in_memory().unwrap();
        library.add(&(0..20).map(prepared).collect::<Vec<_>>()).unwrap();
        for index in super::FULL_TEXT {
            let sql = format!("SELECT count(DISTINCT segid) FROM {index}_idx");
            let pieces: i64 = library.connection.query_row(&sql, [], |row| row.get(0)).unwrap();
            assert_eq!(pieces, 1, "{index}");
        }
    }
}
