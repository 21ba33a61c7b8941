//! Renders a page as text, as various other tools do: with one block per paragraph, with only the blocks around the
//! story, or with one text node per line.

use dom_query::{Document, NodeId, NodeRef};
use std::collections::HashMap;

/// Elements whose text is never displayed.
const HIDDEN_ELEMENTS: [&str; 9] =
    ["script", "style", "noscript", "svg", "template", "iframe", "object", "embed", "textarea"];
/// Elements excluded from the text nodes. These are fewer than the hidden ones, as in tools that only strip tags.
const STRIPPED_ELEMENTS: [&str; 4] = ["script", "style", "noscript", "svg"];
/// Elements that separate paragraphs.
const BLOCK_ELEMENTS: [&str; 49] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "button",
    "canvas",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "label",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "optgroup",
    "option",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "tr",
    "ul",
];
/// Minimum proportion of the story's words that an element must contain to be chosen as the story's container.
const MIN_WORD_SHARE: f64 = 0.9;
/// Maximum number of levels to go up from the story's container in search of the headline.
const MAX_ANCESTORS: usize = 4;

/// A paragraph and the innermost block element that contains it.
struct Line {
    text: String,
    block: NodeId,
}

/// A parsed page and its paragraphs.
pub(super) struct Page {
    document: Document,
    lines: Vec<Line>,
}

impl Page {
    /// Parses a page.
    pub(super) fn parse(html: &str) -> Self {
        let document = Document::from(html);
        let mut collector = Collector::default();
        if let Some(body) = document.body() {
            collector.visit(&body, body.id);
        }
        let lines = collector.lines;
        Self { document, lines }
    }

    /// Returns all paragraphs of the page, separated by empty lines.
    pub(super) fn blocks(&self) -> String {
        self.joined(0..self.lines.len())
    }

    /// Returns all text nodes of the page, one per line.
    pub(super) fn nodes(&self) -> String {
        let mut out = Vec::new();
        push_nodes(&self.document.root(), &mut out);
        out.join("\n")
    }

    /// Returns the paragraphs of the smallest element that contains the story. If an ancestor a few levels up also
    /// contains a headline, returns that ancestor's paragraphs instead. If no element contains the story, returns all
    /// paragraphs of the page.
    pub(super) fn container(&self, body: &str) -> String {
        let inside = self.inside();
        let wanted = counts(body);
        let smallest = inside
            .iter()
            .filter(|(_, lines)| share(&wanted, &self.joined(lines.iter().copied())) >= MIN_WORD_SHARE)
            .min_by_key(|(id, lines)| {
                let size: usize = lines.iter().map(|line| self.lines[*line].text.chars().count()).sum();
                (size, std::cmp::Reverse(self.around(**id).count()))
            });
        let Some((smallest, _)) = smallest else { return self.blocks() };
        let headed = self.around(*smallest).take(MAX_ANCESTORS + 1).find(|id| {
            inside.get(id).is_some_and(|lines| {
                lines.iter().any(|line| self.name(self.lines[*line].block).as_deref() == Some("h1"))
            })
        });
        self.joined(inside[&headed.unwrap_or(*smallest)].iter().copied())
    }

    /// Returns the indices of the paragraphs inside each element.
    fn inside(&self) -> HashMap<NodeId, Vec<usize>> {
        let mut inside: HashMap<NodeId, Vec<usize>> = HashMap::new();
        for (number, line) in self.lines.iter().enumerate() {
            for id in self.around(line.block) {
                inside.entry(id).or_default().push(number);
            }
        }
        inside
    }

    /// Iterates over an element and its ancestors, innermost first.
    fn around(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let element = |id: &NodeId| self.document.tree.get(id).filter(NodeRef::is_element);
        std::iter::successors(element(&id), |node| node.parent().filter(NodeRef::is_element)).map(|node| node.id)
    }

    fn name(&self, id: NodeId) -> Option<String> {
        self.document.tree.get(&id)?.node_name().map(|name| name.to_string())
    }

    fn joined(&self, lines: impl Iterator<Item = usize>) -> String {
        lines.map(|line| self.lines[line].text.as_str()).collect::<Vec<_>>().join("\n\n")
    }
}

/// Collector of the paragraphs in a document tree.
#[derive(Default)]
struct Collector {
    lines: Vec<Line>,
    pending: String,
}

impl Collector {
    fn visit(&mut self, node: &NodeRef<'_>, block: NodeId) {
        if node.is_text() {
            self.pending.push_str(&node.text());
            return;
        }
        let Some(name) = node.node_name() else { return };
        if HIDDEN_ELEMENTS.contains(&&*name) || is_hidden(node) {
            return;
        }
        if matches!(&*name, "br" | "td" | "th") {
            self.pending.push(' ');
        }
        let is_block = BLOCK_ELEMENTS.contains(&&*name);
        let inner = if is_block { node.id } else { block };
        if is_block {
            self.end_line(block);
        }
        for child in node.children_it(false) {
            self.visit(&child, inner);
        }
        if is_block {
            self.end_line(inner);
        }
    }

    /// Ends the current paragraph, which belongs to `block`.
    fn end_line(&mut self, block: NodeId) {
        let text = self.pending.split_whitespace().collect::<Vec<_>>().join(" ");
        self.pending.clear();
        if !text.is_empty() {
            self.lines.push(Line { text, block });
        }
    }
}

/// Returns whether an element is hidden by one of its attributes.
fn is_hidden(node: &NodeRef<'_>) -> bool {
    let style = node.attr_or("style", "").to_lowercase().replace(' ', "");
    node.attr("hidden").is_some() || style.contains("display:none")
}

/// Appends the trimmed text nodes below a node.
fn push_nodes(node: &NodeRef<'_>, out: &mut Vec<String>) {
    if node.is_text() {
        let text = node.text();
        if !text.trim().is_empty() {
            out.push(text.trim().to_owned());
        }
    } else if !node.node_name().is_some_and(|name| STRIPPED_ELEMENTS.contains(&&*name)) {
        for child in node.children_it(false) {
            push_nodes(&child, out);
        }
    }
}

/// Counts how often each word occurs in a text.
fn counts(text: &str) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    let words = text.split(|character: char| !(character.is_alphanumeric() || character == '_'));
    for word in words.filter(|word| !word.is_empty()) {
        *counts.entry(word.to_lowercase()).or_default() += 1;
    }
    counts
}

/// Returns the proportion (0 to 1) of the words in `wanted` that a text contains.
fn share(wanted: &HashMap<String, usize>, text: &str) -> f64 {
    let found = counts(text);
    let both: usize = wanted.iter().map(|(word, count)| found.get(word).map_or(0, |other| *other.min(count))).sum();
    both as f64 / wanted.values().sum::<usize>().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<html><head><title>Tram halted - Courier</title><style>p {}</style></head><body>\
        <nav><ul><li><a>News</a></li><li>Sport</li></ul></nav>\
        <main><header><h1>Tram <b>halted</b></h1></header><div><article>\
        <p>The tram stopped<br>at noon, the city&nbsp;said.</p><p style='DISPLAY: none'>Accept cookies</p>\
        <table><tr><td>Line</td><td>4</td></tr></table>It runs again.\
        </article></div></main><svg><title>Icon</title></svg><footer hidden>Imprint</footer></body></html>";

    #[test]
    fn a_block_is_a_paragraph_and_what_is_hidden_is_left_out() {
        let expected =
            "News\n\nSport\n\nTram halted\n\nThe tram stopped at noon, the city said.\n\nLine 4\n\nIt runs again.";
        assert_eq!(Page::parse(PAGE).blocks(), expected);
    }

    #[test]
    fn text_nodes_are_lines_even_inside_a_paragraph() {
        let nodes = Page::parse(PAGE).nodes();
        let expected = "Tram halted - Courier\nNews\nSport\nTram\nhalted\nThe tram stopped\nat noon, the city\u{a0}said.\n\
            Accept cookies\nLine\n4\nIt runs again.\nImprint";
        assert_eq!(nodes, expected);
    }

    #[test]
    fn the_container_holds_the_story_and_a_headline_near_it() {
        let story = "The tram stopped at noon, the city said. Line 4. It runs again.";
        let expected = "Tram halted\n\nThe tram stopped at noon, the city said.\n\nLine 4\n\nIt runs again.";
        assert_eq!(Page::parse(PAGE).container(story), expected);
        let far = PAGE.replace("<div><article>", "<div><div><div><div><div><article>");
        assert!(!Page::parse(&far).container(story).contains("Tram halted"), "five steps are too many");
    }

    #[test]
    fn a_story_that_the_page_has_not_leaves_the_page_whole() {
        let page = Page::parse(PAGE);
        assert_eq!(page.container("quite other words"), page.blocks());
    }
}
