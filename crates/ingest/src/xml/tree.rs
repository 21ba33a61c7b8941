//! Builds a tree of elements. Missing end tags are supplied, and unmatched ones are skipped. Depth and number of nodes
//! are limited.

use super::namespace::Namespace;
use super::token::{self, Token, Tokens};

/// Maximum nesting depth of elements. Deeper text is added to the element at this depth.
const DEPTH: usize = 200;
/// Maximum number of nodes, both elements and text.
const NODES: usize = 1 << 20;
/// Maximum number of namespace declarations in scope.
const DECLARATIONS: usize = 512;
/// Minimum number of items nested in each other for their end tags to count as missing. Less nesting may be intended,
/// so it is kept.
const NESTED: usize = 4;
/// Node index that means "no node".
pub(super) const NONE: u32 = u32::MAX;

/// Rules by which missing end tags are supplied, depending on the format.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Dialect {
    /// Names of elements that never contain any of `fields`, in lower case and without prefix.
    pub leaves: &'static [&'static str],
    /// Names of elements whose start tag ends an open leaf.
    pub fields: &'static [&'static str],
    /// Names of elements that are never deeply nested inside each other.
    pub items: &'static [&'static str],
}

/// Tree of all elements of an XML source.
pub(crate) struct Tree<'a> {
    pub(super) nodes: Vec<Node<'a>>,
    /// Whether the source ended before its root element was closed.
    pub cut: bool,
    /// Indices of the elements that were open at the end of the source.
    pub(super) unclosed: Vec<u32>,
    /// Whether part of the structure was dropped because a limit was reached.
    pub bounded: bool,
}

/// Element or text of a tree, linked to its neighbours by index.
pub(super) struct Node<'a> {
    pub kind: NodeKind<'a>,
    pub namespace: Namespace,
    pub parent: u32,
    pub next: u32,
    pub first: u32,
    last: u32,
}

/// Content of a node: an element, text with references, or verbatim text.
#[derive(Clone, Copy)]
pub(super) enum NodeKind<'a> {
    Element { name: &'a str, attributes: &'a str },
    Text(&'a str),
    Verbatim(&'a str),
}

impl<'a> Tree<'a> {
    /// Parses a source into a tree.
    #[must_use]
    pub(crate) fn new(source: &'a str, dialect: Dialect) -> Self {
        let root = NodeKind::Element { name: "", attributes: "" };
        let root = Node { kind: root, namespace: Namespace::Own, parent: NONE, next: NONE, first: NONE, last: NONE };
        let tree = Self { nodes: vec![root], cut: false, unclosed: Vec::new(), bounded: false };
        let mut build = TreeBuilder { tree, dialect, open: vec![0], flat: 0, scope: Vec::new() };
        for token in Tokens::new(source) {
            build.take(token);
        }
        build.tree.cut = build.open.len() > 1;
        build.tree.unclosed = build.open;
        build.tree
    }
}

/// State of the parser while a tree is built.
struct TreeBuilder<'a> {
    tree: Tree<'a>,
    dialect: Dialect,
    open: Vec<u32>,
    /// Number of open tags beyond the maximum depth.
    flat: usize,
    /// Depth, prefix and namespace of each declaration in scope.
    scope: Vec<(usize, &'a str, Namespace)>,
}

impl<'a> TreeBuilder<'a> {
    fn take(&mut self, token: Token<'a>) {
        match token {
            Token::Open { name, attributes, empty } => self.open(name, attributes, empty),
            Token::Close(name) => self.close(name),
            Token::Text(text) => drop(self.push(NodeKind::Text(text), Namespace::Own)),
            Token::Verbatim(text) => drop(self.push(NodeKind::Verbatim(text), Namespace::Own)),
        }
    }

    /// Appends a node to the innermost open element. Returns `None` if the tree has too many nodes.
    fn push(&mut self, kind: NodeKind<'a>, namespace: Namespace) -> Option<u32> {
        if self.tree.nodes.len() >= NODES {
            self.tree.bounded = true;
            return None;
        }
        let parent = self.open.last().copied().unwrap_or(0);
        let index = self.tree.nodes.len() as u32;
        self.tree.nodes.push(Node { kind, namespace, parent, next: NONE, first: NONE, last: NONE });
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
                    self.scope.push((depth, prefix, Namespace::of_address(value.trim(), prefix)));
                }
            }
        }
        let prefix = name.split_once(':').map_or("", |(prefix, _)| prefix);
        let declared = self.scope.iter().rev().find(|(_, known, _)| *known == prefix);
        let namespace = declared.map_or_else(|| Namespace::of_prefix(prefix), |(_, _, namespace)| *namespace);
        let index = self.push(NodeKind::Element { name, attributes }, namespace);
        match index {
            Some(index) if !empty => self.open.push(index),
            _ => self.leave_scope(),
        }
    }

    /// Supplies missing end tags before a start tag. The start of a field closes an open leaf. The start of an item
    /// closes all open items if too many are nested.
    fn supply_end_tags(&mut self, name: &str) {
        let local = local(name);
        let listed = |list: &[&str], name: &str| list.iter().any(|known| known.eq_ignore_ascii_case(name));
        if listed(self.dialect.items, local) {
            let at = self.open.iter().position(|index| listed(self.dialect.items, local_of(&self.tree, *index)));
            let nested =
                self.open.iter().filter(|index| listed(self.dialect.items, local_of(&self.tree, **index))).count();
            if let Some(at) = at.filter(|at| *at > 0 && nested >= NESTED) {
                self.open.truncate(at);
                self.flat = 0;
                self.leave_scope();
            }
        } else if listed(self.dialect.fields, local) {
            let top = self.open.last().copied().unwrap_or(0);
            if self.open.len() > 1 && listed(self.dialect.leaves, local_of(&self.tree, top)) {
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
            Some(NodeKind::Element { name: open, .. }) => open.eq_ignore_ascii_case(name),
            _ => false,
        };
        if let Some(at) = self.open.iter().rposition(fits).filter(|at| *at > 0) {
            self.open.truncate(at);
            self.leave_scope();
        }
    }

    /// Removes the declarations of closed elements from the scope.
    fn leave_scope(&mut self) {
        let depth = self.open.len();
        while self.scope.pop_if(|(declared, ..)| *declared >= depth).is_some() {}
    }
}

/// Returns a name without its namespace prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Returns the name of a node without its namespace prefix, or an empty string for text.
pub(super) fn local_of<'a>(tree: &Tree<'a>, index: u32) -> &'a str {
    match tree.nodes.get(index as usize).map(|node| node.kind) {
        Some(NodeKind::Element { name, .. }) => local(name),
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(source: &str) -> Tree<'_> {
        let dialect = Dialect { leaves: &["title"], fields: &["title", "link"], items: &["item"] };
        Tree::new(source, dialect)
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
