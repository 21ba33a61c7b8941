//! A page is a story laid out for one width: its sections (headline, paragraphs, captions …) are broken into rows.
//!
//! Sections are laid out only when they come near the viewport, so that a long story costs no more than a short one. A
//! position on the page consists of a section and a row, and is valid only for one width. An [`Anchor`], a byte offset
//! in a section, stays valid when the width changes.

mod compose;
mod justify;
mod table;

pub(crate) use compose::{RemovedText, compose};

use super::dates;
use super::theme::Role;
use crate::reflow::{self, Extra, Shape, cells, preformatted, prose, width};
use dateline_core::article::BlockKind;
use dateline_core::text::Span;
use jiff::civil::Date;

/// Kind of a section, which determines its style, indent and line prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SectionKind {
    /// Block of the article of this kind.
    Block(BlockKind),
    /// Caption that belongs to another story, or the label above it.
    Stray,
    /// Line added by the program, such as the facts about the story.
    Note,
    /// Text that was removed from the story.
    LeftOut,
}

/// Typographic settings for lines and paragraphs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Typography {
    /// Whether lines are justified, so that both edges are even.
    pub(crate) justified: bool,
    /// Whether words are hyphenated at the end of a line.
    pub(crate) hyphenated: bool,
    /// Whether paragraphs begin with an indent instead of being separated by blank lines.
    pub(crate) indented: bool,
}

/// Identifier of a section, which does not depend on what else the page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SectionId {
    /// Block of the article with this index.
    Block(usize),
    /// Line added by the program before the block with this index.
    Before(usize),
    /// Headline taken from the metadata.
    Headline,
    /// Facts about the story: author, outlet and date.
    Facts,
    /// Other versions of the happening that the story reports.
    Versions,
    /// Removed piece of text with this index.
    Left(usize),
}

/// Section of a page: a block of the article, or text added by the program.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    /// Identifier of the section, the same in every layout of the story.
    pub(crate) id: SectionId,
    /// Kind of the section.
    pub(crate) look: SectionKind,
    /// Text of the section, if it is not part of the article's text.
    pub(crate) own: Option<Box<str>>,
    /// Byte span of the section in its own text or in the article's text.
    pub(crate) span: Span,
    /// Byte span of the credit in a caption.
    pub(crate) credit: Option<Span>,
    /// Nesting depth of a list item, counted from 1.
    pub(crate) depth: u8,
    /// Whether a blank row precedes the section.
    pub(crate) gap: bool,
    /// Additional indent of the first line, in columns.
    pub(crate) first: usize,
    rows: Option<Vec<PageRow>>,
}

/// Row of a page, as tall as one line of the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PageRow {
    /// Pieces of text in the row, each with its start column and byte span. Empty for a blank row.
    pub(crate) pieces: Vec<(u16, Span)>,
    /// Whether the row is the first of its section.
    pub(crate) first: bool,
    /// Whether to show a hyphen after the last word. The hyphen is not part of the text.
    pub(crate) hyphen: bool,
}

/// Position of a row on the page. It never refers to a section without rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct PagePosition {
    /// Index of the section on the page.
    pub(crate) section: usize,
    /// Index of the row within the section.
    pub(crate) row: usize,
}

/// Byte offset in a section, used to keep the same text in view when the width changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Anchor {
    /// Identifier of the section.
    pub(crate) id: SectionId,
    /// Byte offset in the text of the section.
    pub(crate) offset: usize,
}

/// Label shown within the article's text but not part of it, such as a resolved date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Insert {
    /// Byte offset of the label in the article's text: the end of the preceding character.
    pub(crate) at: usize,
    /// First and last day that the label shows.
    pub(crate) days: (Date, Date),
}

impl Insert {
    /// Formats the label. Only the labels in view are needed, and a long story has thousands.
    #[must_use]
    pub(crate) fn label(&self) -> String {
        format!(" ⟨{}⟩", dates::interval(self.days.0, self.days.1))
    }
}

/// Story laid out for one width.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    /// Width of the page, in columns.
    pub(crate) width: usize,
    sections: Vec<Section>,
    /// Indices of the sections that show the article's text, in text order.
    texts: Vec<usize>,
    inserts: Vec<Insert>,
    setting: Typography,
}

impl SectionKind {
    /// Returns the theme role that styles the text of the section.
    #[must_use]
    pub(crate) const fn role(self) -> Role {
        match self {
            Self::Block(kind) => match kind {
                BlockKind::Kicker => Role::Kicker,
                BlockKind::Headline => Role::Headline,
                BlockKind::Standfirst => Role::Standfirst,
                BlockKind::Byline | BlockKind::TimestampLine => Role::Byline,
                BlockKind::Heading => Role::Heading,
                BlockKind::Caption => Role::Caption,
                BlockKind::Quote => Role::BlockQuote,
                BlockKind::Code => Role::Code,
                BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Table => Role::Text,
            },
            Self::Stray => Role::Stray,
            Self::Note => Role::Byline,
            Self::LeftOut => Role::LeftOut,
        }
    }

    /// Returns the prefixes of the first line and of the other lines. A prefix is a bar, a bullet or nothing.
    #[must_use]
    pub(crate) const fn bars(self) -> (&'static str, &'static str) {
        match self {
            Self::Block(BlockKind::Quote) => ("┃ ", "┃ "),
            Self::Block(BlockKind::Caption) => ("▏ ", "▏ "),
            Self::Stray => ("┊ ", "┊ "),
            Self::Block(BlockKind::ListItem) => ("• ", "  "),
            Self::LeftOut => ("╎ ", "╎ "),
            _ => ("", ""),
        }
    }
}

impl Section {
    /// Returns the text that the spans of the section refer to.
    #[must_use]
    pub(crate) fn text<'a>(&'a self, article: &'a str) -> &'a str {
        self.own.as_deref().unwrap_or(article)
    }

    /// Returns the rows of the section; empty until it is laid out.
    #[must_use]
    pub(crate) fn rows(&self) -> &[PageRow] {
        self.rows.as_deref().unwrap_or_default()
    }

    /// Returns the number of columns before the text of the section.
    #[must_use]
    pub(crate) fn indent(&self) -> usize {
        let depth = usize::from(self.depth.clamp(1, 6) - 1) * 2;
        depth + self.look.bars().0.chars().count()
    }

    fn lay_out(&mut self, article: &str, width: usize, extras: &[Extra], setting: Typography) {
        let indent = self.indent();
        let room = width.saturating_sub(indent).max(1);
        let extras = if self.own.is_some() { &[] } else { extras };
        let text = self.own.as_deref().unwrap_or(article);
        let row = |pieces| PageRow { pieces, first: false, hyphen: false };
        let plain = |lines: Vec<Span>| -> Vec<PageRow> { lines.into_iter().map(|line| row(vec![(0, line)])).collect() };
        let mut rows: Vec<PageRow> = match self.look {
            SectionKind::Block(BlockKind::Code) => plain(preformatted(text, self.span, room)),
            SectionKind::Block(BlockKind::Table) => table::rows(text, self.span, room).into_iter().map(row).collect(),
            SectionKind::LeftOut => plain(lines(text).flat_map(|line| prose(text, line, room, &[])).collect()),
            _ => self.set(text, room, extras, setting),
        };
        for (x, _) in rows.iter_mut().flat_map(|row| &mut row.pieces) {
            *x += indent as u16;
        }
        if let Some(first) = rows.first_mut() {
            first.first = true;
        }
        if self.gap {
            rows.insert(0, PageRow::default());
        }
        self.rows = Some(rows);
    }

    /// Breaks the prose of the section into rows.
    fn set(&self, text: &str, room: usize, extras: &[Extra], setting: Typography) -> Vec<PageRow> {
        let paragraph =
            matches!(self.look, SectionKind::Block(BlockKind::Paragraph | BlockKind::Quote | BlockKind::ListItem));
        let first = if self.first * 4 > room { 0 } else { self.first };
        let shape = Shape { width: room, first, hyphenated: setting.hyphenated && paragraph };
        let lines = reflow::lines(text, self.span, shape, extras);
        let last = lines.len().saturating_sub(1);
        let rows = lines.into_iter().enumerate().map(|(index, line)| {
            let in_by = if index == 0 { first } else { 0 };
            let mut pieces = vec![(0, line.span)];
            if setting.justified && paragraph && index < last {
                let room = room - in_by - usize::from(line.hyphen);
                pieces = justify::justified(text, line.span, room, extras);
            }
            for (x, _) in &mut pieces {
                *x += in_by as u16;
            }
            PageRow { pieces, first: false, hyphen: line.hyphen }
        });
        rows.collect()
    }
}

/// Iterates over the spans of the lines in a text.
fn lines(text: &str) -> impl Iterator<Item = Span> {
    text.split_inclusive('\n').scan(0, |at, line| {
        let start = std::mem::replace(at, *at + line.len());
        Some(Span::new(start, *at))
    })
}

impl PageRow {
    /// Returns the byte span from the first piece to the last, or `None` for a blank row.
    #[must_use]
    pub(crate) fn span(&self) -> Option<Span> {
        let spans = self.pieces.iter().map(|&(_, span)| span);
        spans.reduce(Span::join)
    }
}

impl Page {
    /// Creates a page without laying out any of its sections. `inserts` must be in text order.
    #[must_use]
    pub(crate) fn new(width: usize, sections: Vec<Section>, inserts: Vec<Insert>, setting: Typography) -> Self {
        let texts = sections.iter().enumerate().filter(|(_, section)| section.own.is_none());
        let texts = texts.map(|(index, _)| index).collect();
        Self { width, sections, texts, inserts, setting }
    }

    /// Returns the section with this index, if it exists.
    #[must_use]
    pub(crate) fn section(&self, index: usize) -> Option<&Section> {
        self.sections.get(index)
    }

    /// Returns the row at a position, if it exists and its section is laid out.
    #[must_use]
    pub(crate) fn row(&self, place: PagePosition) -> Option<&PageRow> {
        self.section(place.section)?.rows().get(place.row)
    }

    /// Returns the labels to show within a line of the article or directly after it.
    #[must_use]
    pub(crate) fn inserts(&self, line: Span) -> &[Insert] {
        let first = self.inserts.partition_point(|insert| insert.at <= line.start);
        let end = self.inserts.partition_point(|insert| insert.at <= line.end);
        self.inserts.get(first..end).unwrap_or_default()
    }

    /// Lays out a section unless it is already laid out. Returns its number of rows.
    pub(crate) fn ensure(&mut self, section: usize, article: &str) -> usize {
        let Some(known) = self.section(section) else { return 0 };
        if known.rows.is_none() {
            let inserts = self.inserts(known.span);
            let extra = |insert: &Insert| Extra { at: insert.at, width: width(&insert.label()) };
            let extras: Vec<Extra> = inserts.iter().map(extra).collect();
            let (width, setting) = (self.width, self.setting);
            if let Some(section) = self.sections.get_mut(section) {
                section.lay_out(article, width, &extras, setting);
            }
        }
        self.section(section).map_or(0, |section| section.rows().len())
    }

    /// Returns the position `rows` rows below `from`, or above it if negative, clamped to the ends of the page. Also
    /// returns the number of rows moved.
    pub(crate) fn step(&mut self, from: PagePosition, rows: isize, article: &str) -> (PagePosition, usize) {
        let mut place = from;
        let mut gone = 0;
        self.ensure(place.section, article);
        while gone < rows.unsigned_abs() {
            let next = if rows > 0 { self.below(place, article) } else { self.above(place, article) };
            let Some(next) = next else { break };
            place = next;
            gone += 1;
        }
        (place, gone)
    }

    fn below(&mut self, place: PagePosition, article: &str) -> Option<PagePosition> {
        if place.row + 1 < self.ensure(place.section, article) {
            return Some(PagePosition { row: place.row + 1, ..place });
        }
        let next = (place.section + 1..self.sections.len()).find(|&section| self.ensure(section, article) > 0)?;
        Some(PagePosition { section: next, row: 0 })
    }

    fn above(&mut self, place: PagePosition, article: &str) -> Option<PagePosition> {
        if place.row > 0 {
            return Some(PagePosition { row: place.row - 1, ..place });
        }
        let section = (0..place.section).rev().find(|&section| self.ensure(section, article) > 0)?;
        Some(PagePosition { section, row: self.ensure(section, article).saturating_sub(1) })
    }

    /// Returns the position of the last row of the page.
    pub(crate) fn end(&mut self, article: &str) -> PagePosition {
        let section = self.sections.len().saturating_sub(1);
        let row = self.ensure(section, article).saturating_sub(1);
        PagePosition { section, row }
    }

    /// Returns the index of the last section that begins at or before a byte offset of the article's text.
    #[must_use]
    pub(crate) fn section_at(&self, offset: usize) -> Option<usize> {
        let begun = |&index: &usize| self.section(index).is_some_and(|section| section.span.start <= offset);
        let after = self.texts.partition_point(begun);
        self.texts.get(after.checked_sub(1)?).copied()
    }

    /// Returns the position of the row that shows a byte offset in the article's text.
    pub(crate) fn position_of(&mut self, offset: usize, article: &str) -> PagePosition {
        let Some(section) = self.section_at(offset) else { return PagePosition::default() };
        self.ensure(section, article);
        PagePosition { section, row: self.row_of(section, offset) }
    }

    /// Returns the index of the row that shows a byte offset, within a section that is laid out.
    fn row_of(&self, section: usize, offset: usize) -> usize {
        let Some(section) = self.sections.get(section) else { return 0 };
        let rows = section.rows();
        let before = |row: &PageRow| row.pieces.iter().all(|(_, span)| span.end <= offset);
        // Search the rows of a table one by one. Its cells are side by side, so the rows are not in text order.
        let row = if section.look == SectionKind::Block(BlockKind::Table) {
            rows.iter().take_while(|row| before(row)).count()
        } else {
            rows.partition_point(before)
        };
        row.min(rows.len().saturating_sub(1))
    }

    /// Returns the column and the byte offset of each character in a row. Empty if the row is not part of the article.
    #[must_use]
    pub(crate) fn columns(&self, place: PagePosition, article: &str) -> Vec<(usize, usize)> {
        let Some(section) = self.section(place.section).filter(|section| section.own.is_none()) else {
            return Vec::new();
        };
        let mut out = Vec::new();
        for &(start, span) in section.rows().get(place.row).iter().flat_map(|row| &row.pieces) {
            let mut at = usize::from(start);
            let inserts = self.inserts(span);
            for cell in cells(article, span) {
                out.push((at, cell.span.start));
                at += cell.width;
                let labels = inserts.iter().filter(|insert| cell.span.contains(insert.at.saturating_sub(1)));
                at += labels.map(|insert| width(&insert.label())).sum::<usize>();
            }
        }
        out
    }

    /// Returns the byte offset in the same column of the text, `rows` rows below `offset`, or above it if negative.
    pub(crate) fn byte_rows_from(&mut self, offset: usize, rows: isize, article: &str) -> Option<usize> {
        let mut place = self.position_of(offset, article);
        let here = self.columns(place, article);
        let (column, _) = here.iter().copied().rfind(|&(_, byte)| byte <= offset)?;
        let mut to = here;
        let mut left = rows.unsigned_abs();
        while left > 0 {
            let (next, gone) = self.step(place, rows.signum(), article);
            if gone == 0 {
                break;
            }
            place = next;
            let there = self.columns(place, article);
            // Skip blank rows and lines added by the program.
            if !there.is_empty() {
                to = there;
                left -= 1;
            }
        }
        to.iter().rfind(|&&(at, _)| at <= column).or_else(|| to.first()).map(|&(_, byte)| byte)
    }

    /// Returns an anchor for a position, to find the same text again after the width has changed.
    #[must_use]
    pub(crate) fn anchor(&self, place: PagePosition) -> Option<Anchor> {
        let section = self.section(place.section)?;
        let first = section.rows().get(place.row).and_then(PageRow::span).map_or(section.span.start, |span| span.start);
        // A blank row contains no text to anchor to, so mark it with the offset `usize::MAX`.
        let blank = section.rows().get(place.row).is_some_and(|row| row.pieces.is_empty());
        Some(Anchor { id: section.id, offset: if blank { usize::MAX } else { first } })
    }

    /// Returns the position of an anchor: the row with its byte offset, or the blank row above its section.
    pub(crate) fn position_of_anchor(&mut self, anchor: Anchor, article: &str) -> PagePosition {
        let Some(section) = self.sections.iter().position(|section| section.id == anchor.id) else {
            return PagePosition::default();
        };
        self.ensure(section, article);
        let row = if anchor.offset == usize::MAX { 0 } else { self.row_of(section, anchor.offset) };
        PagePosition { section, row }
    }
}
