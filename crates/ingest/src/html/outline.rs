//! Outline of a page: the elements that contain its blocks in document order, and the amount of text in each block.

use super::element::{Shape, Step};
use super::text_block::{TextBlock, TextBlockKind};
use std::ops::{AddAssign, Range, Sub};

/// Commas of several scripts.
const COMMAS: [char; 5] = [',', '،', '、', '，', '﹐'];
/// Maximum share of linked text in a paragraph, from 0 to 1.
const LINKED: f32 = 0.25;

/// Element of a page that contains text.
#[derive(Clone, Debug)]
pub(super) struct Element {
    /// Name and classes of the element.
    pub step: Step,
    /// Index of the parent element. The outermost element is its own parent.
    pub parent: usize,
    /// Index after the last descendant.
    pub end: usize,
    /// Indices of the blocks inside.
    pub blocks: Range<usize>,
}

/// Amounts of text and of structure in a part of a page. All lengths are in characters.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Amount {
    /// Length of the text.
    pub chars: usize,
    /// Length of the text inside links.
    pub linked: usize,
    /// Length of the list items.
    pub listed: usize,
    /// Length of the headings.
    pub headed: usize,
    /// Number of commas.
    pub commas: usize,
    /// Number of paragraphs.
    pub paragraphs: usize,
    /// Number of list items.
    pub items: usize,
    /// Number of pictures, videos and recordings.
    pub media: usize,
    /// Number of data tables and pieces of code.
    pub data: usize,
}

impl Amount {
    /// Measures a block in an element of the given shape.
    fn of(block: &TextBlock, shape: Shape) -> Self {
        let chars = block.text.chars().count();
        let item = matches!(block.kind, TextBlockKind::ListItem(_));
        let heading = matches!(block.kind, TextBlockKind::Heading(_));
        Self {
            chars,
            linked: chars * block.linked / block.text.len().max(1),
            listed: if item { chars } else { 0 },
            headed: if heading { chars } else { 0 },
            commas: block.text.chars().filter(|letter| COMMAS.contains(letter)).count(),
            paragraphs: usize::from(matches!(shape, Shape::Paragraph | Shape::Division)),
            items: usize::from(item),
            media: block.media.len(),
            data: usize::from(matches!(block.kind, TextBlockKind::Table | TextBlockKind::Code)),
        }
    }

    /// Returns the share of text inside links, from 0 to 1.
    pub(super) fn link_density(&self) -> f32 {
        self.linked as f32 / self.chars.max(1) as f32
    }

    /// Combines two amounts field by field.
    fn combined(self, other: Self, combine: impl Fn(usize, usize) -> usize) -> Self {
        Self {
            chars: combine(self.chars, other.chars),
            linked: combine(self.linked, other.linked),
            listed: combine(self.listed, other.listed),
            headed: combine(self.headed, other.headed),
            commas: combine(self.commas, other.commas),
            paragraphs: combine(self.paragraphs, other.paragraphs),
            items: combine(self.items, other.items),
            media: combine(self.media, other.media),
            data: combine(self.data, other.data),
        }
    }
}

impl AddAssign for Amount {
    fn add_assign(&mut self, other: Self) {
        *self = self.combined(other, |one, other| one + other);
    }
}

impl Sub for Amount {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self.combined(other, usize::saturating_sub)
    }
}

/// Running totals of the amounts in the blocks of a page, from which the amount in any range of blocks follows.
pub(super) struct Totals(Vec<Amount>);

impl Totals {
    /// Returns the amount in a range of blocks.
    pub(super) fn amount(&self, range: &Range<usize>) -> Amount {
        self.0[range.end] - self.0[range.start]
    }
}

/// Elements and blocks of a page.
#[derive(Default)]
pub(super) struct Outline {
    /// Elements in document order.
    pub elements: Vec<Element>,
    /// Amount in each block.
    pub amounts: Vec<Amount>,
    /// Index of the innermost element around each block, not counting inline elements.
    pub own: Vec<usize>,
}

impl Outline {
    /// Creates the outline of a page from its blocks.
    pub(super) fn of(blocks: &[TextBlock]) -> Self {
        let mut outline = Self::default();
        let mut open = Vec::new();
        for (at, block) in blocks.iter().enumerate() {
            outline.open(&mut open, at, block);
            let own = open.last().copied().unwrap_or_default();
            let shape = outline.elements.get(own).map_or(Shape::Block, |own| own.step.shape);
            outline.own.push(own);
            outline.amounts.push(Amount::of(block, shape));
        }
        outline
    }

    /// Adds the elements around a block that are not around the block before it. `open` has the elements around the
    /// block before, and then those around this one.
    fn open(&mut self, open: &mut Vec<usize>, at: usize, block: &TextBlock) {
        let inner = block.path.iter().rposition(|step| step.shape != Shape::Inline).map_or(0, |inner| inner + 1);
        let path = block.path.get(..inner).unwrap_or_default();
        let is = |index: &usize, step: &Step| self.elements[*index].step.id == step.id;
        // The path of a deep block begins further in. If it shares no element with the block before, only the outermost
        // element certainly contains it.
        let first = path.first().and_then(|step| open.iter().position(|index| is(index, step)));
        let start = first.unwrap_or_else(|| open.len().min(1));
        let common = open.iter().skip(start).zip(path).take_while(|(index, step)| is(index, step)).count();
        open.truncate(start + common);
        for step in path.iter().skip(common) {
            let index = self.elements.len();
            let parent = open.last().copied().unwrap_or(index);
            self.elements.push(Element { step: *step, parent, end: index + 1, blocks: at..at });
            open.push(index);
        }
        let end = self.elements.len();
        for index in open {
            let element = &mut self.elements[*index];
            element.blocks.end = at + 1;
            element.end = end;
        }
    }

    /// Returns the totals of the blocks for which `live` is set.
    pub(super) fn totals(&self, live: &[bool]) -> Totals {
        let mut sum = Amount::default();
        let mut out = vec![sum];
        for (amount, live) in self.amounts.iter().zip(live) {
            if *live {
                sum += *amount;
            }
            out.push(sum);
        }
        Totals(out)
    }

    /// Returns whether an element is a `div` around a single paragraph, which counts as that paragraph.
    pub(super) fn is_wrapper(&self, index: usize) -> bool {
        let element = &self.elements[index];
        let inner = self.elements.get(index + 1..element.end).unwrap_or_default();
        let plain = match inner {
            [] => true,
            [only] => only.step.shape == Shape::Paragraph,
            _ => false,
        };
        plain
            && element.step.shape == Shape::Division
            && element.blocks.len() == 1
            && self.amounts[element.blocks.start].link_density() < LINKED
    }

    /// Returns, for each element, whether it is the article, main part or headline of the page or contains one.
    pub(super) fn headed(&self) -> Vec<bool> {
        let mut headed = vec![false; self.elements.len()];
        for (index, element) in self.elements.iter().enumerate().rev() {
            headed[index] |= matches!(element.step.shape, Shape::Whole | Shape::Heading(1));
            headed[element.parent] |= headed[index];
        }
        headed
    }

    /// Iterates over the ancestors of an element, innermost first, without the outermost one.
    pub(super) fn ancestors(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        let parent = move |at: &usize| self.elements.get(*at).map(|element| element.parent);
        std::iter::successors(parent(&index), parent).take_while(|at| *at != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::super::text_block;
    use super::*;

    fn outline(html: &str) -> Outline {
        Outline::of(&text_block::blocks(&parse::document(html)))
    }

    #[test]
    fn elements_have_the_blocks_inside_them() {
        let page = outline("<div><p>One, two</p><ul><li>Three<li><a href=x>Four</a></ul></div><p>Five</p>");
        let found: Vec<(Shape, usize, Range<usize>)> =
            page.elements.iter().map(|element| (element.step.shape, element.parent, element.blocks.clone())).collect();
        let expected = [
            (Shape::Block, 0, 0..4),
            (Shape::Division, 0, 0..3),
            (Shape::Paragraph, 1, 0..1),
            (Shape::List, 1, 1..3),
            (Shape::Item, 3, 1..2),
            (Shape::Item, 3, 2..3),
            (Shape::Paragraph, 0, 3..4),
        ];
        assert_eq!(found, expected);
        let amount = page.totals(&[true; 4]).amount(&page.elements[1].blocks);
        assert_eq!((amount.chars, amount.linked, amount.commas, amount.items, amount.listed), (17, 4, 1, 2, 9));
        let rest = page.totals(&[false, true, true, true]).amount(&page.elements[1].blocks);
        assert_eq!((rest.chars, rest.commas), (9, 0));
    }

    #[test]
    fn a_box_around_one_paragraph_is_a_wrapper() {
        let wraps = |html: &str| outline(html).is_wrapper(1);
        assert!(wraps("<div>A line</div><p>x"));
        assert!(wraps("<div><p>A line</p></div><p>x"));
        assert!(!wraps("<div><p>A line</p><p>Another</p></div><p>x"));
        assert!(!wraps("<div><a href=x>A line of links</a></div><p>x"));
        assert!(!wraps("<section><p>A line</p></section><p>x"));
    }

    #[test]
    fn the_elements_of_a_deep_page_nest() {
        let (open, close) = ("<div>".repeat(60), "</div>".repeat(60));
        let page = outline(&format!("<p>a</p>{open}<p>b</p><p>c</p>{close}<p>d</p>"));
        let own = |at: usize| &page.elements[page.own[at]];
        assert_eq!(own(1).parent, own(2).parent);
        assert!(page.ancestors(page.own[1]).count() >= 30);
        assert_eq!((own(0).parent, own(3).parent), (0, 0));
        assert_eq!(page.elements[0].blocks, 0..4);
    }
}
