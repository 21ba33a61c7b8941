//! Splits a tagged sentence into chunks: base noun phrases, verb groups and single tokens.

use super::when::{begins_period, says_when};
use super::{Tagged, is_noun};
use crate::lexicon::lists;
use crate::pos::PennTag;

/// Kind of a chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ChunkKind {
    /// Base noun phrase, ending at its head.
    Noun,
    /// Noun phrase that can be a time adverbial: "Monday", "last year".
    Time,
    /// Finite verb group: "has not been seen".
    Finite,
    /// Infinitive with "to".
    Infinitive,
    /// Bare verb: an imperative or a verb after "let".
    Base,
    /// Participle or gerund outside a finite verb group.
    Participle,
    /// Preposition.
    Preposition,
    /// Word that always opens a dependent clause: "because".
    Subordinator,
    /// Relative or question word.
    Wh,
    /// Coordinating conjunction.
    Conjunction,
    /// Comma or dash.
    Comma,
    /// Semicolon or colon.
    Stop,
    /// Opening bracket.
    OpenBracket,
    /// Closing bracket.
    CloseBracket,
    /// Opening quotation mark.
    OpenQuote,
    /// Closing quotation mark.
    CloseQuote,
    /// Adverb or particle.
    Adverb,
    /// Adjective outside a noun phrase.
    Adjective,
    /// Final punctuation, interjection or symbol.
    Other,
}

/// Phrase at tokens `start..end`, with its head at token `head`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chunk {
    pub kind: ChunkKind,
    pub start: usize,
    pub end: usize,
    pub head: usize,
}

/// Splits a sentence into chunks. Every token belongs to exactly one of them.
pub(super) fn chunks(sentence: &Tagged<'_>) -> Vec<Chunk> {
    let mut out = Vec::with_capacity(sentence.len());
    let mut at = 0;
    while at < sentence.len() {
        let chunk = next(sentence, at);
        at = chunk.end.max(at + 1);
        out.push(chunk);
    }
    out
}

/// Returns the chunk that begins at token `at`.
fn next(sentence: &Tagged<'_>, at: usize) -> Chunk {
    let single = |kind| Chunk { kind, start: at, end: at + 1, head: at };
    if let Some(chunk) = verb_group(sentence, at) {
        return chunk;
    }
    if let Some((end, head)) = noun_phrase(sentence, at) {
        let kind = if says_when(sentence, at, head) { ChunkKind::Time } else { ChunkKind::Noun };
        return Chunk { kind, start: at, end, head };
    }
    single(match sentence.tag(at) {
        // "So" after a comma coordinates clauses, as "and" does: "…, so the …".
        PennTag::In | PennTag::Rb if sentence.is(at, "so") && at > 0 && sentence.tag(at - 1) == PennTag::Comma => {
            ChunkKind::Conjunction
        }
        PennTag::In if is_subordinator(sentence, at) => ChunkKind::Subordinator,
        PennTag::In | PennTag::To => ChunkKind::Preposition,
        PennTag::Wdt | PennTag::Wp | PennTag::WpPossessive | PennTag::Wrb => ChunkKind::Wh,
        PennTag::Cc => ChunkKind::Conjunction,
        PennTag::Period if at + 2 < sentence.len() => ChunkKind::Stop,
        PennTag::Colon if matches!(sentence.word(at), ";" | ":") => ChunkKind::Stop,
        PennTag::Comma | PennTag::Colon => ChunkKind::Comma,
        PennTag::OpenBracket => ChunkKind::OpenBracket,
        PennTag::CloseBracket => ChunkKind::CloseBracket,
        PennTag::OpenQuote | PennTag::CloseQuote if sentence.elides_century(at) => ChunkKind::Other,
        PennTag::OpenQuote => ChunkKind::OpenQuote,
        PennTag::CloseQuote => ChunkKind::CloseQuote,
        PennTag::Rb | PennTag::Rbr | PennTag::Rbs | PennTag::Rp => ChunkKind::Adverb,
        PennTag::Jj | PennTag::Jjr | PennTag::Jjs => {
            let end = adjectives_end(sentence, at);
            return Chunk { kind: ChunkKind::Adjective, start: at, end, head: end - 1 };
        }
        PennTag::Sym | PennTag::Hyphen if matches!(sentence.word(at), "–" | "—" | "--" | "-") => ChunkKind::Comma,
        _ => ChunkKind::Other,
    })
}

/// Returns the index after a series of adjectives: "more horizontal", "clear and easy".
fn adjectives_end(sentence: &Tagged<'_>, at: usize) -> usize {
    let adjective = |index: usize| matches!(sentence.tag(index), PennTag::Jj | PennTag::Jjr | PennTag::Jjs);
    let mut end = at + 1;
    loop {
        if adjective(end) {
            end += 1;
        } else if matches!(sentence.tag(end), PennTag::Cc | PennTag::Hyphen)
            && adjective(end + 1)
            && !is_noun(sentence.tag(end + 2))
        {
            end += 2;
        } else {
            return end;
        }
    }
}

/// Returns whether the preposition at `at` always opens a clause.
fn is_subordinator(sentence: &Tagged<'_>, at: usize) -> bool {
    lists::SUBORDINATORS.contains_any_case(sentence.word(at)) && !sentence.is(at + 1, "of")
}

/// Returns the verb group that begins at token `at`.
fn verb_group(sentence: &Tagged<'_>, at: usize) -> Option<Chunk> {
    let tag = sentence.tag(at);
    let leads = lists::GERUND_PREPOSITIONS.contains_any_case(sentence.word(at)) || begins_period(sentence, at);
    if tag == PennTag::Vbg && leads {
        return Some(Chunk { kind: ChunkKind::Preposition, start: at, end: at + 1, head: at });
    }
    let kind = match tag {
        PennTag::Md | PennTag::Vbd | PennTag::Vbp | PennTag::Vbz => ChunkKind::Finite,
        PennTag::Vb if sentence.tag(at + 1) != PennTag::Hyphen => ChunkKind::Base,
        PennTag::Vbn | PennTag::Vbg if !modifies_noun(sentence, at) => ChunkKind::Participle,
        PennTag::To => {
            let verb = (at + 1..sentence.len().min(at + 4)).find(|index| !sentence.is_adverb(*index))?;
            if sentence.tag(verb) != PennTag::Vb {
                return None;
            }
            let (end, head) = group_end(sentence, verb);
            return Some(Chunk { kind: ChunkKind::Infinitive, start: at, end, head });
        }
        _ => return None,
    };
    let (end, head) = group_end(sentence, at);
    Some(Chunk { kind, start: at, end, head })
}

/// Returns the index after the verb group whose first verb is at `verb`, and the index of its last verb.
pub(super) fn group_end(sentence: &Tagged<'_>, verb: usize) -> (usize, usize) {
    let mut head = verb;
    let mut index = verb + 1;
    while index < sentence.len() && index < head + 5 {
        let joins =
            sentence.tag(index) == PennTag::Cc && sentence.is_adverb(index - 1) && sentence.is_adverb(index + 1);
        if sentence.is_adverb(index) || joins {
            index += 1;
            continue;
        }
        if !follows_auxiliary(sentence, head, index) || modifies_object(sentence, index) {
            break;
        }
        head = index;
        index += 1;
    }
    (head + 1, head)
}

/// Returns whether the verb at `index` continues the group that so far ends in the auxiliary at `auxiliary`.
pub(super) fn follows_auxiliary(sentence: &Tagged<'_>, auxiliary: usize, index: usize) -> bool {
    let word = sentence.word(auxiliary);
    let among = |list: &lists::WordList| list.contains_any_case(word);
    match sentence.tag(index) {
        PennTag::Vb => sentence.tag(auxiliary) == PennTag::Md || among(&lists::DO),
        PennTag::Vbn => {
            among(&lists::BE)
                || among(&lists::BE_CLITICS)
                || among(&lists::HAVE)
                || lists::CLITICS.contains_any_case(word.trim_start_matches(['\'', '’']))
                || among(&lists::PASSIVE_AUXILIARIES)
        }
        PennTag::Vbg => among(&lists::BE) || among(&lists::BE_CLITICS) || matches!(word, "'s" | "’s"),
        _ => false,
    }
}

/// Returns whether the participle after "have" modifies the noun right after it: "increased" in "have increased sales".
fn modifies_object(sentence: &Tagged<'_>, index: usize) -> bool {
    sentence.tag(index) == PennTag::Vbn && sentence.tag(index + 1) == PennTag::Hyphen
}

/// Returns whether a participle without a determiner modifies the noun right after it: "increased sales".
fn modifies_noun(sentence: &Tagged<'_>, at: usize) -> bool {
    let next = sentence.tag(at + 1);
    let after_verb = at.checked_sub(1).is_some_and(|before| sentence.tag(before).is_verb());
    match sentence.tag(at) {
        PennTag::Vbn => {
            // A participle that introduces a name modifies the noun before it: "a drink called Mist".
            let after_noun = at.checked_sub(1).is_some_and(|before| is_noun(sentence.tag(before)));
            let names = after_noun && lists::NAMING.contains_any_case(sentence.word(at));
            !after_verb && !names && (is_noun(next) || next == PennTag::Hyphen)
        }
        PennTag::Vbg => {
            next == PennTag::Hyphen || is_noun(next) && lists::DESCRIBING_GERUNDS.contains_any_case(sentence.word(at))
        }
        _ => false,
    }
}

/// Returns the index after the base noun phrase that begins at `at`, and the index of its head.
fn noun_phrase(sentence: &Tagged<'_>, at: usize) -> Option<(usize, usize)> {
    let tag = sentence.tag(at);
    if matches!(tag, PennTag::Prp | PennTag::Ex) {
        let own = tag == PennTag::Prp && sentence.is_reflexive(at + 1);
        return Some((at + 1 + usize::from(own), at));
    }
    if !opens_noun_phrase(sentence, at) {
        return None;
    }
    let mut phrase = Phrase { sentence, start: at, head: None, at, determined: false };
    while phrase.step() {}
    phrase.finish()
}

/// Returns whether the token at `at` can begin a noun phrase.
fn opens_noun_phrase(sentence: &Tagged<'_>, at: usize) -> bool {
    match sentence.tag(at) {
        PennTag::Dt
        | PennTag::Pdt
        | PennTag::PrpPossessive
        | PennTag::Cd
        | PennTag::Currency
        | PennTag::Fw
        | PennTag::Jj
        | PennTag::Jjr
        | PennTag::Jjs
        | PennTag::Vbn
        | PennTag::Vbg => true,
        PennTag::Vb => sentence.tag(at + 1) == PennTag::Hyphen,
        PennTag::Rb | PennTag::Rbr | PennTag::Rbs => qualifies(sentence, at),
        PennTag::In => roughly(sentence, at),
        tag => is_noun(tag),
    }
}

/// Returns whether the preposition modifies the number after it: "at least 40", "about 40".
fn roughly(sentence: &Tagged<'_>, at: usize) -> bool {
    let number = |index: usize| matches!(sentence.tag(index), PennTag::Cd | PennTag::Currency);
    match () {
        () if ["at", "up"].iter().any(|word| sentence.is(at, word)) => {
            number(at + 2) && ["least", "most", "to"].iter().any(|word| sentence.is(at + 1, word))
        }
        () => {
            number(at + 1) && ["about", "around", "over"].iter().any(|word| sentence.is(at, word)) && {
                // "about 2019" is a time or a topic, but "about 40 people" is an amount.
                sentence.tag(at + 2) == PennTag::Nns
            }
        }
    }
}

/// Returns whether the adverb at `at` is part of a noun phrase: "about 50 people", "a very old house", "only she".
fn qualifies(sentence: &Tagged<'_>, at: usize) -> bool {
    let next = sentence.tag(at + 1);
    if sentence.is(at + 1, "than") && matches!(sentence.tag(at + 2), PennTag::Cd | PennTag::Currency | PennTag::Dt) {
        return true;
    }
    match next {
        PennTag::Cd | PennTag::Currency => true,
        PennTag::Jj | PennTag::Jjr | PennTag::Jjs => {
            is_noun(sentence.tag(at + 2)) && lists::DEGREES.contains_any_case(sentence.word(at))
        }
        PennTag::Dt | PennTag::Nnp | PennTag::Pdt => lists::FOCUSING.contains_any_case(sentence.word(at)),
        _ => false,
    }
}

/// Noun phrase being parsed token by token.
struct Phrase<'a, 'b> {
    sentence: &'a Tagged<'b>,
    start: usize,
    head: Option<usize>,
    at: usize,
    determined: bool,
}

impl Phrase<'_, '_> {
    /// Reads the next token. Returns whether the token belongs to the phrase.
    fn step(&mut self) -> bool {
        let sentence = self.sentence;
        if self.at >= sentence.len() {
            return false;
        }
        let first = self.at == self.start;
        let after_noun = self.at.checked_sub(1).filter(|_| !first).is_some_and(|last| Some(last) == self.head);
        let joined = !first && sentence.tag(self.at - 1) == PennTag::Hyphen;
        let takes = match sentence.tag(self.at) {
            PennTag::Dt | PennTag::Pdt | PennTag::PrpPossessive => self.determiner(first),
            PennTag::Jj | PennTag::Jjr | PennTag::Jjs => !after_noun || joined || self.leads_on(),
            PennTag::Cd | PennTag::Currency => true,
            PennTag::Hyphen => !first && !matches!(sentence.word(self.at), "–" | "—" | "--"),
            PennTag::Sym => sentence.is(self.at, "%"),
            PennTag::Nn | PennTag::Nns | PennTag::Nnp | PennTag::Nnps | PennTag::Fw => {
                let word = sentence.word(self.at);
                let day = after_noun
                    && (lists::WEEKDAYS.contains_any_case(word) || lists::SAYING_WHEN.contains_any_case(word));
                // A title after a common noun begins another noun phrase: "a state Mr. Orr lost".
                let titled = after_noun
                    && lists::POLITE_TITLES.contains(word)
                    && matches!(sentence.tag(self.at - 1), PennTag::Nn | PennTag::Nns);
                let parted = titled || day && !is_noun(sentence.tag(self.at + 1)) || self.follows_date();
                if !parted {
                    self.head = Some(self.at);
                }
                !parted
            }
            PennTag::Pos => {
                let owner = self.head.is_some();
                self.determined = true;
                owner
            }
            PennTag::Vbn | PennTag::Vbg => joined || first || !after_noun && self.describes(),
            PennTag::Rb | PennTag::Rbr | PennTag::Rbs => first || joined || !after_noun && self.qualifies_inside(),
            PennTag::Cc => self.joins_adjectives(),
            PennTag::Comma => self.parts_adjectives() || self.parts_date(),
            PennTag::Vb => first || joined,
            PennTag::In => first || self.compares(),
            PennTag::To => !first && sentence.is(self.at - 1, "up"),
            _ => joined,
        };
        if takes {
            self.at += 1;
        }
        takes
    }

    /// Returns whether the tokens read so far are a date, and a subject without an article begins at the current
    /// position: "On Friday police closed", "Last week officials said".
    fn follows_date(&self) -> bool {
        let (sentence, start) = (self.sentence, self.start);
        let word = sentence.word(start);
        let opens =
            |before: usize| before == 0 || sentence.is_mark(before - 1) || sentence.tag(before - 1) == PennTag::Cc;
        let named = [&lists::WEEKDAYS, &lists::PLAIN_MONTHS].into_iter().any(|list| list.contains_any_case(word));
        let led = start.checked_sub(1).is_some_and(|lead| sentence.tag(lead) == PennTag::In && opens(lead));
        let counted = lists::BEFORE_PERIODS.contains_any_case(word)
            && lists::PERIOD_NOUNS.contains_any_case(sentence.word(start + 1))
            && opens(start);
        let first = start + if counted { 2 } else { 1 };
        let timed =
            |at: usize| sentence.tag(at) == PennTag::Cd || lists::PERIOD_NOUNS.contains_any_case(sentence.word(at));
        if !(named && led || counted) || self.at < first || timed(self.at) || !(first..self.at).all(timed) {
            return false;
        }
        let end = (self.at..sentence.len()).find(|at| !is_noun(sentence.tag(*at))).unwrap_or(sentence.len());
        matches!(sentence.tag(end), PennTag::Vbd | PennTag::Vbz | PennTag::Vbp | PennTag::Md)
    }

    fn determiner(&mut self, first: bool) -> bool {
        let before = self.at.checked_sub(1).filter(|_| !first).map(|before| self.sentence.tag(before));
        let leads = before.is_none_or(|before| matches!(before, PennTag::Pdt | PennTag::Rb | PennTag::Rbr))
            || matches!(before, Some(PennTag::Dt | PennTag::In)) && self.at == self.start + 1 && !self.points();
        self.determined |= leads;
        leads
    }

    /// Returns whether the first word is a demonstrative. A demonstrative is not followed by another determiner in the
    /// same phrase, so that "that" and "your view" are two phrases in "Is that your view?".
    fn points(&self) -> bool {
        self.sentence.tag(self.start) == PennTag::Dt
            && lists::DEMONSTRATIVES.contains_any_case(self.sentence.word(self.start))
    }

    /// Returns whether the adjective at the current position belongs to the phrase, because a noun or hyphen follows,
    /// as after "chief" in "Harbour Board chief executive".
    fn leads_on(&self) -> bool {
        self.sentence.tag(self.at + 1) == PennTag::Hyphen
            || is_noun(self.sentence.tag(self.at + 1))
                && self.head.is_some_and(|head| self.sentence.tag(head) == PennTag::Nnp)
    }

    /// Returns whether the participle at the current position modifies a noun after it.
    fn describes(&self) -> bool {
        (self.at + 1..self.sentence.len().min(self.at + 5))
            .find(|index| {
                !matches!(
                    self.sentence.tag(*index),
                    PennTag::Jj
                        | PennTag::Jjr
                        | PennTag::Jjs
                        | PennTag::Vbn
                        | PennTag::Vbg
                        | PennTag::Hyphen
                        | PennTag::Cd
                )
            })
            .is_some_and(|index| is_noun(self.sentence.tag(index)))
    }

    fn qualifies_inside(&self) -> bool {
        matches!(
            self.sentence.tag(self.at + 1),
            PennTag::Jj
                | PennTag::Jjr
                | PennTag::Jjs
                | PennTag::Vbn
                | PennTag::Vbg
                | PennTag::Cd
                | PennTag::Rb
                | PennTag::Rbr
                | PennTag::Rbs
                | PennTag::Hyphen
        )
    }

    fn joins_adjectives(&self) -> bool {
        let adjective = |index: usize| {
            matches!(self.sentence.tag(index), PennTag::Jj | PennTag::Jjr | PennTag::Jjs | PennTag::Vbn | PennTag::Cd)
        };
        self.at > self.start
            && adjective(self.at - 1)
            && adjective(self.at + 1)
            && self.head.is_none()
            && (self.at + 2..self.sentence.len().min(self.at + 4)).any(|index| is_noun(self.sentence.tag(index)))
    }

    /// Returns whether the comma separates two adjectives of the same noun: "a second, smaller storm".
    fn parts_adjectives(&mut self) -> bool {
        let ordinal = self.at > self.start && lists::ORDINALS.contains_any_case(self.sentence.word(self.at - 1));
        let adjective = matches!(self.sentence.tag(self.at + 1), PennTag::Jj | PennTag::Jjr | PennTag::Jjs);
        if self.determined && ordinal && adjective && is_noun(self.sentence.tag(self.at + 2)) {
            self.head = None;
            return true;
        }
        self.determined && self.head.is_none() && self.joins_adjectives()
    }

    /// Returns whether the comma is part of a date: "May 3, 2024".
    fn parts_date(&self) -> bool {
        let number = |index: usize| self.sentence.tag(index) == PennTag::Cd;
        self.at > self.start + 1
            && number(self.at - 1)
            && self.sentence.tag(self.at - 2) == PennTag::Nnp
            && number(self.at + 1)
            && self.sentence.word(self.at + 1).len() == 4
    }

    /// Returns whether the current token is "than" before a number: "more than 50".
    fn compares(&self) -> bool {
        self.head.is_none()
            && self.sentence.is(self.at, "than")
            && matches!(self.sentence.tag(self.at + 1), PennTag::Cd | PennTag::Currency | PennTag::Dt | PennTag::In)
    }

    /// Returns the end and the head of the tokens read, if they form a noun phrase.
    fn finish(self) -> Option<(usize, usize)> {
        let last = self.at.checked_sub(1).filter(|last| *last >= self.start)?;
        if let Some(head) = self.head {
            let numbered = (head + 1..self.at).all(|index| {
                matches!(
                    self.sentence.tag(index),
                    PennTag::Cd | PennTag::Comma | PennTag::Hyphen | PennTag::Pos | PennTag::Sym | PennTag::Currency
                )
            });
            let end = if numbered { self.at } else { head + 1 };
            return Some((end + usize::from(self.sentence.is_reflexive(end)), head));
        }
        if self.points() {
            // In "Is that correct?", the adjective is a predicate, so the pronoun is the whole phrase.
            return Some((self.start + 1, self.start));
        }
        let tag = self.sentence.tag(last);
        let own = tag == PennTag::Cd
            || self.sentence.is(last, "%")
            || tag == PennTag::Dt && !lists::ARTICLES.contains_any_case(self.sentence.word(last))
            || self.determined
                && matches!(tag, PennTag::Jj | PennTag::Jjs | PennTag::Jjr | PennTag::Vbn | PennTag::Vbg);
        own.then_some((self.at, last))
    }
}
