//! Profiles of people, organisations and places: their quotes, the events they take part in, and every passage that
//! names them, from the whole library.

mod copies;
mod relation;
mod role;

use super::entity_queries::{SAME_NAMES, is_too_vague};
use super::{DatedEvent, EntitySummary, Library, Passage, Result, SpeakerQuote, StoryMention, Suggestion, index};
use crate::day_number::day_number;
use dateline_analysis::{Analysis, Entity, MentionKind, Quote};
use dateline_core::Named;
use dateline_core::article::Article;
use dateline_core::text::{Span, fold, folded};
use rusqlite::{Row, params};
use std::collections::{BTreeMap, HashSet};

/// Maximum number of suggestions to merge the name with others.
const MAX_SUGGESTIONS: usize = 9;

/// Maximum number of stories read to compile one profile.
const MAX_STORIES: usize = 400;

/// Everything that the library contains about one entity.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// The entity, with the number of stories that name or quote it.
    pub who: EntitySummary,
    /// Other kinds under which stories name the entity by the same spelling.
    pub other_kinds: Vec<String>,
    /// IDs and texts of the names that the user merged with the entity's name.
    pub same: Vec<(i64, String)>,
    /// Whether the profile is limited to one story because the name is too ambiguous to be searched in others.
    pub one_story: bool,
    /// Quotes of the entity with their words, latest first.
    pub said: Vec<(SpeakerQuote, String)>,
    /// Events in which the entity takes part, in chronological order.
    pub happened: Vec<DatedEvent>,
    /// Stories that name the entity, latest first. Each comes with the span of every mention and the sentence that
    /// contains it, in text order.
    pub named: Vec<(StoryMention, Vec<(Span, String)>)>,
    /// ID that one of the user's own lists gives to the entity.
    pub id: Option<String>,
    /// Roles in dated stories, in the order in which they were first seen. Each comes with the first and the last story
    /// that gives it, and the number of these stories.
    pub roles: Vec<(StoryMention, StoryMention, usize)>,
    /// Relations to other names, such as "Mara Odell, wife of Rufus Pell", latest first. Each comes with the sentence and
    /// its location.
    pub relations: Vec<(String, String, Passage)>,
    /// Quotes of others that name the entity, latest first. Each comes with its speaker, its words and its location.
    pub said_about: Vec<(String, String, Passage)>,
    /// Names in the entity's own quotes, most frequent first, each with the number of quotes.
    pub speaks_of: Vec<(String, usize)>,
    /// Names that may belong to the same entity.
    pub suggestions: Vec<Suggestion>,
    /// Quotes and events that versions of one happening share: the story and the span of each, and the number of the row
    /// that it shares with others.
    pub copies: Vec<(i64, Span, usize)>,
    /// Number of quotes and stories left out of the profile because the maximum number of stories had been read.
    pub left_out: usize,
}

impl Library {
    /// Returns the ID of a name of this kind; `None` if the library does not have the name.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub fn name_id(&self, kind: &str, name: &str) -> Result<Option<i64>> {
        let found = index::known_name(self.connection(), kind, &fold(&folded(name)));
        found.map_err(|error| self.with_path(error))
    }

    /// Returns the `limit` names mentioned in the most stories, most frequent first.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub(crate) fn frequent_names(&self, limit: usize) -> Result<Vec<EntitySummary>> {
        let sql = "SELECT n.id, n.kind, n.name, count(*) AS stories FROM mentions m JOIN names n ON n.id = m.name_id
            WHERE n.kind IN ('person', 'organization', 'place', 'group') GROUP BY n.id ORDER BY stories DESC, n.name LIMIT ?";
        let found: rusqlite::Result<Vec<EntitySummary>> = self
            .connection()
            .prepare_cached(sql)
            .and_then(|mut statement| statement.query_map([limit as i64], who)?.collect());
        self.without_twins(found.map_err(|error| self.with_path(error))?)
    }

    /// Returns the profile of a name. `seen_in` is the story in which the user selected the name, or 0. If the name is
    /// too ambiguous to be searched in other stories, only that story is searched.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub fn profile(&self, name: i64, seen_in: i64) -> Result<Profile> {
        self.snapshot(|| self.profile_now(name, seen_in))
    }

    fn profile_now(&self, name: i64, seen_in: i64) -> Result<Profile> {
        let mut said = self.quotes_by(name, seen_in)?;
        let mut named = self.stories_naming(name, seen_in)?;
        said.reverse();
        named.reverse();
        let stories: HashSet<i64> = said
            .iter()
            .map(|said| said.passage.article)
            .chain(named.iter().map(|named| named.passage.article))
            .collect();
        let who = self
            .connection()
            .query_row("SELECT id, kind, name, ? FROM names WHERE id = ?", params![stories.len() as i64, name], who)
            .map_err(|error| self.with_path(error))?;
        let one_story = is_too_vague(self.connection(), name).map_err(|error| self.with_path(error))?;
        let mut reading = StoryCache { library: self, known: BTreeMap::new() };
        let mut left_out = 0;
        let mut with_words = Vec::with_capacity(said.len());
        let mut spoken_of: BTreeMap<String, usize> = BTreeMap::new();
        for said in said {
            match reading.of(said.passage.article)? {
                Some((article, analysis)) => {
                    let words = folded(said.passage.span.of(&article.text));
                    let polarity = said.polarity_in(analysis);
                    count_named(analysis, &said, &mut spoken_of);
                    with_words.push((SpeakerQuote { polarity, ..said }, words));
                }
                None => left_out += 1,
            }
        }
        let (mut happened, mut mentioned) = (Vec::new(), Vec::new());
        let (mut relations, mut said_about, mut id) = (Vec::new(), Vec::new(), None);
        for named in named {
            let story = named.passage.article;
            let entities = self.entities_of(name, story)?;
            let Some((article, analysis)) = reading.of(story)? else {
                left_out += 1;
                continue;
            };
            let places = places(article, analysis, &entities);
            happened.extend(events(&named.passage, analysis, &entities, &places));
            relations.extend(relations_in(&named.passage, article, analysis, &entities));
            said_about.extend(quotes_about(&named.passage, article, analysis, &entities));
            id = id.or_else(|| entities.iter().find_map(|&index| analysis.entities.get(index)?.id.clone()));
            mentioned.push((named, places));
        }
        happened.sort_by_key(|one| (one.days, one.passage.day));
        let stories: Vec<i64> = reading.known.keys().copied().collect();
        let copies = copies::copies(self, &stories, &mut reading)?;
        let same = self.same_as(name)?;
        let other_kinds = self.other_kinds(name)?;
        Ok(Profile {
            suggestions: if one_story {
                Vec::new()
            } else {
                self.suggestions_now(Some(name), MAX_SUGGESTIONS).map_err(|error| self.with_path(error))?
            },
            roles: role::periods(mentioned.iter().map(|(story, _)| story)),
            speaks_of: most_frequent(spoken_of, &who.name),
            who,
            other_kinds,
            same,
            one_story,
            said: with_words,
            happened,
            named: mentioned,
            id,
            relations,
            said_about,
            copies,
            left_out,
        })
    }

    /// Returns the kinds of the twins of a name.
    fn other_kinds(&self, name: i64) -> Result<Vec<String>> {
        let sql = format!(
            "{SAME_NAMES} SELECT DISTINCT n.kind FROM names n JOIN names asked ON asked.id = ?1
             WHERE n.id IN same AND n.name = asked.name AND n.kind <> asked.kind ORDER BY n.kind"
        );
        let found: rusqlite::Result<Vec<String>> = self
            .connection()
            .prepare_cached(&sql)
            .and_then(|mut statement| statement.query_map([name], |row| row.get(0))?.collect());
        found.map_err(|error| self.with_path(error))
    }

    /// Returns the indices of the entities in a story that have the name or one merged with it.
    fn entities_of(&self, name: i64, story: i64) -> Result<Vec<usize>> {
        let sql = format!("{SAME_NAMES} SELECT entity FROM mentions WHERE article_id = ?2 AND name_id IN same");
        let found: rusqlite::Result<Vec<i64>> = self
            .connection()
            .prepare_cached(&sql)
            .and_then(|mut statement| statement.query_map([name, story], |row| row.get(0))?.collect());
        found
            .map(|found| found.into_iter().filter_map(|index| usize::try_from(index).ok()).collect())
            .map_err(|error| self.with_path(error))
    }
}

/// Bounded cache of stories, so that a story is usually read only once.
struct StoryCache<'a> {
    library: &'a Library,
    known: BTreeMap<i64, (Article, Analysis)>,
}

impl StoryCache<'_> {
    fn of(&mut self, story: i64) -> Result<Option<&(Article, Analysis)>> {
        if !self.known.contains_key(&story) {
            if self.known.len() >= MAX_STORIES {
                return Ok(None);
            }
            let stored = self.library.article(story)?;
            self.known.insert(story, (stored.article, stored.analysis));
        }
        Ok(self.known.get(&story))
    }
}

fn who(row: &Row<'_>) -> rusqlite::Result<EntitySummary> {
    Ok(EntitySummary { id: row.get(0)?, kind: row.get(1)?, name: row.get(2)?, stories: row.get::<_, i64>(3)? as usize })
}

/// Returns the spans in a story that name any of these entities, each with its sentence. Pronouns and descriptions such
/// as "the mayor" are left out.
fn places(article: &Article, analysis: &Analysis, entities: &[usize]) -> Vec<(Span, String)> {
    let entities = entities.iter().filter_map(|&index| analysis.entities.get(index));
    let mentions = entities.flat_map(|entity| &entity.mentions).filter(|mention| mention.kind == MentionKind::Name);
    let mut spans: Vec<Span> = mentions.map(|mention| mention.span).collect();
    spans.sort_unstable();
    let sentence = |span: Span| {
        let behind = analysis.sentences.partition_point(|sentence| sentence.start <= span.start);
        let around = behind.checked_sub(1).and_then(|at| analysis.sentences.get(at));
        around.filter(|sentence| sentence.end >= span.end).copied().unwrap_or(span)
    };
    spans.into_iter().map(|span| (span, folded(sentence(span).of(&article.text)))).collect()
}

/// Returns the dated events of a story in which any of these entities takes part.
fn events(
    passage: &Passage,
    analysis: &Analysis,
    entities: &[usize],
    places: &[(Span, String)],
) -> impl Iterator<Item = DatedEvent> {
    let named = move |clause: Span| places.iter().any(|(span, _)| clause.contains(span.start));
    analysis.events.iter().filter_map(move |event| {
        let (begin, end) = event.interval?;
        let part = event.entities.iter().any(|entity| entities.contains(entity)) || named(event.clause);
        part.then(|| DatedEvent {
            passage: Passage { span: event.clause, ..passage.clone() },
            days: (day_number(begin), day_number(end)),
            summary: event.summary.clone(),
            status: event.status.name().to_owned(),
        })
    })
}

/// Counts the names in a quote, except that of its speaker.
fn count_named(analysis: &Analysis, said: &SpeakerQuote, counts: &mut BTreeMap<String, usize>) {
    let speaker = analysis.quotes.get(said.quote).and_then(|quote| quote.speaker.as_ref()?.entity);
    for (index, entity) in analysis.entities.iter().enumerate().filter(|(index, _)| Some(*index) != speaker) {
        if is_named_in(entity, said.passage.span) {
            *counts.entry(analysis.entities[index].name.clone()).or_default() += 1;
        }
    }
}

/// Returns whether a span contains a mention of an entity by name.
fn is_named_in(entity: &Entity, span: Span) -> bool {
    let mut names = entity.mentions.iter().filter(|mention| mention.kind == MentionKind::Name);
    names.any(|mention| span.contains(mention.span.start))
}

/// Sorts counted names, most frequent first, and leaves out the entity itself.
fn most_frequent(counts: BTreeMap<String, usize>, own: &str) -> Vec<(String, usize)> {
    let mut names: Vec<(String, usize)> = counts.into_iter().filter(|(name, _)| name != own).collect();
    names.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    names
}

/// Returns the relations between these entities and others that a story states.
fn relations_in(
    passage: &Passage,
    article: &Article,
    analysis: &Analysis,
    entities: &[usize],
) -> Vec<(String, String, Passage)> {
    let found = relation::relations(&article.text, analysis, entities);
    let located =
        |(words, span): (String, Span)| (words, folded(span.of(&article.text)), Passage { span, ..passage.clone() });
    found.into_iter().map(located).collect()
}

/// Returns the quotes of a story in which others name these entities, each with its speaker.
fn quotes_about(
    passage: &Passage,
    article: &Article,
    analysis: &Analysis,
    entities: &[usize],
) -> Vec<(String, String, Passage)> {
    let named = |span: Span| {
        entities.iter().filter_map(|&index| analysis.entities.get(index)).any(|one| is_named_in(one, span))
    };
    let about = |quote: &Quote| {
        let speaker = quote.speaker.as_ref()?;
        let is_other = speaker.entity.is_none_or(|entity| !entities.contains(&entity));
        (is_other && named(quote.span)).then(|| {
            let words = folded(quote.span.of(&article.text));
            (speaker.name.clone(), words, Passage { span: quote.span, ..passage.clone() })
        })
    };
    analysis.quotes.iter().filter_map(about).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::library;
    use crate::{By, Direction};
    use dateline_analysis::Polarity;

    const MAX_STORIES: &[&str] = &[
        "Mara Odell, the harbour master, opened the quay on 3 May 2024. “We have mended the ramp,” said Mara Odell.",
        "“The ferry will run,” said Mara Odell, the harbour master, on 7 May 2024. Rufus Pell left.",
    ];

    #[test]
    fn a_dossier_holds_the_words_the_days_and_the_places() {
        let library = library(MAX_STORIES);
        let name = library.name_id("person", "Mara Odell").unwrap().unwrap();
        let profile = library.profile(name, 0).unwrap();
        let words: Vec<&str> = profile.said.iter().map(|(_, words)| words.trim_matches(['“', '”', ','])).collect();
        assert_eq!(words, ["The ferry will run", "We have mended the ramp"]);
        assert_eq!(profile.named.len(), 2);
        assert!(profile.named.iter().all(|(_, places)| places.iter().all(|(_, words)| words.contains("Odell"))));
        assert!(!profile.happened.is_empty());
        assert!(!profile.one_story);
    }

    #[test]
    fn a_profile_has_roles_with_days_relations_and_quotes_about_the_person() {
        let texts = [
            "Mara Odell, the finance minister, met Rufus Pell's wife, Ilka Ostrova, on 3 May 2024.",
            "“Mara Odell must go,” said Rufus Pell on 9 June 2024. Mara Odell, the foreign minister, left.",
            "“Rufus Pell is wrong,” said Mara Odell, the foreign minister, on 12 June 2024.",
        ];
        let library = library(&texts);
        let profile = |name: &str| library.profile(library.name_id("person", name).unwrap().unwrap(), 0).unwrap();
        let mara = profile("Mara Odell");
        let roles: Vec<(&str, usize)> =
            mara.roles.iter().map(|(first, _, count)| (first.role.as_deref().unwrap(), *count)).collect();
        assert_eq!(roles, [("the finance minister", 1), ("the foreign minister", 2)]);
        let days = mara.roles.iter().map(|(first, last, _)| last.passage.day.unwrap() - first.passage.day.unwrap());
        assert_eq!(days.collect::<Vec<_>>(), [0, 3]);
        let about: Vec<&str> = mara.said_about.iter().map(|(speaker, ..)| speaker.as_str()).collect();
        assert_eq!((about, mara.speaks_of), (vec!["Rufus Pell"], vec![("Rufus Pell".to_owned(), 1)]));
        let (relation, sentence, passage) = profile("Ilka Ostrova").relations.swap_remove(0);
        assert_eq!(relation, "Ilka Ostrova, wife of Rufus Pell");
        assert!(sentence.starts_with("Mara Odell") && passage.article == 1, "{sentence}");
    }

    #[test]
    fn what_was_denied_is_marked() {
        let texts = ["Mara Odell said that the ramp was mended. Mara Odell did not say that the quay was safe."];
        let library = library(&texts);
        let name = library.name_id("person", "Mara Odell").unwrap().unwrap();
        let profile = library.profile(name, 0).unwrap();
        let polarity = |words: &str| profile.said.iter().find(|said| said.1.contains(words)).unwrap().0.polarity;
        assert_eq!(polarity("the ramp was mended"), Polarity::Said);
        assert_eq!(polarity("the quay was safe"), Polarity::Denied);
        let related = library.related_quotes(name, 0, 9).unwrap();
        assert!(related.latest.iter().any(|(said, _)| said.polarity == Polarity::Denied));
    }

    #[test]
    fn a_merge_and_a_split_are_undone() {
        let mut library = library(MAX_STORIES);
        let mara = library.name_id("person", "Mara Odell").unwrap().unwrap();
        let pell = library.name_id("person", "Rufus Pell").unwrap().unwrap();
        library.merge_names(pell, mara).unwrap();
        assert_eq!(library.same_as(mara).unwrap(), [(pell, "Rufus Pell".to_owned())]);
        let last = |library: &Library, direction| library.last_change(direction, By::Session).unwrap().unwrap().id;
        let merge = last(&library, Direction::Undo);
        assert_eq!(library.replay(Direction::Undo, merge).unwrap().label, "merged “Rufus Pell” and “Mara Odell”");
        assert!(library.same_as(mara).unwrap().is_empty());
        library.replay(Direction::Redo, last(&library, Direction::Redo)).unwrap();
        library.split_name(mara, None).unwrap();
        assert!(library.same_as(pell).unwrap().is_empty());
        library.replay(Direction::Undo, last(&library, Direction::Undo)).unwrap();
        assert_eq!(library.same_as(pell).unwrap().len(), 1);
    }
}
