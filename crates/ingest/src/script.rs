//! Properties of writing systems that affect how pages are parsed.

/// Returns whether a letter belongs to a script written without spaces between words.
#[must_use]
pub(crate) const fn is_unspaced(letter: char) -> bool {
    matches!(letter, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{0e00}'..='\u{0e7f}')
}
