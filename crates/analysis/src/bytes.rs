//! Reads and writes the binary files of weights: numbers of variable length, and fixed-size pieces. Knows nothing of what
//! they mean.

/// Reads a number in LEB128: seven bits per byte, lowest first; the highest bit of a byte says that another one
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

/// Appends a number in LEB128.
pub(crate) fn put_number(out: &mut Vec<u8>, mut number: u32) {
    while number > 0x7f {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Splits `N` bytes off the front; `None` if there are fewer.
pub(crate) fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (head, tail) = rest.split_first_chunk::<N>()?;
    *rest = tail;
    Some(*head)
}

#[cfg(test)]
mod tests {
    use super::*;

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
