//! Determines the kind of each block in a story: heading, paragraph, list entry, quote or table row.

use super::line::{Mark, Unit};
use super::pull_quote;
use crate::boilerplate::line_classifier::LineFeatures;
use crate::sentence::ends_sentence;
use dateline_core::article::BlockKind;

/// Maximum number of words in a subheading.
const HEADING: usize = 14;

/// Unit of the story, with its line features.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part<'a> {
    /// Unit that the part consists of.
    pub unit: &'a Unit,
    /// Line features of the unit.
    pub features: &'a LineFeatures,
}

/// Returns the kind of each part of the story.
#[must_use]
pub(super) fn kinds(parts: &[Part<'_>]) -> Vec<BlockKind> {
    let gaps = parts.iter().filter(|part| part.unit.gap).count();
    let spaced = gaps * 3 >= parts.len();
    let paragraphs: Vec<_> = parts.iter().map(|part| (part.unit.text.as_str(), part.features.words)).collect();
    let pull_quotes = pull_quote::find(&paragraphs);
    (0..parts.len())
        .map(|at| {
            let part = &parts[at];
            if is_table_row(&part.unit.text) && neighbours(parts, at).any(|other| is_table_row(&other.unit.text)) {
                BlockKind::Table
            } else if is_item(parts, at) {
                BlockKind::ListItem
            } else if is_quote(parts, at) || pull_quotes.binary_search(&at).is_ok() {
                BlockKind::Quote
            } else if is_heading(parts, at, spaced) {
                BlockKind::Heading
            } else {
                BlockKind::Paragraph
            }
        })
        .collect()
}

/// Returns the parts directly before and after the index `at`.
fn neighbours<'a, 'b>(parts: &'b [Part<'a>], at: usize) -> impl Iterator<Item = &'b Part<'a>> {
    [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|other| parts.get(other))
}

/// Splits a table row into cells, at tabs, bars or runs of three spaces.
#[must_use]
pub(super) fn cells(text: &str) -> Vec<&str> {
    let cells: Vec<&str> = if text.contains('\t') {
        text.split('\t').collect()
    } else if text.matches(" | ").count() >= 1 {
        text.trim_matches('|').split(" | ").collect()
    } else {
        text.split("   ").collect()
    };
    cells.into_iter().map(str::trim).filter(|cell| !cell.is_empty()).collect()
}

fn is_table_row(text: &str) -> bool {
    if !(text.contains('\t') || text.contains(" | ") || text.contains("   ")) {
        return false;
    }
    let cells = cells(text);
    cells.len() >= 2 && cells.iter().all(|cell| cell.len() <= 60)
}

/// Returns whether a part is a list entry. A numbered part must be next to another one, because a single number belongs
/// to a heading.
fn is_item(parts: &[Part<'_>], at: usize) -> bool {
    let part = &parts[at];
    match part.unit.mark {
        Mark::Bullet => true,
        Mark::Number => neighbours(parts, at).any(|other| other.unit.mark == Mark::Number),
        Mark::None | Mark::Quote => false,
    }
}

/// Returns whether a part is a block quote: it is marked as one, or it is signed.
fn is_quote(parts: &[Part<'_>], at: usize) -> bool {
    let part = &parts[at];
    if part.unit.mark == Mark::Quote {
        return true;
    }
    let text = part.unit.text.trim();
    let opened = text.starts_with(['“', '"', '«', '„']);
    if !opened || part.features.words < 4 {
        return false;
    }
    let signed = text.rfind(['—', '–', '―']).is_some_and(|dash| {
        let head = text[..dash].trim_end();
        let name = text[dash..].trim_start_matches(['—', '–', '―', ' ']);
        head.ends_with(['”', '"', '»']) && name.split(' ').count() <= 10 && name.starts_with(char::is_uppercase)
    });
    let signature_follows =
        parts.get(at + 1).is_some_and(|next| next.unit.text.starts_with(['—', '–', '―']) && next.features.words <= 10)
            && text.ends_with(['”', '"', '»']);
    signed || signature_follows
}

/// Returns whether a part is a heading. It must be short, must not end like a sentence, and must be above prose, a list
/// or another heading.
fn is_heading(parts: &[Part<'_>], at: usize, spaced: bool) -> bool {
    let part = &parts[at];
    let features = part.features;
    let text = part.unit.text.trim();
    let question = text.ends_with('?') && features.words <= 10 && features.sentences == 0;
    // In an interview, "Q: What happens next?" is a question that is answered below.
    let asked = text.starts_with("Q:") || text.starts_with("Q.") || text.starts_with("A:");
    if features.words == 0
        || asked
        || features.words > HEADING
        || (ends_sentence(text) && !question)
        || text.ends_with([',', ';', ':'])
        || text.starts_with(['—', '–', '―'])
        || !text.starts_with(|letter: char| letter.is_uppercase() || letter.is_numeric() || "“\"‘'¿¡".contains(letter))
        || (text.starts_with(['“', '"']) && text.ends_with(['”', '"', ',']))
        || (spaced && !part.unit.gap && at > 0 && part.unit.lines.len() > 1)
    {
        return false;
    }
    let Some(next) = parts.get(at + 1) else { return false };
    let list_below = next.unit.mark != Mark::None || is_table_row(&next.unit.text);
    let prose_below = next.features.words >= 12 || (next.features.ends_sentence && next.features.words >= 5);
    // Two headings may follow each other, but three short lines in a row are a list.
    let heading_below =
        next.features.words <= HEADING && parts.get(at + 2).is_some_and(|part| part.features.words >= 12);
    let short_above = at >= 2 && parts[at - 1].features.words <= 6 && parts[at - 2].features.words <= 6;
    let short_run = short_above && next.features.words <= 6;
    (list_below || prose_below || heading_below) && !short_run
}

#[cfg(test)]
mod tests {
    use super::super::units_of;
    use super::*;
    use BlockKind::{ListItem, Paragraph, Quote, Table};

    fn kinds_of(text: &str) -> Vec<BlockKind> {
        let units = units_of(text);
        let line_features: Vec<LineFeatures> = units.iter().map(|unit| LineFeatures::of(&unit.text)).collect();
        let parts: Vec<Part<'_>> =
            units.iter().zip(&line_features).map(|(unit, features)| Part { unit, features }).collect();
        kinds(&parts)
    }

    #[test]
    fn headings_come_before_prose() {
        let kinds = kinds_of(
            "The quay was shut on Monday after a storm broke its outer wall.\n\nBoats to move\n\nThe boats will lie in the north basin until the spring, the board said.\n\nWho will pay?\n\nThe town will pay for most of the work, and the county for the rest.",
        );
        assert_eq!(kinds[1], BlockKind::Heading);
        assert_eq!(kinds[3], BlockKind::Heading);
        assert_eq!(kinds[0], BlockKind::Paragraph);
    }

    #[test]
    fn lists_tables_and_quotes() {
        let kinds = kinds_of(
            "The plan has three parts, which the board will vote on:\n• a wall\n• a crane\n• a lamp\nYear\tBoats\n2022\t41\n2023\t38\n“We were left with nothing at all” — Anna Berg, skipper\n> It is a poor harbour that has no lamp.",
        );
        assert_eq!(kinds, [Paragraph, ListItem, ListItem, ListItem, Table, Table, Table, Quote, Quote]);
    }

    #[test]
    fn a_pull_quote_repeats_the_story() {
        let kinds = kinds_of(
            "“We were left with nothing at all,” Anna Berg said of the winter when the quay broke.\n\n“We were left with nothing at all”\n\n“Nobody came to help us that winter.”\n\nThe town has put up a new wall since.",
        );
        assert_eq!(kinds[1], BlockKind::Quote);
        assert_eq!(kinds[2], BlockKind::Paragraph);
    }
}
