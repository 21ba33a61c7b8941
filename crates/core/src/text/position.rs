//! Converts between byte offsets and code-point offsets. Spans count bytes, but input and output count code points.

/// Distance between two checkpoints, in bytes. A lookup scans at most this many bytes.
const STRIDE: usize = 128;

/// Index that converts the byte offsets of a text to code-point offsets and back.
#[derive(Debug)]
pub struct CodePoints<'a> {
    text: &'a str,
    /// Number of code points before byte `i * STRIDE`, for each `i`.
    checkpoints: Vec<usize>,
}

impl<'a> CodePoints<'a> {
    /// Builds the index of `text` in a single pass.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let mut checkpoints = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut count = 0;
        for (index, byte) in text.bytes().enumerate() {
            if index % STRIDE == 0 {
                checkpoints.push(count);
            }
            count += usize::from(starts_character(byte));
        }
        if text.len().is_multiple_of(STRIDE) {
            checkpoints.push(count);
        }
        Self { text, checkpoints }
    }

    /// Returns the number of code points before byte `offset`. An offset past the end of the text counts as the end.
    #[must_use]
    #[inline]
    pub fn at(&self, offset: usize) -> usize {
        let offset = offset.min(self.text.len());
        let block = offset / STRIDE;
        let rest = &self.text.as_bytes()[block * STRIDE..offset];
        self.checkpoints[block] + rest.iter().filter(|byte| starts_character(**byte)).count()
    }

    /// Returns the byte offset of the code point with this index. If the index is past the end, returns the length of
    /// the text.
    #[must_use]
    pub fn byte(&self, index: usize) -> usize {
        let block = self.checkpoints.partition_point(|count| *count <= index).saturating_sub(1);
        let mut count = self.checkpoints[block];
        for (offset, byte) in self.text.bytes().enumerate().skip(block * STRIDE) {
            if starts_character(byte) {
                if count == index {
                    return offset;
                }
                count += 1;
            }
        }
        self.text.len()
    }
}

/// Returns whether a byte of UTF-8 text is the first byte of a character and not a continuation byte.
fn starts_character(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_boundary_goes_there_and_back(text in "\\PC{0,400}") {
            let map = CodePoints::new(&text);
            let boundaries = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            for (index, offset) in boundaries.enumerate() {
                prop_assert_eq!(map.at(offset), index);
                prop_assert_eq!(map.byte(index), offset);
            }
        }
    }
}
