//! Interface for the trainer of the pair model. The library itself does not use this module. It is public because
//! training happens outside this crate, and small so that gathering can change without changes to the trainer.

use super::cluster::{Features, candidate_pairs, packed_word_weights};
use dateline_analysis::Analysis;
use dateline_core::article::Article;

/// Returns the pairs of annotated articles that would be compared, by their indices, with the names and values of the
/// features of each. Days count from any day; articles more than ten days apart are not compared.
#[must_use]
pub fn pairs(articles: &[(Article, Analysis)], days: &[Option<i64>]) -> Vec<(usize, usize, Features)> {
    candidate_pairs(articles, days)
}

/// Computes the file of word weights from texts, and from the frequencies of words in other texts.
#[must_use]
pub fn word_weights(texts: &[String], frequencies: &[(String, u64)]) -> Vec<u8> {
    packed_word_weights(texts, frequencies)
}
