//! Describes an element of a page for the blocks inside: the kind of text that its name implies, its place in the
//! structure of the page, and whether it is hidden.

use super::class_hints::{self, ClassHints};
use crate::lexicon::{BLOCK_ELEMENTS, PARAGRAPH_ELEMENTS, THREAD_WORDS, UNSEEN_CLASSES};
use dom_query::{NodeId, NodeRef};

/// Element that contains a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    /// Identifier of the element in the tree.
    pub id: NodeId,
    /// Hash of the element's name and its classes without numbers. Elements of the same structure have the same hash.
    pub kind: u64,
    /// Whether the classes of the element are typical of posts in a thread.
    pub post: bool,
    /// Whether the element has classes.
    pub classed: bool,
    /// Whether the element may contain a whole post. Paragraphs, headings and their parts may not.
    pub holds: bool,
    /// Class hints of the element, without those of the elements around it.
    pub hints: ClassHints,
    /// What the element's name implies for the search for the story.
    pub shape: Shape,
}

/// Meaning of an element's name in the search for the story.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Shape {
    /// `article` or `main`.
    Whole,
    /// `section`.
    Section,
    /// `div`.
    Division,
    /// `p`.
    Paragraph,
    /// `pre`.
    Code,
    /// `h1` to `h6`, with the level.
    Heading(u8),
    /// `blockquote`.
    Quote,
    /// `td`.
    Cell,
    /// `table`.
    Table,
    /// `ul` or `ol`.
    List,
    /// `li`, or a part of a description list or address.
    Item,
    /// `form` or `fieldset`.
    Form,
    /// `footer` or `aside`.
    Margin,
    /// Any other block element.
    #[default]
    Block,
    /// Any other element.
    Inline,
}

impl Shape {
    /// Returns the meaning of an element's name.
    fn of(name: &str, tag: Tag) -> Self {
        match name {
            "article" | "main" => Self::Whole,
            "section" => Self::Section,
            "div" => Self::Division,
            "p" => Self::Paragraph,
            "pre" => Self::Code,
            "blockquote" => Self::Quote,
            "td" => Self::Cell,
            "table" => Self::Table,
            "ul" | "ol" => Self::List,
            "li" | "dl" | "dd" | "dt" | "address" => Self::Item,
            "form" | "fieldset" => Self::Form,
            "footer" | "aside" => Self::Margin,
            _ => match tag {
                Tag::Kind(TextBlockKind::Heading(level)) => Self::Heading(level),
                _ if tag.is_block() => Self::Block,
                _ => Self::Inline,
            },
        }
    }
}

/// Kind of a block, determined by its element.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum TextBlockKind {
    /// Running text.
    #[default]
    Text,
    /// Heading of level 1 to 6, from `h1` to `h6`.
    Heading(u8),
    /// List entry, with the nesting depth of its list.
    ListItem(u8),
    /// Text inside a `blockquote` element.
    Quote,
    /// Text inside a `figcaption` or `caption` element.
    Caption,
    /// Data table, with one line per row and tabs between cells.
    Table,
    /// Preformatted text, such as source code.
    Code,
}

/// Name of an element, as far as it matters to the text inside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tag {
    /// `a`.
    Link,
    /// `q`.
    Quotation,
    /// `ul` or `ol`.
    List,
    /// Any element that determines the kind of its text, such as `h2` or `pre`.
    Kind(TextBlockKind),
    /// Any other block element.
    Block,
    /// Any other element.
    #[default]
    Inline,
}

impl Tag {
    /// Returns the tag of an element in a list of nesting depth `list`.
    pub(super) fn of(name: &str, list: u8) -> Self {
        Self::Kind(match name {
            "a" => return Self::Link,
            "q" => return Self::Quotation,
            "ul" | "ol" => return Self::List,
            "h1" => TextBlockKind::Heading(1),
            "h2" => TextBlockKind::Heading(2),
            "h3" => TextBlockKind::Heading(3),
            "h4" => TextBlockKind::Heading(4),
            "h5" => TextBlockKind::Heading(5),
            "h6" => TextBlockKind::Heading(6),
            "li" => TextBlockKind::ListItem(list.max(1)),
            "figcaption" | "caption" => TextBlockKind::Caption,
            "pre" => TextBlockKind::Code,
            "blockquote" => TextBlockKind::Quote,
            _ => return if BLOCK_ELEMENTS.contains(name) { Self::Block } else { Self::Inline },
        })
    }

    /// Returns whether text inside is apart from text outside.
    pub(super) const fn is_block(self) -> bool {
        matches!(self, Self::List | Self::Kind(_) | Self::Block)
    }
}

/// Describes an element by its name and classes.
pub(super) fn step(name: &str, tag: Tag, hints: ClassHints, node: &NodeRef<'_>) -> Step {
    let (mut kind, mut post, mut classed) = (hash(name), false, false);
    if let Some(element) = node.element_ref() {
        for attribute in &element.attrs {
            let value: &str = &attribute.value;
            match &*attribute.name.local {
                "class" => {
                    // Ignore the order of classes, and ignore classes with a number, which differ between posts.
                    for word in value.split_whitespace() {
                        classed = true;
                        let numbered = word.bytes().any(|byte| byte.is_ascii_digit());
                        kind = kind.wrapping_add(if numbered { 0 } else { hash(word) });
                    }
                }
                "id" | "itemprop" | "itemtype" | "data-role" | "component" => {}
                _ => continue,
            }
            post = post || is_of_thread(value);
        }
    }
    let holds = tag.is_block() && !PARAGRAPH_ELEMENTS.contains(name) || name == "span" && classed;
    Step { id: node.id, kind, post, classed, holds, hints, shape: Shape::of(name, tag) }
}

/// Returns whether a class name contains a word for a post in a thread, also as part of a name such as `postText`.
fn is_of_thread(value: &str) -> bool {
    if value.split(|c: char| !c.is_ascii_alphabetic()).any(|word| THREAD_WORDS.contains_lowered(word)) {
        return true;
    }
    let mut found = false;
    if value.bytes().any(|byte| byte.is_ascii_uppercase()) {
        class_hints::each_word(value, |word| {
            found |= std::str::from_utf8(word).is_ok_and(|word| THREAD_WORDS.contains(word));
        });
    }
    found
}

/// Hashes a word with 64-bit FNV-1a.
fn hash(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Returns whether an element is marked as hidden, or as text for screen readers or for a tooltip.
pub(super) fn hidden(node: &NodeRef<'_>) -> bool {
    node.element_ref().is_some_and(|element| {
        element.attrs.iter().any(|attribute| match &*attribute.name.local {
            "hidden" => true,
            "role" => &*attribute.value == "tooltip",
            "class" => {
                let unseen = attribute.value.split_ascii_whitespace().any(|class| UNSEEN_CLASSES.contains(class));
                // A hidden headline is kept, because the page may show it as a picture.
                unseen && !matches!(&*element.name.local, "h1" | "h2")
            }
            "style" => {
                let style = attribute.value.to_ascii_lowercase();
                style.contains("display:none") || style.contains("display: none")
            }
            _ => false,
        })
    })
}
