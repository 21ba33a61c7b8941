//! Builds the rows of the profile page, which shows everything that the library knows about a name.

use super::{counted, day_of, short, suggestions};
use crate::tui::state::overlay::{Overlay, OverlayRow, RowTarget, Subject};
use crate::tui::{dates, labels};
use dateline_analysis::Polarity;
use dateline_core::text::{Span, fold};
use dateline_library::{Passage, Profile, SpeakerQuote};
use std::collections::{BTreeSet, HashMap};

/// Maximum length of the headline shown after a quote or an event, in characters.
const HEADLINE: usize = 70;

/// Builds the profile page of a name. `seen_in` is the ID of the story in which the profile was requested, or 0.
#[must_use]
pub(crate) fn profile(found: &Profile, seen_in: i64) -> Overlay {
    let who = &found.who;
    let mut rows = Vec::new();
    let mut note = |words: String| rows.push(OverlayRow::new(words, "", RowTarget::Nowhere));
    if found.one_story && seen_in != 0 {
        note("Shows this story only, because the same name elsewhere may be a different person. If it is the same, merge the names.".to_owned());
    }
    if found.left_out > 0 {
        note(format!("Shows the newest rows; {} more are not shown", found.left_out));
    }
    if !found.other_kinds.is_empty() {
        let kinds: Vec<&str> = found.other_kinds.iter().map(|kind| labels::an_entity_type(kind)).collect();
        note(format!("Includes stories that list this name as {}", kinds.join(" or ")));
    }
    if !found.same.is_empty() {
        rows.push(OverlayRow::heading("Merged by you"));
        rows.extend(found.same.iter().map(|(id, name)| OverlayRow::new(name, "", RowTarget::Name(*id))));
    }
    suggestions::rows_for(who, &found.suggestions, &mut rows);
    roles(found, &mut rows);
    relations(found, &mut rows);
    said(found, &mut rows);
    said_about(found, &mut rows);
    timeline(found, &mut rows);
    named(found, &mut rows);
    let outlets: BTreeSet<&str> =
        found.named.iter().filter_map(|(story, _)| story.passage.publisher.as_deref()).collect();
    let outlets = if outlets.len() > 1 { format!(" · {} outlets", outlets.len()) } else { String::new() };
    let title = format!(
        "{} · {} · {}{outlets}",
        who.name,
        labels::entity_type(&who.kind),
        counted(who.stories, "story", "stories")
    );
    Overlay::new(Subject::Profile { name: who.id, called: who.name.clone(), seen_in }, title, rows)
}

/// Adds the ID, the first and the last story, and the roles with their days.
fn roles(found: &Profile, rows: &mut Vec<OverlayRow>) {
    if let Some(id) = &found.id {
        rows.push(OverlayRow::new(format!("ID in your lists: {id}"), "", RowTarget::Nowhere));
    }
    let passages = found.named.iter().map(|(story, _)| &story.passage);
    let dated: Vec<&Passage> = passages.filter(|passage| passage.day.is_some()).collect();
    let first = dated.iter().min_by_key(|passage| passage.day);
    let last = dated.iter().max_by_key(|passage| passage.day);
    if let (Some(first), Some(last)) = (first, last)
        && first.day != last.day
    {
        rows.push(OverlayRow::heading("Seen"));
        for (what, passage) in [("first", first), ("last", last)] {
            let left = format!("{what}: {}", passage.headline);
            rows.push(OverlayRow::new(left, about(passage), RowTarget::Place(passage.article, passage.span)));
        }
    }
    if !found.roles.is_empty() {
        rows.push(OverlayRow::heading(format!("Roles {}", found.roles.len())));
    }
    for (first, last, count) in &found.roles {
        let role = first.role.as_deref().unwrap_or_default();
        let days = [first, last].map(|story| story.passage.day.map(short).unwrap_or_default());
        let days = if days[0] == days[1] { days[0].clone() } else { days.join(" – ") };
        let right = format!("{days} · {}", counted(*count, "story", "stories"));
        let target = RowTarget::Place(first.passage.article, first.passage.span);
        let full = format!("{role} · {right} · first in {}", source(&first.passage));
        rows.push(OverlayRow { full, ..OverlayRow::new(role, right, target) });
    }
}

/// Adds the relations to other names, each under its wording. The selected row shows the sentence.
fn relations(found: &Profile, rows: &mut Vec<OverlayRow>) {
    let mut known: BTreeSet<&str> = BTreeSet::new();
    let new: Vec<_> = found.relations.iter().filter(|(words, ..)| known.insert(words)).collect();
    if new.is_empty() {
        return;
    }
    rows.push(OverlayRow::heading(format!("Relations {}", new.len())));
    rows.extend(new.into_iter().map(|(words, sentence, passage)| OverlayRow {
        full: format!("{words} — {sentence}"),
        ..OverlayRow::new(words, about(passage), RowTarget::Place(passage.article, passage.span))
    }));
}

/// Adds the quotes in which others name the entity, and the names in its own quotes.
fn said_about(found: &Profile, rows: &mut Vec<OverlayRow>) {
    if !found.speaks_of.is_empty() {
        rows.push(OverlayRow::heading("Speaks of"));
        let names: Vec<String> = found.speaks_of.iter().map(|(name, count)| format!("{name} {count}")).collect();
        rows.push(OverlayRow::new(names.join(" · "), "", RowTarget::Nowhere));
    }
    if !found.said_about.is_empty() {
        rows.push(OverlayRow::heading(format!("Said about {} {}", found.who.name, found.said_about.len())));
    }
    rows.extend(found.said_about.iter().map(|(speaker, words, passage)| {
        let words = words.trim_matches(|c: char| c.is_whitespace() || "“”\",".contains(c));
        let left = format!("{speaker}: {words}");
        let full = format!("{left} — {}", source(passage));
        OverlayRow { full, ..OverlayRow::new(left, about(passage), RowTarget::Place(passage.article, passage.span)) }
    }));
}

fn said(found: &Profile, rows: &mut Vec<OverlayRow>) {
    let (plain, not_said): (Vec<_>, Vec<_>) = found.said.iter().partition(|(said, _)| said.polarity == Polarity::Said);
    quotes("Said", found, &plain, rows);
    quotes("Denied or hypothetical", found, &not_said, rows);
}

/// Adds quotes under a heading that shows their number.
fn quotes(heading: &str, found: &Profile, quotes: &[&(SpeakerQuote, String)], rows: &mut Vec<OverlayRow>) {
    if quotes.is_empty() {
        return;
    }
    // Versions of one happening share a row, with the longest form of the quote.
    let folded = fold_copies(found, quotes.iter().map(|(said, words)| (&said.passage, words.len())));
    rows.push(OverlayRow::heading(format!("{heading} {}", folded.len())));
    rows.extend(folded.into_iter().filter_map(|(shown, others)| {
        let (said, words) = quotes.get(shown)?;
        let reported = said.kind == "indirect";
        let words = words.trim_matches(|c: char| c.is_whitespace() || "“”\",".contains(c));
        let left = if reported { words.to_owned() } else { format!("“{words}”") };
        let mut full = format!("{left} — {}", source(&said.passage));
        if reported {
            full.push_str(" · reported");
        }
        if said.polarity != Polarity::Said {
            full.push_str(&format!(" · {}", labels::polarity(said.polarity)));
        }
        if let Some(role) = &said.role {
            full.push_str(&format!(" · {role}"));
        }
        if said.doubtful {
            full.push_str(" · different role elsewhere: may be another person");
        }
        let others: Vec<&Passage> = others.iter().filter_map(|&other| Some(&quotes.get(other)?.0.passage)).collect();
        full.push_str(&also(&others));
        let sign = if said.doubtful { "?" } else { " " };
        let right = with_count(about(&said.passage), others.len());
        let target = RowTarget::Place(said.passage.article, said.passage.span);
        Some(OverlayRow { sign, full, ..OverlayRow::new(left, right, target) })
    }));
}

/// Folds the rows that versions of one happening share. Each result has the index of the row to show, which is the longest,
/// and those of the others. They are in the order of the first of each.
fn fold_copies<'a>(found: &Profile, rows: impl Iterator<Item = (&'a Passage, usize)>) -> Vec<(usize, Vec<usize>)> {
    let shared: HashMap<(i64, Span), usize> =
        found.copies.iter().map(|&(story, span, row)| ((story, span), row)).collect();
    let mut places: HashMap<usize, usize> = HashMap::new();
    let mut out: Vec<(usize, Vec<usize>, usize)> = Vec::new();
    for (index, (passage, length)) in rows.enumerate() {
        let row = shared.get(&(passage.article, passage.span));
        let known = row.and_then(|row| places.get(row)).and_then(|&place| out.get_mut(place));
        match known {
            Some((shown, others, longest)) if length > *longest => {
                others.insert(0, std::mem::replace(shown, index));
                *longest = length;
            }
            Some((_, others, _)) => others.push(index),
            None => {
                places.extend(row.map(|&row| (row, out.len())));
                out.push((index, Vec::new(), length));
            }
        }
    }
    out.into_iter().map(|(shown, others, _)| (shown, others)).collect()
}

/// Formats the stories that share a row, for its full text.
fn also(others: &[&Passage]) -> String {
    others.iter().map(|passage| format!(" · also {}", source(passage))).collect()
}

/// Adds the number of other stories that share a row to its source.
fn with_count(about: String, others: usize) -> String {
    if others == 0 { about } else { format!("{about} +{others}") }
}

/// Adds the timeline across all stories. Events that several stories report in the same words share one row.
fn timeline(found: &Profile, rows: &mut Vec<OverlayRow>) {
    let folded = fold_copies(found, found.happened.iter().map(|event| (&event.passage, 0)));
    // Stories that are not versions of one happening can report an event in the same words.
    let mut distinct: Vec<(usize, Vec<usize>)> = Vec::new();
    for (shown, others) in folded {
        let key = |index: usize| found.happened.get(index).map(|event| (event.days, fold(&event.summary)));
        match distinct.last_mut().filter(|(before, _)| key(*before) == key(shown)) {
            Some((_, more)) => more.extend(std::iter::once(shown).chain(others)),
            None => distinct.push((shown, others)),
        }
    }
    let row = |(shown, others): (usize, Vec<usize>)| {
        let event = found.happened.get(shown)?;
        let days = day_of(event.days.0).zip(day_of(event.days.1));
        let days = days.map(|(first, last)| dates::interval(first, last)).unwrap_or_default();
        let status = if event.status == "past" { String::new() } else { format!(" ({})", event.status) };
        let left = format!("{days}  {}{status}", event.summary);
        let others: Vec<&Passage> =
            others.iter().filter_map(|&other| Some(&found.happened.get(other)?.passage)).collect();
        let full = format!("{left} — {}{}", source(&event.passage), also(&others));
        let target = RowTarget::Place(event.passage.article, event.passage.span);
        let right = with_count(about(&event.passage), others.len());
        Some(OverlayRow { full, ..OverlayRow::new(left, right, target) })
    };
    let mut events: Vec<OverlayRow> = distinct.into_iter().filter_map(row).collect();
    if !events.is_empty() {
        rows.push(OverlayRow::heading(format!("What happened {}", events.len())));
        rows.append(&mut events);
    }
}

fn named(found: &Profile, rows: &mut Vec<OverlayRow>) {
    if found.named.is_empty() {
        return;
    }
    let count: usize = found.named.iter().map(|(_, places)| places.len()).sum();
    let times = counted(count, "time", "times");
    rows.push(OverlayRow::heading(format!("Mentioned {times} in {}", counted(found.named.len(), "story", "stories"))));
    for (story, places) in &found.named {
        let passage = &story.passage;
        let role = story.role.as_ref().map(|role| format!(" · {role}")).unwrap_or_default();
        let doubt = if story.doubtful { " · different role elsewhere: may be another person" } else { "" };
        let first = places.first().map_or(passage.span, |(span, _)| *span);
        let full = format!("{}{role}{doubt}", passage.headline);
        let sign = if story.doubtful { "?" } else { "▪" };
        rows.push(OverlayRow {
            sign,
            full,
            ..OverlayRow::new(&passage.headline, about(passage), RowTarget::Place(passage.article, first))
        });
        let mut before = "";
        for (span, words) in places {
            // Show a sentence only once if consecutive rows repeat it.
            if words != before {
                rows.push(OverlayRow::new(format!("  {words}"), "", RowTarget::Place(passage.article, *span)));
            }
            before = words;
        }
    }
}

/// Formats the day and the outlet of a story.
pub(crate) fn about(passage: &Passage) -> String {
    let mark = if passage.inferred { "~" } else { "" };
    let day = passage.day.map(short).filter(|day| !day.is_empty()).map(|day| format!("{mark}{day}"));
    day.into_iter().chain(passage.publisher.clone()).collect::<Vec<_>>().join(" · ")
}

/// Formats the headline, the day and the outlet of a story.
fn source(passage: &Passage) -> String {
    // Truncate the headline: for a story without one, it is the first sentence, which may be long.
    let mut headline: String = passage.headline.chars().take(HEADLINE).collect();
    if headline.len() < passage.headline.len() {
        headline.push('…');
    }
    format!("{headline} · {}", about(passage))
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_library::{DatedEvent, EntitySummary, SpeakerQuote};

    fn passage(article: i64, publisher: &str) -> Passage {
        Passage {
            article,
            headline: "Quay opens".into(),
            publisher: Some(publisher.into()),
            day: Some(19_846),
            inferred: false,
            span: Span::new(0, 4),
        }
    }

    #[test]
    fn the_longest_copy_of_a_quote_has_the_row_of_all() {
        let mut found = Profile {
            who: EntitySummary { id: 1, kind: "person".into(), name: "Mara Odell".into(), stories: 4 },
            other_kinds: Vec::new(),
            same: Vec::new(),
            one_story: false,
            said: Vec::new(),
            happened: Vec::new(),
            named: Vec::new(),
            id: None,
            roles: Vec::new(),
            relations: Vec::new(),
            said_about: Vec::new(),
            speaks_of: Vec::new(),
            suggestions: Vec::new(),
            copies: [1, 3, 4].map(|story| (story, Span::new(0, 4), 7)).into(),
            left_out: 0,
        };
        let quote = |story: i64| SpeakerQuote {
            passage: passage(story, &format!("Outlet {story}")),
            quote: 0,
            kind: "direct".into(),
            confidence: 1.0,
            role: None,
            doubtful: false,
            polarity: Polarity::Said,
        };
        let words = ["It holds", "We open", "It holds, and it will", "It holds"];
        found.said = (1..).zip(words).map(|(story, words)| (quote(story), format!("“{words}”"))).collect();
        let overlay = profile(&found, 0);
        let shown: Vec<String> = overlay.rows.iter().map(|row| format!("{}|{}", row.left, row.right)).collect();
        assert_eq!(shown[0], "Said 2|");
        assert!(shown[1].starts_with("“It holds, and it will”|") && shown[1].ends_with("Outlet 3 +2"), "{shown:?}");
        assert!(shown[2].starts_with("“We open”|") && shown[2].ends_with("Outlet 2"), "{shown:?}");
        let full = &overlay.rows[1].full;
        assert!(full.contains("also Quay opens") && full.contains("Outlet 1") && full.contains("Outlet 4"), "{full}");
    }

    #[test]
    fn the_same_words_in_two_outlets_are_one_row() {
        let event = |article, publisher: &str| DatedEvent {
            passage: passage(article, publisher),
            days: (19_846, 19_846),
            summary: "Odell opened the quay".into(),
            status: "past".into(),
        };
        let said = SpeakerQuote {
            passage: passage(1, "Gazette"),
            quote: 0,
            kind: "direct".into(),
            confidence: 1.0,
            role: Some("a baker".into()),
            doubtful: true,
            polarity: Polarity::Said,
        };
        let denied = SpeakerQuote { kind: "indirect".into(), polarity: Polarity::Denied, ..said.clone() };
        let overlay = profile(
            &Profile {
                who: EntitySummary { id: 1, kind: "person".into(), name: "Mara Odell".into(), stories: 2 },
                other_kinds: vec!["organization".into()],
                same: Vec::new(),
                one_story: false,
                said: vec![(denied, "the quay was safe".into()), (said, "“It holds,”".into())],
                happened: vec![event(1, "Gazette"), event(2, "Post")],
                named: Vec::new(),
                id: None,
                roles: Vec::new(),
                relations: Vec::new(),
                said_about: Vec::new(),
                speaks_of: Vec::new(),
                suggestions: Vec::new(),
                copies: Vec::new(),
                left_out: 0,
            },
            0,
        );
        let left: Vec<&str> = overlay.rows.iter().map(|row| row.left.as_str()).collect();
        assert_eq!(
            left[..5],
            [
                "Includes stories that list this name as an organisation",
                "Said 1",
                "“It holds”",
                "Denied or hypothetical 1",
                "the quay was safe"
            ]
        );
        assert!(overlay.rows[4].full.contains("reported · denied"), "{}", overlay.rows[3].full);
        assert_eq!(left.iter().filter(|row| row.contains("opened the quay")).count(), 1, "{left:?}");
        assert!(overlay.rows.iter().any(|row| row.full.contains("also Quay opens")));
        assert!(overlay.rows.iter().any(|row| row.sign == "?" && row.full.contains("may be another person")));
    }
}
