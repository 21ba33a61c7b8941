//! Rows of the figures panel: who claims how many. A number with what it counts, its source, and the sentence below.

use super::{Options, Order, PanelLine, PanelRows, line, said, wrapped};
use crate::tui::analysis_view::{AnalysisView, MIN_FIGURE_CONFIDENCE, Selection};
use crate::tui::dates;
use crate::tui::mark::{Mark, Tint};
use crate::tui::theme::Role;
use dateline_analysis::{Analysis, Figure};
use dateline_core::article::Article;
use dateline_core::text::Span;
use std::collections::HashMap;

/// Heading above the figures whose things are counted only once in the story.
const ONCE: &str = " Once";

/// Implementation of the figures panel.
pub(super) struct Figures;

impl PanelRows for Figures {
    fn name(&self) -> &'static str {
        "Figures"
    }

    fn noun(&self) -> &'static str {
        "figure"
    }

    fn empty(&self, _total: usize) -> &'static str {
        "No figures found."
    }

    fn count(&self, analysis_view: &AnalysisView) -> usize {
        analysis_view.analysis.figures.iter().filter(|figure| is_shown(figure)).count()
    }

    fn orders(&self) -> &'static [Order] {
        &[Order::Counted, Order::Text]
    }

    /// Returns the figures grouped by what they count, the things that are counted several times first.
    fn rows(&self, analysis_view: &AnalysisView, options: &Options) -> Vec<usize> {
        let figures = &analysis_view.analysis.figures;
        let mut rows: Vec<usize> =
            (0..figures.len()).filter(|&index| figures.get(index).is_some_and(is_shown)).collect();
        if options.order == Order::Counted {
            let mut first: HashMap<&str, usize> = HashMap::new();
            let mut key = |index: usize| {
                let counted = figures.get(index).map_or("", |figure| &figure.counted);
                // Things that are counted once keep the order of the text.
                let repeated = analysis_view.is_repeated_figure(index);
                (!repeated, if repeated { *first.entry(counted).or_insert(index) } else { 0 }, index)
            };
            let mut keys: Vec<_> = rows.iter().map(|&index| key(index)).collect();
            keys.sort_unstable();
            rows = keys.into_iter().map(|(_, _, index)| index).collect();
        }
        rows
    }

    fn height(&self, _order: Order) -> usize {
        2
    }

    /// Formats the number and its source on the first line and the sentence on the second.
    fn brief(&self, article: &Article, analysis_view: &AnalysisView, _order: Order, index: usize) -> Vec<PanelLine> {
        let analysis = &analysis_view.analysis;
        let Some(figure) = analysis.figures.get(index) else { return Vec::new() };
        let sentence = format!("   {}", said(article, sentence(analysis, figure)));
        vec![head(article, analysis_view, figure), line(sentence, Role::Text)]
    }

    /// Formats the number, the whole sentence, and the day of what is counted.
    fn detail(&self, article: &Article, analysis_view: &AnalysisView, index: usize, width: usize) -> Vec<PanelLine> {
        let analysis = &analysis_view.analysis;
        let Some(figure) = analysis.figures.get(index) else { return Vec::new() };
        let mut out = vec![head(article, analysis_view, figure)];
        out.extend(wrapped(&said(article, sentence(analysis, figure)), 3, width, Tint::Role(Role::Text)));
        let mut add = |text: &str| out.extend(wrapped(text, 3, width, Tint::Role(Role::Dim)));
        if let Some(source) = source(article, analysis, figure) {
            add(&format!("according to {source}"));
        }
        let interval = figure.time.and_then(|time| analysis.times.get(time)).and_then(|time| time.interval);
        if let Some((first, last)) = interval {
            add(&dates::interval(first, last));
        }
        out
    }

    fn heading(&self, analysis_view: &AnalysisView, order: Order, index: usize) -> Option<PanelLine> {
        let figure = analysis_view.analysis.figures.get(index).filter(|_| order == Order::Counted)?;
        let repeated = analysis_view.is_repeated_figure(index);
        Some(line(if repeated { format!(" {}", figure.counted) } else { ONCE.to_owned() }, Role::Heading))
    }

    fn target(&self, analysis_view: &AnalysisView, index: usize) -> Option<Span> {
        analysis_view.analysis.figures.get(index).map(|figure| figure.span)
    }

    fn jump_targets(&self, analysis_view: &AnalysisView) -> Vec<(Span, usize)> {
        let figures = analysis_view.analysis.figures.iter().enumerate();
        figures.filter(|(_, figure)| is_shown(figure)).map(|(index, figure)| (figure.span, index)).collect()
    }

    fn describe(&self, analysis_view: &AnalysisView, index: usize) -> Option<String> {
        analysis_view.analysis.figures.get(index).map(|figure| figure.counted.clone())
    }

    fn marks(&self, analysis_view: &AnalysisView) -> Vec<Mark> {
        let figures = analysis_view.analysis.figures.iter();
        figures.filter(|figure| is_shown(figure)).map(|figure| Mark::of(figure.span, Role::Figure)).collect()
    }

    fn marks_while_open(&self) -> bool {
        true
    }

    fn depth(&self) -> u8 {
        3
    }

    fn selected_marks(&self, analysis_view: &AnalysisView, selection: Selection, _pronouns: bool) -> Vec<Mark> {
        let analysis = &analysis_view.analysis;
        let Some(figure) = analysis.figures.get(selection.index) else { return Vec::new() };
        let speaker = figure.quote.and_then(|quote| analysis.quotes.get(quote)?.speaker.as_ref());
        let speaker = speaker.map(|speaker| Mark::of(speaker.mention, Role::Speaker));
        [Mark::of(figure.span, Role::Quoted)].into_iter().chain(speaker).collect()
    }

    fn entities(&self, analysis_view: &AnalysisView, index: usize) -> Vec<usize> {
        let analysis = &analysis_view.analysis;
        let quote = analysis.figures.get(index).and_then(|figure| analysis.quotes.get(figure.quote?));
        quote.and_then(|quote| quote.speaker.as_ref()?.entity).into_iter().collect()
    }
}

/// Returns whether a figure has a row.
fn is_shown(figure: &Figure) -> bool {
    figure.confidence >= MIN_FIGURE_CONFIDENCE
}

/// Returns the sentence that contains a figure, or only the figure if none does.
fn sentence(analysis: &Analysis, figure: &Figure) -> Span {
    let after = analysis.sentences.partition_point(|sentence| sentence.start <= figure.span.start);
    let sentence = after.checked_sub(1).and_then(|index| analysis.sentences.get(index));
    sentence.copied().filter(|sentence| sentence.covers(figure.span)).unwrap_or(figure.span)
}

/// Returns who claims a figure: the speaker of its quote, or else the publisher of the story.
fn source(article: &Article, analysis: &Analysis, figure: &Figure) -> Option<String> {
    let quote = figure.quote.and_then(|quote| analysis.quotes.get(quote));
    match quote.and_then(|quote| quote.speaker.as_ref()) {
        Some(speaker) => Some(speaker.name.clone()),
        None => article.publisher.as_ref().map(|publisher| publisher.value.clone()),
    }
}

/// Formats the first line of a figure: the number in the words of the story with what it counts, and its source.
fn head(article: &Article, analysis_view: &AnalysisView, figure: &Figure) -> PanelLine {
    let speaker = figure.quote.and_then(|quote| analysis_view.speaker_index(quote));
    let source = source(article, &analysis_view.analysis, figure);
    let tint = speaker.map_or(Tint::Role(Role::Dim), Tint::Speaker);
    let number = format!(" {} ", said(article, figure.span));
    PanelLine {
        left: vec![(number, Tint::Role(Role::Name)), (format!("· {}", figure.counted), Tint::Role(Role::Text))],
        right: source.map(|source| (source, tint)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(start: usize, counted: &str, confidence: f32) -> Figure {
        Figure {
            span: Span::new(start, start + 2),
            value: Some(12.0),
            low: None,
            high: None,
            unit: None,
            counted: counted.to_owned(),
            quote: None,
            time: None,
            confidence,
        }
    }

    #[test]
    fn things_counted_several_times_come_first_and_doubtful_figures_not_at_all() {
        let figures = vec![
            figure(0, "jobs", 0.9),
            figure(10, "people dead", 0.9),
            figure(20, "schools", 0.6),
            figure(30, "people dead", 0.95),
        ];
        let view = AnalysisView::new(Analysis { figures, ..Analysis::default() });
        assert_eq!(Figures.rows(&view, &Options::new(Order::Counted)), [1, 3, 0]);
        assert_eq!(Figures.rows(&view, &Options::new(Order::Text)), [0, 1, 3]);
        let heading = |index| Figures.heading(&view, Order::Counted, index).map(|line| line.left[0].0.clone());
        assert_eq!(heading(1).as_deref(), Some(" people dead"));
        assert_eq!(heading(0).as_deref(), Some(ONCE));
        assert_eq!(Figures.count(&view), 3);
    }
}
