//! Determines the order of day and month in the numeric dates of a document. For example, "3/4/2021" is 3 April in one
//! document and March 4 in another.

use super::numeral::{DateOrder, NumericDate};
use super::table::table;
use super::vocabulary::Class;
use crate::document::Document;
use crate::token::TokenKind;

/// Returns the order of day and month that the document uses. The evidence is, in order of preference, the majority of
/// numeric dates with a day after the twelfth, the majority of dates with a spelt-out month ("5 May" or "May 5"), and
/// the language of the page. If there is no evidence, the month comes first.
pub(super) fn find(document: &Document<'_>) -> DateOrder {
    let numbers = document.tokens.iter().filter(|token| token.kind == TokenKind::Number);
    let numeric = numbers.filter_map(|token| NumericDate::parse(token.span.of(document.text))?.order);
    majority(numeric).or_else(|| majority(spelt(document))).unwrap_or_else(|| by_language(document))
}

/// Returns the more frequent order, or `None` for a tie.
fn majority(orders: impl Iterator<Item = DateOrder>) -> Option<DateOrder> {
    let balance: i32 = orders.map(|order| if order == DateOrder::DayFirst { 1 } else { -1 }).sum();
    match balance {
        0 => None,
        1.. => Some(DateOrder::DayFirst),
        _ => Some(DateOrder::MonthFirst),
    }
}

/// Returns the order of each date with a spelt-out month.
fn spelt<'a>(document: &'a Document<'_>) -> impl Iterator<Item = DateOrder> + 'a {
    let vocabulary = &table().vocabulary;
    let month = |at: usize| vocabulary.interpretations(document.word(at)).value(Class::Month).is_some();
    let day = |at: usize| {
        let word = document.word(at);
        let digits = word.trim_end_matches(char::is_alphabetic);
        digits.len() < 3 && digits.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day))
    };
    (0..document.tokens.len()).filter(move |at| month(*at)).filter_map(move |at| {
        let (before, after) = (at.checked_sub(1).is_some_and(day), day(at + 1));
        (before != after).then_some(if before { DateOrder::DayFirst } else { DateOrder::MonthFirst })
    })
}

/// Returns the customary order for the page's language tag. The month comes first for the United States, for the
/// Philippines and for tags without a region.
fn by_language(document: &Document<'_>) -> DateOrder {
    let region = document.article.language.as_deref().and_then(|tag| tag.split(['-', '_']).nth(1));
    match region {
        Some(region) if !["US", "PH"].iter().any(|known| region.eq_ignore_ascii_case(known)) => DateOrder::DayFirst,
        _ => DateOrder::MonthFirst,
    }
}
