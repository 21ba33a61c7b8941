//! Slips of the pen: two spellings that one wrong, missing or swapped letter parts.

/// Shorter words differ by one letter and mean two things.
const LEAST: usize = 5;

/// Whether the words differ in exactly one place: a letter more, less or another, or two letters
/// swapped. Case aside; short words never do.
pub(super) fn one_slip_apart(one: &str, other: &str) -> bool {
    if far_apart(one.as_bytes(), other.as_bytes()) {
        return false;
    }
    let (one, other) = (letters(one), letters(other));
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if short.len() < LEAST || long.len() > short.len() + 1 {
        return false;
    }
    let head = short.iter().zip(&long).take_while(|(a, b)| a == b).count();
    let (short, long) = (&short[head..], &long[head..]);
    if short.len() < long.len() {
        return long[1..] == *short;
    }
    match (short, long) {
        ([_, rest_a @ ..], [_, rest_b @ ..]) if rest_a == rest_b => true,
        ([a, b, rest_a @ ..], [c, d, rest_b @ ..]) => a == d && b == c && rest_a == rest_b,
        _ => false,
    }
}

/// Whether words of plain letters differ in more than two neighbouring places: most pairs do, and are
/// not looked at further.
fn far_apart(one: &[u8], other: &[u8]) -> bool {
    let same = |(a, b): &(&u8, &u8)| a.eq_ignore_ascii_case(b);
    let head = one.iter().zip(other).take_while(same).count();
    let tail = one.iter().rev().zip(other.iter().rev()).take_while(same).count();
    one.is_ascii() && other.is_ascii() && head + tail + 2 < one.len().max(other.len())
}

/// Whether two given names are spellings of one: a vowel for a vowel, a letter doubled, an h more.
pub(super) fn variants(one: &str, other: &str) -> bool {
    let (one, other) = (skeleton(one), skeleton(other));
    one.len() >= 3 && one == other
}

/// Consonants once each, without h, and one sign for any run of vowels.
fn skeleton(word: &str) -> Vec<char> {
    let mut out: Vec<char> = Vec::new();
    for letter in letters(word) {
        let sign = match letter {
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' => 'a',
            'h' => continue,
            'c' | 'q' => 'k',
            other => other,
        };
        if out.last() != Some(&sign) {
            out.push(sign);
        }
    }
    out
}

fn letters(word: &str) -> Vec<char> {
    word.chars().flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_may_be_wrong_missing_or_swapped() {
        assert!(one_slip_apart("Harlan", "Harlen") && one_slip_apart("Waters", "Water"));
        assert!(one_slip_apart("United", "Untied"));
        assert!(!one_slip_apart("Harlan", "Harlan") && !one_slip_apart("Northern", "Southern"));
        assert!(!one_slip_apart("Iran", "Iraq"), "short words are no slips");
    }

    #[test]
    fn given_names_vary_in_their_vowels() {
        assert!(variants("Catrin", "Katryn") && variants("Sara", "Sarah"));
        assert!(!variants("Maria", "Marta") && !variants("Ana", "Ian"));
    }
}
