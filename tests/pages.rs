//! Tests whole pages, written for this test as a scraper would have saved them, from breadcrumbs to footer. Each page
//! has a file of careful manual annotations. A quote counts as found if it contains at least four fifths of the gold
//! words and few others.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use dateline_analysis::{Analyzer, Options};
use dateline_export::json;
use dateline_ingest as ingest;
use serde_json::Value;
use std::collections::HashSet;
use std::fs;
use std::path::Path;

/// Minimum proportion of all annotations that must be found. Raise it when the program improves, but never lower it.
const FLOOR: f64 = 0.94;

/// Converts text to lower case, straight quotation marks and single spaces.
fn fold(text: &str) -> String {
    let straight: String = text
        .chars()
        .map(|c| match c {
            '“' | '”' => '"',
            '‘' | '’' => '\'',
            c => c,
        })
        .collect();
    straight.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn string(value: &Value) -> String {
    fold(value.as_str().unwrap_or_default())
}

fn list(value: &Value) -> Vec<&Value> {
    value.as_array().map(|items| items.iter().collect()).unwrap_or_default()
}

fn words(text: &str) -> Vec<String> {
    fold(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(ToOwned::to_owned).collect()
}

/// Returns whether a quote matches the gold quote. It must contain at least four fifths of the distinct gold words, and
/// may be longer by at most a quarter and two words.
fn same_quote(wanted: &str, found: &str) -> bool {
    let (wanted, found) = (words(wanted), words(found));
    let set: HashSet<&String> = wanted.iter().collect();
    let common = set.iter().filter(|word| found.contains(word)).count();
    common * 5 >= set.len() * 4 && found.len() <= wanted.len() * 5 / 4 + 2
}

/// Result of checking one page: the output of the program, the number of checks, and one message per failed check.
struct Check<'a> {
    found: &'a Value,
    text: String,
    total: usize,
    missing: Vec<String>,
}

impl Check<'_> {
    fn want(&mut self, holds: bool, message: impl FnOnce() -> String) {
        self.total += 1;
        if !holds {
            self.missing.push(message());
        }
    }

    /// Returns the text of an annotation, given its offsets.
    fn words_of(&self, item: &Value) -> String {
        let (start, end) = (item["start"].as_u64().unwrap() as usize, item["end"].as_u64().unwrap() as usize);
        self.text.chars().skip(start).take(end - start).collect()
    }

    fn front(&mut self, gold: &Value) {
        for key in ["headline", "published"].into_iter().filter(|key| gold[*key].is_string()) {
            let found = string(&self.found[key]);
            self.want(found.starts_with(&string(&gold[key])), || format!("{key}: {found}"));
        }
        if gold["section"].is_array() {
            let found = self.found["section"].clone();
            self.want(found == gold["section"], || format!("section: {found}"));
        }
        let byline = fold(&self.found["byline"].to_string());
        for name in list(&gold["byline"]) {
            self.want(byline.contains(&string(name)), || format!("byline {name}: {byline}"));
        }
        if gold["dateline"].is_string() {
            let found = fold(&self.found["dateline"].to_string());
            self.want(found.contains(&string(&gold["dateline"])), || format!("dateline: {found}"));
        }
    }

    fn blocks(&mut self, gold: &Value) {
        let blocks: Vec<(String, String, String, bool)> = list(&self.found["blocks"])
            .into_iter()
            .map(|block| {
                let credit = string(&block["credit"]);
                (string(&block["kind"]), fold(&self.words_of(block)), credit, block["stray"] == true)
            })
            .collect();
        for caption in list(&gold["captions"]) {
            let found = blocks.iter().find(|b| b.0 == "caption" && b.1.starts_with(&string(&caption["starts"])));
            let credit = found.is_some_and(|block| block.2.contains(&string(&caption["credit"])));
            self.want(credit, || format!("caption {}", caption["starts"]));
            self.want(found.is_some_and(|block| block.3 == (caption["stray"] == true)), || "stray or not".to_owned());
        }
        for heading in list(&gold["headings"]) {
            let there = blocks.iter().any(|block| block.0 == "heading" && block.1 == string(heading));
            self.want(there, || format!("heading {heading}"));
        }
        let body = |kind: &str| ["paragraph", "quote", "list_item"].contains(&kind);
        let paragraphs: Vec<&String> = blocks.iter().filter(|block| body(&block.0)).map(|block| &block.1).collect();
        for (key, paragraph) in [("first_paragraph", paragraphs.first()), ("last_paragraph", paragraphs.last())] {
            if gold[key].is_string() {
                let holds = paragraph.is_some_and(|text| text.starts_with(&string(&gold[key])));
                self.want(holds, || format!("{key}: {paragraph:?}"));
            }
        }
        for words in list(&gold["not_in_body"]) {
            let inside = paragraphs.iter().any(|text| text.contains(&string(words)));
            self.want(!inside, || format!("boilerplate: {words}"));
        }
    }

    fn quotes(&mut self, gold: &Value) {
        let quotes = list(&self.found["quotes"]);
        for wanted in list(&gold["quotes"]) {
            let same = |quote: &&&Value| {
                quote["kind"] != "indirect" && same_quote(&string(&wanted["text"]), &string(&quote["text"]))
            };
            let Some(found) = quotes.iter().find(same) else {
                self.want(false, || format!("quote {}", wanted["text"]));
                continue;
            };
            let speaker = &found["speaker"];
            let names = [string(&speaker["name"]), string(&speaker["text"])];
            let right = names.iter().any(|name| name.contains(&string(&wanted["speaker"])));
            self.want(right, || format!("speaker of {}: {names:?}", wanted["text"]));
            if wanted["role"].is_string() {
                let role = string(&speaker["role"]);
                self.want(role.contains(&string(&wanted["role"])), || format!("role of {names:?}: {role}"));
            }
        }
        for words in list(&gold["not_speech"]) {
            let taken = quotes.iter().any(|quote| string(&quote["text"]) == string(words));
            self.want(!taken, || format!("taken for speech: {words}"));
        }
        for name in list(&gold["indirect_speakers"]) {
            let said = quotes.iter().filter(|quote| quote["kind"] == "indirect").any(|quote| {
                ["name", "text"].iter().any(|key| string(&quote["speaker"][*key]).contains(&string(name)))
            });
            self.want(said, || format!("indirect speech by {name}"));
        }
    }

    fn entities(&mut self, gold: &Value) {
        let entities = list(&self.found["entities"]);
        let names = |entity: &Value| -> Vec<String> {
            let aliases = list(&entity["aliases"]).into_iter().map(string);
            aliases.chain([string(&entity["name"])]).collect()
        };
        for (key, kind) in [("people", "person"), ("organizations", "organization"), ("places", "place")] {
            for name in list(&gold[key]) {
                let holds = entities.iter().any(|entity| {
                    entity["type"] == kind && names(entity).iter().any(|known| known.contains(&string(name)))
                });
                self.want(holds, || format!("{kind} {name}"));
            }
        }
        for (name, aliases) in gold["aliases"].as_object().into_iter().flatten() {
            for alias in list(aliases) {
                let merged =
                    entities.iter().filter(|entity| string(&entity["name"]).contains(&fold(name))).any(|entity| {
                        let mentions = list(&entity["mentions"]);
                        names(entity).contains(&string(alias))
                            || mentions.into_iter().any(|mention| fold(&self.words_of(mention)) == string(alias))
                    });
                self.want(merged, || format!("{alias} merged into {name}"));
            }
        }
        for name in list(&gold["not_entities"]) {
            let there = entities.iter().any(|entity| names(entity).contains(&string(name)));
            self.want(!there, || format!("not of this story: {name}"));
        }
    }

    fn times(&mut self, gold: &Value) {
        let folded = fold(&self.text);
        for wanted in list(&gold["timexes"]) {
            let place = string(&wanted["in"]);
            let holds = list(&self.found["times"]).into_iter().any(|time| {
                let words = string(&time["text"]);
                let there = if place.is_empty() { words == string(&wanted["text"]) } else { place.contains(&words) };
                there && time["value"] == wanted["value"] && (place.is_empty() || folded.contains(&place))
            });
            self.want(holds, || format!("time {} {}", wanted["in"], wanted["value"]));
        }
        let begins: Vec<String> =
            list(&self.found["events"]).into_iter().map(|event| string(&event["begin"])).collect();
        for begin in list(&gold["timeline_order"]) {
            self.want(begins.iter().any(|day| day.starts_with(&string(begin))), || format!("an event at {begin}"));
        }
        for begin in list(&gold["not_events"]) {
            self.want(!begins.iter().any(|day| day.starts_with(&string(begin))), || format!("no event at {begin}"));
        }
    }
}

#[test]
fn whole_pages_are_read_as_a_careful_reader_reads_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let analyzer = Analyzer::bundled();
    let (mut held, mut total) = (0, 0);
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    assert!(paths.len() >= 9);
    for path in paths {
        let gold: Value = serde_json::from_str(&fs::read_to_string(path.with_extension("json")).unwrap()).unwrap();
        let articles = ingest::articles("page", &fs::read(&path).unwrap()).unwrap();
        assert_eq!(articles.len(), 1, "{}", path.display());
        let analysis = analyzer.analyze(&articles[0], &Options::default());
        let found = serde_json::to_value(json::article(&articles[0], &analysis)).unwrap();
        let text = found["text"].as_str().unwrap().to_owned();
        let mut check = Check { found: &found, text, total: 0, missing: Vec::new() };
        check.front(&gold);
        check.blocks(&gold);
        check.quotes(&gold);
        check.entities(&gold);
        check.times(&gold);
        println!("{}: {} of {} hold", path.display(), check.total - check.missing.len(), check.total);
        check.missing.iter().for_each(|line| println!("    {line}"));
        held += check.total - check.missing.len();
        total += check.total;
    }
    let share = f64::from(held as u32) / f64::from(total as u32);
    println!("{held} of {total} hold: {share:.3}");
    assert!(share >= FLOOR, "{share:.3} of all findings hold, less than {FLOOR}");
}
