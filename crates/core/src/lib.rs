//! Text, spans and articles: the types that Dateline's crates exchange. Independent of input formats, analysis and
//! screens.
//!
//! Every span is a range of bytes in an article's text. In input and output, offsets count code points instead.
//!
//! ```
//! use dateline_core::article::Article;
//! use dateline_core::text::Span;
//!
//! let article = Article::verbatim("memo", "The bridge opened on 3 May 2024.");
//! let bridge = Span::new(4, 10);
//! assert_eq!(bridge.of(&article.text), "bridge");
//! assert_eq!(article.title(), "The bridge opened on 3 May 2024.");
//! ```

pub mod article;
mod named;
pub mod text;

pub use named::Named;
