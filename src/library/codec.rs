//! Articles, annotations and sources as packed bytes: JSON or the bytes themselves, compressed
//! with Zstandard. The first byte names the way of packing, the next four the length.

use super::{Error, Result};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// JSON of ours, compressed on [`COMMON`].
const JSON: u8 = 1;
/// Bytes, compressed on the text that goes with them.
const BESIDE: u8 = 2;

/// Zstandard's level: a third of the text's size at little time.
const LEVEL: i32 = 3;

/// The most bytes that one piece may unpack to.
const MOST: usize = 256 << 20;

/// The most bytes of a text that a source is compressed on.
const MOST_BESIDE: usize = 256 << 10;

/// What most of our JSON has in common, so that even the first use of a key costs next to nothing.
/// Part of the stored form: it never changes.
const COMMON: &[u8] = include_bytes!("codec/common.json");

/// A value, packed.
///
/// # Errors
/// When the value is too long.
pub fn pack<T: Serialize>(value: &T, what: &'static str) -> Result<Vec<u8>> {
    let json = serde_json::to_vec(value).map_err(|_| Error::Packed(what))?;
    compress(JSON, &json, COMMON, what)
}

/// A value, unpacked.
///
/// # Errors
/// When the bytes are not what [`pack`] made.
pub fn unpack<T: DeserializeOwned>(packed: &[u8], what: &'static str) -> Result<T> {
    let json = decompress(JSON, packed, COMMON, what)?;
    serde_json::from_slice(&json).map_err(|_| Error::Packed(what))
}

/// The bytes that an article was read from, packed beside its text: what the two share costs
/// nothing. With an empty text they stand alone.
///
/// # Errors
/// When there are too many.
pub fn pack_beside(bytes: &[u8], text: &str) -> Result<Vec<u8>> {
    compress(BESIDE, bytes, beside(text), "source")
}

/// What [`pack_beside`] packed beside the same text.
///
/// # Errors
/// When the bytes or the text are not the same.
pub fn unpack_beside(packed: &[u8], text: &str) -> Result<Vec<u8>> {
    decompress(BESIDE, packed, beside(text), "source")
}

fn beside(text: &str) -> &[u8] {
    let bytes = text.as_bytes();
    bytes.get(..MOST_BESIDE).unwrap_or(bytes)
}

fn compress(way: u8, bytes: &[u8], dictionary: &[u8], what: &'static str) -> Result<Vec<u8>> {
    let length = u32::try_from(bytes.len()).ok().filter(|_| bytes.len() <= MOST).ok_or(Error::Packed(what))?;
    let packed = zstd::bulk::Compressor::with_dictionary(LEVEL, dictionary)
        .and_then(|mut compressor| compressor.compress(bytes))
        .map_err(|_| Error::Packed(what))?;
    let mut out = Vec::with_capacity(packed.len() + 5);
    out.push(way);
    out.extend(length.to_le_bytes());
    out.extend(packed);
    Ok(out)
}

fn decompress(way: u8, packed: &[u8], dictionary: &[u8], what: &'static str) -> Result<Vec<u8>> {
    let failed = || Error::Packed(what);
    let (&found, rest) = packed.split_first().ok_or_else(failed)?;
    let (length, rest) = rest.split_first_chunk::<4>().ok_or_else(failed)?;
    let length = u32::from_le_bytes(*length) as usize;
    if found != way || length > MOST {
        return Err(failed());
    }
    let bytes = zstd::bulk::Decompressor::with_dictionary(dictionary)
        .and_then(|mut decompressor| decompressor.decompress(rest, length))
        .map_err(|_| failed())?;
    if bytes.len() == length { Ok(bytes) } else { Err(failed()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_packed_unpacks_to_itself(words in "\\PC{0,200}", bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            prop_assert_eq!(unpack::<String>(&pack(&words, "word").unwrap(), "word").unwrap(), words.clone());
            prop_assert_eq!(unpack_beside(&pack_beside(&bytes, &words).unwrap(), &words).unwrap(), bytes);
        }

        #[test]
        fn damaged_bytes_are_an_error_and_never_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            let _ = unpack::<String>(&bytes, "word");
            let _ = unpack_beside(&bytes, "text");
        }
    }

    #[test]
    fn a_source_that_is_the_text_costs_next_to_nothing() {
        let text: String = (0..300).map(|n| format!("Sentence {n} of {}. ", n * 7919 % 1000)).collect();
        assert!(pack_beside(text.as_bytes(), &text).unwrap().len() < 80);
    }
}
