//! Scale of the timeline: a line from the first day to the last, on which each event is drawn at its position.

use super::PanelLine;
use crate::tui::analysis_view::AnalysisView;
use crate::tui::dates;
use crate::tui::mark::Tint;
use crate::tui::theme::Role;
use jiff::civil::Date;

/// Minimum width of the scale, in columns. It is omitted from a narrower panel.
const MIN_WIDTH: usize = 24;

/// Draws the scale in two lines: the events, and the dates at both ends. Returns no lines if all events are on the same
/// day or if there is not enough room.
pub(super) fn lines(analysis_view: &AnalysisView, selected: Option<usize>, width: usize) -> Vec<PanelLine> {
    let events = &analysis_view.analysis.events;
    let dated = || events.iter().enumerate().filter_map(|(index, event)| Some((index, event, event.interval?)));
    let first = dated().map(|(_, _, (begin, _))| begin).min();
    let last = dated().map(|(_, _, (_, end))| end).max();
    let (Some(first), Some(last)) = (first, last) else { return Vec::new() };
    let room = width.saturating_sub(2);
    if first == last || room < MIN_WIDTH {
        return Vec::new();
    }
    let mut cells = vec![ScaleColumn::default(); room];
    for (index, event, (begin, end)) in dated() {
        let (from, to) = (column(begin, first, last, room), column(end, first, last, room));
        for cell in cells.get_mut(from..=to).unwrap_or_default() {
            cell.covered = true;
        }
        if let Some(cell) = cells.get_mut(from) {
            cell.count += 1;
            cell.news |= event.news;
            cell.selected |= selected == Some(index);
        }
    }
    let pieces = cells.iter().map(|cell| (cell.symbol().to_string(), Tint::Role(cell.role())));
    let mut scale = PanelLine { left: vec![(" ".to_owned(), Tint::Role(Role::Dim))], right: None };
    scale.left.extend(pieces);
    let dim = Tint::Role(Role::Dim);
    let ends =
        PanelLine { left: vec![(format!(" {}", dates::short(first)), dim)], right: Some((dates::short(last), dim)) };
    vec![scale, ends]
}

/// Column of the scale, which represents one or more days.
#[derive(Clone, Copy, Default)]
struct ScaleColumn {
    count: usize,
    covered: bool,
    news: bool,
    selected: bool,
}

impl ScaleColumn {
    /// Returns the symbol for the column, which is clear without colour: `◆` for the selected event, a digit from 2 to
    /// 9 for that many events, and `+` for more. A single event has the same symbol as in its row.
    fn symbol(self) -> char {
        match (self.count, self.selected) {
            (_, true) => '◆',
            (0, _) if self.covered => '━',
            (0, _) => '─',
            (1, _) if self.news => '●',
            (1, _) => '○',
            (count @ 2..=9, _) => char::from(b'0' + count as u8),
            _ => '+',
        }
    }

    const fn role(self) -> Role {
        match self.count {
            0 => Role::Rule,
            _ if self.selected => Role::Key,
            _ => Role::Bar,
        }
    }
}

/// Returns the column that contains a day on a scale of `room` columns.
fn column(day: Date, first: Date, last: Date, room: usize) -> usize {
    let days = |from: Date, to: Date| from.until(to).map_or(0, |span| span.get_days()).max(0) as usize;
    days(first, day) * (room - 1) / days(first, last).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_first_day_is_at_the_left_end_and_the_last_at_the_right() {
        let (first, last) = (date(1994, 5, 12), date(2023, 9, 23));
        assert_eq!(column(first, first, last, 40), 0);
        assert_eq!(column(last, first, last, 40), 39);
        assert_eq!(column(date(2009, 1, 1), first, last, 40), 19);
    }
}
