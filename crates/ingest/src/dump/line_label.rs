//! Assigns a label to each unit of a dump: front matter, story, caption, credit or omitted.

use super::front_matter::FrontMatter;
use super::line::{Mark, Unit};
use crate::boilerplate::boilerplate_phrases::Fit;
use crate::boilerplate::line_classifier::LineFeatures;
use crate::lexicon::CONTACT_OPENINGS;
use crate::metadata::timestamp_line;
use dateline_core::article::Boilerplate;

/// Maximum number of words in a subheading, and in a label that opens a box but contains nothing else.
const HEADING: usize = 10;
const HEADED_BOX: usize = 4;
/// Maximum distance between a caption and the story, in units.
const CAPTION_REACH: usize = 3;
/// Maximum number of units at the end of the story to check for closing notes, and maximum number of words in a note.
const CLOSING_REACH: usize = 4;
const CLOSING_WORDS: usize = 60;

/// Label that decides how a unit is handled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum LineLabel {
    /// Part of the front matter.
    FrontMatter,
    /// Block of the story.
    Story,
    /// Caption of a picture.
    Caption,
    /// Credit that belongs to an adjacent caption.
    Credit,
    /// Omitted, as this kind of boilerplate.
    Out(Boilerplate),
}

/// Assigns a label to every unit.
pub(super) fn labels(
    units: &[Unit],
    line_features: &[LineFeatures],
    keep: &[bool],
    front: &FrontMatter,
) -> Vec<LineLabel> {
    let first = keep.iter().position(|kept| *kept);
    let last = keep.iter().rposition(|kept| *kept);
    let (Some(start), Some(end)) = (first, last) else {
        return line_features.iter().map(|features| LineLabel::Out(why(features, false, false))).collect();
    };
    let near = front.headline.unwrap_or(start).min(start).saturating_sub(CAPTION_REACH)..=end + CAPTION_REACH;
    let mut labels = Vec::with_capacity(units.len());
    for (at, features) in line_features.iter().enumerate() {
        let kept = keep.get(at).copied().unwrap_or(false);
        let captioned =
            near.contains(&at) && features.words <= 110 && units.get(at).is_some_and(|unit| unit.mark != Mark::Quote);
        let worded = units.get(at).is_some_and(|unit| unit.text.contains(char::is_alphanumeric));
        // A bare boilerplate phrase is not a credit, and neither is the footer below the story.
        let machine = |(fit, kind)| fit == Fit::Is || at > end && kind == Boilerplate::Footer;
        let captioned = captioned && !(features.caption == 3 && features.boilerplate.is_some_and(machine));
        let label = if !worded {
            LineLabel::Out(Boilerplate::Furniture)
        } else if front.breadcrumbs.as_ref().is_some_and(|(breadcrumbs, _)| *breadcrumbs == at) {
            LineLabel::Out(Boilerplate::Navigation)
        } else if front.holds(at) {
            LineLabel::FrontMatter
        } else if captioned && features.caption == 3 {
            LineLabel::Credit
        } else if captioned && features.caption > 0 && (features.caption == 2 || features.words <= 60) {
            LineLabel::Caption
        } else if kept && features.words > 0 {
            LineLabel::Story
        } else {
            LineLabel::Out(why(features, at < start, at > end))
        };
        labels.push(label);
    }
    claim_captions(&mut labels, units, line_features, start, end, front);
    take_headings(&mut labels, units, line_features, start + 1..end);
    drop_closing_notes(&mut labels, units, line_features);
    labels
}

/// Moves subheadings back to the story if they were taken for part of the box above. They are set off by blank lines,
/// below an advertisement or one-line box, and above prose of the story.
fn take_headings(
    labels: &mut [LineLabel],
    units: &[Unit],
    line_features: &[LineFeatures],
    inside: std::ops::Range<usize>,
) {
    let boxed = |at: usize| {
        line_features.get(at).and_then(|features| Some((features.words, features.boilerplate?))).is_some_and(
            |(words, (fit, kind))| {
                match kind {
                    Boilerplate::Advertisement | Boilerplate::Furniture => fit > Fit::Has,
                    // A bare "Read more:" opens a box that includes the next line.
                    Boilerplate::Related => fit > Fit::Has && words > HEADED_BOX,
                    _ => false,
                }
            },
        )
    };
    for at in inside {
        let (Some(unit), Some(below)) = (units.get(at), units.get(at + 1)) else { continue };
        let (Some(features), Some(prose)) = (line_features.get(at), line_features.get(at + 1)) else { continue };
        let titled = (2..=HEADING).contains(&features.words)
            && !features.ends_sentence
            && features.boilerplate.is_none()
            && unit.text.trim_start_matches(['‘', '“', '"', '\'']).starts_with(char::is_uppercase);
        let set_off = unit.gap && below.gap && unit.mark == Mark::None;
        let story_below =
            labels.get(at + 1) == Some(&LineLabel::Story) && prose.ends_sentence && prose.words >= HEADING;
        if matches!(labels[at], LineLabel::Out(_)) && titled && set_off && story_below && boxed(at - 1) {
            labels[at] = LineLabel::Story;
        }
    }
}

/// Drops closing notes with editors, contact details or sponsors from the end of the story.
fn drop_closing_notes(labels: &mut [LineLabel], units: &[Unit], line_features: &[LineFeatures]) {
    let story: Vec<usize> = (0..labels.len()).filter(|at| labels[*at] == LineLabel::Story).collect();
    // Never drop the first two paragraphs.
    for &at in story.iter().skip(2).rev().take(CLOSING_REACH) {
        let (Some(unit), Some(features)) = (units.get(at), line_features.get(at)) else { continue };
        let lower = unit.text.get(..unit.text.len().min(12)).unwrap_or_default().to_lowercase();
        let contact = features.address && CONTACT_OPENINGS.iter().any(|opening| lower.starts_with(opening));
        let noted = features.boilerplate.is_some_and(|(_, kind)| kind == Boilerplate::Footer);
        let stamp = timestamp_line::wire_stamp(&unit.text).is_some();
        if features.words <= CLOSING_WORDS && (contact || noted || stamp) {
            labels[at] = LineLabel::Out(Boilerplate::Footer);
        }
    }
}

/// Labels the line above a separate credit as its caption if it looks like one, or else the line below.
fn claim_captions(
    labels: &mut [LineLabel],
    units: &[Unit],
    line_features: &[LineFeatures],
    start: usize,
    end: usize,
    front: &FrontMatter,
) {
    for at in 1..labels.len() {
        if labels[at] != LineLabel::Credit {
            continue;
        }
        let Some(features) = line_features.get(at - 1) else { continue };
        let within = at > front.headline.unwrap_or(start) && at <= end + 2;
        // Even a line of the story is a caption if it is directly above a credit, without a blank line between them.
        let close = units.get(at).is_some_and(|unit| !unit.gap) && (4..=40).contains(&features.words);
        let claimed = match labels[at - 1] {
            LineLabel::Out(_) => features.words >= 4 && features.boilerplate_phrases == 0,
            LineLabel::Story => close && at - 1 > start,
            _ => false,
        };
        if within && claimed {
            labels[at - 1] = LineLabel::Caption;
        } else if within
            && labels[at - 1] != LineLabel::Caption
            && matches!(labels.get(at + 1), Some(LineLabel::Out(_)))
            && is_caption_below(units, line_features, at + 1)
        {
            // The caption follows its credit.
            labels[at + 1] = LineLabel::Caption;
        }
    }
}

/// Returns whether the unit below a credit is its caption. Unlike a paragraph, it is short and does not end a sentence.
fn is_caption_below(units: &[Unit], line_features: &[LineFeatures], at: usize) -> bool {
    let (Some(unit), Some(features)) = (units.get(at), line_features.get(at)) else { return false };
    let prose_below = line_features.iter().skip(at + 1).take(2).any(|features| features.ends_sentence);
    !unit.gap
        && (4..=40).contains(&features.words)
        && !features.ends_sentence
        && features.boilerplate_phrases == 0
        && prose_below
}

/// Returns the kind of boilerplate to which a unit outside the story belongs.
fn why(features: &LineFeatures, before: bool, after: bool) -> Boilerplate {
    match features.boilerplate {
        Some((_, kind)) => kind,
        None if before => Boilerplate::Navigation,
        None if after
            && features.words >= 4
            && !features.ends_sentence
            && features.ending != 3
            && features.separators == 0
            && features.beginning != 5 =>
        {
            Boilerplate::Related
        }
        None if after => Boilerplate::Footer,
        None => Boilerplate::Furniture,
    }
}
