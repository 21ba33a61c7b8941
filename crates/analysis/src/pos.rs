//! Statistical part-of-speech tagger: an averaged perceptron that tags from left to right with bundled weights. The
//! rule-based word classes are among its features. It is independent of names, quotations and times.

mod class;
pub(crate) mod feature;
pub(crate) mod model;
pub(crate) mod tag;

pub(crate) use class::agrees;
pub use model::Weights;
pub use tag::PennTag;

use feature::{History, Reading};
use model::Scores;
use std::ops::Range;

/// Tag of one token, with the margin by which it won.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tagged {
    /// Tag with the highest score.
    pub tag: PennTag,
    /// Score of the best tag minus the runner-up's score, at least 0, in the unit of the weights. A word with only one
    /// possible tag has the margin [`SURE`].
    pub margin: i32,
}

/// Margin of a word with only one possible tag.
pub(crate) const SURE: i32 = 10_000;

/// Tags the tokens of `reading`. `sentences` yields the token range of each sentence. A token outside all sentences
/// keeps the default tag with margin 0.
#[must_use]
pub(crate) fn tag(reading: &Reading, sentences: impl Iterator<Item = Range<usize>>, weights: &Weights) -> Vec<Tagged> {
    let mut tags = vec![Tagged::default(); reading.len()];
    let mut keys = [0; feature::MAX_COUNT];
    for sentence in sentences {
        let mut history = History::default();
        for index in sentence.clone() {
            let tagged = one(reading, &sentence, index, history, weights, &mut keys);
            reading.push(&mut history, index, tagged.tag);
            if let Some(place) = tags.get_mut(index) {
                *place = tagged;
            }
        }
    }
    tags
}

/// Tags one token. `keys` is a scratch buffer for feature keys.
fn one(
    reading: &Reading,
    sentence: &Range<usize>,
    index: usize,
    history: History,
    weights: &Weights,
    keys: &mut [u32; feature::MAX_COUNT],
) -> Tagged {
    if let Some(tag) = weights.fixed(reading.written(index)) {
        return Tagged { tag, margin: SURE };
    }
    let mut count = 0;
    // Branchless, because the processor cannot predict which features have weights.
    let mut put = |key| {
        if let Some(place) = keys.get_mut(count) {
            *place = key;
        }
        count += usize::from(weights.may_have(key));
    };
    reading.still(sentence, index, &mut put);
    reading.moving(sentence, index, history, &mut put);
    let mut scores = Scores::new();
    weights.add(keys.get(..count).unwrap_or_default(), &mut scores);
    best(&scores)
}

/// Returns the tag with the highest score. In a tie, the first tag wins.
#[must_use]
fn best(scores: &Scores) -> Tagged {
    let (mut at, mut first, mut second) = (0, i32::MIN, i32::MIN);
    for (index, score) in scores.iter().enumerate() {
        if score > first {
            second = first;
            first = score;
            at = index;
        } else if score > second {
            second = score;
        }
    }
    Tagged { tag: PennTag::from_index(at).unwrap_or_default(), margin: first.saturating_sub(second) }
}

#[cfg(test)]
mod tests;
