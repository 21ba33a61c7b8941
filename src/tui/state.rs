//! Complete state of the TUI. Only `update` changes it; `view` draws it.

mod arranging;
pub(crate) mod card;
pub(crate) mod filter;
pub(crate) mod jumps;
pub(crate) mod layers;
pub(crate) mod list;
pub(crate) mod overlay;
pub(crate) mod panel;
pub(crate) mod picker;
pub(crate) mod popup;
pub(crate) mod prompt;
pub(crate) mod reading;
pub(crate) mod search;
pub(crate) mod visual;

use super::action::Action;
use super::analysis_view::AnalysisView;
use super::arrangement::Arrangement;
use super::key::Key;
use super::keymap::{Context, Keymap};
use super::layout::{Border, Pane, Panes, Widths};
use super::library_client::{Renewal, View};
use super::panels::{PanelKind, PerPanel};
use super::rows;
use super::story::Story;
use super::theme::Theme;
use crate::config::Config;
use dateline_core::text::Span;
use dateline_library::{Direction, EmptyResult};
use jiff::civil::Date;
use jumps::{Jumps, Location};
use layers::Layers;
use list::List;
use overlay::Overlay;
use panel::Panel;
use ratatui::layout::Size;
use reading::Reading;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Maximum number of notices to keep.
const MAX_NOTICES: usize = 500;

/// Default maximum length of a line of text, in columns: 45 to 75 are easiest to read (Bringhurst, The Elements of
/// Typographic Style, 2.1.2).
const DEFAULT_MEASURE: u16 = 68;

/// Complete state of the TUI.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "independent facts, not the states of a machine")]
pub(crate) struct State {
    /// Size of the screen, in columns and rows.
    pub(crate) size: Size,
    /// Current day when the reader was started; `None` shows every date in full.
    pub(crate) today: Option<Date>,
    /// All stories, in list order.
    pub(crate) stories: Vec<Story>,
    /// The view of the library; `None` if the stories do not come from there.
    pub(crate) library: Option<LibraryView>,
    /// Whether sources are still being read.
    pub(crate) loading: bool,
    /// List pane.
    pub(crate) list: List,
    /// Reading pane.
    pub(crate) reading: Reading,
    /// Panels, in the order of their keys.
    pub(crate) panels: PerPanel<Panel>,
    /// Panel on top if several share one area.
    pub(crate) shown: PanelKind,
    /// Pane that receives the keys.
    pub(crate) focus: Pane,
    /// Layers over the panes.
    pub(crate) layers: Layers,
    /// Purpose of the next key, which names a mark.
    pub(crate) awaiting: Option<Awaiting>,
    /// Question answered by the next key, shown until then.
    pub(crate) confirmation: Option<Confirmation>,
    /// URL just shown in the status line; pressing the same key again confirms the action on it.
    pub(crate) offered: Option<String>,
    /// Locations named by letters.
    pub(crate) marks: BTreeMap<char, Location>,
    /// Whether only the text is shown while it has the focus.
    pub(crate) zen: bool,
    /// Progress of a fetch: number of feeds that have responded, and total number of feeds.
    pub(crate) fetching: Option<(usize, usize)>,
    /// Progress of re-annotating stories; `None` if nothing was outdated or the user has seen the result.
    pub(crate) renewal: Option<Renewal>,
    /// Keys of an incomplete key sequence.
    pub(crate) pending: Vec<Key>,
    /// Count typed before a key.
    pub(crate) count: Option<usize>,
    /// Message about the result of the last key.
    pub(crate) message: Option<Message>,
    /// Errors since the start, in order; only the last `MAX_NOTICES` are kept.
    pub(crate) notices: Vec<String>,
    /// Locations to jump back or forward to.
    pub(crate) jumps: Jumps,
    /// Key bindings.
    pub(crate) keymap: Arc<Keymap>,
    /// Available themes; never empty.
    pub(crate) themes: Arc<[Theme]>,
    /// Index of the current theme.
    pub(crate) theme: usize,
    /// Name of the theme in the settings.
    pub(crate) configured_theme: String,
    /// Widths of panes resized by dragging.
    pub(crate) widths: Widths,
    /// Arrangement last saved for the next start.
    pub(crate) arranged: Option<Arrangement>,
    /// Border being dragged.
    pub(crate) dragging: Option<Border>,
    /// Whether the TUI quits as soon as the library has replied.
    pub(crate) leaving: bool,
    /// Whether the event loop continues to run.
    pub(crate) running: bool,
    /// Signal that ended the program, if any.
    pub(crate) ended_by: Option<i32>,
}

/// State of the library view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LibraryView {
    /// View of the library that is shown.
    pub(crate) view: View,
    /// Number of views requested so far; rows for older requests are dropped.
    pub(crate) generation: u32,
    /// Whether the rows of the requested view are still to arrive.
    pub(crate) waiting: bool,
    /// Reason why the view has no rows, if it is a query.
    pub(crate) empty: Option<EmptyResult>,
    /// Whether to suppress the "n stories" message when the rows arrive, since the status line shows another message.
    pub(crate) quiet: bool,
    /// Last story read, and the byte offset of the text at the top of the viewport.
    pub(crate) place: Option<(i64, usize)>,
    /// View to request.
    pub(crate) asked: Option<View>,
    /// Where to go once the rows have arrived.
    pub(crate) pending_jump: Option<PendingJump>,
    /// View shown before a query was typed, with its story and pane.
    pub(crate) origin: Option<(View, Option<i64>, Pane)>,
    /// Previous queries, latest first.
    pub(crate) searches: Vec<String>,
    /// Story that was open when the rows were reloaded. Reloading does not mark it as read, because the user may have
    /// marked it as unread.
    pub(crate) reread: Option<i64>,
}

impl LibraryView {
    /// Creates the state for this view of the library.
    #[must_use]
    pub(crate) const fn new(view: View, generation: u32) -> Self {
        Self {
            view,
            generation,
            waiting: false,
            empty: None,
            quiet: true,
            place: None,
            asked: None,
            pending_jump: None,
            origin: None,
            searches: Vec::new(),
            reread: None,
        }
    }
}

/// Story of the library to show, and the location in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PendingJump {
    /// ID of the story in the library.
    pub(crate) id: i64,
    /// Span of the words to show.
    pub(crate) span: Option<Span>,
    /// Location to return to.
    pub(crate) location: Option<Location>,
    /// Pane that gets the focus.
    pub(crate) focus: Pane,
}

/// Purpose of a key that names a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Awaiting {
    /// Sets a mark at the current location.
    SetMark,
    /// Jumps to a mark.
    GoToMark,
}

/// Question answered by the next key. Only `y` means yes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Confirmation {
    /// Sentence, including the keys that answer it.
    pub(crate) text: String,
    /// Action to perform if the answer is yes.
    pub(crate) action: ConfirmedAction,
}

/// Action that a question asks the user to confirm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ConfirmedAction {
    /// Undo or redo the change with this ID.
    Replay(Direction, i64),
    /// Quit although some marks are not saved.
    Quit,
    /// Whether to mark many stories as read.
    Read(BulkRead),
}

/// Stories of the list that are marked as read together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BulkRead {
    /// All stories that the list shows.
    All,
    /// Those above the selected one.
    Above,
}

/// Message in the status line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Message {
    /// Text of the message.
    pub(crate) text: String,
    /// Whether the message reports an error.
    pub(crate) error: bool,
}

impl State {
    /// Creates the initial state.
    #[must_use]
    pub(crate) fn new(size: Size, config: &Config, keymap: Keymap, themes: Vec<Theme>) -> Self {
        let panels = config.panels.as_deref().unwrap_or_default();
        let open = |kind: PanelKind| panels.iter().any(|name| name.eq_ignore_ascii_case(rows::of(kind).name()));
        let theme = themes.iter().position(|theme| theme.name() == config.theme).unwrap_or(0);
        Self {
            size,
            today: None,
            stories: Vec::new(),
            library: None,
            loading: true,
            list: List::default(),
            reading: Reading::new(config.measure.unwrap_or(DEFAULT_MEASURE), config.resolve_dates),
            panels: PerPanel::new(|kind| Panel::new(kind, open(kind))),
            shown: PanelKind::Quotes,
            focus: Pane::List,
            layers: Layers::default(),
            awaiting: None,
            confirmation: None,
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
            configured_theme: config.theme.clone(),
            widths: Widths::default(),
            arranged: None,
            dragging: None,
            leaving: false,
            running: true,
            ended_by: None,
        }
    }

    /// Returns the layout of the panes.
    #[must_use]
    pub(crate) fn panes(&self) -> Panes {
        if self.zen && self.focus == Pane::Reading {
            return Panes::text_only(self.size);
        }
        Panes::dragged(self.size, &self.open_panels(), self.focus, self.shown, self.widths)
    }

    /// Returns the open panels, in the order of their keys.
    #[must_use]
    pub(crate) fn open_panels(&self) -> Vec<PanelKind> {
        self.panels.iter().filter(|panel| panel.open).map(|panel| panel.kind).collect()
    }

    /// Returns a panel.
    #[must_use]
    pub(crate) fn panel(&self, kind: PanelKind) -> &Panel {
        &self.panels[kind]
    }

    /// Returns a mutable reference to a panel.
    pub(crate) fn panel_mut(&mut self, kind: PanelKind) -> &mut Panel {
        &mut self.panels[kind]
    }

    /// Rebuilds the rows of a panel from the current story.
    pub(crate) fn refill(&mut self, kind: PanelKind) {
        let story = self.stories.get(self.list.selected);
        self.panels[kind].fill(story);
    }

    /// Returns the current story.
    #[must_use]
    pub(crate) fn story(&self) -> Option<&Story> {
        self.stories.get(self.list.selected)
    }

    /// Returns a mutable reference to the current story.
    pub(crate) fn story_mut(&mut self) -> Option<&mut Story> {
        self.stories.get_mut(self.list.selected)
    }

    /// Returns the analysis of the current story.
    #[must_use]
    pub(crate) fn analysis_view(&self) -> Option<&Arc<AnalysisView>> {
        self.story()?.analysis_view.as_ref()
    }

    /// Returns the contexts in which keys are currently looked up, narrowest first.
    #[must_use]
    pub(crate) fn contexts(&self) -> Vec<Context> {
        self.layers.contexts(self.pane_context())
    }

    /// Returns the context of the focused pane.
    const fn pane_context(&self) -> Context {
        match self.focus {
            Pane::List => Context::List,
            Pane::Reading => Context::Reading,
            Pane::Panel(_) => Context::Panel,
        }
    }

    /// Returns the full-screen page, if one is open.
    #[must_use]
    pub(crate) fn overlay(&self) -> Option<&Overlay> {
        self.layers.get::<Arc<Overlay>>().map(AsRef::as_ref)
    }

    /// Returns the key currently bound to an action, or the action's name if it has no key, for a hint.
    #[must_use]
    pub(crate) fn key(&self, action: Action) -> String {
        let mut keys = self.keymap.keys_of(action, &self.contexts());
        // While something is typed, a hint names the key that is bound once the prompt is closed.
        for contexts in [[self.pane_context(), Context::Any].as_slice(), &[Context::Visual]] {
            if keys.is_empty() {
                keys = self.keymap.keys_of(action, contexts);
            }
        }
        keys.into_iter().next().unwrap_or_else(|| action.name().to_owned())
    }

    /// Shows a message in the status line.
    pub(crate) fn set_status(&mut self, text: impl Into<String>) {
        self.message = Some(Message { text: text.into(), error: false });
    }

    /// Shows an error in the status line and adds it to the notices.
    pub(crate) fn set_error(&mut self, text: impl Into<String>) {
        let text = text.into();
        if self.notices.last() != Some(&text) {
            self.notices.push(text.clone());
        }
        let old = self.notices.len().saturating_sub(MAX_NOTICES);
        self.notices.drain(..old);
        self.message = Some(Message { text, error: true });
    }
}
