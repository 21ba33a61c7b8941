//! Panel: rows of items in some order, with the selected row shown in full.

use super::filter::Filter;
use crate::tui::analysis_view::AnalysisView;
use crate::tui::mark::Tint;
use crate::tui::panels::PanelKind;
use crate::tui::rows::{self, Options, Order, PanelLine};
use crate::tui::story::Story;
use crate::tui::theme::Role;
use dateline_core::article::Article;
use std::collections::BTreeMap;

/// State of a panel.
#[derive(Clone, Debug)]
pub(crate) struct Panel {
    /// Kind of the panel.
    pub(crate) kind: PanelKind,
    /// Whether the panel is open.
    pub(crate) open: bool,
    /// Indices of the items in the visible rows, in display order.
    pub(crate) rows: Vec<usize>,
    /// Headings, by the index of the row below each.
    pub(crate) headings: BTreeMap<usize, PanelLine>,
    /// Index of the selected row.
    pub(crate) selected: usize,
    /// Index of the first row in view.
    pub(crate) top: usize,
    /// Display options: which rows are shown, and in which order.
    pub(crate) options: Options,
    /// Filter that the visible rows match.
    pub(crate) filter: Filter,
    /// Lines above the rows.
    pub(crate) header: Vec<PanelLine>,
    /// Selected row in full, broken into lines.
    pub(crate) detail: Vec<PanelLine>,
    /// Selected row, width, height and focus for which `header` and `detail` were computed.
    made: Option<(usize, usize, usize, bool)>,
}

impl Panel {
    /// Creates a panel without rows.
    #[must_use]
    pub(crate) fn new(kind: PanelKind, open: bool) -> Self {
        Self {
            kind,
            open,
            rows: Vec::new(),
            headings: BTreeMap::new(),
            selected: 0,
            top: 0,
            options: Options::new(rows::first_order(kind)),
            filter: Filter::default(),
            header: Vec::new(),
            detail: Vec::new(),
            made: None,
        }
    }

    /// Fills the panel with the rows of a story, in the current order. The selected item stays selected if it is still
    /// shown.
    pub(crate) fn fill(&mut self, story: Option<&Story>) {
        let selected = self.index();
        self.made = None;
        self.rows.clear();
        self.headings.clear();
        let Some((story, analysis_view)) = story.and_then(|story| Some((story, story.analysis_view.as_deref()?)))
        else {
            return;
        };
        let kind = self.kind;
        self.rows = rows::of(kind).rows(analysis_view, &self.options);
        if !self.filter.is_empty() {
            let filter = &self.filter;
            self.rows.retain(|&index| filter.matches(&rows::words(&story.article, analysis_view, kind, index)));
        }
        let mut before = None;
        for (row, &index) in self.rows.iter().enumerate() {
            let heading = rows::of(kind).heading(analysis_view, self.options.order, index);
            if heading != before {
                self.headings.extend(heading.clone().map(|line| (row, line)));
            }
            before = heading;
        }
        // Do not count rows in text order, where rows with the same heading may not be consecutive.
        if self.options.order != Order::Text {
            self.count();
        }
        self.selected = self.rows.iter().position(|&index| Some(index) == selected).unwrap_or(0);
    }

    /// Adds the number of its rows to each heading.
    fn count(&mut self) {
        let mut end = self.rows.len();
        for (&row, heading) in self.headings.iter_mut().rev() {
            heading.right = Some(((end - row).to_string(), Tint::Role(Role::Dim)));
            end = row;
        }
    }

    /// Switches to another story. Selects the first row and clears the filters.
    pub(crate) fn turn(&mut self, story: Option<&Story>) {
        self.selected = 0;
        self.top = 0;
        self.options.only = None;
        self.filter = Filter::default();
        self.rows.clear();
        self.fill(story);
    }

    /// Returns the index of the selected item in the analysis, if there is one.
    #[must_use]
    pub(crate) fn index(&self) -> Option<usize> {
        self.rows.get(self.selected).copied()
    }

    /// Selects the row of the item with this index, if the row is visible.
    pub(crate) fn follow(&mut self, index: usize) {
        if let Some(row) = self.rows.iter().position(|&other| other == index) {
            self.selected = row;
        }
    }

    /// Returns the names of the active filters for the panel's title; empty if all rows are shown.
    #[must_use]
    pub(crate) fn narrowed_by(&self) -> Vec<String> {
        let filter = (!self.filter.is_empty()).then(|| format!("“{}”", self.filter.typed()));
        self.options.narrowed_by().into_iter().map(str::to_owned).chain(filter).collect()
    }

    /// Switches to the next order of the rows and returns its name.
    pub(crate) fn reorder(&mut self) -> &'static str {
        let orders = rows::of(self.kind).orders();
        let next = orders.iter().cycle().skip_while(|&&order| order != self.options.order).nth(1);
        self.options.order = next.copied().unwrap_or(self.options.order);
        self.options.order.name()
    }

    /// Computes the lines of the header and the selected row, which is shown in full if the panel is focused. Scrolls
    /// the row into a viewport of `width` columns and `height` rows.
    pub(crate) fn lay_out(
        &mut self,
        article: &Article,
        analysis_view: &AnalysisView,
        (width, height): (usize, usize),
        focused: bool,
    ) {
        self.selected = self.selected.min(self.rows.len().saturating_sub(1));
        let made = Some((self.selected, width, height, focused));
        if self.made != made {
            self.made = made;
            self.header = rows::of(self.kind).header(article, analysis_view, self.index(), (width, height));
            self.header.truncate(height / 3);
            let rows = rows::of(self.kind);
            let detail = self.index().map(|index| {
                if focused {
                    rows.detail(article, analysis_view, index, width)
                } else {
                    rows.brief(article, analysis_view, self.options.order, index)
                }
            });
            self.detail = detail.unwrap_or_default();
            self.detail.truncate(height.saturating_sub(self.header.len() + 1).max(1));
        }
        let room = height.saturating_sub(self.header.len());
        let mut least = self.selected;
        let mut used = self.row_height(least);
        while let Some(above) = least.checked_sub(1) {
            used += self.row_height(above);
            if used > room {
                break;
            }
            least = above;
        }
        self.top = self.top.clamp(least, self.selected);
    }

    /// Returns the index of the row at a line of the pane, counted from 0 at the first line below the title.
    #[must_use]
    pub(crate) fn at(&self, line: usize) -> Option<usize> {
        let mut left = line.checked_sub(self.header.len())?;
        for row in self.top..self.rows.len() {
            let height = self.row_height(row);
            if left < height {
                return Some(row);
            }
            left -= height;
        }
        None
    }

    /// Returns the height of a row in lines, including its heading.
    #[must_use]
    pub(crate) fn row_height(&self, row: usize) -> usize {
        let selected = row == self.selected;
        let lines = if selected { self.detail.len().max(1) } else { rows::of(self.kind).height(self.options.order) };
        lines + usize::from(self.headings.contains_key(&row))
    }
}
