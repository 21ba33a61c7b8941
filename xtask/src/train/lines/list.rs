//! Invented stories without prose (standings, calendars, recipes, programmes), and teasers of other stories. The
//! training pages contain too few of these to learn from.

use crate::train::boost::Random;
use dateline_ingest::training::{Mark, Unit};

/// Invented names of people, for lists.
const NAMES: [&str; 14] = [
    "Anna Berg",
    "Olav Lind",
    "Ines Moreau",
    "Tomas Hruby",
    "Varde Rovers",
    "Kei Nakata",
    "Luisa Prado",
    "Eastmouth United",
    "Sven Aalto",
    "Mira Das",
    "João Teles",
    "Northland",
    "Petra Zidek",
    "Akua Mensah",
];
const PLACES: [&str; 10] =
    ["Varde", "Eastmouth", "São Telmo", "Northland", "Kestrel Bay", "Lindau", "Porto Novo", "Alto", "Marrow", "Skerry"];
const MONTHS: [&str; 9] = ["January", "March", "May", "July", "Sept.", "November", "março", "agosto", "Oktober"];
const MEASURES: [&str; 6] = ["cup", "cups", "tsp.", "tbsp.", "g", "slices of"];
const FOODS: [&str; 9] = [
    "oat flour",
    "chopped leeks",
    "brown sugar",
    "smoked herring, flaked",
    "butter, melted",
    "barley",
    "sour cream",
    "egg yolks, beaten",
    "dill",
];
const STEPS: [&str; 6] = [
    "Stir until smooth",
    "Bake for 20 minutes.",
    "Set aside to cool",
    "Fold in the rest, and season.",
    "Serve warm",
    "Pre-heat the oven to 180",
];
const LABELS: [&str; 8] =
    ["Group A", "Results", "For the dough", "Round 2", "Pos Name Points", "Defence", "Day one", "What you need"];
/// Topics for a tag cloud.
const TOPICS: [&str; 10] =
    ["Economy", "Saúde", "Cultura", "Sport", "Weather", "Health", "Schools", "Deporte", "Reisen", "Harbour"];

/// Returns a random index less than `count`.
fn pick(random: &mut Random, count: usize) -> usize {
    random.next() as usize % count.max(1)
}

/// Builds the rows of a table or the items of a list. If `cells` is `true`, each table cell is on a line of its own.
pub(super) fn rows(cells: bool, random: &mut Random) -> Vec<Unit> {
    let kind = pick(random, 5);
    let count = 6 + pick(random, 34);
    let (gap, bulleted) = (random.unit() < 0.5, random.unit() < 0.3);
    let mut out = Vec::new();
    for number in 1..=count {
        if pick(random, 9) == 0 {
            out.push(LABELS[pick(random, LABELS.len())].to_owned());
        }
        let (name, place) = (NAMES[pick(random, NAMES.len())], PLACES[pick(random, PLACES.len())]);
        let (first, second) = (pick(random, 60), 10 + pick(random, 49));
        let row = match kind {
            0 => format!("{number}\t{name}\t{}\t{first}\t{}", 900 - number * 7, pick(random, 9)),
            1 => format!("{number}. round: {} {} – {place}", 1 + first % 28, MONTHS[pick(random, MONTHS.len())]),
            2 if number * 3 > count * 2 => STEPS[pick(random, STEPS.len())].to_owned(),
            2 => format!(
                "{} {} {}",
                1 + first % 9,
                MEASURES[pick(random, MEASURES.len())],
                FOODS[pick(random, FOODS.len())]
            ),
            3 => format!("{}:{second}\t{name} v {}", 8 + first % 14, NAMES[pick(random, NAMES.len())]),
            _ => format!("{name} ({place}): {first} games, {} goals", first / 3),
        };
        if cells {
            out.extend(row.split('\t').map(str::to_owned));
        } else {
            out.push(row.replace('\t', " "));
        }
    }
    let mark = if bulleted { Mark::Bullet } else { Mark::None };
    out.into_iter().map(|text| Unit { text, lines: 0..0, gap, indent: 0, mark }).collect()
}

/// Builds an archive by month, a tag cloud, or a row of letters, as found in sidebars.
pub(super) fn archive(random: &mut Random) -> Vec<Unit> {
    let kind = pick(random, 3);
    let mut out = Vec::new();
    for number in 0..10 + pick(random, 90) {
        out.push(match kind {
            0 if number % 13 == 0 => format!("{}", 2020 - number / 13),
            0 => format!("{} ({})", MONTHS[number % MONTHS.len()], pick(random, 300)),
            1 => format!("{} ({})", [PLACES, TOPICS][pick(random, 2)][pick(random, 10)], pick(random, 90)),
            _ => char::from(b'A' + (number % 26) as u8).to_string(),
        });
    }
    let (gap, bulleted) = (random.unit() < 0.4, random.unit() < 0.3);
    let mark = if bulleted { Mark::Bullet } else { Mark::None };
    out.into_iter().map(|text| Unit { text, lines: 0..0, gap, indent: 0, mark }).collect()
}

/// Builds a plan of meals, of a course or of a week. Its parts have headings and the same few lines.
pub(super) fn plan(random: &mut Random) -> Vec<Unit> {
    let parts = 3 + pick(random, 6);
    let noted = random.unit() < 0.7;
    let mut out = Vec::new();
    for part in 0..parts * (1 + pick(random, 3)) {
        out.push(format!("{} {}", ["Day", "Meal", "Part", "Week", "Step"][parts % 5], 1 + part % parts));
        if noted {
            out.push(format!(
                "{} {}–{} minutes before {}",
                ["Begin", "Eat", "Rest"][parts % 3],
                10 + part,
                40 + part,
                NAMES[part % 3]
            ));
        }
        for _ in 0..=pick(random, 4) {
            let food = |random: &mut Random| {
                let (measure, food) = (MEASURES[pick(random, MEASURES.len())], FOODS[pick(random, FOODS.len())]);
                format!("{} {measure} {food}", 1 + pick(random, 8))
            };
            let (first, second) = (food(random), food(random));
            out.push(format!("{} soup ({first}, {second}, or {})", PLACES[pick(random, PLACES.len())], food(random)));
        }
        if noted {
            out.push(format!("Counts as: {} green, {} red, 1 tsp.", 1 + part % 3, 1 + part % 2));
        }
    }
    let gap = random.unit() < 0.7;
    out.into_iter().map(|text| Unit { text, lines: 0..0, gap, indent: 0, mark: Mark::None }).collect()
}

/// Builds teasers from paragraphs of other stories. Each has a title and a summary, and is often truncated.
pub(super) fn teasers(sources: &[&str], random: &mut Random) -> Vec<Unit> {
    let mut out = Vec::new();
    let (count, cut) = (2 + pick(random, 10), 60 + pick(random, 200));
    let (titled, dated, dots) = (random.unit() < 0.7, random.unit() < 0.3, random.unit() < 0.6);
    for _ in 0..count.min(sources.len()) {
        let source = sources[pick(random, sources.len())];
        if titled {
            let words: Vec<&str> = source.split_whitespace().take(5 + pick(random, 7)).collect();
            out.push(words.join(" ").trim_end_matches([',', '.', ':']).to_owned());
        }
        if dated {
            out.push(format!("{} {} 2019", 1 + pick(random, 28), MONTHS[pick(random, 6)]));
        }
        let shortened: String = source.chars().take(cut).collect();
        let shortened = shortened.trim_end();
        out.push(if dots && shortened.len() < source.len() { format!("{shortened}…") } else { shortened.to_owned() });
    }
    let gap = random.unit() < 0.7;
    out.into_iter().map(|text| Unit { text, lines: 0..0, gap, indent: 0, mark: Mark::None }).collect()
}
