//! Text of a feed: plain or HTML, as its element's type says or, in RSS, as it looks.

use crate::{html, xml::Element};
use dateline_core::text::folded;
use mail_parser::decoders::base64::base64_decode;

/// A text and its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TextConstruct {
    /// Text to be shown as is.
    Plain(String),
    /// Markup, or text with unresolved references.
    Html(String),
}

impl TextConstruct {
    /// Reads the text of an element. `atom` decides for elements without a type: plain in Atom, HTML in RSS.
    pub(super) fn of(element: Element<'_, '_>, atom: bool) -> Self {
        let attribute = |name: &str| element.attribute(name).map(|value| value.trim().to_ascii_lowercase());
        let kind = attribute("type").unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim_end();
        let mode = attribute("mode").unwrap_or_default();
        let inline = element.has_elements();
        let known = ["text", "html", "xhtml", ""].contains(&kind) || kind.starts_with("text/") || kind.ends_with("xml");
        if mode == "base64" || !known && !inline {
            return Self::from_markup(&element.text(), kind);
        }
        let html = matches!(kind, "html" | "text/html" | "xhtml" | "application/xhtml+xml");
        if inline && mode != "escaped" {
            return Self::Html(element.markup());
        }
        if kind == "xhtml" || kind == "application/xhtml+xml" && mode != "escaped" {
            return Self::Html(element.markup());
        }
        if html || !atom && !matches!(kind, "text" | "text/plain") {
            Self::Html(element.text())
        } else {
            Self::Plain(element.text())
        }
    }

    /// Decodes a text in base64; content that is not text stays encoded.
    fn from_markup(text: &str, kind: &str) -> Self {
        let bytes = base64_decode(text.as_bytes()).unwrap_or_default();
        match String::from_utf8(bytes) {
            Ok(plain) if kind == "text" || kind == "text/plain" => Self::Plain(plain),
            Ok(html) if !html.chars().any(|c| c.is_control() && !c.is_whitespace()) => Self::Html(html),
            _ => Self::Plain(text.to_owned()),
        }
    }

    /// Returns the text in one line, without markup. A text that is nothing but markup is shown as is.
    pub(super) fn plain(&self) -> String {
        match self {
            Self::Plain(text) => folded(text),
            Self::Html(markup) => {
                let plain = html::plain(markup);
                if plain.is_empty() { folded(markup) } else { plain }
            }
        }
    }

    /// Returns whether the text is blank.
    pub(super) fn is_blank(&self) -> bool {
        let (Self::Plain(text) | Self::Html(text)) = self;
        text.trim().is_empty()
    }
}
