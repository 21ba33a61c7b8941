//! Elements of a tree: their names, attributes, text and content.

use super::namespace::Namespace;
use super::reference::decoded;
use super::token;
use super::tree::{NONE, Node, NodeKind, Tree, local, local_of};
use crate::lexicon::VOID_ELEMENTS;
use std::borrow::Cow;

/// An element of a tree.
#[derive(Clone, Copy)]
pub(crate) struct Element<'t, 'a> {
    tree: &'t Tree<'a>,
    index: u32,
}

impl<'a> Tree<'a> {
    /// Returns the virtual parent of the outermost elements.
    #[must_use]
    pub(crate) const fn root(&self) -> Element<'_, 'a> {
        Element::new(self, 0)
    }

    /// Iterates over all elements, in document order.
    pub(crate) fn elements(&self) -> impl Iterator<Item = Element<'_, 'a>> {
        (1..self.nodes.len() as u32).map(|index| Element::new(self, index)).filter(Element::is_element)
    }
}

impl<'t, 'a> Element<'t, 'a> {
    /// Returns the element at `index` of a tree.
    pub(crate) const fn new(tree: &'t Tree<'a>, index: u32) -> Self {
        Self { tree, index }
    }

    /// Returns whether both are the same element of the same tree.
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

    /// Returns the local name (without prefix), as written.
    #[must_use]
    pub(crate) fn name(&self) -> &'a str {
        local_of(self.tree, self.index)
    }

    /// Returns the vocabulary of its name.
    #[must_use]
    pub(crate) fn namespace(&self) -> Namespace {
        self.node().map_or(Namespace::Other, |node| node.namespace)
    }

    /// Returns whether it is the element `name` of the document's own vocabulary.
    #[must_use]
    pub(crate) fn is(&self, name: &str) -> bool {
        self.is_in(Namespace::Own, name)
    }

    /// Returns whether it is `name` of `namespace`.
    #[must_use]
    pub(crate) fn is_in(&self, namespace: Namespace, name: &str) -> bool {
        self.namespace() == namespace && self.name().eq_ignore_ascii_case(name)
    }

    /// Returns the parent element.
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

    /// Iterates over the child elements.
    pub(crate) fn children(&self) -> impl Iterator<Item = Self> + use<'t, 'a> {
        self.nodes().filter(Self::is_element)
    }

    /// Returns the first child element `name` of the document's own vocabulary.
    #[must_use]
    pub(crate) fn child(&self, name: &str) -> Option<Self> {
        self.children().find(|child| child.is(name))
    }

    /// Returns the first descendant with this name, in any vocabulary.
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

    /// Returns the value of an attribute, by its local name, with references resolved.
    #[must_use]
    pub(crate) fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        let Some(NodeKind::Element { attributes, .. }) = self.node().map(|node| node.kind) else { return None };
        token::attributes(attributes)
            .find(|(key, _)| local(key).eq_ignore_ascii_case(name))
            .map(|(_, value)| decoded(value))
    }

    /// Returns whether it has child elements.
    #[must_use]
    pub(crate) fn has_elements(&self) -> bool {
        self.children().next().is_some()
    }

    /// Returns all text inside it, with references resolved and white space trimmed at both ends.
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

    /// Returns its content as HTML: tags without prefixes, attributes as written.
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

    /// Walks all nodes inside it: calls `enter` for each node, and `leave` with the name of each element at its end.
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
