//! Normalises the words of a text, so that the words of two stories can be compared.

use crate::hash;
use crate::lexicon::lists;
use dateline_core::text::{Span, fold};

/// Normalised word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Byte span of the word.
    pub span: Span,
    /// Hash of the word without case, accents and separators of thousands.
    pub exact: u64,
    /// Hash of the word without its inflection, so that "rescued" and "rescues" are equal.
    pub stem: u64,
    /// Weight of the word in a comparison of two sentences.
    pub class: Class,
}

/// Weight of a word in a comparison of two sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Word with a meaning of its own.
    Content,
    /// Number in digits or words.
    Number,
    /// Word that changes whether the sentence says that something is so: "not", "may".
    Modality,
    /// Word that most sentences contain: "the", "said".
    Ignored,
}

/// Returns the words in the part `within` of `text`, in order. Clitics such as "'s" are words of their own.
pub(super) fn words(text: &str, within: Span) -> Vec<Word> {
    let mut out = Vec::new();
    let part = within.of(text);
    let mut rest = part.char_indices().peekable();
    let mut start = None;
    let mut previous = ' ';
    while let Some((at, character)) = rest.next() {
        let next = rest.peek().map_or(' ', |(_, next)| *next);
        let separates = matches!(character, '.' | ',') && previous.is_ascii_digit() && next.is_ascii_digit();
        // The negation "n't" must be found, so the apostrophe is kept until the word is complete.
        let clitic = matches!(character, '\'' | '’') && previous.is_alphanumeric() && next.is_alphanumeric();
        if character.is_alphanumeric() || separates || clitic {
            start.get_or_insert(at);
        } else if let Some(start) = start.take() {
            push(part, Span::new(start, at), within.start, &mut out);
        }
        previous = character;
    }
    if let Some(start) = start {
        push(part, Span::new(start, part.len()), within.start, &mut out);
    }
    out
}

/// Appends the word at `span` of `part`, which begins at byte `offset` of the text, and its clitic.
fn push(part: &str, span: Span, offset: usize, out: &mut Vec<Word>) {
    let folded = fold(span.of(part));
    let span = Span::new(offset + span.start, offset + span.end);
    if let Some(negated) = folded.strip_suffix("n't") {
        out.push(word(negated, span));
        out.push(word("not", span));
        return;
    }
    out.extend(folded.split('\'').filter(|piece| !piece.is_empty()).map(|piece| word(piece, span)));
}

fn word(folded: &str, span: Span) -> Word {
    let class = if folded.starts_with(|first: char| first.is_ascii_digit()) || lists::CARDINALS.contains(folded) {
        Class::Number
    } else if lists::MODALITY.contains(folded) {
        Class::Modality
    } else if lists::COMPARISON_IGNORED.contains(folded) {
        Class::Ignored
    } else {
        Class::Content
    };
    let plain = if class == Class::Number { folded.replace(',', "") } else { folded.to_owned() };
    let stem = if class == Class::Content { hash::exact(&stem(&plain)) } else { hash::exact(&plain) };
    Word { span, exact: hash::exact(&plain), stem, class }
}

/// Endings of inflected words, longest first.
const ENDINGS: &[&str] = &["ing", "ed", "es", "s"];
/// Minimum length of a stem, in bytes.
const MIN_STEM: usize = 3;

/// Removes the ending of an inflected word. Double consonants at the end of the stem become single ones, so that
/// "stopped" has the stem of "stop".
fn stem(word: &str) -> String {
    let bare = |ending: &&str| word.strip_suffix(*ending).filter(|rest| rest.len() >= MIN_STEM);
    let mut stem = ENDINGS.iter().find_map(bare).unwrap_or(word).to_owned();
    if stem.len() > MIN_STEM && stem.ends_with('e') {
        stem.pop();
    }
    if let Some(before) = stem.strip_suffix('y').filter(|before| before.len() >= MIN_STEM) {
        stem = format!("{before}i");
    }
    let mut letters = stem.bytes().rev();
    if letters.next() == letters.next() && stem.is_ascii() && stem.len() > MIN_STEM {
        stem.pop();
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<Word> {
        words(text, Span::new(0, text.len()))
    }

    #[test]
    fn forms_of_a_word_share_their_stem() {
        for (one, other) in [
            ("rescued", "rescues"),
            ("stopped", "stops"),
            ("killed", "kill"),
            ("parties", "party"),
            ("closing", "close"),
            ("Élise’s", "elise"),
        ] {
            assert_eq!(all(one)[0].stem, all(other)[0].stem, "{one}, {other}");
        }
        assert_ne!(all("ferry")[0].stem, all("fern")[0].stem);
    }

    #[test]
    fn numbers_and_negations_are_recognised() {
        let classes = |text: &str| all(text).iter().map(|word| word.class).collect::<Vec<_>>();
        assert_eq!(classes("1,200 six"), [Class::Number, Class::Number]);
        assert_eq!(classes("didn’t sail"), [Class::Ignored, Class::Modality, Class::Content]);
        assert_eq!(all("1,200")[0].exact, all("1200")[0].exact);
        assert_eq!(
            all("The ferry.").iter().map(|word| word.span.of("The ferry.")).collect::<Vec<_>>(),
            ["The", "ferry"]
        );
    }
}
