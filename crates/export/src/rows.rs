//! Converts the annotations of an article to rows of a table. Only the table of [`annotations`] has offsets, since the
//! others are for people to read.

use dateline_analysis::{Analysis, Entity, Event, Figure, Quote, Timex};
use dateline_core::Named;
use dateline_core::article::Article;
use dateline_core::text::{CodePoints, Span, folded};
use serde_json::{Number, Value, json};

/// A column of an exported table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Heading of the column, which is also its key in JSON.
    pub name: &'static str,
    /// Relative width of the column if the terminal is too narrow for all columns.
    pub share: usize,
}

/// A table of annotations, in which each row has one cell per column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    /// Columns of the table.
    pub columns: Vec<Column>,
    /// Cells of the table, row by row.
    pub rows: Vec<Vec<Value>>,
}

impl Rows {
    /// Creates a table with these columns and no rows.
    fn new(columns: &[(&'static str, usize)]) -> Self {
        Self { columns: columns.iter().map(|(name, share)| Column { name, share: *share }).collect(), rows: Vec::new() }
    }

    /// Adds columns for the story's publication day and its source (publisher or URL).
    pub fn add_source_columns(&mut self, article: &Article) {
        self.columns.extend([Column { name: "published", share: 10 }, Column { name: "source", share: 12 }]);
        let day = article.published.as_ref().map(|published| published.date.to_string());
        let source = article.publisher.as_ref().map(|publisher| &publisher.value).or(article.url.as_ref());
        for row in &mut self.rows {
            row.extend([json!(day), json!(source)]);
        }
    }

    /// Appends the rows of another table, which must have the same columns.
    pub fn extend(&mut self, other: Self) {
        if self.columns.is_empty() {
            self.columns = other.columns;
        }
        self.rows.extend(other.rows);
    }
}

/// Returns the quotes of an article as rows: speaker, role, kind, polarity, words, cue, confidence, story.
#[must_use]
pub fn quotes(article: &Article, analysis: &Analysis, wanted: impl Fn(&Quote) -> bool) -> Rows {
    let mut out = Rows::new(&[
        ("speaker", 20),
        ("role", 15),
        ("kind", 6),
        ("polarity", 6),
        ("quote", 60),
        ("cue", 8),
        ("confidence", 6),
        ("story", 15),
    ]);
    for quote in analysis.quotes.iter().filter(|quote| wanted(quote)) {
        let speaker = quote.speaker.as_ref();
        out.rows.push(vec![
            json!(speaker.map(|speaker| &speaker.name)),
            json!(speaker.and_then(|speaker| speaker.role).map(|role| words(article, role))),
            json!(quote.kind.name()),
            json!(quote.polarity.name()),
            json!(words(article, quote.span)),
            json!(quote.cue.map(|cue| words(article, cue))),
            json!(rounded(quote.confidence)),
            json!(article.title()),
        ]);
    }
    out
}

/// Returns the entities of an article as rows: name, type, role, number of mentions, aliases, story.
#[must_use]
pub fn entities(article: &Article, analysis: &Analysis, kind: Option<&str>) -> Rows {
    let mut out =
        Rows::new(&[("name", 25), ("type", 12), ("role", 30), ("mentions", 4), ("aliases", 20), ("story", 15)]);
    for entity in analysis.entities.iter().filter(|entity| kind.is_none_or(|kind| entity.kind.name() == kind)) {
        let named = entity.named();
        out.rows.push(vec![
            json!(entity.name),
            json!(entity.kind.name()),
            json!(entity.role.map(|role| words(article, role))),
            json!(named),
            json!(entity.aliases),
            json!(article.title()),
        ]);
    }
    out
}

/// Returns the timeline of an article as rows: first day, last day, granularity, time expression, summary of the event,
/// status, confidence, whether the event is folded, story.
#[must_use]
pub fn timeline(article: &Article, analysis: &Analysis) -> Rows {
    let mut out = Rows::new(&[
        ("begin", 10),
        ("end", 10),
        ("grain", 7),
        ("words", 15),
        ("event", 60),
        ("status", 10),
        ("confidence", 5),
        ("folded", 6),
        ("story", 15),
    ]);
    for event in &analysis.events {
        let said = analysis.times.get(event.time).map(|time| words(article, time.span));
        out.rows.push(vec![
            json!(event.interval.map(|(begin, _)| begin.to_string())),
            json!(event.interval.map(|(_, end)| end.to_string())),
            json!(event.granularity.name()),
            json!(said),
            json!(event.summary),
            json!(event.status.name()),
            json!(rounded(event.confidence)),
            json!(event.folded),
            json!(article.title()),
        ]);
    }
    out
}

/// Returns the figures of an article as rows: value, lowest and highest value, unit, thing counted, number in the words of
/// the text, words around it, source, day, confidence, story.
#[must_use]
pub fn figures(article: &Article, analysis: &Analysis, wanted: impl Fn(&Figure) -> bool) -> Rows {
    let mut out = Rows::new(&[
        ("value", 10),
        ("low", 8),
        ("high", 8),
        ("unit", 8),
        ("counted", 30),
        ("words", 15),
        ("clause", 60),
        ("source", 20),
        ("day", 10),
        ("confidence", 5),
        ("story", 15),
    ]);
    for figure in analysis.figures.iter().filter(|figure| wanted(figure)) {
        let around = figure.words(&article.text, analysis);
        let source = figure.speaker(analysis).map(|speaker| &speaker.name);
        let interval = figure.time.and_then(|time| analysis.times.get(time)).and_then(|time| time.interval);
        out.rows.push(vec![
            json!(figure.value.and_then(number)),
            json!(figure.low.and_then(number)),
            json!(figure.high.and_then(number)),
            json!(figure.unit),
            json!(figure.counted),
            json!(around.number),
            json!([around.before.as_str(), &around.number, &around.after].concat()),
            json!(source),
            json!(interval.map(|(begin, _)| begin.to_string())),
            json!(rounded(figure.confidence)),
            json!(article.title()),
        ]);
    }
    out
}

/// Returns a number of the text for JSON, without decimals if it is whole.
pub(crate) fn number(value: f64) -> Option<Number> {
    /// Largest whole number that a JSON consumer reads without loss.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let whole = value.fract() == 0.0 && value.abs() < EXACT;
    if whole { Some(Number::from(value as i64)) } else { Number::from_f64(value) }
}

/// Returns every annotation in the body of an article as a row. Offsets count code points of the body.
#[must_use]
pub fn annotations(article: &Article, analysis: &Analysis) -> Rows {
    let mut out = Rows::new(&[
        ("id", 10),
        ("layer", 6),
        ("start", 5),
        ("end", 5),
        ("kind", 8),
        ("text", 40),
        ("name", 20),
        ("role", 15),
        ("cue", 8),
        ("value", 10),
        ("begin", 10),
        ("end_date", 10),
        ("confidence", 5),
        ("polarity", 6),
    ]);
    let body = &article.text[article.body..];
    let mut annotations = AnnotationRows { article, points: CodePoints::new(body), rows: &mut out.rows };
    annotations.add_quotes(&analysis.quotes);
    annotations.add_entities(&analysis.entities);
    annotations.add_times(&analysis.times);
    annotations.add_events(&analysis.events);
    annotations.add_figures(&analysis.figures);
    out
}

/// Writer of the rows of [`annotations`].
struct AnnotationRows<'a> {
    article: &'a Article,
    points: CodePoints<'a>,
    rows: &'a mut Vec<Vec<Value>>,
}

impl AnnotationRows<'_> {
    /// Adds a row for an annotation at `span`, unless it is in the front matter. `rest` holds the cells after the span:
    /// kind, name, role, cue, value, first day, last day, confidence, polarity.
    fn add(&mut self, layer: &str, span: Span, rest: [Value; 9]) {
        let article = self.article;
        if span.start < article.body {
            return;
        }
        let ends = [span.start, span.end].map(|end| json!(self.points.at(end - article.body)));
        let [kind, name, role, cue, value, begin, end, confidence, polarity] = rest;
        let mut row = vec![json!(article.id), json!(layer)];
        row.extend(ends);
        row.extend([kind, json!(words(article, span)), name, role, cue, value, begin, end, confidence, polarity]);
        self.rows.push(row);
    }

    fn add_quotes(&mut self, quotes: &[Quote]) {
        for quote in quotes {
            let speaker = quote.speaker.as_ref();
            let role = json!(speaker.and_then(|speaker| speaker.role).map(|role| words(self.article, role)));
            let cue = json!(quote.cue.map(|cue| words(self.article, cue)));
            let name = json!(speaker.map(|speaker| &speaker.name));
            let confidence = json!(rounded(quote.confidence));
            let (kind, polarity) = (json!(quote.kind.name()), json!(quote.polarity.name()));
            let none = || Value::Null;
            self.add("quote", quote.span, [kind, name, role, cue, none(), none(), none(), confidence, polarity]);
        }
    }

    fn add_entities(&mut self, entities: &[Entity]) {
        for entity in entities {
            let role = json!(entity.role.map(|role| words(self.article, role)));
            for mention in &entity.mentions {
                let mut cells = [const { Value::Null }; 9];
                cells[..3].clone_from_slice(&[json!(entity.kind.name()), json!(entity.name), role.clone()]);
                self.add("entity", mention.span, cells);
            }
        }
    }

    fn add_times(&mut self, times: &[Timex]) {
        for time in times {
            let (begin, end) = days(time.interval);
            let mut cells = [const { Value::Null }; 9];
            cells[0] = json!(time.kind.name());
            cells[4..7].clone_from_slice(&[json!(time.value), begin, end]);
            self.add("time", time.span, cells);
        }
    }

    fn add_events(&mut self, events: &[Event]) {
        for event in events {
            let (begin, end) = days(event.interval);
            let mut cells = [const { Value::Null }; 9];
            cells[..2].clone_from_slice(&[json!(event.status.name()), json!(event.summary)]);
            cells[5..8].clone_from_slice(&[begin, end, json!(rounded(event.confidence))]);
            self.add("event", event.clause, cells);
        }
    }

    fn add_figures(&mut self, figures: &[Figure]) {
        for figure in figures {
            let mut cells = [const { Value::Null }; 9];
            cells[..2].clone_from_slice(&[json!(figure.unit), json!(figure.counted)]);
            cells[4] = json!(figure.value.and_then(number));
            cells[7] = json!(rounded(figure.confidence));
            self.add("figure", figure.span, cells);
        }
    }
}

/// Returns the text of a span as a single line.
fn words(article: &Article, span: Span) -> String {
    folded(span.of(&article.text))
}

/// Returns the first and last day of an interval as JSON strings; both are null if there is no interval.
fn days(interval: Option<(jiff::civil::Date, jiff::civil::Date)>) -> (Value, Value) {
    (json!(interval.map(|(begin, _)| begin.to_string())), json!(interval.map(|(_, end)| end.to_string())))
}

/// Rounds a confidence to two decimals.
fn rounded(confidence: f32) -> f64 {
    (f64::from(confidence) * 100.0).round() / 100.0
}
