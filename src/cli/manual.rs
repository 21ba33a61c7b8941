//! `dateline man`: the manual pages. Those of commands are generated from the definition of the command line. The
//! others combine prose in `assets/manual` with tables of keys, query fields, settings and theme roles.

use super::Cli;
use clap::{Args, Command, CommandFactory};
use clap_mangen::Man;
use dateline_core::text::clean;
use dateline_library::query::FIELDS;
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use crate::config;
use crate::tui::action::Action;
use crate::tui::help::{self, HelpEntry};
use crate::tui::key;
use crate::tui::keymap::{Context, Keymap};
use crate::tui::theme::{Role, Theme};

/// Program name and version, printed in the footer of every page.
const SOURCE: &str = concat!("dateline ", env!("CARGO_PKG_VERSION"));

/// Final sections of `dateline(1)`, printed before its cross-references.
const PROGRAM: &str = include_str!("../../assets/manual/dateline.1");

/// Pages that do not describe a command: name, section, and prose with placeholders for tables.
const OTHERS: &[(&str, char, &str)] = &[
    ("dateline-keys", '5', include_str!("../../assets/manual/dateline-keys.5")),
    ("dateline-config", '5', include_str!("../../assets/manual/dateline-config.5")),
    ("dateline-query", '7', include_str!("../../assets/manual/dateline-query.7")),
];

/// The arguments of `dateline man`.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// Page to print, such as `dateline-extract` or `dateline-query`.
    #[arg(value_name = "PAGE", default_value = "dateline")]
    page: String,
    /// Write all pages into this folder, such as `~/.local/share/man`, instead of printing one.
    #[arg(long, value_name = "DIR", conflicts_with = "page")]
    output: Option<PathBuf>,
}

/// A page of the manual, in roff.
struct Page {
    name: String,
    section: char,
    text: String,
}

/// Prints a manual page, or writes all pages into a folder. Returns whether the requested page exists.
///
/// # Errors
/// Returns an error if `out` fails or a file cannot be written.
pub(super) fn run(arguments: &Arguments, out: &mut impl Write) -> anyhow::Result<bool> {
    let pages = pages()?;
    if let Some(folder) = &arguments.output {
        for page in &pages {
            let folder = folder.join(format!("man{}", page.section));
            let path = folder.join(format!("{}.{}", page.name, page.section));
            fs::create_dir_all(&folder)
                .and_then(|()| fs::write(&path, &page.text))
                .map_err(|error| anyhow::anyhow!("{}: {error}", path.display()))?;
        }
        writeln!(out, "wrote {} pages to {}", pages.len(), clean(&folder.display().to_string()))?;
        return Ok(true);
    }
    let wanted = arguments.page.as_str();
    let Some(page) = pages.iter().find(|page| page.name == wanted || page.name == format!("dateline-{wanted}")) else {
        let near = dateline_core::text::nearest(wanted, pages.iter().map(|page| page.name.as_str()));
        let names: Vec<&str> = pages.iter().map(|page| page.name.as_str()).collect();
        let way_out =
            near.map_or_else(|| format!("; pages: {}", names.join(", ")), |near| config::did_you_mean(Some(near)));
        anyhow::bail!("no manual page “{wanted}”{way_out}");
    };
    out.write_all(page.text.as_bytes())?;
    Ok(true)
}

/// Generates all manual pages.
fn pages() -> io::Result<Vec<Page>> {
    let mut program = Cli::command().disable_help_subcommand(true);
    program.build();
    let mut pages = Vec::new();
    commands(&program, None, &mut pages)?;
    for (name, section, prose) in OTHERS {
        let title = format!(".TH {} {section} \"\" \"{SOURCE}\" Dateline\n", escaped(name));
        let others = OTHERS.iter().filter(|(other, ..)| other != name).map(|(name, section, _)| (*name, *section));
        let text = format!("{title}{}{}", filled(prose), see_also([("dateline", '1')].into_iter().chain(others)));
        pages.push(Page { name: (*name).to_owned(), section: *section, text });
    }
    Ok(pages)
}

/// Generates the pages of a command and its subcommands, and appends them to `pages`.
fn commands(command: &Command, parent: Option<&str>, pages: &mut Vec<Page>) -> io::Result<()> {
    let name = command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
    let man = Man::new(command.clone()).source(SOURCE).manual("Dateline");
    let mut text = Vec::new();
    man.render_title(&mut text)?;
    man.render_name_section(&mut text)?;
    text.extend_from_slice(synopsis(command).as_bytes());
    man.render_description_section(&mut text)?;
    man.render_options_section(&mut text)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut text)?;
    }
    // Trim each line: `mandoc` warns about trailing spaces.
    let text = String::from_utf8_lossy(&text);
    let mut text: String = text.lines().map(|line| format!("{}\n", line.trim_end())).collect();
    if parent.is_none() {
        text.push_str(PROGRAM);
    }
    let inner: Vec<String> = command.get_subcommands().map(|inner| format!("{name}-{}", inner.get_name())).collect();
    let inner = inner.iter().map(|name| (name.as_str(), '1'));
    let others = OTHERS.iter().map(|(name, section, _)| (*name, *section));
    let program = parent.filter(|parent| *parent != "dateline").map(|_| ("dateline", '1'));
    text.push_str(&see_also(parent.map(|parent| (parent, '1')).into_iter().chain(program).chain(inner).chain(others)));
    pages.push(Page { name: name.clone(), section: '1', text });
    command.get_subcommands().try_for_each(|inner| commands(inner, Some(&name), pages))
}

/// Formats the usage of a command as in its `--help`, which names the value of an option only once.
fn synopsis(command: &Command) -> String {
    let usage = command.clone().render_usage().to_string();
    let calls = usage.trim_start_matches("Usage:").lines().map(|call| format!("\\fB{}\\fR\n", escaped(call.trim())));
    format!(".SH SYNOPSIS\n{}", calls.collect::<Vec<_>>().join(".br\n"))
}

/// Formats the cross-references of a page.
fn see_also<'a>(pages: impl Iterator<Item = (&'a str, char)>) -> String {
    let named: Vec<String> = pages.map(|(name, section)| format!(".BR {} ({section})", escaped(name))).collect();
    format!(".SH SEE ALSO\n{}\n", named.join(",\n"))
}

/// Function that formats a table for a page.
type Table = fn() -> String;

/// Replaces each placeholder in the prose of a page with the table that it names.
fn filled(prose: &str) -> String {
    let tables: [(&str, Table); 7] = [
        ("@CONTEXTS@", || terms(Context::described())),
        ("@KEYS@", || sentence(&key::names().collect::<Vec<_>>())),
        ("@ACTIONS@", actions),
        ("@FIELDS@", fields),
        ("@SETTINGS@", || terms(settings(config::DEFAULTS).iter().map(|(row, words)| (row.as_str(), words.as_str())))),
        ("@THEMES@", themes),
        ("@ROLES@", || terms(Role::described())),
    ];
    let line = |line: &str| match tables.iter().find(|(name, _)| *name == line) {
        Some((_, table)) => table(),
        None => format!("{line}\n"),
    };
    prose.lines().map(line).collect()
}

/// Formats a list of terms with their descriptions.
fn terms<'a>(rows: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    rows.map(|(term, words)| format!(".TP\n\\fB{}\\fR\n{}\n", escaped(term), escaped(words))).collect()
}

/// Formats names as one sentence, separated by commas.
fn sentence(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("\\fB{}\\fR", escaped(name))).collect();
    format!("{}.\n", names.join(", "))
}

fn themes() -> String {
    let themes = Theme::bundled();
    let names: Vec<&str> = themes.iter().map(Theme::name).collect();
    sentence(&names)
}

/// Lists every action under the heading of its group, with its keys.
fn actions() -> String {
    let mut names = Action::ALL.iter().map(|action| action.name());
    let mut out = String::new();
    for entry in help::entries(&Keymap::bundled()) {
        match entry {
            HelpEntry::Blank => {}
            HelpEntry::Group(group) => out.push_str(&format!(".SS {}\n", escaped(group))),
            HelpEntry::Action(keys, help) => {
                let (name, keys) = (escaped(names.next().unwrap_or_default()), escaped(&keys));
                out.push_str(&format!(".TP\n\\fB{name}\\fR  \\fI{keys}\\fR\n{}\n", escaped(help)));
            }
        }
    }
    out
}

fn fields() -> String {
    let row = |name: &str, help: &str, example: &str| {
        format!(".TP\n\\fB{}:\\fR\n{}; for example \\fB{}\\fR\n", escaped(name), escaped(help), escaped(example))
    };
    FIELDS.iter().map(|field| row(field.name, field.help, field.example)).collect()
}

/// Returns each `name = default` row of the commented settings file, with the comment above it. If the row is itself
/// commented out, it shows an example value and the setting has no default.
fn settings(toml: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let mut words = Vec::new();
    for line in toml.lines() {
        let text = line.trim_start_matches('#').trim();
        let is_row =
            text.split_once(" = ").is_some_and(|(name, _)| name.chars().all(|c| c.is_ascii_lowercase() || c == '_'));
        if is_row {
            words.extend(line.starts_with('#').then_some("Not set by default."));
            out.push((text.to_owned(), words.join(" ")));
        }
        if is_row || text.is_empty() {
            words.clear();
        } else {
            words.push(text);
        }
    }
    out
}

/// Escapes text for roff.
fn escaped(text: &str) -> String {
    let escaped = text.replace('\\', "\\e").replace('-', "\\-").replace('\'', "\\(aq");
    if escaped.starts_with('.') { format!("\\&{escaped}") } else { escaped }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_be_read_as_a_request() {
        assert_eq!(escaped(".so /etc/passwd"), "\\&.so /etc/passwd");
        assert_eq!(escaped("'\\-"), "\\(aq\\e\\-");
    }

    #[test]
    fn every_placeholder_has_its_table() {
        for page in pages().unwrap() {
            assert!(!page.text.lines().any(|line| line.starts_with('@')), "{}", page.name);
        }
    }

    #[test]
    fn a_setting_has_the_comment_above_it() {
        let rows = settings("# A file.\n\n# How wide.\n# measure = 68\n\n# Whether\n# it moves.\nmove = true\n");
        let row = |name: &str, words: &str| (name.to_owned(), words.to_owned());
        assert_eq!(
            rows,
            [row("measure = 68", "How wide. Not set by default."), row("move = true", "Whether it moves.")]
        );
    }
}
