//! Normalised form of a name for clustering: its words without article, case, accents and periods.

use super::{EntityKind, Gender};
use crate::document::Document;
use crate::hash::folded;
use crate::lexicon::lists;
use crate::lexicon::names::{Kinds, NameLists};
use crate::name::Name;
use dateline_core::text::Span;
use std::ops::Range;

/// Maximum number of titles before a name.
const MAX_TITLES: usize = 3;

/// One name mention.
#[derive(Clone, Debug)]
pub(super) struct NameMention<'a> {
    /// Byte span.
    pub span: Span,
    /// Token range.
    pub tokens: Range<usize>,
    /// Type given by the recogniser.
    pub kind: EntityKind,
    /// Confidence of the recogniser, 0 to 1.
    pub confidence: f32,
    /// Its words as written, without a leading article or a company suffix.
    pub texts: Vec<&'a str>,
    /// Folded hashes of `texts`.
    pub words: Vec<u64>,
    /// Gender given by a title or role before the name, or by a given name in it.
    pub gender: Gender,
    /// Folded hashes of the titles and roles that introduce a person's name, inside or before it.
    pub titles: Vec<u64>,
    /// Generation suffix ("Jr", "III") as a folded hash.
    pub generation: Option<u64>,
    /// Number of leading tokens that are titles: one in "Senator Ana Ruiz".
    pub title_count: usize,
    /// Whether it is a person's title without a name: "Home Secretary".
    pub is_title: bool,
    /// Whether "the" precedes it.
    pub after_the: bool,
}

impl<'a> NameMention<'a> {
    /// Creates the mention of a name.
    #[must_use]
    pub(super) fn new(document: &Document<'a>, name: &Name) -> Self {
        let lists = document.resources.names();
        let person = name.kind == EntityKind::Person;
        let all: Vec<&str> = name.tokens.clone().map(|index| document.word(index)).collect();
        let mut texts = all.as_slice();
        while let [first, rest @ ..] = texts
            && !rest.is_empty()
            && first.eq_ignore_ascii_case("the")
        {
            texts = rest;
        }
        let mut generation = None;
        while let [rest @ .., last] = texts
            && !rest.is_empty()
            && dropped_at_end(last, name.kind, lists.of(last))
        {
            if person && !last.starts_with(['\'', '’']) {
                generation = Some(folded(last.trim_end_matches('.')));
            }
            texts = rest;
        }
        let is_title = person && is_title(lists, texts);
        let title_count = if person && !is_title { leading_titles(lists, texts) } else { 0 };
        let before = document.word(name.tokens.start.wrapping_sub(1));
        let after_the =
            [before, all.first().copied().unwrap_or_default()].iter().any(|word| word.eq_ignore_ascii_case("the"));
        let titles = if person { titles(document, name.tokens.start, &texts[..title_count]) } else { Vec::new() };
        let texts = texts[title_count..].to_vec();
        let words = texts.iter().map(|word| key(word, name.kind)).collect();
        Self {
            span: name.span,
            tokens: name.tokens.clone(),
            kind: name.kind,
            confidence: name.confidence,
            words,
            texts,
            gender: gender(document, name, title_count),
            titles,
            generation,
            title_count,
            is_title,
            after_the,
        }
    }

    /// Returns whether this is one word of two to six letters in capitals, which may be an acronym.
    #[must_use]
    pub(super) fn is_acronym(&self) -> bool {
        let [word] = self.texts.as_slice() else { return false };
        let letters = word.chars().filter(|letter| *letter != '.');
        let count = letters.clone().count();
        (2..=6).contains(&count) && letters.clone().filter(|letter| letter.is_uppercase()).count() + 1 >= count
    }
}

/// Returns whether a word may be a title but not also a name.
fn only_title(kinds: Kinds) -> bool {
    kinds.any(Kinds(Kinds::TITLE.0 | Kinds::ROLE.0)) && !kinds.any(Kinds(Kinds::GIVEN.0 | Kinds::SURNAME.0))
}

/// Returns whether the last word is a title and none is a given name: "Home Secretary", "Harbour Union MP".
fn is_title(lists: &NameLists, texts: &[&str]) -> bool {
    texts.last().is_some_and(|last| only_title(lists.of(last)))
        && !texts.iter().any(|word| lists.of(word).any(Kinds::GIVEN))
}

/// Returns the number of words that introduce the name: "Home Secretary" in "Home Secretary Ana Ruiz".
fn leading_titles(lists: &NameLists, texts: &[&str]) -> usize {
    let inner = texts.len().saturating_sub(1).min(MAX_TITLES);
    (0..inner).rev().find(|index| only_title(lists.of(texts[*index]))).map_or(0, |last| last + 1)
}

/// Returns the titles right before a name and inside it, in order.
fn titles(document: &Document<'_>, start: usize, inside: &[&str]) -> Vec<u64> {
    let lists = document.resources.names();
    let before = (start.saturating_sub(MAX_TITLES)..start).rev();
    let mut out: Vec<u64> =
        before.map(|index| document.word(index)).take_while(|word| only_title(lists.of(word))).map(folded).collect();
    out.reverse();
    out.extend(inside.iter().map(|word| folded(word)));
    out
}

/// Returns the gender given by a title before a person's name, else by the given name; `title_count` of its words are
/// titles.
fn gender(document: &Document<'_>, name: &Name, title_count: usize) -> Gender {
    let tokens = name.tokens.start + title_count..name.tokens.end;
    match super::gender::before(document, tokens.start) {
        Gender::Unknown if name.kind == EntityKind::Person => super::gender::of_given(document, tokens),
        stated => stated,
    }
}

/// Returns whether a word is not part of the name proper: "Jr." of persons, "Inc" of companies.
fn dropped_at_end(word: &str, kind: EntityKind, kinds: Kinds) -> bool {
    match kind {
        EntityKind::Person => matches!(word.trim_end_matches('.'), "Jr" | "Sr" | "II" | "III") || word == "'s",
        EntityKind::Organization => kinds.any(Kinds::COMPANY_SUFFIX) || word == "'s",
        _ => word == "'s",
    }
}

/// Returns the folded hash of a word without periods; for persons also without the Arabic article, for groups without
/// the plural ending.
fn key(word: &str, kind: EntityKind) -> u64 {
    let word = if kind == EntityKind::Organization { without_domain(word) } else { word };
    let bare = if word.contains('.') { &word.replace('.', "") } else { word };
    let lower = |prefix: &str| bare.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix));
    let bare = match kind {
        EntityKind::Person if lower("al-") || lower("el-") => &bare[3..],
        EntityKind::Group if bare.len() > 4 => bare.strip_suffix('s').unwrap_or(bare),
        _ => bare,
    };
    folded(bare)
}

/// Strips the top-level domain, which is not part of the name: "Amazon" from "Amazon.com".
fn without_domain(word: &str) -> &str {
    match word.rsplit_once('.') {
        Some((name, domain)) if name.len() > 1 && lists::DOMAINS.contains(domain) => name,
        _ => word,
    }
}
