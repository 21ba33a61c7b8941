//! Labels the units of a rendered page that belong to the gold body, by aligning their words.

use std::collections::HashMap;

/// Number of words in a run. Only whole runs are matched.
const MIN_RUN_WORDS: usize = 4;
/// Minimum number of words in a unit for alignment by runs to be sufficient.
const LONG: usize = 7;
/// Maximum number of occurrences of a run to consider.
const COPIES: usize = 16;

/// Splits text into words in lower case.
pub(super) fn words(text: &str) -> Vec<String> {
    text.replace('\u{ad}', "")
        .split(|letter: char| !(letter.is_alphanumeric() || letter == '_'))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Returns the proportion of each unit that occurs in `gold`, in page order.
pub(super) fn shares(units: &[&str], gold: &str) -> Vec<f32> {
    let gold = words(gold);
    let units: Vec<Vec<String>> = units.iter().map(|unit| words(unit)).collect();
    let mut places: HashMap<&[String], Vec<usize>> = HashMap::new();
    for (at, run) in gold.windows(MIN_RUN_WORDS).enumerate() {
        places.entry(run).or_default().push(at);
    }
    let anchors: Vec<Vec<Anchor>> =
        units.iter().map(|unit| if unit.len() >= LONG { anchors(unit, &places) } else { Vec::new() }).collect();
    let chain = chain(&anchors, &units);
    let mut shares = vec![0.0; units.len()];
    for (at, anchor) in &chain {
        shares[*at] = anchor.share;
    }
    place_short(&mut shares, &units, &gold, &chain);
    shares
}

/// A candidate position of a unit in the gold body.
#[derive(Clone, Copy)]
struct Anchor {
    /// Index of the unit's first word in the gold body. `end` is the index after its last word.
    start: usize,
    end: usize,
    /// Proportion of the unit's runs that occur anywhere in the gold body.
    share: f32,
}

/// Returns the most likely positions of a unit in the gold body. There are several if the gold body repeats itself.
fn anchors(unit: &[String], places: &HashMap<&[String], Vec<usize>>) -> Vec<Anchor> {
    let mut diagonals: HashMap<isize, usize> = HashMap::new();
    let runs = unit.len() + 1 - MIN_RUN_WORDS;
    let mut found = 0;
    for (at, run) in unit.windows(MIN_RUN_WORDS).enumerate() {
        let Some(positions) = places.get(run) else { continue };
        found += 1;
        for position in positions.iter().take(COPIES) {
            *diagonals.entry(*position as isize - at as isize).or_default() += 1;
        }
    }
    let share = found as f32 / runs as f32;
    if share < 0.3 {
        return Vec::new();
    }
    let mut best: Vec<(usize, isize)> = diagonals.into_iter().map(|(diagonal, count)| (count, diagonal)).collect();
    best.sort_unstable_by_key(|(count, diagonal)| (usize::MAX - count, *diagonal));
    let most = best.first().map_or(0, |(count, _)| *count);
    (best.into_iter().take_while(|(count, _)| *count == most).take(COPIES))
        .map(|(_, diagonal)| Anchor {
            start: diagonal.max(0) as usize,
            end: diagonal.max(0) as usize + unit.len(),
            share,
        })
        .collect()
}

/// Returns the heaviest chain of anchors that are in the order of the gold body, each with the index of its unit.
fn chain(anchors: &[Vec<Anchor>], units: &[Vec<String>]) -> Vec<(usize, Anchor)> {
    let placed: Vec<(usize, Anchor)> = (anchors.iter().enumerate())
        .flat_map(|(at, anchors)| anchors.iter().map(move |anchor| (at, *anchor)))
        .collect();
    let mut best: Vec<(f32, Option<usize>)> = Vec::with_capacity(placed.len());
    for (index, &(at, anchor)) in placed.iter().enumerate() {
        let own = units[at].len() as f32 * anchor.share;
        let before = (0..index)
            .filter(|&other| {
                let (other_at, other) = placed[other];
                other_at < at && other.start < anchor.start && other.end <= anchor.start + units[at].len() / 2 + 4
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

/// Labels units that are too short to contain runs. They belong to the story if their words occur in the gold body
/// between the neighbouring units.
fn place_short(shares: &mut [f32], units: &[Vec<String>], gold: &[String], chain: &[(usize, Anchor)]) {
    let mut next = 0;
    let mut from = 0;
    for at in 0..units.len() {
        if let Some((_, anchor)) = chain.get(next).filter(|(other, _)| *other == at) {
            from = anchor.end;
            next += 1;
            continue;
        }
        let unit = &units[at];
        if unit.is_empty() || unit.len() >= LONG {
            continue;
        }
        let to = chain.get(next).map_or(gold.len(), |(_, anchor)| anchor.start);
        let gap = gold.get(from..to.min(gold.len())).unwrap_or_default();
        if let Some(place) = gap.windows(unit.len()).position(|window| window == unit.as_slice()) {
            // A short match far into the gap is probably a coincidence.
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
    fn what_the_gold_says_twice_is_found_twice() {
        let gold = "First day. Eat an hour or two before you begin to row. Second day. Eat an hour or two before you begin to row.";
        let units = ["First day.", "Eat an hour or two before you begin to row."].repeat(2);
        assert_eq!(shares(&units, gold)[1..], [1.0, 0.0, 1.0]);
    }

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
