//! Splits paragraphs into the reporter's sentences. A reporter's sentence never ends inside a quotation, and each
//! quotation in it counts as a single token. Cues and speakers are searched only outside quotations.

use super::mark::Quotation;
use crate::document::Document;
use crate::lexicon::lists;
use crate::lexicon::names::Kinds;
use crate::token::TokenKind;
use crate::word_class::WordClass;
use foldhash::{HashSet, HashSetExt};
use std::ops::Range;

/// Sentence of the reporter in which each quotation is treated as one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MaskedSentence {
    /// Index of the block that contains the sentence.
    pub block: usize,
    /// Tokens of the sentence, including those inside quotations.
    pub tokens: Range<usize>,
    /// Indices of the quotations in the sentence.
    pub quotations: Range<usize>,
}

/// All masked sentences of a document, and its quotations.
#[derive(Debug)]
pub(crate) struct MaskedSentences<'a> {
    /// Document that was split into sentences.
    pub document: &'a Document<'a>,
    /// Quotations of the document, in order.
    pub quotations: Vec<Quotation>,
    /// Masked sentences of the document, in order.
    pub sentences: Vec<MaskedSentence>,
    /// For each token, one plus the index of the quotation that contains it (marks included), or 0 outside quotations.
    quotation_of: Vec<u32>,
    /// Word class of each token within its masked sentence.
    classes: Vec<WordClass>,
}

impl<'a> MaskedSentences<'a> {
    /// Joins the sentences of `document` that share a quotation.
    #[must_use]
    pub(crate) fn new(document: &'a Document<'a>, quotations: Vec<Quotation>) -> Self {
        let mut quotation_of = vec![0; document.tokens.len()];
        for (index, quotation) in quotations.iter().enumerate() {
            if let Some(tokens) = quotation_of.get_mut(quotation.tokens.clone()) {
                tokens.fill(index as u32 + 1);
            }
        }
        let mut sentences: Vec<MaskedSentence> = Vec::with_capacity(document.sentences.len());
        let mut first_quotation = 0;
        for sentence in &document.sentences {
            let inside = quotation_of.get(sentence.tokens.start).copied().unwrap_or(0);
            let cut = inside != 0
                && quotations
                    .get(inside as usize - 1)
                    .is_some_and(|quotation| quotation.tokens.start < sentence.tokens.start);
            match sentences.last_mut() {
                Some(last) if cut && last.block == sentence.block => last.tokens.end = sentence.tokens.end,
                _ => sentences.push(MaskedSentence {
                    block: sentence.block,
                    tokens: sentence.tokens.clone(),
                    quotations: 0..0,
                }),
            }
        }
        for masked_sentence in &mut sentences {
            let held =
                quotations[first_quotation..].partition_point(|other| other.tokens.start < masked_sentence.tokens.end);
            masked_sentence.quotations = first_quotation..first_quotation + held;
            first_quotation += held;
        }
        let mut folded = Self { document, quotations, sentences, quotation_of, classes: Vec::new() };
        // Compute the classes once, because every token is looked up many times.
        let names = mid_sentence_names(document);
        folded.classes = (0..document.tokens.len()).map(|index| folded.class_beside(index, &names)).collect();
        folded
    }

    /// Returns the index of the quotation that contains token `index`. The quotation marks count as part of the
    /// quotation.
    #[must_use]
    #[inline]
    pub(crate) fn quotation_at(&self, index: usize) -> Option<usize> {
        crate::steps::step();
        (self.quotation_of.get(index).copied().unwrap_or(0) as usize).checked_sub(1)
    }

    /// Returns the word of token `index`, or an empty string past the end.
    #[must_use]
    #[inline]
    pub(crate) fn word(&self, index: usize) -> &'a str {
        self.document.word(index)
    }

    /// Returns the class of token `index`. A reporting verb next to a quotation is a verb even if the tagger
    /// disagrees.
    #[must_use]
    #[inline]
    pub(crate) fn class(&self, index: usize) -> WordClass {
        crate::steps::step();
        self.classes.get(index).copied().unwrap_or(WordClass::Mark)
    }

    /// Determines the class of token `index`. `names` are the words tagged as names in mid-sentence, which also count
    /// as names at the start of a sentence.
    fn class_beside(&self, index: usize, names: &HashSet<&str>) -> WordClass {
        let class = self.document.classes.get(index).copied().unwrap_or(WordClass::Mark);
        let open_class = class.is_verb() || class.is_noun() || class == WordClass::Adjective;
        if open_class && class != WordClass::Proper {
            let word = self.document.word(index);
            if names.contains(word) || (word.starts_with(char::is_uppercase) && self.follows_in_sentence(index)) {
                return WordClass::Proper;
            }
        }
        if class == WordClass::Adverb && self.is_name_before_verb(index, names) {
            return WordClass::Proper;
        }
        if class == WordClass::Preposition && self.is_before_quantity(index) {
            return WordClass::Adverb;
        }
        if open_class && self.is_head_of_quoted_modifier(index) {
            return WordClass::Noun;
        }
        if class.is_noun() || class == WordClass::Adjective {
            let word = self.document.word(index);
            let beside = self.quotation_at(index).is_none()
                && ((index > 0 && self.quotation_at(index - 1).is_some())
                    || (word.ends_with("ing") && self.introduces_quotation(index)));
            let verb = matches!(word, "said" | "says" | "told" | "tells")
                || (beside
                    && !word.starts_with(char::is_uppercase)
                    && self.document.resources.lexicon().reporting(word).is_some_and(|verb| verb.lemma != word));
            if verb {
                return WordClass::VerbPast;
            }
        }
        class
    }

    /// Returns whether the adverb at `index` is a name, because it has a capital letter, is a known name and precedes a
    /// finite verb, as in "Kelly said".
    fn is_name_before_verb(&self, index: usize, names: &HashSet<&str>) -> bool {
        let word = self.document.word(index);
        let known = || {
            let kinds = self.document.resources.names().of(word);
            names.contains(word) || kinds.any(Kinds::MALE) || kinds.any(Kinds::FEMALE) || kinds.any(Kinds::SURNAME)
        };
        let verb = self.document.classes.get(index + 1).is_some_and(|class| class.is_finite());
        verb && word.starts_with(char::is_uppercase) && known()
    }

    /// Returns whether the preposition at `index` marks the quantity after it as an estimate, as in "about half" or
    /// "around 40".
    fn is_before_quantity(&self, index: usize) -> bool {
        matches!(self.document.word(index), "about" | "About" | "around" | "Around")
            && (self.document.classes.get(index + 1) == Some(&WordClass::Number)
                || lists::FRACTIONS.contains(self.document.word(index + 1)))
    }

    /// Returns whether token `index` can be a noun modified by the quotation before it, as in `the “blue” report`.
    #[must_use]
    pub(crate) fn is_head_of_quoted_modifier(&self, index: usize) -> bool {
        let senses = self.document.senses.get(index);
        let noun = senses.is_some_and(|senses| senses.may_be(WordClass::Noun) || senses.may_be(WordClass::NounPlural));
        let quotation = index.checked_sub(1).filter(|_| noun).and_then(|before| self.quotation_at(before));
        quotation.is_some_and(|quotation| self.quotation_at(index) != Some(quotation) && self.is_modifier(quotation))
    }

    /// Returns whether a quotation is a modifier: a fragment after a determiner or similar word, without final
    /// punctuation.
    fn is_modifier(&self, quotation: usize) -> bool {
        let held = &self.quotations[quotation];
        let Some(before) = held.tokens.start.checked_sub(1) else { return false };
        let class = self.document.classes.get(before).copied().unwrap_or(WordClass::Mark);
        let modifies = class.is_modifier() || lists::DEFINITE_DETERMINERS.contains(self.word(before));
        modifies && self.quotation_at(before).is_none() && !self.ends_in_stop(quotation)
    }

    /// Returns whether a quotation ends in a comma, full stop or similar mark inside its quotation marks.
    #[must_use]
    pub(crate) fn ends_in_stop(&self, quotation: usize) -> bool {
        let held = &self.quotations[quotation];
        self.document
            .text
            .get(..held.content.end)
            .is_some_and(|text| text.ends_with([',', '.', '!', '?', ';', ':', '…']))
    }

    /// Returns whether token `index` follows a quotation in mid-sentence. In this position, a capital letter marks a
    /// name.
    fn follows_in_sentence(&self, index: usize) -> bool {
        let Some(previous) = index.checked_sub(1) else { return false };
        self.quotation_at(previous).is_some()
            && self.quotation_at(index).is_none()
            && self
                .sentence_at(index)
                .is_some_and(|masked_sentence| self.sentences[masked_sentence].tokens.start < index)
    }

    /// Returns whether a quotation follows token `index`, with at most a comma or colon in between.
    fn introduces_quotation(&self, index: usize) -> bool {
        let next = index + 1;
        self.quotation_at(next).is_some()
            || (matches!(self.word(next), "," | ":") && self.quotation_at(next + 1).is_some())
    }

    /// Returns the index of the masked sentence that contains token `index`.
    #[must_use]
    #[inline]
    pub(crate) fn sentence_at(&self, index: usize) -> Option<usize> {
        let at = self.sentences.partition_point(|masked_sentence| masked_sentence.tokens.end <= index);
        (self.sentences.get(at)?.tokens.start <= index).then_some(at)
    }

    /// Returns the index after token `index`, or the index after the quotation that contains it.
    #[must_use]
    #[inline]
    pub(crate) fn after(&self, index: usize) -> usize {
        match self.quotation_at(index) {
            Some(quotation) => self.quotations[quotation].tokens.end.max(index + 1),
            None => index + 1,
        }
    }

    /// Returns the index of the token before `index`. If a quotation ends there, returns the index of its first token.
    #[must_use]
    #[inline]
    pub(crate) fn before(&self, index: usize) -> Option<usize> {
        let previous = index.checked_sub(1)?;
        match self.quotation_at(previous) {
            Some(quotation) => Some(self.quotations[quotation].tokens.start),
            None => Some(previous),
        }
    }
}

/// Returns the words tagged as names in mid-sentence.
fn mid_sentence_names<'a>(document: &Document<'a>) -> HashSet<&'a str> {
    let mut names = HashSet::new();
    for sentence in &document.sentences {
        for index in sentence.tokens.clone().skip(1) {
            if document.classes.get(index) == Some(&WordClass::Proper) {
                let previous = document.tokens.get(index - 1).map(|token| token.kind);
                if previous != Some(TokenKind::QuoteMark) {
                    names.insert(document.word(index));
                }
            }
        }
    }
    names
}
