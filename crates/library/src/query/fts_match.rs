//! Queries of the full-text indices, in FTS5 syntax.

/// A full-text index of the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FtsIndex {
    /// Words of headlines and texts, and the prefixes of those words, without positions.
    Terms,
    /// Words of headlines and texts, with their positions.
    Search,
    /// Words of quotes, and the prefixes of those words, without positions.
    AnnotationTerms,
    /// Words of quotes and names, with their positions.
    AnnotationSearch,
}

impl FtsIndex {
    /// All full-text indices, the fastest of each kind first.
    pub(super) const ALL: [Self; 4] = [Self::Terms, Self::Search, Self::AnnotationTerms, Self::AnnotationSearch];

    /// Returns an SQL statement that selects the stories that match a query, which is its parameter `?1`.
    ///
    /// Stories that were indexed by older programs have the words of their annotations in the indices of texts. Those
    /// are read only if there are such stories, because that can take as long as searching all texts.
    pub(crate) const fn sql(self) -> &'static str {
        match self {
            Self::Terms => "SELECT rowid FROM terms WHERE terms MATCH ?1",
            Self::Search => "SELECT rowid FROM search WHERE search MATCH ?1",
            Self::AnnotationTerms => {
                "SELECT rowid FROM annotation_terms WHERE annotation_terms MATCH ?1 UNION ALL
                 SELECT terms.rowid FROM (SELECT 1 FROM articles WHERE indexed_apart = 0 LIMIT 1) CROSS JOIN terms
                 WHERE terms MATCH ?1"
            }
            Self::AnnotationSearch => {
                "SELECT rowid FROM annotation_search WHERE annotation_search MATCH ?1 UNION ALL
                 SELECT search.rowid FROM (SELECT 1 FROM articles WHERE indexed_apart = 0 LIMIT 1) CROSS JOIN search
                 WHERE search MATCH ?1"
            }
        }
    }
}

/// A query of a full-text index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FtsMatch {
    /// The queried index.
    pub index: FtsIndex,
    /// Query text in FTS5 syntax.
    pub words: String,
}

/// A part of a query that the full-text indices can answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FtsClause {
    /// Query of whichever index answers this part fastest.
    pub quick: FtsMatch,
    /// Equivalent query on the index `search`, which stores the positions of words and can rank stories.
    pub ranked: String,
}
