//! Forest of regression trees. The score of an input is the sum of the leaves it reaches, in log-odds.
//!
//! The binary format is little-endian. It begins with the number of trees (u16). For each tree, the number of nodes
//! (u8) and the nodes follow, parents before children. A node consists of the feature (u8, 255 in a leaf), the index of
//! the right child (u8) and the threshold or the value of the leaf (f32). The left child follows its parent directly.

/// Feature index that marks a leaf.
const LEAF: u8 = u8::MAX;

/// Node of a regression tree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Node {
    /// Index of the feature to compare, or 255 in a leaf.
    pub feature: u8,
    /// Index of the child for values above the threshold, counted from the root of the tree. The child for other values
    /// is the next node.
    pub right: u8,
    /// Threshold of an inner node, or value of a leaf.
    pub value: f32,
}

/// Regression trees whose scores are added up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Forest {
    nodes: Vec<Node>,
    /// Indices of the root nodes, one per tree.
    roots: Vec<usize>,
}

impl Node {
    /// Creates a leaf.
    #[must_use]
    pub const fn leaf(value: f32) -> Self {
        Self { feature: LEAF, right: 0, value }
    }
}

impl Forest {
    /// Adds a tree. Nodes after the first 255 are dropped.
    pub fn push(&mut self, tree: &[Node]) {
        self.roots.push(self.nodes.len());
        self.nodes.extend(tree.iter().take(usize::from(u8::MAX)));
    }

    /// Merges `forests` into one. Leaves are scaled so that the score of the merged forest is the mean of the original
    /// scores.
    #[must_use]
    pub fn mean<'a>(forests: impl ExactSizeIterator<Item = &'a Self>) -> Self {
        let count = forests.len().max(1) as f32;
        let mut out = Self::default();
        for forest in forests {
            let before = out.nodes.len();
            out.roots.extend(forest.roots.iter().map(|root| before + root));
            out.nodes.extend(forest.nodes.iter().map(|node| {
                let value = if node.feature == LEAF { node.value / count } else { node.value };
                Node { value, ..*node }
            }));
        }
        out
    }

    /// Returns the sum of the leaves that a row of features reaches. Missing features count as -1.
    #[must_use]
    pub(crate) fn score(&self, row: &[f32]) -> f32 {
        self.roots.iter().map(|&root| self.leaf(root, row)).sum()
    }

    fn leaf(&self, root: usize, row: &[f32]) -> f32 {
        let mut at = root;
        // The loop ends, since children always come after their parents.
        while let Some(node) = self.nodes.get(at) {
            if node.feature == LEAF {
                return node.value;
            }
            let value = row.get(usize::from(node.feature)).copied().unwrap_or(-1.0);
            at = if value <= node.value { at + 1 } else { (root + usize::from(node.right)).max(at + 1) };
        }
        0.0
    }

    /// Serialises the forest to its binary format.
    #[must_use]
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.nodes.len() * 6 + self.roots.len() + 2);
        out.extend((self.roots.len() as u16).to_le_bytes());
        for (index, &root) in self.roots.iter().enumerate() {
            let end = self.roots.get(index + 1).copied().unwrap_or(self.nodes.len());
            out.push((end - root) as u8);
            for node in &self.nodes[root..end] {
                out.extend([node.feature, node.right]);
                out.extend(node.value.to_le_bytes());
            }
        }
        out
    }

    /// Parses a forest. Returns it with the remaining bytes, or `None` if the input is too short.
    #[must_use]
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let mut forest = Self::default();
        let (trees, mut rest) = bytes.split_first_chunk::<2>()?;
        for _ in 0..u16::from_le_bytes(*trees) {
            let (&count, after) = rest.split_first()?;
            rest = after;
            forest.roots.push(forest.nodes.len());
            for _ in 0..count {
                let ([feature, right, value @ ..], after) = rest.split_first_chunk::<6>()?;
                forest.nodes.push(Node { feature: *feature, right: *right, value: f32::from_le_bytes(*value) });
                rest = after;
            }
        }
        Some((forest, rest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forest() -> Forest {
        let mut forest = Forest::default();
        forest.push(&[Node { feature: 1, right: 2, value: 0.5 }, Node::leaf(-1.0), Node::leaf(2.0)]);
        forest.push(&[Node::leaf(0.25)]);
        forest
    }

    #[test]
    fn leaves_add_up() {
        assert!((forest().score(&[0.0, 0.4]) - -0.75).abs() < 1e-6);
        assert!((forest().score(&[0.0, 0.6]) - 2.25).abs() < 1e-6);
        assert!((forest().score(&[]) - -0.75).abs() < 1e-6);
    }

    #[test]
    fn the_mean_of_two_forests_scores_between_them() {
        let mut other = Forest::default();
        other.push(&[Node::leaf(1.25)]);
        let mean = Forest::mean([&forest(), &other].into_iter());
        assert!((mean.score(&[0.0, 0.4]) - 0.25).abs() < 1e-6);
    }

    #[test]
    fn bytes_bring_it_back() {
        let bytes = forest().to_bytes();
        let (back, rest) = Forest::from_bytes(&bytes).unwrap();
        assert_eq!(back, forest());
        assert!(rest.is_empty());
        assert!(Forest::from_bytes(&bytes[..bytes.len() - 1]).is_none());
    }
}
