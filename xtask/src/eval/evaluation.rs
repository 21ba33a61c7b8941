//! Scores of all layers on the gold set.

use crate::eval::gold::Story;
use crate::eval::mistakes::Mistake;
use crate::eval::quotes::{self, BLOCKS, Block, Mention, Unit};
use crate::eval::speaker::Form;
use crate::eval::times::Time;
use crate::eval::{aliases, events, names, times};
use dateline_analysis::{Analysis, QuoteKind};
use dateline_core::Named;
use std::collections::BTreeSet;

/// Scores of all layers over a set of stories.
#[derive(Clone, Debug, Default)]
pub(super) struct Evaluation {
    /// Scores of quotes, in the order of [`BLOCKS`].
    pub quotes: [quotes::Score; BLOCKS.len()],
    /// Scores of names.
    pub names: names::Score,
    /// Scores of the clustering of names into entities.
    pub aliases: aliases::Score,
    /// Scores of time expressions.
    pub times: times::Score,
    /// Scores of events.
    pub events: events::Score,
}

/// A figure: its name in the floors file, and its value in per cent. Higher values are better.
pub(super) type Figure = (String, f64);

impl Evaluation {
    /// Scores one story and adds the counts.
    pub(super) fn add(&mut self, story: &Story, analysis: &Analysis) {
        let text = story.text.as_str();
        let (wanted, found) = (quotes_of(story), quotes::found(text, analysis));
        for (block, score) in BLOCKS.into_iter().zip(&mut self.quotes) {
            score.add(&quotes::score(text, &wanted, &found, block));
        }
        let named: BTreeSet<names::Name> =
            story.entities.iter().flat_map(|entity| entity.mentions.iter().map(|span| (*span, entity.kind))).collect();
        self.names.add(text, &named, &names::found(analysis, &names::KINDS));
        let clusters: Vec<_> = story.entities.iter().map(|entity| entity.mentions.clone()).collect();
        self.aliases.add(&clusters, &aliases::found(analysis));
        let timed: Vec<Time<'_>> = story
            .times
            .iter()
            .map(|time| Time { span: time.span, kind: Some(time.kind), value: &time.value })
            .collect();
        self.times.add(text, &timed, &times::found(analysis));
        self.events.add(text, &story.events, &analysis.events);
    }

    /// Iterates over the kinds of quotes, as blocks of the report, with their scores.
    pub(super) fn blocks(&self) -> impl Iterator<Item = (Block, &quotes::Score)> {
        BLOCKS.into_iter().zip(&self.quotes)
    }

    /// Returns the mistakes of each layer that lists them.
    #[must_use]
    pub(super) fn mistakes(&self) -> [(&'static str, &[Mistake]); 3] {
        let quotes = &self.quotes[BLOCKS.len() - 1];
        [("quotes", &quotes.mistakes), ("times", &self.times.mistakes), ("events", &self.events.mistakes)]
    }

    /// Returns every figure that may have a floor.
    #[must_use]
    pub(super) fn figures(&self) -> Vec<Figure> {
        let mut out = Vec::new();
        let mut put = |name: String, share: f64| out.push((name, share * 100.0));
        for (block, score) in self.blocks() {
            put(format!("quotes.{}.exact", block.name), score.exact.f1());
            put(format!("quotes.{}.overlap", block.name), score.overlap.f1());
            put(format!("quotes.{}.end_to_end", block.name), score.end_to_end.f1());
            put(format!("quotes.{}.named", block.name), score.named.f1());
        }
        let all = &self.quotes[BLOCKS.len() - 1];
        for form in Form::ALL {
            put(format!("speakers.{}.mention", form.name()), all.by_form[form as usize].value());
            put(format!("speakers.{}.name", form.name()), all.name_by_form[form as usize].value());
        }
        put("quotes.calibration".into(), 1.0 - all.calibration.error());
        put("names.all".into(), self.names.all.f1());
        put("names.spans".into(), self.names.spans.f1());
        for kind in names::KINDS {
            put(format!("names.{}", kind.name()), self.names.by_kind.get(&kind).copied().unwrap_or_default().f1());
        }
        put("names.aliases".into(), self.aliases.figures().2);
        put("times.strict".into(), self.times.strict.f1());
        put("times.relaxed".into(), self.times.relaxed.f1());
        put("times.type".into(), self.times.kind_f1());
        put("times.value".into(), self.times.value_f1());
        put("events.spans".into(), self.events.spans.f1());
        put("events.begins".into(), self.events.begins.f1());
        put("events.status".into(), self.events.status.value());
        out
    }
}

/// Returns the gold quotes of a story in the form used for comparison. If reported speech contains a fragment in
/// quotation marks, only the fragment is annotated, so the rest need not be found.
fn quotes_of(story: &Story) -> Vec<Unit<'_>> {
    let quotes = story.quotes.iter().map(|quote| Unit {
        kind: quote.kind,
        fragment: quote.kind == QuoteKind::Mixed,
        mention: quote.speaker.map(|span| Mention { span, words: span.of(&story.text) }),
        name: (!quote.name.is_empty()).then_some(quote.name.as_str()),
        ..Unit::new(quote.span)
    });
    quotes::units(&story.text, quotes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::{floors, gold};
    use std::path::Path;

    #[test]
    fn the_gold_set_can_be_read_and_its_floors_are_of_figures_that_exist() {
        let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join("tests/gold");
        assert!(!gold::load(&folder).unwrap().is_empty());
        let figures = Evaluation::default().figures();
        for (name, _) in floors::load(&folder.join("floors.toml")).unwrap() {
            assert!(figures.iter().any(|(figure, _)| *figure == name), "{name} is not measured");
        }
    }

    #[test]
    fn silence_is_wrong_only_where_something_is_wanted() {
        let story = Story {
            name: "pier".into(),
            kind: "local".into(),
            published: jiff::civil::date(2024, 5, 14),
            text: "“We wept,” Odell said.".into(),
            quotes: vec![gold::GoldQuote {
                span: dateline_core::text::Span::new(3, 10),
                kind: QuoteKind::Direct,
                speaker: None,
                name: String::new(),
            }],
            entities: Vec::new(),
            times: Vec::new(),
            events: Vec::new(),
        };
        let mut evaluation = Evaluation::default();
        evaluation.add(&story, &Analysis::default());
        let figures = evaluation.figures();
        let figure = |wanted: &str| figures.iter().find(|(name, _)| name == wanted).map(|(_, figure)| *figure);
        assert_eq!(figure("quotes.direct.overlap"), Some(0.0));
        assert_eq!(figure("times.value"), Some(100.0));
    }
}
