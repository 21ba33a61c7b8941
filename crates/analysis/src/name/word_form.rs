//! Observations about each token for the recogniser: hashes of its letters, its shape, its listed kinds, and whether it
//! can be part of a name.

use crate::document::Document;
use crate::hash::{exact, folded, mix};
use crate::lexicon::names::Kinds;
use crate::lexicon::type_hints::TypeHint;
use crate::lexicon::word_index::WordLists;
use crate::token::TokenKind;
use crate::word_class::{Trait, WordClass};
use std::ops::Range;

/// Initial hash value for a word's shape.
const EMPTY_SHAPE: u64 = 7;

/// Observations about one token, from its spelling and the word lists.
#[allow(clippy::struct_excessive_bools)] // independent observations, each a feature
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct WordForm {
    /// Hash of the word with its case folded.
    pub folded: u64,
    /// Kinds of the word in the word lists.
    pub kinds: Kinds,
    /// Large public lists that contain the word, if it is capitalised.
    pub lists: WordLists,
    /// Type of name that the word most likely belongs to, if it is capitalised.
    pub type_hint: TypeHint,
    /// Kinds of the listed phrase that contains the word.
    pub phrase: Kinds,
    /// Position of the word in a listed phrase: 0 outside phrases, 1 for the first word, 2 inside, 3 for the last word.
    pub phrase_place: u8,
    /// Hash of the word's shape with runs collapsed: "Xx", "X.X.", "d-x".
    pub shape: u64,
    /// Whether the word contains a capital letter.
    pub capital: bool,
    /// Whether the word contains at least two capitals and no lower-case letter.
    pub all_capitals: bool,
    /// Whether the word begins with a letter and contains no capital.
    pub small: bool,
    /// Whether the word is the first of its sentence, not counting quotation marks.
    pub first: bool,
    /// For a capitalised word, the classes of common words that it could belong to, as bits: noun, verb, adjective or
    /// adverb, function word.
    pub common: u8,
    /// Whether the token can be part of a name.
    pub candidate: bool,
}

impl WordForm {
    /// Bit for function words in the classes of common words.
    pub(crate) const FUNCTION: u8 = 1 << 3;
}

/// Computes the observations about every token of a document.
#[must_use]
pub(crate) fn forms(document: &Document<'_>) -> Vec<WordForm> {
    let mut forms: Vec<WordForm> = document.distinct.each(|index| form(document, index));
    for sentence in &document.sentences {
        let Some(inside) = forms.get_mut(sentence.tokens.clone()) else { continue };
        mark_first(inside, document, sentence.tokens.start);
        mark_phrases(inside, document);
        mark_candidates(inside);
    }
    forms
}

fn form(document: &Document<'_>, index: usize) -> WordForm {
    let word = document.word(index);
    let Some(token) = document.tokens.get(index) else { return WordForm::default() };
    if matches!(token.kind, TokenKind::Mark | TokenKind::QuoteMark) {
        let folded = folded(word);
        let kinds = document.resources.names().word(folded);
        return WordForm { folded, kinds, shape: exact(word), ..WordForm::default() };
    }
    let folded = folded(word);
    let kinds = document.resources.names().word(folded);
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        let small = token.kind == TokenKind::Word;
        return WordForm { folded, kinds, shape: mix(EMPTY_SHAPE, u64::from('x')), small, ..WordForm::default() };
    }
    let mut capitals = 0_usize;
    let mut smalls = 0_usize;
    let mut shape = EMPTY_SHAPE;
    let mut last = '\0';
    for character in word.chars() {
        let class = if character.is_ascii_lowercase() {
            smalls += 1;
            'x'
        } else if character.is_ascii_uppercase() {
            capitals += 1;
            'X'
        } else if character.is_numeric() {
            'd'
        } else if character.is_lowercase() {
            smalls += 1;
            'x'
        } else if character.is_uppercase() {
            capitals += 1;
            'X'
        } else {
            character
        };
        if class != last {
            shape = mix(shape, u64::from(class));
            last = class;
        }
    }
    let lists = if capitals > 0 { document.resources.words().lists(folded) } else { WordLists::default() };
    WordForm {
        folded,
        kinds,
        lists,
        type_hint: if capitals > 0 { type_hint(document, word, folded, lists) } else { TypeHint::default() },
        shape,
        capital: capitals > 0,
        common: if capitals > 0 { common(document, word, token.kind) } else { 0 },
        all_capitals: capitals > 1 && smalls == 0,
        small: capitals == 0 && token.kind == TokenKind::Word,
        ..WordForm::default()
    }
}

/// Returns the type of name that a capitalised word most likely belongs to. Words without a type that are in the
/// dictionary are common words.
fn type_hint(document: &Document<'_>, word: &str, folded: u64, lists: WordLists) -> TypeHint {
    let found = document.resources.type_hints().of(word, folded);
    if found == TypeHint::default() && lists.any(WordLists::DICTIONARY) { TypeHint::COMMON } else { found }
}

/// Returns the classes of common words that a capitalised word could belong to.
fn common(document: &Document<'_>, word: &str, kind: TokenKind) -> u8 {
    let senses = document.resources.vocabulary().senses(word, kind);
    if !senses.has(Trait::Listed) {
        return 0;
    }
    let noun = senses.may_be_any(&[WordClass::Noun, WordClass::NounPlural]);
    let verb = senses.may_be_any(&[
        WordClass::VerbBase,
        WordClass::VerbPresent,
        WordClass::VerbPast,
        WordClass::VerbParticiple,
        WordClass::VerbGerund,
    ]);
    let other = senses.may_be_any(&[WordClass::Adjective, WordClass::Adverb]);
    u8::from(noun) | u8::from(verb) << 1 | u8::from(other) << 2 | u8::from(senses.has(Trait::Function)) << 3
}

fn mark_first(inside: &mut [WordForm], document: &Document<'_>, start: usize) {
    let opener = (0..inside.len()).find(|index| {
        document
            .tokens
            .get(start + index)
            .is_some_and(|token| matches!(token.kind, TokenKind::Word | TokenKind::Number))
    });
    if let Some(form) = opener.and_then(|index| inside.get_mut(index)) {
        form.first = true;
    }
}

/// Marks the words of listed phrases, from left to right, preferring longer phrases. A phrase counts only if its first
/// word is capitalised as in a name.
fn mark_phrases(inside: &mut [WordForm], document: &Document<'_>) {
    let lists = document.resources.names();
    let mut index = 0;
    while index < inside.len() {
        let form = inside[index];
        let found =
            if form.capital { lists.phrase(form.kinds, inside[index..].iter().map(|form| form.folded)) } else { None };
        let Some((length, kinds)) = found else {
            index += 1;
            continue;
        };
        for (at, form) in inside[index..index + length].iter_mut().enumerate() {
            form.phrase = kinds;
            form.phrase_place = if at == 0 {
                1
            } else if at + 1 == length {
                3
            } else {
                2
            };
        }
        index += length;
    }
}

/// Marks the tokens that can be part of a name: capitalised words, at most two lower-case words or marks in a row that
/// can join two of them, and the particles that open a family name.
fn mark_candidates(inside: &mut [WordForm]) {
    let mut index = 0;
    while index < inside.len() {
        if inside[index].capital {
            inside[index].candidate = true;
            index += 1;
            continue;
        }
        let gap = gap(inside, index);
        let bridged = index > 0
            && inside[index - 1].candidate
            && gap.len() <= 2
            && inside.get(gap.end).is_some_and(|form| form.capital);
        if bridged || leads_name(inside, &gap) {
            for form in &mut inside[gap.clone()] {
                form.candidate = true;
            }
        }
        index = gap.end.max(index + 1);
    }
}

/// Returns the range of joining words from `index` on; it may be empty.
fn gap(inside: &[WordForm], index: usize) -> Range<usize> {
    let joins = |form: &WordForm| form.kinds.any(Kinds(Kinds::CONNECTOR.0 | Kinds::PARTICLE.0)) && !form.capital;
    let length = inside[index..].iter().take_while(|form| joins(form)).count();
    index..index + length
}

/// Returns whether a range of joining words consists only of particles and precedes a capitalised word.
fn leads_name(inside: &[WordForm], gap: &Range<usize>) -> bool {
    !gap.is_empty()
        && gap.len() <= 2
        && inside[gap.clone()].iter().all(|form| form.kinds.any(Kinds::PARTICLE))
        && inside.get(gap.end).is_some_and(|form| form.capital)
}

/// Returns the runs of candidate tokens in a sentence. The recogniser labels no other tokens.
pub(crate) fn segments(forms: &[WordForm], sentence: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut at = sentence.start;
    let end = sentence.end.min(forms.len());
    std::iter::from_fn(move || {
        while at < end && !forms[at].candidate {
            at += 1;
        }
        let start = at;
        while at < end && forms[at].candidate {
            at += 1;
        }
        (start < at).then_some(start..at)
    })
}
