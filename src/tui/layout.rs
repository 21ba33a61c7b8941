//! Layout of the panes: a pure function of the screen size, the open panels and the focus. Both `update` and `view` use
//! it.

use super::panels::PanelKind;
use ratatui::layout::{Rect, Size};

/// Minimum width of a screen that shows two panes side by side, in columns. A narrower screen shows one pane at a time.
pub(crate) const TWO_COLUMNS: u16 = 80;
/// Minimum width of a screen that shows list, text and panels side by side, in columns.
pub(crate) const THREE_COLUMNS: u16 = 116;
/// Minimum height of a panel, in rows including its title. If panels would be lower, they share one area as tabs.
const PANEL_ROWS: u16 = 8;
/// Minimum size of the screen, in columns and rows. Nothing is drawn on a smaller one.
const MIN_SIZE: Size = Size { width: 8, height: 3 };

/// Pane that can be focused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Pane {
    /// List of stories.
    List,
    /// Text of the open story.
    Reading,
    /// Panel of this kind.
    Panel(PanelKind),
}

/// Areas of the panes on the screen. The first row of each pane is its title.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Panes {
    /// Area of the list, if it is shown.
    pub(crate) list: Option<Rect>,
    /// Area of the text, if it is shown.
    pub(crate) reading: Option<Rect>,
    /// Kinds and areas of the visible panels.
    pub(crate) panels: Vec<(PanelKind, Rect)>,
    /// Whether the open panels share one area, with their titles as tabs.
    pub(crate) tabbed: bool,
    /// Areas of the vertical rules between panes, each one column wide.
    pub(crate) rules: Vec<Rect>,
    /// Area of the status line, at the bottom of the screen.
    pub(crate) status: Rect,
    /// Area of the whole screen.
    pub(crate) area: Rect,
}

/// Widths of panes that the user set by dragging, in columns; `None` for the default width.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Widths {
    /// Width of the list.
    pub(crate) list: Option<u16>,
    /// Width of the panels.
    pub(crate) panels: Option<u16>,
}

/// Border between panes that the user can drag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Border {
    /// Border between the list and the text.
    List,
    /// Border between the text and the panels.
    Panels,
}

impl Widths {
    /// Returns the width of the list on a screen of `width` columns: at least 14 columns and at most a third of the
    /// screen. By default, it is wider if no panel is open, since the text does not need all the room.
    fn of_list(self, width: u16, has_panels: bool) -> u16 {
        let usual = if has_panels { (width / 5).clamp(24, 40) } else { (width * 3 / 10).clamp(25, 56) };
        self.list.unwrap_or(usual).clamp(14, (width / 3).max(14))
    }

    /// Returns the width of `count` panels on a screen of `width` columns: at least 20 columns, and at most two fifths of
    /// the screen or the default width, whichever is more.
    fn of_panels(self, width: u16, count: usize) -> u16 {
        // The names of four panels need 33 columns as tabs.
        let least = if count > 3 { 33 } else { 32 };
        let usual = (width * 28 / 100).clamp(least, 60);
        self.panels.unwrap_or(usual).clamp(20, (width * 2 / 5).max(usual))
    }
}

impl Panes {
    /// Computes the layout of a screen of `size` with these panels open, with default pane widths. `shown` is the panel
    /// on top if the panels share one area.
    #[must_use]
    pub(crate) fn new(size: Size, open: &[PanelKind], focus: Pane, shown: PanelKind) -> Self {
        Self::dragged(size, open, focus, shown, Widths::default())
    }

    /// Computes the layout with pane widths set by dragging.
    #[must_use]
    pub(crate) fn dragged(size: Size, open: &[PanelKind], focus: Pane, shown: PanelKind, widths: Widths) -> Self {
        let area = Rect::new(0, 0, size.width, size.height);
        if size.width < MIN_SIZE.width || size.height < MIN_SIZE.height {
            return Self { area, ..Self::default() };
        }
        let body = Rect { height: size.height - 1, ..area };
        let status = Rect { y: size.height - 1, height: 1, ..area };
        let mut panes = Self { status, area, ..Self::default() };
        if size.width < TWO_COLUMNS {
            match focus {
                Pane::List => panes.list = Some(body),
                Pane::Reading => panes.reading = Some(body),
                Pane::Panel(kind) => {
                    panes.tabbed = open.len() > 1;
                    panes.panels.push((kind, body));
                }
            }
            return panes;
        }
        let three = size.width >= THREE_COLUMNS;
        let list = three || open.is_empty() || focus == Pane::List;
        let mut rest = body;
        if list {
            let width = widths.of_list(size.width, three && !open.is_empty());
            panes.list = Some(Rect { width, ..rest });
            panes.rules.push(Rect { x: width, width: 1, ..rest });
            rest = Rect { x: width + 1, width: rest.width - width - 1, ..rest };
        }
        if !open.is_empty() && (three || !list) {
            let width = widths.of_panels(size.width, open.len());
            let x = rest.right() - width;
            panes.rules.push(Rect { x: x - 1, width: 1, ..rest });
            panes.place_panels(Rect { x, width, ..rest }, open, focus, shown);
            rest.width -= width + 1;
        }
        panes.reading = Some(rest);
        panes
    }

    /// Computes a layout that shows only the text.
    #[must_use]
    pub(crate) fn text_only(size: Size) -> Self {
        let mut panes = Self::new(size, &[], Pane::Reading, PanelKind::Quotes);
        if panes.reading.is_some() {
            panes.list = None;
            panes.rules.clear();
            panes.reading = Some(Rect { height: size.height - 1, ..panes.area });
        }
        panes
    }

    /// Stacks the open panels in an area, or shows only one of them if there is not enough room for all.
    fn place_panels(&mut self, area: Rect, open: &[PanelKind], focus: Pane, shown: PanelKind) {
        let count = open.len() as u16;
        if area.height / count < PANEL_ROWS && count > 1 {
            let focused = open.iter().copied().find(|&kind| focus == Pane::Panel(kind));
            let top = focused.or_else(|| open.iter().copied().find(|&kind| kind == shown));
            self.tabbed = true;
            self.panels.extend(top.or_else(|| open.first().copied()).map(|kind| (kind, area)));
            return;
        }
        let mut y = area.y;
        for (index, &kind) in open.iter().enumerate() {
            let height = area.height / count + u16::from((index as u16) < area.height % count);
            self.panels.push((kind, Rect { y, height, ..area }));
            y += height;
        }
    }

    /// Returns the area of a pane, if the pane is shown.
    #[must_use]
    pub(crate) fn place(&self, pane: Pane) -> Option<Rect> {
        match pane {
            Pane::List => self.list,
            Pane::Reading => self.reading,
            Pane::Panel(kind) => self.panels.iter().find(|&&(shown, _)| shown == kind).map(|&(_, place)| place),
        }
    }

    /// Returns the draggable border at a cell of the screen, if there is one.
    #[must_use]
    pub(crate) fn border(&self, column: u16, row: u16) -> Option<Border> {
        let cell = ratatui::layout::Position::new(column, row);
        let rule = self.rules.iter().find(|rule| rule.contains(cell))?;
        let after_list = self.list.is_some_and(|list| list.right() == rule.x);
        Some(if after_list { Border::List } else { Border::Panels })
    }

    /// Returns the pane at a cell of the screen, if there is one.
    #[must_use]
    pub(crate) fn at(&self, column: u16, row: u16) -> Option<Pane> {
        let cell = ratatui::layout::Position::new(column, row);
        let panels = self.panels.iter().map(|&(kind, place)| (Pane::Panel(kind), place));
        let others = [(Pane::List, self.list), (Pane::Reading, self.reading)];
        let others = others.into_iter().filter_map(|(pane, place)| Some((pane, place?)));
        others.chain(panels).find(|(_, place)| place.contains(cell)).map(|(pane, _)| pane)
    }
}

/// Returns the area of a pane without its title.
#[must_use]
pub(crate) const fn inside(pane: Rect) -> Rect {
    let title = if pane.height > 0 { 1 } else { 0 };
    Rect { x: pane.x, y: pane.y + title, width: pane.width, height: pane.height - title }
}

/// Returns the area of the text in the reading pane. It is at most `measure` columns wide. With `at_left`, it is next
/// to the gutter; without, it is centred between the gutter and the scroll bar.
#[must_use]
pub(crate) fn column(pane: Rect, measure: u16, at_left: bool) -> Rect {
    let inner = inside(pane);
    let room = inner.width.saturating_sub(GUTTER + scroll_bar(inner.width));
    let width = room.min(measure);
    let left = if at_left { 0 } else { (room - width) / 2 };
    Rect { x: inner.x + GUTTER + left, width, ..inner }
}

/// Number of columns before the text, for the symbol of a highlight, the letter of a speaker and a space.
pub(crate) const GUTTER: u16 = 3;

/// Returns the number of columns after the text in a pane of this width. They hold a space, the map of dates and
/// highlights if there is room for it, and the scroll bar.
#[must_use]
pub(crate) const fn scroll_bar(width: u16) -> u16 {
    if has_map(width) { 3 } else { 2 }
}

/// Returns whether a pane of this width has room for the map of dates and highlights.
#[must_use]
pub(crate) const fn has_map(width: u16) -> bool {
    width >= 50
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn open(bits: u8) -> Vec<PanelKind> {
        PanelKind::ALL.into_iter().filter(|&kind| bits & (1 << kind as u8) != 0).collect()
    }

    fn focus(number: u8, open: &[PanelKind]) -> Pane {
        match number {
            0 => Pane::List,
            1 => Pane::Reading,
            other => open.get(usize::from(other) - 2).map_or(Pane::Reading, |&kind| Pane::Panel(kind)),
        }
    }

    #[test]
    fn a_narrow_screen_shows_only_the_focused_pane() {
        let panes = Panes::new(Size::new(60, 20), &open(7), Pane::Reading, PanelKind::Quotes);
        assert_eq!(panes.reading, Some(Rect::new(0, 0, 60, 19)));
        assert!(panes.list.is_none() && panes.panels.is_empty());
    }

    #[test]
    fn a_wide_screen_stacks_the_panels_beside_the_text() {
        let panes = Panes::new(Size::new(120, 40), &open(7), Pane::Reading, PanelKind::Quotes);
        assert_eq!(panes.panels.len(), 3);
        assert!(!panes.tabbed);
        assert!(column(panes.reading.unwrap(), 68, false).width >= 55);
    }

    #[test]
    fn the_text_has_the_most_room() {
        for width in [80, 120, 200] {
            for bits in 0..16 {
                let panes = Panes::new((width, 40).into(), &open(bits), Pane::Reading, PanelKind::Quotes);
                let text = panes.reading.map_or(0, |pane| pane.width);
                let beside = panes.list.into_iter().chain(panes.panels.into_iter().map(|(_, pane)| pane));
                assert!(beside.into_iter().all(|pane| pane.width < text), "{width} columns, panels {bits:b}");
            }
        }
    }

    #[test]
    fn a_low_screen_makes_tabs_of_them() {
        let panes = Panes::new(Size::new(90, 20), &open(7), Pane::Panel(PanelKind::Timeline), PanelKind::Quotes);
        assert!(panes.tabbed);
        assert_eq!(panes.panels.first().map(|panel| panel.0), Some(PanelKind::Timeline));
    }

    proptest! {
        #[test]
        fn panes_never_overlap_and_stay_on_the_screen(width in 0_u16..260, height in 0_u16..90, bits in 0_u8..16, number in 0_u8..6, list in prop::option::of(0_u16..300), panels in prop::option::of(0_u16..300)) {
            let widths = Widths { list, panels };
            let open = open(bits);
            let focus = focus(number, &open);
            let panes = Panes::dragged(Size::new(width, height), &open, focus, PanelKind::Entities, widths);
            let mut places: Vec<Rect> = panes.list.into_iter().chain(panes.reading).chain(panes.rules.iter().copied()).collect();
            places.extend(panes.panels.iter().map(|&(_, place)| place));
            places.push(panes.status);
            for (index, place) in places.iter().enumerate() {
                prop_assert!(place.right() <= width && place.bottom() <= height);
                prop_assert!(places[index + 1..].iter().all(|other| !place.intersects(*other)));
            }
            if width >= MIN_SIZE.width && height >= MIN_SIZE.height {
                prop_assert!(panes.place(focus).is_some());
            }
        }
    }
}
