//! Happening that several stories report: its versions, what the open one adds to those that were read, and where they
//! differ. The library computes it when a version is opened.

use super::dates;
use super::mark::{Mark, MarkLayer};
use super::panels::PanelKind;
use super::theme::Role;
use dateline_core::text::Span;
use jiff::civil::Date;

/// Maximum number of other versions to name in the line below the headline.
const MAX_NAMED: usize = 4;

/// Happening, as seen from one of its versions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Happening {
    /// ID in the library of the version that the other fields describe.
    pub(crate) story: i64,
    /// All versions in order of publication, including the described one.
    pub(crate) versions: Vec<VersionSummary>,
    /// Sentences that a version read before has in almost the same words.
    pub(crate) repeated: Vec<Span>,
    /// Sentences, figures and dated events that no version read before has, in text order. Empty if none was read.
    pub(crate) new: Vec<Span>,
    /// Quotes that a version read before has, too, each with the index of that version.
    pub(crate) heard: Vec<(Span, usize)>,
    /// Points on which versions differ.
    pub(crate) differences: Vec<Disagreement>,
    /// Quotes that the versions share.
    pub(crate) quotes: SharedRows,
    /// Dated events that the versions share.
    pub(crate) events: SharedRows,
}

/// Rows of a panel, each once for all versions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SharedRows {
    /// Rows of the described version that others have, too, each with the span that it leads to.
    pub(crate) own: Vec<(Span, SharedRow)>,
    /// Rows that only other versions have.
    pub(crate) elsewhere: Vec<SharedRow>,
}

/// Row of a panel in other versions than the described one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SharedRow {
    /// Index of each other version that has the row, with the span in its text. The fullest form comes first.
    pub(crate) places: Vec<(usize, Span)>,
    /// Name of the speaker, or days of the event.
    pub(crate) title: String,
    /// Words of the quote, or summary of the event.
    pub(crate) words: String,
    /// Whether the row is a quote in the writer's words.
    pub(crate) reported: bool,
    /// Speaker of whom only another version is sure, and the index of that version.
    pub(crate) lent: Option<(String, usize)>,
}

impl SharedRows {
    /// Returns what other versions have on the row that leads to this span.
    pub(crate) fn own(&self, span: Span) -> Option<&SharedRow> {
        self.own.iter().find(|(own, _)| *own == span).map(|(_, row)| row)
    }
}

/// Version of a happening.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct VersionSummary {
    /// ID of the story in the library.
    pub(crate) id: i64,
    /// Name of the outlet.
    pub(crate) outlet: String,
    /// Headline of the story.
    pub(crate) headline: String,
    /// Time of publication in ISO 8601, as precisely as it is known.
    pub(crate) published: Option<String>,
    /// Whether the story was read.
    pub(crate) read: bool,
    /// Whether the story has mostly the words of a version published before by another outlet.
    pub(crate) reprint: bool,
    /// Words that the version adds to those published before it, if any.
    pub(crate) adds: Option<String>,
}

/// Point on which the versions of a happening differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Disagreement {
    /// Kind of the point: figure, day, speaker or words.
    pub(crate) aspect: String,
    /// What the versions differ on, such as the thing that was counted.
    pub(crate) about: String,
    /// Different statements, each with the versions that make it.
    pub(crate) claims: Vec<Statement>,
}

/// Statement that some versions of a happening make.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Statement {
    /// Statement in short, such as a number.
    pub(crate) text: String,
    /// Whether it was published after the first statement.
    pub(crate) later: bool,
    /// Index of each version that makes the statement, with the span of the words and their sentence.
    pub(crate) places: Vec<(usize, Span, String)>,
}

/// Happening with the marks that the text shows.
#[derive(Clone, Debug, Default)]
pub(crate) struct HappeningView {
    /// Happening, as seen from the open story.
    pub(crate) happening: Happening,
    /// Marks for the sentences that were read before.
    pub(crate) repeated: MarkLayer,
    /// Marks for what is new, without a style. They serve to find it by its place.
    pub(crate) new: MarkLayer,
    /// Marks for the first word of each new passage in `text`, because the margin does not show which of two sentences in a
    /// line is new.
    pub(crate) openings: MarkLayer,
    /// Marks for the quotes that were read before, without a style.
    pub(crate) heard: MarkLayer,
}

impl HappeningView {
    /// Creates the marks of a happening for the text of its described version.
    #[must_use]
    pub(crate) fn new(happening: Happening, text: &str) -> Self {
        let opening = |span: &Span| {
            let words = span.of(text);
            let is_letter = |letter: char| letter.is_alphanumeric();
            let start = words.find(is_letter).unwrap_or(0);
            let rest = words.get(start..).unwrap_or_default();
            let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
            Mark::of(Span::new(span.start + start, span.start + start + length), Role::Resolved)
        };
        let openings = MarkLayer::new(happening.new.iter().map(opening).collect());
        let layer = |spans: &mut dyn Iterator<Item = Span>| {
            MarkLayer::new(spans.map(|span| Mark::of(span, Role::Dim)).collect())
        };
        Self {
            repeated: layer(&mut happening.repeated.iter().copied()),
            new: layer(&mut happening.new.iter().copied()),
            openings,
            heard: layer(&mut happening.heard.iter().map(|&(span, _)| span)),
            happening,
        }
    }

    /// Returns the symbol for the margin of a row: `+` if something new begins in it, `=` if a quote that was read
    /// before does.
    #[must_use]
    pub(crate) fn sign(&self, row: Span) -> Option<&'static str> {
        let begins = |layer: &MarkLayer| layer.within(row).any(|mark| row.contains(mark.span.start));
        if begins(&self.new) { Some("+") } else { begins(&self.heard).then_some("=") }
    }
}

impl Happening {
    /// Returns the outlet of the version in which a quote was read before.
    #[must_use]
    pub(crate) fn heard_in(&self, quote: Span) -> Option<&str> {
        let &(_, version) = self.heard.iter().find(|(span, _)| *span == quote)?;
        Some(self.versions.get(version)?.outlet.as_str())
    }

    /// Returns the rows of a panel that the versions share; `None` for panels that list one version.
    #[must_use]
    pub(crate) const fn rows(&self, kind: PanelKind) -> Option<&SharedRows> {
        match kind {
            PanelKind::Quotes => Some(&self.quotes),
            PanelKind::Timeline => Some(&self.events),
            PanelKind::Entities | PanelKind::Figures => None,
        }
    }

    /// Returns the outlets of the other versions that have a row, each once.
    #[must_use]
    pub(crate) fn outlets(&self, row: &SharedRow) -> Vec<&str> {
        let mut out: Vec<&str> = Vec::new();
        for version in row.places.iter().filter_map(|&(version, _)| self.versions.get(version)) {
            if !out.contains(&version.outlet.as_str()) {
                out.push(&version.outlet);
            }
        }
        out
    }

    /// Returns the speaker that another version lends to a quote, with the outlet.
    #[must_use]
    pub(crate) fn lent(&self, quote: Span) -> Option<(&str, &str)> {
        let (name, version) = self.quotes.own(quote)?.lent.as_ref()?;
        Some((name, &self.versions.get(*version)?.outlet))
    }

    /// Returns the day on which the described version was published.
    #[must_use]
    pub(crate) fn day(&self) -> Option<Date> {
        self.versions.iter().find(|version| version.id == self.story)?.day()
    }

    /// Formats the times of versions in a list, each with its day unless the version before has the same.
    pub(crate) fn times<'a>(&self, listed: impl IntoIterator<Item = &'a VersionSummary>) -> Vec<String> {
        let mut before = None;
        let time = |version: &'a VersionSummary| {
            let time = version.time(before, self.day());
            before = version.day();
            time
        };
        listed.into_iter().map(time).collect()
    }

    /// Formats the line below the headline that lists the other versions, such as `Also in Vale Echo 3 May 09:10 (read)
    /// · Harbour Post 11:40`.
    #[must_use]
    pub(crate) fn line(&self) -> String {
        let others: Vec<_> = self.versions.iter().filter(|version| version.id != self.story).collect();
        let labels = others.iter().zip(self.times(others.iter().copied()));
        let mut parts: Vec<String> = labels.map(|(version, time)| version.label(&time)).collect();
        let more = parts.len().saturating_sub(MAX_NAMED);
        if more > 1 {
            parts.truncate(MAX_NAMED);
            parts.push(format!("{more} more"));
        }
        format!("Also in {}", parts.join(" · "))
    }
}

impl VersionSummary {
    /// Returns the day of publication.
    fn day(&self) -> Option<Date> {
        self.published.as_deref()?.get(..10)?.parse().ok()
    }

    /// Formats the time of publication: only the clock time if it is on the day `before`, and without the year if it is
    /// that of `own`, the day of the open story.
    fn time(&self, before: Option<Date>, own: Option<Date>) -> String {
        let Some(day) = self.day() else { return String::new() };
        let clock = self.published.as_deref().and_then(dates::clock).map(dates::hours);
        let whole = dates::short(day);
        let year = format!(" {}", day.year());
        let is_this_year = own.is_some_and(|own| own.year() == day.year());
        let date = whole.strip_suffix(&year).filter(|_| is_this_year).unwrap_or(&whole);
        match clock {
            Some(clock) if before == Some(day) => clock,
            Some(clock) => format!("{date} {clock}"),
            None => date.to_owned(),
        }
    }

    /// Formats the outlet with the time of publication, and whether the version was read or is a reprint.
    fn label(&self, time: &str) -> String {
        let state = match (self.read, self.reprint) {
            (true, true) => " (reprint, read)",
            (true, false) => " (read)",
            (false, true) => " (reprint)",
            (false, false) => "",
        };
        let words = [self.outlet.as_str(), time].join(" ");
        format!("{}{state}", words.trim())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(id: i64, outlet: &str, published: &str, read: bool) -> VersionSummary {
        let published = Some(published.to_owned());
        VersionSummary { id, outlet: outlet.to_owned(), published, read, ..VersionSummary::default() }
    }

    fn happening() -> Happening {
        Happening {
            story: 2,
            versions: vec![
                version(1, "Vale Echo", "2024-05-03T09:10:00Z", true),
                version(2, "Harbour Post", "2024-05-03T11:40:00Z", false),
                version(3, "Tarn Gazette", "2024-05-04", false),
            ],
            new: vec![Span::new(40, 50)],
            heard: vec![(Span::new(80, 120), 0)],
            ..Happening::default()
        }
    }

    #[test]
    fn the_other_versions_are_listed_with_their_times() {
        let mut happening = happening();
        assert_eq!(happening.line(), "Also in Vale Echo 3 May 09:10 (read) · Tarn Gazette 4 May");
        let mut same = happening.versions[0].clone();
        (same.id, same.outlet) = (9, "Coast Wire".to_owned());
        happening.versions.insert(1, same);
        assert_eq!(
            happening.line(),
            "Also in Vale Echo 3 May 09:10 (read) · Coast Wire 09:10 (read) · Tarn Gazette 4 May",
            "only a day that differs from the one before is repeated"
        );
        happening.versions.remove(1);
        happening.versions[2].reprint = true;
        happening.versions[0].published = None;
        assert_eq!(happening.line(), "Also in Vale Echo (read) · Tarn Gazette 4 May (reprint)");
        let many = (4..9).map(|id| version(id, "Coast Wire", "2023-05-04", false));
        happening.versions.extend(many);
        assert!(
            happening.line().ends_with("Coast Wire 4 May 2023 · Coast Wire 4 May 2023 · 3 more"),
            "{}",
            happening.line()
        );
    }

    #[test]
    fn the_outlets_of_a_row_are_listed_once_and_lend_a_speaker() {
        let mut happening = happening();
        let places = vec![(2, Span::new(0, 9)), (0, Span::new(0, 9)), (2, Span::new(10, 19))];
        let row = SharedRow { places, lent: Some(("Mara Odell".to_owned(), 2)), ..SharedRow::default() };
        assert_eq!(happening.outlets(&row), ["Tarn Gazette", "Vale Echo"]);
        happening.quotes.own.push((Span::new(80, 120), row));
        assert_eq!(happening.lent(Span::new(80, 120)), Some(("Mara Odell", "Tarn Gazette")));
        assert_eq!(happening.lent(Span::new(0, 120)), None);
        assert!(happening.rows(PanelKind::Quotes).is_some() && happening.rows(PanelKind::Figures).is_none());
    }

    #[test]
    fn the_margin_marks_the_row_where_something_new_or_heard_begins() {
        let view = HappeningView::new(happening(), &"Rescue ".repeat(20));
        let signs = [(0, 40), (30, 45), (45, 70), (70, 100), (100, 130)];
        let signs = signs.map(|(start, end)| view.sign(Span::new(start, end)));
        assert_eq!(signs, [None, Some("+"), None, Some("="), None]);
        let openings: Vec<Span> = view.openings.within(Span::new(0, 140)).map(|mark| mark.span).collect();
        assert_eq!(openings, [Span::new(40, 41)], "up to the end of the word that begins before");
        assert_eq!(view.happening.heard_in(Span::new(80, 120)), Some("Vale Echo"));
        assert_eq!(view.happening.heard_in(Span::new(81, 120)), None);
    }
}
