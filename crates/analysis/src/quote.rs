//! Finds quotations: words reported as said, each with its cue and speaker.

pub(crate) mod attribution;
pub(crate) mod candidate;
pub(crate) mod complement;
pub(crate) mod confidence;
pub(crate) mod cue;
mod evidence;
pub(crate) mod example;
pub(crate) mod explain;
pub(crate) mod indicator;
pub(crate) mod indirect;
pub(crate) mod mark;
pub(crate) mod masked_sentence;
mod named_variants;
pub(crate) mod phrase;
pub(crate) mod polarity;
pub(crate) mod rank;
pub(crate) mod resolve;
pub(crate) mod sentence_analysis;
pub(crate) mod set_off;
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
use indicator::Evidence;
use masked_sentence::MaskedSentences;
pub use polarity::Polarity;
pub(crate) use rank::Weights;
use resolve::Resolver;
use sentence_analysis::SentenceAnalysis;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Confidence in a quotation from a foreign-language paragraph. The value is the proportion of quotations with at least
/// four words, in any language, that are speech.
const FOREIGN_CONFIDENCE: f32 = 0.9;

/// Minimum confidence of a report that is not denied. Less likely reports are left out, because three in four of them
/// are wrong.
const MIN_REPORT: f32 = 0.2;

/// Quotation or reported statement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    /// Reported words, without quotation marks.
    pub span: Span,
    /// Form of the report: direct, mixed or indirect.
    pub kind: QuoteKind,
    /// Words that report the speech, such as "said" or "according to"; `None` if there are no such words.
    pub cue: Option<Span>,
    /// Person or body that said the words; `None` if unknown.
    pub speaker: Option<Speaker>,
    /// Whether the speaker said the words, denied them, or neither.
    #[serde(default)]
    pub polarity: Polarity,
    /// Calibrated probability, 0 to 1, that both the content and the speaker are correct.
    pub confidence: f32,
    /// Short name of the rule that found the speaker, for display.
    pub why: Cow<'static, str>,
}

/// Form of reported speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuoteKind {
    /// Whole utterance in quotation marks.
    Direct,
    /// Quoted words inside one of the reporter's sentences.
    Mixed,
    /// Statement in the reporter's own words.
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

/// Speaker of a quotation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Speaker {
    /// Words that name the speaker in the attribution.
    pub mention: Span,
    /// Speaker's fullest name in the story, or the words of the mention if the story gives no name.
    pub name: String,
    /// Speaker's role, as worded in the attribution or where the story introduces the speaker.
    pub role: Option<Span>,
    /// Index of the speaker in the list of entities; `None` if the speaker is not an entity.
    pub entity: Option<usize>,
    /// Words that introduce the speaker in the story.
    pub introduction: Span,
}

/// Trained model that chooses speakers and estimates how reliable each choice is.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    /// Weights that rank the candidates for a speaker.
    pub weights: Weights,
    /// Weights of the indicators of confidence.
    pub confidence: Confidence,
}

impl Model {
    /// Returns the bundled weights and confidences.
    #[must_use]
    pub(crate) fn bundled() -> Self {
        Self { weights: Weights::bundled(), confidence: Confidence::bundled() }
    }
}

/// Quotations of a document, and the pronouns resolved to find their speakers.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct FoundQuotes {
    /// Quotations of all kinds, ordered by start.
    pub quotes: Vec<Quote>,
    /// Resolved pronouns outside quotations, in text order.
    pub pronouns: Vec<ResolvedPronoun>,
}

/// Finds all quotations and their speakers. The speakers are chosen among `entities`, which remain unchanged.
#[must_use]
pub(crate) fn find(document: &Document<'_>, entities: &[Entity], model: &Model) -> FoundQuotes {
    let masked = MaskedSentences::new(document, mark::scan(document));
    let analyses: Vec<SentenceAnalysis<'_>> =
        masked.sentences.iter().map(|sentence| SentenceAnalysis::new(&masked, sentence)).collect();
    let turns = transcript::turns(&masked, entities);
    let pronouns = pronoun::resolve(&masked, &analyses, entities, &turns);
    let resolver = Resolver::new(document, entities, &pronouns);
    let judged = judged(&masked, &analyses, &resolver, &model.weights);
    let rated =
        judged.into_iter().map(|(quote, evidence)| Quote { confidence: model.confidence.of(&evidence), ..quote });
    // Denied statements are short by nature: "denies any wrongdoing".
    let denied = |quote: &Quote| quote.polarity == Polarity::Denied;
    let likely = |quote: &Quote| quote.kind != QuoteKind::Indirect || denied(quote) || quote.confidence >= MIN_REPORT;
    let mut quotes: Vec<Quote> = rated.filter(likely).collect();
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
    let set_off = set_off_quotes(document, &analyses, &resolver);
    quotes.retain(|quote| overlapping(&set_off, quote.span).is_empty());
    quotes.extend(set_off);
    quotes.retain(|quote| overlapping(&turns, quote.span).iter().all(|turn| covers_quote(turn, quote)));
    quotes.extend(turns);
    quotes.extend(foreign_quotes(document));
    quotes.sort_by_key(|quote| (quote.span.start, quote.span.end));
    unnamed::resolve(document, entities, &analyses, &mut quotes);
    FoundQuotes { quotes, pronouns }
}

/// Returns the quotes that overlap `span`. `quotes` must be in text order, and must not overlap each other.
fn overlapping(quotes: &[Quote], span: Span) -> &[Quote] {
    let first = quotes.partition_point(|quote| quote.span.end <= span.start);
    let length = quotes[first..].partition_point(|quote| quote.span.start < span.end);
    &quotes[first..first + length]
}

/// Returns the quotations in quotation marks and the reports of a document with the evidence for each, for training.
#[must_use]
pub(crate) fn with_evidence(document: &Document<'_>, entities: &[Entity], weights: &Weights) -> Vec<(Quote, Evidence)> {
    let masked = MaskedSentences::new(document, mark::scan(document));
    let analyses: Vec<SentenceAnalysis<'_>> =
        masked.sentences.iter().map(|sentence| SentenceAnalysis::new(&masked, sentence)).collect();
    let turns = transcript::turns(&masked, entities);
    let pronouns = pronoun::resolve(&masked, &analyses, entities, &turns);
    judged(&masked, &analyses, &Resolver::new(document, entities, &pronouns), weights)
}

/// Returns the quotations in quotation marks, then the reports, with the evidence for each. Their confidence is 0.
fn judged(
    masked: &MaskedSentences<'_>,
    analyses: &[SentenceAnalysis<'_>],
    resolver: &Resolver<'_>,
    weights: &Weights,
) -> Vec<(Quote, Evidence)> {
    let document = masked.document;
    let found = attribution::attribute(masked, analyses, weights);
    let mut out = Vec::new();
    for (quotation, attribution) in masked.quotations.iter().zip(&found) {
        if !speech::is_speech(masked, quotation, attribution.as_ref()) {
            continue;
        }
        let kind = speech::kind(masked, quotation, attribution.as_ref());
        let mentioned = attribution.as_ref().and_then(|found| found.speaker.as_ref());
        let about = mentioned.map(|mentioned| resolver.evidence(mentioned)).unwrap_or_default();
        let quote = Quote {
            span: quotation.content,
            kind,
            cue: attribution.as_ref().and_then(|found| found.cue.clone()).map(|cue| document.span(cue)),
            speaker: mentioned.map(|mentioned| resolver.speaker(mentioned)),
            polarity: polarity_of(masked, analyses, quotation, attribution.as_ref(), kind),
            confidence: 0.0,
            why: attribution.as_ref().map_or("", |found| found.source.why()).into(),
        };
        out.push((quote, evidence::of_quotation(masked, quotation, attribution.as_ref(), kind, about)));
    }
    for report in indirect::find(masked, analyses, &found) {
        let quote = Quote {
            span: without_dateline(document, document.span(report.content)),
            kind: QuoteKind::Indirect,
            cue: Some(document.span(report.cue)),
            speaker: Some(resolver.speaker(&report.speaker)),
            polarity: report.polarity,
            confidence: 0.0,
            why: report.pattern.why().into(),
        };
        out.push((quote, report.evidence));
    }
    out
}

/// Returns the paragraphs that are quotations as a whole. Each is attributed to the speaker named before the colon.
fn set_off_quotes(document: &Document<'_>, analyses: &[SentenceAnalysis<'_>], resolver: &Resolver<'_>) -> Vec<Quote> {
    let quote = |found: set_off::SetOff| Quote {
        span: found.content,
        kind: QuoteKind::Direct,
        cue: Some(document.span(found.cue.clone())),
        speaker: Some(resolver.speaker(&found.speaker)),
        polarity: Polarity::Said,
        confidence: found.confidence(),
        why: "set off after a colon".into(),
    };
    set_off::find(document, analyses).into_iter().map(quote).collect()
}

/// Returns the quoted words in foreign-language paragraphs, without speakers.
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

/// Returns the polarity of quoted words, based on the cue in their sentence.
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
    // In "denied it was “a farce”", the denial covers the fragment. In "denied the “absurd” charge", the quoted word is
    // the speaker's own.
    let apart = quotation.tokens.start > cue.tokens.end + 1;
    if kind == QuoteKind::Mixed && apart {
        polarity::of_statement(masked, analysis.sentence, &analysis.clauses, cue)
    } else {
        polarity::of(masked, analysis.sentence, &analysis.clauses, cue)
    }
}

/// Removes the leading dateline ("OSTREL, May 3 —") from reported words.
fn without_dateline(document: &Document<'_>, said: Span) -> Span {
    let filed =
        document.article.dateline.as_ref().filter(|line| said.start < line.span.end && line.span.end < said.end);
    filed.map_or(said, |line| Span::new(line.span.end, said.end).trimmed(document.text))
}

/// Returns whether `quote`, which is inside a transcript turn, is attributed to a different speaker than the turn.
fn covers_quote(turn: &Quote, quote: &Quote) -> bool {
    let who = |quote: &Quote| quote.speaker.as_ref().and_then(|speaker| speaker.entity);
    quote.kind != QuoteKind::Indirect && who(quote).is_some_and(|other| who(turn) != Some(other))
}

#[cfg(test)]
mod tests;
