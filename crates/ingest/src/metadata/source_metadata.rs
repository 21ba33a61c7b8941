//! Metadata that a source declares about an article. Shared by pages, feed items, email headers and records.

use crate::metadata::datetime::DateTime;
use dateline_core::article::{BlockKind, Builder, DateSource, Datum, Published};

/// Signs between the title of an article and the name of its publisher.
pub(crate) const SEPARATORS: [&str; 12] =
    [" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " / ", " ‹ ", " > "];

/// Metadata that a source declares about an article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SourceMetadata {
    /// Headline of the article.
    pub title: Option<String>,
    /// Summary of the article, unless it is part of the text.
    pub standfirst: Option<String>,
    /// Names of the authors.
    pub authors: Vec<String>,
    /// Time of the first publication.
    pub published: Option<DateTime>,
    /// Time of the last change.
    pub modified: Option<DateTime>,
    /// Name of the publishing site, newspaper or feed.
    pub publisher: Option<String>,
    /// Names of the sections in which the article appeared.
    pub section: Vec<String>,
    /// ISO 639 code of the article's language.
    pub language: Option<String>,
    /// URL of the article.
    pub url: Option<String>,
}

impl SourceMetadata {
    /// Begins an article with this metadata. Front matter becomes blocks, and the rest is stored outside the text.
    pub(crate) fn open(&self, builder: &mut Builder) {
        if let Some(title) = self.own_title().filter(|title| !title.is_empty()) {
            let span = builder.block(BlockKind::Headline, title);
            builder.article().headline = Some(Datum { value: title.to_owned(), span });
        }
        if let Some(standfirst) = self.standfirst.as_ref().filter(|words| !words.is_empty()) {
            let span = builder.block(BlockKind::Standfirst, standfirst);
            builder.article().standfirst = Some(Datum { value: standfirst.clone(), span });
        }
        if !self.authors.is_empty() {
            builder.block(BlockKind::Byline, &self.authors.join(", "));
        }
        let article = builder.article();
        article.byline = self.authors.iter().cloned().map(Datum::given).collect();
        article.publisher = self.publisher.clone().map(Datum::given);
        article.section.clone_from(&self.section);
        article.language.clone_from(&self.language);
        article.url.clone_from(&self.url);
        article.published = self.published.clone().map(stated);
        article.modified = self.modified.clone().map(stated);
    }

    /// Returns the title without the publisher's name at its end, which news aggregators add: "Ferry sinks - Harbour
    /// Times".
    fn own_title(&self) -> Option<&str> {
        let title = self.title.as_deref()?;
        let publisher = self.publisher.as_deref().filter(|publisher| !publisher.is_empty());
        let head = publisher.and_then(|publisher| title.strip_suffix(publisher)).and_then(|head| {
            let head = head.strip_suffix("The ").unwrap_or(head);
            SEPARATORS.iter().find_map(|sign| head.strip_suffix(sign))
        });
        Some(head.unwrap_or(title))
    }
}

/// Creates a publication date from a date that the source declares.
fn stated(moment: DateTime) -> Published {
    Published { date: moment.date, moment: moment.stamp, source: DateSource::Metadata, evidence: None }
}

/// Returns the ISO 639 code in a language tag: `en` for `en-GB`.
#[must_use]
pub(crate) fn language(tag: &str) -> Option<String> {
    let code: String = tag.trim().chars().take_while(char::is_ascii_alphabetic).collect::<String>().to_lowercase();
    (2..=3).contains(&code.len()).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_publisher_at_the_end_of_a_title_is_left_out() {
        let own = |title: &str, publisher: &str| {
            let metadata = SourceMetadata {
                title: Some(title.to_owned()),
                publisher: Some(publisher.to_owned()),
                ..SourceMetadata::default()
            };
            metadata.own_title().map(str::to_owned).unwrap_or_default()
        };
        for title in [
            "Ferry sinks off Orlo - Harbour Times",
            "Ferry sinks off Orlo | Harbour Times",
            "Ferry sinks off Orlo — The Harbour Times",
        ] {
            assert_eq!(own(title, "Harbour Times"), "Ferry sinks off Orlo", "{title}");
        }
        for title in ["Strike ends at Harbour Times", "Harbour Times", "Ferry sinks - report"] {
            assert_eq!(own(title, "Harbour Times"), title);
            assert_eq!(own(title, ""), title);
        }
    }
}
