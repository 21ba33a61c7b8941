//! Splits a dump that contains several articles.
//!
//! A new article begins with a headline, a byline or dateline below it, and prose below that, if the previous article
//! began in the same way. After a ruled line, a timestamp line is enough. Pages with lists of stories or with comments
//! have headlines and names as well, but no prose below each. Therefore, a dump is split only where both sides read
//! like articles.

use super::breadcrumbs;
use super::line::{Mark, Unit};
use crate::boilerplate::line_classifier::LineFeatures;
use crate::metadata::dateline;
use std::ops::Range;

/// Maximum distance between a headline and its byline, dateline or timestamp line, in units.
const MAX_DISTANCE: usize = 3;
/// Number of units to search for prose, below the byline, dateline or timestamp line.
const UNITS_BELOW: usize = 8;
/// Minimum number of words of prose in an article, in two or more consecutive paragraphs.
const PROSE: usize = 35;

/// Kind of line below a headline that shows where an article begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Signature {
    Byline,
    Dateline,
    Date,
}

/// Returns the range of unit indices of each article.
#[must_use]
pub(super) fn parts(units: &[Unit], line_features: &[LineFeatures]) -> Vec<Range<usize>> {
    let mut seams = Vec::new();
    let mut first: Option<Signature> = None;
    let mut last_head = 0;
    for at in 0..units.len() {
        let Some((signature, body)) = head(units, line_features, at) else { continue };
        let Some(begun) = first else {
            first = Some(signature);
            last_head = at;
            continue;
        };
        let ruled = at.checked_sub(1).is_some_and(|before| units.get(before).is_some_and(is_rule));
        let strong = signature == begun && signature != Signature::Date;
        // The byline may also sign off the previous article, so require prose after it and before the headline.
        if (strong || ruled) && body > at && prose(line_features, units, last_head + 1..at) {
            seams.push(start_of(units, at));
            last_head = at;
        }
    }
    let starts = std::iter::once(0).chain(seams.iter().copied());
    let ends = seams.iter().copied().chain([units.len()]);
    starts.zip(ends).map(|(start, end)| start..end).collect()
}

/// Checks for a headline at `at`. Returns the kind of line that confirms the headline, and the index of the first unit
/// of the text. Returns `None` if there is no such headline.
fn head(units: &[Unit], line_features: &[LineFeatures], at: usize) -> Option<(Signature, usize)> {
    let (unit, features) = (units.get(at)?, line_features.get(at)?);
    let title = (3..=24).contains(&features.words)
        && unit.mark == Mark::None
        && (!features.ends_sentence || features.ending == 2)
        && features.boilerplate.is_none()
        && features.caption == 0
        && !features.dated
        && !features.signed
        && !matches!(features.ending, 3 | 6)
        && matches!(features.beginning, 0 | 2 | 3)
        && breadcrumbs::parts(&unit.text).is_none();
    if !title {
        return None;
    }
    for below in at + 1..=at + MAX_DISTANCE {
        let (unit, features) = (units.get(below)?, line_features.get(below)?);
        let signature = if dateline::read(&unit.text)
            .is_some_and(|opening| opening.place.is_some() && (opening.date.is_some() || opening.agency.is_some()))
        {
            Some((Signature::Dateline, below))
        } else if features.signed {
            Some((Signature::Byline, below + 1))
        } else if features.dated {
            Some((Signature::Date, below + 1))
        } else {
            None
        };
        if let Some((signature, body)) = signature {
            return prose(line_features, units, body..(body + UNITS_BELOW).min(units.len()))
                .then_some((signature, body));
        }
        if features.words > 40 {
            return None;
        }
    }
    None
}

/// Returns whether a range has enough prose for an article, in at least two consecutive paragraphs.
fn prose(line_features: &[LineFeatures], units: &[Unit], range: Range<usize>) -> bool {
    let (mut run, mut words) = (0, 0);
    for at in range {
        let (Some(features), Some(unit)) = (line_features.get(at), units.get(at)) else { break };
        if features.ends_sentence
            && features.words >= 12
            && unit.mark == Mark::None
            && features.boilerplate_phrases == 0
        {
            run += 1;
            words += features.words;
        } else {
            // In a list of stories, there is only one sentence between headlines.
            (run, words) = (0, 0);
        }
        if run >= 2 && words >= PROSE {
            return true;
        }
    }
    false
}

/// Returns where the article with the headline at `at` starts, including breadcrumbs above the headline.
fn start_of(units: &[Unit], at: usize) -> usize {
    let above = at.checked_sub(1).and_then(|above| units.get(above));
    let breadcrumbs = above.is_some_and(|unit| {
        unit.text.contains([' ', '›'])
            && unit.text.contains(['/', '›', '»', '>'])
            && breadcrumbs::parts(&unit.text).is_some()
    });
    if breadcrumbs { at - 1 } else { at }
}

/// Returns whether a unit is a ruled line, made of one repeated symbol.
fn is_rule(unit: &Unit) -> bool {
    let mut letters = unit.text.chars().filter(|letter| *letter != ' ');
    let Some(first) = letters.next().filter(|letter| "-=*_#~+—–·".contains(*letter)) else {
        return unit.text.contains('\u{c}');
    };
    let mut count = 1 + usize::from(unit.mark == Mark::Bullet);
    for letter in letters {
        if letter != first {
            return false;
        }
        count += 1;
    }
    count >= 3
}

#[cfg(test)]
mod tests {
    use super::super::units_of;
    use super::*;

    fn count(text: &str) -> usize {
        let units = units_of(text);
        let line_features: Vec<LineFeatures> = units.iter().map(|unit| LineFeatures::of(&unit.text)).collect();
        parts(&units, &line_features).len()
    }

    const STORY: &str = "The harbour of Eastmouth will get a new lamp after forty years, the board of the town said on Sunday.\n\nThe old one will be shown in the museum of the town, beside the bell of the ship that it failed to warn in 1996.\n";

    #[test]
    fn articles_with_bylines_are_parted() {
        let text =
            format!("Harbour to get a lamp\nBy Jane Doe\n\n{STORY}\nRoad to Varde is closed\nBy John Roe\n\n{STORY}");
        assert_eq!(count(&text), 2);
    }

    #[test]
    fn a_ruled_line_makes_a_date_enough() {
        let story = |title: &str| format!("{title}\n3 March 2024\n\n{STORY}");
        let ruled = format!("{}\n-----\n\n{}", story("Harbour to get a lamp"), story("Road to Varde is closed"));
        let plain = format!("{}\n{}", story("Harbour to get a lamp"), story("Road to Varde is closed"));
        assert_eq!(count(&ruled), 2);
        assert_eq!(count(&plain), 1);
    }

    #[test]
    fn subheadings_and_teasers_cut_nothing() {
        let teasers = "Latest\n\nBread prices rise again\nBy Olav Lind\nA loaf costs a tenth more.\n\nFerry talks break off\nBy Ingrid Solberg\nNo boats until June.\n";
        let text =
            format!("Harbour to get a lamp\nBy Jane Doe\n\n{STORY}\nA lamp for the harbour\n\n{STORY}\n{teasers}");
        assert_eq!(count(&text), 1);
    }
}
