//! Exports an article and its analysis as JSON, schema version 1. The exported text is only the body, because front
//! matter has fields of its own. Offsets count code points of the exported text.

use dateline_analysis::{Analysis, Entity, Event, Quote, Timex};
use dateline_core::Named;
use dateline_core::article::{Article, Block, Link};
use dateline_core::text::{CodePoints, Span, folded, shown};
use jiff::civil::Date;
use serde_json::{Map, Value, json};
use std::fmt::Write;

/// Schema version of the JSON interface. It is incremented when existing consumers would misread the new output.
pub(crate) const SCHEMA: u32 = 1;

/// Formats an article with its annotations as a JSON object.
///
/// Annotations in the front matter are left out because the exported text does not contain it.
#[must_use]
pub fn article(article: &Article, analysis: &Analysis) -> Value {
    let emitted = &article.text[article.body..];
    let offsets = Offsets { body: article.body, points: CodePoints::new(emitted) };
    let annotations = StoryAnnotations::new(article, analysis);
    let mut out = front(article, analysis);
    out.insert("text".into(), json!(emitted));
    let blocks = article.blocks.iter().enumerate().filter(|(_, block)| block.span.start >= article.body);
    out.insert(
        "blocks".into(),
        blocks.map(|(index, block)| offsets.block(block, analysis.unrelated_captions.contains(&index))).collect(),
    );
    let links = article.links.iter().filter(|link| link.span.start >= article.body);
    out.insert("links".into(), links.map(|link| offsets.link(link)).collect());
    out.insert(
        "quotes".into(),
        annotations.quotes.iter().map(|quote| offsets.quote(quote, &annotations, article)).collect(),
    );
    let entities = analysis.entities.iter().enumerate().map(|(index, entity)| {
        let mut out = offsets.entity(index, entity, article);
        if let Some(place) = entity.demonym_of {
            out["demonym_of"] = json!(place);
        }
        out
    });
    out.insert("entities".into(), entities.collect());
    out.insert("times".into(), annotations.times.iter().map(|time| offsets.time(time, article)).collect());
    let events = analysis.events.iter().filter_map(|event| offsets.event(event, &annotations));
    out.insert("events".into(), events.collect());
    if let Some(Value::Array(notes)) = out.get_mut("notes") {
        notes.extend(analysis.notes().into_iter().map(Value::from));
    }
    if !analysis.corrections.is_empty() {
        out.insert("corrections".into(), json!(analysis.corrections));
    }
    Value::Object(out)
}

/// Returns the fields that contain no offsets into the text.
fn front(article: &Article, analysis: &Analysis) -> Map<String, Value> {
    let datum = |datum: &Option<dateline_core::article::Datum<String>>| datum.as_ref().map(|datum| datum.value.clone());
    let (published, source) = published(article, analysis);
    let dateline = article.dateline.as_ref().map(|line| json!({"place": line.place, "date": line.date}));
    let byline: Vec<&str> = article.byline.iter().map(|name| name.value.as_str()).collect();
    let fields = json!({
        "schema": SCHEMA,
        "id": article.id,
        "headline": datum(&article.headline),
        "kicker": datum(&article.kicker),
        "standfirst": datum(&article.standfirst),
        "section": article.section,
        "byline": byline,
        "dateline": dateline,
        "publisher": datum(&article.publisher),
        "url": article.url,
        "language": article.language,
        "published": published,
        "published_source": source,
        "modified": article.modified.as_ref().map(|known| known.moment.clone().unwrap_or_else(|| known.date.to_string())),
        "media": article.media,
        "notes": notes(article),
    });
    match fields {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

/// Returns the notes of an article. For each kind of text that was left out, one more note gives the number of pieces.
fn notes(article: &Article) -> Vec<String> {
    let mut counts: Vec<(&'static str, usize)> = Vec::new();
    for kind in article.left_out.iter().map(|left| left.why.name()) {
        match counts.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, count)) => *count += 1,
            None => counts.push((kind, 1)),
        }
    }
    let left_out = counts.into_iter().map(|(kind, count)| format!("Left out as {kind}: {count}."));
    article.notes.iter().cloned().chain(left_out).collect()
}

/// Returns the publication date used by the analysis and its source or, without one, the date of the article itself.
/// The time of day is added if the article states one for the same date.
fn published(article: &Article, analysis: &Analysis) -> (Option<String>, Option<&'static str>) {
    if let Some(reference) = &analysis.reference {
        let moment = article
            .published
            .as_ref()
            .filter(|known| known.date == reference.date)
            .and_then(|known| known.moment.clone());
        return (Some(moment.unwrap_or_else(|| reference.date.to_string())), Some(reference.source.name()));
    }
    let known = article.published.as_ref();
    (
        known.map(|known| known.moment.clone().unwrap_or_else(|| known.date.to_string())),
        known.map(|known| known.source.name()),
    )
}

/// Annotations in the body of an article, with their indices adjusted accordingly.
struct StoryAnnotations<'a> {
    quotes: Vec<&'a Quote>,
    times: Vec<&'a Timex>,
    /// New index of each time expression, by its index in the analysis; `None` for those in the front matter.
    time_index: Vec<Option<usize>>,
    body: usize,
}

impl<'a> StoryAnnotations<'a> {
    fn new(article: &Article, analysis: &'a Analysis) -> Self {
        let mut times = Vec::new();
        let time_index = analysis
            .times
            .iter()
            .map(|time| {
                (time.span.start >= article.body).then(|| {
                    times.push(time);
                    times.len() - 1
                })
            })
            .collect();
        let quotes = analysis.quotes.iter().filter(|quote| quote.span.start >= article.body).collect();
        Self { quotes, times, time_index, body: article.body }
    }
}

/// Converter from byte spans in the article's text to code-point offsets in the exported text.
struct Offsets<'a> {
    body: usize,
    points: CodePoints<'a>,
}

impl Offsets<'_> {
    /// Returns the start and end of a span in the body, in code points.
    fn ends(&self, span: Span) -> (usize, usize) {
        (self.points.at(span.start.saturating_sub(self.body)), self.points.at(span.end.saturating_sub(self.body)))
    }

    /// Returns a span as an object with the keys `start`, `end` and `text`.
    fn words(&self, span: Span, article: &Article) -> Value {
        let (start, end) = self.ends(span);
        json!({"start": start, "end": end, "text": span.of(&article.text)})
    }

    fn block(&self, block: &Block, unrelated: bool) -> Value {
        let (start, end) = self.ends(block.span);
        let mut out = json!({"kind": block.kind.name(), "start": start, "end": end});
        if let Some(level) = block.level {
            out["level"] = json!(level);
        }
        if let Some(credit) = &block.credit {
            out["credit"] = json!(credit.value);
        }
        if unrelated {
            out["stray"] = json!(true);
        }
        out
    }

    fn link(&self, link: &Link) -> Value {
        let (start, end) = self.ends(link.span);
        json!({"start": start, "end": end, "url": link.url})
    }

    fn quote(&self, quote: &Quote, annotations: &StoryAnnotations<'_>, article: &Article) -> Value {
        let (start, end) = self.ends(quote.span);
        let in_body = |span: &Span| span.start >= annotations.body;
        let speaker = quote.speaker.as_ref().filter(|speaker| in_body(&speaker.mention)).map(|speaker| {
            let mut out = self.words(speaker.mention, article);
            out["name"] = json!(speaker.name);
            out["role"] = json!(speaker.role.map(|role| folded(role.of(&article.text))));
            out["entity"] = json!(speaker.entity);
            out
        });
        json!({
            "start": start,
            "end": end,
            "kind": quote.kind.name(),
            "text": quote.span.of(&article.text),
            "cue": quote.cue.filter(in_body).map(|cue| self.words(cue, article)),
            "speaker": speaker,
            "polarity": quote.polarity.name(),
            "confidence": (f64::from(quote.confidence) * 1000.0).round() / 1000.0,
        })
    }

    /// An entity named only in the headline or the standfirst has no mentions, because the exported text contains
    /// neither.
    fn entity(&self, index: usize, entity: &Entity, article: &Article) -> Value {
        let mentions: Vec<Value> = entity
            .mentions
            .iter()
            .filter(|mention| mention.span.start >= self.body)
            .map(|mention| {
                let (start, end) = self.ends(mention.span);
                json!({"start": start, "end": end, "kind": mention.kind.name()})
            })
            .collect();
        json!({
            "id": index,
            "name": entity.name,
            "type": entity.kind.name(),
            "aliases": entity.aliases,
            "role": entity.role.map(|role| folded(role.of(&article.text))),
            "mentions": mentions,
        })
    }

    fn time(&self, time: &Timex, article: &Article) -> Value {
        let mut out = self.words(time.span, article);
        out["type"] = json!(time.kind.name());
        out["value"] = json!(time.value);
        add_interval(&mut out, time.interval);
        if time.confidence < 1.0 {
            out["confidence"] = json!((f64::from(time.confidence) * 1000.0).round() / 1000.0);
        }
        out
    }

    fn event(&self, event: &Event, annotations: &StoryAnnotations<'_>) -> Option<Value> {
        let time = annotations.time_index.get(event.time).copied().flatten()?;
        // The JSON interface presents events as a timeline, so it contains only dated ones.
        if event.interval.is_none() || event.sentence.start < self.body {
            return None;
        }
        let (start, end) = self.ends(event.sentence);
        let mut out = json!({"start": start, "end": end, "summary": event.summary, "time": time});
        add_interval(&mut out, event.interval);
        out["granularity"] = json!(event.granularity.name());
        out["status"] = json!(event.status.name());
        out["confidence"] = json!((f64::from(event.confidence) * 1000.0).round() / 1000.0);
        if event.folded {
            out["folded"] = json!(true);
        }
        out["entities"] = json!(event.entities);
        Some(out)
    }
}

/// Sets the fields `begin` and `end_date`. Both are null if there is no interval.
fn add_interval(out: &mut Value, interval: Option<(Date, Date)>) {
    out["begin"] = json!(interval.map(|(begin, _)| begin.to_string()));
    out["end_date"] = json!(interval.map(|(_, end)| end.to_string()));
}

/// Formats a value on one line that is safe to print. Characters that could control a terminal are escaped, so a JSON
/// parser still reads the same value.
#[must_use]
pub fn line(value: &Value) -> String {
    escaped(value.to_string())
}

/// Formats a value on several lines that are as safe to print as those of [`line()`].
#[must_use]
pub fn indented(value: &Value) -> String {
    escaped(format!("{value:#}"))
}

/// Escapes C1 controls, DEL, and characters that reverse or hide text as `\uXXXX`. C0 controls are already escaped in
/// JSON. All of these characters can occur only inside strings.
fn escaped(json: String) -> String {
    let harmless = |character: char| !character.is_control() && shown(character) == Some(character);
    if json.is_ascii() && !json.contains('\u{7f}') {
        return json;
    }
    let mut out = String::new();
    let mut copied = 0;
    for (at, character) in json.char_indices() {
        // The only other ASCII control characters are line feeds added by the serialiser.
        if character.is_ascii() && character != '\u{7f}' || character == '\u{a0}' || harmless(character) {
            continue;
        }
        out.push_str(&json[copied..at]);
        for unit in character.encode_utf16(&mut [0; 2]) {
            let _ = write!(out, "\\u{unit:04x}");
        }
        copied = at + character.len_utf8();
    }
    if copied == 0 {
        return json;
    }
    out.push_str(&json[copied..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_analysis::{Analyzer, Options};
    use dateline_core::article::{Boilerplate, LeftOut};
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn the_notes_count_what_was_left_out_by_kind() {
        let mut article = Article::verbatim("a", "The mill closed.");
        article.notes.push("The feed is truncated here.".to_owned());
        for why in [Boilerplate::Share, Boilerplate::Navigation, Boilerplate::Share] {
            article.left_out.push(LeftOut { text: "Print".to_owned(), why });
        }
        let expected = ["The feed is truncated here.", "Left out as share bar: 2.", "Left out as navigation: 1."];
        assert_eq!(notes(&article), expected);
    }

    #[test]
    fn an_event_has_its_confidence_and_says_whether_it_is_folded() {
        let story = Article::verbatim("a", "The board closed the pier on Monday.");
        let options = Options::default().reference(Some(date(2023, 9, 27)));
        let mut analysis = Analyzer::bundled().analyze(&story, &options);
        analysis.events[0].confidence = 0.8125;
        let shown = &article(&story, &analysis)["events"][0];
        assert_eq!((&shown["confidence"], shown.get("folded")), (&json!(0.813), None));
        analysis.events[0].folded = true;
        assert_eq!(article(&story, &analysis)["events"][0]["folded"], json!(true));
    }

    #[test]
    fn a_name_only_in_the_headline_is_an_entity_without_mentions() {
        let text = "Peter Novak resigns\n\nThe mayor left on Monday.";
        let mut story = Article::verbatim("a", text);
        story.body = text.find("The mayor").unwrap();
        let analysis = Analyzer::bundled().analyze(&story, &Options::default());
        let entities = article(&story, &analysis)["entities"].clone();
        let novak = entities.as_array().unwrap().iter().find(|entity| entity["name"] == "Peter Novak").unwrap();
        let in_body = |mention: &Value| mention["kind"] != "name";
        assert!(novak["mentions"].as_array().unwrap().iter().all(in_body), "{novak}");
        let ids: Vec<u64> = entities.as_array().unwrap().iter().filter_map(|entity| entity["id"].as_u64()).collect();
        assert_eq!(ids, (0..ids.len() as u64).collect::<Vec<_>>());
    }

    proptest! {
        #[test]
        fn escaping_changes_no_value_and_leaves_no_control(text in any::<String>()) {
            let value = json!({ "text": text });
            let printed = line(&value);
            prop_assert_eq!(&serde_json::from_str::<Value>(&printed).unwrap(), &value);
            prop_assert!(!printed.chars().any(char::is_control), "a control came through");
        }
    }
}
