//! Finds set-off quotations. These are paragraphs without quotation marks that follow "Ode said:" at the end of the
//! previous paragraph.

use super::cue::{Cue, CueForm};
use super::sentence_analysis::SentenceAnalysis;
use super::subject::SpeakerMention;
use crate::document::Document;
use dateline_core::article::BlockKind;
use dateline_core::text::Span;
use std::ops::Range;

/// Paragraph that is a quotation as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SetOff {
    /// Words of the paragraph.
    pub content: Span,
    /// Tokens of the reporting words before the colon.
    pub cue: Range<usize>,
    /// Speaker named with the cue.
    pub speaker: SpeakerMention,
    /// Whether the page marks the paragraph as a quotation.
    pub marked: bool,
}

impl SetOff {
    /// Returns the estimated probability, 0 to 1, that the paragraph is a quotation. If the page does not mark the
    /// paragraph as a quotation, the colon may introduce a document or a list.
    pub(crate) const fn confidence(&self) -> f32 {
        if self.marked { 0.85 } else { 0.72 }
    }
}

/// Returns the set-off quotations of a document, in order.
#[must_use]
pub(crate) fn find(document: &Document<'_>, analyses: &[SentenceAnalysis<'_>]) -> Vec<SetOff> {
    let pairs = analyses.windows(2).filter_map(|pair| {
        let [introduction, first] = pair else { return None };
        let (cue, speaker) = introducing_cue(document, introduction)?;
        let block = document.article.blocks.get(first.sentence.block)?;
        let below = first.sentence.block == introduction.sentence.block + 1;
        let text = matches!(block.kind, BlockKind::Paragraph | BlockKind::Quote);
        let unmarked = !has_quotation(analyses, first.sentence.block);
        (below && text && unmarked).then(|| SetOff {
            content: block.span.trimmed(document.text),
            cue: cue.tokens.clone(),
            speaker,
            marked: block.kind == BlockKind::Quote,
        })
    });
    pairs.collect()
}

/// Returns the cue before the colon that ends the sentence, and the speaker.
fn introducing_cue<'a>(
    document: &Document<'_>,
    analysis: &'a SentenceAnalysis<'_>,
) -> Option<(&'a Cue, SpeakerMention)> {
    let colon = analysis.sentence.tokens.end.checked_sub(1).filter(|colon| document.word(*colon) == ":")?;
    let cue = analysis.cues.last().filter(|cue| cue.extent.end == colon && cue.reporting_kind.is_speech())?;
    let speaker = cue.speaker.clone()?;
    matches!(cue.form, CueForm::SubjectFirst | CueForm::Inverted).then_some((cue, speaker))
}

/// Returns whether any sentence in block `block` contains a quotation in quotation marks.
fn has_quotation(analyses: &[SentenceAnalysis<'_>], block: usize) -> bool {
    let first = analyses.partition_point(|analysis| analysis.sentence.block < block);
    let inside = analyses.iter().skip(first).take_while(|analysis| analysis.sentence.block == block);
    inside.into_iter().any(|analysis| !analysis.sentence.quotations.is_empty())
}

#[cfg(test)]
mod tests {
    use crate::testing::ANALYZER;
    use crate::{Options, QuoteKind};
    use dateline_core::article::Article;

    /// Returns each direct quotation with its speaker's name.
    fn direct(text: &str) -> Vec<(String, String)> {
        let quotes = ANALYZER.analyze(&Article::verbatim("t", text), &Options::default()).quotes.into_iter();
        quotes
            .filter(|quote| quote.kind == QuoteKind::Direct)
            .map(|quote| (quote.span.of(text).to_owned(), quote.speaker.map_or_else(String::new, |it| it.name)))
            .collect()
    }

    #[test]
    fn a_paragraph_after_said_and_a_colon_is_a_quotation() {
        let text = "The weir was shut by noon. Mara Odell said:\n\nNobody has to swim because of a beaver.\n\nThe mill opened.";
        assert_eq!(direct(text), [("Nobody has to swim because of a beaver.".to_owned(), "Mara Odell".to_owned())]);
    }

    #[test]
    fn a_colon_without_a_reporting_verb_introduces_no_quotation() {
        assert!(direct("Mara Odell bought three things:\n\nA net, a rope and a lamp were all she took.").is_empty());
        assert!(direct("Mara Odell said it was over: the mill was lost.\n\nThe weir was shut.").is_empty());
    }
}
