//! Pages that repeat one kind of content, and the results that must be found in them.

/// Function that writes one piece of a page, given the number of the piece.
pub(super) type Piece = fn(usize) -> String;

/// Results that a page must yield, so that an analysis that finds nothing cannot pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Finds {
    /// The page yields quotes, entities, times and events.
    Everything,
    /// The page yields entities and times.
    EntitiesAndTimes,
    /// The page yields entities.
    Entities,
    /// The page yields times.
    Times,
    /// The page need only yield sentences.
    Sentences,
}

/// Page that repeats one kind of content.
pub(super) struct Shape {
    /// Name of the content, for failure messages.
    pub name: &'static str,
    /// Function that writes the pieces of the page.
    pub piece: Piece,
    /// Results that must be found in the page.
    pub finds: Finds,
}

const GIVEN: [&str; 10] = ["Anna", "Olav", "Ines", "Tomas", "Kei", "Luisa", "Sven", "Mira", "Petra", "Akua"];
const FAMILY: [&str; 10] = ["Berg", "Lind", "Moreau", "Hruby", "Nakata", "Prado", "Aalto", "Das", "Zidek", "Mensah"];

/// Returns one of five hundred personal names, chosen by number.
pub(super) fn name(at: usize) -> String {
    let ending = ["", "son", "vik", "dal", "ova"][at / 100 % 5];
    format!("{} {}{ending}", GIVEN[at % 10], FAMILY[at / 10 % 10])
}

/// Returns all pages to test.
pub(super) fn shapes() -> Vec<Shape> {
    let shape = |name, finds, piece| Shape { name, piece, finds };
    vec![
        shape("dates on one line", Finds::Times, |at| format!("on {} March {} ", at % 28 + 1, 1900 + at % 120)),
        shape("spans of years", Finds::Times, |at| format!("{} to {} ", 1500 + at % 500, 1600 + at % 400)),
        shape("clock times", Finds::Times, |_| "at 3:30 pm ".to_owned()),
        shape("years in two digits", Finds::Times, |_| "'84 ".to_owned()),
        shape("pronouns with dates", Finds::EntitiesAndTimes, |at| {
            format!("{} left. She died in {}. ", name(at), 1900 + at % 100)
        }),
        shape("days named in sentences", Finds::Times, |_| "The quay was shut on Monday.\n".to_owned()),
        shape("names on one line", Finds::Entities, |at| format!("{}, ", name(at))),
        shape("a family name each", Finds::Entities, |at| {
            format!("{}{} said no. ", name(at), ["a", "el", "ir", "os"][at / 500 % 4])
        }),
        shape("quotations without a speaker", Finds::Sentences, |_| "\"the quay\" ".to_owned()),
        shape("quotations that are never closed", Finds::Sentences, |_| "“The quay ".to_owned()),
        shape("quotations with dates", Finds::Everything, |at| {
            format!("“The quay is shut,” {} said on {} March {}.\n\n", name(at), at % 28 + 1, 1900 + at % 120)
        }),
        shape("brackets that are never closed", Finds::Entities, |_| "(Anna Berg ".to_owned()),
        shape("captions with dates", Finds::EntitiesAndTimes, |at| {
            format!("People walk in Varde, March {}, 2019. (AFP photo)\n\n", at % 28 + 1)
        }),
        shape("short lines", Finds::Sentences, |at| format!("Line {at} here\n")),
        shape("entries of a list", Finds::Sentences, |at| format!("• entry {at} of the list\n")),
        shape("rows of a table", Finds::Entities, |at| format!("{at}\t{}\t{}\n", name(at), at * 7 % 13)),
        shape("bylines", Finds::Entities, |at| format!("By {}\n", name(at))),
        shape("pasted articles", Finds::EntitiesAndTimes, |at| {
            format!(
                "Quay {at} is shut in Varde\nBy {}\n{} March 2021\n\nVARDE, March 3 (Wire) — The quay of the town was \
                 shut on Monday after storm {at} broke its wall, the board of {} said.\n\nNobody was hurt.\n\n",
                name(at),
                at % 28 + 1,
                name(at + 7)
            )
        }),
        shape("lines that go on", Finds::Sentences, |_| {
            "the quay of the town was shut by the board of the harbour and\n".to_owned()
        }),
        shape("words without blanks", Finds::Sentences, |_| "theoldlightontheharbourwall".to_owned()),
    ]
}

/// Writes a page of at least `size` bytes.
pub(super) fn page(piece: Piece, size: usize) -> String {
    let mut text = String::new();
    for at in 0.. {
        if text.len() >= size {
            break;
        }
        text.push_str(&piece(at));
    }
    text
}
