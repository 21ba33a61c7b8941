//! Anchors that keep track of a passage when its text changes. They store the passage and its context, like the text
//! quote selector of the W3C Web Annotation model.

use dateline_core::text::Span;
use serde::{Deserialize, Serialize};

/// Number of characters of context kept on either side of a passage.
const CONTEXT: usize = 48;

/// A passage of a text, with the context needed to find it again after the text has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// Current span of the passage; `None` once the passage is gone from the text.
    pub span: Option<Span>,
    /// Words of the passage at the time when it was anchored.
    pub exact: String,
    /// Text right before the passage.
    pub prefix: String,
    /// Text right after the passage.
    pub suffix: String,
}

impl Anchor {
    /// Creates an anchor for a span of `text`. An end that falls inside a character is moved outwards to its boundary.
    #[must_use]
    pub(crate) fn new(text: &str, span: Span) -> Self {
        let start = text.floor_char_boundary(span.start.min(text.len()));
        let end = text.ceil_char_boundary(span.end.clamp(start, text.len()));
        let (before, after) = (text.get(..start).unwrap_or_default(), text.get(end..).unwrap_or_default());
        let from = before.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(at, _)| at);
        let to = after.char_indices().nth(CONTEXT).map_or(after.len(), |(at, _)| at);
        Self {
            span: Some(Span::new(start, end)),
            exact: text.get(start..end).unwrap_or_default().to_owned(),
            prefix: before.get(from..).unwrap_or_default().to_owned(),
            suffix: after.get(..to).unwrap_or_default().to_owned(),
        }
    }

    /// Re-anchors the passage in a changed text: at the occurrence of its words with the best-matching context, else
    /// between its prefix and suffix. If neither is found, the anchor has no span.
    pub(crate) fn attach(&mut self, text: &str) {
        let was = self.span.map_or(0, |span| span.start);
        self.span = self.verbatim(text, was).or_else(|| self.between(text));
    }

    fn verbatim(&self, text: &str, was: usize) -> Option<Span> {
        let length = self.exact.len();
        let fit = |&start: &usize| {
            let before = text.get(..start).unwrap_or_default();
            let after = text.get(start + length..).unwrap_or_default();
            let context = common_end(before, &self.prefix) + common_start(after, &self.suffix);
            (context, std::cmp::Reverse(start.abs_diff(was)))
        };
        if self.exact.is_empty() {
            // An anchor without words marks a position: the end of its prefix or the start of its suffix.
            let ends = occurrences(text, &self.prefix).map(|at| at + self.prefix.len());
            let starts = occurrences(text, &self.suffix);
            return ends.chain(starts).max_by_key(fit).map(|at| Span::new(at, at));
        }
        occurrences(text, &self.exact).max_by_key(fit).map(|start| Span::new(start, start + length))
    }

    /// Finds the span between the prefix and the suffix, for a passage whose words have changed while its context has
    /// not.
    fn between(&self, text: &str) -> Option<Span> {
        if self.prefix.is_empty() || self.suffix.is_empty() {
            return None;
        }
        let most = self.exact.len() * 2 + 16;
        let start = occurrences(text, &self.prefix).next()? + self.prefix.len();
        let length = occurrences(text.get(start..)?, &self.suffix).next()?;
        (length > 0 && length <= most).then(|| Span::new(start, start + length))
    }
}

/// Returns the offsets at which `words` occur in `text`. Empty `words` have no occurrences.
fn occurrences(text: &str, words: &str) -> impl Iterator<Item = usize> {
    let words = if words.is_empty() { None } else { Some(words.to_owned()) };
    let text = text.as_bytes();
    words.into_iter().flat_map(move |words| memchr::memmem::find_iter(text, words.as_bytes()).collect::<Vec<_>>())
}

fn common_start(a: &str, b: &str) -> usize {
    a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count()
}

fn common_end(a: &str, b: &str) -> usize {
    a.bytes().rev().zip(b.bytes().rev()).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn numbered() -> String {
        (0..200).map(|n| format!("Sentence {n} tells that the ferry sailed. ")).collect()
    }

    #[test]
    fn of_equal_words_those_in_the_same_surroundings_are_meant() {
        let text = "The mayor agreed. The council agreed. The court agreed.";
        let at = text.rfind("agreed").unwrap();
        let mut anchor = Anchor::new(text, Span::new(at, at + 6));
        let changed = format!("Nobody agreed at first. {text}");
        anchor.attach(&changed);
        assert_eq!(anchor.span.unwrap().start, changed.rfind("agreed").unwrap());
    }

    #[test]
    fn words_that_were_mended_are_found_between_their_surroundings() {
        let text = "On Monday the council voted for the new bridge after a long debate in the town hall.";
        let at = text.find("voted for").unwrap();
        let mut anchor = Anchor::new(text, Span::new(at, at + 9));
        let changed = text.replace("voted for", "approved");
        anchor.attach(&changed);
        assert_eq!(anchor.span.unwrap().of(&changed), "approved");
        anchor.attach("Something else altogether.");
        assert_eq!(anchor.span, None);
    }

    proptest! {
        #[test]
        fn words_are_found_again_after_edits_elsewhere(
            start in 0_usize..7000, length in 1_usize..120, cut in 0_usize..7000, gone in 0_usize..400, new in "\\PC{0,80}",
        ) {
            let text = numbered();
            let span = Span::new(start.min(text.len()), (start + length).min(text.len()));
            prop_assume!(!span.is_empty());
            let edit = Span::new(cut.min(text.len()), (cut + gone).min(text.len()));
            let (near, far) = (span.start.saturating_sub(CONTEXT), span.end + CONTEXT);
            prop_assume!(edit.end <= near || edit.start >= far);
            prop_assume!(!new.contains("Sentence"));
            let changed = format!("{}{new}{}", &text[..edit.start], &text[edit.end..]);
            let mut anchor = Anchor::new(&text, span);
            anchor.attach(&changed);
            let shift = if edit.end <= near { new.len() as isize - edit.len() as isize } else { 0 };
            prop_assert_eq!(anchor.span.unwrap().start as isize, span.start as isize + shift);
        }

        #[test]
        fn no_anchor_panics_and_all_end_on_characters(text in "\\PC{0,80}", other in "\\PC{0,80}", a in 0_usize..300, b in 0_usize..300) {
            let mut anchor = Anchor::new(&text, Span { start: a, end: b });
            prop_assert!(text.get(anchor.span.unwrap().start..anchor.span.unwrap().end).is_some());
            anchor.attach(&other);
            if let Some(span) = anchor.span {
                prop_assert!(other.get(span.start..span.end).is_some());
            }
        }
    }
}
