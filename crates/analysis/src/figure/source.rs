//! Finds who claims a figure, if the attribution is outside a quote or another source is nearer to the number than the speaker
//! of the quote: "officials" in "12 people died, officials said", "a poll" in "a poll shows 12 per cent".

use super::noun_phrase::NounPhrase;
use super::numeral::Numeral;
use super::words::{Class, WORDS};
use crate::document::Document;
use crate::entity::{Entity, EntityKind, MentionKind};
use crate::quote::resolve::Resolver;
use crate::quote::subject::{MentionForm, SpeakerMention};
use crate::quote::{Quote, Speaker};
use crate::syntax::{Clause, ClauseForm, ClauseKind, Parsed, Tense};
use crate::word_class::WordClass;
use dateline_core::text::{Span, folded};
use std::cell::OnceCell;
use std::ops::Range;

/// Maximum distance in tokens from a verb such as "called" to its "for".
const NEAR: usize = 5;
/// Minimum confidence of a quote whose speaker claims the number.
const MIN_QUOTE: f32 = 0.5;

fn class(document: &Document<'_>, at: usize) -> WordClass {
    document.classes.get(at).copied().unwrap_or(WordClass::Mark)
}

/// Who claims a number.
pub(super) enum Source {
    /// The speaker of the quote around the number, or the publisher if there is none.
    Quoted,
    /// The words at these tokens name the source.
    Named(Attribution),
    /// Another source claims the number, and its name is unknown.
    Unknown,
}

/// Attribution of a number outside quotes.
pub(super) struct Attribution {
    /// Tokens that name the source.
    pub words: Range<usize>,
    /// Tokens of the sentence without the attribution.
    pub statement: Range<usize>,
}

/// Finds who claims `numeral` in the sentence at tokens `sentence`. `parsed` is the index of the sentence if its clauses may be
/// found.
pub(super) fn find(
    document: &Document<'_>,
    numeral: &Numeral,
    parsed: Option<usize>,
    sentence: &Range<usize>,
    quote: Option<&Quote>,
) -> Source {
    let start = numeral.tokens.start;
    let from = quote.map_or(sentence.start, |quote| document.tokens_in(quote.span).start.max(sentence.start));
    let inner = parsed
        .filter(|_| may_govern(document, from..start))
        .and_then(|number| governing(document, number, numeral, from));
    let Some(quote) = quote else { return outside(document, numeral, sentence, inner) };
    let Some(speaker) = quote.speaker.as_ref().filter(|_| quote.confidence >= MIN_QUOTE) else {
        return Source::Unknown;
    };
    let inside = document.tokens_in(quote.span);
    let inside = inside.start.max(sentence.start)..inside.end.min(sentence.end);
    if let Some(nearer) = inner.or_else(|| according(document, numeral, &inside).map(Source::Named)) {
        return nearer;
    }
    let mention = document.tokens_in(speaker.mention);
    let is_other = |attribution: Range<usize>| !attribution.contains(&mention.start);
    // "300,000 employees and last month, announced" does not name a speaker.
    let unnamed = speaker.entity.is_none()
        && (speaker.name.bytes().any(|byte| byte.is_ascii_digit())
            || WORDS.word(speaker.name.split(' ').next().unwrap_or_default(), Class::Anaphor).is_some());
    if unnamed || last_attribution(document, numeral.tokens.end, sentence).is_some_and(is_other) {
        return Source::Unknown;
    }
    Source::Quoted
}

/// Returns the source of a number that is in no quote. `inner` is that of the verb before the number.
fn outside(document: &Document<'_>, numeral: &Numeral, sentence: &Range<usize>, inner: Option<Source>) -> Source {
    if let Some(inner) = inner {
        return inner;
    }
    let apart = |words: &Range<usize>| words.end <= numeral.tokens.start || numeral.tokens.end <= words.start;
    let found = according(document, numeral, sentence)
        .or_else(|| trailing(document, numeral.tokens.end, sentence))
        .or_else(|| leading(document, numeral.tokens.start, sentence))
        .filter(|found| apart(&found.words));
    match found {
        Some(found) if is_anaphor(document, &found.words) => Source::Unknown,
        Some(found) => Source::Named(found),
        None if claimed_by_noun(document, numeral.tokens.start, sentence.start)
            || is_forecast(document, numeral.tokens.start, sentence.start)
            || last_attribution(document, numeral.tokens.end, sentence).is_some() =>
        {
            Source::Unknown
        }
        None => Source::Quoted,
    }
}

/// Returns whether a verb that can govern a statement is among `tokens`. It is checked before the clauses are found, because
/// that takes the most time of all.
fn may_govern(document: &Document<'_>, tokens: Range<usize>) -> bool {
    tokens.into_iter().any(|at| WORDS.word(document.word(at), Class::Attribution).is_some())
}

/// Returns the source of the innermost clause from token `from` on whose verb reports the number after it: "the bureau" in
/// "the bureau said that 12 ships sank" and in "the bureau identified 12 ships".
fn governing(document: &Document<'_>, number: usize, numeral: &Numeral, from: usize) -> Option<Source> {
    /// Maximum number of tokens between a verb and its object with the number.
    const LONG: usize = 8;
    let parsed = document.parsed(number)?;
    let first = parsed.tokens.start;
    let at = numeral.digits.checked_sub(first)?;
    let start = numeral.tokens.start - first;
    let clauses = &parsed.syntax().clauses;
    let holding = |clause: &&Clause| {
        clause.extent.contains(&at) && clause.verbs.end <= start && first + clause.verbs.start >= from
    };
    for clause in clauses.iter().filter(holding).rev() {
        let verb = first + clause.head;
        let Some(phrase) = WORDS.word(document.word(verb), Class::Attribution) else { continue };
        let inside = |other: &&Clause| other.head > clause.head && other.extent.contains(&at);
        let opens = first + clause.verbs.end;
        let reported = clauses.iter().filter(|other| other.head > clause.head).filter(|other| {
            let start = first + other.extent.start;
            let finite = other.form == ClauseForm::Finite;
            finite && (inside(other) && other.kind == ClauseKind::Complement || start == opens)
                || start <= opens + 1 && document.word(opens) == "that"
        });
        let reported = reported.map(|other| first + other.extent.start).filter(|start| *start >= opens).min();
        let between = first + clause.verbs.end..numeral.tokens.start;
        let plain = between.len() <= LONG
            && between.clone().all(|at| {
                let class = class(document, at);
                !class.is_finite() && class != WordClass::Wh && document.word(at) != ","
            });
        let object = phrase.value == "object" && plain && !clauses.iter().any(|other| inside(&other));
        if reported.is_none() && !object {
            continue;
        }
        // "The firm that wins will identify three sites" claims nothing, and the noun of "which" is often misread.
        let relative = clause.subject.as_ref().is_some_and(|subject| subject.antecedent.is_some());
        let which =
            relative && clause.opener.is_some_and(|opener| !document.word(first + opener).eq_ignore_ascii_case("who"));
        if clause.tense == Tense::Future || which {
            continue;
        }
        if clause.negated || clause.form != ClauseForm::Finite {
            return None;
        }
        let words = if clause.passive {
            agent(document, first + clause.verbs.end, parsed.tokens.end)
        } else {
            subject(document, parsed, clause)
        };
        // "Damage was estimated at $40m" is claimed by the publisher.
        let words = words?;
        // "I think that 12 ships sank" is claimed by the speaker.
        if WORDS.word(document.word(words.start), Class::Speaker).is_some() && words.len() == 1 {
            continue;
        }
        // "41 percent of voters say …, while 31 percent …" are the answers to a poll.
        if words.clone().any(|at| WORDS.opens_number(document.word(at))) {
            continue;
        }
        if is_anaphor(document, &words) {
            return Some(if pronoun(document, words.start) {
                Source::Named(own(words, parsed))
            } else {
                Source::Unknown
            });
        }
        let statement = match reported {
            Some(start) => {
                let that = usize::from(document.word(start) == "that");
                start + that..parsed.here(&clause.extent).end.max(numeral.tokens.end)
            }
            None => parsed.tokens.clone(),
        };
        return Some(Source::Named(Attribution { words, statement }));
    }
    None
}

/// Returns the attribution of `words` with the whole sentence as the statement.
fn own(words: Range<usize>, parsed: &Parsed) -> Attribution {
    Attribution { words, statement: parsed.tokens.clone() }
}

/// Returns whether "he" or "she", which the entities resolve, is at token `at`.
fn pronoun(document: &Document<'_>, at: usize) -> bool {
    ["he", "she"].iter().any(|word| document.word(at).eq_ignore_ascii_case(word))
}

/// Returns whether `words` are one pronoun.
fn is_anaphor(document: &Document<'_>, words: &Range<usize>) -> bool {
    words.len() == 1 && WORDS.word(document.word(words.start), Class::Anaphor).is_some()
}

/// Returns the tokens of the subject of `clause`, or of the noun to which its relative word refers.
fn subject(document: &Document<'_>, parsed: &Parsed, clause: &Clause) -> Option<Range<usize>> {
    let subject = clause.subject.as_ref().filter(|subject| !subject.clausal)?;
    let core = subject.antecedent.as_ref().unwrap_or(&subject.core);
    let mut range = parsed.here(core);
    while range.start < range.end && class(document, range.start) == WordClass::Mark {
        range.start += 1;
    }
    // "Polls by Tarn TV/Orra show" names only a part of the source.
    let lead = range.start.checked_sub(1).filter(|lead| *lead >= parsed.tokens.start);
    let inner = lead.is_some_and(|lead| {
        class(document, lead) == WordClass::Preposition || matches!(document.word(lead), "/" | "-" | "&")
    });
    (!range.is_empty() && !inner).then_some(range)
}

/// Returns the agent of a passive verb group that ends before token `at`: "the bureau" in "were counted by the bureau".
fn agent(document: &Document<'_>, at: usize, limit: usize) -> Option<Range<usize>> {
    let by = (at..limit.min(at + 2)).find(|at| document.word(*at) == "by")?;
    named(document, by + 1, limit)
}

/// Returns the source after "according to"; `None` if the sentence has two of them.
fn according(document: &Document<'_>, numeral: &Numeral, sentence: &Range<usize>) -> Option<Attribution> {
    const ACCORDING: &str = "according";
    let mut found = sentence.clone().filter(|at| {
        document.tokens.get(*at).is_some_and(|token| token.span.len() == ACCORDING.len())
            && document.word(*at).eq_ignore_ascii_case(ACCORDING)
            && document.word(at + 1) == "to"
            && at + 2 < sentence.end
    });
    let at = found.next().filter(|_| found.next().is_none())?;
    let words = named(document, at + 2, sentence.end)?;
    let bracket = |at: &usize| matches!(document.word(*at), "(" | "[");
    if (numeral.tokens.end..at).any(|at| bracket(&at))
        || claimed_by_noun(document, numeral.tokens.start, sentence.start)
    {
        return None;
    }
    let statement = if at == sentence.start {
        let comma = (words.end..numeral.tokens.start).find(|at| document.word(*at) == ",");
        comma.map_or(sentence.start, |comma| comma + 1)..sentence.end
    } else if numeral.tokens.end <= at {
        sentence.start..at
    } else {
        sentence.clone()
    };
    Some(Attribution { words, statement })
}

/// Returns the source of an attribution that ends the sentence after token `from`: ", the party announced Tuesday".
fn trailing(document: &Document<'_>, from: usize, sentence: &Range<usize>) -> Option<Attribution> {
    /// Maximum length in tokens of what follows the verb, such as "on Tuesday" or "in a statement".
    const LONG: usize = 6;
    let comma = (from..sentence.end).rev().find(|at| matches!(document.word(*at), "," | "”" | "\""))?;
    let attribution = |words| Attribution { words, statement: sentence.start..comma };
    let inverted = || {
        let source = named(document, comma + 2, sentence.end).filter(|_| is_reporting(document, comma + 1))?;
        (sentence.end - source.end <= LONG).then(|| attribution(source))
    };
    let direct = named(document, comma + 1, sentence.end)
        .filter(|source| is_reporting(document, source.end) && sentence.end - source.end <= LONG);
    direct.map(attribution).or_else(inverted)
}

/// Returns the source if the sentence begins with it and with its verb, right before the number at token `start`: "A poll by
/// the bureau shows 12 per cent".
fn leading(document: &Document<'_>, start: usize, sentence: &Range<usize>) -> Option<Attribution> {
    /// Maximum length in tokens of the words that name the source.
    const LONG: usize = 10;
    let that = start.checked_sub(1).filter(|at| *at > sentence.start)?;
    let verb = that - usize::from(document.word(that) == "that");
    let words = sentence.start..verb;
    let plain = |at: usize| {
        let class = class(document, at);
        class.is_noun() || class.is_modifier() || matches!(class, WordClass::Preposition | WordClass::Possessive)
    };
    // "The bureau shows" was read as a compound.
    let compound = class(document, verb) == WordClass::NounPlural && sentence.start + 1 < verb;
    let listed = WORDS.word(document.word(verb), Class::Attribution).is_some_and(|phrase| phrase.value == "object");
    let reports = listed && (is_reporting(document, verb) || compound);
    let named = !words.is_empty() && words.len() <= LONG && words.clone().all(plain);
    (named && reports).then_some(Attribution { words, statement: start..sentence.end })
}

/// Returns the noun phrase at token `at` with its determiner and a complement after "of", or the pronoun there.
fn named(document: &Document<'_>, at: usize, limit: usize) -> Option<Range<usize>> {
    if class(document, at) == WordClass::Pronoun {
        return (at < limit).then_some(at..at + 1);
    }
    let first = at + usize::from(matches!(class(document, at), WordClass::Determiner | WordClass::Possessive));
    let phrase = NounPhrase::read(document, first, limit)?;
    Some(at..phrase.end_of_words(document, limit))
}

/// Returns whether a finite verb that reports a statement is at token `at`.
fn is_reporting(document: &Document<'_>, at: usize) -> bool {
    let verb = class(document, at).is_finite() || class(document, at) == WordClass::VerbParticiple;
    verb && WORDS.word(document.word(at), Class::Attribution).is_some()
}

/// Returns whether the number before token `end` depends on a verb whose subject expects or demands it: "is forecasting a
/// 30 percent chance", "called on Monday for a cut of 20 buses".
fn is_forecast(document: &Document<'_>, end: usize, start: usize) -> bool {
    (start..end).any(|at| {
        let Some((next, phrase)) = WORDS.at(document, at, Class::Forecast) else { return false };
        let class = class(document, at);
        let active = class.is_finite() || matches!(class, WordClass::VerbBase | WordClass::VerbGerund);
        let leads = phrase.value != "for" || (next..end.min(next + NEAR)).any(|at| document.word(at) == "for");
        active && leads
    })
}

/// Returns whether a noun reports the number before token `end`, as in "his claim that 12 ships sank".
fn claimed_by_noun(document: &Document<'_>, end: usize, start: usize) -> bool {
    (start + 1..end).any(|that| {
        document.word(that) == "that"
            && class(document, that - 1).is_noun()
            && WORDS.word(document.word(that - 1), Class::Attribution).is_some()
    })
}

/// Returns the tokens of the attribution that ends the sentence after token `from`: ", a banker close to the plan tells
/// the Orra Post".
fn last_attribution(document: &Document<'_>, from: usize, sentence: &Range<usize>) -> Option<Range<usize>> {
    /// Maximum length in tokens of the subject.
    const LONG: usize = 10;
    let comma = (from..sentence.end).rev().find(|at| document.word(*at) == ",")?;
    if !matches!(class(document, comma + 1), WordClass::Determiner | WordClass::Adjective | WordClass::NounPlural) {
        return None;
    }
    let verb = (comma + 2..sentence.end.min(comma + LONG))
        .find(|at| class(document, *at).is_finite() && WORDS.at(document, *at, Class::Attribution).is_some())?;
    (verb > comma + 1).then_some(comma..sentence.end)
}

/// Entities of a document, indexed on first use, because most documents have no source that must be looked up.
pub(super) struct Sources<'a> {
    document: &'a Document<'a>,
    entities: &'a [Entity],
    resolver: OnceCell<Resolver<'a>>,
    /// Sorted starts of the pronouns that refer to an entity.
    pronouns: OnceCell<Vec<usize>>,
}

impl<'a> Sources<'a> {
    pub(super) const fn new(document: &'a Document<'a>, entities: &'a [Entity]) -> Self {
        Self { document, entities, resolver: OnceCell::new(), pronouns: OnceCell::new() }
    }

    /// Returns whether the pronoun at `span` refers to an entity.
    pub(super) fn is_resolved(&self, span: Span) -> bool {
        let pronouns = self.pronouns.get_or_init(|| {
            let mentions = self.entities.iter().flat_map(|entity| &entity.mentions);
            let pronouns = mentions.filter(|mention| mention.kind == MentionKind::Pronoun);
            let mut starts: Vec<usize> = pronouns.map(|mention| mention.span.start).collect();
            starts.sort_unstable();
            starts
        });
        pronouns.binary_search(&span.start).is_ok()
    }

    /// Returns the source that `words` name; `None` for a pronoun that refers to no entity.
    pub(super) fn speaker(&self, words: Range<usize>) -> Option<Speaker> {
        let resolver = self.resolver.get_or_init(|| Resolver::new(self.document, self.entities, &[]));
        let form = match class(self.document, words.start) {
            WordClass::Pronoun if words.len() == 1 => MentionForm::Pronoun,
            WordClass::Proper => MentionForm::Name,
            _ => MentionForm::Nominal,
        };
        let speaker = resolver.speaker(&SpeakerMention { tokens: words, form, antecedent: None });
        if form == MentionForm::Pronoun && speaker.entity.is_none() {
            return None;
        }
        Some(self.verbatim(&speaker).unwrap_or(speaker))
    }

    /// Returns the speaker of a quote by the words of the attribution, if the entity that was found in them is only a part of
    /// the name: "the Orra company" is not Orra, and the United Nations are not its Security Council.
    pub(super) fn verbatim(&self, speaker: &Speaker) -> Option<Speaker> {
        let entity = self.entities.get(speaker.entity?)?;
        if entity.kind == EntityKind::Person {
            return None;
        }
        let mut named = entity.mentions.iter().filter(|mention| mention.kind == MentionKind::Name);
        let named = named.rfind(|mention| speaker.mention.overlaps(mention.span))?;
        let whole = Span::new(speaker.mention.start, self.end_after_town(speaker.mention, entity));
        let words = whole.of(self.document.text);
        let after = self.document.text.get(named.span.end..whole.end).unwrap_or_default();
        let has_head = after.split(|c: char| !c.is_alphanumeric()).any(|word| word.starts_with(char::is_lowercase))
            && !after.trim_start().starts_with("of ");
        let name = if has_head || entity.kind == EntityKind::Place && named.span != speaker.mention {
            folded(words)
        } else {
            let name = folded(named.span.of(self.document.text));
            let longer = name.contains(' ') && !entity.name.contains(&name) || entity.name.starts_with(&name);
            if !longer || !name.contains(' ') {
                return None;
            }
            name
        };
        let speaker = Speaker { mention: whole, ..speaker.clone() };
        (name != speaker.name).then(|| Speaker {
            name,
            role: None,
            entity: (!has_head).then_some(speaker.entity).flatten(),
            ..speaker.clone()
        })
    }

    /// Returns the end of the noun phrase that begins with the place at `mention`: "The Orra, Tarn, company".
    fn end_after_town(&self, mention: Span, entity: &Entity) -> usize {
        /// Maximum number of tokens of the region between commas.
        const LONG: usize = 4;
        let document = self.document;
        let end = document.tokens_in(mention).end;
        if entity.kind != EntityKind::Place || document.word(end) != "," {
            return mention.end;
        }
        let close = (end + 2..end + 2 + LONG).find(|at| document.word(*at) == ",");
        let head = close.map(|close| close + 1).filter(|at| class(document, *at).is_noun());
        head.map_or(mention.end, |head| document.span(head..head + 1).end)
    }
}
