//! Signature of a story: what it is compared by, in about a kilobyte, so that gathering reads no texts.

use super::details::{Details, Words};
use super::digest::is_digest;
use super::terms::{Term, hash, term, weight, words};
use dateline_analysis::Analysis;
use dateline_core::article::Article;
use dateline_core::text::fold;
use std::collections::BTreeMap;

/// Maximum number of words of the body that are compared.
const BODY: usize = 400;
/// Number of words at the beginning of the body that count as the lead.
const LEAD: usize = 60;
/// Number of words that are used instead of a missing headline.
const HEADLINE: usize = 14;
/// Maximum number of different words of the text that are compared: those that weigh most.
const TERMS: usize = 80;
/// Number of words per shingle.
const SHINGLE: usize = 5;
/// Of the shingles of a text, those are kept whose hash is divisible by this.
const SAMPLED: u32 = 8;
/// Maximum number of shingles kept.
const SHINGLES: usize = 255;
/// Number of weightiest words through which a story is found.
const TOP: usize = 12;
/// Steps per unit of weight in a packed signature.
const STEPS: f32 = 7.0;
/// Number of words by which a text and a headline count as longer than they are. Two short texts share a rare name
/// easily, so their likeness is reduced.
const DAMPING: [f32; 3] = [40.0, 40.0, 10.0];
/// Number of bytes of a packed word: three for its hash, three for its weights.
const TERM_BYTES: usize = 6;
/// Number of bytes of a packed shingle.
const SHINGLE_BYTES: usize = 3;

/// What a story is compared by. A digest has an empty signature, and resembles nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Signature {
    /// Words in order of their hashes.
    pub(super) terms: Vec<Weighted>,
    /// Damped lengths of the three vectors of weights, by which their products are divided.
    pub(super) lengths: [f32; 3],
    /// Hashes of sampled sequences of five words, in order.
    pub(super) shingles: Vec<u32>,
    /// Names, numbers and days, by which the story differs from others.
    pub(super) details: Details,
}

/// A word with its weights in the text, in headline and lead, and in the headline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Weighted {
    pub(super) term: Term,
    pub(super) weights: [f32; 3],
}

impl Signature {
    /// Computes the signature of an annotated article.
    pub(crate) fn of(article: &Article, analysis: &Analysis) -> Self {
        if is_digest(article) {
            return Self::default();
        }
        let body = fold(article.text.get(article.body..).unwrap_or_default());
        let body_words = words(&body);
        let headline = fold(article.headline.as_ref().map_or("", |headline| headline.value.as_str()));
        let headline_words = words(&headline);
        let body: Vec<Term> = body_words.iter().map(|word| term(word)).collect();
        let mut headline: Vec<Term> = headline_words.iter().map(|word| term(word)).collect();
        if headline.is_empty() {
            headline = body.iter().take(HEADLINE).copied().collect();
        }
        let part = |length: usize| weights(headline.iter().chain(body.iter().take(length)).copied().collect());
        let mut terms: BTreeMap<Term, [f32; 3]> = BTreeMap::new();
        for (at, weights) in [heaviest(part(BODY)), part(LEAD), part(0)].into_iter().enumerate() {
            for (term, weight) in weights {
                if let Some(slot) = terms.entry(term).or_default().get_mut(at) {
                    *slot = packed_weight(weight);
                }
            }
        }
        let has_weight = &|term| terms.contains_key(&term);
        let words = Words { headline: &headline_words, body: &body_words, lead: LEAD, has_weight };
        let details = Details::of(article, analysis, &words);
        let terms = terms.into_iter().map(|(term, weights)| Weighted { term, weights }).collect();
        Self::new(terms, shingles(&body), details)
    }

    fn new(terms: Vec<Weighted>, shingles: Vec<u32>, details: Details) -> Self {
        let mut lengths = DAMPING;
        for (at, length) in lengths.iter_mut().enumerate() {
            let weights = terms.iter().filter_map(|term| term.weights.get(at)).filter(|weight| **weight > 0.0);
            let (sum, count) =
                weights.fold((0.0, 0.0), |(sum, count), weight| (sum + weight * weight, count + 1.0_f32));
            *length = if count > 0.0 { (sum * (count + *length) / count).sqrt() } else { 0.0 };
        }
        Self { terms, lengths, shingles, details }
    }

    /// Returns the weightiest words of the text, through which other stories find this one.
    pub(super) fn top(&self) -> Vec<Term> {
        let mut terms: Vec<&Weighted> = self.terms.iter().filter(|term| term.weights[0] > 0.0).collect();
        terms.sort_by(|a, b| b.weights[0].total_cmp(&a.weights[0]).then(a.term.cmp(&b.term)));
        terms.into_iter().take(TOP).map(|term| term.term).collect()
    }

    /// Returns whether the story has a word, which must be weighty.
    pub(super) fn has(&self, word: Term) -> bool {
        self.terms.binary_search_by_key(&word, |known| known.term).is_ok() || self.details.has(word)
    }

    /// Packs the signature: the numbers of words and shingles, the words, the shingles, the details.
    pub(super) fn pack(&self) -> Vec<u8> {
        let step = |weight: f32| (weight * STEPS).round() as u8;
        let mut out = vec![self.terms.len().min(255) as u8, self.shingles.len().min(255) as u8];
        for Weighted { term, weights } in self.terms.iter().take(255) {
            out.extend(term.to_be_bytes().iter().skip(1));
            out.extend(weights.map(step));
        }
        out.extend(self.shingles.iter().take(255).flat_map(|shingle| shingle.to_be_bytes().into_iter().skip(1)));
        if !self.terms.is_empty() {
            self.details.pack(&mut out);
        }
        out
    }

    /// Unpacks a signature. Damaged bytes at the end are ignored.
    pub(super) fn unpack(bytes: &[u8]) -> Self {
        let Some((&[words, shingles], rest)) = bytes.split_first_chunk() else { return Self::default() };
        let (terms, rest) = rest.split_at(rest.len().min(usize::from(words) * TERM_BYTES));
        let (shingles, details) = rest.split_at(rest.len().min(usize::from(shingles) * SHINGLE_BYTES));
        let weight = |byte: u8| f32::from(byte) / STEPS;
        let terms = terms.as_chunks::<TERM_BYTES>().0.iter().map(|&[a, b, c, text, lead, headline]| Weighted {
            term: u32::from_be_bytes([0, a, b, c]),
            weights: [weight(text), weight(lead), weight(headline)],
        });
        let shingles = shingles.as_chunks::<SHINGLE_BYTES>().0.iter();
        let shingles = shingles.map(|&[a, b, c]| u32::from_be_bytes([0, a, b, c])).collect();
        Self::new(terms.collect(), shingles, Details::unpack(details))
    }
}

/// Rounds a weight as packing does, so that a signature equals its unpacked copy.
fn packed_weight(weight: f32) -> f32 {
    (weight * STEPS).round().min(255.0) / STEPS
}

/// Returns the words that are compared with their weights: rare words weigh more, and repetition adds less and less.
fn weights(mut terms: Vec<Term>) -> Vec<(Term, f32)> {
    terms.sort_unstable();
    let weighted = |same: &[Term]| Some((*same.first()?, (1.0 + (same.len() as f32).ln()) * weight(*same.first()?)?));
    terms.chunk_by(|a, b| a == b).filter_map(weighted).collect()
}

/// Returns the words that weigh most.
fn heaviest(mut weights: Vec<(Term, f32)>) -> Vec<(Term, f32)> {
    weights.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    weights.truncate(TERMS);
    weights
}

/// Returns the sampled hashes of the sequences of five words in a text, in order.
fn shingles(terms: &[Term]) -> Vec<u32> {
    let hashes = terms.windows(SHINGLE).map(|window| hash(window.iter().flat_map(|term| term.to_be_bytes())));
    let mut sampled: Vec<u32> = hashes.filter(|hash| hash % SAMPLED == 0).map(|hash| hash >> 8).collect();
    sampled.sort_unstable();
    sampled.dedup();
    sampled.truncate(SHINGLES);
    sampled
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The ferry Corrigan ran aground off Selmouth on Monday with 212 passengers on board. Nobody was \
        hurt, the coastguard said. Divers will inspect the hull of the vessel before it is towed to Port Anselm.";

    #[test]
    fn a_signature_is_unpacked_as_it_was_packed() {
        let signature = Signature::of(&Article::verbatim("a", TEXT), &Analysis::default());
        assert!(signature.terms.len() > 12 && !signature.shingles.is_empty());
        assert_eq!(Signature::unpack(&signature.pack()), signature);
        assert_eq!(Signature::unpack(&[]), Signature::default());
        let cut = Signature::unpack(&signature.pack()[..20]);
        assert_eq!(cut.terms.len(), 3);
    }

    #[test]
    fn the_words_that_find_a_story_are_its_weightiest() {
        let top = Signature::of(&Article::verbatim("a", TEXT), &Analysis::default()).top();
        assert_eq!(top.len(), TOP);
        for word in ["corrigan", "selmouth", "anselm"] {
            assert!(top.contains(&term(word)), "{word}");
        }
        assert!(!top.contains(&term("monday")));
    }

    #[test]
    fn a_digest_has_nothing_to_compare() {
        let text = format!("Live updates: ferry aground\n\n{TEXT}");
        let article = Article {
            headline: Some(dateline_core::article::Datum::given("Live updates: ferry".into())),
            ..Article::verbatim("a", &text)
        };
        assert_eq!(Signature::of(&article, &Analysis::default()), Signature::default());
    }
}
