//! Annotations that an older analyser made, made again while the reader is open: on a thread and a connection of
//! its own, a few stories at a time, so that keys and other writers never wait long. A story that is opened before
//! its turn is analysed at once.

use dateline_analysis::Analyzer;
use dateline_library::{Library, Result};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// How many stories are one transaction.
const STORIES: usize = 16;
/// Time for others between two of them.
const PAUSE: Duration = Duration::from_millis(20);

/// Starts the thread. It ends when nothing is outdated.
pub(super) fn start(path: PathBuf) {
    thread::spawn(move || {
        // A library that is locked or full is reported where the reader asks for something; the next start goes on.
        let _ = renew_all(&path);
    });
}

/// Annotates all outdated stories again. Returns how many there were.
fn renew_all(path: &Path) -> Result<usize> {
    let mut library = Library::open(path)?;
    if library.outdated(1)?.is_empty() {
        return Ok(0);
    }
    // Made only now because it takes more memory than everything else.
    let analyzer = Analyzer::bundled();
    let mut count = 0;
    loop {
        match library.renew(&analyzer, STORIES)? {
            0 => return Ok(count),
            renewed => count += renewed,
        }
        thread::sleep(PAUSE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_analysis::Analysis;
    use dateline_core::article::Article;
    use dateline_library::Incoming;

    #[test]
    fn every_outdated_story_is_annotated_again() {
        let path = std::env::temp_dir().join(format!("dateline-renewing-{}", std::process::id())).join("library.db");
        let mut library = Library::open_or_create(&path).unwrap();
        let stories: Vec<_> = (0..40)
            .map(|n| {
                let text = format!("The ferry sailed {n} times, said pilot Mara Odell.");
                Incoming::new(Article::verbatim(n.to_string(), text), Analysis::default(), &n.to_string())
                    .prepare()
                    .unwrap()
            })
            .collect();
        library.add(&stories).unwrap();
        library.mark_outdated(&(6..=40).collect::<Vec<i64>>()).unwrap();
        assert_eq!(renew_all(&path).unwrap(), 35);
        assert_eq!(library.outdated(9).unwrap(), Vec::<i64>::new());
        assert!(library.article(5).unwrap().analysis.entities.is_empty(), "it was not outdated");
        assert_eq!(library.article(6).unwrap().analysis.quotes.len(), 1);
        assert_eq!(renew_all(&path).unwrap(), 0);
        std::fs::remove_dir_all(path.parent().unwrap()).unwrap();
    }
}
