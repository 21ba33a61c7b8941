//! Invented comment threads, made from sentences of other stories and placed below a story. The training pages contain
//! too few threads to learn from.

use crate::train::boost::Random;
use dateline_ingest::training::{Mark, Unit};

/// Invented names of commenters.
const NAMES: [&str; 12] = [
    "harbourman",
    "Anna B.",
    "old_crow77",
    "Peter Lind",
    "quietreader",
    "M. Okoro",
    "TheRealDeal",
    "Guest",
    "Ines",
    "northsider",
    "Joe from Varde",
    "k8lyn",
];
const MONTHS: [&str; 6] = ["January", "March", "May", "July", "September", "November"];
/// Headings of a comment thread.
const LABELS: [&str; 8] = [
    "Comments",
    "Leave a comment",
    "Join the conversation",
    "Top comments",
    "Add a comment",
    "Show comments",
    "What readers say",
    "Discussion",
];
/// Labels of the buttons below a comment.
const TAILS: [&str; 5] = ["Reply", "Like Reply", "Report", "Share", "Rating: 4 Votes"];

/// Builds a comment thread from sentences in `sources`.
pub(super) fn thread(sources: &[&str], random: &mut Random) -> Vec<Unit> {
    let mut out = Vec::new();
    if sources.is_empty() {
        return out;
    }
    let pick = |random: &mut Random, count: usize| random.next() as usize % count.max(1);
    let label = pick(random, LABELS.len() + 2);
    let comments = 2 + pick(random, 22);
    match LABELS.get(label) {
        Some(label) => out.push(unit((*label).to_owned())),
        None => out.push(unit(format!("{comments} comments"))),
    }
    let (style, tail) = (pick(random, 6), pick(random, TAILS.len() * 2));
    let gaps = random.unit() < 0.5;
    for number in 0..comments {
        let name = NAMES[pick(random, NAMES.len())];
        let day = 1 + pick(random, 28);
        let (hour, minute) = (1 + pick(random, 12), 10 + pick(random, 50));
        let month = MONTHS[(day + comments) % MONTHS.len()];
        let half = if minute % 2 == 0 { "am" } else { "pm" };
        let head: Vec<String> = match style {
            0 => vec![format!("{name} says:"), format!("{month} {day}, 2019 at {hour}:{minute} {half}")],
            1 => vec![name.to_owned(), format!("{day} hours ago")],
            2 => vec![format!("{name} on {month} {day}, 2019 at {hour}:{minute} {half} said:")],
            3 => vec![format!("{name} • {day} days ago")],
            4 => vec![format!("{}. {name}", number + 1), format!("{day} {month} 2019, {hour}:{minute}")],
            _ => vec![name.to_owned(), format!("{day}d")],
        };
        out.extend(head.into_iter().map(unit));
        for _ in 0..=pick(random, 5) / 3 {
            out.extend(words(sources[pick(random, sources.len())], random).map(unit));
        }
        out.extend(TAILS.get(tail).map(|tail| unit((*tail).to_owned())));
    }
    if gaps {
        for unit in &mut out {
            unit.gap = true;
        }
    }
    out
}

/// Returns up to four consecutive sentences of a paragraph.
fn words(paragraph: &str, random: &mut Random) -> Option<String> {
    let sentences: Vec<&str> = paragraph.split_inclusive(". ").collect();
    let first = random.next() as usize % sentences.len().max(1);
    let count = 1 + random.next() as usize % 4;
    let text: String = sentences.iter().skip(first).take(count).copied().collect();
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn unit(text: String) -> Unit {
    Unit { text, lines: 0..0, gap: false, indent: 0, mark: Mark::None }
}
