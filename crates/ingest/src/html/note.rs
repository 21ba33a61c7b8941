//! Detects footnotes: raised numbers, and links to a note further down the page. The number is written as `[1]`, both
//! in the text and at the note itself, so that readers of any output format can find the note.

use crate::lexicon::RAISED_UNITS;
use dom_query::NodeRef;

/// Quotation marks with which the text of a `q` element may already begin.
pub(super) const QUOTES: [char; 8] = ['"', '“', '”', '„', '‘', '«', '‹', '「'];
/// Maximum length of a footnote mark, in characters.
const MAX_LENGTH: usize = 4;
/// Maximum number of footnote marks to remember.
const MOST: usize = 2000;

/// Footnote marks found so far, each with the element ID of its note.
#[derive(Default)]
pub(super) struct Notes {
    hints: Vec<(String, String)>,
    opened: Option<String>,
}

impl Notes {
    /// Returns the text of a raised element that follows `before`: a footnote mark in brackets, or an exponent in
    /// superscript digits. Returns `None` for other text, such as the ending of an ordinal number.
    pub(super) fn raised(&mut self, node: &NodeRef<'_>, before: &str) -> Option<String> {
        let words = dateline_core::text::folded(&node.text());
        let link = node.descendants_it().find_map(|inner| inner.attr("href")).map(|href| href.to_string());
        let exponent = link.is_none() && is_exponent(&words, before);
        if exponent {
            return words.chars().map(superscript).collect();
        }
        let numbers: Vec<&str> = words.split([',', ' ']).filter(|part| !part.is_empty()).collect();
        let hints: Option<Vec<String>> = numbers.iter().map(|part| label(part)).collect();
        let hints = hints.filter(|hints| !hints.is_empty())?;
        if let ([mark], Some(id)) = (hints.as_slice(), link.as_deref().and_then(fragment)) {
            self.remember(id, mark);
        }
        Some(hints.concat())
    }

    /// Returns the mark of a link to a footnote: a number that links to a position in the page.
    pub(super) fn linked(&mut self, node: &NodeRef<'_>) -> Option<String> {
        let href = node.attr("href").filter(|href| href.starts_with('#'))?;
        let id = fragment(&href)?;
        let mark = label(&dateline_core::text::folded(&node.text()))?;
        let own = node.attr("id").is_some_and(|own| self.hints.iter().any(|(id, _)| **id == *own));
        if own {
            self.opened = Some(mark.clone());
            return Some(mark);
        }
        self.remember(id, &mark);
        Some(mark)
    }

    /// Returns the mark of the footnote that begins with this element, unless its text already shows the mark.
    pub(super) fn opened(&mut self, node: &NodeRef<'_>) -> Option<String> {
        if self.hints.is_empty() {
            return None;
        }
        let own = node.attr("id")?;
        let at = self.hints.iter().position(|(id, _)| **id == *own)?;
        let (_, mark) = self.hints.get(at)?.clone();
        let words = dateline_core::text::folded(&node.text());
        if words.starts_with(mark.as_str()) || words.is_empty() {
            return None;
        }
        self.opened = Some(mark.clone());
        Some(mark)
    }

    /// Returns whether a line consists of the mark of the last opened footnote.
    pub(super) fn is_label(&self, line: &str) -> bool {
        self.opened.as_deref().is_some_and(|mark| line.trim() == mark)
    }

    fn remember(&mut self, id: &str, mark: &str) {
        if self.hints.len() < MOST && self.hints.iter().all(|(known, _)| known != id) {
            self.hints.push((id.to_owned(), mark.to_owned()));
        }
    }
}

/// Returns the ID of the element that a link refers to.
fn fragment(href: &str) -> Option<&str> {
    href.split_once('#').map(|(_, id)| id).filter(|id| !id.is_empty())
}

/// Returns the mark for a number, letter or symbol, always in brackets. Returns `None` for other text.
fn label(words: &str) -> Option<String> {
    let inner = words.trim_matches(['[', ']', '(', ')']);
    let short = inner.chars().count() <= MAX_LENGTH;
    let number = !inner.is_empty() && inner.bytes().all(|byte| byte.is_ascii_digit());
    let letter = words.starts_with('[') && inner.len() == 1 && inner.bytes().all(|byte| byte.is_ascii_lowercase());
    let sign = !inner.is_empty() && inner.chars().all(|c| matches!(c, '*' | '†' | '‡'));
    (short && (number || letter || sign)).then(|| format!("[{inner}]"))
}

/// Returns whether a raised number is an exponent: it has a plus or minus sign, or follows a base or unit.
fn is_exponent(words: &str, before: &str) -> bool {
    let digits = words.trim_start_matches(['-', '−', '–', '+']);
    let number = !digits.is_empty() && digits.len() <= 3 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let last = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    number && (digits.len() < words.len() || RAISED_UNITS.contains(last))
}

/// Returns the superscript form of a digit or sign.
pub(super) const fn superscript(character: char) -> Option<char> {
    Some(match character {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        '9' => '⁹',
        '-' | '−' | '–' => '⁻',
        '+' => '⁺',
        _ => return None,
    })
}
