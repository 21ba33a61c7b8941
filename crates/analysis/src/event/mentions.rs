//! Looks up which entities a span of the text mentions and which quotes contain it.

use crate::entity::{Entity, MentionKind};
use crate::quote::Quote;
use dateline_core::text::Span;
use foldhash::{HashMap, HashMapExt};

/// Mentions of all entities in text order, so that those of a clause can be found by binary search.
pub(super) struct Mentions {
    /// Span of each mention with the index of its entity.
    places: Vec<(Span, usize)>,
    /// Pronoun mentions only: entity index by span.
    pronouns: HashMap<Span, usize>,
    /// Length of the longest mention in bytes.
    longest: usize,
}

impl Mentions {
    pub(super) fn new(entities: &[Entity]) -> Self {
        let of = |(index, entity): (usize, &Entity)| {
            entity.mentions.iter().map(move |mention| (mention.span, index)).collect::<Vec<_>>()
        };
        let mut places: Vec<(Span, usize)> = entities.iter().enumerate().flat_map(of).collect();
        places.sort_unstable_by_key(|(span, _)| span.start);
        let longest = places.iter().map(|(span, _)| span.end - span.start).max().unwrap_or(0);
        let mut pronouns = HashMap::new();
        for (index, entity) in entities.iter().enumerate() {
            for mention in entity.mentions.iter().filter(|mention| mention.kind == MentionKind::Pronoun) {
                pronouns.entry(mention.span).or_insert(index);
            }
        }
        Self { places, pronouns, longest }
    }

    /// Returns the entity that the pronoun at a span refers to.
    pub(super) fn of_pronoun(&self, span: Span) -> Option<usize> {
        self.pronouns.get(&span).copied()
    }

    /// Returns the entities with a mention that overlaps a span.
    pub(super) fn overlapping(&self, span: Span) -> impl Iterator<Item = usize> {
        let first = self.places.partition_point(|(mention, _)| mention.start + self.longest < span.start);
        let near = self.places.iter().skip(first).take_while(move |(mention, _)| mention.start < span.end);
        near.filter(move |(mention, _)| mention.overlaps(span)).map(|(_, entity)| *entity)
    }
}

/// Returns the quotes that can overlap a span, and the number of quotes before them. `quotes` are sorted by start;
/// quotes of one kind do not overlap, so only the last few can reach the span.
pub(super) fn quotes_near(quotes: &[Quote], span: Span) -> (usize, &[Quote]) {
    const MAX_STEPS: usize = 16;
    let end = quotes.partition_point(|quote| quote.span.start < span.end);
    let start = end.saturating_sub(MAX_STEPS);
    (start, quotes.get(start..end).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_mention_is_found_from_its_middle() {
        let places = vec![(Span::new(0, 40), 1), (Span::new(2, 4), 0), (Span::new(50, 52), 2)];
        let mentions = Mentions { places, pronouns: HashMap::new(), longest: 40 };
        assert_eq!(mentions.overlapping(Span::new(30, 51)).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(mentions.overlapping(Span::new(3, 6)).collect::<Vec<_>>(), [1, 0]);
        assert_eq!(mentions.overlapping(Span::new(41, 50)).count(), 0);
    }
}
