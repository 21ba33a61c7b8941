//! Looks up the entities mentioned in a span of text, and the quotes near a span.

use crate::entity::{Entity, MentionKind};
use crate::quote::Quote;
use dateline_core::text::Span;
use foldhash::{HashMap, HashMapExt};

/// Mentions of all entities in text order, so that binary search finds the mentions in a clause.
pub(super) struct Mentions {
    /// Span and entity index of each mention, ordered by start.
    places: Vec<(Span, usize)>,
    /// Entity index of each pronoun mention, by span.
    pronouns: HashMap<Span, usize>,
    /// Length of the longest mention, in bytes.
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

    /// Returns the index of the entity to which the pronoun at `span` refers.
    pub(super) fn of_pronoun(&self, span: Span) -> Option<usize> {
        self.pronouns.get(&span).copied()
    }

    /// Returns the mentions inside `span` that are not pronouns, with the indices of their entities, in text order.
    pub(super) fn names_in(&self, span: Span) -> impl Iterator<Item = (Span, usize)> {
        let first = self.places.partition_point(|(mention, _)| mention.start < span.start);
        let inside = self.places.iter().skip(first).take_while(move |(mention, _)| mention.end <= span.end);
        inside.filter(|(mention, _)| !self.pronouns.contains_key(mention)).copied()
    }

    /// Returns the indices of the entities with a mention that overlaps `span`.
    pub(super) fn overlapping(&self, span: Span) -> impl Iterator<Item = usize> {
        let first = self.places.partition_point(|(mention, _)| mention.start + self.longest < span.start);
        let near = self.places.iter().skip(first).take_while(move |(mention, _)| mention.start < span.end);
        near.filter(move |(mention, _)| mention.overlaps(span)).map(|(_, entity)| *entity)
    }
}

/// Returns the quotes that may overlap `span`, and the number of quotes before them. `quotes` must be sorted by start.
/// Because quotes of the same kind do not overlap, only the last few quotes before the end of `span` can overlap
/// `span`.
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
