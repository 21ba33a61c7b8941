//! Splits a sentence into clauses by its finite verbs, and determines the tense of each clause. It uses word classes,
//! but no quotations, names or times.

use super::document::Document;
use super::word_class::{Trait, WordClass};
use crate::lexicon::lists;
use std::ops::Range;

/// Tense of the verb group in a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Tense {
    /// Past tense, including the perfect: "met", "has met", "was meeting".
    Past,
    /// Present tense: "meets", "is meeting".
    Present,
    /// Future, including plans and schedules: "will meet", "is to meet", "is scheduled to meet", "plans to meet".
    Future,
    /// Possibility or condition: "would meet", "may meet".
    Conditional,
}

/// Finite verb and the words around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Clause {
    /// Index of the first token of the finite verb group: "has" in "has not met".
    pub verb: usize,
    /// Range of all tokens in the clause.
    pub tokens: Range<usize>,
    /// Tense of the verb group.
    pub tense: Tense,
}

/// Returns the clauses of the sentence at `tokens`, in order. Every token belongs to exactly one clause, but a sentence
/// without a finite verb has no clauses.
#[must_use]
pub(crate) fn clauses(document: &Document<'_>, tokens: Range<usize>) -> Vec<Clause> {
    let mut out: Vec<Clause> = Vec::new();
    let mut index = tokens.start;
    while index < tokens.end {
        if !class(document, index).is_finite() {
            index += 1;
            continue;
        }
        let end = group_end(document, index, tokens.end);
        let start = match out.last_mut() {
            Some(previous) => {
                let cut = boundary(document, previous, index);
                previous.tokens.end = cut;
                cut
            }
            None => tokens.start,
        };
        out.push(Clause { verb: index, tokens: start..tokens.end, tense: tense(document, index, tokens.end) });
        index = end;
    }
    out
}

#[inline]
fn class(document: &Document<'_>, index: usize) -> WordClass {
    super::steps::step();
    document.classes.get(index).copied().unwrap_or(WordClass::Mark)
}

#[inline]
fn has(document: &Document<'_>, index: usize, wanted: Trait) -> bool {
    document.senses.get(index).is_some_and(|senses| senses.has(wanted))
}

/// Returns the index after the verb group that begins at `verb`: "has not been seen".
#[must_use]
pub(crate) fn group_end(document: &Document<'_>, verb: usize, limit: usize) -> usize {
    let mut end = verb + 1;
    let mut index = end;
    while index < limit {
        match class(document, index) {
            WordClass::Adverb | WordClass::Negation => {}
            WordClass::VerbBase | WordClass::VerbParticiple | WordClass::VerbGerund
                if has_auxiliary(document, index, verb) =>
            {
                end = index + 1;
            }
            _ => break,
        }
        index += 1;
    }
    end
}

fn has_auxiliary(document: &Document<'_>, index: usize, verb: usize) -> bool {
    (verb..index).rev().find(|at| class(document, *at).is_verb()).is_some_and(|at| {
        class(document, at) == WordClass::Modal || document.senses.get(at).is_some_and(|sense| sense.is_auxiliary())
    })
}

/// Returns the boundary between the clause `previous` and the clause of the finite verb `verb`, as a token index.
fn boundary(document: &Document<'_>, previous: &Clause, verb: usize) -> usize {
    if let Some(comma) = closed_insertion(document, previous, verb) {
        return comma;
    }
    let between = previous.verb + 1..without_brackets(document, previous.verb + 1, verb);
    let last = |wanted: &dyn Fn(usize) -> bool| between.clone().rev().find(|index| wanted(*index));
    let opener = |index: usize| matches!(class(document, index), WordClass::Subordinator | WordClass::Wh);
    // Balanced brackets between the verbs do not separate clauses.
    let paired = between.clone().filter(|index| document.word(*index) == "(").count()
        == between.clone().filter(|index| document.word(*index) == ")").count();
    let stop = |index: usize| match document.word(index) {
        "(" | ")" => !paired,
        word => matches!(word, ";" | ":" | "–" | "—" | "--" | "." | "!" | "?"),
    };
    let conjunction = |index: usize| class(document, index) == WordClass::Conjunction && document.word(index) != "&";
    // Verbs joined by a conjunction share a subject: "joined as a clerk and became a partner".
    let led = (between.clone().rev()).find(|index| !matches!(class(document, *index), WordClass::Adverb));
    if let Some(joint) = led.filter(|index| conjunction(*index)) {
        return joint;
    }
    let comma = || separating_comma(document, between.clone());
    last(&opener).or_else(|| last(&stop)).or_else(|| last(&conjunction)).or_else(comma).unwrap_or_else(|| {
        // A relative clause extends to the main verb: "the man who came on Tuesday was charged".
        let relative = (previous.tokens.start..previous.verb).any(|index| class(document, index) == WordClass::Wh);
        if relative {
            verb
        } else {
            contact(document, previous, verb).unwrap_or_else(|| after_date(document, previous.verb, verb))
        }
    })
}

/// Returns the index of the comma right before `verb` if it closes the relative clause `previous`: "The deal, which
/// needs the consent of Ostrel and Vell, is off".
fn closed_insertion(document: &Document<'_>, previous: &Clause, verb: usize) -> Option<usize> {
    let comma = verb.checked_sub(1).filter(|comma| document.word(*comma) == ",")?;
    let opener = (previous.tokens.start..previous.verb).rev().find(|index| class(document, *index) == WordClass::Wh)?;
    let opened = opener.checked_sub(1).is_some_and(|before| document.word(before) == ",");
    let whole = (previous.verb + 1..comma).all(|index| document.word(index) != ",");
    (opened && whole && comma > previous.verb).then_some(comma)
}

/// Returns the index of the first token of a contact clause (a relative clause without a relative word): "he" in "the
/// men he had worked with", "the" in "the bridge the council built". After a reporting verb, only a pronoun can begin a
/// contact clause, because other words there begin the reported content.
fn contact(document: &Document<'_>, previous: &Clause, verb: usize) -> Option<usize> {
    let from = group_end(document, previous.verb, verb) + 1;
    let last = (from..verb).rev().find(|index| class(document, *index) != WordClass::Adverb)?;
    // A pronoun also begins a clause after a reporting verb: "told the court on Monday they had not been paid".
    if has(document, last, Trait::Subject) {
        return Some(last);
    }
    if has(document, previous.verb, Trait::Reporting) {
        return None;
    }
    let inside = |index: &usize| class(document, *index).is_noun() || class(document, *index) == WordClass::Adjective;
    let first = (from..=last).rev().take_while(inside).last()?;
    let article = first.checked_sub(1).filter(|article| *article > from)?;
    let noun_before = class(document, article - 1).is_noun();
    (noun_before && class(document, article) == WordClass::Determiner).then_some(article)
}

/// Returns the index after the verb, or after the day that follows a reporting verb: "said on Tuesday they would
/// sue".
fn after_date(document: &Document<'_>, verb: usize, limit: usize) -> usize {
    let mut end = verb + 1;
    if !has(document, verb, Trait::Reporting) {
        return end;
    }
    if document.word(end) == "on" && has(document, end + 1, Trait::Calendar) {
        end += 1;
    }
    while end < limit && has(document, end, Trait::Calendar) {
        end += 1;
    }
    end
}

/// Returns the end of the range `start..end`, excluding a bracketed aside at its end.
fn without_brackets(document: &Document<'_>, start: usize, end: usize) -> usize {
    let closed = end.checked_sub(1).is_some_and(|last| document.word(last) == ")");
    let open = (start..end).rev().find(|index| document.word(*index) == "(");
    open.filter(|_| closed).unwrap_or(end)
}

/// Returns the index of the last comma in a range that separates two clauses. Commas around a parenthetical before the
/// verb are ignored: "it sank, her son, a sailor, said".
fn separating_comma(document: &Document<'_>, between: Range<usize>) -> Option<usize> {
    let closes = between.end.checked_sub(1).filter(|last| between.contains(last) && document.word(*last) == ",");
    let mut commas = between.rev().filter(|index| document.word(*index) == ",");
    match closes {
        Some(last) => commas.nth(2).or(Some(last)),
        None => commas.next(),
    }
}

/// Returns the tense of the verb group that begins with the finite verb `verb`.
fn tense(document: &Document<'_>, verb: usize, limit: usize) -> Tense {
    let word = document.word(verb);
    if class(document, verb) == WordClass::Modal {
        let will = lists::FUTURE_MODALS.contains_any_case(word);
        return if will { Tense::Future } else { Tense::Conditional };
    }
    if looks_ahead(document, verb, limit) {
        return Tense::Future;
    }
    let perfect = has(document, verb, Trait::Have)
        && (verb + 1..limit.min(verb + 4)).any(|index| class(document, index) == WordClass::VerbParticiple);
    if class(document, verb) == WordClass::VerbPast || perfect { Tense::Past } else { Tense::Present }
}

/// Returns whether a verb group refers to the future: "is to meet", "is going to meet", "are scheduled on Thursday",
/// "plans to meet".
fn looks_ahead(document: &Document<'_>, verb: usize, limit: usize) -> bool {
    let past = class(document, verb) == WordClass::VerbPast;
    let be = has(document, verb, Trait::Be);
    let ahead = |index: usize| lists::FUTURE_BEFORE_TO.contains_any_case(document.word(index));
    let mut index = if be { verb + 1 } else { verb };
    while index < limit && matches!(class(document, index), WordClass::Adverb | WordClass::Negation) && !ahead(index) {
        index += 1;
    }
    if past || index >= limit {
        return false;
    }
    let to = |index: usize| index < limit && class(document, index) == WordClass::To;
    let dated = |index: usize| {
        matches!(document.word(index), "for" | "on" | "in" | "next" | "later") || has(document, index, Trait::Calendar)
    };
    if be && to(index) && class(document, index + 1) == WordClass::VerbBase {
        return true;
    }
    let scheduled = lists::DATED_PLANS.contains(document.word(index));
    ahead(index) && (to(index + 1) || be && scheduled && dated(index + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::RESOURCES;
    use dateline_core::article::Article;

    fn tense_at(text: &str, word: &str) -> Option<Tense> {
        let article = Article::verbatim("a", text);
        let document = Document::new(&article, &RESOURCES);
        let index = (0..document.tokens.len()).find(|index| document.word(*index) == word)?;
        let sentence = document.sentences.get(document.sentence_of(index)?)?;
        let clauses = clauses(&document, sentence.tokens.clone());
        clauses.into_iter().find(|clause| clause.tokens.contains(&index)).map(|clause| clause.tense)
    }

    #[test]
    fn a_day_takes_the_tense_of_its_own_clause() {
        let text = "The council met on Monday and will vote on Friday.";
        assert_eq!(tense_at(text, "Monday"), Some(Tense::Past));
        assert_eq!(tense_at(text, "Friday"), Some(Tense::Future));
    }

    #[test]
    fn what_is_planned_lies_ahead() {
        assert_eq!(tense_at("Talks are scheduled on Thursday.", "Thursday"), Some(Tense::Future));
        assert_eq!(tense_at("He is to appear in court on Friday.", "Friday"), Some(Tense::Future));
        assert_eq!(tense_at("The firm plans to close a plant in May.", "plant"), Some(Tense::Future));
    }

    #[test]
    fn the_perfect_is_past() {
        assert_eq!(tense_at("She has led the party since 2019.", "2019"), Some(Tense::Past));
    }

    #[test]
    fn a_sentence_without_a_verb_has_no_clause() {
        assert_eq!(tense_at("A quiet day.", "day"), None);
    }
}
