//! Reads a list of feeds (OPML). It becomes an article that lists them; none is fetched.

use super::{Error, address, xml};
use crate::metadata::source_metadata::SourceMetadata;
use dateline_core::article::{Article, BlockKind, Builder, Link};
use dateline_core::text::{Span, folded};
use xml::{Dialect, Element, Tree};

/// Maximum number of entries to list.
const MAX_FEEDS: usize = 1000;
/// Maximum depth at which to show a folder. Deeper folders are shown at this depth.
const MAX_DEPTH: usize = 9;

/// Returns a list of feeds as an article. `id` identifies the list.
///
/// # Errors
/// Returns an error if the document is truncated before its first entry.
pub(crate) fn article(id: &str, source: &str) -> Result<Article, Error> {
    let tree = Tree::new(source, Dialect::default());
    let outlines: Vec<_> = tree.elements().filter(|element| element.is("outline")).collect();
    if outlines.is_empty() && tree.cut {
        return Err(Error::Refused("it is a list of feeds (OPML) truncated before its first feed".to_owned()));
    }
    let feeds = outlines.iter().filter(|outline| outline.attribute("xmlUrl").is_some()).count();
    let title = tree.root().inner("title").map(|title| folded(&title.text())).filter(|title| !title.is_empty());
    let mut builder = Builder::new(id);
    SourceMetadata { title, ..SourceMetadata::default() }.open(&mut builder);
    builder.block(BlockKind::Paragraph, &format!("This is a list of {feeds} feeds (OPML). Nothing in it was fetched."));
    for outline in outlines.iter().take(MAX_FEEDS) {
        entry(*outline, &mut builder);
    }
    if outlines.len() > MAX_FEEDS {
        let rest = outlines.len() - MAX_FEEDS;
        builder.article().notes.push(format!("{rest} more entries of the list are not shown."));
    }
    if tree.cut {
        builder.article().notes.push("The list is truncated here.".to_owned());
    }
    Ok(builder.build())
}

/// Adds an entry at the depth of its folder: either a folder, or a feed with its URL, categories and web page.
fn entry(outline: Element<'_, '_>, builder: &mut Builder) {
    let attribute = |name: &str| outline.attribute(name).map(|value| folded(&value)).filter(|value| !value.is_empty());
    let mut depth = 1;
    let mut above = outline.parent();
    while let Some(here) = above.filter(|_| depth < MAX_DEPTH) {
        depth += usize::from(here.is("outline"));
        above = here.parent();
    }
    let depth = u8::try_from(depth).unwrap_or(1);
    let name = attribute("text").or_else(|| attribute("title")).unwrap_or_default();
    let Some(address) = attribute("xmlUrl") else {
        builder.list_item(depth, &name);
        return;
    };
    let mut line = if name.is_empty() { String::new() } else { format!("{name}: ") };
    let mut addresses = vec![Span::new(line.len(), line.len() + address.len())];
    line.push_str(&address);
    if let Some(page) = attribute("htmlUrl") {
        line.push_str(", page: ");
        addresses.push(Span::new(line.len(), line.len() + page.len()));
        line.push_str(&page);
    }
    if let Some(categories) = attribute("category") {
        line.push_str(", categories: ");
        line.push_str(&categories.split(',').map(str::trim).collect::<Vec<_>>().join(", "));
    }
    let Some(span) = builder.list_item(depth, &line) else { return };
    for at in addresses {
        // Only web URLs become links, because opening other kinds of URLs could start programs.
        let web = address::absolute(None, at.of(&line)).filter(|url| url.starts_with("http"));
        let placed = Span::new(span.start + at.start, span.start + at.end);
        builder.article().links.extend(web.map(|url| Link { span: placed, url }));
    }
}
