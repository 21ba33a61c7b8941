//! Marks are spans of the text with a style. They are kept in layers, which may overlap.

use super::theme::{Role, Theme};
use dateline_core::text::Span;
use ratatui::style::Style;

/// Style of a mark, resolved by the theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tint {
    /// Style of this theme role.
    Role(Role),
    /// Colour of the speaker with this number.
    Speaker(usize),
}

impl Tint {
    /// Returns the style that a theme gives to the mark.
    #[must_use]
    pub(crate) fn style(self, theme: &Theme) -> Style {
        match self {
            Self::Role(role) => theme.style(role),
            Self::Speaker(number) => theme.speaker(number),
        }
    }
}

/// Span of the text with its style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Byte span in the article's text.
    pub(crate) span: Span,
    /// Style in which the span is drawn.
    pub(crate) tint: Tint,
}

impl Mark {
    /// Creates a mark in the style of a theme role.
    #[must_use]
    pub(crate) const fn of(span: Span, role: Role) -> Self {
        Self { span, tint: Tint::Role(role) }
    }
}

/// Layer of marks, sorted by their start. Marks may overlap.
#[derive(Clone, Debug, Default)]
pub(crate) struct MarkLayer {
    marks: Vec<Mark>,
    /// For each mark, the furthest end of this mark and all marks before it. Makes it possible to find overlapping
    /// marks by binary search.
    reach: Vec<usize>,
}

impl MarkLayer {
    /// Creates a layer from these marks.
    #[must_use]
    pub(crate) fn new(mut marks: Vec<Mark>) -> Self {
        marks.sort_by_key(|mark| (mark.span.start, mark.span.end));
        let mut furthest = 0;
        let reach = marks.iter().map(|mark| {
            furthest = furthest.max(mark.span.end);
            furthest
        });
        Self { reach: reach.collect(), marks }
    }

    /// Returns the marks that overlap `span`, sorted by their start.
    pub(crate) fn within(&self, span: Span) -> impl Iterator<Item = &Mark> {
        let first = self.reach.partition_point(|&reach| reach <= span.start);
        let rest = self.marks.get(first..).unwrap_or_default();
        rest.iter().take_while(move |mark| mark.span.start < span.end).filter(move |mark| mark.span.overlaps(span))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bisection_finds_what_a_full_look_finds(spans in prop::collection::vec((0_usize..60, 0_usize..20), 0..30), at in 0_usize..70, len in 1_usize..20) {
            let marks: Vec<Mark> = spans.into_iter().map(|(start, len)| Mark { span: Span::new(start, start + len), tint: Tint::Speaker(0) }).collect();
            let window = Span::new(at, at + len);
            let layer = MarkLayer::new(marks.clone());
            let expected = marks.iter().filter(|mark| mark.span.overlaps(window)).count();
            prop_assert_eq!(layer.within(window).count(), expected);
        }
    }
}
