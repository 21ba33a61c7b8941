//! Reads feeds of any length in pieces. The header of the feed and a few megabytes of complete items are parsed
//! together as a small feed. Thus an archive of a hundred thousand stories needs no more memory than a few of them.

use crate::decode::charset;
use crate::decode::compression::Source;
use crate::{Error, Format, guarded, refused_markup, undivided, unreadable};
use dateline_core::article::Article;
use std::io::Read;

/// Size of a piece, in bytes. Shorter feeds are read as a whole. An item that does not end within a piece is truncated.
const PIECE: usize = 4 << 20;
/// Length in bytes of the longest tag that begins an item, with the character after its name.
const TAG: usize = "<entry>".len();

/// Passes on the articles of a feed, or the reason why a piece could not be read.
///
/// # Errors
/// Returns an error if the source cannot be read any further, or does not begin like a feed.
pub(crate) fn each(
    id: &str,
    mut source: Source<'_>,
    sink: &mut dyn FnMut(Result<Article, Error>) -> bool,
) -> Result<(), Error> {
    let mut bytes = Vec::new();
    fill(&mut source, &mut bytes, PIECE)?;
    let Some(head) = first_item(&bytes).filter(|_| bytes.len() >= PIECE) else {
        return undivided(id, Format::Feed, bytes, source, sink);
    };
    let head: Vec<u8> = bytes.drain(..head).collect();
    let mut read = 0;
    loop {
        fill(&mut source, &mut bytes, PIECE)?;
        let last = bytes.len() < PIECE;
        if last && first_item(&bytes).is_none() {
            // After the last item, only the closing tags of the feed follow.
            return Ok(());
        }
        let whole = if last { Some(bytes.len()) } else { end_of_items(&bytes) };
        let piece: Vec<u8> = head.iter().copied().chain(bytes.drain(..whole.unwrap_or(bytes.len()))).collect();
        let mut articles = match guarded(|| piece_of(id, &piece, read, last)) {
            Err(error) if read == 0 => return Err(error),
            Err(error) => vec![Err(error)],
            Ok(articles) => articles.into_iter().map(Ok).collect(),
        };
        if let Some(Ok(article)) = articles.last_mut().filter(|_| whole.is_none()) {
            article.notes.push(format!("Only the first {} MB of this item were read.", PIECE >> 20));
        }
        read += articles.len();
        if !articles.into_iter().all(&mut *sink) || last {
            return Ok(());
        }
        if whole.is_none() {
            skip(&mut source, &mut bytes)?;
        }
    }
}

/// Skips the rest of a truncated item, up to the next item or the end of the source.
fn skip(source: &mut Source<'_>, bytes: &mut Vec<u8>) -> Result<(), Error> {
    loop {
        fill(source, bytes, PIECE)?;
        if let Some(next) = first_item(bytes) {
            bytes.drain(..next);
            return Ok(());
        }
        if bytes.len() < PIECE {
            bytes.clear();
            return Ok(());
        }
        // Keep the last bytes, because the tag of the next item may begin there.
        bytes.drain(..bytes.len().saturating_sub(TAG));
    }
}

fn piece_of(id: &str, piece: &[u8], read: usize, last: bool) -> Result<Vec<Article>, Error> {
    let (text, notes) = charset::decode_and_mend(piece)?;
    refused_markup(&text)?;
    let mut articles = super::articles_of(id, &text, read, last)?;
    for article in &mut articles {
        article.notes.extend(notes.iter().cloned());
    }
    Ok(articles)
}

/// Reads from the source until `bytes` has a length of `wanted` or the source ends.
fn fill(source: &mut Source<'_>, bytes: &mut Vec<u8>, wanted: usize) -> Result<(), Error> {
    let wanted = wanted.saturating_sub(bytes.len()) as u64;
    source.by_ref().take(wanted).read_to_end(bytes).map_err(|error| unreadable(&error))?;
    Ok(())
}

/// Returns the byte offset at which the first item begins.
fn first_item(bytes: &[u8]) -> Option<usize> {
    [&b"<item"[..], b"<entry"].into_iter().filter_map(|tag| first_tag(bytes, tag)).min()
}

fn first_tag(bytes: &[u8], tag: &[u8]) -> Option<usize> {
    let is_tag = |at: &usize| {
        bytes.get(at + tag.len()).is_some_and(|next| next.is_ascii_whitespace() || matches!(next, b'>' | b'/'))
    };
    memchr::memmem::find_iter(bytes, tag).find(is_tag)
}

/// Returns the byte offset at which the last complete item ends. An end tag followed by another item is preferred,
/// because a lone "</item>" may also be part of a quoted text.
fn end_of_items(bytes: &[u8]) -> Option<usize> {
    let ends = |tag: &'static [u8], next: &'static [u8]| {
        let ends = || memchr::memmem::rfind_iter(bytes, tag).map(|at| at + tag.len());
        let adjoins = |end: &usize| bytes.get(*end..).unwrap_or_default().trim_ascii_start().starts_with(next);
        (ends().find(adjoins), ends().next())
    };
    let (items, entries) = (ends(b"</item>", b"<item"), ends(b"</entry>", b"<entry"));
    items.0.max(entries.0).or(items.1.max(entries.1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;
    use std::fmt::Write;

    /// Builds a feed with `count` items, each a few kilobytes long.
    fn feed(count: usize, before: &str, item: &str, after: &str) -> String {
        let mut out = format!("{before}\n");
        for number in 0..count {
            let text = format!("Ferry {number} was late again on Monday, the harbour master said. ").repeat(60);
            let _ = writeln!(
                out,
                "<{item}><title>Ferry {number} late</title><id>tag:{number}</id>\
                 <content type=\"html\">&lt;p&gt;{text}&lt;/p&gt;</content></{item}>"
            );
        }
        out + after
    }

    fn read_all(source: &[u8]) -> Vec<Article> {
        let mut out = Vec::new();
        read("long.xml", None, source, &mut |article| {
            out.push(article.unwrap());
            true
        })
        .unwrap();
        out
    }

    #[test]
    fn a_feed_of_any_length_is_read_to_its_last_item() {
        let rss = ("<rss version=\"2.0\"><channel><title>The Harbour Post</title>", "item", "</channel></rss>");
        let atom = ("<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>The Harbour Post</title>", "entry", "</feed>");
        for (before, item, after) in [rss, atom] {
            let feed = feed(4_000, before, item, after);
            assert!(feed.len() > 3 * PIECE);
            let articles = read_all(feed.as_bytes());
            assert_eq!(articles.len(), 4_000);
            for (number, article) in articles.iter().enumerate() {
                let title = article.headline.as_ref().map(|title| title.value.as_str());
                assert_eq!(title, Some(format!("Ferry {number} late").as_str()));
                assert_eq!(article.publisher.as_ref().map(|name| name.value.as_str()), Some("The Harbour Post"));
                assert_eq!((article.notes.len(), article.text.len() > 3_500), (0, true), "{number}");
            }
        }
    }

    #[test]
    fn a_long_feed_that_is_cut_off_says_so_once() {
        let feed = feed(4_000, "<rss><channel><title>Post</title>", "item", "");
        let articles = read_all(feed.as_bytes());
        assert_eq!(articles.len(), 4_000);
        let noted: Vec<usize> =
            articles.iter().enumerate().filter(|(_, article)| !article.notes.is_empty()).map(|(at, _)| at).collect();
        assert_eq!(noted, [3_999]);
    }

    #[test]
    fn text_between_items_separates_them_too() {
        let feed = feed(4_000, "<rss><channel><title>Post</title>", "item", "</channel></rss>");
        let feed = feed.replace("</item>\n", "</item><!-- next -->\n");
        let articles = read_all(feed.as_bytes());
        assert_eq!(articles.len(), 4_000);
        assert!(articles.iter().all(|article| article.notes.is_empty()));
    }

    #[test]
    fn a_piece_that_cannot_be_read_costs_no_other() {
        let feed = feed(4_000, "<rss><channel><title>Post</title>", "item", "</channel></rss>");
        let mut bytes = feed.into_bytes();
        let middle = bytes.len() / 2;
        bytes[middle..middle + (1 << 20)].fill(0);
        let (mut read_of, mut failed) = (0, 0);
        read("long.xml", None, bytes.as_slice(), &mut |article| {
            *if article.is_ok() { &mut read_of } else { &mut failed } += 1;
            true
        })
        .unwrap();
        assert!(read_of > 2_000 && failed > 0, "{read_of} and {failed}");
    }

    #[test]
    fn one_endless_item_is_cut_and_says_so() {
        let endless = "the mill ".repeat(2 << 20);
        let feed = format!(
            "<rss><channel><item><title>Long</title><description>{endless}</description></item>\
             <item><title>Short</title><description>The mill closed.</description></item></channel></rss>"
        );
        let articles = read_all(feed.as_bytes());
        assert_eq!(articles.len(), 2);
        assert!(articles[0].text.len() < 2 * PIECE && !articles[0].notes.is_empty());
        assert!(articles[1].text.contains("The mill closed.") && articles[1].notes.is_empty());
    }
}
