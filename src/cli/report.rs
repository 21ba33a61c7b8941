//! `dateline quotes`, `entities`, `timeline`, `figures`: print one layer of annotations as rows.

use super::input::{Outcome, format_parser, parse_date};
use super::input_or_query::{InputOrQuery, Source};
use super::row_writer::{RowWriter, TableFormat};
use clap::{Args, ValueEnum};
use dateline_analysis::{Analysis, Event, Figure, Polarity, Quote};
use dateline_core::Named;
use dateline_core::article::Article;
use dateline_export::{self as export, Rows};
use dateline_ingest::Format;
use jiff::civil::Date;
use std::io::{self, Write};

/// Who said what.
#[derive(Args, Debug)]
pub(super) struct Quotes {
    #[command(flatten)]
    input_or_query: InputOrQuery,
    /// Input format [default: detected by content].
    #[arg(long, value_name = "FORMAT", value_parser = format_parser())]
    from: Option<Format>,
    /// Only speakers whose name contains this, ignoring case.
    #[arg(long, value_name = "NAME")]
    speaker: Option<String>,
    /// Only quotes of this kind.
    #[arg(long, value_name = "KIND")]
    kind: Option<QuoteKindArg>,
    /// Only quotes that were said, denied ("did not say") or hypothetical ("if she said").
    #[arg(long, value_name = "POLARITY")]
    polarity: Option<PolarityArg>,
    /// Output format.
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    to: TableFormat,
}

/// Who and where.
#[derive(Args, Debug)]
pub(super) struct Entities {
    #[command(flatten)]
    input_or_query: InputOrQuery,
    /// Input format [default: detected by content].
    #[arg(long, value_name = "FORMAT", value_parser = format_parser())]
    from: Option<Format>,
    /// Only entities of this type.
    #[arg(long = "type", value_name = "TYPE")]
    kind: Option<EntityKindArg>,
    /// Output format.
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    to: TableFormat,
}

/// What happened when.
#[derive(Args, Debug)]
pub(super) struct Timeline {
    #[command(flatten)]
    input_or_query: InputOrQuery,
    /// Input format [default: detected by content].
    #[arg(long, value_name = "FORMAT", value_parser = format_parser())]
    from: Option<Format>,
    /// Only events that end on or after this day (YYYY-MM-DD).
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    since: Option<Date>,
    /// Only events that begin on or before this day (YYYY-MM-DD).
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    until: Option<Date>,
    /// Include undated events, after the dated ones.
    #[arg(long)]
    undated: bool,
    /// Output format.
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    to: TimelineFormat,
}

/// Who claims how many.
#[derive(Args, Debug)]
pub(super) struct Figures {
    #[command(flatten)]
    input_or_query: InputOrQuery,
    /// Input format [default: detected by content].
    #[arg(long, value_name = "FORMAT", value_parser = format_parser())]
    from: Option<Format>,
    /// Only things with this word, ignoring case: "dead", "jobs".
    #[arg(long, value_name = "WORD")]
    counted: Option<String>,
    /// Output format.
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    to: TableFormat,
}

/// Kinds of quotes that a report can be limited to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum QuoteKindArg {
    Direct,
    Mixed,
    Indirect,
}

/// Polarities that a report of quotes can be limited to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum PolarityArg {
    Said,
    Denied,
    /// A condition, a wish or an invention; `unreal` in JSON.
    #[value(alias = "unreal")]
    Hypothetical,
}

impl PolarityArg {
    const fn polarity(self) -> Polarity {
        match self {
            Self::Said => Polarity::Said,
            Self::Denied => Polarity::Denied,
            Self::Hypothetical => Polarity::Unreal,
        }
    }
}

/// Types of entities that a report can be limited to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum EntityKindArg {
    Person,
    #[value(alias = "organisation")]
    Organization,
    Place,
    Group,
    Work,
    Other,
}

/// Output formats of the timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum TimelineFormat {
    /// Aligned columns for a terminal.
    Table,
    /// An array of objects.
    Json,
    /// One object per line.
    Jsonl,
    /// Comma-separated values.
    Csv,
    /// A Markdown table.
    Md,
    /// iCalendar (.ics).
    Ics,
}

/// Returns the name of an enumeration value as spelled on the command line.
fn word(value: &impl ValueEnum) -> String {
    value.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}

/// Runs `dateline quotes`. Returns whether every input was read.
///
/// # Errors
/// Returns an error if `out` fails.
pub(super) fn quotes(arguments: &Quotes, out: &mut impl Write) -> io::Result<bool> {
    let speaker = arguments.speaker.as_ref().map(|name| name.to_lowercase());
    let kind = arguments.kind.as_ref().map(word);
    let Some(source) = arguments.input_or_query.source(arguments.from) else { return Ok(false) };
    let query = source.query();
    let wanted = |article: &Article, quote: &Quote| {
        let named =
            |part: &str| quote.speaker.as_ref().is_some_and(|speaker| speaker.name.to_lowercase().contains(part));
        let name = quote.speaker.as_ref().map_or("", |speaker| &speaker.name);
        kind.as_ref().is_none_or(|kind| quote.kind.name() == kind)
            && arguments.polarity.is_none_or(|wanted| wanted.polarity() == quote.polarity)
            && speaker.as_ref().is_none_or(|part| named(part))
            && query.is_none_or(|query| query.holds_quote(name, quote.span.of(&article.text)))
    };
    rows(&source, "quotes", arguments.to, out, |article, analysis| {
        export::quotes(article, analysis, |quote| wanted(article, quote))
    })
}

/// Runs `dateline entities`. Returns whether every input was read.
///
/// # Errors
/// Returns an error if `out` fails.
pub(super) fn entities(arguments: &Entities, out: &mut impl Write) -> io::Result<bool> {
    let kind = arguments.kind.as_ref().map(word);
    let Some(source) = arguments.input_or_query.source(arguments.from) else { return Ok(false) };
    rows(&source, "entities", arguments.to, out, |article, analysis| {
        export::entities(article, analysis, kind.as_deref())
    })
}

/// Runs `dateline timeline`. Returns whether every input was read.
///
/// # Errors
/// Returns an error if `out` fails.
pub(super) fn timeline(arguments: &Timeline, out: &mut impl Write) -> io::Result<bool> {
    let inside = |event: &Event| match event.interval {
        Some((begin, end)) => {
            arguments.since.is_none_or(|day| end >= day) && arguments.until.is_none_or(|day| begin <= day)
        }
        None => arguments.undated,
    };
    let Some(source) = arguments.input_or_query.source(arguments.from) else { return Ok(false) };
    let to = match arguments.to {
        TimelineFormat::Ics => return calendar(&source, inside, out),
        TimelineFormat::Table => TableFormat::Table,
        TimelineFormat::Json => TableFormat::Json,
        TimelineFormat::Jsonl => TableFormat::Jsonl,
        TimelineFormat::Csv => TableFormat::Csv,
        TimelineFormat::Md => TableFormat::Md,
    };
    let mut writer = RowWriter::new(to, out);
    let all_ok = source.each(|outcome| {
        let Outcome::Article(both) = outcome else { return Ok(()) };
        let mut rows = export::timeline(&both.0, &both.1);
        let events: Vec<&Event> = both.1.events.iter().filter(|event| inside(event)).collect();
        let mut kept = both.1.events.iter().map(inside);
        rows.rows.retain(|_| kept.next().unwrap_or_default());
        writer.add_sorted(rows, |index| events.get(index).map_or(i64::MAX, |event| first_day(event)))
    })?;
    writer.end("events")?;
    Ok(all_ok)
}

/// Runs `dateline figures`. Returns whether every input was read.
///
/// # Errors
/// Returns an error if `out` fails.
pub(super) fn figures(arguments: &Figures, out: &mut impl Write) -> io::Result<bool> {
    let word = arguments.counted.as_ref().map(|word| word.to_lowercase());
    let Some(source) = arguments.input_or_query.source(arguments.from) else { return Ok(false) };
    let query = source.query();
    let wanted = |figure: &Figure| {
        let counted = figure.counted.to_lowercase();
        word.as_ref().is_none_or(|word| counted.split_whitespace().any(|part| part.starts_with(word.as_str())))
            && query.is_none_or(|query| query.holds_figure(&figure.counted))
    };
    rows(&source, "figures", arguments.to, out, |article, analysis| export::figures(article, analysis, wanted))
}

/// Returns the key by which an event is sorted into a timeline of all stories: its first day. Undated events come last,
/// and ties stay in reading order.
fn first_day(event: &Event) -> i64 {
    event.interval.map_or(i64::MAX, |(begin, _)| {
        (i64::from(begin.year()) * 16 + i64::from(begin.month())) * 32 + i64::from(begin.day())
    })
}

/// Writes the events of all articles as one iCalendar object.
fn calendar(source: &Source, inside: impl Fn(&Event) -> bool, out: &mut impl Write) -> io::Result<bool> {
    let mut stories: Vec<(Article, Analysis)> = Vec::new();
    let all_ok = source.each(|outcome| {
        if let Outcome::Article(both) = outcome {
            let (article, mut analysis) = *both;
            analysis.events.retain(&inside);
            stories.push((article, analysis));
        }
        Ok(())
    })?;
    let stamp = jiff::Timestamp::now().strftime("%Y%m%dT%H%M%SZ").to_string();
    out.write_all(export::calendar(&stories, &stamp).as_bytes())?;
    Ok(all_ok)
}

/// Writes the rows of all articles as one table.
fn rows(
    source: &Source,
    noun: &str,
    to: TableFormat,
    out: &mut impl Write,
    of: impl Fn(&Article, &Analysis) -> Rows,
) -> io::Result<bool> {
    let mut writer = RowWriter::new(to, out);
    let all_ok = source.each(|outcome| {
        let Outcome::Article(both) = outcome else { return Ok(()) };
        let mut rows = of(&both.0, &both.1);
        if source.query().is_some() {
            rows.add_source_columns(&both.0);
        }
        writer.add(rows)
    })?;
    writer.end(noun)?;
    Ok(all_ok)
}
