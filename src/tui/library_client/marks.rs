//! Reads the user's marks in a library article, and applies changes that the user made to them in the TUI.

use crate::tui::highlight::{Highlight, HighlightKind};
use crate::tui::library_messages::HighlightChange;
use dateline_analysis::correction::Anchor;
use dateline_library::{Error, Library, Result};

/// Returns the highlights of an article in text order. Omits those whose words are no longer in the text.
pub(super) fn highlights(library: &Library, id: i64) -> Result<Vec<Highlight>> {
    let highlights = library.highlights(id)?.into_iter().filter_map(|kept| {
        let note = Some(kept.note).filter(|note| !note.is_empty());
        Some(Highlight { span: kept.anchor.span?, kind: HighlightKind::named(&kept.colour)?, note })
    });
    Ok(highlights.collect())
}

/// Returns the highlights before and after a change, with their spans in the stored text, which another process may have
/// replaced while an older one is shown.
///
/// # Errors
/// Returns an error if the library cannot be read, or if the words of a new highlight are gone.
pub(super) fn placed(library: &Library, change: &HighlightChange) -> Result<(Vec<Highlight>, Vec<Highlight>)> {
    let (before, after) = (change.before.clone(), change.after.clone());
    let text = library.article(change.id)?.article.text;
    if text == change.shown.text {
        return Ok((before, after));
    }
    let moved = |one: &Highlight| {
        let span = Anchor::of(&change.shown.text, one.span).find(&text)?;
        Some(Highlight { span, ..one.clone() })
    };
    let mut now = Vec::new();
    for one in &after {
        match moved(one) {
            Some(one) => now.push(one),
            None if before.contains(one) => {}
            None => {
                let reason = "the text of the story has changed, and these words are no longer in it";
                return Err(Error::Refused(reason.to_owned()));
            }
        }
    }
    Ok((before.iter().filter_map(moved).collect(), now))
}

/// Applies the user's changes to the stored highlights. Highlights that the user did not change are left as they are,
/// since another session may have changed them.
pub(super) fn keep_highlights(library: &mut Library, id: i64, before: &[Highlight], after: &[Highlight]) -> Result<()> {
    let kept = library.highlights(id)?;
    let at = |highlights: &[Highlight], span| highlights.iter().find(|other| other.span == span).cloned();
    for gone in before.iter().filter(|old| at(after, old.span).is_none()) {
        if let Some(one) = kept.iter().find(|kept| kept.anchor.span == Some(gone.span)) {
            library.change_highlight(id, one.id, None)?;
        }
    }
    for new in after.iter().filter(|new| !before.contains(new)) {
        let note = new.note.as_deref().unwrap_or_default();
        let kind = new.kind.name();
        let old = at(before, new.span);
        match kept.iter().find(|kept| kept.anchor.span == Some(new.span)) {
            Some(one) => {
                let same_note = old.as_ref().is_some_and(|old| old.note == new.note);
                let same_kind = old.is_some_and(|old| old.kind == new.kind);
                let colour = if same_kind { &one.colour } else { kind };
                library.change_highlight(id, one.id, Some((colour, if same_note { &one.note } else { note })))?;
            }
            None => drop::<i64>(library.highlight(id, new.span, kind, note)?),
        }
    }
    Ok(())
}

/// Capitalises the first letter, to turn a phrase into a sentence for the status line.
pub(super) fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
