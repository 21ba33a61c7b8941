//! Scores events: their clauses by overlap, and the days on which they began.

use crate::eval::gold::GoldEvent;
use crate::eval::matching;
use crate::eval::measure::{Share, Tally};
use crate::eval::mistakes::{Mistake, words};
use dateline_analysis::{Event, Status};
use dateline_core::Named;
use dateline_core::text::Span;
use jiff::civil::Date;

/// Counts for events.
#[derive(Clone, Debug, Default)]
pub(super) struct Score {
    /// Clauses that overlap a gold clause, paired one to one.
    pub spans: Tally,
    /// Overlapping clauses whose first day is also correct.
    pub begins: Tally,
    /// Proportion of overlapping clauses with the correct status.
    pub status: Share,
    /// Mistakes in all texts scored so far.
    pub mistakes: Vec<Mistake>,
}

impl Score {
    /// Scores the events of one text and adds the counts. Events without a calendar date are ignored because the gold
    /// set contains only dated ones.
    pub(super) fn add(&mut self, text: &str, gold: &[GoldEvent], system: &[Event]) {
        let dated: Vec<&Event> = system.iter().filter(|event| event.interval.is_some()).collect();
        let wanted: Vec<Span> = gold.iter().map(|event| event.span).collect();
        let found: Vec<Span> = dated.iter().map(|event| event.clause).collect();
        let mut candidates = matching::overlaps(text, &wanted, &found);
        for pair in &mut candidates {
            // If a clause contains two events, they are paired by day: the bonus for the same day exceeds any overlap.
            pair.score += if begins(dated[pair.system], &gold[pair.gold]) { text.len() as f64 } else { 0.0 };
        }
        let pairs = matching::one_to_one(candidates);
        let all = Tally { right: pairs.len(), system: dated.len(), gold: gold.len() };
        let right = pairs.iter().filter(|pair| begins(dated[pair.system], &gold[pair.gold])).count();
        self.spans += all;
        self.begins += Tally { right, ..all };
        let wanted = |index: usize| shown(text, gold[index].span, Some(gold[index].begin), gold[index].status);
        let found = |index: usize| {
            let event: &Event = dated[index];
            shown(text, event.clause, event.interval.map(|(begin, _)| begin), event.status)
        };
        for pair in &pairs {
            let status = dated[pair.system].status == gold[pair.gold].status;
            self.status.count(status);
            let begin = begins(dated[pair.system], &gold[pair.gold]);
            if !(begin && status) {
                let what = if begin { "status" } else { "begin" };
                self.mistakes.push(Mistake { what, wanted: wanted(pair.gold), found: found(pair.system) });
            }
        }
        let missed = (0..gold.len()).filter(|index| !pairs.iter().any(|pair| pair.gold == *index));
        self.mistakes.extend(missed.map(|index| Mistake::missed(wanted(index))));
        let extra = (0..dated.len()).filter(|index| !pairs.iter().any(|pair| pair.system == *index));
        self.mistakes.extend(extra.map(|index| Mistake::extra(found(index))));
    }
}

fn shown(text: &str, clause: Span, begin: Option<Date>, status: Status) -> String {
    let begin = begin.map(|begin| begin.to_string()).unwrap_or_default();
    format!("{} {begin} {}", words(text, clause), status.name())
}

/// Returns whether an event found by the system begins on the day in the gold set.
fn begins(found: &Event, wanted: &GoldEvent) -> bool {
    found.interval.is_some_and(|(begin, _)| begin == wanted.begin)
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_analysis::Granularity;
    use jiff::civil::date;

    fn found(clause: Span, begin: Date) -> Event {
        Event {
            sentence: clause,
            clause,
            summary: String::new(),
            time: 0,
            interval: Some((begin, begin)),
            granularity: Granularity::Day,
            ongoing: false,
            status: Status::Past,
            entities: Vec::new(),
            reported: None,
            news: true,
            retold: Vec::new(),
            confidence: 1.0,
            folded: false,
        }
    }

    #[test]
    fn a_right_clause_with_a_wrong_day_counts_half() {
        let text = "The pier burnt on Monday and reopened in June.";
        let (burnt, reopened) = (Span::new(0, 24), Span::new(29, 45));
        let gold = [
            GoldEvent { span: Span::new(4, 14), begin: date(2024, 5, 13), status: Status::Past },
            GoldEvent { span: Span::new(29, 37), begin: date(2024, 6, 1), status: Status::Scheduled },
        ];
        let mut score = Score::default();
        score.add(text, &gold, &[found(burnt, date(2024, 5, 13)), found(reopened, date(2023, 6, 1))]);
        assert_eq!(score.spans, Tally { right: 2, system: 2, gold: 2 });
        assert_eq!(score.begins, Tally { right: 1, system: 2, gold: 2 });
        assert_eq!(score.status, Share { right: 1, of: 2 });
    }
}
