//! Reads texts tagged with parts of speech. Each line contains a word, its Penn tag, its UPOS tag, its head and its
//! label. An empty line follows each sentence. A line with `-DOC-` and a name precedes each document.

use dateline_analysis::training::Document;
use dateline_analysis::training::pos::PennTag;
use dateline_core::article::{Article, Block, BlockKind};
use dateline_core::text::Span;
use std::fs;

/// A text whose words are tagged with parts of speech.
#[derive(Clone, Debug, Default)]
pub(crate) struct Annotated {
    /// Name of the document; empty if the file is not divided into documents.
    pub name: String,
    /// Text of the document, with one paragraph per sentence.
    pub article: Article,
    /// Words of the document, in order.
    words: Vec<Word>,
}

/// A word of a treebank.
#[derive(Clone, Copy, Debug)]
struct Word {
    span: Span,
    tag: PennTag,
    /// Whether the word modifies a noun, according to the label of its dependency.
    attribute: bool,
    /// Whether the head of the word lies outside the hyphenated word that contains it.
    outward: bool,
}

/// Part of speech that the treebank gives to a token of the analysis.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gold {
    /// Penn tag in the treebank.
    pub tag: PennTag,
    /// Whether the treebank has exactly the same token.
    pub exact: bool,
}

/// Number of sentences that form a document in a file that is not divided into documents.
const SENTENCES: usize = 12;

/// Reads all documents in a file.
pub(crate) fn read(path: &str) -> Result<Vec<Annotated>, String> {
    let file = fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    let divided = file.lines().any(|line| line.starts_with("-DOC-"));
    let mut documents: Vec<Annotated> = Vec::new();
    let mut rows: Vec<Vec<&str>> = Vec::new();
    for (number, line) in file.lines().chain([""]).enumerate() {
        let columns: Vec<&str> = line.split('\t').collect();
        if columns[0] == "-DOC-" {
            let name = columns.get(1).copied().unwrap_or_default().to_owned();
            documents.push(Annotated { name, ..Annotated::default() });
        } else if !line.trim().is_empty() {
            if columns.len() < 5 {
                return Err(format!("{path}: line {} has {} of five columns", number + 1, columns.len()));
            }
            rows.push(columns);
        } else if !rows.is_empty() {
            let full = documents.last().is_none_or(|last| !divided && last.article.blocks.len() >= SENTENCES);
            if full {
                documents.push(Annotated::default());
            }
            if let Some(document) = documents.last_mut() {
                document.push(&rows).map_err(|reason| format!("{path}: line {}: {reason}", number + 1))?;
            }
            rows.clear();
        }
    }
    Ok(documents)
}

impl Annotated {
    /// Appends a sentence, spaced like running text.
    fn push(&mut self, rows: &[Vec<&str>]) -> Result<(), String> {
        let text = &mut self.article.text;
        let start = text.len();
        let mut glue = true;
        for (index, row) in rows.iter().enumerate() {
            // Later treebanks add a few tags for typing errors and additions. They count as symbols here.
            let tag: PennTag = match row[1] {
                "GW" | "NFP" | "ADD" | "AFX" | "XX" => PennTag::Sym,
                "-LSB-" => PennTag::OpenBracket,
                "-RSB-" => PennTag::CloseBracket,
                "#" => PennTag::Currency,
                name => name.parse().map_err(|()| format!("no tag is called {name}"))?,
            };
            if !(glue || hugs_left(row[0], tag)) {
                text.push(' ');
            }
            let at = text.len();
            text.push_str(row[0]);
            let head: usize = row[3].parse().unwrap_or(0);
            self.words.push(Word {
                span: Span::new(at, text.len()),
                tag,
                attribute: row[4] == "amod",
                outward: head.abs_diff(index + 1) > 2,
            });
            glue = matches!(tag, PennTag::OpenQuote | PennTag::OpenBracket | PennTag::Currency | PennTag::Hyphen);
        }
        let span = Span::new(start, text.len());
        text.push('\n');
        self.article.blocks.push(Block::new(BlockKind::Paragraph, span));
        Ok(())
    }

    /// Returns a copy whose words are changed by `change`, which gets the number of the sentence, the word and its tag.
    /// Words that are not ASCII stay as they are.
    pub(crate) fn with_words(&self, mut change: impl FnMut(usize, &mut str, PennTag)) -> Self {
        let mut copy = self.clone();
        let mut sentence = 0;
        for word in &self.words {
            while copy.article.blocks.get(sentence).is_some_and(|block| block.span.end <= word.span.start) {
                sentence += 1;
            }
            let mut text = word.span.of(&self.article.text).to_owned();
            if text.is_ascii() {
                change(sentence, &mut text, word.tag);
                copy.article.text.replace_range(word.span.start..word.span.end, &text);
            }
        }
        copy
    }

    /// Returns the part of speech of each token in `document`, which must have been created from this article. Returns
    /// `None` for a token that the treebank divides differently, so that no tag fits.
    pub(crate) fn gold(&self, document: &Document<'_>) -> Vec<Option<Gold>> {
        document.tokens.iter().map(|token| self.gold_of(token.span)).collect()
    }

    fn gold_of(&self, span: Span) -> Option<Gold> {
        let first = self.words.partition_point(|word| word.span.end <= span.start);
        let end = self.words.partition_point(|word| word.span.start < span.end);
        let words = self.words.get(first..end)?;
        match words {
            [] => None,
            // One of our two tokens of "I'm": the tag of the whole word is wrong for one of them.
            [word] if word.span.covers(span) && word.span != span => None,
            [word] => Some(Gold { tag: word.tag, exact: word.span == span }),
            [opening, .., last] if words.iter().any(|word| word.tag == PennTag::Hyphen) => {
                let head = words.iter().rev().find(|word| word.outward).unwrap_or(last);
                let modifies = head.attribute
                    || head.tag == PennTag::Nn && matches!(opening.tag, PennTag::Jj | PennTag::Cd | PennTag::Rb);
                Some(Gold { tag: if modifies { PennTag::Jj } else { head.tag }, exact: false })
            }
            [word, ..] => Some(Gold { tag: word.tag, exact: false }),
        }
    }
}

/// Returns whether a token is written without a space before it.
fn hugs_left(word: &str, tag: PennTag) -> bool {
    matches!(
        tag,
        PennTag::Comma | PennTag::Period | PennTag::CloseQuote | PennTag::CloseBracket | PennTag::Hyphen | PennTag::Pos
    ) || matches!(word, ":" | ";" | "%" | "n't" | "n’t" | "...")
        || (word.starts_with(['\'', '’']) && word.len() <= 5 && word.chars().count() > 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_analysis::training::Resources;

    fn sentence(rows: &[&str]) -> Annotated {
        let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.split(' ').collect()).collect();
        let mut annotated = Annotated::default();
        annotated.push(&rows).unwrap();
        annotated
    }

    #[test]
    fn a_hyphenated_word_is_one_token_with_the_tag_of_its_use() {
        let annotated = sentence(&[
            "A DT DET 5 det",
            "long JJ ADJ 4 amod",
            "- HYPH PUNCT 4 punct",
            "term NN NOUN 5 compound",
            "plan NN NOUN 0 root",
            "failed VBD VERB 0 root",
            ". . PUNCT 5 punct",
        ]);
        assert_eq!(annotated.article.text, "A long-term plan failed.\n");
        let resources = Resources::bundled();
        let document = Document::new(&annotated.article, &resources);
        let gold: Vec<_> = annotated.gold(&document).into_iter().flatten().map(|gold| (gold.tag, gold.exact)).collect();
        let tags = [PennTag::Dt, PennTag::Jj, PennTag::Nn, PennTag::Vbd, PennTag::Period];
        assert_eq!(gold, tags.map(|tag| (tag, tag != PennTag::Jj)));
    }

    #[test]
    fn the_tag_of_a_word_is_not_that_of_its_parts() {
        let annotated = sentence(&["I'm PRP PRON 2 nsubj", "here RB ADV 0 root"]);
        let resources = Resources::bundled();
        let document = Document::new(&annotated.article, &resources);
        let gold: Vec<_> = annotated.gold(&document).into_iter().map(|gold| gold.map(|gold| gold.tag)).collect();
        assert_eq!(gold, [None, None, Some(PennTag::Rb)]);
    }

    #[test]
    fn marks_and_clitics_are_set_as_in_running_text() {
        let annotated = sentence(&[
            "\" `` PUNCT 3 punct",
            "It PRP PRON 3 nsubj",
            "'s VBZ AUX 0 root",
            "\" '' PUNCT 3 punct",
            "( -LRB- PUNCT 3 punct",
            "n't RB PART 3 advmod",
            ") -RRB- PUNCT 3 punct",
        ]);
        assert_eq!(annotated.article.text, "\"It's\" (n't)\n");
    }
}
