//! Pair model: the probability that two stories report the same happening, from five numbers.

use super::signature::{Signature, Weighted};
use std::sync::LazyLock;

/// Weights, one per line. See `assets/models/clusters.md`.
const WEIGHTS: &str = include_str!("../../assets/models/clusters.txt");

/// Maximum number of days between two stories that are joined.
pub(super) const WINDOW: i64 = 10;

/// Days after which the closeness of two days has fallen to a third.
const DECAY: f64 = 3.0;

/// Minimum share of common shingles, by which one story is a reprint of the other.
const REPRINT: f64 = 0.3;

/// Minimum number of sampled shingles of a text that may count as a reprint. In fewer, one agency phrase would decide.
const MIN_SHINGLES: usize = 3;

/// Minimum number of words that two stories of one happening share. With fewer, a rare name would decide, and many
/// happenings of one day may be in one town.
const MIN_SHARED: usize = 4;

/// Names of the features in the file of weights, in order.
const FEATURES: [&str; 5] = ["text", "lead", "headline", "shingles", "days"];

/// Weights of a logistic model.
#[derive(Clone, Debug, Default, PartialEq)]
struct Weights {
    bias: f64,
    features: [f64; 5],
}

/// Models for two stories with known days, and for the others.
static MODELS: LazyLock<[Weights; 2]> =
    LazyLock::new(|| ["dated", "undated"].map(|model| Weights::read(WEIGHTS, model)));

impl Weights {
    /// Reads the weights of a model. Unknown lines are ignored.
    fn read(lines: &str, model: &str) -> Self {
        let mut out = Self::default();
        for line in lines.lines().filter_map(|line| line.strip_prefix(model)) {
            let Some((name, weight)) = line.trim().split_once(' ') else { continue };
            let Ok(weight) = weight.parse() else { continue };
            match FEATURES.iter().position(|feature| *feature == name) {
                Some(at) => out.features[at] = weight,
                None => out.bias = weight,
            }
        }
        out
    }
}

/// A story as it is compared with others.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Story {
    /// ID of the article.
    pub(super) id: i64,
    /// Day of publication, in days since 1970-01-01.
    pub(super) day: Option<i64>,
    /// Site, publisher or feed; empty if it is unknown.
    pub(super) outlet: String,
    /// Words and shingles of the story.
    pub(super) signature: Signature,
}

/// Comparison of two stories.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Likeness {
    /// Probability that the stories report the same happening, from 0 to 1.
    pub(super) probability: f64,
    /// Whether the stories of two outlets have mostly the same words.
    pub(super) is_reprint: bool,
}

/// Compares two stories.
pub(super) fn compare(a: &Story, b: &Story) -> Likeness {
    let apart = a.day.zip(b.day).map(|(a, b)| (a - b).abs());
    if apart.is_some_and(|days| days > WINDOW) {
        return Likeness { probability: 0.0, is_reprint: false };
    }
    let features = features(&a.signature, &b.signature, apart);
    let [dated, undated] = &*MODELS;
    let weights = if apart.is_some() { dated } else { undated };
    let sum: f64 = weights.features.iter().zip(features).map(|(weight, feature)| weight * feature).sum();
    if shared_words(&a.signature, &b.signature) < MIN_SHARED {
        return Likeness { probability: 0.0, is_reprint: false };
    }
    let is_reprint = features[3] >= REPRINT && (a.outlet != b.outlet || a.outlet.is_empty());
    Likeness { probability: 1.0 / (1.0 + (-weights.bias - sum).exp()), is_reprint }
}

/// Returns the features of two stories that are some days apart, each from 0 to 1, in the order of [`FEATURES`].
pub(super) fn features(a: &Signature, b: &Signature, apart: Option<i64>) -> [f64; 5] {
    let [text, lead, headline] = cosines(a, b);
    let days = apart.map_or(0.0, |days| (-(days as f64) / DECAY).exp());
    [text, lead, headline, common_shingles(a, b), days]
}

/// Counts the words that both texts have.
fn shared_words(a: &Signature, b: &Signature) -> usize {
    let mut others = b.terms.iter().peekable();
    let mut is_shared = |one: &&Weighted| {
        while others.next_if(|other| other.term < one.term).is_some() {}
        others.peek().is_some_and(|other| other.term == one.term && other.weights[0] > 0.0) && one.weights[0] > 0.0
    };
    a.terms.iter().filter(|one| is_shared(one)).count()
}

/// Returns the cosines of the three vectors of weights.
fn cosines(a: &Signature, b: &Signature) -> [f64; 3] {
    let mut sums = [0.0_f32; 3];
    let mut others = b.terms.iter().peekable();
    for one in &a.terms {
        while others.next_if(|other| other.term < one.term).is_some() {}
        if let Some(other) = others.next_if(|other| other.term == one.term) {
            for ((sum, x), y) in sums.iter_mut().zip(one.weights).zip(other.weights) {
                *sum += x * y;
            }
        }
    }
    let mut out = [0.0; 3];
    for (((out, sum), x), y) in out.iter_mut().zip(sums).zip(a.lengths).zip(b.lengths) {
        *out = if sum > 0.0 { f64::from(sum / (x * y)) } else { 0.0 };
    }
    out
}

/// Returns the share of the shorter text's shingles that the other text has as well.
fn common_shingles(a: &Signature, b: &Signature) -> f64 {
    let (short, long) = if a.shingles.len() <= b.shingles.len() { (a, b) } else { (b, a) };
    if short.shingles.len() < MIN_SHINGLES {
        return 0.0;
    }
    let common = short.shingles.iter().filter(|shingle| long.shingles.binary_search(shingle).is_ok()).count();
    common as f64 / short.shingles.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_core::article::Article;

    fn story(outlet: &str, day: Option<i64>, text: &str) -> Story {
        Story { id: 1, day, outlet: outlet.to_owned(), signature: Signature::of(&Article::verbatim("a", text)) }
    }

    const AGROUND: &str = "The ferry Corrigan ran aground on a sandbank off Selmouth on Monday evening with 212 passengers on \
    board. Nobody was hurt, the coastguard said. The vessel had left Port Anselm an hour earlier in thick fog, and its captain \
    reported a fault of the steering. Lifeboats brought the passengers ashore during the night. Divers will inspect the hull \
    before tugs tow the Corrigan back to Port Anselm.";
    const STRANDED: &str = "More than 200 passengers were taken off the ferry Corrigan after it struck a sandbank near Selmouth \
    in fog. The coastguard said there were no injuries. Lifeboats and a fishing boat carried people to the quay until after \
    midnight. Passengers spoke of a jolt and of long waiting. The steering of the vessel may have failed, its owner said, and \
    divers are to look at the hull.";
    const STRIKE: &str = "Ferry crews in Selmouth will strike on Friday over pay, their union said after talks broke down. It \
    wants seven per cent more and shorter shifts in winter. The operator called the walkout irresponsible, offered four per \
    cent and advised commuters to work at home. A mediator has invited both sides to a meeting on Thursday.";

    #[test]
    fn the_weights_are_read_completely() {
        for weights in &*MODELS {
            assert!(weights.bias < 0.0 && weights.features[0] > 0.0 && weights.features[1] > 0.0, "{weights:?}");
        }
        assert!(MODELS[0].features[4] > 0.0 && MODELS[1].features[4].abs() < f64::EPSILON);
    }

    #[test]
    fn one_happening_in_other_words_is_likelier_than_another_happening_in_the_same_place() {
        let [one, other, strike] = [AGROUND, STRANDED, STRIKE].map(|text| story("a", Some(100), text));
        assert!(compare(&one, &other).probability > 0.5, "{:?}", compare(&one, &other));
        assert!(compare(&one, &strike).probability < 0.2, "{:?}", compare(&one, &strike));
        assert_eq!(compare(&one, &other), compare(&other, &one));
    }

    #[test]
    fn days_apart_decide() {
        let at = |day| story("a", Some(day), STRANDED);
        let of = |day| compare(&story("a", Some(100), AGROUND), &at(day)).probability;
        assert!(of(100) > of(101) && of(101) > of(104));
        assert!(of(111).abs() < f64::EPSILON && of(89).abs() < f64::EPSILON);
    }

    #[test]
    fn the_same_words_in_another_outlet_are_a_reprint() {
        let longer = format!("{AGROUND} Trains were late as well.");
        let reprint = |a: &str, b: &str| compare(&story(a, Some(1), AGROUND), &story(b, Some(3), &longer)).is_reprint;
        assert!(reprint("a.example", "b.example") && reprint("", ""));
        assert!(!reprint("a.example", "a.example"));
        assert!(!compare(&story("a", Some(1), AGROUND), &story("b", Some(1), STRANDED)).is_reprint);
        assert!(!compare(&story("a", Some(1), AGROUND), &story("b", Some(12), &longer)).is_reprint);
    }
}
