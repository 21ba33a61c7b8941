//! Features of a token for the name recogniser: hashes of the token's own properties and of its context. Feature names
//! do not exist at run time.

use super::context::{Context, Usage};
use super::word_form::{WordForm, segments};
use crate::document::Document;
use crate::hash::{exact, mix};
use crate::lexicon::names::Kinds;
use std::ops::Range;

/// Input from which the features of a document's tokens are computed.
#[derive(Debug)]
pub(crate) struct FeatureExtractor<'a> {
    /// Document whose tokens are labelled.
    pub document: &'a Document<'a>,
    /// Observations about each token, in document order.
    pub(crate) forms: Vec<WordForm>,
    /// How the document uses each capitalised word.
    pub(crate) context: Context,
}

/// Properties of a sentence that all of its tokens share as features.
#[derive(Clone, Debug)]
pub(crate) struct SentenceFeatures {
    /// Token range of the sentence.
    pub tokens: Range<usize>,
    /// Whether the sentence is all in capitals.
    pub all_capitals: bool,
    /// Share of capitalised words in the sentence, in quarters, from 0 to 4.
    pub capitals: u8,
}

/// Side of a token on which a neighbour is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Token before.
    Before,
    /// Token after.
    After,
}

impl Side {
    /// Returns the neighbour of token `index` on this side; `None` at the edge of the sentence.
    #[inline]
    pub(crate) fn of(self, sentence: &SentenceFeatures, index: usize) -> Option<usize> {
        let neighbour = match self {
            Self::Before => index.checked_sub(1)?,
            Self::After => index + 1,
        };
        Some(neighbour).filter(|index| sentence.tokens.contains(index))
    }
}

/// Hash of a missing neighbour at the edge of a sentence.
const EDGE: u64 = 0x9e37_79b9_7f4a_7c15;

impl<'a> FeatureExtractor<'a> {
    /// Prepares the extraction of features from a document.
    #[must_use]
    pub(crate) fn new(document: &'a Document<'a>) -> Self {
        let forms = super::word_form::forms(document);
        let context = Context::new(document, &forms);
        Self { document, forms, context }
    }

    /// Iterates over the sentences of the document.
    pub(crate) fn sentences(&self) -> impl Iterator<Item = SentenceFeatures> + '_ {
        self.document.sentences.iter().map(|sentence| {
            let inside = self.forms.get(sentence.tokens.clone()).unwrap_or_default();
            let capitals = inside.iter().filter(|form| form.capital).count();
            let words = capitals + inside.iter().filter(|form| form.small).count();
            SentenceFeatures {
                tokens: sentence.tokens.clone(),
                all_capitals: super::context::all_capitals(inside),
                capitals: (4 * capitals / words.max(1)) as u8,
            }
        })
    }

    /// Iterates over the token ranges of a sentence that may contain names.
    pub(crate) fn segments(&self, sentence: &SentenceFeatures) -> impl Iterator<Item = Range<usize>> + '_ {
        segments(&self.forms, sentence.tokens.clone())
    }

    fn form(&self, sentence: &SentenceFeatures, index: Option<usize>) -> Option<&WordForm> {
        index.filter(|index| sentence.tokens.contains(index)).and_then(|index| self.forms.get(index))
    }

    /// Calls `emit` with each feature of token `index`, which is in `segment` of `sentence`.
    pub(crate) fn features(
        &self,
        sentence: &SentenceFeatures,
        segment: &Range<usize>,
        index: usize,
        mut emit: impl FnMut(u32),
    ) {
        self.own(index, &mut emit);
        for side in [Side::Before, Side::After] {
            self.beside(side, side.of(sentence, index), &mut emit);
        }
        self.in_context(sentence, segment, index, emit);
    }

    /// Calls `emit` with each feature that depends only on the spelling of token `index`, so that every occurrence of
    /// its word in the document has the same ones.
    pub(crate) fn own(&self, index: usize, mut emit: impl FnMut(u32)) {
        let mut put = |template: u64, value: u64| emit(key(template, value));
        let Some(form) = self.forms.get(index) else { return };
        self.spelling(form, index, &mut put);
        let kinds = u64::from(mask(form));
        put(70, kinds);
        each_bit(kinds, |bit| put(76, bit));
        put(120, u64::from(form.type_hint.0));
        put(121, mix(u64::from(form.type_hint.0), form.shape));
        if form.capital {
            let lists = u64::from(form.lists.0);
            put(116, lists & 1 | u64::from(form.common) << 1);
            put(117, mix(lists, kinds));
            put(103, mix(lists, form.shape));
            each_bit(lists, |bit| put(104, bit));
        }
    }

    /// Calls `emit` with each feature that depends only on the word on one side of the token to be labelled. `index` is
    /// the token on that side, or `None` at the edge of the sentence.
    pub(crate) fn beside(&self, side: Side, index: Option<usize>, mut emit: impl FnMut(u32)) {
        let mut put = |template: u64, value: u64| emit(key(template, value));
        let form = index.and_then(|index| self.forms.get(index));
        let [word, shape, kinds, kind, hint] = match side {
            Side::Before => [20, 29, 74, 77, 122],
            Side::After => [21, 30, 75, 78, 123],
        };
        put(word, form.map_or(EDGE, |form| form.folded));
        put(shape, form.map_or(EDGE, |form| form.shape));
        let listed = kinds_of(form);
        put(kinds, listed);
        each_bit(listed, |bit| put(kind, bit));
        put(hint, form.map_or(EDGE, |form| u64::from(form.type_hint.0)));
    }

    /// Calls `emit` with each feature that depends on several tokens or on the rest of the document.
    pub(crate) fn in_context(
        &self,
        sentence: &SentenceFeatures,
        segment: &Range<usize>,
        index: usize,
        mut emit: impl FnMut(u32),
    ) {
        let mut put = |template: u64, value: u64| emit(key(template, value));
        let Some(form) = self.forms.get(index) else { return };
        let around: [Option<&WordForm>; 5] =
            [-2, -1, 0, 1, 2].map(|offset| self.form(sentence, index.checked_add_signed(offset)));
        neighbours(&around, &mut put);
        lists(&around, &mut put);
        word_lists(&around, &mut put);
        type_hints(&around, &mut put);
        self.run(sentence, segment, index, &mut put);
        self.usage(sentence, form, &around, &mut put);
    }

    /// Emits the word, its shape, its affixes, and the classes of common words that it could belong to.
    fn spelling(&self, form: &WordForm, index: usize, put: &mut impl FnMut(u64, u64)) {
        let word = self.document.word(index);
        put(1, 0);
        put(2, exact(word));
        put(3, form.folded);
        put(4, form.shape);
        let length = word.chars().count().min(8) as u64;
        put(5, mix(length, form.shape));
        if form.capital {
            put(93, u64::from(form.common));
            let mut hash = 3;
            for (count, letter) in word.chars().flat_map(char::to_lowercase).take(4).enumerate() {
                hash = mix(hash, u64::from(letter));
                put(6 + count as u64, hash);
            }
            let mut hash = 5;
            for (count, letter) in word.chars().rev().flat_map(char::to_lowercase).take(4).enumerate() {
                hash = mix(hash, u64::from(letter));
                put(10 + count as u64, hash);
            }
        }
    }

    /// Emits the run of capitalised words that contains the token, and the words around the run.
    fn run(&self, sentence: &SentenceFeatures, segment: &Range<usize>, index: usize, put: &mut impl FnMut(u64, u64)) {
        let capital = |at: &usize| self.forms.get(*at).is_some_and(|form| form.capital);
        let start = (segment.start..index).rev().take_while(capital).last().unwrap_or(index);
        let end = (index + 1..segment.end).take_while(capital).last().map_or(index + 1, |last| last + 1);
        let word = |at: Option<usize>| self.form(sentence, at).map_or(EDGE, |form| form.folded);
        let left = word(start.checked_sub(1));
        let right = word(Some(end));
        let (first, last) = (word(Some(start)), word(end.checked_sub(1)));
        let kinds = |at: usize| self.forms.get(at).map_or(0, |form| u64::from(mask(form)));
        let place = (index - start).min(4) as u64 * 8 + (end - index).min(5) as u64;
        put(40, place);
        put(41, left);
        put(42, right);
        put(43, mix(left, right));
        put(44, mix(first, place));
        put(45, mix(last, place));
        put(46, mix(kinds(start), place));
        put(47, mix(kinds(end.saturating_sub(1)), place));
        put(48, mix(left, place));
        put(49, mix(right, place));
        put(50, mix(kinds(start), kinds(end.saturating_sub(1))));
        self.verbs(sentence, start, end, put);
        self.run_type_hints(sentence, start..end, place, put);
        let lists = |at: usize| self.forms.get(at).map_or(0, |form| u64::from(form.lists.0));
        let (opens, closes) = (lists(start), lists(end.saturating_sub(1)));
        put(105, mix(opens, place));
        put(106, mix(closes, place));
        put(107, mix(mix(opens, closes), place));
        let (before, after) = (self.class(sentence, start.checked_sub(1)), self.class(sentence, Some(end)));
        put(95, before);
        put(96, after);
        put(97, mix(before, after));
        put(99, mix(after, kinds(end.saturating_sub(1))));
        let right_two = word(Some(end + 1));
        put(51, mix(right, right_two));
        let left_two = word(start.checked_sub(2));
        put(52, mix(left, left_two));
        let hinted = (start..end).fold(0, |all, at| all | kinds(at));
        put(53, hinted & u64::from(Kinds::ORGANISATION_WORD.0 | Kinds::COMPANY_SUFFIX.0 | Kinds::PLACE_WORD.0));
    }

    /// Emits the nearest finite verb before and after a run of capitalised words. The verb helps to distinguish a
    /// company, which is "sued", from a person, who "said" something.
    fn verbs(&self, sentence: &SentenceFeatures, start: usize, end: usize, put: &mut impl FnMut(u64, u64)) {
        const REACH: usize = 6;
        let verb = |at: &usize| self.document.classes.get(*at).is_some_and(|class| class.is_finite());
        let folded = |at: usize| self.forms.get(at).map_or(EDGE, |form| form.folded);
        let after = (end..sentence.tokens.end.min(end + REACH)).find(verb);
        let before = (sentence.tokens.start.max(start.saturating_sub(REACH))..start).rev().find(verb);
        put(110, after.map_or(EDGE, folded));
        put(111, before.map_or(EDGE, folded));
    }

    /// Emits the likeliest name types of the first and last word of a run, and of the words around the run. `place`
    /// identifies the token's position in the run.
    fn run_type_hints(
        &self,
        sentence: &SentenceFeatures,
        run: Range<usize>,
        place: u64,
        put: &mut impl FnMut(u64, u64),
    ) {
        let hint = |at: Option<usize>| self.form(sentence, at).map_or(EDGE, |form| u64::from(form.type_hint.0));
        let (left, right) = (hint(run.start.checked_sub(1)), hint(Some(run.end)));
        put(130, left);
        put(131, right);
        put(132, mix(left, right));
        put(133, mix(left, place));
        put(134, mix(right, place));
        put(135, mix(right, hint(Some(run.end + 1))));
        put(136, mix(left, hint(run.start.checked_sub(2))));
        let (first, last) = (hint(Some(run.start)), hint(run.end.checked_sub(1)));
        put(137, mix(first, place));
        put(138, mix(last, place));
        put(139, mix(first, last));
    }

    #[inline]
    fn class(&self, sentence: &SentenceFeatures, index: Option<usize>) -> u64 {
        let inside = index.filter(|index| sentence.tokens.contains(index));
        inside.and_then(|index| self.document.classes.get(index)).map_or(EDGE, |class| *class as u64)
    }

    /// Emits features that describe how the document uses the word elsewhere.
    fn usage(
        &self,
        sentence: &SentenceFeatures,
        form: &WordForm,
        around: &[Option<&WordForm>; 5],
        put: &mut impl FnMut(u64, u64),
    ) {
        let sentence =
            u64::from(form.first) | u64::from(sentence.all_capitals) << 1 | u64::from(sentence.capitals) << 2;
        put(60, sentence);
        put(61, mix(sentence, form.shape));
        if !form.capital {
            return;
        }
        let usage = self.context.usage(form.folded);
        let bits = bits(usage);
        let seen = u64::from(usage.small.min(2)) | u64::from(usage.capital.min(2)) << 2;
        put(62, seen);
        put(63, mix(seen, u64::from(form.first)));
        for bit in 0..8 {
            if bits >> bit & 1 == 1 {
                put(64, bit);
            }
        }
        put(65, mix(bits, seen));
        for (slot, neighbour) in [(66, around[1]), (67, around[3])] {
            if let Some(neighbour) = neighbour.filter(|neighbour| neighbour.capital) {
                let usage = self.context.usage(neighbour.folded);
                put(slot, self::bits(usage));
            }
        }
    }
}

/// Emits the words and shapes up to two tokens away, and pairs of them.
fn neighbours(around: &[Option<&WordForm>; 5], put: &mut impl FnMut(u64, u64)) {
    let word = |at: usize| around[at].map_or(EDGE, |form| form.folded);
    let shape = |at: usize| around[at].map_or(EDGE, |form| form.shape);
    put(22, word(0));
    put(23, word(4));
    put(24, mix(word(1), word(2)));
    put(25, mix(word(2), word(3)));
    put(27, mix(word(0), word(1)));
    put(28, mix(word(3), word(4)));
    put(31, mix(mix(shape(1), shape(2)), shape(3)));
    put(32, mix(shape(2), word(1)));
    put(33, mix(shape(2), word(3)));
}

/// Emits the listed kinds of the token and its neighbours together, and the listed phrase that contains the token.
fn lists(around: &[Option<&WordForm>; 5], put: &mut impl FnMut(u64, u64)) {
    let (before, here, after) = (kinds_of(around[1]), kinds_of(around[2]), kinds_of(around[3]));
    put(71, mix(before, here));
    put(72, mix(here, after));
    if let Some(form) = around[2].filter(|form| form.phrase_place > 0) {
        put(81, mix(u64::from(form.phrase.0), u64::from(form.phrase_place)));
        each_bit(u64::from(form.phrase.0), |bit| put(82, mix(bit, u64::from(form.phrase_place))));
    }
}

/// Emits the large public lists that contain the token or its neighbours, and the token's position.
fn word_lists(around: &[Option<&WordForm>; 5], put: &mut impl FnMut(u64, u64)) {
    let Some(form) = around[2].filter(|form| form.capital) else { return };
    let lists = |at: usize| around[at].filter(|form| form.capital).map_or(1 << 31, |form| u64::from(form.lists.0));
    let (before, here, after) = (lists(1), lists(2), lists(3));
    put(94, mix(u64::from(form.common), u64::from(form.first)));
    put(100, mix(here, u64::from(form.first)));
    put(101, mix(before, here));
    put(102, mix(here, after));
}

/// Returns the listed kinds of a token that its case allows, or a special value at the edge of the sentence.
fn kinds_of(form: Option<&WordForm>) -> u64 {
    form.map_or(1 << 31, |form| u64::from(mask(form)))
}

/// Emits the likeliest name types of the tokens around a token.
fn type_hints(around: &[Option<&WordForm>; 5], put: &mut impl FnMut(u64, u64)) {
    let hint = |at: usize| around[at].map_or(EDGE, |form| u64::from(form.type_hint.0));
    let (before, here, after) = (hint(1), hint(2), hint(3));
    put(124, hint(0));
    put(125, hint(4));
    put(126, mix(before, here));
    put(127, mix(here, after));
}

/// Calls `each` with the index of every set bit.
fn each_bit(bits: u64, mut each: impl FnMut(u64)) {
    let mut rest = bits;
    while rest != 0 {
        each(u64::from(rest.trailing_zeros()));
        rest &= rest - 1;
    }
}

/// Returns the kinds of a token in the word lists, except those that contradict its case.
fn mask(form: &WordForm) -> u32 {
    const CASELESS: u32 = Kinds::TITLE.0
        | Kinds::ROLE.0
        | Kinds::PARTICLE.0
        | Kinds::CONNECTOR.0
        | Kinds::COMMON.0
        | Kinds::ORGANISATION_WORD.0
        | Kinds::PLACE_WORD.0
        | Kinds::CALENDAR.0;
    const SHOWN: u32 = (1 << 21) - 1;
    form.kinds.0 & SHOWN & if form.capital { u32::MAX } else { CASELESS }
}

fn bits(usage: Usage) -> u64 {
    u64::from(usage.titled)
        | u64::from(usage.after_given) << 1
        | u64::from(usage.located) << 2
        | u64::from(usage.organised) << 3
        | u64::from(usage.acronym) << 4
        | u64::from(usage.says) << 5
        | u64::from(usage.landmark) << 6
        | u64::from(usage.firm) << 7
}

/// Returns a feature's 32-bit key, a hash of its template and value.
#[inline]
fn key(template: u64, value: u64) -> u32 {
    let hash = mix(mix(template, value ^ value >> 29), 0x5bd1_e995);
    (hash >> 32) as u32
}
