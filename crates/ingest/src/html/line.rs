//! Line of text collected while a page is traversed, with its links and emphasised words.

use dateline_core::text::{Span, is_invisible};

/// Length in bytes below which a line that ends with a single break may be verse or part of an address. Longer lines
/// are wrapped prose.
const VERSE: usize = 60;

/// Line under construction. White space is collapsed, except in preformatted text.
#[derive(Default)]
pub(crate) struct Line {
    /// Text collected so far.
    pub text: String,
    /// Number of bytes of text inside links.
    pub linked: usize,
    /// Spans of links, with their `href` as written in the page.
    pub links: Vec<(Span, String)>,
    /// Spans of emphasised words.
    pub emphasis: Vec<Span>,
    blank: bool,
    breaks: usize,
    /// Byte offset of the text after the last line break.
    broken: usize,
    /// Whether the text ends with an added opening quotation mark, which must not be followed by a space.
    opened: bool,
}

impl Line {
    /// Appends text. Returns the span of its words in the line.
    pub(crate) fn push(&mut self, text: &str, linked: bool, preformatted: bool) -> Span {
        let before = self.text.len();
        let mut start = before;
        if preformatted {
            self.text.push_str(text);
        } else {
            let mut rest = text;
            loop {
                let trimmed = rest.trim_start();
                if trimmed.len() < rest.len() {
                    self.blank = !self.opened;
                }
                let (word, after) = trimmed.split_at(word_length(trimmed));
                rest = after;
                if word.is_empty() {
                    break;
                }
                if word.chars().all(is_invisible) {
                    continue;
                }
                if std::mem::take(&mut self.blank) && !self.text.is_empty() {
                    let separator = if self.breaks > 0 && self.is_verse() { " / " } else { " " };
                    start += if self.text.len() == before { separator.len() } else { 0 };
                    self.text.push_str(separator);
                }
                if std::mem::take(&mut self.breaks) > 0 {
                    self.broken = self.text.len();
                }
                self.opened = false;
                if word.is_ascii() {
                    self.text.push_str(word);
                } else {
                    self.text.extend(word.chars().filter(|character| !is_invisible(*character)));
                }
            }
        }
        self.linked += if linked { self.text.len() - before } else { 0 };
        Span::new(start, self.text.len())
    }

    /// Adds a line break, which becomes a space, or a slash if the line before it is verse. Returns the number of
    /// consecutive breaks.
    pub(crate) const fn line_break(&mut self) -> usize {
        self.breaks += 1;
        self.blank = true;
        self.breaks
    }

    /// Returns whether the line ends with a line break after a sentence or label, so that a new line should begin.
    pub(crate) fn is_ended(&self) -> bool {
        self.breaks > 0 && self.text.ends_with(['.', '!', '?', ':', '…', '”', '"', '’'])
    }

    /// Returns whether the text since the last line break is as short as a line of verse or of an address.
    fn is_verse(&self) -> bool {
        let last = self.text.get(self.broken..).unwrap_or_default();
        last.len() < VERSE && last.contains(char::is_alphanumeric)
    }

    /// Adds an opening quotation mark.
    pub(crate) fn open_quote(&mut self, mark: &str, linked: bool) {
        self.push(mark, linked, false);
        self.opened = true;
    }

    /// Adds a closing quotation mark directly after the last word.
    pub(crate) fn close_quote(&mut self, mark: &str, linked: bool) {
        let blank = std::mem::take(&mut self.blank);
        self.push(mark, linked, false);
        self.blank = blank;
    }

    /// Makes `words` a link. An adjacent previous link with the same `href` is extended instead.
    pub(crate) fn link(&mut self, words: Span, href: &str) {
        match self.links.last_mut() {
            Some((last, same)) if last.end + 1 >= words.start && same == href => last.end = words.end,
            _ => self.links.push((words, href.to_owned())),
        }
    }

    /// Marks `words` as emphasised.
    pub(crate) fn set_off(&mut self, words: Span) {
        match self.emphasis.last_mut() {
            Some(last) if last.end + 1 >= words.start => last.end = words.end,
            _ => self.emphasis.push(words),
        }
    }

    /// Trims white space around the line, and shifts the spans accordingly.
    pub(crate) fn finished(mut self) -> Self {
        let whole = Span::new(0, self.text.len()).trimmed(&self.text);
        if whole.len() == self.text.len() {
            return self;
        }
        let moved = |span: Span| {
            let inside = |at: usize| at.clamp(whole.start, whole.end) - whole.start;
            Span::new(inside(span.start), inside(span.end))
        };
        self.links = self.links.into_iter().map(|(span, href)| (moved(span), href)).collect();
        self.emphasis = self.emphasis.into_iter().map(moved).collect();
        self.text = whole.of(&self.text).to_owned();
        self
    }
}

/// Returns the length in bytes of the text before the first white space. Decodes characters only once there is one
/// outside ASCII, because most words have none.
fn word_length(text: &str) -> usize {
    let ends = |byte: u8| !byte.is_ascii() || char::from(byte).is_whitespace();
    let Some(at) = text.bytes().position(ends) else { return text.len() };
    let rest = text.get(at..).unwrap_or_default();
    at + rest.find(char::is_whitespace).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_link_keep_their_place_when_blanks_are_folded() {
        let mut line = Line::default();
        line.push("\n  See", false, false);
        let words = line.push(" the   map ", true, false);
        line.link(words, "/map");
        line.push("  now.", false, false);
        let line = line.finished();
        assert_eq!(line.text, "See the map now.");
        assert_eq!(line.links[0].0.of(&line.text), "the map");
    }

    #[test]
    fn a_word_ends_at_any_white_space() {
        for (text, length) in [("pier", 4), ("pier two", 4), ("Häfen\u{a0}x y", 6), ("é", 2), ("a\u{b}b", 1), ("", 0)]
        {
            assert_eq!(word_length(text), length, "{text:?}");
        }
    }

    #[test]
    fn a_preformatted_line_is_trimmed_with_its_spans() {
        let mut line = Line::default();
        line.push("\n\n", false, true);
        let words = line.push("code ", false, true);
        line.set_off(words);
        let line = line.finished();
        assert_eq!(line.emphasis[0].of(&line.text), "code");
    }
}
