//! Finds cues, which are words outside quotations that report speech, and the speakers that they name.

use super::complement::Complement;
use super::masked_sentence::{MaskedSentence, MaskedSentences};
use super::phrase::{Link, PhraseKind, is_auxiliary};
use super::subject::{Clauses, MentionForm, SpeakerMention};
use crate::lexicon::ReportingKind;
use crate::lexicon::lists;
use crate::word_class::WordClass;
use std::ops::Range;

/// Words that report speech, such as "Ode said".
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cue {
    /// Tokens of only the reporting words, such as "said" or "according to".
    pub tokens: Range<usize>,
    /// Complement that the reporting verb takes.
    pub reporting_kind: ReportingKind,
    /// Grammatical form of the cue, such as participle or noun.
    pub form: CueForm,
    /// Speaker to whom the cue attributes the speech; `None` if unknown.
    pub speaker: Option<SpeakerMention>,
    /// Tokens of the cue and the speaker, with everything between the two.
    pub extent: Range<usize>,
    /// Whether the cue is a bare verb after "to" or a modal.
    pub infinitive: bool,
}

/// Grammatical form of a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum CueForm {
    /// Verb after its subject: "Ode said".
    SubjectFirst,
    /// Verb before its subject: "said Ode".
    Inverted,
    /// Participle: "saying".
    Participle,
    /// Prepositional phrase: "according to Ode", "in Ode's words".
    Phrase,
    /// Noun with a possessive: "Ode's remark".
    Noun,
    /// Passive verb without an agent: "was told".
    Passive,
}

/// Returns the form of a cue that is a noun. For example, "in Ode's words" is as reliable as a verb, but "Ode's remark"
/// is less reliable.
fn form_of(noun: &str, in_view: bool) -> CueForm {
    if noun == "words" || in_view { CueForm::Phrase } else { CueForm::Noun }
}

/// Returns the cues of a sentence, in order.
#[must_use]
pub(crate) fn cues(masked: &MaskedSentences<'_>, sentence: &MaskedSentence, clauses: &Clauses<'_>) -> Vec<Cue> {
    let mut out: Vec<Cue> = Vec::new();
    let mut index = sentence.tokens.start;
    while index < sentence.tokens.end {
        if masked.quotation_at(index).is_some() {
            index = masked.after(index);
            continue;
        }
        let cue = CueMatcher { masked, sentence, clauses, index, earlier: &out }.cue();
        index = cue.as_ref().map_or(index + 1, |cue| cue.tokens.end.max(index + 1));
        out.extend(cue);
    }
    out
}

/// Matcher that tries to read a cue at a single token.
struct CueMatcher<'a> {
    masked: &'a MaskedSentences<'a>,
    sentence: &'a MaskedSentence,
    clauses: &'a Clauses<'a>,
    index: usize,
    earlier: &'a [Cue],
}

impl CueMatcher<'_> {
    #[inline]
    fn word(&self, index: usize) -> &str {
        if index < self.sentence.tokens.end { self.masked.document.word(index) } else { "" }
    }

    #[inline]
    fn class(&self, index: usize) -> WordClass {
        self.masked.class(index)
    }

    #[inline]
    fn before(&self, index: usize) -> Option<usize> {
        self.masked.before(index).filter(|before| *before >= self.sentence.tokens.start)
    }

    fn cue(&self) -> Option<Cue> {
        self.according().or_else(|| self.of_owner()).or_else(|| self.verb())
    }

    fn make(
        tokens: Range<usize>,
        reporting_kind: ReportingKind,
        form: CueForm,
        speaker: Option<SpeakerMention>,
    ) -> Cue {
        let extent = speaker.as_ref().map_or(tokens.clone(), |mentioned| {
            mentioned.tokens.start.min(tokens.start)..mentioned.tokens.end.max(tokens.end)
        });
        Cue { tokens, reporting_kind, form, speaker, extent, infinitive: false }
    }

    /// Parses "according to S" and "in the words of S", where S is the speaker.
    fn according(&self) -> Option<Cue> {
        let end = match (self.word(self.index), self.word(self.index + 1)) {
            ("according" | "According", "to") | ("words", "of") => self.index + 2,
            _ => return None,
        };
        let speaker = self.source_at(end)?;
        Some(Self::make(self.index..end, ReportingKind::Clause, CueForm::Phrase, Some(speaker)))
    }

    /// Returns the source named at token `at`. A name after a comma can be the source's own name, as in "according to
    /// its head, Ana Ode,", or the subject of the statement, as in "According to the data, Ode won".
    fn source_at(&self, at: usize) -> Option<SpeakerMention> {
        let speaker = self.clauses.after_verb(at)?;
        let subject = speaker.tokens.start > at && self.clauses.opens_clause(speaker.tokens.start);
        let described = self.clauses.phrases.starting_at(at).filter(|_| subject);
        let Some(described) = described else { return Some(speaker) };
        let tokens = self.clauses.phrases.all()[described].tokens.clone();
        Some(SpeakerMention { tokens, form: MentionForm::Nominal, antecedent: None })
    }

    /// Parses "in S's words", "S's claim that" and "her remark", where S is the speaker.
    fn of_owner(&self) -> Option<Cue> {
        let word = self.word(self.index);
        let view = lists::VIEW_NOUNS.contains(word);
        if !self.class(self.index).is_noun() || !(view || lists::SPEECH_NOUNS.contains(word)) {
            return None;
        }
        let phrase = self.clauses.phrases.all().iter().find(|phrase| phrase.tokens.contains(&self.index))?;
        let in_view =
            view && self.before(phrase.tokens.start).is_some_and(|before| matches!(self.word(before), "in" | "In"));
        if view && (!in_view || phrase.head != self.index) {
            return None;
        }
        let is_clitic = |at: usize| self.word(at).starts_with(['\'', '’']);
        let owner = phrase.tokens.clone().find(|at| self.class(*at) == WordClass::Possessive || is_clitic(*at))?;
        let clitic = is_clitic(owner);
        let (tokens, form) = match (clitic, self.word(owner)) {
            (true, _) => (phrase.tokens.start..owner, MentionForm::Name),
            (false, "his" | "her" | "their" | "His" | "Her" | "Their") => (owner..owner + 1, MentionForm::Pronoun),
            _ => return None,
        };
        if tokens.is_empty() {
            return None;
        }
        let speaker = SpeakerMention { tokens, form, antecedent: None };
        Some(Self::make(self.index..self.index + 1, ReportingKind::Judgement, form_of(word, in_view), Some(speaker)))
    }

    /// Parses a reporting verb together with its subject.
    fn verb(&self) -> Option<Cue> {
        let word = self.word(self.index);
        let next = self.word(self.index + 1);
        let (verb, end) = if matches!(word, "put" | "puts") && next == "it" {
            (ReportingKind::Clause, self.index + 2)
        } else if let Some(end) = self.make_clear_end(word) {
            (ReportingKind::Clause, end)
        } else {
            (self.masked.document.resources.lexicon().reporting(word)?.reporting_kind, self.index + 1)
        };
        let before = self.before(self.index);
        if !self.is_verb(word, before) || self.is_in_noun_phrase(before) || self.is_about_anonymity(end) {
            return None;
        }
        let tokens = self.index..end;
        if word.ends_with("ing") && !before.is_some_and(|before| is_auxiliary(self.word(before))) {
            return Some(Self::make(tokens, verb, CueForm::Participle, self.participle_subject()));
        }
        if self.is_passive(word, before) {
            let by = (self.word(end) == "by").then(|| self.clauses.after_verb(end + 1)).flatten();
            return Some(Self::make(tokens, verb, CueForm::Passive, by));
        }
        let beside_quotation = before.is_none_or(|before| {
            self.masked.quotation_at(before).is_some()
                || (matches!(self.word(before), "," | "–" | "—" | "--" | "-")
                    && self.before(before).is_some_and(|before| self.masked.quotation_at(before).is_some()))
        });
        // Accepts `“Go,” said Ode` and `“Go home,” read a poster`, but not `Ode, who put it “in the thousands,”
        // described the plan`.
        let whole = before.is_some_and(|before| self.opens_with_quotation(before));
        let inverts =
            beside_quotation && (whole || verb != ReportingKind::Judgement) && !self.clauses.opens_clause(end);
        if inverts && let Some(speaker) = self.clauses.after_verb(end) {
            return Some(Self::make(tokens, verb, CueForm::Inverted, Some(speaker)));
        }
        let after_comma = before.is_some_and(|before| {
            self.word(before) == "," && !self.closes_relative(before) && self.has_statement_before(before)
        }) && self.class(self.index).is_finite()
            && !self.addresses(word, end)
            && !self.is_plural_only(word, end);
        // Inversion after unquoted speech: "It rained, said Ode."
        if after_comma && verb == ReportingKind::Clause && self.clauses.ends_clause(end) {
            let speaker = self.clauses.after_verb(end).filter(|speaker| speaker.form != MentionForm::Pronoun);
            if speaker.is_some() && !matches!(word, "told" | "tells") {
                return Some(Self::make(tokens, verb, CueForm::Inverted, speaker));
            }
        }
        let speaker = self.clauses.before_verb(self.index);
        let speaker = speaker.or_else(|| beside_quotation.then(|| self.clauses.after_verb(end)).flatten());
        let mut cue = Self::make(tokens, verb, CueForm::SubjectFirst, speaker);
        cue.infinitive = before.is_some_and(|before| matches!(self.class(before), WordClass::To | WordClass::Modal));
        Some(cue)
    }

    /// Returns whether only a quotation precedes the cue in its sentence. `last` is the last token of that quotation or
    /// the comma after it.
    fn opens_with_quotation(&self, last: usize) -> bool {
        let quotation = if self.masked.quotation_at(last).is_some() { Some(last) } else { self.before(last) };
        let quotation = quotation.and_then(|index| self.masked.quotation_at(index));
        quotation.is_some_and(|quotation| self.masked.quotations[quotation].tokens.start == self.sentence.tokens.start)
    }

    /// Returns whether the phrase at `end` is the addressee of the words quoted after it, as in "Ode, visiting, asked
    /// the crowd “Who pays?”".
    fn addresses(&self, word: &str, end: usize) -> bool {
        let resources = self.masked.document.resources;
        let lemma = resources.lexicon().reporting(word).map_or("", |verb| verb.lemma.as_str());
        let after = self.clauses.phrases.starting_at(end).map(|phrase| self.clauses.phrases.all()[phrase].tokens.end);
        resources.complements().of(lemma).takes(Complement::Person)
            && after.is_some_and(|after| self.masked.quotation_at(after).is_some())
    }

    /// Returns whether the base form `word` precedes a singular noun. Such a noun cannot be the verb's subject, as in
    /// "did, however, ask the pilot".
    fn is_plural_only(&self, word: &str, end: usize) -> bool {
        let base = self.masked.document.resources.lexicon().reporting(word).is_some_and(|verb| verb.lemma == word);
        let phrase = self.clauses.phrases.starting_at(end).map(|phrase| &self.clauses.phrases.all()[phrase]);
        base && phrase.is_some_and(|phrase| self.class(phrase.head) == WordClass::Noun)
    }

    /// Returns whether the words before the comma at `comma` can be a statement, because they contain a finite verb. In
    /// "Ode, the mayor, said cuts were near", the words before the comma are only the subject.
    fn has_statement_before(&self, comma: usize) -> bool {
        (self.sentence.tokens.start..comma)
            .any(|index| self.masked.quotation_at(index).is_some() || self.class(index).is_finite())
    }

    /// Returns whether the comma at `comma` ends a relative clause that describes the opening phrase. The main verb
    /// follows such a comma, as in "Meridian, which a fund owns, reported a profit".
    fn closes_relative(&self, comma: usize) -> bool {
        let mut at = self.before(comma);
        let mut relative = false;
        while let Some(index) = at {
            let class = self.class(index);
            let opens = class == WordClass::Wh && self.before(index).is_some_and(|before| self.word(before) == ",");
            if !relative && self.word(index) == "," && !opens || relative && class.is_finite() {
                return false;
            }
            at = self.before(index);
            if opens {
                relative = true;
                at = at.and_then(|comma| self.before(comma));
            }
        }
        relative
    }

    /// Returns whether the words are only about the speaker's anonymity and are therefore not a statement, as in "asked
    /// not to be identified".
    fn is_about_anonymity(&self, end: usize) -> bool {
        let [not, to, be, kept] = [0, 1, 2, 3].map(|step| self.word(end + step));
        (not, to, be) == ("not", "to", "be") && lists::ANONYMITY.contains(kept)
    }

    /// Returns the index after "made clear" or "makes it plain".
    fn make_clear_end(&self, word: &str) -> Option<usize> {
        if !matches!(word, "made" | "makes" | "make" | "making") {
            return None;
        }
        let clear = self.index + 1 + usize::from(self.word(self.index + 1) == "it");
        matches!(self.word(clear), "clear" | "plain").then_some(clear + 1)
    }

    /// Returns whether the word is a verb in this context, based on its tag or on an adjacent quotation.
    fn is_verb(&self, word: &str, before: Option<usize>) -> bool {
        if self.class(self.index).is_verb() {
            return true;
        }
        if matches!(self.class(self.index), WordClass::Proper) {
            return false;
        }
        if self.masked.is_head_of_quoted_modifier(self.index) {
            return false;
        }
        let beside = |index: Option<usize>| index.is_some_and(|index| self.masked.quotation_at(index).is_some());
        lists::PLAIN_SPEECH.contains(word) || beside(before)
    }

    /// Returns whether a noun mistagged as a verb is in a noun phrase, as in "which state law requires" and "whose claim
    /// acceptance rate". No verb follows "whose" directly.
    fn is_in_noun_phrase(&self, before: Option<usize>) -> bool {
        let is_finite = |class| matches!(class, WordClass::VerbPresent | WordClass::VerbPast | WordClass::Modal);
        before.is_some_and(|before| match self.word(before) {
            "whose" => true,
            "which" => {
                self.class(self.index) == WordClass::VerbPresent
                    && self.class(self.index + 1).is_noun()
                    && is_finite(self.class(self.index + 2))
            }
            _ => false,
        })
    }

    /// Returns whether the verb is passive, as in "was told" or "is called".
    fn is_passive(&self, word: &str, before: Option<usize>) -> bool {
        let participle = self.class(self.index) == WordClass::VerbParticiple
            || word.ends_with("ed")
            || lists::PASSIVE_SPEECH.contains(word);
        let asked = lists::ASKED.contains(word) && lists::ASKED_ABOUT.contains(self.word(self.index + 1));
        let leads = before
            .is_none_or(|before| self.class(before) == WordClass::Subordinator || (asked && self.word(before) == ","));
        let mut before = before;
        if leads && self.class(self.index) == WordClass::VerbParticiple {
            return true;
        }
        // "First" is tagged as an ordinal number.
        while before.is_some_and(|before| {
            matches!(self.class(before), WordClass::Adverb | WordClass::Negation) || self.word(before) == "first"
        }) {
            before = before.and_then(|before| self.before(before));
        }
        participle && before.is_some_and(|before| lists::PASSIVE_AUXILIARIES.contains(self.word(before)))
    }

    /// Returns the person quoted by another source. `link` is the "as" of "quoted Ode as saying" or "Ode was quoted as
    /// saying".
    fn quoted_as(&self, link: usize) -> Option<SpeakerMention> {
        let last = self.before(link)?;
        let passes_on = |index: usize| lists::PASSING_ON.contains(self.word(index));
        if passes_on(last) {
            return self.clauses.before_verb(last);
        }
        let phrase = self.clauses.phrases.ending_at(last)?;
        let verb = self.before(self.clauses.phrases.all()[phrase].tokens.start)?;
        if self.word(verb) == "by" {
            // The outlet that quotes, as in "Ode was quoted by the paper as saying".
            return self.before(verb).filter(|verb| passes_on(*verb)).and_then(|verb| self.clauses.before_verb(verb));
        }
        if self.clauses.phrases.all()[phrase].kind == PhraseKind::Time {
            return passes_on(verb).then(|| self.clauses.before_verb(verb)).flatten();
        }
        passes_on(verb).then(|| self.clauses.mention(phrase)).flatten()
    }

    /// Returns the subject of a participle such as "saying". In order of preference, this is the phrase right before
    /// the participle, the speaker of the previous cue, or the subject of the sentence.
    fn participle_subject(&self) -> Option<SpeakerMention> {
        let before = self.before(self.index)?;
        if self.word(before) == "as"
            && let Some(quoted) = self.quoted_as(before)
        {
            return Some(quoted);
        }
        if let Some(phrase) = self.clauses.phrases.ending_at(before) {
            if let Some(head) = self.speaking(phrase) {
                return self.clauses.mention(head);
            }
            let start = self.clauses.phrases.all()[phrase].tokens.start;
            return self.clauses.of_sentence(start).or_else(|| self.clauses.mention(phrase));
        }
        if self.class(before).is_verb() && !self.word(before).ends_with("ing") && self.word(before) != "to" {
            // The participle follows another verb, as in "is shown saying" or "kept saying".
            return self.clauses.before_verb(before);
        }
        let earlier = self
            .earlier
            .iter()
            .rev()
            .filter(|cue| cue.reporting_kind != ReportingKind::Gesture)
            .find(|cue| cue.speaker.is_some() && !matches!(cue.form, CueForm::Phrase | CueForm::Noun));
        match earlier {
            Some(Cue { speaker: Some(SpeakerMention { antecedent: Some(tokens), .. }), .. }) => {
                Some(SpeakerMention { tokens: tokens.clone(), form: MentionForm::Nominal, antecedent: None })
            }
            Some(cue) => cue.speaker.clone().map(|main| self.clauses.nearer_actor(main, self.index)),
            None => self.clauses.of_participle(self.index),
        }
    }

    /// Returns the subject of a participle that follows phrase `index`: the phrase itself, or the phrase on which it
    /// depends through "of", as in "the head of the port saying". Returns `None` if that is a time, a place, an addressee
    /// or a piece of writing, as in "a letter to the board of directors stating".
    fn speaking(&self, index: usize) -> Option<usize> {
        let phrases = self.clauses.phrases.all();
        for (at, phrase) in phrases.iter().enumerate().take(index + 1).rev() {
            let written = phrase.tokens.clone().any(|index| lists::WRITINGS.contains(self.word(index)));
            let preposition = phrase.tokens.start.checked_sub(1).map_or("", |before| self.word(before));
            if phrase.kind == PhraseKind::Time
                || matches!(preposition, "at" | "on" | "in" | "to" | "for")
                || written && phrase.governed
            {
                return None;
            }
            if phrase.link != Link::Preposition || preposition != "of" {
                // In "two of the directors saying", the directors speak.
                return Some(if phrase.kind == PhraseKind::Number { index } else { at });
            }
        }
        Some(index)
    }
}
