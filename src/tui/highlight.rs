//! What the reader marked in a story: a place, a kind, and perhaps a note.

use super::mark::{Layer, Mark, Tint};
use super::theme::Role;
use dateline_core::text::Span;

/// The kinds of highlights. Each has a sign of its own, so that none depends on a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HighlightKind {
    /// What matters.
    Important,
    /// What may not be so.
    Doubtful,
    /// What is to be looked up.
    FollowUp,
    /// How something is put.
    Wording,
}

impl HighlightKind {
    /// In words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Important => "important",
            Self::Doubtful => "doubtful",
            Self::FollowUp => "to follow up",
            Self::Wording => "wording",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::Important, Self::Doubtful, Self::FollowUp, Self::Wording].into_iter().find(|kind| kind.name() == name)
    }

    /// What stands for it in the margin.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Important => "!",
            Self::Doubtful => "?",
            Self::FollowUp => "→",
            Self::Wording => "~",
        }
    }

    /// How it is shown.
    #[must_use]
    pub const fn role(self) -> Role {
        match self {
            Self::Important => Role::Important,
            Self::Doubtful => Role::Doubtful,
            Self::FollowUp => Role::FollowUp,
            Self::Wording => Role::Wording,
        }
    }
}

/// A highlight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Highlight {
    /// Its bytes in the article's text.
    pub span: Span,
    /// What it is marked as.
    pub kind: HighlightKind,
    /// What the reader wrote to it.
    pub note: Option<String>,
}

/// The highlights of one story, in order of the text.
#[derive(Clone, Debug, Default)]
pub struct Highlights {
    all: Vec<Highlight>,
    /// The same as marks.
    pub layer: Layer,
}

impl Highlights {
    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[Highlight] {
        &self.all
    }

    /// These, in order of the text.
    #[must_use]
    pub fn of(mut all: Vec<Highlight>) -> Self {
        all.sort_by_key(|highlight| highlight.span);
        let mut highlights = Self { all, layer: Layer::default() };
        highlights.mark();
        highlights
    }

    /// Puts one down. Where the very same place was highlighted before, its kind is changed and its note
    /// kept. Gives its index.
    pub fn put(&mut self, span: Span, kind: HighlightKind) -> usize {
        let index = self.all.partition_point(|other| other.span < span);
        match self.all.get_mut(index).filter(|other| other.span == span) {
            Some(other) => other.kind = kind,
            None => self.all.insert(index, Highlight { span, kind, note: None }),
        }
        self.mark();
        index
    }

    /// Writes a note to one; an empty note is none.
    pub fn note(&mut self, index: usize, note: &str) {
        if let Some(highlight) = self.all.get_mut(index) {
            highlight.note = Some(note.trim().to_owned()).filter(|note| !note.is_empty());
        }
    }

    /// Takes one away.
    pub fn remove(&mut self, index: usize) -> Option<Highlight> {
        let removed = (index < self.all.len()).then(|| self.all.remove(index));
        self.mark();
        removed
    }

    /// The narrowest one that shares a byte with `span`.
    #[must_use]
    pub fn at(&self, span: Span) -> Option<usize> {
        let touched = self.all.iter().enumerate().filter(|(_, highlight)| highlight.span.overlaps(span));
        touched.min_by_key(|(_, highlight)| highlight.span.len()).map(|(index, _)| index)
    }

    /// The first one that begins in `span`.
    #[must_use]
    pub fn first_in(&self, span: Span) -> Option<&Highlight> {
        let index = self.all.partition_point(|highlight| highlight.span.start < span.start);
        self.all.get(index).filter(|highlight| highlight.span.start < span.end)
    }

    fn mark(&mut self) {
        let marks =
            self.all.iter().map(|highlight| Mark { span: highlight.span, tint: Tint::Role(highlight.kind.role()) });
        self.layer = Layer::new(marks.collect());
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
