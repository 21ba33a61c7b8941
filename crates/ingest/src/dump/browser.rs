//! Removes the markup that text browsers (lynx, w3m, links) add: buttons, frames, link numbers and the list of link
//! targets.

use crate::lexicon::LINK_SCHEMES;
use std::borrow::Cow;

/// Placeholders of text browsers for form controls.
const CONTROLS: [&str; 3] = ["(BUTTON)", "[INS: :INS]", "[DEL: :DEL]"];

/// Kinds of text-browser markup used in a dump.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct BrowserStyle {
    /// Whether the dump has link numbers in brackets and a list of link targets at its end.
    numbered_links: bool,
}

impl BrowserStyle {
    /// Detects whether a dump ends with a list of link targets.
    #[must_use]
    pub(super) fn of(text: &str) -> Self {
        Self { numbered_links: text.lines().rev().take(4000).filter(|line| is_reference(line)).take(2).count() == 2 }
    }

    /// Removes text-browser markup from a line.
    #[must_use]
    pub(super) fn strip(self, line: &str) -> Cow<'_, str> {
        let mut line = Cow::Borrowed(line);
        for control in CONTROLS {
            if line.contains(control) {
                line = Cow::Owned(line.replace(control, ""));
            }
        }
        if let Some(heading) = starred(&line) {
            line = Cow::Owned(heading.to_owned());
        }
        if self.numbered_links && line.contains('[') {
            line = Cow::Owned(without_link_numbers(&line));
        }
        line
    }
}

/// Returns a heading that html2text set between asterisks: `****** Mill closed ******`.
fn starred(line: &str) -> Option<&str> {
    let line = line.trim();
    let stars = line.bytes().take_while(|byte| *byte == b'*').count();
    let heading = line.get(stars..line.len().checked_sub(stars)?)?;
    let set_off = heading.starts_with(' ') && heading.ends_with(' ') && line.len() > 2 * stars + 2;
    (stars >= 2 && set_off && line.ends_with(line.get(..stars)?)).then(|| heading.trim())
}

/// Returns whether a line is an entry in the list of link targets: `  12. https://…`.
#[must_use]
pub(super) fn is_reference(line: &str) -> bool {
    let line = line.trim_start();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 4 {
        return false;
    }
    let Some(target) = line[digits..].strip_prefix(". ") else { return false };
    let target = target.trim();
    !target.contains(' ') && LINK_SCHEMES.iter().any(|scheme| target.starts_with(scheme))
}

/// Removes link numbers such as `[12]` from a line.
fn without_link_numbers(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find('[') {
        out.push_str(&rest[..at]);
        let inside = &rest[at + 1..];
        let digits = inside.bytes().take_while(u8::is_ascii_digit).count();
        rest = if (1..=4).contains(&digits) && inside[digits..].starts_with(']') {
            &inside[digits + 1..]
        } else {
            out.push('[');
            inside
        };
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const DUMP: &str = "   [1]Home\n   The [2]council met. [sic]\n\nReferences\n\n   1. https://example.org/\n   2. https://example.org/council\n";

    #[test]
    fn link_numbers_go_when_their_targets_are_listed() {
        let style = BrowserStyle::of(DUMP);
        assert_eq!(style.strip("   The [2]council met. [sic]"), "   The council met. [sic]");
        assert_eq!(BrowserStyle::of("A note.[1]").strip("A note.[1]"), "A note.[1]");
    }

    #[test]
    fn the_stars_around_a_heading_go() {
        assert_eq!(BrowserStyle::default().strip("***** Mill closed *****"), "Mill closed");
        for line in ["* * *", "****", "** not closed", "*a*"] {
            assert_eq!(BrowserStyle::default().strip(line), line);
        }
    }

    #[test]
    fn buttons_go() {
        assert_eq!(BrowserStyle::default().strip("   (BUTTON) Search"), "    Search");
    }
}
