//! Elements in their order. End tags that are missing are supplied, those that fit nothing are
//! passed over, and depth and number are bounded.

use super::reference::decoded;
use super::space::Space;
use super::token::{self, Token, Tokens};
use std::borrow::Cow;

/// The deepest nesting kept; text below it belongs to the element at that depth.
const DEPTH: usize = 200;
/// The most elements and texts kept.
const NODES: usize = 1 << 20;
/// The most namespace declarations in force at once.
const DECLARATIONS: usize = 512;
/// Elements of HTML that have no end tag.
const VOID: [&str; 6] = ["br", "hr", "img", "wbr", "source", "input"];
/// No node.
const NONE: u32 = u32::MAX;

/// What a format's elements are like, so that a missing end tag can be supplied.
#[derive(Clone, Copy, Debug, Default)]
pub struct Habits {
    /// Elements that never hold one of `fields`: lower case, without prefix.
    pub leaves: &'static [&'static str],
    /// Elements that end an open leaf.
    pub fields: &'static [&'static str],
    /// Elements that do not nest in themselves.
    pub items: &'static [&'static str],
}

/// All elements of a source.
pub struct Tree<'a> {
    nodes: Vec<Node<'a>>,
    /// Whether the source ended before its outermost element did.
    pub cut: bool,
    /// Whether a bound was reached and structure given up for it.
    pub bounded: bool,
}

struct Node<'a> {
    kind: Kind<'a>,
    space: Space,
    parent: u32,
    next: u32,
    first: u32,
    last: u32,
}

#[derive(Clone, Copy)]
enum Kind<'a> {
    Element { name: &'a str, attributes: &'a str },
    Text(&'a str),
    Verbatim(&'a str),
}

impl<'a> Tree<'a> {
    /// Reads a source.
    #[must_use]
    pub fn new(source: &'a str, habits: Habits) -> Self {
        let root = Kind::Element { name: "", attributes: "" };
        let root = Node { kind: root, space: Space::Own, parent: NONE, next: NONE, first: NONE, last: NONE };
        let tree = Self { nodes: vec![root], cut: false, bounded: false };
        let mut build = Build { tree, habits, open: vec![0], flat: 0, scope: Vec::new() };
        for token in Tokens::new(source) {
            build.take(token);
        }
        build.tree.cut = build.open.len() > 1;
        build.tree
    }

    /// What holds the outermost elements.
    #[must_use]
    pub const fn root(&self) -> Element<'_, 'a> {
        Element { tree: self, index: 0 }
    }

    /// Every element in the order of the start tags.
    pub fn elements(&self) -> impl Iterator<Item = Element<'_, 'a>> {
        (1..self.nodes.len() as u32).map(|index| Element { tree: self, index }).filter(|element| element.is_element())
    }
}

/// The state of building.
struct Build<'a> {
    tree: Tree<'a>,
    habits: Habits,
    open: Vec<u32>,
    /// Open tags beyond the depth.
    flat: usize,
    /// Depth, prefix and vocabulary of the declarations in force.
    scope: Vec<(usize, &'a str, Space)>,
}

impl<'a> Build<'a> {
    fn take(&mut self, token: Token<'a>) {
        match token {
            Token::Open { name, attributes, empty } => self.open(name, attributes, empty),
            Token::Close(name) => self.close(name),
            Token::Text(text) => drop(self.push(Kind::Text(text), Space::Own)),
            Token::Verbatim(text) => drop(self.push(Kind::Verbatim(text), Space::Own)),
        }
    }

    /// Appends a node to the innermost open element.
    fn push(&mut self, kind: Kind<'a>, space: Space) -> Option<u32> {
        if self.tree.nodes.len() >= NODES {
            self.tree.bounded = true;
            return None;
        }
        let parent = self.open.last().copied().unwrap_or(0);
        let index = self.tree.nodes.len() as u32;
        self.tree.nodes.push(Node { kind, space, parent, next: NONE, first: NONE, last: NONE });
        let last = self.tree.nodes.get(parent as usize).map_or(NONE, |node| node.last);
        if let Some(before) = self.tree.nodes.get_mut(last as usize) {
            before.next = index;
        }
        if let Some(parent) = self.tree.nodes.get_mut(parent as usize) {
            parent.last = index;
            if parent.first == NONE {
                parent.first = index;
            }
        }
        Some(index)
    }

    fn open(&mut self, name: &'a str, attributes: &'a str, empty: bool) {
        self.supply_end_tags(name);
        if self.open.len() > DEPTH {
            self.flat += usize::from(!empty);
            self.tree.bounded = true;
            return;
        }
        let depth = self.open.len();
        if attributes.contains("xmlns") {
            for (key, value) in token::attributes(attributes) {
                let prefix = if key == "xmlns" { Some("") } else { key.strip_prefix("xmlns:") };
                let room = self.scope.len() < DECLARATIONS;
                if let Some(prefix) = prefix.filter(|_| room) {
                    self.scope.push((depth, prefix, Space::of_address(value.trim(), prefix)));
                }
            }
        }
        let prefix = name.split_once(':').map_or("", |(prefix, _)| prefix);
        let declared = self.scope.iter().rev().find(|(_, known, _)| *known == prefix);
        let space = declared.map_or_else(|| Space::of_prefix(prefix), |(_, _, space)| *space);
        let index = self.push(Kind::Element { name, attributes }, space);
        match index {
            Some(index) if !empty => self.open.push(index),
            _ => self.leave_scope(),
        }
    }

    /// Ends a leaf that another field begins in, and an item that another item begins in.
    fn supply_end_tags(&mut self, name: &str) {
        let local = local(name);
        let listed = |list: &[&str], name: &str| list.iter().any(|known| known.eq_ignore_ascii_case(name));
        if listed(self.habits.items, local) {
            let at = self.open.iter().rposition(|index| listed(self.habits.items, local_of(&self.tree, *index)));
            if let Some(at) = at.filter(|at| *at > 0) {
                self.open.truncate(at);
                self.flat = 0;
                self.leave_scope();
            }
        } else if listed(self.habits.fields, local) {
            let top = self.open.last().copied().unwrap_or(0);
            if self.open.len() > 1 && listed(self.habits.leaves, local_of(&self.tree, top)) {
                self.open.pop();
                self.leave_scope();
            }
        }
    }

    fn close(&mut self, name: &str) {
        if self.flat > 0 {
            self.flat -= 1;
            return;
        }
        let fits = |index: &u32| match self.tree.nodes.get(*index as usize).map(|node| node.kind) {
            Some(Kind::Element { name: open, .. }) => open.eq_ignore_ascii_case(name),
            _ => false,
        };
        if let Some(at) = self.open.iter().rposition(fits).filter(|at| *at > 0) {
            self.open.truncate(at);
            self.leave_scope();
        }
    }

    /// Forgets the declarations of elements that have ended.
    fn leave_scope(&mut self) {
        let depth = self.open.len();
        while self.scope.pop_if(|(declared, ..)| *declared >= depth).is_some() {}
    }
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

fn local_of<'a>(tree: &Tree<'a>, index: u32) -> &'a str {
    match tree.nodes.get(index as usize).map(|node| node.kind) {
        Some(Kind::Element { name, .. }) => local(name),
        _ => "",
    }
}

/// One element of a tree.
#[derive(Clone, Copy)]
pub struct Element<'t, 'a> {
    tree: &'t Tree<'a>,
    index: u32,
}

impl<'t, 'a> Element<'t, 'a> {
    fn node(&self) -> Option<&'t Node<'a>> {
        self.tree.nodes.get(self.index as usize)
    }

    fn is_element(&self) -> bool {
        self.node().is_some_and(|node| matches!(node.kind, Kind::Element { .. }))
    }

    /// The name without its prefix, as written.
    #[must_use]
    pub fn name(&self) -> &'a str {
        local_of(self.tree, self.index)
    }

    /// The vocabulary that the name belongs to.
    #[must_use]
    pub fn space(&self) -> Space {
        self.node().map_or(Space::Other, |node| node.space)
    }

    /// Whether it is `name` of the document's own vocabulary.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.is_in(Space::Own, name)
    }

    /// Whether it is `name` of `space`.
    #[must_use]
    pub fn is_in(&self, space: Space, name: &str) -> bool {
        self.space() == space && self.name().eq_ignore_ascii_case(name)
    }

    /// The element that holds it.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        let parent = self.node()?.parent;
        (parent != NONE).then_some(Self { tree: self.tree, index: parent })
    }

    fn nodes(&self) -> impl Iterator<Item = Self> + use<'t, 'a> {
        let tree = self.tree;
        let mut next = self.node().map_or(NONE, |node| node.first);
        std::iter::from_fn(move || {
            let node = tree.nodes.get(next as usize)?;
            let here = Self { tree, index: next };
            next = node.next;
            Some(here)
        })
    }

    /// The elements directly inside.
    pub fn children(&self) -> impl Iterator<Item = Self> + use<'t, 'a> {
        self.nodes().filter(Self::is_element)
    }

    /// The first child `name` of the document's own vocabulary.
    #[must_use]
    pub fn child(&self, name: &str) -> Option<Self> {
        self.children().find(|child| child.is(name))
    }

    /// The first element inside, at any depth, that is called `name` in any vocabulary.
    #[must_use]
    pub fn inner(&self, name: &str) -> Option<Self> {
        self.descendants().find(|inner| inner.name().eq_ignore_ascii_case(name))
    }

    /// Everything inside, in order.
    pub fn descendants(&self) -> impl Iterator<Item = Self> + use<'t, 'a> {
        let mut open = vec![self.nodes().collect::<Vec<_>>().into_iter()];
        std::iter::from_fn(move || {
            while let Some(level) = open.last_mut() {
                if let Some(node) = level.next() {
                    open.push(node.nodes().collect::<Vec<_>>().into_iter());
                    return Some(node);
                }
                open.pop();
            }
            None
        })
        .filter(Self::is_element)
    }

    /// The value of an attribute, by its name without prefix, references resolved.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        let Some(Kind::Element { attributes, .. }) = self.node().map(|node| node.kind) else { return None };
        token::attributes(attributes)
            .find(|(key, _)| local(key).eq_ignore_ascii_case(name))
            .map(|(_, value)| decoded(value))
    }

    /// Whether elements are inside.
    #[must_use]
    pub fn has_elements(&self) -> bool {
        self.children().next().is_some()
    }

    /// All text inside, references resolved, without white space at its ends.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::new();
        self.gather(
            &mut |kind| match kind {
                Kind::Text(text) => out.push_str(&decoded(text)),
                Kind::Verbatim(text) => out.push_str(text),
                Kind::Element { .. } => {}
            },
            &mut |_| {},
        );
        let trimmed = out.trim();
        if trimmed.len() == out.len() { out } else { trimmed.to_owned() }
    }

    /// What is inside as HTML: tags without prefixes, their attributes as written.
    #[must_use]
    pub fn markup(&self) -> String {
        let out = std::cell::RefCell::new(String::new());
        self.gather(
            &mut |kind| {
                let mut out = out.borrow_mut();
                match kind {
                    Kind::Text(text) => out.push_str(text),
                    Kind::Verbatim(text) => out.push_str(&text.replace('&', "&amp;").replace('<', "&lt;")),
                    Kind::Element { name, attributes } => {
                        for part in ["<", local(name), attributes, ">"] {
                            out.push_str(part);
                        }
                    }
                }
            },
            &mut |name| {
                let mut out = out.borrow_mut();
                if VOID.iter().any(|void| void.eq_ignore_ascii_case(local(name))) {
                    return;
                }
                for part in ["</", local(name), ">"] {
                    out.push_str(part);
                }
            },
        );
        out.into_inner()
    }

    /// Walks everything inside: `enter` for each node, `leave` with the name of each element that ends.
    fn gather(&self, enter: &mut dyn FnMut(Kind<'a>), leave: &mut dyn FnMut(&'a str)) {
        let mut at = self.node().map_or(NONE, |node| node.first);
        let mut depth = 0_usize;
        while let Some(node) = self.tree.nodes.get(at as usize) {
            enter(node.kind);
            if node.first != NONE {
                depth += 1;
                at = node.first;
                continue;
            }
            let mut here = node;
            loop {
                if let Kind::Element { name, .. } = here.kind {
                    leave(name);
                }
                if here.next != NONE {
                    at = here.next;
                    break;
                }
                let Some(parent) = self.tree.nodes.get(here.parent as usize).filter(|_| depth > 0) else { return };
                depth -= 1;
                here = parent;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(source: &str) -> Tree<'_> {
        let habits = Habits { leaves: &["title"], fields: &["title", "link"], items: &["item"] };
        Tree::new(source, habits)
    }

    #[test]
    fn missing_end_tags_are_supplied() {
        let tree = tree("<rss><item><title>One<link>a</link><item><title>Two</title></item></rss>");
        let titles: Vec<String> = tree.elements().filter(|e| e.is("title")).map(|e| e.text()).collect();
        assert_eq!(titles, ["One", "Two"]);
        assert!(!tree.cut);
    }

    #[test]
    fn end_tags_in_the_wrong_order_lose_nothing() {
        let tree = tree("<a><b><i>x</b></i>y</a></c>");
        assert_eq!(tree.root().text(), "xy");
    }

    #[test]
    fn markup_is_kept_without_prefixes() {
        let tree =
            tree("<d xmlns:h='http://www.w3.org/1999/xhtml'><h:p class='a'>x &amp; <h:br/>y</h:p><![CDATA[<z>]]></d>");
        let markup = tree.root().child("d").unwrap().markup();
        assert_eq!(markup, "<p class='a'>x &amp; <br>y</p>&lt;z>");
    }

    #[test]
    fn depth_is_bounded_and_text_stays() {
        let source = format!("{}core", "<a>".repeat(5000));
        let tree = tree(&source);
        assert!(tree.bounded && tree.cut);
        assert_eq!(tree.root().text(), "core");
    }
}
