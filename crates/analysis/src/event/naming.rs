//! Names the people and organisations that a row is about, which are the antecedents of pronouns and the speakers of
//! quotes.

use super::finder::EventFinder;
use super::governing_clause::GoverningClause;
use super::mentions;
use super::phrase;
use super::predicate::Predication;
use super::summary;
use crate::kind::EntityKind;
use crate::lexicon::lists;
use crate::lexicon::names::Kinds;
use crate::pos::PennTag;
use crate::quote::{Quote, QuoteKind};
use crate::syntax::Parsed;
use crate::word_class::{Trait, WordClass};
use dateline_core::text::Span;
use std::borrow::Cow;
use std::ops::Range;

/// Kinds of words in the names of bodies that issue statements, such as a ministry, board or company.
const BODY: Kinds = Kinds(Kinds::ORGANISATION_WORD.0 | Kinds::COMPANY_SUFFIX.0);

impl summary::Antecedents for EventFinder<'_> {
    fn of_subject(&self, subject: &Range<usize>) -> Option<Cow<'_, str>> {
        self.named(subject).map(Cow::Borrowed).or_else(|| self.with_owner(subject).map(Cow::Owned))
    }

    fn names_of(&self, subject: &Range<usize>) -> Option<String> {
        let span = self.document.span(subject.clone());
        let person = |index: &usize| self.entities.get(*index).is_some_and(|entity| entity.kind == EntityKind::Person);
        let names = self.mentions.names_in(span).filter(|(_, index)| person(index));
        let names: Vec<&str> = names.map(|(mention, _)| mention.of(self.document.text)).collect();
        let last = names.last().is_some_and(|last| span.of(self.document.text).ends_with(last));
        let joined = subject.clone().filter(|index| self.document.word(*index) == "and").count();
        match names.as_slice() {
            [name] if last && joined == 0 => Some((*name).to_owned()),
            [first, second] if last && joined == 1 => Some(format!("{first} and {second}")),
            _ => None,
        }
    }

    fn of_complement(&self, predication: &Predication, index: usize) -> Option<&str> {
        let word = self.document.word(index);
        let personal = ["he", "she", "him"].iter().any(|pronoun| word.eq_ignore_ascii_case(pronoun))
            || word.eq_ignore_ascii_case("her") && self.document.penn(index) == PennTag::Prp;
        let pronoun = self.document.span(index..index + 1);
        let entity = self.mentions.of_pronoun(pronoun).filter(|_| personal)?;
        let arguments = &predication.arguments;
        let shown = [Some(&arguments.subject), arguments.owner.as_ref(), arguments.object.as_ref()];
        let before = predication.complement.start.min(index)..index;
        let mut shown = shown.into_iter().flatten().chain([&before]).filter(|range| !range.is_empty());
        let known = shown
            .any(|range| self.mentions.overlapping(self.document.span(range.clone())).any(|other| other == entity));
        // Replacing a pronoun inside quotation marks would falsify the quotation.
        let (_, near) = mentions::quotes_near(self.quotes, pronoun);
        let quoted = near.iter().any(|quote| quote.kind != QuoteKind::Indirect && quote.span.covers(pronoun));
        self.entities.get(entity).filter(|_| !known && !quoted).map(|entity| entity.name.as_str())
    }
}

impl EventFinder<'_> {
    /// Returns the name to which a pronoun subject refers. The row needs the name, because it is read without the
    /// preceding sentences. "It" and "they" refer to the speaker whose words they begin, or to an earlier subject.
    pub(super) fn named(&self, subject: &Range<usize>) -> Option<&str> {
        let personal = |pronoun| self.document.word(subject.start).eq_ignore_ascii_case(pronoun);
        if ["it", "they"].into_iter().any(personal) && subject.len() == 1 {
            let pronoun = self.document.span(subject.clone());
            return self
                .speaking(pronoun, personal("they"))
                .or_else(|| self.antecedent(subject.start, personal("they")))
                .or_else(|| self.pair(subject.start).filter(|_| personal("they")))
                .or_else(|| self.body_before(subject.start).filter(|_| personal("it")));
        }
        if !["he", "she"].into_iter().any(personal) {
            return None;
        }
        let entity = self.mentions.of_pronoun(self.document.span(subject.clone()));
        let entity = entity.or_else(|| self.following(subject.start))?;
        self.entities.get(entity).map(|entity| entity.name.as_str())
    }

    /// Returns a subject in which the owner's name replaces the possessive pronoun at the start. For example, "her son"
    /// becomes "Ines Vale’s son".
    fn with_owner(&self, subject: &Range<usize>) -> Option<String> {
        let rest = subject.start + 1..subject.end;
        if rest.is_empty() || self.document.penn(subject.start) != PennTag::PrpPossessive {
            return None;
        }
        let is = |word: &str| self.document.word(subject.start).eq_ignore_ascii_case(word);
        let owner = self.mentions.of_pronoun(self.document.span(subject.start..rest.start));
        let person = || self.entities.get(owner?).map(|entity| entity.name.as_str());
        let name = match () {
            () if is("its") => self.owner_around(subject.start, false).or_else(|| self.body_before(subject.start)),
            () if is("their") => self.owner_around(subject.start, true),
            () => person(),
        }?;
        let ending = if name.ends_with('s') { "’" } else { "’s" };
        Some(format!("{name}{ending} {}", self.document.span(rest).of(self.document.text)))
    }

    /// Returns the words to which the "its" or "their" at token `pronoun` refers: the speaker or subject of a clause around
    /// it, as in "The port said that its fees would rise".
    fn owner_around(&self, pronoun: usize, plural: bool) -> Option<&str> {
        let speaker = self.speaking(self.document.span(pronoun..pronoun + 1), plural);
        speaker.or_else(|| self.subject_before(pronoun, plural, 0))
    }

    /// Returns the person to whom the pronoun at token `pronoun` refers forward. The pronoun is in a subordinate
    /// clause, and the person is the subject of the main clause, as in "When she was elected in 2015, Vale promised".
    fn following(&self, pronoun: usize) -> Option<usize> {
        let parsed = self.document.parsed(self.document.sentence_of(pronoun)?)?;
        let main = self.document.span(parsed.main_subject_after(pronoun)?);
        let person = |index: &usize| self.entities.get(*index).is_some_and(|entity| entity.kind == EntityKind::Person);
        self.mentions.overlapping(main).find(person)
    }

    /// Returns the words to which the "it" or "they" at token `pronoun` refers: a subject in the same or the previous
    /// sentence.
    pub(super) fn antecedent(&self, pronoun: usize, plural: bool) -> Option<&str> {
        // Before a form of "be", "it" often refers to nothing, as in "It is hard to say".
        let be = |index: usize| self.document.senses.get(index).is_some_and(|senses| senses.has(Trait::Be));
        let clitic = self.document.word(pronoun + 1).starts_with(['\'', '’']);
        let impersonal = lists::IMPERSONAL.contains(self.document.word(pronoun + 1));
        if !plural && (clitic || impersonal || be(pronoun + 1)) {
            return None;
        }
        self.subject_before(pronoun, plural, 1)
    }

    /// Returns the words of the subject to which the pronoun at token `pronoun` refers, in its own sentence or one of the
    /// `back` sentences before.
    fn subject_before(&self, pronoun: usize, plural: bool, back: usize) -> Option<&str> {
        /// Maximum length of the words that replace a pronoun, in characters.
        const SHORT: usize = 50;
        let at = self.document.sentence_of(pronoun)?;
        let candidates = (at.saturating_sub(back)..=at).rev();
        let mut parsed = candidates.filter_map(|index| self.document.parsed(index));
        let found = parsed.find_map(|parsed| parsed.antecedent(self.document, pronoun, plural));
        let found = found?;
        let span = self.document.span(found.clone());
        let person = |index: usize| self.entities.get(index).is_some_and(|entity| entity.kind == EntityKind::Person);
        // A person is never "it": "Vale founded the fund, and it collapsed".
        if !plural && !self.is_planned(pronoun) && self.mentions.overlapping(span).any(person) {
            return None;
        }
        let short = |words: &&str| words.chars().count() <= SHORT;
        let words = span.of(self.document.text);
        // The phrases after the head of a long name are left out: "the Rask Museum at the University of Ostrel".
        let cut = found.clone().find(|index| self.document.penn(*index) == PennTag::In);
        let head = || cut.map(|cut| self.document.span(found.start..cut).of(self.document.text));
        Some(words).filter(short).or_else(|| head().filter(short))
    }

    /// Returns the organisation that the "it" or "its" at token `pronoun` refers to: the subject of the main clause of one of
    /// the preceding sentences, if the first such subject that names an entity names an organisation.
    fn body_before(&self, pronoun: usize) -> Option<&str> {
        /// Maximum distance from a pronoun back to its antecedent, in sentences.
        const NEAR: usize = 2;
        /// Maximum length of a verb group before "be", in tokens: "it will not be".
        const GROUP: usize = 3;
        let be = |index: usize| self.document.senses.get(index).is_some_and(|senses| senses.has(Trait::Be));
        let it = self.document.word(pronoun).eq_ignore_ascii_case("it");
        // "It" before a form of "be" is more often a thing, or refers to nothing.
        let clitic = self.document.word(pronoun + 1).starts_with(['\'', '’']);
        if it && (clitic || (pronoun + 1..=pronoun + GROUP).any(be)) {
            return None;
        }
        let at = self.document.sentence_of(pronoun)?;
        let parsed = (at.saturating_sub(NEAR)..at).rev().filter_map(|index| self.document.parsed(index));
        // "Its sales rose" names no new organisation.
        let owned = |subject: &Range<usize>| self.document.penn(subject.start) == PennTag::PrpPossessive;
        let subjects = parsed.filter_map(Parsed::main_subject).filter(|subject| !owned(subject));
        let entity = subjects
            .map(|subject| self.document.span(subject))
            .find_map(|span| self.mentions.overlapping(span).find(|index| self.entities.get(*index).is_some()))?;
        let entity = self.entities.get(entity).filter(|entity| entity.kind == EntityKind::Organization)?;
        Some(entity.name.as_str())
    }

    /// Returns whether the verb after the pronoun at token `pronoun` needs a person or body as its subject, so that "it" is
    /// a body even if its name looks like that of a person: "Orrin says it hopes to open in May".
    fn is_planned(&self, pronoun: usize) -> bool {
        /// Maximum distance of "able" from its subject, in tokens: "it will not be able".
        const NEAR: usize = 4;
        let able = (pronoun + 2..=pronoun + NEAR).any(|index| self.document.word(index) == "able");
        able || lists::PLANS.contains(self.document.word(pronoun + 1))
    }

    /// Returns the two people whom "they" at token `pronoun` refers to, if the previous sentence names no others: "Ines
    /// Vale and Ed Orrin".
    fn pair(&self, pronoun: usize) -> Option<&str> {
        let previous = self.document.sentences.get(self.document.sentence_of(pronoun)?.checked_sub(1)?)?.span;
        let person = |index: &usize| self.entities.get(*index).is_some_and(|entity| entity.kind == EntityKind::Person);
        let people: Vec<Span> =
            self.mentions.names_in(previous).filter(|(_, index)| person(index)).map(|(span, _)| span).collect();
        let [first, second] = people.as_slice() else { return None };
        let between = self.document.text.get(first.end..second.start)?;
        (between == " and ").then(|| Span::new(first.start, second.end).of(self.document.text))
    }

    /// Returns the name of the speaker if `pronoun` begins the reported words and refers to the speaker: "The board
    /// said that it would meet".
    pub(super) fn speaking(&self, pronoun: Span, several: bool) -> Option<&str> {
        /// Length of "that " in bytes.
        const LEAD: usize = 5;
        let (_, near) = mentions::quotes_near(self.quotes, pronoun);
        let opens = |quote: &&Quote| {
            let led = quote.cue.is_some_and(|cue| cue.end <= quote.span.start);
            led && quote.kind == QuoteKind::Indirect
                && quote.span.covers(pronoun)
                && pronoun.start <= quote.span.start + LEAD
        };
        let speaker = near.iter().find(opens)?.speaker.as_ref()?;
        let entity = speaker.entity.and_then(|index| self.entities.get(index));
        if entity.is_some_and(|entity| entity.kind == EntityKind::Person) {
            return None;
        }
        let last = self.tokens(speaker.mention).end.checked_sub(1)?;
        // "It" never refers to a person, so a singular speaker must be an organisation.
        let body = entity.is_some() || self.document.resources.names().of(self.document.word(last)).any(BODY);
        let fits = match phrase::class(self.document, last) {
            WordClass::NounPlural => several,
            WordClass::Noun | WordClass::Proper => body && !several,
            _ => false,
        };
        fits.then_some(speaker.name.as_str())
    }

    /// Returns the span of the date if the date is in a quote and the reporting verb is outside that quote.
    pub(super) fn quoted_date(&self, governing: &GoverningClause, time: &Range<usize>) -> Option<Span> {
        let span = self.document.span(time.clone());
        let verb = self.document.tokens.get(governing.verb.filter(|_| governing.says)?)?.span;
        let (_, near) = mentions::quotes_near(self.quotes, span);
        let quoted = near.iter().any(|quote| quote.span.covers(span) && !quote.span.covers(verb));
        quoted.then_some(span)
    }

    /// Summarises a direct or mixed quote at `span` as its speaker and words, as in "Ines Vale: The pier is gone".
    pub(super) fn quoted_summary(&self, span: Span) -> Option<String> {
        let (_, near) = mentions::quotes_near(self.quotes, span);
        let quote = near.iter().find(|quote| quote.kind != QuoteKind::Indirect && quote.span.overlaps(span))?;
        let words = self.document.tokens_in(quote.span);
        let name = quote.speaker.as_ref()?.name.as_str();
        Some(summary::finished(&format!(
            "{name}: {}",
            summary::stretch(self.document, &words, &(words.end..words.end), name.chars().count() + 2)
        )))
    }

    /// Returns the tokens of the indirect speech before a reporting verb: "It will close, Ines Vale, its chair, said".
    pub(super) fn reported_words(&self, predication: &Predication) -> Option<Range<usize>> {
        let verb = self.document.span(predication.verb.clone());
        let (_, near) = mentions::quotes_near(self.quotes, verb);
        let cued = |quote: &&Quote| {
            quote.kind == QuoteKind::Indirect
                && quote.span.end <= verb.start
                && quote.cue.is_some_and(|cue| cue.overlaps(verb))
        };
        near.iter().find(cued).map(|quote| self.document.tokens_in(quote.span))
    }

    /// Summarises a quote as speaker and words if its reporting verb has no other content: "Vale said on Monday: “…”".
    pub(super) fn quoted(&self, predication: &Predication, time: &Range<usize>) -> Option<String> {
        let verb = self.document.span(predication.verb.clone());
        let says = |index: usize| {
            let after_verb =
                matches!(phrase::class(self.document, index), WordClass::Subordinator | WordClass::Wh | WordClass::To);
            after_verb || phrase::class(self.document, index).is_finite()
        };
        let plain =
            predication.verb.clone().any(|index| lists::PLAIN_SPEECH.contains_any_case(self.document.word(index)));
        // An object says more than a quote in a later sentence: "announced a lawsuit on Monday".
        let object = predication.complement.clone().find(|index| !time.contains(index)).is_some_and(|first| {
            let class = phrase::class(self.document, first);
            !plain && (class.is_noun() || class.is_modifier())
        });
        if object || predication.complement.clone().any(|index| !time.contains(&index) && says(index)) {
            return None;
        }
        let (_, near) = mentions::quotes_near(self.quotes, Span::new(verb.start, verb.end + 400));
        let introduced = |quote: &Quote| {
            // A mixed quote after a colon is the verb's only content, as in "Vale told reporters: “I learned of it”".
            let before = self.document.text.get(..quote.span.start).unwrap_or_default();
            let before = before.trim_end_matches(['“', '"', '‘', '\'', '`', ' ']);
            quote.kind == QuoteKind::Direct || quote.kind == QuoteKind::Mixed && before.ends_with(':')
        };
        let cued = |quote: &&Quote| introduced(quote) && quote.cue.is_some_and(|cue| cue.overlaps(verb));
        let quote = near.iter().find(cued)?;
        let words = self.document.tokens_in(quote.span);
        let name = quote.speaker.as_ref()?.name.as_str();
        let how = if plain { String::new() } else { format!(" {}", verb.of(self.document.text)) };
        Some(summary::finished(&format!(
            "{name}{how}: {}",
            summary::stretch(self.document, &words, &(words.end..words.end), name.chars().count() + 2)
        )))
    }

    /// Prefixes a row in the first person with the speaker's name.
    pub(super) fn in_own_words(&self, row: String, time: &Range<usize>) -> String {
        let span = self.document.span(time.clone());
        let own = row.split([' ', '’', '\'']).any(|word| lists::FIRST_PERSON.contains(word));
        let (_, near) = mentions::quotes_near(self.quotes, span);
        let quote = near.iter().find(|quote| quote.kind != QuoteKind::Indirect && quote.span.covers(span));
        match quote.and_then(|quote| quote.speaker.as_ref()).filter(|_| own) {
            Some(speaker) => summary::finished(&format!("{}: {row}", speaker.name)),
            None => row,
        }
    }
}
