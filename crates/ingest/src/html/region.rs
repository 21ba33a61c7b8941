//! Decides which blocks of a page belong to its story.

use super::class_hints::{self, ClassHints};
use super::furniture::is_boilerplate;
use super::outline::Outline;
use super::text_block::{TextBlock, TextBlockKind};
use super::{around, candidate};
use crate::boilerplate::line_classifier::{self, Line, LineFeatures};
use crate::metadata::timestamp_line::{self, TimestampLine};
use dom_query::Document;

/// Maximum distance in blocks between a caption and the headline below it, or between the end of the story and a
/// caption below it.
const LEAD: usize = 3;
/// Minimum length of a caption to keep, in bytes.
const CAPTION: usize = 15;

/// Minimum amount of prose outside comments or cookie notices, in bytes. With less prose, comments and notices are not
/// removed.
const MIN_BYTES_OUTSIDE: usize = 60;
/// Minimum length of the text below the heading of a list entry, in bytes.
const ENTRY: usize = 40;
/// Minimum number of words in a sentence between the headline and the story.
const SENTENCE: usize = 10;

/// Maximum number of nodes in a page whose elements are searched for the story. The largest news page measured has
/// 12,000 elements.
const ELEMENTS: usize = 40_000;
/// Maximum depth of a page whose elements are searched for the story.
const DEPTH: usize = 200;

/// Returns, for each block, whether it belongs to the story.
pub(super) fn story(document: &Document, blocks: &[TextBlock], home: ClassHints, title: Option<&str>) -> Vec<bool> {
    if document.tree.len() > ELEMENTS || blocks.iter().any(|block| block.depth > DEPTH) {
        return by_lines(blocks);
    }
    let forms = around::forms(document, blocks);
    let outline = Outline::of(blocks);
    let inside = candidate::story(&outline, blocks, &excluded(&outline, blocks, home));
    let mut kept: Vec<bool> =
        blocks.iter().zip(&inside).map(|(block, inside)| *inside && !is_boilerplate(block)).collect();
    let alike = around::alike(blocks);
    around::keep_alike(blocks, &alike, home, title, &mut kept);
    around::drop_other_posts(blocks, &alike, title, &mut kept);
    keep_chronology(blocks, &inside, &mut kept);
    keep_linked_headings(blocks, &inside, &mut kept);
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

/// Returns, for each block, whether it is in a comment section or cookie notice. If the page has little other text, no
/// block is, because its story may consist of comments or be about cookies.
fn excluded(outline: &Outline, blocks: &[TextBlock], home: ClassHints) -> Vec<bool> {
    let enough = |marked: fn(ClassHints) -> bool, apart: &dyn Fn(&TextBlock) -> bool| {
        let other = |block: &&TextBlock| !apart(block) && block.ends_sentence();
        blocks.iter().any(|block| marked(block.above))
            && !marked(home)
            && blocks.iter().filter(other).map(|block| block.text.len()).sum::<usize>() >= MIN_BYTES_OUTSIDE
    };
    let comments = enough(class_hints::has_comments, &|block| class_hints::is_apart(block.above, home));
    let notices = enough(class_hints::has_cookies, &|block| class_hints::has_cookies(block.above));
    if !comments && !notices {
        return vec![false; blocks.len()];
    }
    let headed = outline.headed();
    let mut out = vec![false; outline.elements.len()];
    for (at, element) in outline.elements.iter().enumerate() {
        let hints = element.step.hints;
        let marked = comments && class_hints::has_comments(hints) || notices && class_hints::has_cookies(hints);
        out[at] = at > 0 && (out[element.parent] || marked && !headed[at]);
    }
    outline.own.iter().map(|own| out.get(*own).copied().unwrap_or(false)).collect()
}

/// Keeps linked headings above text of the story, as in a list of places or works.
fn keep_linked_headings(blocks: &[TextBlock], inside: &[bool], kept: &mut [bool]) {
    for at in 0..blocks.len().saturating_sub(1) {
        let (Some(block), Some(next)) = (blocks.get(at), blocks.get(at + 1)) else { return };
        let heading = matches!(block.kind, TextBlockKind::Heading(2..=3)) && block.linked > 0;
        let text = next.kind == TextBlockKind::Text && next.linked * 2 < next.text.len() && next.text.len() >= ENTRY;
        let over_story = kept.get(at + 1) == Some(&true) && inside.get(at) == Some(&true);
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
