//! Order of the stories in the list.

use crate::tui::story::Story;
use std::cmp::Ordering;

/// Order in which the list shows the stories of a view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ListOrder {
    /// As the library returns them: the newest first, or the best match of a query.
    #[default]
    Default,
    /// Oldest first.
    Oldest,
    /// By feed or publisher, in alphabetical order.
    Feed,
    /// Unread stories first.
    Unread,
    /// Longest first.
    Longest,
}

impl ListOrder {
    /// All orders: variant, name in commands, and description for a message.
    const NAMES: [(Self, &'static str, &'static str); 5] = [
        (Self::Default, "default", "as the view lists them"),
        (Self::Oldest, "oldest", "oldest first"),
        (Self::Feed, "feed", "by feed"),
        (Self::Unread, "unread", "unread first"),
        (Self::Longest, "longest", "longest first"),
    ];

    /// Returns the order with this name in commands.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, known, _)| *known == name).map(|&(order, ..)| order)
    }

    /// Describes the order, as in "Sorted oldest first".
    #[must_use]
    pub(crate) fn description(self) -> &'static str {
        Self::NAMES.iter().find(|(order, ..)| *order == self).map_or("", |&(.., description)| description)
    }

    /// Returns the next order; the first follows the last.
    #[must_use]
    pub(crate) fn next(self) -> Self {
        let here = Self::NAMES.iter().position(|(order, ..)| *order == self).unwrap_or(0);
        Self::NAMES.get(here + 1).map_or(Self::Default, |&(order, ..)| order)
    }

    /// Sorts stories. Stories that are equal in this order stay in the order in which they are.
    pub(crate) fn sort(self, stories: &mut [Story]) {
        match self {
            Self::Default => {}
            Self::Oldest => stories.sort_by(|one, other| one.published().cmp(&other.published())),
            Self::Feed => stories.sort_by_cached_key(|story| story.source_name().to_lowercase()),
            Self::Unread => stories.sort_by_key(|story| story.read),
            Self::Longest => stories.sort_by(|one, other| match one.words().cmp(&other.words()) {
                Ordering::Less => Ordering::Greater,
                Ordering::Equal => Ordering::Equal,
                Ordering::Greater => Ordering::Less,
            }),
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
            // A story without a date is last, because nobody knows how old it is.
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
