//! Exports an article and its analysis as JSON, schema version 1. The exported text is only the body, because front
//! matter has fields of its own. Offsets count code points of the exported text.

mod record;

use crate::rows::number;
use dateline_analysis::{Analysis, Entity, Event, Figure, Quote, Timex};
use dateline_core::Named;
use dateline_core::article::{Article, Block, Datum, Link};
use dateline_core::text::{CodePoints, Span, folded, shown};
use jiff::civil::Date;
use serde::{Serialize, Serializer};
use std::io;

/// Schema version of the JSON interface. It is incremented when existing consumers would misread the new output.
pub(crate) const SCHEMA: u32 = 1;

/// Returns an article with its annotations as a record that serialises to a JSON object.
///
/// Annotations in the front matter are left out because the exported text does not contain it.
#[must_use]
pub fn article<'a>(article: &'a Article, analysis: &'a Analysis) -> impl Serialize + 'a {
    StoryRecord { article, analysis }
}

/// Article whose parts become records only while they are serialised, since those of a long article would take more
/// memory than the article itself.
struct StoryRecord<'a> {
    article: &'a Article,
    analysis: &'a Analysis,
}

impl Serialize for StoryRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { article, analysis } = *self;
        let emitted = &article.text[article.body..];
        let offsets = Offsets { body: article.body, points: CodePoints::new(emitted) };
        let annotations = StoryAnnotations::new(article, analysis);
        let blocks = || article.blocks.iter().enumerate().filter(|(_, block)| block.span.start >= article.body);
        let is_unrelated = |index: usize| analysis.unrelated_captions.binary_search(&index).is_ok();
        let links = || article.links.iter().filter(|link| link.span.start >= article.body);
        let story = record::Story {
            front: front(article, analysis),
            text: emitted,
            blocks: Each(|| blocks().map(|(index, block)| offsets.block(block, is_unrelated(index)))),
            links: Each(|| links().map(|link| offsets.link(link))),
            quotes: Each(|| annotations.quotes.iter().map(|quote| offsets.quote(quote, article))),
            entities: Each(|| {
                analysis.entities.iter().enumerate().map(|(index, entity)| offsets.entity(index, entity, article))
            }),
            times: Each(|| annotations.times.iter().map(|time| offsets.time(time, article))),
            events: Each(|| analysis.events.iter().filter_map(|event| offsets.event(event, &annotations))),
            figures: Each(|| {
                analysis.figures.iter().filter_map(|figure| offsets.figure(figure, article, analysis, &annotations))
            }),
            corrections: &analysis.corrections,
        };
        story.serialize(serializer)
    }
}

/// List whose items are created while they are serialised.
struct Each<F>(F);

impl<F: Fn() -> I, I: Iterator<Item: Serialize>> Serialize for Each<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

/// Returns the fields that contain no offsets into the text.
fn front<'a>(article: &'a Article, analysis: &'a Analysis) -> record::Front<'a> {
    let datum = |datum: &'a Option<Datum<String>>| datum.as_ref().map(|datum| datum.value.as_str());
    let (published, published_source) = published(article, analysis);
    let mut notes = notes(article);
    notes.extend(analysis.notes());
    record::Front {
        schema: SCHEMA,
        id: &article.id,
        headline: datum(&article.headline),
        kicker: datum(&article.kicker),
        standfirst: datum(&article.standfirst),
        section: &article.section,
        byline: article.byline.iter().map(|name| name.value.as_str()).collect(),
        dateline: article
            .dateline
            .as_ref()
            .map(|line| record::Dateline { place: line.place.as_deref(), date: line.date.as_deref() }),
        publisher: datum(&article.publisher),
        url: article.url.as_deref(),
        language: article.language.as_deref(),
        published,
        published_source,
        modified: article.modified.as_ref().map(|known| known.moment.clone().unwrap_or_else(|| known.date.to_string())),
        media: &article.media,
        notes,
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
    /// Number of quotes in the front matter, which come before those in the body.
    quotes_before: usize,
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
        let quotes: Vec<&Quote> = analysis.quotes.iter().filter(|quote| quote.span.start >= article.body).collect();
        let quotes_before = analysis.quotes.len() - quotes.len();
        Self { quotes, times, time_index, quotes_before }
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

    /// Returns a span with its words.
    fn words<'a>(&self, span: Span, article: &'a Article) -> record::Words<'a> {
        let (start, end) = self.ends(span);
        record::Words { start, end, text: span.of(&article.text) }
    }

    fn block<'a>(&self, block: &'a Block, unrelated: bool) -> record::Block<'a> {
        let (start, end) = self.ends(block.span);
        let credit = block.credit.as_ref().map(|credit| credit.value.as_str());
        record::Block { kind: block.kind.name(), start, end, level: block.level, credit, stray: unrelated }
    }

    fn link<'a>(&self, link: &'a Link) -> record::Link<'a> {
        let (start, end) = self.ends(link.span);
        record::Link { start, end, url: &link.url }
    }

    fn quote<'a>(&self, quote: &'a Quote, article: &'a Article) -> record::Quote<'a> {
        let (start, end) = self.ends(quote.span);
        let in_body = |span: &Span| span.start >= self.body;
        let speaker = quote.speaker.as_ref().filter(|speaker| in_body(&speaker.mention));
        record::Quote {
            start,
            end,
            kind: quote.kind.name(),
            text: quote.span.of(&article.text),
            cue: quote.cue.filter(in_body).map(|cue| self.words(cue, article)),
            speaker: speaker.map(|speaker| record::Speaker {
                words: self.words(speaker.mention, article),
                name: &speaker.name,
                role: speaker.role.map(|role| folded(role.of(&article.text))),
                entity: speaker.entity,
            }),
            polarity: quote.polarity.name(),
            confidence: thousandths(quote.confidence),
        }
    }

    /// An entity named only in the headline or the standfirst has no mentions, because the exported text contains
    /// neither.
    fn entity<'a>(
        &'a self,
        index: usize,
        entity: &'a Entity,
        article: &'a Article,
    ) -> record::Entity<'a, impl Serialize + 'a> {
        let mentions = || entity.mentions.iter().filter(|mention| mention.span.start >= self.body);
        record::Entity {
            id: index,
            name: &entity.name,
            kind: entity.kind.name(),
            aliases: &entity.aliases,
            role: entity.role.map(|role| folded(role.of(&article.text))),
            mentions: Each(move || {
                mentions().map(|mention| {
                    let (start, end) = self.ends(mention.span);
                    record::Mention { start, end, kind: mention.kind.name() }
                })
            }),
            demonym_of: entity.demonym_of,
            list_id: entity.id.as_deref(),
        }
    }

    fn time<'a>(&self, time: &'a Timex, article: &'a Article) -> record::Time<'a> {
        record::Time {
            words: self.words(time.span, article),
            kind: time.kind.name(),
            value: &time.value,
            interval: interval(time.interval),
            confidence: (time.confidence < 1.0).then(|| thousandths(time.confidence)),
        }
    }

    fn event<'a>(&self, event: &'a Event, annotations: &StoryAnnotations<'_>) -> Option<record::Event<'a>> {
        let time = annotations.time_index.get(event.time).copied().flatten()?;
        // The JSON interface presents events as a timeline, so it contains only dated ones.
        if event.interval.is_none() || event.sentence.start < self.body {
            return None;
        }
        let (start, end) = self.ends(event.sentence);
        Some(record::Event {
            start,
            end,
            summary: &event.summary,
            time,
            interval: interval(event.interval),
            granularity: event.granularity.name(),
            status: event.status.name(),
            confidence: thousandths(event.confidence),
            folded: event.folded,
            entities: &event.entities,
        })
    }

    fn figure<'a>(
        &self,
        figure: &'a Figure,
        article: &'a Article,
        analysis: &'a Analysis,
        annotations: &StoryAnnotations<'_>,
    ) -> Option<record::Figure<'a>> {
        let ends = |span: Span| {
            let (start, end) = self.ends(span);
            record::Ends { start, end }
        };
        let context = figure.context.filter(|context| context.start >= self.body);
        (figure.span.start >= self.body).then(|| record::Figure {
            words: self.words(figure.span, article),
            value: figure.value.and_then(number),
            low: figure.low.and_then(number),
            high: figure.high.and_then(number),
            unit: figure.unit.as_deref(),
            counted: &figure.counted,
            quote: figure.quote.and_then(|quote| quote.checked_sub(annotations.quotes_before)),
            time: figure.time.and_then(|time| annotations.time_index.get(time).copied().flatten()),
            source: figure.speaker(analysis).map(|speaker| speaker.name.as_str()),
            clause: Some(figure.clause).filter(|clause| !clause.is_empty()).map(ends),
            context: context.map(ends),
            confidence: thousandths(figure.confidence),
        })
    }
}

/// Rounds a confidence to three decimals.
fn thousandths(confidence: f32) -> f64 {
    (f64::from(confidence) * 1000.0).round() / 1000.0
}

/// Returns the days of an interval as text; both are `None` if there is no interval.
fn interval(interval: Option<(Date, Date)>) -> record::Interval {
    let (begin, end_date) = interval.map(|(begin, end)| (begin.to_string(), end.to_string())).unzip();
    record::Interval { begin, end_date }
}

/// Arrangement of a JSON value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// The value is on one line.
    Line,
    /// The value is on several lines, indented by two spaces.
    Indented,
}

/// Formats a value on one line that is safe to print. Characters that could control a terminal are escaped, so a JSON
/// parser still reads the same value.
#[must_use]
pub fn line(value: &impl Serialize) -> String {
    text(value, Layout::Line)
}

/// Formats a value on several lines that are as safe to print as those of [`line()`].
#[must_use]
pub fn indented(value: &impl Serialize) -> String {
    text(value, Layout::Indented)
}

fn text(value: &impl Serialize, layout: Layout) -> String {
    let mut out = Vec::new();
    // Writing to memory does not fail, and only a map whose keys are not strings cannot be serialised. No record has one.
    let _ = write(&mut out, value, layout);
    String::from_utf8(out).unwrap_or_default()
}

/// Writes a value that is as safe to print as the text of [`line()`], in pieces, so that the JSON of a long article is
/// never in memory as a whole.
///
/// # Errors
/// Returns an error if `out` fails.
pub fn write(out: &mut impl io::Write, value: &impl Serialize, layout: Layout) -> io::Result<()> {
    let out = EscapingWriter(out);
    match layout {
        Layout::Line => serde_json::to_writer(out, value)?,
        Layout::Indented => serde_json::to_writer_pretty(out, value)?,
    }
    Ok(())
}

/// Writer that escapes C1 controls, DEL, and characters that reverse or hide text as `\uXXXX`. C0 controls are already
/// escaped in JSON. All of these characters can occur only inside strings, which the serialiser writes in pieces of
/// whole characters.
struct EscapingWriter<'a, W>(&'a mut W);

impl<W: io::Write> io::Write for EscapingWriter<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    #[inline]
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        // The only ASCII control characters besides DEL are line feeds added by the serialiser.
        if bytes.iter().all(|byte| *byte < 0x7f) { self.0.write_all(bytes) } else { self.write_escaped(bytes) }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl<W: io::Write> EscapingWriter<'_, W> {
    fn write_escaped(&mut self, bytes: &[u8]) -> io::Result<()> {
        let text = std::str::from_utf8(bytes).map_err(|_| io::ErrorKind::InvalidData)?;
        let mut copied = 0;
        for (at, character) in text.char_indices().filter(|(_, character)| !is_harmless(*character)) {
            self.0.write_all(&bytes[copied..at])?;
            for unit in character.encode_utf16(&mut [0; 2]) {
                write!(self.0, "\\u{unit:04x}")?;
            }
            copied = at + character.len_utf8();
        }
        self.0.write_all(&bytes[copied..])
    }
}

/// Returns whether a character is printed as it is.
fn is_harmless(character: char) -> bool {
    matches!(character, ' '..='~' | '\n' | '\u{a0}') || !character.is_control() && shown(character) == Some(character)
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_analysis::{Analyzer, Options};
    use dateline_core::article::{Boilerplate, LeftOut};
    use jiff::civil::date;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    /// Returns the record of a story as a JSON value.
    fn value(story: &Article, analysis: &Analysis) -> Value {
        serde_json::to_value(article(story, analysis)).unwrap()
    }

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
    fn the_fields_of_a_record_keep_their_order() {
        let story = Article::verbatim("a", "“The pier is safe,” said Mara Odell on 3 May 2024.");
        let analysis = Analyzer::bundled().analyze(&story, &Options::default());
        let value = value(&story, &analysis);
        let keys = |of: &Value| of.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
        let front = "schema id headline kicker standfirst section byline dateline publisher url language published \
                     published_source modified media notes";
        assert_eq!(keys(&value), format!("{front} text blocks links quotes entities times events figures"));
        assert_eq!(keys(&value["quotes"][0]), "start end kind text cue speaker polarity confidence");
        assert_eq!(keys(&value["quotes"][0]["speaker"]), "start end text name role entity");
        assert_eq!(keys(&value["times"][0]), "start end text type value begin end_date");
        assert_eq!(keys(&value["entities"][0]), "id name type aliases role mentions");
    }

    #[test]
    fn an_event_has_its_confidence_and_says_whether_it_is_folded() {
        let story = Article::verbatim("a", "The board closed the pier on Monday.");
        let options = Options { reference: Some(date(2023, 9, 27)), ..Options::default() };
        let mut analysis = Analyzer::bundled().analyze(&story, &options);
        analysis.events[0].confidence = 0.8125;
        let shown = &value(&story, &analysis)["events"][0];
        assert_eq!((&shown["confidence"], shown.get("folded")), (&json!(0.813), None));
        analysis.events[0].folded = true;
        assert_eq!(value(&story, &analysis)["events"][0]["folded"], json!(true));
    }

    #[test]
    fn a_figure_has_its_number_and_refers_to_the_quotes_and_times_of_the_body() {
        let text = "“Ten left,” said Mara Odell in 2019\n\nThe mayor said: “At least 12 piers were damaged in May 2024.” \
                    The repair costs $1.5m.";
        let mut story = Article::verbatim("a", text);
        story.body = text.find("The mayor").unwrap();
        let value = value(&story, &Analyzer::bundled().analyze(&story, &Options::default()));
        let (damaged, repair) = (&value["figures"][0], &value["figures"][1]);
        assert_eq!(
            (&damaged["text"], &damaged["value"], &damaged["low"]),
            (&json!("At least 12"), &json!(12), &json!(12))
        );
        assert_eq!(
            (&damaged["high"], &damaged["unit"], &damaged["counted"]),
            (&json!(null), &json!(null), &json!("piers damaged"))
        );
        assert_eq!((&damaged["quote"], &damaged["time"]), (&json!(0), &json!(0)));
        assert_eq!(
            (&repair["value"], &repair["unit"], &repair["quote"]),
            (&json!(1_500_000), &json!("USD"), &json!(null))
        );
        assert_eq!((&damaged["source"], &repair["source"]), (&json!("The mayor"), &json!(null)));
        let at = |end: &str| usize::try_from(damaged[end].as_u64().unwrap()).unwrap();
        let body: Vec<char> = value["text"].as_str().unwrap().chars().collect();
        assert_eq!(body[at("start")..at("end")].iter().collect::<String>(), "At least 12");
        let clause = |end: &str| usize::try_from(damaged["clause"][end].as_u64().unwrap()).unwrap();
        let words = "At least 12 piers were damaged in May 2024";
        assert_eq!(body[clause("start")..clause("end")].iter().collect::<String>(), words);
    }

    #[test]
    fn a_name_only_in_the_headline_is_an_entity_without_mentions() {
        let text = "Peter Novak resigns\n\nThe mayor left on Monday.";
        let mut story = Article::verbatim("a", text);
        story.body = text.find("The mayor").unwrap();
        let analysis = Analyzer::bundled().analyze(&story, &Options::default());
        let entities = value(&story, &analysis)["entities"].clone();
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
