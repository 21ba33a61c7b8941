//! `dateline config`: checks the settings files, or prints the default ones.

use crate::config::{self, DEFAULTS};
use crate::tui::keymap;
use crate::tui::settings::Settings;
use crate::tui::theme;
use clap::{Args, Subcommand, ValueEnum};
use dateline_core::text::clean;
use std::io::{self, Write};

/// The arguments of `dateline config`.
#[derive(Args, Debug)]
#[command(arg_required_else_help = true, args_conflicts_with_subcommands = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Option<ConfigCommand>,
    /// Print a settings file with the defaults and comments [default: config].
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "config")]
    print_default: Option<DefaultFile>,
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// Check all settings files, and print each fault with its file and line.
    ///
    /// Exits with 1 if there is a fault. A row with a fault changes nothing; the other rows apply.
    Check,
}

/// Bundled file that users can copy.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum DefaultFile {
    /// Settings, for `config.toml`.
    Config,
    /// Key bindings, for `keymap.toml`.
    Keymap,
    /// Dark theme, for a file in `themes/`.
    Theme,
}

/// Runs the subcommand. Returns `false` if the settings files contain errors.
///
/// # Errors
/// Returns an error if `out` fails.
pub(super) fn run(arguments: &Arguments, out: &mut impl Write) -> io::Result<bool> {
    let Some(file) = arguments.print_default else { return check(out) };
    let text = match file {
        DefaultFile::Config => DEFAULTS,
        DefaultFile::Keymap => keymap::BUNDLED,
        DefaultFile::Theme => theme::EXAMPLE,
    };
    out.write_all(text.as_bytes()).map(|()| true)
}

/// Prints every error in the user's settings files.
fn check(out: &mut impl Write) -> io::Result<bool> {
    let Some(folder) = config::folder() else {
        writeln!(out, "this system has no configuration folder; the defaults apply")?;
        return Ok(true);
    };
    let settings = Settings::read(Some(&folder));
    for renamed in &settings.renamed {
        eprintln!("dateline: {}", clean(renamed));
    }
    for (path, fault) in &settings.faults {
        writeln!(out, "{}", clean(&format!("{}, {fault}", path.display())))?;
    }
    let folder = folder.display().to_string();
    let (files, faults) = (settings.files.len(), settings.faults.len());
    let [files_noun, faults_noun] = [("file", files), ("fault", faults)]
        .map(|(noun, count)| if count == 1 { noun.to_owned() } else { format!("{noun}s") });
    let found = match (files, faults) {
        (0, _) => format!("no settings files in {folder}; the defaults apply"),
        (_, 0) => format!("checked {files} {files_noun} in {folder}: no faults"),
        _ => format!("checked {files} {files_noun} in {folder}: {faults} {faults_noun}; the other rows apply"),
    };
    writeln!(out, "{}", clean(&found))?;
    Ok(faults == 0)
}
