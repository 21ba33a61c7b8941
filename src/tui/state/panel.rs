//! A panel: rows of things found, in some order, one of them selected and told in full.

use crate::article::Article;
use crate::tui::findings::Findings;
use crate::tui::layout::Kind;
use crate::tui::rows::{self, Line, Manner, Order};

/// The pane.
#[derive(Clone, Debug)]
pub struct Panel {
    /// Which it is.
    pub kind: Kind,
    /// Whether it is open.
    pub open: bool,
    /// Indices of what it shows, in its order.
    pub rows: Vec<usize>,
    /// The selected row.
    pub selected: usize,
    /// The first row in view.
    pub top: usize,
    /// The order of the rows.
    pub order: Order,
    /// Show the quotes of this speaker alone.
    pub only: Option<usize>,
    /// Show the quotes said in this manner alone.
    pub manner: Manner,
    /// Lines above the rows.
    pub header: Vec<Line>,
    /// The selected row in full.
    pub detail: Vec<Line>,
    /// What the header and the detail were made from.
    made: Option<(usize, usize, usize)>,
}

impl Panel {
    /// A panel without rows.
    #[must_use]
    pub const fn new(kind: Kind, open: bool) -> Self {
        Self {
            kind,
            open,
            rows: Vec::new(),
            selected: 0,
            top: 0,
            order: Order::Text,
            only: None,
            manner: Manner::All,
            header: Vec::new(),
            detail: Vec::new(),
            made: None,
        }
    }

    /// Takes the rows of a story, or of the same in another order; the selected thing stays selected.
    pub fn fill(&mut self, findings: Option<&Findings>) {
        let selected = self.index();
        let rows = |findings| rows::order(findings, self.kind, self.order, self.only, self.manner);
        self.rows = findings.map(rows).unwrap_or_default();
        self.selected = self.rows.iter().position(|&index| Some(index) == selected).unwrap_or(0);
        self.made = None;
    }

    /// Shows another story from its first row on.
    pub fn turn(&mut self, findings: Option<&Findings>) {
        self.selected = 0;
        self.top = 0;
        self.only = None;
        self.rows.clear();
        self.fill(findings);
    }

    /// The index in the analysis of the selected row.
    #[must_use]
    pub fn index(&self) -> Option<usize> {
        self.rows.get(self.selected).copied()
    }

    /// Selects the row of something found, if it is among the rows.
    pub fn follow(&mut self, index: usize) {
        if let Some(row) = self.rows.iter().position(|&other| other == index) {
            self.selected = row;
        }
    }

    /// Tells the selected row in full and puts it in view of `width` columns and `height` rows.
    pub fn settle(&mut self, article: &Article, findings: &Findings, width: usize, height: usize) {
        self.selected = self.selected.min(self.rows.len().saturating_sub(1));
        let made = Some((self.selected, width, height));
        if self.made != made {
            self.made = made;
            self.header = rows::header(article, findings, self.kind, width);
            self.header.truncate(height / 3);
            self.detail =
                self.index().map(|index| rows::detail(article, findings, self.kind, index, width)).unwrap_or_default();
            self.detail.truncate(height.saturating_sub(self.header.len()).max(1));
        }
        let room = height.saturating_sub(self.header.len());
        let above = room.saturating_sub(self.detail.len()) / rows::height(self.kind);
        self.top = self.top.clamp(self.selected.saturating_sub(above), self.selected);
    }

    /// The row at a line of the pane, counted from 0 under the title.
    #[must_use]
    pub fn at(&self, line: usize) -> Option<usize> {
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

    /// Lines that a row takes.
    #[must_use]
    pub fn row_height(&self, row: usize) -> usize {
        if row == self.selected { self.detail.len().max(1) } else { rows::height(self.kind) }
    }
}
