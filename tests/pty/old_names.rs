//! Tests configuration files written for 0.1.0: a keymap, settings and a theme that together use every name from that
//! version.

use crate::terminal::Program;
use std::fs;
use std::path::{Path, PathBuf};

/// A page with boilerplate around its story.
const PAGE: &str = "<html><body><nav>Home News Sport</nav><article><h1>Ferry service to resume</h1>\
    <p>The ferry to Ostrel Island will resume on 20 May 2024, the operator said in a statement to the press.</p>\
    <p>“We have mended the ramp,” said Mara Odell, the harbour master, on 18 May 2024 at the quay.</p></article>\
    <footer>Share this story</footer></body></html>";

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("dateline/themes")).unwrap();
    fs::write(folder.join("ferry.html"), PAGE).unwrap();
    folder
}

/// Copies files that were written for 0.1.0 to the configuration folder.
fn copy(folder: &Path, names: &[&str]) {
    let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/old_names");
    for name in names {
        fs::copy(files.join(name), folder.join("dateline").join(name)).unwrap();
    }
}

/// Starts the TUI with these settings and a library of one story. Standard error is redirected to a file.
fn start(folder: &Path) -> Program {
    let folder = folder.display();
    let program = env!("CARGO_BIN_EXE_dateline");
    let variables = format!("export XDG_CONFIG_HOME={folder} DATELINE_LIBRARY={folder}/library.db");
    let line = format!("{variables}; {program} add {folder}/ferry.html && {program} 2> {folder}/errors");
    Program::start_shell(110, 40, &line)
}

fn errors(folder: &Path) -> Vec<String> {
    let text = fs::read_to_string(folder.join("errors")).unwrap();
    text.lines().map(str::to_owned).collect()
}

#[test]
fn a_keymap_of_0_1_0_works() {
    let folder = folder("old-keymap");
    copy(&folder, &["keymap.toml"]);
    let mut program = start(&folder);
    // The marks of the quotes show that the story has been read, with what was left out of it.
    program.expect("Ferry service").press("\r").expect("B “We have mended");
    // In the old keymap, F6 is `left-out`, F7 is `quote-manner`, F8 is `outline`, and F9 is `back-out` in the context
    // `board`.
    program.press("\x1b[17~").expect("below the story");
    program.press("1").expect("Quotes 2").press("\t").press("\x1b[18~").expect_gone("Quotes 2");
    program.press("W").expect("No views yet").press("\x1b[20~").expect_gone("No views yet");
    program.press("\x03");
    program.expect_end(0);
    let keymap = folder.join("dateline/keymap.toml");
    let notice = |old: &str| format!("dateline: {}: the {old}; the old name works until 1.0", keymap.display());
    let mut found = errors(&folder);
    found.sort();
    assert_eq!(
        found,
        [
            notice("action “left-out” is now “removed-text”"),
            notice("action “quote-manner” is now “quote-kind”"),
            notice("context “board” is now “page”"),
        ]
    );
}

#[test]
fn settings_and_a_theme_of_0_1_0_work() {
    let folder = folder("old-settings");
    copy(&folder, &["config.toml", "themes/harbour.toml"]);
    let mut program = start(&folder);
    program.expect("Ferry service").press("\r").expect("Quotes 2");
    program.expect_output("38;2;10;27;44");
    program.press("b").press("G").expect_output("38;2;12;45;78");
    program.press("\x03");
    program.expect_end(0);
    let theme = folder.join("dateline/themes/harbour.toml");
    let notice = "the role “left_out” is now “removed”; the old name works until 1.0";
    assert_eq!(errors(&folder), [format!("dateline: {}: {notice}", theme.display())]);
}
