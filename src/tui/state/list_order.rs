//! Sort orders for the list of stories.

use crate::tui::story::Story;
use std::cmp::Reverse;

/// Sort order for the list of stories.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ListOrder {
    /// Order in which the library returns the stories: newest first, or best match first for a query.
    #[default]
    Default,
    /// Oldest stories first.
    Oldest,
    /// Alphabetical order of the feed or publisher.
    Feed,
    /// Unread stories first.
    Unread,
    /// Longest stories first, by number of words.
    Longest,
}

impl ListOrder {
    /// All sort orders, each with its name in commands and a description for messages.
    const NAMES: [(Self, &'static str, &'static str); 5] = [
        (Self::Default, "default", "as the view lists them"),
        (Self::Oldest, "oldest", "oldest first"),
        (Self::Feed, "feed", "by feed"),
        (Self::Unread, "unread", "unread first"),
        (Self::Longest, "longest", "longest first"),
    ];

    /// Returns the sort order with this name in commands.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, known, _)| *known == name).map(|&(order, ..)| order)
    }

    /// Describes the sort order for a message, as in "Sorted oldest first".
    #[must_use]
    pub(crate) fn description(self) -> &'static str {
        Self::NAMES.iter().find(|(order, ..)| *order == self).map_or("", |&(.., description)| description)
    }

    /// Returns the next sort order. The first follows the last.
    #[must_use]
    pub(crate) fn next(self) -> Self {
        let here = Self::NAMES.iter().position(|(order, ..)| *order == self).unwrap_or(0);
        Self::NAMES.get(here + 1).map_or(Self::Default, |&(order, ..)| order)
    }

    /// Sorts stories. The sort is stable, so that equal stories keep their order.
    pub(crate) fn sort(self, stories: &mut [Story]) {
        match self {
            Self::Default => {}
            Self::Oldest => stories.sort_by_key(Story::published),
            Self::Feed => stories.sort_by_cached_key(|story| story.source_name().to_lowercase()),
            Self::Unread => stories.sort_by_key(|story| story.read),
            Self::Longest => stories.sort_by_key(|story| Reverse(story.words())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_library::StoryRow;
    use std::sync::Arc;

    fn story(headline: &str, published: &str, publisher: &str, words: usize, read: bool) -> Story {
        let publisher = Some(publisher.to_owned());
        let published = Some(published.to_owned()).filter(|published| !published.is_empty());
        let row = StoryRow {
            id: 1,
            uid: String::new(),
            headline: headline.to_owned(),
            preview: String::new(),
            publisher,
            source: String::new(),
            url: None,
            published,
            inferred: false,
            day: 0,
            moment: 0,
            added: 0,
            words,
            quotes: 0,
            events: 0,
            highlights: 0,
            versions: 0,
            read,
            starred: false,
            archived: false,
            binned_at: None,
        };
        Story::kept(row, &Arc::default())
    }

    #[test]
    fn each_order_sorts_and_keeps_equal_stories_in_place() {
        let stories = vec![
            story("a", "2024-08-19T09:00:00Z", "Vale Echo", 300, true),
            story("b", "2024-08-19T07:00:00Z", "harbour Post", 900, false),
            story("c", "2023-01-02", "Vale Echo", 300, false),
            story("d", "", "Argus", 50, true),
        ];
        for (order, expected) in [
            (ListOrder::Default, "abcd"),
            // A story without a date is last, because its age is unknown.
            (ListOrder::Oldest, "cbad"),
            (ListOrder::Feed, "dbac"),
            (ListOrder::Unread, "bcad"),
            (ListOrder::Longest, "bacd"),
        ] {
            let mut sorted = stories.clone();
            order.sort(&mut sorted);
            let titles: String = sorted.iter().map(Story::title).collect();
            assert_eq!(titles, expected, "{order:?}");
        }
    }

    #[test]
    fn the_orders_follow_each_other_in_a_circle() {
        let mut order = ListOrder::Default;
        for (expected, name, description) in ListOrder::NAMES {
            assert_eq!((order, ListOrder::named(name)), (expected, Some(expected)));
            assert_eq!(order.description(), description);
            order = order.next();
        }
        assert_eq!(order, ListOrder::Default);
    }
}
