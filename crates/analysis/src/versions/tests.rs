//! Tests of the comparison on invented happenings, whose results are listed in `tests/clusters.txt`.

use super::{Version, differences, novelty};
use crate::testing::ANALYZER;
use crate::{Analysis, Options};
use dateline_core::Named;
use dateline_core::article::{Article, DateSource, Published};
use dateline_core::text::{Span, folded};

/// Happening of the file: its heading, its versions, and the results that they must have.
struct Happening {
    heading: &'static str,
    versions: Vec<(Article, Analysis)>,
    expected: Vec<&'static str>,
}

fn happenings() -> Vec<Happening> {
    let mut out: Vec<Happening> = Vec::new();
    let mut lines = include_str!("tests/clusters.txt").lines();
    while let Some(line) = lines.next() {
        if let Some(heading) = line.strip_prefix("# ") {
            out.push(Happening { heading, versions: Vec::new(), expected: Vec::new() });
            continue;
        }
        let Some(happening) = out.last_mut().filter(|_| !line.is_empty()) else { continue };
        match line.strip_prefix("@ ") {
            Some(published) => happening.versions.push(version(published, lines.next().unwrap())),
            None => happening.expected.push(line),
        }
    }
    out
}

fn version(published: &str, text: &str) -> (Article, Analysis) {
    let moment = (published.len() > 10).then(|| published.to_owned());
    let published =
        Published { date: published[..10].parse().unwrap(), moment, source: DateSource::Metadata, evidence: None };
    let article = Article { published: Some(published), ..Article::verbatim("v", text.replace('/', "\n\n")) };
    let analysis = ANALYZER.analyze(&article, &Options::default());
    (article, analysis)
}

/// Formats all results of a happening as the lines of the file.
fn results(versions: &[Version<'_>]) -> Vec<String> {
    let mut out = Vec::new();
    for at in 1..versions.len() {
        let found = novelty(versions, at, &(0..at).collect::<Vec<_>>());
        let text = |span: &Span| folded(span.of(&versions[at].article.text));
        out.extend(found.repeated.iter().map(|(span, _)| format!("= {}: {}", at + 1, text(span))));
        out.extend(found.new.iter().map(|span| format!("+ {}: {}", at + 1, text(span))));
        out.extend(found.heard.iter().map(|(span, _)| format!("\" {}: {}", at + 1, text(span))));
        out.extend(found.lent.iter().map(|(span, version, quote)| {
            let speaker = versions[*version].analysis.quotes[*quote].speaker.as_ref().unwrap();
            format!("> {}: {}: {}", at + 1, text(span), speaker.name)
        }));
    }
    for difference in differences(versions) {
        let later = |later| if later { " (later)" } else { "" };
        let claims: Vec<String> =
            difference.claims.iter().map(|claim| format!("{}{}", claim.text, later(claim.later))).collect();
        out.push(format!("! {}: {}: {}", difference.aspect.name(), difference.about, claims.join(" | ")));
    }
    out
}

#[test]
fn the_versions_of_a_happening_repeat_add_and_differ_as_listed() {
    let happenings = happenings();
    assert!(happenings.len() >= 8, "{}", happenings.len());
    let mut wrong = Vec::new();
    for Happening { heading, versions, expected } in &happenings {
        let versions: Vec<Version<'_>> =
            versions.iter().map(|(article, analysis)| Version { article, analysis }).collect();
        let results = results(&versions);
        let missing = expected.iter().filter(|line| !results.iter().any(|result| result == *line));
        wrong.extend(missing.map(|line| format!("{heading} missing {line}")));
        let extra = results.iter().filter(|result| !expected.contains(&result.as_str()));
        wrong.extend(extra.map(|line| format!("{heading} extra {line}")));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_version_with_nothing_read_has_nothing_to_mark() {
    let versions = &happenings()[0].versions;
    let versions: Vec<Version<'_>> = versions.iter().map(|(article, analysis)| Version { article, analysis }).collect();
    for (at, read) in [(1, vec![]), (1, vec![1]), (1, vec![99])] {
        let found = novelty(&versions, at, &read);
        assert!(found.repeated.is_empty() && found.new.is_empty() && found.heard.is_empty(), "{at} {read:?}");
    }
    assert!(novelty(&versions, 99, &[0]).new.is_empty());
    assert!(novelty(&[], 0, &[]).lent.is_empty() && differences(&[]).is_empty());
}

#[test]
fn a_quote_and_an_event_of_two_versions_are_one_row() {
    let versions = [
        version(
            "2024-05-03",
            "The ferry Orla ran aground off Tarnmouth on Thursday./“We heard a long scraping noise,” said Mara Odell, a \
             passenger./Divers will search the wreck on Saturday.",
        ),
        version(
            "2024-05-03",
            "The ferry Orla ran aground in fog off Tarnmouth on Thursday./“We heard a long scraping noise and then the \
             lights went out,” said Mara Odell, a passenger./The ferry Orla ran aground off Tarnmouth in March 2019.",
        ),
    ];
    let versions: Vec<Version<'_>> = versions.iter().map(|(article, analysis)| Version { article, analysis }).collect();
    let found = novelty(&versions, 1, &[]);
    let rows = |rows: &[Vec<super::Passage>]| -> Vec<Vec<usize>> {
        rows.iter().map(|row| row.iter().map(|passage| passage.version).collect()).collect()
    };
    assert_eq!(rows(&found.quotes), [[1, 0]], "the longest form comes first");
    assert_eq!(rows(&found.events), [vec![0, 1], vec![0], vec![1]], "another year is another event");
}
