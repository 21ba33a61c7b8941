//! Which entities a stretch of the text mentions.

use crate::analysis::entity::Entity;
use crate::text::Span;

/// The mentions of all entities in the order of the text, so that those of a clause are found at once.
pub struct Mentions {
    /// Where a mention stands, and of which entity it is.
    places: Vec<(Span, usize)>,
    /// Bytes of the longest.
    longest: usize,
}

impl Mentions {
    pub fn new(entities: &[Entity]) -> Self {
        let of = |(index, entity): (usize, &Entity)| {
            entity.mentions.iter().map(move |mention| (mention.span, index)).collect::<Vec<_>>()
        };
        let mut places: Vec<(Span, usize)> = entities.iter().enumerate().flat_map(of).collect();
        places.sort_unstable_by_key(|(span, _)| span.start);
        let longest = places.iter().map(|(span, _)| span.end - span.start).max().unwrap_or(0);
        Self { places, longest }
    }

    /// The entities with a mention that overlaps a span.
    pub fn overlapping(&self, span: Span) -> impl Iterator<Item = usize> {
        let first = self.places.partition_point(|(mention, _)| mention.start + self.longest < span.start);
        let near = self.places.iter().skip(first).take_while(move |(mention, _)| mention.start < span.end);
        near.filter(move |(mention, _)| mention.overlaps(span)).map(|(_, entity)| *entity)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_mention_is_found_from_its_middle() {
        let places = vec![(Span::new(0, 40), 1), (Span::new(2, 4), 0), (Span::new(50, 52), 2)];
        let mentions = Mentions { places, longest: 40 };
        assert_eq!(mentions.overlapping(Span::new(30, 51)).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(mentions.overlapping(Span::new(3, 6)).collect::<Vec<_>>(), [1, 0]);
        assert_eq!(mentions.overlapping(Span::new(41, 50)).count(), 0);
    }
}
