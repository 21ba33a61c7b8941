//! Properties of scripts on which the reading of a page depends.

/// Returns whether a letter belongs to a script that is written without blanks between the words.
#[must_use]
pub(crate) const fn is_unspaced(letter: char) -> bool {
    matches!(letter, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{0e00}'..='\u{0e7f}')
}
