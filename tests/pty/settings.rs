//! Tests settings files with faults, the hook for new stories, and the terminal's cursor.

use super::library::library;
use super::sources::serve;
use super::terminal::{Program, stories};
use std::fs;
use std::time::{Duration, Instant};

/// Writes the settings files and returns the configuration folder.
pub(crate) fn config(folder: &str, files: &[(&str, &str)]) -> String {
    let config = format!("{folder}/config");
    fs::create_dir_all(format!("{config}/dateline")).unwrap();
    for (name, text) in files {
        fs::write(format!("{config}/dateline/{name}"), text).unwrap();
    }
    config
}

#[test]
fn all_faults_are_counted_at_the_start_and_listed_and_the_rest_applies() {
    let (folder, settings) = (stories("faults"), stories("faults-config"));
    let config = config(
        &settings.path(),
        &[
            ("config.toml", "theme = \"drak\"\nmeasrue = 60\nmouse = \"no\"\npanels = [\"quotes\"]\n"),
            (
                "keymap.toml",
                "[any]\n\"F2\" = \"quti\"\n\"g g\" = \"top\"\n\"F3\" = \"help\"\n[lst]\n\"x\" = \"down\"\n",
            ),
        ],
    );
    let mut program = Program::start(110, 32, &[&folder.path()], &[("XDG_CONFIG_HOME", &config)]);
    program.expect("6 faults in the settings files · ! lists them");
    program
        .press("\r")
        .expect("Quotes")
        .press("!")
        .expect("config.toml, line 1: no theme is called “drak”; did you mean “dark”?");
    for fault in [
        "config.toml, line 2: no setting is called “measrue”; did you mean “measure”?",
        "config.toml, line 3: “mouse” must be true or false",
        "keymap.toml, line 2: no action is called “quti”; did you mean “quit”?",
        "keymap.toml, line 3: “g” is shadowed by “gg”",
        "keymap.toml, line 5: no context is called “lst”; did you mean “list”?",
    ] {
        program.expect(fault);
    }
    program.press("q").press("\x1bOR").expect("page down, then next story");
    program.press("\x03").expect_end(0);
}

#[test]
fn a_change_in_the_settings_applies_while_the_reader_runs() {
    let (folder, settings) = (stories("live"), stories("live-config"));
    let config = config(&settings.path(), &[("config.toml", "measure = 60\n")]);
    let mut program = Program::start(110, 32, &[&folder.path()], &[("XDG_CONFIG_HOME", &config)]);
    program.expect("Old weir at Tarn");
    let write = |name: &str, text: &str| fs::write(format!("{config}/dateline/{name}"), text).unwrap();
    write("keymap.toml", "[any]\n\"F9\" = \"toggle-timeline\"\n");
    program.expect("Applied the changed settings").press("\x1b[20~").expect("Timeline");
    write("config.toml", "measrue = 60\n");
    program.expect("config.toml, line 1: no setting is called “measrue”; did you mean “measure”?");
    program.press("\x03").expect_end(0);
}

#[test]
fn the_hook_runs_for_each_new_story_of_a_fetch() {
    let (folder, path) = library("hook");
    let taken = format!("{}/taken.txt", folder.path());
    let script = format!("printf '%s: ' \"$DATELINE_TITLE\" >> '{taken}'; cat >> '{taken}'; echo >> '{taken}'");
    let settings = format!("fetch_local = true\non_new = [\"/bin/sh\", \"-c\", {script:?}]\n");
    let config = config(&folder.path(), &[("config.toml", &settings)]);
    let mut program = Program::start(110, 32, &["--library", &path], &[("XDG_CONFIG_HOME", &config)]);
    program.expect("Old weir at Tarn").press("W").expect("No feeds yet: add one by its URL");
    program.press("a").expect("Feed or site").press(&format!("{}/feed\r", serve()));
    program.expect("Following Harbour Gazette: 2 new");
    let start = Instant::now();
    let words = loop {
        let words = fs::read_to_string(&taken).unwrap_or_default();
        if words.contains("Quay closes: ") && words.contains("Ferry returns: ") && words.ends_with('\n') {
            break words;
        }
        assert!(start.elapsed() < Duration::from_secs(20), "the hook passed on only “{words}”");
        std::thread::sleep(Duration::from_millis(10));
    };
    assert!(words.contains("The quay closes in May."), "{words}");
    assert!(!words.contains("Old weir"), "stories from before the fetch are not new: {words}");
    program.press("q").press("\x03").expect_end(0);
}

#[test]
fn the_cursor_follows_the_keys() {
    let folder = stories("cursor");
    let mut program = Program::start(110, 32, &[&folder.path()], &[]);
    program.expect("Old weir at Tarn").expect_cursor_at("▌• Old weir");
    program.press("j").expect_cursor_at("▌• Snow closes");
    program.press("k\r").expect("on").press("/mill").expect_cursor_at("▏");
    assert!(program.shows_cursor(), "it is visible while text is typed");
    program.press("\r").expect_cursor_at("mill");
    assert!(!program.shows_cursor());
    program.press("\x03").expect_end(0);
    program.expect_restored();
    let settings = stories("cursor-config");
    let config = config(&settings.path(), &[("config.toml", "cursor = true\n")]);
    let mut program = Program::start(110, 32, &[&folder.path()], &[("XDG_CONFIG_HOME", &config)]);
    program.expect("Old weir at Tarn").expect_cursor_at("▌• Old weir");
    assert!(program.shows_cursor());
    program.press("\x03").expect_end(0);
}
