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

/// Returns one of twenty thousand names of places, chosen by number, that differ from each other in several letters.
pub(super) fn place(at: usize) -> String {
    const SYLLABLES: [&str; 12] = ["ka", "ro", "mi", "ten", "bur", "vel", "sha", "dor", "lin", "gar", "pos", "wen"];
    let syllable = |digit: u32| SYLLABLES[at * 7919 / 12_usize.pow(digit) % 12];
    format!("K{}", (0..4).map(syllable).collect::<String>())
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
        shape("a place on each line", Finds::Entities, |at| format!("Rain fell in {} on Monday.\n", place(at))),
        shape("an organisation each", Finds::Entities, |at| {
            format!("The University of {} met the {} Rovers. ", place(at), place(at + 1))
        }),
        shape("acronyms in brackets", Finds::Entities, |at| format!("The {} Harbour Trust (KHT) met. ", place(at))),
        shape("other names of people", Finds::Entities, |at| format!("{}, born {}, sang. ", name(at), name(at + 3))),
        shape("titles of people", Finds::Entities, |at| {
            format!("The Home Secretary spoke. {}, a Harbour Union MP, left. ", name(at))
        }),
        shape("descriptions of one person", Finds::Entities, |at| match at {
            0 => "Minister Ana Ruiz, 41, came to Varde. ".to_owned(),
            _ => "The minister said no. The 41-year-old left. ".to_owned(),
        }),
        shape("descriptions of things", Finds::Entities, |at| format!("{} Inc. grew. The company left. ", place(at))),
        shape("pronouns of many people", Finds::Entities, |at| {
            format!("{} said that {} was shut. He said it would open. ", name(at), place(at))
        }),
        shape("quoted paragraphs", Finds::Sentences, |at| {
            format!("The river rose by {at} feet, and people left their homes near it.\n\n“We left at {at}.”\n\n")
        }),
        shape("pull quotes", Finds::Sentences, |at| {
            format!("“We left at {at},” said Anna Berg, who lives near the river.\n\n“We left at {at}”\n\n")
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
