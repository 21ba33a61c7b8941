//! Averaged perceptron with a margin. If the best tag is wrong, or the correct tag wins by less than the margin, the
//! weights of the correct tag are increased for the current features, and those of its best rival are reduced. The
//! final weights are the mean over all steps and over several orders of the sentences.

use dateline_analysis::training::Row;
use dateline_analysis::training::pos::{History, PennTag, Reading, Weights, step};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Hyperparameters of the training.
pub(super) struct Settings {
    /// Number of rounds over the sentences in each training run.
    pub rounds: usize,
    /// Number of training runs, each with a different order of the sentences. The weights are the mean of all runs.
    pub orders: u64,
    /// Number of weights to keep; the smallest ones are dropped.
    pub keep: usize,
    /// Margin by which the score of the correct tag must exceed all others.
    pub margin: f32,
    /// Number of features in a thousand that are randomly dropped at each step.
    pub drop: u64,
    /// Minimum number of occurrences of a feature in the training data. Rarer features are dropped.
    pub least: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { rounds: 6, orders: 3, keep: 140_000, margin: 4.0, drop: 100, least: 2 }
    }
}

/// Thresholds for a word whose tag is fixed: the minimum number of occurrences, and how many in a thousand of them must
/// have the same tag.
const FIXED: (u32, u32) = (10, 995);

/// Training sentences with their tags.
#[derive(Default)]
pub(super) struct Corpus {
    readings: Vec<Reading>,
    sentences: Vec<Sentence>,
}

/// A sentence: the index of its document, its tokens, and their tags.
struct Sentence {
    reading: usize,
    tokens: Range<usize>,
    tags: Vec<Option<PennTag>>,
}

impl Corpus {
    /// Adds a document. `tags` has one entry per token of the document.
    pub(super) fn push(&mut self, reading: Reading, sentences: Vec<Range<usize>>, tags: &[Option<PennTag>]) {
        let number = self.readings.len();
        self.readings.push(reading);
        self.sentences.extend(sentences.into_iter().map(|tokens| {
            let tags = tags[tokens.clone()].to_vec();
            Sentence { reading: number, tokens, tags }
        }));
    }

    /// Returns the words that always get the same tag, by their key.
    fn fixed(&self) -> HashMap<u32, PennTag> {
        let mut counts: HashMap<u32, HashMap<PennTag, u32>> = HashMap::new();
        // Words that are names or nouns elsewhere: "May" is a modal or a month.
        let mut ambiguous: HashSet<u32> = HashSet::new();
        for sentence in &self.sentences {
            let reading = &self.readings[sentence.reading];
            for (index, tag) in sentence.tokens.clone().zip(&sentence.tags) {
                if !reading.may_be_fixed(index) {
                    ambiguous.insert(reading.written(index));
                } else if let Some(tag) = tag {
                    *counts.entry(reading.written(index)).or_default().entry(*tag).or_default() += 1;
                }
            }
        }
        let unambiguous = counts.into_iter().filter(|(key, _)| !ambiguous.contains(key));
        let single = unambiguous.filter_map(|(key, tags)| {
            let all: u32 = tags.values().sum();
            let (tag, most) = tags.into_iter().max_by_key(|(_, count)| *count)?;
            (all >= FIXED.0 && most * 1000 >= all * FIXED.1).then_some((key, tag))
        });
        single.collect()
    }
}

/// Weights of a feature, one per tag.
type Cells = [f32; PennTag::COUNT];

/// A corpus with indices in place of features.
struct Numbered<'a> {
    corpus: &'a Corpus,
    fixed: HashMap<u32, PennTag>,
    /// Feature indices that do not depend on earlier tags, by sentence and token.
    still: Vec<Vec<Vec<u32>>>,
    /// Feature indices, by feature key.
    numbers: HashMap<u32, u32>,
    keys: Vec<u32>,
}

impl<'a> Numbered<'a> {
    /// Replaces the features of a corpus with indices. Rare features are dropped.
    fn new(corpus: &'a Corpus, least: u32) -> Self {
        let fixed = corpus.fixed();
        let mut counts: HashMap<u32, u32> = HashMap::new();
        let mut still: Vec<Vec<Vec<u32>>> = Vec::new();
        for sentence in &corpus.sentences {
            let reading = &corpus.readings[sentence.reading];
            let mut history = History::default();
            let mut tokens = Vec::new();
            for (index, tag) in sentence.tokens.clone().zip(&sentence.tags) {
                let mut keys = Vec::new();
                if !fixed.contains_key(&reading.written(index)) {
                    reading.still(&sentence.tokens, index, |key| keys.push(key));
                    for key in &keys {
                        *counts.entry(*key).or_default() += 1;
                    }
                    reading.moving(&sentence.tokens, index, history, |key| *counts.entry(key).or_default() += 1);
                }
                tokens.push(keys);
                reading.push(&mut history, index, tag.unwrap_or_default());
            }
            still.push(tokens);
        }
        let mut keys: Vec<u32> = counts.iter().filter(|(_, count)| **count >= least).map(|(key, _)| *key).collect();
        keys.sort_unstable();
        let numbers: HashMap<u32, u32> = keys.iter().zip(0..).map(|(key, number)| (*key, number)).collect();
        for features in still.iter_mut().flatten() {
            *features = features.iter().filter_map(|key| numbers.get(key).copied()).collect();
        }
        Self { corpus, fixed, still, numbers, keys }
    }

    /// Returns the mean weights of several training runs. Only weights marked in `allowed` change.
    fn mean(&self, settings: &Settings, allowed: &[u64]) -> Vec<Cells> {
        let mut mean = vec![[0.0; PennTag::COUNT]; self.keys.len()];
        for seed in 0..settings.orders {
            let mut learner = Learner::new(self, settings, allowed, seed);
            let mut order: Vec<usize> = (0..self.corpus.sentences.len()).collect();
            for round in 0..settings.rounds {
                learner.shuffle(&mut order);
                let wrong: usize = order.iter().map(|sentence| learner.learn(*sentence)).sum();
                eprintln!("order {} round {}: {wrong} mistakes", seed + 1, round + 1);
            }
            learner.add_mean(&mut mean, settings.orders as f32);
        }
        mean
    }
}

/// Trains the weights. Returns a weights file with the `keep` largest ones, which are trained once more after the
/// others have been dropped.
pub(super) fn train(corpus: &Corpus, settings: &Settings) -> Vec<u8> {
    let data = Numbered::new(corpus, settings.least);
    let every = vec![u64::MAX; data.keys.len()];
    let first = data.mean(settings, &every);
    let allowed = heaviest(&first, settings.keep);
    let last = data.mean(settings, &allowed);
    let mut words: Vec<(u32, PennTag)> = data.fixed.iter().map(|(key, tag)| (*key, *tag)).collect();
    words.sort_unstable();
    let rows = quantised(&data.keys, &last);
    eprintln!("{} features kept of {}, {} fixed words", rows.len(), data.keys.len(), words.len());
    Weights::write(&words, &rows)
}

/// Returns a bit mask of the `keep` largest weights: one integer per feature, one bit per tag.
fn heaviest(weights: &[Cells], keep: usize) -> Vec<u64> {
    let mut sizes: Vec<f32> = weights.iter().flatten().map(|weight| weight.abs()).filter(|size| *size > 0.0).collect();
    sizes.sort_unstable_by(|a, b| b.total_cmp(a));
    let least = sizes.get(keep).copied().unwrap_or(0.0);
    let bits = |cells: &Cells| {
        cells.iter().enumerate().filter(|(_, weight)| weight.abs() > least).fold(0, |bits, (tag, _)| bits | 1 << tag)
    };
    weights.iter().map(bits).collect()
}

/// Quantises the weights. One weight in a thousand may be clipped to the limits of the scale, which makes all others
/// more precise.
fn quantised(keys: &[u32], weights: &[Cells]) -> Vec<Row> {
    let mut sizes: Vec<f32> = weights.iter().flatten().map(|weight| weight.abs()).filter(|size| *size > 0.0).collect();
    sizes.sort_unstable_by(|a, b| b.total_cmp(a));
    let unit = sizes.get(sizes.len() / 1000).copied().unwrap_or(1.0) / f32::from(step(i8::MAX));
    let code = |weight: f32| {
        let steps = weight.abs() / unit;
        let nearest = (0..=i8::MAX)
            .min_by(|a, b| (f32::from(step(*a)) - steps).abs().total_cmp(&(f32::from(step(*b)) - steps).abs()));
        nearest.unwrap_or(0) * if weight < 0.0 { -1 } else { 1 }
    };
    let row = |cells: &Cells| -> Vec<(u8, i8)> {
        let codes = cells.iter().zip(0..).filter(|(weight, _)| **weight != 0.0);
        codes.map(|(weight, tag)| (tag, code(*weight))).filter(|(_, code)| *code != 0).collect()
    };
    let rows = keys.iter().zip(weights).map(|(key, cells)| (*key, row(cells)));
    rows.filter(|(_, row)| !row.is_empty()).collect()
}

/// State of a training run.
struct Learner<'a> {
    data: &'a Numbered<'a>,
    settings: &'a Settings,
    allowed: &'a [u64],
    weights: Vec<Cells>,
    sums: Vec<[f64; PennTag::COUNT]>,
    step: f64,
    chance: u64,
}

impl<'a> Learner<'a> {
    fn new(data: &'a Numbered<'a>, settings: &'a Settings, allowed: &'a [u64], seed: u64) -> Self {
        let features = data.keys.len();
        let (weights, sums) = (vec![[0.0; PennTag::COUNT]; features], vec![[0.0; PennTag::COUNT]; features]);
        Self { data, settings, allowed, weights, sums, step: 1.0, chance: seed }
    }

    /// Trains on one sentence. Returns the number of mistakes made.
    fn learn(&mut self, number: usize) -> usize {
        let data = self.data;
        let sentence = &data.corpus.sentences[number];
        let reading = &data.corpus.readings[sentence.reading];
        let mut history = History::default();
        let mut wrong = 0;
        let mut features = Vec::new();
        for (at, index) in sentence.tokens.clone().enumerate() {
            if let Some(tag) = data.fixed.get(&reading.written(index)) {
                reading.push(&mut history, index, *tag);
                continue;
            }
            features.clear();
            features.extend(&data.still[number][at]);
            reading.moving(&sentence.tokens, index, history, |key| features.extend(data.numbers.get(&key)));
            if self.settings.drop > 0 {
                features.retain(|_| self.below(1000) >= self.settings.drop);
            }
            let best = self.token(&features, sentence.tags[at]);
            wrong += usize::from(sentence.tags[at].is_some_and(|tag| tag != best));
            reading.push(&mut history, index, best);
        }
        wrong
    }

    /// Trains on one token. Returns the tag that was best before this step.
    fn token(&mut self, features: &[u32], right: Option<PennTag>) -> PennTag {
        let mut scores = [0.0; PennTag::COUNT];
        for feature in features {
            for (score, weight) in scores.iter_mut().zip(&self.weights[*feature as usize]) {
                *score += weight;
            }
        }
        let best = argmax(&scores, None);
        let Some(right) = right else { return tag_of(best) };
        let rival = argmax(&scores, Some(right as usize));
        self.step += 1.0;
        if scores[right as usize] - scores[rival] < self.settings.margin {
            self.update(features, right as usize, 1.0);
            self.update(features, rival, -1.0);
        }
        tag_of(best)
    }

    fn update(&mut self, features: &[u32], tag: usize, by: f32) {
        for feature in features {
            let feature = *feature as usize;
            if self.allowed[feature] >> tag & 1 == 1 {
                self.weights[feature][tag] += by;
                self.sums[feature][tag] += f64::from(by) * self.step;
            }
        }
    }

    /// Adds the weights, averaged over all steps and divided by `share`.
    fn add_mean(&self, mean: &mut [Cells], share: f32) {
        for (out, (weights, sums)) in mean.iter_mut().zip(self.weights.iter().zip(&self.sums)) {
            for (cell, (weight, sum)) in out.iter_mut().zip(weights.iter().zip(sums)) {
                *cell += (weight - (sum / self.step) as f32) / share;
            }
        }
    }

    /// Shuffles indices with the Fisher–Yates algorithm.
    fn shuffle(&mut self, order: &mut [usize]) {
        for index in (1..order.len()).rev() {
            let other = self.below(index as u64 + 1) as usize;
            order.swap(index, other);
        }
    }

    /// Returns a pseudorandom number less than `limit`. The linear congruential generator gives the same numbers on
    /// every machine.
    fn below(&mut self, limit: u64) -> u64 {
        self.chance = self.chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.chance >> 33) % limit
    }
}

/// Returns the index of the highest score, or the first of several equal ones. The index `except` is not considered.
fn argmax(scores: &Cells, except: Option<usize>) -> usize {
    let places = (0..scores.len()).rev().filter(|place| Some(*place) != except);
    places.max_by(|a, b| scores[*a].total_cmp(&scores[*b])).unwrap_or(0)
}

fn tag_of(place: usize) -> PennTag {
    PennTag::from_index(place).unwrap_or_default()
}
