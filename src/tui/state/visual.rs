//! Visual mode, in which the user selects words between a fixed end and a moving end.

use crate::tui::mark::{Mark, MarkLayer, Tint};
use crate::tui::theme::Role;
use dateline_core::article::Article;
use dateline_core::text::Span;
use unicode_segmentation::UnicodeSegmentation;

/// Unit of a selection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SelectionUnit {
    /// Single characters (grapheme clusters).
    Character,
    /// Whole paragraphs.
    Paragraph,
}

/// Selection of words in the text, with a fixed end and a moving end.
#[derive(Clone, Debug)]
pub(crate) struct Visual {
    /// Byte span of the character at the fixed end.
    fixed: Span,
    /// Byte span of the character at the moving end.
    cursor: Span,
    /// Unit by which the selection is extended.
    pub(crate) unit: SelectionUnit,
    /// Marks for the selection and the cursor.
    pub(crate) layer: MarkLayer,
}

impl Visual {
    /// Selects `span`, with the cursor on its last character.
    #[must_use]
    pub(crate) fn new(article: &Article, span: Span, unit: SelectionUnit) -> Self {
        let mut visual = Self { fixed: span, cursor: span, unit, layer: MarkLayer::default() };
        visual.take(article, span);
        visual
    }

    /// Returns the byte span of the character at the moving end.
    #[must_use]
    pub(crate) const fn cursor(&self) -> Span {
        self.cursor
    }

    /// Returns the byte span of the whole selection.
    #[must_use]
    pub(crate) fn span(&self, article: &Article) -> Span {
        let span = self.fixed.join(self.cursor);
        if self.unit == SelectionUnit::Character {
            return span;
        }
        let blocks = article.blocks.iter().map(|block| block.span);
        blocks.filter(|block| block.overlaps(span)).fold(span, Span::join)
    }

    /// Selects exactly this span. The cursor moves to its last character.
    pub(crate) fn take(&mut self, article: &Article, span: Span) {
        let text = article.text.as_str();
        self.fixed = cluster_at(text, span.start).unwrap_or(span);
        self.cursor = cluster_before(text, span.end).unwrap_or(span);
        self.mark(article);
    }

    /// Extends the selection to include a span.
    pub(crate) fn grow(&mut self, article: &Article, span: Span) {
        let whole = self.span(article).join(span);
        self.take(article, whole);
    }

    /// Moves the cursor to the character at a byte offset.
    pub(crate) fn move_to(&mut self, article: &Article, offset: usize) {
        if let Some(cluster) = cluster_at(&article.text, offset) {
            self.cursor = cluster;
        }
        self.mark(article);
    }

    /// Swaps the fixed end and the moving end.
    pub(crate) fn swap(&mut self, article: &Article) {
        std::mem::swap(&mut self.fixed, &mut self.cursor);
        self.mark(article);
    }

    fn mark(&mut self, article: &Article) {
        let mark = |span, role| Mark { span, tint: Tint::Role(role) };
        self.layer = MarkLayer::new(vec![mark(self.span(article), Role::Selected), mark(self.cursor, Role::Cursor)]);
    }
}

/// Returns the first grapheme cluster at or after a byte offset, skipping white space.
#[must_use]
pub(crate) fn cluster_at(text: &str, offset: usize) -> Option<Span> {
    let inside = text.get(offset..)?;
    let found = inside.grapheme_indices(true).find(|(_, cluster)| !cluster.trim().is_empty());
    found.map(|(at, cluster)| Span::new(offset + at, offset + at + cluster.len()))
}

/// Returns the last non-whitespace grapheme cluster before a byte offset.
#[must_use]
pub(crate) fn cluster_before(text: &str, offset: usize) -> Option<Span> {
    let inside = text.get(..offset)?;
    let found = inside.grapheme_indices(true).rev().find(|(_, cluster)| !cluster.trim().is_empty());
    found.map(|(at, cluster)| Span::new(at, at + cluster.len()))
}

/// Returns the word at a byte offset, or the next word if there is none.
#[must_use]
pub(crate) fn word_at(text: &str, offset: usize) -> Option<Span> {
    let start = text.get(..offset)?.rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let start = if text.is_char_boundary(start) { start } else { offset };
    let words = text.get(start..)?.unicode_word_indices();
    let mut spans = words.map(|(at, word)| Span::new(start + at, start + at + word.len()));
    spans.find(|word| word.end > offset)
}

/// Returns the start of the first word that begins after a byte offset.
#[must_use]
pub(crate) fn word_after(text: &str, offset: usize) -> Option<usize> {
    let end = word_at(text, offset).map_or(offset, |word| if word.start > offset { offset } else { word.end });
    let (at, _) = text.get(end..)?.unicode_word_indices().next()?;
    Some(end + at)
}

/// Returns the start of the last word that begins before a byte offset.
#[must_use]
pub(crate) fn word_before(text: &str, offset: usize) -> Option<usize> {
    text.get(..offset)?.unicode_word_indices().next_back().map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article() -> Article {
        Article::verbatim("a", "The mill has closed.\n\nNobody’s e\u{301}te\u{301} came.")
    }

    #[test]
    fn a_selection_grows_and_shrinks_from_the_end_that_moves() {
        let article = article();
        let mut visual = Visual::new(&article, Span::new(4, 8), SelectionUnit::Character);
        assert_eq!(visual.span(&article).of(&article.text), "mill");
        visual.move_to(&article, 11);
        assert_eq!(visual.span(&article).of(&article.text), "mill has");
        visual.move_to(&article, 0);
        assert_eq!(visual.span(&article).of(&article.text), "The m");
        visual.swap(&article);
        visual.move_to(&article, 9);
        assert_eq!(visual.span(&article).of(&article.text), "The mill h");
    }

    #[test]
    fn whole_paragraphs_stay_whole() {
        let article = article();
        let mut visual = Visual::new(&article, Span::new(4, 8), SelectionUnit::Paragraph);
        assert_eq!(visual.span(&article).of(&article.text), "The mill has closed.");
        visual.move_to(&article, 24);
        assert_eq!(visual.span(&article).len(), article.text.len());
    }

    #[test]
    fn words_and_characters_are_those_that_are_seen() {
        let text = &article().text;
        assert_eq!(word_at(text, 23).unwrap().of(text), "Nobody’s");
        assert_eq!(word_after(text, 4), Some(9));
        assert_eq!(word_before(text, 9), Some(4));
        let accent = text.find("e\u{301}").unwrap();
        assert_eq!(cluster_at(text, accent).unwrap().len(), 3);
        assert_eq!(cluster_at(text, 20).unwrap().of(text), "N");
        assert_eq!(cluster_before(text, 22).unwrap().of(text), ".");
    }
}
