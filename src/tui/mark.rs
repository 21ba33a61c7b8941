//! Marks: spans of the text with their style, in overlapping layers.

use super::theme::{Role, Theme};
use dateline_core::text::Span;
use ratatui::style::Style;

/// Style of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tint {
    /// The theme's style of a role.
    Role(Role),
    /// The colour of a speaker.
    Speaker(usize),
}

impl Tint {
    /// Returns the style in a theme.
    #[must_use]
    pub(crate) fn style(self, theme: &Theme) -> Style {
        match self {
            Self::Role(role) => theme.style(role),
            Self::Speaker(number) => theme.speaker(number),
        }
    }
}

/// A span and its style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Byte span in the article's text.
    pub(crate) span: Span,
    /// Style of the span.
    pub(crate) tint: Tint,
}

impl Mark {
    /// Marks a span in the style of a role.
    #[must_use]
    pub(crate) const fn of(span: Span, role: Role) -> Self {
        Self { span, tint: Tint::Role(role) }
    }
}

/// Marks sorted by their start. They may overlap.
#[derive(Clone, Debug, Default)]
pub(crate) struct MarkLayer {
    marks: Vec<Mark>,
    /// For each mark, the furthest end of all marks up to it, so that overlapping marks can be found by bisection.
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

    /// Returns the marks that overlap `span`, in order.
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
