//! Gradient-boosted regression trees on binned features, which predict log-odds.

use dateline_ingest::training::{Forest, Node};

/// Number of bins into which the values of a feature are divided.
const BINS: usize = 64;

/// Training hyperparameters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Settings {
    pub trees: usize,
    pub depth: usize,
    pub rate: f32,
    /// Proportion of the features sampled for each tree.
    pub features: f32,
    /// Proportion of the rows sampled for each tree.
    pub rows: f32,
    /// Minimum sum of second derivatives (hessian) in a leaf.
    pub least: f32,
    /// L2 regularisation of leaf values.
    pub penalty: f32,
}

/// Training rows with their labels and weights.
#[derive(Debug)]
pub(super) struct Rows<'a> {
    pub features: Vec<&'a [f32]>,
    pub labels: Vec<f32>,
    pub weights: Vec<f32>,
}

/// A small pseudorandom number generator (splitmix64), which gives the same numbers on every machine.
pub(super) struct Random(pub u64);

impl Random {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Returns a uniformly distributed number between 0 (inclusive) and 1 (exclusive).
    pub(super) fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1_u64 << 24) as f32
    }
}

/// Binned feature values in columns, and the thresholds between the bins of each feature.
struct Binned {
    columns: Vec<Vec<u8>>,
    cuts: Vec<Vec<f32>>,
}

impl Binned {
    fn new(rows: &[&[f32]]) -> Self {
        let width = rows.first().map_or(0, |row| row.len());
        let mut columns = Vec::with_capacity(width);
        let mut cuts = Vec::with_capacity(width);
        for feature in 0..width {
            let mut values: Vec<f32> = rows.iter().map(|row| row[feature]).collect();
            values.sort_unstable_by(f32::total_cmp);
            let mut of_feature: Vec<f32> = Vec::new();
            for bin in 1..BINS {
                let at = bin * values.len() / BINS;
                let (below, above) = (values[at.saturating_sub(1)], values[at]);
                if below < above {
                    of_feature.push(f32::midpoint(below, above));
                }
            }
            // If there are few distinct values, put a threshold between each pair of neighbours.
            let mut distinct = values.clone();
            distinct.dedup();
            if distinct.len() <= BINS {
                of_feature = distinct.windows(2).map(|pair| f32::midpoint(pair[0], pair[1])).collect();
            }
            of_feature.dedup();
            columns.push(rows.iter().map(|row| of_feature.partition_point(|cut| *cut < row[feature]) as u8).collect());
            cuts.push(of_feature);
        }
        Self { columns, cuts }
    }
}

/// A candidate split: its gain, the index of the feature, and the bin after which to split.
type Split = (f32, usize, usize);

/// Trains a forest on the training rows.
pub(super) fn grow(data: &Rows<'_>, settings: &Settings, seed: u64) -> Forest {
    let binned = Binned::new(&data.features);
    let mut random = Random(seed);
    let mut forest = Forest::default();
    let positive: f32 = data.labels.iter().zip(&data.weights).map(|(label, weight)| label * weight).sum();
    let all: f32 = data.weights.iter().sum();
    let base = (positive.max(1e-3) / (all - positive).max(1e-3)).ln();
    forest.push(&[Node::leaf(base)]);
    let mut odds = vec![base; data.features.len()];
    for _ in 0..settings.trees {
        let derivatives: Vec<(f32, f32)> = (0..odds.len())
            .map(|row| {
                let likely = 1.0 / (1.0 + (-odds[row]).exp());
                let weight = data.weights[row];
                (weight * (data.labels[row] - likely), (weight * likely * (1.0 - likely)).max(1e-6))
            })
            .collect();
        let sample: Vec<u32> = (0..odds.len() as u32).filter(|_| random.unit() < settings.rows).collect();
        let features: Vec<usize> = (0..binned.columns.len()).filter(|_| random.unit() < settings.features).collect();
        let mut tree = Vec::new();
        branch(&mut tree, &binned, &derivatives, sample, &features, settings, settings.depth);
        for (row, odds) in odds.iter_mut().enumerate() {
            *odds += leaf(&tree, data.features[row]);
        }
        forest.push(&tree);
    }
    forest
}

fn leaf(tree: &[Node], row: &[f32]) -> f32 {
    let mut at = 0;
    loop {
        let node = &tree[at];
        if node.feature == u8::MAX {
            return node.value;
        }
        at = if row[usize::from(node.feature)] <= node.value { at + 1 } else { usize::from(node.right) };
    }
}

/// Appends the node for the rows in `sample`, and its descendants, to `tree`.
fn branch(
    tree: &mut Vec<Node>,
    binned: &Binned,
    derivatives: &[(f32, f32)],
    sample: Vec<u32>,
    features: &[usize],
    settings: &Settings,
    depth: usize,
) {
    let (gradient, curvature) = sample.iter().fold((0.0, 0.0), |(g, h), row| {
        let (gradient, curvature) = derivatives[*row as usize];
        (g + gradient, h + curvature)
    });
    let split = (depth > 0)
        .then(|| best_split(binned, derivatives, &sample, features, settings, (gradient, curvature)))
        .flatten();
    let Some((_, feature, bin)) = split else {
        tree.push(Node::leaf(settings.rate * gradient / (curvature + settings.penalty)));
        return;
    };
    let at = tree.len();
    tree.push(Node { feature: feature as u8, right: 0, value: binned.cuts[feature][bin] });
    let (low, high): (Vec<u32>, Vec<u32>) =
        sample.into_iter().partition(|row| usize::from(binned.columns[feature][*row as usize]) <= bin);
    branch(tree, binned, derivatives, low, features, settings, depth - 1);
    tree[at].right = tree.len() as u8;
    branch(tree, binned, derivatives, high, features, settings, depth - 1);
}

/// Finds the split that reduces the loss most, if any split does.
fn best_split(
    binned: &Binned,
    derivatives: &[(f32, f32)],
    sample: &[u32],
    features: &[usize],
    settings: &Settings,
    total: (f32, f32),
) -> Option<Split> {
    let quality = |g: f32, h: f32| g * g / (h + settings.penalty);
    let mut best: Option<Split> = None;
    for &feature in features {
        let column = &binned.columns[feature];
        let mut bins = [(0.0_f32, 0.0_f32); BINS];
        for row in sample {
            let (g, h) = derivatives[*row as usize];
            let bin = &mut bins[usize::from(column[*row as usize])];
            bin.0 += g;
            bin.1 += h;
        }
        let (mut g, mut h) = (0.0, 0.0);
        for (bin, (gradient, curvature)) in bins.iter().enumerate().take(binned.cuts[feature].len()) {
            g += gradient;
            h += curvature;
            if h < settings.least || total.1 - h < settings.least {
                continue;
            }
            let gain = quality(g, h) + quality(total.0 - g, total.1 - h) - quality(total.0, total.1);
            if gain > 1e-4 && best.is_none_or(|(other, ..)| gain > other) {
                best = Some((gain, feature, bin));
            }
        }
    }
    best
}
