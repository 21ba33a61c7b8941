//! Records, one a line, as a stream.

use super::packed::Source;
use super::{Error, MOST_BYTES, unreadable};
use crate::article::Article;
use std::io::{BufRead, Read};

/// Hands on the article of each line, or the reason why there is none.
///
/// # Errors
/// When the source cannot be read on.
pub fn each(
    id: &str,
    mut source: Source<'_>,
    sink: &mut dyn FnMut(Result<Article, Error>) -> bool,
) -> Result<(), Error> {
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        let length = source.by_ref().take(MOST_BYTES as u64).read_until(b'\n', &mut line);
        if length.map_err(|error| unreadable(&error))? == 0 {
            break;
        }
        let Ok(text) = std::str::from_utf8(&line) else {
            if !sink(Err(Error::Record(format!("line {number} is not UTF-8")))) {
                break;
            }
            continue;
        };
        let text = text.trim_start_matches('\u{feff}').trim();
        if text.is_empty() {
            continue;
        }
        let read = super::json::articles_of_line(id, text, number);
        if !read.into_iter().all(&mut *sink) {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::ingest::read;

    #[test]
    fn a_line_that_is_no_record_is_told_by_its_number_and_the_others_are_read() {
        let lines = "{\"id\": \"a\", \"text\": \"The mill closed.\"}\n{\"id\": bad\n{\"id\": \"b\", \"text\": \"It opened.\"}\n";
        let mut told = Vec::new();
        read("wire.jsonl", None, lines.as_bytes(), &mut |article| {
            told.push(article.map_or_else(|error| error.to_string(), |article| article.text));
            true
        })
        .unwrap();
        assert_eq!(
            told,
            ["The mill closed.", "not a JSON record: line 2: expected value at line 1 column 8", "It opened."]
        );
    }
}
