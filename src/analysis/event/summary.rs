//! An event in one short line. Knows nothing of screens: lengths are counted in characters.

use crate::analysis::document::Document;
use crate::analysis::word_class::WordClass;
use crate::text::folded;
use std::ops::Range;

/// How long a summary may be, in characters.
pub const LONGEST: usize = 90;

/// Prepositions that go when their date goes: the row tells the date already.
const DROPPED: [&str; 5] = ["on", "in", "at", "during", "this"];

/// The words of `tokens` without the time expression, cut to a row; `subject` before them when they lack one.
pub fn line(
    document: &Document<'_>,
    subject: Option<Range<usize>>,
    tokens: &Range<usize>,
    time: &Range<usize>,
) -> String {
    let (before, after) = around(document, tokens, time);
    let text = |range: Range<usize>| document.span(range).of(document.text);
    let subject = subject.map(text).unwrap_or_default();
    let joined = format!("{subject} {} {}", text(before), text(after));
    let whole = folded(&joined)
        .replace(" ,", ",")
        .replace(",,", ",")
        .replace(" .", ".")
        .replace(" ’s", "’s")
        .replace(" 's", "'s");
    capitalised(shortened(bare(&whole)))
}

/// The words before and after the time expression; all of them before it when it must stay.
fn around(document: &Document<'_>, tokens: &Range<usize>, time: &Range<usize>) -> (Range<usize>, Range<usize>) {
    let all = (tokens.clone(), tokens.end..tokens.end);
    if time.start < tokens.start || time.end > tokens.end || attributive(document, tokens, time) {
        return all;
    }
    let mut start = time.start;
    let mut end = time.end;
    if let Some(lead) = time.start.checked_sub(1).filter(|lead| *lead >= tokens.start) {
        let word = document.word(lead);
        if DROPPED.iter().any(|dropped| word.eq_ignore_ascii_case(dropped)) {
            start = lead;
        } else if document.classes.get(lead) == Some(&WordClass::Preposition) {
            return all;
        }
    }
    if start == tokens.start && document.classes.get(end).is_some_and(|class| class.is_finite()) {
        // "March 1 is the deadline": the date is what the clause is about.
        return all;
    }
    if start == tokens.start {
        while end < tokens.end && document.word(end) == "," {
            end += 1;
        }
    }
    (tokens.start..start, end..tokens.end)
}

/// Whether the expression stands before a noun that it describes: "Friday's vote", "the 1999 storm".
fn attributive(document: &Document<'_>, tokens: &Range<usize>, time: &Range<usize>) -> bool {
    time.end < tokens.end
        && document.classes.get(time.end).is_some_and(|class| {
            class.is_noun() && !document.word(time.end).starts_with(char::is_uppercase)
                || *class == WordClass::Possessive
        })
}

/// Without marks at the ends, and without a quotation mark that has lost its partner.
fn bare(text: &str) -> &str {
    let mut text = text.trim_matches([',', ';', ':', '-', '–', '—', ' ', '.']);
    for (open, close) in [('“', '”'), ('‘', '’')] {
        if text.starts_with(open) && !text.contains(close) {
            text = text.trim_start_matches(open);
        }
        if text.ends_with(close) && !text.contains(open) {
            text = text.trim_end_matches(close);
        }
    }
    text.trim()
}

/// Cut to whole words, at a comma if one stands late enough.
fn shortened(text: &str) -> String {
    let Some((limit, _)) = text.char_indices().nth(LONGEST) else { return text.to_owned() };
    let head = text.get(..limit).unwrap_or(text);
    if let Some(comma) = head.rfind([',', ';']).filter(|comma| *comma * 5 > limit * 2) {
        return head.get(..comma).unwrap_or(head).to_owned();
    }
    let cut = head.rfind(' ').unwrap_or(limit);
    format!("{}…", head.get(..cut).unwrap_or(head).trim_end_matches([',', ';', ':', ' ']))
}

/// With a capital at its beginning.
fn capitalised(text: String) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) if first.is_lowercase() => first.to_uppercase().chain(characters).collect(),
        _ => text,
    }
}
