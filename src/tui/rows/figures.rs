//! Rows of the figures panel: who claims how many. A number with its source, and below it the words of the text around it.

use super::{Options, Order, PanelLine, PanelRows, line, wrapped};
use crate::reflow::prose;
use crate::tui::analysis_view::{AnalysisView, MIN_FIGURE_CONFIDENCE, Selection};
use crate::tui::dates;
use crate::tui::mark::{Mark, Tint};
use crate::tui::theme::Role;
use dateline_analysis::{Analysis, Figure, FigureWords};
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

    /// Formats the number and its source on the first line, and the words around the number on the second.
    fn brief(&self, article: &Article, analysis_view: &AnalysisView, _order: Order, index: usize) -> Vec<PanelLine> {
        let Some(figure) = analysis_view.analysis.figures.get(index) else { return Vec::new() };
        let words = figure.words(&article.text, &analysis_view.analysis);
        let near = PanelLine {
            left: vec![
                (format!("   {}", last_words(&words.before)), Tint::Role(Role::Text)),
                (words.number.clone(), Tint::Role(Role::Name)),
                (words.after, Tint::Role(Role::Text)),
            ],
            right: None,
        };
        vec![head(article, analysis_view, figure, &words.number), near]
    }

    /// Formats the number, the words around it, its source, and the day of what is counted.
    fn detail(&self, article: &Article, analysis_view: &AnalysisView, index: usize, width: usize) -> Vec<PanelLine> {
        let analysis = &analysis_view.analysis;
        let Some(figure) = analysis.figures.get(index) else { return Vec::new() };
        let words = figure.words(&article.text, analysis);
        let mut out = vec![head(article, analysis_view, figure, &words.number)];
        out.extend(around(&words, width));
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

    fn unseen_words(&self, article: &Article, analysis_view: &AnalysisView, index: usize) -> Option<String> {
        let figure = analysis_view.analysis.figures.get(index)?;
        let words = figure.words(&article.text, &analysis_view.analysis);
        Some(format!("{} {}", figure.counted, words.before))
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
        let speaker = figure.speaker(analysis).map(|speaker| Mark::of(speaker.mention, Role::Speaker));
        [Mark::of(figure.span, Role::Quoted)].into_iter().chain(speaker).collect()
    }

    fn entities(&self, analysis_view: &AnalysisView, index: usize) -> Vec<usize> {
        let analysis = &analysis_view.analysis;
        let speaker = analysis.figures.get(index).and_then(|figure| figure.speaker(analysis));
        speaker.and_then(|speaker| speaker.entity).into_iter().collect()
    }
}

/// Returns whether a figure has a row.
fn is_shown(figure: &Figure) -> bool {
    figure.confidence >= MIN_FIGURE_CONFIDENCE
}

/// Returns who claims a figure: the source that the text names, or else the publisher of the story.
fn source(article: &Article, analysis: &Analysis, figure: &Figure) -> Option<String> {
    match figure.speaker(analysis) {
        Some(speaker) => Some(speaker.name.clone()),
        None => article.publisher.as_ref().map(|publisher| publisher.value.clone()),
    }
}

/// Formats the first line of a figure: the number in the words of the story, and its source.
fn head(article: &Article, analysis_view: &AnalysisView, figure: &Figure, number: &str) -> PanelLine {
    let speaker = figure.quote.filter(|_| figure.source.is_none()).and_then(|quote| analysis_view.speaker_index(quote));
    let source = source(article, &analysis_view.analysis, figure);
    let tint = speaker.map_or(Tint::Role(Role::Dim), Tint::Speaker);
    PanelLine {
        left: vec![(format!(" {number} "), Tint::Role(Role::Name))],
        right: source.map(|source| (source, tint)),
    }
}

/// Returns the last words of `text` that leave room for the number and the words after it on one line.
fn last_words(text: &str) -> String {
    /// Maximum number of characters.
    const LONG: usize = 16;
    let count = text.chars().count();
    if count <= LONG {
        return text.to_owned();
    }
    let from = text.char_indices().nth(count - LONG).map_or(0, |(at, _)| at);
    let rest = text.get(from..).unwrap_or_default();
    format!("…{}", rest.split_once(' ').map_or(rest, |(_, words)| words))
}

/// Wraps the words of a figure into lines of at most `width` columns, with the number in the style of names.
fn around(words: &FigureWords, width: usize) -> Vec<PanelLine> {
    const INDENT: usize = 3;
    let text = [words.before.as_str(), &words.number, &words.after].concat();
    let number = Span::new(words.before.len(), words.before.len() + words.number.len());
    let lines = prose(&text, Span::new(0, text.len()), width.saturating_sub(INDENT).max(1), &[]);
    let format = |line: Span| {
        let (start, end) = (number.start.clamp(line.start, line.end), number.end.clamp(line.start, line.end));
        let piece = |from, to, role| (Span::new(from, to).of(&text).to_owned(), Tint::Role(role));
        let mut left = vec![(" ".repeat(INDENT), Tint::Role(Role::Text)), piece(line.start, start, Role::Text)];
        left.extend([piece(start, end, Role::Name), piece(end, line.end, Role::Text)]);
        left.retain(|(piece, _)| !piece.is_empty());
        PanelLine { left, right: None }
    };
    lines.into_iter().map(format).collect()
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
            clause: Span::default(),
            context: None,
            source: None,
        }
    }

    #[test]
    fn the_line_of_a_row_keeps_the_words_right_before_its_number() {
        assert_eq!(last_words("It killed "), "It killed ");
        assert_eq!(last_words("The storm that struck Orra on Monday killed "), "…Monday killed ");
        assert_eq!(last_words("ÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄ "), "…");
    }

    #[test]
    fn the_number_keeps_its_style_in_the_wrapped_words() {
        let words = FigureWords { before: "It killed ".into(), number: "at least 12".into(), after: " people.".into() };
        let lines = around(&words, 20);
        let styled: String = lines
            .iter()
            .flat_map(|line| &line.left)
            .filter(|(_, tint)| *tint == Tint::Role(Role::Name))
            .map(|(piece, _)| piece.as_str())
            .collect();
        assert_eq!(styled.split_whitespace().collect::<String>(), "atleast12");
        let all: Vec<String> =
            lines.iter().map(|line| line.left.iter().map(|(piece, _)| piece.as_str()).collect()).collect();
        assert_eq!(all.join(" ").split_whitespace().collect::<Vec<_>>().join(" "), "It killed at least 12 people.");
        assert!(all.iter().all(|line| line.chars().count() <= 20), "{all:?}");
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
