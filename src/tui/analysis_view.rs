//! The annotations of one story, prepared for the screen: the numbering of speakers, the marks in the text, and the
//! order in which keys step through them.

use super::happening::HappeningView;
use super::mark::MarkLayer;
use super::panels::{PanelKind, PerPanel};
use dateline_analysis::{Analysis, Figure, Quote, QuoteKind};
use dateline_core::text::Span;
use std::collections::HashMap;
use std::sync::Arc;

/// Annotation that is selected in the text and in its panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Selection {
    /// Panel that lists the selected annotation.
    pub(crate) kind: PanelKind,
    /// Index of the annotation in the analysis, among annotations of its kind.
    pub(crate) index: usize,
    /// Selected byte span of the text; for an entity, the span of one mention.
    pub(crate) span: Span,
}

/// Analysis with data derived from it for the screen. Built by [`super::rows::arrange`].
#[derive(Clone, Debug, Default)]
pub(crate) struct AnalysisView {
    /// Annotations of the story.
    pub(crate) analysis: Analysis,
    /// Number of the speaker of each quote, if known. Speakers are numbered in the order of their first quotes.
    speaker_indices: Vec<Option<usize>>,
    /// Whether the thing that each figure counts is counted by another figure, too.
    repeated_figures: Vec<bool>,
    /// Marks of each panel in the text, bottom layer first.
    pub(super) layers: Vec<(PanelKind, MarkLayer)>,
    /// Spans of the text that the rows of each panel lead to, with the index of the annotation, in text order.
    pub(super) jump_targets: PerPanel<Vec<(Span, usize)>>,
    /// Happening that the story and others report, if they were compared.
    pub(crate) happening: Option<Arc<HappeningView>>,
}

impl AnalysisView {
    /// Numbers the speakers of an analysis. Marks and jump targets are filled in later.
    pub(crate) fn new(analysis: Analysis) -> Self {
        let speaker_indices = number_speakers(&analysis.quotes);
        let repeated_figures = repeated(&analysis.figures);
        Self { analysis, speaker_indices, repeated_figures, ..Self::default() }
    }

    /// Returns the number of the speaker of a quote, if the speaker is known.
    #[must_use]
    pub(crate) fn speaker_index(&self, quote: usize) -> Option<usize> {
        self.speaker_indices.get(quote).copied().flatten()
    }

    /// Returns whether several figures with rows count the same thing as the figure at this index.
    #[must_use]
    pub(crate) fn is_repeated_figure(&self, index: usize) -> bool {
        self.repeated_figures.get(index).copied().unwrap_or_default()
    }

    /// Returns the spans that `]` and `[` step through when followed by the panel's key.
    #[must_use]
    pub(crate) fn jump_targets(&self, kind: PanelKind) -> &[(Span, usize)] {
        &self.jump_targets[kind]
    }

    /// Returns whether `span` contains a dated event.
    #[must_use]
    pub(crate) fn dated_in(&self, span: Span) -> bool {
        let events = self.jump_targets(PanelKind::Timeline);
        let first = events.partition_point(|(event, _)| event.start < span.start);
        events.get(first).is_some_and(|(event, _)| event.start < span.end)
    }

    /// Returns the speaker's number and the kind of each quote that begins in `span`.
    pub(crate) fn speakers_in(&self, span: Span) -> impl Iterator<Item = (Option<usize>, QuoteKind)> {
        let quotes = &self.analysis.quotes;
        let first = quotes.partition_point(|quote| quote.span.start < span.start);
        let inside = quotes.iter().enumerate().skip(first).take_while(move |(_, quote)| quote.span.start < span.end);
        inside.map(|(index, quote)| (self.speaker_index(index), quote.kind))
    }
}

/// Minimum confidence of a figure with a row. Below it, the words mostly repeat a number of the story, as in “the 12
/// schools”.
pub(crate) const MIN_FIGURE_CONFIDENCE: f32 = 0.7;

/// Returns for each figure whether another one with a row counts the same thing.
fn repeated(figures: &[Figure]) -> Vec<bool> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for figure in figures.iter().filter(|figure| figure.confidence >= MIN_FIGURE_CONFIDENCE) {
        *counts.entry(&figure.counted).or_default() += 1;
    }
    figures.iter().map(|figure| counts.get(figure.counted.as_str()).is_some_and(|count| *count > 1)).collect()
}

/// Returns the letter that identifies a speaker without colour: A to Z, then a to z, then a to z again.
#[must_use]
pub(crate) fn speaker_letter(number: usize) -> char {
    let letter = (number % 26) as u8;
    char::from(if number < 26 { b'A' + letter } else { b'a' + letter })
}

/// Numbers the speakers. Two quotes have the same speaker if they share the entity or, if there is none, the name.
fn number_speakers(quotes: &[Quote]) -> Vec<Option<usize>> {
    let mut numbers: HashMap<(Option<usize>, &str), usize> = HashMap::new();
    let number = |quote: &'_ Quote| -> Option<(Option<usize>, String)> {
        let speaker = quote.speaker.as_ref()?;
        Some((speaker.entity, if speaker.entity.is_some() { String::new() } else { speaker.name.to_lowercase() }))
    };
    let keys: Vec<_> = quotes.iter().map(number).collect();
    let mut out = Vec::with_capacity(quotes.len());
    for key in &keys {
        let next = numbers.len();
        out.push(key.as_ref().map(|(entity, name)| *numbers.entry((*entity, name.as_str())).or_insert(next)));
    }
    out
}
