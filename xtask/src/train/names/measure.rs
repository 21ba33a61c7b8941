//! Evaluates the name recogniser on held-out records: one `{"text", "entities": [{"start", "end", "type"}]}` per line,
//! with offsets in code points.

use dateline_analysis::EntityKind;
use dateline_analysis::training::names::{self, Model};
use dateline_analysis::training::{Document, Resources};
use dateline_core::article::Article;
use dateline_core::text::{CodePoints, Span};
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};
use std::error::Error;
use std::fs;

/// Numbers of correct, found and gold names of one type, in this order.
#[derive(Default)]
struct Counts([usize; 3]);

impl Counts {
    fn shown(&self) -> String {
        let [right, found, wanted] = self.0.map(|count| count as f64);
        let precision = 100.0 * right / found.max(1.0);
        let recall = 100.0 * right / wanted.max(1.0);
        format!("P {precision:5.1} R {recall:5.1} F1 {:5.1}", 200.0 * right / (found + wanted).max(1.0))
    }
}

/// Prints precision, recall and F1 of names. A name is correct only if its span and type are both correct. If `errors`
/// is `true`, every missing and every wrong name is printed as well.
pub(super) fn measure(path: &str, model: &Model, resources: &Resources, errors: bool) -> Result<(), Box<dyn Error>> {
    let file = fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    let mut counts: BTreeMap<String, Counts> = BTreeMap::new();
    for line in file.lines().filter(|line| !line.trim().is_empty()) {
        let record: Value = serde_json::from_str(line)?;
        let text = record["text"].as_str().unwrap_or_default();
        let gold = wanted(&record);
        let got = found(text, model, resources);
        for (set, column) in [(&got, 1), (&gold, 2)] {
            for (_, _, kind) in set {
                counts.entry((*kind).to_owned()).or_default().0[column] += 1;
            }
        }
        for (_, _, kind) in got.intersection(&gold) {
            counts.entry((*kind).to_owned()).or_default().0[0] += 1;
        }
        if errors {
            report(text, &gold, &got);
        }
    }
    let mut all = Counts::default();
    for count in counts.values() {
        for (sum, one) in all.0.iter_mut().zip(count.0) {
            *sum += one;
        }
    }
    let types: Vec<String> = counts.iter().map(|(kind, count)| format!("{kind} {}", count.shown())).collect();
    println!("{:24} {}   {}", path.rsplit('/').next().unwrap_or(path), all.shown(), types.join("  "));
    Ok(())
}

type Mentions = HashSet<(usize, usize, &'static str)>;

fn wanted(record: &Value) -> Mentions {
    let entities = record["entities"].as_array().map(Vec::as_slice).unwrap_or_default();
    let one = |entity: &Value| {
        let kind = ["PER", "ORG", "LOC"].into_iter().find(|kind| entity["type"] == *kind)?;
        Some((entity["start"].as_u64()? as usize, entity["end"].as_u64()? as usize, kind))
    };
    entities.iter().filter_map(one).collect()
}

fn found(text: &str, model: &Model, resources: &Resources) -> Mentions {
    let article = Article::verbatim("", text);
    let document = Document::new(&article, resources);
    let points = CodePoints::new(text);
    let one = |&(span, kind): &(Span, EntityKind)| {
        let kind = match kind {
            EntityKind::Person => "PER",
            EntityKind::Organization => "ORG",
            EntityKind::Place => "LOC",
            EntityKind::Group | EntityKind::Work | EntityKind::Other => return None,
        };
        Some((points.at(span.start), points.at(span.end), kind))
    };
    names::names(&document, model).iter().filter_map(one).collect()
}

fn report(text: &str, gold: &Mentions, got: &Mentions) {
    let characters: Vec<char> = text.chars().collect();
    let words = |from: usize, to: usize| -> String {
        characters.get(from..to.min(characters.len())).unwrap_or_default().iter().collect::<String>().replace('\n', "/")
    };
    let mut all: Vec<_> = gold.symmetric_difference(got).collect();
    all.sort_unstable();
    for mention in all {
        let (start, end, kind) = *mention;
        let side = if gold.contains(mention) { "missed" } else { "wrong " };
        println!(
            "{side} {kind} | {} [{}] {}",
            words(start.saturating_sub(40), start),
            words(start, end),
            words(end, end + 40)
        );
    }
}

/// Prints how the mentions given in records are clustered, one record per line: `{"id", "clusters": [[[start, end], …],
/// …]}`. The mentions are those in the clusters of the records themselves.
pub(super) fn clusters(path: &str, resources: &Resources) -> Result<(), Box<dyn Error>> {
    let file = fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    for line in file.lines().filter(|line| !line.trim().is_empty()) {
        let record: Value = serde_json::from_str(line)?;
        let text = record["text"].as_str().unwrap_or_default();
        let article = Article::verbatim("", text);
        let document = Document::new(&article, resources);
        let given = given(&record, text);
        let points = CodePoints::new(text);
        let groups: Vec<Vec<[usize; 2]>> = names::clusters(&document, &given)
            .iter()
            .map(|mentions| mentions.iter().map(|span| [points.at(span.start), points.at(span.end)]).collect())
            .collect();
        println!("{}", serde_json::json!({"id": record["id"], "clusters": groups}));
    }
    Ok(())
}

/// Returns the mentions in a record's clusters as names, without nested ones.
fn given(record: &Value, text: &str) -> Vec<(Span, EntityKind)> {
    let offsets: Vec<usize> = text.char_indices().map(|(offset, _)| offset).chain([text.len()]).collect();
    let byte = |value: &Value| offsets.get(value.as_u64()? as usize).copied();
    let mut names: Vec<(Span, EntityKind)> = Vec::new();
    for cluster in record["clusters"].as_array().map(Vec::as_slice).unwrap_or_default() {
        let kind = match cluster["type"].as_str() {
            Some("person") => EntityKind::Person,
            Some("organization") => EntityKind::Organization,
            Some("place") => EntityKind::Place,
            _ => EntityKind::Other,
        };
        for mention in cluster["mentions"].as_array().map(Vec::as_slice).unwrap_or_default() {
            let (Some(start), Some(end)) = (byte(&mention["start"]), byte(&mention["end"])) else { continue };
            names.push((Span::new(start, end), kind));
        }
    }
    names.sort_by_key(|(span, _)| (span.start, span.end));
    names
}
