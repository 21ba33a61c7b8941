//! Pair model: the probability that two stories report the same happening, from thirteen numbers.

use super::differences::{details, differ_in_headline_towns, differ_in_names};
use super::signature::Signature;
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

/// Minimum share of common shingles at which stories that differ in their salient names are not joined: two happenings
/// reported from one template.
const TEMPLATE: f64 = 0.2;

/// Minimum numbers of words that two stories of one happening share, with known days and without. With fewer, a rare
/// name would decide, and many happenings may be in one town.
const MIN_SHARED: [usize; 2] = [3, 4];

/// Number of features.
pub(crate) const COUNT: usize = 13;

/// Names of the features in the file of weights, in order.
pub(super) const FEATURES: [&str; COUNT] = [
    "text",
    "lead",
    "headline",
    "shingles",
    "days",
    "words",
    "names",
    "numbers",
    "other_numbers",
    "other_weekdays",
    "other_months",
    "other_years",
    "other_towns",
];

/// Models in the file of weights: for two stories with known days, for two others with headlines, and for two that have
/// only their text.
const KINDS: [&str; 3] = ["dated", "undated", "bare"];

/// Weights of a logistic model.
#[derive(Clone, Debug, Default, PartialEq)]
struct Weights {
    bias: f64,
    features: [f64; COUNT],
}

/// Models, in the order of [`KINDS`].
static MODELS: LazyLock<[Weights; 3]> = LazyLock::new(|| KINDS.map(|kind| Weights::read(WEIGHTS, kind)));

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
    /// Logarithm of the odds, within [`LOG_ODDS`], if the days of both stories are known.
    pub(super) log_odds: Option<f64>,
    /// Whether the stories of two outlets have mostly the same words.
    pub(super) is_reprint: bool,
}

/// Range of log-odds. Beyond it, one pair would outweigh all others in a mean.
const LOG_ODDS: [f64; 2] = [-6.0, 3.0];

#[cfg(test)]
thread_local! {
    /// Number of comparisons in this thread, which is the work of gathering that tests count.
    pub(super) static COMPARISONS: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// Number of stories within a day of another, up to which a common day says as much as in the training data.
const SPARSE: f64 = 30.0;

/// Factor of the logarithm by which more stories count against a join: the more happenings a day has, the less likely are
/// two of its stories about the same one.
const CROWDED: f64 = 0.55;

/// Maximum number of stories that are counted. The text decides if there are more.
pub(super) const MAX_COUNTED: usize = 1_000;

/// Returns by how much the log-odds of two dated stories are reduced, if so many stories are within a day of one.
pub(super) fn crowding(stories: usize) -> f64 {
    CROWDED * (stories.min(MAX_COUNTED) as f64 / SPARSE).max(1.0).ln()
}

/// Compares two stories. The log-odds of two dated ones are reduced by `crowding`.
pub(super) fn compare(a: &Story, b: &Story, crowding: f64) -> Likeness {
    #[cfg(test)]
    COMPARISONS.set(COMPARISONS.get() + 1);
    let apart = a.day.zip(b.day).map(|(a, b)| (a - b).abs());
    let is_dated = apart.is_some();
    let none = Likeness { probability: 0.0, log_odds: is_dated.then_some(LOG_ODDS[0]), is_reprint: false };
    if apart.is_some_and(|days| days > WINDOW) {
        return none;
    }
    let (one, other) = (&a.signature, &b.signature);
    let (shared, _) = common_words(one, other);
    if shared < MIN_SHARED[usize::from(!is_dated)] || differ_in_headline_towns(one, other) {
        return none;
    }
    if common_shingles(one, other) >= TEMPLATE && differ_in_names(one, other) {
        return none;
    }
    let features = features(one, other, apart);
    let [dated, undated, bare] = &*MODELS;
    let weights = match (is_dated, one.details.has_headline && other.details.has_headline) {
        (true, _) => dated,
        (false, true) => undated,
        (false, false) => bare,
    };
    let sum: f64 = weights.features.iter().zip(features).map(|(weight, feature)| weight * feature).sum();
    let log_odds = weights.bias + sum - if is_dated { crowding } else { 0.0 };
    let is_reprint = features[3] >= REPRINT && (a.outlet != b.outlet || a.outlet.is_empty());
    let probability = 1.0 / (1.0 + (-log_odds).exp());
    Likeness { probability, log_odds: is_dated.then(|| log_odds.clamp(LOG_ODDS[0], LOG_ODDS[1])), is_reprint }
}

/// Returns the features of two stories that are some days apart, each from 0 to 1, in the order of [`FEATURES`].
pub(super) fn features(a: &Signature, b: &Signature, apart: Option<i64>) -> [f64; COUNT] {
    let (_, [text, lead, headline]) = common_words(a, b);
    let days = apart.map_or(0.0, |days| (-(days as f64) / DECAY).exp());
    let [words, names, numbers, other_numbers, weekdays, months, years, towns] = details(a, b);
    let alike = [text, lead, headline, common_shingles(a, b), days, words, names, numbers];
    let mut out = [0.0; COUNT];
    for (slot, value) in out.iter_mut().zip(alike.into_iter().chain([other_numbers, weekdays, months, years, towns])) {
        *slot = value;
    }
    out
}

/// Returns the number of words that both texts have, and the cosines of the three vectors of weights.
fn common_words(a: &Signature, b: &Signature) -> (usize, [f64; 3]) {
    let mut sums = [0.0_f32; 3];
    let mut shared = 0;
    let mut others = b.terms.iter().peekable();
    for one in &a.terms {
        while others.next_if(|other| other.term < one.term).is_some() {}
        if let Some(other) = others.next_if(|other| other.term == one.term) {
            shared += usize::from(one.weights[0] > 0.0 && other.weights[0] > 0.0);
            for ((sum, x), y) in sums.iter_mut().zip(one.weights).zip(other.weights) {
                *sum += x * y;
            }
        }
    }
    let mut out = [0.0; 3];
    for (((out, sum), x), y) in out.iter_mut().zip(sums).zip(a.lengths).zip(b.lengths) {
        *out = if sum > 0.0 { f64::from(sum / (x * y)) } else { 0.0 };
    }
    (shared, out)
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
    use dateline_analysis::Analysis;
    use dateline_core::article::Article;

    fn story(outlet: &str, day: Option<i64>, text: &str) -> Story {
        let signature = Signature::of(&Article::verbatim("a", text), &Analysis::default());
        Story { id: 1, day, outlet: outlet.to_owned(), signature }
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
            assert!(weights.bias < 0.0, "{weights:?}");
            // Common words count for a join, and different names and numbers count against it.
            assert!(weights.features[..8].iter().all(|weight| *weight >= 0.0), "{weights:?}");
            assert!(weights.features[8..].iter().all(|weight| *weight <= 0.0), "{weights:?}");
        }
        assert!(MODELS[0].features[4] > 0.0 && MODELS[1].features[4].abs() < f64::EPSILON);
        assert!(
            MODELS[1].features.iter().zip(MODELS[2].features).all(|(one, other)| (one - other).abs() < f64::EPSILON)
        );
        assert!(MODELS[2].bias < MODELS[1].bias);
    }

    #[test]
    fn one_happening_in_other_words_is_likelier_than_another_happening_in_the_same_place() {
        let [one, other, strike] = [AGROUND, STRANDED, STRIKE].map(|text| story("a", Some(100), text));
        assert!(compare(&one, &other, 0.0).probability > 0.4, "{:?}", compare(&one, &other, 0.0));
        assert!(compare(&one, &strike, 0.0).probability < 0.2, "{:?}", compare(&one, &strike, 0.0));
        assert_eq!(compare(&one, &other, 0.0), compare(&other, &one, 0.0));
    }

    #[test]
    fn days_apart_decide() {
        let at = |day| story("a", Some(day), STRANDED);
        let of = |day| compare(&story("a", Some(100), AGROUND), &at(day), 0.0).probability;
        assert!(of(100) > of(101) && of(101) > of(104));
        assert!(of(111).abs() < f64::EPSILON && of(89).abs() < f64::EPSILON);
    }

    #[test]
    fn a_common_day_says_less_if_it_has_many_stories() {
        let of = |stories, day| {
            compare(&story("a", Some(100), AGROUND), &story("b", day, STRANDED), crowding(stories)).probability
        };
        assert!((of(0, Some(100)) - of(30, Some(100))).abs() < f64::EPSILON);
        assert!(of(30, Some(100)) > of(200, Some(100)) && of(200, Some(100)) > of(1_000, Some(100)));
        assert!((of(1_000, Some(100)) - of(9_000, Some(100))).abs() < f64::EPSILON);
        assert!((of(0, None) - of(9_000, None)).abs() < f64::EPSILON);
    }

    #[test]
    fn the_same_words_in_another_outlet_are_a_reprint() {
        let longer = format!("{AGROUND} Trains were late as well.");
        let reprint =
            |a: &str, b: &str| compare(&story(a, Some(1), AGROUND), &story(b, Some(3), &longer), 0.0).is_reprint;
        assert!(reprint("a.example", "b.example") && reprint("", ""));
        assert!(!reprint("a.example", "a.example"));
        assert!(!compare(&story("a", Some(1), AGROUND), &story("b", Some(1), STRANDED), 0.0).is_reprint);
        assert!(!compare(&story("a", Some(1), AGROUND), &story("b", Some(12), &longer), 0.0).is_reprint);
    }
}
