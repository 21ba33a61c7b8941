//! Encodes articles, annotations and sources for storage. Each is encoded as JSON, in a compact binary format or as raw
//! bytes, and compressed with Zstandard. The first byte identifies the encoding. The next four contain the uncompressed
//! length.
//!
//! Articles are JSON, because they must remain readable for ever, even when fields are added or removed. Annotations
//! can be regenerated at any time, so they use the smallest encoding, which is tied to the analyser version.

mod mend;
mod read;
mod write;

use super::{Error, Result};
use dateline_analysis::Analysis;
use dateline_core::article::Article;
use read::Layout;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::cell::RefCell;
use std::sync::LazyLock;
use zstd::bulk::Compressor;
use zstd::dict::EncoderDictionary;

pub(crate) use mend::mend;

/// Encoding as JSON, compressed with the dictionary [`DICTIONARY`].
const JSON: u8 = 1;
/// Encoding as raw bytes, compressed with the article's text as the dictionary.
const SOURCE_WITH_TEXT: u8 = 2;
/// Encoding in the compact format, before entities had identifiers.
const COMPACT_WITHOUT_IDS: u8 = 3;
/// Encoding in the compact format, before annotations had figures.
const COMPACT_WITHOUT_FIGURES: u8 = 4;
/// Encoding in the compact format, before figures had a clause.
const COMPACT_WITHOUT_CLAUSES: u8 = 5;
/// Encoding in the compact format, compressed with a dictionary made of [`DICTIONARY`] and the article's text.
const COMPACT: u8 = 6;

/// Zstandard compression level. This one is fast and still reduces a text to a third of its size.
const COMPRESSION_LEVEL: i32 = 3;

/// Maximum uncompressed size of a stored value, in bytes.
const MAX_UNPACKED: usize = 256 << 20;

/// Maximum size of an article's text when used as a compression dictionary, in bytes.
const MAX_DICTIONARY: usize = 256 << 10;

/// Compression dictionary of the strings common to most of our JSON, so that even the first use of a key costs next to
/// nothing. It is part of the storage format and must never change.
const DICTIONARY: &[u8] = include_bytes!("codec/common.json");

/// The dictionary [`DICTIONARY`], preprocessed for compression.
static PREPARED_DICTIONARY: LazyLock<EncoderDictionary<'static>> =
    LazyLock::new(|| EncoderDictionary::copy(DICTIONARY, COMPRESSION_LEVEL));

thread_local! {
    /// Zstandard compressor, created once per thread, because its tables take a megabyte and an article only three
    /// kilobytes.
    static COMPRESSOR: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
}

/// Serialises a value to JSON and compresses it.
///
/// # Errors
/// Returns an error if the value cannot be serialised or is too long.
pub(crate) fn pack<T: Serialize>(value: &T, what: &'static str) -> Result<Vec<u8>> {
    let json = serde_json::to_vec(value).map_err(|_| Error::Packed(what))?;
    compress(JSON, &json, DICTIONARY, what)
}

/// Decompresses a value packed by [`pack`] and parses its JSON.
///
/// # Errors
/// Returns an error if the bytes are not the output of [`pack`].
pub(crate) fn unpack<T: DeserializeOwned>(packed: &[u8], what: &'static str) -> Result<T> {
    let json = decompress(JSON, packed, DICTIONARY, what)?;
    serde_json::from_slice(&json).map_err(|_| Error::Packed(what))
}

/// Packs the annotations of a text, using the text as a compression dictionary.
///
/// # Errors
/// Returns an error if the encoded annotations are too long.
pub(crate) fn pack_annotations(analysis: &Analysis, text: &str) -> Result<Vec<u8>> {
    let what = "analysis";
    if !analysis.corrections.is_empty() {
        // Corrections can only be encoded as JSON, since the compact format has no field names.
        return pack(analysis, what);
    }
    let bytes = write::to_bytes(analysis).map_err(|_| Error::Packed(what))?;
    compress(COMPACT, &bytes, &common_and(text), what)
}

/// Unpacks an article. Spans that are not valid in its text are removed.
///
/// # Errors
/// Returns an error if the bytes have changed.
pub(crate) fn unpack_article(packed: &[u8]) -> Result<Article> {
    let mut article = unpack(packed, "article")?;
    mend(&mut article);
    Ok(article)
}

/// Unpacks the annotations packed by [`pack_annotations`] for the same text. Annotations packed by older programs,
/// which did not use the text, are unpacked as well.
///
/// # Errors
/// Returns an error if the bytes or the text have changed, or if the bytes come from another analyser version.
pub(crate) fn unpack_annotations(packed: &[u8], text: &str) -> Result<Analysis> {
    let what = "analysis";
    if packed.first() == Some(&JSON) {
        return unpack(packed, what);
    }
    let (way, layout) = match packed.first() {
        Some(&COMPACT_WITHOUT_IDS) => (COMPACT_WITHOUT_IDS, Layout::WithoutIds),
        Some(&COMPACT_WITHOUT_FIGURES) => (COMPACT_WITHOUT_FIGURES, Layout::WithoutFigures),
        Some(&COMPACT_WITHOUT_CLAUSES) => (COMPACT_WITHOUT_CLAUSES, Layout::WithoutClauses),
        _ => (COMPACT, Layout::Current),
    };
    let bytes = decompress(way, packed, &common_and(text), what)?;
    read::from_bytes(&bytes, layout).map_err(|_| Error::Packed(what))
}

fn common_and(text: &str) -> Vec<u8> {
    [DICTIONARY, beside(text)].concat()
}

/// Packs the source bytes of an article, using its text as a compression dictionary: words that occur in both then cost
/// almost nothing. An empty text means no dictionary.
///
/// # Errors
/// Returns an error if the bytes are too long.
pub(crate) fn pack_with_text(bytes: &[u8], text: &str) -> Result<Vec<u8>> {
    compress(SOURCE_WITH_TEXT, bytes, beside(text), "source")
}

/// Unpacks the source bytes packed by [`pack_with_text`] for the same text.
///
/// # Errors
/// Returns an error if the bytes or the text have changed.
pub(crate) fn unpack_with_text(packed: &[u8], text: &str) -> Result<Vec<u8>> {
    decompress(SOURCE_WITH_TEXT, packed, beside(text), "source")
}

fn beside(text: &str) -> &[u8] {
    let bytes = text.as_bytes();
    bytes.get(..MAX_DICTIONARY).unwrap_or(bytes)
}

fn compress(way: u8, bytes: &[u8], dictionary: &[u8], what: &'static str) -> Result<Vec<u8>> {
    let length = u32::try_from(bytes.len()).ok().filter(|_| bytes.len() <= MAX_UNPACKED).ok_or(Error::Packed(what))?;
    let packed = COMPRESSOR.with_borrow_mut(|compressor| {
        let compressor = match compressor {
            Some(compressor) => compressor,
            none => none.insert(Compressor::new(COMPRESSION_LEVEL)?),
        };
        match way {
            JSON => compressor.set_prepared_dictionary(&PREPARED_DICTIONARY)?,
            _ => compressor.set_dictionary(COMPRESSION_LEVEL, dictionary)?,
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
    if found != way || length > MAX_UNPACKED {
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
            prop_assert_eq!(unpack_with_text(&pack_with_text(&bytes, &words).unwrap(), &words).unwrap(), bytes);
        }

        #[test]
        fn damaged_bytes_are_an_error_and_never_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            let _ = unpack::<String>(&bytes, "word");
            let _ = unpack_with_text(&bytes, "text");
        }
    }

    #[test]
    fn annotations_read_back_beside_their_text_and_never_panic() {
        let text = "The ferry sailed on 3 May 2024, said Mara Odell, the harbour master. “We mended it,” she said.";
        let article = dateline_core::article::Article::verbatim("a", text);
        let mut analysis =
            dateline_analysis::Analyzer::bundled().analyze(&article, &dateline_analysis::Options::default());
        assert!(!analysis.quotes.is_empty() && !analysis.events.is_empty());
        analysis.doubtful_types.clear(); // they are not stored
        let packed = pack_annotations(&analysis, text).unwrap();
        assert_eq!(unpack_annotations(&packed, text).unwrap(), analysis);
        assert_eq!(unpack_annotations(&pack(&analysis, "analysis").unwrap(), text).unwrap(), analysis);
        let bytes = write::to_bytes(&analysis).unwrap();
        for cut in 0..bytes.len() {
            assert!(read::from_bytes::<Analysis>(&bytes[..cut], Layout::Current).is_err());
            let mut wrong = bytes.clone();
            wrong[cut] ^= 0xff;
            let _ = read::from_bytes::<Analysis>(&wrong, Layout::Current);
        }
    }

    #[test]
    fn annotations_from_before_entities_had_identifiers_are_read() {
        #[derive(Serialize)]
        #[serde(rename = "Entity")]
        struct Old {
            name: String,
            canonical: dateline_core::text::Span,
            kind: dateline_analysis::EntityKind,
            aliases: Vec<String>,
            role: Option<dateline_core::text::Span>,
            gender: dateline_analysis::Gender,
            mentions: Vec<dateline_analysis::Mention>,
            demonym_of: Option<usize>,
        }
        let text = "The ferry of Mara Odell, the harbour master, sailed to Tarn Bridge.";
        let article = dateline_core::article::Article::verbatim("a", text);
        let analysis = dateline_analysis::Analyzer::bundled().analyze(&article, &dateline_analysis::Options::default());
        let old: Vec<Old> = (analysis.entities.iter().cloned())
            .map(|new| Old {
                name: new.name,
                canonical: new.canonical,
                kind: new.kind,
                aliases: new.aliases,
                role: new.role,
                gender: new.gender,
                mentions: new.mentions,
                demonym_of: new.demonym_of,
            })
            .collect();
        let bytes = write::to_bytes(&old).unwrap();
        assert!(analysis.entities.len() > 1);
        assert_eq!(
            read::from_bytes::<Vec<dateline_analysis::Entity>>(&bytes, Layout::WithoutIds).unwrap(),
            analysis.entities
        );
        assert!(read::from_bytes::<Vec<dateline_analysis::Entity>>(&bytes, Layout::Current).is_err());
    }

    #[test]
    fn annotations_from_before_figures_are_read_without_any() {
        #[derive(Serialize)]
        #[serde(rename = "Analysis")]
        struct Old {
            sentences: Vec<dateline_core::text::Span>,
            quotes: Vec<dateline_analysis::Quote>,
            entities: Vec<dateline_analysis::Entity>,
            times: Vec<dateline_analysis::Timex>,
            events: Vec<dateline_analysis::Event>,
            stray: Vec<usize>,
            reference: Option<dateline_analysis::Reference>,
            quotes_only: Vec<String>,
            corrections: Vec<dateline_analysis::Correction>,
        }
        let text = "“The storm damaged 12 piers on 3 May 2024,” said Mara Odell.";
        let article = dateline_core::article::Article::verbatim("a", text);
        let mut analysis =
            dateline_analysis::Analyzer::bundled().analyze(&article, &dateline_analysis::Options::default());
        analysis.doubtful_types.clear(); // they are not stored
        assert_eq!(analysis.figures.len(), 1);
        let new = analysis.clone();
        let old = Old {
            sentences: new.sentences,
            quotes: new.quotes,
            entities: new.entities,
            times: new.times,
            events: new.events,
            stray: new.unrelated_captions,
            reference: new.reference,
            quotes_only: new.quotes_only,
            corrections: new.corrections,
        };
        let bytes = write::to_bytes(&old).unwrap();
        let packed = compress(COMPACT_WITHOUT_FIGURES, &bytes, &common_and(text), "analysis").unwrap();
        analysis.figures.clear();
        assert_eq!(unpack_annotations(&packed, text).unwrap(), analysis);
        assert!(read::from_bytes::<Analysis>(&bytes, Layout::Current).is_err());
    }

    #[test]
    fn figures_from_before_clauses_are_read_without_any() {
        #[derive(Serialize)]
        #[serde(rename = "Figure")]
        struct Old {
            span: dateline_core::text::Span,
            value: Option<f64>,
            low: Option<f64>,
            high: Option<f64>,
            unit: Option<String>,
            counted: String,
            quote: Option<usize>,
            time: Option<usize>,
            confidence: f32,
        }
        let text = "“The storm damaged 12 piers on 3 May 2024,” said Mara Odell.";
        let article = dateline_core::article::Article::verbatim("a", text);
        let analysis = dateline_analysis::Analyzer::bundled().analyze(&article, &dateline_analysis::Options::default());
        let mut figures = analysis.figures;
        assert!(!figures[0].clause.is_empty());
        let old: Vec<Old> = (figures.iter().cloned())
            .map(|new| Old {
                span: new.span,
                value: new.value,
                low: new.low,
                high: new.high,
                unit: new.unit.map(std::borrow::Cow::into_owned),
                counted: new.counted,
                quote: new.quote,
                time: new.time,
                confidence: new.confidence,
            })
            .collect();
        for figure in &mut figures {
            (figure.clause, figure.context, figure.source) = Default::default();
        }
        let bytes = write::to_bytes(&old).unwrap();
        assert_eq!(
            read::from_bytes::<Vec<dateline_analysis::Figure>>(&bytes, Layout::WithoutClauses).unwrap(),
            figures
        );
        assert!(read::from_bytes::<Vec<dateline_analysis::Figure>>(&bytes, Layout::Current).is_err());
    }

    #[test]
    fn a_source_that_is_the_text_costs_next_to_nothing() {
        let text: String = (0..300).map(|n| format!("Sentence {n} of {}. ", n * 7919 % 1000)).collect();
        let packed = pack_with_text(text.as_bytes(), &text).unwrap();
        assert!(packed.len() < 80, "{} bytes of {}", packed.len(), text.len());
    }
}
