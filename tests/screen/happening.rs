//! Tests happenings that several stories report: their row in the list, the marks in the text, the page of differences,
//! and splitting and merging by hand.

use super::Reader;
use crate::tui::effect::Effect;
use crate::tui::event::Event;
use crate::tui::happening::{Disagreement, Happening, Statement, VersionSummary};
use crate::tui::key::Key;
use crate::tui::library_messages::{
    Gathered, LibraryQuery, OpenedStory, Regrouping, Request, Reversal, RowBatch, View,
};
use crate::tui::update;
use dateline_analysis::Analysis;
use dateline_core::article::{Article, Datum};
use dateline_core::text::Span;
use dateline_library::{Direction, List, Replayed, StoryRow};
use ratatui::style::Modifier;

/// Invented stories, newest first: ID, outlet, minute of publication, headline and text. Four report the landslip.
const STORIES: [(i64, &str, u8, &str, &str); 6] = [
    (
        6,
        "Tarn Gazette",
        50,
        "Sixth body found under Ansel Fell slip",
        "Six people are dead after the slip at Ansel Fell. Rescuers ended their search on Sunday.",
    ),
    (5, "Vale Echo", 40, "Ferry to Ostrel Island resumes", "The ferry sailed again after a month."),
    (
        4,
        "Harbour Post",
        30,
        "Slip on Ansel Fell kills five",
        "Five people are dead after the slip at Ansel Fell. “We heard the hill move,” Mara Odell said.",
    ),
    (
        3,
        "Vale Echo",
        20,
        "Landslip closes Ansel Fell road",
        "A landslip has closed the road. “We heard the hill move,” Mara Odell said.",
    ),
    (2, "Lenz Dispatch", 10, "Landslip at Ansel Fell", "A landslip has closed the road."),
    (1, "Coast Wire", 5, "Mill at Port Anselm reopens", "The mill reopens in May."),
];

fn row(id: i64) -> StoryRow {
    let story = STORIES.iter().find(|story| story.0 == id).unwrap();
    StoryRow {
        id,
        headline: story.3.to_owned(),
        publisher: Some(story.1.to_owned()),
        published: Some(format!("2024-05-03T09:{:02}:00Z", story.2)),
        read: false,
        ..super::keeping::row(&Article::verbatim("a", story.4))
    }
}

fn opened(id: i64) -> OpenedStory {
    let story = STORIES.iter().find(|story| story.0 == id).unwrap();
    let mut article = Article::verbatim(id.to_string(), story.4);
    article.headline = Some(Datum::given(story.3.to_owned()));
    OpenedStory {
        id,
        row: Some(row(id)),
        article,
        analysis: Some(Analysis::default()),
        highlights: Vec::new(),
        corrections: Vec::new(),
        place: None,
    }
}

fn span(id: i64, words: &str) -> Span {
    let text = STORIES.iter().find(|story| story.0 == id).unwrap().4;
    let start = text.find(words).unwrap();
    Span::new(start, start + words.len())
}

/// Returns the library's reply about the landslip, as seen from a story, after stories 3 and 4 were read.
fn happening(story: i64) -> Happening {
    let version = |id: i64| {
        let row = row(id);
        VersionSummary {
            id,
            outlet: row.publisher.unwrap_or_default(),
            headline: row.headline,
            published: row.published,
            read: [3, 4].contains(&id) && id != story,
            reprint: false,
            adds: match id {
                4 => Some("Five people are dead".to_owned()),
                6 => Some("Six people are dead".to_owned()),
                _ => None,
            },
        }
    };
    let claim = |text: &str, later, version, words: &str, id| Statement {
        text: text.to_owned(),
        later,
        places: vec![(version, span(id, words), format!("{words} after the slip at Ansel Fell."))],
    };
    Happening {
        story,
        versions: [2, 3, 4, 6].map(version).into(),
        repeated: if story == 2 { vec![span(2, "A landslip has closed the road.")] } else { Vec::new() },
        new: if story == 6 { vec![span(6, "Six people"), span(6, "ended their search on Sunday")] } else { Vec::new() },
        heard: if story == 4 { vec![(span(4, "“We heard the hill move,”"), 1)] } else { Vec::new() },
        differences: vec![Disagreement {
            aspect: "figure".to_owned(),
            about: "people dead".to_owned(),
            claims: vec![
                claim("5", false, 2, "Five people are dead", 4),
                claim("6", true, 3, "Six people are dead", 6),
            ],
        }],
        ..Happening::default()
    }
}

/// Reader with a simulated library of the invented stories.
struct Library {
    reader: Reader,
    /// Requests for changes so far.
    changes: Vec<(Vec<i64>, Regrouping)>,
}

impl Library {
    fn new(width: u16, height: u16) -> Self {
        let mut library = Self { reader: Reader::empty(width, height), changes: Vec::new() };
        library.show(View::List(List::Inbox), 0);
        library.send(Event::LoadedAll);
        library
    }

    fn show(&mut self, view: View, generation: u32) {
        let members = vec![2, 3, 4, 6];
        let outlets = ["Harbour Post", "Lenz Dispatch", "Vale Echo", "Tarn Gazette"].map(str::to_owned).into();
        let clusters = vec![Gathered { id: 2, head: 4, outlets, members }];
        self.send(Event::Gathered { generation, replace: true, clusters });
        let rows = STORIES.iter().map(|story| row(story.0)).collect();
        self.send(Event::Rows(RowBatch {
            view,
            generation,
            rows,
            more: false,
            goes_on: false,
            total: None,
            empty: None,
        }));
    }

    fn send(&mut self, event: Event) {
        for effect in update(&mut self.reader.state, event) {
            match effect {
                Effect::Library(Request::Open(id)) => self.send(Event::Opened(Box::new(opened(id)))),
                Effect::Library(Request::Show(view, generation)) => self.show(view, generation),
                Effect::Query(LibraryQuery::Happening(id)) => self.send(Event::Happening(Box::new(happening(id)))),
                Effect::Library(Request::Regather(ids, change)) => self.changes.push((ids, change)),
                _ => {}
            }
        }
    }

    fn press(&mut self, keys: &str) -> &mut Self {
        for key in Key::parse_all(keys).unwrap() {
            self.send(Event::Key(key));
        }
        self
    }

    fn screen(&self) -> String {
        self.reader.screen()
    }

    /// Returns the IDs of the stories in the rows of the list.
    fn rows(&self) -> Vec<i64> {
        let state = &self.reader.state;
        let numbers = (0..state.list.count(&state.stories)).map(|row| state.list.number(row));
        numbers.map(|number| state.stories[number].kept.as_ref().unwrap().id).collect()
    }

    fn open(&self) -> i64 {
        self.reader.state.story().unwrap().kept.as_ref().unwrap().id
    }
}

#[test]
fn a_happening_has_one_row_with_its_outlets() {
    let library = Library::new(120, 40);
    assert_eq!(library.rows(), [4, 5, 1]);
    let screen = library.screen();
    assert!(screen.contains("Slip on Ansel Fell kills five"), "{screen}");
    assert!(screen.contains("+3 · also Lenz Dispatch, Vale"), "{screen}");
    assert!(screen.contains("row 1 of 3"), "rows and not stories are counted: {screen}");
    let screen = Library::new(200, 60).screen();
    assert!(screen.contains("6 unread · row 1 of 3 · 6 stories"), "{screen}");
}

#[test]
fn a_happening_unfolds_in_place_and_each_version_says_what_it_adds() {
    let mut library = Library::new(120, 40);
    library.press("z o");
    assert_eq!(library.rows(), [4, 2, 3, 6, 5, 1]);
    let screen = library.screen();
    assert!(screen.contains("↳") && screen.contains("3 May 09:50 · + Six people"), "{screen}");
    library.press("j j");
    assert_eq!(library.open(), 3);
    library.press("z o");
    assert_eq!((library.rows(), library.open()), (vec![3, 5, 1], 3), "the selected version keeps its row");
}

#[test]
fn reading_a_version_leaves_the_others_unread() {
    let mut library = Library::new(120, 40);
    library.press("Enter");
    let read = |library: &Library| library.reader.state.stories.iter().filter(|story| story.read).count();
    assert_eq!((read(&library), library.open()), (1, 4));
    library.press("n");
    assert_eq!(library.open(), 5, "the next story reports something else");
    library.press("N N N");
    let state = &library.reader.state;
    let hidden = state.stories.iter().filter(|story| !story.read).count();
    assert!(hidden > 0 && library.rows().len() == 3, "{:?}", library.rows());
    library.press("N N N N");
    assert!(library.reader.state.stories.iter().all(|story| story.read), "each version is reached");
}

#[test]
fn filters_and_searches_list_each_version() {
    let mut library = Library::new(120, 40);
    library.press("F s l i p");
    assert_eq!(library.rows(), [6, 4, 3, 2]);
    library.press("Esc Esc");
    assert_eq!(library.rows(), [4, 5, 1]);
    library.show(View::Query("slip".to_owned()), library.reader.state.library.as_ref().unwrap().generation);
    assert_eq!(library.rows().len(), 6);
    library.press("z o");
    assert!(library.reader.status().contains("Esc goes back to a list that folds them"), "{}", library.reader.status());
    library.press("j j");
    assert_eq!(library.open(), 4);
    library.press("Esc");
    assert_eq!(
        (library.rows(), library.open()),
        (vec![4, 5, 1], 4),
        "the inbox, at the row of the story that was found"
    );
    assert!(library.reader.status().starts_with("Returned to Inbox"), "{}", library.reader.status());
}

#[test]
fn the_status_line_names_the_keys_of_versions_where_they_apply() {
    let mut library = Library::new(80, 24);
    let has_keys = |library: &Library| {
        let status = library.reader.status();
        (status.contains("zo versions"), status.contains("~ differences"))
    };
    assert_eq!(has_keys(&library), (true, true), "in the list: {}", library.reader.status());
    library.press("j");
    assert_eq!(has_keys(&library), (false, false), "a single report: {}", library.reader.status());
    library.press("k / s l i p Enter");
    assert_eq!(has_keys(&library), (true, true), "at a match: {}", library.reader.status());
    library.press("Esc Enter");
    library.press("Tab Shift-Tab");
    assert_eq!(has_keys(&library), (true, true), "in the text: {}", library.reader.status());
    library.press("Esc F s l i p Enter k j");
    assert!(!has_keys(&library).0, "a filter shows every version: {}", library.reader.status());
}

#[test]
fn a_search_counts_a_folded_row_once_and_leaves_it_again() {
    let mut library = Library::new(120, 40);
    let mut seen = Vec::new();
    library.press("/ e s Enter");
    for key in ["n", "n", "N", "N"] {
        seen.push((library.open(), library.reader.status().split(" · ").next().unwrap_or_default().trim().to_owned()));
        library.press(key);
    }
    // Only a folded version and the story below it have the letters.
    let expected = [(3, "1 of 2"), (5, "2 of 2"), (3, "1 of 2"), (5, "2 of 2")];
    assert_eq!(seen, expected.map(|(id, tally)| (id, tally.to_owned())));
    assert_eq!(library.rows(), [3, 5, 1], "the version with the match has the row");
    library.press("Esc / r Enter k n n");
    assert_eq!((library.open(), library.reader.status().trim().starts_with("3 of 3")), (1, true));
    library.press("n z o n n n");
    assert!(library.reader.status().trim().starts_with("4 of 4"), "unfolded rows count: {}", library.reader.status());
}

#[test]
fn all_versions_of_a_row_are_marked_as_read_together() {
    let mut library = Library::new(80, 24);
    let effects = Key::parse_all(", a").unwrap().into_iter();
    let effects = effects.flat_map(|key| update(&mut library.reader.state, Event::Key(key))).collect::<Vec<_>>();
    let count = effects.iter().find_map(|effect| match effect {
        Effect::Library(Request::MarkRead(ids)) => Some(ids.len()),
        _ => None,
    });
    assert_eq!(count, Some(6));
}

#[test]
fn the_text_lists_the_other_versions_and_marks_what_is_new() {
    let mut library = Library::new(120, 40);
    library.press("z o j j j Enter");
    assert_eq!(library.open(), 6);
    let screen = library.screen();
    assert!(screen.contains("Also in Lenz Dispatch 3 May 09:10 · Vale Echo 09:20 (read)"), "{screen}");
    assert!(screen.contains("+ "), "{screen}");
    library.press("] n");
    assert!(library.reader.status().starts_with("New 1 of 2"), "{}", library.reader.status());
    library.press("] n");
    assert!(library.reader.status().starts_with("New 2 of 2"), "{}", library.reader.status());
    library.press("] n");
    assert!(library.reader.status().starts_with("Nothing further is new"), "{}", library.reader.status());
    library.press("[ n");
    assert!(library.reader.status().starts_with("New 1 of 2"), "{}", library.reader.status());
}

#[test]
fn a_step_to_what_is_new_waits_for_the_comparison() {
    let mut library = Library::new(120, 40);
    library.press("z o j j j");
    let mut asked = false;
    for key in Key::parse_all("Enter ] n").unwrap() {
        let effects = update(&mut library.reader.state, Event::Key(key));
        asked |= effects.iter().any(|effect| matches!(effect, Effect::Query(LibraryQuery::Happening(6))));
    }
    assert!(asked && library.reader.status().starts_with("Comparing the versions"), "{}", library.reader.status());
    library.send(Event::Happening(Box::new(happening(4))));
    assert!(library.reader.status().starts_with("Comparing the versions"), "the answer is about another story");
    library.send(Event::Happening(Box::new(happening(6))));
    assert!(library.reader.status().starts_with("New 1 of 2"), "{}", library.reader.status());
}

#[test]
fn only_repeated_sentences_are_dimmed() {
    let mut library = Library::new(120, 40);
    library.press("z o j Enter");
    assert_eq!(library.open(), 2);
    let dimmed = library.reader.styled(Modifier::DIM);
    assert!(dimmed.contains("A landslip has closed the road."), "{dimmed}");
    let dimmed = library.press("z p").reader.styled(Modifier::DIM);
    assert!(!dimmed.contains("A landslip has closed the road."), "plain text has no marks: {dimmed}");
    let dimmed = library.press("z p n Enter").reader.styled(Modifier::DIM);
    assert!(!dimmed.contains("We heard the hill move"), "nothing was read before: {dimmed}");
}

#[test]
fn the_page_of_differences_leads_to_the_sentences() {
    let mut library = Library::new(80, 24);
    library.press("~");
    let screen = library.screen();
    assert!(screen.contains("Figure · people dead") && screen.contains("later"), "{screen}");
    assert!(screen.contains("5 · Harbour Post 3 May 09:30: Five people are dead"), "{screen}");
    library.press("Tab");
    assert!(library.screen().contains("6 · later · Tarn Gazette 09:50: Six people"), "{}", library.screen());
    library.press("Enter");
    assert_eq!(library.open(), 6);
    assert!(library.reader.state.overlay().is_none());
    assert!(library.reader.screen().contains("Six people are dead"));
    library.press("Backspace");
    assert!(library.reader.state.overlay().is_some(), "{}", library.screen());
}

#[test]
fn a_story_with_one_version_has_nothing_to_compare() {
    let mut library = Library::new(80, 24);
    library.press("j");
    assert_eq!(library.open(), 5);
    for keys in ["~", "] n", "z o", ", x"] {
        library.press(keys);
        let status = library.reader.status();
        assert!(status.starts_with("No other version of this story"), "{keys}: {status}");
    }
    assert!(library.changes.is_empty());
}

#[test]
fn stories_are_split_and_merged_by_hand() {
    let mut library = Library::new(80, 24);
    library.press(", x");
    assert_eq!(library.changes, [(vec![4], Regrouping::Split)]);
    library.press("j , m");
    library.reader.type_text("kills five");
    library.press("Enter");
    assert_eq!(library.changes[1], (vec![5, 4], Regrouping::Merge));
    library.send(Event::Regathered("Merged 2 stories".to_owned(), true));
    assert!(library.reader.status().starts_with("Merged 2 stories · u undo"), "{}", library.reader.status());
    let label = "merged 2 stories".to_owned();
    let replayed = Replayed { label, left_out: 0 };
    library.send(Event::Replayed(Reversal::Done(Direction::Undo, replayed)));
    assert!(library.reader.status().starts_with("Undid: merged 2 stories"), "{}", library.reader.status());
}

/// The row of a happening, with its versions below, beside the text of the third.
#[test]
fn an_unfolded_happening_on_a_small_screen() {
    let mut library = Library::new(80, 24);
    library.press("z o j j");
    insta::assert_snapshot!(library.screen());
}

/// A large screen has room for the list beside the marks in the text.
#[test]
fn a_version_with_what_is_new_on_a_large_screen() {
    let mut library = Library::new(120, 40);
    library.press("z o j j j Enter ] n");
    insta::assert_snapshot!(library.screen());
}

/// The page of differences covers the panes.
#[test]
fn the_differences_of_a_happening() {
    let mut library = Library::new(80, 24);
    library.press("~");
    insta::assert_snapshot!(library.screen());
}
