//! Usual types of names: a doubtful type in a new story follows the type that the name has in the library's other
//! stories.
//!
//! This happens when annotations are stored, and not when a story is analysed, because the analysis must give the same
//! result for the same article. Only the thread that writes decides, so the result does not depend on the number of
//! threads, but a story is compared with those stored before it. When annotations are renewed, each story is compared
//! with all others.

use super::incoming::Derived;
use super::{Result, codec};
use dateline_analysis::{Entity, EntityKind, Gender};
use dateline_core::Named;
use dateline_core::article::Article;
use rusqlite::{Connection, params};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// Minimum number of other stories with the name.
const MIN_STORIES: usize = 5;

/// Minimum share of the usual type among these stories, in percent.
const MIN_SHARE: usize = 90;

/// Maximum number of other stories that are compared, the latest first. A common name is in thousands of stories, and
/// counting all of them would slow down every import.
const MAX_STORIES: usize = 100;

/// Types that a name can have.
const KINDS: [EntityKind; 6] = [
    EntityKind::Person,
    EntityKind::Organization,
    EntityKind::Place,
    EntityKind::Group,
    EntityKind::Work,
    EntityKind::Other,
];

/// Stories whose types in the library are not those to compare with.
#[derive(Debug, Default)]
pub(super) struct Ahead<'a> {
    /// Types of names in the stories of the batch that are settled but not stored yet, with the IDs of these stories, by
    /// folded name. Only names that are doubtful in the batch are included.
    settled: HashMap<String, Vec<(i64, EntityKind)>>,
    /// IDs of the stories of the batch that are settled, whose stored types are about to be replaced.
    replaced: HashSet<i64>,
    /// IDs of stories that were annotated before their turn. They are compared only with stories that come after them.
    early: Option<&'a HashSet<i64>>,
}

impl Ahead<'_> {
    /// Returns whether the type that a name has in a stored story counts for another story.
    fn counts(&self, stored: i64, story: Option<i64>) -> bool {
        let is_early = self.early.is_some_and(|early| early.contains(&stored));
        let is_ahead = story.is_some_and(|story| story < stored);
        !(self.replaced.contains(&stored) || is_early && is_ahead)
    }
}

/// Replaces the doubtful types of names in a story by their usual types, in the annotations and in all that is derived
/// from them. `story` is the ID of the story if it is already stored, and `article` is the packed article.
///
/// # Errors
/// Returns an error if the library cannot be read.
pub(super) fn settle<'d>(
    db: &Connection,
    story: Option<i64>,
    article: &[u8],
    derived: &'d Derived,
    ahead: &Ahead<'_>,
) -> Result<Cow<'d, Derived>> {
    let mut changes = Vec::new();
    for index in &derived.doubtful_types {
        let Some(name) = derived.names.get(*index) else { continue };
        if let Some(kind) = usual(db, story, &name.folded, ahead)?.filter(|kind| kind.name() != name.kind) {
            changes.push((*index, kind));
        }
    }
    if changes.is_empty() {
        return Ok(Cow::Borrowed(derived));
    }
    let article: Article = codec::unpack_article(article)?;
    let mut analysis = codec::unpack_annotations(&derived.packed, &article.text)?;
    for (index, kind) in changes {
        if let Some(entity) = analysis.entities.get_mut(index) {
            set_type(entity, kind);
        }
    }
    let settled = Derived::of_annotations(&article, &analysis)?;
    Ok(Cow::Owned(Derived {
        analyser: derived.analyser,
        words: derived.words.clone(),
        signature: derived.signature.clone(),
        ..settled
    }))
}

/// Settles the stories of a batch in order, as if each were stored before the next. A story is its ID, its packed article
/// and what is derived from its annotations. Stories in `unsettled` are left out of the comparison, unless they are in
/// the batch and come first.
///
/// # Errors
/// Returns an error if the library cannot be read.
pub(super) fn settle_all<'d>(
    db: &Connection,
    stories: &[(i64, &[u8], &'d Derived)],
    early: &HashSet<i64>,
) -> Result<Vec<Cow<'d, Derived>>> {
    let doubtful = |derived: &'d Derived| {
        derived.doubtful_types.iter().filter_map(|index| derived.names.get(*index)).map(|name| name.folded.as_str())
    };
    let doubtful: HashSet<&str> = stories.iter().flat_map(|(_, _, derived)| doubtful(derived)).collect();
    let mut ahead = Ahead { early: Some(early), ..Ahead::default() };
    let mut out = Vec::with_capacity(stories.len());
    for (id, article, derived) in stories {
        let settled = settle(db, Some(*id), article, derived, &ahead)?;
        for name in
            settled.names.iter().filter(|name| name.mention.is_some() && doubtful.contains(name.folded.as_str()))
        {
            if let Some(kind) = kind_named(name.kind) {
                ahead.settled.entry(name.folded.clone()).or_default().push((*id, kind));
            }
        }
        ahead.replaced.insert(*id);
        out.push(settled);
    }
    Ok(out)
}

fn kind_named(name: &str) -> Option<EntityKind> {
    KINDS.into_iter().find(|kind| kind.name() == name)
}

/// Sets the type of an entity. Only a person has a role and a gender.
fn set_type(entity: &mut Entity, kind: EntityKind) {
    entity.kind = kind;
    if kind != EntityKind::Person {
        entity.role = None;
        entity.gender = Gender::Unknown;
    }
}

/// Returns the usual type of the name with this folded form in the stories other than `story`.
fn usual(db: &Connection, story: Option<i64>, folded: &str, ahead: &Ahead<'_>) -> Result<Option<EntityKind>> {
    let mut names = db.prepare_cached(
        "SELECT n.id, n.kind FROM forms f CROSS JOIN names n ON n.id = f.name_id WHERE f.form = ? AND f.part = 0",
    )?;
    let mut stories = db.prepare_cached(
        "SELECT article_id FROM mentions WHERE name_id = ?1 AND article_id IS NOT ?2 ORDER BY article_id DESC",
    )?;
    let names: Vec<(i64, String)> =
        names.query_map([folded], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    let mut found: Vec<(i64, EntityKind)> = ahead.settled.get(folded).cloned().unwrap_or_default();
    for (name, kind) in names {
        let Some(kind) = kind_named(&kind) else { continue };
        let ids = stories.query_map(params![name, story], |row| row.get(0))?;
        let is_counted = |id: &rusqlite::Result<i64>| id.as_ref().map_or(true, |id| ahead.counts(*id, story));
        for id in ids.filter(is_counted).take(MAX_STORIES) {
            found.push((id?, kind));
        }
    }
    found.sort_unstable_by_key(|(id, _)| std::cmp::Reverse(*id));
    found.truncate(MAX_STORIES);
    let count = |kind: EntityKind| found.iter().filter(|(_, other)| *other == kind).count();
    let usual = KINDS.into_iter().max_by_key(|kind| count(*kind));
    let is_usual = |kind: &EntityKind| found.len() >= MIN_STORIES && 100 * count(*kind) >= MIN_SHARE * found.len();
    Ok(usual.filter(is_usual))
}

#[cfg(test)]
mod tests {
    use crate::{Incoming, Library};
    use dateline_analysis::{Analysis, Analyzer, EntityKind, Options};
    use dateline_core::article::Article;

    /// Adds a story about the ferry to Orlo in which the type of Orlo is `kind`. Returns the type as stored.
    fn add(library: &mut Library, kind: EntityKind, is_doubtful: bool) -> EntityKind {
        let number = library.check().unwrap().articles;
        let article = Article::verbatim(number.to_string(), format!("The ferry to Oslo sailed {number} times."));
        let mut analysis = Analyzer::bundled().analyze(&article, &Options::default());
        analysis.entities[0].kind = kind;
        analysis.doubtful_types = if is_doubtful { vec![0] } else { Vec::new() };
        let incoming = Incoming::new(article, analysis, &number.to_string());
        let added = library.add(&[incoming.prepare().unwrap()]).unwrap();
        let stored: Analysis = library.article(added[0].id).unwrap().analysis;
        stored.entities[0].kind
    }

    fn library(kinds: &[(EntityKind, usize)]) -> Library {
        let mut library = Library::open_in_memory().unwrap();
        for (kind, count) in kinds {
            for _ in 0..*count {
                add(&mut library, *kind, false);
            }
        }
        library
    }

    #[test]
    fn a_doubtful_type_follows_the_other_stories() {
        use EntityKind::{Organization, Place};
        let mut known = library(&[(Place, 5)]);
        assert_eq!(add(&mut known, Organization, true), Place);
        assert_eq!(known.check().unwrap().faults, Vec::<String>::new());
        let sql = "SELECT n.kind, count(*) FROM mentions m JOIN names n ON n.id = m.name_id GROUP BY n.kind";
        let rows: (String, i64) = known.connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        assert_eq!(rows, ("place".to_owned(), 6));
    }

    #[test]
    fn a_type_is_kept_if_it_is_clear_or_the_other_stories_are_few_or_disagree() {
        use EntityKind::{Organization, Place};
        assert_eq!(add(&mut library(&[(Place, 5)]), Organization, false), Organization);
        assert_eq!(add(&mut library(&[(Place, 4)]), Organization, true), Organization);
        assert_eq!(add(&mut library(&[(Organization, 1), (Place, 8)]), Organization, true), Organization);
        assert_eq!(add(&mut library(&[(Organization, 1), (Place, 9)]), Organization, true), Place);
    }

    #[test]
    fn renewed_annotations_are_compared_with_all_other_stories() {
        let analyzer = Analyzer::bundled();
        let mut library = Library::open_in_memory().unwrap();
        let mut add = |text: &str| {
            let article = Article::verbatim(text, text);
            let analysis = analyzer.analyze(&article, &Options::default());
            library.add(&[Incoming::new(article, analysis, text).prepare().unwrap()]).unwrap()[0].id
        };
        let first = add("Tarnby beat Orlo on Friday.");
        for day in 1..6 {
            add(&format!("It rained in Tarnby on {day} May. People in Tarnby stayed at home."));
        }
        let kind = |library: &Library| {
            let entities = library.article(first).unwrap().analysis.entities;
            entities.iter().find(|entity| entity.name == "Tarnby").map(|entity| entity.kind)
        };
        assert_ne!(kind(&library), Some(EntityKind::Place), "the first story knows nothing of the others");
        library.mark_outdated(&[first]).unwrap();
        library.renew(&analyzer, &mut crate::OutdatedWalk::default(), 9).unwrap();
        assert_eq!(kind(&library), Some(EntityKind::Place));
    }
}
