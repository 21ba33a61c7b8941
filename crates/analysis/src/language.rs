//! Detects foreign-language paragraphs. Quotations, names and dates are found by rules for English, so other languages
//! yield only the words in quotation marks, because an invented speaker is worse than none.

use crate::lexicon::word_map::WordMap;
use dateline_core::article::{Article, Block, BlockKind};
use dateline_core::text::Span;

/// Language listed in `crates/analysis/assets/languages.txt`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Language {
    /// ISO 639-1 code of the language.
    code: &'static str,
    /// English name of the language.
    name: &'static str,
    /// First and last letter of a script that is not Latin; `None` for the Latin script.
    script: Option<(char, char)>,
    /// Opening and closing quotation marks of the language.
    marks: Marks,
}

/// Pairs of opening and closing quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Marks {
    pairs: Vec<(char, char)>,
    /// Bit set of the ASCII characters among the quotation marks.
    ascii: u128,
}

impl Default for Marks {
    fn default() -> Self {
        let mut marks = Self { pairs: Vec::new(), ascii: 0 };
        marks.extend(COMMON_MARKS);
        marks
    }
}

impl Marks {
    fn extend(&mut self, pairs: impl IntoIterator<Item = (char, char)>) {
        for (open, close) in pairs {
            self.pairs.push((open, close));
            for mark in [open, close].into_iter().filter(char::is_ascii) {
                self.ascii |= 1 << u32::from(mark);
            }
        }
    }

    fn opens(&self, mark: char) -> bool {
        self.pairs.iter().any(|(open, _)| *open == mark)
    }

    /// Returns the first character of `text` at or after byte offset `at` that can be a quotation mark, and its offset.
    /// Most characters are rejected by their first byte, because only a few in a thousand are marks.
    fn next_candidate(&self, text: &str, at: usize) -> Option<(usize, char)> {
        let rest = text.get(at..)?;
        let may_be_mark = |byte: u8| !byte.is_ascii() || self.ascii >> byte & 1 == 1;
        let found = rest.bytes().position(may_be_mark)?;
        Some((at + found, rest.get(found..)?.chars().next()?))
    }
}

/// Function words, scripts and quotation marks of the known languages. English comes first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Languages {
    all: Vec<Language>,
    /// Index in `owners` of each function word.
    words: WordMap<usize>,
    /// Languages of each function word, one bit per language.
    owners: Vec<u64>,
    /// Maximum length of a function word, in bytes.
    max_length: usize,
    /// Quotation marks of all languages together.
    every_mark: Marks,
}

/// Paragraph in a foreign language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ForeignBlock {
    /// Index of the block in its article.
    pub block: usize,
    /// Index of the language in [`Languages`].
    language: usize,
}

/// Quotation marks common to all languages.
const COMMON_MARKS: [(char, char); 2] = [('“', '”'), ('"', '"')];

/// Minimum number of words, outside quotation marks, for judging the language of a paragraph.
const MIN_WORDS: usize = 8;
/// Minimum number of words in a mostly English article, where a title or a list of names is easily mistaken for a
/// foreign paragraph.
const MIN_WORDS_AMONG_ENGLISH: usize = 12;
/// Minimum number of different function words for judging the language of a paragraph.
const MIN_DISTINCT: usize = 4;
/// Minimum number of different function words in a mostly English article.
const MIN_DISTINCT_AMONG_ENGLISH: usize = 5;
/// Maximum share of English function words, in percent, in an article that declares another language. The function
/// words of that language must reach at least this share.
const MAX_ENGLISH_SHARE: usize = 4;

impl Languages {
    /// Loads the bundled languages.
    #[must_use]
    pub(crate) fn bundled() -> Self {
        Self::parse(include_str!("../assets/languages.txt"))
    }

    fn parse(file: &'static str) -> Self {
        let mut out = Self::default();
        for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some((code, name)) = line.strip_prefix('[').and_then(|line| line.split_once("] ")) {
                out.all.push(Language { code, name, ..Language::default() });
                continue;
            }
            let bit = 1 << out.all.len().saturating_sub(1);
            let Some((key, value)) = line.split_once(' ') else { continue };
            let Some(language) = out.all.last_mut() else { continue };
            match key {
                "words" => value.split(' ').for_each(|word| out.add_word(word, bit)),
                "marks" => language.marks.extend(value.split(' ').filter_map(pair)),
                "script" => language.script = value.split_once(' ').and_then(|(a, b)| Some((letter(a)?, letter(b)?))),
                _ => {}
            }
        }
        out.every_mark.extend(out.all.iter().flat_map(|language| language.marks.pairs.iter().copied()));
        out
    }

    fn add_word(&mut self, word: &'static str, language: u64) {
        let index = *self.words.get_or_insert(word, self.owners.len());
        if index == self.owners.len() {
            self.owners.push(0);
        }
        self.owners[index] |= language;
        self.max_length = self.max_length.max(word.len());
    }

    /// Returns the foreign-language paragraphs of `article`, in order.
    #[must_use]
    pub(crate) fn foreign_blocks(&self, article: &Article) -> Vec<ForeignBlock> {
        let tallies: Vec<Tally> = article.blocks.iter().map(|block| self.tally(article, block)).collect();
        let judged: Vec<Option<usize>> = tallies.iter().map(|tally| self.judge(tally)).collect();
        let english: usize = tallies.iter().filter(|tally| tally.is_english()).map(|tally| tally.weight).sum();
        let main = self.main_language(&tallies, &judged, english).or_else(|| self.declared(article, &tallies));
        let blocks = tallies.iter().zip(judged).enumerate();
        let language_of = |(block, (tally, judged)): (usize, (&Tally, Option<usize>))| {
            let language = match main {
                Some(main) => judged.or_else(|| (!tally.is_english()).then_some(main)),
                None => judged.filter(|_| tally.is_foreign_among_english()),
            };
            language.map(|language| ForeignBlock { block, language })
        };
        blocks.filter_map(language_of).collect()
    }

    /// Returns the language of most of the text, unless that is English.
    fn main_language(&self, tallies: &[Tally], judged: &[Option<usize>], english: usize) -> Option<usize> {
        let mut weights = vec![0; self.all.len()];
        for (tally, language) in tallies.iter().zip(judged) {
            if let Some(language) = language {
                weights[*language] += tally.weight;
            }
        }
        let all: usize = weights.iter().sum();
        let most = (1..weights.len()).max_by_key(|language| weights[*language])?;
        (all > 2 * english && weights[most] > 0).then_some(most)
    }

    /// Returns the language declared by the article, if the text contains almost no English function words but enough
    /// of that language.
    fn declared(&self, article: &Article, tallies: &[Tally]) -> Option<usize> {
        let code = article.language.as_deref()?;
        let words: usize = tallies.iter().map(|tally| tally.words).sum();
        let english: usize = tallies.iter().map(|tally| tally.english).sum();
        let plain = words >= 2 * MIN_WORDS_AMONG_ENGLISH && english * 100 < words * MAX_ENGLISH_SHARE;
        let language = (1..self.all.len()).find(|language| plain && self.all[*language].code == code)?;
        // Lists of results or names have few function words of any language, so a lack of English function words does
        // not confirm the declared language.
        let hits: usize = tallies.iter().map(|tally| tally.hits[language]).sum();
        (hits * 100 >= words * MAX_ENGLISH_SHARE).then_some(language)
    }

    /// Counts the words of a block outside its quotation marks.
    fn tally(&self, article: &Article, block: &Block) -> Tally {
        let mut tally = Tally {
            hits: vec![0; self.all.len()],
            scripts: vec![0; self.all.len()],
            known: vec![0; self.owners.len().div_ceil(64)],
            ..Tally::default()
        };
        if matches!(block.kind, BlockKind::Byline | BlockKind::TimestampLine | BlockKind::Code) {
            return tally;
        }
        let mut at = block.span.start;
        for quoted in in_marks(&article.text, block.span, &self.every_mark) {
            self.count(article.text.get(at..quoted.start).unwrap_or_default(), &mut tally);
            at = quoted.end;
        }
        self.count(article.text.get(at..block.span.end).unwrap_or_default(), &mut tally);
        tally.weight = tally.words.max(tally.letters / 5);
        tally
    }

    fn count(&self, text: &str, tally: &mut Tally) {
        let mut lower = String::new();
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.starts_with(char::is_alphabetic)) {
            tally.words += 1;
            lower.clear();
            if word.is_ascii() {
                tally.letters += word.bytes().filter(u8::is_ascii_alphabetic).count();
                if word.len() > self.max_length {
                    continue;
                }
                lower.push_str(word);
                lower.make_ascii_lowercase();
            } else {
                lower.push_str(&word.to_lowercase());
                for letter in lower.chars().filter(|letter| letter.is_alphabetic()) {
                    tally.letters += 1;
                    if !letter.is_ascii() {
                        self.count_script(letter, tally);
                    }
                }
            }
            let Some(known) = self.words.get(&lower) else { continue };
            let mut languages = self.owners[*known];
            tally.english += (languages & 1) as usize;
            // Capitalised words are not counted, because they may be part of a name: "Los Angeles", "La Paz".
            if word.starts_with(char::is_uppercase) {
                continue;
            }
            while languages != 0 {
                tally.hits[languages.trailing_zeros() as usize] += 1;
                languages &= languages - 1;
            }
            tally.known[known >> 6] |= 1 << (known & 63);
        }
    }

    fn count_script(&self, letter: char, tally: &mut Tally) {
        for (language, count) in self.all.iter().zip(&mut tally.scripts) {
            *count += usize::from(language.script.is_some_and(|(first, last)| (first..=last).contains(&letter)));
        }
    }

    /// Returns the language of a paragraph that is clearly not English.
    fn judge(&self, tally: &Tally) -> Option<usize> {
        if let Some(language) = self.by_script(tally) {
            return Some(language);
        }
        let latin = |language: &usize| self.all[*language].script.is_none();
        let best = (1..self.all.len()).filter(latin).max_by_key(|language| tally.hits[*language])?;
        let hits = tally.hits[best];
        // The different words are counted last, because that takes longest and English paragraphs never get that far.
        let clear = tally.words >= MIN_WORDS
            && hits * 5 >= tally.words
            && hits >= 3 * tally.english
            && self.distinct(tally, best) >= MIN_DISTINCT;
        clear.then_some(best)
    }

    /// Returns the number of different function words of `language` in a paragraph.
    fn distinct(&self, tally: &Tally, language: usize) -> usize {
        let known = self.owners.iter().enumerate().filter(|(word, _)| tally.knows(*word));
        known.filter(|(_, languages)| **languages >> language & 1 == 1).count()
    }

    /// Returns the language indicated by the script, if most letters are not Latin.
    fn by_script(&self, tally: &Tally) -> Option<usize> {
        let found = |language: &usize| tally.scripts[*language] * 10 >= tally.letters.max(1);
        let first = (1..self.all.len()).find(found)?;
        let script = self.all[first].script?;
        let foreign: usize = {
            let mut scripts: Vec<_> =
                self.all.iter().zip(&tally.scripts).filter_map(|(l, n)| Some((l.script?, *n))).collect();
            scripts.dedup_by_key(|(script, _)| *script);
            scripts.iter().map(|(_, count)| count).sum()
        };
        if foreign * 2 < tally.letters || foreign < MIN_WORDS {
            return None;
        }
        let same = (first..self.all.len()).filter(|language| self.all[*language].script == Some(script));
        same.rev().max_by_key(|language| tally.hits[*language])
    }

    /// Returns the distinct English names of the languages of `blocks`.
    #[must_use]
    pub(crate) fn names(&self, blocks: &[ForeignBlock]) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for language in blocks.iter().filter_map(|block| self.all.get(block.language)) {
            if !names.iter().any(|name| name == language.name) {
                names.push(language.name.to_owned());
            }
        }
        names
    }

    /// Returns the quoted words of a foreign-language block, without quotation marks. Only whole utterances and longer
    /// fragments are included.
    #[must_use]
    pub(crate) fn quotations(&self, article: &Article, foreign: &ForeignBlock) -> Vec<Span> {
        let Some(block) = article.blocks.get(foreign.block) else { return Vec::new() };
        let Some(language) = self.all.get(foreign.language) else { return Vec::new() };
        let found = in_marks(&article.text, block.span, &language.marks).into_iter();
        found.map(|span| span.trimmed(&article.text)).filter(|span| is_utterance(span.of(&article.text))).collect()
    }
}

/// Counts of words and letters in one block, outside quotation marks.
#[derive(Debug, Default)]
struct Tally {
    words: usize,
    letters: usize,
    /// Number of words, or an estimate for scripts without spaces.
    weight: usize,
    english: usize,
    /// Number of function words, by language.
    hits: Vec<usize>,
    /// Number of letters in each language's own script, by language.
    scripts: Vec<usize>,
    /// Bit set of the function words that occur.
    known: Vec<u64>,
}

impl Tally {
    /// Returns whether function word `index` occurs in the block.
    fn knows(&self, index: usize) -> bool {
        self.known[index >> 6] >> (index & 63) & 1 == 1
    }

    /// Returns the number of different function words in the block.
    fn distinct(&self) -> usize {
        self.known.iter().map(|words| words.count_ones() as usize).sum()
    }

    /// Returns whether the block is English, based on its function words.
    fn is_english(&self) -> bool {
        let best = self.hits.iter().skip(1).max().copied().unwrap_or(0);
        self.english >= 2 && self.english > best
    }

    /// Returns whether a block is foreign by the stricter test for mostly English articles.
    fn is_foreign_among_english(&self) -> bool {
        let scripted = self.scripts.iter().sum::<usize>() * 2 >= self.letters.max(1);
        let best = self.hits.iter().skip(1).max().copied().unwrap_or(0);
        scripted
            || self.words >= MIN_WORDS_AMONG_ENGLISH
                && self.distinct() >= MIN_DISTINCT_AMONG_ENGLISH
                && best * 4 >= self.words
    }
}

/// Returns whether quoted words are more than a title or a term, based on their number and final punctuation.
fn is_utterance(words: &str) -> bool {
    const MIN_UTTERANCE: usize = 4;
    let stopped = words.ends_with(['.', '!', '?', ',', '…', '。', '！', '？', '、', '؟', '।']);
    let wide = words.chars().filter(|c| matches!(c, '\u{3040}'..='\u{9fff}' | '\u{e00}'..='\u{e7f}')).count();
    let count = words.split_whitespace().count().max(wide / 2);
    count >= MIN_UTTERANCE || stopped && count > 1
}

/// Returns the spans between pairs of `marks` in `span`, in order. If a mark at the beginning of the block is not
/// closed, the span extends to the end of the block.
fn in_marks(text: &str, span: Span, marks: &Marks) -> Vec<Span> {
    let mut out = Vec::new();
    let mut open: Option<(char, usize)> = None;
    let inner = span.of(text);
    let mut from = 0;
    while let Some((at, character)) = marks.next_candidate(inner, from) {
        from = at + character.len_utf8();
        let next = || inner[from..].chars().next();
        if let Some((mark, start)) = open {
            let closing = marks.pairs.contains(&(mark, character));
            if closing && (mark != character || next().is_none_or(|next| !next.is_alphanumeric())) {
                out.push(Span::new(span.start + start, span.start + at));
                open = None;
            }
        } else if marks.opens(character) {
            let before = inner[..at].chars().next_back();
            let fits = before.is_none_or(|before| !before.is_alphanumeric() || is_wide(before));
            let spaced = next().is_none_or(char::is_whitespace) && !matches!(character, '«' | '»');
            if fits && !spaced {
                open = Some((character, from));
            }
        }
    }
    // An unclosed mark counts only at the beginning of the paragraph, where it can open a quotation that spans several
    // paragraphs.
    if let Some((_, start)) = open.filter(|(mark, start)| *start == mark.len_utf8()) {
        out.push(Span::new(span.start + start, span.end));
    }
    out
}

/// Returns whether a letter belongs to a script without spaces between words.
fn is_wide(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{e00}'..='\u{e7f}')
}

/// Parses a pair of an opening and a closing quotation mark.
fn pair(marks: &str) -> Option<(char, char)> {
    let mut marks = marks.chars();
    Some((marks.next()?, marks.next()?))
}

/// Parses a hexadecimal code point.
fn letter(code: &str) -> Option<char> {
    char::from_u32(u32::from_str_radix(code, 16).ok()?)
}

#[cfg(test)]
mod tests;
