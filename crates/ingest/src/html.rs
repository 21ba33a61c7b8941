//! Reads a saved HTML page: its declared metadata, and the blocks of its story.

mod around;
mod author;
mod biography;
mod candidate;
mod class_hints;
mod element;
pub(crate) mod feeds;
mod furniture;
mod headline;
mod limits;
mod line;
mod linked_data;
mod list;
mod listing;
mod math;
mod media;
mod meta;
mod note;
mod outline;
mod parse;
mod pruning;
mod publication_date;
mod region;
mod scripted;
mod table;
mod text_block;
mod thread;
mod thread_author;

use super::{Error, address};
use crate::boilerplate::repeat;
use crate::lexicon::PAGE_OPENINGS;
use crate::metadata::credit::{self, CaptionMark};
use crate::metadata::dateline;
use crate::metadata::datetime::{self, DateTime};
use crate::metadata::source_metadata::SourceMetadata;
use dateline_core::article::{Article, BlockKind, Boilerplate, Builder, DateSource, LeftOut, Link, Published};
use dateline_core::text::Span;
use dom_query::{Document, NodeRef};
use meta::PageMetadata;
use url::Url;

pub(super) use line::Line;
pub(super) use text_block::{TextBlock, TextBlockKind};

/// Number of blocks at the beginning of a story to search for its standfirst.
const STANDFIRST: usize = 3;
/// Minimum length in bytes of a declared summary that is read in place of a missing story.
const SUMMARY: usize = 100;

/// Returns whether a text is an HTML page rather than prose, judging by its beginning.
#[must_use]
pub(crate) fn is_page(head: &str) -> bool {
    let start = head.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    let lower: String = start.chars().take(2000).flat_map(char::to_lowercase).collect();
    PAGE_OPENINGS.iter().any(|tag| lower.starts_with(tag)) || lower.contains("<html")
}

/// Extracts the article of a page.
///
/// # Errors
/// Returns an error if the page contains no text.
pub(crate) fn article(id: &str, page: &str) -> Result<Article, Error> {
    let (html, note) = limits::within_bounds(page);
    let (document, mut blocks) = laid_out(&html);
    let hidden = linked_data::hidden_body(&document, scripted::prose(&blocks));
    let PageMetadata { source: mut metadata, mut shown, description, single, order } =
        meta::read(id, &document, &blocks);
    let bare = blocks.is_empty() && hidden.is_none();
    let summary = description.as_ref().filter(|text| bare && single && text.len() >= SUMMARY);
    if bare && summary.is_none() {
        return Err(Error::Empty);
    }
    let base =
        document.select_single("base").attr("href").map(|base| base.to_string()).or_else(|| metadata.url.clone());
    let base = base.and_then(|base| Url::parse(&base).ok());
    let home = text_block::home(&blocks, metadata.title.as_deref());
    let is_discussion = || thread_author::is_declared_discussion(&document);
    let posts = thread::posts(&blocks, metadata.title.as_deref(), metadata.url.as_deref(), is_discussion);
    let thread = (!posts.is_empty()).then(|| format!("Read as a thread of {} posts.", posts.len()));
    let title = metadata.title.as_deref();
    let preceded = thread::has_story_before(&blocks, &posts, title);
    let own = if preceded { &[][..] } else { &posts };
    let started = own.first().and_then(|post| datetime::parse_any(post.time.as_deref()?, order));
    let starter = thread_author::find(&document, own, metadata.url.as_deref(), !metadata.authors.is_empty());
    let mut kept = if posts.is_empty() {
        region::story(&document, &blocks, home, title)
    } else {
        let story = if preceded { region::story(&document, &blocks, home, title) } else { Vec::new() };
        thread::kept(&mut blocks, posts, &story)
    };
    let signed = !metadata.authors.is_empty() || metadata.published.is_some() || shown.is_some();
    let discussion = thread.is_some() || metadata.url.as_deref().is_some_and(thread::is_forum);
    let listing = if single || discussion { None } else { listing::find(&blocks, &kept, signed) };
    let listed = listing.as_ref().map(|listing| format!("Read as a list of {} items.", listing.items));
    if let Some(listing) = listing {
        kept = listing.kept;
    }
    if hidden.is_some() {
        kept.fill(false);
    }
    if thread.is_none() && listed.is_none() {
        biography::drop_closing(&blocks, &metadata.authors, &mut kept);
    }
    let copied = drop_copies(&blocks, &mut kept);
    if let Some(starter) = starter {
        metadata.authors = vec![starter];
    }
    // A thread is as old as its first post. A later date is that of a reply, or the time at which the page was saved.
    let declared = metadata.published.as_ref().or(shown.as_ref());
    if let Some(started) = started.filter(|started| declared.is_none_or(|declared| started.date < declared.date)) {
        metadata.published = None;
        shown = Some(started);
    }
    metadata.standfirst = standfirst(&blocks, &kept, description.as_deref())
        .or_else(|| if thread.is_some() { None } else { region::lead(&blocks, home, &kept) });
    let mut builder = Builder::new(id);
    metadata.open(&mut builder);
    body(&metadata, &blocks, &kept, base.as_ref(), &mut builder);
    let declared = hidden.map(|text| declared_body(&text, base.as_ref(), &mut builder));
    let declared = declared.or_else(|| summary.map(|text| summary_body(text, &mut builder)));
    let article = builder.article();
    article.notes.extend(declared.map(str::to_owned));
    article.notes.extend(note);
    article.notes.extend(thread.or(listed));
    article.notes.extend((copied > 0).then(|| repeat::note(copied)));
    article.notes.extend(struck(blocks.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(block, _)| block)));
    if article.published.is_none() {
        article.published = shown.map(on_the_page);
    }
    let year = article.published.as_ref().and_then(|published| u32::try_from(published.date.year()).ok());
    dateline::set(article, year);
    Ok(builder.build())
}

/// Appends the text of a story found only in the page's JSON-LD, and returns a note that says so.
fn declared_body(text: &str, base: Option<&Url>, builder: &mut Builder) -> &'static str {
    if text.contains("</") {
        fragment(text, base, builder);
    } else {
        for line in text.lines() {
            builder.block(BlockKind::Paragraph, &plain(line));
        }
    }
    "The page shows no story, so the one that it declares in JSON-LD was read."
}

/// Appends the summary of a page that has no other text, and returns a note that says so.
fn summary_body(text: &str, builder: &mut Builder) -> &'static str {
    builder.block(BlockKind::Paragraph, text);
    "The page has no text, so only its declared summary was read."
}

/// Parses a page, makes the changes that its scripts would make, and returns the document and its blocks.
fn laid_out(html: &str) -> (Document, Vec<TextBlock>) {
    let html = scripted::without_shadow_trees(html);
    let document = parse::document(&html);
    // Searches for scripted parts only if the page has some, because each search visits every element.
    if html.contains("<template") {
        scripted::assemble(&document);
    }
    let (mut blocks, collapsed) = text_block::read(&document);
    if collapsed && scripted::open_collapsed(&document) {
        blocks = text_block::blocks(&document);
    }
    let noscript = html.contains("<noscript") || html.contains("<NOSCRIPT");
    if noscript && scripted::open_noscript(&document, &blocks) {
        blocks = text_block::blocks(&document);
    }
    (document, blocks)
}

/// Clears `kept` for blocks that repeat the whole story, such as its print version. Returns the number of characters
/// dropped.
fn drop_copies(blocks: &[TextBlock], kept: &mut [bool]) -> usize {
    let story: Vec<usize> = (0..blocks.len()).filter(|at| kept.get(*at) == Some(&true)).collect();
    let texts: Vec<&str> = story.iter().filter_map(|at| blocks.get(*at)).map(|block| block.text.as_str()).collect();
    let mut copied = 0;
    for ((at, text), original) in story.iter().zip(&texts).zip(repeat::copies(&texts)) {
        if original.is_some()
            && let Some(kept) = kept.get_mut(*at)
        {
            *kept = false;
            copied += text.chars().count();
        }
    }
    copied
}

/// Returns the standfirst: one of the first blocks of the story, which must begin with the page's description and be a
/// heading or marked as a standfirst. A plain first paragraph remains a paragraph, even if it equals the description.
fn standfirst(blocks: &[TextBlock], kept: &[bool], description: Option<&str>) -> Option<String> {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).take(80).collect::<String>();
    let described = letters(description?);
    let mut story = blocks.iter().zip(kept).filter(|(_, kept)| **kept).map(|(block, _)| block).take(STANDFIRST);
    let found = story.find(|block| {
        let set_off = matches!(block.kind, TextBlockKind::Heading(2..)) || class_hints::is_standfirst(block.above);
        set_off && described.len() >= 30 && letters(&block.text).starts_with(&described)
    });
    found.map(|block| block.text.clone())
}

/// Creates a publication date from a date in the page's text, if none is declared.
fn on_the_page(found: DateTime) -> Published {
    Published { date: found.date, moment: found.stamp, source: DateSource::Text, evidence: None }
}

/// Appends an HTML fragment to a story. Keeps all blocks, since a fragment has no page furniture to remove.
pub(crate) fn fragment(html: &str, base: Option<&Url>, builder: &mut Builder) {
    let (html, note) = limits::within_bounds(html);
    let blocks = text_block::blocks(&parse::document(&html));
    if blocks.is_empty() {
        builder.block(BlockKind::Paragraph, &untagged(&html));
    }
    let struck = struck(&blocks);
    for block in blocks {
        add(&block, base, builder);
    }
    builder.article().notes.extend(note.into_iter().chain(struck));
}

/// Returns a note with the number of struck-out words in these blocks, if any.
fn struck<'a>(blocks: impl IntoIterator<Item = &'a TextBlock>) -> Option<String> {
    let count: usize = blocks.into_iter().map(|block| block.struck.len()).sum();
    (count > 0).then(|| format!("Struck-out words and readings of characters were left out ({count})."))
}

/// Strips tags from markup in which the parser found nothing to display, such as the title of a drawing or words after
/// an invalid tag. Returns an empty string if the markup contains a script or a style sheet.
fn untagged(html: &str) -> String {
    let lower = html.to_ascii_lowercase();
    if lower.contains("<script") || lower.contains("<style") {
        return String::new();
    }
    let mut out = String::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let Some(length) = rest.get(start..).and_then(|tag| tag.find('>')) else { break };
        out.push_str(rest.get(..start).unwrap_or_default());
        out.push(' ');
        rest = rest.get(start + length + 1..).unwrap_or_default();
    }
    out.push_str(rest);
    dateline_core::text::folded(&super::xml::decoded(&out))
}

/// Appends an HTML fragment, without the heading that already serves as the headline.
pub(crate) fn fragment_without(html: &str, heading: Option<&str>, builder: &mut Builder) {
    let (html, note) = limits::within_bounds(html);
    let mut heading = heading;
    for block in text_block::blocks(&parse::document(&html)) {
        if heading.is_some_and(|heading| heading == block.text) {
            heading = None;
        } else {
            add(&block, None, builder);
        }
    }
    builder.article().notes.extend(note);
}

/// Returns the kind of each block in an HTML fragment.
pub(crate) fn fragment_blocks(html: &str) -> Vec<BlockKind> {
    let mut builder = Builder::new("");
    fragment_without(html, None, &mut builder);
    builder.article().blocks.iter().map(|block| block.kind).collect()
}

/// Returns the text of each block in an HTML fragment, the number of bytes inside links, and the number of links.
pub(crate) fn fragment_summary(html: &str) -> (Vec<String>, usize, usize) {
    let (html, _) = limits::within_bounds(html);
    let blocks = text_block::blocks(&parse::document(&html));
    let linked = blocks.iter().map(|block| block.linked).sum();
    let links = blocks.iter().map(|block| block.links.len()).sum();
    (blocks.into_iter().map(|block| block.text).collect(), linked, links)
}

/// Appends an HTML email, without the boilerplate of the service that sent it.
pub(crate) fn message(html: &str, base: Option<&Url>, builder: &mut Builder) {
    let (html, note) = limits::within_bounds(html);
    for block in text_block::blocks(&parse::document(&html)) {
        if furniture::is_boilerplate(&block) {
            let why = class_hints::boilerplate(block.above);
            builder.article().left_out.push(LeftOut { text: block.text, why });
        } else {
            add(&block, base, builder);
        }
    }
    builder.article().notes.extend(note);
}

/// Returns the text of the `<title>` element, if any.
#[must_use]
pub(crate) fn title(html: &str) -> Option<String> {
    let (html, _) = limits::within_bounds(html);
    let title = dateline_core::text::folded(&parse::document(&html).select_single("title").text());
    Some(title).filter(|title| !title.is_empty())
}

/// Returns the text of an HTML fragment on one line.
#[must_use]
pub(crate) fn plain(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return dateline_core::text::folded(html);
    }
    let (html, _) = limits::within_bounds(html);
    let blocks = text_block::blocks(&parse::document(&html));
    let words: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
    dateline_core::text::folded(&words.join(" "))
}

/// Returns the text of an element, with each text node on its own line. Returns `None` if the element has more than
/// `most` nodes, which is too many for a label.
fn words_apart(node: &NodeRef<'_>, most: usize) -> Option<String> {
    let mut out = String::new();
    for (count, inner) in node.descendants_it().enumerate() {
        if count > most {
            return None;
        }
        let skipped = inner.parent().is_some_and(|above| above.has_name("script") || above.has_name("style"));
        if inner.is_text() && !skipped {
            out.push_str(&inner.text());
            out.push('\n');
        }
    }
    Some(out)
}

/// Adds the blocks of the story to the article. The other blocks go to `left_out`, with the kind of boilerplate.
fn body(metadata: &SourceMetadata, blocks: &[TextBlock], kept: &[bool], base: Option<&Url>, builder: &mut Builder) {
    let texts = blocks.iter().zip(kept).filter(|(_, kept)| **kept).map(|(block, _)| block.text.as_str());
    let story: Vec<&str> = texts.chain(metadata.title.as_deref()).collect();
    let mut before: Option<&TextBlock> = None;
    for (block, kept) in blocks.iter().zip(kept) {
        let title =
            [&metadata.title, &metadata.standfirst].into_iter().any(|front| front.as_ref() == Some(&block.text));
        // Media between a block of the story and a block outside it may belong to the rest of the page.
        if let Some(before) = before.filter(|_| *kept && !block.media.is_empty()) {
            let captioned = caption(block).0 || caption(before).0;
            media::add(&block.media, captioned, &story, base, builder);
        }
        before = kept.then_some(block);
        if *kept && !title {
            add(block, base, builder);
        } else if !title {
            let why = class_hints::boilerplate(block.above);
            builder.article().left_out.push(LeftOut { text: block.text.clone(), why });
        }
    }
}

/// Appends a block of the page to the story, with links resolved against `base`.
pub(crate) fn add(block: &TextBlock, base: Option<&Url>, builder: &mut Builder) {
    let (is_caption, credit) = caption(block);
    let marker = marker(block);
    let span = if is_caption {
        builder.caption(&block.text, credit)
    } else {
        match block.kind {
            TextBlockKind::Text | TextBlockKind::Caption => builder.block(BlockKind::Paragraph, &block.text),
            TextBlockKind::Heading(level) => builder.heading(level.max(2), &block.text),
            TextBlockKind::ListItem(depth) => builder.list_item(depth, &format!("{marker}{}", block.text)),
            TextBlockKind::Quote => builder.block(BlockKind::Quote, &block.text),
            TextBlockKind::Table => builder.block(BlockKind::Table, &block.text),
            TextBlockKind::Code => builder.block(BlockKind::Code, &block.text),
        }
    };
    let struck = block.struck.iter().map(|words| LeftOut { text: words.clone(), why: Boilerplate::Furniture });
    builder.article().left_out.extend(struck);
    let Some(mut written) = span else { return };
    written.start += if is_caption { 0 } else { marker.len() };
    let placed = |span: &Span| Span::new(written.start + span.start, written.start + span.end);
    let article = builder.article();
    let links = block.links.iter().filter(|(span, _)| !span.is_empty());
    article.links.extend(
        links.filter_map(|(span, href)| address::absolute(base, href).map(|url| Link { span: placed(span), url })),
    );
    article.emphasis.extend(block.emphasis.iter().filter(|span| !span.is_empty()).map(placed));
}

/// Returns the marker of a list item with a space after it. The marker is empty if the text of the item already begins
/// with a number or a footnote mark.
fn marker(block: &TextBlock) -> String {
    let numbered = block.text.starts_with(|first: char| first.is_ascii_digit() || first == '[');
    let marker = block.marker.as_deref().filter(|_| !numbered);
    marker.map(|marker| format!("{marker} ")).unwrap_or_default()
}

/// Returns whether a block is a caption, judging by its element or by a credit at its end. Also returns that credit.
fn caption(block: &TextBlock) -> (bool, Option<&str>) {
    match credit::find(&block.text) {
        Some(CaptionMark::Credit(span) | CaptionMark::CreditOnly(span)) => (true, Some(span.of(&block.text))),
        _ => (block.kind == TextBlockKind::Caption, None),
    }
}
