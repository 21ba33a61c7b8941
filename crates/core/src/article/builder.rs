//! Builds an article block by block, which guarantees that every span is correct.

use super::{Article, Block, BlockKind, Datum};
use crate::text::Span;

/// Builder that appends blocks to an article: first the front matter, then the story.
#[derive(Debug, Default)]
pub struct Builder {
    article: Article,
}

impl Builder {
    /// Starts an article with no text.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self { article: Article { id: id.into(), ..Article::default() } }
    }

    /// Appends a block after a blank line. Returns the span of the block in the text, or `None` for a block that
    /// consists of white space, which is skipped.
    ///
    /// Front matter that follows the beginning of the story keeps its position but counts as part of the body.
    pub fn block(&mut self, kind: BlockKind, words: &str) -> Option<Span> {
        let words = words.trim();
        if words.is_empty() {
            return None;
        }
        let text = &mut self.article.text;
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(words);
        let span = Span::new(start, text.len());
        let body_begun = self.article.blocks.iter().any(|block| !block.kind.is_front());
        if !kind.is_front() && !body_begun {
            self.article.body = start;
        }
        self.article.blocks.push(Block::new(kind, span));
        Some(span)
    }

    /// Appends a heading. `level` is from 1 to 6.
    pub fn heading(&mut self, level: u8, words: &str) -> Option<Span> {
        let span = self.block(BlockKind::Heading, words)?;
        if let Some(block) = self.article.blocks.last_mut() {
            block.level = Some(level);
        }
        Some(span)
    }

    /// Appends a list item. `depth` is 1 for the outermost list.
    pub fn list_item(&mut self, depth: u8, words: &str) -> Option<Span> {
        let span = self.block(BlockKind::ListItem, words)?;
        if let Some(block) = self.article.blocks.last_mut() {
            block.level = Some(depth);
        }
        Some(span)
    }

    /// Appends a caption. `credit` is the picture credit inside `words`, if any.
    pub fn caption(&mut self, words: &str, credit: Option<&str>) -> Option<Span> {
        let span = self.block(BlockKind::Caption, words)?;
        let inside = span.of(&self.article.text);
        let credit = credit.map(|credit| {
            let place = inside.rfind(credit).map(|at| Span::new(span.start + at, span.start + at + credit.len()));
            Datum { value: credit.to_owned(), span: place }
        });
        if let Some(block) = self.article.blocks.last_mut() {
            block.credit = credit;
        }
        Some(span)
    }

    /// Returns the unfinished article, so that its metadata can be set.
    pub const fn article(&mut self) -> &mut Article {
        &mut self.article
    }

    /// Returns the finished article. If it has no story, the whole text counts as front matter.
    #[must_use]
    pub fn build(mut self) -> Article {
        if self.article.blocks.iter().all(|block| block.kind.is_front()) {
            self.article.body = self.article.text.len();
        }
        self.article
    }
}

/// Returns the paragraphs of a verbatim text in order, without leading and trailing white space.
pub(super) fn paragraphs(text: &str) -> Vec<Span> {
    let lines = lines(text);
    if !hard_wrapped(&lines, text) {
        return lines.into_iter().filter(|line| !line.is_empty()).collect();
    }
    let mut out: Vec<Span> = Vec::new();
    let mut open = false;
    for line in lines {
        match out.last_mut() {
            _ if line.is_empty() => open = false,
            Some(last) if open => last.end = line.end,
            _ => {
                out.push(line);
                open = true;
            }
        }
    }
    out
}

/// Returns every line of a text, without leading and trailing white space. A blank line becomes an empty span.
fn lines(text: &str) -> Vec<Span> {
    let mut at = 0;
    text.split_inclusive('\n')
        .map(|line| {
            let span = Span::new(at, at + line.len()).trimmed(text);
            at += line.len();
            span
        })
        .collect()
}

/// Returns whether a text looks hard-wrapped. Such a text has blank lines, and at least three lines directly followed
/// by another one. At least 70 % of those lines have a medium length (40 to 100 bytes), and at least half of them do
/// not end a sentence.
fn hard_wrapped(lines: &[Span], text: &str) -> bool {
    if !lines.iter().any(|line| line.is_empty()) {
        return false;
    }
    let inner: Vec<&Span> =
        lines.windows(2).filter(|pair| !pair[0].is_empty() && !pair[1].is_empty()).map(|pair| &pair[0]).collect();
    if inner.len() < 3 {
        return false;
    }
    let middling = inner.iter().filter(|line| (40..=100).contains(&line.len())).count();
    let unfinished = inner.iter().filter(|line| !line.of(text).ends_with(['.', '!', '?', '”', '"', ':'])).count();
    middling * 10 >= inner.len() * 7 && unfinished * 2 >= inner.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_comes_before_the_body() {
        let mut builder = Builder::new("x");
        builder.block(BlockKind::Headline, "Bridge opens");
        let first = builder.block(BlockKind::Paragraph, "The bridge opened.").unwrap();
        let article = builder.build();
        assert_eq!(article.text, "Bridge opens\n\nThe bridge opened.");
        assert_eq!(article.body, first.start);
    }

    #[test]
    fn hard_wrapped_lines_are_one_paragraph() {
        let wrapped = "The council met on Monday evening to talk about the\nbridge, which has been shut since a lorry struck it in\nthe spring, and about the money for it, which has not\nbeen found.\n\nIt will meet again.";
        assert_eq!(paragraphs(wrapped).len(), 2);
        assert_eq!(paragraphs("One.\nTwo.\n\nThree.").len(), 3);
    }
}
