//! Saves stories from the TUI in the library, together with the user's highlights and corrections.

use super::marks::{self, keep_highlights, sentence};
use crate::own_names;
use crate::tui::highlight::Highlight;
use crate::tui::library_messages::{KeptStory, StoryToKeep};
use crate::tui::session_sources::SessionSources;
use dateline_analysis::Options;
use dateline_core::article::Article;
use dateline_library::{Library, Origin, Outcome, Result};
use std::path::Path;
use std::sync::Arc;

/// Highlights of a story when it was last saved.
struct Base {
    article: Arc<Article>,
    highlights: Vec<Highlight>,
}

/// Stories saved in this session. Remembers the highlights of each, because saving may be requested again before the
/// reply to the first request arrives.
pub(super) struct KeptStories {
    session_sources: SessionSources,
    bases: Vec<Base>,
}

impl KeptStories {
    pub(super) const fn new(session_sources: SessionSources) -> Self {
        Self { session_sources, bases: Vec::new() }
    }

    /// Saves a story in the library with the user's marks. If the library is not open yet, it is opened or created at
    /// `path`. Marks that the library already has for the story are kept.
    pub(super) fn keep(
        &mut self,
        library: &mut Option<Library>,
        path: &Path,
        keeping: StoryToKeep,
    ) -> Result<KeptStory> {
        let library = match library {
            Some(library) => library,
            None => library
                .insert(Library::open_or_create(path)?.used_on(Origin::Screen).annotated_by(own_names::version())),
        };
        let mut incoming = self.session_sources.incoming(&keeping.article);
        incoming.analysis = match keeping.analysis {
            Some(analysis) => analysis,
            None => own_names::analyzer().analyze(&keeping.article, &Options::default()),
        };
        let added = library.keep(&incoming.prepare()?, keeping.read)?;
        let id = added.id;
        let base = self.bases.iter().find(|base| Arc::ptr_eq(&base.article, &keeping.article));
        let had = base.map_or(&[][..], |base| &base.highlights);
        let stored = marks::highlights(library, id)?;
        keep_highlights(library, id, &stored, &merged(had, &keeping.highlights, &stored))?;
        // Keep all stored corrections: they are undone only through the library's journal, never by a later request.
        let corrected = library.corrections(id)?;
        for correction in keeping.corrections.iter().filter(|one| !corrected.contains(one)) {
            library.correct(id, correction)?;
        }
        let mut said = String::new();
        for change in &keeping.changes {
            library.set(&[id], change)?;
            said = sentence(&change.label(1));
        }
        let kept = KeptStory {
            article: keeping.article.clone(),
            rows: library.rows(&[id])?,
            highlights: marks::highlights(library, id)?,
            corrections: library.corrections(id)?,
            is_new: added.outcome != Outcome::Known,
            said,
        };
        let StoryToKeep { article, highlights, .. } = keeping;
        self.bases.retain(|base| !Arc::ptr_eq(&base.article, &article));
        self.bases.push(Base { article, highlights });
        Ok(kept)
    }
}

/// Merges the user's highlights with those in the library. `had` contains the highlights at the time when the story was
/// last saved. Highlights that the user has removed since then are removed from the library as well.
fn merged(had: &[Highlight], seen: &[Highlight], library: &[Highlight]) -> Vec<Highlight> {
    let at = |all: &[Highlight], one: &Highlight| all.iter().find(|other| other.span == one.span).cloned();
    let mut out: Vec<Highlight> = seen.to_vec();
    for one in &mut out {
        let Some(stored) = at(library, one) else { continue };
        let known = at(had, one).and_then(|had| had.note);
        if stored.note == known {
            continue;
        }
        // Keep both notes if the library has one that the user has not seen, for example "Not so." and "Ask Odell."
        one.note = match (stored.note, one.note.take()) {
            (Some(stored), Some(new)) if stored != new => Some(format!("{stored}\n\n{new}")),
            (stored, new) => stored.or(new),
        };
    }
    out.extend(library.iter().filter(|one| at(seen, one).is_none() && at(had, one).is_none()).cloned());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::highlight::HighlightKind;
    use dateline_analysis::correction::{Anchor, Layer};
    use dateline_analysis::{Analysis, Correction};
    use dateline_core::text::Span;

    fn mark(at: usize, note: &str) -> Highlight {
        let note = Some(note.to_owned()).filter(|note| !note.is_empty());
        Highlight { span: Span::new(at, at + 3), kind: HighlightKind::Important, note }
    }

    #[test]
    fn marks_of_both_sides_stay_and_a_removed_one_goes() {
        let library = [mark(0, "old"), mark(10, "")];
        assert_eq!(
            merged(&[], &[mark(10, "new"), mark(20, "")], &library),
            [mark(10, "new"), mark(20, ""), mark(0, "old")]
        );
        // The user extended one note and removed a highlight before the first reply arrived.
        let had = [mark(10, "new"), mark(20, "")];
        let library = [mark(0, "old"), mark(10, "new"), mark(20, "")];
        assert_eq!(merged(&had, &[mark(10, "newer")], &library), [mark(10, "newer"), mark(0, "old")]);
    }

    #[test]
    fn two_notes_to_the_same_words_are_both_kept() {
        let merged = merged(&[], &[mark(0, "Ask Odell.")], &[mark(0, "Not so.")]);
        assert_eq!(merged, [mark(0, "Not so.\n\nAsk Odell.")]);
    }

    #[test]
    fn what_is_marked_before_the_answer_comes_is_kept_once_and_each_mark_is_a_step_of_undo() {
        let mut library = Some(Library::open_in_memory().unwrap());
        let article = Arc::new(Article::verbatim("pasted text", "The mill has closed."));
        let dismissed = |start, end| {
            let at = Anchor::of(&article.text, Span::new(start, end));
            Correction::Dismiss { layer: Layer::Entities, at }
        };
        let first = StoryToKeep {
            article: article.clone(),
            analysis: Some(Analysis::default()),
            read: true,
            highlights: vec![mark(0, ""), mark(4, "")],
            corrections: vec![dismissed(4, 8)],
            changes: Vec::new(),
        };
        let second = StoryToKeep {
            highlights: vec![mark(0, "Which?")],
            corrections: vec![dismissed(4, 8), dismissed(13, 19)],
            ..first.clone()
        };
        let mut kept_stories = KeptStories::new(SessionSources::default());
        let path = Path::new("unused");
        assert!(kept_stories.keep(&mut library, path, first).unwrap().is_new);
        let kept = kept_stories.keep(&mut library, path, second.clone()).unwrap();
        assert!(!kept.is_new);
        assert_eq!((kept.highlights, kept.corrections), (second.highlights, second.corrections));
        let labels: Vec<String> = library.unwrap().journal().unwrap().into_iter().map(|entry| entry.label).collect();
        assert_eq!(
            labels,
            [
                "removed a row",
                "added a note to a highlight",
                "removed a highlight",
                "removed a row",
                "highlighted a passage",
                "highlighted a passage",
                "saved a story to the library",
            ]
        );
    }
}
