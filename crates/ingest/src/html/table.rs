//! Reads data tables. A cell that spans several columns or rows is padded with empty cells, so that columns stay
//! aligned in the text.

use super::line::Line;
use crate::lexicon::{BLOCK_ELEMENTS, SKIPPED_ELEMENTS};
use dateline_core::text::Span;
use dom_query::NodeRef;

/// Maximum number of columns or rows that a cell can span.
const MAX_SPAN: usize = 50;
/// Maximum number of table columns to keep.
const COLUMNS: usize = 1000;

/// Text of a data table, with one line per row and tabs between cells.
#[derive(Default)]
pub(super) struct TableText {
    pub text: String,
    /// Byte spans of the links in `text`, each with its `href` as written in the page.
    pub links: Vec<(Span, String)>,
    /// Text of the table's `caption` element, or an empty string.
    pub caption: String,
}

/// Returns whether a table contains data, as opposed to the layout of the page. A data table has short cells, several
/// rows with at least two cells, and no headings or nested tables.
pub(super) fn is_data(table: &NodeRef<'_>) -> bool {
    let mut rows = 0;
    let mut cells = 0;
    for node in table.descendants_it() {
        if node.has_name("table")
            || node.has_name("h1")
            || node.has_name("h2")
            || node.has_name("p") && node.text().len() > 200
        {
            return false;
        }
        if node.has_name("td") && node.text().len() > 400 {
            return false;
        }
        if node.has_name("tr") {
            cells = 0;
        } else if node.has_name("td") || node.has_name("th") {
            cells += 1;
            rows += usize::from(cells == 2);
        }
    }
    rows > 1
}

/// Reads the text, links and caption of a data table.
pub(super) fn read(table: &NodeRef<'_>) -> TableText {
    let mut out = TableText::default();
    let caption = table.descendants_it().find(|node| node.has_name("caption"));
    out.caption = caption.map(|node| cell(&node).text).unwrap_or_default();
    // For each column, the number of further rows that a cell above still covers.
    let mut filled: Vec<usize> = Vec::new();
    for row in table.descendants_it().filter(|node| node.has_name("tr")) {
        let mut cells: Vec<Line> = Vec::new();
        let own = row.element_children();
        for node in own.iter().filter(|cell| cell.has_name("td") || cell.has_name("th")) {
            while take(&mut filled, cells.len()) {
                cells.push(Line::default());
            }
            let (columns, rows) = (span(node, "colspan"), span(node, "rowspan"));
            for column in cells.len()..(cells.len() + columns).min(COLUMNS) {
                filled.resize(filled.len().max(column + 1), 0);
                if let Some(filled) = filled.get_mut(column) {
                    *filled = rows - 1;
                }
            }
            cells.push(cell(node));
            cells.extend((1..columns).map(|_| Line::default()));
        }
        while cells.len() < filled.len() && take(&mut filled, cells.len()) {
            cells.push(Line::default());
        }
        cells.truncate(COLUMNS);
        out.add(cells);
    }
    out
}

impl TableText {
    /// Adds a row, unless all of its cells are empty.
    fn add(&mut self, cells: Vec<Line>) {
        if cells.iter().all(|cell| cell.text.is_empty()) {
            return;
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        for (at, cell) in cells.into_iter().enumerate() {
            if at > 0 {
                self.text.push('\t');
            }
            let start = self.text.len();
            self.text.push_str(&cell.text);
            let moved = |(span, href): (Span, String)| (Span::new(start + span.start, start + span.end), href);
            self.links.extend(cell.links.into_iter().map(moved));
        }
    }
}

/// Consumes one row of a cell that covers `column` from above. Returns whether there is such a cell.
fn take(filled: &mut [usize], column: usize) -> bool {
    let Some(rows) = filled.get_mut(column).filter(|rows| **rows > 0) else { return false };
    *rows -= 1;
    true
}

/// Returns the number of columns or rows that a cell spans, from the given attribute.
fn span(cell: &NodeRef<'_>, attribute: &str) -> usize {
    cell.attr(attribute).and_then(|value| value.trim().parse().ok()).unwrap_or(1).clamp(1, MAX_SPAN)
}

/// Returns the text of a cell on one line, with its links.
fn cell(cell: &NodeRef<'_>) -> Line {
    let mut line = Line::default();
    for node in cell.descendants_it() {
        let name = node.node_name().unwrap_or_default();
        if node.is_element() && (&*name == "br" || BLOCK_ELEMENTS.contains(&name)) {
            line.push(" ", false, false);
        }
        if !node.is_text() {
            continue;
        }
        let above = || node.ancestors_it(None).take_while(|above| above.id != cell.id);
        if above().any(|above| above.node_name().is_some_and(|name| SKIPPED_ELEMENTS.contains(&name))) {
            continue;
        }
        let words = line.push(&node.text(), false, false);
        let link = above().find(|above| above.has_name("a")).and_then(|link| link.attr("href"));
        if let Some(href) = link.filter(|_| !words.is_empty()) {
            line.link(words, &href);
        }
    }
    line.finished()
}
