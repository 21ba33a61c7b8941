//! Finds what a percentage, an amount of money or another measure is of: "40 per cent of voters", "Prices rose 3%".

use super::guard::Guard;
use super::noun_phrase::{NounPhrase, is_noun_at};
use super::numeral::{Kind, Numeral};
use super::share;
use super::words::{Class, WORDS, lower};
use crate::document::Document;
use crate::syntax::{Clause, ClauseForm, Parsed};
use crate::word_class::WordClass;
use dateline_core::text::{Span, folded};
use std::ops::Range;

/// Thing that is measured, with the confidence of its pattern.
pub(super) type Measured = (String, f32);

/// Confidence of a noun right after the measure, as in "a 10 per cent tariff" and "40 tonnes of grain".
const ADJACENT: f32 = 0.9;
/// Confidence of a noun before "of" or "at", as in "a fine of $1.2 million".
const NOUN_BEFORE: f32 = 0.85;
/// Confidence of a noun that says nothing without its complement or owner, as in "the rate was £300".
const OPEN: f32 = 0.6;
/// Confidence of the subject or object of the verb before the measure.
const BY_VERB: f32 = 0.8;

/// Returns what `numeral` measures in the sentence at tokens `sentence`.
pub(super) fn measured(
    document: &Document<'_>,
    numeral: &Numeral,
    sentence: &Range<usize>,
    number: usize,
    guard: &Guard<'_>,
) -> Option<Measured> {
    // "5% higher" is a change of the subject, and "20% more fuel" is not an amount of fuel.
    match &*lower(document, numeral.tokens.end) {
        "higher" | "lower" => return by_verb(document, numeral, number, guard),
        "more" | "less" | "fewer" | "larger" | "smaller" | "bigger" => return None,
        _ => {}
    }
    let away = WORDS.at(document, numeral.tokens.end, Class::Away).is_some();
    if away && numeral.kind == Kind::Measure {
        return None;
    }
    following(document, numeral, sentence, number, guard)
        .or_else(|| preceding(document, numeral, sentence, guard))
        .or_else(|| by_verb(document, numeral, number, guard))
}

/// Returns the noun phrase after the measure.
fn following(
    document: &Document<'_>,
    numeral: &Numeral,
    sentence: &Range<usize>,
    number: usize,
    guard: &Guard<'_>,
) -> Option<Measured> {
    let end = numeral.tokens.end;
    let limit = sentence.end;
    let limit = guard.before_time(end..limit);
    let name = |at: usize| guard.is_name(at);
    let phrase_at = |at: usize| {
        let at = at + usize::from(matches!(class(document, at), WordClass::Determiner | WordClass::Possessive));
        NounPhrase::read(document, at, limit)
    };
    let next = lower(document, end);
    let price = numeral.tokens.start.checked_sub(1).is_some_and(|lead| document.word(lead) == "at");
    if next == "in" && numeral.kind == Kind::Money && !price {
        let phrase = NounPhrase::read(document, end + 1, limit).filter(|phrase| !guard.is_name(phrase.head))?;
        let empty = WORDS.word(&lower(document, phrase.head), Class::Empty).is_some();
        // "$1 billion in building up its fleet"
        let gerund = document.word(phrase.head).ends_with("ing")
            && (matches!(
                class(document, phrase.end),
                WordClass::Adverb | WordClass::Determiner | WordClass::Possessive
            ) || matches!(document.word(phrase.end), "up" | "out" | "off" | "down"));
        return (!empty && !gerund).then(|| (phrase.words(document, limit, &name), ADJACENT));
    }
    let of = next == "of";
    let half = numeral.kind == Kind::Share && class(document, end) == WordClass::Determiner;
    let one_in = numeral.tokens.clone().any(|at| document.word(at) == "in");
    if (of || half || one_in) && numeral.kind == Kind::Share {
        return share::of_whole(document, numeral, end + usize::from(of), sentence, guard, || {
            scene(document, numeral, number, guard)?.subject(None)
        });
    }
    if of {
        let phrase = phrase_at(end + 1)?;
        return Some((phrase.words(document, limit, &name), ADJACENT));
    }
    // "a 15-metre high wall": the adjective belongs to the measure.
    let extent = WORDS.at(document, end, Class::Extent).map(|(_, extent)| extent.value);
    let start = end + usize::from(extent.is_some());
    // "23 percent favoured the mayor": the verb does not describe the noun after it.
    let verb = class(document, start) == WordClass::VerbPast || class(document, start) == WordClass::VerbParticiple;
    let share = numeral.kind == Kind::Share && document.tokens.get(start).is_some_and(|token| token.spaced);
    let phrase = NounPhrase::read(document, start, limit).filter(|phrase| phrase.start == start && !(verb && share))?;
    if document.tokens.get(end).is_none_or(|token| !token.spaced) {
        return None;
    }
    // A race "in the 400 metres final" is not a length; "a 12-mile queue" and "a $3bn deal" are.
    let plural = document.word(end - 1).ends_with('s') && numeral.kind == Kind::Measure;
    if plural && extent.is_none() {
        return None;
    }
    // "the 95 percent Obama received"
    if guard.is_name(phrase.head) && class(document, phrase.end).is_finite() {
        return None;
    }
    let words = with(phrase.words_with_complements(document, limit, &name), extent);
    // "rose 21 percent year-over-year" has an adverb.
    let compound = numeral.kind == Kind::Share && document.word(phrase.head).contains('-');
    let open = if compound || phrase.is_open(document, limit) { OPEN } else { ADJACENT };
    Some(if numeral.kind == Kind::Share {
        owned(document, numeral, words, sentence, guard, open)
    } else {
        (words, open)
    })
}

/// Returns a share with its owner: "Reyl's 48% approval". `unowned` is the confidence without one.
fn owned(
    document: &Document<'_>,
    numeral: &Numeral,
    words: String,
    sentence: &Range<usize>,
    guard: &Guard<'_>,
    unowned: f32,
) -> Measured {
    let start = numeral.tokens.start;
    let possessive = start > sentence.start && class(document, start - 1) == WordClass::Possessive;
    if !possessive {
        return (words, unowned);
    }
    match share::owner(document, sentence.start..start, guard) {
        Some(owner) => (format!("{owner} {words}"), ADJACENT),
        None => (words, OPEN),
    }
}

/// Returns the noun phrase before the preposition that leads to the measure: "a fine of $1.2 million".
fn preceding(
    document: &Document<'_>,
    numeral: &Numeral,
    sentence: &Range<usize>,
    guard: &Guard<'_>,
) -> Option<Measured> {
    let lead = numeral.tokens.start.checked_sub(1).filter(|lead| *lead > sentence.start)?;
    if lower(document, lead) != "of" {
        return None;
    }
    let phrase = NounPhrase::ending_at(document, lead, sentence.start)?;
    if WORDS.word(&lower(document, phrase.head), Class::Empty).is_some() {
        return None;
    }
    let open = WORDS.word(&lower(document, phrase.head), Class::Open).is_some()
        && !(phrase.start..phrase.head).any(|at| is_noun_at(document, at));
    Some((phrase.words(document, lead, &|at| guard.is_name(at)), if open { OPEN } else { NOUN_BEFORE }))
}

/// Returns the subject or object of the clause of the measure, with what the verb says of it.
fn by_verb(document: &Document<'_>, numeral: &Numeral, number: usize, guard: &Guard<'_>) -> Option<Measured> {
    if !has_measuring_word(document, numeral) {
        return None;
    }
    let scene = scene(document, numeral, number, guard)?;
    let counted = scene.measured()?;
    // "Odell had 47 percent" does not say of what.
    let had = WORDS.at(document, scene.parsed.tokens.start + scene.clause.head, Class::Linking);
    let had = numeral.kind == Kind::Share && had.is_some_and(|(_, linking)| linking.value == "have");
    let open = had || WORDS.word(&counted, Class::Open).is_some();
    Some((counted, if open { OPEN } else { BY_VERB }))
}

/// Maximum number of tokens between the verb and its measure.
const NEAR: usize = 6;

/// Returns whether a word near the measure can relate it to its subject or object. It is checked before the clauses are found,
/// because that takes the most time of all.
fn has_measuring_word(document: &Document<'_>, numeral: &Numeral) -> bool {
    let start = numeral.tokens.start;
    let money = numeral.kind == Kind::Money;
    let at_level = start.checked_sub(1).is_some_and(|lead| matches!(&*lower(document, lead), "at" | "to"));
    let related = |at: usize| {
        let is = |class: Class| WORDS.word(document.word(at), class).is_some();
        is(Class::Change)
            || money && (is(Class::Money) || is(Class::Price))
            || (at_level || at + 1 == start) && is(Class::Level)
    };
    // The verb group may end with a particle.
    let near = (start.saturating_sub(NEAR + 2)..start).rev();
    let mut near = near.take_while(|at| !matches!(document.word(*at), "," | ";" | ":"));
    near.any(related) || WORDS.at(document, numeral.tokens.end, Class::Extent).is_some()
}

/// Finds the clause of the measure.
fn scene<'a>(
    document: &'a Document<'a>,
    numeral: &'a Numeral,
    number: usize,
    guard: &'a Guard<'a>,
) -> Option<Scene<'a>> {
    let parsed = document.parsed(number)?;
    let first = parsed.tokens.start;
    let at = numeral.digits.checked_sub(first)?;
    let clauses = &parsed.syntax().clauses;
    let holding = clauses.iter().filter(|clause| clause.extent.contains(&at) && clause.verbs.end <= at);
    let clause = holding.max_by_key(|clause| clause.head)?;
    Some(Scene { document, numeral, parsed, clause, guard })
}

/// Clause with a measure after its verb.
struct Scene<'a> {
    document: &'a Document<'a>,
    numeral: &'a Numeral,
    parsed: &'a Parsed,
    clause: &'a Clause,
    guard: &'a Guard<'a>,
}

impl Scene<'_> {
    fn measured(&self) -> Option<String> {
        let verbs = self.parsed.here(&self.clause.verbs);
        let start = self.numeral.tokens.start;
        let lead = lower(self.document, start.saturating_sub(1));
        let head = lower(self.document, self.parsed.tokens.start + self.clause.head);
        let between = verbs.end..start;
        let said = |class: Class| {
            let mut adverb =
                between.clone().filter(|at| matches!(&*lower(self.document, *at), "up" | "down" | "worth"));
            let after = adverb.find_map(|at| WORDS.word(&lower(self.document, at), class));
            after.or_else(|| WORDS.word(&head, class)).map(|phrase| phrase.value)
        };
        let finite = self.clause.form == ClauseForm::Finite;
        if matches!(&*lead, "and" | "or" | ",") {
            return None;
        }
        let near =
            between.len() <= NEAR && between.clone().all(|at| !matches!(self.document.word(at), "," | ";" | ":" | "("));
        if !near {
            return None;
        }
        let object = self.object(&between);
        if self.numeral.kind == Kind::Money
            && let Some(money) = said(Class::Money)
            && !(money == "raised" && lead == "to")
        {
            return if money == "cost" { self.subject(Some("cost")) } else { self.paid(money) };
        }
        if self.numeral.kind == Kind::Money
            && let Some(price) = said(Class::Price)
        {
            return self.subject(Some(price));
        }
        if let Some(change) = said(Class::Change) {
            let level = matches!(&*lead, "to" | "at" | "from");
            let change = (!level).then_some(change);
            // "dropping $2m on advertisements" spends it.
            if self.numeral.kind == Kind::Money && between.is_empty() && is_transitive(&head) {
                return None;
            }
            // "cut costs by 5%" is about the object, so an object that cannot be read is not replaced by the subject.
            let nominal = between.clone().any(|at| is_noun_at(self.document, at));
            return match object {
                Some(object) => Some(with(object, change)),
                None if nominal => None,
                None => self.subject(change),
            };
        }
        if let Some(extent) = WORDS.at(self.document, self.numeral.tokens.end, Class::Extent) {
            return self.subject(Some(extent.1.value));
        }
        if finite
            && said(Class::Level).is_some()
            && (between.is_empty() || self.clause.passive || lead == "at" || lead == "to")
        {
            let next = self.numeral.tokens.end;
            let compared = WORDS.word(&lower(self.document, next), Class::Change);
            let share = self.numeral.kind == Kind::Share;
            return match class(self.document, next) {
                _ if compared.is_some() => self.subject(compared.map(|change| change.value)),
                // "is 96% effective" and "is 50% over capacity"
                WordClass::Adjective if share => self.subject(Some(&lower(self.document, next))),
                _ if share && matches!(self.document.word(next), "over" | "under" | "above" | "below") => None,
                _ => self.subject(None),
            };
        }
        None
    }

    /// Returns what was done with the money and for what: "donated to a relief fund", "spent on trains".
    fn paid(&self, money: &str) -> Option<String> {
        let end = self.numeral.tokens.end;
        // A price "at £15" or "a share" is not the amount that was paid.
        let lead = lower(self.document, self.numeral.tokens.start.saturating_sub(1));
        if matches!(&*lead, "at" | "from")
            || matches!(&*lower(self.document, end), "a" | "an" | "per" | "each" | "apiece")
        {
            return None;
        }
        let limit = self.guard.before_time(end..self.parsed.tokens.end);
        match purpose(self.document, end, limit) {
            Some(purpose) => Some(with(money.to_owned(), Some(&folded(purpose.of(self.document.text))))),
            None if money == "fine" => Some(money.to_owned()),
            None => self.subject(Some(money)),
        }
    }

    /// Returns the object between the verb and the preposition before the measure: "rate" in "raised its rate to 4%".
    fn object(&self, between: &Range<usize>) -> Option<String> {
        let end = between.end.checked_sub(1).filter(|end| *end > between.start)?;
        let first = between.start
            + usize::from(matches!(class(self.document, between.start), WordClass::Determiner | WordClass::Possessive));
        let phrase = NounPhrase::read(self.document, first, end)?;
        Some(phrase.words(self.document, end, &|at| self.guard.is_name(at)))
    }

    /// Returns the head of the subject with `more` after it. A pronoun is not resolved, so it gives no result.
    fn subject(&self, more: Option<&str>) -> Option<String> {
        let subject = self.clause.subject.as_ref()?;
        let core = subject.antecedent.as_ref().unwrap_or(&subject.core);
        let range = self.parsed.here(core);
        let mut start = self.guard.after_time(range.clone());
        while start < range.end && matches!(class(self.document, start), WordClass::Determiner | WordClass::Possessive)
        {
            start += 1;
        }
        // A noun after a preposition, as in "As a result …", is not the subject.
        let lead = range.start.checked_sub(1).filter(|lead| *lead >= self.parsed.tokens.start);
        let governed = lead.is_some_and(|lead| class(self.document, lead) == WordClass::Preposition);
        if governed || subject.clausal {
            return None;
        }
        // A number divides the phrase in "the Nikkei 225 index", so that its end is read.
        let head = self.parsed.tokens.start + subject.head;
        let phrase = NounPhrase::read(self.document, start, range.end)
            .filter(|phrase| subject.antecedent.is_some() || phrase.end > head)
            .or_else(|| NounPhrase::ending_at(self.document, head + 1, start))?;
        // The core of the subject ends before a complement that restricts it: "Sales to retail customers".
        let verb = self.parsed.tokens.start + self.clause.verbs.start;
        let limit = if subject.antecedent.is_some() { range.end } else { verb.max(range.end) };
        let limit = self.guard.before_time(phrase.end..limit.max(phrase.end));
        let name = |at: usize| self.guard.is_name(at);
        // "the level was 5 per cent" says nothing.
        if more.is_none() && phrase.is_open(self.document, limit) {
            return None;
        }
        let words = phrase.words_with_complements(self.document, limit, &name);
        let owner = share::owner(self.document, range.start..phrase.start, self.guard);
        Some(with(owner.map_or(words.clone(), |owner| format!("{owner} {words}")), more))
    }
}

/// Returns whether a verb of change, in lower case, has the amount as its object: "cut $5m".
fn is_transitive(verb: &str) -> bool {
    ["cut", "drop", "rais", "reduc", "lower"].iter().any(|stem| verb.starts_with(stem))
}

/// Returns the span of the complement at token `at` that says what money is for: "for the mine", "on trains in Norland".
fn purpose(document: &Document<'_>, at: usize, limit: usize) -> Option<Span> {
    /// Prepositions of the purpose, the receiver and the giver.
    const LEADING: [&str; 9] = ["for", "to", "on", "towards", "toward", "against", "from", "over", "in"];
    /// Prepositions inside the complement.
    const INNER: [&str; 3] = ["of", "in", "for"];
    let object = |at: usize, leads: &[&str]| {
        if at >= limit || !leads.contains(&&*lower(document, at)) {
            return None;
        }
        let first = at + 1;
        let first =
            first + usize::from(matches!(class(document, first), WordClass::Determiner | WordClass::Possessive));
        let phrase = NounPhrase::read(document, first, limit).filter(|phrase| phrase.start == first)?;
        Some(phrase.end)
    };
    let end = object(at, &LEADING)?;
    let end = object(end, &INNER).unwrap_or(end);
    Some(document.span(at..end))
}

fn with(counted: String, more: Option<&str>) -> String {
    match more {
        Some(more) => format!("{counted} {more}"),
        None => counted,
    }
}

fn class(document: &Document<'_>, at: usize) -> WordClass {
    document.classes.get(at).copied().unwrap_or(WordClass::Mark)
}
