//! The recogniser's weights as a file: for each feature the hash of 32 bits, then the labels that
//! it speaks for or against in eight bits each. Little-endian; no feature is named.
//!
//! ```text
//! "NAMES1"  scale: f32  transitions: 17 × 17 × f32  count: u32  count × key: u32
//! count × (n: u8, n × (label: u8, weight: i8))
//! ```

use super::decode::{Scores, Transitions};
use super::label::COUNT;

/// What a file of weights begins with.
const MAGIC: &[u8; 6] = b"NAMES1";

/// Weights that can be looked up by feature.
#[derive(Debug, Default)]
pub struct Weights {
    /// How well labels follow each other.
    pub transitions: Transitions,
    scale: f32,
    /// Open addressing: feature and where its row begins, 0 for an empty slot.
    slots: Vec<(u32, u32)>,
    rows: Vec<u8>,
    /// One bit for each key's last bits: most features asked for have no weights, and the bits lie
    /// close enough to each other to say so at once.
    known: Vec<u64>,
}

/// How many bits of a key choose its bit of `known`: 256 kB, which the processor keeps near.
const KNOWN_BITS: u32 = 21;

/// One feature's weights, label by label.
pub type Row = (u32, Vec<(u8, i8)>);

impl Weights {
    /// Reads a file; `None` when it is none.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(MAGIC)?;
        let scale = f32::from_le_bytes(take(&mut rest)?);
        let mut transitions = Transitions::default();
        for cell in transitions.weights.iter_mut().flatten() {
            *cell = f32::from_le_bytes(take(&mut rest)?);
        }
        let count = u32::from_le_bytes(take(&mut rest)?) as usize;
        let (keys, rows) = rest.split_at_checked(count.checked_mul(4)?)?;
        let mut weights = Self {
            transitions,
            scale,
            slots: vec![(0, 0); (2 * count).next_power_of_two()],
            rows: vec![0],
            known: vec![0; 1 << (KNOWN_BITS - 6)],
        };
        weights.rows.extend_from_slice(rows);
        let mut row = 1;
        for key in keys.as_chunks().0 {
            weights.insert(u32::from_le_bytes(*key), row as u32);
            row += 1 + 2 * usize::from(*weights.rows.get(row)?);
        }
        Some(weights)
    }

    /// The file for these weights.
    #[must_use]
    pub fn write(scale: f32, transitions: &Transitions, features: &[Row]) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend(scale.to_le_bytes());
        out.extend(transitions.weights.iter().flatten().flat_map(|weight| weight.to_le_bytes()));
        out.extend((features.len() as u32).to_le_bytes());
        out.extend(features.iter().flat_map(|(key, _)| key.to_le_bytes()));
        for (_, row) in features {
            out.push(row.len() as u8);
            out.extend(row.iter().flat_map(|(label, weight)| [*label, weight.to_le_bytes()[0]]));
        }
        out
    }

    fn insert(&mut self, key: u32, row: u32) {
        let (word, bit) = place(key);
        if let Some(word) = self.known.get_mut(word) {
            *word |= bit;
        }
        let mask = self.slots.len() - 1;
        let mut at = key as usize & mask;
        while self.slots[at].1 != 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = (key, row);
    }

    /// Adds a feature's weights to `scores`.
    pub fn add(&self, key: u32, scores: &mut [i32; COUNT]) {
        let (word, bit) = place(key);
        if self.known.get(word).is_none_or(|word| word & bit == 0) {
            return;
        }
        let Some(mask) = self.slots.len().checked_sub(1) else { return };
        let mut at = key as usize & mask;
        loop {
            let (found, row) = self.slots[at];
            if row == 0 {
                return;
            }
            if found == key {
                return self.add_row(row as usize, scores);
            }
            at = (at + 1) & mask;
        }
    }

    fn add_row(&self, row: usize, scores: &mut [i32; COUNT]) {
        let length = self.rows.get(row).map_or(0, |length| usize::from(*length));
        let pairs = self.rows.get(row + 1..row + 1 + 2 * length).unwrap_or_default();
        for [label, weight] in pairs.as_chunks().0 {
            if let Some(score) = scores.get_mut(usize::from(*label)) {
                *score += i32::from(i8::from_le_bytes([*weight]));
            }
        }
    }

    /// Sums of quantised weights as scores.
    #[must_use]
    pub fn scores(&self, sums: &[i32; COUNT]) -> Scores {
        sums.map(|sum| sum as f32 * self.scale)
    }
}

/// The word and the bit of `known` that stand for a key.
const fn place(key: u32) -> (usize, u64) {
    let index = key >> (32 - KNOWN_BITS);
    (index as usize >> 6, 1 << (index & 63))
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (head, tail) = rest.split_first_chunk::<N>()?;
    *rest = tail;
    Some(*head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let rows = vec![(7, vec![(0, -3), (16, 100)]), (9, vec![(1, 1)])];
        let bytes = Weights::write(0.5, &Transitions::default(), &rows);
        let weights = Weights::read(&bytes).unwrap();
        let mut sums = [0; COUNT];
        weights.add(7, &mut sums);
        weights.add(9, &mut sums);
        weights.add(8, &mut sums);
        assert_eq!((sums[0], sums[1], sums[16]), (-3, 1, 100));
        assert!((weights.scores(&sums)[16] - 50.0).abs() < 1e-6);
    }

    #[test]
    fn a_broken_file_is_refused() {
        let bytes = Weights::write(0.5, &Transitions::default(), &[(7, vec![(0, -3)])]);
        assert!(Weights::read(&bytes[..bytes.len() - 4]).is_none());
        assert!(Weights::read(b"").is_none());
    }
}
