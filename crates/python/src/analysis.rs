//! Annotates records and sources as the command line does. Knows nothing of Python's interpreter lock.

use dateline_analysis::{Analyzer, Options};
use dateline_core::article::Article;
use dateline_export::json;
use dateline_ingest as ingest;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

/// Holds the models and lexicons, which are loaded once for the process.
static ANALYZER: LazyLock<Analyzer> = LazyLock::new(Analyzer::bundled);

/// Article to annotate, with the fields of a record of `dateline extract --from jsonl`.
pub(crate) struct Record {
    /// Text, taken verbatim.
    pub(crate) text: String,
    /// Day or timestamp of publication (ISO 8601), headline, identifier, address.
    pub(crate) fields: [Option<String>; 4],
}

impl Record {
    /// Formats the record as the command line reads it, so that both treat every field alike.
    fn json(&self) -> String {
        let Self { text, fields: [published, title, id, url] } = self;
        serde_json::json!({"id": id, "text": text, "title": title, "published": published, "url": url}).to_string()
    }
}

/// Annotates a record. `number` (from 1) serves as the identifier of a record without one.
///
/// # Errors
/// Returns a sentence if the record cannot be read or its analysis failed.
pub(crate) fn line(record: &Record, number: usize) -> Result<String, String> {
    let article = ingest::article_of_record(&record.json(), number).map_err(|(_, error)| error.to_string())?;
    annotated(&article)
}

/// Annotates the articles of a source in any supported format. The extension of `name` decides if the content is
/// inconclusive, and messages begin with it. Returns the lines of JSON, and a sentence for each article that could not
/// be read.
pub(crate) fn lines_of_source(data: &[u8], name: &str) -> (Vec<String>, Vec<String>) {
    let (mut lines, mut failures) = (Vec::new(), Vec::new());
    let read = ingest::read(name, None, data, &mut |article| {
        let line = article.map_err(|error| error.to_string()).and_then(|article| annotated(&article));
        match line {
            Ok(line) => lines.push(line),
            Err(reason) => failures.push(format!("{name}: {reason}")),
        }
        true
    });
    failures.extend(read.err().map(|reason| format!("{name}: {reason}")));
    (lines, failures)
}

/// Annotates an article and formats the result on one line.
fn annotated(article: &Article) -> Result<String, String> {
    // A fault in the analysis of one article must not end a run over a million.
    catch_unwind(AssertUnwindSafe(|| {
        json::line(&json::article(article, &ANALYZER.analyze(article, &Options::default())))
    }))
    .map_err(|_| "the analysis failed; please report the text".to_owned())
}
