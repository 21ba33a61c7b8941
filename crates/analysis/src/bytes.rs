//! Reads and writes the parts of binary weights files: variable-length integers, fixed-size byte arrays, and single
//! bits. This module knows nothing about their meaning.

/// Reads an integer in LEB128: seven bits per byte, lowest first. The highest bit of a byte indicates that another byte
/// follows.
pub(crate) fn number_of(rest: &mut &[u8]) -> Option<u32> {
    let mut number = 0_u32;
    for shift in (0..32).step_by(7) {
        let [byte] = take(rest)?;
        number |= u32::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

/// Appends an integer in LEB128.
pub(crate) fn put_number(out: &mut Vec<u8>, mut number: u32) {
    while number > 0x7f {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Splits `N` bytes off the front of `rest`. Returns `None` if fewer are left.
pub(crate) fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (head, tail) = rest.split_first_chunk::<N>()?;
    *rest = tail;
    Some(*head)
}

/// Number of zeros that introduces a plain 32-bit integer. Values whose Rice code would begin with at least as many
/// zeros are written in this way.
const MAX_ZEROS: u32 = 24;

/// Writer of a bit sequence. The lowest bit of each byte comes first.
#[derive(Debug, Default)]
pub(crate) struct BitWriter {
    bytes: Vec<u8>,
    buffer: u64,
    count: u32,
}

impl BitWriter {
    /// Appends the lowest `bits` bits of `value`. `bits` is at most 32.
    pub(crate) fn put(&mut self, value: u32, bits: u32) {
        self.buffer |= (u64::from(value) & ((1 << bits) - 1)) << self.count;
        self.count += bits;
        while self.count >= 8 {
            self.bytes.push(self.buffer as u8);
            self.buffer >>= 8;
            self.count -= 8;
        }
    }

    /// Appends an integer as a Rice code: the lowest `low` bits as they are, and the rest in unary before them. The
    /// code is short for values around 2 to the power of `low`.
    pub(crate) fn put_rice(&mut self, value: u32, low: u32) {
        let zeros = value >> low;
        if zeros < MAX_ZEROS {
            self.put(1 << zeros, zeros + 1);
            self.put(value, low);
        } else {
            self.put(0, MAX_ZEROS);
            self.put(value, 32);
        }
    }

    /// Returns the bytes. The last byte is padded with zeros.
    #[must_use]
    pub(crate) fn finish(mut self) -> Vec<u8> {
        let open = self.count;
        self.put(0, (8 - open) % 8);
        self.bytes
    }
}

/// Reader for the output of a [`BitWriter`].
#[derive(Debug)]
pub(crate) struct BitReader<'a> {
    rest: &'a [u8],
    buffer: u64,
    count: u32,
}

impl<'a> BitReader<'a> {
    /// Creates a reader at the first bit of `bytes`.
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, buffer: 0, count: 0 }
    }

    /// Loads at least 56 bits, or all bits that are left.
    #[inline]
    fn fill(&mut self) {
        if let Some(chunk) = self.rest.first_chunk::<8>() {
            // Bits past `count` are loaded again next time, which is harmless because they are the same.
            self.buffer |= u64::from_le_bytes(*chunk) << self.count;
            let taken = (63 - self.count) / 8;
            self.rest = self.rest.get(taken as usize..).unwrap_or_default();
            self.count += 8 * taken;
            return;
        }
        while self.count < 56
            && let Some((byte, rest)) = self.rest.split_first()
        {
            self.buffer |= u64::from(*byte) << self.count;
            self.rest = rest;
            self.count += 8;
        }
    }

    /// Reads `bits` bits, at most 32; `None` if fewer are left.
    #[inline]
    pub(crate) fn take(&mut self, bits: u32) -> Option<u32> {
        if self.count < bits {
            self.fill();
        }
        self.take_loaded(bits)
    }

    /// Reads `bits` bits that are already loaded. Returns `None` if fewer are loaded.
    #[inline]
    fn take_loaded(&mut self, bits: u32) -> Option<u32> {
        self.count = self.count.checked_sub(bits)?;
        let value = self.buffer & ((1 << bits) - 1);
        self.buffer >>= bits;
        Some(value as u32)
    }

    /// Reads an integer from a Rice code with `low` uncoded bits, at most 31. Bits are loaded only once because a code
    /// has at most 24 + `low` bits, which fit into the buffer.
    #[inline]
    pub(crate) fn take_rice(&mut self, low: u32) -> Option<u32> {
        if self.count < MAX_ZEROS + low {
            self.fill();
        }
        // Zeros past the loaded bits are not part of a code, so `take_loaded` rejects them.
        let zeros = self.buffer.trailing_zeros().min(MAX_ZEROS);
        if zeros == MAX_ZEROS {
            self.take_loaded(MAX_ZEROS)?;
            return self.take(32);
        }
        self.take_loaded(zeros + 1)?;
        Some(zeros << low | self.take_loaded(low)?)
    }

    /// Returns whether only the zeros that pad the last byte are left.
    #[must_use]
    pub(crate) fn is_at_end(&mut self) -> bool {
        self.fill();
        self.rest.is_empty() && self.count < 8 && self.buffer == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_come_back_and_cut_ones_do_not() {
        let numbers = [0, 1, 15, 16, 1000, 23 << 4, 24 << 4, u32::MAX];
        let mut writer = BitWriter::default();
        for number in numbers {
            writer.put(5, 3);
            writer.put_rice(number, 4);
            writer.put(number, 32);
        }
        let bytes = writer.finish();
        let all = |bytes: &[u8]| -> Option<Vec<u32>> {
            let mut reader = BitReader::new(bytes);
            let mut found = Vec::new();
            for _ in numbers {
                assert_eq!(reader.take(3)?, 5);
                found.push(reader.take_rice(4)?);
                assert_eq!(Some(reader.take(32)?), found.last().copied());
            }
            reader.is_at_end().then_some(found)
        };
        assert_eq!(all(&bytes).as_deref(), Some(&numbers[..]));
        for length in 0..bytes.len() {
            assert_eq!(all(&bytes[..length]), None);
        }
        assert_eq!(all(&[&bytes[..], &[0]].concat()), None);
    }

    #[test]
    fn numbers_come_back_and_cut_ones_do_not() {
        for number in [0, 1, 127, 128, 300, u32::MAX] {
            let mut out = Vec::new();
            put_number(&mut out, number);
            let mut rest = out.as_slice();
            assert_eq!(number_of(&mut rest), Some(number));
            assert!(rest.is_empty());
            assert_eq!(number_of(&mut &out[..out.len() - 1]), None);
        }
    }
}
