//! Tests the list of stories: its rows, symbols and dates.

use super::Reader;
use crate::pairing::PairReport;
use crate::tui::effect::Effect;
use crate::tui::event::Event;
use crate::tui::key::Key;
use crate::tui::library_messages::{FetchJob, FetchProgress, Request, RowBatch, SyncReport, View};
use dateline_core::article::Article;
use dateline_library::{EmptyResult, List, StoryRow};
use jiff::civil::date;
use ratatui::layout::Size;

/// Returns the lines of the list, without the text that is shown beside it.
fn rows(reader: &Reader) -> Vec<String> {
    let screen = reader.screen();
    screen.lines().skip(1).map(|line| line.split('│').next().unwrap_or_default().trim_end().to_owned()).collect()
}

/// Opens stories with the given headlines.
fn titled(width: u16, height: u16, titles: &[&str]) -> Reader {
    let article = |title: &&str| {
        let mut article = Article::verbatim(*title, "The mill has closed.");
        article.headline = Some(dateline_core::article::Datum::given((*title).to_owned()));
        article
    };
    let mut reader = Reader::empty(width, height);
    reader.send(Event::Loaded(titles.iter().map(article).collect()));
    reader.send(Event::LoadedAll);
    reader
}

#[test]
fn an_unread_story_has_a_sign_until_it_is_read() {
    let mut reader = Reader::new(80, 24);
    let unread = |reader: &Reader| rows(reader).iter().filter(|row| row.contains('•')).count();
    assert_eq!(unread(&reader), 3);
    assert!(rows(&reader)[0].starts_with("▌• Old weir"), "{:?}", rows(&reader));
    reader.press("Enter Esc");
    assert_eq!(unread(&reader), 2);
    reader.press("j Enter n");
    assert_eq!(unread(&reader), 0);
}

#[test]
fn a_list_that_is_alone_or_compact_shows_a_story_on_each_line() {
    let titles: Vec<String> = (1..=30).map(|number| format!("Ferry number {number} is late again tonight")).collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let mut reader = titled(40, 12, &titles);
    assert_eq!(rows(&reader).iter().filter(|row| row.contains("Ferry")).count(), 10);
    reader.send(Event::Resize(Size::new(80, 24)));
    assert!(rows(&reader).iter().filter(|row| row.contains("Ferry")).count() <= 11);
    reader.press("z l");
    assert_eq!(rows(&reader).iter().filter(|row| row.contains("Ferry")).count(), 22);
    reader.press("z l");
    assert!(rows(&reader).iter().filter(|row| row.contains("Ferry")).count() <= 11);
}

#[test]
fn no_line_is_wasted_and_no_word_is_cut_that_would_fit() {
    let reader =
        titled(80, 12, &["Azerbaijan seizes arms from Armenian separatists in Karabakh", "One", "Two", "Three"]);
    let rows = rows(&reader);
    assert_eq!(rows[0], "▌• Azerbaijan seizes");
    assert_eq!(rows[1], "▌  arms from Armenian");
    assert!(rows[2].starts_with("▌  separatists in"), "an undated row has a third line of title: {rows:?}");
}

#[test]
fn the_last_week_is_named_by_its_days() {
    let mut reader = Reader::new(80, 24);
    assert!(rows(&reader).iter().any(|row| row.ends_with("~14 May 2024")), "{:?}", rows(&reader));
    reader.state.today = Some(date(2024, 5, 15));
    assert!(rows(&reader).iter().any(|row| row.ends_with("~yesterday")), "{:?}", rows(&reader));
}

#[test]
fn the_list_grows_where_no_panel_needs_the_room() {
    let width = |reader: &Reader| reader.state.panes().list.map(|list| list.width);
    let mut reader = Reader::new(120, 40);
    assert_eq!(width(&reader), Some(36));
    assert_eq!(width(reader.press("1")), Some(24));
    assert_eq!(width(&Reader::new(80, 24)), Some(25));
}

#[test]
fn an_empty_result_says_why_and_offers_the_nearest_words() {
    let mut reader = Reader::empty(80, 24);
    let batch = |view, generation, empty| {
        Event::Rows(RowBatch { view, generation, rows: Vec::new(), more: false, goes_on: false, total: None, empty })
    };
    reader.send(batch(View::List(List::Inbox), 0, None)).send(Event::LoadedAll);
    reader.press("f").type_text("fery");
    let generation = reader.state.library.as_ref().unwrap().generation;
    let empty = EmptyResult { part: Some("fery".to_owned()), instead: Some("ferry".to_owned()) };
    reader.send(batch(View::Query("fery".to_owned()), generation, Some(empty.clone())));
    let screen = reader.screen();
    for words in ["Nothing has “fery”.", "Did you mean ferry?", "Enter twice searches"] {
        assert!(screen.contains(words), "{words} in\n{screen}");
    }
    // While the query is typed, these keys are letters of it.
    assert!(!screen.contains("switches lists") && !screen.contains("f searches"), "{screen}");
    reader.press("Enter");
    let generation = reader.state.library.as_ref().unwrap().generation;
    reader.send(batch(View::Query("fery".to_owned()), generation, Some(empty)));
    for words in ["Enter searches it", "B switches lists", "f searches"] {
        assert!(reader.screen().contains(words), "{words} in\n{}", reader.screen());
    }
    let effects = crate::tui::update(&mut reader.state, Event::Key(Key::parse("Enter").unwrap()));
    let asks =
        |effect: &Effect| matches!(effect, Effect::Library(Request::Show(View::Query(words), _)) if words == "ferry");
    assert!(effects.iter().any(asks), "{effects:?}");
}

/// Opens a library whose current list is empty.
fn empty(list: List) -> Reader {
    let mut reader = Reader::empty(80, 24);
    let view = View::List(list);
    reader.state.library.iter_mut().for_each(|library| library.view = view.clone());
    let batch =
        RowBatch { view, generation: 0, rows: Vec::new(), more: false, goes_on: false, total: None, empty: None };
    reader.send(Event::Rows(batch)).send(Event::LoadedAll);
    reader
}

#[test]
fn an_empty_list_says_what_belongs_there() {
    for (list, words) in [
        (List::Bin, "The bin is empty."),
        (List::Starred, "No starred stories."),
        (List::Starred, "* stars one"),
        (List::Unread, "No unread stories."),
        (List::Inbox, "`dateline add FILE…`"),
    ] {
        let screen = empty(list).screen();
        assert!(screen.contains(words), "{words} in\n{screen}");
        assert_eq!(matches!(list, List::Bin | List::Starred), !screen.contains("adds stories"), "{screen}");
    }
}

#[test]
fn keys_without_a_story_or_a_feed_say_which_is_missing() {
    let mut reader = empty(List::Inbox);
    assert_eq!(reader.press("] q").status(), "No story is open, because this list is empty · B switches lists");
    reader.press("R").send(Event::Fetching(FetchProgress::Progress(0, 0)));
    let ended = |asked| {
        Event::Fetching(FetchProgress::Ended {
            new: 0,
            changed: 0,
            failed: 0,
            asked,
            synced: SyncReport::default(),
            paired: PairReport::default(),
        })
    };
    assert_eq!(reader.send(ended(0)).status(), "No feeds yet · W opens the page to add one");
    reader.press("R").send(Event::Fetching(FetchProgress::Progress(2, 2)));
    assert_eq!(reader.send(ended(0)).status(), "No feed is due yet");
    let synced = |failed| {
        let synced = SyncReport { servers: 1, failed, marks: 3 };
        Event::Fetching(FetchProgress::Ended {
            new: 2,
            changed: 0,
            failed: 0,
            asked: 0,
            synced,
            paired: PairReport::default(),
        })
    };
    assert_eq!(reader.press("R").send(synced(0)).status(), "Synced: 2 new, 0 changed, 3 marks synced");
    let failed = "Synced: 2 new, 0 changed, 3 marks synced · the sync failed: W shows why";
    assert_eq!(reader.press("R").send(synced(1)).status(), failed);
}

#[test]
fn jobs_of_timers_that_go_off_together_follow_each_other() {
    let mut reader = empty(List::Inbox);
    let jobs = |reader: &mut Reader, event| {
        let effects = crate::tui::update(&mut reader.state, event);
        let jobs = effects.into_iter().filter_map(|effect| match effect {
            Effect::Fetch(job) => Some(job),
            _ => None,
        });
        jobs.collect::<Vec<_>>()
    };
    assert_eq!(jobs(&mut reader, Event::FetchDue), [FetchJob::Due]);
    assert_eq!(jobs(&mut reader, Event::SyncDue), []);
    assert_eq!(jobs(&mut reader, Event::PairDue), []);
    assert_eq!(jobs(&mut reader, Event::SyncDue), []);
    let (synced, paired) = (SyncReport::default(), PairReport::default());
    let ended = FetchProgress::Ended { new: 0, changed: 0, failed: 0, asked: 1, synced, paired };
    assert_eq!(jobs(&mut reader, Event::Fetching(ended)), [FetchJob::Sync]);
    assert_eq!(jobs(&mut reader, Event::Fetching(FetchProgress::Failed("x".to_owned()))), [FetchJob::Pair]);
    assert_eq!(jobs(&mut reader, Event::Fetching(FetchProgress::Paired(PairReport::default()))), []);
    assert_eq!(reader.status(), "x", "nothing came, so nothing is said");
    let paired = PairReport { folders: 2, failed: 1, received: vec!["1 note".to_owned(), "3 tags".to_owned()] };
    reader.send(Event::Fetching(FetchProgress::Paired(paired)));
    assert_eq!(reader.status(), "Paired, received 1 note, 3 tags · pairing failed: W shows why");
}

#[test]
fn an_invalid_query_is_explained_on_the_whole_line() {
    for (query, message) in [
        ("foo:bar", "No field “foo”. To search for the text itself, quote it: \"foo:…\". Fields: t"),
        ("ferry speeker:odell", "No field “speeker”; did you mean “speaker”?"),
        ("is:foo a long query about the harbour ferry", "is: does not take “foo”, but read, unread, starred"),
    ] {
        let mut reader = empty(List::Inbox);
        let screen = reader.press("f").type_text(query).screen();
        assert!(screen.contains(message), "{message} in\n{screen}");
    }
}

/// Opens a library with unread stories.
fn library(count: i64) -> Reader {
    let mut reader = Reader::empty(80, 24);
    let row = |id: i64| StoryRow {
        id,
        read: false,
        headline: format!("Story {id}"),
        ..super::keeping::row(&Article::verbatim("a", "The mill has closed."))
    };
    let rows = (1..=count).map(row).collect();
    let view = View::List(List::Inbox);
    reader.send(Event::Rows(RowBatch {
        view,
        generation: 0,
        rows,
        more: false,
        goes_on: false,
        total: None,
        empty: None,
    }));
    reader.send(Event::LoadedAll);
    reader
}

/// Presses keys. Returns the IDs of the stories that the library is requested to mark as read.
fn marked(reader: &mut Reader, keys: &str) -> Vec<i64> {
    let keys = Key::parse_all(keys).unwrap();
    let effects = keys.into_iter().flat_map(|key| crate::tui::update(&mut reader.state, Event::Key(key)));
    let ids = effects.filter_map(|effect| match effect {
        Effect::Library(Request::MarkRead(ids)) => Some(ids),
        _ => None,
    });
    ids.flatten().collect()
}

#[test]
fn stories_above_or_all_are_marked_as_read_in_one_step() {
    let mut reader = library(9);
    assert_eq!(marked(&mut reader, "j j j , k"), [1, 2, 3]);
    reader.send(Event::MarkedRead(vec![1, 2, 3], "Marked 3 stories as read".to_owned()));
    assert_eq!(reader.status(), "Marked 3 stories as read · u undo");
    assert_eq!(rows(&reader).iter().filter(|row| row.contains('•')).count(), 6);
    assert_eq!(marked(&mut reader, ", k"), Vec::<i64>::new());
    assert!(reader.status().contains("No unread stories"), "{}", reader.status());
    assert_eq!(marked(&mut reader, ", a"), [4, 5, 6, 7, 8, 9]);
    reader.press("F").type_text("story 5").press("Enter");
    assert_eq!(marked(&mut reader, ", a"), [5], "only what the list shows");
}

#[test]
fn more_than_fifty_are_marked_only_after_a_question_with_their_number() {
    let mut reader = library(51);
    assert_eq!(marked(&mut reader, ", a"), Vec::<i64>::new());
    assert!(reader.status().starts_with("Mark 51 stories as read? y/n"), "{}", reader.status());
    assert_eq!(marked(&mut reader, "n"), Vec::<i64>::new());
    assert!(reader.status().contains("Nothing was marked"));
    assert_eq!(marked(&mut reader, ", a y").len(), 51);
}

/// Opens a library of stories that differ in age, source, length and whether they are read.
fn varied() -> Reader {
    let mut reader = Reader::empty(110, 24);
    let row = |(id, published, publisher, words, read): (i64, &str, &str, usize, bool)| StoryRow {
        id,
        read,
        words,
        headline: format!("Story {id}"),
        published: Some(published.to_owned()),
        publisher: Some(publisher.to_owned()),
        ..super::keeping::row(&Article::verbatim("a", "The mill has closed."))
    };
    let rows = [
        (1, "2024-08-19", "Vale Echo", 300, true),
        (2, "2024-08-12", "Argus", 900, false),
        (3, "2023-01-02", "Vale Echo", 50, false),
    ];
    let (view, rows) = (View::List(List::Inbox), rows.map(row).to_vec());
    reader.send(Event::Rows(RowBatch {
        view,
        generation: 0,
        rows,
        more: false,
        goes_on: false,
        total: None,
        empty: None,
    }));
    reader.send(Event::LoadedAll);
    reader
}

/// Returns the numbers of the listed stories, in order.
fn numbers(reader: &Reader) -> String {
    reader.state.stories.iter().map(|story| story.title().trim_start_matches("Story ").to_owned()).collect()
}

#[test]
fn the_list_is_sorted_by_a_key_or_a_command_and_the_open_story_stays() {
    let mut reader = varied();
    reader.press("j");
    let selected = |reader: &Reader| reader.state.story().unwrap().title().to_owned();
    assert_eq!((numbers(&reader), selected(&reader)), ("123".to_owned(), "Story 2".to_owned()));
    for (order, description) in
        [("321", "oldest first"), ("231", "by feed"), ("231", "unread first"), ("213", "longest")]
    {
        let status = reader.press(", s").status();
        assert!(status.contains(&format!("Sorted {description}")), "{status}");
        assert_eq!((numbers(&reader), selected(&reader)), (order.to_owned(), "Story 2".to_owned()), "{description}");
    }
    assert!(rows(&reader).len() > 3 && reader.screen().contains("Inbox, longest first"), "{}", reader.screen());
    reader.press(":").type_text("set order oldest").press("Enter");
    assert_eq!(numbers(&reader), "321");
    // Rows that arrive later are sorted in.
    let row = StoryRow {
        id: 9,
        headline: "Story 9".to_owned(),
        published: Some("2023-06-01".to_owned()),
        ..super::keeping::row(&Article::verbatim("a", "The mill has closed."))
    };
    let (view, rows) = (View::List(List::Inbox), vec![row]);
    reader.send(Event::Rows(RowBatch {
        view,
        generation: 0,
        rows,
        more: true,
        goes_on: false,
        total: None,
        empty: None,
    }));
    assert_eq!((numbers(&reader), selected(&reader)), ("3921".to_owned(), "Story 2".to_owned()));
}

#[test]
fn a_reply_to_a_request_from_before_sorting_goes_to_no_other_story() {
    let mut reader = varied();
    for story in &mut reader.state.stories {
        story.generation = 1;
    }
    reader.press(", s");
    reader.send(Event::Analysed { story: 2, generation: 1, analysis: None });
    assert!(reader.state.stories.iter().all(|story| story.analysis_view.is_none()));
}

#[test]
fn stories_outside_the_library_keep_the_order_of_their_files() {
    let mut reader = Reader::new(80, 24);
    assert!(reader.press(", s").status().contains("No library yet"), "{}", reader.status());
}

#[test]
fn the_title_counts_the_unread_stories_where_there_is_room() {
    let mut reader = varied();
    let title = |reader: &Reader| reader.screen().lines().next().unwrap_or_default().to_owned();
    assert!(title(&reader).contains("2 unread · 1/3"), "{}", title(&reader));
    reader.send(Event::Resize(Size::new(16, 12)));
    assert!(!title(&reader).contains("unread") && title(&reader).contains("1/3"), "{}", title(&reader));
}

#[test]
fn a_short_title_leaves_no_blank_line_and_a_click_finds_its_story() {
    let titles = ["Snow", "The old weir at the mill is opened again", "Ferry", "Frost", "Thaw", "Flood", "Hail", "Fog"];
    let mut reader = Reader::empty(80, 16);
    let dated = |title: &str| {
        let mut article = Article::verbatim(title, "The mill has closed.");
        article.headline = Some(dateline_core::article::Datum::given(title.to_owned()));
        article.publisher = Some(dateline_core::article::Datum::given("Vale Echo".to_owned()));
        article
    };
    reader.send(Event::Loaded(titles.map(dated).to_vec())).send(Event::LoadedAll);
    let shown = rows(&reader);
    let expected = [
        "▌• Snow",
        "▌  Vale Echo",
        " • The old weir at the",
        "   mill is opened…",
        "   Vale Echo",
        " • Ferry",
        "   Vale Echo",
    ];
    for (row, expected) in shown.iter().zip(expected) {
        assert!(row.trim_end().starts_with(expected.trim_end_matches('…')), "{expected} in {shown:#?}");
    }
    for (line, story) in [(1, 0), (2, 0), (3, 1), (5, 1), (6, 2), (8, 3)] {
        reader.send(Event::Mouse(crate::tui::event::Mouse::Click, 5, line));
        assert_eq!(reader.state.list.selected, story, "line {line} of {shown:#?}");
    }
}

#[test]
fn the_title_shows_the_whole_number_before_all_rows_have_arrived() {
    let mut reader = Reader::empty(80, 24);
    let batch = |rows: std::ops::Range<i64>, more, goes_on, total| RowBatch {
        view: View::List(List::Inbox),
        generation: 0,
        rows: rows
            .map(|id| StoryRow {
                id,
                read: false,
                ..super::keeping::row(&Article::verbatim("a", "The mill has closed."))
            })
            .collect(),
        more,
        goes_on,
        total,
        empty: None,
    };
    reader.send(Event::Rows(batch(0..30, false, true, Some(70))));
    assert!(reader.screen().contains("1/70"), "{}", reader.screen());
    assert!(!reader.screen().contains("unread"), "not all of them are known");
    reader.send(Event::Rows(batch(30..60, true, true, None)));
    assert!(reader.screen().contains("1/70"), "{}", reader.screen());
    reader.send(Event::LoadedAll);
    reader.send(Event::Rows(batch(60..69, true, false, None)));
    assert!(reader.screen().contains("1/69"), "one was deleted meanwhile: {}", reader.screen());
}
