//! Finds the subject of a verb: a noun phrase without the insertions, introductory phrases and relative clauses around
//! it. Uses only word classes and clauses, not names or quotes.

use super::phrase::{Reach, class, is_mark, is_rough, names_something, phrase_start, segments, short, splits, trimmed};
use crate::clause::{self, Clause};
use crate::document::Document;
use crate::lexicon::lists;
use crate::word_class::{Trait, WordClass};
use std::ops::Range;

/// Arguments of a verb that precede the verb in its clause.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Arguments {
    /// Tokens of the subject: the agent or topic of the verb.
    pub subject: Range<usize>,
    /// Tokens of the subject's owner, if a relative clause names one, as in "the mayor, whose car …".
    pub owner: Option<Range<usize>>,
    /// Tokens of the object, if a relative clause refers back to it, as in "the act, which he signed …".
    pub object: Option<Range<usize>>,
}

impl Arguments {
    /// Creates arguments with only a subject. Returns `None` if the subject is empty.
    pub(super) fn subject(subject: Range<usize>) -> Option<Self> {
        (!subject.is_empty()).then_some(Self { subject, ..Self::default() })
    }
}

/// Returns the arguments of the clause at index `at`, which is dated by the expression at tokens `time`.
pub(super) fn of(document: &Document<'_>, clauses: &[Clause], at: usize, time: &Range<usize>) -> Option<Arguments> {
    let clause = clauses.get(at)?;
    let region = clause.tokens.start..clause.verb;
    if let Some(complementizer) = complementizer(document, &region) {
        let first = clauses.first()?.tokens.start;
        return relative(document, first, complementizer, clause, time);
    }
    let region = led(document, region);
    // The prepositional phrase belongs to the relative clause, as in "the train that was dropped during the war will
    // run".
    let phrase = class(document, region.start) == WordClass::Preposition
        && inner(document, region.clone()) == region
        && !(region.start <= time.start && time.end <= region.end)
        && !region.clone().any(|index| splits(document, index));
    let parted =
        phrase && clauses.get(at.wrapping_sub(1)).is_some_and(|before| complementizer_of(document, before).is_some());
    if !parted && names_something(document, region.clone()) {
        return before(document, region, time).and_then(Arguments::subject);
    }
    let previous = clauses.get(at.checked_sub(1)?)?;
    let joined = region_of(clause).any(|index| class(document, index) == WordClass::Conjunction);
    match complementizer_of(document, previous).filter(|_| !joined) {
        Some(complementizer) => {
            Arguments::subject(interrupted(document, clauses, previous, complementizer, clause.verb))
        }
        None => of(document, clauses, at - 1, time).map(|arguments| Arguments { object: None, ..arguments }),
    }
}

/// Returns the tokens of a clause before its verb.
fn region_of(clause: &Clause) -> Range<usize> {
    clause.tokens.start..clause.verb
}

/// Returns the subject of a verb that follows a relative clause, as in "The man who came on Tuesday was charged" or
/// "His first work, a view that he had sold, was found".
pub(super) fn interrupted(
    document: &Document<'_>,
    clauses: &[Clause],
    relative: &Clause,
    complementizer: usize,
    verb: usize,
) -> Range<usize> {
    let limit = clauses.first().map_or(complementizer, |first| first.tokens.start);
    let closed = verb.checked_sub(1).is_some_and(|before| splits(document, before));
    if closed && relative.tokens.start < complementizer {
        let mut region = relative.tokens.start..complementizer;
        while region.end > region.start && class(document, region.end - 1) == WordClass::Preposition {
            region.end -= 1;
        }
        // The comma before the verb closes an insertion that ends with the relative clause, so the subject precedes the
        // insertion.
        let parts = segments(document, &led(document, region));
        if let Some(first) = parts.iter().find(|part| !is_lead(document, part)) {
            return trimmed(document, short(document, first.clone()));
        }
    }
    // Everything before the insertion is the subject, as in "Talks on the bridge, which both want, are …".
    antecedent(document, limit, complementizer, closed)
}

/// Returns the token of the relative word that opens a clause.
pub(super) fn complementizer_of(document: &Document<'_>, clause: &Clause) -> Option<usize> {
    complementizer(document, &(clause.tokens.start..clause.verb))
}

/// Returns the token of the last relative word in a range.
fn complementizer(document: &Document<'_>, region: &Range<usize>) -> Option<usize> {
    let that = |index: usize| {
        class(document, index) == WordClass::Subordinator
            && index > region.start
            && document.word(index) == "that"
            && (class(document, index - 1).is_noun() || document.word(index - 1) == "%")
            && !index
                .checked_sub(2)
                .and_then(|at| document.senses.get(at))
                .is_some_and(|senses| senses.has(Trait::Subject))
    };
    region.clone().rev().find(|index| class(document, *index) == WordClass::Wh || that(*index))
}

/// Returns the arguments of the relative clause that begins with the relative word at token `complementizer`.
pub(super) fn relative(
    document: &Document<'_>,
    limit: usize,
    complementizer: usize,
    clause: &Clause,
    time: &Range<usize>,
) -> Option<Arguments> {
    let inside = led(document, complementizer + 1..clause.verb);
    let group = clause::group_end(document, clause.verb, clause.tokens.end);
    let arranged = lists::ARRANGED.contains_any_case(document.word(group - 1));
    let noun = antecedent(document, limit, complementizer, arranged);
    let own = before(document, inside, time).filter(|own| names_something(document, own.clone()));
    let direct = |index: usize| {
        class(document, index) == WordClass::VerbParticiple
            && document.senses.get(index).is_some_and(|senses| senses.may_be(WordClass::VerbPast))
    };
    // A word tagged as a participle is the verb of the relative clause, as in "Officers who searched the shed found …".
    let Some(subject) = own.filter(|_| !direct(complementizer + 1)) else { return Arguments::subject(noun) };
    let word = document.word(complementizer);
    if word.eq_ignore_ascii_case("whose") {
        let end = noun.clone().find(|index| class(document, *index) == WordClass::Preposition).unwrap_or(noun.end);
        let noun = noun.start..end;
        return Some(Arguments { subject, owner: Some(noun).filter(|noun| !noun.is_empty()), object: None });
    }
    let led = complementizer.checked_sub(1).is_some_and(|lead| class(document, lead) == WordClass::Preposition);
    let takes = !led && lists::OBJECT_RELATIVES.contains_any_case(word);
    let object = Some(noun).filter(|noun| takes && !noun.is_empty());
    Some(Arguments { subject, owner: None, object })
}

/// Returns the antecedent of the relative word at token `complementizer`. If `arranged` is set, the verb of the
/// relative clause is about arranging something, and the antecedent can be the whole phrase.
pub(super) fn antecedent(document: &Document<'_>, limit: usize, complementizer: usize, arranged: bool) -> Range<usize> {
    let mut end = before_brackets(document, limit, complementizer);
    let dated = |index: usize| document.senses.get(index).is_some_and(|senses| senses.has(Trait::Calendar));
    // A day is not the antecedent. In "reopened a bridge on Thursday that …", the antecedent is the bridge.
    let passed =
        |index: usize| is_mark(document, index) || class(document, index) == WordClass::Preposition || dated(index);
    while end > limit && passed(end - 1) {
        end -= 1;
    }
    end = without_age(document, limit, end);
    if end < complementizer {
        end = without_figure(document, limit, end);
    }
    // Directly after a noun, a relative clause identifies that noun. After a comma, a relative clause refers to the
    // whole phrase.
    let person = document.word(complementizer).get(..3).is_some_and(|head| head.eq_ignore_ascii_case("who"));
    let whole = phrase_start(document, limit, end, Reach::Any);
    let opening =
        arranged && (limit..whole).all(|index| is_mark(document, index) || class(document, index) == WordClass::Adverb);
    // After a comma, "a laboratory in Virginia, which produced …" is about the laboratory.
    let placed = phrase_start(document, limit, end, Reach::Places);
    let new = end < complementizer && !person && matches!(document.word(placed), "a" | "an" | "A" | "An");
    let named = (end == complementizer || new) && is_bare_name(document, limit, end, person);
    let start = if person && end == complementizer && !named {
        let start = phrase_start(document, limit, end, Reach::Noun);
        let age = (start..end).all(|index| class(document, index) == WordClass::Number);
        // An age is not an antecedent, as in "a boy of nine who".
        if age { phrase_start(document, limit, end, Reach::Of) } else { start }
    } else if named || !person && end < complementizer && (opening || is_bare_name(document, limit, end, person)) {
        // The antecedent keeps its prepositional phrase, as in "A decision on its funding, which …" or "a trip to
        // Brussels that …".
        if new { placed } else { whole }
    } else {
        phrase_start(document, limit, end, if person { Reach::Places } else { Reach::Of })
    };
    let noun = trimmed(document, start..end);
    let indefinite = matches!(document.word(noun.start), "a" | "an");
    if person && (end < complementizer || indefinite) {
        apposed_to(document, limit, &noun).unwrap_or(noun)
    } else {
        noun
    }
}

/// Returns the end of the words before token `end` without words in brackets: "the Orca (a rival of the Falcon) which".
fn before_brackets(document: &Document<'_>, limit: usize, end: usize) -> usize {
    let closed = end.checked_sub(1).is_some_and(|close| document.word(close) == ")");
    let open = (limit..end).rev().find(|index| closed && document.word(*index) == "(");
    open.filter(|open| *open > limit).unwrap_or(end)
}

/// Returns the name that a noun phrase between commas describes: "Ines Vale" in "Ines Vale, the board's chair, who".
fn apposed_to(document: &Document<'_>, limit: usize, noun: &Range<usize>) -> Option<Range<usize>> {
    let comma = noun.start.checked_sub(1).filter(|comma| *comma > limit && document.word(*comma) == ",")?;
    let proper = |index: usize| class(document, index) == WordClass::Proper;
    if proper(noun.end - 1) || !proper(comma - 1) {
        return None;
    }
    let start = phrase_start(document, limit, comma, Reach::Noun);
    let lead = start.checked_sub(1).filter(|lead| *lead >= limit);
    // A place is not described by the apposition: "In Vell, the mayor, who …".
    let placed = |lead: usize| lead == limit || matches!(document.word(lead), "in" | "at" | "near" | "from");
    let governed = lead.is_some_and(|lead| {
        let class = class(document, lead);
        document.word(lead) == "," || class == WordClass::Conjunction || class == WordClass::Preposition && placed(lead)
    });
    (!governed && start < comma).then_some(start..comma)
}

/// Returns the end of a noun phrase, excluding a trailing age. For example, only "a couple" remains of "a couple in
/// their seventies".
fn without_age(document: &Document<'_>, limit: usize, end: usize) -> usize {
    // The age may be given in figures, as in "two brothers, ages 6 and 9".
    let figure =
        |index: usize| class(document, index) == WordClass::Number || matches!(document.word(index), "and" | ",");
    let first = (limit..end).rev().take_while(|index| figure(*index)).last().unwrap_or(end);
    if first > limit + 1 && matches!(document.word(first - 1), "age" | "ages" | "aged") {
        return first - 1 - usize::from(document.word(first - 2) == ",");
    }
    let of_life = |word: &str| lists::AGES.contains(word) || word.len() == 3 && word.ends_with("0s");
    let from = end.saturating_sub(4).max(limit);
    let lead = (from..end).rev().find(|index| document.word(*index) == "in");
    let owned = lead.is_some_and(|lead| class(document, lead + 1) == WordClass::Possessive);
    let aged = end.checked_sub(1).is_some_and(|last| of_life(document.word(last)));
    lead.filter(|lead| owned && aged && *lead > limit).unwrap_or(end)
}

/// Returns the end of a noun phrase, excluding an age between commas: only "Ines Vale" remains of "Ines Vale, 46" and of
/// "Ines Vale, now 46".
fn without_figure(document: &Document<'_>, limit: usize, end: usize) -> usize {
    /// Maximum number of digits of an age.
    const DIGITS: usize = 3;
    let age = end.checked_sub(1).filter(|age| {
        let word = document.word(*age);
        word.len() < DIGITS && word.bytes().all(|byte| byte.is_ascii_digit())
    });
    let Some(age) = age else { return end };
    let adverb = age
        .checked_sub(1)
        .filter(|before| lists::DATE_ADVERBS.contains(document.word(*before)) || document.word(*before) == "now");
    let comma = adverb.unwrap_or(age).checked_sub(1).filter(|comma| *comma > limit && document.word(*comma) == ",");
    comma.filter(|comma| class(document, *comma - 1).is_noun()).unwrap_or(end)
}

/// Returns whether the noun that ends before token `end` is a name after a preposition. Such a name needs no relative
/// clause to identify it. If the relative word refers to a `person`, the preposition must indicate a place.
fn is_bare_name(document: &Document<'_>, limit: usize, end: usize, person: bool) -> bool {
    let start = phrase_start(document, limit, end, Reach::Noun);
    let Some(lead) = start.checked_sub(1) else { return false };
    let owner = |index: usize| matches!(document.word(index), "'s" | "’s");
    (start..end).all(|index| class(document, index) == WordClass::Proper || owner(index))
        && matches!(class(document, lead), WordClass::Preposition | WordClass::To)
        && (!person || matches!(document.word(lead), "in" | "at" | "from" | "near"))
}

/// Trims leading punctuation, conjunctions, subordinators, adverbs and interjections, and trailing adverbs and
/// negations.
fn led(document: &Document<'_>, mut region: Range<usize>) -> Range<usize> {
    while region.start < region.end
        && matches!(
            class(document, region.start),
            WordClass::Mark
                | WordClass::Conjunction
                | WordClass::Subordinator
                | WordClass::Adverb
                | WordClass::Interjection
        )
        && !is_rough(document, region.start)
    {
        region.start += 1;
    }
    while region.start < region.end
        && matches!(class(document, region.end - 1), WordClass::Adverb | WordClass::Negation)
    {
        region.end -= 1;
    }
    region
}

/// Finds the subject in the tokens `region` before a verb.
pub(super) fn before(document: &Document<'_>, region: Range<usize>, time: &Range<usize>) -> Option<Range<usize>> {
    let says = |index: &usize| {
        matches!(class(document, *index), WordClass::VerbParticiple | WordClass::Adjective)
            && document.senses.get(*index).is_some_and(|senses| senses.has(Trait::Reporting))
            && *index + 1 < region.end
    };
    // The subject follows a reporting verb tagged as a participle, as in "Wrzos, who leads the union, said workers …".
    let said = region.clone().rev().find(says).filter(|said| names_something(document, *said + 1..region.end));
    let mut region = led(document, said.map_or(region.start, |said| said + 1)..region.end);
    let leads = |index: usize| !class(document, index).is_noun() && class(document, index) != WordClass::Pronoun;
    if region.start <= time.start && time.end <= region.end && (region.start..time.start).all(leads) {
        // An introductory date is not part of the subject.
        region = led(document, time.end..region.end);
    }
    if time.end == region.end
        && time.start > region.start + 1
        && class(document, time.start - 1) == WordClass::Preposition
    {
        // A date with a preposition precedes the verb, as in "The parliament on Tuesday took up …".
        region.end = time.start - 1;
    } else if time.end == region.end && time.start > region.start {
        // A date without a preposition precedes the verb, as in "The court Friday rejected …".
        region.end = time.start;
    }
    let closed = region.end > region.start && splits(document, region.end - 1);
    let segments: Vec<Range<usize>> = segments(document, &region);
    let (last, earlier) = segments.split_last()?;
    let found = if closed {
        segments.iter().find(|segment| !is_lead(document, segment)).or(segments.first()).cloned()
    } else if earlier.first().is_some_and(|first| is_list(document, first, earlier, last)) {
        Some(earlier.first()?.start..last.end)
    } else if names_something(document, last.clone()) || class(document, last.start) == WordClass::Determiner {
        Some(last.clone())
    } else {
        segments.iter().rev().find(|segment| names_something(document, (*segment).clone())).cloned()
    };
    let found = inner(document, led(document, found?));
    let found = if is_lead(document, &found) {
        phrase_start(document, found.start, found.end, Reach::Of)..found.end
    } else {
        found
    };
    let found = trimmed(document, short(document, found));
    let named = names_something(document, found.clone()) || class(document, found.start) == WordClass::Determiner;
    (named && !found.is_empty()).then_some(found)
}

/// Trims a range to the noun phrase at its end. For example, keeps "it" of "until 2009 it" and "the islands" of "told
/// her the islands".
fn inner(document: &Document<'_>, stretch: Range<usize>) -> Range<usize> {
    let last = stretch.end.saturating_sub(1);
    let own = document.senses.get(last).is_some_and(|senses| senses.has(Trait::Subject))
        || document.word(last).eq_ignore_ascii_case("it");
    // A pronoun after a preposition is not the subject, as in "Signals from it stopped".
    let governed = last.checked_sub(1).is_some_and(|lead| {
        class(document, lead) == WordClass::Preposition && stretch.start < lead && class(document, lead - 1).is_noun()
    });
    if own && !governed && stretch.contains(&last) {
        return last..stretch.end;
    }
    let opens = |index: &usize| {
        let before = class(document, *index - 1);
        class(document, *index) == WordClass::Determiner && (before.is_noun() || before == WordClass::Pronoun)
    };
    let start = (stretch.start + 1..stretch.end).rev().find(opens);
    start.filter(|start| names_something(document, *start..stretch.end)).unwrap_or(stretch.start)..stretch.end
}

/// Returns whether a segment introduces the subject but does not contain it, as in "With the roads flooded" or "in the
/// north".
fn is_lead(document: &Document<'_>, segment: &Range<usize>) -> bool {
    let first = class(document, segment.start);
    let leads = matches!(
        first,
        WordClass::Preposition
            | WordClass::Subordinator
            | WordClass::VerbGerund
            | WordClass::VerbParticiple
            | WordClass::To
            | WordClass::VerbBase
    );
    (leads && !is_rough(document, segment.start)) || !names_something(document, segment.clone())
}

/// Returns whether the segments between commas are the items of a list, as in "Norway, Iceland and the Faroes".
fn is_list(document: &Document<'_>, first: &Range<usize>, earlier: &[Range<usize>], last: &Range<usize>) -> bool {
    let and = last.clone().any(|index| class(document, index) == WordClass::Conjunction);
    let verb = |segment: &Range<usize>| segment.clone().any(|index| class(document, index).is_verb());
    let calendar =
        first.clone().any(|index| document.senses.get(index).is_some_and(|senses| senses.has(Trait::Calendar)));
    and && last.len() <= 8 && !calendar && earlier.iter().all(|segment| !is_lead(document, segment) && !verb(segment))
}
