//! Tests exporting and importing a whole library.

use crate::stories::{folder, library, note_of, prepared, story, tags};
use dateline_analysis::correction::{Anchor, Correction, Layer};
use dateline_analysis::{Analysis, Analyzer, Options};
use dateline_core::text::Span;
use dateline_library::{Change, Completeness, Error, Flag, Imported, Incoming, Library, List, Raw, SharedSource};
use proptest::prelude::*;

fn exported(library: &Library) -> String {
    let mut out = Vec::new();
    assert!(library.export(&mut out).unwrap().is_empty());
    String::from_utf8(out).unwrap()
}

fn imported(export: &str) -> Library {
    let mut library = Library::open_in_memory().unwrap();
    let report = library.import(export.as_bytes()).unwrap();
    assert_eq!((report.failed, report.completeness), (vec![], Completeness::Whole));
    library
}

/// Imports an export twice. Checks that the second import changes nothing.
fn imported_twice(library: &mut Library, export: &str) -> Imported {
    let report = library.import(export.as_bytes()).unwrap();
    let once = exported(library);
    let again = library.import(export.as_bytes()).unwrap();
    assert_eq!((again.new, again.merged, again.renamed), (0, [].into(), vec![]), "the second import changed something");
    assert_eq!(exported(library), once);
    report
}

/// Converts an export to the format of Dateline 0.1.0, which had neither counts nor a last line.
fn of_0_1_0(export: &str) -> String {
    let lines: Vec<&str> = export.lines().collect();
    let inner = &lines[1..lines.len() - 1];
    format!("{{\"kind\":\"library\",\"version\":1}}\n{}\n", inner.join("\n"))
}

fn damage(report: &Imported) -> &str {
    match &report.completeness {
        Completeness::Damaged(what) => what,
        other => panic!("{other:?}"),
    }
}

/// Creates a library that contains data of every kind.
fn full() -> Library {
    let mut library = library(4);
    let mut changed = story(1);
    changed.text.push_str("\n\nThe mayor \u{1b}[31magreed.");
    library.add(&[prepared(changed)]).unwrap();
    let analyzer = Analyzer::bundled();
    let bytes = std::sync::Arc::new(SharedSource::from(vec![0xff, 0, 1, 2]));
    let shared: Vec<_> = (10..12)
        .map(|n| Incoming {
            analysis: analyzer.analyze(&story(n), &Options::default()),
            article: story(n),
            source: "two.html".into(),
            item: n.to_string(),
            raw: Raw::Shared(bytes.clone()),
            ..Incoming::default()
        })
        .map(|incoming| incoming.prepare().unwrap())
        .collect();
    library.add(&shared).unwrap();
    library.set(&[1, 3], &Change::Flag(Flag::Starred, true)).unwrap();
    library.set(&[2], &Change::Tag("Sea \"and\" ships".into())).unwrap();
    library.set(&[2], &Change::Note("Line one.\nLine two.".into())).unwrap();
    library.set(&[4], &Change::Binned(true)).unwrap();
    library.highlight(2, Span::new(4, 9), "green", "É").unwrap();
    library.set_position(2, 40).unwrap();
    library.save_view("Unread sea", Some("tag:sea is:unread")).unwrap();
    library.change_highlight(2, 1, Some(("blue", "Ask the harbour."))).unwrap();
    // The same correction is added twice, as a user may do.
    let dismissed = Correction::Dismiss { layer: Layer::Quotes, at: Anchor::of(&story(1).text, Span::new(90, 120)) };
    library.correct(3, &dismissed).unwrap();
    library.correct(3, &dismissed).unwrap();
    let [odell, alvarez] = ["Mara Odell", "José Álvarez"].map(|name| library.find_entities(name, 1).unwrap()[0].id);
    library.merge_names(odell, alvarez).unwrap();
    library
}

#[test]
fn an_imported_export_exports_the_same() {
    let library = full();
    let export = exported(&library);
    assert!(!export.contains('\u{1b}'));
    for kind in ["source", "article", "state", "tag", "note", "highlight", "position", "correction", "alias", "view"] {
        assert!(export.contains(&format!("\n{{\"kind\":\"{kind}\"")), "there is no {kind} in it");
    }
    let copy = imported(&export);
    assert_eq!(exported(&copy), export);
    assert_eq!(copy.article(2).unwrap(), library.article(2).unwrap());
    assert_eq!(copy.raw(5).unwrap(), Some(vec![0xff, 0, 1, 2]));
    assert_eq!(copy.highlights(2).unwrap(), library.highlights(2).unwrap());
    assert!(copy.check().unwrap().faults.is_empty());
}

/// Imports lines that another program or person wrote. Returns the library, and the reasons for the refused lines.
fn import_of_others(lines: &[String]) -> (Library, Vec<String>) {
    let mut library = Library::open_in_memory().unwrap();
    let export = format!("{{\"kind\":\"library\",\"version\":1}}\n{}\n", lines.join("\n"));
    let report = library.import(export.as_bytes()).unwrap();
    assert!(library.check().unwrap().faults.is_empty());
    assert_eq!(exported(&imported(&exported(&library))), exported(&library));
    (library, report.failed.into_iter().map(|(line, reason)| format!("{line}: {reason}")).collect())
}

/// Returns the export line of a story. `article` has the fields of the article besides its text.
fn story_line(uid: &str, identities: &str, article: &str) -> String {
    format!(
        r#"{{"kind":"article","uid":"{uid}","source":"a","format":"","added":1,"identities":[{identities}],"article":{{"text":"Odé said so. The mill closed.",{article}}},"raw":"none","versions":[],"analyser":0,"analysis":null}}"#
    )
}

#[test]
fn spans_outside_the_text_of_an_imported_story_are_dropped() {
    for article in [
        r#""body":4000000000"#,
        r#""body":3"#,
        r#""blocks":[{"kind":"paragraph","span":[0,99999]}]"#,
        r#""blocks":[{"kind":"paragraph","span":[9,2]},{"kind":"paragraph","span":[3,12]}]"#,
        r#""headline":{"value":"Odé","span":[0,3]},"emphasis":[[40,50]],"links":[{"span":[7,1],"url":"https://a.example"}]"#,
    ] {
        let (library, refused) = import_of_others(&[story_line("a", "", article)]);
        assert_eq!(refused, [""; 0], "{article}");
        let stored = library.article(1).unwrap().article;
        let mut spans = stored.blocks.iter().map(|block| block.span).chain(stored.emphasis.iter().copied());
        assert!(spans.all(|span| stored.text.get(span.start..span.end).is_some()), "{stored:?}");
        assert!(!stored.blocks.is_empty() && stored.text.get(stored.body..).is_some(), "{stored:?}");
        assert!(serde_json::to_string(&dateline_export::json::article(&stored, &Analysis::default())).is_ok());
    }
}

#[test]
fn lines_that_no_command_could_write_are_refused_with_their_reason() {
    let lines = [
        story_line("a", "", r#""body":0"#),
        r#"{"kind":"feed","url":"file:///etc/passwd","title":"a","tags":""}"#.to_owned(),
        r#"{"kind":"feed","url":"https://a.example/feed"}"#.to_owned(),
        r#"{"kind":"tag","uid":"a","tag":"sea, ships"}"#.to_owned(),
        r#"{"kind":"tag","uid":"a","tag":"sea\nships"}"#.to_owned(),
        r#"{"kind":"state","uid":"a","read":7,"starred":-1,"binned_at":null,"feed":null}"#.to_owned(),
    ];
    let (library, refused) = import_of_others(&lines);
    let reasons = ["3: the feed “file:///etc/passwd” has no address", "5: a tag must be", "6: a tag has line breaks"];
    assert_eq!(refused.len(), reasons.len(), "{refused:?}");
    assert!(refused.iter().zip(reasons).all(|(refused, reason)| refused.starts_with(reason)), "{refused:?}");
    assert_eq!(library.feeds().unwrap()[0].url, "https://a.example/feed");
    assert_eq!(tags(&library, 1), [""; 0]);
    let row = library.rows(&[1]).unwrap().remove(0);
    assert_eq!((row.read, row.starred), (true, false));
}

#[test]
fn an_imported_story_takes_no_identity_from_another() {
    let mut library = library(1);
    let export = exported(&library);
    let (_, rest) = export.split_once("\"identities\":[").unwrap();
    let stolen = rest.split_once(']').unwrap().0;
    let line = story_line("thief", stolen, r#""body":0"#);
    let import = format!("{{\"kind\":\"library\",\"version\":1}}\n{line}\n");
    assert_eq!(library.import(import.as_bytes()).unwrap().new, 1);
    let mut changed = story(0);
    changed.text.push_str("\n\nThe mayor agreed.");
    assert_eq!(library.add(&[prepared(changed.clone())]).unwrap()[0].id, 1, "the story continues another one");
    assert_eq!(library.article(1).unwrap().article.text, changed.text);
}

#[test]
fn importing_twice_adds_nothing() {
    let export = exported(&full());
    let mut copy = imported(&export);
    let again = copy.import(export.as_bytes()).unwrap();
    assert_eq!((again.new, again.known), (0, 6));
    assert_eq!(exported(&copy), export);
    assert_eq!(copy.corrections(3).unwrap().len(), 2);
}

#[test]
fn what_the_reader_did_is_merged_into_the_story_of_the_same_text_at_another_address() {
    let mut there = library(1);
    there.set(&[1], &Change::Flag(Flag::Starred, true)).unwrap();
    there.set(&[1], &Change::Tag("harbour".into())).unwrap();
    there.set(&[1], &Change::Note("Ask Odell.".into())).unwrap();
    there.highlight(1, Span::new(4, 9), "green", "Which one?").unwrap();
    there.set(&[1], &Change::Binned(true)).unwrap();
    there.save_view("Sea", Some("tag:sea")).unwrap();
    let mut here = Library::open_in_memory().unwrap();
    let mut elsewhere = story(0);
    elsewhere.url = Some("https://mirror.example/a-ferry".into());
    here.add(&[prepared(elsewhere)]).unwrap();
    here.set(&[1], &Change::Tag("ferries".into())).unwrap();
    here.set(&[1], &Change::Note("Printed on page 3.".into())).unwrap();
    here.save_view("Sea", Some("tag:ferries")).unwrap();

    let report = imported_twice(&mut here, &exported(&there));
    assert_eq!((report.new, report.known, report.failed), (0, 1, vec![]));
    assert_eq!(report.merged, [("star", 1), ("tag", 1), ("note", 1), ("highlight", 1)].into());
    assert_eq!(tags(&here, 1), ["ferries", "harbour"]);
    assert_eq!(note_of(&here, 1).unwrap(), "Printed on page 3.\n\nAsk Odell.");
    assert_eq!(here.highlights(1).unwrap()[0].note, "Which one?");
    assert_eq!(here.rows(&[1]).unwrap()[0].highlights, 1);
    assert_eq!(here.count(List::Starred).unwrap(), 1);
    assert_eq!(here.count(List::Bin).unwrap(), 0, "an import put a story into the bin");
    let views: Vec<(String, String)> = here.views().unwrap();
    assert!(
        views.contains(&("Sea".into(), "tag:ferries".into())) && views.contains(&("Sea (2)".into(), "tag:sea".into()))
    );
    assert_eq!(report.renamed, ["Sea (2)"]);
    // The note is then changed in the other library. Both notes are kept.
    there.set(&[1], &Change::Note("Odell has answered.".into())).unwrap();
    imported_twice(&mut here, &exported(&there));
    assert_eq!(note_of(&here, 1).unwrap(), "Printed on page 3.\n\nAsk Odell.\n\nOdell has answered.");
}

#[test]
fn highlights_and_positions_find_their_words_in_a_text_that_has_changed() {
    let mut there = library(1);
    let text = story(0).text;
    let at = text.rfind("the").unwrap();
    there.highlight(1, Span::new(at, at + 3), "green", "").unwrap();
    let mended = text.find("mended ramp").unwrap();
    there.highlight(1, Span::new(mended, mended + 11), "green", "").unwrap();
    there.highlight(1, Span::new(0, 9), "green", "").unwrap();
    there.set_position(1, mended).unwrap();
    let mut here = Library::open_in_memory().unwrap();
    let mut changed = story(0);
    // The added text is as long as the words between two identical passages, so the old offsets would select the wrong
    // passage.
    changed.text = format!("Soon the ferry is to sail again.\n\n{}", text.replace("The ferry to", "Boats to"));
    here.add(&[prepared(changed.clone())]).unwrap();

    let report = imported_twice(&mut here, &exported(&there));
    assert_eq!(report.merged, [("highlight", 3)].into());
    let highlights = here.highlights(1).unwrap();
    let starts: Vec<Option<usize>> = highlights.iter().map(|one| one.anchor.span.map(|span| span.start)).collect();
    assert_eq!(starts, [None, changed.text.find("mended ramp"), changed.text.rfind("the")]);
    assert_eq!(highlights[0].anchor.exact, "The ferry", "words that are gone are kept with their highlight");
    assert_eq!(here.position(1).unwrap(), changed.text.find("mended ramp"));
}

#[test]
fn an_export_that_is_cut_anywhere_comes_in_as_far_as_it_goes_and_what_is_missing_is_said() {
    let export = exported(&full());
    let lines: Vec<&str> = export.split_inclusive('\n').collect();
    let stories = |lines: &[&str]| lines.iter().filter(|line| line.starts_with("{\"kind\":\"article\"")).count();
    for cut in 1..lines.len() {
        for inside in [0, 10] {
            let mut library = Library::open_in_memory().unwrap();
            let part = lines[..cut].concat() + &lines[cut][..inside];
            let report = library.import(part.as_bytes()).unwrap();
            let (here, number) = if inside == 0 { ("after", cut) } else { ("in", cut + 1) };
            let what = damage(&report);
            assert!(what.starts_with(&format!("is truncated {here} line {number} of {}; ", lines.len())), "{what}");
            let missing = stories(&lines[cut..]);
            assert_eq!(what.contains(&format!("{missing} stor")), missing > 0, "{what}");
            assert_eq!((report.new, report.failed), (stories(&lines[..cut]), vec![]), "cut after {cut}");
        }
    }
    // A last line without a line break is complete, since an editor may have removed the line break.
    let mut library = Library::open_in_memory().unwrap();
    assert_eq!(library.import(export.trim_end().as_bytes()).unwrap().completeness, Completeness::Whole);
}

#[test]
fn a_changed_export_fails_its_checksum() {
    let export = exported(&full());
    for changed in [
        export.replace("Line two.", "Line 2."),
        export
            .lines()
            .filter(|line| !line.contains("\"kind\":\"note\""))
            .fold(String::new(), |all, line| all + line + "\n"),
        export.replace('\n', "\r\n"),
    ] {
        let report = Library::open_in_memory().unwrap().import(changed.as_bytes()).unwrap();
        assert!(damage(&report).contains("its checksum differs"));
        assert_eq!(damage(&report).contains("missing: 1 note"), !changed.contains("\"kind\":\"note\""));
        assert_eq!((report.new, report.failed), (6, vec![]));
    }
}

#[test]
fn an_export_of_0_1_0_comes_in_and_its_completeness_is_unknown() {
    let export = exported(&full());
    let old = of_0_1_0(&export);
    let mut library = Library::open_in_memory().unwrap();
    let report = library.import(old.as_bytes()).unwrap();
    assert_eq!((report.new, report.failed, report.completeness), (6, vec![], Completeness::Unknown));
    assert_eq!(exported(&library), export);
    let report = Library::open_in_memory().unwrap().import(&old.as_bytes()[..old.len() - 9]).unwrap();
    assert!(damage(&report).contains("how much is missing is unknown"));
}

#[test]
fn a_mark_without_its_story_is_reported() {
    let export = exported(&full());
    let story =
        export.lines().find(|line| line.contains("\"kind\":\"article\"") && line.contains("\"story-1\"")).unwrap();
    let damaged = export.replace(&format!("{story}\n"), "");
    let report = Library::open_in_memory().unwrap().import(damaged.as_bytes()).unwrap();
    assert_eq!(report.new, 5);
    let is_reported =
        |noun: &str| report.failed.iter().any(|(_, reason)| reason.starts_with(noun) && reason.contains("missing"));
    assert!(["tag of", "note of", "highlight of"].into_iter().all(is_reported), "{:?}", report.failed);
}

#[test]
fn other_files_are_refused_and_bad_lines_are_reported() {
    let mut library = Library::open_in_memory().unwrap();
    assert!(matches!(library.import("{}\n".as_bytes()), Err(Error::Refused(_))));
    assert!(matches!(library.import("{\"kind\":\"library\",\"version\":9}\n".as_bytes()), Err(Error::Refused(_))));
    let damaged = exported(&full()).replace("\"kind\":\"view\"", "\"kind\":\"vow\"") + "{\"kind\":\n";
    let report = library.import(damaged.as_bytes()).unwrap();
    assert_eq!((report.new, report.failed.len()), (6, 2));
    assert!(damage(&report).contains("missing: 1 saved view"));
}

#[test]
fn a_backup_is_a_library() {
    let folder = folder("backup");
    let mut library = Library::open_or_create(&folder.join("library.db")).unwrap();
    library.add(&[prepared(story(0))]).unwrap();
    let copy = folder.join("copy.db");
    library.back_up(&copy).unwrap();
    assert!(library.back_up(&copy).is_err(), "an older backup was overwritten");
    assert_eq!(exported(&Library::open(&copy).unwrap()), exported(&library));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_words_survive_export_and_import(text in "\\PC{1,80}", note in any::<String>(), tag in "\\w{1,9}", raw in any::<Vec<u8>>()) {
        let mut library = Library::open_in_memory().unwrap();
        let mut article = story(0);
        article.text = text;
        article.blocks.clear();
        let incoming = Incoming { article, raw: Raw::Own(raw), source: note.clone(), ..Incoming::default() };
        library.add(&[incoming.prepare().unwrap()]).unwrap();
        library.set(&[1], &Change::Note(note)).unwrap();
        library.set(&[1], &Change::Tag(tag)).unwrap();
        let export = exported(&library);
        prop_assert_eq!(exported(&imported(&export)), export);
    }
}
