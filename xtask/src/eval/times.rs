//! Scores time expressions by the measures of `TempEval`-3 (`UzZaman` and others 2013): strict and relaxed F1 of their
//! extents. Type and value are scored as the proportion of relaxed matches in which they agree. Their F1 is that
//! proportion times the relaxed F1.

use crate::eval::matching::{self, Candidate};
use crate::eval::measure::{Share, Tally};
use crate::eval::mistakes::{Mistake, words};
use dateline_analysis::{Analysis, TimexKind};
use dateline_core::Named;
use dateline_core::text::Span;

/// A time expression in the form used for comparison.
#[derive(Clone, Copy, Debug)]
pub(super) struct Time<'a> {
    /// Span of the time expression, in bytes.
    pub span: Span,
    /// TIMEX3 type; `None` if it is not annotated.
    pub kind: Option<TimexKind>,
    /// TIMEX3 value, such as "2024-05-03".
    pub value: &'a str,
}

/// Counts for time expressions.
#[derive(Clone, Debug, Default)]
pub(super) struct Score {
    /// Time expressions with the correct extent.
    pub strict: Tally,
    /// Time expressions whose extents overlap, paired one to one.
    pub relaxed: Tally,
    /// Proportion of overlapping time expressions that have the same type.
    pub kind: Share,
    /// Proportion of overlapping time expressions that have the same value.
    pub value: Share,
    /// Mistakes in all texts scored so far.
    pub mistakes: Vec<Mistake>,
}

impl Time<'_> {
    fn shown(&self, text: &str) -> String {
        format!("{} {} {}", words(text, self.span), self.kind.map_or("", TimexKind::name), self.value)
    }
}

/// Returns the time expressions found by the analysis.
#[must_use]
pub(super) fn found(analysis: &Analysis) -> Vec<Time<'_>> {
    analysis.times.iter().map(|time| Time { span: time.span, kind: Some(time.kind), value: &time.value }).collect()
}

/// Pairs overlapping time expressions. Those with the same extent come first, then those that share the most code
/// points.
#[must_use]
pub(super) fn pairs(text: &str, gold: &[Time<'_>], system: &[Time<'_>]) -> Vec<Candidate> {
    let spans = |times: &[Time<'_>]| times.iter().map(|time| time.span).collect::<Vec<_>>();
    let mut candidates = matching::overlaps(text, &spans(gold), &spans(system));
    for pair in &mut candidates {
        if gold[pair.gold].span == system[pair.system].span {
            pair.score = f64::INFINITY;
        }
    }
    matching::one_to_one(candidates)
}

impl Score {
    /// Scores the time expressions of one text and adds the counts.
    pub(super) fn add(&mut self, text: &str, gold: &[Time<'_>], system: &[Time<'_>]) {
        let pairs = pairs(text, gold, system);
        let all = Tally { right: pairs.len(), system: system.len(), gold: gold.len() };
        let equal = pairs.iter().filter(|pair| gold[pair.gold].span == system[pair.system].span).count();
        self.relaxed += all;
        self.strict += Tally { right: equal, ..all };
        for pair in &pairs {
            let (wanted, found) = (gold[pair.gold], system[pair.system]);
            self.kind.count(wanted.kind == found.kind);
            self.value.count(wanted.value == found.value);
            let what = match () {
                () if wanted.value != found.value => "value",
                () if wanted.span != found.span => "extent",
                () if wanted.kind != found.kind => "type",
                () => continue,
            };
            self.mistakes.push(Mistake { what, wanted: wanted.shown(text), found: found.shown(text) });
        }
        let missed = (0..gold.len()).filter(|index| !pairs.iter().any(|pair| pair.gold == *index));
        self.mistakes.extend(missed.map(|index| Mistake::missed(gold[index].shown(text))));
        let extra = (0..system.len()).filter(|index| !pairs.iter().any(|pair| pair.system == *index));
        self.mistakes.extend(extra.map(|index| Mistake::extra(system[index].shown(text))));
    }

    /// Returns the F1 of the types, from 0 to 1.
    #[must_use]
    pub(super) fn kind_f1(&self) -> f64 {
        self.kind.value() * self.relaxed.f1()
    }

    /// Returns the F1 of the values, from 0 to 1. This is the main metric of `TempEval`-3.
    #[must_use]
    pub(super) fn value_f1(&self) -> f64 {
        self.value.value() * self.relaxed.f1()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_longer_extent_is_relaxed_only_and_may_have_the_value() {
        let text = "on Monday and in 2021, he said";
        let time = |piece: &str, value: &'static str| {
            let at = text.find(piece).unwrap();
            Time { span: Span::new(at, at + piece.len()), kind: Some(TimexKind::Date), value }
        };
        let gold = [time("Monday", "2024-05-13"), time("2021", "2021")];
        let system = [time("on Monday", "2024-05-13"), time("2021", "2020")];
        let mut score = Score::default();
        score.add(text, &gold, &system);
        assert_eq!(score.strict, Tally { right: 1, system: 2, gold: 2 });
        assert_eq!(score.relaxed, Tally { right: 2, system: 2, gold: 2 });
        assert_eq!(score.value, Share { right: 1, of: 2 });
        assert!((score.value_f1() - 0.5).abs() < 1e-9);
    }
}
