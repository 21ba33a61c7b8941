//! Decides which capitalised words are names. In mid-sentence, all of them are. At the beginning of a sentence, a word
//! is a name if it is unlisted or capitalised elsewhere in the story. In headlines with every word capitalised, the
//! lists and the rest of the story decide.

use super::WordClass::{Adjective, Adverb, Modal, Noun, NounPlural, Proper};
use super::senses::{Senses, Trait};
use crate::lexicon::lists;
use crate::sentence::Sentence;
use crate::token::{Token, TokenKind};
use foldhash::{HashSet, HashSetExt};

/// Words that a story capitalises in mid-sentence.
pub(super) struct Capitals<'a> {
    text: &'a str,
    names: HashSet<&'a str>,
}

/// Position of a capitalised word in its sentence.
#[derive(Clone, Copy)]
struct Place {
    /// Whether the word is the first of its sentence or quotation.
    opening: bool,
    /// Whether the sentence capitalises all of its words.
    headline: bool,
}

impl<'a> Capitals<'a> {
    /// Collects the listed words that are capitalised in mid-sentence. A capital at the beginning of a sentence is
    /// ambiguous only for listed words.
    pub(super) fn new(text: &'a str, tokens: &[Token], sentences: &[Sentence], senses: &[Senses]) -> Self {
        let mut names = HashSet::new();
        for sentence in sentences {
            let (Some(words), Some(senses)) =
                (tokens.get(sentence.tokens.clone()), senses.get(sentence.tokens.clone()))
            else {
                continue;
            };
            if is_headline(words, senses) {
                continue;
            }
            let mut opening = true;
            for (word, sense) in words.iter().zip(senses) {
                if word.kind != TokenKind::Word {
                    opening = true;
                    continue;
                }
                let listed = sense.has(Trait::Listed) && !sense.has(Trait::Function);
                if !opening && listed && sense.has(Trait::Capital) {
                    names.insert(word.span.of(text));
                }
                opening = false;
            }
        }
        Self { text, names }
    }

    /// Marks the names in one sentence as proper nouns.
    pub(super) fn mark(&self, words: &[Token], senses: &mut [Senses]) {
        let headline = is_headline(words, senses);
        let mut opening = true;
        for index in 0..words.len() {
            let sense = senses[index];
            if words[index].kind != TokenKind::Word {
                opening |= words[index].kind == TokenKind::QuoteMark && words[index].spaced;
                continue;
            }
            if sense.has(Trait::Capital) && self.is_name(words, senses, index, Place { opening, headline }) {
                let plural = sense.may_be(NounPlural) && sense.has(Trait::Listed);
                let calendar = sense.has(Trait::Calendar);
                let name = Senses::of(if plural { &[Proper, NounPlural] } else { &[Proper] }).with(Trait::Capital);
                senses[index] = if calendar { name.with(Trait::Calendar) } else { name };
            }
            opening = false;
        }
    }

    /// Returns whether the capital letter of word `index` marks a name.
    fn is_name(&self, words: &[Token], senses: &[Senses], index: usize, place: Place) -> bool {
        let sense = senses[index];
        if sense.has(Trait::Function) && lists::SMALL_WORD_ACRONYMS.contains(words[index].span.of(self.text)) {
            let shouted = !senses
                .iter()
                .zip(words)
                .any(|(sense, word)| word.kind == TokenKind::Word && !sense.has(Trait::Capital));
            return !shouted;
        }
        if sense.has(Trait::Function) {
            // "I" and "The" are not names, but "May 3" and "Will Hunt" are.
            return sense.may_be(Modal) && !place.opening && !place.headline && words[index].span.len() > 1;
        }
        if !sense.has(Trait::Listed) || sense.has(Trait::Calendar) {
            return place.headline || !sense.may_be(Adverb) || !place.opening;
        }
        let elsewhere = self.names.contains(words[index].span.of(self.text));
        if place.headline {
            return elsewhere;
        }
        let next = senses.get(index + 1);
        let next_capital = next.is_some_and(|next| next.has(Trait::Capital) && !next.has(Trait::Function));
        let next_verb =
            next.is_some_and(|next| next.is_surely_finite() || next.is_auxiliary() || next.has(Trait::Reporting));
        let noun = sense.may_be_any(&[Noun, Adjective, NounPlural]);
        !place.opening || noun && next_capital || elsewhere && (!noun || next_verb)
    }
}

/// Returns whether nearly all content words are capitalised, as in a headline.
fn is_headline(words: &[Token], senses: &[Senses]) -> bool {
    let (mut long, mut capitals) = (0, 0);
    for (word, sense) in words.iter().zip(senses) {
        if word.kind == TokenKind::Word && word.span.len() > 2 && !sense.has(Trait::Function) {
            long += 1;
            capitals += usize::from(sense.has(Trait::Capital));
        }
    }
    long >= 4 && capitals * 10 >= long * 8
}
