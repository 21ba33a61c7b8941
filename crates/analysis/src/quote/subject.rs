//! Finds the subject of a reporting verb, that is, the words that name the speaker.

use super::masked_sentence::{MaskedSentence, MaskedSentences};
use super::phrase::{Link, Phrase, PhraseKind, Phrases, is_auxiliary};
use crate::lexicon::lists;
use crate::lexicon::names::Kinds;
use crate::word_class::WordClass;
use std::ops::Range;

/// Words with which an attribution names the speaker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SpeakerMention {
    /// Tokens of the name or description, including "of" phrases and coordinated phrases.
    pub tokens: Range<usize>,
    /// Form of the mention: pronoun, name, description or relative.
    pub form: MentionForm,
    /// Antecedent of a relative pronoun; `None` for every other mention.
    pub antecedent: Option<Range<usize>>,
}

/// Form in which a speaker is mentioned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum MentionForm {
    /// Personal pronoun: "she".
    Pronoun,
    /// Name: "Ana Ode", "Mayor Ode".
    Name,
    /// Description: "the mayor", "critics".
    Nominal,
    /// Relative pronoun: "who".
    Relative,
}

/// Sentence prepared for the search for subjects.
pub(crate) struct Clauses<'a> {
    masked: &'a MaskedSentences<'a>,
    sentence: &'a MaskedSentence,
    /// Noun phrases of the sentence.
    pub phrases: Phrases,
}

impl<'a> Clauses<'a> {
    /// Collects the noun phrases of `sentence`.
    #[must_use]
    pub(crate) fn new(masked: &'a MaskedSentences<'a>, sentence: &'a MaskedSentence) -> Self {
        Self { masked, sentence, phrases: Phrases::new(masked, sentence) }
    }

    #[inline]
    fn word(&self, index: usize) -> &'a str {
        self.masked.document.word(index)
    }

    #[inline]
    fn class(&self, index: usize) -> WordClass {
        self.masked.class(index)
    }

    /// Returns the index of the token before `index` in the sentence. If a quotation ends there, returns the index of
    /// its first token.
    #[inline]
    fn before(&self, index: usize) -> Option<usize> {
        self.masked.before(index).filter(|before| *before >= self.sentence.tokens.start)
    }

    /// Returns phrase `index` as the mention of a speaker.
    #[must_use]
    pub(crate) fn mention(&self, index: usize) -> Option<SpeakerMention> {
        let phrase = self.phrases.all().get(index)?;
        let form = match phrase.kind {
            PhraseKind::Pronoun => MentionForm::Pronoun,
            PhraseKind::Name => MentionForm::Name,
            PhraseKind::Nominal | PhraseKind::Number | PhraseKind::Time => MentionForm::Nominal,
        };
        let mut end = phrase.tokens.end;
        // "Neither of the wardens" is a description, although "neither" is a pronoun.
        if form != MentionForm::Pronoun || self.word(end) == "of" {
            // Include "of" phrases and coordinated phrases, as in "the leader of the party of the left" or "Ana Ode and
            // Karel Dunn".
            for next in &self.phrases.all()[index + 1..] {
                let adjoins = next.tokens.start == end + 1
                    && match next.link {
                        Link::Preposition => {
                            self.word(end) == "of" || self.word(end) == "for" && self.is_office(phrase.head)
                        }
                        Link::Coordination => true,
                        _ => false,
                    };
                if !adjoins {
                    break;
                }
                end = next.tokens.end;
            }
        }
        if form == MentionForm::Nominal
            && let Some(name) = self.named_after(index)
        {
            return Some(SpeakerMention {
                tokens: self.phrases.all()[name].tokens.clone(),
                form: MentionForm::Name,
                antecedent: None,
            });
        }
        Some(SpeakerMention { tokens: phrase.tokens.start..end, form, antecedent: None })
    }

    /// Returns whether the word at `head` is an office, such as "minister" or "Secretary".
    fn is_office(&self, head: usize) -> bool {
        self.masked.document.resources.names().of(self.word(head)).any(Kinds::ROLE)
    }

    /// Returns the name in apposition to the description at phrase `index`, as in "its director, Ana Ode," or "his
    /// counterpart from Samur, Ana Ode".
    fn named_after(&self, index: usize) -> Option<usize> {
        let list = self.phrases.all();
        let mut at = index + 1;
        while list.get(at).is_some_and(|next| next.link == Link::Preposition) {
            at += 1;
        }
        let name = list.get(at)?;
        let direct = at == index + 1;
        let fits = name.kind == PhraseKind::Name && name.link == Link::Apposition && (direct || name.tokens.len() > 1);
        let closed = name.tokens.end >= self.sentence.tokens.end
            || self.masked.quotation_at(name.tokens.end).is_some()
            || matches!(self.word(name.tokens.end), "," | "." | ":" | ";" | "(" | "–" | "—")
            || self.class(name.tokens.end).is_verb()
            || self.class(name.tokens.end) == WordClass::Preposition;
        (fits && closed).then_some(at)
    }

    /// Returns the subject of the verb at token `verb`, searching leftwards.
    #[must_use]
    pub(crate) fn before_verb(&self, verb: usize) -> Option<SpeakerMention> {
        let mut index = self.before(verb)?;
        index = self.past_adverbs(index)?;
        let mut closed = false;
        if matches!(self.word(index), "," | "–" | "—" | "--") && self.masked.quotation_at(index).is_none() {
            closed = true;
            index = self.past_adverbs(self.before(index)?)?;
        }
        if self.word(index) == ")" {
            index = self.past_brackets(index)?;
        }
        if self.class(index) == WordClass::Wh && !lists::RELATIVE_PRONOUNS.contains(self.word(index)) {
            // The subject of a phrase such as "how to say" or "what to tell" is further left.
            return self.of_sentence(index);
        }
        if self.class(index) == WordClass::Wh || self.is_relative_that(index) {
            return self.relative(index);
        }
        if let Some(opener) = self.closed_relative(index).filter(|_| closed) {
            return self.past_insertion(opener + 1);
        }
        if let Some(opener) = self.closed_participle(index).filter(|_| closed) {
            return self.past_insertion(opener);
        }
        if self.class(index) == WordClass::Conjunction {
            return self.of_relative(index).or_else(|| self.of_sentence(index));
        }
        if !closed && let Some(inserted) = self.inserted(index, verb) {
            return self.mention(inserted);
        }
        match self.phrases.ending_at(index) {
            Some(phrase) => match self.phrases.find_subject(phrase, closed) {
                Some(subject) => self.mention(subject),
                None => self.past_insertion(index),
            },
            None if self.masked.quotation_at(index).is_some() => self.of_sentence(index),
            None => self.past_insertion(index),
        }
    }

    /// Returns the phrase that ends with token `last` if the phrase and the verb at `verb` form a clause inserted
    /// between a subject and its predicate, such as "aides said" in "Ode, aides said on Monday, has resigned".
    fn inserted(&self, last: usize, verb: usize) -> Option<usize> {
        /// Maximum number of tokens from the verb to the closing comma.
        const MAX_LENGTH: usize = 5;
        let phrase = self.phrases.ending_at(last)?;
        let found = &self.phrases.all()[phrase];
        let comma = (verb + 1..verb + MAX_LENGTH).find(|index| self.word(*index) == ",")?;
        let opened = found.link == Link::Apposition
            && self.before(found.tokens.start).is_some_and(|before| self.word(before) == ",");
        let inside = comma < self.sentence.tokens.end && (verb..comma).all(|at| self.masked.quotation_at(at).is_none());
        (opened && inside && self.class(comma + 1).is_finite()).then_some(phrase)
    }

    /// Returns the index of the relative word that opens the parenthetical ending with token `last`, such as "which" in
    /// "Ode, which owns the mill, said".
    fn closed_relative(&self, last: usize) -> Option<usize> {
        /// Maximum length of a parenthetical, in tokens.
        const MAX_LENGTH: usize = 24;
        let from = last.saturating_sub(MAX_LENGTH).max(self.sentence.tokens.start);
        let opener = (from..last).rev().find(|index| self.class(*index) == WordClass::Wh)?;
        let parted = self.before(opener).is_some_and(|before| self.word(before) == ",");
        let inside = opener + 1..last + 1;
        let whole = inside.clone().all(|index| self.masked.quotation_at(index).is_none() && self.word(index) != ",");
        let verbs = inside.filter(|index| self.class(*index).is_finite()).count();
        (parted && whole && verbs == 1).then_some(opener)
    }

    /// Returns the index of the participle that opens the parenthetical ending with token `last`, such as "asked" in
    /// "Ode, asked about that figure, said".
    fn closed_participle(&self, last: usize) -> Option<usize> {
        /// Maximum length of a parenthetical, in tokens.
        const MAX_LENGTH: usize = 14;
        let from = last.saturating_sub(MAX_LENGTH).max(self.sentence.tokens.start);
        let comma = (from..last).rev().find(|index| self.word(*index) == ",")?;
        let opener = comma + 1;
        let participle = matches!(self.class(opener), WordClass::VerbParticiple | WordClass::VerbGerund)
            || self.class(opener) == WordClass::VerbPast
                && matches!(self.class(opener + 1), WordClass::Preposition | WordClass::Adverb);
        let named = self.before(comma).is_some_and(|before| self.phrases.ending_at(before).is_some());
        let inside = opener + 1..last + 1;
        let whole =
            inside.clone().all(|index| self.masked.quotation_at(index).is_none() && !self.class(index).is_finite());
        (participle && named && whole).then_some(opener)
    }

    /// Returns the subject of a relative clause that continues after the conjunction at `joint`, such as "who" in "a
    /// priest who asks for silence and says".
    fn of_relative(&self, joint: usize) -> Option<SpeakerMention> {
        /// Maximum distance back to the first verb of the clause, in tokens.
        const MAX_DISTANCE: usize = 14;
        let from = joint.saturating_sub(MAX_DISTANCE).max(self.sentence.tokens.start);
        let verb = (from..joint).rev().find(|index| self.class(*index).is_finite())?;
        let plain = (verb..joint).all(|index| self.masked.quotation_at(index).is_none() && self.word(index) != ",");
        let opener = self.past_adverbs(self.before(verb)?)?;
        (plain && self.word(opener) == "who").then(|| self.relative(opener)).flatten()
    }

    /// Skips adverbs, auxiliaries and modals, moving left from `index`.
    fn past_adverbs(&self, mut index: usize) -> Option<usize> {
        loop {
            let skipped = self.masked.quotation_at(index).is_none()
                && (matches!(
                    self.class(index),
                    WordClass::Adverb | WordClass::Modal | WordClass::Negation | WordClass::To
                ) || is_auxiliary(self.word(index)));
            if !skipped {
                return Some(index);
            }
            index = self.before(index)?;
        }
    }

    /// Skips back over a bracketed aside. Returns the index of the token before the opening bracket.
    fn past_brackets(&self, mut index: usize) -> Option<usize> {
        while !matches!(self.word(index), "(" | "[") {
            index = self.before(index)?;
        }
        self.before(index)
    }

    fn is_relative_that(&self, index: usize) -> bool {
        self.word(index) == "that" && self.before(index).is_some_and(|before| self.phrases.ending_at(before).is_some())
    }

    /// Returns the mention made by the "who" at `index`, together with its antecedent.
    fn relative(&self, index: usize) -> Option<SpeakerMention> {
        let mut before = self.before(index);
        // In "a driver who hid and who asked …", both relatives refer to the driver.
        if before.is_some_and(|before| self.class(before) == WordClass::Conjunction) {
            let same = |at: &usize| self.word(*at) == self.word(index) && self.masked.quotation_at(*at).is_none();
            let first = (self.sentence.tokens.start..index).find(same);
            if let Some(SpeakerMention { antecedent: antecedent @ Some(_), form, .. }) =
                first.and_then(|at| self.relative(at))
            {
                return Some(SpeakerMention { tokens: index..index + 1, form, antecedent });
            }
        }
        let closed = before.is_some_and(|before| self.word(before) == ",");
        if closed {
            before = self.before(before?);
        }
        let antecedent = before
            .and_then(|before| self.phrases.ending_at(before))
            .map(|phrase| self.phrases.all()[self.phrases.find_antecedent(phrase, closed)].tokens.clone());
        match antecedent {
            Some(tokens) if !self.word(index).starts_with("who") => {
                Some(SpeakerMention { tokens, form: MentionForm::Nominal, antecedent: None })
            }
            antecedent => Some(SpeakerMention { tokens: index..index + 1, form: MentionForm::Relative, antecedent }),
        }
    }

    /// Returns the subject if a parenthetical separates it from the verb, as in "Ode, who left early, said" or "Ode,
    /// speaking on Monday, said".
    fn past_insertion(&self, from: usize) -> Option<SpeakerMention> {
        let mut index = from;
        while let Some(before) = self.before(index) {
            index = before;
            let opens = matches!(self.word(index), "," | "who" | "which" | "–" | "—");
            if !opens || self.masked.quotation_at(index).is_some() {
                continue;
            }
            let mut before = self.before(index);
            if before.is_some_and(|before| self.word(before) == ",") {
                before = before.and_then(|before| self.before(before));
            }
            let ended = before.and_then(|before| {
                if self.word(before) == ")" {
                    self.past_brackets(before).and_then(|before| self.phrases.ending_at(before))
                } else {
                    self.phrases.ending_at(before)
                }
            });
            if let Some(subject) = ended.and_then(|phrase| self.phrases.find_subject(phrase, true)) {
                return self.mention(subject);
            }
        }
        self.of_sentence(from)
    }

    /// Returns the subject of the last verb before token `limit`, or else the first phrase that can be a subject.
    #[must_use]
    pub(crate) fn of_sentence(&self, limit: usize) -> Option<SpeakerMention> {
        let last = self.phrases.last_before(limit)?;
        let mut first = None;
        for index in (0..=last).rev() {
            if !self.phrases.is_free(index) {
                continue;
            }
            let root = self.phrases.find_subject(index, false);
            if root != Some(index) {
                continue;
            }
            first = Some(index);
            if self.has_verb(index, limit) && !self.is_dependent(index) {
                return self.mention(index);
            }
        }
        first.and_then(|first| self.mention(first))
    }

    /// Returns the subject of the participle at token `limit`. This is a person named near the participle, or else the
    /// subject of the sentence.
    #[must_use]
    pub(crate) fn of_participle(&self, limit: usize) -> Option<SpeakerMention> {
        self.of_sentence(limit).map(|main| self.nearer_actor(main, limit))
    }

    /// Returns `main`, or a person named in an adverbial clause between `main` and token `limit`, as in "Talks stalled
    /// after Ode walked out, saying". The person is preferred only if `main` is a thing or a description.
    #[must_use]
    pub(crate) fn nearer_actor(&self, main: SpeakerMention, limit: usize) -> SpeakerMention {
        let Some(last) = self.phrases.last_before(limit).filter(|_| main.form == MentionForm::Nominal) else {
            return main;
        };
        let acts = |index: &usize| {
            let phrase = &self.phrases.all()[*index];
            let before = self.before(phrase.tokens.start).map_or("", |before| self.word(before));
            phrase.kind == PhraseKind::Name
                && phrase.tokens.start > main.tokens.start
                && matches!(before, "after" | "when" | "as" | "while" | "since" | "before")
                && self.has_verb(*index, limit)
        };
        (0..=last).rev().find(acts).and_then(|index| self.mention(index)).unwrap_or(main)
    }

    /// Returns whether phrase `index` is the subject of a dependent clause, as in "that he" or "who the mayor".
    fn is_dependent(&self, index: usize) -> bool {
        let before = self.phrases.all().get(index).and_then(|phrase| self.before(phrase.tokens.start));
        before.is_some_and(|before| {
            self.masked.quotation_at(before).is_none()
                && matches!(self.class(before), WordClass::Wh | WordClass::Subordinator)
        })
    }

    /// Returns whether a finite verb directly follows phrase `index`, before token `limit`.
    fn has_verb(&self, index: usize, limit: usize) -> bool {
        let Some(phrase) = self.phrases.all().get(index) else { return false };
        let mut at = phrase.tokens.end;
        while at < limit && self.masked.quotation_at(at).is_none() {
            let class = self.class(at);
            if class.is_finite() || is_auxiliary(self.word(at)) || class == WordClass::VerbParticiple {
                return true;
            }
            if class != WordClass::Adverb {
                return false;
            }
            at += 1;
        }
        false
    }

    /// Returns the name right before the colon at `colon`, as in "And from Ode:" or "Then came Ode:", unless the name
    /// is an object.
    #[must_use]
    pub(crate) fn introduced_at(&self, colon: usize) -> Option<SpeakerMention> {
        let phrase = self.phrases.ending_at(self.before(colon)?)?;
        if let Some(source) = self.source_without_verb(phrase, colon) {
            return Some(source);
        }
        let found = &self.phrases.all()[phrase];
        let before = self.before(found.tokens.start)?;
        // Accepts "And from Ode:" but not "removed it from the net:".
        let free = self.before(before).is_none_or(|outer| {
            self.masked.quotation_at(outer).is_some()
                || matches!(self.class(outer), WordClass::Mark | WordClass::Conjunction | WordClass::Adverb)
                || self.word(outer).eq_ignore_ascii_case("more")
        });
        let announces = free && lists::ANNOUNCING.contains_any_case(self.word(before));
        (found.kind == PhraseKind::Name && announces).then(|| self.mention(phrase)).flatten()
    }

    /// Returns the person after "from" in an introduction without a verb that ends with phrase `last` before the colon at
    /// `colon`, as in "A last word from the ferryman, Ana Ode:".
    fn source_without_verb(&self, last: usize, colon: usize) -> Option<SpeakerMention> {
        let list = self.phrases.all();
        let described = last.checked_sub(1).filter(|_| list[last].link == Link::Apposition);
        let first = described.unwrap_or(last);
        let from =
            self.before(list[first].tokens.start).filter(|from| self.word(*from).eq_ignore_ascii_case("from"))?;
        let inside = (self.sentence.tokens.start..from).rev();
        let introduction = inside.take_while(|index| self.masked.quotation_at(*index).is_none());
        let verbless = introduction.chain(from..colon).all(|index| !self.class(index).is_verb());
        verbless.then(|| self.mention(first)).flatten()
    }

    /// Returns the name before a colon that introduces the quotation at token `start`, as in "Ode: “Go.”"
    #[must_use]
    pub(crate) fn before_colon(&self, start: usize) -> Option<SpeakerMention> {
        let colon = self.before(start).filter(|colon| self.word(*colon) == ":")?;
        if let Some(introduced) = self.introduced_at(colon) {
            return Some(introduced);
        }
        let phrase = self.phrases.ending_at(self.before(colon)?)?;
        let found = &self.phrases.all()[phrase];
        let opens = found.opens_clause
            || self.before(found.tokens.start).is_some_and(|before| self.class(before) == WordClass::Mark);
        (found.kind == PhraseKind::Name && opens).then(|| self.mention(phrase)).flatten()
    }

    /// Returns whether the phrase at token `index` is the subject of the verb before it, because no verb follows the
    /// phrase. This holds for "it rained, said Ode." but not for "she, a doctor, said Ode was ill".
    #[must_use]
    pub(crate) fn ends_clause(&self, index: usize) -> bool {
        let Some(mut phrase) = self.phrases.starting_at(index) else { return false };
        let attached = |next: &Phrase| matches!(next.link, Link::Preposition | Link::Coordination);
        while self.phrases.all().get(phrase + 1).is_some_and(attached) {
            phrase += 1;
        }
        let after = self.phrases.all()[phrase].tokens.end;
        after >= self.sentence.tokens.end
            || self.masked.quotation_at(after).is_some()
            || matches!(self.word(after), "," | "." | ";" | ":" | "–" | "—" | "(" | "who")
            || matches!(self.class(after), WordClass::Preposition)
    }

    /// Returns the owner in a phrase about a statement, such as "Ode" in "Ode's advice".
    #[must_use]
    pub(crate) fn owner(&self, mentioned: &SpeakerMention) -> Option<SpeakerMention> {
        let last = mentioned.tokens.end.checked_sub(1).filter(|last| lists::SPEECH_NOUNS.contains(self.word(*last)))?;
        let mut inner = mentioned.tokens.start..last;
        let clitic =
            inner.rfind(|at| self.word(*at).starts_with(['\'', '’']) && self.class(*at) == WordClass::Possessive)?;
        let tokens = mentioned.tokens.start..clitic;
        (!tokens.is_empty()).then_some(SpeakerMention { tokens, form: MentionForm::Name, antecedent: None })
    }

    /// Returns whether the phrase at token `index` is the subject of the verb right after it, as in "said the mill was
    /// closed".
    #[must_use]
    pub(crate) fn opens_clause(&self, index: usize) -> bool {
        let Some(mut phrase) = self.phrases.starting_at(index) else { return false };
        while self.phrases.all().get(phrase + 1).is_some_and(|next| next.link == Link::Preposition) {
            phrase += 1;
        }
        let mut at = self.phrases.all()[phrase].tokens.end;
        while at < self.sentence.tokens.end && matches!(self.class(at), WordClass::Adverb | WordClass::Negation) {
            at += 1;
        }
        at < self.sentence.tokens.end && self.masked.quotation_at(at).is_none() && self.class(at).is_finite()
    }

    /// Returns the phrase at token `index` as the subject of the verb before it, as in "said Ode".
    #[must_use]
    pub(crate) fn after_verb(&self, index: usize) -> Option<SpeakerMention> {
        let phrase = self.phrases.starting_at(index).or_else(|| {
            // A participle or adjective can precede the title, as in "said retired Gen. Ode".
            let described =
                self.class(index).is_verb() || matches!(self.class(index), WordClass::Adjective | WordClass::Adverb);
            described.then(|| self.phrases.starting_at(index + 1)).flatten()
        })?;
        let found = &self.phrases.all()[phrase];
        if matches!(found.kind, PhraseKind::Time | PhraseKind::Number) {
            return None;
        }
        self.mention(phrase)
    }
}
