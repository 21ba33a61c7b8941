//! Which pieces of a page are its story.

use super::piece::Piece;
use dom_query::Document;
use dom_smoothie::{Config, Readability};
use std::collections::HashSet;

/// Words of a shingle.
const WORDS: usize = 4;

/// Whether each piece belongs to the story.
pub fn story(document: Document, pieces: &[Piece]) -> Vec<bool> {
    let region = readable(document);
    pieces.iter().map(|piece| region.share(&piece.text) >= 0.6).collect()
}

/// The text that the Readability algorithm takes for the story, as a set of word sequences.
#[derive(Default)]
pub struct Region {
    shingles: HashSet<u64>,
    lines: HashSet<u64>,
}

impl Region {
    /// The share of a text's word sequences that lie in the region, 0 to 1.
    fn share(&self, text: &str) -> f32 {
        let words = words(text);
        if words.len() < WORDS {
            return if self.lines.contains(&hash(&words)) { 1.0 } else { 0.0 };
        }
        let all = words.windows(WORDS);
        let count = all.len();
        let inside = all.filter(|shingle| self.shingles.contains(&hash(shingle))).count();
        inside as f32 / count as f32
    }
}

/// Runs Readability; an empty region when it finds nothing.
fn readable(document: Document) -> Region {
    let config = Config { disable_json_ld: true, ..Config::default() };
    let Ok(mut readability) = Readability::with_document(document, None, Some(config)) else {
        return Region::default();
    };
    let Ok(article) = readability.parse() else { return Region::default() };
    let mut region = Region::default();
    for piece in super::piece::pieces(&Document::from(article.content)) {
        let words = words(&piece.text);
        region.lines.insert(hash(&words));
        region.shingles.extend(words.windows(WORDS).map(hash));
    }
    region
}

/// The words of a text.
fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

/// A name for a sequence of words (FNV-1a, 64 bits).
fn hash(words: &[&str]) -> u64 {
    let bytes = words.iter().flat_map(|word| word.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
