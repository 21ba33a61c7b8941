//! Summarises an event in one short line. Lengths are counted in characters, because the width of the screen is unknown
//! here.

use super::phrase::{class, is_mark, names_something};
use super::predicate::Predication;
use super::scrap;
use crate::document::Document;
use crate::lexicon::lists::{self, WordList};
use crate::pos::PennTag;
use crate::word_class::WordClass;
use dateline_core::text::folded;
use std::borrow::Cow;
use std::ops::Range;

/// Maximum length of a summary, in characters.
pub(super) const MAX_LENGTH: usize = 110;

/// Source of the names that replace pronouns in a row.
pub(super) trait Antecedents {
    /// Returns the name to which a pronoun subject refers. If the subject begins with a possessive pronoun, returns the
    /// subject with a name in place of that pronoun.
    fn of_subject(&self, subject: &Range<usize>) -> Option<Cow<'_, str>>;

    /// Returns the names of the people that the subject consists of, without their roles: "Ines Vale and Ed Orrin" for
    /// "Mayor Ines Vale and the port's chair Ed Orrin".
    fn names_of(&self, subject: &Range<usize>) -> Option<String>;

    /// Returns the name of the person that the pronoun at token `index`, after the verb, refers to, unless the row
    /// already names that person.
    fn of_complement(&self, predication: &Predication, index: usize) -> Option<&str>;
}

/// Formats a predication as a row, omitting the time expression. Returns `None` if the row would be meaningless.
pub(super) fn summarize(
    document: &Document<'_>,
    predication: &Predication,
    time: &Range<usize>,
    antecedents: &impl Antecedents,
) -> Option<String> {
    let text = |range: &Range<usize>| document.span(range.clone()).of(document.text);
    let time = predication.omitted.as_ref().unwrap_or(time);
    let arguments = &predication.arguments;
    if class(document, arguments.subject.start) == WordClass::Wh {
        return None;
    }
    let possessed = |owner: &str| if owner.ends_with('s') { format!("{owner}’") } else { format!("{owner}’s") };
    let owner = arguments.owner.as_ref().map(|owner| possessed(text(owner))).unwrap_or_default();
    let object = arguments.object.as_ref().map(text).unwrap_or_default();
    let spent = predication.verb.end.checked_sub(1).is_some_and(|verb| lists::SPENDING.contains(document.word(verb)));
    // The date is itself the statement, so it is kept, as in "The next vote is on 9 June".
    let says_when = lists::BE.contains_any_case(text(&predication.verb))
        && !matches!(class(document, arguments.subject.start), WordClass::Pronoun)
        && arguments.object.is_none();
    let only_time = |index: usize| time.contains(&index) || class(document, index) == WordClass::Preposition;
    let says_when = says_when && predication.complement.clone().all(only_time);
    let mut complement = if says_when || spent && time.start == predication.complement.start {
        predication.complement.clone().collect()
    } else {
        without_time(document, &predication.complement, time)
    };
    drop_verbless(document, &mut complement);
    let stranded = stranded(document, predication, &complement);
    if stranded.is_some() {
        complement.remove(0);
    }
    tidy(document, &mut complement);
    let content = complement.iter().any(|index| !is_mark(document, *index));
    let aux =
        predication.verb.clone().all(|index| document.senses.get(index).is_some_and(|senses| senses.is_auxiliary()));
    // The verb is meaningless without a complement, as in "It is" or "it found".
    let bare = aux || predication.verb.clone().any(|index| document.word(index) == "found");
    if bare && !content && object.is_empty() || scrap::describes_no_event(document, predication) {
        return None;
    }
    let verb = text(&predication.verb);
    // The gerund becomes a past tense. For example, "He studied there, graduating in 1974" means that he graduated.
    let gerund = predication.verb.len() == 1 && class(document, predication.verb.start) == WordClass::VerbGerund;
    let past = document.resources.vocabulary().past_of_gerund(&verb.to_lowercase()).filter(|_| gerund);
    let verb = past.unwrap_or(verb);
    let auxiliary: String = predication.auxiliaries.iter().flat_map(|index| [document.word(*index), " "]).collect();
    let gap = gap(document, predication);
    let subject = antecedents
        .of_subject(&arguments.subject)
        .unwrap_or_else(|| Cow::Borrowed(text(&without_participle(document, &arguments.subject))));
    let complementizer = predication.complementizer.map_or("", |complementizer| document.word(complementizer));
    let length = text(&(predication.verb.start..predication.complement.end.max(predication.verb.end))).chars().count();
    let names = antecedents.names_of(&arguments.subject).filter(|_| subject.chars().count() + length > MAX_LENGTH);
    let subject = match names {
        Some(names) => names,
        None if subject.chars().count() > MAX_LENGTH / 2 => first_of_all(&subject),
        None => subject.into_owned(),
    };
    let stranded = stranded.map_or("", |preposition| document.word(preposition));
    let head = folded(&format!("{complementizer} {owner} {subject}{gap}{auxiliary}{verb} {stranded} {object}"));
    shorten(document, &mut complement, head.chars().count() + 1);
    // A contracted negation follows its verb without a space: "wasn't".
    let glued = complement.first().is_some_and(|first| {
        *first == predication.verb.end && document.tokens.get(*first).is_some_and(|token| !token.spaced)
    });
    let complement = runs(document, &complement, |index| antecedents.of_complement(predication, index));
    if predication.describes && predication.verb.end <= arguments.subject.start {
        // A participle before its subject keeps its position, as in "Founded as a rope maker, the firm".
        return Some(finished(&format!("{verb} {complement}, {subject}")));
    }
    let space = if glued { "" } else { " " };
    Some(finished(&format!("{head}{space}{complement}")))
}

/// Returns the preposition at the end of a relative clause, which belongs before the object: "the exam she had studied
/// for" becomes "she had studied for the exam".
fn stranded(document: &Document<'_>, predication: &Predication, complement: &[usize]) -> Option<usize> {
    let first = *complement.first().filter(|_| predication.arguments.object.is_some())?;
    let next = complement.get(1).map(|next| class(document, *next));
    let ends = next.is_none_or(|next| matches!(next, WordClass::Preposition | WordClass::Mark));
    (ends && class(document, first) == WordClass::Preposition).then_some(first)
}

/// Returns whether the row of a predication says nothing by itself. Looks at the clause rather than the formatted row,
/// because names have replaced pronouns in the row.
pub(super) fn is_scrap(document: &Document<'_>, predication: &Predication, time: &Range<usize>) -> bool {
    let mut complement = without_time(document, &predication.complement, time);
    drop_verbless(document, &mut complement);
    tidy(document, &mut complement);
    scrap::is_scrap(document, predication, complement.iter().any(|index| !is_mark(document, *index)))
}

/// Returns the text between the subject and the verb of a row. A participle that describes the subject is separated by
/// a comma, or by an ellipsis for omitted words, because it would look like a finite verb without them.
fn gap(document: &Document<'_>, predication: &Predication) -> &'static str {
    let between = predication.arguments.subject.end..predication.verb.start;
    let glued = document.tokens.get(predication.verb.start).is_some_and(|token| !token.spaced);
    if between.is_empty() {
        return if glued { "" } else { " " };
    }
    match predication.describes {
        true if between.clone().all(|index| is_mark(document, index)) => ", ",
        true => " … ",
        false => " ",
    }
}

/// Removes a participle from the end of a subject if the participle has lost its date. For example, "an auditor hired
/// in 2022" becomes "an auditor".
fn without_participle(document: &Document<'_>, subject: &Range<usize>) -> Range<usize> {
    let bare = subject.len() > 1 && class(document, subject.end - 1) == WordClass::VerbParticiple;
    subject.start..subject.end - usize::from(bare)
}

/// Removes an unfinished clause with "when" or a relative word from the end of a row, as in "were killed when the hotel
/// near the mosque".
fn drop_verbless(document: &Document<'_>, tokens: &mut Vec<usize>) {
    let Some(opener) = tokens.iter().rposition(|index| class(document, *index) == WordClass::Wh) else { return };
    let rest = tokens.get(opener + 1..).unwrap_or_default();
    let verb = |index: &usize| {
        let class = class(document, *index);
        class.is_finite() || class.is_verb() || class == WordClass::To || document.penn(*index).is_verb()
    };
    if opener > 0 && !rest.iter().any(verb) {
        tokens.truncate(opener);
    }
}

/// Returns how many tokens of a row fit. `head` is the number of characters that precede the row.
fn fitting(document: &Document<'_>, tokens: &[usize], head: usize) -> usize {
    let mut length = head;
    let fits = tokens.iter().take_while(|index| {
        let blank = document.tokens.get(**index).is_some_and(|token| token.spaced);
        length += document.word(**index).chars().count() + usize::from(blank);
        length <= MAX_LENGTH
    });
    fits.count()
}

/// Removes the first relative clause between commas from a row that is too long, because the verb of the clause around it
/// can follow: "said that the pact, which ends in May, would be renewed". Does nothing if the clause ends the row.
fn drop_relative(document: &Document<'_>, tokens: &mut Vec<usize>) {
    let comma = |at: usize| tokens.get(at).is_some_and(|index| document.word(*index) == ",");
    let wh = |at: usize| tokens.get(at).is_some_and(|index| class(document, *index) == WordClass::Wh);
    let Some(open) = (0..tokens.len()).find(|at| comma(*at) && wh(at + 1)) else { return };
    let close = (open + 1..tokens.len()).find(|at| comma(*at));
    let verb = |index: &usize| {
        let class = class(document, *index);
        class.is_finite() || class == WordClass::Modal
    };
    let close = close.filter(|close| tokens.get(close + 1).is_some_and(verb));
    if let Some(close) = close {
        tokens.drain(open..=close);
    }
}

/// Removes phrases from a row until the row fits, a relative clause first and then the phrases at the end. `head` is the
/// number of characters that precede the row.
fn shorten(document: &Document<'_>, tokens: &mut Vec<usize>, head: usize) {
    if fitting(document, tokens, head) < tokens.len() {
        drop_relative(document, tokens);
    }
    let fits = fitting(document, tokens, head);
    if fits < tokens.len()
        && let Some(kept) = shorter(document, tokens, fits)
    {
        tokens.truncate(kept);
        tidy(document, tokens);
    }
}

/// Abbreviates a long list of names to the first item and "others", as in "Ines Vale and others".
fn first_of_all(subject: &str) -> String {
    match subject.split_once(", ") {
        Some((first, complement)) if complement.contains(" and ") => format!("{first} and others"),
        _ => subject.to_owned(),
    }
}

/// Formats a stretch of text without a predication as a row. `head` is the number of characters that precede the
/// stretch in the row.
pub(super) fn stretch(document: &Document<'_>, tokens: &Range<usize>, time: &Range<usize>, head: usize) -> String {
    let mut complement = without_time(document, &without_dateline(document, tokens, time), time);
    tidy(document, &mut complement);
    shorten(document, &mut complement, head);
    finished(&runs(document, &complement, |_| None))
}

/// Removes the dateline at the start of a report, as in "OSTREL, May 2 — The ferry sank on Monday".
pub(super) fn without_dateline(document: &Document<'_>, tokens: &Range<usize>, time: &Range<usize>) -> Range<usize> {
    /// Maximum distance, in tokens, from the start of the sentence to the dash after a dateline.
    const DATELINE: usize = 16;
    let place = document.word(tokens.start);
    let end = tokens.end.min(time.start).min(tokens.start + DATELINE);
    let dash = (tokens.start..end).find(|index| matches!(document.word(*index), "—" | "–" | "--" | "-" | "_"));
    match dash.filter(|_| place.chars().count() > 2 && place.chars().all(char::is_uppercase)) {
        Some(dash) => dash + 1..tokens.end,
        None => tokens.clone(),
    }
}

/// Returns the tokens of a range without the time expression and the words that only introduce the expression. Returns
/// all tokens if the expression is needed.
fn without_time(document: &Document<'_>, tokens: &Range<usize>, time: &Range<usize>) -> Vec<usize> {
    if time.start < tokens.start || time.end > tokens.end || describes(document, tokens, time) {
        return tokens.clone().collect();
    }
    let is_one_of = |index: usize, words: &WordList| words.contains_any_case(document.word(index));
    let mut start = time.start;
    let lead = |start: usize| start.checked_sub(1).filter(|lead| *lead >= tokens.start);
    if let Some(before) = lead(start) {
        let close = lead(before).filter(|adverb| {
            is_one_of(before, &lists::RELATING_PREPOSITIONS) && is_one_of(*adverb, &lists::DATE_ADVERBS)
        });
        let stays = close.is_none()
            && matches!(
                class(document, before),
                WordClass::Determiner | WordClass::Number | WordClass::To | WordClass::Conjunction
            )
            || close.is_none()
                && class(document, before) == WordClass::Preposition
                && !is_one_of(before, &lists::DROPPED_WITH_DATE);
        // A participle such as "dated" needs its date, as in "a letter dated January 9".
        if stays || document.word(before) == "dated" {
            return tokens.clone().collect();
        }
        if close.is_some() || is_one_of(before, &lists::DROPPED_WITH_DATE) {
            start = before;
        }
        if let Some(adverb) = lead(start).filter(|adverb| is_one_of(*adverb, &lists::DATE_ADVERBS)) {
            start = adverb;
        }
    }
    let mut end = time.end;
    // Coordinated dates stay together, as in "in 2021 and again in 2023".
    let together = end < tokens.end && (class(document, end) == WordClass::Conjunction || document.word(end) == "of");
    let opens = (tokens.start..start).all(|index| is_mark(document, index));
    if together || opens && end < tokens.end && class(document, end).is_finite() {
        return tokens.clone().collect();
    }
    while start == tokens.start && end < tokens.end && document.word(end) == "," {
        end += 1;
    }
    (tokens.start..start).chain(end..tokens.end).collect()
}

/// Returns whether the expression describes the noun after it, as in "Friday's vote" or "the 1999 storm".
fn describes(document: &Document<'_>, tokens: &Range<usize>, time: &Range<usize>) -> bool {
    let next = class(document, time.end);
    time.end < tokens.end
        && (next.is_noun() && !document.word(time.end).starts_with(char::is_uppercase) || next == WordClass::Possessive)
}

/// Removes dangling words and punctuation from the end of a row, such as conjunctions, prepositions and articles.
fn tidy(document: &Document<'_>, tokens: &mut Vec<usize>) {
    let after_verb = |index: usize| index.checked_sub(1).is_some_and(|before| class(document, before).is_verb());
    let dangles = |index: usize| {
        let word = document.word(index);
        match class(document, index) {
            WordClass::Mark => !matches!(word, "%" | "”" | "\"" | "’" | ")"),
            WordClass::Preposition => !after_verb(index),
            // A gerund after a comma needs an object, as in "…, depending".
            WordClass::VerbGerund => index.checked_sub(1).is_some_and(|before| document.word(before) == ","),
            WordClass::Conjunction
            | WordClass::Determiner
            | WordClass::To
            | WordClass::Subordinator
            | WordClass::Wh => true,
            // A modal after a pronoun needs no verb: "as many as she could".
            WordClass::Modal => {
                !index.checked_sub(1).is_some_and(|before| class(document, before) == WordClass::Pronoun)
            }
            _ => document.penn(index) == PennTag::In && !after_verb(index),
        }
    };
    while tokens.last().is_some_and(|last| dangles(*last)) {
        tokens.pop();
    }
}

/// Returns how many tokens of a row to keep if `fits` tokens fit. The row is cut at the last phrase boundary.
fn shorter(document: &Document<'_>, tokens: &[usize], fits: usize) -> Option<usize> {
    let cuts = |at: usize| {
        let Some((index, before)) = tokens.get(at).zip(tokens.get(at - 1)) else { return false };
        let noun = names_something(document, *before..*before + 1);
        match class(document, *index) {
            WordClass::Preposition => document.word(*index) != "of",
            WordClass::Conjunction | WordClass::Subordinator | WordClass::Wh => true,
            WordClass::To | WordClass::VerbGerund | WordClass::VerbParticiple | WordClass::Adverb => noun,
            WordClass::Mark => document.word(*index) == ",",
            _ => false,
        }
    };
    // Do not cut a clause with "that" or "when" before its verb.
    let whole = |at: usize| {
        let kept = tokens.get(..at).unwrap_or_default();
        let opens = |index: &usize| matches!(class(document, *index), WordClass::Subordinator | WordClass::Wh);
        let that = kept.iter().rposition(opens);
        that.is_none_or(|that| kept[that..].iter().any(|index| class(document, *index).is_finite()))
    };
    // If the complement begins with "when", as in "were hurt when the long name of …", the row makes sense without it.
    let aside = tokens.first().is_some_and(|first| class(document, *first) == WordClass::Wh);
    (2..=fits).rev().find(|at| cuts(*at) && whole(*at)).or_else(|| aside.then_some(0))
}

/// Joins tokens into a string in which adjacent tokens keep their original spacing. `named` returns the replacement for
/// a token, if there is one.
fn runs<'a>(document: &Document<'_>, tokens: &[usize], named: impl Fn(usize) -> Option<&'a str>) -> String {
    let mut out = String::new();
    let mut last = None;
    for index in tokens {
        let adjacent = last.is_some_and(|last: usize| last + 1 == *index);
        if !adjacent || document.tokens.get(*index).is_some_and(|token| token.spaced) {
            out.push(' ');
        }
        out.push_str(named(*index).unwrap_or_else(|| document.word(*index)));
        last = Some(*index);
    }
    folded(&out)
}

/// Normalises a row to one capitalised line of at most `MAX_LENGTH` characters, without stray punctuation.
pub(super) fn finished(text: &str) -> String {
    let whole =
        folded(text).replace(" ,", ",").replace(",,", ",").replace(" .", ".").replace(" ’s", "’s").replace(" 's", "'s");
    capitalised(shortened(bare(without_stamp(&unpaired(&whole)))))
}

/// Removes the clock time at the start of an entry in a live report, as in "21:40 Power is back".
fn without_stamp(text: &str) -> &str {
    let Some((stamp, rest)) = text.split_once(' ') else { return text };
    let clock = stamp.split_once(':').is_some_and(|(hour, minute)| {
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        matches!(hour.len(), 1 | 2) && minute.len() == 2 && digits(hour) && digits(minute)
    });
    if clock && rest.starts_with(char::is_uppercase) { rest } else { text }
}

/// Removes unpaired quotation marks.
fn unpaired(text: &str) -> String {
    let typed = text.matches("``").count() != text.matches("''").count();
    let text = if typed { &text.replace("``", "").replace("''", "") } else { text };
    let odd = text.matches('"').count() % 2 == 1;
    let lost = |open: char, close: char| text.matches(open).count() != text.matches(close).count();
    let double = lost('“', '”');
    let single = text.matches('‘').count() > text.matches('’').count();
    text.chars().filter(|c| !(odd && *c == '"' || double && matches!(c, '“' | '”') || single && *c == '‘')).collect()
}

/// Trims punctuation at both ends, but keeps the period of an abbreviation.
fn bare(text: &str) -> &str {
    let marks = [',', ';', ':', '-', '–', '—', ' '];
    let text = text.trim_matches(marks).trim_start_matches(['’', '”', ')', '.']).trim_matches(marks);
    let last = text.rsplit(' ').next().unwrap_or_default();
    let inner = last.trim_end_matches('.');
    if inner.len() < 5 && inner.contains('.') && inner.starts_with(char::is_alphabetic) {
        text
    } else {
        text.trim_end_matches(['.', ' ', ','])
    }
}

/// Truncates a text after a whole word, or at a comma if one is near enough to the limit.
fn shortened(text: &str) -> String {
    let Some((limit, _)) = text.char_indices().nth(MAX_LENGTH) else { return text.to_owned() };
    let head = text.get(..limit).unwrap_or(text);
    if let Some(comma) = head.rfind(", ").or_else(|| head.rfind("; ")).filter(|comma| *comma * 5 > limit * 2) {
        return head.get(..comma).unwrap_or(head).to_owned();
    }
    let cut = head.rfind(' ').unwrap_or(limit);
    format!("{}…", head.get(..cut).unwrap_or(head).trim_end_matches([',', ';', ':', ' ']))
}

/// Capitalises the first character of a text.
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
        assert_eq!(finished("\" They closed the mill"), "They closed the mill");
        assert_eq!(finished("The chair would be made \""), "The chair would be made");
        assert_eq!(finished("\"The mill\" closed."), "\"The mill\" closed");
    }

    #[test]
    fn the_stamp_of_a_live_report_goes() {
        assert_eq!(finished("21:40 Power is back in Vell"), "Power is back in Vell");
        assert_eq!(finished("9:05 is the time of the last bus"), "9:05 is the time of the last bus");
    }
}
