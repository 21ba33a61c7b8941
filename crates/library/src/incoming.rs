//! An article to be stored in the library. Everything that does not depend on the library's contents is computed here,
//! on any thread, because the only writer should have little to do.

use super::Result;
use super::cluster::Signature;
use super::codec;
use super::document::{Keys, Unique};
use super::fts_token;
use super::identity;
use super::publication::Publication;
use super::search_field::SearchField;
use crate::day_number::day_number;
use dateline_analysis::{self as analysis, Analysis, EntityKind};
use dateline_core::Named;
use dateline_core::article::{Article, Datum};
use dateline_core::text::{Span, fold, folded};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Maximum length of an article's preview, in characters.
const PREVIEW: usize = 160;

/// Maximum length of a headline in lists, in characters.
const HEADLINE: usize = 300;

/// Analyser version stored with an article that has not been annotated yet, or whose annotations are to be redone.
pub(super) const UNANNOTATED: u32 = 0;

/// Source bytes of an article.
#[derive(Clone, Debug, Default)]
pub enum Raw {
    /// The source bytes are unknown.
    #[default]
    None,
    /// The source contains only this article.
    Own(Vec<u8>),
    /// The source contains several articles.
    Shared(Arc<SharedSource>),
}

/// Source bytes shared by several articles. Their hash is stored with them, because a feed of ten thousand items must
/// not be hashed ten thousand times.
#[derive(Clone, Debug)]
pub struct SharedSource {
    /// Source bytes, as they were read.
    pub bytes: Box<[u8]>,
    pub(super) hash: [u8; 32],
}

impl From<Vec<u8>> for SharedSource {
    fn from(bytes: Vec<u8>) -> Self {
        Self { hash: identity::sha256(&bytes), bytes: bytes.into_boxed_slice() }
    }
}

/// An article with its annotations and its source, before it is prepared for storage.
#[derive(Clone, Debug, Default)]
pub struct Incoming {
    /// The article to be stored.
    pub article: Article,
    /// Annotations of the article.
    pub analysis: Analysis,
    /// Whether the article is yet to be annotated, by [`Library::annotate`](super::Library::annotate). Until then, it can
    /// be listed, read and found by its words.
    pub unannotated: bool,
    /// Name of the file, feed or page from which the article was read.
    pub source: String,
    /// Name that distinguishes the article from others of the same source. It is empty if the source contains no
    /// others.
    pub item: String,
    /// Flags for the article's names that are unique in its document; `None` for an article that is not an item of a
    /// document.
    pub unique: Option<Unique>,
    /// Name of the input format.
    pub format: String,
    /// Source bytes of the article.
    pub raw: Raw,
    /// ID of the feed that contained the article.
    pub feed: Option<i64>,
}

/// An article prepared for storage, with everything that will be stored for it.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The article to be stored.
    pub article: Article,
    /// Name of the file, feed or page from which the article was read.
    pub source: String,
    pub(super) format: String,
    pub(super) feed: Option<i64>,
    pub(super) text_hash: [u8; 32],
    pub(super) keys: Keys,
    pub(super) packed_article: Vec<u8>,
    pub(super) packed_raw: Option<Vec<u8>>,
    pub(super) shared: Option<Arc<SharedSource>>,
    pub(super) columns: Columns,
    pub(super) derived: Derived,
}

/// Columns of an article that are shown in lists.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    pub headline: String,
    pub preview: String,
    pub words: i64,
    pub publication: Publication,
}

/// Rows and search text derived from the annotations of an article.
#[derive(Clone, Debug)]
pub(super) struct Derived {
    pub packed: Vec<u8>,
    pub analyser: u32,
    pub names: Vec<Name>,
    pub quotes: Vec<Quote>,
    pub events: Vec<Event>,
    /// Words of the article; `None` if the indices have them already.
    pub words: Option<WordTerms>,
    pub found: AnnotationTerms,
    /// What the story is compared by; `None` until it is annotated, because only then its day is known.
    pub signature: Option<Signature>,
    /// Indices of the names whose type is doubtful. They are not stored.
    pub doubtful_types: Vec<usize>,
}

/// Words of an article for the full-text indices of texts, by field.
#[derive(Clone, Debug)]
pub(super) struct WordTerms {
    pub headline: String,
    pub body: String,
}

/// Words of an article's annotations for the full-text indices of annotations, by field.
#[derive(Clone, Debug)]
pub(super) struct AnnotationTerms {
    pub quoted: String,
    pub names: String,
}

/// A name that occurs in an article.
#[derive(Clone, Debug)]
#[allow(clippy::struct_field_names, reason = "a name has a name")]
pub(super) struct Name {
    pub kind: &'static str,
    pub name: String,
    /// Folded full name.
    pub folded: String,
    /// Folded aliases, each of them once.
    pub aliases: Vec<String>,
    /// For a name of an entity: index of the entity, number of its mentions, byte offset of the first mention, and
    /// role. `None` for a speaker who is not an entity.
    pub mention: Option<(usize, usize, usize, Option<String>)>,
}

/// Row of the quotes table.
#[derive(Clone, Debug)]
pub(crate) struct Quote {
    pub span: Span,
    pub kind: &'static str,
    /// Index of the speaker among the names of the article.
    pub speaker: Option<usize>,
    pub confidence: f32,
}

/// Row of the events table.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub days: Option<(i64, i64)>,
    pub granularity: &'static str,
    pub status: &'static str,
    pub news: bool,
    pub sentence: Span,
    pub summary: String,
}

impl Incoming {
    /// Wraps an article whose source contains no other article.
    #[must_use]
    pub fn new(article: Article, analysis: Analysis, source: &str) -> Self {
        Self { article, analysis, source: source.to_owned(), ..Self::default() }
    }

    /// Returns the identities by which the library recognises the article.
    pub(super) fn keys(&self) -> Keys {
        match self.unique {
            Some(unique) => Keys::of_item(&self.source, &self.item, &self.article, unique),
            None => Keys::of_page(&self.source, &self.item, &self.article),
        }
    }

    /// Computes everything that will be stored for the article.
    ///
    /// # Errors
    /// Returns an error if the article is too long to be packed.
    pub fn prepare(self) -> Result<Prepared> {
        let keys = self.keys();
        let article = self.article;
        let text_hash = identity::text_hash(&article.text);
        let (packed_raw, shared) = match self.raw {
            Raw::None => (None, None),
            Raw::Own(bytes) => (Some(codec::pack_with_text(&bytes, &article.text)?), None),
            Raw::Shared(bytes) => (None, Some(bytes)),
        };
        let mut derived = Derived::with_words(&article, &self.analysis)?;
        if self.unannotated {
            derived.analyser = UNANNOTATED;
        } else {
            derived.signature = Some(Signature::of(&article, &self.analysis));
        }
        Ok(Prepared {
            keys,
            text_hash,
            packed_article: codec::pack(&article, "article")?,
            packed_raw,
            shared,
            columns: Columns::new(&article, &self.analysis),
            derived,
            source: self.source,
            format: self.format,
            feed: self.feed,
            article,
        })
    }
}

impl Prepared {
    /// Returns about how many bytes the article takes in memory.
    pub(super) fn size(&self) -> usize {
        let raw = self.packed_raw.as_ref().map_or(0, Vec::len);
        let blocks = size_of_val(self.article.blocks.as_slice());
        self.article.text.len() + blocks + self.packed_article.len() + raw + self.derived.size()
    }
}

impl Columns {
    pub(crate) fn new(article: &Article, analysis: &Analysis) -> Self {
        let body = article.text.get(article.body..).unwrap_or_default();
        let first = match &article.standfirst {
            Some(standfirst) => standfirst.value.as_str(),
            None => body.trim_start(),
        };
        Self {
            headline: head(article.title(), HEADLINE),
            preview: head(first, PREVIEW),
            words: body.split_whitespace().count() as i64,
            publication: Publication::of(article, analysis),
        }
    }
}

/// Returns the beginning of a text on one line, truncated at a word boundary if possible. `most` is the maximum length
/// in characters.
fn head(words: &str, most: usize) -> String {
    let window: String = words.chars().take(most * 2).collect();
    let line = folded(&window);
    let Some((cut, _)) = line.char_indices().nth(most) else { return line };
    let kept = line.get(..cut).unwrap_or_default();
    let at_word = kept.rfind(' ').filter(|&at| at > cut / 2).unwrap_or(cut);
    format!("{}…", kept.get(..at_word).unwrap_or(kept))
}

impl Derived {
    /// Derives the rows and the search text of an article that is not in the full-text indices yet.
    pub(crate) fn with_words(article: &Article, analysis: &Analysis) -> Result<Self> {
        Ok(Self { words: Some(WordTerms::new(article)), ..Self::of_annotations(article, analysis)? })
    }

    /// Derives the rows and the search text of annotations, without the words of the article itself.
    pub(crate) fn of_annotations(article: &Article, analysis: &Analysis) -> Result<Self> {
        let mut names: Vec<Name> = analysis
            .entities
            .iter()
            .enumerate()
            .map(|(index, entity)| Name::of_entity(article, index, entity))
            .collect();
        let entities = names.len();
        let quotes: Vec<Quote> = analysis
            .quotes
            .iter()
            .map(|quote| Quote {
                span: quote.span,
                kind: quote.kind.name(),
                speaker: quote.speaker.as_ref().map(|speaker| speaker_index(&mut names, entities, speaker)),
                confidence: quote.confidence,
            })
            .collect();
        let events = analysis.events.iter().map(Event::new).collect();
        Ok(Self {
            packed: codec::pack_annotations(analysis, &article.text)?,
            analyser: analysis::VERSION + analysis.own_names,
            words: None,
            found: AnnotationTerms::new(article, analysis),
            names,
            quotes,
            events,
            signature: None,
            doubtful_types: analysis.doubtful_types.clone(),
        })
    }
}

impl Derived {
    /// Returns about how many bytes this takes in memory.
    pub(super) fn size(&self) -> usize {
        let words = self.words.as_ref().map_or(0, |words| words.headline.len() + words.body.len());
        let found = self.found.quoted.len() + self.found.names.len();
        // A name has two short texts beside its row, and an event has one.
        let rows = self.names.len() * 2 * size_of::<Name>() + self.events.len() * 2 * size_of::<Event>();
        self.packed.len() + words + found + rows + self.quotes.len() * size_of::<Quote>()
    }
}

/// Returns the index of a speaker among the names. A speaker who is not an entity is added to the names.
fn speaker_index(names: &mut Vec<Name>, entities: usize, speaker: &analysis::Speaker) -> usize {
    if let Some(entity) = speaker.entity.filter(|&entity| entity < entities) {
        return entity;
    }
    let key = fold(&folded(&speaker.name));
    let known = names.iter().skip(entities).position(|name| name.folded == key);
    known.map_or_else(
        || {
            names.push(Name {
                kind: "speaker",
                name: folded(&speaker.name),
                aliases: Vec::new(),
                folded: key,
                mention: None,
            });
            names.len() - 1
        },
        |at| at + entities,
    )
}

impl Name {
    fn of_entity(article: &Article, index: usize, entity: &analysis::Entity) -> Self {
        let key = fold(&folded(&entity.name));
        let aliases: BTreeSet<String> = entity.aliases.iter().map(|alias| fold(&folded(alias))).collect();
        let first = entity.mentions.first().map_or(entity.canonical.start, |mention| mention.span.start);
        let role = entity.role.map(|role| folded(role.of(&article.text))).filter(|role| !role.is_empty());
        Self {
            kind: entity.kind.name(),
            name: entity.name.clone(),
            folded: key,
            aliases: aliases.into_iter().collect(),
            mention: Some((index, entity.mentions.len(), first, role)),
        }
    }
}

/// Returns the search forms of a name: the whole name, and each of its suffixes that begins at the start of a word.
pub(super) fn forms(folded: &str) -> impl Iterator<Item = &str> {
    let starts = folded.match_indices(' ').map(|(at, _)| at + 1);
    std::iter::once(0).chain(starts).take(6).filter_map(|at| folded.get(at..))
}

impl WordTerms {
    fn new(article: &Article) -> Self {
        let headline = fts_token::indexed(&head(article.title(), HEADLINE));
        let body = fts_token::indexed(&body(article));
        Self { headline, body }
    }

    /// Returns the entry of the index `terms`. It is longer than the words themselves, so it is not kept.
    pub(super) fn terms(&self) -> String {
        fts_token::index(&self.headline, &self.body)
    }
}

impl AnnotationTerms {
    fn new(article: &Article, analysis: &Analysis) -> Self {
        let quoted = fts_token::indexed(&quoted(article, analysis));
        let entities = analysis.entities.iter().filter_map(|entity| Some((field(entity.kind)?, entity)));
        let entities = entities.flat_map(|(place, entity)| spellings(entity).map(move |name| (place, name)));
        let speakers = analysis.quotes.iter().filter_map(|quote| quote.speaker.as_ref()).flat_map(|speaker| {
            let entity = speaker.entity.and_then(|entity| analysis.entities.get(entity));
            let alone = entity.is_none().then_some(speaker.name.as_str());
            entity.into_iter().flat_map(spellings).chain(alone).map(|name| (SearchField::Speaker, name))
        });
        let counted = analysis.figures.iter().map(|figure| (SearchField::Figure, figure.counted.as_str()));
        let names = fts_token::all_named(entities.chain(speakers).chain(counted));
        Self { quoted, names }
    }

    /// Returns the entry of the index `annotation_terms`.
    pub(super) fn terms(&self) -> String {
        fts_token::quote_index(&self.quoted)
    }
}

/// Returns the query field that finds entities of a kind, if there is one.
const fn field(kind: EntityKind) -> Option<SearchField> {
    match kind {
        EntityKind::Person => Some(SearchField::Person),
        EntityKind::Organization => Some(SearchField::Organization),
        EntityKind::Place => Some(SearchField::Location),
        _ => None,
    }
}

/// Returns the name and aliases of an entity.
fn spellings(entity: &analysis::Entity) -> impl Iterator<Item = &str> {
    std::iter::once(&entity.name).chain(&entity.aliases).map(String::as_str)
}

impl Event {
    fn new(event: &analysis::Event) -> Self {
        Self {
            days: event.interval.map(|(begin, end)| (day_number(begin), day_number(end))),
            granularity: event.granularity.name(),
            status: event.status.name(),
            news: event.news,
            sentence: event.sentence,
            summary: event.summary.clone(),
        }
    }
}

/// Returns the text without its headline, which is indexed separately.
fn body(article: &Article) -> String {
    let headline = article.headline.as_ref().and_then(|Datum { span, .. }| *span);
    match headline {
        Some(span) if span.end <= article.body => {
            let before = article.text.get(..span.start).unwrap_or_default();
            format!("{before}{}", article.text.get(span.end..).unwrap_or_default())
        }
        _ => article.text.clone(),
    }
}

/// Returns all quoted words of an article, including those of indirect quotes.
fn quoted(article: &Article, analysis: &Analysis) -> String {
    let mut out = String::new();
    for quote in &analysis.quotes {
        out.push_str(quote.span.of(&article.text));
        out.push('\n');
    }
    out
}
