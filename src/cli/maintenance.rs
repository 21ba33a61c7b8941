//! Commands that work on articles or on the whole library: mark, purge, check, back up, export, import.

use super::input_or_query::today;
use super::library_arg::{LibraryArg, print_error};
use super::selection;
use crate::own_names;
use crate::remedy::explain;
use clap::{ArgGroup, Args};
use dateline_core::text::clean;
use dateline_library::{Change, Completeness, Error, Flag, Imported, Library, OutdatedWalk, Result, write_new_file};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

/// Number of articles to re-annotate per batch.
const BATCH: usize = 128;

/// The arguments of `dateline mark`.
#[derive(Args, Debug)]
#[command(group(ArgGroup::new("change").required(true).multiple(true)))]
#[allow(clippy::struct_excessive_bools, reason = "switches of a command line")]
pub(super) struct Mark {
    /// Stories, by the ids that `add` and `list` print (a unique prefix is enough), `-` for ids on standard
    /// input, one per line, as `list` prints them, or a query such as `is:unread feed:vale`.
    #[arg(required = true, value_name = "ID|QUERY")]
    articles: Vec<String>,
    /// Do not ask before changing more than 50 stories that a query finds.
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    library_arg: LibraryArg,
    /// Mark as read.
    #[arg(long, group = "change", conflicts_with = "unread")]
    read: bool,
    /// Mark as unread.
    #[arg(long, group = "change")]
    unread: bool,
    /// Star.
    #[arg(long, group = "change", conflicts_with = "unstar")]
    star: bool,
    /// Remove the star.
    #[arg(long, group = "change")]
    unstar: bool,
    /// Archive.
    #[arg(long, group = "change", conflicts_with = "unarchive")]
    archive: bool,
    /// Move back to the inbox.
    #[arg(long, group = "change")]
    unarchive: bool,
    /// Move to the bin.
    #[arg(long, group = "change", conflicts_with = "restore")]
    bin: bool,
    /// Restore from the bin.
    #[arg(long, group = "change")]
    restore: bool,
    /// Add a tag; may be repeated.
    #[arg(long, group = "change", value_name = "TAG")]
    tag: Vec<String>,
    /// Remove a tag; may be repeated.
    #[arg(long, group = "change", value_name = "TAG")]
    untag: Vec<String>,
    /// Set a note (an empty one removes it).
    #[arg(long, group = "change", value_name = "TEXT")]
    note: Option<String>,
}

impl Mark {
    fn changes(&self) -> Vec<Change> {
        let plain = [
            (self.read, Change::Flag(Flag::Read, true)),
            (self.unread, Change::Flag(Flag::Read, false)),
            (self.star, Change::Flag(Flag::Starred, true)),
            (self.unstar, Change::Flag(Flag::Starred, false)),
            (self.archive, Change::Flag(Flag::Archived, true)),
            (self.unarchive, Change::Flag(Flag::Archived, false)),
            (self.bin, Change::Binned(true)),
            (self.restore, Change::Binned(false)),
        ];
        let mut changes: Vec<Change> =
            plain.into_iter().filter(|(asked, _)| *asked).map(|(_, change)| change).collect();
        changes.extend(self.tag.iter().cloned().map(Change::Tag));
        changes.extend(self.untag.iter().cloned().map(Change::Untag));
        changes.extend(self.note.clone().map(Change::Note));
        changes
    }
}

/// The arguments of `dateline purge`.
#[derive(Args, Debug)]
pub(super) struct Purge {
    #[command(flatten)]
    library_arg: LibraryArg,
    /// Delete only stories that have been in the bin for at least this many days.
    #[arg(long, value_name = "N", default_value_t = 30)]
    days: u32,
}

/// The arguments of `dateline check`.
#[derive(Args, Debug)]
pub(super) struct Check {
    #[command(flatten)]
    library_arg: LibraryArg,
    /// Annotate stories that have no annotations yet, or those of another version of Dateline.
    #[arg(long)]
    reanalyse: bool,
    /// Separate feed items that older versions of Dateline stored as one story.
    ///
    /// Each item becomes a separate story. Highlights, notes and tags go to the story that contains their words. This
    /// cannot be undone; make a copy first with `dateline backup`.
    #[arg(long)]
    split_stories: bool,
    /// Recover what is left of a damaged library into a new file, which must not exist yet.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["reanalyse", "split_stories"])]
    rescue: Option<PathBuf>,
}

/// The arguments of `dateline backup`.
#[derive(Args, Debug)]
#[command(override_usage = "dateline backup [OPTIONS] <FILE|--daily <DIR>>")]
pub(super) struct Backup {
    /// File to create; it must not exist yet.
    #[arg(required_unless_present = "daily")]
    file: Option<PathBuf>,
    /// Make one copy per day in this folder (library-DATE.db) and delete the oldest ones.
    #[arg(long, value_name = "DIR", conflicts_with = "file")]
    daily: Option<PathBuf>,
    /// Number of daily copies to keep.
    #[arg(long, value_name = "N", default_value_t = 7, requires = "daily")]
    keep: usize,
    #[command(flatten)]
    library_arg: LibraryArg,
}

/// The arguments of `dateline export`.
#[derive(Args, Debug)]
pub(super) struct Export {
    #[command(flatten)]
    library_arg: LibraryArg,
    /// File to create, which must not exist yet [default: standard output].
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Export only highlights and notes, as Markdown.
    #[arg(long)]
    notes: bool,
}

/// The arguments of `dateline import`.
#[derive(Args, Debug)]
pub(super) struct Import {
    /// File written by `dateline export`, `-` for standard input.
    file: PathBuf,
    #[command(flatten)]
    library_arg: LibraryArg,
}

/// Returns whether a command fully succeeded. A failure is reported on standard error. Only a failure to write the
/// output is returned as an error.
pub(super) fn report_outcome(outcome: Result<bool>) -> io::Result<bool> {
    match outcome {
        Ok(all_ok) => Ok(all_ok),
        Err(Error::Output(error)) => Err(error),
        Err(error) => {
            print_error(&explain(&error));
            Ok(false)
        }
    }
}

/// Changes the state of articles.
///
/// # Errors
/// Returns an error if `out` fails.
pub(super) fn mark(arguments: &Mark, out: &mut impl Write) -> io::Result<bool> {
    report_outcome((|| {
        let mut library = arguments.library_arg.open()?;
        let ids = selection::articles(&library, &arguments.articles, arguments.yes)?;
        for change in arguments.changes() {
            let changed = library.set(&ids, &change)?;
            writeln!(out, "{}", clean(&change.label(changed)))?;
        }
        Ok(true)
    })())
}

/// Deletes articles in the bin permanently.
///
/// # Errors
/// Returns an error if `out` fails.
pub(super) fn purge(arguments: &Purge, out: &mut impl Write) -> io::Result<bool> {
    report_outcome((|| {
        let gone = arguments
            .library_arg
            .open()?
            .purge(jiff::Timestamp::now().as_second() - i64::from(arguments.days) * 86_400 + 1)?;
        writeln!(out, "permanently deleted {}", stories(gone))?;
        Ok(true)
    })())
}

/// Runs `dateline check`: checks the library, or repairs it as the options request.
///
/// # Errors
/// Returns an error if `out` fails.
pub(super) fn check(arguments: &Check, out: &mut impl Write) -> io::Result<bool> {
    report_outcome((|| {
        if let Some(file) = &arguments.rescue {
            let rescued = Library::rescue(&arguments.library_arg.path(), file)?;
            for what in &rescued.lost {
                print_error(&format!("lost: {what}"));
            }
            writeln!(out, "recovered {} to {}", stories(rescued.articles), clean(&file.display().to_string()))?;
            return Ok(rescued.lost.is_empty());
        }
        if arguments.reanalyse {
            let renewed = reanalyse(&mut arguments.library_arg.open()?)?;
            writeln!(out, "annotated {}", stories(renewed))?;
        }
        if arguments.split_stories {
            split(&mut arguments.library_arg.open()?, out)?;
        }
        let library = arguments.library_arg.read()?;
        let report = library.check()?;
        for fault in &report.faults {
            print_error(fault);
        }
        if report.faults.is_empty() {
            writeln!(out, "{}, all OK", stories(report.articles))?;
        }
        if report.outdated > 0 {
            writeln!(
                out,
                "{} not annotated by this version with these name lists yet: `dateline check --reanalyse` annotates them",
                stories(report.outdated)
            )?;
        }
        let joined = library.joined()?;
        for story in &joined {
            let titles = story.titles.join(" / ");
            writeln!(out, "{} contains {} stories: {}", story.uid, story.titles.len(), clean(&titles))?;
        }
        if !joined.is_empty() {
            writeln!(
                out,
                "{} stored as one by an older version: `dateline check --split-stories` separates them",
                stories(joined.len())
            )?;
        }
        Ok(report.faults.is_empty())
    })())
}

/// Splits stories that older versions of Dateline joined, and lists the results.
fn split(library: &mut Library, out: &mut impl Write) -> Result<()> {
    let analyzer = own_names::analyzer();
    for joined in library.joined()? {
        let split = library.split(joined.id, &analyzer)?;
        writeln!(out, "split {} into {} stories; {} highlights moved", joined.uid, split.stories.len(), split.moved)?;
        for (uid, title) in &split.stories {
            writeln!(out, "  {uid}  {}", clean(title))?;
        }
    }
    Ok(())
}

/// Annotates articles that have no annotations by this analyser version. Returns their number.
fn reanalyse(library: &mut Library) -> Result<usize> {
    let analyzer = own_names::analyzer();
    let mut walk = OutdatedWalk::default();
    let mut count = 0;
    loop {
        let renewed = library.renew(&analyzer, &mut walk, BATCH)?;
        count += renewed;
        if renewed == 0 {
            return Ok(count);
        }
    }
}

/// Backs up the library.
///
/// # Errors
/// Returns an error if `out` fails.
pub(super) fn backup(arguments: &Backup, out: &mut impl Write) -> io::Result<bool> {
    report_outcome((|| {
        let library = arguments.library_arg.read()?;
        let mut made = arguments.file.clone();
        let today = today();
        if let Some(file) = &made {
            library.back_up(file)?;
        }
        if let Some(folder) = &arguments.daily {
            made = library.back_up_daily(folder, arguments.keep, today)?;
        }
        match made {
            Some(file) => writeln!(out, "backed up to {}", clean(&file.to_string_lossy()))?,
            None => writeln!(out, "today's backup, library-{today}.db, already exists")?,
        }
        Ok(true)
    })())
}

/// Exports the library as JSON, or its highlights and notes as Markdown.
///
/// # Errors
/// Returns an error if `out` fails.
pub(super) fn export(arguments: &Export, out: &mut impl Write) -> io::Result<bool> {
    report_outcome((|| {
        let library = arguments.library_arg.read()?;
        match &arguments.output {
            Some(path) => {
                let all_ok = write_new_file(path, |file| write(arguments, &library, file))?;
                let what = if arguments.notes { "highlights and notes" } else { "the library" };
                writeln!(out, "exported {what} to {}", clean(&path.to_string_lossy()))?;
                Ok(all_ok)
            }
            None => write(arguments, &library, out),
        }
    })())
}

/// Formats a number of stories: "1 story" or "3 stories".
fn stories(count: usize) -> String {
    if count == 1 { "1 story".to_owned() } else { format!("{count} stories") }
}

fn write(arguments: &Export, library: &Library, out: &mut impl Write) -> Result<bool> {
    if arguments.notes {
        out.write_all(library.notebook()?.as_bytes())?;
        return Ok(true);
    }
    let lost = library.export(out)?;
    for name in &lost {
        print_error(&format!("{name} is unreadable and was not exported"));
    }
    Ok(lost.is_empty())
}

/// Imports a file written by `dateline export`.
///
/// # Errors
/// Returns an error if `out` fails.
pub(super) fn import(arguments: &Import, out: &mut impl Write) -> io::Result<bool> {
    report_outcome((|| {
        let is_stdin = arguments.file == Path::new("-");
        let name = if is_stdin { "standard input".to_owned() } else { arguments.file.display().to_string() };
        let named = |error| match error {
            Error::Refused(reason) => Error::Refused(format!("{name}: {reason}")),
            other => other,
        };
        // Open the file first, so that a mistyped name does not create an empty library.
        let source: Box<dyn BufRead> = if is_stdin {
            Box::new(io::stdin().lock())
        } else {
            let file = File::open(&arguments.file).map_err(|error| match error.kind() {
                io::ErrorKind::NotFound => Error::Refused(format!("{name}: no such file")),
                _ => Error::File(arguments.file.clone(), error),
            })?;
            Box::new(BufReader::new(file))
        };
        let mut library = arguments.library_arg.open_or_create()?;
        let report = library.import(source).map_err(named)?;
        for (line, reason) in &report.failed {
            print_error(&format!("{name}, line {line}: {reason}"));
        }
        match &report.completeness {
            Completeness::Whole => {}
            Completeness::Unknown => print_error(&format!(
                "{name} has no end line because Dateline 0.1.0 wrote none, so its completeness cannot be checked"
            )),
            Completeness::Damaged(what) => print_error(&format!("{name} {what}")),
        }
        writeln!(out, "{}", clean(&summary(&report)))?;
        Ok(report.failed.is_empty() && !matches!(report.completeness, Completeness::Damaged(_)))
    })())
}

/// Summarises the result of an import on one line.
fn summary(report: &Imported) -> String {
    let mut line = format!("imported {}", stories(report.new));
    if report.known > 0 {
        line.push_str(&format!("; {} already in the library", report.known));
    }
    let counted = |(noun, count): (&&str, &usize)| match (*noun, *count) {
        (noun, 1) => format!("1 {noun}"),
        ("split or merged story", count) => format!("{count} split or merged stories"),
        ("answer on a name", count) => format!("{count} answers on names"),
        (noun, count) => format!("{count} {noun}s"),
    };
    let merged: Vec<String> = report.merged.iter().map(counted).collect();
    if !merged.is_empty() {
        line.push_str(&format!("; merged into those: {}", merged.join(", ")));
    }
    let left_out: Vec<String> = report.left_out.iter().map(counted).collect();
    if !left_out.is_empty() {
        line.push_str(&format!("; left out because this library differs: {}", left_out.join(", ")));
    }
    if !report.renamed.is_empty() {
        line.push_str(&format!("; views imported under another name: “{}”", report.renamed.join("”, “")));
    }
    line
}
