//! Text scraped from a page, with its crumbs, captions, subheadings and footer: structure recovered
//! from the text alone.
//!
//! Lines are stripped of the browser's marks and joined to units (`unwrap`); a dump of several
//! articles is cut (`split`); the story's units are told from the page's (`ingest::story`); the
//! front matter is found (`front`), and blocks get their kinds (`body`). What belongs to the page is
//! kept apart in [`Article::left_out`].

mod assemble;
mod body;
mod browser;
mod fate;
mod front;
mod line;
mod split;
mod unspaced;
mod unwrap;

pub use line::{Mark, Unit};
pub use unspaced::is_unspaced;
pub use unwrap::ends_sentence;

use super::story::{self, Model, Shape};
use crate::article::Article;
use browser::Marks;
use line::Line;
use std::borrow::Cow;

/// The articles of one dump; more than one only when the seams between them are plain.
#[must_use]
pub fn articles(id: &str, text: &str) -> Vec<Article> {
    articles_by(Model::bundled(), id, text)
}

/// The articles of one dump, told from the page by `model`.
#[must_use]
pub fn articles_by(model: &Model, id: &str, text: &str) -> Vec<Article> {
    let text = unified_line_ends(text);
    let (lines, units) = units(&text);
    let shapes: Vec<Shape> = units.iter().map(|unit| Shape::of(&unit.text)).collect();
    let parts = split::parts(&units, &shapes);
    let several = parts.len() > 1;
    parts
        .into_iter()
        .enumerate()
        .map(|(number, part)| {
            let id = if several && number > 0 { format!("{id}#{}", number + 1) } else { id.to_owned() };
            let (units, shapes) = (units.get(part.clone()), shapes.get(part));
            assemble::article(model, id, &lines, units.unwrap_or_default(), shapes.unwrap_or_default())
        })
        .collect()
}

/// The units of a dump, as its classifier sees them.
#[must_use]
pub fn units_of(text: &str) -> Vec<Unit> {
    units(&unified_line_ends(text)).1
}

/// The lines that the classifier of stories takes.
#[must_use]
pub fn story_lines(units: &[Unit]) -> Vec<story::Line<'_>> {
    units
        .iter()
        .map(|unit| story::Line { text: &unit.text, gap: unit.gap, indent: unit.indent, item: unit.mark != Mark::None })
        .collect()
}

fn units(text: &str) -> (Vec<Line<'_>>, Vec<Unit>) {
    let marks = Marks::of(text);
    let lines: Vec<Line<'_>> = text.split('\n').map(|line| Line::new(line, &marks.strip(line))).collect();
    let units = unwrap::units(&lines);
    (lines, units)
}

/// The text with a line feed at the end of each line, whatever ended it before.
fn unified_line_ends(text: &str) -> Cow<'_, str> {
    if !text.contains('\r') {
        Cow::Borrowed(text)
    } else if text.contains('\n') {
        Cow::Owned(text.replace("\r\n", "\n"))
    } else {
        Cow::Owned(text.replace('\r', "\n"))
    }
}
