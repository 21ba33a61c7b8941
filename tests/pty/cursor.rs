//! Tests where the terminal's cursor is after every key, on all panes, popups, pages and prompts: on the selected row, in
//! the prompt, or at the reading position. Colours are off, so the marks that the tests look for are characters.

use super::library::add;
use super::sources::serve;
use super::terminal::{Folder, Program};
use std::process::Command;

/// Screen on which to test the cursor.
struct Surface {
    /// Name, for messages.
    name: &'static str,
    /// Keys that open the screen from the list, each with words that appear on the screen after it.
    opening: &'static [(&'static str, &'static str)],
    /// Keys that move the selection. The cursor is tested before and after each.
    moves: &'static [&'static str],
    mark: Mark,
}

/// What must be on the screen at the cursor.
#[derive(Clone, Copy, Debug)]
enum Mark {
    /// Bar or pointer of the selected row.
    Row,
    /// Place where the next typed character appears.
    Input,
    /// Text.
    Words,
}

impl Mark {
    /// Returns whether the line of the screen from the cursor on begins with the mark.
    fn is_at(self, line: &str) -> bool {
        match self {
            Self::Row => line.starts_with(['▌', '▸']),
            Self::Input => line.starts_with('▏'),
            // The keys in the help are indented by a column.
            Self::Words => line.chars().take(2).any(|character| !character.is_whitespace()),
        }
    }
}

const STEPS: &[&str] = &["j", "j", "k", "G", "k", "g"];
const TYPING: &[&str] = &["s", "t", "\x7f", "\x7f"];
const FIND: (&str, &str) = ("ftitle:herring\r", "one story");
const READ: (&str, &str) = ("\r", "page down");

const SURFACES: &[Surface] = &[
    Surface { name: "list", opening: &[], moves: &["j", "j", "k", "G", "g", "\x04", "zl", "j", "zl"], mark: Mark::Row },
    Surface {
        name: "text",
        opening: &[FIND, READ],
        moves: &["j", " ", "]q", "]e", "]t", ")", "}", "G", "g", "zz", "zz"],
        mark: Mark::Words,
    },
    Surface {
        name: "selection",
        opening: &[FIND, READ, ("v", "copy")],
        moves: &["l", "w", "j", "is", "o"],
        mark: Mark::Words,
    },
    Surface {
        name: "quotes",
        opening: &[FIND, READ, ("1", "Quotes"), ("\t", "▸Quotes")],
        moves: STEPS,
        mark: Mark::Row,
    },
    Surface {
        name: "entities",
        opening: &[FIND, READ, ("2", "Entities"), ("\t", "▸Entities")],
        moves: STEPS,
        mark: Mark::Row,
    },
    Surface {
        name: "timeline",
        opening: &[FIND, READ, ("3", "Timeline"), ("\t", "▸Timeline")],
        moves: STEPS,
        mark: Mark::Row,
    },
    Surface {
        name: "card",
        opening: &[FIND, READ, ("]e", "name "), ("i", "go there")],
        moves: &["j", "j", "k"],
        mark: Mark::Row,
    },
    Surface { name: "outline", opening: &[FIND, READ, ("O", "Outline")], moves: &["j", "k"], mark: Mark::Row },
    Surface { name: "notes", opening: &[FIND, READ, ("!", "Notes on")], moves: &["j", "k"], mark: Mark::Row },
    Surface {
        name: "highlights",
        opening: &[FIND, READ, ("vis1", "Highlighted"), ("H", "Highlights")],
        moves: &["j", "k"],
        mark: Mark::Row,
    },
    Surface {
        name: "profile",
        opening: &[FIND, READ, ("]e", "name "), ("E", "next part")],
        moves: STEPS,
        mark: Mark::Row,
    },
    Surface { name: "feeds", opening: &[("W", "Views and feeds")], moves: STEPS, mark: Mark::Row },
    Surface { name: "suggestions", opening: &[(",n", "Names that may")], moves: &["j", "k"], mark: Mark::Row },
    Surface { name: "help", opening: &[("?", "find a command")], moves: &["j", "\x04", "g"], mark: Mark::Words },
    Surface { name: "find", opening: &[("f", "Find:")], moves: TYPING, mark: Mark::Input },
    Surface { name: "search", opening: &[FIND, READ, ("/", "/▏")], moves: TYPING, mark: Mark::Input },
    Surface {
        name: "go to",
        opening: &[("\x10", "Go to")],
        moves: &["s", "\x1b[B", "t", "\x1b[A", "\x7f"],
        mark: Mark::Input,
    },
    Surface {
        name: "commands",
        opening: &[(":", "Commands")],
        moves: &["s", "\x1b[B", "t", "\x1b[A", "\x7f"],
        mark: Mark::Input,
    },
    Surface { name: "tag", opening: &[("T", "Tag")], moves: TYPING, mark: Mark::Input },
    Surface { name: "date", opening: &[FIND, READ, ("d", "Story date")], moves: TYPING, mark: Mark::Input },
    Surface { name: "pipe", opening: &[FIND, READ, ("|", "Pipe")], moves: TYPING, mark: Mark::Input },
    Surface { name: "note", opening: &[FIND, READ, ("va", "Note:")], moves: TYPING, mark: Mark::Input },
    Surface { name: "filter", opening: &[("F", "Filter:")], moves: TYPING, mark: Mark::Input },
    Surface { name: "output", opening: &[FIND, READ, ("|cat\r", "cat ·")], moves: STEPS, mark: Mark::Row },
    Surface {
        name: "new feed",
        opening: &[("W", "Views and feeds"), ("a", "Feed or site URL")],
        moves: TYPING,
        mark: Mark::Input,
    },
];

/// Creates a library with four bundled stories and a feed.
fn library(name: &str) -> (Folder, String) {
    let folder = Folder::new(name);
    for story in ["01-herring-accord", "05-ice-core-lake", "09-council-wire", "12-ceasefire-brief"] {
        let from = format!("{}/assets/stories/{story}.txt", env!("CARGO_MANIFEST_DIR"));
        std::fs::copy(from, format!("{}/{story}.txt", folder.path())).unwrap();
    }
    let path = format!("{}/library.db", folder.path());
    add(&folder, &path);
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    let feed = format!("{}/feed", serve());
    assert!(command.args(["feed", "add", "--allow-local", "--library", &path, &feed]).status().unwrap().success());
    (folder, path)
}

/// Opens each surface and tests the cursor before and after each of its keys.
fn check(name: &str, size: (u16, u16), variables: &[(&str, &str)], surfaces: impl Iterator<Item = &'static Surface>) {
    let (_folder, path) = library(name);
    for surface in surfaces {
        let mut program = Program::start(size.0, size.1, &["--library", &path], variables);
        program.expect("Inbox").settle();
        for &(keys, words) in surface.opening {
            program.press(keys).expect(words);
        }
        for &key in std::iter::once(&"").chain(surface.moves) {
            program
                .press(key)
                .expect_cursor(&format!("{} after {key:?}", surface.name), |line| surface.mark.is_at(line));
        }
    }
}

#[test]
fn the_cursor_is_where_keys_act_on_every_screen() {
    check("cursor-wide", (110, 32), &[("NO_COLOR", "1"), ("SHELL", "/bin/sh")], SURFACES.iter().step_by(2));
}

#[test]
fn the_cursor_is_where_keys_act_on_the_other_screens() {
    check("cursor-other", (110, 32), &[("NO_COLOR", "1"), ("SHELL", "/bin/sh")], SURFACES.iter().skip(1).step_by(2));
}

#[test]
fn the_cursor_is_where_keys_act_on_small_screens() {
    check("cursor-small", (80, 24), &[("SHELL", "/bin/sh")], SURFACES.iter().step_by(3));
}
