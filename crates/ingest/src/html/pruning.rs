//! Removes the parts of a story that are furniture, by the rules of Readability: boxes and lists of links, share
//! buttons, and elements whose classes say so.

use super::class_hints;
use super::element::Shape;
use super::outline::{Amount, Element, Outline};

/// Maximum number of characters in a box with buttons to share a story.
const SHARE: usize = 500;
/// Number of commas from which on a box is prose.
const PROSE: usize = 10;
/// Number of characters below which a box is a label.
const LABEL: usize = 25;
/// Minimum share of list items in the text of a list, from 0 to 1.
const LISTED: f32 = 0.9;
/// Maximum share of linked text in a box, and in one whose classes are typical of a story. From 0 to 1.
const LINKED: (f32, f32) = (0.2, 0.5);

/// Clears `live` for the blocks of furniture in a story. `around` is the element that contains the story and its
/// siblings.
pub(super) fn prune(outline: &Outline, around: usize, weights: bool, live: &mut [bool]) {
    let totals = outline.totals(live);
    let end = outline.elements.get(around).map_or(0, |element| element.end);
    let mut removed = vec![Amount::default(); outline.elements.len()];
    // The elements inside an element come first, because those removed do not count in it.
    for index in (around + 1..end).rev() {
        let element = &outline.elements[index];
        let whole = totals.amount(&element.blocks);
        let amount = whole - removed[index];
        let gone = amount.chars > 0 && !outline.is_wrapper(index) && {
            let outermost = element.parent == around;
            is_furniture(element, outermost, weights, &amount)
        };
        if gone {
            live[element.blocks.clone()].fill(false);
        }
        let out = if gone { whole } else { removed[index] };
        removed[element.parent] += out;
    }
}

/// Returns whether a part of a story is furniture. `outermost` says whether it is a sibling of the story or the story
/// itself.
fn is_furniture(element: &Element, outermost: bool, weights: bool, amount: &Amount) -> bool {
    let weight = element.weight(weights);
    match element.step.shape {
        Shape::Margin if !outermost => true,
        _ if class_hints::is_share(element.step.hints) && amount.chars < SHARE => true,
        Shape::Heading(1 | 2) => weight < 0.0,
        Shape::Table | Shape::List | Shape::Division | Shape::Form | Shape::Margin => {
            let list = element.step.shape == Shape::List || amount.listed as f32 > LISTED * amount.chars as f32;
            amount.data == 0 && (weight < 0.0 || is_link_box(list, weight, amount))
        }
        _ => false,
    }
}

/// Returns whether a part of a story consists of links or pictures. `list` says whether it is a list.
fn is_link_box(list: bool, weight: f32, amount: &Amount) -> bool {
    let density = amount.link_density();
    if amount.commas >= PROSE {
        return false;
    }
    if amount.media > 1 && amount.paragraphs * 2 < amount.media {
        // In a list of pictures, each item has its own.
        return !list || amount.media != amount.items;
    }
    if list || weight > 0.0 {
        return weight > 0.0 && density > LINKED.1;
    }
    let label = amount.chars < LABEL && density > 0.0 && (amount.headed as f32) < LISTED * amount.chars as f32;
    label && matches!(amount.media, 0 | 3..) || density > LINKED.0
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::super::text_block;
    use super::*;

    const STORY: &str = "The mill at Skarn burned down on Sunday, and nobody was hurt, the owner said.";

    /// Returns the texts that remain of a page.
    fn pruned(html: &str) -> Vec<String> {
        let blocks = text_block::blocks(&parse::document(html));
        let mut live = vec![true; blocks.len()];
        prune(&Outline::of(&blocks), 0, true, &mut live);
        blocks.into_iter().zip(live).filter(|(_, live)| *live).map(|(block, _)| block.text).collect()
    }

    #[test]
    fn furniture_inside_a_story_is_removed() {
        for furniture in [
            "<div><a href=a>Fire at the tannery</a> <a href=b>Mill for sale</a><p><a href=c>All news</a></div>",
            "<div class=share-buttons><p>Send by mail</p><p>Print</p></div>",
            "<aside><p>The mill was built in 1840.</p></aside>",
            "<ul class=related-stories><li>Tannery closed</li><li>Mill for sale</li></ul>",
        ] {
            let page = format!("<article><p>{STORY}</p>{furniture}</article>");
            assert_eq!(pruned(&page), [STORY], "{furniture}");
        }
    }

    #[test]
    fn parts_of_a_story_are_kept() {
        for (part, count) in [
            ("<ul><li>Two engines came.</li><li>The road was closed.</li></ul>", 2),
            ("<div><p>See the <a href=a>report</a> of the fire brigade for the cause.</p><p>It is long.</p></div>", 2),
            ("<blockquote class=twitter-tweet><p>We are all safe.</p><p>Skarn Mill</p></blockquote>", 2),
            ("<div class=related><pre>a = 1</pre></div>", 1),
            ("<div class=promo-text><p>It was old.</p><p>It was dry.</p></div>", 2),
        ] {
            let page = format!("<article><p>{STORY}</p>{part}</article>");
            assert_eq!(pruned(&page).len(), 1 + count, "{part}");
        }
    }
}
