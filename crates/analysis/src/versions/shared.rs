//! Folds the quotes and the dated events of all versions, so that each is listed once with the versions that have it.

use super::words::{Class, words};
use super::{Passage, Utterance, Version};
use crate::Status;
use foldhash::{HashMap, HashSet};
use jiff::civil::Date;

/// Minimum number of content words that the clauses of one event share.
const MIN_SHARED: usize = 3;
/// Minimum share of the words of the shorter clause that the other one has.
const MIN_SHARE: f32 = 0.6;
/// Maximum number of events of one version that are compared.
const MAX_EVENTS: usize = 200;
/// Maximum number of rows that are compared because they share one word.
const MAX_POSTINGS: usize = 50;

/// Returns the quotes of all versions, each utterance once, in the order of their first quotes. The longest form of an
/// utterance comes first.
pub(super) fn quotes(versions: &[Version<'_>], utterances: &[Utterance]) -> Vec<Vec<Passage>> {
    let passage = |(version, index): (usize, usize)| {
        let quote = versions[version].analysis.quotes.get(index)?;
        Some(Passage { version, span: quote.span })
    };
    let folded: HashMap<(usize, usize), usize> = utterances
        .iter()
        .enumerate()
        .flat_map(|(number, utterance)| utterance.quotes.iter().map(move |id| (*id, number)))
        .collect();
    let mut seen: HashSet<usize> = HashSet::default();
    let mut out = Vec::new();
    for (version, Version { analysis, .. }) in versions.iter().enumerate() {
        for id in (0..analysis.quotes.len()).map(|index| (version, index)) {
            match folded.get(&id).and_then(|number| Some((number, utterances.get(*number)?))) {
                Some((number, utterance)) if seen.insert(*number) => {
                    let longest = utterance.quotes.get(utterance.longest).copied();
                    let others = utterance.quotes.iter().copied().filter(|other| Some(*other) != longest);
                    out.push(longest.into_iter().chain(others).filter_map(passage).collect());
                }
                Some(_) => {}
                None => out.push(passage(id).into_iter().collect()),
            }
        }
    }
    out
}

/// Dated event of one version with the words of its clause.
struct Told {
    passage: Passage,
    days: (Date, Date),
    status: Status,
    /// Stems of the content words, without those of the time.
    content: HashSet<u64>,
    /// Numbers of the clause, without those of the time.
    numbers: HashSet<u64>,
}

/// Returns the events of a version that the timeline shows at first.
fn told(versions: &[Version<'_>], version: usize) -> Vec<Told> {
    let Version { article, analysis, .. } = versions[version];
    let shown = analysis.events.iter().filter(|event| !event.folded);
    let dated = shown.filter_map(|event| Some((event, event.interval?))).take(MAX_EVENTS);
    dated
        .map(|(event, days)| {
            let time = analysis.times.get(event.time).map(|time| time.span);
            let in_time = |span| time.is_some_and(|time| time.overlaps(span));
            let words = words(&article.text, event.clause).into_iter().filter(|word| !in_time(word.span));
            let words: Vec<_> = words.collect();
            let of = |class| words.iter().filter(move |word| word.class == class).map(|word| word.stem).collect();
            let passage = Passage { version, span: event.clause };
            Told { passage, days, status: event.status, content: of(Class::Content), numbers: of(Class::Number) }
        })
        .collect()
}

/// Returns whether two versions report the same event of the same day. Clauses with different numbers are two rows,
/// because the reader wants to see both.
fn is_same(one: &Told, other: &Told) -> bool {
    let shared = one.content.intersection(&other.content).count();
    let shorter = one.content.len().min(other.content.len());
    one.status == other.status
        && one.days.0 <= other.days.1
        && other.days.0 <= one.days.1
        && (one.numbers.is_subset(&other.numbers) || other.numbers.is_subset(&one.numbers))
        && shared >= MIN_SHARED
        && shared as f32 >= MIN_SHARE * shorter as f32
}

/// Returns the dated events of all versions, each once, in the order of their first reports. Two events of one version
/// are two rows, since the analysis has merged what it repeats.
pub(super) fn events(versions: &[Version<'_>]) -> Vec<Vec<Passage>> {
    let mut rows: Vec<Vec<Told>> = Vec::new();
    let mut by_word: HashMap<u64, Vec<usize>> = HashMap::default();
    for event in (0..versions.len()).flat_map(|version| told(versions, version)) {
        let mut shared: HashMap<usize, usize> = HashMap::default();
        for row in event.content.iter().filter_map(|word| by_word.get(word)).flatten() {
            *shared.entry(*row).or_default() += 1;
        }
        let fits = |row: &usize| {
            let is_of_version = |other: &Told| other.passage.version == event.passage.version;
            !rows[*row].iter().any(is_of_version) && rows[*row].iter().any(|other| is_same(other, &event))
        };
        let alike = shared.into_iter().filter(|(row, _)| fits(row));
        let best = alike.max_by_key(|(row, shared)| (*shared, std::cmp::Reverse(*row)));
        if let Some((row, _)) = best {
            rows[row].push(event);
        } else {
            for word in &event.content {
                let postings = by_word.entry(*word).or_default();
                if postings.len() < MAX_POSTINGS {
                    postings.push(rows.len());
                }
            }
            rows.push(vec![event]);
        }
    }
    rows.into_iter().map(|row| row.into_iter().map(|event| event.passage).collect()).collect()
}
