//! Properties of a library, each checked with a new library in memory.

use dateline_analysis::Analysis;
use dateline_core::article::Article;
use dateline_core::text::{self, Span};
use dateline_ingest::{self as ingest, Format};
use dateline_library::{Added, Document, Incoming, Library, Outcome, Prepared};
use sha2::{Digest, Sha256};
use std::fs;
use std::io::BufReader;
use std::sync::atomic::{AtomicU32, Ordering};

/// Text of the story that is in the library before an import.
pub(crate) const OLD: &str = "The ferry sails again on Monday, the harbour master said.";
/// Note on that story.
pub(crate) const NOTE: &str = "Ask the harbour master.";
/// URL of a feed, which is also the name under which it is parsed.
const FEED: &str = "https://a.example/feed";

/// Imports the input as an export of another library, once with and once without the first line that such an export needs.
/// The marks of the user must stay. The library must be sound and export everything that it holds, and an import of that
/// export must give the same library.
#[allow(clippy::unwrap_used, reason = "a library in memory; a failure is a finding")]
pub fn import(bytes: &[u8]) {
    let head = b"{\"kind\": \"library\", \"version\": 1}\n";
    for export in [bytes.to_vec(), [head, bytes].concat()] {
        let mut library = Library::open_in_memory().unwrap();
        library.add(&[prepared(Article::verbatim("old", OLD), "old")]).unwrap();
        library.highlight(1, Span::new(4, 9), "important", NOTE).unwrap();
        if let Err(error) = library.import(BufReader::new(export.as_slice())) {
            super::reason(&error.to_string());
        }
        let notes = library.highlights(1).unwrap();
        assert!(notes.iter().any(|highlight| highlight.note.contains(NOTE)), "a note was lost: {notes:?}");
        assert_eq!(library.article(1).unwrap().article.text, OLD, "the text of another story was replaced");
        let report = library.check().unwrap();
        assert!(report.faults.is_empty(), "{:?}", report.faults);
        let first = exported(&library);
        let mut copy = Library::open_in_memory().unwrap();
        let imported = copy.import(first.as_slice()).unwrap();
        assert!(imported.failed.is_empty(), "its own export is refused: {:?}", imported.failed);
        assert_eq!(String::from_utf8_lossy(&exported(&copy)), String::from_utf8_lossy(&first));
    }
}

/// Stores the input as a feed, and then the same feed again, in its order and reversed. Only the first time may add or
/// change stories, and each item must be the same story each time.
#[allow(clippy::unwrap_used, reason = "a library in memory; a failure is a finding")]
pub fn identity(bytes: &[u8]) {
    let mut items = Vec::new();
    let _ = ingest::read(FEED, Some(Format::Feed), bytes, &mut |article| {
        items.extend(article.ok());
        items.len() < 40
    });
    let document = Document::of(FEED, &items);
    let mut feed: Vec<Prepared> = items
        .into_iter()
        .map(|article| {
            let (item, unique) = (article.id.clone(), Some(document.unique(&article)));
            let new = Incoming::new(article, Analysis::default(), FEED);
            Incoming { item, unique, ..new }.prepare().unwrap()
        })
        .collect();
    let mut library = Library::open_in_memory().unwrap();
    let ids = |added: &[Added]| added.iter().map(|one| one.id).collect::<Vec<_>>();
    let mut first = ids(&library.add(&feed).unwrap());
    for _ in 0..3 {
        let again = library.add(&feed).unwrap();
        let changed = again.iter().filter(|one| one.outcome != Outcome::Known).count();
        assert_eq!(changed, 0, "{changed} items of an unchanged feed were stored again");
        assert_eq!(ids(&again), first, "an item became another story");
        feed.reverse();
        first.reverse();
    }
}

/// Highlights words of the first line of the input, and replaces the text with each further line and then with the first
/// one again. The highlight must lie inside each text or have no span, and must be on its words again in the end.
#[allow(clippy::unwrap_used, reason = "a library in memory; a failure is a finding")]
pub fn anchor(bytes: &[u8]) {
    let [from, length, rest @ ..] = bytes else { return };
    let lines = String::from_utf8_lossy(rest);
    let mut texts = lines.split('\n').map(|line| text::clean(line).to_string()).filter(|line| !line.trim().is_empty());
    let Some(first) = texts.next() else { return };
    let mut library = Library::open_in_memory().unwrap();
    library.add(&[prepared(Article::verbatim("a", first.as_str()), "a")]).unwrap();
    let text = library.article(1).unwrap().article.text;
    let start = usize::from(*from) % text.len();
    let span = Span::new(start, text.len().min(start + 1 + usize::from(*length)));
    library.highlight(1, span, "important", NOTE).unwrap();
    let words = library.highlights(1).unwrap().remove(0).anchor.exact;
    for changed in texts.take(4).chain([first.clone()]) {
        library.replace(1, &prepared(Article::verbatim("a", changed), "a")).unwrap();
        let text = library.article(1).unwrap().article.text;
        let highlight = library.highlights(1).unwrap().remove(0);
        assert_eq!((highlight.anchor.exact.as_str(), highlight.note.as_str()), (words.as_str(), NOTE));
        if let Some(span) = highlight.anchor.span {
            assert!(text.get(span.start..span.end).is_some(), "{span:?} is no part of the text");
        }
    }
    let (end, highlight) = (library.article(1).unwrap().article.text, library.highlights(1).unwrap().remove(0));
    let found = highlight.anchor.span.and_then(|span| end.get(span.start..span.end));
    assert_eq!(found, Some(words.as_str()), "the words are back, and the highlight is not");
}

/// Pairs two libraries through a folder in which another machine has written the lines of the input as changes, once with
/// right checksums and once as the bytes of the file. The user's note must stay, the libraries must be sound, what is
/// wrong with the file must be said in one line, and pairing again must bring nothing.
#[allow(clippy::unwrap_used, reason = "libraries in memory and a folder for temporary files; a failure is a finding")]
pub fn pair(bytes: &[u8]) {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("dateline-fuzz-{}-{number}", std::process::id()));
    for file in [with_checksums(bytes), bytes.to_vec()] {
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("dateline-other-b2.changes"), file).unwrap();
        for machine in ["desk", "laptop"] {
            let mut library = Library::open_in_memory().unwrap();
            library.add(&[prepared(Article::verbatim("old", OLD), "old")]).unwrap();
            library.highlight(1, Span::new(4, 9), "important", NOTE).unwrap();
            let first = library.pair(&folder, machine, Some(true)).unwrap();
            assert!(first.faults.iter().all(|fault| !fault.contains('\n')), "{:?}", first.faults);
            let again = library.pair(&folder, machine, None).unwrap();
            assert_eq!(
                (again.sent, &again.received, again.stories),
                (0, &Vec::new(), 0),
                "pairing again brings something"
            );
            let report = library.check().unwrap();
            assert!(report.faults.is_empty(), "{:?}", report.faults);
            assert_eq!(library.article(1).unwrap().article.text, OLD, "the text of another story was replaced");
            let notes = library.highlights(1).unwrap();
            assert!(notes.iter().any(|highlight| highlight.note.contains(NOTE)), "a note was lost: {notes:?}");
        }
        fs::remove_dir_all(&folder).unwrap();
    }
}

/// Writes the lines of the input as a file of changes, whose checksums are right.
fn with_checksums(bytes: &[u8]) -> Vec<u8> {
    let head = r#"{"kind":"dateline changes","version":1,"library":"b2","machine":"other","begun":1700000000000}"#;
    let lines = String::from_utf8_lossy(bytes);
    let mut chain = String::new();
    let mut file = String::new();
    for line in [head].into_iter().chain(lines.lines()) {
        let sum = Sha256::digest(format!("{chain}\n{line}"));
        chain = sum.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        file.push_str(&format!("{chain} {line}\n"));
    }
    file.into_bytes()
}

/// Prepares an article without annotations for the library.
#[allow(clippy::unwrap_used, reason = "a failure is a finding")]
pub(crate) fn prepared(article: Article, source: &str) -> Prepared {
    Incoming::new(article, Analysis::default(), source).prepare().unwrap()
}

/// Exports a whole library.
#[allow(clippy::unwrap_used, reason = "bytes in memory; a failure is a finding")]
fn exported(library: &Library) -> Vec<u8> {
    let mut out = Vec::new();
    let lost = library.export(&mut out).unwrap();
    assert!(lost.is_empty(), "not exported: {lost:?}");
    out
}
