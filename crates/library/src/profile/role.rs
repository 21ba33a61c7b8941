//! Roles that stories give to an entity, with the stories in which each was first and last seen.

use crate::StoryMention;
use crate::entity_queries::role_words;
use std::collections::HashSet;

/// Returns the roles in dated stories, in the order in which they were first seen: the first and the last story that give
/// the role, and the number of these stories. "Minister" and "finance minister" are one role, in the fuller wording.
pub(super) fn periods<'a>(stories: impl Iterator<Item = &'a StoryMention>) -> Vec<(StoryMention, StoryMention, usize)> {
    let mut dated: Vec<&StoryMention> =
        stories.filter(|story| story.passage.day.is_some() && story.role.is_some()).collect();
    dated.sort_by_key(|story| (story.passage.day, story.passage.article));
    let mut periods: Vec<(HashSet<String>, (StoryMention, StoryMention, usize))> = Vec::new();
    for story in dated {
        let words = story.role.as_deref().map(role_words).unwrap_or_default();
        if words.is_empty() {
            continue;
        }
        let known = periods.iter_mut().find(|(known, _)| known.is_subset(&words) || words.is_subset(known));
        if let Some((known, (first, last, count))) = known {
            if known.len() < words.len() {
                *known = words;
                first.role.clone_from(&story.role);
            }
            *last = story.clone();
            *count += 1;
        } else {
            periods.push((words, (story.clone(), story.clone(), 1)));
        }
    }
    periods.into_iter().map(|(_, period)| period).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Passage;
    use dateline_core::text::Span;

    fn story(day: Option<i64>, role: &str) -> StoryMention {
        let article = day.unwrap_or_default();
        let (headline, span) = (String::new(), Span::new(0, 0));
        let passage = Passage { article, headline, publisher: None, day, inferred: false, span };
        StoryMention { passage, count: 1, role: Some(role.to_owned()), doubtful: false }
    }

    #[test]
    fn a_role_lasts_from_the_first_story_to_the_last_that_gives_it() {
        let stories = [
            story(Some(9), "foreign minister"),
            story(Some(3), "the minister"),
            story(Some(5), "finance minister"),
            story(None, "baker"),
            story(Some(12), "Foreign Minister"),
            story(Some(2), "finance minister"),
        ];
        let periods = periods(stories.iter());
        let found: Vec<(&str, Option<i64>, Option<i64>, usize)> = periods
            .iter()
            .map(|(first, last, count)| (first.role.as_deref().unwrap(), first.passage.day, last.passage.day, *count))
            .collect();
        assert_eq!(found, [("finance minister", Some(2), Some(5), 3), ("foreign minister", Some(9), Some(12), 2)]);
    }
}
