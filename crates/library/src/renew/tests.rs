//! Tests that stories are re-annotated in the right order, and that no connection sees two analyser versions in one
//! story.

use super::*;
use crate::{Incoming, annotation_store};

#[test]
fn what_an_older_analyser_annotated_is_done_again_a_few_at_a_time() {
    let mut library = Library::open_in_memory().unwrap();
    for n in 0..5 {
        let article = Article::verbatim(n.to_string(), format!("The ferry sailed, said pilot number {n}, Mara Odell."));
        let incoming = Incoming::new(article, Analysis::default(), &n.to_string());
        library.add(&[incoming.prepare().unwrap()]).unwrap();
    }
    library.connection.execute("UPDATE texts SET analyser = 0 WHERE article_id > 1", []).unwrap();
    assert!(library.article(2).unwrap().outdated);
    let analyzer = Analyzer::bundled();
    let mut walk = OutdatedWalk::default();
    let counts: Vec<usize> = (0..3).map(|_| library.renew(&analyzer, &mut walk, 3).unwrap()).collect();
    assert_eq!(counts, [3, 1, 0]);
    assert!(library.article(1).unwrap().analysis.quotes.is_empty(), "it was not outdated");
    assert!(!library.article(5).unwrap().analysis.entities.is_empty());
    assert_eq!(library.check().unwrap().faults, Vec::<String>::new());
}

#[test]
fn a_date_inferred_by_a_newer_analyser_goes_into_the_lists() {
    let mut library = Library::open_in_memory().unwrap();
    let article = Article::verbatim("", "The ferry sailed on Saturday, 4 May 2024, said Mara Odell.");
    library.add(&[Incoming::new(article, Analysis::default(), "").prepare().unwrap()]).unwrap();
    let row = |library: &Library| library.rows(&[1]).unwrap().remove(0);
    assert_eq!((row(&library).published, row(&library).inferred), (None, false));
    library.connection.execute("UPDATE texts SET analyser = 0", []).unwrap();
    library.renew(&Analyzer::bundled(), &mut OutdatedWalk::default(), 1).unwrap();
    assert_eq!((row(&library).published.as_deref(), row(&library).inferred), (Some("2024-05-04"), true));
    let (story, nothing) = (library.article(1).unwrap().article, Analysis::default());
    let derived = Derived::with_words(&story, &nothing).unwrap();
    library.write(|db| annotation_store::put(db, &[(1, &derived, &Publication::of(&story, &nothing))])).unwrap();
    assert_eq!((row(&library).published, row(&library).day), (None, row(&library).added / 86_400));
}

/// Creates a library of `count` outdated stories without annotations. Story `n` is dated the `n`th of May.
fn outdated(count: usize) -> Library {
    let mut library = Library::open_in_memory().unwrap();
    for n in 1..=count {
        let text = format!("Mara Odell, the pilot of ferry {n}, spoke. “We sailed {n} times,” said Mara Odell.");
        let mut article = Article::verbatim(n.to_string(), text);
        let date = jiff::civil::date(2024, 5, n as i8);
        let source = dateline_core::article::DateSource::Metadata;
        article.published = Some(dateline_core::article::Published { date, moment: None, source, evidence: None });
        library.add(&[Incoming::new(article, Analysis::default(), &n.to_string()).prepare().unwrap()]).unwrap();
    }
    library.mark_outdated(&(1..=count as i64).collect::<Vec<_>>()).unwrap();
    library
}

#[test]
fn the_newest_are_annotated_first_and_the_bin_last() {
    let mut library = outdated(6);
    library.set(&[6, 3], &crate::Change::Binned(true)).unwrap();
    library.connection.execute("UPDATE articles SET binned_at = id WHERE binned_at IS NOT NULL", []).unwrap();
    library
        .connection
        .execute("UPDATE texts SET analyser = ? WHERE article_id = 4", [dateline_analysis::VERSION])
        .unwrap();
    assert_eq!(library.next_outdated(&mut OutdatedWalk::default(), 9).unwrap(), [5, 2, 1, 6, 3]);
    assert_eq!(library.outdated_count().unwrap(), 5);
    let mut walk = OutdatedWalk::default();
    let steps: Vec<Vec<i64>> = (0..4).map(|_| library.next_outdated(&mut walk, 2).unwrap()).collect();
    assert_eq!(steps, [vec![5, 2], vec![1, 6], vec![3], vec![]]);
}

#[test]
fn the_order_is_that_of_an_index() {
    let library = outdated(1);
    for (in_bin, after) in [(false, false), (false, true), (true, false), (true, true)] {
        let sql = format!("EXPLAIN QUERY PLAN {}", outdated_sql(in_bin, after));
        let mut statement = library.connection.prepare(&sql).unwrap();
        let values = params_from_iter(&[1_i64; 5][..if after { 5 } else { 2 }]);
        let steps: Vec<String> =
            statement.query_map(values, |row| row.get(3)).unwrap().collect::<rusqlite::Result<_>>().unwrap();
        let steps = steps.join("; ");
        assert!(steps.contains("COVERING INDEX texts_analyser (analyser=? AND rowid=?)"), "{steps}");
        assert!(!steps.contains("TEMP B-TREE"), "{steps}");
    }
}

#[test]
fn a_story_that_cannot_be_read_back_does_not_stop_the_others() {
    let mut library = outdated(4);
    library.connection.execute("UPDATE texts SET article = x'ff' WHERE article_id > 2", []).unwrap();
    let mut walk = OutdatedWalk::default();
    let analyzer = Analyzer::bundled();
    let counts: Vec<usize> = (0..3).map(|_| library.renew(&analyzer, &mut walk, 1).unwrap()).collect();
    assert_eq!(counts, [1, 1, 0]);
    assert_eq!(library.next_outdated(&mut OutdatedWalk::default(), 9).unwrap(), [4, 3]);
}

#[test]
fn annotations_of_a_text_that_has_changed_are_not_stored() {
    let mut library = outdated(2);
    let analyzer = Analyzer::bundled();
    let annotated = library.reannotate(&analyzer, &[1, 2]).unwrap();
    let new = Article::verbatim("1", "Rufus Pell left on Monday.");
    let mut analysis = analyzer.analyze(&new, &Options::default());
    analysis.doubtful_types.clear(); // they are not stored
    library.replace(1, &Incoming::new(new, analysis.clone(), "1").prepare().unwrap()).unwrap();
    assert_eq!(library.store_annotations(&annotated).unwrap(), 1);
    assert_eq!(library.article(1).unwrap().analysis, analysis);
    assert_eq!(library.article(2).unwrap().analysis.quotes.len(), 1);
    assert_eq!(library.store_annotations(&annotated).unwrap(), 0, "they are up to date");
    assert_eq!(library.check().unwrap().faults, Vec::<String>::new());
}

#[test]
fn a_panic_in_the_analysis_does_not_stop_the_renewal() {
    assert_eq!(unharmed(|| 7), Some(7));
    assert_eq!(unharmed(|| -> u8 { panic!("as if a rule were wrong") }), None);
}

/// A story as seen by one connection: whether it is up to date, the spans of its rows, and the spans of its
/// annotations.
type Seen = (bool, Vec<(usize, usize)>, Vec<(usize, usize)>);

/// Reads a story in one snapshot: its rows of quotes and events, the counts shown in lists, and the unpacked
/// annotations. Spans are in bytes.
fn rows_and_annotations(library: &Library, id: i64) -> Seen {
    library
        .snapshot(|| {
            let stored = library.article(id)?;
            let db = &library.connection;
            let spans = |table: &str| -> rusqlite::Result<Vec<(usize, usize)>> {
                let sql = format!("SELECT start, end FROM {table} WHERE article_id = ? ORDER BY seq");
                let span =
                    |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)? as usize, row.get::<_, i64>(1)? as usize));
                db.prepare_cached(&sql)?.query_map([id], span)?.collect()
            };
            let listed = library.rows(&[id])?.remove(0);
            let mut rows = spans("quotes")?;
            rows.extend(spans("events")?);
            assert_eq!(listed.quotes + listed.events, rows.len(), "story {id}");
            let analysis = &stored.analysis;
            let quotes = analysis.quotes.iter().map(|quote| quote.span);
            let spans = quotes.chain(analysis.events.iter().map(|event| event.sentence));
            Ok((stored.outdated, rows, spans.map(|span| (span.start, span.end)).collect()))
        })
        .unwrap()
}

#[test]
fn no_reader_ever_sees_rows_of_one_version_and_annotations_of_another() {
    const COUNT: i64 = 24;
    let folder = std::env::temp_dir().join(format!("dateline-renew-{}", std::process::id()));
    let path = folder.join("library.db");
    let mut library = Library::open_or_create(&path).unwrap();
    let texts = (1..=COUNT).map(|n| {
        let text = format!("Mara Odell, the pilot, spoke on {n} May 2024. “We sailed {n} times,” said Mara Odell.");
        Incoming::new(Article::verbatim(n.to_string(), text), Analysis::default(), &n.to_string()).prepare().unwrap()
    });
    library.add(&texts.collect::<Vec<_>>()).unwrap();
    library.mark_outdated(&(1..=COUNT).collect::<Vec<_>>()).unwrap();
    let name = path.clone();
    let reader = std::thread::spawn(move || {
        let library = Library::open_read_only(&name).unwrap();
        loop {
            let mut left = 0;
            for id in 1..=COUNT {
                let (outdated, rows, annotations) = rows_and_annotations(&library, id);
                assert_eq!(rows, annotations, "story {id}");
                assert_eq!(outdated, rows.is_empty(), "story {id}");
                left += usize::from(outdated);
            }
            if left == 0 {
                return;
            }
        }
    });
    let (analyzer, mut walk) = (Analyzer::bundled(), OutdatedWalk::default());
    while library.renew(&analyzer, &mut walk, 3).unwrap() > 0 {}
    let outcome = reader.join();
    std::fs::remove_dir_all(folder).unwrap();
    outcome.unwrap();
}
