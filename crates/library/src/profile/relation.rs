//! Relations between two people, organisations or places, in the words of a sentence: "Pell's wife, Mara Odell",
//! "Odell, director of the Tarn Trust", "Odell succeeded Pell". The words are in `crates/library/assets/relations.txt`.

use dateline_analysis::{Analysis, MentionKind};
use dateline_core::text::{Span, folded};
use std::collections::HashSet;
use std::sync::LazyLock;

/// Maximum length of the words between two names, in bytes.
const MAX_BETWEEN: usize = 80;

/// Maximum number of words before the noun of a relation: "late first" in "his late first wife".
const MAX_MODIFIERS: usize = 2;

/// Words that express relations.
struct Words {
    nouns: HashSet<&'static str>,
    /// Verbs with their prepositions: "works for".
    verbs: HashSet<&'static str>,
    /// Words that may precede a verb: "later".
    adverbs: HashSet<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let section = |name: &str| {
        let lines = include_str!("../../assets/relations.txt").lines();
        let of_section = lines.skip_while(move |line| line.trim() != format!("[{name}]")).skip(1);
        let listed = of_section.take_while(|line| !line.starts_with('[')).filter(|line| !line.starts_with('#'));
        listed.flat_map(|line| line.split(',')).map(str::trim).filter(|word| !word.is_empty()).collect()
    };
    Words { nouns: section("nouns"), verbs: section("verbs"), adverbs: section("adverbs") }
});

/// Mention of an entity, with the index of the entity.
#[derive(Clone, Copy)]
struct Place {
    span: Span,
    entity: usize,
    kind: MentionKind,
}

/// Returns the relations of some of a story's entities to others, in text order: a description such as "Mara Odell, wife
/// of Rufus Pell", and the span of the sentence. Each description occurs once.
pub(super) fn relations(text: &str, analysis: &Analysis, entities: &[usize]) -> Vec<(String, Span)> {
    let mut places: Vec<Place> = Vec::new();
    for (entity, found) in analysis.entities.iter().enumerate() {
        let mentions = found.mentions.iter().filter(|mention| mention.kind != MentionKind::Nominal);
        places.extend(mentions.map(|mention| Place { span: mention.span, entity, kind: mention.kind }));
    }
    places.sort_by_key(|place| place.span);
    let mut found: Vec<(String, Span)> = Vec::new();
    for pair in places.windows(2) {
        let [one, other] = pair else { continue };
        let concerned = entities.contains(&one.entity) || entities.contains(&other.entity);
        let sentence = analysis.sentences.iter().find(|sentence| sentence.contains(one.span.start));
        let Some(sentence) = sentence.filter(|sentence| sentence.end >= other.span.end) else { continue };
        if !concerned || one.entity == other.entity || one.span.end > other.span.start {
            continue;
        }
        let name = |place: &Place| analysis.entities.get(place.entity).map_or("", |entity| entity.name.as_str());
        let after = text.get(other.span.end..sentence.end).unwrap_or_default();
        let between = text.get(one.span.end..other.span.start).unwrap_or_default();
        let relation = Relation::between(text, one, between, other, after);
        let Some(words) = relation.map(|relation| relation.words(name(one), name(other))) else { continue };
        if found.iter().all(|(known, _)| *known != words) {
            found.push((words, *sentence));
        }
    }
    found
}

/// Relation between two names in a sentence.
enum Relation {
    /// Noun for what the first is to the second: "director" in "Odell, director of the Tarn Trust".
    First(String),
    /// Noun for what the second is to the first: "wife" in "Pell's wife, Mara Odell".
    Second(String),
    /// Verb whose subject is the first and whose object is the second: "succeeded" in "Odell succeeded Pell".
    Verb(String),
}

impl Relation {
    /// Finds the relation that is expressed by the words between two mentions and after the second.
    fn between(text: &str, one: &Place, between: &str, other: &Place, after: &str) -> Option<Self> {
        if between.len() > MAX_BETWEEN {
            return None;
        }
        if other.kind == MentionKind::Name {
            if let Some(owned) = owned(text, one, between) {
                return noun(words(owned).as_slice()).map(Self::Second);
            }
            let between = words(between);
            return verb(&between).map(Self::Verb).or_else(|| apposition(&between).map(Self::First));
        }
        // "Mara Odell, his wife"
        let owned = owned(text, other, after).filter(|_| one.kind == MentionKind::Name && between.trim() == ",")?;
        let after = words(owned);
        (1..=MAX_MODIFIERS + 1).find_map(|count| noun(after.get(..count)?)).map(Self::First)
    }

    /// Describes the relation between two names.
    fn words(&self, one: &str, other: &str) -> String {
        match self {
            Self::First(noun) => format!("{one}, {noun} of {other}"),
            Self::Second(noun) => format!("{other}, {noun} of {one}"),
            Self::Verb(verb) => format!("{one} {verb} {other}"),
        }
    }
}

/// Returns the text after the possessive ending of an owner, if it has one: after "'s", or after "his".
fn owned<'a>(text: &str, owner: &Place, after: &'a str) -> Option<&'a str> {
    if owner.kind == MentionKind::Pronoun {
        let pronoun = owner.span.of(text).to_lowercase();
        return matches!(pronoun.as_str(), "his" | "her" | "their" | "its").then_some(after);
    }
    ["'s ", "’s "].iter().find_map(|ending| after.strip_prefix(ending)).or_else(|| {
        let ends_in_s = owner.span.of(text).ends_with('s');
        ["' ", "’ "].iter().find_map(|ending| after.strip_prefix(ending)).filter(|_| ends_in_s)
    })
}

/// Returns the words and commas of a text.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for word in text.split_whitespace() {
        let bare = word.trim_end_matches([',', '.', ';', ':']);
        words.extend((!bare.is_empty()).then_some(bare));
        words.extend((bare.len() < word.len()).then_some(","));
    }
    words
}

/// Returns the noun phrase of a relation: a listed noun after at most [`MAX_MODIFIERS`] words, and perhaps a comma.
fn noun(words: &[&str]) -> Option<String> {
    let words = words.strip_suffix(&[","]).unwrap_or(words);
    let (last, before) = words.split_last()?;
    let is_modifier = |word: &&str| word.chars().all(|letter| letter.is_alphabetic() || letter == '-');
    let fits = before.len() <= MAX_MODIFIERS && before.iter().all(is_modifier) && !before.contains(&"and");
    (fits && WORDS.nouns.contains(last.to_lowercase().as_str())).then(|| words.join(" "))
}

/// Returns the noun phrase in ", the director of the".
fn apposition(words: &[&str]) -> Option<String> {
    let words = words.strip_prefix(&[","])?;
    let words = match words {
        ["the" | "a" | "an", rest @ ..] => rest,
        all => all,
    };
    let words = words.strip_suffix(&["the"]).unwrap_or(words);
    let (preposition, phrase) = words.split_last()?;
    matches!(*preposition, "of" | "to" | "for" | "at").then(|| noun(phrase)).flatten()
}

/// Returns the verb between two names, without adverbs.
fn verb(words: &[&str]) -> Option<String> {
    let words = words.strip_suffix(&["the"]).unwrap_or(words);
    let verb: Vec<&str> = words.iter().copied().filter(|word| !WORDS.adverbs.contains(word)).collect();
    let verb = folded(&verb.join(" "));
    WORDS.verbs.contains(verb.as_str()).then_some(verb)
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_analysis::{Analyzer, Options};
    use dateline_core::article::Article;

    fn found(text: &str) -> Vec<String> {
        let analysis = Analyzer::bundled().analyze(&Article::verbatim("a", text), &Options::default());
        let all: Vec<usize> = (0..analysis.entities.len()).collect();
        relations(text, &analysis, &all).into_iter().map(|(words, _)| words).collect()
    }

    #[test]
    fn relatives_and_offices_are_worded_as_in_the_text() {
        for (text, expected) in [
            ("Rufus Pell's late wife, Mara Odell, painted.", "Mara Odell, late wife of Rufus Pell"),
            ("Mara Odell, the director of the Tarn Trust, resigned.", "Mara Odell, director of Tarn Trust"),
            ("Mara Odell, an adviser to Rufus Pell, was heard.", "Mara Odell, adviser of Rufus Pell"),
            ("In June Mara Odell later succeeded Rufus Pell.", "Mara Odell succeeded Rufus Pell"),
            ("Mara Odell was replaced by Rufus Pell on Monday.", "Mara Odell was replaced by Rufus Pell"),
            ("Mara Odell works for the Tarn Trust.", "Mara Odell works for Tarn Trust"),
        ] {
            assert_eq!(found(text), [expected], "{text}");
        }
    }

    #[test]
    fn other_words_between_two_names_are_no_relation() {
        for text in [
            "Mara Odell met Rufus Pell.",
            "Mara Odell's speech pleased Rufus Pell.",
            "Mara Odell, like Rufus Pell, resigned.",
            "Mara Odell spoke of Rufus Pell.",
            "Mara Odell left. Rufus Pell joined.",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_possessive_pronoun_owns_for_its_person() {
        let relations = found("Rufus Pell came with his wife, Mara Odell. He left.");
        assert!(relations.iter().all(|words| words == "Mara Odell, wife of Rufus Pell"), "{relations:?}");
    }
}
