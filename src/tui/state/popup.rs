//! Lists shown over the panes, such as the outline of a story, the user's highlights, and notes on how the story was
//! read.

use crate::reflow::prose;
use crate::tui::analysis_view::AnalysisView;
use crate::tui::highlight::Highlights;
use crate::tui::overlays::counted;
use dateline_core::Named;
use dateline_core::article::{Article, BlockKind};
use dateline_core::text::{Span, folded};

/// Contents of a popup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PopupKind {
    /// Headline and headings of the story, or the beginnings of its paragraphs if there are no headings.
    Outline,
    /// URL of the story, then the links in its text.
    Links,
    /// Footnote that a reference in the text leads to.
    Footnote,
    /// The user's highlights, with their notes.
    Highlights,
    /// Notes on how the story was read: limits reached, bytes replaced, guesses made, parts removed.
    Notes,
}

/// Row of a popup list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PopupRow {
    /// Symbol before the text of the row.
    pub(crate) sign: &'static str,
    /// Text of the row.
    pub(crate) label: String,
    /// Span of the text that the row leads to, if any.
    pub(crate) place: Option<Span>,
}

/// Popup list of rows to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Popup {
    /// Kind of contents that the popup shows.
    pub(crate) topic: PopupKind,
    /// Rows of the popup; never empty.
    pub(crate) rows: Vec<PopupRow>,
    /// Index of the selected row.
    pub(crate) selected: usize,
}

impl PopupKind {
    /// Returns the title to show above the rows.
    #[must_use]
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Outline => "Outline",
            Self::Links => "Links",
            Self::Footnote => "Note",
            Self::Highlights => "Highlights",
            Self::Notes => "Notes on this story",
        }
    }
}

impl Popup {
    /// Creates a popup with these rows. Returns `None` if there are no rows.
    #[must_use]
    pub(crate) fn new(topic: PopupKind, rows: Vec<PopupRow>, selected: usize) -> Option<Self> {
        let last = rows.len().checked_sub(1)?;
        Some(Self { topic, rows, selected: selected.min(last) })
    }

    /// Moves the selection by `rows` rows, or upwards if negative.
    pub(crate) fn step(&mut self, rows: isize) {
        self.selected = self.selected.saturating_add_signed(rows).min(self.rows.len().saturating_sub(1));
    }
}

/// Returns the headline and the headings of a story, or the beginnings of its paragraphs if there are no headings.
#[must_use]
pub(crate) fn outline(article: &Article) -> Vec<PopupRow> {
    let has_headings = article.blocks.iter().any(|block| block.kind == BlockKind::Heading);
    let wanted = |kind: BlockKind| match kind {
        BlockKind::Headline | BlockKind::Heading => true,
        BlockKind::Paragraph => !has_headings,
        _ => false,
    };
    let blocks = article.blocks.iter().filter(|block| wanted(block.kind));
    let row = |block: &dateline_core::article::Block| {
        let depth = usize::from(block.level.unwrap_or(1).clamp(1, 6)) - 1;
        let indent = if block.kind == BlockKind::Heading { "  ".repeat(depth) } else { String::new() };
        PopupRow {
            sign: " ",
            label: format!("{indent}{}", opening(&article.text, block.span)),
            place: Some(block.span),
        }
    };
    blocks.map(row).collect()
}

/// Returns the first words of a span, with each run of white space collapsed.
fn opening(text: &str, span: Span) -> String {
    const MAX_CHARACTERS: usize = 120;
    let words = span.of(text);
    let end = words.char_indices().nth(MAX_CHARACTERS).map_or(words.len(), |(at, _)| at);
    folded(words.get(..end).unwrap_or(words))
}

/// Returns the URL of the story, if known, then the links in its text. Each row begins with the real host.
#[must_use]
pub(crate) fn links(article: &Article) -> Vec<PopupRow> {
    let page = article.url.as_deref().filter(|url| crate::tui::link::address(url).is_some()).map(|url| PopupRow {
        sign: "⌂",
        label: format!("{} — page of this story", crate::tui::link::describe(url)),
        place: None,
    });
    let row = |link: &dateline_core::article::Link| {
        let words = opening(&article.text, link.span);
        PopupRow {
            sign: "↗",
            label: format!("{} — “{words}”", crate::tui::link::describe(&link.url)),
            place: Some(link.span),
        }
    };
    page.into_iter().chain(article.links.iter().map(row)).collect()
}

/// Wraps a footnote into rows of at most `width` columns. Each row leads to the footnote.
#[must_use]
pub(crate) fn footnote(article: &Article, note: Span, width: usize) -> Vec<PopupRow> {
    let words = folded(note.of(&article.text));
    let lines = prose(&words, Span::new(0, words.len()), width.max(1), &[]);
    lines.into_iter().map(|line| PopupRow { sign: " ", label: line.of(&words).to_owned(), place: Some(note) }).collect()
}

/// Returns the user's highlights, each with its note.
#[must_use]
pub(crate) fn highlights(article: &Article, highlights: &Highlights) -> Vec<PopupRow> {
    let row = |highlight: &crate::tui::highlight::Highlight| {
        let words = opening(&article.text, highlight.span);
        let label = match &highlight.note {
            Some(note) => format!("{} — “{words}”", folded(note)),
            None => format!("“{words}”"),
        };
        PopupRow { sign: highlight.kind.sign(), label, place: Some(highlight.span) }
    };
    highlights.all().iter().map(row).collect()
}

/// Returns notes on everything that was lost, guessed or limited on the way from the source to the screen.
#[must_use]
pub(crate) fn notes(article: &Article, analysis_view: Option<&AnalysisView>) -> Vec<PopupRow> {
    let mut rows: Vec<PopupRow> = Vec::new();
    let mut push = |label: String| rows.push(PopupRow { sign: "·", label, place: None });
    article.notes.iter().cloned().for_each(&mut push);
    if !article.left_out.is_empty() {
        let mut kinds: Vec<&str> = article.left_out.iter().map(|piece| piece.why.name()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let count = counted(article.left_out.len(), "page element", "page elements");
        push(format!("removed {count}: {}", kinds.join(", ")));
    }
    let marked = article.text.chars().filter(|&character| dateline_core::text::shown(character).is_none()).count();
    if marked > 0 {
        push(format!("hid {}", counted(marked, "invisible character", "invisible characters")));
    }
    let acting = article.text.chars().filter(|&character| is_control(character)).count();
    if acting > 0 {
        push(format!("replaced {}", counted(acting, "control character", "control characters")));
    }
    if let Some(analysis_view) = analysis_view {
        analysis_view.analysis.notes().into_iter().for_each(&mut push);
        match &analysis_view.analysis.reference {
            Some(reference) if reference.source == dateline_core::article::DateSource::Inferred => {
                let evidence: Vec<String> =
                    reference.evidence.iter().map(|span| format!(" “{}”", opening(&article.text, *span))).collect();
                let day = crate::tui::dates::day(reference.date);
                push(format!("Date inferred from the text: {day}{}", evidence.join(",")));
            }
            Some(_) => {}
            None => push("No publication date, so relative dates are unresolved".to_owned()),
        }
        let unsaid = analysis_view.analysis.quotes.iter().filter(|quote| quote.speaker.is_none()).count();
        if unsaid > 0 {
            push(format!("{} without a speaker", counted(unsaid, "quote", "quotes")));
        }
    }
    rows
}

/// Returns whether a character is shown as a visible symbol because the terminal could interpret it as a control
/// character.
fn is_control(character: char) -> bool {
    dateline_core::text::shown(character).is_some_and(|shown| shown != character && shown != ' ')
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_core::article::{Boilerplate, Builder, LeftOut};

    #[test]
    fn a_story_without_headings_is_outlined_by_its_paragraphs() {
        let article = Article::verbatim("a", "The mill has closed.\n\nNobody came.");
        let labels: Vec<String> = outline(&article).into_iter().map(|row| row.label).collect();
        assert_eq!(labels, ["The mill has closed.", "Nobody came."]);
        let mut story = Builder::new("b");
        story.block(BlockKind::Paragraph, "Before.");
        story.heading(2, "What now");
        assert_eq!(outline(&story.build()).len(), 1);
    }

    #[test]
    fn lost_parts_are_listed() {
        let mut article = Article::verbatim("a", "The mi\u{ad}ll \x1b[2J closed.");
        article.notes.push("3 bytes were replaced".into());
        article.left_out.push(LeftOut { text: "Share".into(), why: Boilerplate::Share });
        let labels: Vec<String> = notes(&article, None).into_iter().map(|row| row.label).collect();
        assert_eq!(labels.len(), 4, "{labels:?}");
        assert!(labels.iter().any(|label| label.contains("share bar")));
        assert!(labels.iter().any(|label| label.starts_with("hid one invisible")));
    }

    #[test]
    fn an_empty_popup_does_not_open() {
        assert_eq!(Popup::new(PopupKind::Notes, Vec::new(), 0), None);
    }
}
