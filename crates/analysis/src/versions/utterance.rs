//! Finds quotes of different versions that are the same utterance, in whole or in part.

use super::speaker::{self, Relation};
use super::words::{Class, words};
use super::{Utterance, Version};
use crate::{Polarity, Quote, QuoteKind};
use foldhash::{HashMap, HashSet};

/// Minimum number of words in a quote that has the same words as another one.
const MIN_WORDS: usize = 4;
/// Minimum number of words in a quote if the speakers are not surely the same. Short sentences are said by many.
const MIN_WORDS_UNCLEAR: usize = 7;
/// Minimum number of words in a quote if the speakers are different, so that one version names the wrong one.
const MIN_WORDS_DIFFERENT: usize = 10;
/// Minimum number of distinct content words that are compared.
const MIN_CONTENT: usize = 2;
/// Minimum share of the shorter quote's words that the longer one must have in the same order.
const MIN_SHARE: f32 = 0.9;
/// Minimum number of distinct content words that a report in other words shares with a quote.
const MIN_SHARED_CONTENT: usize = 5;
/// Minimum share of the content words that a report in other words shares with the longer quote.
const MIN_CONTENT_SHARE: f32 = 0.6;
/// Minimum confidence of both speakers if the words are not the same.
const SURE: f32 = 0.9;
/// Minimum confidence of a speaker that another version's quote may take over.
const LENDS: f32 = 0.9;
/// Number of consecutive words that two quotes must share to be compared.
const SHINGLE: usize = 3;
/// Maximum number of quotes that are compared because they share one shingle.
const MAX_POSTINGS: usize = 50;
/// Maximum number of words of a quote that are compared. Longer ones are whole speeches.
const MAX_WORDS: usize = 400;

/// Words of one quote.
pub(super) struct Said<'a> {
    /// Index of the version.
    version: usize,
    /// Index of the quote in its analysis.
    index: usize,
    quote: &'a Quote,
    /// Hashes of the words as written.
    words: Vec<u64>,
    /// Stems of the content words and numbers.
    content: HashSet<u64>,
    /// Stems of the numbers and of words such as "not". Statements that differ in them are not the same.
    decisive: HashSet<u64>,
}

/// Returns the quotes of all versions that were really said.
fn said<'a>(versions: &[Version<'a>]) -> Vec<Said<'a>> {
    let mut out = Vec::new();
    for (version, Version { article, analysis, .. }) in versions.iter().enumerate() {
        for (index, quote) in analysis.quotes.iter().enumerate().filter(|(_, quote)| quote.polarity == Polarity::Said) {
            let words = words(&article.text, quote.span);
            let own = words.iter().filter(|word| matches!(word.class, Class::Content | Class::Number));
            let content: HashSet<u64> = own.map(|word| word.stem).collect();
            let decisive = words.iter().filter(|word| matches!(word.class, Class::Number | Class::Modality));
            let decisive = decisive.map(|word| word.stem).collect();
            let words = words.iter().map(|word| word.exact).take(MAX_WORDS).collect();
            out.push(Said { version, index, quote, words, content, decisive });
        }
    }
    out
}

/// Finds the utterances that at least two versions quote. Each quote belongs to at most one.
pub(super) fn find(versions: &[Version<'_>]) -> Vec<Utterance> {
    let mut said = said(versions);
    // Parts are compared with the whole, and a quotation is preferred to a report of equal length.
    said.sort_by_key(|said| (std::cmp::Reverse(said.words.len()), said.quote.kind, said.version, said.index));
    let mut heads: Vec<Vec<usize>> = Vec::new();
    let mut by_shingle: HashMap<[u64; SHINGLE], Vec<usize>> = HashMap::default();
    for (at, one) in said.iter().enumerate() {
        let group = candidates(one, &by_shingle, &heads, &said)
            .into_iter()
            .find(|group| is_same(versions, &said[heads[*group][0]], one));
        if let Some(group) = group {
            heads[group].push(at);
            continue;
        }
        for shingle in shingles(&one.words) {
            let postings = by_shingle.entry(shingle).or_default();
            if postings.len() < MAX_POSTINGS && postings.last() != Some(&heads.len()) {
                postings.push(heads.len());
            }
        }
        heads.push(vec![at]);
    }
    let mut out: Vec<Utterance> = heads.iter().filter_map(|group| utterance(versions, &said, group)).collect();
    out.sort_by_key(|utterance| utterance.quotes.first().copied());
    out
}

/// Returns the runs of consecutive words.
fn shingles(words: &[u64]) -> impl Iterator<Item = [u64; SHINGLE]> {
    words.windows(SHINGLE).filter_map(|run| run.try_into().ok())
}

/// Returns the groups that share a shingle with `one`, those that share most first.
fn candidates(
    one: &Said<'_>,
    by_shingle: &HashMap<[u64; SHINGLE], Vec<usize>>,
    heads: &[Vec<usize>],
    said: &[Said<'_>],
) -> Vec<usize> {
    let mut shared: HashMap<usize, usize> = HashMap::default();
    for group in shingles(&one.words).filter_map(|shingle| by_shingle.get(&shingle)).flatten() {
        *shared.entry(*group).or_default() += 1;
    }
    let mut groups: Vec<(usize, usize)> = shared.into_iter().collect();
    groups.sort_by_key(|(group, shared)| (std::cmp::Reverse(*shared), said[heads[*group][0]].version, *group));
    groups.into_iter().map(|(group, _)| group).collect()
}

/// Returns whether `part` is the same utterance as `whole`, which has at least as many words.
fn is_same(versions: &[Version<'_>], whole: &Said<'_>, part: &Said<'_>) -> bool {
    let relation = speaker::relation((&versions[whole.version], whole.quote), (&versions[part.version], part.quote));
    let reported = [whole, part].iter().any(|said| said.quote.kind == QuoteKind::Indirect);
    if reported {
        return relation == Relation::Same && whole.version != part.version && is_same_report(whole, part);
    }
    let least = match relation {
        Relation::Same => MIN_WORDS,
        Relation::Unclear => MIN_WORDS_UNCLEAR,
        Relation::Different => MIN_WORDS_DIFFERENT,
    };
    part.words.len() >= least && part.content.len() >= MIN_CONTENT && has_words(whole, part, relation)
}

/// Returns whether `whole` has nearly all words of `part` in the same order. Only one speaker's words may differ at all,
/// because two people can give the same answer in nearly the same words.
fn has_words(whole: &Said<'_>, part: &Said<'_>, relation: Relation) -> bool {
    let consecutive = whole.words.windows(part.words.len()).any(|words| words == part.words);
    consecutive
        || relation != Relation::Different
            && part.content.is_subset(&whole.content)
            && part.decisive.is_subset(&whole.decisive)
            && common_words(&whole.words, &part.words) as f32 >= MIN_SHARE * part.words.len() as f32
}

/// Returns the length of the longest common subsequence of two word lists.
fn common_words(whole: &[u64], part: &[u64]) -> usize {
    let mut lengths = vec![0; part.len() + 1];
    for word in whole {
        let mut diagonal = 0;
        for (at, other) in part.iter().enumerate() {
            let above = lengths[at + 1];
            lengths[at + 1] = if word == other { diagonal + 1 } else { above.max(lengths[at]) };
            diagonal = above;
        }
    }
    lengths.last().copied().unwrap_or_default()
}

/// Returns whether two quotes, at least one of them in a reporter's words, report one utterance of the same speaker.
fn is_same_report(whole: &Said<'_>, part: &Said<'_>) -> bool {
    let shared = whole.content.intersection(&part.content).count();
    let longer = whole.content.len().max(part.content.len());
    let sure = whole.quote.confidence >= SURE && part.quote.confidence >= SURE;
    sure && whole.decisive == part.decisive
        && shared >= MIN_SHARED_CONTENT
        && shared as f32 >= MIN_CONTENT_SHARE * longer as f32
}

/// Describes a group of quotes as an utterance; `None` if only one version has it.
fn utterance(versions: &[Version<'_>], said: &[Said<'_>], group: &[usize]) -> Option<Utterance> {
    let longest = &said[*group.first()?];
    let mut members: Vec<&Said<'_>> = group.iter().map(|index| &said[*index]).collect();
    members.sort_by_key(|said| (said.version, said.index));
    if members.first()?.version == members.last()?.version {
        return None;
    }
    Some(Utterance {
        longest: members.iter().position(|said| said.version == longest.version && said.index == longest.index)?,
        surest: surest(versions, &members),
        quotes: members.iter().map(|said| (said.version, said.index)).collect(),
    })
}

/// Returns the index of the quote with the most certain speaker; `None` if no speaker is certain, or if two certain ones
/// are different persons.
fn surest(versions: &[Version<'_>], members: &[&Said<'_>]) -> Option<usize> {
    let of = |index: usize| members.get(index).map(|said| (&versions[said.version], said.quote));
    let is_sure = |index: &usize| {
        of(*index).is_some_and(|(version, quote)| quote.confidence >= LENDS && speaker::is_person(version, quote))
    };
    let sure: Vec<usize> = (0..members.len()).filter(is_sure).collect();
    let confidence = |index: usize| members[index].quote.confidence;
    let surest = sure.iter().copied().max_by(|one, other| confidence(*one).total_cmp(&confidence(*other)))?;
    let differs = |other: &usize| {
        of(surest).zip(of(*other)).is_some_and(|(one, other)| speaker::relation(one, other) == Relation::Different)
    };
    (!sure.iter().any(differs)).then_some(surest)
}
