//! Rows derived from the annotations of an article: names, mentions, quotes, events and full-text entries. They can
//! always be rebuilt from the stored article and its annotations.

use super::incoming::{Derived, Name, forms};
use foldhash::{HashMap, HashMapExt};
use rusqlite::{Connection, OptionalExtension, params};

/// Names of the full-text indices.
pub(super) const FULL_TEXT: [&str; 4] = ["search", "terms", "annotation_search", "annotation_terms"];

/// SQL statements that delete the derived rows of an article, and its entries in the full-text indices.
const ROWS: [&str; 3] = [
    "DELETE FROM mentions WHERE article_id = ?",
    "DELETE FROM quotes WHERE article_id = ?",
    "DELETE FROM events WHERE article_id = ?",
];
const ANNOTATION_TERMS: [&str; 2] =
    ["DELETE FROM annotation_search WHERE rowid = ?", "DELETE FROM annotation_terms WHERE rowid = ?"];
const WORD_TERMS: [&str; 2] = ["DELETE FROM search WHERE rowid = ?", "DELETE FROM terms WHERE rowid = ?"];

/// Inserts the derived rows of an article that has none yet.
pub(super) fn insert(db: &Connection, article: i64, derived: &Derived) -> rusqlite::Result<()> {
    insert_rows(db, &[(article, derived)])?;
    insert_terms(db, article, derived)
}

/// Replaces the derived rows of articles, which are sorted by ID. The index of an article's words is changed only if its
/// `derived` contains the words.
pub(super) fn replace_all(db: &Connection, stories: &[(i64, &Derived)]) -> rusqlite::Result<()> {
    for (article, _) in stories {
        delete_from(db, &ROWS, *article)?;
    }
    insert_rows(db, stories)?;
    for (article, derived) in stories {
        delete_from(db, &ANNOTATION_TERMS, *article)?;
        if derived.words.is_some() {
            delete_from(db, &WORD_TERMS, *article)?;
        }
        insert_terms(db, *article, derived)?;
    }
    Ok(())
}

/// Inserts the names, mentions, quotes and events of articles. The rows of each table are inserted in the order of its
/// second index, because the articles of a batch share most pages of such an index: a page that has left the cache
/// before it is changed again is written to disk once more.
fn insert_rows(db: &Connection, stories: &[(i64, &Derived)]) -> rusqlite::Result<()> {
    let ids = name_ids(db, stories)?;
    insert_mentions(db, stories, &ids)?;
    insert_quotes(db, stories, &ids)?;
    insert_events(db, stories)
}

fn insert_mentions(db: &Connection, stories: &[(i64, &Derived)], ids: &[Vec<i64>]) -> rusqlite::Result<()> {
    let mut rows = Vec::new();
    for ((article, derived), ids) in stories.iter().zip(ids) {
        for (name, id) in derived.names.iter().zip(ids) {
            rows.extend(
                name.mention.as_ref().map(|(entity, count, first, role)| (*id, *article, *entity, count, first, role)),
            );
        }
    }
    rows.sort_unstable_by_key(|(id, article, entity, ..)| (*id, *article, *entity));
    let mut mentions = db.prepare_cached(
        "INSERT INTO mentions (article_id, name_id, entity, count, first_start, role) VALUES (?, ?, ?, ?, ?, ?)",
    )?;
    for (id, article, entity, count, first, role) in rows {
        mentions.execute(params![article, id, entity as i64, *count as i64, *first as i64, role])?;
    }
    Ok(())
}

fn insert_quotes(db: &Connection, stories: &[(i64, &Derived)], ids: &[Vec<i64>]) -> rusqlite::Result<()> {
    let mut rows = Vec::new();
    for ((article, derived), ids) in stories.iter().zip(ids) {
        for (seq, quote) in derived.quotes.iter().enumerate() {
            rows.push((quote.speaker.and_then(|at| ids.get(at)), *article, seq as i64, quote));
        }
    }
    rows.sort_unstable_by_key(|(speaker, article, seq, _)| (*speaker, *article, *seq));
    let mut quotes = db.prepare_cached(
        "INSERT INTO quotes (article_id, seq, start, end, kind, speaker, confidence) VALUES (?, ?, ?, ?, ?, ?, ?)",
    )?;
    for (speaker, article, seq, quote) in rows {
        let (start, end) = (quote.span.start as i64, quote.span.end as i64);
        quotes.execute(params![article, seq, start, end, quote.kind, speaker, quote.confidence])?;
    }
    Ok(())
}

fn insert_events(db: &Connection, stories: &[(i64, &Derived)]) -> rusqlite::Result<()> {
    let mut rows = Vec::new();
    for (article, derived) in stories {
        rows.extend(derived.events.iter().enumerate().map(|(seq, event)| (event.days, *article, seq as i64, event)));
    }
    rows.sort_unstable_by_key(|(days, article, seq, _)| (*days, *article, *seq));
    let mut events = db.prepare_cached(
        "INSERT INTO events (article_id, seq, begin_day, end_day, granularity, status, news, start, end, summary)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    for (days, article, seq, event) in rows {
        let (begin, last) = days.unzip();
        let (start, end) = (event.sentence.start as i64, event.sentence.end as i64);
        events.execute(params![
            article,
            seq,
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
    Ok(())
}

/// Inserts the full-text entries of an article.
fn insert_terms(db: &Connection, article: i64, derived: &Derived) -> rusqlite::Result<()> {
    if let Some(words) = &derived.words {
        db.prepare_cached("INSERT INTO search (rowid, headline, body) VALUES (?, ?, ?)")?.execute(params![
            article,
            words.headline,
            words.body
        ])?;
        db.prepare_cached("INSERT INTO terms (rowid, words) VALUES (?, ?)")?
            .execute(params![article, words.terms()])?;
    }
    let found = &derived.found;
    if !(found.quoted.is_empty() && found.names.is_empty()) {
        db.prepare_cached("INSERT INTO annotation_search (rowid, quote, names) VALUES (?, ?, ?)")?.execute(params![
            article,
            found.quoted,
            found.names
        ])?;
    }
    let terms = found.terms();
    if !terms.is_empty() {
        db.prepare_cached("INSERT INTO annotation_terms (rowid, words) VALUES (?, ?)")?
            .execute(params![article, terms])?;
    }
    Ok(())
}

/// Deletes the derived rows of an article. Its names are kept, since other articles may use them.
pub(super) fn delete(db: &Connection, article: i64) -> rusqlite::Result<()> {
    delete_from(db, &ROWS, article)?;
    delete_from(db, &ANNOTATION_TERMS, article)?;
    delete_from(db, &WORD_TERMS, article)
}

fn delete_from(db: &Connection, tables: &[&str], article: i64) -> rusqlite::Result<()> {
    tables.iter().try_for_each(|sql| db.prepare_cached(sql)?.execute([article]).map(|_| ()))
}

/// Returns the ID of the name with this kind and folded form, if the library has it.
pub(super) fn known_name(db: &Connection, kind: &str, folded: &str) -> rusqlite::Result<Option<i64>> {
    db.prepare_cached(
        "SELECT n.id FROM forms f JOIN names n ON n.id = f.name_id WHERE f.form = ? AND f.part = 0 AND n.kind = ?",
    )?
    .query_row([folded, kind], |row| row.get(0))
    .optional()
}

/// Inserts a name that no article has yet. Returns its ID.
pub(super) fn add_name(db: &Connection, kind: &str, name: &str, folded: &str) -> rusqlite::Result<i64> {
    let id = db.prepare_cached("INSERT INTO names (kind, name) VALUES (?, ?)")?.insert([kind, name])?;
    let mut insert = db.prepare_cached("INSERT OR IGNORE INTO forms (form, part, name_id) VALUES (?, ?, ?)")?;
    for form in forms(folded) {
        insert.execute(params![form, form != folded, id])?;
    }
    Ok(id)
}

/// Returns the IDs of the names of articles. New names are inserted, and so are search forms that known names lack.
fn name_ids(db: &Connection, stories: &[(i64, &Derived)]) -> rusqlite::Result<Vec<Vec<i64>>> {
    let mut names: Vec<&Name> = stories.iter().flat_map(|(_, derived)| &derived.names).collect();
    // A name is shown as it is spelled in the first story, so the order of equal names must not change.
    names.sort_by_key(|name| (name.folded.as_str(), name.kind));
    let mut ids: HashMap<(&str, &str), i64> = HashMap::new();
    let mut rows: Vec<(&str, bool, i64)> = Vec::new();
    for names in names.chunk_by(|a, b| (&a.folded, a.kind) == (&b.folded, b.kind)) {
        let Some(first) = names.first() else { continue };
        let known = known_name(db, first.kind, &first.folded)?;
        let id = if let Some(id) = known {
            id
        } else {
            let mut insert = db.prepare_cached("INSERT INTO names (kind, name) VALUES (?, ?)")?;
            insert.insert(params![first.kind, first.name])?
        };
        ids.insert((first.kind, &first.folded), id);
        // The forms of the full name are inserted along with the name, so only a new name needs them.
        let own = forms(&first.folded).filter(|_| known.is_none());
        let others = names.iter().flat_map(|name| &name.aliases).flat_map(|alias| forms(alias));
        let others = others.filter(|form| known.is_none() || !forms(&first.folded).any(|own| own == *form));
        rows.extend(own.chain(others).map(|form| (form, form != first.folded, id)));
    }
    rows.sort_unstable();
    rows.dedup();
    let mut insert = db.prepare_cached("INSERT OR IGNORE INTO forms (form, part, name_id) VALUES (?, ?, ?)")?;
    for (form, is_part, id) in rows {
        insert.execute(params![form, is_part, id])?;
    }
    let id = |name: &Name| ids.get(&(name.kind, name.folded.as_str())).copied().unwrap_or_default();
    Ok(stories.iter().map(|(_, derived)| derived.names.iter().map(id).collect()).collect())
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
