//! Evidence about a word from the whole document: for instance whether it also occurs in lower case, after a title or
//! after "in". A story uses a name in many places, and some of them are clearer than others.

use super::word_form::WordForm;
use crate::document::Document;
use crate::hash::{Map, folded};
use crate::lexicon::lists;
use crate::lexicon::names::Kinds;

/// Usage of one word in a document.
#[allow(clippy::struct_excessive_bools)] // independent observations, each a feature
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Usage {
    /// Number of lower-case occurrences of the word.
    pub small: u16,
    /// Number of capitalised occurrences of the word inside a sentence.
    pub capital: u16,
    /// Whether the word ever follows a title or role.
    pub titled: bool,
    /// Whether the word ever ends a capitalised run that a given name opens: "Ruiz" in "Ana Ruiz said".
    pub after_given: bool,
    /// Whether the word ever follows "in", "at", "from" or "near", with no capital after it.
    pub located: bool,
    /// Whether the word ever follows "in", with neither a capital nor a possessive after it.
    pub inside: bool,
    /// Whether the word ever precedes a lower-case noun for a place: "the Orlo river".
    pub landmark: bool,
    /// Whether the story says that the word names a settlement: "Orlo is a town", "the mayor of Orlo".
    pub settled: bool,
    /// Whether the word ever precedes a company suffix: "Tavish Inc".
    pub organised: bool,
    /// Whether the word ever occurs in capitals inside brackets.
    pub acronym: bool,
    /// Whether the word ever precedes a reporting verb, as in "Ode said".
    pub says: bool,
    /// Whether the word ever comes before a noun related to a company, with or without a possessive: "Tavish shares",
    /// "Tavish's workers".
    pub firm: bool,
}

/// Usage of every capitalised word in a document.
#[derive(Debug, Default)]
pub(crate) struct Context {
    words: Map<Usage>,
}

impl Context {
    /// Collects the usage of every capitalised word in a document.
    #[must_use]
    pub(crate) fn new(document: &Document<'_>, forms: &[WordForm]) -> Self {
        let mut words: Map<Usage> = Map::default();
        let located: Vec<u64> = lists::LOCATING_PREPOSITIONS.iter().map(folded).collect();
        for sentence in &document.sentences {
            let all_capitals = all_capitals(forms.get(sentence.tokens.clone()).unwrap_or_default());
            for index in sentence.tokens.clone() {
                let Some(form) = forms.get(index).filter(|form| form.capital) else { continue };
                let usage = words.entry(form.folded).or_default();
                if !form.first && !all_capitals {
                    usage.capital = usage.capital.saturating_add(1);
                }
                count_context(usage, forms, index, &located, document);
            }
        }
        for form in forms.iter().filter(|form| form.small) {
            if let Some(usage) = words.get_mut(&form.folded) {
                usage.small = usage.small.saturating_add(1);
            }
        }
        Self { words }
    }

    /// Returns the usage of a word, given its folded hash.
    #[must_use]
    pub(crate) fn usage(&self, folded: u64) -> Usage {
        self.words.get(&folded).copied().unwrap_or_default()
    }
}

/// Returns whether a sentence is all in capitals, as in a heading. Its case is then not evidence for names.
#[must_use]
pub(crate) fn all_capitals(sentence: &[WordForm]) -> bool {
    let smalls = sentence.iter().filter(|form| form.small).count();
    let capitals = sentence.iter().filter(|form| form.all_capitals).count();
    capitals > 2 && smalls == 0
}

fn count_context(usage: &mut Usage, forms: &[WordForm], index: usize, located: &[u64], document: &Document<'_>) {
    let none = WordForm::default();
    let at = |offset: isize| index.checked_add_signed(offset).and_then(|at| forms.get(at)).unwrap_or(&none);
    let (before, after) = (at(-1), at(1));
    usage.titled |= before.kinds.any(Kinds(Kinds::TITLE.0 | Kinds::ROLE.0)) && before.capital;
    usage.titled |= document.word(index.wrapping_sub(1)).ends_with('.') && before.kinds.any(Kinds::TITLE);
    usage.located |= located.contains(&before.folded) && !after.capital;
    usage.inside |= document.word(index.wrapping_sub(1)).eq_ignore_ascii_case("in")
        && !after.capital
        && !matches!(document.word(index + 1), "'s" | "’s");
    usage.landmark |= after.small && after.kinds.any(Kinds::PLACE_WORD);
    usage.settled |= !before.capital && !after.capital && is_settled(document, index);
    usage.organised |= after.kinds.any(Kinds::COMPANY_SUFFIX) && after.capital;
    usage.after_given |= !after.capital
        && before.capital
        && (before.kinds.any(Kinds::GIVEN)
            || (at(-2).kinds.any(Kinds::GIVEN) && at(-2).capital && !at(-1).kinds.any(Kinds::CONNECTOR)));
    usage.acronym |=
        at(0).all_capitals && document.word(index.wrapping_sub(1)) == "(" && document.word(index + 1) == ")";
    let owned = if matches!(document.word(index + 1), "'s" | "’s") { 2 } else { 1 };
    usage.firm |= lists::COMPANY_PARTS.contains(document.word(index + owned));
    usage.says |= document.resources.lexicon().is_reporting(document.word(index + 1));
}

/// Returns whether the words around a name say that it is a settlement: "Orlo is a small town", "Orlo, a port", "the
/// mayor of Orlo".
fn is_settled(document: &Document<'_>, index: usize) -> bool {
    /// Maximum number of words between the article and the noun: "a small fishing port".
    const BETWEEN: usize = 2;
    let word = |at: usize| document.word(at);
    if index > 1 && word(index - 1) == "of" && lists::BEFORE_SETTLEMENTS.contains_any_case(word(index - 2)) {
        return true;
    }
    let linked = matches!(word(index + 1), "is" | "was" | ",") && matches!(word(index + 2), "a" | "an" | "the");
    linked
        && (index + 3..=index + 3 + BETWEEN)
            .take_while(|at| word(*at).starts_with(char::is_lowercase))
            .any(|at| lists::SETTLEMENTS.contains(word(at)) && ends_phrase(word(at + 1)))
}

/// Returns whether a noun phrase can end before this word, so that "a port" is not the beginning of "a port operator".
fn ends_phrase(word: &str) -> bool {
    !word.starts_with(char::is_alphabetic) || matches!(word, "of" | "in" | "on" | "near" | "that" | "where" | "with")
}
