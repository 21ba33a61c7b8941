//! Reads a tag with its attributes, by the rules of the HTML standard.

use super::character_reference::decoded;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind};
use html5ever::{Attribute, LocalName, QualName, ns};

/// Returns whether a byte is white space between the parts of a tag.
pub(super) const fn is_blank(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | 0x0c | b' ')
}

/// Reads the tag at the beginning of `html`. Returns it and its length in bytes, or `None` if it does not end.
pub(super) fn read(html: &str, kind: TagKind) -> Option<(Tag, usize)> {
    let start = if kind == TagKind::EndTag { 2 } else { 1 };
    let mut reader = TagReader { html, at: start };
    let name = lowered(reader.until(|byte| is_blank(byte) || matches!(byte, b'/' | b'>'))?);
    let mut tag = Tag { kind, name, self_closing: false, attrs: Vec::new(), had_duplicate_attributes: false };
    loop {
        reader.skip_blanks();
        match reader.byte()? {
            b'>' => return Some((tag, reader.at + 1)),
            b'/' => {
                reader.at += 1;
                tag.self_closing = reader.byte()? == b'>';
            }
            _ => {
                let attribute = reader.attribute()?;
                if tag.attrs.iter().any(|known| known.name == attribute.name) {
                    tag.had_duplicate_attributes = true;
                } else {
                    tag.attrs.push(attribute);
                }
            }
        }
    }
}

/// Position in a tag.
struct TagReader<'a> {
    html: &'a str,
    at: usize,
}

impl<'a> TagReader<'a> {
    /// Returns the next byte, if the page does not end here.
    fn byte(&self) -> Option<u8> {
        self.html.as_bytes().get(self.at).copied()
    }

    fn skip_blanks(&mut self) {
        while self.byte().is_some_and(is_blank) {
            self.at += 1;
        }
    }

    /// Consumes and returns the text before the next byte that `ends` accepts. `ends` must accept only ASCII.
    fn until(&mut self, ends: impl Fn(u8) -> bool) -> Option<&'a str> {
        let rest = self.html.get(self.at..)?;
        let text = rest.get(..rest.bytes().position(ends)?)?;
        self.at += text.len();
        Some(text)
    }

    /// Reads an attribute with its value, if it has one. The first character belongs to the name even if it is `=`.
    fn attribute(&mut self) -> Option<Attribute> {
        let start = self.at;
        self.at += self.html.get(start..)?.chars().next()?.len_utf8();
        self.until(|byte| is_blank(byte) || matches!(byte, b'/' | b'>' | b'='))?;
        let name = QualName::new(None, ns!(), lowered(self.html.get(start..self.at)?));
        self.skip_blanks();
        let value = if self.byte()? == b'=' {
            self.at += 1;
            self.value()?
        } else {
            StrTendril::new()
        };
        Some(Attribute { name, value })
    }

    /// Reads the value of an attribute, after its `=`.
    fn value(&mut self) -> Option<StrTendril> {
        self.skip_blanks();
        let text = match self.byte()? {
            b'>' => "",
            quote @ (b'"' | b'\'') => {
                self.at += 1;
                let rest = self.html.get(self.at..)?;
                let text = rest.get(..memchr::memchr(quote, rest.as_bytes())?)?;
                self.at += text.len() + 1;
                text
            }
            _ => self.until(|byte| is_blank(byte) || byte == b'>')?,
        };
        Some(decoded(text, true))
    }
}

/// Returns a name in lower case. Only ASCII letters are converted.
fn lowered(name: &str) -> LocalName {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        LocalName::from(name.to_ascii_lowercase())
    } else {
        LocalName::from(name)
    }
}
