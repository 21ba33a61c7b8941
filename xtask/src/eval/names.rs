//! Scores names by exact span and type, as in the `CoNLL` shared tasks (Tjong Kim Sang and De Meulder 2003).

use crate::eval::measure::Tally;
use dateline_analysis::{Analysis, EntityKind, MentionKind};
use dateline_core::text::Span;
use std::collections::{BTreeMap, BTreeSet};

/// Types of entities, in the order of the report.
pub(super) const KINDS: [EntityKind; 6] = [
    EntityKind::Person,
    EntityKind::Organization,
    EntityKind::Place,
    EntityKind::Group,
    EntityKind::Work,
    EntityKind::Other,
];

/// A name: its byte span and its type.
pub(super) type Name = (Span, EntityKind);

/// Type in the gold set and type found by the system. A type is `None` if that side has no name at the span.
type Confusion = (Option<EntityKind>, Option<EntityKind>);

/// Counts for names.
#[derive(Clone, Debug, Default)]
pub(super) struct Score {
    /// Names whose span and type are both correct.
    pub all: Tally,
    /// Names whose span is correct.
    pub spans: Tally,
    /// Names whose span and type are both correct, by type.
    pub by_kind: BTreeMap<EntityKind, Tally>,
    /// Number of spans with each combination of gold type and system type.
    pub confusion: BTreeMap<Confusion, usize>,
    /// Number of mistakes of each kind, by surface form.
    pub mistakes: BTreeMap<(String, Confusion), usize>,
}

/// Returns the names of the given types found by the analysis.
#[must_use]
pub(super) fn found(analysis: &Analysis, kinds: &[EntityKind]) -> BTreeSet<Name> {
    let entities = analysis.entities.iter().filter(|entity| kinds.contains(&entity.kind));
    entities
        .flat_map(|entity| {
            let named = entity.mentions.iter().filter(|mention| mention.kind == MentionKind::Name);
            named.map(|mention| (mention.span, entity.kind))
        })
        .collect()
}

impl Score {
    /// Scores the names of one text and adds the counts.
    pub(super) fn add(&mut self, text: &str, gold: &BTreeSet<Name>, system: &BTreeSet<Name>) {
        let right = gold.intersection(system);
        self.all += Tally { right: right.clone().count(), system: system.len(), gold: gold.len() };
        for (_, kind) in right {
            self.by_kind.entry(*kind).or_default().right += 1;
        }
        for (_, kind) in gold {
            self.by_kind.entry(*kind).or_default().gold += 1;
        }
        for (_, kind) in system {
            self.by_kind.entry(*kind).or_default().system += 1;
        }
        self.confuse(text, &gold.iter().copied().collect(), &system.iter().copied().collect());
    }

    fn confuse(&mut self, text: &str, gold: &BTreeMap<Span, EntityKind>, system: &BTreeMap<Span, EntityKind>) {
        let right = gold.keys().filter(|span| system.contains_key(span)).count();
        self.spans += Tally { right, system: system.len(), gold: gold.len() };
        let places: BTreeSet<Span> = gold.keys().chain(system.keys()).copied().collect();
        for span in places {
            let pair = (gold.get(&span).copied(), system.get(&span).copied());
            *self.confusion.entry(pair).or_default() += 1;
            if pair.0 != pair.1 {
                *self.mistakes.entry((span.of(text).to_owned(), pair)).or_default() += 1;
            }
        }
    }

    /// Returns the most common mistakes: surface form, gold type, system type and number of occurrences.
    #[must_use]
    pub(super) fn commonest(&self, count: usize) -> Vec<(&str, Confusion, usize)> {
        let mut out: Vec<_> =
            self.mistakes.iter().map(|((surface, pair), times)| (surface.as_str(), *pair, *times)).collect();
        out.sort_by_key(|(_, _, times)| std::cmp::Reverse(*times));
        out.truncate(count);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_type_is_one_missed_and_one_too_many() {
        let text = "Ostrel sued Odell.";
        let (ostrel, odell) = (Span::new(0, 6), Span::new(12, 17));
        let gold = BTreeSet::from([(ostrel, EntityKind::Organization), (odell, EntityKind::Person)]);
        let system = BTreeSet::from([(ostrel, EntityKind::Place), (odell, EntityKind::Person)]);
        let mut score = Score::default();
        score.add(text, &gold, &system);
        assert_eq!(score.all, Tally { right: 1, system: 2, gold: 2 });
        assert_eq!(score.spans, Tally { right: 2, system: 2, gold: 2 });
        assert_eq!(score.by_kind[&EntityKind::Organization], Tally { right: 0, system: 0, gold: 1 });
        let taken = (Some(EntityKind::Organization), Some(EntityKind::Place));
        assert_eq!(score.commonest(10), [("Ostrel", taken, 1)]);
    }
}
