//! Footnotes: markers such as `[3]`, `[a]` or `¹`, with the notes that explain them. In every input format, a footnote
//! is recognised only by its form: a paragraph or list item further down begins with the same marker. Independent of
//! screens.

use super::{Article, BlockKind};
use crate::text::Span;
use std::collections::HashMap;

/// Maximum length of a footnote marker in bytes, including brackets, as in `[note 12]`.
const MAX_LENGTH: usize = 16;

/// A footnote marker in the text, and the note that explains it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Footnote {
    /// Span of the marker in the text.
    pub mark: Span,
    /// Span of the note, without the marker at its beginning.
    pub note: Span,
}

/// Returns the footnotes of an article in the order of their markers.
#[must_use]
pub fn footnotes(article: &Article) -> Vec<Footnote> {
    let text = article.text.as_str();
    let may_be_note = |kind: BlockKind| matches!(kind, BlockKind::Paragraph | BlockKind::ListItem);
    let mut notes: HashMap<&str, (usize, Span)> = HashMap::new();
    for block in article.blocks.iter().filter(|block| may_be_note(block.kind)) {
        let Some(mark) = mark_at(text, block.span.start, block.span.end) else { continue };
        let note = Span::new(mark.end, block.span.end).trimmed(text);
        if !note.is_empty() {
            // If several paragraphs begin with the same marker, the last one is the note.
            notes.insert(mark.of(text), (block.span.start, note));
        }
    }
    if notes.is_empty() {
        return Vec::new();
    }
    let marks = text.char_indices().filter(|(_, character)| *character == '[' || is_raised(*character));
    let mut out: Vec<Footnote> = Vec::new();
    for (at, _) in marks {
        if out.last().is_some_and(|last| at < last.mark.end) {
            continue;
        }
        let Some(mark) = mark_at(text, at, text.len()) else { continue };
        let note = notes.get(mark.of(text)).filter(|(start, _)| mark.end <= *start);
        out.extend(note.map(|&(_, note)| Footnote { mark, note }));
    }
    out
}

/// Returns the span of a marker that begins at byte `at`, if there is one that ends before `end`.
fn mark_at(text: &str, at: usize, end: usize) -> Option<Span> {
    let rest = text.get(at..end.min(text.len()))?;
    let raised = rest.find(|character| !is_raised(character)).unwrap_or(rest.len());
    if raised > 0 {
        return Some(Span::new(at, at + raised)).filter(|mark| mark.len() <= MAX_LENGTH);
    }
    let inside = rest.strip_prefix('[')?;
    let close = inside.bytes().take(MAX_LENGTH).position(|byte| byte == b']')?;
    let label = inside.get(..close)?;
    let word = |character: char| character.is_alphanumeric() || matches!(character, ' ' | '-' | '_' | '*' | '†' | '‡');
    // Exclude `[...]` and `[sic]`, which are not footnotes. A label longer than three bytes must contain a digit, as in
    // `[note 12]`.
    let counts = label.len() <= 3 || label.contains(|character: char| character.is_ascii_digit());
    (!label.is_empty() && label.chars().all(word) && counts && label != "sic").then(|| Span::new(at, at + close + 2))
}

/// Returns whether a character is a superscript digit.
const fn is_raised(character: char) -> bool {
    matches!(character, '⁰' | '¹' | '²' | '³' | '⁴'..='⁹')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Builder;

    fn story(paragraphs: &[&str]) -> Article {
        let mut story = Builder::new("a");
        for words in paragraphs {
            story.block(BlockKind::Paragraph, words);
        }
        story.build()
    }

    fn found(article: &Article) -> Vec<(&str, &str)> {
        let words = |note: &Footnote| (note.mark.of(&article.text), note.note.of(&article.text));
        footnotes(article).iter().map(words).collect()
    }

    #[test]
    fn a_mark_leads_to_the_note_that_it_opens() {
        let article = story(&[
            "The mill has closed.[1] Nobody came.² The owner is 90 [sic] and glad [...] of it.[1]",
            "[1] Interview with the owner.",
            "² A letter.",
        ]);
        let notes = [("[1]", "Interview with the owner."), ("²", "A letter."), ("[1]", "Interview with the owner.")];
        assert_eq!(found(&article), notes);
    }

    #[test]
    fn a_mark_needs_a_note_below_it() {
        assert_eq!(found(&story(&["It is 40 m² large, he said [2].", "No more is known."])), []);
        assert_eq!(found(&story(&["[1] First of all, the mill.", "Then the weir.[1]"])), []);
    }
}
