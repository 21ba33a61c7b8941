//! Finds the element of a page that contains the story, by the method of Mozilla's Readability. Each paragraph adds to
//! the scores of the elements around it. The element with the highest score is the story, together with those of its
//! siblings that score well.

use super::class_hints;
use super::element::Shape;
use super::outline::{Amount, Element, Outline, Totals};
use super::pruning;
use super::text_block::TextBlock;
use std::ops::Range;

/// Minimum number of characters in a paragraph that counts.
const PARAGRAPH: usize = 25;
/// Number of elements around a paragraph to whose scores it adds.
const ANCESTORS: usize = 5;
/// Minimum score to reduce by the share of links.
const REDUCED: f32 = 5.0;
/// Number of best candidates to compare.
const BEST: usize = 5;
/// Number of rivals of the best candidate that an element has to contain to replace it.
const COMMON: usize = 3;
/// Minimum score of a rival, as a share of the best score.
const RIVAL: f32 = 0.75;
/// Minimum score of a sibling that belongs to the story, and the same as a share of the story's score.
const SIBLING: (f32, f32) = (10.0, 0.2);
/// Number of characters from which on a paragraph beside the story may contain links, and their maximum share.
const LOOSE: (usize, f32) = (80, 0.25);
/// Minimum number of characters in a story. A page with less is searched again with fewer restrictions.
const STORY: usize = 500;

/// Restrictions on the search for the story, from the strictest to the loosest. In this order, they say whether
/// elements are left out that are named as furniture, whether classes add to the scores, and whether furniture in the
/// story is removed.
const RESTRICTIONS: [(bool, bool, bool); 4] =
    [(true, true, true), (false, true, true), (false, false, true), (false, false, false)];

impl Element {
    /// Returns the weight of the element's classes, from -25 for furniture to 25 for a story, or 0 if `weights` is not
    /// set.
    pub(super) fn weight(&self, weights: bool) -> f32 {
        if weights { class_hints::weight(self.step.hints) } else { 0.0 }
    }

    /// Returns the score before any paragraph is added.
    fn initial_score(&self, weights: bool) -> f32 {
        let own = match self.step.shape {
            Shape::Division => 5.0,
            Shape::Code | Shape::Cell | Shape::Quote => 3.0,
            Shape::List | Shape::Item | Shape::Form => -3.0,
            Shape::Heading(_) => -5.0,
            _ => 0.0,
        };
        own + self.weight(weights)
    }
}

/// Returns, for each block, whether it is in the story. Blocks for which `excluded` is set are not.
pub(super) fn story(outline: &Outline, blocks: &[TextBlock], excluded: &[bool]) -> Vec<bool> {
    let mut best = (0, vec![false; blocks.len()]);
    for (likely, weights, pruned) in RESTRICTIONS {
        let live = live(outline, excluded, likely);
        let mut inside = Search::new(outline, blocks, &live, weights).story(pruned);
        for (inside, live) in inside.iter_mut().zip(&live) {
            *inside &= live;
        }
        let chars = outline.totals(&inside).amount(&(0..blocks.len())).chars;
        if chars > best.0 {
            best = (chars, inside);
        }
        if chars >= STORY {
            break;
        }
    }
    best.1
}

/// Returns, for each block, whether it takes part in the search. If `likely` is set, leaves out elements whose names or
/// classes name furniture.
fn live(outline: &Outline, excluded: &[bool], likely: bool) -> Vec<bool> {
    let mut gone = vec![false; outline.elements.len()];
    for (index, element) in outline.elements.iter().enumerate().skip(1) {
        let unlikely = element.step.shape == Shape::Margin || class_hints::is_unlikely(element.step.hints);
        gone[index] = gone[element.parent] || likely && unlikely;
    }
    let own = outline.own.iter().map(|own| gone.get(*own).copied().unwrap_or_default());
    own.zip(excluded).map(|(gone, excluded)| !gone && !excluded).collect()
}

/// Search for the story with certain restrictions.
struct Search<'a> {
    outline: &'a Outline,
    blocks: &'a [TextBlock],
    /// Whether each block takes part.
    live: &'a [bool],
    totals: Totals,
    /// Whether classes add to the scores.
    weights: bool,
    /// Score of each element, if a paragraph has added to it.
    scores: Vec<Option<f32>>,
}

impl<'a> Search<'a> {
    fn new(outline: &'a Outline, blocks: &'a [TextBlock], live: &'a [bool], weights: bool) -> Self {
        let scores = vec![None; outline.elements.len()];
        Self { outline, blocks, live, totals: outline.totals(live), weights, scores }
    }

    /// Returns, for each block, whether it is in the story. Removes furniture if `pruned` is set.
    fn story(&mut self, pruned: bool) -> Vec<bool> {
        self.score();
        let (ranges, around) = match self.top() {
            Some(top) => (self.with_siblings(top), self.outline.elements[top].parent),
            None => (std::iter::once(0..self.blocks.len()).collect(), 0),
        };
        let mut inside = vec![false; self.blocks.len()];
        for range in ranges {
            inside[range.clone()].copy_from_slice(&self.live[range]);
        }
        if pruned {
            pruning::prune(self.outline, around, self.weights, &mut inside);
        }
        inside
    }

    /// Computes the scores of the elements from their paragraphs and links.
    fn score(&mut self) {
        for (at, own) in self.outline.own.iter().enumerate().filter(|(at, _)| self.live[*at]) {
            let Some(element) = self.outline.elements.get(*own) else { continue };
            match element.step.shape {
                Shape::Paragraph | Shape::Heading(_) | Shape::Code => self.add(element.parent, at..at + 1),
                Shape::Division if self.outline.is_wrapper(*own) => self.add(element.parent, at..at + 1),
                // Text directly in a box is a paragraph of that box.
                Shape::Division => self.add(*own, at..at + 1),
                _ => {}
            }
        }
        for element in &self.outline.elements {
            if matches!(element.step.shape, Shape::Section | Shape::Cell) {
                self.add(element.parent, element.blocks.clone());
            }
        }
        for (element, score) in self.outline.elements.iter().zip(&mut self.scores) {
            if let Some(score) = score.as_mut().filter(|score| **score > REDUCED) {
                *score *= 1.0 - self.totals.amount(&element.blocks).link_density();
            }
        }
    }

    /// Adds a paragraph to the scores of an element and of the elements around it: fully to the first, half of it to
    /// the second and less to the others.
    fn add(&mut self, element: usize, paragraph: Range<usize>) {
        let Amount { chars, commas, .. } = self.totals.amount(&paragraph);
        if chars < PARAGRAPH {
            return;
        }
        let points = (2 + commas + (chars / 100).min(3)) as f32;
        let around = std::iter::once(element).chain(self.outline.ancestors(element)).chain([0]);
        let mut around: Vec<usize> = around.filter(|index| !self.outline.is_wrapper(*index)).take(ANCESTORS).collect();
        around.dedup();
        for (level, index) in around.into_iter().enumerate() {
            let divisor = if level < 2 { level + 1 } else { level * 3 };
            let initial = self.outline.elements[index].initial_score(self.weights);
            *self.scores[index].get_or_insert(initial) += points / divisor as f32;
        }
    }

    /// Returns the element that contains the story, or `None` if only the whole page does.
    fn top(&self) -> Option<usize> {
        let scored = self.scores.iter().enumerate().filter_map(|(index, score)| Some((index, (*score)?)));
        let mut best: Vec<(usize, f32)> = scored.filter(|(_, score)| *score > 0.0).collect();
        best.sort_by(|one, other| other.1.total_cmp(&one.1));
        best.truncate(BEST);
        let (mut top, score) = *best.first().filter(|(top, _)| *top != 0)?;
        let rivals: Vec<usize> =
            best.iter().skip(1).filter(|rival| rival.1 >= score * RIVAL).map(|(rival, _)| *rival).collect();
        if rivals.len() >= COMMON {
            let holds = |above: usize, rival: usize| self.outline.ancestors(rival).any(|known| known == above);
            let common = |above: &usize| rivals.iter().filter(|rival| holds(*above, **rival)).count() >= COMMON;
            top = self.outline.ancestors(top).find(common).unwrap_or(top);
        }
        top = self.raised(top);
        // The neighbours of an only child are the siblings of its parent.
        let blocks = &self.outline.elements[top].blocks;
        let only = |above: &usize| self.outline.elements[*above].blocks == *blocks;
        Some(self.outline.ancestors(top).take_while(only).last().unwrap_or(top))
    }

    /// Returns the first element around a candidate that scores higher than the one inside, or the candidate.
    fn raised(&self, top: usize) -> usize {
        let own = self.scores[top].unwrap_or_default();
        let mut last = own;
        for above in self.outline.ancestors(top) {
            let Some(score) = self.scores[above] else { continue };
            if score < own / 3.0 {
                break;
            }
            if score > last {
                return above;
            }
            last = score;
        }
        top
    }

    /// Returns the blocks of the story's element and of the siblings that belong to it.
    fn with_siblings(&self, top: usize) -> Vec<Range<usize>> {
        let parent = self.outline.elements[top].parent;
        let around = &self.outline.elements[parent];
        let mut ranges = Vec::new();
        let (mut at, mut index) = (around.blocks.start, parent + 1);
        while at < around.blocks.end {
            let child = self.outline.elements.get(index).filter(|child| index < around.end && child.blocks.start == at);
            let (blocks, joined) = match child {
                Some(child) => (child.blocks.clone(), index == top || self.is_sibling(index, top)),
                None => (at..at + 1, self.is_loose(at)),
            };
            index = child.map_or(index, |child| child.end);
            at = blocks.end;
            if joined {
                ranges.push(blocks);
            }
        }
        ranges
    }

    /// Returns whether a sibling of the story's element belongs to the story.
    fn is_sibling(&self, index: usize, top: usize) -> bool {
        let (element, story) = (&self.outline.elements[index], &self.outline.elements[top]);
        let own = self.scores[top].unwrap_or_else(|| story.initial_score(self.weights));
        let alike = element.step.classed && element.step.kind == story.step.kind;
        if let Some(score) = self.scores[index].filter(|score| *score > 0.0) {
            let bonus = if alike { own * SIBLING.1 } else { 0.0 };
            return score + bonus >= (own * SIBLING.1).max(SIBLING.0);
        }
        let paragraph = element.step.shape == Shape::Paragraph || self.outline.is_wrapper(index);
        paragraph && element.blocks.clone().all(|at| self.is_loose(at))
    }

    /// Returns whether a paragraph beside the story belongs to it: a long one with few links, or a sentence without
    /// any.
    fn is_loose(&self, at: usize) -> bool {
        let (amount, block) = (&self.outline.amounts[at], &self.blocks[at]);
        if amount.chars > LOOSE.0 {
            return amount.link_density() < LOOSE.1;
        }
        block.linked == 0 && (block.text.ends_with('.') || block.text.contains(". "))
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::super::text_block;
    use super::*;

    const STORY: [&str; 4] = [
        "The council of Ostrel voted on Monday to repair the old pier, which a storm had damaged, before the summer.",
        "The work will cost two million, the mayor said, and half of it comes from the county, which owns the road.",
        "Fishermen had asked for years, in letters and at meetings, that the pier be made safe for their boats.",
        "The last repair, of the planks and the lamps, was in 1998, when the ferry still called there every hour.",
    ];

    /// Returns the beginnings of the blocks in the story of a page.
    fn found(html: &str) -> Vec<String> {
        let blocks = text_block::blocks(&parse::document(html));
        let inside = story(&Outline::of(&blocks), &blocks, &vec![false; blocks.len()]);
        let texts = blocks.into_iter().zip(inside).filter(|(_, inside)| *inside).map(|(block, _)| block.text);
        texts.map(|text| text.chars().take(12).collect()).collect()
    }

    fn paragraphs(texts: &[&str]) -> String {
        texts.iter().map(|text| format!("<p>{text} {text}</p>")).collect()
    }

    const WHOLE: [&str; 4] = ["The council ", "The work wil", "Fishermen ha", "The last rep"];

    #[test]
    fn the_box_with_most_prose_is_the_story() {
        let story = paragraphs(&STORY);
        let links: String =
            (0..20).map(|n| format!("<li><a href=/{n}>Pier, ferry, harbour and road {n}</a>")).collect();
        for page in [
            format!("<div><ul>{links}</ul></div><div>{story}</div><div><p>Terms of use, privacy and imprint</p></div>"),
            format!("<main><div><div><div>{story}</div></div></div><div><ul>{links}</ul></div></main>"),
        ] {
            assert_eq!(found(&page), WHOLE, "{page}");
        }
    }

    #[test]
    fn prose_in_a_box_of_furniture_is_not_the_story() {
        let (story, other) = (paragraphs(&STORY), paragraphs(&STORY).replace("The", "One"));
        for furniture in
            ["<div class=comments>", "<div id=sidebar>", "<div class=related-posts>", "<footer>", "<aside>"]
        {
            let page = format!("<div>{furniture}{other}</div></footer></aside></div><div><div>{story}</div></div>");
            assert_eq!(found(&page), WHOLE, "{furniture}");
        }
    }

    #[test]
    fn siblings_with_prose_belong_to_the_story() {
        let (start, end) = (paragraphs(&STORY[..2]), paragraphs(&STORY[2..]));
        let page = format!("<div><div class=part>{start}</div><p>A bell rang.</p><div class=part>{end}</div></div>");
        assert_eq!(found(&page), ["The council ", "The work wil", "A bell rang.", "Fishermen ha", "The last rep"]);
    }

    #[test]
    fn a_short_story_in_an_unlikely_box_is_found() {
        assert_eq!(found("<div class=sidebar><p>The ferry to Ostrel is late, the harbour said.</p></div>").len(), 1);
        assert!(found("").is_empty());
    }
}
