//! Finds copies of a story in the same document, as in a page saved with its print version or a text pasted twice. Line
//! classifiers judge a line by the rest of the page, so each copy would look like boilerplate. Pull quotes, teasers and
//! repeated leads are not copies, because they repeat only part of the story.

use crate::boilerplate::boilerplate_phrases::plain;
use foldhash::{HashMap, HashMapExt, HashSet};

/// Minimum size in bytes of a block that can identify a copy. Shorter blocks are often repeated by chance.
const MIN_BLOCK_BYTES: usize = 40;
/// Minimum size in bytes of a copy.
const MIN_COPY_BYTES: usize = 80;
/// Maximum number of lines in a document for a single repeated paragraph to be a copy: a headline and a paragraph,
/// twice.
const MAX_BRIEF_LINES: usize = 4;
/// Maximum number of blocks to skip, in the copy or the original, between two blocks they share.
const MAX_SKIPPED_BLOCKS: usize = 2;
/// Minimum share of the document's text in the original and the copy together. With less, the copy does not repeat the
/// whole story.
const MIN_SHARE: f32 = 0.6;
/// Maximum amount of text after a copy, relative to its size. With more text, the first copy was only a teaser.
const MAX_SHARE_AFTER: f32 = 0.25;
/// Maximum number of copies to remove.
const MAX_COPIES: usize = 8;
/// Minimum share of text that two stories must have in common to be the same story.
const MIN_SHARE_OF_SAME: f32 = 0.9;

/// Block of a document, long enough to identify a copy.
struct Block {
    /// Index of the block in the list of texts.
    at: usize,
    /// Text of the block in lower case.
    words: String,
}

/// Run of blocks that repeats an earlier run.
struct Copy {
    /// Pairs of block indices, each in the copy and in the original.
    pairs: Vec<(usize, usize)>,
    /// Size in bytes of the text shared by copy and original.
    bytes: usize,
}

/// Finds texts that repeat the whole story. Returns the index of the original for each text in a copy.
#[must_use]
pub(crate) fn copies(texts: &[&str]) -> Vec<Option<usize>> {
    let mut originals = vec![None; texts.len()];
    if !may_repeat(texts) {
        return originals;
    }
    for _ in 0..MAX_COPIES {
        let open = |at: &usize| originals.get(*at) == Some(&None);
        let blocks: Vec<Block> = (0..texts.len()).filter(open).filter_map(|at| Block::of(texts, at)).collect();
        let Some(copy) = whole_copy(&blocks, texts.len()) else { break };
        for (at, original) in with_short_lines(texts, &blocks, &copy) {
            if let Some(found) = originals.get_mut(at) {
                *found = Some(original);
            }
        }
    }
    originals
}

/// Returns whether any two texts begin with the same letters. Without this, a copy is impossible, and comparing the
/// beginnings costs a fraction of comparing the texts.
fn may_repeat(texts: &[&str]) -> bool {
    const LETTERS: usize = 32;
    let beginning = |text: &&str| -> String {
        let letters = text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase);
        letters.take(LETTERS).collect()
    };
    let mut known = HashSet::default();
    texts.iter().filter(|text| text.len() >= MIN_BLOCK_BYTES / 2).any(|text| !known.insert(beginning(text)))
}

/// Finds stories that repeat an earlier one. Returns the index of the earlier story for each of them.
#[must_use]
pub(crate) fn repeated_stories(stories: &[Vec<&str>]) -> Vec<Option<usize>> {
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut sizes = Vec::with_capacity(stories.len());
    let mut out = Vec::with_capacity(stories.len());
    for (number, texts) in stories.iter().enumerate() {
        let blocks = (0..texts.len()).filter_map(|at| Block::of(texts, at)).map(|block| block.words);
        let blocks: HashSet<String> = blocks.collect();
        let size: usize = blocks.iter().map(String::len).sum();
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for words in &blocks {
            if let Some(earlier) = known.get(words) {
                *shared.entry(*earlier).or_default() += words.len();
            }
        }
        let most = |bytes: usize, size: usize| bytes as f32 >= MIN_SHARE_OF_SAME * size as f32;
        out.push(shared.into_iter().max_by_key(|(earlier, bytes)| (*bytes, std::cmp::Reverse(*earlier))).and_then(
            |(earlier, bytes)| {
                let same = most(bytes, size) && most(bytes, sizes.get(earlier).copied().unwrap_or_default());
                (same && bytes >= MIN_COPY_BYTES).then_some(earlier)
            },
        ));
        sizes.push(size);
        for words in blocks {
            known.entry(words).or_insert(number);
        }
    }
    out
}

/// Returns the article note about an omitted copy of `characters` characters.
#[must_use]
pub(crate) fn note(characters: usize) -> String {
    format!("Left out another copy of the text ({characters} characters).")
}

impl Block {
    /// Creates a block from the text at index `at`. Returns `None` if the text is too short.
    fn of(texts: &[&str], at: usize) -> Option<Self> {
        let words = plain(texts.get(at)?);
        (words.len() >= MIN_BLOCK_BYTES).then_some(Self { at, words })
    }
}

/// Finds the longest copy in a document of `lines` lines, if it repeats the whole story.
fn whole_copy(blocks: &[Block], lines: usize) -> Option<Copy> {
    let copy = longest_copy(blocks).filter(|copy| copy.bytes >= MIN_COPY_BYTES)?;
    let (last, _) = *copy.pairs.last()?;
    let story: HashSet<&str> =
        copy.pairs.iter().filter_map(|(at, _)| blocks.get(*at)).map(|block| block.words.as_str()).collect();
    // A third copy is part of the story, too. It is neither other text nor text after a teaser.
    let bytes = |blocks: &[Block], of_story: bool| -> usize {
        let counted = blocks.iter().filter(|block| story.contains(block.words.as_str()) == of_story);
        counted.map(|block| block.words.len()).sum()
    };
    let (of_story, others) = (bytes(blocks, true) as f32, bytes(blocks, false) as f32);
    let after = bytes(blocks.get(last + 1..).unwrap_or_default(), false);
    // A single repeated paragraph is a refrain, unless it is all the document contains.
    let alone = copy.pairs.len() == 1 && (blocks.len() > 2 || lines > MAX_BRIEF_LINES);
    let whole = of_story >= MIN_SHARE * (of_story + others) && after as f32 <= MAX_SHARE_AFTER * copy.bytes as f32;
    (whole && !alone).then_some(copy)
}

/// Finds the longest run of blocks that repeats an earlier run in the same order.
fn longest_copy(blocks: &[Block]) -> Option<Copy> {
    let mut first: HashMap<&str, usize> = HashMap::new();
    let mut best: Option<Copy> = None;
    let mut next = 0;
    for (at, block) in blocks.iter().enumerate() {
        let original = *first.entry(&block.words).or_insert(at);
        if original == at || at < next {
            continue;
        }
        let copy = aligned(blocks, at, original);
        // A longer run cannot start at a block inside this one.
        next = copy.pairs.last().map_or(at, |(last, _)| last + 1);
        if best.as_ref().is_none_or(|best| copy.bytes > best.bytes) {
            best = Some(copy);
        }
    }
    best
}

/// Follows a copy and its original for as long as they agree.
fn aligned(blocks: &[Block], at: usize, original: usize) -> Copy {
    let mut copy = Copy { pairs: Vec::new(), bytes: 0 };
    let (mut left, mut right) = (original, at);
    while let Some((skip_left, skip_right)) = agreement(blocks, left, right, at) {
        (left, right) = (left + skip_left, right + skip_right);
        copy.bytes += blocks.get(right).map_or(0, |block| block.words.len());
        copy.pairs.push((right, left));
        (left, right) = (left + 1, right + 1);
    }
    copy
}

/// Returns how many blocks to skip in the original and in the copy until they agree. The original ends at `end`, where
/// the copy starts.
fn agreement(blocks: &[Block], left: usize, right: usize, end: usize) -> Option<(usize, usize)> {
    let skips = (0..=MAX_SKIPPED_BLOCKS).flat_map(|left| (0..=MAX_SKIPPED_BLOCKS).map(move |right| (left, right)));
    let mut skips: Vec<(usize, usize)> = skips.collect();
    skips.sort_by_key(|(left, right)| left + right);
    skips.into_iter().find(|(skip_left, skip_right)| {
        let (left, right) = (left + skip_left, right + skip_right);
        let pair = blocks.get(left).zip(blocks.get(right));
        left < end && pair.is_some_and(|(one, other)| one.words == other.words)
    })
}

/// Converts the pairs of a copy to text indices, and adds pairs of repeated headings and other short lines.
fn with_short_lines(texts: &[&str], blocks: &[Block], copy: &Copy) -> Vec<(usize, usize)> {
    let place = |block: usize| blocks.get(block).map_or(texts.len(), |block| block.at);
    let mut out: Vec<(usize, usize)> = copy.pairs.iter().map(|(at, original)| (place(*at), place(*original))).collect();
    let (Some(&(_, end)), Some(&(last, _))) = (out.last(), copy.pairs.last()) else { return out };
    let mut short: HashMap<String, usize> = HashMap::new();
    for (at, text) in texts.iter().enumerate().take(end + 1) {
        short.entry(plain(text)).or_insert(at);
    }
    // Start after the block before the copy, since short lines above it belong to the original.
    let before = copy.pairs.first().and_then(|(first, _)| first.checked_sub(1)).map_or(0, place);
    for (at, text) in texts.iter().enumerate().take(place(last + 1)).skip(before.max(end) + 1) {
        let words = plain(text);
        if let Some(original) = short.get(&words).filter(|_| !words.is_empty() && words.len() < MIN_BLOCK_BYTES) {
            out.push((at, *original));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: [&str; 4] = [
        "Harbour to get a lamp",
        "The harbour of Eastmouth will get a new lamp after forty years, the board said.",
        "The old one will be shown in the museum, beside the bell of the ship that it failed to warn.",
        "Nobody has said what the lamp will cost, and the treasurer would not be drawn on it.",
    ];

    fn left(texts: &[&str]) -> Vec<String> {
        let copies = copies(texts);
        texts.iter().zip(copies).filter(|(_, copy)| copy.is_none()).map(|(text, _)| (*text).to_owned()).collect()
    }

    #[test]
    fn one_of_two_copies_stays() {
        assert_eq!(left(&[STORY, STORY].concat()), STORY);
        assert_eq!(left(&[STORY, STORY, STORY].concat()), STORY);
        assert_eq!(left(&STORY.repeat(6)), STORY);
        let printed = [&STORY[..], &["Print version"], &STORY[..], &["© Echo"]].concat();
        assert_eq!(left(&printed), [&STORY[..], &["Print version", "© Echo"]].concat());
    }

    #[test]
    fn a_picture_or_an_advertisement_in_one_copy_does_not_hide_the_other() {
        let extra = "A picture shows the old lamp in the rain of November, with the keeper below it.";
        let doubled = [&STORY[..2], &[extra], &STORY[2..], &STORY[..]].concat();
        assert_eq!(left(&doubled), [&STORY[..2], &[extra], &STORY[2..]].concat());
    }

    #[test]
    fn the_byline_of_a_story_between_two_copies_stays() {
        let other =
            ["Road to close", "By Jane Doe", "The road to Varde will be closed for a week, the county said on Monday."];
        let signed = [&STORY[..1], &["By Jane Doe"], &STORY[1..]].concat();
        assert_eq!(left(&[&signed[..], &other, &signed].concat()), [&signed[..], &other].concat());
    }

    #[test]
    fn what_repeats_a_part_of_the_story_stays() {
        let teaser = [&STORY[..2], &STORY[..]].concat();
        let quote = [&STORY[..], &STORY[2..3]].concat();
        let list = ["Bread", "Milk", "Salt", "Tea"];
        let framed = [&STORY[1..2], &list, &STORY[1..2]].concat();
        let refrain = [&STORY[..2], &STORY[3..], &STORY[1..2], &STORY[2..3], &STORY[1..2]].concat();
        for texts in [teaser, quote, refrain, framed] {
            assert_eq!(left(&texts), texts);
        }
    }

    #[test]
    fn the_same_story_is_known_again() {
        let (whole, part) = (STORY.to_vec(), STORY[..2].to_vec());
        let stories = [whole.clone(), part, whole, Vec::new(), Vec::new()];
        assert_eq!(repeated_stories(&stories), [None, None, Some(0), None, None]);
    }
}
