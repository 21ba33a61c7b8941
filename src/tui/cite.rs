//! Formats words of a story for other programs: verbatim, as a citation, as Markdown.

use super::dates;
use super::story::Story;
use dateline_analysis::{Polarity, Quote, QuoteKind};
use dateline_core::text::{Span, clean, folded};

/// Format in which words are copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// The words only.
    Text,
    /// The words with speaker, source and date.
    Citation,
    /// Block quote in Markdown, with its source.
    Markdown,
    /// URL of the story.
    Address,
}

impl Form {
    /// Returns a phrase that describes the format in messages.
    #[must_use]
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Text => "as text",
            Self::Citation => "as a citation",
            Self::Markdown => "as Markdown",
            Self::Address => "of the URL",
        }
    }
}

/// Formats the words of `span`. Control characters are replaced, so that pasting the words cannot control a terminal.
#[must_use]
pub(crate) fn words(story: &Story, span: Span, form: Form) -> String {
    let paragraphs: Vec<String> = paragraphs(story, span).map(|part| clean(&folded(part)).to_string()).collect();
    match form {
        Form::Text | Form::Address => paragraphs.join("\n\n"),
        Form::Citation => {
            let words = paragraphs.join(" ");
            let inner = words.trim_start_matches(['“', '"', '«', '„']).trim_end_matches(['”', '"', '»']);
            // Remove a pair of quotation marks around all the words, but leave marks inside them as they are.
            let inner = if inner.contains(['“', '”', '"']) { words.as_str() } else { inner };
            let source = source(story, span, |headline| format!("“{headline}”"));
            // Never put an indirect quote in quotation marks: the words are not the speaker's own.
            if is_reported(story, span) {
                return format!("{words} — {source}");
            }
            if inner.starts_with(['“', '"']) {
                format!("{inner} — {source}")
            } else {
                format!("“{inner}” — {source}")
            }
        }
        Form::Markdown => {
            let quoted: Vec<String> = paragraphs.iter().map(|paragraph| format!("> {}", escaped(paragraph))).collect();
            let source = source(story, span, |headline| linked(story, headline));
            format!("{}\n>\n> — {source}\n", quoted.join("\n>\n"))
        }
    }
}

/// Splits `span` into paragraphs and drops empty ones.
fn paragraphs(story: &Story, span: Span) -> impl Iterator<Item = &str> {
    let text = story.article.text.as_str();
    span.of(text).split("\n\n").filter(|part| !part.trim().is_empty())
}

/// Returns the speaker, the headline, the outlet and the date, omitting any that are unknown.
fn source(story: &Story, span: Span, headline: impl FnOnce(&str) -> String) -> String {
    let article = &story.article;
    let title = clean(&folded(article.title())).to_string();
    let date = article.published.as_ref().map(|published| published.date).or_else(|| {
        let analysis_view = story.analysis_view.as_ref()?;
        analysis_view.analysis.reference.as_ref().map(|reference| reference.date)
    });
    let parts = [
        speaker(story, span),
        Some(headline(&title)),
        article.publisher.as_ref().map(|publisher| clean(&folded(&publisher.value)).to_string()),
        date.map(dates::short),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Returns the speaker of the quotes in `span`, if they all have the same one.
fn speaker(story: &Story, span: Span) -> Option<String> {
    let quotes = story.analysis_view.as_ref()?.analysis.quotes.iter();
    let name = |quote: &Quote| match (&quote.speaker, quote.polarity) {
        (Some(speaker), Polarity::Said) => Some(speaker.name.clone()),
        (Some(speaker), polarity) => Some(format!("{} ({})", speaker.name, crate::tui::labels::polarity(polarity))),
        (None, _) => None,
    };
    let mut names = quotes.filter(|quote| quote.span.overlaps(span)).map(name);
    let first = names.next()??;
    let is_only = names.all(|other| other.as_deref() == Some(&first));
    let name = || format!("{}{}", clean(&first), if is_reported(story, span) { " (reported)" } else { "" });
    is_only.then(name)
}

/// Returns whether `span` contains quotes and all of them are indirect.
fn is_reported(story: &Story, span: Span) -> bool {
    let quotes = story.analysis_view.as_ref().map(|view| view.analysis.quotes.as_slice()).unwrap_or_default();
    let mut kinds = quotes.iter().filter(|quote| quote.span.overlaps(span)).map(|quote| quote.kind).peekable();
    kinds.peek().is_some() && kinds.all(|kind| kind == QuoteKind::Indirect)
}

/// Returns the headline in Markdown: as a link if the URL is known and safe to print, else in italics.
fn linked(story: &Story, headline: &str) -> String {
    let address = story.article.url.as_deref().filter(|url| {
        let web = url.starts_with("https://") || url.starts_with("http://");
        web && url.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>()[]".contains(&byte))
    });
    match address {
        Some(address) => format!("[{}]({address})", escaped(headline)),
        None => format!("*{}*", escaped(headline)),
    }
}

/// Escapes the characters that have a meaning in Markdown.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '*' | '_' | '`' | '[' | ']' | '<' | '>' | '\\' | '#') {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_core::article::{Article, Datum};

    fn story(text: &str) -> Story {
        let mut article = Article::verbatim("a", text);
        article.headline = Some(Datum::given("Mill to *close*".into()));
        article.publisher = Some(Datum::given("The Vale Echo".into()));
        article.url = Some("https://echo.example/mill".into());
        Story::new(article)
    }

    fn all(text: &str, form: Form) -> String {
        words(&story(text), Span::new(0, text.len()), form)
    }

    #[test]
    fn text_is_taken_by_paragraph_without_its_line_breaks() {
        assert_eq!(
            all("The mill\nhas closed.\n\nNobody\x1b[2J came.", Form::Text),
            "The mill has closed.\n\nNobody␛[2J came."
        );
    }

    #[test]
    fn a_citation_has_one_pair_of_marks_and_its_source() {
        let source = "“Mill to *close*”, The Vale Echo";
        assert_eq!(all("“It is over.”", Form::Citation), format!("“It is over.” — {source}"));
        assert_eq!(all("It is over.", Form::Citation), format!("“It is over.” — {source}"));
        let both = "“It is over,” she said. “Go home.”";
        assert_eq!(all(both, Form::Citation), format!("{both} — {source}"));
    }

    #[test]
    fn markdown_links_its_source_and_escapes_its_signs() {
        let expected = "> It is \\*over\\*.\n>\n> — [Mill to \\*close\\*](https://echo.example/mill), The Vale Echo\n";
        assert_eq!(all("It is *over*.", Form::Markdown), expected);
    }
}
