//! Detects pages that ask the user to log in instead of showing a story.

use super::http::Page;
use dateline_core::article::Article;
use dateline_core::text::{fold, folded};
use std::sync::LazyLock;
use url::Url;

/// Phrases by which a page asks the user to log in, in folded form.
static PHRASES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let lines = include_str!("../assets/lexicon/login_phrases.txt").lines();
    lines.map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).map(fold).collect()
});

/// Maximum number of words in a text that can be a login form.
const MAX_FORM_WORDS: usize = 60;
/// Minimum number of words in a text that counts as a story even if the page contains a login form.
const MIN_STORY_WORDS: usize = 300;

/// Returns whether a page, requested from the URL `asked`, is a login form instead of a story. A login phrase by itself
/// is not enough, since stories may quote one. In addition, the text must be very short, or the page must have a
/// password field or be the result of a redirect to another path.
pub(crate) fn asks_to_log_in(page: &Page, asked: &Url, article: &Article) -> bool {
    let words = words(&article.text);
    has_phrase(article)
        && words < MIN_STORY_WORDS
        && (words <= MAX_FORM_WORDS || has_password_field(&page.body) || page.url.path() != asked.path())
}

/// Returns whether a stored text looks like a login form. The page itself is no longer available.
pub(crate) fn is_login_text(article: &Article) -> bool {
    has_phrase(article) && words(&article.text) <= MAX_FORM_WORDS
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

fn has_phrase(article: &Article) -> bool {
    let text = fold(&folded(&article.text));
    let title = fold(&folded(article.title()));
    PHRASES.iter().any(|phrase| text.contains(phrase.as_str()) || title.contains(phrase.as_str()))
}

/// Returns whether a page contains a password field.
fn has_password_field(body: &[u8]) -> bool {
    let page = body.to_ascii_lowercase();
    let inputs = memchr::memmem::find_iter(&page, b"<input");
    inputs.map(|at| page.get(at..).unwrap_or_default()).any(|input| {
        let tag = input.split(|byte| *byte == b'>').next().unwrap_or_default();
        let tag: Vec<u8> = tag.iter().copied().filter(|byte| !matches!(byte, b'"' | b'\'' | b' ')).collect();
        memchr::memmem::find(&tag, b"type=password").is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::super::http::Validators;
    use super::*;

    fn asks(path: &str, body: &str, text: &str) -> bool {
        let url = Url::parse("https://news.example").unwrap();
        let page = Page {
            url: url.join(path).unwrap(),
            moved: None,
            content_type: None,
            validators: Validators::default(),
            body: body.as_bytes().to_vec(),
        };
        asks_to_log_in(&page, &url.join("/story").unwrap(), &Article::verbatim("a", text))
    }

    const STORY_TEXT: &str = "The ferry sailed on Monday after two weeks of repairs, the harbour master said. ";

    #[test]
    fn a_login_form_needs_its_words_and_one_more_sign() {
        assert!(asks("/story", "", "Please log in"));
        assert!(asks("/story", "", "Bitte melden Sie sich an, um den Artikel zu lesen."));
        assert!(asks("/story", "", "Vous devez être connecté"));
        assert!(asks("/story", "", "Войдите, чтобы прочитать статью"));
        let long = format!("Welcome back. Please sign in. {}", "We value your privacy and your trust. ".repeat(20));
        assert!(asks("/login", "", &long));
        assert!(asks("/story", "<form><INPUT name=p type = 'password'></form>", &long));
        assert!(!asks("/story", "", &long));
    }

    #[test]
    fn a_story_about_logging_in_is_not_a_login_form() {
        let story = format!("Voters could not log in. “Please log in,” the page said. {}", STORY_TEXT.repeat(30));
        assert!(!asks("/login", "<input type=password>", &story));
        assert!(!asks("/story/", "<input type=password>", STORY_TEXT));
        assert!(!asks("/story", "", "The clerks had to log in by hand on Monday, the council said."));
    }
}
