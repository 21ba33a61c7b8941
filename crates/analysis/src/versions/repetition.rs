//! Finds sentences that repeat, nearly word for word, what another version says.

use super::words::{Class, Word, words};
use super::{Passage, Version};
use dateline_core::text::Span;
use foldhash::{HashMap, HashSet};
use jiff::civil::Date;

/// Minimum share of the sentence's pairs of neighbouring words that the earlier sentence must contain, because the same
/// words in another order can say something else. On news of 42 happenings, no sentence above it was new.
const MIN_PAIRS: f32 = 0.6;
/// Minimum share of a sentence's own words with which an earlier sentence is about the same matter.
const MIN_CONTEXT: f32 = 0.4;
/// Minimum number of words with a meaning of their own. Shorter sentences are headings and exclamations.
const MIN_WORDS: usize = 4;
/// Largest share of a sentence's own words in one read sentence with which the sentence is new. Between it and a
/// repetition are paraphrases, which are neither.
const MAX_IN_ONE: f32 = 0.34;
/// Largest share of a new sentence's own words in all read sentences together, because a sentence may join what several
/// have said. Of 34 such sentences about 25 happenings, 20 had an event that was marked as new; of all, three in ten.
const MAX_IN_ALL: f32 = 0.5;
/// Minimum number of own words of a new sentence.
const MIN_NEW_WORDS: usize = 3;
/// Maximum number of sentences that are compared because they share one word. More share only a common word.
const MAX_POSTINGS: usize = 200;

/// Words of one sentence.
struct Sentence {
    passage: Passage,
    /// Distinct stems of content words and numbers, in order of first use.
    own: Vec<u64>,
    /// Pairs of neighbouring words among `own`.
    pairs: HashSet<(u64, u64)>,
    numbers: HashSet<u64>,
    modality: HashSet<u64>,
    /// Days that the times of the sentence mean, because “on Tuesday” is another day in another week.
    days: HashSet<(Date, Date)>,
}

impl Sentence {
    fn new(passage: Passage, words: &[Word]) -> Self {
        let of = |class| words.iter().filter(move |word| word.class == class).map(|word| word.stem);
        let own: Vec<u64> = words
            .iter()
            .filter(|word| matches!(word.class, Class::Content | Class::Number))
            .map(|word| word.stem)
            .collect();
        let pairs = own.windows(2).map(|pair| (pair[0], pair[1])).collect();
        let mut seen = HashSet::default();
        let own = own.into_iter().filter(|stem| seen.insert(*stem)).collect();
        let (numbers, modality) = (of(Class::Number).collect(), of(Class::Modality).collect());
        Self { passage, own, pairs, numbers, modality, days: HashSet::default() }
    }
}

/// Sentences of the versions that were read, found by their words.
pub(super) struct KnownSentences {
    sentences: Vec<Sentence>,
    by_word: HashMap<u64, Vec<usize>>,
}

impl KnownSentences {
    /// Indexes the sentences of the versions in `read`.
    pub(super) fn new(versions: &[Version<'_>], read: &[usize]) -> Self {
        let sentences: Vec<Sentence> = read.iter().flat_map(|version| sentences(versions, *version)).collect();
        let mut by_word: HashMap<u64, Vec<usize>> = HashMap::default();
        for (index, sentence) in sentences.iter().enumerate() {
            for word in &sentence.own {
                let postings = by_word.entry(*word).or_default();
                if postings.len() < MAX_POSTINGS {
                    postings.push(index);
                }
            }
        }
        Self { sentences, by_word }
    }

    /// Returns the sentences in the body of version `at` that repeat a known sentence, each with the known one.
    pub(super) fn repeated_in(&self, versions: &[Version<'_>], at: usize) -> Vec<(Span, Passage)> {
        let body = versions[at].article.body;
        let in_body = sentences(versions, at).filter(|sentence| sentence.passage.span.start >= body);
        in_body.filter_map(|sentence| Some((sentence.passage.span, self.repeated_by(&sentence)?))).collect()
    }

    /// Returns the sentences in the body of version `at` with few words of any known sentence, and not most words of all
    /// of them together.
    pub(super) fn new_in(&self, versions: &[Version<'_>], at: usize) -> Vec<Span> {
        let body = versions[at].article.body;
        let is_new = |sentence: &Sentence| {
            let count = sentence.own.len() as f32;
            let in_one = self.shared_words(sentence).into_values().max().unwrap_or_default() as f32;
            let in_all = sentence.own.iter().filter(|word| self.by_word.contains_key(word)).count() as f32;
            sentence.passage.span.start >= body
                && sentence.own.len() >= MIN_NEW_WORDS
                && in_one <= MAX_IN_ONE * count
                && in_all <= MAX_IN_ALL * count
        };
        sentences(versions, at).filter(is_new).map(|sentence| sentence.passage.span).collect()
    }

    /// Returns the largest share of the words of `passage` that one known sentence contains, from 0 to 1.
    pub(super) fn share(&self, versions: &[Version<'_>], passage: Passage) -> f32 {
        let sentence = Sentence::new(passage, &words(&versions[passage.version].article.text, passage.span));
        let most = self.shared_words(&sentence).into_values().max().unwrap_or_default();
        most as f32 / sentence.own.len().max(1) as f32
    }

    /// Returns whether a known sentence with several words of `sentence` has the numbers at `number`.
    pub(super) fn has_number(&self, versions: &[Version<'_>], sentence: Passage, number: Span) -> bool {
        let text = &versions[sentence.version].article.text;
        let numbers: HashSet<u64> =
            words(text, number).iter().filter(|word| word.class == Class::Number).map(|word| word.stem).collect();
        let sentence = Sentence::new(sentence, &words(text, sentence.span));
        self.shared_words(&sentence).into_iter().any(|(index, shared)| {
            shared as f32 >= MIN_CONTEXT * sentence.own.len() as f32
                && numbers.is_subset(&self.sentences[index].numbers)
        })
    }

    /// Returns the passage that `sentence` repeats, if there is one. It has every word of `sentence`, because one name,
    /// day or verb more makes it new.
    fn repeated_by(&self, sentence: &Sentence) -> Option<Passage> {
        if sentence.own.len() < MIN_WORDS {
            return None;
        }
        let alike = self.shared_words(sentence).into_iter().filter(|(index, shared)| {
            *shared == sentence.own.len() && says_the_same(sentence, &self.sentences[*index])
        });
        alike.map(|(index, _)| index).min().map(|index| self.sentences[index].passage)
    }

    /// Returns the number of words that each known sentence shares with `sentence`.
    fn shared_words(&self, sentence: &Sentence) -> HashMap<usize, usize> {
        let mut shared: HashMap<usize, usize> = HashMap::default();
        for index in sentence.own.iter().filter_map(|word| self.by_word.get(word)).flatten() {
            *shared.entry(*index).or_default() += 1;
        }
        shared
    }
}

/// Returns whether `earlier` has all numbers and days of `sentence`, the same modal words, and many of its words in the
/// same order.
fn says_the_same(sentence: &Sentence, earlier: &Sentence) -> bool {
    let pairs = sentence.pairs.intersection(&earlier.pairs).count();
    sentence.modality == earlier.modality
        && sentence.numbers.is_subset(&earlier.numbers)
        && sentence.days.is_subset(&earlier.days)
        && pairs as f32 >= MIN_PAIRS * sentence.pairs.len() as f32
}

fn sentences<'a>(versions: &[Version<'a>], version: usize) -> impl Iterator<Item = Sentence> + use<'a> {
    let Version { article, analysis, .. } = versions[version];
    analysis.sentences.iter().map(move |span| {
        let passage = Passage { version, span: *span };
        let times = analysis.times.iter().filter(|time| span.contains(time.span.start));
        let days = times.filter_map(|time| time.interval).collect();
        Sentence { days, ..Sentence::new(passage, &words(&article.text, *span)) }
    })
}
