//! Noun phrases of a sentence. Each may be attached to the previous phrase by a preposition ("adviser to the mayor") or
//! as an apposition ("Ana Ode, the mayor"). The search for a subject starts at the phrase next to a verb and follows
//! the attachments back to the first phrase.

use super::masked_sentence::{MaskedSentence, MaskedSentences};
use crate::lexicon::lists;
use crate::word_class::WordClass;
use std::ops::Range;

/// Noun phrase, excluding the modifiers after its head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    /// Tokens from the first modifier to the head.
    pub tokens: Range<usize>,
    /// Index of the head, which is the last token of the phrase.
    pub head: usize,
    /// Kind of the head, such as name or pronoun.
    pub kind: PhraseKind,
    /// Attachment to the previous phrase.
    pub link: Link,
    /// Whether the phrase is the object of a preceding preposition or verb.
    pub governed: bool,
    /// Whether nothing but a quotation precedes the phrase in its sentence.
    pub opens_clause: bool,
}

/// Kind of a phrase's head.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum PhraseKind {
    /// Personal pronoun.
    Pronoun,
    /// Name, possibly with a title or role before it.
    Name,
    /// Common noun.
    Nominal,
    /// Number without a noun, such as an age or a score.
    Number,
    /// Day, month or span of time.
    Time,
}

/// Attachment of a noun phrase to the previous one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Link {
    /// No attachment.
    Free,
    /// Attachment by a preposition, possibly after a comma.
    Preposition,
    /// Attachment after a comma, a dash or an opening bracket.
    Apposition,
    /// Attachment by "and" or "or".
    Coordination,
}

/// Returns the noun phrases of `sentence`, in order.
#[must_use]
pub(crate) fn phrases(masked: &MaskedSentences<'_>, sentence: &MaskedSentence) -> Vec<Phrase> {
    let mut out: Vec<Phrase> = Vec::new();
    let mut index = sentence.tokens.start;
    while index < sentence.tokens.end {
        if masked.quotation_at(index).is_some() {
            index = masked.after(index);
            continue;
        }
        match extent(masked, index, sentence.tokens.end) {
            Some(end) => {
                let phrase = describe(masked, sentence, out.last(), index..end);
                out.push(phrase);
                index = end;
            }
            None => index += 1,
        }
    }
    out
}

/// Returns the index after the phrase that begins at `start`, or `None` if no phrase begins there.
fn extent(masked: &MaskedSentences<'_>, start: usize, limit: usize) -> Option<usize> {
    let document = masked.document;
    let class = |index: usize| masked.class(index);
    if class(start) == WordClass::Pronoun || document.word(start) == "I" {
        return (!lists::NO_SPEAKERS.contains(document.word(start))).then_some(start + 1);
    }
    if matches!(document.word(start), "According" | "according") {
        return None;
    }
    let mut end = None;
    let mut index = start;
    while index < limit {
        let word = document.word(index);
        let here = class(index);
        if let Some(quotation) = masked.quotation_at(index) {
            // A quoted nickname or term inside the phrase, as in `the “Sea Dog” brothers`.
            let held = &masked.quotations[quotation];
            if index == start
                || held.tokens.start != index
                || held.tokens.len() > 6
                || masked.ends_in_stop(quotation)
                || !glued(document.word(index - 1))
            {
                break;
            }
            index = held.tokens.end;
            if index <= limit {
                end = Some(index);
            }
            continue;
        }
        if here.is_noun() || here == WordClass::Number {
            end = Some(index + 1);
        } else if index > start && matches!(word, "'" | "’") && is_plural_possessive(masked, index) {
            // The possessive clitic after a plural, as in "the patients' group".
        } else if here == WordClass::Possessive && index > start && word.starts_with(['\'', '’']) {
            // A phrase without a head after the clitic ends before the clitic, as in "the mayor's".
        } else if matches!(here, WordClass::Determiner | WordClass::Possessive) {
            if end.is_some() && !document.word(index - 1).starts_with(['\'', '’']) {
                break;
            }
        } else if here == WordClass::Adjective || lists::BEFORE_OFFICES.contains(word) {
            if end.is_some() && !class(index + 1).is_noun() && class(index + 1) != WordClass::Adjective {
                break;
            }
        } else if here == WordClass::Adverb {
            if end.is_some() || class(index + 1) != WordClass::Adjective || index == start {
                break;
            }
        } else if word == "and" && end.is_none() && index > start && joins_adjectives(masked, index) {
            // Two coordinated adjectives, as in "present and former pilots".
        } else if matches!(word, "&" | "%" | "/" | "$" | "£" | "€" | "#" | "@") {
            // Symbols that occur inside names and amounts.
        } else {
            break;
        }
        index += 1;
    }
    // A phrase without a noun, such as "the accused" or "another".
    let first = document.word(start);
    let bare = index > start
        && end.is_none()
        && ((class(start) == WordClass::Determiner && class(index - 1) == WordClass::Adjective)
            || (index == start + 1 && lists::PRONOMINAL_QUANTIFIERS.contains_any_case(first)));
    if bare { Some(index) } else { end }
}

/// Returns whether the apostrophe at `index` marks a plural possessive, because it follows a final s and precedes a
/// word.
fn is_plural_possessive(masked: &MaskedSentences<'_>, index: usize) -> bool {
    let glued = masked.document.tokens.get(index).is_some_and(|token| !token.spaced);
    let word_after = masked.document.tokens.get(index + 1).is_some_and(|next| next.spaced);
    glued && word_after && masked.word(index - 1).ends_with('s') && masked.class(index + 1) != WordClass::Mark
}

/// Returns whether the conjunction at `index` joins two adjectives.
fn joins_adjectives(masked: &MaskedSentences<'_>, index: usize) -> bool {
    masked.class(index - 1) == WordClass::Adjective && masked.class(index + 1) == WordClass::Adjective
}

/// Returns whether a quotation after `word` can be part of the noun phrase. `word` must not be punctuation or a number.
fn glued(word: &str) -> bool {
    word.starts_with(char::is_alphabetic)
}

/// Determines the kind and attachment of a phrase, given the previous phrase.
fn describe(
    masked: &MaskedSentences<'_>,
    sentence: &MaskedSentence,
    previous: Option<&Phrase>,
    tokens: Range<usize>,
) -> Phrase {
    let head = tokens.end - 1;
    let before = masked.before(tokens.start).filter(|before| *before >= sentence.tokens.start);
    let gap = previous.map(|previous| previous.tokens.end..tokens.start);
    let kind = kind(masked, &tokens, head);
    let link = gap.map_or(Link::Free, |gap| link(masked, gap, kind));
    let governed = before.is_some_and(|before| governs(masked, sentence, before));
    let opens_clause = before.is_none_or(|before| {
        masked.quotation_at(before).is_some()
            || (masked.word(before) == ","
                && before > sentence.tokens.start
                && masked.quotation_at(before - 1).is_some())
    });
    Phrase { tokens, head, kind, link, governed, opens_clause }
}

/// Returns whether the token `before` makes the next phrase an object. Prepositions do, and so do verbs with or without
/// a particle.
fn governs(masked: &MaskedSentences<'_>, sentence: &MaskedSentence, before: usize) -> bool {
    if masked.quotation_at(before).is_some() {
        return false;
    }
    // In "Had Ode said it", the auxiliary at the head of the sentence precedes its own subject.
    let inverted =
        |index: usize| index == sentence.tokens.start && lists::AUXILIARIES.contains_any_case(masked.word(index));
    let is_verb = |index: usize| {
        let class = masked.class(index);
        class.is_verb() && class != WordClass::Modal && !inverted(index)
    };
    match masked.class(before) {
        WordClass::Preposition | WordClass::To => true,
        WordClass::Adverb => {
            matches!(masked.word(before), "out" | "up" | "off" | "down" | "away" | "back" | "on" | "over")
                && before > sentence.tokens.start
                && is_verb(before - 1)
        }
        _ => is_verb(before),
    }
}

fn kind(masked: &MaskedSentences<'_>, tokens: &Range<usize>, head: usize) -> PhraseKind {
    let document = masked.document;
    if lists::TIME_WORDS.contains(document.word(head)) && !is_named_may(document.word(head), tokens.len()) {
        return PhraseKind::Time;
    }
    // In "he left and several times called it a farce", nobody called it so but him.
    let counted = tokens.len() > 1
        && (document.classes.get(tokens.start) == Some(&WordClass::Number)
            || lists::PRONOMINAL_QUANTIFIERS.contains_any_case(document.word(tokens.start)));
    if counted && lists::FREQUENCY_NOUNS.contains(document.word(head)) {
        return PhraseKind::Time;
    }
    match document.classes.get(head) {
        Some(WordClass::Pronoun) => PhraseKind::Pronoun,
        Some(WordClass::Proper) => PhraseKind::Name,
        Some(WordClass::Number) => {
            let first_is_month = lists::TIME_WORDS.contains(document.word(tokens.start));
            if first_is_month {
                PhraseKind::Time
            } else if tokens.len() == 1 && document.word(head).starts_with(|c: char| c.is_ascii_digit()) {
                PhraseKind::Number
            } else {
                PhraseKind::Nominal
            }
        }
        _ if masked.quotation_at(head).is_some() => PhraseKind::Name,
        _ => PhraseKind::Nominal,
    }
}

/// Returns whether a month's name belongs to a person. For example, "Theresa May" and "Mrs. May" are people, but "May"
/// by itself is a month.
fn is_named_may(word: &str, length: usize) -> bool {
    matches!(word, "May" | "March" | "April" | "June" | "August") && length > 1
}

/// Returns how a phrase is attached to the previous one, based on the tokens between the two.
fn link(masked: &MaskedSentences<'_>, gap: Range<usize>, kind: PhraseKind) -> Link {
    let document = masked.document;
    let gap_start = gap.start;
    // Brackets between the phrases are ignored, as in "Ruiz (D-Mo.), the senator".
    let mut steps: Vec<usize> = Vec::with_capacity(3);
    let mut index = gap.start;
    let mut depth = 0;
    while index < gap.end {
        if masked.quotation_at(index).is_some() {
            return Link::Free;
        }
        match document.word(index) {
            "(" | "[" => depth += 1,
            ")" | "]" if depth > 0 => depth -= 1,
            _ if depth == 0 => steps.push(index),
            _ => {}
        }
        if steps.len() > 2 {
            return Link::Free;
        }
        index += 1;
    }
    if depth > 0 {
        return Link::Apposition;
    }
    let class = |index: usize| masked.class(index);
    let (first, second) = (steps.first().copied(), steps.get(1).copied());
    let comma = |index: usize| matches!(document.word(index), "," | "–" | "—" | "--" | "-");
    let preposition = |index: usize| matches!(class(index), WordClass::Preposition | WordClass::To);
    let quantifier = lists::PRONOMINAL_QUANTIFIERS.contains(document.word(gap.end));
    match (first, second) {
        (Some(only), None) if preposition(only) => Link::Preposition,
        (Some(mark), Some(word)) if comma(mark) && preposition(word) && kind != PhraseKind::Time => Link::Preposition,
        // In "the keepers, most of them old," the phrase "most" describes the keepers.
        (Some(only), None) if comma(only) && (kind != PhraseKind::Pronoun || quantifier) => Link::Apposition,
        (Some(only), None) if class(only) == WordClass::Conjunction && document.word(only) != "but" => {
            Link::Coordination
        }
        (Some(mark), Some(word)) if comma(mark) && class(word) == WordClass::Conjunction => Link::Free,
        (None, None) if gap_start > 0 && document.word(gap_start - 1) == ")" => Link::Apposition,
        _ => Link::Free,
    }
}

/// Returns whether a word is a modal or a form of "be", "have" or "do".
#[must_use]
pub(crate) fn is_auxiliary(word: &str) -> bool {
    lists::AUXILIARIES.contains(word)
}

/// Noun phrases of one sentence, searchable for subjects.
#[derive(Debug)]
pub(crate) struct Phrases {
    list: Vec<Phrase>,
}

impl Phrases {
    /// Collects the noun phrases of `sentence`.
    #[must_use]
    pub(crate) fn new(masked: &MaskedSentences<'_>, sentence: &MaskedSentence) -> Self {
        Self { list: phrases(masked, sentence) }
    }

    /// Returns all noun phrases, in order.
    #[must_use]
    #[inline]
    pub(crate) fn all(&self) -> &[Phrase] {
        &self.list
    }

    /// Returns the index of the phrase whose last token is `index`.
    #[must_use]
    #[inline]
    pub(crate) fn ending_at(&self, index: usize) -> Option<usize> {
        let at = self.list.partition_point(|phrase| phrase.tokens.end <= index);
        (self.list.get(at)?.tokens.end == index + 1).then_some(at)
    }

    /// Returns the index of the phrase whose first token is `index`.
    #[must_use]
    #[inline]
    pub(crate) fn starting_at(&self, index: usize) -> Option<usize> {
        let at = self.list.partition_point(|phrase| phrase.tokens.start < index);
        (self.list.get(at)?.tokens.start == index).then_some(at)
    }

    /// Returns the index of the last phrase that ends at or before token `index`.
    #[must_use]
    pub(crate) fn last_before(&self, index: usize) -> Option<usize> {
        self.list.partition_point(|phrase| phrase.tokens.end <= index).checked_sub(1)
    }

    /// Returns whether phrase `index` can be a subject. Objects, times and numbers cannot.
    #[must_use]
    pub(crate) fn is_free(&self, index: usize) -> bool {
        self.list.get(index).is_some_and(|phrase| {
            !phrase.governed
                && phrase.link != Link::Preposition
                && phrase.kind != PhraseKind::Time
                && phrase.kind != PhraseKind::Number
        })
    }

    /// Returns the subject that ends with phrase `index`. The subject is the phrase to which phrase `index` is
    /// attached, directly or through other phrases. `closed` is set if a comma follows, because the last apposition
    /// cannot then be the subject itself.
    #[must_use]
    pub(crate) fn find_subject(&self, index: usize, closed: bool) -> Option<usize> {
        let root = self.root(index);
        let local = self.past_prepositions(index);
        if self.is_free(root) && (closed || self.lacks_comma(root, local)) {
            return Some(root);
        }
        if closed && local > 0 && self.list.get(local).is_some_and(|phrase| phrase.link == Link::Apposition) {
            let parent = self.past_prepositions(local - 1);
            if self.is_free(parent) {
                return Some(parent);
            }
        }
        let mut first = local;
        while first > 0 && self.list.get(first).is_some_and(|phrase| phrase.link == Link::Coordination) {
            first = self.past_prepositions(first - 1);
        }
        if first != local && self.is_free(first) {
            return Some(first);
        }
        // In "Pilots, angry about the toll and the bank, chanted", both nouns are objects of the preposition.
        if closed && first != local && self.list.get(first).is_some_and(|phrase| phrase.governed) {
            return None;
        }
        self.is_free(local).then_some(local)
    }

    /// Returns the antecedent of a relative word that follows phrase `index`. `closed` is set if a comma precedes the
    /// relative word. Unlike a subject, an antecedent may be an object, as in "met Ana Ode, the mayor, who".
    #[must_use]
    pub(crate) fn find_antecedent(&self, index: usize, closed: bool) -> usize {
        let local = self.past_prepositions(index);
        let name = local.checked_sub(1).filter(|name| {
            let apposed = self.list.get(local).is_some_and(|phrase| phrase.link == Link::Apposition);
            closed && apposed && self.list.get(*name).is_some_and(|phrase| phrase.kind == PhraseKind::Name)
        });
        name.or_else(|| self.find_subject(index, true)).unwrap_or(index)
    }

    /// Returns whether the comma after `local`, an apposition to the name `root`, is missing, as in "“Go,” Ana Ode, the
    /// mayor of Ostrel said".
    fn lacks_comma(&self, root: usize, local: usize) -> bool {
        root != local
            && self.list.get(root).is_some_and(|phrase| phrase.kind == PhraseKind::Name && phrase.opens_clause)
            && self
                .list
                .get(local)
                .is_some_and(|phrase| phrase.kind == PhraseKind::Nominal && phrase.link == Link::Apposition)
    }

    /// Follows all links back to the first phrase.
    fn root(&self, mut index: usize) -> usize {
        while index > 0 && self.list.get(index).is_some_and(|phrase| phrase.link != Link::Free) {
            index -= 1;
        }
        index
    }

    /// Follows prepositional links back to the head, as from "the city" to "the mayor" in "the mayor of the city".
    fn past_prepositions(&self, mut index: usize) -> usize {
        while index > 0 && self.list.get(index).is_some_and(|phrase| phrase.link == Link::Preposition) {
            index -= 1;
        }
        index
    }
}
