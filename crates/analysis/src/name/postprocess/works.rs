//! Works, laws, ships and events: names that are neither people, places nor organisations. The words around such a name
//! are better evidence than its spelling: "the ferry Calypso", "Storm Ana", "the Clean Rivers Act", or a title in
//! quotation marks next to "novel".

use super::insert::replace;
use crate::kind::EntityKind;
use crate::lexicon::lists;
use crate::lexicon::names::Kinds;
use crate::name::Name;
use crate::name::feature::FeatureExtractor;
use crate::name::word_form::WordForm;
use crate::token::TokenKind;
use std::ops::Range;

/// Maximum length of a title in quotation marks, in tokens.
const MAX_TITLE_LENGTH: usize = 9;
/// Maximum distance between a title and a noun for a work such as "novel", in tokens.
const NEAR: usize = 5;
/// Finds works and events, and corrects the types of names that are works or events.
pub(super) fn apply(extractor: &FeatureExtractor<'_>, names: &mut Vec<Name>) {
    for name in names.iter_mut() {
        if let Some(kind) = by_words(extractor, &name.tokens, name.kind) {
            name.kind = kind;
        }
    }
    let mut found: Vec<(Range<usize>, EntityKind)> = Vec::new();
    for sentence in &extractor.document.sentences {
        titles(extractor, &sentence.tokens, &mut found);
        runs(extractor, &sentence.tokens, &mut found);
    }
    for (tokens, kind) in found {
        replace(extractor, names, tokens, kind);
    }
}

/// Returns the type that the first or last word of a name determines.
fn by_words(extractor: &FeatureExtractor<'_>, tokens: &Range<usize>, kind: EntityKind) -> Option<EntityKind> {
    let forms = extractor.forms.get(tokens.clone())?;
    let [first, .., last] = forms else { return None };
    if is_address(extractor, tokens) {
        return Some(EntityKind::Other);
    }
    let known = forms
        .iter()
        .all(|form| form.phrase_place > 0 && form.phrase.any(Kinds(Kinds::ORGANISATION.0 | Kinds::PLACE.0)));
    if known || !matches!(kind, EntityKind::Organization | EntityKind::Other | EntityKind::Work) {
        return None;
    }
    let opens = first.kinds.any(Kinds::EVENT_OPENER)
        && (extractor.document.word(tokens.start + 1) == "of" || !first.kinds.any(Kinds::ORGANISATION_WORD));
    if last.kinds.any(Kinds::LAW_WORD) {
        Some(EntityKind::Work)
    } else if last.kinds.any(Kinds::EVENT_WORD) || (opens && kind != EntityKind::Organization) {
        Some(EntityKind::Other)
    } else {
        None
    }
}

/// Returns whether a name is that of a head of government's yearly speech: "State of the Union", "State of the City".
fn is_address(extractor: &FeatureExtractor<'_>, tokens: &Range<usize>) -> bool {
    let word = |at: usize| extractor.document.word(tokens.start + at);
    word(0) == "State" && word(1) == "of" && word(2) == "the" && tokens.len() > 3
}

/// Finds titles of works: quoted titles next to a noun such as "novel".
fn titles(extractor: &FeatureExtractor<'_>, sentence: &Range<usize>, found: &mut Vec<(Range<usize>, EntityKind)>) {
    let document = extractor.document;
    let mark = |index: usize| document.tokens.get(index).is_some_and(|token| token.kind == TokenKind::QuoteMark);
    let mut index = sentence.start;
    while index < sentence.end {
        let close = (index + 2..sentence.end.min(index + 2 + MAX_TITLE_LENGTH)).find(|at| mark(*at));
        let (true, Some(close)) = (mark(index), close) else {
            index += 1;
            continue;
        };
        let mut end = close;
        while end > index + 1 && matches!(document.word(end - 1), "," | "." | "!" | "?") {
            end -= 1;
        }
        let inside = index + 1..end;
        if is_title(extractor, &inside) && has_work_word(extractor, sentence, index, close) {
            found.push((inside, EntityKind::Work));
            index = close;
        }
        index += 1;
    }
}

/// Returns whether all words are capitalised, except connectors and common words inside the title.
fn is_title(extractor: &FeatureExtractor<'_>, tokens: &Range<usize>) -> bool {
    let forms = extractor.forms.get(tokens.clone()).unwrap_or_default();
    let ends = [forms.first(), forms.last()];
    let joins = |form: &WordForm| !form.small || form.kinds.any(Kinds(Kinds::CONNECTOR.0 | Kinds::COMMON.0));
    ends.iter().all(|form| form.is_some_and(|form| form.capital))
        && forms.iter().all(|form| form.capital || joins(form))
}

/// Returns whether a noun for a work or a ship occurs shortly before the opening quotation mark or after the closing
/// one.
fn has_work_word(extractor: &FeatureExtractor<'_>, sentence: &Range<usize>, open: usize, close: usize) -> bool {
    let before = open.saturating_sub(NEAR).max(sentence.start)..open;
    let after = close + 1..(close + 1 + NEAR).min(sentence.end);
    before.chain(after).any(|index| extractor.forms.get(index).is_some_and(is_work_word))
}

fn is_work_word(form: &WordForm) -> bool {
    form.small && form.kinds.any(Kinds(Kinds::WORK_WORD.0 | Kinds::VESSEL_WORD.0))
}

/// Finds works and events by the word before the name, or by the name's own first or last word.
fn runs(extractor: &FeatureExtractor<'_>, sentence: &Range<usize>, found: &mut Vec<(Range<usize>, EntityKind)>) {
    let mut index = sentence.start;
    while index < sentence.end {
        let Some(form) = extractor.forms.get(index) else { break };
        let named = if is_work_word(form) {
            titled(extractor, sentence, index)
        } else if form.capital {
            event(extractor, sentence, index).or_else(|| law(extractor, sentence, index))
        } else {
            None
        };
        index += 1;
        if let Some((tokens, kind)) = named {
            index = tokens.end;
            found.push((tokens, kind));
        }
    }
}

/// Finds names after a noun for a work or ship: "the ferry Calypso", "the ferry, Calypso,", "her novel Aurelia". Listed
/// names keep their type.
fn titled(
    extractor: &FeatureExtractor<'_>,
    sentence: &Range<usize>,
    index: usize,
) -> Option<(Range<usize>, EntityKind)> {
    const KNOWN: Kinds =
        Kinds(Kinds::PLACE.0 | Kinds::ORGANISATION.0 | Kinds::DEMONYM.0 | Kinds::CALENDAR.0 | Kinds::TITLE.0);
    const PERSONS: Kinds = Kinds(Kinds::GIVEN.0 | Kinds::SURNAME.0);
    let vessel = extractor.forms.get(index)?.kinds.any(Kinds::VESSEL_WORD);
    let apposed = vessel && extractor.document.word(index + 1) == ",";
    let run = run(extractor, index + 1 + usize::from(apposed), sentence.end);
    if apposed && !matches!(extractor.document.word(run.end), "," | "." | "(" | "–" | "—") {
        return None;
    }
    let forms = extractor.forms.get(run.clone())?;
    let known = forms.iter().all(|form| form.kinds.any(KNOWN) || form.phrase.any(KNOWN));
    let person = !vessel && forms.first().is_some_and(|form| form.kinds.any(PERSONS));
    let kind = if vessel { EntityKind::Other } else { EntityKind::Work };
    (!known && !person && is_determined(extractor, sentence, index)).then_some((run, kind))
}

/// Finds ships and events by their first word: "MV Calypso", "Storm Ana", "the Battle of Tarn", "the Tour of the
/// Pyrenees".
fn event(
    extractor: &FeatureExtractor<'_>,
    sentence: &Range<usize>,
    index: usize,
) -> Option<(Range<usize>, EntityKind)> {
    let document = extractor.document;
    let form = extractor.forms.get(index)?;
    let direct = run(extractor, index + 1, sentence.end);
    if lists::SHIP_PREFIXES.contains(document.word(index)) && !direct.is_empty() && !form.first {
        return Some((index..direct.end, EntityKind::Other));
    }
    if !form.kinds.any(Kinds::EVENT_OPENER) {
        return None;
    }
    if lists::NAMED_BY_ONE_WORD.contains(document.word(index)) && direct.len() == 1 {
        return Some((index..direct.end, EntityKind::Other));
    }
    let after = if document.word(index + 2) == "the" { index + 3 } else { index + 2 };
    let whole = run(extractor, after, sentence.end);
    let kind = if form.kinds.any(Kinds::LAW_WORD) { EntityKind::Work } else { EntityKind::Other };
    (document.word(index + 1) == "of" && !whole.is_empty()).then_some((index..whole.end, kind))
}

/// Finds laws and events by their last word: "the Clean Rivers Act", "the Harbour Cup".
fn law(extractor: &FeatureExtractor<'_>, sentence: &Range<usize>, index: usize) -> Option<(Range<usize>, EntityKind)> {
    let document = extractor.document;
    let run = run(extractor, index, sentence.end);
    let forms = extractor.forms.get(run.clone())?;
    let last = forms.last().filter(|_| forms.len() > 1)?;
    let defined = index.checked_sub(1).is_some_and(|before| matches!(document.word(before), "the" | "The"));
    let kind = if last.kinds.any(Kinds::LAW_WORD) {
        EntityKind::Work
    } else if last.kinds.any(Kinds::EVENT_WORD) {
        EntityKind::Other
    } else {
        return None;
    };
    let known = last.phrase_place > 0 && last.phrase.any(Kinds(Kinds::ORGANISATION.0 | Kinds::PLACE.0));
    (defined && !known && !last.all_capitals).then_some((run, kind))
}

/// Returns the run of capitalised words from `start` on; it may be empty.
fn run(extractor: &FeatureExtractor<'_>, start: usize, limit: usize) -> Range<usize> {
    let capital = |at: usize| at < limit && extractor.forms.get(at).is_some_and(|form| form.capital);
    let mut end = start;
    while capital(end) {
        end += 1;
    }
    start..end
}

/// Returns whether a definite determiner occurs among the three words before `index`: "the ferry", "his second novel",
/// "the city's journal".
fn is_determined(extractor: &FeatureExtractor<'_>, sentence: &Range<usize>, index: usize) -> bool {
    let before = index.saturating_sub(3).max(sentence.start)..index;
    before.clone().any(|at| lists::DEFINITE_DETERMINERS.contains(extractor.document.word(at)))
}
