//! Reads the sources that the TUI was opened on: bundled stories, files, folders, standard input. Runs in a worker
//! thread.

use super::bundled;
use super::event::Event;
use super::session_sources::{STDIN, SessionSources};
use dateline_core::article::Article;
use dateline_ingest as ingest;
use dateline_ingest::source::{self, PendingArticles};
use std::path::{Path, PathBuf};

/// Maximum number of stories to send in one event.
const BATCH: usize = 64;

/// Reads all sources and sends their stories in order, until the receiver is gone. Records in `session_sources` where
/// each story comes from.
pub(crate) fn read_all(paths: &[PathBuf], session_sources: &SessionSources, mut tell: impl FnMut(Event) -> bool) {
    if paths.is_empty() {
        // Send the stories one by one, so that the first is on the screen while the others are being read.
        for (name, bytes) in bundled::STORIES {
            if !tell(Event::Loaded(ingest::articles(name, bytes).unwrap_or_default())) {
                return;
            }
        }
    }
    let listing = source::list(paths);
    for (folder, skipped) in listing.skipped {
        if !tell(Event::Notice(format!("{}: {skipped}", folder.display()))) {
            return;
        }
    }
    let mut pending = PendingArticles::new(BATCH);
    for file in listing.files {
        if !read_one(&file.path, session_sources, &mut pending, &mut tell) {
            return;
        }
    }
    let rest = pending.take();
    if !rest.is_empty() {
        tell(Event::Loaded(rest));
    }
    tell(Event::LoadedAll);
}

/// Reads one source. Sends its stories, then reports the parts that could not be read. Returns whether to continue.
fn read_one(
    path: &Path,
    session_sources: &SessionSources,
    pending: &mut PendingArticles,
    tell: &mut impl FnMut(Event) -> bool,
) -> bool {
    let name = path.to_string_lossy();
    let is_stdin = source::is_stdin(path);
    let id = if is_stdin { STDIN } else { &name };
    let mut failures = Vec::new();
    let mut listened = true;
    let mut sink = |article: Result<Article, ingest::Error>| {
        match article {
            Ok(article) => {
                if !is_stdin {
                    session_sources.note(&article, path);
                }
                if pending.push(article) {
                    listened = tell(Event::Loaded(pending.take()));
                }
            }
            Err(reason) => failures.push(reason.to_string()),
        }
        listened
    };
    let read = source::open(path).and_then(|bytes| {
        let bytes = if is_stdin { session_sources.holding(STDIN, bytes) } else { bytes };
        ingest::read(id, None, bytes, &mut sink)
    });
    failures.extend(read.err().map(|reason| reason.to_string()));
    failures.into_iter().all(|reason| {
        listened = listened && tell(Event::Loaded(pending.take())) && tell(Event::Failed(id.to_owned(), reason));
        listened
    }) && listened
}

/// Returns the bytes of the file or the bundled story with this name.
///
/// # Errors
/// Returns an error if the file cannot be read or is too long to be held in memory.
pub(crate) fn bytes(name: &str) -> Result<Vec<u8>, ingest::Error> {
    if let Some(bytes) = bundled::bytes(name) {
        return Ok(bytes.to_vec());
    }
    source::bytes(Path::new(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn all(paths: &[PathBuf]) -> (usize, Vec<String>) {
        let (mut stories, mut failures) = (0, Vec::new());
        read_all(paths, &SessionSources::default(), |event| {
            match event {
                Event::Loaded(articles) => stories += articles.len(),
                Event::Failed(_, reason) => failures.push(reason),
                _ => {}
            }
            true
        });
        (stories, failures)
    }

    #[test]
    fn a_folder_is_read_recursively_and_a_missing_file_is_reported() {
        let folder = std::env::temp_dir().join(format!("dateline-source-{}", std::process::id()));
        fs::create_dir_all(folder.join("inner/.hidden")).unwrap();
        fs::write(folder.join("b.txt"), "The mill has closed.").unwrap();
        fs::write(folder.join("inner/a.txt"), "The mill will open.").unwrap();
        fs::write(folder.join("inner/.hidden/c.txt"), "No.").unwrap();
        fs::write(folder.join("picture.png"), [0, 1, 2]).unwrap();
        let device = PathBuf::from("/dev/null");
        let found = all(&[folder.clone(), folder.join("none.txt"), folder.join("picture.png"), device]);
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(found.0, 2);
        assert_eq!(found.1, ["no such file", "it is not text (found a zero byte)", "it is a device, not a file"]);
    }
}
