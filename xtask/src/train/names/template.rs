//! Fills sentence templates from word lists. Many names in few contexts teach the recogniser how far it can trust the
//! lists. Invented names teach it how far it can trust the context of a name that is in no list.

/// Number of sentences generated from each template.
const FILLS_PER_TEMPLATE: usize = 10;

/// Slots in the templates, each with the word list that fills it.
const LISTS: [(&str, &str); 15] = [
    ("given", include_str!("../../../../crates/analysis/assets/lexicon/en/given_names_male.txt")),
    ("given", include_str!("../../../../crates/analysis/assets/lexicon/en/given_names_female.txt")),
    ("surname", include_str!("../../../../crates/analysis/assets/lexicon/en/surnames.txt")),
    ("city", include_str!("../../../../crates/analysis/assets/lexicon/en/cities.txt")),
    ("country", include_str!("../../../../crates/analysis/assets/lexicon/en/countries.txt")),
    ("region", include_str!("../../../../crates/analysis/assets/lexicon/en/regions.txt")),
    ("company", include_str!("../../../../crates/analysis/assets/lexicon/en/companies.txt")),
    ("agency", include_str!("../../../../crates/analysis/assets/lexicon/en/agencies.txt")),
    ("team", include_str!("../../../../crates/analysis/assets/lexicon/en/teams.txt")),
    ("media", include_str!("../../../../crates/analysis/assets/lexicon/en/media.txt")),
    ("group", include_str!("../../../../crates/analysis/assets/lexicon/en/groups.txt")),
    ("work", include_str!("../../../../crates/analysis/assets/lexicon/en/works.txt")),
    ("title", include_str!("../../../../crates/analysis/assets/lexicon/en/titles.txt")),
    ("title", include_str!("../../../../crates/analysis/assets/lexicon/en/titles_male.txt")),
    ("title", include_str!("../../../../crates/analysis/assets/lexicon/en/titles_female.txt")),
];

/// A linear congruential generator, which makes the sentences the same on every machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }
}

/// Fills the slots of the templates. Each resulting sentence is a document of its own.
pub(super) fn filled(templates: &str) -> String {
    let mut chance = Chance(7);
    let lists: Vec<(&str, Vec<&str>)> = LISTS.iter().map(|(slot, file)| (*slot, words(file))).collect();
    let mut out = String::new();
    for line in templates.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        for _ in 0..FILLS_PER_TEMPLATE {
            fill(line, &lists, &mut chance, &mut out);
            out.push_str("\n\n");
        }
    }
    out
}

fn words(file: &str) -> Vec<&str> {
    let entries = file.lines().filter_map(|line| line.split('#').next());
    entries.flat_map(|line| line.split(',')).map(str::trim).filter(|word| !word.is_empty()).collect()
}

fn fill(line: &str, lists: &[(&str, Vec<&str>)], chance: &mut Chance, out: &mut String) {
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((slot, tail)) = after.split_once('}') else { break };
        out.push_str(before);
        out.push_str(&word(slot, lists, chance));
        rest = tail;
    }
    out.push_str(rest);
}

fn word(slot: &str, lists: &[(&str, Vec<&str>)], chance: &mut Chance) -> String {
    match slot {
        "new" => generate(&pick("surname", lists, chance), &pick("surname", lists, chance)),
        "firm" => generate(&pick("company", lists, chance), &pick("company", lists, chance)),
        "initial" => format!("{}.", (b'A' + chance.below(26) as u8) as char),
        "CITY" => pick("city", lists, chance).to_uppercase(),
        _ => pick(slot, lists, chance),
    }
}

fn pick(slot: &str, lists: &[(&str, Vec<&str>)], chance: &mut Chance) -> String {
    let matching: Vec<&Vec<&str>> = lists.iter().filter(|(name, _)| *name == slot).map(|(_, words)| words).collect();
    let list = matching.get(chance.below(matching.len()));
    list.and_then(|list| list.get(chance.below(list.len()))).map_or_else(String::new, |word| (*word).to_owned())
}

/// Invents a name from the first half of one name and the second half of another.
fn generate(one: &str, other: &str) -> String {
    let half = |word: &str| word.split([' ', '-', '\'']).next().unwrap_or_default().to_owned();
    let (one, other) = (half(one), half(other));
    let head: String = one.chars().take(one.chars().count().div_ceil(2)).collect();
    let tail: String = other.chars().skip(other.chars().count() / 2).flat_map(char::to_lowercase).collect();
    head + &tail
}
