//! Generates invented news stories for benchmarks. The same number always gives the same story. Names are assembled
//! from syllables, so the number of distinct words grows with the number of stories, as in real news.

use dateline_core::article::Article;
use dateline_ingest::article_of_record;
use std::fmt::Write;

/// Minimum length of a generated story, in bytes. Sentences are added until the story is that long.
const LENGTH: usize = 3_000;

const SYLLABLES: &[&str] = &[
    "bar", "den", "ost", "rel", "mar", "tin", "hol", "low", "pel", "gra", "wen", "dor", "sal", "vik", "kor", "lan",
    "ber", "tho", "ven", "ric", "ash", "mor", "ell", "cas", "fen", "nor", "wick", "ham", "ley", "ton", "ric", "dale",
];
const GIVEN: &[&str] = &[
    "Mara", "Rufus", "Agnes", "Tomas", "Ines", "Victor", "Salma", "Peter", "Nadia", "Oscar", "Helen", "Karim", "Julia",
    "Anton", "Grace", "Milan", "Clara", "Samuel", "Leila", "Hugo", "Ruth", "Daniel", "Irena", "Paul",
];
const ROLES: &[&str] = &[
    "the harbour master",
    "a spokesman for the council",
    "the chief engineer",
    "the finance minister",
    "a union leader",
    "the head of the agency",
    "a police spokeswoman",
    "the mayor",
    "a doctor at the hospital",
    "the company’s director",
    "an economist",
    "the coach",
    "a farmer",
    "the prosecutor",
    "the opposition leader",
    "a resident",
];
const BODIES: &[&str] = &[
    "Rivers Agency",
    "Port Authority",
    "Transport Committee",
    "Teachers Union",
    "Water Board",
    "Central Bank",
    "Fisheries Council",
    "Museum Trust",
    "Electricity Company",
    "District Court",
    "Health Service",
    "Football Club",
];
const SUBJECTS: &[&str] = &[
    "The government",
    "The ministry",
    "The committee",
    "A group of residents",
    "The company",
    "The court",
    "Police",
    "Engineers",
    "The opposition",
    "Farmers",
    "The hospital",
    "Researchers",
    "Teachers",
    "The regulator",
    "Fishermen",
    "The operator",
];
const VERBS: &[&str] = &[
    "has approved",
    "rejected",
    "is studying",
    "delayed",
    "announced",
    "has criticised",
    "welcomed",
    "suspended",
    "will review",
    "defended",
    "has abandoned",
    "published",
    "negotiated",
    "withdrew",
    "has extended",
    "opposed",
];
const OBJECTS: &[&str] = &[
    "a plan to rebuild the bridge",
    "new rules for fishing",
    "the budget for schools",
    "a ceasefire proposal",
    "an agreement on water prices",
    "the ferry timetable",
    "a report on the flood",
    "the sale of the brewery",
    "wage demands of the drivers",
    "an inquiry into the fire",
    "the vaccination campaign",
    "a tax on empty houses",
    "the tunnel project",
    "emergency repairs to the dam",
    "a ban on heavy lorries",
    "the election calendar",
];
const TAILS: &[&str] = &[
    "despite warnings from experts",
    "after months of protest",
    "ahead of a vote in parliament",
    "because of rising costs",
    "with immediate effect",
    "without giving a reason",
    "in spite of heavy rain",
    "for the third time",
    "under pressure from neighbours",
    "as prices continued to climb",
    "following a complaint",
    "to general surprise",
];
const SAYINGS: &[&str] = &[
    "We have listened to everybody who wanted to speak",
    "Nobody has told us when the work will begin",
    "This decision comes too late for many families",
    "The figures do not show what people here live through",
    "We will not accept another delay",
    "It is the first good news in a long winter",
    "There was no other way to keep the service going",
    "Everything that can be measured has been measured",
    "I would do the same again tomorrow",
    "The money is there and the will is not",
];
const DAYS: &[&str] =
    &["on Monday", "on Tuesday", "on Friday", "last week", "in March", "yesterday", "on 3 May", "last year"];

/// Random number generator (`SplitMix64`).
struct Rng(u64);

impl Rng {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    fn of(&mut self, words: &[&'static str]) -> &'static str {
        words.get(self.below(words.len())).copied().unwrap_or_default()
    }

    /// Makes up a name of two or three syllables. One name in three comes from a pool of thirty because a few people
    /// are always in the news.
    fn name(&mut self) -> String {
        let number = if self.below(3) == 0 { self.below(30) } else { self.below(20_000) };
        let mut inner = Self(number as u64);
        let mut name: String = (0..2 + inner.below(2)).map(|_| inner.of(SYLLABLES)).collect();
        if let Some(first) = name.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        name
    }

    fn person(&mut self) -> String {
        format!("{} {}", self.of(GIVEN), self.name())
    }
}

/// Returns the story with the given number, parsed from a JSON record.
pub(crate) fn story(number: u64) -> Article {
    let mut rng = Rng(number.wrapping_mul(0x2545_f491_4f6c_dd1d));
    let place = rng.name();
    let people = [rng.person(), rng.person(), rng.person()];
    let bodies = [format!("{place} {}", rng.of(BODIES)), format!("{} {}", rng.name(), rng.of(BODIES))];
    let title = format!("{} {} {} in {place}", rng.of(SUBJECTS), rng.of(VERBS), rng.of(OBJECTS));
    let mut text = String::with_capacity(LENGTH + 400);
    let mut sentences = 0;
    while text.len() < LENGTH {
        let (subject, verb, object, tail, day) =
            (rng.of(SUBJECTS), rng.of(VERBS), rng.of(OBJECTS), rng.of(TAILS), rng.of(DAYS));
        let person = people.get(rng.below(people.len())).map_or("", String::as_str);
        let surname = person.rsplit(' ').next().unwrap_or_default();
        let body = bodies.get(rng.below(bodies.len())).map_or("", String::as_str);
        let (role, saying) = (rng.of(ROLES), rng.of(SAYINGS));
        // The stories are as dense in quotes, dates and names as English news: each has about eight quotes, four dated
        // events and seventeen names.
        let _ = match rng.below(12) {
            0 => write!(text, "“{saying},” said {person}, {role}, {day}. "),
            1 => write!(text, "“{saying},” {surname} said. "),
            2 => write!(text, "{person} of the {body} said that {object} {tail} had been talked over. "),
            3 => write!(text, "The {body} {verb} {object} {day}, {tail}. "),
            4 => write!(text, "{subject} in {} {verb} {object} {tail}. ", rng.name()),
            5 => write!(text, "{subject} {verb} {object} in {place}. "),
            6 => write!(text, "Neighbours of {} and {} have seen little of {object}. ", rng.name(), rng.name()),
            7 => write!(text, "Much depends on {object}, which {} leads. ", rng.person()),
            8 => write!(text, "There has been no sign of {object} {tail}. "),
            9 => write!(text, "Between {place} and {} the road stays closed {tail}. ", rng.name()),
            10 => write!(text, "Few remember how {object} began, and fewer know who paid for it. "),
            _ => write!(text, "It costs more than {object} ever did, {tail}. "),
        };
        sentences += 1;
        if sentences % 3 == 0 {
            text.push_str("\n\n");
        }
    }
    let published = format!("{}-{:02}-{:02}", 2015 + rng.below(10), 1 + rng.below(12), 1 + rng.below(28));
    let publisher = rng.below(40);
    let record = serde_json::json!({
        "id": format!("story-{number}"),
        "text": text.trim_end(),
        "title": title,
        "published": published,
        "url": format!("https://paper{publisher}.example/{number}"),
    });
    article_of_record(&record.to_string(), 1).unwrap_or_else(|_| Article::verbatim(format!("story-{number}"), text))
}

/// Returns search queries at every stage of typing: single words and pairs of words, letter by letter.
pub(crate) fn typed() -> Vec<String> {
    let sought = [
        "ceasefire",
        "government bridge",
        "ferry",
        "harbour master",
        "water prices",
        "vaccination",
        "the dam",
        "mara",
        "speaker:agnes",
        "tunnel project",
        "brewery sale",
        "school budget",
        "opposition leader",
        "title:ferry flood",
        "\"emergency repairs\"",
        "ostrel",
        "place:barden ferry",
        "drivers -teachers",
        "election published:2023",
        "heavy rain",
    ];
    let mut out = Vec::new();
    for words in sought {
        let ends = words.char_indices().map(|(at, character)| at + character.len_utf8());
        out.extend(ends.filter_map(|end| words.get(..end)).map(str::to_owned));
    }
    out
}
