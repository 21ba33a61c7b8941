//! Reads numbers with their limits and units.

use super::amount::Amount;
use super::cardinal::{Core, before, core, range};
use super::noun_phrase::is_plural_at;
use super::words::{Class, WORDS};
use crate::document::Document;
use crate::token::TokenKind;
use std::ops::Range;

/// Kind of a number, which decides where the counted thing is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Number of things.
    Count,
    /// None of the things.
    Zero,
    /// Proportion of a whole.
    Share,
    /// Amount of money.
    Money,
    /// Amount of another unit.
    Measure,
}

/// Number in the text with its limits and unit.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Numeral {
    /// Tokens of the number, from its limit to its unit.
    pub tokens: Range<usize>,
    /// Index of the first token after the limits.
    pub digits: usize,
    /// Number with its bounds.
    pub amount: Amount,
    /// Name of the unit; `None` for a number of things.
    pub unit: Option<&'static str>,
    /// Kind of the number.
    pub kind: Kind,
    /// Whether the unit is joined to the number by a hyphen: "12-mile".
    pub joined: bool,
    /// Whether the number is written in words and less than thirteen.
    pub small: bool,
}

/// Reads the number that begins at token `at`. Returns `None` if there is none.
pub(super) fn read(document: &Document<'_>, at: usize, limit: usize) -> Option<Numeral> {
    if let Some((end, phrase)) = WORDS.at(document, at, Class::Zero) {
        let kind = Kind::Zero;
        let unit = None;
        let people = phrase.value == "people";
        let amount = Amount::exact(0.0);
        let tokens = at..end;
        return Some(Numeral { tokens, digits: at, amount, unit, kind, joined: people, small: true });
    }
    let (start, before) = match WORDS.at(document, at, Class::Before) {
        Some((end, phrase)) => (end, Some(phrase.value)),
        None => (at, None),
    };
    let sign = WORDS.at(document, start, Class::Sign);
    let first = sign.map_or(start, |(end, _)| end);
    let core = core(document, first, limit, sign.is_some())?;
    let core = range(document, core, at, limit, sign.is_some());
    let mut numeral = Numeral {
        tokens: at..core.end,
        digits: at,
        amount: core.amount,
        unit: before,
        kind: if before.is_some() { Kind::Measure } else { Kind::Count },
        joined: core.joined,
        small: document.tokens.get(first).is_some_and(|token| token.kind == TokenKind::Word)
            && core.amount.value.is_some_and(|value| value < 13.0),
    };
    if core.fraction {
        numeral.unit = Some("percent");
        numeral.kind = Kind::Share;
    } else if let Some((_, sign)) = sign {
        numeral.unit = Some(sign.value);
        numeral.kind = Kind::Money;
        if core.attached.is_some() {
            return None;
        }
        // "$249 USD", "$5.9 billion dollars"
        if let Some((end, _)) = WORDS.at(document, core.end, Class::Currency) {
            numeral.tokens.end = end;
        }
    } else if before.is_none() {
        numeral.read_unit(document, &core)?;
    }
    numeral.read_limits(document, limit);
    Some(numeral)
}

impl Numeral {
    /// Reads the unit after the number. Returns `None` if the letters attached to the digits are not a unit.
    fn read_unit(&mut self, document: &Document<'_>, core: &Core) -> Option<()> {
        if let Some(letters) = &core.attached {
            // "40m people" are millions, but "a 40m wall" and "40m long" are metres.
            let things = is_plural_at(document, core.end);
            let scale = WORDS.word(letters, Class::Suffix).filter(|_| !core.joined);
            if let Some(scale) = scale.filter(|_| letters != "m" || things) {
                self.amount = self.amount.times(scale.number());
                return Some(());
            }
            let unit = WORDS.word(letters, Class::Unit).or_else(|| WORDS.word(letters, Class::Currency))?;
            self.set_unit(unit.value, unit.class == Class::Currency);
            return Some(());
        }
        let found = WORDS.at(document, core.end, Class::Currency);
        // A singular unit follows only one thing: "5 second place" is not a length.
        let found = found.or_else(|| WORDS.at(document, core.end, Class::Unit));
        if let Some((end, unit)) = found {
            self.tokens.end = end;
            // "78 pounds" is money, unless something weighs that much.
            if unit.value == "GBP" && is_weight(document, self.digits, end) {
                self.set_unit("pound", false);
                return Some(());
            }
            self.set_unit(unit.value, unit.class == Class::Currency);
        }
        Some(())
    }

    fn set_unit(&mut self, unit: &'static str, money: bool) {
        self.unit = Some(unit);
        self.kind = match unit {
            "percent" | "percentage point" | "basis point" => Kind::Share,
            _ if money => Kind::Money,
            _ => Kind::Measure,
        };
    }

    /// Reads the limits before and after the number: "at least", "or more".
    fn read_limits(&mut self, document: &Document<'_>, limit: usize) {
        /// Maximum number of limits: "an estimated total of at least".
        const MAX_LIMITS: usize = 3;
        let scale = WORDS.at(document, self.tokens.start, Class::Scale).is_some();
        let part = WORDS.at(document, self.tokens.start, Class::Fraction).is_some();
        if (scale || part) && matches!(&*before(document, self.tokens.start), "a" | "an") {
            self.tokens.start -= 1;
        }
        if self.amount.value.is_none() && before(document, self.tokens.start) == "between" {
            self.tokens.start -= 1;
        }
        for _ in 0..MAX_LIMITS {
            let Some((start, phrase)) = WORDS.before(document, self.tokens.start, Class::Limit) else { break };
            if phrase.value.starts_with("after") {
                break;
            }
            self.tokens.start = start;
            self.bound(phrase.value);
        }
        if let Some((end, phrase)) = WORDS.at(document, self.tokens.end, Class::Limit)
            && end <= limit
            && phrase.value.starts_with("after")
        {
            self.tokens.end = end;
            self.bound(phrase.value);
        }
        // The verb does not belong to the number, but it is a limit, too: "exceeded 3,000".
        if WORDS.before(document, self.tokens.start, Class::Exceed).is_some() {
            self.bound("least");
        }
    }

    fn bound(&mut self, limit: &str) {
        match limit {
            "least" | "after-least" => self.amount.low = self.amount.low.or(self.amount.value),
            "most" => self.amount.high = self.amount.high.or(self.amount.value),
            _ => {}
        }
    }
}

/// Returns whether pounds from token `at` to token `end` are a weight: "weighed 78 pounds", "78 pounds of cocaine".
fn is_weight(document: &Document<'_>, at: usize, end: usize) -> bool {
    /// Maximum distance in tokens from the verb or noun to the number.
    const NEAR: usize = 6;
    let weigh = |at: usize| WORDS.word(document.word(at), Class::Weight).is_some();
    document.word(end) == "of" || (at.saturating_sub(NEAR)..at).any(weigh)
}
