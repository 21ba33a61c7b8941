//! Splits XML into tags and text, in linear time. Never fails, since an invalid tag counts as text.

/// Tag or text in an XML source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Start tag `<name attributes>`. If `empty`, it ends with `/>`.
    Open { name: &'a str, attributes: &'a str, empty: bool },
    /// End tag `</name>`.
    Close(&'a str),
    /// Text that may contain unresolved references.
    Text(&'a str),
    /// Text from a CDATA section, without references.
    Verbatim(&'a str),
}

/// Iterator over the tokens of an XML source.
pub(super) struct Tokens<'a> {
    source: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    /// Creates an iterator that starts at the beginning of `source`.
    pub(super) const fn new(source: &'a str) -> Self {
        Self { source, at: 0 }
    }

    fn rest(&self) -> &'a str {
        self.source.get(self.at..).unwrap_or_default()
    }

    /// Moves past the next occurrence of `end`, or to the end of the source. Returns the text before it.
    fn take_to(&mut self, end: &str) -> &'a str {
        let rest = self.rest();
        let (length, skip) = match memchr::memmem::find(rest.as_bytes(), end.as_bytes()) {
            Some(found) => (found, end.len()),
            None => (rest.len(), 0),
        };
        self.at += length + skip;
        &rest[..length]
    }

    /// Skips `<!DOCTYPE …>`, including the declarations in its brackets.
    fn declaration(&mut self) {
        let rest = self.rest();
        let close = rest.find('>').unwrap_or(rest.len());
        match rest.find('[') {
            Some(open) if open < close => {
                self.take_to("]");
                self.take_to(">");
            }
            _ => drop(self.take_to(">")),
        }
    }

    /// Reads the tag that begins at the current `<`. Returns `None` if it is not a tag.
    fn tag(&mut self) -> Option<Token<'a>> {
        let rest = self.rest();
        let closing = rest.starts_with("</");
        let from = if closing { 2 } else { 1 };
        let name = name(&rest[from..]);
        if name.is_empty() {
            return None;
        }
        let (end, next) = tag_end(rest, from + name.len())?;
        self.at += next;
        if closing {
            return Some(Token::Close(name));
        }
        let inside = &rest[from + name.len()..end];
        let empty = inside.ends_with('/');
        Some(Token::Open { name, attributes: inside.trim_end_matches('/'), empty })
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let rest = self.rest();
            if rest.is_empty() {
                return None;
            }
            if !rest.starts_with('<') {
                let end = memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
                self.at += end;
                return Some(Token::Text(&rest[..end]));
            }
            if rest.starts_with("<!--") {
                self.take_to("-->");
            } else if rest.starts_with("<![CDATA[") {
                self.at += "<![CDATA[".len();
                return Some(Token::Verbatim(self.take_to("]]>")));
            } else if rest.starts_with("<!") {
                self.declaration();
            } else if rest.starts_with("<?") {
                self.take_to(">");
            } else if let Some(token) = self.tag() {
                return Some(token);
            } else if memchr::memchr2(b'<', b'>', &rest.as_bytes()[1..]).is_none()
                && !name(rest.trim_start_matches(['<', '/'])).is_empty()
            {
                // The source ends inside this tag.
                self.at = self.source.len();
            } else {
                self.at += 1;
                return Some(Token::Text("<"));
            }
        }
    }
}

/// Returns the name at the beginning of `text`.
fn name(text: &str) -> &str {
    let starts = |c: char| c.is_alphabetic() || c == '_' || c == ':';
    if !text.starts_with(starts) {
        return "";
    }
    let end = text.find(|c: char| c.is_whitespace() || "/><=\"'".contains(c)).unwrap_or(text.len());
    &text[..end]
}

/// Returns the offset at which the content of a tag ends, and the offset after the tag. If a `<` comes before the `>`,
/// the tag ends at an earlier `>` in quotation marks. Without such a `>`, an end tag ends at the `<`, and any other tag
/// is text.
fn tag_end(tag: &str, from: usize) -> Option<(usize, usize)> {
    let mut quote = None;
    let mut first_close = None;
    let mut before = b'=';
    for (at, byte) in tag.bytes().enumerate().skip(from) {
        match (quote, byte) {
            (_, b'<') => {
                let end = first_close.map(|end| (end, end + 1));
                return end.or_else(|| tag.starts_with("</").then_some((at, at)));
            }
            (None, b'>') => return Some((at, at + 1)),
            (Some(_), b'>') if first_close.is_none() => first_close = Some(at),
            (Some(open), _) if byte == open => quote = None,
            // A quotation mark opens a value only after an equals sign.
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    first_close.map(|end| (end, end + 1))
}

/// Iterates over the attributes of a tag. Names are unchanged, and references in values are not resolved.
pub(super) fn attributes(mut rest: &str) -> impl Iterator<Item = (&str, &str)> {
    std::iter::from_fn(move || {
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/' || c == '"' || c == '\'');
            if rest.is_empty() {
                return None;
            }
            let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
            let name = &rest[..end];
            rest = rest[end..].trim_start();
            let Some(value) = rest.strip_prefix('=') else {
                if name.is_empty() {
                    return None;
                }
                return Some((name, ""));
            };
            let value = value.trim_start();
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            let (value, after) = match quote {
                Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
                None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
            };
            rest = after;
            if !name.is_empty() {
                return Some((name, value));
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(source: &str) -> Vec<Token<'_>> {
        Tokens::new(source).collect()
    }

    #[test]
    fn a_bare_angle_bracket_is_text() {
        let words: String = all("1 < 2 and <b>3</b> <- 4 <x <y>")
            .iter()
            .map(|token| if let Token::Text(text) = token { text } else { "|" })
            .collect();
        assert_eq!(words, "1 < 2 and |3| <- 4 <x |");
    }

    #[test]
    fn what_is_cut_off_is_kept_as_far_as_it_goes() {
        assert_eq!(all("<a>b<![CDATA[c").last(), Some(&Token::Verbatim("c")));
        assert_eq!(all("<a>b<titl").last(), Some(&Token::Text("b")));
        assert_eq!(all("<a href='x>b</a").last(), Some(&Token::Text("b")));
    }

    #[test]
    fn declarations_and_comments_are_passed_over() {
        assert_eq!(all("<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c>'>]><!-- <d> -->").len(), 0);
    }

    #[test]
    fn attributes_with_and_without_quotation_marks() {
        let found: Vec<_> = attributes(" a='1' b = \"2 3\" c=4 d e='5").collect();
        assert_eq!(found, [("a", "1"), ("b", "2 3"), ("c", "4"), ("d", ""), ("e", "5")]);
    }
}
