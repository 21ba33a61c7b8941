//! `dateline pair`: exchanges the user's changes with other machines through a folder.

use super::add::annotate;
use super::library_arg::{LibraryArg, print_error};
use super::maintenance::report_outcome;
use crate::own_names;
use crate::pairing;
use clap::{Args, Subcommand};
use dateline_core::text::clean;
use dateline_library::{Error, Library, Paired, PairedFolder, Result};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

/// The arguments of `dateline pair`.
#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Option<PairCommand>,
    /// Folder that a synchroniser such as Syncthing carries between your machines [default: the folders that you have
    /// named before].
    folder: Option<PathBuf>,
    /// Whether to also write the texts of stories that you have starred, archived, tagged, annotated or corrected, for
    /// machines that lack them [default: as before, at first `false`].
    #[arg(long, value_name = "true|false", num_args = 0..=1, default_missing_value = "true", requires = "folder")]
    stories: Option<bool>,
    #[command(flatten)]
    library_arg: LibraryArg,
}

#[derive(Debug, Subcommand)]
enum PairCommand {
    /// List the folders with the machines that write there.
    List,
    /// Stop pairing through a folder; its files stay.
    Remove {
        /// Folder named before.
        folder: PathBuf,
    },
}

/// Runs the command. Returns whether everything could be read and written.
///
/// # Errors
/// Returns an error if `out` fails.
pub(super) fn run(arguments: &Arguments, out: &mut impl Write) -> io::Result<bool> {
    report_outcome(match &arguments.command {
        Some(PairCommand::List) => list(&arguments.library_arg, out),
        Some(PairCommand::Remove { folder }) => remove(&arguments.library_arg, folder, out),
        None => pair(arguments, out),
    })
}

fn pair(arguments: &Arguments, out: &mut impl Write) -> Result<bool> {
    let folders = match &arguments.folder {
        Some(folder) => vec![folder.clone()],
        None => arguments.library_arg.read()?.paired_folders()?.into_iter().map(|folder| folder.path).collect(),
    };
    if folders.is_empty() {
        return Err(Error::Refused("no folder is paired; name one: `dateline pair FOLDER`".to_owned()));
    }
    // A mistyped folder must not create a library.
    if let Some(missing) = folders.iter().find(|folder| arguments.folder.is_some() && !folder.is_dir()) {
        return Err(Error::Refused(format!("{} is not a folder", missing.display())));
    }
    let mut library = arguments.library_arg.open_or_create()?;
    let mut all_ok = true;
    for folder in folders {
        match pairing::pair(&mut library, &folder, arguments.stories) {
            Ok(paired) => all_ok &= report(&mut library, &folder, &paired, out)?,
            Err(Error::Output(error)) => return Err(Error::Output(error)),
            Err(error) => {
                print_error(&crate::remedy::explain(&error));
                all_ok = false;
            }
        }
    }
    Ok(all_ok)
}

/// Prints the outcome, and annotates the stories that came. Returns whether all files could be read.
fn report(library: &mut Library, folder: &Path, paired: &Paired, out: &mut impl Write) -> Result<bool> {
    for fault in &paired.faults {
        print_error(fault);
    }
    for name in &paired.unfinished {
        print_error(&format!("the end of {name} has not arrived yet; the next `dateline pair` reads it"));
    }
    writeln!(out, "{}", clean(&sentence(folder, paired)))?;
    out.flush()?;
    let annotated = paired.stories == 0 || annotate(library, &own_names::analyzer(), &AtomicBool::new(false)).is_some();
    Ok(annotated && paired.faults.is_empty())
}

/// Summarises the outcome on one line.
fn sentence(folder: &Path, paired: &Paired) -> String {
    let with = match paired.machines.as_slice() {
        [] => "no other machine yet".to_owned(),
        machines => machines.join(", "),
    };
    let mut line = format!("paired with {with} in {}: ", folder.display());
    match (paired.sent, paired.received.is_empty()) {
        (0, true) => line.push_str("nothing new"),
        (0, false) => {}
        (1, _) => line.push_str("wrote 1 change"),
        (sent, _) => line.push_str(&format!("wrote {sent} changes")),
    }
    if !paired.received.is_empty() {
        let comma = if paired.sent > 0 { ", " } else { "" };
        line.push_str(&format!("{comma}received {}", paired.received.join(", ")));
    }
    match paired.waiting {
        (0, _) => {}
        (1, _) => line.push_str("; 1 change waits for a story that this library lacks"),
        (changes, 1) => line.push_str(&format!("; {changes} changes wait for a story that this library lacks")),
        (changes, stories) => {
            line.push_str(&format!("; {changes} changes wait for {stories} stories that this library lacks"));
        }
    }
    line
}

fn list(library_arg: &LibraryArg, out: &mut impl Write) -> Result<bool> {
    // Listing must not create a library.
    let folders = if library_arg.path().exists() { library_arg.read()?.paired_folders()? } else { Vec::new() };
    if folders.is_empty() {
        writeln!(out, "no folder is paired; `dateline pair FOLDER` pairs one")?;
    }
    for PairedFolder { path, machines, at, stories, error, .. } in folders {
        let with = if machines.is_empty() { "no other machine yet".to_owned() } else { machines.join(", ") };
        let at = jiff::Timestamp::from_second(at).ok().filter(|_| at > 0).map_or_else(
            || "never exchanged anything".to_owned(),
            |at| format!("last exchange {}", at.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M")),
        );
        let stories = if stories { ", with the texts of marked stories" } else { "" };
        writeln!(out, "{}", clean(&format!("{}  {with}; {at}{stories}", path.display())))?;
        if let Some(error) = error {
            writeln!(out, "    failed: {}", clean(&error))?;
        }
    }
    Ok(true)
}

fn remove(library_arg: &LibraryArg, folder: &Path, out: &mut impl Write) -> Result<bool> {
    if library_arg.open()?.unpair(folder)? {
        writeln!(out, "{}", clean(&format!("no longer pairing through {}; its files stay", folder.display())))?;
        return Ok(true);
    }
    Err(Error::Refused(format!("{} is not paired; `dateline pair list` lists the folders that are", folder.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outcome_is_one_sentence() {
        let folder = Path::new("shared");
        let mut paired = Paired::default();
        assert_eq!(sentence(folder, &paired), "paired with no other machine yet in shared: nothing new");
        paired.sent = 2;
        paired.machines = vec!["laptop".to_owned()];
        assert_eq!(sentence(folder, &paired), "paired with laptop in shared: wrote 2 changes");
        paired.received = vec!["1 note".to_owned(), "3 tags".to_owned()];
        paired.waiting = (2, 1);
        assert_eq!(
            sentence(folder, &paired),
            "paired with laptop in shared: wrote 2 changes, received 1 note, 3 tags; 2 changes wait for a story that \
             this library lacks"
        );
    }
}
