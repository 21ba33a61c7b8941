//! Reads JSON Lines as a stream of records.

use super::Sink;
use super::error::{Error, MAX_BYTES_READ, reason, unreadable};
use crate::decode::compression::Source;
use dateline_core::article::Article;
use std::fmt;
use std::io::{self, BufRead, Read};

/// Iterator over the non-blank lines of a source. It skips a byte-order mark, and holds only one line in memory.
pub struct JsonLines<R> {
    source: R,
    number: usize,
    failed: bool,
    /// Error that ended the source early.
    failure: Option<io::Error>,
}

/// Numbered line of a source.
#[derive(Debug)]
pub struct JsonLine {
    /// Line number, counted from 1.
    pub number: usize,
    /// Text of the line without its line break, or the reason why it could not be read.
    pub text: Result<String, String>,
}

/// Reason why a line could not be read.
#[derive(Debug)]
enum LineError<'a> {
    /// The source failed and cannot be read any further; this is the last line.
    Unreadable(&'a io::Error),
    /// The line is not valid UTF-8.
    NotUtf8,
    /// The line exceeds the size limit for an article.
    TooLong,
}

impl fmt::Display for LineError<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(error) => f.write_str(&reason(error)),
            Self::NotUtf8 => f.write_str("not UTF-8"),
            Self::TooLong => write!(f, "longer than {} MB", MAX_BYTES_READ >> 20),
        }
    }
}

impl<R: BufRead> JsonLines<R> {
    /// Creates an iterator over the lines of a source.
    pub const fn new(source: R) -> Self {
        Self { source, number: 0, failed: false, failure: None }
    }

    /// Reads the next lines, at most `most`. Stops early once their total size reaches the limit for an article.
    pub fn batch(&mut self, most: usize) -> Vec<JsonLine> {
        let mut out = Vec::new();
        let mut bytes = 0;
        while out.len() < most && bytes < MAX_BYTES_READ {
            let Some(line) = self.next() else { break };
            bytes += line.text.as_ref().map_or(0, String::len);
            out.push(line);
        }
        out
    }

    /// Reads the next line, blank or not. Returns `None` at the end of the source.
    fn read(&mut self) -> io::Result<Option<Result<String, String>>> {
        let mut line = Vec::new();
        let length = self.source.by_ref().take(MAX_BYTES_READ as u64 + 1).read_until(b'\n', &mut line)?;
        if length == 0 {
            return Ok(None);
        }
        if line.pop_if(|last| *last == b'\n').is_none() && length > MAX_BYTES_READ {
            drop(line);
            self.source.skip_until(b'\n')?;
            return Ok(Some(Err(LineError::TooLong.to_string())));
        }
        Ok(Some(String::from_utf8(line).map_err(|_| LineError::NotUtf8.to_string())))
    }
}

impl<R: BufRead> Iterator for JsonLines<R> {
    type Item = JsonLine;

    fn next(&mut self) -> Option<JsonLine> {
        while !self.failed {
            self.number += 1;
            let text = match self.read() {
                Ok(text) => text?,
                Err(error) => {
                    self.failed = true;
                    let reason = LineError::Unreadable(&error).to_string();
                    self.failure = Some(error);
                    Err(reason)
                }
            };
            let text = text.map(|text| match text.strip_prefix('\u{feff}') {
                Some(rest) if self.number == 1 => rest.to_owned(),
                _ => text,
            });
            if text.as_ref().map_or(true, |text| !text.trim().is_empty()) {
                return Some(JsonLine { number: self.number, text });
            }
        }
        None
    }
}

/// Reads the articles in a line: a record with a text, or any other supported JSON. If there are none, returns the
/// reason.
#[must_use]
pub fn articles(id: &str, line: &JsonLine) -> Vec<Result<Article, Error>> {
    match &line.text {
        Ok(text) => super::json::articles_of_line(id, text.trim(), line.number),
        Err(fault) => vec![Err(Error::Record(format!("line {}: {fault}", line.number)))],
    }
}

/// Passes on the articles in each line, or the reason why a line has none.
///
/// # Errors
/// Returns an error if the source cannot be read any further.
pub(crate) fn each(id: &str, source: Source<'_>, sink: Sink<'_>) -> Result<(), Error> {
    let mut lines = JsonLines::new(source);
    while let Some(line) = lines.next() {
        if let Some(error) = &lines.failure {
            return Err(unreadable(error));
        }
        if !articles(id, &line).into_iter().all(&mut *sink) {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Format, read};
    use std::io::BufReader;

    #[test]
    fn an_invalid_line_is_reported_by_number_and_the_others_are_read() {
        let lines = "{\"id\": \"a\", \"text\": \"The mill closed.\"}\n{\"id\": bad\n{\"id\": \"b\", \"text\": \"It opened.\"}\n";
        let mut outcomes = Vec::new();
        read("wire.jsonl", None, lines.as_bytes(), &mut |article| {
            outcomes.push(article.map_or_else(|error| error.to_string(), |article| article.text));
            true
        })
        .unwrap();
        assert_eq!(
            outcomes,
            ["The mill closed.", "not a JSON record: line 2: expected value at line 1 column 8", "It opened."]
        );
    }

    #[test]
    fn one_line_that_is_too_long_is_named_once_and_the_next_is_read() {
        let long = io::repeat(b'x').take(3 * MAX_BYTES_READ as u64);
        let source = BufReader::new(long.chain("\n\n{\"text\": \"The mill closed.\"}".as_bytes()));
        let mut outcomes = Vec::new();
        read("x", Some(Format::JsonLines), source, &mut |article| {
            outcomes.push(article.map_or_else(|error| error.to_string(), |article| article.text));
            true
        })
        .unwrap();
        assert_eq!(outcomes, ["not a JSON record: line 1: longer than 32 MB", "The mill closed."]);
    }

    #[test]
    fn a_source_that_cannot_be_read_ends_after_saying_so() {
        struct Broken;
        impl io::Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::ErrorKind::IsADirectory.into())
            }
        }
        let lines: Vec<JsonLine> = JsonLines::new(BufReader::new(Broken)).collect();
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].text.as_ref().unwrap_err(), "it is a folder");
    }
}
