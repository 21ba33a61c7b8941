//! Computes what the pair model learns from: the features of pairs, and the weights of words.

use super::model::{COUNT, FEATURES, WINDOW, features};
use super::signature::Signature;
use super::terms::{Term, term, words};
use dateline_analysis::Analysis;
use dateline_core::article::Article;
use dateline_core::text::fold;
use std::collections::{BTreeMap, BTreeSet};

/// Names and values of the features of a pair.
pub(crate) type Features = [(&'static str, f64); COUNT];

/// Number of words in a text. The frequencies are of words; this turns them into shares of texts with the word.
const TEXT_WORDS: f64 = 250.0;
/// Number of texts as which the frequencies count.
const TEXTS: f64 = 20.0;
/// Maximum weight of a word in the file. Rarer words weigh as much as one that is not in it.
const MAX_STORED: f64 = 7.9;
/// Steps per unit in the file.
const STEPS: f64 = 31.0;

/// Returns the pairs of articles that share one of their weightiest words and are at most ten days apart, with the names
/// and values of the features of each.
pub(crate) fn candidate_pairs(articles: &[(Article, Analysis)], days: &[Option<i64>]) -> Vec<(usize, usize, Features)> {
    let signatures: Vec<Signature> =
        articles.iter().map(|(article, analysis)| Signature::of(article, analysis)).collect();
    let tops: Vec<BTreeSet<Term>> = signatures.iter().map(|signature| signature.top().into_iter().collect()).collect();
    let day = |at: usize| days.get(at).copied().flatten();
    let mut out = Vec::new();
    for (a, (one, top)) in signatures.iter().zip(&tops).enumerate() {
        for (b, (other, others)) in signatures.iter().zip(&tops).enumerate().skip(a + 1) {
            let apart = day(a).zip(day(b)).map(|(a, b)| (a - b).abs());
            if !top.is_disjoint(others) && apart.is_none_or(|days| days <= WINDOW) {
                let values = features(one, other, apart);
                out.push((a, b, std::array::from_fn(|at| (FEATURES[at], values[at]))));
            }
        }
    }
    out
}

/// Computes the weights of words: the negative logarithms of the shares of texts that have each. The frequencies count
/// as a few more texts, so that rare words of the texts do not weigh too little.
pub(crate) fn packed_word_weights(texts: &[String], frequencies: &[(String, u64)]) -> Vec<u8> {
    let mut counts: BTreeMap<Term, (f64, f64)> = BTreeMap::new();
    for text in texts {
        let all: BTreeSet<Term> = words(&fold(text)).into_iter().map(term).collect();
        for term in all {
            counts.entry(term).or_default().0 += 1.0;
        }
    }
    let total: f64 = frequencies.iter().map(|(_, count)| *count as f64).sum();
    for (word, count) in frequencies {
        for word in words(&fold(word)) {
            counts.entry(term(word)).or_default().1 += *count as f64;
        }
    }
    let weight = |(own, count): (f64, f64)| {
        let in_others = 1.0 - (-TEXT_WORDS * count / total.max(1.0)).exp();
        -(TEXTS.mul_add(in_others, own) / (texts.len() as f64 + TEXTS)).ln()
    };
    let weights = counts.into_iter().map(|(term, counts)| (term, weight(counts)));
    let weights: Vec<(Term, f64)> = weights.filter(|(_, weight)| *weight < MAX_STORED).collect();
    let entry = |(term, weight): (Term, f64)| (term << 8 | (weight * STEPS).round() as u32).to_be_bytes();
    weights.into_iter().flat_map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_in_most_texts_weighs_little() {
        let texts = ["The ferry sails.", "The ferry is late.", "The mill burnt."].map(str::to_owned);
        let packed = packed_word_weights(&texts, &[("the".to_owned(), 900), ("mill".to_owned(), 100)]);
        let (entries, rest) = packed.as_chunks::<4>();
        assert!(rest.is_empty() && entries.is_sorted());
        let weight = |word: &str| {
            let key = term(word).to_be_bytes();
            entries.iter().find(|entry| entry[..3] == key[1..]).map(|entry| entry[3])
        };
        assert!(weight("the") < weight("mill") && weight("mill") < weight("ferry"), "{entries:?}");
        assert_eq!(weight("quay"), None);
    }

    #[test]
    fn pairs_that_share_no_weighty_word_or_are_far_apart_are_left_out() {
        let text = "The ferry Corrigan ran aground off Selmouth with 212 passengers on board.";
        let articles = [text, "The Corrigan was towed to Selmouth.", "Bakers in Varnholt went on strike."];
        let articles = articles.map(|text| (Article::verbatim("a", text), Analysis::default()));
        let indices = |days: &[Option<i64>]| -> Vec<(usize, usize)> {
            candidate_pairs(&articles, days).into_iter().map(|(a, b, _)| (a, b)).collect()
        };
        assert_eq!(indices(&[Some(1), Some(3), Some(1)]), [(0, 1)]);
        assert_eq!(indices(&[None, None, None]), [(0, 1)]);
        assert_eq!(indices(&[Some(1), Some(12), Some(1)]), []);
    }
}
