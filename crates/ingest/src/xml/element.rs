//! Elements of an XML tree: names, attributes, text and content.

use super::namespace::Namespace;
use super::reference::decoded;
use super::token;
use super::tree::{NONE, Node, NodeKind, Tree, local, local_of};
use crate::lexicon::VOID_ELEMENTS;
use std::borrow::Cow;

/// Reference to an element of a tree.
#[derive(Clone, Copy)]
pub(crate) struct Element<'t, 'a> {
    tree: &'t Tree<'a>,
    index: u32,
}

impl<'a> Tree<'a> {
    /// Returns the virtual root, whose children are the outermost elements.
    #[must_use]
    pub(crate) const fn root(&self) -> Element<'_, 'a> {
        Element::new(self, 0)
    }

    /// Iterates over all elements of the tree, in document order.
    pub(crate) fn elements(&self) -> impl Iterator<Item = Element<'_, 'a>> {
        (1..self.nodes.len() as u32).map(|index| Element::new(self, index)).filter(Element::is_element)
    }
}

impl<'t, 'a> Element<'t, 'a> {
    /// Creates a reference to the element with the given index.
    pub(crate) const fn new(tree: &'t Tree<'a>, index: u32) -> Self {
        Self { tree, index }
    }

    /// Returns whether both refer to the same element. They must be from the same tree.
    #[must_use]
    pub(crate) const fn is_same(&self, other: &Self) -> bool {
        self.index == other.index
    }

    /// Returns whether the source ended before this element was closed.
    #[must_use]
    pub(crate) fn is_cut(&self) -> bool {
        self.tree.unclosed.contains(&self.index)
    }

    fn node(&self) -> Option<&'t Node<'a>> {
        self.tree.nodes.get(self.index as usize)
    }

    pub(super) fn is_element(&self) -> bool {
        self.node().is_some_and(|node| matches!(node.kind, NodeKind::Element { .. }))
    }

    /// Returns the name of the element without its namespace prefix, as written.
    #[must_use]
    pub(crate) fn name(&self) -> &'a str {
        local_of(self.tree, self.index)
    }

    /// Returns the namespace of the element's name.
    #[must_use]
    pub(crate) fn namespace(&self) -> Namespace {
        self.node().map_or(Namespace::Other, |node| node.namespace)
    }

    /// Returns whether the element has this name in the document's own namespace.
    #[must_use]
    pub(crate) fn is(&self, name: &str) -> bool {
        self.is_in(Namespace::Own, name)
    }

    /// Returns whether the element has this name in `namespace`.
    #[must_use]
    pub(crate) fn is_in(&self, namespace: Namespace, name: &str) -> bool {
        self.namespace() == namespace && self.name().eq_ignore_ascii_case(name)
    }

    /// Returns the parent of the element. The virtual root has none.
    #[must_use]
    pub(crate) fn parent(&self) -> Option<Self> {
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

    /// Iterates over the child elements, in document order.
    pub(crate) fn children(&self) -> impl Iterator<Item = Self> + use<'t, 'a> {
        self.nodes().filter(Self::is_element)
    }

    /// Returns the first child element with this name in the document's own namespace.
    #[must_use]
    pub(crate) fn child(&self, name: &str) -> Option<Self> {
        self.children().find(|child| child.is(name))
    }

    /// Returns the first descendant element with this name, in any namespace.
    #[must_use]
    pub(crate) fn inner(&self, name: &str) -> Option<Self> {
        self.descendants().find(|inner| inner.name().eq_ignore_ascii_case(name))
    }

    /// Iterates over all descendant elements, in document order.
    pub(crate) fn descendants(&self) -> impl Iterator<Item = Self> + use<'t, 'a> {
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

    /// Returns the value of an attribute, with references resolved. `name` is without a namespace prefix.
    #[must_use]
    pub(crate) fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        let Some(NodeKind::Element { attributes, .. }) = self.node().map(|node| node.kind) else { return None };
        token::attributes(attributes)
            .find(|(key, _)| local(key).eq_ignore_ascii_case(name))
            .map(|(_, value)| decoded(value))
    }

    /// Returns whether the element has child elements.
    #[must_use]
    pub(crate) fn has_elements(&self) -> bool {
        self.children().next().is_some()
    }

    /// Returns the text inside the element, with references resolved and white space trimmed at both ends.
    #[must_use]
    pub(crate) fn text(&self) -> String {
        let mut out = String::new();
        self.gather(
            &mut |kind| match kind {
                NodeKind::Text(text) => out.push_str(&decoded(text)),
                NodeKind::Verbatim(text) => out.push_str(text),
                NodeKind::Element { .. } => {}
            },
            &mut |_| {},
        );
        let trimmed = out.trim();
        if trimmed.len() == out.len() { out } else { trimmed.to_owned() }
    }

    /// Returns the content of the element as HTML. Tags have no namespace prefixes, and attributes are unchanged.
    #[must_use]
    pub(crate) fn markup(&self) -> String {
        let out = std::cell::RefCell::new(String::new());
        self.gather(
            &mut |kind| {
                let mut out = out.borrow_mut();
                match kind {
                    NodeKind::Text(text) => out.push_str(text),
                    NodeKind::Verbatim(text) => out.push_str(&text.replace('&', "&amp;").replace('<', "&lt;")),
                    NodeKind::Element { name, attributes } => {
                        for part in ["<", local(name), attributes, ">"] {
                            out.push_str(part);
                        }
                    }
                }
            },
            &mut |name| {
                let mut out = out.borrow_mut();
                if VOID_ELEMENTS.contains_any_case(local(name)) {
                    return;
                }
                for part in ["</", local(name), ">"] {
                    out.push_str(part);
                }
            },
        );
        out.into_inner()
    }

    /// Visits all nodes inside the element. Calls `enter` for each node, and `leave` with the name of each element at
    /// its end.
    fn gather(&self, enter: &mut dyn FnMut(NodeKind<'a>), leave: &mut dyn FnMut(&'a str)) {
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
                if let NodeKind::Element { name, .. } = here.kind {
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
