//! Keeps track of the sources of stories that are not in the library, so that a story can be saved together with its
//! source. The bytes of standard input and pasted text are held in memory, since they cannot be reread.

use super::bundled;
use dateline_core::article::Article;
use dateline_ingest as ingest;
use dateline_ingest::source;
use dateline_library::{Document, Incoming, Raw, SharedSource};
use std::collections::HashMap;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Maximum size, in bytes, of a source to hold in memory or to save with a story.
const MAX_BYTES: usize = 32 << 20;

/// Source name of standard input.
pub(super) const STDIN: &str = "standard input";

/// Source name of bundled stories.
const BUNDLED: &str = "bundled with Dateline";

/// Sources of one session, shared between the threads that read stories and the thread that writes to the library.
#[derive(Clone, Debug, Default)]
pub(crate) struct SessionSources(Arc<Mutex<HeldSources>>);

#[derive(Debug, Default)]
struct HeldSources {
    /// Files of stories by story ID. Omits stories whose ID is the path of the file.
    files: HashMap<String, PathBuf>,
    /// Name and bytes of each source that cannot be reread.
    bytes: Vec<(&'static str, Vec<u8>)>,
}

/// Source that a story may have been read from.
struct Candidate {
    name: String,
    bytes: Vec<u8>,
    /// Whether the name of the source is the path of a file, as in `dateline add`.
    is_file: bool,
}

impl SessionSources {
    fn held(&self) -> MutexGuard<'_, HeldSources> {
        // Ignore a panic in another thread: it loses at most one entry.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Records the file that a story was read from.
    pub(crate) fn note(&self, article: &Article, path: &Path) {
        if Path::new(&article.id) != path {
            self.held().files.insert(article.id.clone(), path.to_owned());
        }
    }

    /// Holds the bytes of a source that cannot be reread.
    pub(crate) fn hold(&self, name: &'static str, bytes: &[u8]) {
        self.held().bytes.push((name, bytes.to_vec()));
    }

    /// Wraps a source in a reader that also holds the bytes as they are read.
    #[must_use]
    pub(crate) fn holding(&self, name: &'static str, source: Box<dyn Read + Send>) -> Box<dyn Read + Send> {
        let mut held = self.held();
        held.bytes.push((name, Vec::new()));
        let index = held.bytes.len() - 1;
        drop(held);
        Box::new(Tee { source, session_sources: self.clone(), index })
    }

    /// Returns a story to save, with its source if the source can still be read and contains the story.
    #[must_use]
    pub(crate) fn incoming(&self, article: &Article) -> Incoming {
        self.candidates(article).into_iter().find_map(|candidate| from(article, candidate)).unwrap_or_else(|| {
            let source = self.file(article).map_or_else(|| article.id.clone(), |path| absolute(&path));
            // Use the text to distinguish the stories of one source.
            Incoming { article: article.clone(), source, item: article.text.clone(), ..Incoming::default() }
        })
    }

    fn file(&self, article: &Article) -> Option<PathBuf> {
        if let Some(path) = self.held().files.get(&article.id) {
            return Some(path.clone());
        }
        let path = Path::new(&article.id);
        path.is_file().then(|| path.to_owned())
    }

    fn candidates(&self, article: &Article) -> Vec<Candidate> {
        let mut candidates = Vec::new();
        let id = article.id.split_once('#').map_or(article.id.as_str(), |(name, _)| name);
        if let Some(bytes) = bundled::bytes(id) {
            let name = format!("{BUNDLED}: {id}");
            candidates.push(Candidate { name, bytes: bytes.to_vec(), is_file: false });
        }
        if let Some(path) = self.file(article) {
            // Omit the source if the file is gone, is too long or is a pipe.
            let short = path.metadata().is_ok_and(|file| file.is_file() && file.len() <= MAX_BYTES as u64);
            if let Some(bytes) = short.then(|| source::bytes(&path).ok()).flatten() {
                candidates.push(Candidate { name: absolute(&path), bytes, is_file: true });
            }
        }
        let held = self.held();
        let held = held.bytes.iter().rev().filter(|(_, bytes)| bytes.len() <= MAX_BYTES);
        candidates.extend(held.map(|(name, bytes)| Candidate {
            name: (*name).to_owned(),
            bytes: bytes.clone(),
            is_file: false,
        }));
        candidates
    }
}

/// Returns the story with this source, or `None` if the source does not contain the story.
fn from(article: &Article, candidate: Candidate) -> Option<Incoming> {
    let read = ingest::articles(&candidate.name, &candidate.bytes).ok()?;
    let is_single = read.len() == 1;
    let number = read.iter().position(|read| read.text == article.text);
    // Accept the only story of a file even if its text differs: it may have been read in another encoding.
    let number = number.or_else(|| (is_single && candidate.is_file).then_some(0))?;
    let item = match (is_single, candidate.is_file) {
        (_, false) => article.text.clone(),
        (true, true) => String::new(),
        (false, true) => (number + 1).to_string(),
    };
    let document = Document::of(&candidate.name, &read);
    let unique = read.get(number).filter(|found| candidate.is_file && document.is_item(found, !is_single));
    let unique = unique.map(|found| document.unique(found));
    let raw =
        if is_single { Raw::Own(candidate.bytes) } else { Raw::Shared(Arc::new(SharedSource::from(candidate.bytes))) };
    Some(Incoming { article: article.clone(), source: candidate.name, item, unique, raw, ..Incoming::default() })
}

fn absolute(path: &Path) -> String {
    std::path::absolute(path)
        .map_or_else(|_| path.to_string_lossy(), |path| path.to_string_lossy().into_owned().into())
        .into_owned()
}

/// Reader that holds the bytes of a source in memory as they are read.
struct Tee {
    source: Box<dyn Read + Send>,
    session_sources: SessionSources,
    index: usize,
}

impl Read for Tee {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(into)?;
        // Keep one byte past the limit, so that an oversized source can be detected.
        if let Some((_, bytes)) = self.session_sources.held().bytes.get_mut(self.index) {
            let room = (MAX_BYTES + 1).saturating_sub(bytes.len());
            bytes.extend_from_slice(into.get(..count.min(room)).unwrap_or_default());
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_analysis::{Analyzer, Options};
    use dateline_library::{Importer, Library};
    use std::sync::atomic::AtomicBool;

    fn read(id: &str, bytes: &[u8]) -> Vec<Article> {
        ingest::articles(id, bytes).unwrap()
    }

    fn raw(incoming: &Incoming) -> Vec<u8> {
        match &incoming.raw {
            Raw::Own(bytes) => bytes.clone(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn of_several_pastes_each_has_its_own_bytes_and_none_replaces_another() {
        let session_sources = SessionSources::default();
        for words in ["The mill has closed.", "The mill has closed. It will open again on Monday."] {
            session_sources.hold("pasted text", words.as_bytes());
        }
        let first = session_sources.incoming(&read("pasted text", b"The mill has closed.")[0]);
        assert_eq!((first.source.as_str(), raw(&first)), ("pasted text", b"The mill has closed.".to_vec()));
        let other = session_sources.incoming(&Article::verbatim("pasted text", "The mill has burnt."));
        assert!(matches!(other.raw, Raw::None));
        assert_ne!(first.item, other.item);
    }

    #[test]
    fn what_comes_through_a_pipe_is_held_while_it_is_read() {
        let session_sources = SessionSources::default();
        let mut words = String::new();
        let source = Box::new(io::Cursor::new("The weir is old."));
        session_sources.holding("standard input", source).read_to_string(&mut words).unwrap();
        let incoming = session_sources.incoming(&read("standard input", words.as_bytes())[0]);
        assert_eq!(raw(&incoming), b"The weir is old.");
    }

    #[test]
    fn a_file_is_kept_as_it_would_be_added_and_one_that_is_gone_keeps_the_text() {
        let path = std::env::temp_dir().join(format!("dateline-origin-{}.txt", std::process::id()));
        std::fs::write(&path, "The weir is old.").unwrap();
        let story = read(&path.to_string_lossy(), b"The weir is old.").remove(0);
        let incoming = SessionSources::default().incoming(&story);
        assert_eq!((incoming.source.as_str(), incoming.item.as_str()), (path.to_str().unwrap(), ""));
        assert_eq!(raw(&incoming), b"The weir is old.");
        std::fs::remove_file(&path).unwrap();
        let incoming = SessionSources::default().incoming(&story);
        assert!(matches!(incoming.raw, Raw::None) && incoming.article.text == story.text);
    }

    #[test]
    fn a_story_of_several_in_a_file_is_known_when_the_file_is_added_later() {
        let rss = "<rss version=\"2.0\"><channel><title>Tarn</title>\
            <item><guid>a</guid><title>Mill</title><description>The mill has closed for good.</description></item>\
            <item><guid>b</guid><title>Weir</title><description>The weir is old and will be mended.</description></item>\
            </channel></rss>";
        let records = "{\"id\":\"a\",\"headline\":\"Mill\",\"text\":\"The mill has closed for good.\"}\n\
            {\"id\":\"b\",\"headline\":\"Weir\",\"text\":\"The weir is old and will be mended.\"}\n";
        for (extension, content) in [("xml", rss), ("jsonl", records)] {
            let path = std::env::temp_dir().join(format!("dateline-origin-{}.{extension}", std::process::id()));
            std::fs::write(&path, content).unwrap();
            let stories = read(&path.to_string_lossy(), content.as_bytes());
            assert_eq!(stories.len(), 2, "{extension}");
            let session_sources = SessionSources::default();
            for story in &stories {
                session_sources.note(story, &path);
            }
            let incoming = session_sources.incoming(&stories[1]);
            assert!(matches!(incoming.raw, Raw::Shared(_)) && incoming.source == path.to_string_lossy(), "{extension}");

            let mut library = Library::open_in_memory().unwrap();
            library.keep(&incoming.prepare().unwrap(), false).unwrap();
            let importer =
                Importer { analyzer: Analyzer::bundled(), options: Options::default(), records: false, later: false };
            let added =
                importer.run(&mut library, std::slice::from_ref(&path), &AtomicBool::new(false), |_| {}).unwrap();
            std::fs::remove_file(&path).unwrap();
            assert_eq!((added.new, added.known, added.changed), (1, 1, 0), "{extension}");
        }
    }
}
