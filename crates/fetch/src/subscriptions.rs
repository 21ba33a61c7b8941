//! Subscription lists of other feed readers: OPML 1 and 2, and newsboat's list of URLs. Only http and https URLs are
//! accepted. All other entries are skipped and reported.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::fmt::Write;
use url::Url;

/// A feed, as an entry of a subscription list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subscription {
    /// URL of the feed.
    pub url: String,
    /// Title of the feed in the list; empty if it has none.
    pub title: String,
    /// Folders or tags under which the feed is filed.
    pub tags: Vec<String>,
}

/// Parsed content of a subscription list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Subscriptions {
    /// Feeds in the order of the list.
    pub feeds: Vec<Subscription>,
    /// Entries that were skipped because they are not http or https URLs.
    pub skipped: Vec<String>,
}

impl Subscriptions {
    /// Parses a subscription list. A text that does not look like OPML is parsed as newsboat's list, with one URL per
    /// line.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let start = text.trim_start_matches('\u{feff}').trim_start();
        if start.starts_with('<') { Self::opml(text) } else { Self::lines(text) }
    }

    /// Parses OPML up to the first syntax error. Folders become tags.
    fn opml(text: &str) -> Self {
        let mut out = Self::default();
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_end_names = false;
        // Folder name of each open outline element; `None` if the element is a feed.
        let mut folders: Vec<Option<String>> = Vec::new();
        loop {
            match reader.read_event() {
                Ok(Event::Start(tag)) if is_outline(&tag) => {
                    let folder = out.outline(&tag, &folders);
                    folders.push(folder);
                }
                Ok(Event::Empty(tag)) if is_outline(&tag) => {
                    out.outline(&tag, &folders);
                }
                Ok(Event::End(tag)) if tag.name().as_ref().eq_ignore_ascii_case(b"outline") => {
                    folders.pop();
                }
                Ok(Event::Eof) | Err(_) => return out,
                Ok(_) => {}
            }
        }
    }

    /// Adds the feed in an outline element. If the element is a folder instead, returns its title.
    fn outline(&mut self, tag: &BytesStart<'_>, folders: &[Option<String>]) -> Option<String> {
        let value = |wanted: &str| {
            tag.html_attributes()
                .with_checks(false)
                .flatten()
                .find(|attribute| attribute.key.as_ref().eq_ignore_ascii_case(wanted.as_bytes()))
                .map(|attribute| unescaped(&String::from_utf8_lossy(&attribute.value)))
                .filter(|value| !value.trim().is_empty())
        };
        let title = value("title").or_else(|| value("text"));
        match value("xmlUrl") {
            Some(url) => {
                let mut tags: Vec<String> = folders.iter().flatten().cloned().collect();
                for tag in value("category").iter().flat_map(|list| list.split([',', '/'])).map(str::trim) {
                    if !tag.is_empty() && !tags.iter().any(|known| known == tag) {
                        tags.push(tag.to_owned());
                    }
                }
                // An OPML entry must have a title, so a feed without one is listed with its URL as the title.
                let title = title.filter(|title| *title != url);
                self.push(&url, title.unwrap_or_default(), tags);
                None
            }
            None => title,
        }
    }

    /// Parses lines of the form `URL "tag" "~title"`. A `#` starts a comment.
    fn lines(text: &str) -> Self {
        let mut out = Self::default();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let words = words(line);
            let Some((url, rest)) = words.split_first() else { continue };
            let title = rest.iter().find_map(|word| word.strip_prefix('~')).unwrap_or_default().to_owned();
            let tags = rest.iter().filter(|word| !word.starts_with('~') && *word != "!").cloned().collect();
            out.push(url, title, tags);
        }
        out
    }

    fn push(&mut self, url: &str, title: String, tags: Vec<String>) {
        match Url::parse(url.trim()) {
            Ok(address) if matches!(address.scheme(), "http" | "https") && address.has_host() => {
                self.feeds.push(Subscription { url: address.into(), title, tags });
            }
            _ => self.skipped.push(url.to_owned()),
        }
    }
}

fn is_outline(tag: &BytesStart<'_>) -> bool {
    tag.name().as_ref().eq_ignore_ascii_case(b"outline")
}

/// Decodes XML entities and character references. A value that contains an unknown entity is left unchanged.
fn unescaped(value: &str) -> String {
    quick_xml::escape::unescape(value).map_or_else(|_| value.to_owned(), std::borrow::Cow::into_owned)
}

/// Splits a line at white space that is not inside quotation marks.
fn words(line: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut word = String::new();
    let mut quoted = false;
    for character in line.chars() {
        match character {
            '"' => quoted = !quoted,
            blank if blank.is_whitespace() && !quoted => {
                if !word.is_empty() {
                    out.push(std::mem::take(&mut word));
                }
            }
            other => word.push(other),
        }
    }
    if !word.is_empty() {
        out.push(word);
    }
    out
}

/// Formats feeds as OPML 2.0. Each feed is in the folder of its first tag, and its other tags are categories.
#[must_use]
pub fn opml(feeds: &[Subscription]) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head><title>Feeds of Dateline</title></head>\n  <body>\n",
    );
    let mut folders: Vec<&str> = feeds.iter().filter_map(|feed| feed.tags.first().map(String::as_str)).collect();
    folders.sort_unstable();
    folders.dedup();
    for folder in folders {
        // Writing to a `String` cannot fail.
        let _ = writeln!(out, "    <outline text=\"{}\">", escaped(folder));
        let inside = feeds.iter().filter(|feed| feed.tags.first().map(String::as_str) == Some(folder));
        inside.for_each(|feed| line(&mut out, feed, "      "));
        out.push_str("    </outline>\n");
    }
    feeds.iter().filter(|feed| feed.tags.is_empty()).for_each(|feed| line(&mut out, feed, "    "));
    out.push_str("  </body>\n</opml>\n");
    out
}

fn line(out: &mut String, feed: &Subscription, indent: &str) {
    let (title, url) = (escaped(&feed.title), escaped(&feed.url));
    let text = if title.is_empty() { &url } else { &title };
    // Commas separate categories and slashes separate the parts of a category, so neither may occur in a tag.
    let others: Vec<String> = feed.tags.iter().skip(1).map(|tag| tag.replace([',', '/'], " ")).collect();
    let category =
        if others.is_empty() { String::new() } else { format!(" category=\"{}\"", escaped(&others.join(","))) };
    let _ =
        writeln!(out, "{indent}<outline type=\"rss\" text=\"{text}\" title=\"{title}\" xmlUrl=\"{url}\"{category}/>");
}

fn escaped(value: &str) -> String {
    quick_xml::escape::escape(value).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feed(url: &str, title: &str, tags: &[&str]) -> Subscription {
        let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
        Subscription { url: url.to_owned(), title: title.to_owned(), tags }
    }

    #[test]
    fn folders_of_opml_become_tags() {
        let text = "<opml><body><outline text='World'><outline text='A &amp; B' xmlUrl='https://a.example/feed'/></outline>\
                    <outline type='rss' text='Local' xmlUrl='http://b.example/rss'></outline></body></opml>";
        let read = Subscriptions::read(text);
        assert_eq!(
            read.feeds,
            [feed("https://a.example/feed", "A & B", &["World"]), feed("http://b.example/rss", "Local", &[])]
        );
    }

    #[test]
    fn what_is_written_is_read_back() {
        let feeds = [
            feed("https://a.example/?a=1&b=2", "Say \"hi\" <now>", &["World", "Sea & sky"]),
            feed("https://b.example/", "", &[]),
        ];
        assert_eq!(Subscriptions::read(&opml(&feeds)).feeds, feeds);
    }

    #[test]
    fn addresses_of_other_kinds_are_passed_over() {
        let text = "<opml><body><outline text='x' xmlUrl='file:///etc/hostname'/><outline text='y' xmlUrl='exec:ls'/></body></opml>";
        let read = Subscriptions::read(text);
        assert!(read.feeds.is_empty());
        assert_eq!(read.skipped, ["file:///etc/hostname", "exec:ls"]);
    }

    #[test]
    fn lines_carry_tags_and_a_title() {
        let text = "# mine\nhttps://a.example/feed world \"far away\" \"~The Gazette\"\n\"exec:~/bin/x\"\n";
        let read = Subscriptions::read(text);
        assert_eq!(read.feeds, [feed("https://a.example/feed", "The Gazette", &["world", "far away"])]);
        assert_eq!(read.skipped, ["exec:~/bin/x"]);
    }

    #[test]
    fn a_list_that_breaks_off_keeps_what_came_before() {
        let read =
            Subscriptions::read("<opml><body><outline text='A' xmlUrl='https://a.example/'/><outline text='B' xmlU");
        assert_eq!(read.feeds.len(), 1);
    }
}
