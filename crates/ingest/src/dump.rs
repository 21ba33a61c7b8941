//! Reads text scraped from a page, mixed with its breadcrumbs, captions, subheadings and footer. The structure is
//! inferred from the text itself.
//!
//! The stages are: strip the markup of text browsers and join wrapped lines into units (`unwrap`); split a dump of
//! several articles (`split`); separate the story from boilerplate (`boilerplate`); find the front matter
//! (`front_matter`); and classify the blocks (`body`). Boilerplate is kept in [`Article::left_out`].

mod assemble;
mod body;
mod breadcrumbs;
mod browser;
mod front_matter;
mod head;
mod line;
mod line_label;
mod pull_quote;
mod split;
mod unspaced;
mod unwrap;

pub use line::{Mark, Unit};

use crate::boilerplate::line_classifier::{self, LineFeatures, Model};
use crate::boilerplate::repeat;
use browser::BrowserStyle;
use dateline_core::article::{Article, Boilerplate, Datum, LeftOut};
use line::Line;
use std::borrow::Cow;
use std::ops::Range;

/// Range of unit indices that one story occupies.
type Part = Range<usize>;

/// Returns the articles in a dump. It is split into several only where the boundaries are clear.
#[must_use]
pub(crate) fn articles(id: &str, text: &str) -> Vec<Article> {
    articles_by(Model::bundled(), id, text)
}

/// Returns the articles in a dump, with `model` as the classifier that separates them from boilerplate.
#[must_use]
pub(crate) fn articles_by(model: &Model, id: &str, text: &str) -> Vec<Article> {
    let text = unified_line_ends(text);
    let Some((head, text)) = head::cut(&text) else { return stories(model, id, &text) };
    let mut out = stories(model, id, &text);
    if let Some(first) = out.first_mut() {
        first.publisher = head.publisher.map(Datum::given);
        first.url = head.url;
    }
    out
}

/// Returns the articles in a text that has no header of labelled lines.
fn stories(model: &Model, id: &str, text: &str) -> Vec<Article> {
    let (lines, units) = units(text);
    let (units, copies) = without_copies(units, &lines);
    let line_features: Vec<LineFeatures> = units.iter().map(|(_, unit)| LineFeatures::of(&unit.text)).collect();
    let (places, units): (Vec<usize>, Vec<Unit>) = units.into_iter().unzip();
    let parts = split::parts(&units, &line_features);
    let (parts, repeated) = without_repeated(&parts, &units);
    let several = parts.len() > 1;
    let mut out = Vec::with_capacity(parts.len());
    for (number, part) in parts.into_iter().enumerate() {
        let id = if several && number > 0 { format!("{id}#{}", number + 1) } else { id.to_owned() };
        let part_units = units.get(part.clone()).unwrap_or_default();
        let mut article =
            assemble::article(model, id, &lines, part_units, line_features.get(part.clone()).unwrap_or_default());
        let own = places.get(part.clone()).unwrap_or_default();
        let mut left_out: Vec<String> =
            copies.iter().filter(|copy| own.contains(&copy.original)).map(|copy| copy.text.clone()).collect();
        for (_, again) in repeated.iter().filter(|(original, _)| *original == part) {
            left_out.extend(units.get(again.clone()).unwrap_or_default().iter().map(|unit| unit.source(&lines)));
        }
        if !left_out.is_empty() {
            let text = left_out.join("\n");
            article.notes.push(repeat::note(text.chars().count()));
            article.left_out.push(LeftOut { text, why: Boilerplate::Furniture });
        }
        out.push(article);
    }
    out
}

/// A unit that repeats an earlier one.
struct CopiedUnit {
    /// Index of the earlier unit, among all units of the dump.
    original: usize,
    /// Lines of the repeated unit, as in the source.
    text: String,
}

/// Removes units that repeat the story. Returns the remaining units with their indices, and the removed ones.
fn without_copies(units: Vec<Unit>, lines: &[Line<'_>]) -> (Vec<(usize, Unit)>, Vec<CopiedUnit>) {
    let texts: Vec<&str> = units.iter().map(|unit| unit.text.as_str()).collect();
    let originals = repeat::copies(&texts);
    let mut copies = Vec::new();
    let mut others = Vec::with_capacity(units.len());
    for (at, (unit, original)) in units.into_iter().zip(originals).enumerate() {
        match original {
            Some(original) => copies.push(CopiedUnit { original, text: unit.source(lines) }),
            None => others.push((at, unit)),
        }
    }
    (others, copies)
}

/// Removes stories that repeat an earlier one. Returns the remaining stories, and pairs of an original and its copy.
fn without_repeated(parts: &[Part], units: &[Unit]) -> (Vec<Part>, Vec<(Part, Part)>) {
    let texts = |part: &Part| -> Vec<&str> {
        units.get(part.clone()).unwrap_or_default().iter().map(|unit| unit.text.as_str()).collect()
    };
    let stories: Vec<Vec<&str>> = parts.iter().map(texts).collect();
    let mut others: Vec<Part> = Vec::with_capacity(parts.len());
    let mut repeated = Vec::new();
    for (part, earlier) in parts.iter().zip(repeat::repeated_stories(&stories)) {
        match earlier.and_then(|earlier| parts.get(earlier)) {
            Some(earlier) => repeated.push((earlier.clone(), part.clone())),
            None => others.push(part.clone()),
        }
    }
    (others, repeated)
}

/// Splits a dump into the units that the line classifier takes as input.
#[must_use]
pub(crate) fn units_of(text: &str) -> Vec<Unit> {
    units(&unified_line_ends(text)).1
}

/// Converts units to input lines of the line classifier.
#[must_use]
pub(crate) fn story_lines(units: &[Unit]) -> Vec<line_classifier::Line<'_>> {
    units
        .iter()
        .map(|unit| line_classifier::Line {
            text: &unit.text,
            gap: unit.gap,
            indent: unit.indent,
            item: unit.mark != Mark::None,
        })
        .collect()
}

fn units(text: &str) -> (Vec<Line<'_>>, Vec<Unit>) {
    let style = BrowserStyle::of(text);
    let lines: Vec<Line<'_>> = text.split('\n').map(|line| Line::new(line, &style.strip(line))).collect();
    let units = unwrap::units(&lines);
    (lines, units)
}

/// Normalises all line endings to line feeds.
fn unified_line_ends(text: &str) -> Cow<'_, str> {
    if !text.contains('\r') {
        Cow::Borrowed(text)
    } else if text.contains('\n') {
        Cow::Owned(text.replace("\r\n", "\n"))
    } else {
        Cow::Owned(text.replace('\r', "\n"))
    }
}
