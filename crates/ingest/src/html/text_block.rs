//! Converts a page to a sequence of blocks in reading order. Each has the text of one block-level element and evidence
//! from its position in the tree. No block is left out here.

use super::class_hints::{self, ClassHints};
use super::element::{Tag, hidden, step};
use super::line::Line;
use super::list::Ordered;
use super::media::{self, Medium};
use super::note::{self, Notes};
use super::{math, table};
use crate::boilerplate::boilerplate_phrases::{self, Fit};
use crate::boilerplate::line_classifier;
use crate::lexicon::{COLLAPSED_CLASSES, EMPHASIS_ELEMENTS, SKIPPED_ELEMENTS, STRUCK_ELEMENTS};
use crate::sentence::ends_sentence;
use dateline_core::article::Boilerplate;
use dateline_core::text::Span;
use dom_query::{Document, NodeId, NodeRef};
use std::cell::OnceCell;

pub(crate) use super::element::{Step, TextBlockKind};

/// Block of text in a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct TextBlock {
    /// Text with collapsed white space. Table rows and lines of code keep their line breaks.
    pub text: String,
    /// Kind of the element that contains the block.
    pub kind: TextBlockKind,
    /// Number of bytes in `text` that are inside links.
    pub linked: usize,
    /// Number of ancestors of the block in the tree.
    pub depth: usize,
    /// Class hints of all elements that contain the block.
    pub(crate) above: ClassHints,
    /// Spans of links in `text`, with their `href` as written in the page.
    pub links: Vec<(Span, String)>,
    /// Spans of emphasised words in `text`.
    pub emphasis: Vec<Span>,
    /// Elements that contain the block, outermost first. Limited to the innermost 40.
    pub(crate) path: Vec<Step>,
    /// Number of words, counted on first use.
    pub(crate) words: OnceCell<usize>,
    /// Phrase that is the strongest evidence of boilerplate, found on first use.
    pub(crate) phrase: OnceCell<Option<(Fit, Boilerplate)>>,
    /// Whether the text is a byline or timestamp line, determined on first use.
    pub(crate) signed_or_dated: OnceCell<bool>,
    /// Struck-out words and pronunciation guides in the element, which are not part of `text`.
    pub(crate) struck: Vec<String>,
    /// Marker of the list item that begins with this block, such as `4.` or `b.`. Not part of `text`.
    pub(crate) marker: Option<String>,
    /// Whether the block is in the footer of a quotation, where the quotation's author is named.
    pub(crate) signature: bool,
    /// Pictures, videos and recordings between the previous block and this one.
    pub(crate) media: Vec<Medium>,
}

impl TextBlock {
    /// Returns the number of words.
    pub(super) fn words(&self) -> usize {
        *self.words.get_or_init(|| line_classifier::word_count(&self.text))
    }

    /// Returns position and kind of the phrase that is the strongest evidence of boilerplate.
    pub(super) fn phrase(&self) -> Option<(Fit, Boilerplate)> {
        *self.phrase.get_or_init(|| boilerplate_phrases::hits(&self.text).best)
    }

    /// Returns whether the text is a byline or timestamp line.
    pub(super) fn is_signed_or_dated(&self) -> bool {
        let text = &self.text;
        *self.signed_or_dated.get_or_init(|| line_classifier::is_signed(text) || line_classifier::is_dated(text))
    }

    /// Returns whether the text ends like a sentence.
    pub(super) fn ends_sentence(&self) -> bool {
        ends_sentence(&self.text)
    }
}

/// Maximum number of elements to keep in the path of a block.
const PATH: usize = 40;

/// Returns the blocks of a page, in reading order.
pub(super) fn blocks(document: &Document) -> Vec<TextBlock> {
    read(document).0
}

/// Returns the blocks of a page in reading order, and whether the page has hidden elements that may be collapsed
/// answers.
pub(super) fn read(document: &Document) -> (Vec<TextBlock>, bool) {
    let mut walk = Walk::default();
    if let Some(body) = document.body() {
        walk.run(&body);
    }
    (walk.out, walk.collapsed)
}

/// Returns whether an element has a class used for collapsed boxes.
pub(super) fn is_collapsible(node: &NodeRef<'_>) -> bool {
    let class = node.attr("class").unwrap_or_default().to_ascii_lowercase();
    COLLAPSED_CLASSES.iter().any(|part| class.contains(part))
}

/// Returns the class hints of the headline's position in the page.
pub(super) fn home(blocks: &[TextBlock], title: Option<&str>) -> ClassHints {
    blocks.iter().find(|block| Some(block.text.as_str()) == title).map_or(ClassHints::default(), |block| block.above)
}

/// Element that has been entered but not left.
struct Level {
    id: NodeId,
    step: Step,
    tag: Tag,
    hints: ClassHints,
    list: u8,
    ordered: Option<Ordered>,
    href: Option<String>,
    within: Within,
}

/// Properties that an element and its ancestors give to the text inside. Computed once per element and not once per
/// piece of text, because a page has many more pieces of text than elements with such properties.
#[allow(clippy::struct_excessive_bools, reason = "each is independent of the others")]
#[derive(Clone, Copy, Default)]
struct Within {
    /// Class hints of the element and all of its ancestors.
    hints: ClassHints,
    /// Whether the text is in a link that leads elsewhere, not in one that only opens a box on the page.
    link: bool,
    /// Whether the text is preformatted.
    preformatted: bool,
    /// Whether the text is emphasised.
    emphasis: bool,
    /// Whether the text is in a quotation.
    quotation: bool,
    /// Whether the text is in the footer of a quotation.
    signature: bool,
}

/// State of the tree traversal. The traversal is iterative, because the input determines the depth.
#[derive(Default)]
struct Walk {
    out: Vec<TextBlock>,
    levels: Vec<Level>,
    line: Line,
    struck: Vec<String>,
    notes: Notes,
    marker: Option<String>,
    media: Vec<Medium>,
    /// Whether the page has a hidden element with a class for collapsed boxes.
    collapsed: bool,
}

impl Walk {
    fn run(&mut self, root: &NodeRef<'_>) {
        let mut node = *root;
        loop {
            if self.enter(&node)
                && let Some(child) = node.first_child()
            {
                node = child;
                continue;
            }
            loop {
                self.leave(&node);
                if node.id == root.id {
                    self.flush();
                    return;
                }
                if let Some(next) = node.next_sibling() {
                    node = next;
                    break;
                }
                let Some(parent) = node.parent() else { return };
                node = parent;
            }
        }
    }

    /// Enters a node. Returns whether to visit its children.
    fn enter(&mut self, node: &NodeRef<'_>) -> bool {
        if node.is_text() {
            self.text(&node.text());
            return false;
        }
        let Some(element) = node.element_ref() else { return false };
        let name: &str = &element.name.local;
        if name == "br" {
            self.line_break();
            return false;
        }
        if hidden(node) {
            self.collapsed = self.collapsed || is_collapsible(node);
            return false;
        }
        let link = self.levels.iter().rev().find_map(|level| level.href.as_deref());
        media::push(&mut self.media, media::of(name, node, link));
        if SKIPPED_ELEMENTS.contains(name) {
            return false;
        }
        if STRUCK_ELEMENTS.contains(name) {
            self.struck.extend(Some(dateline_core::text::folded(&node.text())).filter(|words| !words.is_empty()));
            return false;
        }
        if let Some(mark) = self.raised(name, node) {
            self.text(&mark);
            return false;
        }
        if name == "math" {
            self.text(&math::text(node));
            return false;
        }
        if name == "table" && table::is_data(node) {
            self.table(node);
            return false;
        }
        let list = self.levels.last().map_or(0, |level| level.list) + u8::from(matches!(name, "ul" | "ol"));
        let list = list.min(9);
        let tag = Tag::of(name, list);
        if tag.is_block() {
            self.flush();
        }
        let above = self.levels.last().map_or(Within::default(), |level| level.within);
        let signature = name == "footer" && above.quotation;
        let own = if signature { ClassHints::default() } else { class_hints::of_attributes(node) };
        let hints = if signature { own } else { own.with(class_hints::of_name(name)) };
        let ordered = (name == "ol").then(|| Ordered::new(node));
        if name == "li" {
            let list = self.levels.iter_mut().rev().find(|level| level.tag == Tag::List);
            self.marker = list.and_then(|list| list.ordered.as_mut()).and_then(|list| list.marker(node));
        }
        let href = if name == "a" { node.attr("href").map(|href| href.to_string()) } else { None };
        let quotes = name == "q" && !node.text().trim_start().starts_with(note::QUOTES);
        let within = Within {
            hints: above.hints.with(hints),
            // A link to `#` only opens a box on the same page.
            link: above.link || name == "a" && href.as_deref().is_none_or(|href: &str| href.trim() != "#"),
            preformatted: above.preformatted || name == "pre",
            emphasis: above.emphasis || EMPHASIS_ELEMENTS.contains(name),
            quotation: above.quotation || name == "blockquote",
            signature: above.signature || signature,
        };
        let step = step(name, tag, own, node);
        self.levels.push(Level { id: node.id, step, tag, hints, list, ordered, href, within });
        if let Some(label) = self.notes.opened(node) {
            self.text(&format!("{label} "));
        }
        if quotes {
            self.quote(Line::open_quote, "“", "‘");
        }
        true
    }

    /// Adds an opening or closing quotation mark. Uses `inner` inside another quotation, and `outer` elsewhere.
    fn quote(&mut self, add: fn(&mut Line, &str, bool), outer: &str, inner: &str) {
        let linked = self.levels.iter().any(|level| level.tag == Tag::Link);
        let nested = self.levels.iter().filter(|level| level.tag == Tag::Quotation).count() > 1;
        add(&mut self.line, if nested { inner } else { outer }, linked);
    }

    /// Returns the text of a raised number or letter or of a link to a footnote: the footnote mark in brackets, or the
    /// exponent in superscript digits. Returns `None` for any other element.
    fn raised(&mut self, name: &str, node: &NodeRef<'_>) -> Option<String> {
        match name {
            "sup" => self.notes.raised(node, &self.line.text),
            "a" => self.notes.linked(node),
            _ => None,
        }
    }

    /// Appends text to the current line, with the links and emphasis of the open elements.
    fn text(&mut self, text: &str) {
        if self.line.is_ended() && !text.trim().is_empty() {
            self.flush();
        }
        let within = self.levels.last().map_or(Within::default(), |level| level.within);
        let words = self.line.push(text, within.link, within.preformatted);
        if words.is_empty() {
            return;
        }
        if let Some(href) = self.levels.iter().rev().find_map(|level| level.href.as_deref()) {
            self.line.link(words, href);
        }
        if within.emphasis {
            self.line.set_off(words);
        }
    }

    /// Leaves a node, if it was entered.
    fn leave(&mut self, node: &NodeRef<'_>) {
        if self.levels.last().is_some_and(|level| level.id == node.id && level.tag == Tag::Quotation) {
            let own = dateline_core::text::folded(&node.text());
            if !own.is_empty() && !own.starts_with(note::QUOTES) {
                self.quote(Line::close_quote, "”", "’");
            }
        }
        let Some(level) = self.levels.pop_if(|level| level.id == node.id) else { return };
        if level.tag.is_block() {
            // Flush while the element is still open, because the line belongs to it.
            self.levels.push(level);
            self.flush();
            self.levels.pop();
        }
    }

    /// Handles a `br` element. A single one is a space within the line, but two end the line.
    fn line_break(&mut self) {
        if self.levels.last().is_some_and(|level| level.within.preformatted) {
            self.line.push("\n", false, true);
        } else if matches!(self.kind(), TextBlockKind::Heading(_)) {
            self.line.push(" ", false, false);
        } else if self.line.line_break() > 1 {
            self.flush();
        }
    }

    /// Ends the current line.
    fn flush(&mut self) {
        if self.notes.is_label(&self.line.text) {
            // The text of the footnote is in the next element.
            self.line.push(" ", false, false);
            return;
        }
        let line = std::mem::take(&mut self.line).finished();
        if line.text.is_empty() {
            return;
        }
        let kind = self.kind();
        let mut block = self.block(line.text, kind, line.linked);
        block.links = line.links;
        block.emphasis = line.emphasis;
        block.struck = std::mem::take(&mut self.struck);
        block.marker = self.marker.take().filter(|_| matches!(kind, TextBlockKind::ListItem(_)));
        block.signature = self.levels.last().is_some_and(|level| level.within.signature);
        block.media = std::mem::take(&mut self.media);
        self.out.push(block);
    }

    /// Creates a block at the current position of the traversal.
    fn block(&mut self, text: String, kind: TextBlockKind, linked: usize) -> TextBlock {
        let above = self.levels.last().map_or(ClassHints::default(), |level| level.within.hints);
        // Keep only the innermost elements, because the input determines the depth.
        let path = self.levels.iter().skip(self.levels.len().saturating_sub(PATH)).map(|level| level.step).collect();
        TextBlock {
            linked: linked.min(text.len()),
            text,
            kind,
            depth: self.levels.len(),
            above,
            path,
            ..TextBlock::default()
        }
    }

    /// Returns the kind of a line, determined by the open elements.
    fn kind(&self) -> TextBlockKind {
        let named = self.levels.iter().rev().find_map(|level| match level.tag {
            Tag::Kind(kind) => Some(kind),
            _ => None,
        });
        if let Some(kind) = named {
            return kind;
        }
        if self.levels.iter().rev().take(2).any(|level| level.hints.has(class_hints::CAPTION)) {
            TextBlockKind::Caption
        } else {
            TextBlockKind::Text
        }
    }

    /// Adds a data table as one block, preceded by its caption.
    fn table(&mut self, node: &NodeRef<'_>) {
        self.flush();
        let table = table::read(node);
        if !table.caption.is_empty() {
            let caption = self.block(table.caption, TextBlockKind::Caption, 0);
            self.out.push(caption);
        }
        if !table.text.is_empty() {
            let mut block = self.block(table.text, TextBlockKind::Table, 0);
            block.links = table.links;
            self.out.push(block);
        }
    }
}
