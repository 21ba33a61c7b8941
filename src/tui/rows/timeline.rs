//! Rows of the timeline: when, as exactly as the text says, and what.

use super::{Line, line, said, scale, wrapped};
use crate::analysis::{Event, Status, Timex};
use crate::article::{Article, DateSource};
use crate::tui::dates;
use crate::tui::findings::Findings;
use crate::tui::mark::Tint;
use crate::tui::theme::Role;

/// The least rows of a panel that has room for a scale.
const SCALE_ROWS: usize = 16;

/// The parts of a timeline, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Era {
    /// What led to the story.
    Background,
    /// What the story is about.
    News,
    /// What is still to happen.
    Ahead,
    /// What has no date.
    Undated,
}

impl Era {
    /// The part that an event belongs to.
    pub fn of(event: &Event) -> Self {
        match (event.interval, event.status) {
            (None, _) => Self::Undated,
            (_, Status::Scheduled) => Self::Ahead,
            _ if event.news => Self::News,
            _ => Self::Background,
        }
    }

    /// Its heading.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Background => "Background",
            Self::News => "The news",
            Self::Ahead => "To come",
            Self::Undated => "Without a date",
        }
    }
}

/// The date, then what happened.
pub fn brief(article: &Article, findings: &Findings, index: usize) -> Vec<Line> {
    let Some(event) = findings.analysis.events.get(index) else { return Vec::new() };
    vec![head(article, findings, event), line(format!("   {}", event.summary), Role::Text)]
}

/// The date, the words it was worked out from, what happened, who says so.
pub fn detail(article: &Article, findings: &Findings, index: usize, width: usize) -> Vec<Line> {
    let analysis = &findings.analysis;
    let Some(event) = analysis.events.get(index) else { return Vec::new() };
    let mut out = vec![head(article, findings, event)];
    out.extend(wrapped(&event.summary, 3, width, Tint::Role(Role::Text)));
    let mut tell = |text: &str| out.extend(wrapped(text, 3, width, Tint::Role(Role::Dim)));
    if let Some(time) = analysis.times.get(event.time) {
        let words = said(article, time.span);
        match time.interval {
            Some((first, last)) if time.relative => tell(&format!("“{words}” → {}", dates::interval(first, last))),
            Some(_) => tell(&format!("“{words}”")),
            None => tell(&format!("“{words}” names no day ({})", time.value)),
        }
    }
    let quote = event.reported.and_then(|quote| analysis.quotes.get(quote));
    if let Some(speaker) = quote.and_then(|quote| quote.speaker.as_ref()) {
        tell(&format!("as told by {}", speaker.name));
    }
    if !event.retold.is_empty() {
        tell(&format!(
            "told again {} more",
            if event.retold.len() == 1 { "once".to_owned() } else { format!("{} times", event.retold.len()) }
        ));
    }
    out
}

/// The scale, if there is room, and the day that relative times count from with how it is known.
pub fn header(article: &Article, findings: &Findings, selected: Option<usize>, size: (usize, usize)) -> Vec<Line> {
    let (width, height) = size;
    let mut out = if height < SCALE_ROWS { Vec::new() } else { scale::lines(findings, selected, width) };
    let Some(reference) = &findings.analysis.reference else {
        let text = "No date is known for this story: set one, and its relative times are worked out.";
        out.extend(wrapped(text, 1, width, Tint::Role(Role::Unsure)));
        return out;
    };
    let mut text = format!("Told on {}, {}", dates::day(reference.date), dates::source(reference.source));
    let evidence: Vec<String> = reference.evidence.iter().map(|&span| format!("“{}”", said(article, span))).collect();
    if !evidence.is_empty() {
        text.push_str(if reference.source == DateSource::Inferred { " " } else { ": " });
        text.push_str(&evidence.join(", "));
    }
    out.extend(wrapped(&text, 1, width, Tint::Role(Role::Dim)));
    out
}

/// The days of an event; what goes on still has its beginning alone.
pub fn when(event: &Event, time: Option<&Timex>) -> Option<String> {
    let (first, last) = event.interval?;
    match time.and_then(|time| time.interval).filter(|_| event.ongoing) {
        Some((first, last)) => Some(format!("{} → now", dates::interval(first, last))),
        None => Some(dates::interval(first, last)),
    }
}

/// On the left the date, on the right what kind of fact it is, or the words that date it. A date that
/// counts from a day that was only worked out is marked as not sure.
fn head(article: &Article, findings: &Findings, event: &Event) -> Line {
    let analysis = &findings.analysis;
    let time = analysis.times.get(event.time);
    let date = when(event, time).unwrap_or_else(|| "undated".to_owned());
    let relative = time.is_some_and(|time| time.relative);
    let status = match event.status {
        Status::Scheduled => Some("to come"),
        Status::Hypothetical => Some("not certain"),
        Status::Habitual => Some("again and again"),
        Status::Past if event.reported.is_some() => Some("reported"),
        Status::Past => None,
    };
    let words = || time.filter(|_| relative).map(|time| format!("“{}”", said(article, time.span)));
    let guessed = analysis.reference.as_ref().is_some_and(|reference| reference.source == DateSource::Inferred);
    let mut right = status.map(str::to_owned).or_else(words).unwrap_or_default();
    if relative && guessed {
        right.push_str(if right.is_empty() { "?" } else { " ?" });
    }
    let mark = if event.news { " ● " } else { " ○ " };
    Line {
        left: vec![
            (mark.to_owned(), Tint::Role(Role::Bar)),
            (date, Tint::Role(if relative { Role::Resolved } else { Role::Name })),
        ],
        right: Some((right, Tint::Role(Role::Dim))).filter(|(text, _)| !text.is_empty()),
    }
}
