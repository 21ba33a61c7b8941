//! Decides which pieces of a page are its story.

use super::marks::{self, Marks};
use super::piece::{Piece, Shape as PieceShape};
use crate::boilerplate::story::{self, Line, Shape};
use crate::lexicon::ASKED;
use crate::metadata::date_line::{self, DateLine};
use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};
use foldhash::HashSet;

/// Maximum distance of a caption before the headline and after the end of the story, in pieces.
const LEAD: usize = 3;
/// Minimum bytes of a meaningful caption.
const CAPTION: usize = 15;

/// Minimum bytes of sentences outside the comments for the comments to be dropped.
const LEAST: usize = 60;
/// Maximum number of comments that are removed one by one.
const COMMENTS: usize = 5_000;
/// Minimum bytes of text of an entry under a heading.
const ENTRY: usize = 40;
/// Minimum words of a sentence between the headline and the story.
const SENTENCE: usize = 10;

/// Number of words in a shingle.
const WORDS: usize = 4;

/// Maximum elements for which Readability is run: the largest page of news measured has 12,000, and its time grows with
/// the square of hostile ones.
const ELEMENTS: usize = 40_000;
/// Maximum depth of a tree for which it is run.
const DEPTH: usize = 200;

/// Returns for each piece whether it belongs to the story.
pub(super) fn story(document: Document, pieces: &[Piece], home: Marks) -> Vec<bool> {
    if document.tree.len() > ELEMENTS || pieces.iter().any(|piece| piece.depth > DEPTH) {
        return by_lines(pieces);
    }
    drop_comments(&document, pieces, home);
    let region = readable(document);
    let inside: Vec<bool> = pieces.iter().map(|piece| region.share(&piece.text) >= 0.6).collect();
    let mut kept: Vec<bool> =
        pieces.iter().zip(&inside).map(|(piece, inside)| *inside && !is_machinery(piece)).collect();
    keep_chronology(pieces, &inside, &mut kept);
    keep_linked_headings(pieces, &region, &mut kept);
    keep_data(pieces, home, &mut kept);
    keep_opening(pieces, home, &mut kept);
    drop_closing_list(pieces, &mut kept);
    keep_captions(pieces, home, &mut kept);
    kept
}

/// Removes readers' comments from the page if other text is left, because in a short post the comments are the longer
/// text.
fn drop_comments(document: &Document, pieces: &[Piece], home: Marks) {
    let own = |piece: &&Piece| !marks::is_apart(piece.above, home) && Shape::of(&piece.text).ends_sentence;
    if marks::has_comments(home) || pieces.iter().filter(own).map(|piece| piece.text.len()).sum::<usize>() < LEAST {
        return;
    }
    let Some(body) = document.body() else { return };
    let comments: Vec<NodeRef<'_>> = body.descendants_it().filter(marks::is_comments).take(COMMENTS).collect();
    for node in comments {
        if !holds_headline(&node) {
            node.remove_from_parent();
        }
    }
}

/// Returns whether an element contains the page's headline, or its story as such.
fn holds_headline(node: &NodeRef<'_>) -> bool {
    ["article", "main", "h1"].iter().any(|name| node.has_name(name))
        || node.descendants_it().any(|inner| inner.has_name("h1") || inner.has_name("main"))
}

/// Keeps the headings that are links and precede words of the story: entries of a list of places or works.
fn keep_linked_headings(pieces: &[Piece], region: &Region, kept: &mut [bool]) {
    for at in 0..pieces.len().saturating_sub(1) {
        let (Some(piece), Some(next)) = (pieces.get(at), pieces.get(at + 1)) else { return };
        let heading = matches!(piece.shape, PieceShape::Heading(2..=3)) && piece.linked > 0;
        let text = next.shape == PieceShape::Text && next.linked * 2 < next.text.len() && next.text.len() >= ENTRY;
        let over_story = kept.get(at + 1) == Some(&true) && region.share(&piece.text) >= 0.6;
        if heading
            && text
            && over_story
            && let Some(kept) = kept.get_mut(at)
        {
            *kept = true;
        }
    }
}

/// Keeps the dates of the region that head an entry of a chronology: a bare date, below the story's first sentence and
/// right above more of its prose. Dates of publication have a label, or are first or last.
fn keep_chronology(pieces: &[Piece], inside: &[bool], kept: &mut [bool]) {
    let prose = |at: usize| pieces.get(at).is_some_and(|piece| Shape::of(&piece.text).ends_sentence);
    let Some(first) = (0..pieces.len()).find(|at| kept.get(*at) == Some(&true) && prose(*at)) else { return };
    for at in first + 1..pieces.len().saturating_sub(1) {
        let over_prose = kept.get(at + 1) == Some(&true) && prose(at + 1);
        let Some(piece) = pieces.get(at).filter(|_| over_prose && inside.get(at) == Some(&true)) else { continue };
        let bare = |line: DateLine| !line.claimed && line.rest.is_empty() && line.published.moment.is_none();
        if date_line::read(&piece.text).is_some_and(bare)
            && piece.linked == 0
            && let Some(kept) = kept.get_mut(at)
        {
            *kept = true;
        }
    }
}

/// Keeps the data tables and the code among the story's blocks and right after them.
fn keep_data(pieces: &[Piece], home: Marks, kept: &mut [bool]) {
    let (Some(first), Some(last)) = (kept.iter().position(|kept| *kept), kept.iter().rposition(|kept| *kept)) else {
        return;
    };
    for (piece, kept) in pieces.iter().zip(kept.iter_mut()).take(last + 2).skip(first) {
        let data = matches!(piece.shape, PieceShape::Table | PieceShape::Code) && piece.linked * 2 < piece.text.len();
        *kept |= data && !marks::is_apart(piece.above, home);
    }
}

/// Keeps the sentences and the code between the headline and the first block of the region, if there are several: the
/// question above its answer. A single one is a standfirst.
fn keep_opening(pieces: &[Piece], home: Marks, kept: &mut [bool]) {
    let Some(first) = kept.iter().position(|kept| *kept) else { return };
    let Some(headline) = pieces.iter().take(first).rposition(|piece| piece.shape == PieceShape::Heading(1)) else {
        return;
    };
    let opens = |piece: &Piece| {
        let shape = Shape::of(&piece.text);
        let text = piece.shape == PieceShape::Text && shape.ends_sentence && shape.words >= SENTENCE;
        let own = !marks::is_apart(piece.above, home) && !marks::is_standfirst(piece.above) && !is_machinery(piece);
        own && (text || piece.shape == PieceShape::Code) && piece.linked * 2 < piece.text.len()
    };
    let between = headline + 1..first;
    let opening: Vec<usize> = between.filter(|at| pieces.get(*at).is_some_and(opens)).collect();
    if opening.len() > 1 {
        for at in opening {
            if let Some(kept) = kept.get_mut(at) {
                *kept = true;
            }
        }
    }
}

/// Removes the list of other stories at the end: the last list entries kept, if there are several, all contain links
/// and most are largely links.
fn drop_closing_list(pieces: &[Piece], kept: &mut [bool]) {
    let story: Vec<usize> = (0..pieces.len()).filter(|at| kept.get(*at) == Some(&true)).collect();
    let entry = |at: &&usize| {
        let piece = pieces.get(**at);
        piece.is_some_and(|piece| matches!(piece.shape, PieceShape::ListItem(_)) && !piece.links.is_empty())
    };
    let closing: Vec<usize> = story.iter().rev().take_while(entry).copied().collect();
    let mostly_linked = |at: &usize| pieces.get(*at).is_some_and(|piece| piece.linked * 4 > piece.text.len());
    if closing.len() >= 3
        && closing.len() * 3 < story.len()
        && closing.iter().filter(|at| mostly_linked(at)).count() * 2 > closing.len()
    {
        for at in closing {
            if let Some(kept) = kept.get_mut(at) {
                *kept = false;
            }
        }
    }
}

/// Keeps the captions between the headline and the end of the story, because the region often begins below the lead
/// picture and drops pictures as such.
fn keep_captions(pieces: &[Piece], home: Marks, kept: &mut [bool]) {
    let (Some(first), Some(last)) = (kept.iter().position(|kept| *kept), kept.iter().rposition(|kept| *kept)) else {
        return;
    };
    let headline = pieces.iter().take(first).rposition(|piece| piece.shape == PieceShape::Heading(1));
    let from = headline.unwrap_or(first).min(first).saturating_sub(LEAD);
    for (piece, kept) in pieces.iter().zip(kept.iter_mut()).take(last + LEAD + 1).skip(from) {
        let beside = marks::is_apart(piece.above, home);
        if piece.shape == PieceShape::Caption && !beside && piece.text.len() >= CAPTION {
            *kept = true;
        }
    }
}

/// Without a region, decides by the words of the pieces.
fn by_lines(pieces: &[Piece]) -> Vec<bool> {
    let line =
        |piece: &Piece| Line { item: matches!(piece.shape, PieceShape::ListItem(_)), gap: true, ..Line::default() };
    let lines: Vec<Line<'_>> = pieces.iter().map(|piece| Line { text: &piece.text, ..line(piece) }).collect();
    let shapes: Vec<Shape> = lines.iter().map(|line| Shape::of(line.text)).collect();
    story::Model::bundled().keep(&lines, &shapes)
}

/// Returns whether a piece inside the region is boilerplate all the same: a phrase of share bars and boxes, a byline, a
/// date line, or little but links.
pub(super) fn is_machinery(piece: &Piece) -> bool {
    let shape = Shape::of(&piece.text);
    let links = piece.linked * 10 > piece.text.len() * 8;
    // A quoted post ends in its author and date.
    let signed = (shape.signed || shape.dated) && piece.shape != PieceShape::Quote;
    let asked = shape.ends_sentence && ASKED.iter().any(|phrase| piece.text.contains(phrase));
    (shape.machinery.is_some() && shape.words < 30 && !asked) || signed || (links && !shape.ends_sentence)
}

/// Story text found by the Readability algorithm, as a set of word sequences.
#[derive(Default)]
pub(super) struct Region {
    shingles: HashSet<u64>,
    lines: HashSet<u64>,
}

impl Region {
    /// Returns the share of a text's word sequences that lie in the region, 0 to 1.
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

/// Runs Readability; returns an empty region if it finds nothing.
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

/// Splits a text into words.
fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

/// Hashes a sequence of words (FNV-1a, 64 bits).
fn hash(words: &[&str]) -> u64 {
    let bytes = words.iter().flat_map(|word| word.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
