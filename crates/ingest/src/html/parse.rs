//! Parses HTML to a tree. html5ever builds the tree, but its tokenizer reads tags character by character and takes most
//! of the time of a page. So the tokens of ordinary markup are created here, from slices of the page. From the first
//! unusual construct on, such as an unclosed comment or a script with a comment in it, html5ever's own tokenizer reads
//! the rest. The tree is the same in both cases.

mod character_reference;
mod tag;

use character_reference::decoded;
use dom_query::Document;
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{CharacterTokens, CommentToken, TagKind, TagToken, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{LocalName, ParseOpts, Parser, parse_document};

/// Parses a page or fragment of HTML to the tree of a whole page, as browsers without scripts do.
pub(super) fn document(html: &str) -> Document {
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let parser = parse_document(Document::default(), ParseOpts { tree_builder, ..ParseOpts::default() });
    if memchr::memchr2(b'\0', b'\r', html.as_bytes()).is_some() || html.starts_with('\u{feff}') {
        return parser.one(html);
    }
    let mut feeder = TokenFeeder { html, at: 0, parser: &parser };
    while feeder.feed().is_some() {}
    let read = feeder.at;
    parser.one(html.get(read..).unwrap_or_default())
}

/// Reader of ordinary markup. It passes each token to the tree builder of the parser.
struct TokenFeeder<'a> {
    html: &'a str,
    /// Byte offset of the next token.
    at: usize,
    parser: &'a Parser<Document>,
}

impl<'a> TokenFeeder<'a> {
    /// Returns the markup that has not been read.
    fn rest(&self) -> &'a str {
        self.html.get(self.at..).unwrap_or_default()
    }

    /// Reads the next piece of markup. Returns `None` at the end of the page, and for unusual markup, which is not
    /// consumed.
    fn feed(&mut self) -> Option<()> {
        let rest = self.rest();
        let length = memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
        if length > 0 {
            self.text(decoded(rest.get(..length)?, false));
            self.at += length;
            return Some(());
        }
        match *rest.as_bytes().get(1)? {
            b'/' if rest.as_bytes().get(2)?.is_ascii_alphabetic() => self.tag(TagKind::EndTag),
            b'/' => None,
            b'!' => self.declaration(),
            b'?' => self.bogus_comment(1),
            letter if letter.is_ascii_alphabetic() => self.tag(TagKind::StartTag),
            _ => {
                self.text(StrTendril::from_slice("<"));
                self.at += 1;
                Some(())
            }
        }
    }

    fn token(&self, token: Token) -> TokenSinkResult<dom_query::NodeId> {
        self.parser.tokenizer.sink.process_token(token, 1)
    }

    /// Passes on text.
    fn text(&self, text: StrTendril) {
        if !text.is_empty() {
            let _ = self.token(CharacterTokens(text));
        }
    }

    /// Reads a tag and, if its element contains raw text, that text.
    fn tag(&mut self, kind: TagKind) -> Option<()> {
        let rest = self.rest();
        let (tag, length) = tag::read(rest, kind)?;
        let name = tag.name.clone();
        let after = rest.get(length..)?;
        // In a script, a comment changes what ends the script.
        if kind == TagKind::StartTag
            && &*name == "script"
            && memchr::memmem::find(raw_text(after, &name).as_bytes(), b"<!--").is_some()
        {
            return None;
        }
        self.at += length;
        match self.token(TagToken(tag)) {
            TokenSinkResult::RawData(kind) => self.raw_text(kind, &name),
            TokenSinkResult::Plaintext => {
                self.text(StrTendril::from_slice(after));
                self.at = self.html.len();
            }
            _ => {}
        }
        Some(())
    }

    /// Reads the text of an element that contains no tags.
    fn raw_text(&mut self, kind: RawKind, name: &LocalName) {
        let text = raw_text(self.rest(), name);
        self.text(if kind == RawKind::Rcdata { decoded(text, false) } else { StrTendril::from_slice(text) });
        self.at += text.len();
    }

    /// Reads a comment or document type.
    fn declaration(&mut self) -> Option<()> {
        let rest = self.rest();
        let inner = rest.get(2..)?;
        if let Some(comment) = inner.strip_prefix("--") {
            return self.comment(comment);
        }
        if inner.get(..7).is_some_and(|name| name.eq_ignore_ascii_case("doctype")) {
            let length = memchr::memchr(b'>', rest.as_bytes())? + 1;
            self.parser.input_buffer.push_back(StrTendril::from_slice(rest.get(..length)?));
            let _ = self.parser.tokenizer.feed(&self.parser.input_buffer);
            self.at += length;
            return Some(());
        }
        if inner.starts_with("[CDATA[") { None } else { self.bogus_comment(2) }
    }

    /// Reads a comment, given the markup after its `<!--`.
    fn comment(&mut self, comment: &str) -> Option<()> {
        let text = comment.get(..memchr::memmem::find(comment.as_bytes(), b"-->")?)?;
        if comment.starts_with('>') || comment.starts_with("->") || text.contains("--!>") {
            return None;
        }
        let _ = self.token(CommentToken(StrTendril::from_slice(text)));
        self.at += "<!--".len() + text.len() + "-->".len();
        Some(())
    }

    /// Reads a processing instruction or an unknown declaration, which counts as a comment. Its text begins `skipped`
    /// bytes after its `<`.
    fn bogus_comment(&mut self, skipped: usize) -> Option<()> {
        let text = self.rest().get(skipped..)?;
        let text = text.get(..memchr::memchr(b'>', text.as_bytes())?)?;
        let _ = self.token(CommentToken(StrTendril::from_slice(text)));
        self.at += skipped + text.len() + 1;
        Some(())
    }
}

/// Returns the text before the end tag of a raw-text element, or all of `html` if it has no such end tag.
fn raw_text<'a>(html: &'a str, name: &str) -> &'a str {
    let bytes = html.as_bytes();
    let is_end = |start: &usize| {
        let tag = bytes.get(start + 1..).and_then(|tag| tag.strip_prefix(b"/"));
        let Some((own, after)) = tag.and_then(|tag| tag.split_at_checked(name.len())) else { return false };
        let closed = after.first().is_some_and(|byte| tag::is_blank(*byte) || matches!(byte, b'/' | b'>'));
        closed && own.eq_ignore_ascii_case(name.as_bytes())
    };
    let end = memchr::memchr_iter(b'<', bytes).find(is_end).unwrap_or(bytes.len());
    html.get(..end).unwrap_or(html)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Compares a tree with the one that html5ever builds with its own tokenizer.
    fn same(html: &str) -> Result<(), TestCaseError> {
        let (own, other) = (document(html), Document::from(html));
        prop_assert_eq!(own.html(), other.html(), "{}", html);
        prop_assert_eq!(own.tree.len(), other.tree.len(), "{}", html);
        Ok(())
    }

    #[test]
    fn ordinary_markup_gives_the_same_tree() {
        for html in [
            "",
            "<",
            "a < b <3 </ x",
            "<!DOCTYPE html><html lang=de><title>A &amp; B</title ><body>text",
            "<!doctype html PUBLIC \"-//W3C//DTD XHTML 1.0>\" x><p>a",
            "<P CLASS=\"A b\" id='x\"y' data-a=1/2 hidden Title = z =q a=1 A=2/>a<br/>b</P x=1>c",
            "<a href=\"?a=1&copy=2&lt;3&amp&notit;&#x80;&#128;&#xD800;&#99999999;&#;&#x;&bogus;&\">&hellip;&amp</a>",
            "<pre>\n\na</pre><textarea>\n<p>&lt;</textarea><title>x</titles></TITLE>y",
            "<script>a</b>'<p>'</script ><style>p > a</style><iframe><p></iframe><xmp><b></xmp>z<plaintext><p>a&amp;",
            "<script><!-- <script>a</script> --></script>b<script>c<!--</script>d",
            "<!-- a --><!----><!--->b--><!-- c --!>d<!-- e -- f --->g<!-- unclosed <p>",
            "<?xml version=\"1.0\"?><![if !IE]><p>a<![endif]><!>b<![CDATA[c]]><svg><![CDATA[d<e]]></svg>",
            "<table>a<tr>b<td>c</table><select><p>d<option>e</select><svg><path d='M0'/><p>f",
            "a\r\nb<p title='c\rd'>\0e",
            "<p title='a",
            "<script>a",
        ] {
            same(html).unwrap();
        }
    }

    const PIECES: &[&str] = &[
        "<p>",
        "</p>",
        "<b class=a>",
        "</b",
        ">",
        "<",
        "/",
        "=",
        "\"",
        "'",
        " ",
        "\n",
        "a",
        "é",
        "<!--",
        "-->",
        "--",
        "<!",
        "<?x",
        "<script>",
        "</script>",
        "<style a='>'>",
        "</STYLE >",
        "<title>",
        "</title/>",
        "<textarea>",
        "</textarea>",
        "<pre>",
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "<svg>",
        "</svg>",
        "<math>",
        "<![CDATA[",
        "]]>",
        "<a href=\"x?a&copy=1\" HREF=2>",
        "</a>",
        "&amp;",
        "&am",
        "&notin",
        "&#x41;",
        "&#",
        ";",
        "<select>",
        "<option>",
        "<br/>",
        "<input disabled/x=1>",
        "<!DOCTYPE html>",
        "<template>",
        "</template>",
        "<body x=1>",
        "<noscript>",
        "<frameset>",
        "<iframe>",
        "</iframe>",
        "<li>",
        "<i>",
        "</i>",
        "<plaintext>",
        "\r\n",
    ];

    proptest! {
        #[test]
        fn any_markup_gives_the_same_tree(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..30)) {
            same(&pieces.concat())?;
        }
    }
}
