//! Checks that the work of gathering a story does not grow with the number of stories, however alike they are. Work is
//! counted in comparisons and in steps of SQLite, which, unlike time, are the same in every run.

use super::model::COMPARISONS;
use super::{Cluster, Gather};
use crate::{Incoming, Library, List};
use dateline_analysis::Analysis;
use dateline_core::article::{Article, DateSource, Datum, Published};
use jiff::ToSpan;
use jiff::civil::date;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Smaller number of stories. It is more than a cluster takes.
const STORIES: usize = 160;

/// Steps of SQLite per call of the counter.
const STEPS: i32 = 16;

/// Kind of stories, from the position of one: its site, its day, its headline and its text.
struct Kind {
    name: &'static str,
    story: fn(usize) -> (usize, usize, String, String),
}

const KINDS: [Kind; 5] = [
    // The sites differ, so that each story is a reprint of all others.
    Kind { name: "one template", story: |n| (n, n % 8, format!("Fire in {}", word(n)), template(n)) },
    Kind { name: "updates of one site", story: |n| (0, 0, "Fire at the mill".into(), template(n)) },
    Kind { name: "each story like the last", story: |n| (n, 0, sentence(n), (n..n + 8).map(sentence).collect()) },
    Kind {
        name: "a daily round",
        story: |n| (0, n, "The morning at the harbour".into(), (n..n + 3).chain([0, 1, 2]).map(sentence).collect()),
    },
    Kind { name: "unlike stories", story: |n| (n, n, sentence(9 * n), (9 * n..9 * n + 8).map(sentence).collect()) },
];

/// Rare word with a number.
fn word(number: usize) -> String {
    let syllables = ["bor", "kel", "tan", "vim", "sul", "rag", "nov", "pid"];
    let mut number = number + 8;
    let mut out = String::new();
    while number > 0 {
        out += syllables[number % 8];
        number /= 8;
    }
    out
}

/// Sentence of rare words that no other has.
fn sentence(number: usize) -> String {
    let words: Vec<String> = (0..7).map(|at| word(7 * number + at)).collect();
    format!("The {} were seen. ", words.join(" and the "))
}

fn template(number: usize) -> String {
    format!(
        "A fire broke out in a warehouse in {} on Monday night. Crews from four stations fought the flames until the \
        morning, the fire service said. Nobody was hurt. Residents were told to keep their windows shut because of the \
        smoke, and two roads near the station were closed. The cause of the fire is not known yet. Police have asked \
        witnesses to come forward, and the building will be inspected on Wednesday before the roads are opened again.",
        word(number)
    )
}

fn incoming(kind: &Kind, number: usize) -> Incoming {
    let (site, day, headline, text) = (kind.story)(number);
    let url = format!("https://site{site}.example/{number}");
    let date = date(2024, 1, 1).saturating_add(i32::try_from(day).unwrap().days());
    let article = Article {
        url: Some(url.clone()),
        headline: Some(Datum::given(headline)),
        published: Some(Published { date, moment: None, source: DateSource::Metadata, evidence: None }),
        ..Article::verbatim(url.clone(), &text)
    };
    Incoming::new(article, Analysis::default(), &url)
}

/// Counts the comparisons and the steps of SQLite while stories are added to a new library, and the steps while all
/// of its rows are listed.
fn work(kind: &Kind, count: usize) -> [u64; 3] {
    let mut library = Library::open_in_memory().unwrap().gathering(Gather::Stories);
    let steps = Arc::new(AtomicU64::new(0));
    let counter = Arc::clone(&steps);
    let count_step = move || {
        counter.fetch_add(1, Ordering::Relaxed);
        false
    };
    library.connection.progress_handler(STEPS, Some(count_step)).unwrap();
    let comparisons = COMPARISONS.get();
    for number in 0..count {
        library.add(&[incoming(kind, number).prepare().unwrap()]).unwrap();
    }
    let added = steps.swap(0, Ordering::Relaxed);
    let rows = library.gathered_page(List::All, None, count).unwrap();
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let clusters: Vec<Cluster> = library.clusters(&ids).unwrap();
    let in_clusters: usize = clusters.iter().map(|cluster| cluster.members.len()).sum();
    assert_eq!(rows.len() - clusters.len() + in_clusters, count, "{}: stories are lost", kind.name);
    [COMPARISONS.get() - comparisons, added, steps.load(Ordering::Relaxed)]
}

#[test]
fn twice_as_many_stories_are_at_most_about_twice_the_work() {
    let mut faults = Vec::new();
    for kind in &KINDS {
        let (small, large) = (work(kind, STORIES), work(kind, 2 * STORIES));
        let names = ["comparisons", "steps of adding", "steps of listing"];
        for (what, (small, large)) in names.into_iter().zip(small.into_iter().zip(large)) {
            println!("{}: {small} {what}, then {large}", kind.name);
            // A quadratic cost would be four times as much.
            if large > small / 2 * 5 {
                faults.push(format!("{}: {small} {what}, then {large}", kind.name));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
