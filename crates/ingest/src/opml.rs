//! Reads a list of feeds (OPML). It becomes an article that lists them; none is fetched.

use super::{Error, address, xml};
use crate::metadata::source_metadata::SourceMetadata;
use dateline_core::article::{Article, BlockKind, Builder, Link};
use dateline_core::text::{Span, folded};
use xml::{Dialect, Tree};

/// Maximum number of entries to list.
const MAX_FEEDS: usize = 1000;

/// Returns a list of feeds as an article. `id` identifies the list.
///
/// # Errors
/// Returns an error if the document is truncated before its first entry.
pub(crate) fn article(id: &str, source: &str) -> Result<Article, Error> {
    let tree = Tree::new(source, Dialect::default());
    let outlines: Vec<_> = tree.elements().filter(|element| element.is("outline")).collect();
    if outlines.is_empty() && tree.cut {
        return Err(Error::Refused("it is a list of feeds (OPML) that is cut off before its first feed".to_owned()));
    }
    let feeds = outlines.iter().filter(|outline| outline.attribute("xmlUrl").is_some()).count();
    let title = tree.root().inner("title").map(|title| folded(&title.text())).filter(|title| !title.is_empty());
    let mut builder = Builder::new(id);
    SourceMetadata { title, ..SourceMetadata::default() }.open(&mut builder);
    builder.block(BlockKind::Paragraph, &format!("This is a list of {feeds} feeds (OPML). Nothing in it was fetched."));
    for outline in outlines.iter().take(MAX_FEEDS) {
        let attribute = |name: &str| outline.attribute(name).map(|value| folded(&value));
        let name = attribute("text").or_else(|| attribute("title")).unwrap_or_default();
        let Some(address) = attribute("xmlUrl") else {
            if !name.is_empty() {
                builder.heading(2, &name);
            }
            continue;
        };
        // Only web URLs can be feeds. Other URLs are listed without a link.
        let line = if name.is_empty() { address.clone() } else { format!("{name}: {address}") };
        let Some(span) = builder.list_item(1, &line) else { continue };
        let web = address::absolute(None, &address).filter(|url| url.starts_with("http"));
        if let Some(url) = web {
            builder.article().links.push(Link { span: Span::new(span.end - address.len(), span.end), url });
        }
    }
    if outlines.len() > MAX_FEEDS {
        let rest = outlines.len() - MAX_FEEDS;
        builder.article().notes.push(format!("{rest} more entries of the list are not shown."));
    }
    if tree.cut {
        builder.article().notes.push("The list is cut off here.".to_owned());
    }
    Ok(builder.build())
}
