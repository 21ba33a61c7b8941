//! Hashed features of a token: its spelling, what the word lists and rules say about it and its neighbours, and the
//! previous tags. Only the hashes exist at run time, not the names of the features.

use super::tag::PennTag;
use crate::hash::{exact, folded, mix};
use crate::token::{Token, TokenKind};
use crate::word_class::{Senses, Trait, WordClass};
use std::ops::Range;

/// Maximum number of features of one token.
pub(crate) const MAX_COUNT: usize = 64;

/// Placeholder for the edge of the sentence.
const EDGE: Form =
    Form { word: 0x9e37_79b9, written: 0, shape: 0, senses: 0xff, ending: 0, opening: 0, class: 31, ahead: 31 };

/// Shape code of a comma.
const COMMA: u32 = 8;

/// Properties of one token, from which its features are computed.
#[derive(Clone, Copy, Debug)]
struct Form {
    /// Hash of the case-folded word, or of the shape of a number.
    word: u64,
    /// Hash of the word as written.
    written: u64,
    /// Bits for the word's traits and for the word classes that the lists allow.
    senses: u64,
    /// Kinds of characters, four bits for each run of the same kind.
    shape: u32,
    /// Last four bytes of the word in lower case.
    ending: u32,
    /// First three bytes of the word in lower case.
    opening: u32,
    /// Rule-based word class of the token.
    class: u8,
    /// Rule-based word class of the next verb in the clause, or the code for the edge of the sentence if no verb
    /// follows.
    ahead: u8,
}

/// A document or one of its sentences, prepared for the tagger.
#[derive(Debug)]
pub struct Reading {
    forms: Vec<Form>,
}

/// Tags assigned so far in a sentence.
#[derive(Clone, Copy, Debug, Default)]
pub struct History {
    /// Previous tag, then the tag before it; `None` at the edge of the sentence.
    last: [Option<PennTag>; 2],
    /// Tag of the last verb since the last punctuation mark.
    verb: Option<PennTag>,
    /// Whether the clause has a noun or pronoun before its verb.
    subject: bool,
    /// Whether the clause has a finite verb.
    finite: bool,
}

impl History {
    fn code(tag: Option<PennTag>) -> u64 {
        tag.map_or(63, |tag| tag as u64)
    }
}

impl Reading {
    /// Prepares tokens for tagging. `classes` are the rule-based word classes.
    #[must_use]
    pub(crate) fn new(
        text: &str,
        tokens: &[Token],
        sentences: impl Iterator<Item = Range<usize>>,
        senses: &[Senses],
        classes: &[WordClass],
    ) -> Self {
        let all = tokens.iter().zip(senses.iter().zip(classes));
        let forms = all.map(|(token, (senses, class))| form(*token, text, *senses, *class));
        let mut forms: Vec<Form> = forms.collect();
        for sentence in sentences {
            if let (Some(forms), Some(classes)) = (forms.get_mut(sentence.clone()), classes.get(sentence)) {
                look_ahead(forms, classes);
            }
        }
        Self { forms }
    }

    /// Returns the number of tokens in the document or sentence.
    #[must_use]
    pub(crate) fn len(&self) -> usize {
        self.forms.len()
    }

    /// Returns the key under which a word with only one tag is stored: a hash of its exact spelling.
    #[must_use]
    #[inline]
    pub fn written(&self, index: usize) -> u32 {
        self.forms.get(index).map_or(0, |form| key(0, form.written))
    }

    /// Adds the tag of token `index` to the history of its sentence.
    #[inline]
    pub fn push(&self, history: &mut History, index: usize, tag: PennTag) {
        let subordinator = self.forms.get(index).is_some_and(|form| form.class == WordClass::Subordinator as u8);
        history.last = [Some(tag), history.last[0]];
        if tag.is_verb() {
            history.verb = Some(tag);
            history.finite |= tag.is_finite();
        } else if tag.ends_clause() {
            history.verb = None;
        }
        if subordinator || tag.opens_clause() {
            history.finite = false;
            history.subject = matches!(tag, PennTag::Wdt | PennTag::Wp);
        } else {
            history.subject |= tag.heads_subject();
        }
    }

    /// Returns whether the word is allowed a fixed tag. This holds for punctuation, closed-class words, and lower-case
    /// words with a single class in the lists.
    #[must_use]
    pub fn may_be_fixed(&self, index: usize) -> bool {
        self.forms.get(index).is_some_and(|form| {
            let traits = (form.senses >> 32) as u32;
            let single = (form.senses as u32).is_power_of_two() && traits & Trait::Capital as u32 == 0;
            form.class == WordClass::Mark as u8 || traits & Trait::Function as u32 != 0 || single
        })
    }

    #[inline]
    fn form(&self, sentence: &Range<usize>, index: usize, offset: isize) -> &Form {
        let at = index.wrapping_add_signed(offset);
        if sentence.contains(&at) { self.forms.get(at).unwrap_or(&EDGE) } else { &EDGE }
    }

    /// Calls `emit` with each feature that does not depend on other tags.
    #[inline]
    pub fn still(&self, sentence: &Range<usize>, index: usize, mut emit: impl FnMut(u32)) {
        let mut put = |template: u64, value: u64| emit(key(template, value));
        let [far, before, here, after, next] = [-2, -1, 0, 1, 2].map(|offset| self.form(sentence, index, offset));
        let class = |form: &Form| u64::from(form.class);
        let (middle, left, right) = (class(here), class(before), class(after));
        let first = u64::from(index == sentence.start);
        let ending = |form: &Form, bytes: u32| u64::from(form.ending >> (32 - 8 * bytes));

        put(1, here.word);
        put(2, mix(here.written, first));
        put(3, ending(here, 2));
        put(4, ending(here, 3));
        put(5, ending(here, 4));
        put(6, u64::from(here.opening));
        put(7, u64::from(here.shape) << 1 | first);

        put(9, middle);
        put(10, left << 5 | middle);
        put(11, middle << 5 | right);
        put(12, left << 10 | middle << 5 | right);
        put(13, class(far) << 10 | left << 5 | middle);
        put(14, middle << 10 | right << 5 | class(next));

        put(15, here.senses);
        put(16, mix(here.senses, middle));
        put(18, mix(after.senses, middle));
        put(19, mix(before.senses, here.senses));

        put(20, before.word);
        put(21, after.word);
        put(22, far.word);
        put(23, next.word);
        put(24, mix(before.word, here.word));
        put(25, mix(here.word, after.word));
        put(26, mix(before.word, middle));
        put(27, mix(after.word, middle));
        put(28, mix(here.word, left));
        put(29, mix(here.word, right));
        put(30, mix(here.word, middle));
        put(31, ending(here, 3) << 5 | middle);
        put(32, ending(after, 3) << 5 | middle);

        let ahead = u64::from(here.ahead);
        put(36, ahead << 5 | middle);
        put(37, mix(here.senses, ahead));
    }

    /// Calls `emit` with each feature that depends on the previous tags.
    #[inline]
    pub fn moving(&self, sentence: &Range<usize>, index: usize, history: History, mut emit: impl FnMut(u32)) {
        let mut put = |template: u64, value: u64| emit(key(template, value));
        let (here, after) = (self.form(sentence, index, 0), self.form(sentence, index, 1));
        let (middle, right) = (u64::from(here.class), u64::from(after.class));
        let [last, far] = history.last.map(History::code);
        let verb = History::code(history.verb);
        put(40, last);
        put(41, far << 6 | last);
        put(42, mix(here.word, last));
        put(43, last << 5 | middle);
        put(44, last << 10 | middle << 5 | right);
        put(45, mix(after.word, last));
        put(46, mix(here.senses, last));
        put(47, far << 11 | last << 5 | middle);
        put(49, u64::from(here.ending >> 8) << 6 | last);
        put(50, mix(here.senses, verb));
        put(51, verb << 11 | last << 5 | middle);
        put(52, mix(after.senses, last << 5 | middle));
        let clause = u64::from(history.finite) | u64::from(history.subject) << 1;
        let all = clause << 11 | u64::from(here.ahead) << 6 | verb;
        put(53, mix(here.senses, all));
        put(54, all << 5 | middle);
        put(55, mix(here.senses, clause << 6 | last));
    }
}

/// Returns the properties of one token.
#[inline]
fn form(token: Token, text: &str, senses: Senses, class: WordClass) -> Form {
    let text = token.span.of(text);
    // The space before a straight quotation mark shows whether the mark opens or closes.
    let mark = matches!(token.kind, TokenKind::Mark | TokenKind::QuoteMark);
    let shape = shape(text) | u32::from(mark && token.spaced) << 31;
    let mut ending = 0_u32;
    for byte in text.bytes().rev().take(4) {
        ending = ending >> 8 | u32::from(byte.to_ascii_lowercase()) << 24;
    }
    let opening = text.bytes().take(3).fold(0, |all, byte| all << 8 | u32::from(byte.to_ascii_lowercase()));
    let word = if token.kind == TokenKind::Number { u64::from(shape) } else { folded(text) };
    Form {
        word,
        written: exact(text),
        senses: senses.bits(),
        shape,
        ending,
        opening,
        class: class as u8,
        ahead: EDGE.ahead,
    }
}

/// Records, for each token, the class of the next verb in its clause.
fn look_ahead(forms: &mut [Form], classes: &[WordClass]) {
    let mut ahead = EDGE.ahead;
    for (form, class) in forms.iter_mut().zip(classes).rev() {
        form.ahead = ahead;
        if class.is_verb() {
            ahead = *class as u8;
        } else if matches!(class, WordClass::Mark | WordClass::Wh | WordClass::Subordinator)
            && form.shape & 0xff != COMMA
        {
            ahead = EDGE.ahead;
        }
    }
}

/// Returns the kinds of the last eight runs, four bits each. A run is a sequence of characters of the same kind.
fn shape(text: &str) -> u32 {
    let mut shape = 0_u32;
    let mut last = 0;
    for byte in text.bytes() {
        let kind = match byte {
            b'a'..=b'z' => 1,
            b'A'..=b'Z' => 2,
            b'0'..=b'9' => 3,
            b'-' => 4,
            b'.' => 5,
            0x80.. => 6,
            b',' => COMMA,
            _ => 7,
        };
        if kind != last {
            shape = shape << 4 | kind;
            last = kind;
        }
    }
    shape
}

/// Returns the 28-bit key of a feature.
#[inline]
fn key(template: u64, value: u64) -> u32 {
    let hash = mix(mix(template, value ^ value >> 29), 0x5bd1_e995);
    (hash >> 36) as u32
}
