//! Finds quotations: words reported as said, with cue and speaker.

pub(crate) mod attribution;
pub(crate) mod candidate;
pub(crate) mod complement;
pub(crate) mod confidence;
pub(crate) mod cue;
pub(crate) mod example;
pub(crate) mod explain;
pub(crate) mod indirect;
pub(crate) mod mark;
pub(crate) mod masked_sentence;
pub(crate) mod phrase;
pub(crate) mod polarity;
pub(crate) mod rank;
pub(crate) mod resolve;
pub(crate) mod sentence_analysis;
pub(crate) mod source;
pub(crate) mod speech;
pub(crate) mod subject;
pub(crate) mod transcript;
mod unnamed;

use super::document::Document;
use super::entity::Entity;
use super::pronoun::{self, ResolvedPronoun};
pub(crate) use confidence::Confidence;
use dateline_core::Named;
use dateline_core::text::Span;
use masked_sentence::MaskedSentences;
pub use polarity::Polarity;
pub(crate) use rank::Weights;
use resolve::Resolver;
use sentence_analysis::SentenceAnalysis;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Proportion of words in quotation marks of four words or more that are speech, whatever the language.
const FOREIGN_CONFIDENCE: f32 = 0.9;

/// A quotation or reported statement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    /// Content, without its quotation marks.
    pub span: Span,
    /// How the words are reported.
    pub kind: QuoteKind,
    /// Cue: "said", "according to".
    pub cue: Option<Span>,
    /// Person or body that said it.
    pub speaker: Option<Speaker>,
    /// Whether the speaker said it.
    #[serde(default)]
    pub polarity: Polarity,
    /// Probability that content and speaker are right, 0 to 1, calibrated.
    pub confidence: f32,
    /// Rule that found the speaker, in a few words for the reader.
    pub why: Cow<'static, str>,
}

/// How words are reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuoteKind {
    /// A whole utterance in quotation marks.
    Direct,
    /// Quoted words inside a report.
    Mixed,
    /// A report in the reporter's words.
    Indirect,
}

impl Named for QuoteKind {
    fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Mixed => "mixed",
            Self::Indirect => "indirect",
        }
    }
}

/// Speaker of a quote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Speaker {
    /// Words by which the attribution names the speaker.
    pub mention: Span,
    /// Fullest name of the speaker; the mention itself if the story gives no name.
    pub name: String,
    /// Role in the words of the text, at this mention or at the introduction.
    pub role: Option<Span>,
    /// Index of the speaker's entity.
    pub entity: Option<usize>,
    /// Where the speaker is introduced.
    pub introduction: Span,
}

/// Weights that rank speakers, and the confidences of the choice.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    /// Weights of the ranker.
    pub weights: Weights,
    /// Proportions of correct quotes.
    pub confidence: Confidence,
}

impl Model {
    /// Returns the weights and confidences built into the program.
    #[must_use]
    pub(crate) fn bundled() -> Self {
        Self { weights: Weights::bundled(), confidence: Confidence::bundled() }
    }
}

/// Quotations of a document, with the pronouns that were resolved to find their speakers.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct FoundQuotes {
    /// All quotations, ordered by start.
    pub quotes: Vec<Quote>,
    /// Pronouns outside quotations with their entities, in order.
    pub pronouns: Vec<ResolvedPronoun>,
}

/// Finds all quotations and their speakers among `entities`, which are not changed.
#[must_use]
pub(crate) fn find(document: &Document<'_>, entities: &[Entity], model: &Model) -> FoundQuotes {
    let masked = MaskedSentences::new(document, mark::scan(document));
    let analyses: Vec<SentenceAnalysis<'_>> =
        masked.sentences.iter().map(|sentence| SentenceAnalysis::new(&masked, sentence)).collect();
    let found = attribution::attribute(&masked, &analyses, &model.weights);
    let pronouns = pronoun::resolve(&masked, &analyses, entities);
    let resolver = Resolver::new(document, entities, &pronouns);
    let mut quotes = Vec::new();
    for (quotation, attribution) in masked.quotations.iter().zip(&found) {
        if !speech::is_speech(&masked, quotation, attribution.as_ref()) {
            continue;
        }
        let kind = speech::kind(&masked, quotation, attribution.as_ref());
        let mentioned = attribution.as_ref().and_then(|found| found.speaker.as_ref());
        quotes.push(Quote {
            span: quotation.content,
            kind,
            cue: attribution.as_ref().and_then(|found| found.cue.clone()).map(|cue| document.span(cue)),
            speaker: mentioned.map(|mentioned| resolver.speaker(mentioned)),
            polarity: polarity_of(&masked, &analyses, quotation, attribution.as_ref(), kind),
            confidence: model.confidence.of(attribution.as_ref(), kind, words_in(document, quotation.content)),
            why: attribution.as_ref().map_or("", |found| found.source.why()).into(),
        });
    }
    let reports = indirect::find(&masked, &analyses, &found);
    quotes.extend(reports.into_iter().map(|report| Quote {
        span: without_dateline(document, document.span(report.content)),
        kind: QuoteKind::Indirect,
        cue: Some(document.span(report.cue)),
        speaker: Some(resolver.speaker(&report.speaker)),
        polarity: report.polarity,
        confidence: report.confidence,
        why: report.pattern.why().into(),
    }));
    let turns = transcript::turns(&masked, entities);
    let turns = turns.into_iter().map(|turn| Quote {
        span: turn.content,
        kind: QuoteKind::Direct,
        cue: None,
        speaker: Some(resolver.speaker(&turn.speaker)),
        polarity: Polarity::Said,
        confidence: transcript::CONFIDENCE,
        why: turn.why().into(),
    });
    let turns: Vec<Quote> = turns.collect();
    quotes.retain(|quote| !turns.iter().any(|turn| turn.span.overlaps(quote.span) && !covers_quote(turn, quote)));
    quotes.extend(turns);
    quotes.extend(foreign_quotes(document));
    quotes.sort_by_key(|quote| (quote.span.start, quote.span.end));
    unnamed::resolve(document, entities, &analyses, &mut quotes);
    FoundQuotes { quotes, pronouns }
}

/// Returns the words in quotation marks of paragraphs in other languages, without speakers.
fn foreign_quotes<'a>(document: &'a Document<'_>) -> impl Iterator<Item = Quote> + 'a {
    let languages = document.resources.languages();
    let spans = document.foreign.iter().flat_map(|block| languages.quotations(document.article, block));
    spans.map(|span| Quote {
        span,
        kind: QuoteKind::Direct,
        cue: None,
        speaker: None,
        polarity: Polarity::Said,
        confidence: FOREIGN_CONFIDENCE,
        why: "in quotation marks; speakers are found in English only".into(),
    })
}

/// Returns the number of words in a span.
fn words_in(document: &Document<'_>, span: Span) -> usize {
    span.of(document.text).split_whitespace().count()
}

/// Returns the polarity of words in quotation marks, given by the cue in their own sentence.
fn polarity_of(
    masked: &MaskedSentences<'_>,
    analyses: &[SentenceAnalysis<'_>],
    quotation: &mark::Quotation,
    attribution: Option<&source::Attribution>,
    kind: QuoteKind,
) -> Polarity {
    let tokens = attribution.and_then(|found| found.cue.as_ref());
    let analysis = masked.sentence_at(quotation.tokens.start).and_then(|index| analyses.get(index));
    let Some((tokens, analysis)) = tokens.zip(analysis) else { return Polarity::Said };
    let Some(cue) = analysis.cues.iter().find(|cue| cue.tokens == *tokens) else { return Polarity::Said };
    // "denied it was “a farce”" denies the fragment; in "denied the “absurd” charge" it is the speaker's own.
    let apart = quotation.tokens.start > cue.tokens.end + 1;
    if kind == QuoteKind::Mixed && apart {
        polarity::of_statement(masked, analysis.sentence, &analysis.clauses, cue)
    } else {
        polarity::of(masked, analysis.sentence, &analysis.clauses, cue)
    }
}

/// Removes the dateline of a report from its content.
fn without_dateline(document: &Document<'_>, said: Span) -> Span {
    let filed =
        document.article.dateline.as_ref().filter(|line| said.start < line.span.end && line.span.end < said.end);
    filed.map_or(said, |line| Span::new(line.span.end, said.end).trimmed(document.text))
}

/// Returns whether a quote inside a transcript turn belongs to a different speaker.
fn covers_quote(turn: &Quote, quote: &Quote) -> bool {
    let who = |quote: &Quote| quote.speaker.as_ref().and_then(|speaker| speaker.entity);
    quote.kind != QuoteKind::Indirect && who(quote).is_some_and(|other| who(turn) != Some(other))
}

#[cfg(test)]
mod tests;
