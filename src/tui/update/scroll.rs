//! Scrolls the focused pane or moves its selection, and moves through the text by paragraphs and sentences.

use super::{navigate, stories};
use crate::tui::layout::{Pane, inside};
use crate::tui::rows;
use crate::tui::state::State;
use dateline_core::article::BlockKind;
use dateline_core::text::Span;

/// Number of rows that remain in view when paging.
const OVERLAP: usize = 2;

/// Moves by `rows` rows in the focused pane.
pub(super) fn by_rows(state: &mut State, rows: isize) {
    pane_by_rows(state, state.focus, rows);
}

/// Moves by `rows` rows in a pane, whether it is focused or not.
pub(super) fn pane_by_rows(state: &mut State, pane: Pane, rows: isize) {
    match pane {
        Pane::List => {
            let to = state.list.step(rows, &state.stories);
            stories::go(state, to);
        }
        Pane::Reading => {
            text_by_rows(state, rows);
        }
        Pane::Panel(kind) => {
            let panel = state.panel_mut(kind);
            panel.selected = panel.selected.saturating_add_signed(rows).min(panel.rows.len().saturating_sub(1));
            navigate::preview(state, kind);
        }
    }
}

/// Scrolls the text. Returns whether its position changed.
fn text_by_rows(state: &mut State, rows: isize) -> bool {
    let Some(article) = state.story().map(|story| story.article.clone()) else { return false };
    state.reading.scroll(rows, &article.text)
}

/// Moves by pages or fractions of a page: `pages` steps, each a page divided by `parts`.
pub(super) fn by_pages(state: &mut State, pages: isize, parts: usize) {
    let height = state.panes().place(state.focus).map_or(0, |place| usize::from(inside(place).height));
    let rows = match (state.focus, parts) {
        (Pane::List, _) => state.list.window.len() / parts,
        (Pane::Reading, 1) => height.saturating_sub(OVERLAP),
        (Pane::Reading, _) => height / parts,
        (Pane::Panel(kind), _) => height / rows::of(kind).height(state.panel(kind).options.order) / parts,
    };
    by_rows(state, pages * rows.max(1) as isize);
}

/// Pages down in the text, and switches to the next story at its end.
pub(super) fn read_on(state: &mut State) {
    if navigate::show_text(state) {
        return;
    }
    if !state.reading.ended {
        let rows = state.reading.height.saturating_sub(OVERLAP).max(1);
        text_by_rows(state, rows as isize);
        navigate::mark_read(state);
    } else if stories::turn(state, 1) {
        state.set_status("Next story");
    }
}

/// Moves to the beginning or end of the focused pane.
pub(super) fn to_end(state: &mut State, end: bool) {
    match state.focus {
        Pane::List => {
            let to = state.list.step(if end { isize::MAX } else { isize::MIN }, &state.stories);
            stories::go(state, to);
        }
        Pane::Reading => {
            navigate::remember(state);
            if let Some(article) = state.story().map(|story| story.article.clone()) {
                state.reading.scroll_to_end(end, &article.text);
            }
        }
        Pane::Panel(kind) => {
            let panel = state.panel_mut(kind);
            panel.selected = if end { panel.rows.len().saturating_sub(1) } else { 0 };
            navigate::preview(state, kind);
        }
    }
}

/// Scrolls to the next or previous block, or to the next or previous heading if `headings` is set. Flashes a block that
/// cannot be scrolled to the top because the text ends, so that each of the last blocks can be reached.
pub(super) fn by_blocks(state: &mut State, steps: isize, headings: bool) {
    navigate::show_text(state);
    let Some(article) = state.story().map(|story| story.article.clone()) else { return };
    let view = state.reading.in_view();
    let wanted = |kind: BlockKind| !headings || kind == BlockKind::Heading;
    let blocks: Vec<Span> = article.blocks.iter().filter(|block| wanted(block.kind)).map(|block| block.span).collect();
    let reached = state.reading.flash.filter(|flash| view.overlaps(*flash) && blocks.contains(flash));
    let top = reached.map_or(view.start, |block| block.start);
    let here = blocks.partition_point(|block| block.start < top);
    let on_one = blocks.get(here).is_some_and(|block| block.start == top);
    let to = if steps > 0 { here as isize + steps - isize::from(!on_one) } else { here as isize + steps };
    match usize::try_from(to).ok().and_then(|to| blocks.get(to)) {
        Some(&block) => {
            state.reading.scroll_to(block.start, &article.text);
            if block.start > state.reading.in_view().start {
                light(state, block);
            } else if reached.is_some() {
                let analysis_view = state.analysis_view().cloned();
                state.reading.select(state.reading.selection, None, analysis_view.as_deref());
            }
        }
        None if headings => state.set_status("No more headings"),
        None => state.reading.scroll_to_end(steps > 0, &article.text),
    }
}

/// Flashes the next or previous sentence.
pub(super) fn by_sentences(state: &mut State, steps: isize) {
    navigate::show_text(state);
    let Some(analysis_view) = state.analysis_view().cloned() else {
        return state.set_status("The story is still being analysed");
    };
    let sentences = &analysis_view.analysis.sentences;
    let view = state.reading.in_view();
    let flash = state.reading.flash.filter(|flash| view.overlaps(*flash));
    let start = flash.map_or(view.start, |flash| flash.start);
    let here = sentences.partition_point(|sentence| sentence.start < start);
    let to = if flash.is_none() && steps > 0 { here as isize + steps - 1 } else { here as isize + steps };
    let Some(&span) = usize::try_from(to).ok().and_then(|to| sentences.get(to)) else {
        state.set_status("No more sentences");
        return;
    };
    light(state, span);
}

/// Flashes a span, and scrolls it into view.
pub(super) fn light(state: &mut State, span: Span) {
    let analysis_view = state.analysis_view().cloned();
    state.reading.select(state.reading.selection, Some(span), analysis_view.as_deref());
    state.reading.want(span);
}
