//! Rows of the timeline panel: the date of an event, as precise as the text gives it, and a summary of the event.

use super::{
    CorrectablePart, Options, Order, PanelLine, PanelRows, TimelineScope, elsewhere, line, said, scale, wrapped,
};
use crate::tui::analysis_view::{AnalysisView, Selection};
use crate::tui::dates;
use crate::tui::mark::{Mark, Tint};
use crate::tui::overlays::counted;
use crate::tui::panels::PanelKind;
use crate::tui::theme::Role;
use dateline_analysis::{Event, Status, Timex, correction};
use dateline_core::article::{Article, DateSource};
use dateline_core::text::Span;
use jiff::civil::Date;

/// Minimum height of a panel that shows the scale, in rows.
const SCALE_ROWS: usize = 16;

/// Section of the timeline, in display order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum TimelineSection {
    /// Events before those that the story is about.
    Background,
    /// Events that the story is about.
    News,
    /// Events that have not happened yet.
    Ahead,
    /// Events without a date.
    Undated,
}

impl TimelineSection {
    /// Returns the section that an event belongs to.
    pub(super) fn of(event: &Event) -> Self {
        match (event.interval, event.status) {
            (None, _) => Self::Undated,
            (_, Status::Scheduled) => Self::Ahead,
            _ if event.news => Self::News,
            _ => Self::Background,
        }
    }

    /// Returns the heading of the section.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Background => "Background",
            Self::News => "The news",
            Self::Ahead => "Upcoming",
            Self::Undated => "Undated",
        }
    }
}

const KIND: PanelKind = PanelKind::Timeline;

/// Implementation of the timeline panel.
pub(super) struct Timeline;

impl PanelRows for Timeline {
    fn name(&self) -> &'static str {
        "Timeline"
    }

    fn noun(&self) -> &'static str {
        "dated event"
    }

    fn empty(&self, _total: usize) -> &'static str {
        "No dated events."
    }

    fn count(&self, analysis_view: &AnalysisView) -> usize {
        analysis_view.analysis.events.len()
    }

    fn orders(&self) -> &'static [Order] {
        &[Order::Date, Order::Text]
    }

    fn rows(&self, analysis_view: &AnalysisView, options: &Options) -> Vec<usize> {
        let events = &analysis_view.analysis.events;
        let mut rows: Vec<usize> =
            (0..events.len()).filter(|&event| shown(analysis_view, event, options.scope)).collect();
        if options.order == Order::Text {
            rows.sort_by_key(|&index| events.get(index).map(|event| event.clause.start));
        } else {
            rows.sort_by_key(|&index| events.get(index).map(|event| (TimelineSection::of(event), event.interval)));
        }
        rows.extend(elsewhere::indices(analysis_view, KIND, events.len(), |_| true));
        rows
    }

    fn height(&self, _order: Order) -> usize {
        2
    }

    /// Formats the date on the first line and the event on the second.
    fn brief(&self, article: &Article, analysis_view: &AnalysisView, _order: Order, index: usize) -> Vec<PanelLine> {
        let Some(event) = analysis_view.analysis.events.get(index) else {
            return elsewhere::brief(analysis_view, KIND, index);
        };
        vec![head(article, analysis_view, event), line(format!("   {}", event.summary), Role::Text)]
    }

    /// Formats the date and the event in full, with the time expression that dates the event and the source that
    /// reports it.
    fn detail(&self, article: &Article, analysis_view: &AnalysisView, index: usize, width: usize) -> Vec<PanelLine> {
        let analysis = &analysis_view.analysis;
        let Some(event) = analysis.events.get(index) else {
            return elsewhere::detail(analysis_view, KIND, index, width);
        };
        let mut out = vec![head(article, analysis_view, event)];
        out.extend(wrapped(&event.summary, 3, width, Tint::Role(Role::Text)));
        let mut add = |text: &str| out.extend(wrapped(text, 3, width, Tint::Role(Role::Dim)));
        if let Some(time) = analysis.times.get(event.time) {
            let words = said(article, time.span);
            match time.interval {
                Some((first, last)) if time.relative => add(&format!("“{words}” → {}", dates::interval(first, last))),
                Some(_) => add(&format!("“{words}”")),
                None => add(&format!("no date for “{words}” ({})", time.value)),
            }
        }
        let quote = event.reported.and_then(|quote| analysis.quotes.get(quote));
        if let Some(speaker) = quote.and_then(|quote| quote.speaker.as_ref()) {
            add(&format!("according to {}", speaker.name));
        }
        match event.retold.len() {
            0 => {}
            1 => add("also reported once"),
            more => add(&format!("also reported {more} times")),
        }
        out.extend(elsewhere::outlets(analysis_view, KIND, event.clause, width));
        out
    }

    fn heading(&self, analysis_view: &AnalysisView, order: Order, index: usize) -> Option<PanelLine> {
        let Some(event) = analysis_view.analysis.events.get(index) else {
            return elsewhere::heading(analysis_view, KIND, index);
        };
        if order != Order::Date {
            return None;
        }
        Some(line(format!(" {}", TimelineSection::of(event).name()), Role::Heading))
    }

    /// Draws the scale, if there is room for it, and the reference date for relative times, with its source.
    fn header(
        &self,
        _article: &Article,
        analysis_view: &AnalysisView,
        selected: Option<usize>,
        size: (usize, usize),
    ) -> Vec<PanelLine> {
        let (width, height) = size;
        let mut out = if height < SCALE_ROWS { Vec::new() } else { scale::lines(analysis_view, selected, width) };
        let Some(reference) = &analysis_view.analysis.reference else {
            let text = "No publication date. Set one to resolve relative dates.";
            out.extend(wrapped(text, 1, width, Tint::Role(Role::Unsure)));
            return out;
        };
        // Keep to one line. The words that date the story are shown in the notes on the story.
        let day = dates::day(reference.date);
        out.push(match reference.source {
            DateSource::Inferred => line(format!(" Published ~{day}"), Role::Dim),
            source => {
                let known = format!(" Published {day}, {}", dates::source(source));
                // In a narrow panel, the day matters more than how it is known.
                let fits = crate::reflow::width(&known) <= width;
                line(if fits { known } else { format!(" Published {day}") }, Role::Dim)
            }
        });
        let folded = analysis_view.analysis.events.iter().filter(|event| event.folded).count();
        if folded > 0 {
            out.push(line(format!(" {} · U toggles", counted(folded, "doubtful event", "doubtful events")), Role::Dim));
        }
        out
    }

    fn target(&self, analysis_view: &AnalysisView, index: usize) -> Option<Span> {
        analysis_view.analysis.events.get(index).map(|event| event.clause)
    }

    fn describe(&self, analysis_view: &AnalysisView, index: usize) -> Option<String> {
        interval(analysis_view, index).map(|(first, last)| dates::interval(first, last))
    }

    fn click_order(&self) -> u8 {
        2
    }

    fn marks(&self, analysis_view: &AnalysisView) -> Vec<Mark> {
        analysis_view.analysis.times.iter().map(|time| Mark::of(time.span, Role::Time)).collect()
    }

    fn depth(&self) -> u8 {
        1
    }

    fn selected_marks(&self, analysis_view: &AnalysisView, selection: Selection, _pronouns: bool) -> Vec<Mark> {
        let Some(event) = analysis_view.analysis.events.get(selection.index) else { return Vec::new() };
        let time = analysis_view.analysis.times.get(event.time).map(|time| Mark::of(time.span, Role::Speaker));
        [Mark::of(event.clause, Role::Quoted)].into_iter().chain(time).collect()
    }

    fn entities(&self, analysis_view: &AnalysisView, index: usize) -> Vec<usize> {
        analysis_view.analysis.events.get(index).map(|event| event.entities.clone()).unwrap_or_default()
    }

    fn correctable_part(&self, analysis_view: &AnalysisView, index: usize) -> Option<CorrectablePart> {
        analysis_view.analysis.events.get(index)?;
        Some(CorrectablePart::Day(interval(analysis_view, index).map(|(first, _)| first)))
    }

    fn layer(&self) -> Option<correction::Layer> {
        Some(correction::Layer::Events)
    }
}

/// Returns the first and the last day of an event; `None` if it has no date.
fn interval(analysis_view: &AnalysisView, index: usize) -> Option<(Date, Date)> {
    analysis_view.analysis.events.get(index)?.interval
}

/// Returns whether an event has a date.
fn dated(analysis_view: &AnalysisView, index: usize) -> bool {
    interval(analysis_view, index).is_some()
}

/// Formats the days of an event; `None` if it has no date. An ongoing event shows its beginning, followed by `→ now`.
pub(super) fn when(event: &Event, time: Option<&Timex>) -> Option<String> {
    let (first, last) = event.interval?;
    match time.and_then(|time| time.interval).filter(|_| event.ongoing) {
        Some((first, last)) => Some(format!("{} → now", dates::interval(first, last))),
        None => Some(dates::interval(first, last)),
    }
}

/// Returns whether an event is shown in this scope of the timeline.
fn shown(analysis_view: &AnalysisView, index: usize, scope: TimelineScope) -> bool {
    let folded = analysis_view.analysis.events.get(index).is_some_and(|event| event.folded);
    match scope {
        TimelineScope::Likely => dated(analysis_view, index) && !folded,
        TimelineScope::Dated => dated(analysis_view, index),
        TimelineScope::All => true,
    }
}

/// Formats the first line of an event: its date on the left, and on the right its status or the words that date it.
/// Doubtful events, doubtful dates and dates relative to an inferred day are marked as unsure.
fn head(article: &Article, analysis_view: &AnalysisView, event: &Event) -> PanelLine {
    let analysis = &analysis_view.analysis;
    let time = analysis.times.get(event.time);
    let date = when(event, time).unwrap_or_else(|| "undated".to_owned());
    let relative = time.is_some_and(|time| time.relative);
    let status = match event.status {
        Status::Scheduled => Some("upcoming"),
        Status::Hypothetical => Some("uncertain"),
        Status::Habitual => Some("recurring"),
        Status::Past if event.reported.is_some() => Some("reported"),
        Status::Past => None,
    };
    let words = || time.filter(|_| relative).map(|time| format!("“{}”", said(article, time.span)));
    let guessed = analysis.reference.as_ref().is_some_and(|reference| reference.source == DateSource::Inferred);
    let mut right = status.map(str::to_owned).or_else(words).unwrap_or_default();
    if event.folded || relative && guessed || time.is_some_and(Timex::is_doubtful) {
        right.push_str(if right.is_empty() { "?" } else { " ?" });
    }
    if let Some(others) = elsewhere::count(analysis_view, KIND, event.clause) {
        right.push_str(if right.is_empty() { "" } else { " " });
        right.push_str(&others);
    }
    let mark = if event.news { " ● " } else { " ○ " };
    PanelLine {
        left: vec![
            (mark.to_owned(), Tint::Role(Role::Bar)),
            (date, Tint::Role(if relative { Role::Resolved } else { Role::Name })),
        ],
        right: Some((right, Tint::Role(Role::Dim))).filter(|(text, _)| !text.is_empty()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_analysis::{Analysis, Granularity};
    use jiff::civil::date;

    fn event(dated: bool, folded: bool) -> Event {
        Event {
            interval: dated.then(|| (date(2024, 5, 3), date(2024, 5, 3))),
            granularity: Granularity::Day,
            folded,
            sentence: Span::default(),
            clause: Span::default(),
            summary: String::new(),
            time: 0,
            ongoing: false,
            status: Status::Past,
            entities: Vec::new(),
            reported: None,
            news: false,
            retold: Vec::new(),
            confidence: 0.4,
        }
    }

    #[test]
    fn doubtful_events_are_shown_on_request_and_undated_ones_after_them() {
        let events = vec![event(true, false), event(true, true), event(false, false)];
        let view = AnalysisView::new(Analysis { events, ..Analysis::default() });
        let rows = |scope| Timeline.rows(&view, &Options { scope, ..Options::new(Order::Text) }).len();
        let scopes = [TimelineScope::Likely, TimelineScope::Likely.next(), TimelineScope::Likely.next().next()];
        assert_eq!(scopes.map(rows), [1, 2, 3]);
        assert_eq!(scopes[2].next(), TimelineScope::Likely);
        assert!(head(&Article::default(), &view, &view.analysis.events[1]).right.is_some_and(|(text, _)| text == "?"));
    }
}
