//! What the analysis found in one story, arranged for the screen: who speaks in which colour, what
//! is marked in the text, and the order in which keys walk through it.

use super::layout::Kind;
use super::mark::{Layer, Mark, Tint};
use super::theme::Role;
use crate::analysis::{Analysis, MentionKind, Quote, QuoteKind};
use crate::text::Span;
use std::collections::HashMap;

/// An analysis with what the screen derives from it once.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// The annotations.
    pub analysis: Analysis,
    /// The number of each quote's speaker, in the order of first speaking.
    voices: Vec<Option<usize>>,
    /// Names and times, then what was said.
    pub layers: [Layer; 3],
    /// For each panel the places in the text that its rows stand for, in order.
    walks: [Vec<(Span, usize)>; 3],
}

impl Findings {
    /// Arranges an analysis.
    #[must_use]
    pub fn new(analysis: Analysis) -> Self {
        let voices = voices(&analysis.quotes);
        let layers = [names(&analysis), times(&analysis), said(&analysis, &voices)];
        let mut walks = [
            analysis.quotes.iter().enumerate().map(|(index, quote)| (quote.span, index)).collect(),
            mentions(&analysis),
            analysis.events.iter().enumerate().map(|(index, event)| (event.clause, index)).collect::<Vec<_>>(),
        ];
        for walk in &mut walks {
            walk.sort_unstable();
        }
        Self { analysis, voices, layers, walks }
    }

    /// The number of a quote's speaker.
    #[must_use]
    pub fn voice(&self, quote: usize) -> Option<usize> {
        self.voices.get(quote).copied().flatten()
    }

    /// The places that `]` and `[` walk through for a panel.
    #[must_use]
    pub fn walk(&self, kind: Kind) -> &[(Span, usize)] {
        self.walks.get(kind as usize).map_or(&[], Vec::as_slice)
    }

    /// How many rows a panel has.
    #[must_use]
    pub fn count(&self, kind: Kind) -> usize {
        match kind {
            Kind::Quotes => self.analysis.quotes.len(),
            Kind::Entities => self.analysis.entities.len(),
            Kind::Timeline => self.analysis.events.len(),
        }
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

/// Every mention in order with its entity; names and descriptions, not pronouns.
fn mentions(analysis: &Analysis) -> Vec<(Span, usize)> {
    let each = analysis.entities.iter().enumerate();
    let named = each.flat_map(|(index, entity)| entity.mentions.iter().map(move |mention| (mention, index)));
    named
        .filter(|(mention, _)| mention.kind == MentionKind::Name)
        .map(|(mention, index)| (mention.span, index))
        .collect()
}

/// Where a person, organisation or place is named in full for the first time.
fn names(analysis: &Analysis) -> Layer {
    let marks =
        analysis.entities.iter().map(|entity| Mark { span: entity.introduction(), tint: Tint::Role(Role::Name) });
    Layer::new(marks.collect())
}

fn times(analysis: &Analysis) -> Layer {
    Layer::new(analysis.times.iter().map(|time| Mark { span: time.span, tint: Tint::Role(Role::Time) }).collect())
}

/// Words in quotation marks in the colour of who said them. Reported words keep the colour of the text.
fn said(analysis: &Analysis, voices: &[Option<usize>]) -> Layer {
    let marks = analysis.quotes.iter().zip(voices).filter(|(quote, _)| quote.kind != QuoteKind::Indirect);
    Layer::new(
        marks.filter_map(|(quote, voice)| Some(Mark { span: quote.span, tint: Tint::Speaker((*voice)?) })).collect(),
    )
}
