//! Likeness of two names, judged only by their words.

/// Way in which two names of the same kind are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Likeness {
    /// One has a middle name or initial that the other lacks: "Mara Odell" and "Mara J. Odell".
    MiddleName,
    /// One has an initial in place of the given name: "M. Odell".
    Initial,
    /// One given name begins with the other: "Sam" and "Samuel".
    ShortName,
    /// One letter differs: "Odell" and "Odel".
    Spelling,
    /// A story calls one by the name of the other: "EU" for "European Union".
    Alias,
    /// A story calls one by the name of the other, which has one additional word at its end: "Orlo" for "Orlo Ltd". The
    /// evidence is weak, because the longer name is often that of a part ("Orlo Bank"). Names with more additional
    /// words are not suggested.
    Extension,
}

/// Minimum length of a given name that may be a short form, in bytes.
const MIN_SHORT: usize = 3;

/// Minimum length of a word in which a letter may differ, in bytes. Shorter words are often different names.
const MIN_MISSPELT: usize = 5;

impl Likeness {
    /// Compares two folded names of this kind. Returns `None` if they are not alike. Names of organisations and places
    /// are compared only if a form of the second is the first.
    pub(super) fn of(kind: &str, one: &str, other: &str) -> Option<Self> {
        if kind == "person" {
            return of_persons(&words(one), &words(other));
        }
        // The end of a name is always one of its forms, even if no story uses it as a name.
        if one == other || other.ends_with(&format!(" {one}")) {
            return None;
        }
        match other.strip_prefix(one).filter(|rest| rest.starts_with(' ')) {
            Some(rest) if rest.trim().contains(' ') => None,
            Some(_) => Some(Self::Extension),
            None => Some(Self::Alias),
        }
    }

    /// Returns the number of points that the likeness is worth.
    pub(super) const fn points(self) -> i32 {
        match self {
            Self::MiddleName | Self::Alias => 2,
            Self::Initial | Self::ShortName => 1,
            Self::Spelling | Self::Extension => 0,
        }
    }

    /// Describes the likeness of two names.
    pub(super) fn words(self, one: &str, other: &str) -> String {
        match self {
            Self::MiddleName => "the same but for a middle name".to_owned(),
            Self::Initial => "an initial for the given name".to_owned(),
            Self::ShortName => "a short form of the given name".to_owned(),
            Self::Spelling => "one letter differs".to_owned(),
            Self::Alias | Self::Extension => format!("a story uses both “{one}” and “{other}” for it"),
        }
    }
}

/// Returns the words of a folded name, without the periods after initials.
fn words(name: &str) -> Vec<&str> {
    name.split([' ', '.']).filter(|word| !word.is_empty()).collect()
}

fn of_persons(one: &[&str], other: &[&str]) -> Option<Likeness> {
    let ([first, inner @ .., last], [other_first, other_inner @ .., other_last]) = (one, other) else { return None };
    if last == other_last {
        if first == other_first {
            return (inner != other_inner && agree(inner, other_inner)).then_some(Likeness::MiddleName);
        }
        if is_initial(first) != is_initial(other_first) {
            return (first.chars().next() == other_first.chars().next() && agree(inner, other_inner))
                .then_some(Likeness::Initial);
        }
        let is_short = first.starts_with(other_first) || other_first.starts_with(first);
        if is_short && first.len().min(other_first.len()) >= MIN_SHORT && agree(inner, other_inner) {
            return Some(Likeness::ShortName);
        }
    }
    (one.len() == other.len() && differ_in_a_letter(one, other)).then_some(Likeness::Spelling)
}

fn is_initial(word: &str) -> bool {
    word.chars().count() == 1
}

/// Returns whether two lists of middle names can belong to the same person: the longer list begins with the names of the
/// shorter one, possibly as initials.
fn agree(one: &[&str], other: &[&str]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let fits = |a: &&str, b: &&str| a == b || (is_initial(a) || is_initial(b)) && a.chars().next() == b.chars().next();
    short.iter().zip(long).all(|(name, whole)| fits(name, whole))
}

/// Returns whether exactly one word differs, by one letter that is wrong, missing or added.
fn differ_in_a_letter(one: &[&str], other: &[&str]) -> bool {
    let mut different = one.iter().zip(other).filter(|(a, b)| a != b);
    let (Some((a, b)), None) = (different.next(), different.next()) else { return false };
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let before = short.iter().zip(&long).take_while(|(a, b)| a == b).count();
    let after = short[before..].iter().rev().zip(long[before..].iter().rev()).take_while(|(a, b)| a == b).count();
    short.len() >= MIN_MISSPELT && long.len() - before - after <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn persons_are_alike_by_initial_middle_name_short_name_or_letter() {
        let of = |one, other| Likeness::of("person", one, other);
        for (one, other, likeness) in [
            ("mara odell", "m. odell", Likeness::Initial),
            ("m. j. odell", "mara jane odell", Likeness::Initial),
            ("mara odell", "mara j. odell", Likeness::MiddleName),
            ("mara j. odell", "mara jane odell", Likeness::MiddleName),
            ("sam pell", "samuel pell", Likeness::ShortName),
            ("mara kellaway", "mara kelaway", Likeness::Spelling),
            ("mohamed kellaway", "mohammed kellaway", Likeness::Spelling),
        ] {
            assert_eq!(of(one, other), Some(likeness), "{one}, {other}");
            assert_eq!(of(other, one), Some(likeness), "{other}, {one}");
        }
        for (one, other) in [
            ("mara odell", "rufus odell"),
            ("m. odell", "rufus odell"),
            ("mara jane odell", "mara ruth odell"),
            ("mara j. odell", "mara r.j. odell"),
            ("mara pell", "mara bell"),
            ("m. odell", "m. odel"),
            ("mara kellaway", "mira kelaway"),
            ("odell", "mara odell"),
        ] {
            assert_eq!(of(one, other), None, "{one}, {other}");
        }
    }

    #[test]
    fn the_end_of_a_name_is_no_alias() {
        assert_eq!(Likeness::of("organization", "vtt", "vessa tarn trust"), Some(Likeness::Alias));
        assert_eq!(Likeness::of("organization", "tarn trust", "vessa tarn trust"), None);
        assert_eq!(Likeness::of("organization", "orlo", "orlo ltd"), Some(Likeness::Extension));
        assert_eq!(Likeness::of("organization", "orlo", "orlo security council"), None);
    }
}
