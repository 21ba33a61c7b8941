//! Finds the front matter of a story: breadcrumbs, kicker, headline, standfirst, byline and timestamp line.

use super::breadcrumbs;
use super::line::{Mark, Unit};
use crate::boilerplate::boilerplate_phrases::{Fit, plain};
use crate::boilerplate::line_classifier::LineFeatures;
use crate::metadata::timestamp_line::{self, FoundDate};
use crate::metadata::{byline, dateline};
use dateline_core::article::Boilerplate;
use foldhash::{HashSet, HashSetExt};

/// Maximum distance between the headline and the story below it, in units.
const MAX_DISTANCE: usize = 40;
/// Maximum distance between dates and the headline below them, in units.
const ABOVE: usize = 8;
/// Maximum amount by which the score of a standfirst may exceed that of its headline.
const STANDFIRST_EDGE: f32 = 1.2;
/// Score bonus for a headline at the top of the page, directly above a byline or date.
const TOP_OF_PAGE_SCORE: f32 = 2.2;
/// Score bonus for the first unit of a page, which is usually its title.
const FIRST_UNIT_SCORE: f32 = 0.3;
/// Minimum score of a headline.
const MIN_SCORE: f32 = 1.6;

/// Front matter of a story, as indices of units.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct FrontMatter {
    /// Unit of the headline.
    pub headline: Option<usize>,
    /// Unit of the kicker, the label above the headline.
    pub kicker: Option<usize>,
    /// Unit of the standfirst, the summary below the headline.
    pub standfirst: Option<usize>,
    /// Units of the bylines, each with the names in it.
    pub bylines: Vec<(usize, Vec<String>)>,
    /// Units with a publication date, each with the date found.
    pub dates: Vec<(usize, FoundDate)>,
    /// Units that state when the story was last changed, each with the date found. A unit may be in both lists.
    pub changes: Vec<(usize, FoundDate)>,
    /// Unit that contains the breadcrumbs, with the individual breadcrumbs.
    pub breadcrumbs: Option<(usize, Vec<String>)>,
}

impl FrontMatter {
    /// Returns whether the unit at `index` is part of the front matter.
    #[must_use]
    pub(super) fn holds(&self, index: usize) -> bool {
        [self.headline, self.kicker, self.standfirst].contains(&Some(index))
            || self.bylines.iter().any(|(at, _)| *at == index)
            || self.dates.iter().chain(&self.changes).any(|(at, _)| *at == index)
            || self.breadcrumbs.as_ref().is_some_and(|(at, _)| *at == index)
    }
}

/// Finds the front matter of the story that the kept units form.
#[must_use]
pub(super) fn find(units: &[Unit], line_features: &[LineFeatures], keep: &[bool]) -> FrontMatter {
    let mut front = FrontMatter::default();
    let Some(start) = keep.iter().position(|kept| *kept) else { return front };
    let end = keep.iter().rposition(|kept| *kept).unwrap_or(start);
    let story = words_of(units, keep);
    front.headline = headline(units, line_features, keep, start, &story);
    let below = front.headline.map_or(start, |at| at.max(start));
    let top = front.headline.unwrap_or(start);
    let chronology = chronology(units, line_features, front.headline.map_or(start, |at| at + 1)..end + 1);
    signatures(&mut front, units, line_features, &chronology, top.saturating_sub(ABOVE / 2)..(below + 4).min(end + 1));
    if front.dates.is_empty() {
        closing_date(&mut front, units, end);
    }
    if let Some(headline) = front.headline {
        front.breadcrumbs = breadcrumbs::find(units, line_features, headline, &plain(&units[headline].text));
        front.kicker = kicker(units, line_features, headline, &front);
        front.standfirst = standfirst(units, line_features, keep, headline, start, &front);
    } else {
        front.breadcrumbs = breadcrumbs::find(units, line_features, start, "");
    }
    front
}

/// Returns the words of at least four bytes in the story, for comparison with headlines.
fn words_of(units: &[Unit], keep: &[bool]) -> HashSet<String> {
    let mut out = HashSet::new();
    for (unit, _) in units.iter().zip(keep).filter(|(_, kept)| **kept).take(60) {
        for word in plain(&unit.text).split(' ').filter(|word| word.len() >= 4) {
            if !out.contains(word) {
                out.insert(word.to_owned());
            }
        }
    }
    out
}

/// Returns the index of the unit with the best headline score, among the units above the story and the first unit of
/// the story.
fn headline(
    units: &[Unit],
    line_features: &[LineFeatures],
    keep: &[bool],
    start: usize,
    story: &HashSet<String>,
) -> Option<usize> {
    let mut best: Option<(f32, usize)> = None;
    // If prose follows, the first unit of the story may be the headline.
    let prose_below = keep.iter().skip(start + 1).take(6).any(|kept| *kept);
    let last = if prose_below { start } else { start.checked_sub(1)? };
    for at in start.saturating_sub(MAX_DISTANCE)..=last {
        let Some(score) = headline_score(units, line_features, at, start, story) else { continue };
        if score >= MIN_SCORE && best.is_none_or(|(other, _)| score > other) {
            best = Some((score, at));
        }
    }
    let (score, at) = best?;
    Some(above_standfirst(units, line_features, at, score, start, story).unwrap_or(at))
}

/// Returns the unit above `at` if it is the headline and the unit at `at` is its standfirst. Both must look like
/// headlines. In addition, the upper one must be the first of the page, or a byline, date or dateline must follow the
/// lower one.
fn above_standfirst(
    units: &[Unit],
    line_features: &[LineFeatures],
    at: usize,
    score: f32,
    start: usize,
    story: &HashSet<String>,
) -> Option<usize> {
    let above = at.checked_sub(1)?;
    let signed_below = line_features.iter().skip(at + 1).take(2).any(|features| features.signed || features.dated);
    let filed_below = is_filed(units, at + 1);
    let (upper, lower) = (line_features.get(above)?, line_features.get(at)?);
    let alike = headline_score(units, line_features, above, start, story)? + STANDFIRST_EDGE >= score.max(MIN_SCORE);
    let titles = upper.words >= 5 && !upper.ends_sentence && lower.words >= 5;
    let words = plain(&units.get(at)?.text);
    let same = repeated(units, at, start, &words) || plain(&units.get(above)?.text).contains(&words);
    ((signed_below || filed_below || above == 0) && alike && titles && !same).then_some(above)
}

/// Returns whether the unit at `at` begins with a dateline.
fn is_filed(units: &[Unit], at: usize) -> bool {
    units.get(at).is_some_and(|unit| dateline::read(&unit.text).is_some())
}

/// Scores the unit at `at` as the headline of the story that begins at `start`. Returns `None` if it cannot be one.
fn headline_score(
    units: &[Unit],
    line_features: &[LineFeatures],
    at: usize,
    start: usize,
    story: &HashSet<String>,
) -> Option<f32> {
    let (unit, features) = (units.get(at)?, line_features.get(at)?);
    let boilerplate = features
        .boilerplate
        .is_some_and(|(fit, _)| fit >= Fit::Starts && features.words < 8 || fit == Fit::Has && features.words < 12);
    let top_of_page = is_top_of_page(units, line_features, at);
    let excluded = !(if top_of_page { 1 } else { 2 }..=32).contains(&features.words)
        || features.caption >= 2
        || features.signed
        || features.dated
        || boilerplate
        || unit.mark == Mark::Quote
        || features.ending == 6
        || breadcrumbs::parts(&unit.text).is_some();
    if excluded {
        return None;
    }
    let words = plain(&unit.text);
    let content: Vec<&str> = words.split(' ').filter(|word| word.len() >= 4).collect();
    let shared = content.iter().filter(|word| story.contains(**word)).count() as f32 / content.len().max(2) as f32;
    let mut score = 2.4 * shared;
    if (5..=18).contains(&features.words) {
        score += 1.0;
    } else if features.words < 4 || features.words > 24 {
        score -= 0.8;
    }
    if at != start && repeated(units, at, start, &words) {
        score += 1.2;
    }
    if top_of_page {
        score += TOP_OF_PAGE_SCORE;
    }
    if at != start && opens_page(units, at) {
        score += FIRST_UNIT_SCORE;
    }
    if at == start {
        // The first paragraph of a story is not a headline, however short it is.
        let plain_start = !features.ends_sentence && features.words <= 20 && features.sentences == 0;
        score += if plain_start { 0.6 } else { -3.0 };
    }
    if features.ends_sentence && features.ending != 2 {
        score -= 1.2;
    }
    if unit.mark == Mark::Bullet {
        score -= 1.2;
    }
    // The unit ends with a colon or an ellipsis.
    if matches!(features.ending, 3 | 4) {
        score -= 0.8;
    }
    let signed_below = line_features.iter().skip(at + 1).take(3).any(|features| features.signed || features.dated);
    Some(score + if signed_below { 0.6 } else { 0.0 } - 0.07 * (start - at) as f32)
}

/// Returns whether the unit at `at` is the first of the page, or preceded only by breadcrumbs.
fn opens_page(units: &[Unit], at: usize) -> bool {
    match at.checked_sub(1) {
        None => true,
        Some(0) => units.first().is_some_and(|above| breadcrumbs::parts(&above.text).is_some()),
        Some(_) => false,
    }
}

/// Returns whether the unit at `at` is at the top of the page, directly above a byline or date. Such a unit is a
/// headline, however short it is.
fn is_top_of_page(units: &[Unit], line_features: &[LineFeatures], at: usize) -> bool {
    opens_page(units, at) && line_features.get(at + 1).is_some_and(|features| features.signed || features.dated)
}

/// Returns whether another unit above the story repeats `words`, with or without the name of the site.
fn repeated(units: &[Unit], at: usize, start: usize, words: &str) -> bool {
    words.len() > 12
        && units.iter().enumerate().take(start + 1).any(|(other, unit)| {
            other != at && unit.text.len() < 2 * words.len() + 80 && plain(&unit.text).contains(words)
        })
}

/// Finds the dates in a chronology: several dates, each above prose. A date directly below the headline is part of the
/// chronology only if a later date follows, since a story is published after the events it reports.
#[must_use]
pub(super) fn chronology(units: &[Unit], line_features: &[LineFeatures], story: std::ops::Range<usize>) -> Vec<usize> {
    let first = story.start;
    let dated = story.filter_map(|at| {
        let (unit, features) = (units.get(at)?, line_features.get(at)?);
        let prose_below = line_features.get(at + 1).is_some_and(|below| below.ends_sentence && !below.dated);
        let line =
            timestamp_line::read(&unit.text).filter(|line| features.dated && prose_below && line.rest.is_empty())?;
        Some((at, line.published.date))
    });
    let dated: Vec<_> = dated.collect();
    let later = |(at, date): &(usize, _)| dated.iter().any(|(other, later)| other > at && later > date);
    let entry = |one: &&(usize, _)| one.0 > first || later(one);
    if dated.len() < 2 { Vec::new() } else { dated.iter().filter(entry).map(|(at, _)| *at).collect() }
}

/// Finds the bylines and timestamp lines in a range of units.
fn signatures(
    front: &mut FrontMatter,
    units: &[Unit],
    line_features: &[LineFeatures],
    chronology: &[usize],
    range: std::ops::Range<usize>,
) {
    for at in range.clone() {
        let (Some(unit), Some(features)) = (units.get(at), line_features.get(at)) else { continue };
        if front.headline == Some(at)
            || unit.mark == Mark::Bullet && features.words > 12
            || is_captioned(unit, features)
        {
            continue;
        }
        let line = timestamp_line::read(&unit.text).filter(|_| features.dated);
        if let Some(line) = line.filter(|line| line.claimed || !chronology.contains(&at)) {
            let names = line.rest.split('|').find_map(|part| byline::signed(part).or_else(|| byline::unsigned(part)));
            front.changes.extend(line.modified.map(|date| (at, date)));
            front.dates.push((at, line.published));
            if let Some(names) = names {
                front.bylines.push((at, names));
            }
        } else if let Some(names) = byline::signed(&unit.text) {
            front.bylines.push((at, names));
        } else if units.get(at.wrapping_sub(1)).is_some_and(|before| plain(&before.text) == "by")
            && let Some(names) = byline::unsigned(&unit.text)
        {
            front.bylines.push((at, names));
        } else if front.bylines.last().is_some_and(|(before, _)| before + 1 == at)
            && let Some(names) = second_author(units, at)
        {
            front.bylines.push((at, names));
        } else if front.headline.is_some_and(|headline| at > headline)
            && let Some(names) = named_with_role(units, at)
        {
            front.bylines.push((at, names));
        } else if byline::is_role(&unit.text) && front.bylines.last().is_some_and(|(before, _)| before + 1 == at) {
            // This unit is the author's job title, below the name.
            front.bylines.push((at, Vec::new()));
        }
    }
    prefer_publication(front);
    if front.bylines.is_empty() {
        unsigned_byline(front, units, line_features, range);
    }
}

/// Removes the dates of changes from the publication dates if a line states an earlier date: "Updated 4 May 2024" above
/// "3 May 2024".
fn prefer_publication(front: &mut FrontMatter) {
    let FrontMatter { dates, changes, .. } = front;
    let last = changes.iter().map(|(_, change)| change.date).max();
    let is_earlier =
        |date: &(usize, FoundDate)| !changes.contains(date) && last.is_some_and(|last| date.1.date <= last);
    if dates.iter().any(is_earlier) {
        dates.retain(|date| !changes.contains(date));
    }
}

/// Returns whether a unit is a caption with a credit. Such captions often appear where a byline is expected.
fn is_captioned(unit: &Unit, features: &LineFeatures) -> bool {
    features.caption == 2 && byline::signed(&unit.text).is_none()
}

/// Finds a second author, whose name follows the name of the first author and "and". If the names are links, each is on
/// a separate line.
fn second_author(units: &[Unit], at: usize) -> Option<Vec<String>> {
    let joins = |at: usize| units.get(at).is_some_and(|unit| matches!(plain(&unit.text).as_str(), "and" | ""));
    if joins(at) {
        return units.get(at + 1).and_then(|next| byline::unsigned(&next.text)).map(|_| Vec::new());
    }
    let joined = at.checked_sub(1).is_some_and(joins);
    units.get(at).filter(|_| joined).and_then(|unit| byline::unsigned(&unit.text))
}

/// Returns names that are followed by the author's job title, in the same unit or the next.
fn named_with_role(units: &[Unit], at: usize) -> Option<Vec<String>> {
    let unit = units.get(at)?;
    byline::with_role(&unit.text).or_else(|| {
        units.get(at + 1).filter(|next| byline::is_role(&next.text))?;
        byline::unsigned(&unit.text)
    })
}

/// Finds a byline without "By": a name next to a timestamp line, below the headline.
fn unsigned_byline(
    front: &mut FrontMatter,
    units: &[Unit],
    line_features: &[LineFeatures],
    range: std::ops::Range<usize>,
) {
    let below = front.headline.map_or(range.start, |at| at + 1);
    for &(date_at, _) in &front.dates {
        for at in [date_at.wrapping_sub(1), date_at + 1] {
            if at < below || !range.contains(&at) || front.headline == Some(at) {
                continue;
            }
            let unmarked = |unit: &&Unit| crate::boilerplate::boilerplate_phrases::hits(&unit.text).best.is_none();
            let captioned = |unit: &&Unit| line_features.get(at).is_some_and(|features| is_captioned(unit, features));
            let Some(unit) = units.get(at).filter(unmarked).filter(|unit| !captioned(unit)) else {
                continue;
            };
            if let Some(names) = byline::unsigned(&unit.text) {
                front.bylines.push((at, names));
                return;
            }
        }
    }
}

/// Finds "First published: …" below the story, or a wire stamp as the last line.
fn closing_date(front: &mut FrontMatter, units: &[Unit], end: usize) {
    let stamp = units
        .iter()
        .enumerate()
        .skip(end)
        .take(8)
        .find_map(|(at, unit)| Some((at, timestamp_line::wire_stamp(&unit.text)?)));
    if let Some(stamp) = stamp {
        front.dates.push(stamp);
        return;
    }
    for (at, unit) in units.iter().enumerate().skip(end + 1).take(6) {
        let lower = unit.text.to_lowercase();
        if !lower.contains("publish") && !lower.contains("posted") {
            continue;
        }
        if let Some(line) = timestamp_line::read(&unit.text).filter(|line| line.rest.is_empty()) {
            front.dates.push((at, line.published));
            return;
        }
    }
    // The last line may be a bare date.
    let last = units.len().saturating_sub(1);
    let line = units.get(last).filter(|_| front.dates.is_empty() && (end..end + 2).contains(&last));
    if let Some(line) = line.and_then(|unit| timestamp_line::read(&unit.text)).filter(|line| line.rest.is_empty()) {
        front.dates.push((last, line.published));
    }
}

/// Finds the kicker: a label of one to four words directly above the headline, which must not be a menu entry.
fn kicker(units: &[Unit], line_features: &[LineFeatures], headline: usize, front: &FrontMatter) -> Option<usize> {
    let at = headline.checked_sub(1)?;
    let (unit, features) = (units.get(at)?, line_features.get(at)?);
    let fit = (1..=4).contains(&features.words)
        && unit.mark == Mark::None
        && !front.holds(at)
        && features.caption == 0
        && features.ending == 0
        && features.beginning == 0
        && features.separators == 0
        && !features
            .boilerplate
            .is_some_and(|(fit, kind)| fit == Fit::Is && kind != Boilerplate::Navigation || fit == Fit::Starts);
    let menu_above = at.checked_sub(1).is_some_and(|above| {
        line_features.get(above).is_some_and(|above| above.words <= 3 && above.separators == 0) && !front.holds(above)
    });
    (fit && !menu_above).then_some(at)
}

/// Finds the standfirst: a sentence or long phrase directly below the headline.
fn standfirst(
    units: &[Unit],
    line_features: &[LineFeatures],
    keep: &[bool],
    headline: usize,
    start: usize,
    front: &FrontMatter,
) -> Option<usize> {
    let at = headline + 1;
    let (unit, features) = (units.get(at)?, line_features.get(at)?);
    let fit = (5..=60).contains(&features.words)
        && unit.mark == Mark::None
        && !front.holds(at)
        && features.caption == 0
        && features.boilerplate.is_none_or(|_| features.words >= 20)
        && features.separators == 0
        && plain(&unit.text) != plain(&units[headline].text);
    // A unit of the story is a standfirst only if a byline, date or dateline separates it from the rest.
    let parted = front
        .bylines
        .iter()
        .map(|(at, _)| *at)
        .chain(front.dates.iter().map(|(at, _)| *at))
        .any(|other| other > at && other <= at + 3)
        || is_filed(units, at + 1);
    let kept = keep.get(at).copied().unwrap_or(false);
    (fit && (parted || !kept && at < start)).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::super::articles;

    #[test]
    fn a_headline_may_be_shorter_than_the_byline() {
        for headline in ["Strike!", "Lamp goes out", "Flood fears"] {
            let page = format!(
                "{headline}\nBy Anna Berg, harbour correspondent of the Eastmouth Echo\n\nThe pilots of Eastmouth stopped work on Monday, and forty boats were waiting off the north basin by noon.\n\nThe board of the harbour said that it would not pay more, and that the pilots had broken their word.\n"
            );
            let articles = articles("page", &page);
            assert_eq!(articles[0].headline.as_ref().map(|found| found.value.as_str()), Some(headline));
        }
    }

    #[test]
    fn the_upper_of_two_title_lines_over_a_dateline_is_the_headline() {
        let page = "Cabinet backs dam despite warnings over the farms of the valley\n\
            Ministers approve plan for the Orlo river; opponents promise challenge in court\n\n\
            KESTREL BAY, Tuesday - The cabinet approved a dam across the Orlo river, and ministers said that the farms \
            of the valley would be paid for.\n\n\
            Opponents of the plan promised to go to court, and said the warnings had not been read by anybody.\n";
        let article = articles("page", page).remove(0);
        let words =
            |found: Option<dateline_core::article::Datum<String>>| found.map(|found| found.value).unwrap_or_default();
        assert!(words(article.headline).starts_with("Cabinet backs dam"));
        assert!(words(article.standfirst).starts_with("Ministers approve"));
    }
}
