//! Builds an article from labelled units. Each unit ends up in the text or in the article's omitted parts.

use super::body::{self, Part};
use super::front_matter::{self, FrontMatter};
use super::line::{Line, Mark, Unit};
use super::line_label::{LineLabel, labels};
use crate::boilerplate::line_classifier::{LineFeatures, Model};
use crate::metadata::credit::{self, CaptionMark};
use crate::metadata::timestamp_line::FoundDate;
use crate::metadata::{dateline, language};
use dateline_core::article::{Article, BlockKind, Builder, DateSource, Datum, LeftOut, Published};
use dateline_core::text::{Span, folded};

/// Limits for a list that is part of the story: the maximum number of words in a label or entry, and the minimum number
/// of labels.
const LISTED: usize = 20;
const LABELS: usize = 3;

/// Maximum number of units in a text that is too short to be a page. The pages measured have at least twenty.
const MAX_BRIEF_LINES: usize = 5;

/// Builds the article formed by `units`.
#[must_use]
pub(super) fn article(
    model: &Model,
    id: String,
    lines: &[Line<'_>],
    units: &[Unit],
    line_features: &[LineFeatures],
) -> Article {
    let mut keep = model.keep(&super::story_lines(units), line_features);
    keep_brief(line_features, &mut keep);
    keep_chronology(units, line_features, &mut keep);
    keep_labelled(units, line_features, &mut keep);
    let front = front_matter::find(units, line_features, &keep);
    let labels = labels(units, line_features, &keep, &front);

    let mut builder = Builder::new(id);
    add_front(&mut builder, units, &front);
    add_story(&mut builder, units, line_features, &labels);
    add_left_out(&mut builder, lines, units, &labels);
    let year = known_year(units, &front);
    let article = builder.article();
    dateline::set(article, year);
    article.language = language::of(article.text.get(article.body..).unwrap_or_default());
    builder.build()
}

/// Keeps all of a text that is too short to be a page and has no byline, date or boilerplate phrase. The model judges a
/// line by the many lines around it, which are missing here.
fn keep_brief(line_features: &[LineFeatures], keep: &mut [bool]) {
    let of_page = |features: &LineFeatures| features.boilerplate.is_some() || features.signed || features.dated;
    if line_features.len() <= MAX_BRIEF_LINES && !line_features.iter().any(of_page) {
        keep.fill(true);
    }
}

/// Keeps dates above the entries of a chronology. The model judges single lines, so it takes such a date for a
/// timestamp line.
fn keep_chronology(units: &[Unit], line_features: &[LineFeatures], keep: &mut [bool]) {
    let (Some(start), Some(end)) = (keep.iter().position(|kept| *kept), keep.iter().rposition(|kept| *kept)) else {
        return;
    };
    for at in front_matter::chronology(units, line_features, start + 1..end) {
        if keep.get(at + 1) == Some(&true)
            && let Some(kept) = keep.get_mut(at)
        {
            *kept = true;
        }
    }
}

/// Keeps a list that is part of the story, since the model takes its short lines for a menu. The list follows prose of
/// the story, and has at least three labels that end in the same word and a colon. Each label is above one or two
/// lines.
fn keep_labelled(units: &[Unit], line_features: &[LineFeatures], keep: &mut [bool]) {
    let short = |at: usize| {
        line_features.get(at).is_some_and(|features| features.boilerplate.is_none() && features.words <= LISTED)
    };
    let label = |at: usize| short(at) && units.get(at).is_some_and(|unit| unit.gap && unit.text.ends_with(':'));
    let item = |at: usize| short(at) && !label(at) && units.get(at).is_some_and(|unit| unit.text.contains(' '));
    let ending = |at: usize| units.get(at).and_then(|unit| unit.text.rsplit(' ').next());
    let mut at = 1;
    while at < units.len() {
        let start = at;
        let prose =
            line_features.get(at - 1).is_some_and(|features| features.ends_sentence && features.words >= LISTED / 2);
        if !prose || keep.get(at - 1) != Some(&true) {
            at += 1;
            continue;
        }
        let (mut labels, mut end) = (0, at);
        while label(at) && item(at + 1) && ending(at) == ending(start) {
            labels += 1;
            end = at + 2;
            // A label may be followed by two lines. The second one does not begin another box of the page.
            at = if item(end) && label(end + 1) { end + 1 } else { end };
        }
        if labels >= LABELS {
            keep.get_mut(start..end).unwrap_or_default().fill(true);
        }
        at = at.max(start + 1);
    }
}

/// Adds the blocks of the front matter, in page order.
fn add_front(builder: &mut Builder, units: &[Unit], front: &FrontMatter) {
    if let Some((_, parts)) = &front.breadcrumbs {
        builder.article().section.clone_from(parts);
    }
    for (at, unit) in units.iter().enumerate().filter(|(at, _)| front.holds(*at)) {
        let words = folded(&unit.text);
        let names = front.bylines.iter().find(|(index, _)| *index == at);
        let date = front.dates.iter().find(|(index, _)| *index == at);
        let change = front.changes.iter().find(|(index, _)| *index == at);
        if front.headline == Some(at) {
            let span = builder.block(BlockKind::Headline, &words);
            builder.article().headline = Some(Datum { value: words, span });
        } else if front.kicker == Some(at) {
            let span = builder.block(BlockKind::Kicker, &words);
            builder.article().kicker = Some(Datum { value: words, span });
        } else if front.standfirst == Some(at) {
            let span = builder.block(BlockKind::Standfirst, &words);
            builder.article().standfirst = Some(Datum { value: words, span });
        } else if names.is_some() || date.is_some() || change.is_some() {
            let kind = if names.is_some() { BlockKind::Byline } else { BlockKind::TimestampLine };
            let span = builder.block(kind, &words);
            let article = builder.article();
            for name in names.map(|(_, names)| names.as_slice()).unwrap_or_default() {
                if article.byline.iter().all(|known| known.value != *name) {
                    article.byline.push(Datum {
                        value: name.clone(),
                        span: span.and_then(|span| place(&article.text, span, name)),
                    });
                }
            }
            if let Some((_, found)) = date.filter(|_| article.published.is_none()) {
                article.published = Some(stated(article, unit, span, found));
            }
            if let Some((_, found)) = change.filter(|_| article.modified.is_none()) {
                article.modified = Some(stated(article, unit, span, found));
            }
        }
    }
}

/// Creates a publication or modification date that a unit states. `span` is the span of the unit in the text.
fn stated(article: &Article, unit: &Unit, span: Option<Span>, found: &FoundDate) -> Published {
    let words = unit.text.get(found.span.start..found.span.end).map(folded);
    let evidence = span.zip(words).and_then(|(span, words)| place(&article.text, span, &words));
    Published { date: found.date, moment: found.moment.clone(), source: DateSource::Text, evidence }
}

/// Finds `words` in `span`, and returns their span.
fn place(text: &str, span: Span, words: &str) -> Option<Span> {
    let at = span.start + span.of(text).find(words)?;
    Some(Span::new(at, at + words.len()))
}

/// Adds the blocks of the story, and the captions.
fn add_story(builder: &mut Builder, units: &[Unit], line_features: &[LineFeatures], labels: &[LineLabel]) {
    let parts: Vec<Part<'_>> = units
        .iter()
        .zip(line_features)
        .zip(labels)
        .filter(|(_, label)| **label == LineLabel::Story)
        .map(|((unit, features), _)| Part { unit, features })
        .collect();
    let outermost =
        parts.iter().filter(|part| part.unit.mark == Mark::Bullet).map(|part| part.unit.indent).min().unwrap_or(0);
    let mut kinds = body::kinds(&parts).into_iter().peekable();
    let mut rows: Vec<String> = Vec::new();
    let mut at = 0;
    while at < units.len() {
        let (unit, label) = (&units[at], &labels[at]);
        match label {
            LineLabel::Caption => {
                let credit_follows = labels.get(at + 1) == Some(&LineLabel::Credit);
                let credit_unit = units.get(at + 1).filter(|_| credit_follows);
                add_caption(builder, unit, credit_unit);
                at += usize::from(credit_unit.is_some());
            }
            LineLabel::Credit => {
                let claimed =
                    labels.get(at + 1) == Some(&LineLabel::Caption) && labels.get(at + 2) != Some(&LineLabel::Credit);
                let caption = units.get(at + 1).filter(|below| claimed && !below.gap);
                add_caption(builder, caption.unwrap_or(unit), caption.map(|_| unit));
                at += usize::from(caption.is_some());
            }
            LineLabel::Story => {
                let kind = kinds.next().unwrap_or(BlockKind::Paragraph);
                let words = folded(&unit.text);
                match kind {
                    BlockKind::Table => {
                        rows.push(body::cells(&unit.text).join("\t"));
                        if kinds.peek() != Some(&BlockKind::Table) {
                            builder.block(kind, &rows.join("\n"));
                            rows.clear();
                        }
                    }
                    BlockKind::Heading => drop(builder.heading(2, &words)),
                    BlockKind::ListItem => {
                        builder.list_item(1 + (unit.indent.saturating_sub(outermost) / 2).min(5) as u8, &words);
                    }
                    _ => drop(builder.block(kind, &words)),
                }
            }
            LineLabel::FrontMatter | LineLabel::Out(_) => {}
        }
        at += 1;
    }
}

/// Adds a caption and its credit, which is the end of the caption or a separate unit.
fn add_caption(builder: &mut Builder, unit: &Unit, credit_unit: Option<&Unit>) {
    let mut words = folded(&unit.text);
    if let Some(credit_unit) = credit_unit {
        words.push(' ');
        words.push_str(&folded(&credit_unit.text));
    }
    let last = credit_unit.map_or_else(|| words.clone(), |credit_unit| folded(&credit_unit.text));
    let credit = match credit::find(&last) {
        Some(CaptionMark::Credit(span) | CaptionMark::CreditOnly(span)) => Some(span.of(&last).to_owned()),
        _ => None,
    };
    builder.caption(&words, credit.as_deref());
}

/// Adds the omitted units. Adjacent units of the same kind are joined.
fn add_left_out(builder: &mut Builder, lines: &[Line<'_>], units: &[Unit], labels: &[LineLabel]) {
    let left_out = &mut builder.article().left_out;
    let mut before = None;
    for (at, (unit, label)) in units.iter().zip(labels).enumerate() {
        let LineLabel::Out(why) = label else { continue };
        let source = unit.source(lines);
        match left_out.last_mut() {
            Some(last) if last.why == *why && before == at.checked_sub(1) => {
                last.text.push('\n');
                last.text.push_str(&source);
            }
            _ => left_out.push(LeftOut { text: source, why: *why }),
        }
        before = Some(at);
    }
}

/// Returns the year in the first timestamp line or, without one, in a copyright notice.
fn known_year(units: &[Unit], front: &FrontMatter) -> Option<u32> {
    if let Some((_, found)) = front.dates.first() {
        return u32::try_from(found.date.year()).ok();
    }
    units.iter().rev().take(40).find_map(|unit| {
        let text = unit.text.get(..unit.text.len().min(200)).unwrap_or_default();
        let lower = text.to_lowercase();
        let at = lower.find('©').or_else(|| lower.find("copyright"))?;
        let digits = |word: &str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
        lower
            .get(at..)?
            .split(|letter: char| !letter.is_alphanumeric())
            .find(|word| digits(word))?
            .parse()
            .ok()
            .filter(|year| (1990..=2100).contains(year))
    })
}

#[cfg(test)]
mod tests {
    use crate::dump::articles;
    use dateline_core::article::Published;

    #[test]
    fn of_a_text_too_short_to_be_a_page_nothing_is_left_out() {
        let text =
            "A note\nThe mill at the weir has stood for ninety years, and the council means to buy it.\nTo be checked";
        let article = articles("a", text).remove(0);
        assert!(article.left_out.is_empty(), "{:?}", article.left_out);
        assert!(article.text.starts_with("A note") && article.text.ends_with("To be checked"), "{}", article.text);
    }

    /// Dates of a story with the lines `stamp` below its byline: publication and last change, and the words that state
    /// the latter.
    fn dates_with(stamp: &str) -> (String, String, String) {
        let text = format!(
            "Mill at Lowmoor to be bought by the town\n\nBy Mara Odell\n{stamp}\n\n\
            The mill at the weir has stood for ninety years, and the council of the town means to buy it in the spring.\n\n\
            The price is not known. Rufus Pell, the owner, has asked for twice what the council offered him last year.\n\n\
            Another mill nearby was sold in the autumn to a baker, who grinds his own flour there every Friday.\n"
        );
        let article = articles("a", &text).remove(0);
        let day = |date: &Option<Published>| date.as_ref().map(|date| date.date.to_string()).unwrap_or_default();
        let words = article.modified.as_ref().and_then(|date| date.evidence).map(|span| span.of(&article.text));
        (day(&article.published), day(&article.modified), words.unwrap_or_default().to_owned())
    }

    #[test]
    fn the_date_of_the_last_change_is_kept() {
        for (stamp, published, modified, words) in [
            ("14 May 2026 | Updated: 15 May 2026, 08:12", "2026-05-14", "2026-05-15", "15 May 2026, 08:12"),
            ("Published: May 14, 2026\nUpdated: May 16, 2026", "2026-05-14", "2026-05-16", "May 16, 2026"),
            ("Last updated 16 May 2026\nPublished 14 May 2026", "2026-05-14", "2026-05-16", "16 May 2026"),
            ("Updated: May 16, 2026", "2026-05-16", "2026-05-16", "May 16, 2026"),
            ("14 May 2026", "2026-05-14", "", ""),
        ] {
            let wanted = (published.to_owned(), modified.to_owned(), words.to_owned());
            assert_eq!(dates_with(stamp), wanted, "{stamp}");
        }
    }

    #[test]
    fn a_list_with_labels_is_the_story() {
        let text = "The boats of the year, by length\n\nMara Odell May 3, 2024\n\n\
            As every spring, we have measured the boats in the harbour of Lowmoor, and here they are, the longest of them first.\n\n\
            Twelve metres:\n\nThe Heron, Bo Lee\n\nNine metres:\n\nThe Grebe, Ana Ruiz\n\nEight metres:\n\nThe Coot, Jo Marsh\n\n\
            Seven metres:\n\nThe Teal, Ina Voss\n\nSubscribe to our letter\n\nAbout us\n\nContact\n\nPrivacy\n";
        let article = articles("a", text).remove(0);
        assert!(article.text.contains("Twelve metres:\n\nThe Heron, Bo Lee"), "{}", article.text);
        assert!(article.text.ends_with("Seven metres:\n\nThe Teal, Ina Voss"), "{}", article.text);
    }

    #[test]
    fn a_delay_of_years_is_not_a_delay_of_quotes() {
        let text = "Lowmoor mill to be bought by the town\n\n\
            The mill at the weir has stood for ninety years, and the council of the town means to buy it in the spring.\n\n\
            “We owe it to those who built it,” Mara Odell, who leads the council, said on Monday after the vote.\n\n\
            The price is not known. Rufus Pell, the owner, has asked for twice what the council offered him last year.\n\n\
            Another mill, planned for 2033, has been delayed by at least two years. A third is due to open next summer.";
        assert!(articles("a", text).remove(0).text.ends_with("next summer."));
    }
}
