//! All that the reader knows at one moment. Only `update` changes it; `view` draws it.

mod arranging;
pub mod board;
pub mod card;
pub mod filter;
pub mod jumps;
pub mod layers;
pub mod list;
pub mod panel;
pub mod picker;
pub mod popup;
pub mod prompt;
pub mod reading;
pub mod search;
pub mod visual;

use super::action::Action;
use super::analysis_view::AnalysisView;
use super::arrangement::Arrangement;
use super::key::Key;
use super::keymap::{Context, Keymap};
use super::layout::{Border, Pane, Panes, Widths};
use super::panels::{Kind, PerPanel};
use super::rows;
use super::shelf::{Renewal, View};
use super::story::Story;
use super::theme::Theme;
use crate::config::Config;
use board::Board;
use dateline_core::text::Span;
use dateline_library::Direction;
use jumps::{Jumps, Location};
use layers::Layers;
use list::List;
use panel::Panel;
use ratatui::layout::Size;
use reading::Reading;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many notices are kept.
const NOTICES: usize = 500;

/// The longest line of text where nothing else is said, in columns: 45 to 75 are read best (Bringhurst, The Elements
/// of Typographic Style, 2.1.2).
const MEASURE: u16 = 68;

/// The whole state.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "independent facts, not the states of a machine")]
pub struct State {
    /// Columns and rows of the screen.
    pub size: Size,
    /// Every story, in the order of the list.
    pub stories: Vec<Story>,
    /// What of the library is shown; nothing when the stories are not from there.
    pub shelf: Option<Shelf>,
    /// Whether sources are still being read.
    pub loading: bool,
    /// The list pane.
    pub list: List,
    /// The reading pane.
    pub reading: Reading,
    /// The panels, in the order of their keys.
    pub panels: PerPanel<Panel>,
    /// Which panel is on top where they share a place.
    pub shown: Kind,
    /// Which pane listens to the keys.
    pub focus: Pane,
    /// What lies over the panes.
    pub layers: Layers,
    /// What the next key is a name for.
    pub awaiting: Option<Awaiting>,
    /// What the next key answers, shown until it does.
    pub question: Option<Question>,
    /// The address that was told just now: the same key again opens it.
    pub offered: Option<String>,
    /// Places named by a letter.
    pub marks: BTreeMap<char, Location>,
    /// Whether the text stands alone while it is read.
    pub zen: bool,
    /// Feeds that have answered, of so many, while they are fetched.
    pub fetching: Option<(usize, usize)>,
    /// Progress of annotating stories again; none when nothing was outdated, or when its end has been seen.
    pub renewal: Option<Renewal>,
    /// Keys pressed so far of a sequence.
    pub pending: Vec<Key>,
    /// The count typed before a key.
    pub count: Option<usize>,
    /// What the last key did.
    pub message: Option<Message>,
    /// What went wrong since the start, in order, the last of many.
    pub notices: Vec<String>,
    /// Places that were jumped from.
    pub jumps: Jumps,
    /// Which key does what.
    pub keymap: Arc<Keymap>,
    /// The themes to choose from; never empty.
    pub themes: Arc<[Theme]>,
    /// Index of the theme in use.
    pub theme: usize,
    /// Widths of panes that were dragged.
    pub widths: Widths,
    /// What of all this was kept last for the next start.
    pub arranged: Option<Arrangement>,
    /// The border that is being dragged.
    pub dragging: Option<Border>,
    /// Whether the reader quits as soon as the library has answered.
    pub leaving: bool,
    /// Whether the reader goes on running.
    pub running: bool,
    /// The signal that ends it, if one does.
    pub ended_by: Option<i32>,
}

/// What of the library is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelf {
    /// Which of its stories.
    pub view: View,
    /// Counts the views that were asked for: rows of an older one are dropped.
    pub generation: u32,
    /// Whether a view is asked for whose rows have not come.
    pub waiting: bool,
    /// Whether its rows come without a word: something else is told.
    pub quiet: bool,
    /// The story that was read last, and the byte of its text at the top of the window.
    pub place: Option<(i64, usize)>,
    /// A view that is to be asked for.
    pub asked: Option<View>,
    /// Where to go once its rows are there.
    pub landing: Option<Landing>,
    /// The view that was shown before a query was typed, and the story and the pane in it.
    pub origin: Option<(View, Option<i64>, Pane)>,
    /// The queries of before, the latest first.
    pub searches: Vec<String>,
    /// The story that was being read when the rows were read again. It is not marked as read for that: it may be
    /// unread by the reader's own mark.
    pub reread: Option<i64>,
}

impl Shelf {
    /// The library, at this view.
    #[must_use]
    pub const fn new(view: View, generation: u32) -> Self {
        Self {
            view,
            generation,
            waiting: false,
            quiet: true,
            place: None,
            asked: None,
            landing: None,
            origin: None,
            searches: Vec::new(),
            reread: None,
        }
    }
}

/// A story of the library that is to be shown, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Landing {
    /// Its number in the library.
    pub id: i64,
    /// The words to show.
    pub span: Option<Span>,
    /// The place to go back to.
    pub spot: Option<Location>,
    /// The pane that gets the keys.
    pub focus: Pane,
}

/// What the next key is a name for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Awaiting {
    /// This place.
    SetMark,
    /// A place to go to.
    GoToMark,
}

/// A question that the next key answers. Only `y` is a yes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The sentence, with the keys that answer it.
    pub text: String,
    /// What is done on a yes.
    pub asked: Asked,
}

/// What a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Whether to undo or redo this change.
    Replay(Direction, i64),
    /// Whether to quit although marks are not kept.
    Quit,
}

/// A sentence in the status line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The sentence.
    pub text: String,
    /// Whether it tells of something that went wrong.
    pub error: bool,
}

impl State {
    /// The state at the start.
    #[must_use]
    pub fn new(size: Size, config: &Config, keymap: Keymap, themes: Vec<Theme>) -> Self {
        let panels = config.panels.as_deref().unwrap_or_default();
        let open = |kind: Kind| panels.iter().any(|name| name.eq_ignore_ascii_case(rows::of(kind).name()));
        let theme = themes.iter().position(|theme| theme.name() == config.theme).unwrap_or(0);
        Self {
            size,
            stories: Vec::new(),
            shelf: None,
            loading: true,
            list: List::default(),
            reading: Reading::new(config.measure.unwrap_or(MEASURE), config.resolve_dates),
            panels: PerPanel::new(|kind| Panel::new(kind, open(kind))),
            shown: Kind::Quotes,
            focus: Pane::List,
            layers: Layers::default(),
            awaiting: None,
            question: None,
            offered: None,
            marks: BTreeMap::new(),
            zen: false,
            fetching: None,
            renewal: None,
            pending: Vec::new(),
            count: None,
            message: None,
            notices: Vec::new(),
            jumps: Jumps::default(),
            keymap: Arc::new(keymap),
            themes: themes.into(),
            theme,
            widths: Widths::default(),
            arranged: None,
            dragging: None,
            leaving: false,
            running: true,
            ended_by: None,
        }
    }

    /// Where the panes stand.
    #[must_use]
    pub fn panes(&self) -> Panes {
        if self.zen && self.focus == Pane::Reading {
            return Panes::alone(self.size);
        }
        Panes::dragged(self.size, &self.open_panels(), self.focus, self.shown, self.widths)
    }

    /// The panels that are open, in the order of their keys.
    #[must_use]
    pub fn open_panels(&self) -> Vec<Kind> {
        self.panels.iter().filter(|panel| panel.open).map(|panel| panel.kind).collect()
    }

    /// A panel.
    #[must_use]
    pub fn panel(&self, kind: Kind) -> &Panel {
        &self.panels[kind]
    }

    /// A panel, to be changed.
    pub fn panel_mut(&mut self, kind: Kind) -> &mut Panel {
        &mut self.panels[kind]
    }

    /// Fills a panel anew from the story that is read.
    pub fn refill(&mut self, kind: Kind) {
        let story = self.stories.get(self.list.selected);
        self.panels[kind].fill(story);
    }

    /// The story that is read.
    #[must_use]
    pub fn story(&self) -> Option<&Story> {
        self.stories.get(self.list.selected)
    }

    /// The story that is read, to be changed.
    pub fn story_mut(&mut self) -> Option<&mut Story> {
        self.stories.get_mut(self.list.selected)
    }

    /// What was found in the story that is read.
    #[must_use]
    pub fn findings(&self) -> Option<&Arc<AnalysisView>> {
        self.story()?.findings.as_ref()
    }

    /// Where keys are looked up at this moment, the narrowest first.
    #[must_use]
    pub fn contexts(&self) -> Vec<Context> {
        self.layers.contexts(match self.focus {
            Pane::List => Context::List,
            Pane::Reading => Context::Reading,
            Pane::Panel(_) => Context::Panel,
        })
    }

    /// The page over the panes, if one is open.
    #[must_use]
    pub fn board(&self) -> Option<&Board> {
        self.layers.get::<Arc<Board>>().map(AsRef::as_ref)
    }

    /// The key of an action at this moment, for a hint; its name when no key leads to it.
    #[must_use]
    pub fn key(&self, action: Action) -> String {
        let mut keys = self.keymap.keys_of(action, &self.contexts());
        if keys.is_empty() {
            keys = self.keymap.keys_of(action, &[Context::Visual]);
        }
        keys.into_iter().next().unwrap_or_else(|| action.name().to_owned())
    }

    /// Says something in the status line.
    pub fn say(&mut self, text: impl Into<String>) {
        self.message = Some(Message { text: text.into(), error: false });
    }

    /// Says in the status line what went wrong.
    pub fn complain(&mut self, text: impl Into<String>) {
        let text = text.into();
        if self.notices.last() != Some(&text) {
            self.notices.push(text.clone());
        }
        let old = self.notices.len().saturating_sub(NOTICES);
        self.notices.drain(..old);
        self.message = Some(Message { text, error: true });
    }
}
