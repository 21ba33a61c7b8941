//! Reads the clusters of stories that report the same happening, and compares the versions of a happening.

use crate::config::{self, Config};
use crate::remedy::explain;
use crate::tui::dates;
use crate::tui::event::Event;
use crate::tui::happening::{Disagreement, Happening, SharedRow, SharedRows, Statement, VersionSummary};
use crate::tui::library_messages::{Gathered, Regrouping};
use dateline_analysis::{Aspect, Difference, Passage, Quote, QuoteKind, Status, Version, differences, novelty};
use dateline_core::Named;
use dateline_core::text::{Span, clean, folded};
use dateline_library::{Change, Cluster, Gather, Library, Member, Result, Stored, StoryRow};
use jiff::civil::Date;
use std::sync::mpsc::Sender;

/// Maximum number of versions to compare. A happening with more is compared by its latest ones.
const MAX_VERSIONS: usize = 24;

/// Returns which stories share a row, as set in `config.toml`. The library is opened before the other settings are read,
/// which also reports errors in the file.
pub(super) fn setting() -> Gather {
    let file = config::folder().and_then(|folder| config::read(&folder, "config.toml"));
    let text = file.and_then(|(_, text)| text.ok()).unwrap_or_default();
    match Config::default().with(&text, &[]).0.gather {
        config::Gathered::Off => Gather::Off,
        config::Gathered::Copies => Gather::Copies,
        config::Gathered::Stories => Gather::Stories,
    }
}

/// Sends the clusters of the stories in a batch of rows, before the rows. With `replace`, the batch is the first of its
/// view.
pub(super) fn send_clusters(
    library: &Library,
    rows: &[StoryRow],
    generation: u32,
    replace: bool,
    inbox: &Sender<Event>,
) {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let event = match library.clusters(&ids) {
        Ok(clusters) if clusters.is_empty() && !replace => return,
        Ok(clusters) => Event::Gathered { generation, replace, clusters: clusters.into_iter().map(gathered).collect() },
        Err(error) => Event::Notice(explain(&error)),
    };
    // Ignore errors: sending fails only if the event loop has ended.
    let _ = inbox.send(event);
}

/// Reduces a cluster to what the list shows.
fn gathered(cluster: Cluster) -> Gathered {
    let Cluster { id, head, outlets, members } = cluster;
    Gathered { id, head, outlets, members: members.into_iter().map(|member| member.row.id).collect() }
}

/// Splits or merges stories by hand. Returns the message for the status line, and whether anything has changed.
///
/// # Errors
/// Returns an error if the library cannot be written to.
pub(super) fn regather(library: &mut Library, ids: &[i64], how: Regrouping) -> Result<(String, bool)> {
    let change = match how {
        Regrouping::Split => Change::Split,
        Regrouping::Merge => Change::Merge,
    };
    let count = library.set(ids, &change)?;
    let said = match (count, how) {
        (0, Regrouping::Split) => "The story is the only one of its happening".to_owned(),
        (0, Regrouping::Merge) => "These stories were already together".to_owned(),
        (count, _) => super::marks::sentence(&change.label(count)),
    };
    Ok((said, count > 0))
}

/// Compares a story with the others that report the same happening. Returns `None` if there are none.
///
/// # Errors
/// Returns an error if the library cannot be read.
pub(super) fn happening(library: &Library, story: i64) -> Result<Option<Happening>> {
    let Some(cluster) = library.clusters(&[story])?.pop() else { return Ok(None) };
    let mut members = cluster.members;
    while members.len() > MAX_VERSIONS {
        let oldest = members.iter().position(|member| member.row.id != story).unwrap_or(0);
        members.remove(oldest);
    }
    let stored: Vec<Stored> = members.iter().map(|member| library.article(member.row.id)).collect::<Result<_>>()?;
    let versions: Vec<Version<'_>> =
        stored.iter().map(|stored| Version { article: &stored.article, analysis: &stored.analysis }).collect();
    Ok(members.iter().position(|member| member.row.id == story).map(|at| compare(&members, &versions, at)))
}

/// Compares the version with index `at` with the others.
fn compare(members: &[Member], versions: &[Version<'_>], at: usize) -> Happening {
    let read: Vec<usize> = (0..members.len())
        .filter(|&index| index != at && members.get(index).is_some_and(|member| member.row.read))
        .collect();
    let own = novelty(versions, at, &read);
    let adds = |index: usize| {
        let earlier: Vec<usize> = (0..index).collect();
        let span = novelty(versions, index, &earlier).new.first().copied()?;
        Some(folded(&words(versions, &to_end(versions, Passage { version: index, span }))))
    };
    Happening {
        story: members.get(at).map_or(0, |member| member.row.id),
        versions: members.iter().enumerate().map(|(index, member)| summary(member, adds(index))).collect(),
        repeated: own.repeated.into_iter().map(|(span, _)| span).collect(),
        new: own.new,
        quotes: shared(&own.quotes, at, |passage| quote_row(versions, passage, &own.lent)),
        events: shared(&own.events, at, |passage| event_row(versions, passage)),
        heard: own.heard.into_iter().map(|(span, passage)| (span, passage.version)).collect(),
        differences: differences(versions).into_iter().map(|point| disagreement(versions, point)).collect(),
    }
}

/// Folds the rows of a panel: each group of passages is one row, which the version `at` may have or not. `describe` gives
/// the text of the row that leads to a passage.
fn shared(groups: &[Vec<Passage>], at: usize, describe: impl Fn(&Passage) -> Option<SharedRow>) -> SharedRows {
    let mut out = SharedRows::default();
    for group in groups {
        let (own, others): (Vec<&Passage>, Vec<&Passage>) = group.iter().partition(|passage| passage.version == at);
        let places: Vec<_> = others.iter().map(|passage| (passage.version, passage.span)).collect();
        if places.is_empty() {
            continue;
        }
        if own.is_empty() {
            out.elsewhere
                .extend(others.first().and_then(|first| describe(first)).map(|row| SharedRow { places, ..row }));
            continue;
        }
        let row = |passage: &&Passage| Some((passage.span, SharedRow { places: places.clone(), ..describe(passage)? }));
        out.own.extend(own.iter().filter_map(row));
    }
    out
}

fn quote_row(versions: &[Version<'_>], passage: &Passage, lent: &[(Span, usize, usize)]) -> Option<SharedRow> {
    let quotes = |version: usize| versions.get(version).map(|version| version.analysis.quotes.as_slice());
    let quote = quotes(passage.version)?.iter().find(|quote| quote.span == passage.span)?;
    let speaker = |quote: &Quote| Some(clean(&quote.speaker.as_ref()?.name).to_string());
    let lent = lent
        .iter()
        .find(|(span, ..)| *span == passage.span)
        .and_then(|&(_, version, index)| Some((speaker(quotes(version)?.get(index)?)?, version)));
    let said = folded(&words(versions, passage));
    let said = said.trim_end_matches(',');
    let reported = quote.kind == QuoteKind::Indirect;
    Some(SharedRow {
        title: speaker(quote).unwrap_or_else(|| "unattributed".to_owned()),
        words: if reported { said.to_owned() } else { format!("“{said}”") },
        reported,
        lent,
        ..SharedRow::default()
    })
}

fn event_row(versions: &[Version<'_>], passage: &Passage) -> Option<SharedRow> {
    let events = &versions.get(passage.version)?.analysis.events;
    let event = events.iter().find(|event| event.clause == passage.span && !event.folded)?;
    let (first, last) = event.interval?;
    let upcoming = if event.status == Status::Scheduled { " · upcoming" } else { "" };
    let title = format!("{}{upcoming}", dates::interval(first, last));
    Some(SharedRow { title, words: clean(&event.summary).to_string(), ..SharedRow::default() })
}

fn summary(member: &Member, adds: Option<String>) -> VersionSummary {
    let row = &member.row;
    VersionSummary {
        id: row.id,
        outlet: member.outlet.clone(),
        headline: row.headline.clone(),
        published: row.published.clone(),
        read: row.read,
        reprint: member.reprint,
        adds,
    }
}

fn disagreement(versions: &[Version<'_>], point: Difference) -> Disagreement {
    let claims = point.claims.into_iter().map(|claim| Statement {
        text: match claim.text.parse::<Date>() {
            Ok(day) if point.aspect == Aspect::Day => dates::day(day),
            _ => clean(&claim.text).to_string(),
        },
        later: claim.later,
        places: claim
            .passages
            .iter()
            .map(|passage| (passage.version, passage.span, statement(versions, point.aspect, passage)))
            .collect(),
    });
    Disagreement {
        aspect: point.aspect.name().to_owned(),
        about: clean(&point.about).to_string(),
        claims: claims.collect(),
    }
}

/// Returns the words of a passage.
fn words(versions: &[Version<'_>], passage: &Passage) -> String {
    let text = versions.get(passage.version).map_or("", |version| version.article.text.as_str());
    clean(passage.span.of(text)).to_string()
}

/// Returns the words that state a claim: those around the number of a figure, or else the sentence.
fn statement(versions: &[Version<'_>], aspect: Aspect, passage: &Passage) -> String {
    let found = versions.get(passage.version).filter(|_| aspect == Aspect::Figure).and_then(|version| {
        let mut figures = version.analysis.figures.iter();
        let words = figures.find(|figure| figure.span == passage.span)?.words(&version.article.text, version.analysis);
        Some([words.before, words.number, words.after].concat())
    });
    match found {
        Some(words) => clean(&words).to_string(),
        None => words(versions, &sentence(versions, passage)),
    }
}

/// Returns the sentence of a passage, because the words of a claim make little sense without it.
fn sentence(versions: &[Version<'_>], passage: &Passage) -> Passage {
    let analysis = versions.get(passage.version).map(|version| version.analysis);
    let sentences = analysis.map_or(&[][..], |analysis| &analysis.sentences);
    let sentence = sentences.iter().find(|sentence| sentence.contains(passage.span.start));
    Passage { span: sentence.map_or(passage.span, |sentence| sentence.join(passage.span)), ..*passage }
}

/// Extends a passage to the end of its sentence, because a number without the words after it says little.
fn to_end(versions: &[Version<'_>], passage: Passage) -> Passage {
    let end = sentence(versions, &passage).span.end;
    Passage { span: Span::new(passage.span.start, end.max(passage.span.end)), ..passage }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_analysis::{Analyzer, Claim, Options};
    use dateline_core::article::{Article, DateSource, Datum, Published};
    use dateline_library::{Flag, Incoming};
    use std::sync::mpsc::channel;

    /// Invented reports on one fire, by outlet, and one on a ferry.
    const REPORTS: [(&str, &str, &str); 4] = [
        (
            "Vale Echo",
            "Fire destroys the rope works at Ostrel Quay",
            "Fire destroyed the rope works at Ostrel Quay on Tuesday night and killed two watchmen, police said.\n\n\
             “The roof came down within a minute,” fire chief Ivo Lenz said. The rope works, which employed ninety people from the villages along the \
             quay, had stood there since the war.",
        ),
        (
            "Harbour Post",
            "Rope works at Ostrel Quay burn down",
            "The rope works at Ostrel Quay burned down on Tuesday night. Three watchmen were killed, police said.\n\n\
             “The roof came down within a minute,” fire chief Ivo Lenz said. The rope works, which employed ninety people from the villages along the \
             quay, had stood there since the war. The mayor of Ostrel Quay opened an inquiry on Wednesday.",
        ),
        (
            "Tarn Gazette",
            "Three die as rope works burn at Ostrel Quay",
            "Three watchmen died when fire destroyed the rope works at Ostrel Quay on Tuesday night, police said.\n\n\
             The rope works employed ninety people, and the council will meet on Friday.",
        ),
        (
            "Coast Wire",
            "Ferry resumes",
            "The ferry to Merrow Sound sailed again after a month in dock, its owner said.",
        ),
    ];

    fn library() -> Library {
        let mut library = Library::open_in_memory().unwrap().gathering(Gather::Stories);
        let analyzer = Analyzer::bundled();
        for (outlet, headline, text) in REPORTS {
            let mut article = Article::verbatim(outlet, text);
            article.headline = Some(Datum::given(headline.to_owned()));
            article.publisher = Some(Datum::given(outlet.to_owned()));
            let (date, source) = (jiff::civil::date(2024, 5, 8), DateSource::Metadata);
            article.published = Some(Published { date, moment: None, source, evidence: None });
            let analysis = analyzer.analyze(&article, &Options::default());
            library.add(&[Incoming::new(article, analysis, outlet).prepare().unwrap()]).unwrap();
        }
        library
    }

    #[test]
    fn the_stories_of_a_list_come_with_their_clusters() {
        let library = library();
        let rows = library.rows(&[4, 3, 2, 1]).unwrap();
        let (inbox, events) = channel();
        send_clusters(&library, &rows, 5, true, &inbox);
        let Ok(Event::Gathered { generation: 5, replace: true, clusters }) = events.try_recv() else { panic!() };
        assert_eq!(clusters.len(), 1, "{clusters:?}");
        assert_eq!(clusters[0].members, [1, 2, 3]);
        send_clusters(&library, &rows[..1], 5, false, &inbox);
        assert!(events.try_recv().is_err(), "the ferry is reported once");
    }

    #[test]
    fn a_story_is_compared_with_the_versions_that_were_read() {
        let mut library = library();
        assert_eq!(happening(&library, 4).unwrap(), None);
        library.set(&[1], &Change::Flag(Flag::Read, true)).unwrap();
        let seen = happening(&library, 2).unwrap().unwrap();
        let outlets: Vec<&str> = seen.versions.iter().map(|version| version.outlet.as_str()).collect();
        assert_eq!(outlets, ["Vale Echo", "Harbour Post", "Tarn Gazette"]);
        assert_eq!(seen.versions.iter().map(|version| version.read).collect::<Vec<_>>(), [true, false, false]);
        let text = REPORTS[1].2;
        let heard: Vec<(&str, usize)> = seen.heard.iter().map(|&(span, version)| (span.of(text), version)).collect();
        assert!(heard.len() == 1 && heard[0].0.contains("roof came down") && heard[0].1 == 0, "{heard:?}");
        assert!(seen.repeated.iter().any(|span| span.of(text).contains("employed ninety")), "{:?}", seen.repeated);
        assert!(seen.new.iter().any(|span| span.of(text).contains("opened an inquiry")), "{:?}", seen.new);
    }

    #[test]
    fn quotes_and_events_are_folded_over_the_versions() {
        let library = library();
        let seen = happening(&library, 2).unwrap().unwrap();
        let is_roof = |(span, _): &&(Span, SharedRow)| span.of(REPORTS[1].2).contains("roof came down");
        let (_, row) = seen.quotes.own.iter().find(is_roof).unwrap();
        assert_eq!((row.places.len(), row.places[0].0), (1, 0));
        let seen = happening(&library, 3).unwrap().unwrap();
        let row = seen.quotes.elsewhere.iter().find(|row| row.title == "Ivo Lenz").unwrap();
        assert_eq!(row.words, "“The roof came down within a minute”");
        assert_eq!(seen.outlets(row), ["Vale Echo", "Harbour Post"]);
        let inquiry = |row: &SharedRow| row.words.contains("opened an inquiry");
        assert!(seen.events.elsewhere.iter().any(inquiry), "{:?}", seen.events);
    }

    #[test]
    fn days_are_shown_as_elsewhere_on_the_screen() {
        let claim = |text: &str| Claim { text: text.to_owned(), passages: Vec::new(), later: false };
        let point = |aspect| Difference { aspect, about: String::new(), claims: vec![claim("2024-06-10")] };
        assert_eq!(disagreement(&[], point(Aspect::Day)).claims[0].text, "Mon 10 Jun 2024");
        assert_eq!(disagreement(&[], point(Aspect::Words)).claims[0].text, "2024-06-10");
    }

    #[test]
    fn a_version_adds_the_number_with_its_sentence() {
        let seen = happening(&library(), 2).unwrap().unwrap();
        let adds = seen.versions[1].adds.as_deref().unwrap();
        assert!(adds.split_whitespace().count() > 2, "{adds}");
    }

    #[test]
    fn a_split_is_described_and_undone() {
        let mut library = library();
        let (said, is_changed) = regather(&mut library, &[2], Regrouping::Split).unwrap();
        assert!(said.starts_with(char::is_uppercase) && is_changed, "{said}");
        assert_eq!(happening(&library, 1).unwrap().unwrap().versions.len(), 2);
        assert_eq!(happening(&library, 2).unwrap(), None);
        let (said, is_changed) = regather(&mut library, &[4], Regrouping::Split).unwrap();
        assert!(said.contains("only one") && !is_changed, "{said}");
        regather(&mut library, &[1, 2], Regrouping::Merge).unwrap();
        assert_eq!(happening(&library, 2).unwrap().unwrap().versions.len(), 3);
    }
}
