//! Finds the clause that governs a time expression: the verb that the expression dates, and the words around that verb.
//! Uses only word classes and clauses, not names or quotes.

use super::event_time;
use super::phrase::{class, is_mark, names_something, trimmed};
use crate::clause::{self, Clause, Tense};
use crate::document::Document;
use crate::lexicon::lists;
use crate::word_class::{Trait, WordClass};
use std::ops::Range;

/// Clause that governs a time expression. The expression dates the event described by the clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct GoverningClause {
    /// Token of the main verb, or `None` if the clause has no verb.
    pub verb: Option<usize>,
    /// Tokens that describe the event.
    pub tokens: Range<usize>,
    /// Tense of the clause, or `None` for a participle or a clause without a verb.
    pub tense: Option<Tense>,
    /// Whether the verb is a reporting verb.
    pub says: bool,
    /// Verb that this clause shares with an earlier date, and the token at which that date begins. Only the words after
    /// the earlier date belong to this clause, as in "plays in Ostrel on Monday and in Vell on Friday".
    pub shared: Option<(usize, usize)>,
    /// Tokens of the reported content, if the content precedes the reporting clause.
    pub content: Option<Range<usize>>,
}

/// Maximum distance between a participle and the noun that it describes, in tokens.
const MAX_DISTANCE: usize = 10;

/// Returns the clause that governs the time expression at tokens `time`, in the sentence at tokens `sentence`.
pub(super) fn find(document: &Document<'_>, sentence: &Range<usize>, time: &Range<usize>) -> Option<GoverningClause> {
    let clauses = clause::clauses(document, sentence.clone());
    let Some(at) = clauses.iter().position(|clause| clause.tokens.contains(&time.start)) else {
        return fragment(document, sentence, time);
    };
    let clause = clauses.get(at)?;
    let clause = match clauses.get(at + 1).filter(|_| is_aside(document, clause, time)) {
        // The date does not belong to the reporting clause, as in "In 2022, she says, the firm paid out".
        Some(next) => return Some(finite(document, sentence, &clauses, at + 1, time)).filter(|_| next.verb > time.end),
        None => clause,
    };
    if let Some(noun) = since(document, clause, time) {
        return Some(GoverningClause {
            verb: None,
            tokens: noun,
            tense: None,
            says: false,
            shared: None,
            content: None,
        });
    }
    let leads = [1, 2].into_iter().filter_map(|steps| time.start.checked_sub(steps));
    let mut leads = leads.filter(|lead| *lead >= clause.tokens.start);
    if let Some(verb) =
        leads.find(|lead| is_hidden(document, *lead, time) && !lists::NO_VERBS.contains(document.word(*lead)))
    {
        return Some(reduced(document, clause, verb, time));
    }
    let before = (clause.tokens.start..time.start)
        .rev()
        .find(|index| class(document, *index).is_verb() && !lists::NO_VERBS.contains(document.word(*index)));
    if let Some(at) = led_by_date(document, &clauses, at, time) {
        return Some(finite(document, sentence, &clauses, at, time));
    }
    if let Some(verb) =
        before.filter(|verb| is_reduced(document, &clause.tokens, *verb) && !is_brief(document, *verb, time))
    {
        return Some(reduced(document, clause, verb, time));
    }
    Some(finite(document, sentence, &clauses, at, time))
}

/// Returns the tokens of a noun phrase between "since" and the date, as in "the first since independence from Britain
/// in 1979".
fn since(document: &Document<'_>, clause: &Clause, time: &Range<usize>) -> Option<Range<usize>> {
    let lead = time.start.checked_sub(1).filter(|lead| matches!(document.word(*lead), "in" | "on"))?;
    let from = clause.tokens.start.max(lead.saturating_sub(MAX_DISTANCE));
    let since = (from..lead).rev().find(|index| document.word(*index).eq_ignore_ascii_case("since"))?;
    // After "has", the date belongs to the main verb, as in "He has not been seen since a hearing in June". After a
    // superlative, the date belongs to the noun, as in "the biggest deal since the sale in 2011".
    if has(document, clause.verb, Trait::Have) && !event_time::ranks(document, since) {
        return None;
    }
    let noun = since + 1..lead;
    let plain = |index: usize| !is_mark(document, index) && !class(document, index).is_verb();
    (names_something(document, noun.clone()) && noun.clone().all(plain)).then_some(noun.start..time.end)
}

/// Returns the clause that resumes after a relative clause, if the date precedes both clauses, as in "In May, a man who
/// was fishing found a boat".
fn led_by_date(document: &Document<'_>, clauses: &[Clause], at: usize, time: &Range<usize>) -> Option<usize> {
    let (clause, next) = (clauses.get(at)?, clauses.get(at + 1)?);
    let leads = clause.tokens.start + 2 >= time.start;
    let opener = (time.end..clause.verb).find(|index| class(document, *index) == WordClass::Wh)?;
    let named = names_something(document, time.end..opener);
    let opened = (next.tokens.start..next.verb).any(|index| {
        matches!(class(document, index), WordClass::Wh | WordClass::Subordinator | WordClass::Conjunction)
    });
    (leads && named && !opened).then_some(at + 1)
}

/// Returns whether a gerund after a preposition has too few words for a row, as in "acquitted of helping them in 1985".
fn is_brief(document: &Document<'_>, verb: usize, time: &Range<usize>) -> bool {
    let led = verb.checked_sub(1).is_some_and(|lead| matches!(document.word(lead), "of" | "for" | "from"));
    let object = (verb + 1..time.start).any(|index| class(document, index).is_noun());
    class(document, verb) == WordClass::VerbGerund && led && !object && time.start <= verb + 3
}

/// Returns whether a clause only names the speaker, such as "she says" between commas.
fn is_aside(document: &Document<'_>, clause: &Clause, time: &Range<usize>) -> bool {
    let comma = |index: usize| document.word(index) == ",";
    let near = clause.verb.saturating_sub(4).max(time.end)..clause.verb;
    has(document, clause.verb, Trait::Reporting)
        && time.end < clause.verb
        && comma(clause.verb + 1)
        && near.clone().any(comma)
        && !near.clone().any(|index| class(document, index).is_verb())
}

/// Returns whether a word tagged as an adjective is really a participle before a date, as in "first elected in 2017".
fn is_hidden(document: &Document<'_>, index: usize, time: &Range<usize>) -> bool {
    class(document, index) == WordClass::Adjective
        && (index + 1 == time.start || class(document, time.start - 1) == WordClass::Preposition)
        && document.word(index).ends_with("ed")
        && document.senses.get(index).is_some_and(|senses| senses.may_be(WordClass::VerbParticiple))
}

/// Returns whether the word at token `index` has the trait `wanted`.
#[inline]
fn has(document: &Document<'_>, index: usize, wanted: Trait) -> bool {
    document.senses.get(index).is_some_and(|senses| senses.has(wanted))
}

/// Returns a sentence without a verb as a clause, as in "A second flight in August, perhaps." Returns `None` for a long
/// sentence, which is more likely a list.
fn fragment(document: &Document<'_>, sentence: &Range<usize>, time: &Range<usize>) -> Option<GoverningClause> {
    const MAX_LENGTH: usize = 60;
    let tokens = trimmed(document, sentence.clone());
    (tokens.len() > time.len() + 3 && sentence.len() <= MAX_LENGTH).then_some(GoverningClause {
        verb: None,
        tokens,
        tense: None,
        says: false,
        shared: None,
        content: None,
    })
}

/// Returns whether a verb is a participle without an auxiliary, as in "a treaty signed in 1994".
fn is_reduced(document: &Document<'_>, clause: &Range<usize>, verb: usize) -> bool {
    if !matches!(class(document, verb), WordClass::VerbParticiple | WordClass::VerbGerund) {
        return false;
    }
    let before = verb.checked_sub(1).filter(|before| *before >= clause.start);
    let gerund = class(document, verb) == WordClass::VerbGerund;
    // The gerund is an object or describes a noun, as in "began rebuilding it" or "on a waiting list".
    if before.is_some_and(|before| {
        gerund && class(document, before).is_verb() || class(document, before) == WordClass::Determiner
    }) {
        return false;
    }
    let lead = (clause.start..verb).rev().find(|index| {
        !matches!(document.word(*index), "first" | "last")
            && !matches!(class(document, *index), WordClass::Adverb | WordClass::Negation | WordClass::VerbParticiple)
    });
    !lead.is_some_and(|lead| {
        let auxiliary = document.senses.get(lead).is_some_and(|senses| senses.is_auxiliary());
        auxiliary || matches!(class(document, lead), WordClass::Modal | WordClass::VerbBase)
    })
}

/// Returns the clause of a participle, including the noun that the participle describes.
fn reduced(document: &Document<'_>, clause: &Clause, verb: usize, time: &Range<usize>) -> GoverningClause {
    let start = noun_phrase_before(document, clause.tokens.start, verb);
    let end = (time.end..clause.tokens.end)
        .find(|index| class(document, *index) == WordClass::Mark || class(document, *index).is_finite())
        .unwrap_or(clause.tokens.end);
    let tokens = trimmed(document, start..end);
    GoverningClause { verb: Some(verb), tokens, tense: None, says: false, shared: None, content: None }
}

/// Returns the first token of the noun phrase that ends before token `at`, such as "two new vessels" before ",
/// ordered".
fn noun_phrase_before(document: &Document<'_>, limit: usize, at: usize) -> usize {
    let mut start = at;
    let mut nouns = false;
    for index in (limit.max(at.saturating_sub(MAX_DISTANCE))..at).rev() {
        let class = class(document, index);
        let joins = matches!(class, WordClass::Mark | WordClass::Adverb) && !nouns && document.word(index) != ".";
        let inside = class.is_noun() || class.is_modifier() || (nouns && document.word(index) == "of");
        if !(joins || inside || class == WordClass::Pronoun && !nouns) {
            break;
        }
        nouns |= class.is_noun() || class == WordClass::Pronoun;
        if inside || class == WordClass::Pronoun {
            start = index;
        }
        if class == WordClass::Determiner && nouns {
            break;
        }
    }
    start
}

/// Returns the clause at index `at` with its finite verb.
fn finite(
    document: &Document<'_>,
    sentence: &Range<usize>,
    clauses: &[Clause],
    at: usize,
    time: &Range<usize>,
) -> GoverningClause {
    let empty = Clause { verb: sentence.start, tokens: sentence.clone(), tense: Tense::Past };
    let clause = clauses.get(at).unwrap_or(&empty);
    let says = has(document, clause.verb, Trait::Reporting);
    let mut end = cut(document, clause.tokens.clone(), clause.verb.max(time.end.saturating_sub(1)));
    let next = clauses.get(at + 1);
    let reported = next.filter(|next| says && end >= clause.tokens.end && !is_mark(document, next.tokens.start));
    if let Some(reported) = reported {
        end = cut(document, reported.tokens.clone(), reported.verb);
    }
    let start = match class(document, clause.tokens.start) {
        // A relative clause needs its antecedent, as in "the truce, which expires on Monday".
        WordClass::Wh if clause.tokens.start > sentence.start => {
            noun_phrase_before(document, sentence.start, clause.tokens.start)
        }
        WordClass::Preposition | WordClass::VerbGerund | WordClass::VerbParticiple => {
            let begin = without_lead(document, clause.tokens.start, clause.verb);
            begin.filter(|begin| *begin <= time.start).unwrap_or(clause.tokens.start)
        }
        _ if says && reported.is_none() => {
            let begin = without_lead(document, clause.tokens.start, clause.verb);
            begin.filter(|begin| *begin > sentence.start + 4 && *begin <= time.start).unwrap_or(clause.tokens.start)
        }
        _ => clause.tokens.start,
    };
    let content = (says && reported.is_none() && start > sentence.start + 3)
        .then(|| trimmed(document, sentence.start..start))
        .filter(|content| content.len() > 2 && is_mark(document, start.saturating_sub(1)) | is_mark(document, start));
    let tokens = trimmed(document, start..end);
    GoverningClause { verb: Some(clause.verb), tokens, tense: Some(clause.tense), says, shared: None, content }
}

/// Returns the token at which a clause begins after its introductory phrase or reported content, as in "With the roads
/// flooded, a convoy …" or "it would close, the board said".
fn without_lead(document: &Document<'_>, start: usize, verb: usize) -> Option<usize> {
    let commas = (start..verb).rev().filter(|index| document.word(*index) == ",");
    let article = |index| matches!(document.word(index), "a" | "an");
    let mut fitting = commas.map(|comma| comma + 1).filter(|begin| names_something(document, *begin..verb));
    fitting.find(|begin| !article(*begin) || (start..*begin).filter(|index| document.word(*index) == ",").count() == 1)
}

/// Returns the end of a clause when truncated at the first comma or dash after token `core`.
fn cut(document: &Document<'_>, tokens: Range<usize>, core: usize) -> usize {
    // A subject after the verb, or a list, needs a few words before a comma can end the clause.
    let from = (core + 1).max(tokens.start);
    (from..tokens.end)
        .find(|index| {
            let word = document.word(*index);
            matches!(word, "," | ";" | ":" | "–" | "—" | "--" | "(") && *index > core + 1
                || word == "," && *index == core + 1
        })
        .unwrap_or(tokens.end)
}
