//! Comparison of the stories of a cluster: what each story adds to the earlier ones, and where the stories differ.

use dateline_analysis::{Claim, Difference, Novelty, Passage, Version, differences, novelty};
use dateline_core::Named;
use dateline_core::text::{CodePoints, Span, folded};
use dateline_export::{Column, Rows};
use dateline_library::{Cluster, Library, Member, Result, Stored};
use serde_json::{Value, json};

/// Stories of a cluster with their texts and annotations, in order of publication.
pub(super) struct Comparison<'a> {
    members: &'a [Member],
    stories: Vec<Stored>,
}

impl<'a> Comparison<'a> {
    /// Reads the stories of a cluster.
    ///
    /// # Errors
    /// Returns an error if a story cannot be read.
    pub(super) fn read(library: &Library, cluster: &'a Cluster) -> Result<Self> {
        let stories = cluster.members.iter().map(|member| library.article(member.row.id)).collect::<Result<_>>()?;
        Ok(Self { members: &cluster.members, stories })
    }

    fn versions(&self) -> Vec<Version<'_>> {
        self.stories.iter().map(|story| Version { article: &story.article, analysis: &story.analysis }).collect()
    }

    /// Returns what each story adds to the earlier ones.
    pub(super) fn novelties(&self) -> Vec<Novelty> {
        let versions = self.versions();
        (0..versions.len()).map(|at| novelty(&versions, at, &(0..at).collect::<Vec<_>>())).collect()
    }

    /// Returns the words of a passage on one line.
    fn words(&self, passage: Passage) -> String {
        folded(passage.span.of(&self.stories[passage.version].article.text))
    }

    /// Lists what the stories add: figures and events that are new, quotes heard before, speakers that another story is
    /// sure of, and the number of repeated sentences.
    pub(super) fn added(&self) -> Rows {
        let columns = [("outlet", 16), ("adds", 12), ("words", 60), ("from", 16)];
        let mut rows: Vec<Vec<Value>> = Vec::new();
        for (version, found) in self.novelties().iter().enumerate() {
            let words = |span: &Span| self.words(Passage { version, span: *span });
            let mut add = |adds: &str, words: String, from: Option<usize>| {
                let from = from.map(|from| &self.members[from].outlet);
                rows.push(vec![json!(self.members[version].outlet), json!(adds), json!(words), json!(from)]);
            };
            found.new.iter().for_each(|span| add("new", words(span), None));
            found.heard.iter().for_each(|(span, from)| add("heard before", words(span), Some(from.version)));
            for (span, from, quote) in &found.lent {
                let name = self.speaker(*from, *quote).unwrap_or_default();
                add("speaker", format!("{name}: {}", words(span)), Some(*from));
            }
            if !found.repeated.is_empty() {
                let all = self.stories[version].analysis.sentences.len();
                add("repeats", format!("{} of {all} sentences", found.repeated.len()), None);
            }
        }
        table(&columns, rows)
    }

    /// Lists the points on which the stories differ, with one row per claim and outlet.
    pub(super) fn differences(&self) -> Rows {
        let columns = [("differs", 8), ("about", 24), ("claim", 50), ("outlet", 16), ("published", 16), ("later", 5)];
        let mut rows = Vec::new();
        for Difference { aspect, about, claims } in differences(&self.versions()) {
            for Claim { text, passages, later } in claims {
                let mut versions: Vec<usize> = passages.iter().map(|passage| passage.version).collect();
                versions.dedup();
                for version in versions {
                    let row = &self.members[version].row;
                    let published = row.published.as_deref().map(|it| it.get(..16).unwrap_or(it).replace('T', " "));
                    let outlet = &self.members[version].outlet;
                    rows.push(vec![
                        json!(aspect.name()),
                        json!(about),
                        json!(text),
                        json!(outlet),
                        json!(published),
                        json!(later),
                    ]);
                }
            }
        }
        table(&columns, rows)
    }

    fn speaker(&self, version: usize, quote: usize) -> Option<&str> {
        self.stories[version].analysis.quotes.get(quote)?.speaker.as_ref().map(|speaker| speaker.name.as_str())
    }

    /// Returns a passage as JSON, with offsets in code points of the text of its story.
    fn passage(&self, passage: Passage) -> Value {
        let points = CodePoints::new(&self.stories[passage.version].article.text);
        json!({
            "id": self.members[passage.version].row.uid,
            "start": points.at(passage.span.start),
            "end": points.at(passage.span.end),
            "text": self.words(passage),
        })
    }

    /// Returns what a story adds as JSON.
    pub(super) fn added_json(&self, version: usize, found: &Novelty) -> Vec<(&'static str, Value)> {
        let own = |span: &Span| self.passage(Passage { version, span: *span });
        let pair = |key: &str, span: &Span, from: Value| {
            let mut value = own(span);
            value[key] = from;
            value
        };
        let from = |found: &[(Span, Passage)]| -> Value {
            found.iter().map(|(span, earlier)| pair("from", span, self.passage(*earlier))).collect()
        };
        let lent = found.lent.iter().map(|(span, from, quote)| {
            let id = &self.members[*from].row.uid;
            pair("speaker", span, json!({"id": id, "name": self.speaker(*from, *quote)}))
        });
        vec![
            ("new", found.new.iter().map(own).collect()),
            ("heard", from(&found.heard)),
            ("repeated", from(&found.repeated)),
            ("speakers", lent.collect()),
        ]
    }

    /// Returns the points on which the stories differ as JSON.
    pub(super) fn differences_json(&self) -> Vec<Value> {
        let claim = |claim: &Claim| {
            let passages: Vec<Value> = claim.passages.iter().map(|passage| self.passage(*passage)).collect();
            json!({"text": claim.text, "later": claim.later, "passages": passages})
        };
        let found = differences(&self.versions());
        let value = |it: &Difference| {
            let claims: Vec<Value> = it.claims.iter().map(claim).collect();
            json!({"differs": it.aspect.name(), "about": it.about, "claims": claims})
        };
        found.iter().map(value).collect()
    }
}

fn table(columns: &[(&'static str, usize)], rows: Vec<Vec<Value>>) -> Rows {
    Rows { columns: columns.iter().map(|(name, share)| Column { name, share: *share }).collect(), rows }
}
