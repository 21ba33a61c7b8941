//! Text scraped from a page, with its crumbs, captions, subheadings and footer.

use crate::article::Article;

/// The articles of one dump.
#[must_use]
pub fn articles(id: &str, text: &str) -> Vec<Article> {
    vec![Article::verbatim(id, text)]
}
