//! Holds marks that could not be saved. Saving is retried with the next marks in the same article, before an undo or
//! redo, and at the user's request.

use super::marks::{keep_highlights, placed};
use crate::tui::library_messages::{HighlightChange, Request};
use dateline_analysis::Correction;
use dateline_library::{Library, Result};
use std::collections::BTreeMap;

/// Callback that reports whether an article's marks have been saved. It receives the article's ID and, on failure, the
/// reason.
pub(super) type Report<'a> = dyn FnMut(i64, Option<String>) + 'a;

/// Marks not saved yet, by article ID.
#[derive(Default)]
pub(super) struct Unsaved(BTreeMap<i64, Pending>);

/// Marks in one article that have not been saved yet.
#[derive(Default)]
struct Pending {
    /// The user's changes of the highlights; `None` if they are saved.
    highlights: Option<HighlightChange>,
    /// Corrections not saved yet, oldest first.
    corrections: Vec<Correction>,
}

impl Pending {
    /// Saves as many marks as possible and keeps the rest.
    fn write(&mut self, library: &mut Library, id: i64) -> Result<()> {
        if let Some(change) = &self.highlights {
            let (before, after) = placed(library, change)?;
            keep_highlights(library, id, &before, &after)?;
            self.highlights = None;
        }
        while let Some(correction) = self.corrections.first() {
            library.correct(id, correction)?;
            self.corrections.remove(0);
        }
        Ok(())
    }
}

impl Unsaved {
    /// Saves the marks in a request. Reports a failure, and a success that follows a failure. Returns a request of any
    /// other kind to the caller. While marks are unsaved, undo and redo requests are dropped.
    pub(super) fn take(&mut self, library: &mut Library, request: Request, report: &mut Report<'_>) -> Option<Request> {
        match request {
            Request::Highlights(mut change) => {
                let id = change.id;
                let pending = self.0.remove(&id);
                let (had_failed, mut pending) = (pending.is_some(), pending.unwrap_or_default());
                if let Some(first) = pending.highlights {
                    change.before = first.before;
                }
                pending.highlights = Some(change);
                self.write(library, id, pending, had_failed, report);
            }
            Request::Correct(id, correction) => {
                let pending = self.0.remove(&id);
                let (had_failed, mut pending) = (pending.is_some(), pending.unwrap_or_default());
                pending.corrections.push(correction);
                self.write(library, id, pending, had_failed, report);
            }
            Request::Save(id) => {
                let pending = self.0.remove(&id).unwrap_or_default();
                self.write(library, id, pending, true, report);
            }
            // Save older marks first: an undo must find them.
            Request::Replay(..) | Request::ReplayChange(..) => {
                for (id, pending) in std::mem::take(&mut self.0) {
                    self.write(library, id, pending, true, report);
                }
                return Some(request).filter(|_| self.0.is_empty());
            }
            other => return Some(other),
        }
        None
    }

    fn write(
        &mut self,
        library: &mut Library,
        id: i64,
        mut pending: Pending,
        had_failed: bool,
        report: &mut Report<'_>,
    ) {
        match pending.write(library, id) {
            Ok(()) if had_failed => report(id, None),
            Ok(()) => {}
            Err(error) => {
                self.0.insert(id, pending);
                report(id, Some(error.to_string()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::highlight::{Highlight, HighlightKind};
    use crate::tui::library_client::marks::highlights;
    use dateline_analysis::Analysis;
    use dateline_analysis::correction::{Anchor, Layer};
    use dateline_core::article::Article;
    use dateline_core::text::Span;
    use dateline_library::{Direction, Incoming};
    use std::path::PathBuf;
    use std::sync::Arc;

    const TEXT: &str = "The mill has closed.";

    /// Creates a library with one story, in a separate folder.
    fn library(name: &str) -> (PathBuf, Library) {
        let folder = std::env::temp_dir().join(format!("dateline-unsaved-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("library.db");
        let _ = std::fs::remove_file(&path);
        let mut library = Library::open_or_create(&path).unwrap();
        let story = Incoming::new(Article::verbatim("a", TEXT), Analysis::default(), "a").prepare().unwrap();
        library.add(&[story]).unwrap();
        (folder, library)
    }

    fn mark(start: usize, end: usize) -> Highlight {
        Highlight { span: Span::new(start, end), kind: HighlightKind::Important, note: None }
    }

    /// Returns a change of highlights in the text of the story.
    fn change(before: &[Highlight], after: &[Highlight]) -> HighlightChange {
        let shown = Arc::new(Article::verbatim("a", TEXT));
        HighlightChange { id: 1, shown, before: before.to_vec(), after: after.to_vec() }
    }

    #[test]
    fn a_highlight_in_a_text_that_has_changed_is_on_the_words_that_were_shown() {
        let (folder, mut library) = library("changed");
        let words = |library: &Library| {
            let text = library.article(1).unwrap().article.text;
            let found = highlights(library, 1).unwrap();
            found.into_iter().map(|one| text[one.span.start..one.span.end].to_owned()).collect::<Vec<_>>()
        };
        let mut unsaved = Unsaved::default();
        let mut failure = None;
        let longer = Article::verbatim("a", "Late on Monday: The mill has closed.");
        library.replace(1, &Incoming::new(longer, Analysis::default(), "a").prepare().unwrap()).unwrap();
        let request = Request::Highlights(change(&[], &[mark(4, 8)]));
        unsaved.take(&mut library, request, &mut |_, reason| failure = reason);
        assert_eq!((words(&library), &failure), (vec!["mill".to_owned()], &None));
        // The next change removes that highlight and adds one on words that are gone by now.
        let shorter = Article::verbatim("a", "Late on Monday: The mill stands.");
        library.replace(1, &Incoming::new(shorter, Analysis::default(), "a").prepare().unwrap()).unwrap();
        let request = Request::Highlights(change(&[mark(4, 8)], &[mark(13, 19)]));
        unsaved.take(&mut library, request, &mut |_, reason| failure = reason);
        assert_eq!(words(&library), ["mill"]);
        assert!(failure.unwrap().contains("the text of the story has changed"));
        let _ = std::fs::remove_dir_all(folder);
    }

    #[test]
    fn marks_that_failed_are_written_with_the_next_ones_and_before_an_undo() {
        let (folder, mut library) = library("marks");
        let mut read_only = Library::open_read_only(&folder.join("library.db")).unwrap();
        let mut unsaved = Unsaved::default();
        // Returns the request if the caller has to serve it. Also returns the last report: whether saving succeeded.
        let mut take = |library: &mut Library, request: Request| {
            let mut saved = None;
            let left = unsaved.take(library, request, &mut |_, failure| saved = Some(failure.is_none()));
            (left, saved)
        };
        let (first, second) = (mark(0, 3), mark(4, 8));
        let put = |before: &[Highlight], after: &[Highlight]| Request::Highlights(change(before, after));
        let undo = Request::Replay(Direction::Undo, Some(1));

        assert_eq!(take(&mut read_only, put(&[], std::slice::from_ref(&first))), (None, Some(false)));
        let at = Anchor::of(TEXT, Span::new(4, 8));
        let correction = Correction::Dismiss { layer: Layer::Entities, at };
        assert_eq!(take(&mut read_only, Request::Correct(1, correction.clone())), (None, Some(false)));
        // No older change may be undone while the latest marks are unsaved.
        assert_eq!(take(&mut read_only, undo.clone()), (None, Some(false)));

        // The screen already shows the first highlight.
        let both = [first.clone(), second];
        assert_eq!(take(&mut library, put(&[first], &both)), (None, Some(true)));
        assert_eq!(highlights(&library, 1).unwrap(), both);
        assert_eq!(library.corrections(1).unwrap(), [correction]);

        assert_eq!(take(&mut read_only, put(&both, &[])), (None, Some(false)));
        assert_eq!(take(&mut library, undo.clone()), (Some(undo), Some(true)));
        assert_eq!(highlights(&library, 1).unwrap(), []);
        assert_eq!(take(&mut library, put(&[], &both)), (None, None), "what goes well is not reported");
        assert_eq!(take(&mut library, Request::Save(1)), (None, Some(true)));
        let _ = std::fs::remove_dir_all(&folder);
    }
}
