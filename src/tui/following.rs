//! Delays the panes that follow the selection of another pane: the text follows the list and the panels. While a key is
//! held down, only the pane with the selection is drawn, because on a slow connection the others would hold it up.

use super::event::Event;
use super::layout::{Pane, Panes};
use super::state::State;
use super::story::{Kept, Story};
use super::update::NEIGHBOURS;
use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use ratatui::layout::Rect;
use std::time::{Duration, Instant};

/// Time without a movement of the selection after which the other panes follow: longer than the pause between two
/// repetitions of a key that is held down, and too short to be noticed.
const REST: Duration = Duration::from_millis(60);
/// Maximum time that the other panes wait for a story to be loaded. Until then they keep the previous one, because an
/// empty pane would be drawn over a moment later.
const MAX_WAIT: Duration = Duration::from_millis(300);

/// Minimum time between two frames that differ only in the number of stories listed so far.
const COUNT_INTERVAL: Duration = Duration::from_millis(100);

/// Returns whether an event only adds rows to the end of a list that is still being read, less than [`COUNT_INTERVAL`]
/// after the last frame. A frame for each batch would take longer than reading the rows.
pub(crate) fn only_counts(event: &Event, since_frame: Duration) -> bool {
    matches!(event, Event::Rows(rows) if rows.more && rows.goes_on) && since_frame < COUNT_INTERVAL
}

/// Returns whether an event changes anything on the screen. Loading a neighbour of the open story changes nothing,
/// unless its row in the list has changed.
pub(crate) fn changes_screen(state: &State, event: &Event) -> bool {
    let Event::Opened(opened) = event else { return true };
    let is_it = |story: &&Story| story.kept.as_ref().is_some_and(|kept| kept.id == opened.id);
    let here = state.list.selected;
    let before = state.stories.get(here.saturating_sub(NEIGHBOURS)..here);
    let after = state.stories.get(here + 1..).unwrap_or_default().iter().take(NEIGHBOURS);
    let listed = before.unwrap_or_default().iter().chain(after).find(is_it).and_then(|story| story.kept.as_deref());
    listed.is_none() || listed != opened.row.clone().map(Kept::new).as_ref()
}

/// Panes that follow, as they are on the screen.
#[derive(Debug, Default)]
pub(super) struct Following {
    /// Selection of the last frame, and the layout of its panes.
    selection: Option<(Pane, usize, Panes)>,
    /// Cells of the panes that follow, as the terminal shows them, and the size of the screen.
    shown: (Rect, Vec<(Rect, Vec<Cell>)>),
    /// Whether the last frame lacked the panes that follow.
    was_held: bool,
    /// Time of the last movement, while the panes have not followed it.
    moved: Option<Instant>,
}

impl Following {
    /// Records the selection of the next frame, which is drawn at `now`. Returns whether the panes that follow must
    /// stay as they are in that frame.
    pub(super) fn waits(&mut self, state: &State, now: Instant) -> bool {
        let panes = state.panes();
        let selected = match state.focus {
            Pane::List => Some(state.list.selected),
            Pane::Panel(kind) => Some(state.panel(kind).selected),
            Pane::Reading => None,
        };
        let is_loading = state.story().and_then(|story| story.kept.as_ref()).is_some_and(|kept| !kept.loaded);
        let rest = if is_loading { MAX_WAIT } else { REST };
        let is_open = state.layers.iter().next().is_none();
        let selection = selected.filter(|_| is_open).map(|selected| (state.focus, selected, panes));
        let is_same_screen = match (&self.selection, &selection) {
            (Some((focus, _, panes)), Some((new_focus, _, new_panes))) => focus == new_focus && panes == new_panes,
            _ => false,
        };
        if !is_same_screen {
            self.moved = None;
        } else if self.selection != selection {
            self.moved = Some(now);
        } else if self.moved.is_some_and(|moved| now.saturating_duration_since(moved) >= rest) {
            self.moved = None;
        }
        self.selection = selection;
        self.moved.is_some()
    }

    /// Returns whether the selection has moved so recently that it may move on.
    pub(super) fn is_moving(&self, now: Instant) -> bool {
        self.moved.is_some_and(|moved| now.saturating_duration_since(moved) < REST)
    }

    /// Returns how long to wait until the panes follow; `None` if they have followed.
    pub(super) fn timeout(&self, now: Instant) -> Option<Duration> {
        let since = now.saturating_duration_since(self.moved?);
        Some(if since < REST { REST } else { MAX_WAIT }.saturating_sub(since))
    }

    /// Returns the areas of the panes that wait. They need not be drawn.
    pub(super) fn held(&self) -> Vec<Rect> {
        if self.moved.is_some() { self.areas() } else { Vec::new() }
    }

    /// Keeps the panes that wait as they are on the terminal, by leaving their cells out of the frame. Once they follow,
    /// compares them with what the terminal shows, because the previous frame lacks them.
    pub(super) fn hold(&mut self, buffer: &mut Buffer) {
        let held = self.held();
        for at in held.iter().flat_map(|area| area.positions()) {
            if let Some(cell) = buffer.cell_mut(at) {
                cell.set_diff_option(CellDiffOption::Skip);
            }
        }
        let was_held = std::mem::replace(&mut self.was_held, !held.is_empty());
        if self.was_held {
            return;
        }
        let cells = |area: Rect| area.positions().filter_map(|at| buffer.cell(at).cloned()).collect();
        let shown = (buffer.area, self.areas().into_iter().map(|area| (area, cells(area))).collect());
        let before = std::mem::replace(&mut self.shown, shown);
        if was_held {
            compare(before, buffer);
        }
    }

    /// Returns the areas of the panes that follow the selection.
    fn areas(&self) -> Vec<Rect> {
        let Some((focus, _, panes)) = &self.selection else { return Vec::new() };
        let panels = panes.panels.iter().map(|&(_, area)| area).filter(|_| *focus == Pane::List);
        panes.reading.into_iter().chain(panels).collect()
    }
}

/// Marks the cells of a frame that differ from those that the terminal shows, so that they are sent. On a screen of
/// another size, these are all cells.
fn compare((screen, panes): (Rect, Vec<(Rect, Vec<Cell>)>), buffer: &mut Buffer) {
    let look = |cell: &Cell| (cell.fg, cell.bg, cell.underline_color, cell.modifier);
    let is_same_size = screen == buffer.area;
    for (area, cells) in panes {
        for (at, shown) in area.positions().zip(&cells) {
            let Some(cell) = buffer.cell_mut(at).filter(|cell| cell.diff_option == CellDiffOption::None) else {
                continue;
            };
            let is_shown = is_same_size && cell.symbol() == shown.symbol() && look(cell) == look(shown);
            cell.set_diff_option(if is_shown { CellDiffOption::Skip } else { CellDiffOption::AlwaysUpdate });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::tui::key::Key;
    use crate::tui::keymap::Keymap;
    use crate::tui::library_messages::{RowBatch, View};
    use crate::tui::theme::Theme;
    use crate::tui::update;
    use crate::tui::view::view_around;
    use dateline_core::article::Article;
    use dateline_library::List;
    use ratatui::layout::Size;

    /// Screen whose panes follow, at a time that the test sets.
    struct Screen {
        state: State,
        following: Following,
        start: Instant,
        /// Last frame, and the cells that the terminal shows after it.
        frame: Buffer,
        terminal: Buffer,
        /// Number of cells sent for the last frame.
        sent: usize,
    }

    impl Screen {
        fn new() -> Self {
            let mut state = State::new(Size::new(80, 24), &Config::default(), Keymap::bundled(), Theme::bundled());
            let stories = ["The weir holds", "Snow closes the pass", "The ferry is late"];
            let stories = stories.map(|text| Article::verbatim(text, text)).to_vec();
            drop(update(&mut state, Event::Loaded(stories)));
            let blank = Buffer::empty(Rect::new(0, 0, 80, 24));
            let following = Following::default();
            Self { state, following, start: Instant::now(), frame: blank.clone(), terminal: blank, sent: 0 }
        }

        fn press(&mut self, keys: &str) -> &mut Self {
            for key in Key::parse_all(keys).unwrap() {
                drop(update(&mut self.state, Event::Key(key)));
            }
            self
        }

        /// Draws a frame `milliseconds` after the start. Returns the text that the terminal then shows.
        fn draw(&mut self, milliseconds: u64) -> String {
            let mut buffer = Buffer::empty(self.frame.area);
            let now = self.start + Duration::from_millis(milliseconds);
            self.following.waits(&self.state, now);
            view_around(&self.state, &self.following.held(), &mut buffer);
            self.following.hold(&mut buffer);
            let changes = self.frame.diff(&buffer);
            self.sent = changes.len();
            for (x, y, cell) in changes {
                self.terminal[(x, y)] = cell.clone();
            }
            self.frame = buffer;
            let place = self.state.panes().reading.unwrap();
            place.positions().map(|at| self.terminal[at].symbol()).collect()
        }
    }

    #[test]
    fn the_text_follows_the_list_when_the_key_rests() {
        let mut screen = Screen::new();
        assert!(screen.draw(0).contains("weir holds"));
        assert!(screen.press("j").draw(10).contains("weir holds"), "not yet");
        assert!(screen.press("j").draw(40).contains("weir holds"), "the key is held down");
        assert!(screen.following.timeout(screen.start + Duration::from_millis(50)).is_some());
        assert!(screen.draw(99).contains("weir holds"), "not yet");
        assert!(screen.draw(100).contains("ferry is late"));
        assert_eq!(screen.following.timeout(screen.start), None);
    }

    #[test]
    fn panes_keep_the_previous_story_while_the_next_one_is_being_loaded() {
        let mut screen = Screen::new();
        screen.draw(0);
        screen.press("j");
        let row = Kept::default();
        screen.state.stories[1].kept = Some(Box::new(row.clone()));
        assert!(screen.draw(10).contains("weir holds"));
        assert!(screen.draw(100).contains("weir holds"), "not loaded yet");
        assert!(screen.following.timeout(screen.start + Duration::from_millis(100)).is_some());
        screen.state.stories[1].kept.as_mut().unwrap().loaded = true;
        assert!(screen.draw(101).contains("Snow closes"));
        screen.press("j").state.stories[2].kept = Some(Box::new(row));
        assert!(screen.draw(200).contains("Snow closes"));
        assert!(screen.draw(501).contains("ferry is late"), "it does not wait for ever");
        assert_eq!(screen.following.timeout(screen.start), None);
    }

    #[test]
    fn another_screen_is_drawn_at_once() {
        let mut screen = Screen::new();
        screen.draw(0);
        screen.press("j").draw(1);
        assert!(screen.press("Enter").draw(2).contains("Snow closes"), "the text has the focus");
        assert_eq!(screen.following.timeout(screen.start), None);
    }

    #[test]
    fn panes_that_wait_are_not_drawn() {
        let mut screen = Screen::new();
        screen.draw(0);
        screen.press("j").draw(10);
        let place = screen.state.panes().reading.unwrap();
        assert!(place.positions().all(|at| screen.frame[at].symbol() == " "));
        screen.draw(100);
        assert!(place.positions().any(|at| screen.frame[at].symbol() != " "));
    }

    #[test]
    fn only_cells_that_differ_from_the_terminal_are_sent_when_the_panes_follow() {
        let mut screen = Screen::new();
        screen.draw(0);
        screen.press("j").draw(10);
        screen.press("k").draw(20);
        let before = screen.terminal.clone();
        screen.draw(100);
        assert_eq!(screen.sent, 0, "the terminal shows the same story as before");
        assert_eq!(before.diff(&screen.terminal).len(), 0);
        screen.press("j").draw(200);
        assert!(screen.draw(300).contains("Snow closes") && screen.sent > 0);
    }

    #[test]
    fn batches_of_a_long_list_are_drawn_together() {
        let batch = |more, goes_on| {
            let view = View::List(List::Inbox);
            Event::Rows(RowBatch { view, generation: 0, rows: Vec::new(), more, goes_on, total: None, empty: None })
        };
        let soon = Duration::from_millis(5);
        assert!(only_counts(&batch(true, true), soon));
        assert!(!only_counts(&batch(false, true), soon), "the first rows");
        assert!(!only_counts(&batch(true, false), soon), "the last rows");
        assert!(!only_counts(&batch(true, true), COUNT_INTERVAL), "the user must see that it goes on");
        assert!(!only_counts(&Event::LoadedAll, soon));
    }
}
