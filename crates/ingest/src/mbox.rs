//! Reads a mailbox (mbox) as a stream, holding one message in memory at a time.

use super::{Error, MAX_BYTES_READ, mail, unreadable};
use crate::decode::compression::Source;
use crate::lexicon::MAIL_HEADERS;
use dateline_core::article::Article;
use std::io::{BufRead, Read};

/// Abbreviated weekdays, as in a separator line: `From sender Fri May  3 10:15:00 2024`.
const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// Passes on each message as an article, or the reason why it could not be read.
///
/// # Errors
/// Returns an error if the source cannot be read any further.
pub(crate) fn each(
    id: &str,
    mut source: Source<'_>,
    sink: &mut dyn FnMut(Result<Article, Error>) -> bool,
) -> Result<(), Error> {
    let mut message: Vec<u8> = Vec::new();
    let mut line = Vec::new();
    let mut number = 0;
    let mut blank = true;
    let mut cut = false;
    loop {
        line.clear();
        let length = source.by_ref().take(MAX_BYTES_READ as u64).read_until(b'\n', &mut line);
        let end = length.map_err(|error| unreadable(&error))? == 0;
        if end || blank && is_separator(&line, &mut source)? {
            if !message.is_empty() {
                number += 1;
                let mut read = one(&format!("{id}#{number}"), &message);
                if let (Ok(article), true) = (&mut read, cut) {
                    article.notes.push(format!("Only the first {} MB of its message were read.", MAX_BYTES_READ >> 20));
                }
                message.clear();
                cut = false;
                if !sink(read) {
                    return Ok(());
                }
            }
            if end {
                return Ok(());
            }
            continue;
        }
        blank = line.iter().all(u8::is_ascii_whitespace);
        // In a message body, `>From ` is an escaped `From `.
        let quoted = line.starts_with(b">") && line.iter().skip_while(|byte| **byte == b'>').take(5).eq(b"From ");
        let kept = if quoted { line.get(1..).unwrap_or_default() } else { &line };
        if message.len() + kept.len() <= MAX_BYTES_READ {
            message.extend_from_slice(kept);
        } else {
            cut = true;
        }
    }
}

/// Returns whether a line separates two messages. It must contain a delivery time, or be followed by a header: a
/// sentence in a message may also begin with "From".
fn is_separator(line: &[u8], source: &mut Source<'_>) -> Result<bool, Error> {
    if !line.starts_with(b"From ") {
        return Ok(false);
    }
    let words = String::from_utf8_lossy(line);
    let mut words = words.split_whitespace().skip(1);
    let day = words.by_ref().any(|word| DAYS.contains(&word));
    if day && words.any(|word| word.len() >= 4 && word.contains(':') && word.starts_with(|c: char| c.is_ascii_digit()))
    {
        return Ok(true);
    }
    let next = source.fill_buf().map_err(|error| unreadable(&error))?;
    let name = next.split(|byte| *byte == b':').next().unwrap_or_default();
    let header =
        name.len() < next.len() && std::str::from_utf8(name).is_ok_and(|name| MAIL_HEADERS.contains_any_case(name));
    Ok(header)
}

/// Reads one message. If a loader panics, only this message is lost.
fn one(id: &str, message: &[u8]) -> Result<Article, Error> {
    let named =
        |error: Error| Error::Refused(format!("message {}: {error}", id.rsplit('#').next().unwrap_or_default()));
    super::guarded(|| mail::article(id, message)).map_err(named)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;

    #[test]
    fn a_sentence_that_begins_with_from_separates_nothing() {
        let folder = "From a@post.example Fri May  3 10:15:00 2024\nSubject: Mill\n\nThe mill is shut.\n\n\
            From Monday on, said the miller at 10:15, it stays shut.\nFrom the weir came no word.\n\n\
            From \nFrom: b@post.example\nSubject: Quay\n\nThe quay is shut.\n";
        let mut found = Vec::new();
        read("years.mbox", None, folder.as_bytes(), &mut |article| {
            found.push(article.unwrap().text);
            true
        })
        .unwrap();
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].contains("From Monday on") && found[1].ends_with("The quay is shut."), "{found:?}");
    }

    #[test]
    fn a_message_that_is_cut_says_so_and_the_next_is_whole() {
        let letter = |subject: &str| {
            format!("From a@post.example Fri May  3 10:15:00 2024\nSubject: {subject}\n\nThe {subject} is shut.\n\n")
        };
        let long = vec![b'x'; MAX_BYTES_READ + 1];
        let folder = [letter("mill").as_bytes(), &long, b"\n\n", letter("quay").as_bytes()].concat();
        let mut found = Vec::new();
        read("years.mbox", None, folder.as_slice(), &mut |article| {
            found.push(article.unwrap());
            true
        })
        .unwrap();
        let cut: Vec<bool> =
            found.iter().map(|article| article.notes.iter().any(|n| n.contains("first 32 MB"))).collect();
        assert_eq!(cut, [true, false]);
    }
}
