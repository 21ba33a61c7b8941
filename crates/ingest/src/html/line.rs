//! Line of text that the walk through a page gathers, with its links and emphasized words.

use dateline_core::text::Span;

/// A line being gathered. White space is folded unless it is preformatted.
#[derive(Default)]
pub(crate) struct Line {
    /// The text so far.
    pub text: String,
    /// Bytes of it inside links.
    pub linked: usize,
    /// Spans of it that are links, with their `href` as written.
    pub links: Vec<(Span, String)>,
    /// Spans of it that are emphasized.
    pub emphasis: Vec<Span>,
    blank: bool,
    breaks: usize,
}

impl Line {
    /// Appends text. Returns the span of its words in the line.
    pub(crate) fn push(&mut self, text: &str, linked: bool, preformatted: bool) -> Span {
        let before = self.text.len();
        let mut start = before;
        if preformatted {
            self.text.push_str(text);
        } else {
            for character in text.chars() {
                if character.is_whitespace() {
                    self.blank = true;
                    continue;
                }
                if std::mem::take(&mut self.blank) && !self.text.is_empty() {
                    start += usize::from(self.text.len() == before);
                    self.text.push(' ');
                }
                self.breaks = 0;
                self.text.push(character);
            }
        }
        self.linked += if linked { self.text.len() - before } else { 0 };
        Span::new(start, self.text.len())
    }

    /// Adds a line break inside the line, as a blank. Returns the number of successive breaks.
    pub(crate) const fn line_break(&mut self) -> usize {
        self.breaks += 1;
        self.blank = true;
        self.breaks
    }

    /// Makes `words` a link; extends the link right before it if that has the same address.
    pub(crate) fn link(&mut self, words: Span, href: &str) {
        match self.links.last_mut() {
            Some((last, same)) if last.end + 1 >= words.start && same == href => last.end = words.end,
            _ => self.links.push((words, href.to_owned())),
        }
    }

    /// Marks `words` as emphasized.
    pub(crate) fn set_off(&mut self, words: Span) {
        match self.emphasis.last_mut() {
            Some(last) if last.end + 1 >= words.start => last.end = words.end,
            _ => self.emphasis.push(words),
        }
    }

    /// Returns the line without white space at its ends, with spans moved along.
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
    fn a_preformatted_line_is_trimmed_with_its_spans() {
        let mut line = Line::default();
        line.push("\n\n", false, true);
        let words = line.push("code ", false, true);
        line.set_off(words);
        let line = line.finished();
        assert_eq!(line.emphasis[0].of(&line.text), "code");
    }
}
