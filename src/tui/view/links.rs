//! Finds the links in view, as runs of cells that the terminal makes clickable.

use crate::tui::layout::{Pane, column};
use crate::tui::link::{Run, address};
use crate::tui::page::PagePosition;
use crate::tui::state::State;
use crate::tui::state::layers::Layer;
use dateline_core::article::Link;
use dateline_core::text::Span;

/// Returns the links in view as runs of cells.
#[must_use]
pub(crate) fn in_view(state: &State) -> Vec<Run> {
    let mut out = Vec::new();
    let covered = state.layers.iter().any(Layer::covers);
    let (Some(story), Some(page), Some(pane)) =
        (state.story(), &state.reading.page, state.panes().place(Pane::Reading))
    else {
        return out;
    };
    let links = &story.article.links;
    if links.is_empty() || covered {
        return out;
    }
    let text = column(pane, state.reading.measure, state.reading.at_left);
    let (mut y, mut at) = (text.y, state.reading.top);
    while let Some(section) = page.section(at.section).filter(|_| y < text.bottom()) {
        for row in at.row..section.rows().len() {
            if y >= text.bottom() {
                break;
            }
            let place = PagePosition { section: at.section, row };
            if let Some(span) =
                page.row(place).and_then(crate::tui::page::PageRow::span).filter(|_| section.own.is_none())
            {
                let columns = page.columns(place, &story.article.text);
                out.extend(within(links, span).filter_map(|link| run(link, &columns, text.x, y)));
            }
            y += 1;
        }
        at = PagePosition { section: at.section + 1, row: 0 };
    }
    out
}

/// Iterates over the links that overlap a row.
fn within(links: &[Link], row: Span) -> impl Iterator<Item = &Link> {
    let first = links.partition_point(|link| link.span.end <= row.start);
    links.get(first..).unwrap_or_default().iter().take_while(move |link| link.span.start < row.end)
}

/// Returns the cells of a row that a link occupies. `columns` are the columns and byte offsets of the row's characters.
fn run(link: &Link, columns: &[(usize, usize)], x: u16, y: u16) -> Option<Run> {
    let mut cells = columns.iter().filter(|(_, byte)| link.span.contains(*byte)).map(|&(column, _)| column);
    let first = cells.next()?;
    let last = cells.next_back().unwrap_or(first);
    Some(Run { x: x + first as u16, y, width: (last - first) as u16 + 1, address: address(&link.url)? })
}
