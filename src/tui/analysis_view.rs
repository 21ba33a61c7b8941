//! What the analysis found in one story, arranged for the screen: who speaks in which colour, what
//! is marked in the text, and the order in which keys walk through it.

use super::mark::Layer;
use super::panels::{Kind, PerPanel};
use dateline_analysis::{Analysis, Quote, QuoteKind};
use dateline_core::text::Span;
use std::collections::HashMap;

/// A thing found that is selected in the text and in its panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Its panel.
    pub kind: Kind,
    /// Its index in the analysis.
    pub index: usize,
    /// The place in the text that was selected: of an entity, one mention.
    pub span: Span,
}

/// An analysis with what the screen derives from it once. [`super::rows::arrange`] makes one.
#[derive(Clone, Debug, Default)]
pub struct AnalysisView {
    /// The annotations.
    pub analysis: Analysis,
    /// The number of each quote's speaker, in the order of first speaking.
    voices: Vec<Option<usize>>,
    /// What is always marked in the text, from the bottom layer up.
    pub(super) layers: Vec<Layer>,
    /// For each panel the places in the text that its rows lead to, in order.
    pub(super) walks: PerPanel<Vec<(Span, usize)>>,
}

impl AnalysisView {
    /// Numbers the speakers of an analysis; marks and places are still missing.
    pub fn new(analysis: Analysis) -> Self {
        Self { voices: voices(&analysis.quotes), analysis, ..Self::default() }
    }

    /// The number of a quote's speaker.
    #[must_use]
    pub fn voice(&self, quote: usize) -> Option<usize> {
        self.voices.get(quote).copied().flatten()
    }

    /// The places that `]` and `[` walk through for a panel.
    #[must_use]
    pub fn walk(&self, kind: Kind) -> &[(Span, usize)] {
        &self.walks[kind]
    }

    /// Whether a dated event is told in `span`.
    #[must_use]
    pub fn dated_in(&self, span: Span) -> bool {
        let events = self.walk(Kind::Timeline);
        let first = events.partition_point(|(event, _)| event.start < span.start);
        events.get(first).is_some_and(|(event, _)| event.start < span.end)
    }

    /// The first quotes that begin in `span`: their speakers' numbers.
    pub fn voices_in(&self, span: Span) -> impl Iterator<Item = (Option<usize>, QuoteKind)> {
        let quotes = &self.analysis.quotes;
        let first = quotes.partition_point(|quote| quote.span.start < span.start);
        let inside = quotes.iter().enumerate().skip(first).take_while(move |(_, quote)| quote.span.start < span.end);
        inside.map(|(index, quote)| (self.voice(index), quote.kind))
    }
}

/// The mark of a speaker that needs no colour: A to Z, then round again in small letters.
#[must_use]
pub fn sign(number: usize) -> char {
    let letter = (number % 26) as u8;
    char::from(if number < 26 { b'A' + letter } else { b'a' + letter })
}

/// Numbers the speakers: two quotes share one when they share the entity, or else the name.
fn voices(quotes: &[Quote]) -> Vec<Option<usize>> {
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
