//! Rows of the timeline: when, as exactly as the text says, and what.

use super::{Line, line, said, wrapped};
use crate::analysis::{Event, Status};
use crate::article::Article;
use crate::tui::dates;
use crate::tui::findings::Findings;
use crate::tui::mark::Tint;
use crate::tui::theme::Role;

/// The date, then what happened.
pub fn brief(findings: &Findings, index: usize) -> Vec<Line> {
    let Some(event) = findings.analysis.events.get(index) else { return Vec::new() };
    vec![head(findings, event), line(format!("   {}", event.summary), Role::Text)]
}

/// The date, the words it was worked out from, what happened, who says so.
pub fn detail(article: &Article, findings: &Findings, index: usize, width: usize) -> Vec<Line> {
    let analysis = &findings.analysis;
    let Some(event) = analysis.events.get(index) else { return Vec::new() };
    let mut out = vec![head(findings, event)];
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

/// The day that relative times count from, and how it is known.
pub fn header(article: &Article, findings: &Findings, width: usize) -> Vec<Line> {
    let Some(reference) = &findings.analysis.reference else {
        return wrapped(
            "No date is known for this story: set one, and its relative times are worked out.",
            1,
            width,
            Tint::Role(Role::Unsure),
        );
    };
    let mut text = format!("Told on {}, {}", dates::day(reference.date), dates::source(reference.source));
    let evidence: Vec<String> = reference.evidence.iter().map(|&span| format!("“{}”", said(article, span))).collect();
    if !evidence.is_empty() {
        text.push_str(if reference.source == crate::article::DateSource::Inferred { " " } else { ": " });
        text.push_str(&evidence.join(", "));
    }
    wrapped(&text, 1, width, Tint::Role(Role::Dim))
}

/// The date in the left, and in the right what kind of fact it is.
fn head(findings: &Findings, event: &Event) -> Line {
    let date = event.interval.map_or_else(|| "undated".to_owned(), |(first, last)| dates::interval(first, last));
    let status = match event.status {
        Status::Scheduled => Some("to come"),
        Status::Hypothetical => Some("not certain"),
        Status::Habitual => Some("again and again"),
        Status::Past if event.reported.is_some() => Some("reported"),
        Status::Past if event.news => None,
        Status::Past => Some("before"),
    };
    let relative = findings.analysis.times.get(event.time).is_some_and(|time| time.relative);
    let mark = if event.news { " ● " } else { " ○ " };
    Line {
        left: vec![
            (mark.to_owned(), Tint::Role(Role::Bar)),
            (date, Tint::Role(if relative { Role::Resolved } else { Role::Name })),
        ],
        right: status.map(|status| (status.to_owned(), Tint::Role(Role::Dim))),
    }
}
