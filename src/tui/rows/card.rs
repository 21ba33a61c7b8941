//! Card of a person, organisation or place: everything that the story says about it, line by line. Some of the lines
//! lead to a span of the text.

use super::{PanelLine, entities, line, said, wrapped};
use crate::tui::analysis_view::AnalysisView;
use crate::tui::analysis_view::Selection;
use crate::tui::mark::Tint;
use crate::tui::overlays::{about, counted};
use crate::tui::panels::PanelKind;
use crate::tui::theme::Role;
use dateline_analysis::Polarity;
use dateline_core::article::Article;
use dateline_core::text::Span;
use dateline_library::{RelatedQuotes, SpeakerQuote};

/// Line of a card, with its target if it leads anywhere.
pub(crate) type CardLine = (PanelLine, Option<CardTarget>);

/// Passage that a line of a card leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CardTarget {
    /// Annotation in the open story.
    Here(Selection),
    /// Span in another story of the library.
    Story {
        /// ID in the library of the name that the card is about.
        name: i64,
        /// ID of the other story.
        article: i64,
        /// Byte span of the quote in the text of the other story.
        span: Span,
    },
}

/// Returns the lines of an entity's card: role, other names, introduction, quotes and events. They are wrapped to
/// `width` columns.
#[must_use]
pub(crate) fn entries(article: &Article, analysis_view: &AnalysisView, index: usize, width: usize) -> Vec<CardLine> {
    let analysis = &analysis_view.analysis;
    let Some(entity) = analysis.entities.get(index) else { return Vec::new() };
    let mut out: Vec<CardLine> = vec![(entities::head(entity), None)];
    let mut push = |text: &str, role| out.extend(wrapped(text, 3, width, Tint::Role(role)).into_iter().map(plain));
    if let Some(role) = entity.role {
        push(&said(article, role), Role::Text);
    }
    if !entity.aliases.is_empty() {
        push(&format!("also {}", entity.aliases.join(", ")), Role::Dim);
    }
    if let Some(id) = &entity.id {
        push(&format!("id {id}"), Role::Dim);
    }
    if let Some(place) = entity.demonym_of.and_then(|place| analysis.entities.get(place)) {
        push(&format!("of {}", place.name), Role::Dim);
    }
    let peoples = analysis.entities.iter().filter(|group| group.demonym_of == Some(index));
    let peoples: Vec<&str> = peoples.map(|group| group.name.as_str()).collect();
    if !peoples.is_empty() {
        push(&format!("related: {}", peoples.join(", ")), Role::Dim);
    }
    let mentions = entities::mentions(article, entity);
    if !mentions.is_empty() {
        push(&mentions, Role::Dim);
    }
    let at = |kind, index, span| Some(CardTarget::Here(Selection { kind, index, span }));
    let introduction = entity.canonical;
    let sentence = analysis.sentences.iter().find(|sentence| sentence.overlaps(introduction)).copied();
    let sentence = sentence.unwrap_or(introduction);
    out.push((line(" Introduced", Role::Heading), None));
    let text = format!("   {}", said(article, sentence));
    out.push((line(text, Role::Text), at(PanelKind::Entities, index, introduction)));
    let quotes = analysis.quotes.iter().enumerate();
    let own = quotes.filter(|(_, quote)| quote.speaker.as_ref().is_some_and(|speaker| speaker.entity == Some(index)));
    let (own, not_said): (Vec<_>, Vec<_>) = own.partition(|(_, quote)| quote.polarity == Polarity::Said);
    for (heading, own) in [("Said here", own), ("Denied or hypothetical here", not_said)] {
        if !own.is_empty() {
            out.push((line(format!(" {heading} ({})", own.len()), Role::Heading), None));
        }
        for (number, quote) in own {
            let text = format!("   {}", super::quotes::words(article, quote));
            out.push((line(text, Role::Text), at(PanelKind::Quotes, number, quote.span)));
        }
    }
    let events = analysis.events.iter().enumerate().filter(|(_, event)| event.entities.contains(&index));
    for (row, (number, event)) in events.enumerate() {
        if row == 0 {
            out.push((line(" In the timeline", Role::Heading), None));
        }
        let date = super::timeline::when(event, analysis.times.get(event.time)).unwrap_or_default();
        let text = format!("   {date}  {}", event.summary);
        out.push((line(text, Role::Text), at(PanelKind::Timeline, number, event.clause)));
    }
    out
}

/// Returns lines with the entity's quotes in other stories of the library.
#[must_use]
pub(crate) fn related_quotes(found: &RelatedQuotes) -> Vec<CardLine> {
    if found.quotes == 0 {
        return vec![(line(" No quotes in other stories", Role::Dim), None)];
    }
    let heading = format!(" Said elsewhere ({} in {})", found.quotes, counted(found.stories, "story", "stories"));
    let row = |(said, words): &(SpeakerQuote, String)| {
        let passage = &said.passage;
        let words = words.trim_matches(['“', '”', '"', ',', ' ']);
        let not_said = if said.polarity == Polarity::Said {
            String::new()
        } else {
            format!(" ({})", crate::tui::labels::polarity(said.polarity))
        };
        let left = if said.kind == "indirect" {
            format!("   {words}{not_said}")
        } else {
            format!("   “{words}”{not_said}")
        };
        let right = Some((about(passage), Tint::Role(Role::Dim)));
        let target = CardTarget::Story { name: found.name, article: passage.article, span: passage.span };
        (PanelLine { right, ..line(left, Role::Text) }, Some(target))
    };
    let mut out = vec![(line(heading, Role::Heading), None)];
    out.extend(found.latest.iter().map(row));
    out
}

fn plain(line: PanelLine) -> CardLine {
    (line, None)
}
