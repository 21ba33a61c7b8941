//! Nicknames in quotation marks inside a person's name: "Lou “Big Train” Tavish".

use super::insert::replace;
use crate::kind::EntityKind;
use crate::lexicon::names::Kinds;
use crate::lexicon::word_index::WordLists;
use crate::name::Name;
use crate::name::feature::FeatureExtractor;
use crate::name::word_form::WordForm;
use crate::token::TokenKind;
use std::ops::Range;

/// Maximum length of a nickname, in tokens.
const MAX_LENGTH: usize = 4;

/// Joins a given name, a nickname and a family name into one person's name.
pub(super) fn apply(extractor: &FeatureExtractor<'_>, names: &mut Vec<Name>) {
    for sentence in &extractor.document.sentences {
        let mut index = sentence.tokens.start + 1;
        while index < sentence.tokens.end {
            match whole(extractor, &sentence.tokens, index, names) {
                Some(tokens) => {
                    index = tokens.end;
                    replace(extractor, names, tokens, EntityKind::Person);
                }
                None => index += 1,
            }
        }
    }
}

/// Returns the tokens of the full name around a nickname whose opening quotation mark is the token `open`.
fn whole(
    extractor: &FeatureExtractor<'_>,
    sentence: &Range<usize>,
    open: usize,
    names: &[Name],
) -> Option<Range<usize>> {
    let form = |index: usize| extractor.forms.get(index).filter(|_| sentence.contains(&index));
    let close = (open + 2..open + 2 + MAX_LENGTH).find(|at| is_mark(extractor, *at))?;
    if !is_mark(extractor, open) || !sentence.contains(&close) {
        return None;
    }
    let inside = extractor.forms.get(open + 1..close)?;
    let titled = inside.iter().any(|form| form.capital)
        && inside
            .iter()
            .all(|form| form.capital || form.kinds.any(Kinds(Kinds::CONNECTOR.0 | Kinds::COMMON.0)) || form.small);
    let (before, after) = (form(open - 1)?, form(close + 1)?);
    let person = names.iter().find(|name| name.tokens.end == open && name.kind == EntityKind::Person);
    let given = before.kinds.any(Kinds::GIVEN) || before.lists.any(WordLists(WordLists::FEMALE.0 | WordLists::MALE.0));
    (titled && is_name_word(before) && is_name_word(after) && (given || person.is_some())).then(|| {
        let named = |at: &usize| form(*at).is_some_and(|form| is_name_word(form) && form.kinds.any(Kinds::GIVEN));
        let first = (sentence.start..open - 1).rev().take_while(named).last().unwrap_or(open - 1);
        let start = person.map_or(first, |name| name.tokens.start.min(first));
        let more = (close + 1..sentence.end).take_while(|at| form(*at).is_some_and(is_name_word)).count();
        start..close + 1 + more
    })
}

fn is_mark(extractor: &FeatureExtractor<'_>, index: usize) -> bool {
    extractor.document.tokens.get(index).is_some_and(|token| token.kind == TokenKind::QuoteMark)
}

/// Returns whether a word can be part of a person's name.
fn is_name_word(form: &WordForm) -> bool {
    const OTHERS: Kinds = Kinds(
        Kinds::CALENDAR.0 | Kinds::DEMONYM.0 | Kinds::COMMON.0 | Kinds::ORGANISATION_WORD.0 | Kinds::COMPANY_SUFFIX.0,
    );
    let named = form.kinds.any(Kinds(Kinds::GIVEN.0 | Kinds::SURNAME.0));
    let titled = form.kinds.any(Kinds(Kinds::TITLE.0 | Kinds::ROLE.0));
    form.capital && (named || !titled && !form.kinds.any(OTHERS)) && form.common & WordForm::FUNCTION == 0
}
