//! The layers of the house: each module of `src` may use only those that stand before it.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Every top-level module and what it may use.
const LAYERS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("reflow", &["text"]),
    ("article", &["text"]),
    ("ingest", &["text", "article"]),
    ("analysis", &["text", "article"]),
    ("json", &["text", "article", "analysis"]),
    ("export", &["text", "article", "analysis", "json"]),
    ("library", &["text", "article", "ingest", "analysis", "json", "export"]),
    ("fetch", &["text", "article", "ingest", "analysis", "json", "export", "library"]),
    ("config", &["text"]),
    ("tui", &["text", "reflow", "article", "ingest", "analysis", "json", "export", "library", "fetch", "config"]),
    (
        "cli",
        &["text", "reflow", "article", "ingest", "analysis", "json", "export", "library", "fetch", "config", "tui"],
    ),
];

/// Crates that only some modules may name.
const DOORS: &[(&str, &[&str])] = &[
    ("ratatui", &["tui", "bin"]),
    ("crossterm", &["tui"]),
    ("clap", &["cli", "main", "bin"]),
    ("rusqlite", &["library"]),
    ("ureq", &["fetch"]),
];

/// All Rust files under `folder`.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            out.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            out.push(path);
        }
    }
    out
}

/// The module path of a file of `src`: `src/tui/view/list.rs` is `["tui", "view", "list"]`.
fn module_of(path: &Path) -> Vec<String> {
    let inner = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
    inner.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect()
}

/// Source without comments and without the contents of string literals.
fn code(source: &str) -> String {
    let strings = regex::Regex::new(r#"(?s)"(?:\\.|[^"\\])*""#).unwrap();
    let lines: Vec<&str> = source.lines().map(|line| line.split("//").next().unwrap_or_default()).collect();
    strings.replace_all(&lines.join("\n"), "\"\"").into_owned()
}

/// The top-level modules that a piece of code names by `crate::…`, groups expanded, or by enough
/// `super::` to reach the root.
fn used(code: &str, module: &[String]) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    let path = regex::Regex::new(r"\b(?:crate|dateline)::").unwrap();
    for found in path.find_iter(code) {
        out.extend(heads(&code[found.end()..]));
    }
    let supers = regex::Regex::new(r"\b(?:super::)+").unwrap();
    for found in supers.find_iter(code) {
        let climbs = found.as_str().matches("super::").count();
        // Inside `mod tests { … }` the first `super` only leaves the test module.
        let inner = usize::from(code[..found.start()].contains("mod tests {"));
        if climbs >= module.len() + inner {
            out.extend(heads(&code[found.end()..]));
        }
    }
    out
}

/// The first names of a path or of a group of paths.
fn heads(rest: &str) -> Vec<String> {
    let Some(group) = rest.strip_prefix('{') else {
        return vec![rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()];
    };
    let mut out = vec![String::new()];
    let mut depth = 1;
    let mut in_head = true;
    for character in group.chars() {
        match character {
            '{' => depth += 1,
            '}' if depth == 1 => break,
            '}' => depth -= 1,
            ',' if depth == 1 => {
                out.push(String::new());
                in_head = true;
            }
            ':' => in_head = false,
            c if in_head && depth == 1 && (c.is_alphanumeric() || c == '_') => out.last_mut().unwrap().push(c),
            _ => {}
        }
    }
    out.retain(|name| !name.is_empty());
    out
}

#[test]
fn no_module_uses_one_that_stands_above_it() {
    let mut faults = Vec::new();
    for path in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let module = module_of(&path);
        if module[0] == "bin" || module[0] == "main" || module[0] == "lib" {
            continue;
        }
        let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == module[0]) else {
            faults.push(format!("{}: its layer is not declared", module[0]));
            continue;
        };
        let names: BTreeSet<&str> = LAYERS.iter().map(|(name, _)| *name).collect();
        for name in used(&code(&fs::read_to_string(&path).unwrap()), &module) {
            if names.contains(name.as_str()) && name != module[0] && !allowed.contains(&name.as_str()) {
                faults.push(format!("{} uses {name}", module.join("::")));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn crates_of_the_screen_are_named_only_by_the_screen() {
    let mut faults = Vec::new();
    for path in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let module = module_of(&path);
        let code = code(&fs::read_to_string(&path).unwrap());
        for (name, rooms) in DOORS {
            let named = regex::Regex::new(&format!(r"\b{name}(::|\b.*;)")).unwrap();
            if named.is_match(&code) && !rooms.contains(&module[0].as_str()) {
                faults.push(format!("{} names {name}", module.join("::")));
            }
        }
        let prints = ["println!", "print!", "eprint!", "eprintln!"].iter().any(|call| code.contains(call));
        if prints && !["cli", "bin", "main"].contains(&module[0].as_str()) {
            faults.push(format!("{} writes to the terminal by itself", module.join("::")));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_test_sees_through_groups_and_supers() {
    let module = ["ingest".to_owned(), "dump".to_owned()];
    let seen = used("use crate::{text::{Span, clean}, tui};\nuse super::super::analysis::Quote;", &module);
    let expected: BTreeSet<String> = ["text", "tui", "analysis"].iter().map(ToString::to_string).collect();
    assert_eq!(seen, expected);
}

#[test]
fn a_module_opens_with_what_it_is_for() {
    let mut faults = Vec::new();
    for path in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        if !fs::read_to_string(&path).unwrap().starts_with("//!") {
            faults.push(path.display().to_string());
        }
    }
    assert!(faults.is_empty(), "no opening comment: {}", faults.join(", "));
}
