//! The complete state of the TUI. Only `update` changes it, and `view` draws it.

mod arranging;
pub(crate) mod card;
pub(crate) mod filter;
pub(crate) mod folds;
pub(crate) mod jumps;
pub(crate) mod layers;
pub(crate) mod list;
pub(crate) mod list_order;
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
use super::library_messages::{FetchJob, Renewal, View};
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
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// Maximum number of notices to keep; older ones are dropped.
const MAX_NOTICES: usize = 500;

/// Default maximum length of a line of text, in columns. Lines of 45 to 75 characters are easiest to read (Bringhurst,
/// The Elements of Typographic Style, 2.1.2).
const DEFAULT_MEASURE: u16 = 68;

/// Complete state of the TUI.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "independent facts, not the states of a machine")]
pub(crate) struct State {
    /// Size of the screen, in columns and rows.
    pub(crate) size: Size,
    /// Date at which the reader was started, used to show recent dates as "today"; `None` shows every date in full.
    pub(crate) today: Option<Date>,
    /// All stories in the list, in order.
    pub(crate) stories: Vec<Story>,
    /// State of the library view; `None` if the stories do not come from a library.
    pub(crate) library: Option<LibraryView>,
    /// Whether stories are still being read from the sources.
    pub(crate) loading: bool,
    /// State of the list pane.
    pub(crate) list: List,
    /// State of the reading pane.
    pub(crate) reading: Reading,
    /// State of each panel.
    pub(crate) panels: PerPanel<Panel>,
    /// Panel on top when several panels share one area.
    pub(crate) shown: PanelKind,
    /// Pane that receives the keys.
    pub(crate) focus: Pane,
    /// Whether the selection of the list is moving faster than the text can follow, as it does while a key is held
    /// down.
    pub(crate) hurried: bool,
    /// Open layers over the panes, such as a prompt or a card.
    pub(crate) layers: Layers,
    /// Action that waits for a key to name a mark, if any.
    pub(crate) awaiting: Option<Awaiting>,
    /// Question that the next key answers, if any.
    pub(crate) confirmation: Option<Confirmation>,
    /// URL that the status line shows for confirmation. Pressing the same key again acts on the URL.
    pub(crate) offered: Option<String>,
    /// Last command to which text was piped, or an empty string.
    pub(crate) piped_to: String,
    /// Locations marked by the user, by letter.
    pub(crate) marks: BTreeMap<char, Location>,
    /// Whether only the text is shown while it is focused.
    pub(crate) zen: bool,
    /// Progress of fetching feeds: the number of feeds that have responded and the total number.
    pub(crate) fetching: Option<(usize, usize)>,
    /// Jobs that begin when the one that is running has ended.
    pub(crate) waiting_jobs: VecDeque<FetchJob>,
    /// Progress of re-annotating stories; `None` if no story was outdated or the user has seen the result.
    pub(crate) renewal: Option<Renewal>,
    /// Keys pressed so far of an incomplete key sequence.
    pub(crate) pending: Vec<Key>,
    /// Count that the user typed before a key, if any.
    pub(crate) count: Option<usize>,
    /// Message in the status line about the result of the last key.
    pub(crate) message: Option<Message>,
    /// Errors since the start, oldest first. Only the last `MAX_NOTICES` are kept.
    pub(crate) notices: Vec<String>,
    /// History of locations to jump back or forward to.
    pub(crate) jumps: Jumps,
    /// Key bindings.
    pub(crate) keymap: Arc<Keymap>,
    /// Available themes; never empty.
    pub(crate) themes: Arc<[Theme]>,
    /// Index of the current theme.
    pub(crate) theme: usize,
    /// Name of the theme in the settings, which may differ from the current theme.
    pub(crate) configured_theme: String,
    /// Widths of the panes that the user set by dragging.
    pub(crate) widths: Widths,
    /// Arrangement of the screen that was last saved.
    pub(crate) arranged: Option<Arrangement>,
    /// Whether the user has never chosen which panels are open. The bundled stories then open with their quotes.
    pub(crate) panels_unchosen: bool,
    /// Byte offset of the text at which the mouse button was pressed, while it is held down.
    pub(crate) pressed_at: Option<usize>,
    /// Border that is being dragged, if any.
    pub(crate) dragging: Option<Border>,
    /// Whether to quit as soon as the library has replied.
    pub(crate) leaving: bool,
    /// Whether the event loop should continue to run.
    pub(crate) running: bool,
    /// Signal that ended the program, if any.
    pub(crate) ended_by: Option<i32>,
}

/// State of the library view in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LibraryView {
    /// View of the library that the list shows.
    pub(crate) view: View,
    /// Number of views requested so far. Rows that belong to an older request are dropped.
    pub(crate) generation: u32,
    /// Whether the rows of the requested view have not arrived yet.
    pub(crate) waiting: bool,
    /// Number of stories in the view while some of its rows have not arrived yet.
    pub(crate) total: Option<usize>,
    /// Why a query has no results; `None` if it has some or there is no query.
    pub(crate) empty: Option<EmptyResult>,
    /// Whether to suppress the message with the number of stories when the rows arrive, since the status line shows
    /// another message.
    pub(crate) quiet: bool,
    /// Number of articles loaded since those far from the open story were last unloaded.
    pub(crate) loaded: usize,
    /// Reading position in the last story that was laid out.
    pub(crate) place: Option<ReadingPlace>,
    /// View to request next, if any.
    pub(crate) asked: Option<View>,
    /// Jump to make once the rows have arrived, if any.
    pub(crate) pending_jump: Option<PendingJump>,
    /// ID of the story whose versions are being compared for a page, if any.
    pub(crate) comparing: Option<i64>,
    /// ID of the story in which to go to what is new once its versions have been compared, and by how many steps.
    pub(crate) stepping: Option<(i64, isize)>,
    /// View shown before a query was typed, with the ID of its selected story and the focused pane.
    pub(crate) origin: Option<(View, Option<i64>, Pane)>,
    /// View from which the shown search result was searched, with the ID of its selected story.
    pub(crate) before: Option<(View, Option<i64>)>,
    /// Search history, latest query first.
    pub(crate) searches: Vec<String>,
    /// ID of the story that was open when the rows were reloaded. Reloading does not mark this story as read, because
    /// the user may have marked it as unread.
    pub(crate) reread: Option<i64>,
}

/// Reading position in a library story. Offsets are bytes of the text at the top of the viewport.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ReadingPlace {
    /// ID of the story in the library.
    pub(crate) id: i64,
    /// Offset at which the story was opened.
    pub(crate) from: usize,
    /// Current offset.
    pub(crate) offset: usize,
}

impl LibraryView {
    /// Creates the state for a view of the library.
    #[must_use]
    pub(crate) const fn new(view: View, generation: u32) -> Self {
        Self {
            view,
            generation,
            waiting: false,
            total: None,
            empty: None,
            quiet: true,
            loaded: 0,
            place: None,
            asked: None,
            pending_jump: None,
            comparing: None,
            stepping: None,
            origin: None,
            before: None,
            searches: Vec::new(),
            reread: None,
        }
    }
}

/// Jump to a library story, to be made once the story is loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PendingJump {
    /// ID of the story in the library.
    pub(crate) id: i64,
    /// Byte span to show in the text of the story; `None` keeps the reading position.
    pub(crate) span: Option<Span>,
    /// Location to restore in the story, when going back or forward.
    pub(crate) location: Option<Location>,
    /// Pane to focus after the jump.
    pub(crate) focus: Pane,
}

/// Action that waits for a key to name a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Awaiting {
    /// Set a mark at the current location.
    SetMark,
    /// Jump to the mark.
    GoToMark,
}

/// Question that the next key answers. Only `y` means yes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Confirmation {
    /// Text of the question, including the keys that answer it.
    pub(crate) text: String,
    /// Action to perform if the answer is `y`.
    pub(crate) action: ConfirmedAction,
}

/// Action that the user must confirm first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ConfirmedAction {
    /// Undo or redo the change with this ID.
    Replay(Direction, i64),
    /// Quit although some marks have not been saved.
    Quit,
    /// Mark many stories as read.
    Read(BulkRead),
}

/// Stories in the list to mark as read together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BulkRead {
    /// All stories in the list that match the filter.
    All,
    /// Stories above the selected one.
    Above,
}

/// Message to show in the status line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Message {
    /// Text of the message.
    pub(crate) text: String,
    /// Whether the message reports an error.
    pub(crate) error: bool,
}

impl State {
    /// Creates the state at start-up, without stories.
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
            hurried: false,
            layers: Layers::default(),
            awaiting: None,
            confirmation: None,
            offered: None,
            marks: BTreeMap::new(),
            zen: false,
            fetching: None,
            waiting_jobs: VecDeque::new(),
            renewal: None,
            pending: Vec::new(),
            count: None,
            message: None,
            notices: Vec::new(),
            jumps: Jumps::default(),
            keymap: Arc::new(keymap),
            piped_to: String::new(),
            themes: themes.into(),
            theme,
            configured_theme: config.theme.clone(),
            widths: Widths::default(),
            arranged: None,
            panels_unchosen: false,
            pressed_at: None,
            dragging: None,
            leaving: false,
            running: true,
            ended_by: None,
        }
    }

    /// Returns the current layout of the panes.
    #[must_use]
    pub(crate) fn panes(&self) -> Panes {
        if self.zen && self.focus == Pane::Reading {
            return Panes::text_only(self.size);
        }
        Panes::dragged(self.size, &self.open_panels(), self.focus, self.shown, self.widths)
    }

    /// Returns whether the text and the panels wait for the selection of the list to stop moving. Until then, no story
    /// is loaded or laid out.
    #[must_use]
    pub(crate) fn passes_stories(&self) -> bool {
        self.hurried && self.focus == Pane::List && self.layers.iter().next().is_none()
    }

    /// Returns the open panels, in the order of their keys.
    #[must_use]
    pub(crate) fn open_panels(&self) -> Vec<PanelKind> {
        self.panels.iter().filter(|panel| panel.open).map(|panel| panel.kind).collect()
    }

    /// Returns the state of a panel.
    #[must_use]
    pub(crate) fn panel(&self, kind: PanelKind) -> &Panel {
        &self.panels[kind]
    }

    /// Returns a mutable reference to the state of a panel.
    pub(crate) fn panel_mut(&mut self, kind: PanelKind) -> &mut Panel {
        &mut self.panels[kind]
    }

    /// Rebuilds the rows of a panel from the open story.
    pub(crate) fn refill(&mut self, kind: PanelKind) {
        let story = self.stories.get(self.list.selected);
        self.panels[kind].fill(story);
    }

    /// Returns the open story; `None` if there are no stories.
    #[must_use]
    pub(crate) fn story(&self) -> Option<&Story> {
        self.stories.get(self.list.selected)
    }

    /// Returns a mutable reference to the open story.
    pub(crate) fn story_mut(&mut self) -> Option<&mut Story> {
        self.stories.get_mut(self.list.selected)
    }

    /// Returns the annotations of the open story; `None` until it is analysed.
    #[must_use]
    pub(crate) fn analysis_view(&self) -> Option<&Arc<AnalysisView>> {
        self.story()?.analysis_view.as_ref()
    }

    /// Returns the contexts in which to look up keys now, narrowest first.
    #[must_use]
    pub(crate) fn contexts(&self) -> Vec<Context> {
        self.layers.contexts(self.pane_context())
    }

    /// Returns the keymap context of the focused pane.
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

    /// Returns the key that currently runs an action, for a hint. Returns the name of the action if it has no key.
    #[must_use]
    pub(crate) fn key(&self, action: Action) -> String {
        let mut keys = self.keymap.keys_of(action, &self.contexts());
        // If the action has no key while the prompt is open, use the key that it has once the prompt is closed.
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

    /// Adds errors in the settings files to the notices. The status line shows a single error, or the number of errors.
    pub(crate) fn set_faults(&mut self, faults: Vec<String>) {
        let text = match faults.as_slice() {
            [] => return,
            [fault] => fault.clone(),
            [..] => {
                let key = self.key(Action::Notes);
                format!("{} faults in the settings files · {key} lists them", faults.len())
            }
        };
        // The list of notices shows the latest first.
        self.notices.extend(faults.into_iter().rev());
        self.message = Some(Message { text, error: true });
    }
}
