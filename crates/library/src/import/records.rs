//! Reads files of JSON records, one per line. Each line is stored as the source of its record.

use super::{BATCH, Batch, Incoming, Seen, Source, source};
use crate::Result;
use crate::document::Document;
use crate::incoming::Raw;
use dateline_core::article::Article;
use dateline_ingest::source::File;
use dateline_ingest::{self as ingest, Format, article_of_record};
use dateline_ingest::{JsonLine, JsonLines};
use rayon::prelude::*;
use std::sync::atomic::Ordering;

impl Source<'_> {
    /// Reads a file of records in batches. The file is marked as read in the same transaction as its last batch. If its
    /// content turns out to be in another format, it is read in that format. Returns whether to continue the import.
    pub(super) fn records(&self, file: &File, seen: Option<&Seen>) -> Result<bool> {
        let name = file.path.to_string_lossy();
        let opened = source::open(&file.path).and_then(|source| {
            let verbatim = self.importer.records;
            if verbatim {
                Ok((Format::JsonLines, ingest::decompressed(source)?))
            } else {
                ingest::detected(&name, source)
            }
        });
        let mut lines = match opened {
            Ok((Format::JsonLines, source)) => JsonLines::new(source),
            Ok(_) => return self.long(file, seen),
            Err(error) => {
                let failed = vec![(name.into_owned(), error.to_string())];
                return Ok(self.send(Batch { failed, done: 1, ..Batch::default() }));
            }
        };
        // A stream can be read only once, so an ID counts as unique until another record with it is found.
        let mut document = Document::new(&name);
        let (mut read, mut failed) = (false, false);
        loop {
            let some = lines.batch(BATCH);
            let last = some.is_empty();
            let mut batch = Batch::default();
            let parsed: Vec<_> =
                some.into_par_iter().map(|line| (line.number, record(&name, line, self.importer.records))).collect();
            let mut fresh = Vec::new();
            for (number, parsed) in
                parsed.into_iter().flat_map(|(number, all)| all.into_iter().map(move |one| (number, one)))
            {
                match parsed {
                    Ok(new) => fresh.push(named(new, number, &mut document)),
                    Err(reason) => batch.failed.push((name.to_string(), reason)),
                }
            }
            read |= !fresh.is_empty();
            failed |= !batch.failed.is_empty();
            self.prepare_new(fresh, &mut batch)?;
            if last {
                batch.done = 1;
                // If nothing could be read from the file, the next import should try again and report the failure.
                batch.files.extend(seen.filter(|_| read || !failed).map(Seen::again));
            }
            if !self.send(batch) || last {
                return Ok(!self.stop.load(Ordering::Relaxed));
            }
        }
    }
}

/// Names a record by its ID, if that is unique in the file so far, or else by its line number.
fn named(mut new: Incoming, number: usize, document: &mut Document) -> Incoming {
    document.count(&new.article);
    let mut unique = document.unique(&new.article);
    new.item = if unique.id { new.article.id.clone() } else { format!("line {number}") };
    // A record without an ID gets its line number as its ID. Such an ID does not count as unique.
    unique.id &= new.article.id != number.to_string();
    new.unique = Some(unique);
    new
}

/// Returns the articles in a line, or the reason why there are none. If `verbatim` is `true`, only a record with a text
/// is accepted.
fn record(name: &str, line: JsonLine, verbatim: bool) -> Vec<std::result::Result<Incoming, String>> {
    let number = line.number;
    let articles = match &line.text {
        Ok(text) if verbatim => {
            vec![article_of_record(text, number).map_err(|(_, error)| format!("line {number}: {error}"))]
        }
        Err(fault) if verbatim => vec![Err(format!("line {number}: {fault}"))],
        _ => {
            let read = ingest::articles_in_line(name, &line);
            read.into_iter().map(|article| article.map_err(|error| error.to_string())).collect()
        }
    };
    let raw = line.text.unwrap_or_default().into_bytes();
    let incoming = |article: Article| Incoming {
        article,
        source: name.to_owned(),
        format: "jsonl".to_owned(),
        raw: Raw::Own(raw.clone()),
        ..Incoming::default()
    };
    articles.into_iter().map(|article| article.map(incoming)).collect()
}
