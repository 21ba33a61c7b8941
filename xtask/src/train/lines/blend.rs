//! Synthetic pages for training. Each consists of a story in the surroundings of another page. The story may be
//! truncated, interrupted, or replaced by a list. The classifier thus learns that neither length nor position nor prose
//! by itself makes a story, and that a story can continue after a box.

use super::{Page, Record, list, thread};
use crate::train::boost::Random;
use dateline_ingest::training::Unit;

/// Number of units before the story that are moved to the other page together with it. [`TAIL`] is the number of units
/// after the story.
const HEAD: usize = 8;
const TAIL: usize = 4;
/// Probability that the story is interrupted before a line by a few lines of the other page.
const BOXES: f32 = 0.06;
/// Proportions of synthetic pages: with a comment thread below the story, with teasers of other stories around it, with
/// an archive or a tag cloud around it, with a story of one to three paragraphs, and with a list as the story.
const THREADS: f32 = 0.35;
const TEASERS: f32 = 0.35;
const ARCHIVES: f32 = 0.15;
const BRIEFS: f32 = 0.15;
const LISTS: f32 = 0.15;
/// Proportion of lists that are a plan for a week or a course.
const PLANS: f32 = 0.3;
/// Index of the rendering in which each table cell is on a line of its own.
const CELLS: usize = 2;

/// Units of a synthetic page, with their labels.
#[derive(Default)]
struct Blend {
    units: Vec<Unit>,
    labels: Vec<f32>,
}

impl Blend {
    fn add(&mut self, units: impl IntoIterator<Item = Unit>, label: f32) {
        self.units.extend(units);
        self.labels.resize(self.units.len(), label);
    }
}

/// Returns the index of the first unit of a page's story, and the index after the last one.
fn ends(page: &Page) -> Option<(usize, usize)> {
    let first = page.labels.iter().position(|label| *label > 0.5)?;
    Some((first, page.labels.iter().rposition(|label| *label > 0.5)? + 1))
}

/// Returns the paragraphs of the story on a page.
fn paragraphs(page: &Page) -> Vec<&str> {
    (page.units.iter().zip(&page.labels))
        .filter(|(unit, label)| **label > 0.5 && unit.text.len() > 40)
        .map(|(unit, _)| unit.text.as_str())
        .collect()
}

/// Moves the story of `page`, with the lines directly around it, into the surroundings of `other`.
pub(super) fn blend(page: &Page, other: &Page, random: &mut Random) -> Option<Page> {
    let ((start, end), (other_start, other_end)) = (ends(page)?, ends(other)?);
    let from = start.saturating_sub(HEAD);
    let before = other.units.get(..other_start.saturating_sub(HEAD)).unwrap_or_default();
    let after = other.units.get((other_end + TAIL).min(other.units.len())..).unwrap_or_default();
    // Truncate half of the pages, as if only part of each had been copied.
    let (mut skipped, mut taken) = (0, after.len());
    if random.unit() < 0.5 {
        skipped = (before.len() as f32 * random.unit()) as usize;
        taken = (after.len() as f32 * random.unit() * random.unit()) as usize;
    }
    let sources = paragraphs(other);
    let teased = (random.unit() < TEASERS).then(|| random.unit() < 0.4);
    let mut out = Blend::default();
    out.add(before[skipped..].to_vec(), 0.0);
    if teased == Some(true) {
        out.add(list::teasers(&sources, random), 0.0);
    }
    let archived = (random.unit() < ARCHIVES).then(|| random.unit() < 0.5);
    if archived == Some(true) {
        out.add(list::archive(random), 0.0);
    }
    out.add(page.units[from..start].to_vec(), 0.0);
    story(&mut out, page, start..end, after, random);
    out.add(page.units[end..(end + TAIL).min(page.units.len())].to_vec(), 0.0);
    if random.unit() < THREADS {
        out.add(thread::thread(&sources, random), 0.0);
    }
    if teased == Some(false) {
        out.add(list::teasers(&sources, random), 0.0);
    }
    if archived == Some(false) {
        out.add(list::archive(random), 0.0);
    }
    out.add(after[..taken].to_vec(), 0.0);
    let record = Record { dump: String::new(), gold_body: String::new(), ..page.record.clone() };
    Some(Page::of_units(record, page.rendering, out.units, out.labels))
}

/// Appends the units of the story at `range`. The story is interrupted by boxes, or shortened, or shortened and
/// followed by a list.
fn story(out: &mut Blend, page: &Page, range: std::ops::Range<usize>, boxes: &[Unit], random: &mut Random) {
    let kind = random.unit();
    let few = 1 + random.next() as usize % 3;
    let listed = kind < LISTS;
    // A list need not have an introduction.
    let most = if listed {
        few - 1
    } else if kind < LISTS + BRIEFS {
        few
    } else {
        usize::MAX
    };
    let mut kept = 0;
    for at in range.clone() {
        if page.labels[at] > 0.5 {
            if kept == most {
                break;
            }
            kept += 1;
        }
        if at > range.start + 1 && random.unit() < BOXES && !boxes.is_empty() {
            let first = (random.unit() * random.unit() * boxes.len() as f32) as usize;
            let length = 1 + (random.next() % 5) as usize;
            out.add(boxes.iter().skip(first).take(length).cloned(), 0.0);
        }
        out.add([page.units[at].clone()], page.labels[at]);
    }
    if listed && random.unit() < PLANS {
        out.add(list::plan(random), 1.0);
    } else if listed {
        out.add(list::rows(page.rendering == CELLS && random.unit() < 0.5, random), 1.0);
    }
}
