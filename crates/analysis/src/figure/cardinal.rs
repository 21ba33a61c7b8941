//! Reads numbers in digits and words, and ranges of them, without limits and units.

use super::amount::{Amount, tidy};
use super::noun_phrase::is_plural_at;
use super::words::{Class, Phrase, WORDS, lower};
use crate::document::Document;
use crate::token::TokenKind;
use std::borrow::Cow;

/// Number without its limits.
pub(super) struct Core {
    /// Index of the first token after the number.
    pub end: usize,
    /// Number with its bounds.
    pub amount: Amount,
    /// Letters attached to the digits: "km" in "30km", "mile" in "12-mile".
    pub attached: Option<String>,
    /// Whether a hyphen joins the letters to the digits.
    pub joined: bool,
    /// Scale of the last word, such as 1,000,000 for "million", or 1.
    pub scale: f64,
    /// Whether the number is a proportion, in hundredths.
    pub fraction: bool,
}

impl Core {
    const fn plain(end: usize, value: f64) -> Self {
        Self { end, amount: Amount::exact(value), attached: None, joined: false, scale: 1.0, fraction: false }
    }
}

/// Returns the word before token `at` in lower case, or an empty string.
pub(super) fn before<'a>(document: &Document<'a>, at: usize) -> Cow<'a, str> {
    at.checked_sub(1).map(|at| lower(document, at)).unwrap_or_default()
}

/// Reads a number without limits at token `at`.
pub(super) fn core(document: &Document<'_>, at: usize, limit: usize, money: bool) -> Option<Core> {
    if at >= limit {
        return None;
    }
    if let Some((end, phrase)) = WORDS.at(document, at, Class::Vague) {
        let (low, high) = phrase.value.split_once('-')?;
        let amount = Amount::range(low.parse().ok()?, high.parse().ok()?);
        return Some(Core { end, amount, attached: None, joined: false, scale: 1.0, fraction: false });
    }
    if let Some(core) = fraction(document, at) {
        return Some(core);
    }
    let number = document.tokens.get(at)?.kind == TokenKind::Number;
    let mut core = if number { digits(document, at)? } else { spelled(document, at)? };
    if let Some(letters) = core.attached.as_ref().filter(|_| money) {
        core.scale = WORDS.word(letters, Class::Suffix)?.number();
        core.amount = core.amount.times(core.scale);
        core.attached = None;
    } else if core.attached.is_none() && core.amount.value.is_some() {
        scales(document, &mut core, limit);
        core.fraction |= one_in(document, &mut core);
    }
    Some(core)
}

/// Reads a fraction before "of", or "half" before a noun phrase. "Half a million" is a number.
fn fraction(document: &Document<'_>, at: usize) -> Option<Core> {
    let (end, phrase) = WORDS.at(document, at, Class::Fraction)?;
    let next = lower(document, end);
    if matches!(&*next, "a" | "an")
        && let Some((end, scale)) = WORDS.at(document, end + 1, Class::Scale)
    {
        return Some(Core::plain(end, tidy(phrase.number() / 100.0 * scale.number())));
    }
    let half = phrase.value == "50" && matches!(&*next, "the" | "its" | "their" | "all");
    // "A third" of something needs the article, because "third of" is also an ordinal.
    let single = document.word(at).contains('-') || end > at + 1 || phrase.value == "50";
    let article = matches!(&*before(document, at), "a" | "one");
    let whole = next == "of" && (single || article);
    (half || whole).then(|| Core { fraction: true, ..Core::plain(end, phrase.number()) })
}

/// Reads "one in five" as a fraction. Returns whether there was one.
fn one_in(document: &Document<'_>, core: &mut Core) -> bool {
    let Some(part) = core.amount.value else { return false };
    if lower(document, core.end) != "in" {
        return false;
    }
    let whole = spelled(document, core.end + 1).or_else(|| digits(document, core.end + 1));
    let Some(whole) = whole.filter(|whole| whole.attached.is_none()) else { return false };
    let Some(all) = whole.amount.value.filter(|all| part < *all && *all <= 100.0 && part <= 9.0) else { return false };
    if !is_plural_at(document, whole.end) && lower(document, whole.end) != "of" {
        return false;
    }
    core.end = whole.end;
    core.amount = Amount::exact((part / all * 1000.0).round() / 10.0);
    true
}

/// Reads the words of scale after a number: "1.2 million", "two hundred thousand", "two and a half million".
fn scales(document: &Document<'_>, core: &mut Core, limit: usize) {
    let Some(mut value) = core.amount.value else { return };
    let half =
        ["and", "a", "half"].iter().enumerate().all(|(offset, word)| lower(document, core.end + offset) == *word);
    if half && WORDS.at(document, core.end + 3, Class::Scale).is_some() {
        value += 0.5;
        core.end += 3;
    }
    while let Some((end, scale)) = WORDS.at(document, core.end, Class::Scale).filter(|(end, _)| *end <= limit) {
        value *= scale.number();
        core.scale *= scale.number();
        core.end = end;
        // "two hundred and fifty", "three thousand four hundred"
        let and = usize::from(lower(document, end) == "and");
        if let Some((more_end, more)) = small(document, end + and).filter(|(_, more)| *more < scale.number()) {
            value += more;
            core.end = more_end;
        }
    }
    core.amount = Amount::exact(tidy(value));
}

/// Reads a number in words, which may begin with its scale: "twenty-five", "a hundred", "dozen".
fn spelled(document: &Document<'_>, at: usize) -> Option<Core> {
    if let Some((end, value)) = small(document, at) {
        return Some(Core::plain(end, value));
    }
    if WORDS.at(document, at, Class::Scale).is_some() && matches!(&*before(document, at), "a" | "an" | "per") {
        return Some(Core::plain(at, 1.0));
    }
    // A number joined to a unit: "two-mile".
    let word = lower(document, at);
    let (first, rest) = word.split_once(['-', '‐', '‑'])?;
    let value = WORDS.word(first, Class::Cardinal)?.number();
    Some(Core { attached: Some(unit_part(rest)), joined: true, ..Core::plain(at + 1, value) })
}

/// Reads a number below a hundred in words, with or without a hyphen.
fn small(document: &Document<'_>, at: usize) -> Option<(usize, f64)> {
    let word = lower(document, at);
    if let Some((tens, units)) = word.split_once(['-', '‐', '‑']) {
        let (tens, units) = (WORDS.word(tens, Class::Cardinal)?.number(), WORDS.word(units, Class::Cardinal)?.number());
        return (tens >= 20.0 && units < 10.0).then_some((at + 1, tens + units));
    }
    let value = WORDS.word(&word, Class::Cardinal)?.number();
    let next = WORDS.word(&lower(document, at + 1), Class::Cardinal).map(Phrase::number);
    match next.filter(|next| value >= 20.0 && *next < 10.0) {
        Some(next) => Some((at + 2, value + next)),
        None => Some((at + 1, value)),
    }
}

/// Reads a token that begins with a digit: "1,200", "1.2", "3bn", "12-mile", "5-7".
fn digits(document: &Document<'_>, at: usize) -> Option<Core> {
    let word = lower(document, at);
    let (value, rest) = leading_number(&word)?;
    let mut core = Core::plain(at + 1, value);
    if rest.is_empty() {
        return Some(core);
    }
    let Some(after) = rest.strip_prefix(['-', '‐', '‑']) else {
        core.attached = Some(rest.to_owned());
        return rest.chars().all(char::is_alphabetic).then_some(core);
    };
    if let Some((high, rest)) = leading_number(after) {
        let letters = rest.chars().all(char::is_alphabetic);
        core.amount = Amount::range(value, high);
        core.attached = Some(rest.to_owned()).filter(|rest| !rest.is_empty());
        return (letters && value < high).then_some(core);
    }
    core.attached = Some(unit_part(after));
    core.joined = true;
    Some(core)
}

/// Returns the first part of a hyphenated word: "mile" of "mile-long". A person's age has no unit here.
fn unit_part(rest: &str) -> String {
    rest.split(['-', '‐', '‑']).next().unwrap_or_default().to_owned()
}

/// Returns the number at the beginning of `word` and the rest. Commas must separate thousands, and a number with a
/// leading zero is part of a telephone number or code.
fn leading_number(word: &str) -> Option<(f64, &str)> {
    let end = word.find(|character: char| !(character.is_ascii_digit() || matches!(character, ',' | '.')));
    let (number, rest) = word.split_at(end.unwrap_or(word.len()));
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let grouped = groups.clone().count() > 0;
    let well_grouped = groups.all(|group| group.len() == 3) && (!grouped || (1..=3).contains(&first.len()));
    let zero = first.len() > 1 && first.starts_with('0');
    if !well_grouped || zero || decimals.contains(['.', ',']) || rest.starts_with([':', '/']) {
        return None;
    }
    let plain: String = number.chars().filter(|character| *character != ',').collect();
    plain.parse().ok().map(|value| (value, rest))
}

/// Reads the second number of a range, such as "20 to 30" or "between 2 and 3 million". `at` is where the first begins.
pub(super) fn range(document: &Document<'_>, core: Core, at: usize, limit: usize, money: bool) -> Core {
    let Some(low) = core.amount.value.filter(|_| core.attached.is_none() && !core.fraction) else { return core };
    let lead = before(document, at);
    let joint = lower(document, core.end);
    let joins = match &*joint {
        "-" | "–" | "to" | "or" => lead != "from",
        "and" => lead == "between",
        _ => false,
    };
    if !joins {
        // The unit may be repeated: "between 5% and 7%".
        return repeated(document, core, &lead, limit);
    }
    let next = core.end + 1;
    let sign = WORDS.at(document, next, Class::Sign);
    let next = sign.map_or(next, |(end, _)| end);
    let Some(second) = self::core(document, next, limit, money || sign.is_some()) else { return core };
    let Some(high) = second.amount.value else { return core };
    // "2 or 3 million" and "$2m to $3m": the scale of the second number holds for the first.
    let shared = (core.scale - 1.0).abs() < f64::EPSILON && second.scale > 1.0 && low * second.scale < high;
    let low = if shared { tidy(low * second.scale) } else { low };
    if low >= high || second.fraction {
        return core;
    }
    Core { amount: Amount::range(low, high), ..second }
}

/// Reads a range whose first number has its own unit: "between $2m and $3m", "between 5 per cent and 7 per cent".
fn repeated(document: &Document<'_>, core: Core, lead: &str, limit: usize) -> Core {
    let unit = WORDS.at(document, core.end, Class::Unit).or_else(|| WORDS.at(document, core.end, Class::Currency));
    let Some((end, unit)) = unit.filter(|_| lead == "between") else { return core };
    if lower(document, end) != "and" {
        return core;
    }
    let low = core.amount.value;
    let second = self::core(document, end + 1, limit, false).filter(|second| second.attached.is_none());
    let Some(second) = second else { return core };
    let same = WORDS.at(document, second.end, unit.class).is_some_and(|(_, other)| other.value == unit.value);
    match low.zip(second.amount.value).filter(|(low, high)| same && low < high) {
        Some((low, high)) => Core { amount: Amount::range(low, high), ..second },
        None => core,
    }
}
