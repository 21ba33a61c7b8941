//! Decides which blocks of a page belong to its story.

use super::around;
use super::class_hints::{self, ClassHints};
use super::furniture::is_boilerplate;
use super::text_block::{TextBlock, TextBlockKind};
use crate::boilerplate::line_classifier::{self, Line, LineFeatures};
use crate::metadata::timestamp_line::{self, TimestampLine};
use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};
use foldhash::HashSet;

/// Maximum distance in blocks between a caption and the headline below it, or between the end of the story and a
/// caption below it.
const LEAD: usize = 3;
/// Minimum length of a caption to keep, in bytes.
const CAPTION: usize = 15;

/// Minimum amount of prose outside comments or cookie notices, in bytes. With less prose, comments and notices are not
/// removed.
const MIN_BYTES_OUTSIDE: usize = 60;
/// Maximum number of comment sections to remove.
const COMMENTS: usize = 5_000;
/// Minimum length of the text below the heading of a list entry, in bytes.
const ENTRY: usize = 40;
/// Minimum number of words in a sentence between the headline and the story.
const SENTENCE: usize = 10;

/// CSS selector of the element in which Readability wraps the story.
const READABLE: &str = "#readability-page-1";

/// Number of words in a shingle.
const WORDS: usize = 4;

/// Maximum number of nodes in a page for which Readability is run. The largest news page measured has 12,000 elements,
/// and the running time is quadratic on hostile pages.
const ELEMENTS: usize = 40_000;
/// Maximum depth of a page for which Readability is run.
const DEPTH: usize = 200;

/// Returns, for each block, whether it belongs to the story.
pub(super) fn story(document: Document, blocks: &[TextBlock], home: ClassHints, title: Option<&str>) -> Vec<bool> {
    if document.tree.len() > ELEMENTS || blocks.iter().any(|block| block.depth > DEPTH) {
        return by_lines(blocks);
    }
    drop_comments(&document, blocks, home);
    drop_notices(&document, blocks, home);
    let forms = around::forms(&document, blocks);
    let region = readable(document);
    let inside: Vec<bool> = blocks.iter().map(|block| region.share(&block.text) >= 0.6).collect();
    let mut kept: Vec<bool> =
        blocks.iter().zip(&inside).map(|(block, inside)| *inside && !is_boilerplate(block)).collect();
    let alike = around::alike(blocks);
    around::keep_alike(blocks, &alike, home, title, &mut kept);
    around::drop_other_posts(blocks, &alike, title, &mut kept);
    keep_chronology(blocks, &inside, &mut kept);
    keep_linked_headings(blocks, &region, &mut kept);
    keep_data(blocks, home, &mut kept);
    keep_opening(blocks, home, &mut kept);
    around::keep_inner(blocks, home, &mut kept);
    around::keep_linked_lines(blocks, &inside, home, &mut kept);
    for (block, kept) in blocks.iter().zip(kept.iter_mut()) {
        *kept &= !block.path.iter().any(|step| forms.contains(&step.id));
    }
    drop_closing_list(blocks, &mut kept);
    keep_signatures(blocks, &mut kept);
    keep_captions(blocks, home, &mut kept);
    kept
}

/// Removes comments from the page if other text remains, because the comments on a short post may be longer than the
/// post.
fn drop_comments(document: &Document, blocks: &[TextBlock], home: ClassHints) {
    let own = |block: &&TextBlock| !class_hints::is_apart(block.above, home) && block.ends_sentence();
    if !blocks.iter().any(|block| class_hints::has_comments(block.above))
        || class_hints::has_comments(home)
        || blocks.iter().filter(own).map(|block| block.text.len()).sum::<usize>() < MIN_BYTES_OUTSIDE
    {
        return;
    }
    let Some(body) = document.body() else { return };
    let comments: Vec<NodeRef<'_>> = body.descendants_it().filter(class_hints::is_comments).take(COMMENTS).collect();
    for node in comments {
        if !holds_headline(&node) {
            node.remove_from_parent();
        }
    }
}

/// Removes cookie notices from the page if other text remains, because a notice may be longer than the story.
fn drop_notices(document: &Document, blocks: &[TextBlock], home: ClassHints) {
    if !blocks.iter().any(|block| class_hints::has_cookies(block.above)) {
        return;
    }
    let own = |block: &&TextBlock| !class_hints::has_cookies(block.above) && block.ends_sentence();
    if class_hints::has_cookies(home)
        || blocks.iter().filter(own).map(|block| block.text.len()).sum::<usize>() < MIN_BYTES_OUTSIDE
    {
        return;
    }
    let Some(body) = document.body() else { return };
    let notices: Vec<NodeRef<'_>> = body.descendants_it().filter(class_hints::is_notice).take(COMMENTS).collect();
    for node in notices {
        if !node.has_name("body") && !holds_headline(&node) {
            node.remove_from_parent();
        }
    }
}

/// Returns whether an element is the article, main part or headline of the page, or contains a main part or headline.
fn holds_headline(node: &NodeRef<'_>) -> bool {
    ["article", "main", "h1"].iter().any(|name| node.has_name(name))
        || node.descendants_it().any(|inner| inner.has_name("h1") || inner.has_name("main"))
}

/// Keeps linked headings above text of the story, as in a list of places or works.
fn keep_linked_headings(blocks: &[TextBlock], region: &Region, kept: &mut [bool]) {
    for at in 0..blocks.len().saturating_sub(1) {
        let (Some(block), Some(next)) = (blocks.get(at), blocks.get(at + 1)) else { return };
        let heading = matches!(block.kind, TextBlockKind::Heading(2..=3)) && block.linked > 0;
        let text = next.kind == TextBlockKind::Text && next.linked * 2 < next.text.len() && next.text.len() >= ENTRY;
        let over_story = kept.get(at + 1) == Some(&true) && region.share(&block.text) >= 0.6;
        if heading
            && text
            && over_story
            && let Some(kept) = kept.get_mut(at)
        {
            *kept = true;
        }
    }
}

/// Keeps the dates in a chronology: dates without a label or time that are below the first sentence of the story and
/// directly above more prose. Publication dates have a label, or are at the beginning or end.
fn keep_chronology(blocks: &[TextBlock], inside: &[bool], kept: &mut [bool]) {
    let prose = |at: usize| blocks.get(at).is_some_and(TextBlock::ends_sentence);
    let Some(first) = (0..blocks.len()).find(|at| kept.get(*at) == Some(&true) && prose(*at)) else { return };
    for at in first + 1..blocks.len().saturating_sub(1) {
        let over_prose = kept.get(at + 1) == Some(&true) && prose(at + 1);
        let Some(block) = blocks.get(at).filter(|_| over_prose && inside.get(at) == Some(&true)) else { continue };
        let bare = |line: TimestampLine| !line.claimed && line.rest.is_empty() && line.published.moment.is_none();
        if timestamp_line::read(&block.text).is_some_and(bare)
            && block.linked == 0
            && let Some(kept) = kept.get_mut(at)
        {
            *kept = true;
        }
    }
}

/// Keeps data tables and code within the story and directly after it.
fn keep_data(blocks: &[TextBlock], home: ClassHints, kept: &mut [bool]) {
    let (Some(first), Some(last)) = (kept.iter().position(|kept| *kept), kept.iter().rposition(|kept| *kept)) else {
        return;
    };
    for (block, kept) in blocks.iter().zip(kept.iter_mut()).take(last + 2).skip(first) {
        let data =
            matches!(block.kind, TextBlockKind::Table | TextBlockKind::Code) && block.linked * 2 < block.text.len();
        *kept |= data && !class_hints::is_apart(block.above, home);
    }
}

/// Keeps several sentences or code between the headline and the first block of the region, such as a question above its
/// answer. A single sentence is a standfirst instead.
fn keep_opening(blocks: &[TextBlock], home: ClassHints, kept: &mut [bool]) {
    let mut opening = opening(blocks, home, kept);
    opening.retain(|at| blocks.get(*at).is_some_and(|block| !class_hints::is_standfirst(block.above)));
    if opening.len() > 1 {
        for at in opening {
            if let Some(kept) = kept.get_mut(at) {
                *kept = true;
            }
        }
    }
}

/// Keeps the author's line under a quotation in the story. Its element is also used for page footers.
fn keep_signatures(blocks: &[TextBlock], kept: &mut [bool]) {
    for at in 1..blocks.len() {
        let quoted = blocks.get(at - 1).is_some_and(|before| before.kind == TextBlockKind::Quote);
        let signed = blocks.get(at).is_some_and(|block| block.signature) && quoted && kept.get(at - 1) == Some(&true);
        if let Some(kept) = kept.get_mut(at).filter(|_| signed) {
            *kept = true;
        }
    }
}

/// Returns the indices of sentences and code between the headline and the first kept block.
fn opening(blocks: &[TextBlock], home: ClassHints, kept: &[bool]) -> Vec<usize> {
    let Some(first) = kept.iter().position(|kept| *kept) else { return Vec::new() };
    let Some(headline) = blocks.iter().take(first).rposition(|block| block.kind == TextBlockKind::Heading(1)) else {
        return Vec::new();
    };
    let opens = |block: &TextBlock| {
        let text = || block.kind == TextBlockKind::Text && block.ends_sentence() && block.words() >= SENTENCE;
        let own = !class_hints::is_apart(block.above, home) && !is_boilerplate(block);
        own && (text() || block.kind == TextBlockKind::Code) && block.linked * 2 < block.text.len()
    };
    (headline + 1..first).filter(|at| blocks.get(*at).is_some_and(opens)).collect()
}

/// Returns the standfirst: the only block with sentences between the headline and the story, if it directly follows the
/// headline or is in the same element.
pub(super) fn lead(blocks: &[TextBlock], home: ClassHints, kept: &[bool]) -> Option<String> {
    let opening = opening(blocks, home, kept);
    let [at] = opening.as_slice() else { return None };
    let block = blocks.get(*at)?;
    let headline = blocks.iter().take(*at).rposition(|block| block.kind == TextBlockKind::Heading(1))?;
    let beside = |block: &TextBlock| block.path.iter().rev().nth(1).map(|step| step.id);
    let parent = beside(blocks.get(headline)?)?;
    (beside(block) == Some(parent) || *at == headline + 1).then(|| block.text.clone())
}

/// Removes a list of other stories at the end. It consists of several list entries that all contain links and have
/// little other text.
fn drop_closing_list(blocks: &[TextBlock], kept: &mut [bool]) {
    let story: Vec<usize> = (0..blocks.len()).filter(|at| kept.get(*at) == Some(&true)).collect();
    let entry = |at: &&usize| {
        let block = blocks.get(**at);
        block.is_some_and(|block| matches!(block.kind, TextBlockKind::ListItem(_)) && !block.links.is_empty())
    };
    let closing: Vec<usize> = story.iter().rev().take_while(entry).copied().collect();
    let mostly_linked = |at: &usize| blocks.get(*at).is_some_and(|block| block.linked * 4 > block.text.len());
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

/// Keeps captions between the headline and the end of the story. The region often begins below the first picture, and
/// it never includes pictures.
fn keep_captions(blocks: &[TextBlock], home: ClassHints, kept: &mut [bool]) {
    let (Some(first), Some(last)) = (kept.iter().position(|kept| *kept), kept.iter().rposition(|kept| *kept)) else {
        return;
    };
    let headline = blocks.iter().take(first).rposition(|block| block.kind == TextBlockKind::Heading(1));
    let from = headline.unwrap_or(first).min(first).saturating_sub(LEAD);
    for (block, kept) in blocks.iter().zip(kept.iter_mut()).take(last + LEAD + 1).skip(from) {
        let beside = class_hints::is_apart(block.above, home);
        if block.kind == TextBlockKind::Caption && !beside && block.text.len() >= CAPTION {
            *kept = true;
        }
    }
}

/// Classifies blocks by their text if there is no region.
fn by_lines(blocks: &[TextBlock]) -> Vec<bool> {
    let line = |block: &TextBlock| Line {
        item: matches!(block.kind, TextBlockKind::ListItem(_)),
        gap: true,
        ..Line::default()
    };
    let lines: Vec<Line<'_>> = blocks.iter().map(|block| Line { text: &block.text, ..line(block) }).collect();
    let line_features: Vec<LineFeatures> = lines.iter().map(|line| LineFeatures::of(line.text)).collect();
    line_classifier::Model::bundled().keep(&lines, &line_features)
}

/// Text that Readability considers the story, as a set of shingles (word sequences).
#[derive(Default)]
pub(super) struct Region {
    shingles: HashSet<u64>,
    lines: HashSet<u64>,
}

impl Region {
    /// Returns the share of a text's shingles that are in the region, from 0 to 1.
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

/// Runs Readability. Returns an empty region if it finds no story.
fn readable(document: Document) -> Region {
    let config = Config { disable_json_ld: true, ..Config::default() };
    let Ok(mut readability) = Readability::with_document(document, None, Some(config)) else {
        return Region::default();
    };
    if readability.parse().is_err() {
        return Region::default();
    }
    let mut region = Region::default();
    // The story is still in the parsed tree, so its markup need not be parsed again.
    for root in readability.doc.select_single(READABLE).nodes() {
        for line in super::text_block::lines(root) {
            let words = words(&line);
            region.lines.insert(hash(&words));
            region.shingles.extend(words.windows(WORDS).map(hash));
        }
    }
    region
}

/// Returns the hashes of the words in a text, without punctuation (64-bit FNV-1a over their characters).
fn words(text: &str) -> Vec<u64> {
    let mut out = Vec::with_capacity(text.len() / 5);
    let mut sum = None;
    for letter in text.chars() {
        if letter.is_alphanumeric() {
            sum = Some(hashed(sum.unwrap_or(SEED), u64::from(u32::from(letter))));
        } else {
            out.extend(sum.take());
        }
    }
    out.extend(sum);
    out
}

/// Hashes a sequence of words.
fn hash(words: &[u64]) -> u64 {
    words.iter().fold(SEED, |sum, word| hashed(sum.rotate_left(5), *word))
}

/// Initial value of 64-bit FNV-1a.
const SEED: u64 = 0xcbf2_9ce4_8422_2325;

/// Adds a value to a hash, as 64-bit FNV-1a does.
const fn hashed(sum: u64, value: u64) -> u64 {
    (sum ^ value).wrapping_mul(0x0100_0000_01b3)
}
