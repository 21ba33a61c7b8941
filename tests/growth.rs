//! Reading takes time in proportion to the text, whatever it is made of: pages of nothing but dates, names,
//! quotations or captions too. Four times the text may take eight times as long, where squared growth
//! takes sixteen; only a shape that fails every time fails.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use dateline::analysis::{Analyzer, Options};
use dateline::ingest;
use std::time::{Duration, Instant};

/// Bytes of the smaller text.
const SIZE: usize = 16_000;
/// How much more text the larger has, and how much longer it may take.
const TIMES: usize = 4;
const LONGER: u32 = 8;
/// How often a shape is measured before it counts as failed.
const ATTEMPTS: usize = 6;

const GIVEN: [&str; 10] = ["Anna", "Olav", "Ines", "Tomas", "Kei", "Luisa", "Sven", "Mira", "Petra", "Akua"];
const FAMILY: [&str; 10] = ["Berg", "Lind", "Moreau", "Hruby", "Nakata", "Prado", "Aalto", "Das", "Zidek", "Mensah"];

fn name(at: usize) -> String {
    let ending = ["", "son", "vik", "dal", "ova"][at / 100 % 5];
    format!("{} {}{ending}", GIVEN[at % 10], FAMILY[at / 10 % 10])
}

/// Writes the piece of that number.
type Piece = fn(usize) -> String;

/// What a page may be made of, again and again.
fn shapes() -> Vec<(&'static str, Piece)> {
    vec![
        ("dates on one line", |at| format!("on {} March {} ", at % 28 + 1, 1900 + at % 120)),
        ("spans of years", |at| format!("{} to {} ", 1500 + at % 500, 1600 + at % 400)),
        ("clock times", |_| "at 3:30 pm ".to_owned()),
        ("years in two digits", |_| "'84 ".to_owned()),
        ("pronouns with dates", |at| format!("{} left. She died in {}. ", name(at), 1900 + at % 100)),
        ("days named in sentences", |_| "The quay was shut on Monday.\n".to_owned()),
        ("names on one line", |at| format!("{}, ", name(at))),
        ("a family name each", |at| format!("{}{} said no. ", name(at), ["a", "el", "ir", "os"][at / 500 % 4])),
        ("quotations without a speaker", |_| "\"the quay\" ".to_owned()),
        ("quotations that nobody closes", |_| "“The quay ".to_owned()),
        ("quotations with dates", |at| {
            format!("“The quay is shut,” {} said on {} March {}.\n\n", name(at), at % 28 + 1, 1900 + at % 120)
        }),
        ("brackets that nobody closes", |_| "(Anna Berg ".to_owned()),
        ("captions with dates", |at| format!("People walk in Varde, March {}, 2019. (AFP photo)\n\n", at % 28 + 1)),
        ("short lines", |at| format!("Line {at} here\n")),
        ("entries of a list", |at| format!("• entry {at} of the list\n")),
        ("rows of a table", |at| format!("{at}\t{}\t{}\n", name(at), at * 7 % 13)),
        ("bylines", |at| format!("By {}\n", name(at))),
        ("pasted articles", |at| {
            format!(
                "Quay {at} is shut in Varde\nBy {}\n{} March 2021\n\nVARDE, March 3 (Wire) — The quay of the town was \
                 shut on Monday after a storm broke its wall, the board said.\n\nNobody was hurt.\n\n",
                name(at),
                at % 28 + 1
            )
        }),
        ("lines that go on", |_| "the quay of the town was shut by the board of the harbour and\n".to_owned()),
        ("words without blanks", |_| "港の古い灯台は四十年ぶりに".to_owned()),
    ]
}

fn page(piece: Piece, size: usize) -> String {
    let mut text = String::new();
    for at in 0.. {
        if text.len() >= size {
            break;
        }
        text.push_str(&piece(at));
    }
    text
}

/// How long a text takes from bytes to timeline.
fn time(text: &str) -> Duration {
    let start = Instant::now();
    for article in ingest::articles("growth", text.as_bytes()).unwrap() {
        let analysis = Analyzer::bundled().analyze(&article, &Options::default());
        assert!(analysis.sentences.len() <= article.text.len());
    }
    start.elapsed()
}

#[test]
fn time_grows_with_the_text() {
    time(&page(|at| format!("{} said so on Monday. ", name(at)), 2_000));
    for (shape, piece) in shapes() {
        let (small, large) = (page(piece, SIZE), page(piece, SIZE * TIMES));
        let mut tries = Vec::new();
        let grows = (0..ATTEMPTS).any(|_| {
            let (small, large) = (time(&small), time(&large));
            tries.push((small, large));
            large <= small * LONGER
        });
        assert!(grows, "{shape}: {tries:?}");
    }
}
