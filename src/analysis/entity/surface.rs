//! A name as the clustering sees it: its words without article, case, accents and periods.

use super::{EntityKind, Gender};
use crate::analysis::document::Document;
use crate::analysis::hash::folded;
use crate::analysis::lexicon::names::Kinds;
use crate::analysis::name::Name;
use crate::text::Span;
use std::ops::Range;

/// One mention by name.
#[derive(Clone, Debug)]
pub struct Surface<'a> {
    /// Its bytes.
    pub span: Span,
    /// Its tokens.
    pub tokens: Range<usize>,
    /// What the recogniser took it for.
    pub kind: EntityKind,
    /// How sure the recogniser is, 0 to 1.
    pub confidence: f32,
    /// Its words as written, without a leading article and what ends companies' names.
    pub texts: Vec<&'a str>,
    /// The folded hashes of `texts`.
    pub words: Vec<u64>,
    /// What a title or role before the name tells, or a given name in it.
    pub gender: Gender,
}

impl<'a> Surface<'a> {
    /// Reads a name.
    #[must_use]
    pub fn new(document: &Document<'a>, name: &Name) -> Self {
        let lists = document.lexicon.names();
        let all: Vec<&str> = name.tokens.clone().map(|index| document.word(index)).collect();
        let mut texts = all.as_slice();
        while let [first, rest @ ..] = texts
            && !rest.is_empty()
            && first.eq_ignore_ascii_case("the")
        {
            texts = rest;
        }
        while let [rest @ .., last] = texts
            && !rest.is_empty()
            && dropped_at_end(last, name.kind, lists.of(last))
        {
            texts = rest;
        }
        let texts = texts.to_vec();
        let words = texts.iter().map(|word| key(word, name.kind)).collect();
        Self {
            span: name.span,
            tokens: name.tokens.clone(),
            kind: name.kind,
            confidence: name.confidence,
            words,
            texts,
            gender: gender(document, name),
        }
    }

    /// Whether this is one word in capitals, two to six letters: it may stand for initials.
    #[must_use]
    pub fn is_acronym(&self) -> bool {
        let [word] = self.texts.as_slice() else { return false };
        let letters = word.chars().filter(|letter| *letter != '.');
        let count = letters.clone().count();
        (2..=6).contains(&count) && letters.clone().filter(|letter| letter.is_uppercase()).count() + 1 >= count
    }
}

/// What a title before a person's name tells, else the given name.
fn gender(document: &Document<'_>, name: &Name) -> Gender {
    match super::gender::before(document, name.tokens.start) {
        Gender::Unknown if name.kind == EntityKind::Person => super::gender::of_given(document, name.tokens.clone()),
        told => told,
    }
}

/// What is no part of the name proper: "Jr." of persons, "Inc" of companies.
fn dropped_at_end(word: &str, kind: EntityKind, kinds: Kinds) -> bool {
    match kind {
        EntityKind::Person => matches!(word.trim_end_matches('.'), "Jr" | "Sr" | "II" | "III") || word == "'s",
        EntityKind::Organization => kinds.any(Kinds::COMPANY_SUFFIX) || word == "'s",
        _ => word == "'s",
    }
}

/// The folded hash of a word without its periods; of persons also without the Arabic article, of
/// groups without the plural.
fn key(word: &str, kind: EntityKind) -> u64 {
    let bare = if word.contains('.') { &word.replace('.', "") } else { word };
    let lower = |prefix: &str| bare.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix));
    let bare = match kind {
        EntityKind::Person if lower("al-") || lower("el-") => &bare[3..],
        EntityKind::Group if bare.len() > 4 => bare.strip_suffix('s').unwrap_or(bare),
        _ => bare,
    };
    folded(bare)
}
