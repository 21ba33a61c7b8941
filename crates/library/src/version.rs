//! Earlier versions of an article, and the differences between two versions.

use super::{Error, Library, Result, codec};
use dateline_core::article::Article;
use rusqlite::OptionalExtension;

/// An older text of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    /// ID of the older text in this library.
    pub id: i64,
    /// Time when the text was added, in Unix seconds.
    pub added: i64,
    /// Time when the text was replaced by the next one, in Unix seconds.
    pub replaced: i64,
}

/// A paragraph, as classified by comparing two versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// The paragraph is in both versions.
    Same(String),
    /// The paragraph is only in the older text.
    Gone(String),
    /// The paragraph is only in the newer text.
    New(String),
}

/// Maximum number of changed paragraphs per text that are aligned one by one. If there are more, all of them count as
/// replaced.
const MAX_PARAGRAPHS: usize = 2000;

/// Compares two versions by paragraph. Returns the paragraphs of both, in order.
#[must_use]
pub fn differences(old: &Article, new: &Article) -> Vec<Difference> {
    let (old, new) = (paragraphs(old), paragraphs(new));
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (left, right) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
    let same = |words: &&str| Difference::Same((*words).to_owned());
    let mut out: Vec<Difference> = old[..head].iter().map(same).collect();
    if left.len() * right.len() > MAX_PARAGRAPHS * MAX_PARAGRAPHS {
        out.extend(left.iter().map(|words| Difference::Gone((*words).to_owned())));
        out.extend(right.iter().map(|words| Difference::New((*words).to_owned())));
    } else {
        out.extend(aligned(left, right));
    }
    out.extend(old[old.len() - tail..].iter().map(same));
    out
}

fn paragraphs(article: &Article) -> Vec<&str> {
    article.blocks.iter().map(|block| block.span.of(&article.text)).collect()
}

/// Aligns two lists of paragraphs along their longest common subsequence.
fn aligned(left: &[&str], right: &[&str]) -> Vec<Difference> {
    let width = right.len() + 1;
    let mut lengths = vec![0_u32; (left.len() + 1) * width];
    for (i, a) in left.iter().enumerate().rev() {
        for (j, b) in right.iter().enumerate().rev() {
            lengths[i * width + j] = if a == b {
                lengths[(i + 1) * width + j + 1] + 1
            } else {
                lengths[(i + 1) * width + j].max(lengths[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut out = Vec::new();
    while i < left.len() || j < right.len() {
        if i < left.len() && j < right.len() && left[i] == right[j] {
            out.push(Difference::Same(left[i].to_owned()));
            (i, j) = (i + 1, j + 1);
        } else if j == right.len() || (i < left.len() && lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]) {
            out.push(Difference::Gone(left[i].to_owned()));
            i += 1;
        } else {
            out.push(Difference::New(right[j].to_owned()));
            j += 1;
        }
    }
    out
}

impl Library {
    /// Returns the earlier versions of an article, oldest first.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub fn versions(&self, article: i64) -> Result<Vec<Version>> {
        let sql = "SELECT id, added, replaced FROM versions WHERE article_id = ? ORDER BY id";
        let versions = self.connection.prepare_cached(sql).and_then(|mut statement| {
            let read =
                |row: &rusqlite::Row<'_>| Ok(Version { id: row.get(0)?, added: row.get(1)?, replaced: row.get(2)? });
            statement.query_map([article], read)?.collect()
        });
        versions.map_err(|error| self.with_path(error))
    }

    /// Returns the text of an earlier version of an article.
    ///
    /// # Errors
    /// Returns an error if the version does not exist or cannot be unpacked.
    pub fn version(&self, id: i64) -> Result<Article> {
        let packed: Option<Vec<u8>> = self
            .connection
            .query_row("SELECT article FROM versions WHERE id = ?", [id], |row| row.get(0))
            .optional()
            .map_err(|error| self.with_path(error))?;
        codec::unpack_article(&packed.ok_or(Error::NoArticle)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn removed_and_new_paragraphs_appear_between_unchanged_ones() {
        let old = Article::verbatim("a", "One.\n\nTwo.\n\nThree.");
        let new = Article::verbatim("a", "One.\n\nTwo and a half.\n\nThree.\n\nFour.");
        let words: Vec<String> = differences(&old, &new)
            .into_iter()
            .map(|difference| match difference {
                Difference::Same(words) => words,
                Difference::Gone(words) => format!("-{words}"),
                Difference::New(words) => format!("+{words}"),
            })
            .collect();
        assert_eq!(words, ["One.", "-Two.", "+Two and a half.", "Three.", "+Four."]);
    }
}
