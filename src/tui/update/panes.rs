//! Changes the focus, the open panels and their options.

use super::{filter, find, jump, keeping, looks, navigate, query, stories};
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::layout::{Pane, TWO_COLUMNS};
use crate::tui::overlays::counted;
use crate::tui::page::RemovedText;
use crate::tui::panels::PanelKind;
use crate::tui::rows::{self, TimelineScope};
use crate::tui::state::State;
use crate::tui::state::search::Search;
use crate::tui::state::visual::Visual;

/// Opens the selected row: shows the text of a story, or jumps to the target of a panel's row.
pub(super) fn open(state: &mut State) {
    match state.focus {
        Pane::List => {
            if !query::search_instead(state) {
                navigate::focus(state, Pane::Reading);
                find::found(state);
            }
        }
        Pane::Reading => {}
        Pane::Panel(kind) if rows::of(kind).opens_mentions() => jump::to_next_mention(state, kind),
        Pane::Panel(kind) => jump::to_row(state, kind),
    }
}

/// Moves the focus `steps` open panes forward, or backward if negative.
pub(super) fn cycle(state: &mut State, steps: isize) {
    let mut panes = vec![Pane::List, Pane::Reading];
    panes.extend(state.open_panels().into_iter().map(Pane::Panel));
    let here = panes.iter().position(|&pane| pane == state.focus).unwrap_or(0) as isize;
    let next = (here + steps).rem_euclid(panes.len() as isize) as usize;
    if let Some(&pane) = panes.get(next) {
        navigate::focus(state, pane);
    }
}

/// Opens or closes a panel. If the screen is too narrow for two columns, an opened panel gets the focus.
pub(super) fn toggle(state: &mut State, kind: PanelKind) {
    let narrow = state.size.width < TWO_COLUMNS;
    let panel = state.panel_mut(kind);
    panel.open = !panel.open;
    if panel.open {
        state.shown = kind;
        let leaves_list = state.focus == Pane::List && !state.panes().panels.iter().any(|&(shown, _)| shown == kind);
        if narrow {
            navigate::focus(state, Pane::Panel(kind));
        } else if leaves_list {
            navigate::focus(state, Pane::Reading);
        } else if let Pane::Panel(_) = state.focus {
            navigate::focus(state, Pane::Panel(kind));
        }
    } else if state.focus == Pane::Panel(kind) {
        navigate::focus(state, Pane::Reading);
    }
    let panel = state.panel(kind);
    let text = format!("{} the {}", if panel.open { "Showed" } else { "Hid" }, rows::of(kind).name().to_lowercase());
    state.set_status(text);
}

/// Switches to another story. Marks it as read if the text has the focus.
pub(super) fn next_story(state: &mut State, steps: isize) {
    if stories::turn(state, steps) && state.focus == Pane::Reading {
        navigate::mark_read(state);
    }
}

/// Leaves the first of these that is active: filter, zen mode, panel, selection, text, loading, search result. The caller has already
/// checked that no layer is open.
pub(super) fn back_out(state: &mut State, effects: &mut Vec<Effect>) {
    if filter::active(state) {
        filter::end(state);
    } else if state.zen {
        looks::zen(state);
    } else if let Pane::Panel(_) = state.focus {
        navigate::focus(state, Pane::Reading);
    } else if state.reading.selection.is_some() || state.reading.flash.is_some() {
        state.reading.select(None, None, None);
    } else if state.focus == Pane::Reading {
        navigate::focus(state, Pane::List);
    } else if state.loading && state.library.is_none() {
        effects.push(Effect::StopLoading);
        state.set_status("Stopped loading");
    } else if !query::step_back(state) {
        let text = format!("{} quits", state.key(Action::Leave));
        state.set_status(text);
    }
}

/// Moves one pane back towards the list, and ends a selection or search in the text. In the list, quits.
pub(super) fn leave(state: &mut State) {
    match state.focus {
        Pane::List => keeping::quit(state),
        Pane::Panel(_) => navigate::focus(state, Pane::Reading),
        Pane::Reading if state.layers.has::<Visual>() => state.layers.close::<Visual>(),
        Pane::Reading if state.zen => looks::zen(state),
        Pane::Reading => {
            state.reading.select(None, None, None);
            state.layers.close::<Search>();
            navigate::focus(state, Pane::List);
        }
    }
}

/// Switches the focused panel to its next row order.
pub(super) fn reorder(state: &mut State) {
    let Pane::Panel(kind) = state.focus else { return };
    let order = state.panel_mut(kind).reorder();
    state.refill(kind);
    state.set_status(format!("{} {order}", rows::of(kind).name()));
}

/// Toggles between quotes by the selected row's speaker and all quotes.
pub(super) fn only_speaker(state: &mut State) {
    let Some(analysis_view) = state.analysis_view().cloned() else { return };
    let panel = state.panel_mut(PanelKind::Quotes);
    let speaker_index = panel.index().and_then(|index| analysis_view.speaker_index(index));
    panel.options.only = if panel.options.only.is_some() { None } else { speaker_index };
    state.refill(PanelKind::Quotes);
    let panel = state.panel(PanelKind::Quotes);
    let text = match (panel.options.only, speaker_index) {
        (Some(_), _) => {
            let quote = panel.index().and_then(|index| analysis_view.analysis.quotes.get(index));
            let name = quote.and_then(|quote| quote.speaker.as_ref()).map_or("", |speaker| speaker.name.as_str());
            format!("Only quotes by {name} · {} shows all", state.key(Action::OnlySpeaker))
        }
        (None, Some(_)) => "All quotes".to_owned(),
        (None, None) => "This quote has no speaker".to_owned(),
    };
    state.set_status(text);
}

/// Switches to the next quote filter: all quotes, quotes in quotation marks, indirect quotes.
pub(super) fn cycle_quote_filter(state: &mut State) {
    let panel = state.panel_mut(PanelKind::Quotes);
    panel.options.quote_filter = panel.options.quote_filter.next();
    state.refill(PanelKind::Quotes);
    let quote_filter = state.panel(PanelKind::Quotes).options.quote_filter;
    let text = quote_filter.name().map_or_else(|| "All quotes".to_owned(), |name| format!("Only {name}"));
    state.set_status(text);
}

/// Toggles whether the pronouns and descriptions of an entity are highlighted as well as its names.
pub(super) fn pronouns(state: &mut State) {
    state.reading.pronouns = !state.reading.pronouns;
    let analysis_view = state.analysis_view().cloned();
    state.reading.select(state.reading.selection, state.reading.flash, analysis_view.as_deref());
    state.set_status(if state.reading.pronouns {
        "Highlighting names, pronouns and descriptions"
    } else {
        "Highlighting names only"
    });
}

/// Switches the timeline to its next scope: likely events, then doubtful ones too, then undated ones too.
pub(super) fn undated(state: &mut State) {
    let panel = state.panel_mut(PanelKind::Timeline);
    let scope = panel.options.scope.next();
    panel.options.scope = scope;
    state.refill(PanelKind::Timeline);
    let (doubtful, undated) = state.analysis_view().map_or((0, 0), |analysis_view| {
        let events = &analysis_view.analysis.events;
        let dated = events.iter().filter(|event| event.interval.is_some());
        let undated = events.iter().filter(|event| event.interval.is_none()).count();
        (dated.filter(|event| event.folded).count(), undated)
    });
    let [key, open] = [Action::Undated, Action::Toggle(PanelKind::Timeline)].map(|action| state.key(action));
    let text = match scope {
        TimelineScope::Likely => "Hid doubtful and undated events".to_owned(),
        TimelineScope::Dated => {
            format!("Showed {} · {key} adds undated ones", counted(doubtful, "doubtful event", "doubtful events"))
        }
        TimelineScope::All if undated == 0 => "No undated events in this story".to_owned(),
        TimelineScope::All => {
            format!("Showed {} at the end · {key} hides them", counted(undated, "undated event", "undated events"))
        }
    };
    let is_open = state.panel(PanelKind::Timeline).open;
    state.set_status(if is_open { text } else { format!("{text} · {open} opens the timeline") });
}

/// Shows or hides resolved dates after relative times.
pub(super) fn resolve_dates(state: &mut State) {
    state.reading.resolve = !state.reading.resolve;
    let relative = state.analysis_view().is_some_and(|analysis_view| {
        analysis_view.analysis.times.iter().any(|time| time.relative && time.interval.is_some())
    });
    state.set_status(match (state.reading.resolve, relative) {
        (false, _) => "Hid resolved dates",
        (true, true) => "Showed resolved dates",
        (true, false) => "No relative dates to resolve in this story",
    });
}

/// Shows or hides the parts that were removed from the page.
pub(super) fn left_out(state: &mut State) {
    let Some(count) = state.story().map(|story| story.article.left_out.len()) else { return };
    let shown = state.reading.left == RemovedText::Hidden;
    state.reading.left = if shown { RemovedText::Shown } else { RemovedText::Hidden };
    state.set_status(match (shown, count) {
        (_, 0) => "Nothing was removed from this page".to_owned(),
        (true, count) => {
            format!("Showed {} below the story", counted(count, "removed page element", "removed page elements"))
        }
        (false, _) => "Hid the removed page elements".to_owned(),
    });
}
