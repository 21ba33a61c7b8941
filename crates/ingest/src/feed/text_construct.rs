//! Reads text constructs of feeds, which are plain text or HTML. The element's type decides which it is or, in RSS, the
//! text itself.

use crate::lexicon::{BLOCK_ELEMENTS, EMPHASIS_ELEMENTS, INLINE_ELEMENTS};
use crate::{
    html,
    xml::{self, Element},
};
use dateline_core::text::folded;
use mail_parser::decoders::base64::base64_decode;

/// Maximum number of superfluous escapings to undo.
const ESCAPED: usize = 2;

/// Text of a feed element, plain or HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TextConstruct {
    /// Plain text, to display unchanged.
    Plain(String),
    /// HTML, or text with unresolved character references.
    Html(String),
}

impl TextConstruct {
    /// Reads the text of an element. Without a type, it is plain text in Atom (`atom` is true) and HTML in RSS.
    pub(super) fn of(element: Element<'_, '_>, atom: bool) -> Self {
        let attribute = |name: &str| element.attribute(name).map(|value| value.trim().to_ascii_lowercase());
        let kind = attribute("type").unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim_end();
        let mode = attribute("mode").unwrap_or_default();
        let inline = element.has_elements();
        let known = ["text", "html", "xhtml", ""].contains(&kind) || kind.starts_with("text/") || kind.ends_with("xml");
        if mode == "base64" || kind.contains('/') && !known && !inline {
            return Self::from_markup(&element.text(), kind);
        }
        let html = matches!(kind, "html" | "text/html" | "xhtml" | "application/xhtml+xml");
        if inline && mode != "escaped" {
            return Self::Html(element.markup());
        }
        if kind == "xhtml" || kind == "application/xhtml+xml" && mode != "escaped" {
            return Self::Html(element.markup());
        }
        // An unknown type is ignored, and the text itself decides.
        let tagged = !known && is_markup(&element.text());
        if html || tagged || !atom && !matches!(kind, "text" | "text/plain") {
            Self::Html(element.text())
        } else {
            Self::Plain(element.text())
        }
    }

    /// Decodes base64. If the decoded bytes are not text, returns the encoded text.
    fn from_markup(text: &str, kind: &str) -> Self {
        let bytes = base64_decode(text.as_bytes()).unwrap_or_default();
        match String::from_utf8(bytes) {
            Ok(plain) if kind == "text" || kind == "text/plain" => Self::Plain(plain),
            Ok(html) if !html.chars().any(|c| c.is_control() && !c.is_whitespace()) => Self::Html(html),
            _ => Self::Plain(text.to_owned()),
        }
    }

    /// Returns the text on one line, without markup. If there is only markup, returns it unchanged.
    pub(super) fn plain(&self) -> String {
        match self {
            Self::Plain(text) => folded(text),
            Self::Html(markup) => {
                let plain = html::plain(&without_invented_tags(markup));
                if plain.is_empty() { folded(markup) } else { plain }
            }
        }
    }

    /// Resolves the character references of a text that was escaped more than once. Returns the markup found in this
    /// way, or `None` if there is none.
    pub(super) fn unescaped(text: &str) -> Option<String> {
        let mut text = text.to_owned();
        for _ in 0..ESCAPED {
            text = xml::decoded(&text).into_owned();
            if is_markup(&text) {
                return Some(text);
            }
        }
        None
    }

    /// Returns whether the text is empty or contains only white space.
    pub(super) fn is_blank(&self) -> bool {
        let (Self::Plain(text) | Self::Html(text)) = self;
        text.trim().is_empty()
    }
}

/// Returns the element name of a tag in lower case. `rest` is the text after the `<`.
fn tag_name(rest: &str) -> String {
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let name: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
    name.to_ascii_lowercase()
}

/// Returns whether HTML has an element with this name.
fn is_element(name: &str) -> bool {
    BLOCK_ELEMENTS.contains(name) || EMPHASIS_ELEMENTS.contains(name) || INLINE_ELEMENTS.contains(name)
}

/// Returns whether a text is HTML, because it contains a known end tag or a `<br>`.
fn is_markup(text: &str) -> bool {
    let ends = |(at, _): (usize, &str)| text.get(at + 2..).is_some_and(|rest| is_element(&tag_name(rest)));
    text.match_indices("</").any(ends) || ["<br>", "<br/>", "<br />"].iter().any(|tag| text.contains(tag))
}

/// Escapes each `<` that is followed by a name but does not begin an HTML element, as in `Vec<String>`. It is text, not
/// markup.
fn without_invented_tags(markup: &str) -> String {
    let mut out = String::with_capacity(markup.len());
    let mut rest = markup;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        let inner = tag.get(1..).unwrap_or_default();
        let name = tag_name(inner);
        out.push_str(if name.is_empty() || is_element(&name) || name.contains("html") { "<" } else { "&lt;" });
        rest = inner;
    }
    out.push_str(rest);
    out
}
