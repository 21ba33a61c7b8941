//! Delays the panes that follow the selection of another pane: the text follows the list and the panels. While a key is
//! held down, only the pane with the selection is drawn, because on a slow connection the others would hold it up.

use super::event::Event;
use super::layout::{Pane, Panes};
use super::state::State;
use super::story::{Kept, Story};
use super::update::NEIGHBOURS;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use std::time::{Duration, Instant};

/// Time without a movement of the selection after which the other panes follow: longer than the pause between two
/// repetitions of a key that is held down, and too short to be noticed.
const REST: Duration = Duration::from_millis(60);
/// Maximum time that the other panes wait for a story to be loaded. Until then they keep the previous one, because an
/// empty pane would be drawn over a moment later.
const MAX_WAIT: Duration = Duration::from_millis(300);

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
    /// Cells of the panes that follow, in the last frame.
    panes: Vec<(Rect, Vec<Cell>)>,
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

    /// Keeps the panes of a frame, or puts those of the last frame into it if they wait.
    pub(super) fn hold(&mut self, buffer: &mut Buffer) {
        if self.moved.is_none() {
            self.panes.clear();
            for area in self.areas() {
                let cells = area.positions().filter_map(|at| buffer.cell(at).cloned()).collect();
                self.panes.push((area, cells));
            }
            return;
        }
        for (area, cells) in &self.panes {
            for (at, cell) in area.positions().zip(cells) {
                if let Some(slot) = buffer.cell_mut(at) {
                    slot.clone_from(cell);
                }
            }
        }
    }

    /// Returns the areas of the panes that follow the selection.
    fn areas(&self) -> Vec<Rect> {
        let Some((focus, _, panes)) = &self.selection else { return Vec::new() };
        let panels = panes.panels.iter().map(|&(_, area)| area).filter(|_| *focus == Pane::List);
        panes.reading.into_iter().chain(panels).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::tui::key::Key;
    use crate::tui::keymap::Keymap;
    use crate::tui::theme::Theme;
    use crate::tui::{update, view};
    use dateline_core::article::Article;
    use ratatui::layout::Size;

    /// Screen whose panes follow, at a time that the test sets.
    struct Screen {
        state: State,
        following: Following,
        start: Instant,
    }

    impl Screen {
        fn new() -> Self {
            let mut state = State::new(Size::new(80, 24), &Config::default(), Keymap::bundled(), Theme::bundled());
            let stories = ["The weir holds", "Snow closes the pass", "The ferry is late"];
            let stories = stories.map(|text| Article::verbatim(text, text)).to_vec();
            drop(update(&mut state, Event::Loaded(stories)));
            Self { state, following: Following::default(), start: Instant::now() }
        }

        fn press(&mut self, keys: &str) -> &mut Self {
            for key in Key::parse_all(keys).unwrap() {
                drop(update(&mut self.state, Event::Key(key)));
            }
            self
        }

        /// Draws a frame `milliseconds` after the start. Returns the cells of the text.
        fn draw(&mut self, milliseconds: u64) -> String {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 24));
            let now = self.start + Duration::from_millis(milliseconds);
            self.following.waits(&self.state, now);
            view(&self.state, &mut buffer);
            self.following.hold(&mut buffer);
            let place = self.state.panes().reading.unwrap();
            place.positions().map(|at| buffer[at].symbol()).collect()
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
}
