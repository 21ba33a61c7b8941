//! The user's highlights in a story. Each has a span, a kind and, optionally, a note.

use super::mark::{Mark, MarkLayer, Tint};
use super::theme::Role;
use dateline_core::text::Span;

/// Kind of a highlight. Each kind has its own symbol, so that it can be recognised without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum HighlightKind {
    /// Marks something important.
    Important,
    /// Marks something that may be wrong.
    Doubtful,
    /// Marks something to look up.
    FollowUp,
    /// Marks a noteworthy wording.
    Wording,
}

impl HighlightKind {
    /// Returns the name of the kind.
    #[must_use]
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Important => "important",
            Self::Doubtful => "doubtful",
            Self::FollowUp => "to follow up",
            Self::Wording => "wording",
        }
    }

    /// Returns the kind of highlight with this name.
    #[must_use]
    pub(crate) fn named(name: &str) -> Option<Self> {
        [Self::Important, Self::Doubtful, Self::FollowUp, Self::Wording].into_iter().find(|kind| kind.name() == name)
    }

    /// Returns the symbol of the kind, shown in the margin.
    #[must_use]
    pub(crate) const fn sign(self) -> &'static str {
        match self {
            Self::Important => "!",
            Self::Doubtful => "?",
            Self::FollowUp => "→",
            Self::Wording => "~",
        }
    }

    /// Returns the theme role that styles highlights of this kind.
    #[must_use]
    pub(crate) const fn role(self) -> Role {
        match self {
            Self::Important => Role::Important,
            Self::Doubtful => Role::Doubtful,
            Self::FollowUp => Role::FollowUp,
            Self::Wording => Role::Wording,
        }
    }
}

/// Passage highlighted by the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Highlight {
    /// Byte span of the highlight in the article's text.
    pub(crate) span: Span,
    /// Kind of the highlight.
    pub(crate) kind: HighlightKind,
    /// The user's note on the highlight, if any.
    pub(crate) note: Option<String>,
}

/// All highlights of one story, in text order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Highlights {
    all: Vec<Highlight>,
    /// Layer of marks that shows the highlights in the text.
    pub(crate) layer: MarkLayer,
}

impl Highlights {
    /// Returns all highlights.
    #[must_use]
    pub(crate) fn all(&self) -> &[Highlight] {
        &self.all
    }

    /// Creates the highlights of a story, sorted by their position in the text.
    #[must_use]
    pub(crate) fn of(mut all: Vec<Highlight>) -> Self {
        all.sort_by_key(|highlight| highlight.span);
        let mut highlights = Self { all, layer: MarkLayer::default() };
        highlights.mark();
        highlights
    }

    /// Adds a highlight and returns its index. If the same span is already highlighted, only the kind changes, and the
    /// note is kept.
    pub(crate) fn put(&mut self, span: Span, kind: HighlightKind) -> usize {
        let index = self.all.partition_point(|other| other.span < span);
        match self.all.get_mut(index).filter(|other| other.span == span) {
            Some(other) => other.kind = kind,
            None => self.all.insert(index, Highlight { span, kind, note: None }),
        }
        self.mark();
        index
    }

    /// Sets the note of the highlight at `index`. An empty note removes the existing one.
    pub(crate) fn note(&mut self, index: usize, note: &str) {
        if let Some(highlight) = self.all.get_mut(index) {
            highlight.note = Some(note.trim().to_owned()).filter(|note| !note.is_empty());
        }
    }

    /// Removes and returns the highlight at `index`.
    pub(crate) fn remove(&mut self, index: usize) -> Option<Highlight> {
        let removed = (index < self.all.len()).then(|| self.all.remove(index));
        self.mark();
        removed
    }

    /// Returns the index of the shortest highlight that overlaps `span`.
    #[must_use]
    pub(crate) fn at(&self, span: Span) -> Option<usize> {
        let touched = self.all.iter().enumerate().filter(|(_, highlight)| highlight.span.overlaps(span));
        touched.min_by_key(|(_, highlight)| highlight.span.len()).map(|(index, _)| index)
    }

    /// Returns the first highlight that begins in `span`.
    #[must_use]
    pub(crate) fn first_in(&self, span: Span) -> Option<&Highlight> {
        let index = self.all.partition_point(|highlight| highlight.span.start < span.start);
        self.all.get(index).filter(|highlight| highlight.span.start < span.end)
    }

    fn mark(&mut self) {
        let marks =
            self.all.iter().map(|highlight| Mark { span: highlight.span, tint: Tint::Role(highlight.kind.role()) });
        self.layer = MarkLayer::new(marks.collect());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_has_one_highlight_and_keeps_its_note() {
        let mut highlights = Highlights::default();
        let late = highlights.put(Span::new(40, 50), HighlightKind::Wording);
        highlights.note(late, " odd word ");
        highlights.put(Span::new(4, 9), HighlightKind::Important);
        let again = highlights.put(Span::new(40, 50), HighlightKind::Doubtful);
        assert_eq!(highlights.all().len(), 2);
        assert_eq!(highlights.all()[again].note.as_deref(), Some("odd word"));
        assert_eq!(highlights.at(Span::new(45, 46)), Some(1));
        assert_eq!(highlights.first_in(Span::new(0, 20)).unwrap().kind, HighlightKind::Important);
        assert!(highlights.remove(0).is_some() && highlights.remove(7).is_none());
    }
}
