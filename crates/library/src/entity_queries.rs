//! People, organisations and places across stories: who they are, everything they said, every story that names them,
//! and one timeline of the events in the stories found by a query.
//!
//! Entities from different stories are identified cautiously. Those of the same kind and full name are the same. A
//! one-word name ("Odell") identifies a person only within a story. Names merged by the user stay merged until split.
//! If a story gives a person a role that shares no word with the roles in other stories, the result is marked as
//! doubtful because the person may be a namesake.

use super::{Library, Result};
use dateline_analysis::{Analysis, Polarity};
use dateline_core::text::{Span, fold};
use rusqlite::{Connection, Row, params};
use std::collections::HashSet;

/// A person, organisation or other entity that occurs in stories.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntitySummary {
    /// ID of the entity's name in this library.
    pub id: i64,
    /// Kind of entity: person, organization, place, group, work or other. People who are only quoted are of the kind
    /// speaker.
    pub kind: String,
    /// Full name of the entity.
    pub name: String,
    /// Number of stories that name or quote the entity.
    pub stories: usize,
}

/// Location of a passage: a story and a span in its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// ID of the story.
    pub article: i64,
    /// Headline of the story.
    pub headline: String,
    /// Publisher of the story.
    pub publisher: Option<String>,
    /// Publication day of the story, in days since 1970-01-01; `None` if the story is undated.
    pub day: Option<i64>,
    /// Whether the publication day was inferred from the text of the story.
    pub inferred: bool,
    /// Span of the passage in the text of the story, in bytes.
    pub span: Span,
}

/// A quote attributed to a certain speaker.
#[derive(Clone, Debug, PartialEq)]
pub struct SpeakerQuote {
    /// Location of the quoted words.
    pub passage: Passage,
    /// Index of the quote in the annotations of its story.
    pub quote: usize,
    /// Kind of quote: direct, mixed or indirect.
    pub kind: String,
    /// Confidence that the quote and its speaker are correct, from 0 to 1.
    pub confidence: f64,
    /// Role that the story gives to the speaker, such as "mayor".
    pub role: Option<String>,
    /// Whether the speaker may be a namesake, because the roles given in other stories share no words with this one.
    pub doubtful: bool,
    /// Whether the speaker said the quoted words, denied them, or did neither (as in "if she said"). This is
    /// [`Polarity::Said`] until the annotations of the story have been loaded.
    pub polarity: Polarity,
}

impl SpeakerQuote {
    /// Looks up the polarity of the quote in the annotations of its story.
    pub(crate) fn polarity_in(&self, analysis: &Analysis) -> Polarity {
        analysis.quotes.get(self.quote).map_or(Polarity::Said, |quote| quote.polarity)
    }
}

/// A story that names a certain entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoryMention {
    /// Location of the first mention, with an empty span.
    pub passage: Passage,
    /// Number of times that the story mentions the entity.
    pub count: usize,
    /// Role that the story gives to the entity, such as "mayor".
    pub role: Option<String>,
    /// Whether the entity may be a namesake, because the roles given in other stories share no words with this one.
    pub doubtful: bool,
}

/// An event reported in a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatedEvent {
    /// Location of the sentence that reports the event.
    pub passage: Passage,
    /// First and last day of the event, in days since 1970-01-01.
    pub days: (i64, i64),
    /// One-line summary of the event.
    pub summary: String,
    /// Status of the event: past, scheduled, habitual or hypothetical.
    pub status: String,
}

/// SQL columns of a story for [`passage`], from the table `articles` with the alias `a`. The columns of the span must
/// follow them.
pub(super) const STORY: &str = "a.id, a.headline, a.publisher, CASE WHEN a.published IS NOT NULL THEN a.day END, \
    a.published_source IS 'inferred'";

/// SQL sort key for stories, earliest first. Undated stories precede all others, in the order in which they were added,
/// so that the reverse order lists them last.
const BY_AGE: &str = "a.published IS NOT NULL, a.day, a.id";

/// SQL common table expression `same`, which contains the name `?1`, all names merged with it, and their twins: names
/// of another kind with the same spelling, unless the user has split them off. One story calls “Osaka” a place. Another
/// means the city's team or council, and calls it an organization. The user expects one page for both. People have no
/// twins, because a person may have the same name as a place. The joins are cross joins because SQLite scans all forms
/// if it may choose the order.
pub(super) const SAME_NAMES: &str = "WITH root(id) AS (
        SELECT coalesce((SELECT other_id FROM aliases WHERE name_id = ?1 AND same = 1), ?1)
    ), merged(id) AS (
        SELECT id FROM root UNION SELECT name_id FROM aliases WHERE same = 1 AND other_id = (SELECT id FROM root)
    ), same(id) AS (
        SELECT id FROM merged UNION SELECT twin.id FROM merged m CROSS JOIN names n ON n.id = m.id
            CROSS JOIN forms f ON f.form = folded(n.name) AND f.part = 0 CROSS JOIN names twin ON twin.id = f.name_id
        WHERE n.kind NOT IN ('person', 'speaker') AND twin.kind NOT IN ('person', 'speaker') AND NOT EXISTS (
            SELECT 1 FROM aliases WHERE same = 0 AND (name_id, other_id) IN ((n.id, twin.id), (twin.id, n.id)))
    )";

impl Library {
    /// Returns at most `limit` names that contain these words, most frequent first. The last word may be a prefix.
    /// Empty `words` match every name.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub fn find_entities(&self, words: &str, limit: usize) -> Result<Vec<EntitySummary>> {
        if words.is_empty() {
            return self.frequent_names(limit);
        }
        let folded = fold(&dateline_core::text::folded(words));
        let end = format!("{folded}{}", char::MAX);
        let sql = "SELECT n.id, n.kind, n.name, (SELECT count(*) FROM (
                SELECT article_id FROM mentions WHERE name_id = n.id UNION SELECT article_id FROM quotes WHERE speaker = n.id
            )) AS stories
            FROM names n WHERE n.id IN (SELECT name_id FROM forms WHERE form >= ?1 AND form < ?2 LIMIT 500)
            AND stories > 0 ORDER BY stories DESC, n.name LIMIT ?3";
        let who = |row: &Row<'_>| {
            Ok(EntitySummary {
                id: row.get(0)?,
                kind: row.get(1)?,
                name: row.get(2)?,
                stories: row.get::<_, i64>(3)? as usize,
            })
        };
        let found: rusqlite::Result<Vec<EntitySummary>> = self
            .connection()
            .prepare_cached(sql)
            .and_then(|mut statement| statement.query_map(params![folded, end, limit as i64], who)?.collect());
        self.without_twins(found.map_err(|error| self.with_path(error))?)
    }

    /// Leaves out each name whose twin precedes it in the list, and counts the stories of both for the first. In a list
    /// sorted by frequency, each name is then shown under its usual kind.
    pub(super) fn without_twins(&self, names: Vec<EntitySummary>) -> Result<Vec<EntitySummary>> {
        let mut kept: Vec<EntitySummary> = Vec::with_capacity(names.len());
        for name in names {
            let is_twin = |other: &&mut EntitySummary| other.name == name.name && other.kind != name.kind;
            match kept.iter_mut().find(is_twin) {
                Some(twin) if self.same_names(twin.id)?.contains(&name.id) => {
                    twin.stories = self.stories_of(twin.id, 0)?.len();
                }
                _ => kept.push(name),
            }
        }
        Ok(kept)
    }

    /// Returns the IDs of a name, of the names merged with it, and of their twins.
    fn same_names(&self, name: i64) -> Result<Vec<i64>> {
        let found: rusqlite::Result<Vec<i64>> = self
            .connection()
            .prepare_cached(&format!("{SAME_NAMES} SELECT id FROM same"))
            .and_then(|mut statement| statement.query_map([name], |row| row.get(0))?.collect());
        found.map_err(|error| self.with_path(error))
    }

    /// Returns every quote of a speaker, earliest story first. `seen_in` is the story in which the user selected the
    /// name. If the name is a single word, only that story is searched.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub(crate) fn quotes_by(&self, name: i64, seen_in: i64) -> Result<Vec<SpeakerQuote>> {
        let sql = format!(
            "{SAME_NAMES} SELECT {STORY}, q.start, q.end, q.seq, q.kind, q.confidence,
                (SELECT role FROM mentions m WHERE m.article_id = a.id AND m.name_id = q.speaker)
             FROM quotes q JOIN articles a ON a.id = q.article_id
             WHERE q.speaker IN same AND a.binned_at IS NULL AND (?2 = 0 OR a.id = ?2) ORDER BY {BY_AGE}, q.seq"
        );
        let said = |row: &Row<'_>| {
            Ok(SpeakerQuote {
                passage: passage(row)?,
                quote: row.get::<_, i64>(7)? as usize,
                kind: row.get(8)?,
                confidence: row.get(9)?,
                role: row.get(10)?,
                doubtful: false,
                polarity: Polarity::Said,
            })
        };
        let mut found = self.of_name(&sql, name, seen_in, said)?;
        let roles = Roles::of(found.iter().map(|said| (said.passage.article, said.role.as_deref())));
        for said in &mut found {
            said.doubtful = roles.is_unshared(said.passage.article, said.role.as_deref());
        }
        Ok(found)
    }

    /// Returns every story that names an entity, earliest first. `seen_in` is used as in [`Library::quotes_by`].
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub(crate) fn stories_naming(&self, name: i64, seen_in: i64) -> Result<Vec<StoryMention>> {
        let sql = format!(
            "{SAME_NAMES} SELECT {STORY}, min(m.first_start), min(m.first_start), sum(m.count), m.role
             FROM mentions m JOIN articles a ON a.id = m.article_id
             WHERE m.name_id IN same AND a.binned_at IS NULL AND (?2 = 0 OR a.id = ?2)
             GROUP BY a.id ORDER BY {BY_AGE}"
        );
        let named = |row: &Row<'_>| {
            let count = row.get::<_, i64>(7)? as usize;
            Ok(StoryMention { passage: passage(row)?, count, role: row.get(8)?, doubtful: false })
        };
        let mut found = self.of_name(&sql, name, seen_in, named)?;
        let roles = Roles::of(found.iter().map(|named| (named.passage.article, named.role.as_deref())));
        for named in &mut found {
            named.doubtful = roles.is_unshared(named.passage.article, named.role.as_deref());
        }
        Ok(found)
    }

    /// Returns the IDs of the stories that name or quote an entity, latest first and undated ones last.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub fn stories_of(&self, name: i64, seen_in: i64) -> Result<Vec<i64>> {
        let said = self.quotes_by(name, seen_in)?.into_iter().map(|said| said.passage);
        let passages = said.chain(self.stories_naming(name, seen_in)?.into_iter().map(|named| named.passage));
        let mut stories: Vec<(Option<i64>, i64)> = passages.map(|passage| (passage.day, passage.article)).collect();
        stories.sort_unstable();
        stories.dedup();
        Ok(stories.into_iter().rev().map(|(_, id)| id).collect())
    }

    /// Runs a query for the name `?1`. If the name identifies an entity only within a story, the query is restricted to
    /// the story `?2`. For all other names, `?2` is 0.
    fn of_name<T>(
        &self,
        sql: &str,
        name: i64,
        seen_in: i64,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let found = is_too_vague(self.connection(), name).and_then(|bound| {
            let story = if bound { seen_in } else { 0 };
            self.connection().prepare_cached(sql)?.query_map([name, story], read)?.collect()
        });
        found.map_err(|error| self.with_path(error))
    }
}

/// Returns whether a name is too ambiguous to be searched in other stories. Such a name is a person's one-word name, or
/// a description of a speaker who is not an entity ("a spokesman"). Merged names are never too ambiguous.
pub(super) fn is_too_vague(db: &Connection, name: i64) -> rusqlite::Result<bool> {
    let sql = "SELECT (kind = 'speaker' OR kind = 'person' AND instr(name, ' ') = 0)
        AND NOT EXISTS (SELECT 1 FROM aliases WHERE same = 1 AND (name_id = ?1 OR other_id = ?1)) FROM names WHERE id = ?1";
    db.prepare_cached(sql)?.query_row([name], |row| row.get(0))
}

/// Reads the location of a passage from the first columns of a row: those of the story and then those of the span.
pub(super) fn passage(row: &Row<'_>) -> rusqlite::Result<Passage> {
    let span = Span::new(row.get::<_, i64>(5)? as usize, row.get::<_, i64>(6)? as usize);
    let (day, inferred) = (row.get(3)?, row.get(4)?);
    Ok(Passage { article: row.get(0)?, headline: row.get(1)?, publisher: row.get(2)?, day, inferred, span })
}

/// Words of the roles that stories give to one name, by story.
struct Roles(Vec<(i64, HashSet<String>)>);

impl Roles {
    fn of<'a>(roles: impl Iterator<Item = (i64, Option<&'a str>)>) -> Self {
        let mut out: Vec<(i64, HashSet<String>)> = Vec::new();
        for (article, role) in roles {
            if let Some(role) = role.filter(|_| out.last().is_none_or(|(last, _)| *last != article)) {
                out.push((article, role_words(role)));
            }
        }
        Self(out)
    }

    /// Returns whether other stories give roles and none of those roles shares a word with `role`.
    fn is_unshared(&self, article: i64, role: Option<&str>) -> bool {
        let Some(role) = role.map(role_words) else { return false };
        let mut others = self.0.iter().filter(|(other, _)| *other != article).peekable();
        others.peek().is_some() && others.all(|(_, other)| other.is_disjoint(&role))
    }
}

/// Returns the content words of a role, approximated as all words longer than three bytes.
pub(super) fn role_words(role: &str) -> HashSet<String> {
    let folded = fold(role);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Incoming;
    use crate::query::Query;
    use dateline_analysis::{Analyzer, Options};
    use dateline_core::article::Article;
    use jiff::civil::date;

    const STORIES: &[&str] = &[
        "Mara Odell, the harbour master, spoke on 3 May 2024. “We have mended the ramp,” said Mara Odell.",
        "“The ferry will run,” said Mara Odell, the harbour master, on 7 May 2024. Rufus Pell left.",
        "“My sister is ill,” said M. Odell, a baker. Odell left on 1 May 2024.",
    ];

    fn library() -> Library {
        let mut library = Library::open_in_memory().unwrap();
        let analyzer = Analyzer::bundled();
        for (index, text) in STORIES.iter().enumerate() {
            let article = Article::verbatim(index.to_string(), *text);
            let analysis = analyzer.analyze(&article, &Options::default());
            library.add(&[Incoming::new(article, analysis, &index.to_string()).prepare().unwrap()]).unwrap();
        }
        library
    }

    fn name(library: &Library, full: &str) -> i64 {
        let found = library.find_entities(full, 9).unwrap();
        found.iter().find(|who| who.name == full).unwrap_or_else(|| panic!("{full}: {found:?}")).id
    }

    #[test]
    fn quotes_of_one_full_name_come_from_all_its_stories_and_surnames_do_not_join() {
        let library = library();
        let said = library.quotes_by(name(&library, "Mara Odell"), 1).unwrap();
        let articles: Vec<i64> = said.iter().map(|said| said.passage.article).collect();
        assert_eq!(articles, [1, 2], "{said:?}");
        assert!(said.iter().all(|said| !said.doubtful));
    }

    #[test]
    fn a_group_is_merged_although_one_of_its_names_was_kept_apart_from_the_other() {
        let mut library = library();
        let (mara, pell) = (name(&library, "Mara Odell"), name(&library, "Rufus Pell"));
        let joined: i64 = library
            .connection()
            .query_row("SELECT max(id) FROM names WHERE id NOT IN (?1, ?2)", [mara, pell], |row| row.get(0))
            .unwrap();
        // A name of the group of Pell is kept apart from Mara, and then the whole group is merged with her.
        library.merge_names(joined, pell).unwrap();
        library.split_name(joined, Some(mara)).unwrap();
        library.merge_names(pell, mara).unwrap();
        let mut same: Vec<i64> = library.same_as(mara).unwrap().into_iter().map(|(id, _)| id).collect();
        same.sort_unstable();
        let mut expected = vec![pell, joined];
        expected.sort_unstable();
        assert_eq!(same, expected);
        let apart: i64 = library
            .connection()
            .query_row("SELECT count(*) FROM aliases WHERE same = 0", [], |row| row.get(0))
            .unwrap();
        assert_eq!(apart, 0, "the merge replaces what was kept apart");
    }

    #[test]
    fn what_the_reader_merges_is_one_until_it_is_split() {
        let mut library = library();
        let (mara, other) = (name(&library, "Mara Odell"), name(&library, "Rufus Pell"));
        library.merge_names(other, mara).unwrap();
        assert_eq!(library.stories_naming(other, 1).unwrap(), library.stories_naming(mara, 1).unwrap());
        let query = Query::parse("person:pell").unwrap();
        assert_eq!(library.found(&query, date(2024, 5, 15), super::super::Order::Oldest, 9).unwrap().len(), 2);
        library.split_name(mara, None).unwrap();
        assert_eq!(library.stories_naming(other, 1).unwrap().len(), 1);
    }

    #[test]
    fn one_spelling_is_one_name_under_its_usual_kind_until_it_is_split() {
        let mut library = Library::open_in_memory().unwrap();
        let texts = ["Osaka is in Japan.", "Trams run in Osaka.", "Osaka signed a striker.", "Jordan met Jordan."];
        let kinds = [&["place"][..], &["place"], &["organization"], &["person", "place"]];
        for (index, (text, kinds)) in texts.iter().zip(kinds).enumerate() {
            let article = Article::verbatim(index.to_string(), *text);
            let incoming = Incoming::new(article, Analysis::default(), &index.to_string()).prepare().unwrap();
            let story = library.add(&[incoming]).unwrap()[0].id;
            let word = if text.contains("Osaka") { "Osaka" } else { "Jordan" };
            for kind in kinds {
                let db = library.connection();
                db.execute(
                    "INSERT OR IGNORE INTO names (kind, name) SELECT ?1, ?2 WHERE NOT EXISTS \
                    (SELECT 1 FROM names WHERE kind = ?1 AND name = ?2)",
                    [kind, word],
                )
                .unwrap();
                let id: i64 = db
                    .query_row("SELECT id FROM names WHERE kind = ? AND name = ?", [kind, word], |row| row.get(0))
                    .unwrap();
                db.execute(
                    "INSERT OR IGNORE INTO forms (form, part, name_id) VALUES (?, 0, ?)",
                    params![fold(word), id],
                )
                .unwrap();
                db.execute(
                    "INSERT INTO mentions (article_id, name_id, entity, count, first_start) VALUES (?, ?, 0, 1, 0)",
                    [story, id],
                )
                .unwrap();
            }
        }
        let found = |library: &Library, words: &str| -> Vec<(String, usize)> {
            library.find_entities(words, 9).unwrap().into_iter().map(|who| (who.kind, who.stories)).collect()
        };
        assert_eq!(found(&library, "osa"), [("place".to_owned(), 3)]);
        assert_eq!(found(&library, "").len(), 3, "{:?}", found(&library, ""));
        assert_eq!(found(&library, "jordan").len(), 2, "a person may be called like a place");
        let osaka = library.find_entities("osaka", 1).unwrap()[0].id;
        assert_eq!(library.stories_naming(osaka, 0).unwrap().len(), 3);
        assert!(library.same_as(osaka).unwrap().is_empty(), "nothing was merged by the user");
        assert_eq!(library.profile(osaka, 0).unwrap().other_kinds, ["organization"]);
        library.split_name(osaka, None).unwrap();
        assert!(library.profile(osaka, 0).unwrap().other_kinds.is_empty());
        assert_eq!(found(&library, "osa"), [("place".to_owned(), 2), ("organization".to_owned(), 1)]);
        let other = library.find_entities("osaka", 9).unwrap()[1].id;
        library.merge_names(other, osaka).unwrap();
        assert_eq!(found(&library, "osa"), [("place".to_owned(), 3)]);
    }

    #[test]
    fn the_names_of_an_entity_are_found_without_reading_all_names() {
        let library = library();
        let sql = format!("EXPLAIN QUERY PLAN {SAME_NAMES} SELECT id FROM same");
        let mut statement = library.connection().prepare(&sql).unwrap();
        let steps = statement.query_map([1], |row| row.get::<_, String>(3)).unwrap();
        let plan: Vec<String> = steps.map(|step| step.unwrap()).collect();
        let scans: Vec<&String> = plan.iter().filter(|step| step.starts_with("SCAN")).collect();
        let is_small = |step: &str| ["root", "merged", "m", "same", "aliases", "CONSTANT", "2"].contains(&step);
        assert!(scans.iter().all(|step| step.split(' ').nth(1).is_some_and(is_small)), "{scans:?}");
        assert!(plan.iter().any(|step| step.starts_with("SEARCH f ") && step.contains("form=?")), "{plan:?}");
    }

    #[test]
    fn a_role_that_no_other_story_gives_is_marked() {
        let roles =
            Roles::of([(1, Some("the harbour master")), (2, Some("harbour chief")), (3, Some("a baker"))].into_iter());
        assert!(!roles.is_unshared(1, Some("the harbour master")));
        assert!(roles.is_unshared(3, Some("a baker")));
        assert!(!roles.is_unshared(4, None));
    }
}
