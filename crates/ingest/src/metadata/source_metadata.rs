//! Metadata declared by a source besides the text: the fields shared by pages, feed items, mail headers and records.

use crate::metadata::datetime::DateTime;
use dateline_core::article::{BlockKind, Builder, DateSource, Datum, Published};

/// Declared metadata.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SourceMetadata {
    /// The headline.
    pub title: Option<String>,
    /// Summary, if not part of the text.
    pub standfirst: Option<String>,
    /// Names of the authors.
    pub authors: Vec<String>,
    /// Time of first publication.
    pub published: Option<DateTime>,
    /// Date of the last change.
    pub modified: Option<DateTime>,
    /// Name of the site, newspaper or feed.
    pub publisher: Option<String>,
    /// Section names.
    pub section: Vec<String>,
    /// ISO 639 code.
    pub language: Option<String>,
    /// Address of the article.
    pub url: Option<String>,
}

impl SourceMetadata {
    /// Opens an article with this metadata: front matter as blocks, the rest outside the text.
    pub(crate) fn open(&self, builder: &mut Builder) {
        if let Some(title) = self.title.as_ref().filter(|title| !title.is_empty()) {
            let span = builder.block(BlockKind::Headline, title);
            builder.article().headline = Some(Datum { value: title.clone(), span });
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
}

/// Creates a publication date from a date declared by the source.
fn stated(moment: DateTime) -> Published {
    Published { date: moment.date, moment: moment.stamp, source: DateSource::Metadata, evidence: None }
}

/// Returns the ISO 639 code in a language tag: `en` in `en-GB`.
#[must_use]
pub(crate) fn language(tag: &str) -> Option<String> {
    let code: String = tag.trim().chars().take_while(char::is_ascii_alphabetic).collect::<String>().to_lowercase();
    (2..=3).contains(&code.len()).then_some(code)
}
