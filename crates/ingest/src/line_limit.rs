//! Limit on the number of lines of a text. The memory that reading and annotating takes grows with the lines as well as
//! with the bytes: 40 MB of one word a line, which fit into 58 kB of gzip, would take several gigabytes.

use super::error::Error;
use dateline_core::article::Article;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Number of lines that any text may have.
const DEFAULT: usize = 200_000;

/// Number of bytes for which a text may have one more line, so that prose of any length is read. The lines of prose are
/// longer even if it is hard-wrapped.
const BYTES_PER_LINE: usize = 50;

static MAX_LINES: AtomicUsize = AtomicUsize::new(DEFAULT);

/// Sets the number of lines that any text may have, for the whole process. A text of long lines may have more.
pub fn set_max_lines(lines: usize) {
    MAX_LINES.store(lines, Ordering::Relaxed);
}

/// Returns an error if a text has too many lines for its length.
pub(crate) fn check_text(text: &str) -> Result<(), Error> {
    check(memchr::memchr_iter(b'\n', text.as_bytes()).count() + 1, text.len())
}

/// Returns the article, or an error if it has too many blocks for its length.
pub(crate) fn checked(article: Article) -> Result<Article, Error> {
    check(article.blocks.len(), article.text.len()).map(|()| article)
}

fn check(lines: usize, bytes: usize) -> Result<(), Error> {
    let most = MAX_LINES.load(Ordering::Relaxed).saturating_add(bytes / BYTES_PER_LINE);
    if lines > most { Err(Error::TooManyLines { lines, most }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use crate::{Format, read};
    use std::io::Read;

    /// Returns the error of a source, or the number of its articles.
    fn outcome(source: impl Read) -> Result<usize, String> {
        let (mut count, mut fault) = (0, None);
        let read = read("a", None, source, &mut |article| {
            match article {
                Ok(_) => count += 1,
                Err(error) => fault = Some(error.to_string()),
            }
            true
        });
        match fault.or_else(|| read.err().map(|error| error.to_string())) {
            Some(fault) => Err(fault),
            None => Ok(count),
        }
    }

    #[test]
    fn a_text_of_millions_of_short_lines_is_refused_in_one_sentence() {
        let refused = Err("it has 250001 lines, more than the 225000 that its length allows; split it, or raise \
                           “max_lines” in the settings"
            .to_owned());
        assert_eq!(outcome("word\n".repeat(250_000).as_bytes()), refused);
    }

    #[test]
    fn a_record_of_millions_of_lines_is_refused_and_the_next_is_read() {
        let lines = format!("{{\"text\": \"{}\"}}\n{{\"text\": \"Rain fell.\"}}\n", "word\\n".repeat(250_000));
        let mut outcomes = Vec::new();
        read("a", Some(Format::JsonLines), lines.as_bytes(), &mut |article| {
            outcomes.push(article.is_ok());
            true
        })
        .unwrap();
        assert_eq!(outcomes, [false, true]);
    }

    #[test]
    fn long_lines_may_be_more() {
        assert!(super::check(800_000, 60 * 800_000).is_ok());
        assert!(super::check(800_000, 5 * 800_000).is_err());
    }
}
