//! Viterbi decoding: finds the best sequence of labels for a range of tokens. Only legal transitions between adjacent
//! labels are considered.

use super::label::{COUNT, Label};

/// Scores of one token for every label, indexed by label number.
pub(crate) type Scores = [f32; COUNT];

/// Scores of the transitions between adjacent labels.
#[derive(Clone, Debug)]
pub struct Transitions {
    /// Score of each transition between labels, indexed as `weights[from][to]`.
    pub weights: [Scores; COUNT],
    /// For each label, the set of labels that may precede it, as bits.
    before: [u32; COUNT],
}

impl Default for Transitions {
    fn default() -> Self {
        let mut before = [0; COUNT];
        for (to, set) in before.iter_mut().enumerate() {
            let legal = (0..COUNT).filter(|from| Label(*from as u8).allows(Label(to as u8)));
            *set = legal.fold(0, |set, from| set | 1 << from);
        }
        Self { weights: [[0.0; COUNT]; COUNT], before }
    }
}

impl Transitions {
    /// Writes the best label sequence to `out`, with one label per row of `scores`. Assumes that the tokens around the
    /// range are outside names.
    pub fn best(&self, scores: &[Scores], out: &mut Vec<Label>) {
        out.clear();
        let mut paths: Vec<[u8; COUNT]> = Vec::with_capacity(scores.len());
        let mut current = [f32::NEG_INFINITY; COUNT];
        for (index, row) in scores.iter().enumerate() {
            let mut next = [f32::NEG_INFINITY; COUNT];
            let mut from = [0; COUNT];
            for (to, cell) in next.iter_mut().enumerate() {
                if index == 0 {
                    if self.before[to] & 1 != 0 {
                        *cell = self.weights[0][to] + row[to];
                    }
                    continue;
                }
                let mut legal = self.before[to];
                while legal != 0 {
                    let before = legal.trailing_zeros() as usize;
                    legal &= legal - 1;
                    let sum = current[before] + self.weights[before][to];
                    if sum > *cell {
                        *cell = sum;
                        from[to] = before as u8;
                    }
                }
                *cell += row[to];
            }
            paths.push(from);
            current = next;
        }
        let ends = (0..COUNT).filter(|label| Label(*label as u8).may_end());
        let last = ends.max_by(|a, b| self.ending(&current, *a).total_cmp(&self.ending(&current, *b))).unwrap_or(0);
        let mut label = last as u8;
        for from in paths.iter().rev() {
            out.push(Label(label));
            label = from.get(usize::from(label)).copied().unwrap_or(0);
        }
        out.reverse();
    }

    fn ending(&self, current: &Scores, label: usize) -> f32 {
        current[label] + self.weights[label][0]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::label::NameType;

    #[test]
    fn an_illegal_sequence_is_never_best() {
        let mut scores = vec![[0.0; COUNT]; 2];
        scores[0][usize::from(Label::of(NameType::Person, 0, 2).0)] = 5.0;
        scores[1][usize::from(Label::of(NameType::Location, 1, 2).0)] = 4.0;
        scores[1][usize::from(Label::of(NameType::Person, 1, 2).0)] = 3.0;
        let mut out = Vec::new();
        Transitions::default().best(&scores, &mut out);
        assert_eq!(out, [Label::of(NameType::Person, 0, 2), Label::of(NameType::Person, 1, 2)]);
    }
}
