//! Composes the sections of a story: front matter, facts from the metadata, blocks and, on request, the removed text.

use super::{Insert, Page, Section, SectionId, SectionKind, Typography};
use crate::tui::dates;
use dateline_analysis::Analysis;
use dateline_core::Named;
use dateline_core::article::{Article, BlockKind, Datum};
use dateline_core::text::Span;

/// Whether text removed from the story is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RemovedText {
    /// Show the removed text.
    Shown,
    /// Hide the removed text.
    Hidden,
}

/// Minimum width of a page that shows resolved dates after relative times, in columns.
const MIN_WIDTH_FOR_DATES: usize = 30;

/// Indent of a paragraph that is not separated from the previous one by a blank line, in columns.
const INDENT: usize = 3;

/// Composes the page of an article, without laying it out. `others` is the line that lists other versions of its
/// happening, if there are any.
#[must_use]
pub(crate) fn compose(
    article: &Article,
    analysis: Option<&Analysis>,
    width: usize,
    resolve: bool,
    left: RemovedText,
    setting: Typography,
    others: Option<&str>,
) -> Page {
    let mut sections = Vec::with_capacity(article.blocks.len() + 4);
    let repeated = article.repeated_headline();
    let of_metadata = |headline: &&Datum<String>| headline.span.is_none() && repeated.is_none();
    if let Some(headline) = article.headline.as_ref().filter(of_metadata) {
        sections.push(own(SectionId::Headline, SectionKind::Block(BlockKind::Headline), headline.value.clone(), false));
    }
    let body = article.blocks.iter().position(|block| !block.kind.is_front()).unwrap_or(article.blocks.len());
    for index in 0..article.blocks.len() {
        if index == body {
            sections.extend(facts(article, analysis));
            let line = |line: &str| own(SectionId::Versions, SectionKind::Note, line.to_owned(), false);
            sections.extend(others.map(line));
        }
        // Omit a heading that repeats the headline in the text.
        if Some(index) == repeated && article.headline.as_ref().is_some_and(|headline| headline.span.is_some()) {
            continue;
        }
        blocks(article, analysis, index, &mut sections, setting);
        if let Some(section) = sections.last_mut().filter(|_| Some(index) == repeated) {
            section.look = SectionKind::Block(BlockKind::Headline);
        }
    }
    if left == RemovedText::Shown {
        for (index, piece) in article.left_out.iter().enumerate() {
            let text = format!("{}:\n{}", piece.why.name(), piece.text);
            sections.push(own(SectionId::Left(index), SectionKind::LeftOut, text, true));
        }
    }
    let inserts = match analysis {
        Some(analysis) if resolve && width >= MIN_WIDTH_FOR_DATES => resolved(analysis),
        _ => Vec::new(),
    };
    Page::new(width, sections, inserts, setting)
}

/// Creates a section with a text that is not part of the article's text.
fn own(id: SectionId, look: SectionKind, text: String, gap: bool) -> Section {
    let span = Span::new(0, text.len());
    Section { id, look, own: Some(text.into()), span, credit: None, depth: 1, gap, first: 0, rows: None }
}

/// Returns a section with facts from the metadata that the text does not contain: author, outlet and date.
fn facts(article: &Article, analysis: Option<&Analysis>) -> Option<Section> {
    let is_shown = |name: &Datum<String>| name.span.is_some() || article.opens_with_credit(&name.value, true);
    let names: Vec<_> = article.byline.iter().filter(|name| !is_shown(name)).map(|name| name.value.as_str()).collect();
    let mut parts: Vec<String> = Vec::new();
    if !names.is_empty() {
        parts.push(format!("By {}", names.join(", ")));
    }
    let publisher = article.publisher.iter().filter(|publisher| !article.opens_with_credit(&publisher.value, true));
    parts.extend(publisher.map(|publisher| publisher.value.clone()));
    let has_date_line = article.blocks.iter().any(|block| block.kind == BlockKind::TimestampLine);
    if let Some(reference) = analysis.and_then(|analysis| analysis.reference.as_ref()).filter(|_| !has_date_line) {
        let why = dates::source(reference.source);
        let why = if reference.source == dateline_core::article::DateSource::Inferred {
            "inferred from the text"
        } else {
            why
        };
        let published = article.published.as_ref().filter(|published| published.date == reference.date);
        let minutes = published.and_then(|published| published.moment.as_deref()).and_then(dates::clock);
        let clock = minutes.map(dates::hours).map(|clock| format!(" {clock}")).unwrap_or_default();
        parts.push(format!("{}{clock} ({why})", dates::day(reference.date)));
    }
    (!parts.is_empty()).then(|| own(SectionId::Facts, SectionKind::Note, parts.join(" · "), false))
}

/// Adds the section of the block at `index`. If it is a caption that belongs to another story, a note precedes it.
fn blocks(
    article: &Article,
    analysis: Option<&Analysis>,
    index: usize,
    sections: &mut Vec<Section>,
    setting: Typography,
) {
    let Some(block) = article.blocks.get(index) else { return };
    let unrelated = analysis.is_some_and(|analysis| analysis.unrelated_captions.contains(&index));
    let before = index.checked_sub(1).and_then(|before| article.blocks.get(before)).map(|block| block.kind);
    let tight = match (before, block.kind) {
        (None, _) => sections.is_empty(),
        (Some(BlockKind::ListItem), BlockKind::ListItem) | (Some(BlockKind::Kicker), BlockKind::Headline) => true,
        (Some(before), BlockKind::Byline | BlockKind::TimestampLine) => {
            matches!(before, BlockKind::Byline | BlockKind::TimestampLine | BlockKind::Headline)
        }
        _ => false,
    };
    let follows = (before, block.kind) == (Some(BlockKind::Paragraph), BlockKind::Paragraph);
    let indented = setting.indented && follows && !unrelated;
    if unrelated {
        let label = "Caption probably from another story:".to_owned();
        sections.push(own(SectionId::Before(index), SectionKind::Stray, label, !sections.is_empty()));
    }
    sections.push(Section {
        id: SectionId::Block(index),
        look: if unrelated { SectionKind::Stray } else { SectionKind::Block(block.kind) },
        own: None,
        span: block.span,
        credit: block.credit.as_ref().and_then(|credit| credit.span),
        depth: if block.kind == BlockKind::ListItem { block.level.unwrap_or(1) } else { 1 },
        gap: !tight && !unrelated && !indented,
        first: if indented { INDENT } else { 0 },
        rows: None,
    });
}

/// Creates a label with the resolved date after each relative time.
fn resolved(analysis: &Analysis) -> Vec<Insert> {
    let relative = analysis.times.iter().filter(|time| time.relative);
    let mut inserts: Vec<Insert> =
        relative.filter_map(|time| Some(Insert { at: time.span.end, days: time.interval? })).collect();
    inserts.sort_by_key(|insert| insert.at);
    inserts
}
