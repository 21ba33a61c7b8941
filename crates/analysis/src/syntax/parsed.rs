//! Finds the clauses of a sentence of a document.

use super::Syntax;
use crate::document::Document;
use crate::lexicon::lists;
use crate::pos::PennTag;
use crate::word_class::WordClass;
use std::ops::Range;

/// Clauses of one sentence with the position of its first token in the document.
#[derive(Debug)]
pub(crate) struct Parsed {
    /// Tokens of the sentence.
    pub tokens: Range<usize>,
    syntax: Syntax,
}

impl Parsed {
    /// Finds the clauses of the sentence at `tokens`.
    pub(crate) fn new(document: &Document<'_>, tokens: Range<usize>) -> Self {
        let words: Vec<&str> = tokens.clone().map(|index| document.word(index)).collect();
        let tags: Vec<PennTag> = tokens.clone().map(|index| tag(document, index)).collect();
        Self { syntax: Syntax::of(&words, &tags), tokens }
    }

    /// Returns the clauses; their tokens count from the start of the sentence.
    pub(crate) const fn syntax(&self) -> &Syntax {
        &self.syntax
    }

    /// Returns a range of the sentence as tokens of the document.
    pub(crate) fn here(&self, range: &Range<usize>) -> Range<usize> {
        self.tokens.start + range.start..self.tokens.start + range.end
    }

    /// Returns the tag of token `index`.
    pub(crate) fn tag(document: &Document<'_>, index: usize) -> PennTag {
        tag(document, index)
    }
}

/// Returns the tag that corresponds to the class of token `index`.
fn tag(document: &Document<'_>, index: usize) -> PennTag {
    let word = document.word(index);
    match document.classes.get(index).copied().unwrap_or(WordClass::Mark) {
        WordClass::Noun => PennTag::Nn,
        WordClass::NounPlural => PennTag::Nns,
        WordClass::Proper => PennTag::Nnp,
        WordClass::Pronoun if word.eq_ignore_ascii_case("there") => PennTag::Ex,
        WordClass::Pronoun if lists::DEMONSTRATIVES.contains_any_case(word) => PennTag::Dt,
        WordClass::Pronoun => PennTag::Prp,
        WordClass::Possessive if word.starts_with(['\'', '’']) => PennTag::Pos,
        WordClass::Possessive => PennTag::PrpPossessive,
        WordClass::Determiner => PennTag::Dt,
        WordClass::Adjective => PennTag::Jj,
        WordClass::Adverb | WordClass::Negation => PennTag::Rb,
        WordClass::VerbBase => PennTag::Vb,
        WordClass::VerbPresent => PennTag::Vbz,
        WordClass::VerbPast => PennTag::Vbd,
        WordClass::VerbParticiple => PennTag::Vbn,
        WordClass::VerbGerund => PennTag::Vbg,
        WordClass::Modal => PennTag::Md,
        WordClass::To => PennTag::To,
        WordClass::Preposition | WordClass::Subordinator => PennTag::In,
        WordClass::Conjunction => PennTag::Cc,
        WordClass::Wh if lists::QUESTION_ADVERBS.contains_any_case(word) => PennTag::Wrb,
        WordClass::Wh if word.eq_ignore_ascii_case("whose") => PennTag::WpPossessive,
        WordClass::Wh if word.eq_ignore_ascii_case("which") || word.eq_ignore_ascii_case("that") => PennTag::Wdt,
        WordClass::Wh => PennTag::Wp,
        WordClass::Number => PennTag::Cd,
        WordClass::Interjection => PennTag::Uh,
        WordClass::Mark => mark(document, index),
    }
}

/// Returns the tag of the mark at token `index`.
fn mark(document: &Document<'_>, index: usize) -> PennTag {
    match document.word(index) {
        "," => PennTag::Comma,
        "." | "!" | "?" => PennTag::Period,
        "(" | "[" => PennTag::OpenBracket,
        ")" | "]" => PennTag::CloseBracket,
        "“" | "‘" | "``" | "«" => PennTag::OpenQuote,
        "”" | "’" | "''" | "»" => PennTag::CloseQuote,
        "\"" => {
            let spaced = document.tokens.get(index).is_some_and(|token| token.spaced);
            if spaced { PennTag::OpenQuote } else { PennTag::CloseQuote }
        }
        "$" | "£" | "€" => PennTag::Currency,
        "%" => PennTag::Nn,
        "/" | "&" | "*" | "#" => PennTag::Sym,
        _ => PennTag::Colon,
    }
}
