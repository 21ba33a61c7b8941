//! Articles, annotations and sources as packed bytes: JSON, a compact format or the bytes themselves, compressed with
//! Zstandard. The first byte names the encoding, the next four the length.
//!
//! Articles are JSON, because they must stay readable for ever, even when fields are added or removed. Annotations can
//! be made again at any time, so they use the smallest encoding, bound to the analyser's version.

mod read;
mod write;

use super::{Error, Result};
use dateline_analysis::Analysis;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::cell::RefCell;
use std::sync::LazyLock;
use zstd::bulk::Compressor;
use zstd::dict::EncoderDictionary;

/// Our JSON, compressed with the dictionary [`COMMON`].
const JSON: u8 = 1;
/// Bytes, compressed with their article's text as dictionary.
const BESIDE: u8 = 2;
/// The compact format, compressed with [`COMMON`] and the article's text as dictionary.
const COMPACT: u8 = 3;

/// Compression level of Zstandard: a third of the text's size in little time.
const LEVEL: i32 = 3;

/// Maximum bytes that one piece may unpack to.
const MOST: usize = 256 << 20;

/// Maximum bytes of a text that serves as dictionary for a source.
const MOST_BESIDE: usize = 256 << 10;

/// Dictionary of what most of our JSON has in common, so that even the first use of a key costs next to nothing. Part
/// of the stored format: it never changes.
const COMMON: &[u8] = include_bytes!("codec/common.json");

/// [`COMMON`] as prepared for the compressor.
static PREPARED: LazyLock<EncoderDictionary<'static>> = LazyLock::new(|| EncoderDictionary::copy(COMMON, LEVEL));

thread_local! {
    /// Compressor, made once per thread, because its tables take a megabyte and an article three kilobytes.
    static COMPRESSOR: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
}

/// Packs a value.
///
/// # Errors
/// Returns an error if the value is too long.
pub(crate) fn pack<T: Serialize>(value: &T, what: &'static str) -> Result<Vec<u8>> {
    let json = serde_json::to_vec(value).map_err(|_| Error::Packed(what))?;
    compress(JSON, &json, COMMON, what)
}

/// Unpacks a value.
///
/// # Errors
/// Returns an error if the bytes are not what [`pack`] made.
pub(crate) fn unpack<T: DeserializeOwned>(packed: &[u8], what: &'static str) -> Result<T> {
    let json = decompress(JSON, packed, COMMON, what)?;
    serde_json::from_slice(&json).map_err(|_| Error::Packed(what))
}

/// Packs the annotations of a text, with the text as dictionary.
///
/// # Errors
/// Returns an error if there are too many.
pub(crate) fn pack_annotations(analysis: &Analysis, text: &str) -> Result<Vec<u8>> {
    let what = "analysis";
    if !analysis.corrections.is_empty() {
        // Corrections need the JSON encoding, which names its fields.
        return pack(analysis, what);
    }
    let bytes = write::to_bytes(analysis).map_err(|_| Error::Packed(what))?;
    compress(COMPACT, &bytes, &common_and(text), what)
}

/// Unpacks what [`pack_annotations`] packed with the same text; also what older programs packed without it.
///
/// # Errors
/// Returns an error if the bytes or the text are not the same, or if another version of the analyser made them.
pub(crate) fn unpack_annotations(packed: &[u8], text: &str) -> Result<Analysis> {
    let what = "analysis";
    if packed.first() == Some(&JSON) {
        return unpack(packed, what);
    }
    let bytes = decompress(COMPACT, packed, &common_and(text), what)?;
    read::from_bytes(&bytes).map_err(|_| Error::Packed(what))
}

fn common_and(text: &str) -> Vec<u8> {
    [COMMON, beside(text)].concat()
}

/// Packs the bytes that an article was read from with its text as dictionary, because the words that both contain then
/// cost almost nothing. With an empty text there is no dictionary.
///
/// # Errors
/// Returns an error if there are too many.
pub(crate) fn pack_beside(bytes: &[u8], text: &str) -> Result<Vec<u8>> {
    compress(BESIDE, bytes, beside(text), "source")
}

/// Unpacks what [`pack_beside`] packed with the same text.
///
/// # Errors
/// Returns an error if the bytes or the text are not the same.
pub(crate) fn unpack_beside(packed: &[u8], text: &str) -> Result<Vec<u8>> {
    decompress(BESIDE, packed, beside(text), "source")
}

fn beside(text: &str) -> &[u8] {
    let bytes = text.as_bytes();
    bytes.get(..MOST_BESIDE).unwrap_or(bytes)
}

fn compress(way: u8, bytes: &[u8], dictionary: &[u8], what: &'static str) -> Result<Vec<u8>> {
    let length = u32::try_from(bytes.len()).ok().filter(|_| bytes.len() <= MOST).ok_or(Error::Packed(what))?;
    let packed = COMPRESSOR.with_borrow_mut(|compressor| {
        let compressor = match compressor {
            Some(compressor) => compressor,
            none => none.insert(Compressor::new(LEVEL)?),
        };
        match way {
            JSON => compressor.set_prepared_dictionary(&PREPARED)?,
            _ => compressor.set_dictionary(LEVEL, dictionary)?,
        }
        compressor.compress(bytes)
    });
    let packed = packed.map_err(|_| Error::Packed(what))?;
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
    fn annotations_read_back_beside_their_text_and_never_panic() {
        let text = "The ferry sailed on 3 May 2024, said Mara Odell, the harbour master. “We mended it,” she said.";
        let article = dateline_core::article::Article::verbatim("a", text);
        let analysis = dateline_analysis::Analyzer::bundled().analyze(&article, &dateline_analysis::Options::default());
        assert!(!analysis.quotes.is_empty() && !analysis.events.is_empty());
        let packed = pack_annotations(&analysis, text).unwrap();
        assert_eq!(unpack_annotations(&packed, text).unwrap(), analysis);
        assert_eq!(unpack_annotations(&pack(&analysis, "analysis").unwrap(), text).unwrap(), analysis);
        let bytes = write::to_bytes(&analysis).unwrap();
        for cut in 0..bytes.len() {
            assert!(read::from_bytes::<Analysis>(&bytes[..cut]).is_err());
            let mut wrong = bytes.clone();
            wrong[cut] ^= 0xff;
            let _ = read::from_bytes::<Analysis>(&wrong);
        }
    }

    #[test]
    fn a_source_that_is_the_text_costs_next_to_nothing() {
        let text: String = (0..300).map(|n| format!("Sentence {n} of {}. ", n * 7919 % 1000)).collect();
        let packed = pack_beside(text.as_bytes(), &text).unwrap();
        assert!(packed.len() < 80, "{} bytes of {}", packed.len(), text.len());
    }
}
