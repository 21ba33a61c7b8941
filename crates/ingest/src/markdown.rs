//! Reads Markdown, with or without front matter that consists of flat keys in YAML or TOML syntax.

mod front_matter;

use super::html::{Line, TextBlock, TextBlockKind, add};
use super::{Error, address, html};
use crate::boilerplate::repeat;
use crate::metadata::datetime::DateTime;
use crate::metadata::source_metadata::SourceMetadata;
use crate::metadata::{byline, dateline, timestamp_line};
use dateline_core::article::{Article, Boilerplate, Builder, LeftOut};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use url::Url;

/// Number of blocks below the headline to search for authors and a date.
const FRONT: usize = 3;

/// Returns a Markdown text as an article. `id` identifies the text.
///
/// # Errors
/// Returns an error if the text has neither a title nor a block.
pub(crate) fn article(id: &str, text: &str) -> Result<Article, Error> {
    let (mut metadata, body) = front_matter::cut(text);
    let mut blocks = BlockCollector::of(body);
    let copied = blocks.drop_copies();
    let mut menu = Vec::new();
    if metadata.title.is_none()
        && let Some(at) = blocks.title()
    {
        menu.extend(blocks.out.drain(..at));
        metadata.title = Some(blocks.out.remove(0).text);
        blocks.take_front(&mut metadata);
    }
    if blocks.out.is_empty() && metadata.title.is_none() {
        return Err(Error::Empty);
    }
    let base = metadata.url.as_deref().and_then(|url| Url::parse(url).ok());
    let mut builder = Builder::new(id);
    metadata.open(&mut builder);
    for block in &blocks.out {
        add(block, base.as_ref(), &mut builder);
    }
    let article = builder.article();
    article.left_out.extend(menu.into_iter().map(|block| LeftOut { text: block.text, why: Boilerplate::Navigation }));
    if !copied.is_empty() {
        article.notes.push(repeat::note(copied.chars().count()));
        article.left_out.push(LeftOut { text: copied, why: Boilerplate::Furniture });
    }
    dateline::set(article, None);
    article.media.extend(blocks.media.iter().filter_map(|source| address::absolute(base.as_ref(), source)));
    Ok(builder.build())
}

/// Collects the blocks of a Markdown text from parser events.
#[derive(Default)]
struct BlockCollector {
    out: Vec<TextBlock>,
    media: Vec<String>,
    line: Line,
    /// Block kinds of the open elements, innermost last.
    kinds: Vec<TextBlockKind>,
    lists: u8,
    /// Number of the next item in each open list, innermost last. `None` for a bulleted list.
    numbers: Vec<Option<u64>>,
    marker: Option<String>,
    links: Vec<String>,
    emphasis: usize,
    images: usize,
    preformatted: bool,
    /// Labels of the footnotes by first occurrence; the index determines a footnote's displayed number.
    notes: Vec<String>,
    /// Whether the current line contains only the number of a footnote.
    marked: bool,
}

impl BlockCollector {
    fn of(body: &str) -> Self {
        let mut out = Self::default();
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
        for event in Parser::new_ext(body, options) {
            out.take(event);
        }
        out.flush();
        out
    }

    /// Removes blocks that repeat the whole text, and returns the removed text.
    fn drop_copies(&mut self) -> String {
        let texts: Vec<&str> = self.out.iter().map(|block| block.text.as_str()).collect();
        let mut originals = repeat::copies(&texts).into_iter();
        let is_copy = |_: &mut TextBlock| originals.next().flatten().is_some();
        let copied: Vec<TextBlock> = self.out.extract_if(.., is_copy).collect();
        copied.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join("\n\n")
    }

    /// Returns the index of the heading used as the headline. It is the first block, or the first after the menus of a
    /// clipped page, which consist of links.
    fn title(&self) -> Option<usize> {
        let is_menu = |block: &TextBlock| block.linked * 10 >= block.text.len() * 8;
        let at = self.out.iter().position(|block| !is_menu(block) || block.kind == TextBlockKind::Heading(1))?;
        self.out.get(at).filter(|block| block.kind == TextBlockKind::Heading(1)).map(|_| at)
    }

    /// Takes the byline and timestamp line directly below the headline, unless the front matter already has them.
    fn take_front(&mut self, metadata: &mut SourceMetadata) {
        for _ in 0..FRONT {
            let Some(block) = self.out.first().filter(|block| block.kind == TextBlockKind::Text) else { return };
            if metadata.authors.is_empty()
                && let Some(names) = byline::signed_within(&block.text)
            {
                metadata.authors = names;
            } else if metadata.published.is_none()
                && let Some(line) = timestamp_line::read(&block.text).filter(|line| line.rest.is_empty())
            {
                metadata.published = Some(DateTime { date: line.published.date, stamp: line.published.moment });
            } else {
                return;
            }
            self.out.remove(0);
        }
    }

    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) => self.text(&text),
            Event::Html(markup) | Event::InlineHtml(markup) => {
                let words = html::plain(&markup);
                if !words.is_empty() && !words.starts_with('<') {
                    self.text(&words);
                }
            }
            Event::SoftBreak => drop(self.line.push(" ", false, false)),
            Event::HardBreak => drop(self.line.line_break()),
            Event::Rule => self.flush(),
            // The text of the footnote follows further down, with the same number.
            Event::FootnoteReference(label) => {
                let number = self.number(&label);
                self.text(&format!("[{number}]"));
            }
            Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => self.block(TextBlockKind::Heading(depth(level))),
            Tag::BlockQuote(_) => self.block(TextBlockKind::Quote),
            Tag::List(first) => {
                self.flush();
                self.numbers.push(first);
                self.lists = self.lists.saturating_add(1).min(9);
            }
            Tag::Item => {
                self.block(TextBlockKind::ListItem(self.lists.max(1)));
                let number = self.numbers.last_mut().and_then(Option::as_mut);
                self.marker = number.map(|number| {
                    *number = number.saturating_add(1);
                    format!("{}.", *number - 1)
                });
            }
            Tag::CodeBlock(kind) => {
                let _: CodeBlockKind<'_> = kind;
                self.block(TextBlockKind::Code);
                self.preformatted = true;
            }
            Tag::Table(_) => {
                self.block(TextBlockKind::Table);
                self.preformatted = true;
            }
            Tag::Emphasis | Tag::Strong => self.emphasis += 1,
            Tag::Link { dest_url, .. } => self.links.push(dest_url.to_string()),
            Tag::Image { dest_url, .. } => {
                self.media.push(dest_url.to_string());
                self.images += 1;
            }
            // The first paragraph of a footnote continues the line with its number.
            Tag::Paragraph if std::mem::take(&mut self.marked) => {}
            Tag::Paragraph => self.flush(),
            Tag::FootnoteDefinition(label) => {
                self.flush();
                let number = self.number(&label);
                self.text(&format!("[{number}] "));
                self.marked = true;
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) | TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::CodeBlock | TagEnd::Table => {
                self.flush();
                self.kinds.pop();
                self.preformatted = false;
            }
            TagEnd::List(_) => {
                self.lists = self.lists.saturating_sub(1);
                self.numbers.pop();
            }
            TagEnd::TableCell => drop(self.line.push("\t", false, true)),
            TagEnd::TableRow | TagEnd::TableHead => {
                let cells = self.line.text.trim_end_matches('\t').len();
                self.line.text.truncate(cells);
                self.line.push("\n", false, true);
            }
            TagEnd::Emphasis | TagEnd::Strong => self.emphasis = self.emphasis.saturating_sub(1),
            TagEnd::Link => drop(self.links.pop()),
            TagEnd::Image => self.images = self.images.saturating_sub(1),
            TagEnd::Paragraph | TagEnd::FootnoteDefinition => self.flush(),
            _ => {}
        }
    }

    /// Returns the displayed number of a footnote, counted from 1.
    fn number(&mut self, label: &str) -> usize {
        let known = self.notes.iter().position(|known| known == label);
        known.unwrap_or_else(|| {
            self.notes.push(label.to_owned());
            self.notes.len() - 1
        }) + 1
    }

    /// Ends the current block and opens one of the given kind.
    fn block(&mut self, kind: TextBlockKind) {
        self.flush();
        self.kinds.push(kind);
    }

    fn text(&mut self, text: &str) {
        // Alternative texts of pictures are not part of the story.
        if self.images > 0 {
            return;
        }
        let words = self.line.push(text, !self.links.is_empty(), self.preformatted);
        if let Some(href) = self.links.last().filter(|_| !words.is_empty()) {
            self.line.link(words, href);
        }
        if self.emphasis > 0 && !words.is_empty() {
            self.line.set_off(words);
        }
    }

    /// Ends the current block, and drops it if it is empty.
    fn flush(&mut self) {
        let line = std::mem::take(&mut self.line).finished();
        if line.text.is_empty() {
            return;
        }
        let kind = self.kinds.last().copied().unwrap_or_default();
        let Line { text, linked, links, emphasis, .. } = line;
        let marker = self.marker.take();
        self.out.push(TextBlock { text, kind, linked, links, emphasis, marker, ..TextBlock::default() });
    }
}

/// Returns the level of a heading, from 1 to 6.
const fn depth(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_core::article::BlockKind;

    #[test]
    fn structure_links_and_emphasis_are_kept() {
        let text = "---\ntitle: \"Mill: closed\"\ndate: 2024-05-03\nauthors: [Ana Ruiz, Bo Lee]\ntags:\n  - Towns\n---\nThe *mill* has [closed](https://post.example/mill).\n\n## Why\n\n- Water\n- Wood\n\n> Enough.\n\n| A | B |\n|---|---|\n| 1 | 2 |\n";
        let article = article("mill.md", text).unwrap();
        assert_eq!(article.headline.as_ref().unwrap().value, "Mill: closed");
        assert_eq!(article.byline.len(), 2);
        assert_eq!(article.section, ["Towns"]);
        assert_eq!(article.published.as_ref().unwrap().date.to_string(), "2024-05-03");
        assert_eq!(article.links[0].span.of(&article.text), "closed");
        assert_eq!(article.emphasis[0].of(&article.text), "mill");
        let kinds: Vec<BlockKind> =
            article.blocks.iter().map(|block| block.kind).filter(|kind| !kind.is_front()).collect();
        assert_eq!(
            kinds,
            [
                BlockKind::Paragraph,
                BlockKind::Heading,
                BlockKind::ListItem,
                BlockKind::ListItem,
                BlockKind::Quote,
                BlockKind::Table
            ]
        );
        assert!(article.text.ends_with("A\tB\n1\t2"), "{}", article.text);
    }

    #[test]
    fn without_front_matter_the_first_heading_is_the_headline() {
        let article = article("mill.md", "# Mill closed\n\nIt will open again.").unwrap();
        assert_eq!(article.headline.unwrap().value, "Mill closed");
    }

    #[test]
    fn the_mark_of_a_footnote_and_its_words_are_kept() {
        let article = article("mill.md", "# Mill closed\n\nIt will open again.[^when]\n\n[^when]: In May.\n").unwrap();
        assert!(article.text.contains("again.[1]") && article.text.ends_with("[1] In May."), "{}", article.text);
    }
}
