//! Which units of a dump the gold body holds: found by aligning their words.

use std::collections::HashMap;

/// Words that are matched together.
const RUN: usize = 4;
/// Units of this many words are placed by their runs alone.
const LONG: usize = 7;

/// Lower-case words.
pub fn words(text: &str) -> Vec<String> {
    text.replace('\u{ad}', "")
        .split(|letter: char| !(letter.is_alphanumeric() || letter == '_'))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// For each unit the share of it that stands in `gold`, in the order of the page.
pub fn shares(units: &[&str], gold: &str) -> Vec<f32> {
    let gold = words(gold);
    let units: Vec<Vec<String>> = units.iter().map(|unit| words(unit)).collect();
    let mut places: HashMap<&[String], Vec<usize>> = HashMap::new();
    for (at, run) in gold.windows(RUN).enumerate() {
        places.entry(run).or_default().push(at);
    }
    let anchors: Vec<Option<(usize, usize, f32)>> =
        units.iter().map(|unit| if unit.len() >= LONG { anchor(unit, &places) } else { None }).collect();
    let chain = chain(&anchors, &units);
    let mut shares = vec![0.0; units.len()];
    for &at in &chain {
        shares[at] = anchors[at].map_or(0.0, |(_, _, share)| share);
    }
    place_short(&mut shares, &units, &gold, &anchors, &chain);
    shares
}

/// Where a unit lies in the gold: first word, one past the last, share of its runs found there.
fn anchor(unit: &[String], places: &HashMap<&[String], Vec<usize>>) -> Option<(usize, usize, f32)> {
    let mut diagonals: HashMap<isize, usize> = HashMap::new();
    let runs = unit.len() + 1 - RUN;
    let mut found = 0;
    for (at, run) in unit.windows(RUN).enumerate() {
        let Some(positions) = places.get(run) else { continue };
        found += 1;
        for position in positions.iter().take(8) {
            *diagonals.entry(*position as isize - at as isize).or_default() += 1;
        }
    }
    let (diagonal, _) = diagonals.into_iter().max_by_key(|(diagonal, count)| (*count, -*diagonal))?;
    let share = found as f32 / runs as f32;
    let start = diagonal.max(0) as usize;
    (share >= 0.3).then_some((start, start + unit.len(), share))
}

/// The heaviest chain of anchors that keeps the order of the gold.
fn chain(anchors: &[Option<(usize, usize, f32)>], units: &[Vec<String>]) -> Vec<usize> {
    let placed: Vec<usize> = (0..anchors.len()).filter(|at| anchors[*at].is_some()).collect();
    let mut best: Vec<(f32, Option<usize>)> = Vec::with_capacity(placed.len());
    for (index, &at) in placed.iter().enumerate() {
        let (start, _, share) = anchors[at].unwrap_or_default();
        let own = units[at].len() as f32 * share;
        let before = (0..index)
            .filter(|&other| {
                let (other_start, other_end, _) = anchors[placed[other]].unwrap_or_default();
                other_start < start && other_end <= start + units[at].len() / 2 + 4
            })
            .max_by(|&left, &right| best[left].0.total_cmp(&best[right].0));
        best.push((own + before.map_or(0.0, |other| best[other].0), before));
    }
    let mut out = Vec::new();
    let mut at = (0..best.len()).max_by(|&left, &right| best[left].0.total_cmp(&best[right].0));
    while let Some(index) = at {
        out.push(placed[index]);
        at = best[index].1;
    }
    out.reverse();
    out
}

/// Units too short for runs are of the story when their words stand in the gap that the units
/// about them leave.
fn place_short(
    shares: &mut [f32],
    units: &[Vec<String>],
    gold: &[String],
    anchors: &[Option<(usize, usize, f32)>],
    chain: &[usize],
) {
    let mut next = 0;
    let mut from = 0;
    for at in 0..units.len() {
        if chain.get(next) == Some(&at) {
            from = anchors[at].map_or(from, |(_, end, _)| end);
            next += 1;
            continue;
        }
        let unit = &units[at];
        if unit.is_empty() || unit.len() >= LONG {
            continue;
        }
        let to = chain.get(next).and_then(|&other| anchors[other]).map_or(gold.len(), |(start, ..)| start);
        let gap = gold.get(from..to.min(gold.len())).unwrap_or_default();
        if let Some(place) = gap.windows(unit.len()).position(|window| window == unit.as_slice()) {
            // Far into a gap, a short match is chance.
            if place <= 30 || unit.len() >= 3 {
                shares[at] = 1.0;
                from += place + unit.len();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_the_story_are_found_in_order() {
        let gold = "The quay was shut on Monday by the board of the town. Boats to move. The boats will lie in the north basin until spring comes again.";
        let units = [
            "Boats to move",
            "The quay was shut on Monday by the board of the town.",
            "Boats to move",
            "The boats will lie in the north basin until spring comes again.",
            "The quay was shut on Monday by the board of the town.",
            "Share",
        ];
        let shares = shares(&units, gold);
        assert_eq!(
            shares.iter().map(|share| *share > 0.5).collect::<Vec<_>>(),
            [false, true, true, true, false, false]
        );
    }
}
