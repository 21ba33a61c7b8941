//! `dateline list` and `dateline show`: stories of the library, as a list or in full.

use super::gathered;
use super::input_or_query::{QueryArgs, open, query, report_error, today, warn_outdated};
use super::library_arg::{LibraryArg, print_error};
use super::row_writer;
use clap::{Args, ValueEnum};
use dateline_core::article::Article;
use dateline_core::text::{clean, folded};
use dateline_export::json;
use dateline_export::{self as export, Column, Rows};
use dateline_library::query::Query;
use dateline_library::{Cluster, EmptyResult, Gather, Library, Order, Stored, StoryRow};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::{self, Write};

/// Number of stories to read from the library at a time.
const WINDOW: usize = 500;

/// The arguments of `dateline list`.
#[derive(Args, Debug)]
pub(super) struct List {
    #[command(flatten)]
    query: QueryArgs,
    /// Order of the stories.
    #[arg(long, value_name = "ORDER", default_value = "newest")]
    sort: Sort,
    /// Maximum number of stories.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// One row for the stories that report the same happening, with their number and the other outlets. `copies` joins
    /// only stories with mostly the same words.
    #[arg(long, value_name = "WHICH", num_args = 0..=1, default_missing_value = "stories", require_equals = true)]
    gather: Option<Gathered>,
    /// Output format.
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    to: ListFormat,
}

/// The arguments of `dateline show`.
#[derive(Args, Debug)]
pub(super) struct Show {
    /// Ids that `add` and `list` print, or a query on the library [default: all stories].
    #[arg(value_name = "ID|QUERY")]
    words: Vec<String>,
    #[command(flatten)]
    library_arg: LibraryArg,
    /// Print the original bytes of the story's source.
    #[arg(long)]
    raw: bool,
    /// Output format.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    to: ShowFormat,
}

/// Sort orders of `dateline list`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Sort {
    /// Latest day first.
    Newest,
    /// Earliest day first.
    Oldest,
    /// Best match first.
    Best,
}

/// Which stories `dateline list --gather` joins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Gathered {
    /// Stories with mostly the same words.
    Copies,
    /// Stories that report the same happening.
    Stories,
}

/// Output formats of `dateline list`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ListFormat {
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
    /// BibTeX entries.
    Bibtex,
    /// An array of CSL-JSON items.
    CslJson,
}

/// Output formats of `dateline show`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ShowFormat {
    /// Plain text, one paragraph per line.
    Text,
    /// Lines for a screen reader or a speech program, with speakers and dates in brackets.
    Plain,
    /// The story with its annotations, as in `extract`.
    Json,
    /// The same, one object per line.
    Jsonl,
    /// The story with tables of quotes, entities, timeline and figures.
    Md,
    /// BibTeX entries.
    Bibtex,
    /// An array of CSL-JSON items.
    CslJson,
}

/// Runs `dateline list`. Returns whether the library could be read.
///
/// # Errors
/// Returns an error if `out` fails.
pub(super) fn list(arguments: &List, out: &mut impl Write) -> io::Result<bool> {
    let query = arguments.query.query();
    let Some(library) = arguments.query.library() else { return Ok(false) };
    warn_outdated(&library, &query);
    let limit = arguments.limit.unwrap_or(usize::MAX);
    let order = match arguments.sort {
        Sort::Newest => Order::Newest,
        Sort::Oldest => Order::Oldest,
        Sort::Best => Order::Best,
    };
    let most = if order == Order::Best { limit } else { usize::MAX };
    let mut ids = match library.found(&query, today(), order, most) {
        Ok(ids) => ids,
        Err(error) => return report_error(&error),
    };
    if ids.is_empty() {
        suggest(&library, &query);
    }
    let library = match arguments.gather {
        None => library,
        Some(Gathered::Copies) => library.gathering(Gather::Copies),
        Some(Gathered::Stories) => library.gathering(Gather::Stories),
    };
    let mut clusters = HashMap::new();
    if arguments.gather.is_some() {
        (ids, clusters) = match gathered::heads(&library, &ids) {
            Ok(gathered) => gathered,
            Err(error) => return report_error(&error),
        };
    }
    ids.truncate(limit);
    let to = match arguments.to {
        ListFormat::Bibtex => return stories(&library, &ids, ShowFormat::Bibtex, out),
        ListFormat::CslJson => return stories(&library, &ids, ShowFormat::CslJson, out),
        ListFormat::Table => row_writer::TableFormat::Table,
        ListFormat::Json => row_writer::TableFormat::Json,
        ListFormat::Jsonl => row_writer::TableFormat::Jsonl,
        ListFormat::Csv => row_writer::TableFormat::Csv,
        ListFormat::Md => row_writer::TableFormat::Md,
    };
    let extra = arguments.gather.map(|_| &clusters);
    write(&library, &ids, extra, to, out)
}

/// Prints to standard error which part of a query no story matches and, if there is one, a similar query that finds
/// stories. Prints nothing if the library cannot be read, because a missing suggestion is not worth an error.
fn suggest(library: &Library, query: &Query) {
    let Ok(EmptyResult { part: Some(part), instead }) = library.explain_empty(query, today()) else { return };
    let instead = instead.map(|words| format!("; did you mean {words}?")).unwrap_or_default();
    print_error(&format!("no story matches {part}{instead}"));
}

/// Lists the results of a query, newest first. Returns whether the library could be read.
///
/// # Errors
/// Returns an error if `out` fails.
pub(super) fn found(
    library: &Library,
    query: &Query,
    to: row_writer::TableFormat,
    out: &mut impl Write,
) -> io::Result<bool> {
    warn_outdated(library, query);
    match library.found(query, today(), Order::Newest, usize::MAX) {
        Ok(ids) => write(library, &ids, None, to, out),
        Err(error) => report_error(&error),
    }
}

/// Writes one row per story, in the given format. With `clusters`, each row has the number of stories of its cluster and
/// their other outlets.
fn write(
    library: &Library,
    ids: &[i64],
    clusters: Option<&HashMap<i64, Cluster>>,
    to: row_writer::TableFormat,
    out: &mut impl Write,
) -> io::Result<bool> {
    // Formats for people mark an inferred day with `~`; formats for programs have a separate field for it.
    let marked = matches!(to, row_writer::TableFormat::Table | row_writer::TableFormat::Md);
    let mut rows = Rows { columns: columns(marked), rows: Vec::with_capacity(ids.len()) };
    rows.columns.extend(clusters.iter().flat_map(|_| gathered::columns()));
    for window in ids.chunks(WINDOW) {
        match library.rows(window) {
            Ok(found) => rows.rows.extend(found.iter().map(|row| {
                let mut cells = cells(row, marked);
                cells.extend(clusters.iter().flat_map(|clusters| gathered::cells(clusters.get(&row.id))));
                cells
            })),
            Err(error) => return report_error(&error),
        }
    }
    row_writer::write(&rows, to, out)?;
    Ok(true)
}

/// Returns the columns of the list. With `marked`, for people, inferred days are marked in place. Without, for programs,
/// they have a separate column, and so have the address and each state.
fn columns(marked: bool) -> Vec<Column> {
    let plain = [("inferred", 8), ("url", 40), ("read", 5), ("starred", 7), ("archived", 8)];
    let plain = plain.into_iter().filter(|_| !marked);
    let columns = [("id", 12), ("day", 11), ("title", 60), ("source", 20), ("words", 5), ("quotes", 6), ("state", 10)];
    columns.into_iter().chain(plain).map(|(name, share)| Column { name, share }).collect()
}

/// Returns the cells of a story's row, one for each of the [`columns`].
fn cells(row: &StoryRow, marked: bool) -> Vec<Value> {
    let states = [
        (!row.read, "unread"),
        (row.starred, "starred"),
        (row.archived, "archived"),
        (row.binned_at.is_some(), "binned"),
    ];
    let states: Vec<&str> = states.into_iter().filter(|(holds, _)| *holds).map(|(_, name)| name).collect();
    let mark = if marked && row.inferred { "~" } else { "" };
    let day = row.published.as_deref().map(|published| format!("{mark}{}", published.get(..10).unwrap_or(published)));
    let mut cells = vec![
        json!(row.uid),
        json!(day),
        json!(row.headline),
        json!(row.publisher.as_ref().unwrap_or(&row.source)),
        json!(row.words),
        json!(row.quotes),
        json!(states),
    ];
    if !marked {
        cells.extend([json!(row.inferred), json!(row.url), json!(row.read), json!(row.starred), json!(row.archived)]);
    }
    cells
}

/// Runs `dateline show`. Returns whether at least one story was found and everything could be read.
///
/// # Errors
/// Returns an error if `out` fails.
pub(super) fn show(arguments: &Show, out: &mut impl Write) -> io::Result<bool> {
    let named = |library: &Library| -> Option<Vec<i64>> {
        arguments.words.iter().map(|word| library.id_of(word).ok()).collect()
    };
    let Some(library) = open(&arguments.library_arg) else { return Ok(false) };
    // The words are IDs only if every one of them is an ID. If not, they form one query.
    let ids = match named(&library).filter(|ids| !ids.is_empty()) {
        Some(ids) => ids,
        None => match library.found(&query(&arguments.words), today(), Order::Newest, usize::MAX) {
            Ok(ids) => ids,
            Err(error) => return report_error(&error),
        },
    };
    if ids.is_empty() {
        let words = arguments.words.join(" ");
        print_error(&format!("no story matches “{words}” as an id or a query; `dateline list` lists all stories"));
        return Ok(false);
    }
    if arguments.raw { raw(&library, &ids, out) } else { stories(&library, &ids, arguments.to, out) }
}

/// Writes the stored sources of stories verbatim.
fn raw(library: &Library, ids: &[i64], out: &mut impl Write) -> io::Result<bool> {
    for id in ids {
        match library.raw(*id) {
            Ok(Some(bytes)) => out.write_all(&bytes)?,
            Ok(None) => {
                let uid = library.rows(&[*id]).ok().and_then(|rows| rows.into_iter().next()).map(|row| row.uid);
                let uid = uid.unwrap_or_default();
                print_error(&format!(
                    "the source of story {uid} was not stored; `dateline show {uid}` prints its text"
                ));
                return Ok(false);
            }
            Err(error) => return report_error(&error),
        }
    }
    Ok(true)
}

/// Writes full stories in a format. Each is written before the next is read, so that memory holds only one.
fn stories(library: &Library, ids: &[i64], to: ShowFormat, out: &mut impl Write) -> io::Result<bool> {
    let array = ids.len() > 1 && to == ShowFormat::Json || to == ShowFormat::CslJson;
    for (index, id) in ids.iter().enumerate() {
        let stored = match library.article(*id) {
            Ok(stored) => stored,
            Err(error) => return report_error(&error),
        };
        if array {
            out.write_all(if index == 0 { b"[\n" } else { b",\n" })?;
        } else if index > 0 && matches!(to, ShowFormat::Text | ShowFormat::Md | ShowFormat::Bibtex) {
            writeln!(out)?;
        }
        story(&stored, to, out)?;
        if !array && matches!(to, ShowFormat::Json | ShowFormat::Jsonl) {
            writeln!(out)?;
        }
    }
    if array {
        out.write_all(if ids.is_empty() { b"[]\n" } else { b"\n]\n" })?;
    }
    Ok(true)
}

fn story(stored: &Stored, to: ShowFormat, out: &mut impl Write) -> io::Result<()> {
    let Stored { article, analysis, uid, .. } = stored;
    match to {
        ShowFormat::Text => out.write_all(plain(article).as_bytes()),
        ShowFormat::Plain => out.write_all(export::linear(article, analysis).as_bytes()),
        ShowFormat::Json => write!(out, "{}", json::indented(&json::article(article, analysis))),
        ShowFormat::Jsonl => write!(out, "{}", json::line(&json::article(article, analysis))),
        ShowFormat::Md => out.write_all(export::markdown(article, analysis).as_bytes()),
        ShowFormat::Bibtex => out.write_all(export::bibtex(article, uid).as_bytes()),
        ShowFormat::CslJson => write!(out, "{}", json::indented(&export::csl(article, uid))),
    }
}

/// Formats a story for a screen reader or a pager: headline, byline and date, then one paragraph per line.
fn plain(article: &Article) -> String {
    let mut out = format!("{}\n", clean(&folded(article.title())));
    let mut facts: Vec<String> = article.byline.iter().map(|name| name.value.clone()).collect();
    facts.extend(article.publisher.iter().map(|publisher| publisher.value.clone()));
    facts.extend(article.published.iter().map(|published| published.date.to_string()));
    for line in [facts.join(", "), article.url.clone().unwrap_or_default()] {
        if !line.is_empty() {
            out.push_str(&format!("{}\n", clean(&folded(&line))));
        }
    }
    if let Some(standfirst) = &article.standfirst {
        out.push_str(&format!("\n{}\n", clean(&folded(&standfirst.value))));
    }
    for block in article.blocks.iter().filter(|block| !block.kind.is_front()) {
        out.push_str(&format!("\n{}\n", clean(&folded(block.span.of(&article.text)))));
    }
    out
}
