//! Scores the clause structure on a treebank: the subjects of finite verbs and the extents of complement clauses.
//!
//! A treebank file has one token per line, with tab-separated columns (word, Penn tag, coarse tag, head, label). A
//! blank line follows each sentence. A line with `-DOC-` and a name precedes each document.

use crate::eval::measure::Tally;
use dateline_analysis::training::pos::{self, PennTag};
use dateline_analysis::training::{Clauses, Document, Resources, clauses};
use dateline_core::article::Article;
use std::collections::HashSet;
use std::fmt::Write as _;
use std::io::Write;
use std::ops::Range;
use std::path::Path;

/// A sentence of a treebank.
#[derive(Debug, Default)]
pub(super) struct Tree {
    words: Vec<String>,
    tags: Vec<PennTag>,
    /// Number of each token's head, from 1; 0 for the root.
    heads: Vec<usize>,
    labels: Vec<String>,
}

impl Tree {
    /// Reads the sentences of a file. `part` selects documents by their number modulo 3.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read or a line lacks a column.
    pub(super) fn load(path: &Path, part: Option<&[usize]>) -> anyhow::Result<Vec<Self>> {
        let text = std::fs::read_to_string(path)?;
        let mut out = Vec::new();
        let mut tree = Self::default();
        let mut document = 0;
        for (number, line) in text.lines().enumerate() {
            let columns: Vec<&str> = line.split('\t').collect();
            let &[word, tag, _, head, label] = columns.as_slice() else {
                document += usize::from(line.starts_with("-DOC-"));
                anyhow::ensure!(columns.len() < 3, "{}: line {}: expected 5 columns", path.display(), number + 1);
                if !tree.words.is_empty() {
                    out.push((document, std::mem::take(&mut tree)));
                }
                continue;
            };
            tree.words.push(word.to_owned());
            tree.tags.push(tag.parse().unwrap_or_default());
            tree.heads.push(head.parse().unwrap_or(0));
            tree.labels.push(label.to_owned());
        }
        if !tree.words.is_empty() {
            out.push((document, tree));
        }
        let wanted = |document: usize| part.is_none_or(|part| part.contains(&(document % 3)));
        Ok(out.into_iter().filter(|(document, _)| wanted(*document)).map(|(_, tree)| tree).collect())
    }

    /// Returns the span of the subtree of token `at`, without punctuation at its ends.
    fn span(&self, at: usize) -> Range<usize> {
        let inside = |mut token: usize| {
            for _ in 0..self.heads.len() {
                if token == at {
                    return true;
                }
                match self.heads.get(token) {
                    Some(head) if *head > 0 => token = head - 1,
                    _ => return false,
                }
            }
            false
        };
        let tokens: Vec<usize> = (0..self.words.len()).filter(|token| inside(*token)).collect();
        let range = tokens.first().copied().unwrap_or(at)..tokens.last().map_or(at, |last| last + 1);
        self.trimmed(range)
    }

    fn trimmed(&self, mut range: Range<usize>) -> Range<usize> {
        let mark = |at: usize| self.labels.get(at).is_some_and(|label| label == "punct");
        while range.start < range.end && mark(range.start) {
            range.start += 1;
        }
        while range.start < range.end && mark(range.end - 1) {
            range.end -= 1;
        }
        range
    }

    /// Returns the finite verb of the predicate with the head `head`. This is the first finite verb. For the inner
    /// subject in sentences like "The point is that it rains", it is the last one.
    fn finite(&self, head: usize, inner: bool) -> Option<usize> {
        let finite =
            |at: &usize| matches!(self.tags.get(*at), Some(PennTag::Md | PennTag::Vbd | PennTag::Vbp | PennTag::Vbz));
        let helps = |at: &usize| {
            self.heads.get(*at) == Some(&(head + 1))
                && self.labels.get(*at).is_some_and(|label| label.starts_with("aux") || label == "cop")
        };
        let mut verbs = (0..self.words.len()).filter(|at| helps(at) || *at == head).filter(finite);
        if inner { verbs.next_back() } else { verbs.next() }
    }

    /// Returns the subjects of finite verbs, as verb, span of the subject, and head of the subject.
    fn subjects(&self) -> HashSet<(usize, Range<usize>, usize)> {
        let it = |at: usize| self.words.get(at).is_some_and(|word| word.eq_ignore_ascii_case("it"));
        let nominal = |at: &usize| {
            self.labels.get(*at).is_some_and(|label| label.starts_with("nsubj") || label == "expl" && it(*at))
        };
        (0..self.words.len())
            .filter(nominal)
            .filter_map(|at| {
                let head = self.heads.get(at)?.checked_sub(1)?;
                let inner = (0..at).any(|other| self.heads.get(other) == Some(&(head + 1)) && nominal(&other));
                Some((self.finite(head, inner)?, self.span(at), at))
            })
            .collect()
    }

    /// Returns the spans of complement clauses.
    fn complements(&self) -> HashSet<Range<usize>> {
        let complement = |at: &usize| {
            self.labels.get(*at).is_some_and(|label| label.starts_with("ccomp") || label.starts_with("xcomp"))
        };
        (0..self.words.len()).filter(complement).map(|at| self.span(at)).filter(|span| !self.asks(span)).collect()
    }

    /// Returns whether a clause begins with a question word. The treebank analyses such a clause as a relative clause
    /// that modifies the question word.
    fn asks(&self, span: &Range<usize>) -> bool {
        matches!(self.tags.get(span.start), Some(PennTag::Wp | PennTag::Wdt | PennTag::Wrb | PennTag::WpPossessive))
    }

    /// Returns the sentence as running text, and the byte offset at which each word ends.
    fn running_text(&self) -> (String, Vec<usize>) {
        let mut text = String::new();
        let mut ends = Vec::with_capacity(self.words.len());
        let mut glued = true;
        for (word, tag) in self.words.iter().zip(&self.tags) {
            let clitic =
                word.starts_with(['\'', '’']) && word.len() > 1 || matches!(word.as_str(), "n't" | "n’t" | "%");
            let closes = matches!(
                tag,
                PennTag::Comma | PennTag::Period | PennTag::CloseQuote | PennTag::CloseBracket | PennTag::Hyphen
            );
            if !(glued || clitic || closes) {
                text.push(' ');
            }
            text.push_str(word);
            ends.push(text.len());
            glued = matches!(tag, PennTag::OpenQuote | PennTag::OpenBracket | PennTag::Currency | PennTag::Hyphen);
        }
        (text, ends)
    }

    fn text(&self, range: &Range<usize>) -> String {
        self.words.get(range.clone()).unwrap_or_default().join(" ")
    }
}

/// Clauses found in a sentence, with the treebank's words that each token covers.
struct Read {
    clauses: Clauses,
    words: Vec<Range<usize>>,
}

impl Read {
    /// Finds the clauses using the treebank's tags.
    fn annotated(tree: &Tree) -> Self {
        let words: Vec<&str> = tree.words.iter().map(String::as_str).collect();
        let places = (0..words.len()).map(|at| at..at + 1).collect();
        Self { clauses: clauses(&words, &tree.tags), words: places }
    }

    /// Finds the clauses using the tokens of the analysis and the tags of the trained model.
    fn learnt(tree: &Tree, resources: &Resources) -> Self {
        let (text, ends) = tree.running_text();
        let article = Article::verbatim("", &text);
        let document = Document::new(&article, resources);
        let words: Vec<&str> = document.tokens.iter().map(|token| token.span.of(&text)).collect();
        let last = ends.len().saturating_sub(1);
        let word_at = |offset: usize| ends.partition_point(|end| *end <= offset).min(last);
        let places = document.tokens.iter().map(|token| word_at(token.span.start)..word_at(token.span.end - 1) + 1);
        Self { clauses: clauses(&words, &pos::tags(&document, None)), words: places.collect() }
    }

    /// Returns the treebank's words that a range of tokens covers.
    fn words_of(&self, tokens: &Range<usize>) -> Range<usize> {
        let last = tokens.end.checked_sub(1).and_then(|last| self.words.get(last));
        match (self.words.get(tokens.start), last) {
            (Some(first), Some(last)) => first.start..last.end.max(first.start),
            _ => 0..0,
        }
    }
}

/// Counts of correct and incorrect subjects and clauses.
#[derive(Debug, Default)]
struct Score {
    subjects: Tally,
    heads: Tally,
    complements: Tally,
    mistakes: String,
}

impl Score {
    /// Compares the clauses found in a sentence with the treebank.
    fn add(&mut self, tree: &Tree, read: &Read) {
        let place = |range: &Range<usize>| tree.trimmed(read.words_of(range));
        let at = |token: usize| read.words_of(&(token..token + 1)).end - 1;
        let subjects = read.clauses.subjects.iter();
        let found: HashSet<(usize, Range<usize>, usize)> =
            subjects.map(|(verb, whole, head)| (at(*verb), place(whole), at(*head))).collect();
        let wanted = tree.subjects();
        let short = |set: &HashSet<(usize, Range<usize>, usize)>| -> HashSet<(usize, Range<usize>)> {
            set.iter().map(|(verb, span, _)| (*verb, span.clone())).collect()
        };
        let heads = |set: &HashSet<(usize, Range<usize>, usize)>| -> HashSet<(usize, usize)> {
            set.iter().map(|(verb, _, head)| (*verb, *head)).collect()
        };
        let own = read.clauses.complements.iter().map(place);
        let mut content: HashSet<Range<usize>> = own.filter(|span| !tree.asks(span)).collect();
        content.extend(read.clauses.predicates.iter().map(place));
        let complements = tree.complements();
        count(&mut self.subjects, &short(&wanted), &short(&found));
        count(&mut self.heads, &heads(&wanted), &heads(&found));
        count(&mut self.complements, &complements, &content);
        self.note(tree, &short(&wanted), &short(&found), &complements, &content);
    }

    fn note(
        &mut self,
        tree: &Tree,
        wanted: &HashSet<(usize, Range<usize>)>,
        found: &HashSet<(usize, Range<usize>)>,
        complements: &HashSet<Range<usize>>,
        content: &HashSet<Range<usize>>,
    ) {
        if wanted == found && complements == content {
            return;
        }
        let _ = writeln!(self.mistakes, "{}", tree.words.join(" "));
        let verb = |(verb, span): &(usize, Range<usize>)| format!("{} <- {}", tree.words[*verb], tree.text(span));
        for (sign, set, other) in [("-", wanted, found), ("+", found, wanted)] {
            for one in set.difference(other) {
                let _ = writeln!(self.mistakes, "  {sign}S {}", verb(one));
            }
        }
        for (sign, set, other) in [("-", complements, content), ("+", content, complements)] {
            for one in set.difference(other) {
                let _ = writeln!(self.mistakes, "  {sign}C {}", tree.text(one));
            }
        }
    }
}

fn count<T: Eq + std::hash::Hash>(rate: &mut Tally, wanted: &HashSet<T>, found: &HashSet<T>) {
    rate.gold += wanted.len();
    rate.system += found.len();
    rate.right += wanted.intersection(found).count();
}

/// Scores a file. Prints the figures, then at most `mistakes` lines of mistakes.
///
/// # Errors
/// Returns an error if the file cannot be read or the figures cannot be written.
pub(super) fn score(out: &mut dyn Write, path: &Path, part: Option<&[usize]>, mistakes: usize) -> anyhow::Result<()> {
    let trees = Tree::load(path, part)?;
    let resources = Resources::bundled();
    let (mut score, mut learnt) = (Score::default(), Score::default());
    for tree in &trees {
        score.add(tree, &Read::annotated(tree));
        learnt.add(tree, &Read::learnt(tree, &resources));
    }
    writeln!(out, "{}: {} sentences", path.display(), trees.len())?;
    for (tags, score) in [("tags of the treebank", &score), ("learnt tags", &learnt)] {
        writeln!(out, "{tags}")?;
        for (name, rate) in
            [("subjects", &score.subjects), ("subject heads", &score.heads), ("complement clauses", &score.complements)]
        {
            writeln!(out, "  {name:<20} {rate}")?;
        }
    }
    for line in score.mistakes.lines().take(mistakes) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(rows: &[(&str, PennTag, usize, &str)]) -> Tree {
        let mut tree = Tree::default();
        for (word, tag, head, label) in rows {
            tree.words.push((*word).to_owned());
            tree.tags.push(*tag);
            tree.heads.push(*head);
            tree.labels.push((*label).to_owned());
        }
        tree
    }

    #[test]
    fn subjects_and_complements_are_those_of_the_tree() {
        let tree = tree(&[
            ("Officials", PennTag::Nns, 2, "nsubj"),
            ("said", PennTag::Vbd, 0, "root"),
            ("the", PennTag::Dt, 4, "det"),
            ("pier", PennTag::Nn, 6, "nsubj:pass"),
            ("was", PennTag::Vbd, 6, "aux:pass"),
            ("closed", PennTag::Vbn, 2, "ccomp"),
            (".", PennTag::Period, 2, "punct"),
        ]);
        assert_eq!(tree.subjects(), HashSet::from([(1, 0..1, 0), (4, 2..4, 3)]));
        assert_eq!(tree.complements().into_iter().collect::<Vec<_>>(), vec![Range { start: 2, end: 6 }]);
        let mut score = Score::default();
        score.add(&tree, &Read::annotated(&tree));
        assert_eq!((score.subjects.right, score.complements.right), (2, 1));
        let mut learnt = Score::default();
        learnt.add(&tree, &Read::learnt(&tree, &Resources::bundled()));
        assert_eq!(learnt.heads.right, 2);
    }
}
