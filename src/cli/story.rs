//! `dateline story`: the stories of other outlets that report the same happening as a story, what each of them adds, and
//! where they differ.

mod comparison;

use super::library_arg::LibraryArg;
use super::library_arg::print_error;
use super::maintenance::report_outcome;
use super::row_writer::{self, TableFormat};
use clap::{Args, ValueEnum};
use comparison::Comparison;
use dateline_core::text::clean;
use dateline_export::{Column, Rows, json};
use dateline_library::{Change, Cluster, Gather, Library, Member, Result, StoryRow};
use serde_json::{Value, json};
use std::io::{self, Write};

/// The arguments of `dateline story`.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// Id of a story, as `add` and `list` print it.
    #[arg(value_name = "ID")]
    story: String,
    #[command(flatten)]
    library_arg: LibraryArg,
    /// Take the story out of its cluster, for good.
    #[arg(long, conflicts_with = "merge")]
    split: bool,
    /// Merge the clusters of the story and of this one, for good; may be repeated.
    #[arg(long, value_name = "ID")]
    merge: Vec<String>,
    /// Output format.
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    to: StoryFormat,
}

/// Output formats of `dateline story`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum StoryFormat {
    /// Aligned columns for a terminal.
    Table,
    /// An object.
    Json,
    /// One object per line: the stories, then the differences.
    Jsonl,
    /// Markdown tables.
    Md,
}

/// Lists the stories of a cluster, or splits or merges it. Returns whether the library has the stories.
///
/// # Errors
/// Returns an error if `out` fails.
pub(super) fn run(arguments: &Arguments, out: &mut impl Write) -> io::Result<bool> {
    report_outcome(if arguments.split || !arguments.merge.is_empty() {
        regroup(arguments, out)
    } else {
        show(arguments, out)
    })
}

/// Takes the story out of its cluster, or merges it with others.
fn regroup(arguments: &Arguments, out: &mut impl Write) -> Result<bool> {
    let mut library = arguments.library_arg.open()?.gathering(Gather::Stories);
    let words = std::iter::once(&arguments.story).chain(&arguments.merge);
    let ids: Vec<i64> = words.map(|word| library.id_of(word)).collect::<Result<_>>()?;
    let change = if arguments.split { Change::Split } else { Change::Merge };
    let changed = library.set(&ids, &change)?;
    let said = match (changed, arguments.split) {
        (0, true) => "the story is in no cluster".to_owned(),
        (0, false) => "the stories are in one cluster already".to_owned(),
        (count, _) => change.label(count),
    };
    writeln!(out, "{}", clean(&said))?;
    Ok(true)
}

fn show(arguments: &Arguments, out: &mut impl Write) -> Result<bool> {
    let library = arguments.library_arg.read()?.gathering(Gather::Stories);
    let id = library.id_of(&arguments.story)?;
    let Some(cluster) = cluster(&library, id)? else {
        print_error(&format!("no other story of the library reports the happening of {}", arguments.story));
        return Ok(true);
    };
    write(&cluster, &Comparison::read(&library, &cluster)?, arguments.to, out)?;
    Ok(true)
}

/// Returns the cluster of a story.
fn cluster(library: &Library, id: i64) -> Result<Option<Cluster>> {
    Ok(library.clusters(&[id])?.into_iter().next())
}

fn write(cluster: &Cluster, comparison: &Comparison<'_>, to: StoryFormat, out: &mut impl Write) -> io::Result<()> {
    match to {
        StoryFormat::Table => write_tables(cluster, comparison, TableFormat::Table, out),
        StoryFormat::Md => write_tables(cluster, comparison, TableFormat::Md, out),
        StoryFormat::Json => writeln!(out, "{}", json::indented(&object(cluster, comparison))),
        StoryFormat::Jsonl => {
            let lines = members(cluster, comparison).into_iter().chain(comparison.differences_json());
            lines.into_iter().try_for_each(|line| writeln!(out, "{}", json::line(&line)))
        }
    }
}

/// Writes the stories, what they add and where they differ as tables with a blank line between them.
fn write_tables(
    cluster: &Cluster,
    comparison: &Comparison<'_>,
    to: TableFormat,
    out: &mut impl Write,
) -> io::Result<()> {
    row_writer::write(&rows(cluster), to, out)?;
    for rows in [comparison.added(), comparison.differences()].iter().filter(|rows| !rows.rows.is_empty()) {
        writeln!(out)?;
        row_writer::write(rows, to, out)?;
    }
    Ok(())
}

/// Returns the stories of a cluster as a table.
fn rows(cluster: &Cluster) -> Rows {
    let columns = [("id", 12), ("published", 16), ("outlet", 20), ("title", 60), ("words", 5), ("state", 14)];
    let columns = columns.into_iter().map(|(name, share)| Column { name, share }).collect();
    let cells = |one: &Member| {
        let states = [(one.reprint, "reprint"), (!one.row.read, "unread"), (one.row.starred, "starred")];
        let states: Vec<&str> = states.into_iter().filter(|(holds, _)| *holds).map(|(_, name)| name).collect();
        let published = published(&one.row).map(|published| {
            let shown = published.get(..16).unwrap_or(published).replace('T', " ");
            format!("{}{shown}", if one.row.inferred { "~" } else { "" })
        });
        vec![
            json!(one.row.uid),
            json!(published),
            json!(one.outlet),
            json!(one.row.headline),
            json!(one.row.words),
            json!(states),
        ]
    };
    Rows { columns, rows: cluster.members.iter().map(cells).collect() }
}

/// Returns a cluster as JSON: its outlets, the story that represents it, all stories, and where they differ.
fn object(cluster: &Cluster, comparison: &Comparison<'_>) -> Value {
    let head = cluster.members.iter().find(|one| one.row.id == cluster.head).map(|one| &one.row.uid);
    json!({
        "head": head,
        "outlets": cluster.outlets,
        "members": members(cluster, comparison),
        "differences": comparison.differences_json(),
    })
}

/// Returns the stories of a cluster as JSON, each with what it adds to the earlier ones.
fn members(cluster: &Cluster, comparison: &Comparison<'_>) -> Vec<Value> {
    let novelties = comparison.novelties();
    let with_novelty = cluster.members.iter().zip(&novelties).enumerate().map(|(at, (one, found))| {
        let mut value = member(one);
        for (key, added) in comparison.added_json(at, found) {
            value[key] = added;
        }
        value
    });
    with_novelty.collect()
}

/// Returns a story of a cluster as JSON.
fn member(one: &Member) -> Value {
    json!({
        "id": one.row.uid,
        "published": published(&one.row),
        "inferred": one.row.inferred,
        "outlet": one.outlet,
        "title": one.row.headline,
        "words": one.row.words,
        "read": one.row.read,
        "reprint": one.reprint,
    })
}

fn published(row: &StoryRow) -> Option<&str> {
    row.published.as_deref()
}
