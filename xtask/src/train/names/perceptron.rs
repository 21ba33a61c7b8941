//! Averaged structured perceptron. If the best labels are wrong, the weights of the correct labels are increased for
//! their features, and those of the wrong labels are reduced. The final weights are the mean over all steps.

use dateline_analysis::training::Row;
use dateline_analysis::training::names::{self, Example, LABEL_COUNT, Label, Transitions};
use std::collections::HashMap;

/// One score per label.
type Scores = [f32; LABEL_COUNT];

/// Minimum number of occurrences of a feature in the training data. Rarer features are dropped.
const MIN_COUNT: u32 = 2;

/// Weights of the perceptron during training.
pub(super) struct Perceptron {
    weights: Vec<Scores>,
    sums: Vec<Scores>,
    transitions: Transitions,
    transition_sums: [Scores; LABEL_COUNT],
    step: f32,
}

/// Training examples with indices in place of features, and the key of each index.
pub(super) struct Numbered {
    examples: Vec<Example>,
    keys: Vec<u32>,
}

impl Numbered {
    /// Replaces the features of `examples` with indices. Rare features are dropped.
    pub(super) fn new(mut examples: Vec<Example>) -> Self {
        let mut counts: HashMap<u32, u32> = HashMap::new();
        for key in examples.iter().flat_map(|example| example.features.iter().flatten()) {
            *counts.entry(*key).or_default() += 1;
        }
        let mut keys: Vec<u32> = counts.iter().filter(|(_, count)| **count >= MIN_COUNT).map(|(key, _)| *key).collect();
        keys.sort_unstable();
        let numbers: HashMap<u32, u32> = keys.iter().zip(0..).map(|(key, number)| (*key, number)).collect();
        for features in examples.iter_mut().flat_map(|example| example.features.iter_mut()) {
            features.retain_mut(|key| {
                let number = numbers.get(key);
                if let Some(number) = number {
                    *key = *number;
                }
                number.is_some()
            });
        }
        Self { examples, keys }
    }
}

/// Number of training runs, each with a different order of the data. The final weights are the mean of all runs.
const ORDERS: u64 = 16;

/// Trains for `rounds` passes. Returns a weights file with the `keep` largest weights.
pub(super) fn train(data: &Numbered, rounds: usize, keep: usize) -> Vec<u8> {
    let mut mean = Mean::new(data.keys.len());
    for seed in 0..ORDERS {
        let mut perceptron = Perceptron::new(data.keys.len());
        let mut order: Vec<usize> = (0..data.examples.len()).collect();
        let mut state = seed;
        for round in 0..rounds {
            shuffle(&mut order, &mut state);
            let wrong = order.iter().filter(|index| !perceptron.learn(&data.examples[**index])).count();
            eprintln!("order {} round {}: {wrong} of {} stretches wrong", seed + 1, round + 1, order.len());
        }
        mean.add(&perceptron);
    }
    mean.pruned(&data.keys, keep)
}

/// Mean weights over several training runs.
struct Mean {
    weights: Vec<Scores>,
    transitions: Transitions,
}

impl Mean {
    fn new(features: usize) -> Self {
        Self { weights: vec![[0.0; LABEL_COUNT]; features], transitions: Transitions::default() }
    }

    /// Adds the weights of a training run, averaged over its steps.
    fn add(&mut self, perceptron: &Perceptron) {
        let mean = |weight: f32, sum: f32| (weight - sum / perceptron.step) / ORDERS as f32;
        let all = self.weights.iter_mut().zip(perceptron.weights.iter().zip(&perceptron.sums));
        let rows = self.transitions.weights.iter_mut();
        let moves = rows.zip(perceptron.transitions.weights.iter().zip(&perceptron.transition_sums));
        for (out, (weights, sums)) in all.chain(moves) {
            for (cell, (weight, sum)) in out.iter_mut().zip(weights.iter().zip(sums)) {
                *cell += mean(*weight, *sum);
            }
        }
    }

    /// Returns a weights file with the `keep` largest mean weights.
    fn pruned(&self, keys: &[u32], keep: usize) -> Vec<u8> {
        let means = &self.weights;
        let mut sizes: Vec<f32> =
            means.iter().flatten().map(|weight| weight.abs()).filter(|size| *size > 0.0).collect();
        sizes.sort_unstable_by(|a, b| b.total_cmp(a));
        let least = sizes.get(keep).copied().unwrap_or(0.0);
        // One weight in a thousand may be clipped to the 8-bit range, which makes all others more precise.
        let scale = sizes.get(sizes.len() / 1000).copied().unwrap_or(1.0) / 127.0;
        let quantised = |weight: f32| (weight / scale).round().clamp(-127.0, 127.0) as i8;
        let rows: Vec<Row> = (keys.iter().zip(means))
            .filter_map(|(key, weights)| {
                let row: Vec<(u8, i8)> = (weights.iter().zip(0..))
                    .filter(|(weight, _)| weight.abs() > least)
                    .map(|(weight, label)| (label, quantised(*weight)))
                    .filter(|(_, weight)| *weight != 0)
                    .collect();
                (!row.is_empty()).then_some((*key, row))
            })
            .collect();
        eprintln!("{} features kept of {}", rows.len(), keys.len());
        names::write(scale, &self.transitions, &rows)
    }
}

/// Shuffles with the Fisher–Yates algorithm and a linear congruential generator, which give the same order on every
/// machine.
fn shuffle(order: &mut [usize], seed: &mut u64) {
    for index in (1..order.len()).rev() {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(index, (*seed >> 33) as usize % (index + 1));
    }
}

impl Perceptron {
    fn new(features: usize) -> Self {
        Self {
            weights: vec![[0.0; LABEL_COUNT]; features],
            sums: vec![[0.0; LABEL_COUNT]; features],
            transitions: Transitions::default(),
            transition_sums: [[0.0; LABEL_COUNT]; LABEL_COUNT],
            step: 1.0,
        }
    }

    /// Performs one training step. Returns whether the labels were already correct.
    fn learn(&mut self, example: &Example) -> bool {
        let scores: Vec<Scores> = example.features.iter().map(|features| self.scores(features)).collect();
        let mut best = Vec::new();
        self.transitions.best(&scores, &mut best);
        self.step += 1.0;
        if best == example.labels {
            return true;
        }
        self.update(example, &example.labels, 1.0);
        self.update(example, &best, -1.0);
        false
    }

    fn scores(&self, features: &[u32]) -> Scores {
        let mut scores = [0.0; LABEL_COUNT];
        for feature in features {
            for (score, weight) in scores.iter_mut().zip(&self.weights[*feature as usize]) {
                *score += weight;
            }
        }
        scores
    }

    fn update(&mut self, example: &Example, labels: &[Label], by: f32) {
        let mut before = 0;
        for (features, label) in example.features.iter().zip(labels) {
            let label = usize::from(label.0);
            for feature in features {
                self.weights[*feature as usize][label] += by;
                self.sums[*feature as usize][label] += by * self.step;
            }
            self.transitions.weights[before][label] += by;
            self.transition_sums[before][label] += by * self.step;
            before = label;
        }
        self.transitions.weights[before][0] += by;
        self.transition_sums[before][0] += by * self.step;
    }
}
