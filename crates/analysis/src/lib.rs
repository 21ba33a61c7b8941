//! Annotates an article: who said what, which people and places it names, and what happened when.
//!
//! The analysis is pure: it performs no I/O, reads no clock, and gives the same result for the same article. It knows
//! nothing about the article's original format. Every stage takes the [`Document`] and the annotations of the earlier
//! stages and returns spans. Each stage can be scored by itself.
//!
//! ```text
//! tokens, sentences ─ word classes ─┬─ names ─ entities ──────────────┐
//!                                   ├─ times ─────────────────────────┼─ events
//!                                   └─ quotation marks, cues, clauses ┴─ quotes ── figures
//! ```
//!
//! ```
//! use dateline_analysis::{Analyzer, Options};
//! use dateline_core::article::Article;
//!
//! let text = "“The bridge is safe,” said the engineer Mara Odell on 3 May 2024. She had inspected it twice.";
//! let article = Article::verbatim("bridge", text);
//! let analysis = Analyzer::bundled().analyze(&article, &Options::default());
//! let quote = &analysis.quotes[0];
//! assert_eq!(quote.span.of(text), "The bridge is safe,");
//! assert_eq!(quote.speaker.as_ref().map(|speaker| speaker.name.as_str()), Some("Mara Odell"));
//! assert_eq!(analysis.times[0].value, "2024-05-03");
//! ```

mod bytes;
pub(crate) mod clause;
pub mod correction;
mod distinct_words;
pub(crate) mod document;
pub(crate) mod entity;
pub(crate) mod event;
mod explain;
mod figure;
pub(crate) mod hash;
mod interval;
pub(crate) mod kind;
mod language;
pub(crate) mod lexicon;
mod logistic;
pub(crate) mod name;
mod own_names;
pub(crate) mod pos;
pub(crate) mod pronoun;
pub(crate) mod quote;
pub(crate) mod reference;
pub(crate) mod resources;
pub(crate) mod sentence;
mod steps;
pub(crate) mod syntax;
#[cfg(test)]
mod testing;
pub(crate) mod time;
pub(crate) mod token;
pub mod training;
pub(crate) mod unrelated_caption;
mod versions;
pub(crate) mod word_class;

pub use correction::Correction;
pub use entity::{Entity, Gender, Mention, MentionKind};
pub use event::{Event, Granularity, Status};
pub use explain::explain;
pub use figure::{Figure, FigureWords};
pub use kind::EntityKind;
pub use own_names::{OwnName, version_with};
pub use quote::{Polarity, Quote, QuoteKind, Speaker};
pub use reference::Reference;
pub use time::{Timex, TimexKind};
pub use versions::{Aspect, Claim, Difference, Novelty, Passage, Version, differences, novelty};

use dateline_core::article::Article;
use dateline_core::text::Span;
use document::Document;
use jiff::civil::Date;
use own_names::OwnNames;
use resources::Resources;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Version of the analysis results. `tests/gold/versions.tsv` holds a checksum of the results for each version.
///
/// The number changes whenever an article could be annotated differently. Results stored by an older version are then
/// recomputed.
pub const VERSION: u32 = 5;

/// All annotations of one article. Spans are byte offsets into the article's text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Analysis {
    /// Spans of the sentences, in order.
    pub sentences: Vec<Span>,
    /// Quotations, ordered by start.
    pub quotes: Vec<Quote>,
    /// Entities, ordered by first mention.
    pub entities: Vec<Entity>,
    /// Time expressions, in text order.
    pub times: Vec<Timex>,
    /// Events of the timeline, ordered by start date. Events without a start date come last.
    pub events: Vec<Event>,
    /// Indices of the caption blocks that belong to other stories.
    #[serde(rename = "stray")]
    pub unrelated_captions: Vec<usize>,
    /// Day from which relative times are counted, with its source.
    pub reference: Option<Reference>,
    /// English names, without duplicates, of the languages in which only quoted words were analysed.
    #[serde(default)]
    pub quotes_only: Vec<String>,
    /// Manual corrections by the user, already applied.
    pub corrections: Vec<Correction>,
    /// Numbers with what they count, in text order. Analyses stored by older versions have none.
    #[serde(default)]
    pub figures: Vec<Figure>,
    /// Checksum of the user's own names that the analysis used, which is added to [`VERSION`]. 0 without such names. It is
    /// not stored, because the version number contains it.
    #[serde(skip)]
    pub own_names: u32,
    /// Indices of the entities whose type is doubtful: the story names them once or twice, and each time with little
    /// evidence for their type. Not stored.
    #[serde(skip)]
    pub doubtful_types: Vec<usize>,
}

impl Analysis {
    /// Returns notes about what the analysis guessed or left out, one sentence each.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let languages = (!self.quotes_only.is_empty()).then(|| format!("quotes only: {}", self.quotes_only.join(", ")));
        // A date that is spelt out is doubtful only if the day and month could be swapped.
        let swapped = self.times.iter().filter(|time| !time.relative && time.is_doubtful()).count();
        let swapped = (swapped > 0).then(|| format!("guessed the order of day and month: {swapped}"));
        languages.into_iter().chain(swapped).collect()
    }
}

/// Information about an article from outside its text and metadata.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Reference date that overrides the article's own.
    pub reference: Option<Date>,
    /// Reference date for an article without a date.
    pub fallback: Option<Date>,
}

/// Article analyser. Clones are cheap, and many threads can share one instance.
#[derive(Clone, Debug)]
pub struct Analyzer {
    resources: Arc<Resources>,
    names: Arc<name::Model>,
    own_names: Arc<OwnNames>,
    speakers: Arc<quote::Model>,
    checksum: u32,
}

impl Analyzer {
    /// Creates an analyser with the bundled word lists and weights.
    #[must_use]
    pub fn bundled() -> Self {
        Self {
            resources: Arc::new(Resources::bundled()),
            names: Arc::new(name::Model::bundled()),
            own_names: Arc::new(OwnNames::default()),
            speakers: Arc::new(quote::Model::bundled()),
            checksum: 0,
        }
    }

    /// Makes the analyser find the user's own names. If two names share a spelling, it belongs to the first of them.
    #[must_use]
    pub fn with_names(self, names: &[OwnName]) -> Self {
        let index = OwnNames::new(names.to_vec(), self.resources.lexicon());
        Self { own_names: Arc::new(index), checksum: own_names::checksum(names), ..self }
    }

    /// Creates an analyser that skips one pass over the names, so that the gain of that pass can be measured.
    pub(crate) fn without(pass: name::postprocess::Pass) -> Self {
        Self { names: Arc::new(name::Model::bundled().without(pass)), ..Self::bundled() }
    }

    /// Annotates one article.
    #[must_use]
    pub fn analyze(&self, article: &Article, options: &Options) -> Analysis {
        self.analyze_in_stages(article, options, |_| ())
    }

    /// Annotates one article. `done` is called with the name of each stage when that stage ends, so that its speed can
    /// be measured.
    pub fn analyze_in_stages(
        &self,
        article: &Article,
        options: &Options,
        mut done: impl FnMut(&'static str),
    ) -> Analysis {
        let document = Document::new(article, &self.resources);
        done("tokens, sentences, classes");
        let mut names = name::find(&document, &self.names);
        let listed = self.own_names.mark(&document, &mut names);
        done("names");
        let times = time::UnresolvedTimes::new(&document);
        let reference = reference::find(&document, options, &times);
        done("reference");
        let times = times.resolve(reference.as_ref());
        done("times");
        let unrelated_captions = unrelated_caption::find(&document, &names, &times, reference.as_ref());
        done("unrelated captions");
        let mut entities = entity::find(&document, &names, &unrelated_captions);
        self.own_names.identify(document.text, &listed, &mut entities);
        done("entities");
        let quote::FoundQuotes { quotes, pronouns } = quote::find(&document, &entities, &self.speakers);
        pronoun::add_mentions(&mut entities, &pronouns);
        done("quotes");
        let finder = event::EventFinder::new(&document, &entities, &quotes, &times, reference.as_ref());
        let events = event::find(&finder, &unrelated_captions);
        done("events");
        let found = figure::Annotations { entities: &entities, times: &times, quotes: &quotes, events: &events };
        let figures = figure::find(&document, found);
        done("figures");
        let doubtful_types = entity::doubtful_types(&entities, &names);
        let sentences = document.sentences.iter().map(|sentence| sentence.span).collect();
        let quotes_only = self.resources.languages().names(&document.foreign);
        Analysis {
            sentences,
            quotes,
            entities,
            times,
            events,
            unrelated_captions,
            reference,
            quotes_only,
            corrections: Vec::new(),
            figures,
            own_names: self.checksum,
            doubtful_types,
        }
    }
}

impl Default for Analyzer {
    fn default() -> Self {
        Self::bundled()
    }
}
