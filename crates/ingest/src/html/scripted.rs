//! Restores text that a browser would show only with scripts: streamed parts that a script moves into place, shadow
//! trees declared in templates, and the contents of `noscript` elements that replace the story.

use super::parse;
use super::text_block::{self, TextBlock};
use dom_query::{Document, NodeRef};
use std::borrow::Cow;

/// Maximum number of streamed parts to move, and maximum number of `noscript` elements to read.
const MOST: usize = 200;
/// Minimum length of a collapsed answer, in bytes.
const ANSWER: usize = 40;
/// Minimum length in bytes of a `noscript` element that may contain a story.
const LEAST: usize = 600;
/// Minimum length in bytes of a `noscript` element that may contain a story, on a page that shows no prose.
const ALONE: usize = 200;

/// Converts each declared shadow tree to a normal element of the page.
pub(super) fn without_shadow_trees(html: &str) -> Cow<'_, str> {
    if !html.contains("<template shadowroot") {
        return Cow::Borrowed(html);
    }
    let mut out = String::with_capacity(html.len());
    let mut open: Vec<bool> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find("template").filter(|at| *at > 0) {
        let (before, tag) = rest.split_at(at);
        let shadow = if before.ends_with("</") {
            open.pop().unwrap_or(false)
        } else if before.ends_with('<') {
            open.push(tag.starts_with("template shadowroot"));
            open.last() == Some(&true)
        } else {
            false
        };
        out.push_str(before);
        out.push_str(if shadow { "div" } else { "template" });
        rest = tag.get("template".len()..).unwrap_or_default();
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Moves streamed parts to where the page's script would move them. The content of `<div hidden id="S:1">` replaces
/// `<template id="B:1">` and the fallback after it.
pub(super) fn assemble(document: &Document) {
    let templates: Vec<NodeRef<'_>> = document.select("template[id^='B:'], template[id^='P:']").nodes().to_vec();
    for template in templates.into_iter().take(MOST) {
        let Some(id) = template.attr("id") else { continue };
        let Some((_, number)) = id.split_once(':').filter(|(_, number)| number.chars().all(char::is_alphanumeric))
        else {
            continue;
        };
        let part = document.select_single(&format!("[hidden][id='S:{number}']"));
        let Some(part) = part.nodes().first().copied() else { continue };
        if template.ancestors_it(None).any(|above| above.id == part.id) {
            continue;
        }
        drop_fallback(&template);
        part.remove_attr("hidden");
        part.remove_from_parent();
        template.insert_before(&part);
    }
}

/// Expands collapsed answers, which visitors open by clicking the question. Such an answer has a class for collapsed
/// boxes, directly follows a heading or button, and contains a sentence outside links.
///
/// Returns whether any answer was found.
pub(super) fn open_collapsed(document: &Document) -> bool {
    let mut opened = false;
    let nodes = document.select("[hidden], [style*='display:none'], [style*='display: none']");
    for node in nodes.nodes().iter().take(MOST) {
        let question = node.prev_element_sibling().filter(is_question);
        let Some(question) = question.filter(|_| text_block::is_collapsible(node) && is_answer(node)) else { continue };
        node.remove_attrs(&["hidden", "style"]);
        // Buttons are dropped as page controls, so turn this one into the heading of its answer.
        if question.has_name("button") {
            question.rename("h3");
        }
        opened = true;
    }
    opened
}

/// Returns whether an element is a heading or button, or contains nothing else.
fn is_question(node: &NodeRef<'_>) -> bool {
    const NAMES: [&str; 7] = ["h2", "h3", "h4", "h5", "h6", "button", "summary"];
    let named = |node: &NodeRef<'_>| NAMES.iter().any(|name| node.has_name(name)) || node.has_attr("aria-expanded");
    let inner = node.element_children();
    named(node) || matches!(inner.as_slice(), [only] if named(only))
}

/// Returns whether an element contains a sentence outside links.
fn is_answer(node: &NodeRef<'_>) -> bool {
    let text = node.text();
    let linked: usize =
        node.descendants_it().filter(|inner| inner.has_name("a")).map(|link| link.text().trim().len()).sum();
    let text = text.trim();
    text.len() >= ANSWER && linked * 2 < text.len() && (text.contains(". ") || text.ends_with(['.', '!', '?']))
}

/// Removes the fallback that is shown until a streamed part arrives. It extends to the comment `/$`.
fn drop_fallback(template: &NodeRef<'_>) {
    let mut siblings = Vec::new();
    let mut next = template.next_sibling();
    while let Some(node) = next {
        if is_end(&node) {
            for sibling in siblings {
                NodeRef::remove_from_parent(&sibling);
            }
            return;
        }
        siblings.push(node);
        next = node.next_sibling();
    }
}

/// Returns whether a node is the comment `/$`, which ends a fallback.
fn is_end(node: &NodeRef<'_>) -> bool {
    node.is_comment() && node.html().contains("/$")
}

/// Replaces `noscript` elements with their contents if those have more prose than the rest of the page. Returns whether
/// any was replaced.
pub(super) fn open_noscript(document: &Document, blocks: &[TextBlock]) -> bool {
    let shown = prose(blocks);
    let mut opened = false;
    for node in document.select("body noscript").nodes().iter().take(MOST) {
        let markup = node.inner_html();
        let least = if shown == 0 { ALONE } else { LEAST.max(shown) };
        if markup.len() >= least && prose(&text_block::blocks(&parse::document(&markup))) > shown {
            node.replace_with_html(markup);
            opened = true;
        }
    }
    opened
}

/// Returns the total length of sentences outside links, in bytes.
pub(super) fn prose(blocks: &[TextBlock]) -> usize {
    let sentence = |block: &&TextBlock| block.linked * 2 < block.text.len() && block.ends_sentence();
    blocks.iter().filter(sentence).map(|block| block.text.len()).sum()
}
