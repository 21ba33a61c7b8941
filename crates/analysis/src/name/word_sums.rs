//! Sums of weights that depend on one word only. They are computed once per distinct word of a document, because a news
//! story repeats most of its names and of the words beside them.

use super::feature::{FeatureExtractor, SentenceFeatures, Side};
use super::label::COUNT;
use super::model::{Keys, Sums, Weights};

/// Sums computed so far for the words of one document.
#[derive(Debug)]
pub(super) struct WordSums<'a> {
    extractor: &'a FeatureExtractor<'a>,
    weights: &'a Weights,
    /// For each distinct word, the sums of its own features.
    own: Vec<Option<Sums>>,
    /// For each distinct word, the sums of its features as the neighbour before; the last is for the edge of a sentence.
    before: Vec<Option<Sums>>,
    /// For each distinct word, the sums of its features as the neighbour after; the last is for the edge of a sentence.
    after: Vec<Option<Sums>>,
}

impl<'a> WordSums<'a> {
    /// Creates an empty store for the document of `extractor`.
    pub(super) fn new(extractor: &'a FeatureExtractor<'a>, weights: &'a Weights) -> Self {
        let empty = vec![None; extractor.document.distinct.count() + 1];
        Self { extractor, weights, own: empty.clone(), before: empty.clone(), after: empty }
    }

    /// Returns the sums of the features of token `index` that depend only on its word or on one neighbour's word.
    /// `keys` must be empty; it is a scratch buffer.
    pub(super) fn of(&mut self, sentence: &SentenceFeatures, index: usize, keys: &mut Keys) -> Sums {
        let Self { extractor, weights, .. } = *self;
        let mut sums: Sums = [0; COUNT];
        let mut add = |place: Option<&mut Option<Sums>>, compute: &mut dyn FnMut(&mut Keys)| {
            let mut computed = || {
                compute(keys);
                weights.sums(keys)
            };
            let more = match place {
                Some(place) => *place.get_or_insert_with(computed),
                None => computed(),
            };
            for (sum, more) in sums.iter_mut().zip(more) {
                *sum = sum.wrapping_add(more);
            }
        };
        let word = |index: Option<usize>| match index {
            Some(index) => extractor.document.distinct.of(index),
            None => Some(extractor.document.distinct.count()),
        };
        let own = word(Some(index)).and_then(|word| self.own.get_mut(word));
        add(own, &mut |keys| extractor.own(index, |key| keys.push(key)));
        for (side, known) in [(Side::Before, &mut self.before), (Side::After, &mut self.after)] {
            let neighbour = side.of(sentence, index);
            let place = word(neighbour).and_then(|word| known.get_mut(word));
            add(place, &mut |keys| extractor.beside(side, neighbour, |key| keys.push(key)));
        }
        sums
    }
}
