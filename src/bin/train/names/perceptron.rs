//! The averaged structured perceptron: where the best labels are wrong, the features of the right
//! ones gain and those of the wrong ones lose; the weights are the mean over all steps.

use dateline::analysis::name::decode::{Scores, Transitions};
use dateline::analysis::name::label::{COUNT, Label};
use dateline::analysis::name::model::{Row, Weights};
use std::collections::HashMap;

/// A stretch of tokens: the features of each and the right labels.
#[derive(Debug, Default)]
pub struct Example {
    /// Features, token by token.
    pub features: Vec<Vec<u32>>,
    /// The right labels.
    pub labels: Vec<Label>,
}

/// Features that are rarer than this in training are left out.
const LEAST_COUNT: u32 = 2;

/// Weights in the making.
pub struct Perceptron {
    weights: Vec<Scores>,
    sums: Vec<Scores>,
    transitions: Transitions,
    transition_sums: [Scores; COUNT],
    step: f32,
}

/// Examples whose features are numbered, and the number of each feature.
pub struct Numbered {
    examples: Vec<Example>,
    keys: Vec<u32>,
}

impl Numbered {
    /// Numbers the features of `examples`, without the rare ones.
    pub fn new(mut examples: Vec<Example>) -> Self {
        let mut counts: HashMap<u32, u32> = HashMap::new();
        for key in examples.iter().flat_map(|example| example.features.iter().flatten()) {
            *counts.entry(*key).or_default() += 1;
        }
        let mut keys: Vec<u32> =
            counts.iter().filter(|(_, count)| **count >= LEAST_COUNT).map(|(key, _)| *key).collect();
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

/// Trains for some rounds and returns scale, transitions and the `keep` heaviest weights.
pub fn train(data: &Numbered, rounds: usize, keep: usize) -> Vec<u8> {
    let mut perceptron = Perceptron::new(data.keys.len());
    let mut order: Vec<usize> = (0..data.examples.len()).collect();
    let mut seed = 42;
    for round in 0..rounds {
        shuffle(&mut order, &mut seed);
        let wrong = order.iter().filter(|index| !perceptron.learn(&data.examples[**index])).count();
        eprintln!("round {}: {wrong} of {} stretches wrong", round + 1, order.len());
    }
    perceptron.pruned(&data.keys, keep)
}

/// Fisher and Yates, over a linear congruential generator: the same on every machine.
fn shuffle(order: &mut [usize], seed: &mut u64) {
    for index in (1..order.len()).rev() {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(index, (*seed >> 33) as usize % (index + 1));
    }
}

impl Perceptron {
    fn new(features: usize) -> Self {
        Self {
            weights: vec![[0.0; COUNT]; features],
            sums: vec![[0.0; COUNT]; features],
            transitions: Transitions::default(),
            transition_sums: [[0.0; COUNT]; COUNT],
            step: 1.0,
        }
    }

    /// One step; whether the labels were right before it.
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
        let mut scores = [0.0; COUNT];
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

    /// The mean weights, the heaviest kept, as a file.
    fn pruned(&self, keys: &[u32], keep: usize) -> Vec<u8> {
        let mean = |weight: f32, sum: f32| weight - sum / self.step;
        let mut transitions = Transitions::default();
        for ((cell, weight), sum) in transitions
            .weights
            .iter_mut()
            .flatten()
            .zip(self.transitions.weights.iter().flatten())
            .zip(self.transition_sums.iter().flatten())
        {
            *cell = mean(*weight, *sum);
        }
        let means: Vec<Scores> = (self.weights.iter().zip(&self.sums))
            .map(|(weights, sums)| std::array::from_fn(|label| mean(weights[label], sums[label])))
            .collect();
        let mut sizes: Vec<f32> =
            means.iter().flatten().map(|weight| weight.abs()).filter(|size| *size > 0.0).collect();
        sizes.sort_unstable_by(|a, b| b.total_cmp(a));
        let least = sizes.get(keep).copied().unwrap_or(0.0);
        // One weight in a thousand may be cut off at the ends of the eight bits: the rest gains precision.
        let scale = sizes.get(sizes.len() / 1000).copied().unwrap_or(1.0) / 127.0;
        let quantised = |weight: f32| (weight / scale).round().clamp(-127.0, 127.0) as i8;
        let rows: Vec<Row> = (keys.iter().zip(&means))
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
        Weights::write(scale, &transitions, &rows)
    }
}
