//! An event in one short line. Knows nothing of screens: lengths are counted in characters.

use crate::analysis::document::Document;
use crate::analysis::word_class::WordClass;
use crate::text::folded;
use std::ops::Range;

/// How long a summary may be, in characters.
pub const LONGEST: usize = 90;

/// How far into a sentence the dash of a dateline stands, in tokens.
const DATELINE: usize = 16;

/// Prepositions that go when their date goes: the row tells the date already.
const DROPPED: [&str; 5] = ["on", "in", "at", "during", "this"];

/// Adverbs that lead a date and go with it: "late on Friday".
const LEADS: [&str; 2] = ["early", "late"];

/// The words of `tokens` without the time expression, cut to a row; `subject` before them when they lack one.
/// A clause that says nothing by itself is told by its sentence.
pub fn line(
    document: &Document<'_>,
    subject: Option<Range<usize>>,
    tokens: &Range<usize>,
    time: &Range<usize>,
) -> String {
    let tokens = &without_dateline(document, tokens, time);
    let depends = subject.is_none() && document.classes.get(tokens.start) == Some(&WordClass::Wh);
    let sentence = document.sentence_of(time.start).and_then(|index| document.sentences.get(index));
    if let Some(sentence) = sentence.filter(|_| depends || tokens.len() <= time.len() + 1) {
        let whole = without_dateline(document, &sentence.tokens, time);
        return row(document.span(whole).of(document.text));
    }
    let (before, after) = around(document, tokens, time);
    let text = |range: Range<usize>| document.span(range).of(document.text);
    let subject = subject.map(text).unwrap_or_default();
    let (noun, told) = without_relative(document, tokens, before);
    row(&format!("{subject} {} {} {}", text(noun), text(told), text(after)))
}

/// A text on one line, with a capital, no marks left over and no more than the row holds.
fn row(text: &str) -> String {
    let whole =
        folded(text).replace(" ,", ",").replace(",,", ",").replace(" .", ".").replace(" ’s", "’s").replace(" 's", "'s");
    capitalised(shortened(bare(&whole)))
}

/// Tokens without the place and date that lead a report: "OSTREL, May 2 — The ferry sank on Monday".
fn without_dateline(document: &Document<'_>, tokens: &Range<usize>, time: &Range<usize>) -> Range<usize> {
    let place = document.word(tokens.start);
    let end = tokens.end.min(time.start).min(tokens.start + DATELINE);
    let dash = (tokens.start..end).find(|index| matches!(document.word(*index), "—" | "–" | "--"));
    match dash.filter(|_| place.chars().count() > 2 && place.chars().all(char::is_uppercase)) {
        Some(dash) => dash + 1..tokens.end,
        None => tokens.clone(),
    }
}

/// The words before the date in two parts, without what makes a relative clause of them: "the ferry",
/// "sank" for "the ferry, which sank".
fn without_relative(
    document: &Document<'_>,
    tokens: &Range<usize>,
    before: Range<usize>,
) -> (Range<usize>, Range<usize>) {
    let comma = |index: &usize| document.word(*index) == ",";
    let whole = (before.start..before.start, before.clone());
    let Some(first) = before.clone().find(comma) else { return whole };
    if first == before.start || (first + 1..tokens.end).any(|index| comma(&index)) {
        return whole;
    }
    let relative = matches!(document.word(first + 1), "who" | "which");
    let verb = first + 2;
    let tells = relative && verb < before.end && document.classes.get(verb).is_some_and(|class| class.is_finite());
    if tells { (before.start..first, verb..before.end) } else { whole }
}

/// The words before and after the time expression; all of them before it when it must stay.
fn around(document: &Document<'_>, tokens: &Range<usize>, time: &Range<usize>) -> (Range<usize>, Range<usize>) {
    let all = (tokens.clone(), tokens.end..tokens.end);
    if time.start < tokens.start || time.end > tokens.end || attributive(document, tokens, time) {
        return all;
    }
    let mut start = time.start;
    let mut end = time.end;
    let is_one_of = |index: usize, words: &[&str]| {
        index >= tokens.start && words.iter().any(|word| document.word(index).eq_ignore_ascii_case(word))
    };
    if let Some(lead) = time.start.checked_sub(1).filter(|lead| *lead >= tokens.start) {
        if document.classes.get(lead) == Some(&WordClass::Determiner) {
            return all;
        }
        if is_one_of(lead, &DROPPED) {
            start = lead;
            if let Some(adverb) = lead.checked_sub(1).filter(|adverb| is_one_of(*adverb, &LEADS)) {
                start = adverb;
            }
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
    let marks = [',', ';', ':', '-', '–', '—', ' ', '.'];
    let mut text = text.trim_start_matches(['’', '”']).trim_matches(marks);
    for (open, close) in [('“', '”'), ('‘', '’')] {
        if text.starts_with(open) && !text.contains(close) {
            text = text.trim_start_matches(open);
        }
        if text.ends_with(close) && !text.contains(open) {
            text = text.trim_end_matches(close);
        }
        text = text.trim_end_matches(open);
    }
    if text.matches('"').count() % 2 == 1 {
        let stripped = text.strip_prefix('"').or_else(|| text.strip_suffix('"'));
        text = stripped.unwrap_or(text);
    }
    text.trim_matches(marks)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_mark_without_its_partner_goes() {
        assert_eq!(bare("\" They closed the mill"), "They closed the mill");
        assert_eq!(bare("The chair would be made \""), "The chair would be made");
        assert_eq!(bare("\"The mill\" closed."), "\"The mill\" closed");
    }
}
