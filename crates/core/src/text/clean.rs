//! Text that is safe to display. Untrusted text may contain characters that control the terminal, hide words or reverse
//! their direction. Cleaning looks at each character separately: a character that could have such an effect is dropped
//! or replaced by a visible symbol. Escape sequences are neither parsed nor stripped, because that would need a second
//! terminal parser, and its mistakes would be vulnerabilities.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

/// Text that is safe to write to a terminal, or to a line that another program will read.
///
/// Only [`clean`] creates this type. The text contains no C0 or C1 controls, direction overrides or tags. Its only
/// invisible characters are the joiners that scripts and emoji need. It has at most eight combining marks per letter.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct SafeText<'a>(Cow<'a, str>);

/// Maximum number of combining marks shown on one letter. Hebrew with points and cantillation needs four, Vietnamese
/// two. More than eight are mere decoration that spills over neighbouring letters.
pub(super) const MAX_MARKS: usize = 8;

impl Deref for SafeText<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'a> From<SafeText<'a>> for Cow<'a, str> {
    /// Returns the cleaned text, borrowed from the original if nothing had to change.
    fn from(text: SafeText<'a>) -> Self {
        text.0
    }
}

impl fmt::Display for SafeText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Returns the character to display in place of `character`: the same character, a visible symbol, or `None` to drop
/// it.
///
/// A line feed or tab becomes a space because the layout has already split the text into lines.
#[must_use]
#[allow(clippy::match_same_arms, reason = "an arm a reason")]
pub fn shown(character: char) -> Option<char> {
    match character {
        // White space and fillers that look like white space become a space.
        '\t' | '\n' | '\r' | '\u{a0}' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{2800}' => Some(' '),
        // Unicode has symbols for the C0 controls and DEL.
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(character)),
        '\u{7f}' => Some('\u{2421}'),
        '\u{80}'..='\u{9f}' => Some('\u{fffd}'),
        // Directional embeddings, overrides and isolates, tags, and interlinear annotations are made visible but have
        // no effect.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some('\u{2426}'),
        '\u{e0000}'..='\u{e007f}' | '\u{e0100}'..='\u{e01ef}' | '\u{fff9}'..='\u{fffb}' => Some('\u{2426}'),
        // Invisible characters are dropped: soft hyphen, zero-width space, word joiner, byte-order mark, direction
        // marks.
        '\u{ad}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{200e}' | '\u{200f}' | '\u{61c}' => None,
        // Less common invisible characters are dropped as well: grapheme joiner, inherent vowels, deprecated format
        // characters, musical beams, shorthand controls.
        '\u{34f}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}' | '\u{206a}'..='\u{206f}' => None,
        '\u{1d173}'..='\u{1d17a}' | '\u{1bca0}'..='\u{1bca3}' => None,
        _ => Some(character),
    }
}

/// Makes text safe to display. The text is borrowed if nothing has to change.
#[must_use]
pub fn clean(text: &str) -> SafeText<'_> {
    let mut kept = CombiningFilter::default();
    if text.chars().all(|character| shown(character) == Some(character) && kept.accepts(character)) {
        return SafeText(Cow::Borrowed(text));
    }
    let mut kept = CombiningFilter::default();
    SafeText(Cow::Owned(text.chars().filter_map(shown).filter(|character| kept.accepts(*character)).collect()))
}

/// Filter for combining marks and joiners. Its state depends only on the characters kept so far, so cleaning a text a
/// second time changes nothing.
struct CombiningFilter {
    /// Last character kept.
    last: char,
    /// Number of marks and joiners kept on the last letter.
    marks: usize,
}

impl Default for CombiningFilter {
    fn default() -> Self {
        Self { last: ' ', marks: 0 }
    }
}

impl CombiningFilter {
    /// Returns whether to keep the next character. Rejects marks beyond the maximum, and a zero-width non-joiner after
    /// a letter whose script does not use it.
    fn accepts(&mut self, character: char) -> bool {
        let spells = character != '\u{200c}' || matches!(self.last, '\u{590}'..='\u{1fff}');
        let marks = if extends(character) { self.marks + 1 } else { 0 };
        if !spells || marks > MAX_MARKS {
            return false;
        }
        (self.last, self.marks) = (character, marks);
        true
    }
}

/// Returns whether a character extends the letter before it. Combining marks do, and so do joiners, since more marks
/// may follow them.
fn extends(character: char) -> bool {
    matches!(character, '\u{200c}' | '\u{200d}') || unicode_normalization::char::is_combining_mark(character)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn escape_sequences_become_visible_marks() {
        assert_eq!(&*clean("a\x1b[31mb\x07"), "a␛[31mb␇");
    }

    #[test]
    fn persian_keeps_its_joiners_and_emoji_their_family() {
        for text in ["می\u{200c}خواهم", "👩\u{200d}👩\u{200d}👧", "e\u{301}"] {
            assert_eq!(&*clean(text), text);
        }
    }

    #[test]
    fn a_non_joiner_is_kept_only_where_it_spells() {
        assert_eq!(&*clean("pay\u{200c}pal x\u{200c}\u{200c}"), "paypal x");
        assert_eq!(&*clean("a\u{34f}b"), "ab");
    }

    #[test]
    fn joiners_do_not_let_marks_pile_up() {
        let piled = format!("ע{}", "\u{5c1}\u{200c}\u{5c1}\u{200d}".repeat(50));
        assert_eq!(clean(&piled).chars().count(), 1 + MAX_MARKS);
    }

    proptest! {
        #[test]
        fn nothing_that_acts_comes_through(text in any::<String>()) {
            let safe = clean(&text);
            prop_assert!(!safe.chars().any(char::is_control), "a control came through");
            let acts = ['\u{202e}', '\u{2066}', '\u{e0041}'];
            prop_assert!(!safe.contains(acts), "a character that acts came through");
        }

        #[test]
        fn cleaning_twice_changes_nothing(text in any::<String>()) {
            let once = clean(&text).to_string();
            let twice = clean(&once).to_string();
            prop_assert_eq!(once, twice);
        }
    }
}
