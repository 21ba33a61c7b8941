//! Normalised form of a name, used for clustering: its words without the article, case, accents and periods.

use super::{EntityKind, Gender};
use crate::document::Document;
use crate::hash::folded;
use crate::lexicon::lists;
use crate::lexicon::names::{Kinds, NameLists};
use crate::name::Name;
use crate::token::TokenKind;
use dateline_core::text::Span;
use std::ops::Range;

/// Maximum distance from a possessive to the name of a relative, in tokens: "his wife, Mona Ode".
const RELATIVE_WITHIN: usize = 8;

/// Maximum number of titles at the beginning of a name.
const MAX_TITLES: usize = 3;

/// Mention of an entity by name, prepared for clustering.
#[derive(Clone, Debug)]
pub(super) struct NameMention<'a> {
    /// Byte span of the name.
    pub span: Span,
    /// Token range of the name.
    pub tokens: Range<usize>,
    /// Type of the name according to the recogniser.
    pub kind: EntityKind,
    /// Confidence of the recogniser in the name, from 0 to 1.
    pub confidence: f32,
    /// Words of the name as written, without a leading article, titles or a company suffix.
    pub texts: Vec<&'a str>,
    /// Folded hashes of the name's normalised words, in the order of `texts`.
    pub words: Vec<u64>,
    /// Gender given by a title or role before the name, or by a given name in it.
    pub gender: Gender,
    /// Folded hashes of the titles and roles that introduce a person's name, inside it or before it.
    pub titles: Vec<u64>,
    /// Folded hash of a person's generation suffix, such as "Jr" or "III".
    pub generation: Option<u64>,
    /// Number of titles at the beginning of the name: one in "Senator Ana Ruiz".
    pub title_count: usize,
    /// Whether the mention consists only of a person's title: "Home Secretary".
    pub is_title: bool,
    /// Whether the article "the" precedes or begins the name.
    pub after_the: bool,
    /// Whether the text introduces the person as a relative of another: "Mona Ode, his wife".
    pub is_relative: bool,
}

impl<'a> NameMention<'a> {
    /// Prepares a recognised name for clustering.
    #[must_use]
    pub(super) fn new(document: &Document<'a>, name: &Name) -> Self {
        let lists = document.resources.names();
        let person = name.kind == EntityKind::Person;
        let all: Vec<&str> = own_words(document, name);
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
            is_relative: person && is_relative(document, name),
        }
    }

    /// Returns whether the name is one word of two to six capitals, and so may be an acronym.
    #[must_use]
    pub(super) fn is_acronym(&self) -> bool {
        let [word] = self.texts.as_slice() else { return false };
        let letters = word.chars().filter(|letter| *letter != '.');
        let count = letters.clone().count();
        (2..=6).contains(&count) && letters.clone().filter(|letter| letter.is_uppercase()).count() + 1 >= count
    }
}

/// Returns the words of a name. A person's nickname in quotation marks is left out.
fn own_words<'a>(document: &Document<'a>, name: &Name) -> Vec<&'a str> {
    let quoted = |index: &usize| document.tokens.get(*index).is_some_and(|token| token.kind == TokenKind::QuoteMark);
    let mut marks = name.tokens.clone().filter(quoted);
    let nickname = match (marks.next(), marks.next()) {
        (Some(open), Some(close)) if name.kind == EntityKind::Person => open..close + 1,
        _ => 0..0,
    };
    name.tokens.clone().filter(|index| !nickname.contains(index)).map(|index| document.word(index)).collect()
}

/// Returns whether the text introduces a person as a relative: a possessive and a noun precede the name ("his wife,
/// Mona Ode", "Ode's father, the baker Alf Ode") or follow it after a comma ("Mona Ode, his wife").
fn is_relative(document: &Document<'_>, name: &Name) -> bool {
    let word = |index: usize| document.word(index);
    // Finds the noun in "his wife" or "his late wife".
    let noun = |owner: usize| {
        let owned = lists::OWNERS_OF_RELATIVES.contains(word(owner));
        (owner + 1..owner + 3).find(|at| lists::RELATIVES.contains(word(*at))).filter(|_| owned)
    };
    let floor = name.tokens.start.saturating_sub(RELATIVE_WITHIN);
    let ends = |at: &usize| matches!(word(*at), "." | ";" | ":" | "and" | "or") || word(*at).ends_with('"');
    let opens = (floor..name.tokens.start).rev().take_while(|at| !ends(at)).any(|owner| {
        noun(owner).is_some_and(|noun| {
            // Only a comma, an article and lower-case words may come between the noun and the name: "her father, the
            // baker Alf Ode", but not "his wife met Alf Ode".
            let between = noun + 1..name.tokens.start;
            let role = |at: usize| word(at).starts_with(char::is_lowercase) && !lists::ROLE_ENDERS.contains(word(at));
            between.is_empty() || word(noun + 1) == "," && between.clone().skip(1).all(role)
        })
    });
    opens || word(name.tokens.end) == "," && noun(name.tokens.end + 1).is_some() || is_after_relative_of(document, name)
}

/// Returns whether a noun for a relative and "of" precede a person's name, or another name that "and" joins with it: "the
/// daughter of Rosa Tull and the banker Lars Tull".
fn is_after_relative_of(document: &Document<'_>, name: &Name) -> bool {
    let word = |index: usize| document.word(index);
    let names = document.resources.names();
    let floor = name.tokens.start.saturating_sub(RELATIVE_WITHIN);
    let inner = |at: usize| {
        let described =
            names.of(word(at)).any(Kinds(Kinds::TITLE.0 | Kinds::ROLE.0)) || names.is_role_modifier(word(at));
        matches!(word(at), "and" | "the" | "of") || described || word(at).starts_with(char::is_uppercase)
    };
    (floor + 1..name.tokens.start)
        .rev()
        .take_while(|at| inner(*at))
        .any(|at| word(at) == "of" && lists::RELATIVES.contains(word(at - 1)))
}

/// Returns whether a word may be a title or role but not a name.
fn only_title(kinds: Kinds) -> bool {
    kinds.any(Kinds(Kinds::TITLE.0 | Kinds::ROLE.0)) && !kinds.any(Kinds(Kinds::GIVEN.0 | Kinds::SURNAME.0))
}

/// Returns whether a name is only a title: its last word is a title, and no word is a given name ("Home Secretary",
/// "Harbour Union MP").
fn is_title(lists: &NameLists, texts: &[&str]) -> bool {
    texts.last().is_some_and(|last| only_title(lists.of(last)))
        && !texts.iter().any(|word| lists.of(word).any(Kinds::GIVEN))
}

/// Returns the number of titles and roles at the beginning of a name: two in "Home Secretary Ana Ruiz".
fn leading_titles(lists: &NameLists, texts: &[&str]) -> usize {
    let inner = texts.len().saturating_sub(1).min(MAX_TITLES);
    (0..inner).rev().find(|index| only_title(lists.of(texts[*index]))).map_or(0, |last| last + 1)
}

/// Returns the folded hashes of the titles before a name and inside it, in text order.
fn titles(document: &Document<'_>, start: usize, inside: &[&str]) -> Vec<u64> {
    let lists = document.resources.names();
    let before = (start.saturating_sub(MAX_TITLES)..start).rev();
    let mut out: Vec<u64> =
        before.map(|index| document.word(index)).take_while(|word| only_title(lists.of(word))).map(folded).collect();
    out.reverse();
    out.extend(inside.iter().map(|word| folded(word)));
    out
}

/// Returns the gender given by a title before a person's name, or else by the given name after the first `title_count`
/// words.
fn gender(document: &Document<'_>, name: &Name, title_count: usize) -> Gender {
    let tokens = name.tokens.start + title_count..name.tokens.end;
    match super::gender::before(document, tokens.start) {
        Gender::Unknown if name.kind == EntityKind::Person => super::gender::of_given(document, tokens),
        stated => stated,
    }
}

/// Returns whether the last word of a name is dropped for clustering: "Jr." in a person's name, "Inc" in a company's
/// name.
fn dropped_at_end(word: &str, kind: EntityKind, kinds: Kinds) -> bool {
    match kind {
        EntityKind::Person => matches!(word.trim_end_matches('.'), "Jr" | "Sr" | "II" | "III") || word == "'s",
        EntityKind::Organization => kinds.any(Kinds::COMPANY_SUFFIX) || word == "'s",
        _ => word == "'s",
    }
}

/// Returns the folded hash of a word without periods. For people, the Arabic article is also removed, and for groups
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

/// Removes a top-level domain, which is not part of the name proper: "Amazon" from "Amazon.com".
fn without_domain(word: &str) -> &str {
    match word.rsplit_once('.') {
        Some((name, domain)) if name.len() > 1 && lists::DOMAINS.contains(domain) => name,
        _ => word,
    }
}
