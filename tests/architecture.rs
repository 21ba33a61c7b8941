//! Checks the layers of the workspace. Each crate, and each module of the program, may depend only on the layers below
//! it.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

mod rust_sources;

use rust_sources::sources;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Layers below the screen and the command line.
const BELOW_SCREEN: &[&str] = &[
    "core",
    "ingest",
    "analysis",
    "export",
    "library",
    "fetch",
    "sync",
    "reflow",
    "config",
    "credentials",
    "hook",
    "new_stories",
    "own_names",
    "pairing",
    "remedy",
    "renamed",
    "rules",
];

/// Crates of the workspace and top-level modules of the program, each with the layers that it may use. A layer may have
/// several rows.
const LAYERS: &[(&str, &[&str])] = &[
    ("core", &[]),
    ("ingest", &["core"]),
    ("analysis", &["core"]),
    ("export", &["core", "analysis"]),
    ("library", &["core", "ingest", "analysis", "export"]),
    ("fetch", &["core", "ingest", "analysis", "library"]),
    ("sync", &["core", "ingest", "analysis", "library", "fetch"]),
    ("reflow", &["core"]),
    ("config", &["core"]),
    ("credentials", &["sync"]),
    ("remedy", &["library", "fetch", "sync"]),
    ("hook", &["core", "library", "new_stories"]),
    ("new_stories", &["library"]),
    ("own_names", &["core", "analysis", "config"]),
    ("pairing", &["library"]),
    ("rules", &["core", "config", "library", "new_stories"]),
    ("renamed", &[]),
    ("tui", BELOW_SCREEN),
    ("cli", BELOW_SCREEN),
    ("cli", &["tui"]),
    ("headless", &["core", "ingest", "analysis", "reflow", "config", "tui"]),
    ("python", &["core", "ingest", "analysis", "export"]),
    ("xtask", &["core", "ingest", "analysis", "library", "headless"]),
];

/// External crates that only certain layers may use.
const CRATE_OWNERS: &[(&str, &[&str])] = &[
    ("ratatui", &["tui", "headless", "xtask"]),
    ("crossterm", &["tui"]),
    ("clap", &["cli", "main", "xtask"]),
    ("rusqlite", &["library"]),
    ("pyo3", &["python"]),
    ("ureq", &["fetch"]),
];

/// Returns the source folders of the workspace, each with its layer. The layer is `None` for the program, whose modules
/// are layers themselves.
fn roots() -> Vec<(PathBuf, Option<String>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut out = vec![(root.join("src"), None), (root.join("xtask/src"), Some("xtask".to_owned()))];
    for entry in fs::read_dir(root.join("crates")).unwrap() {
        let path = entry.unwrap().path();
        out.push((path.join("src"), Some(path.file_name().unwrap().to_string_lossy().into_owned())));
    }
    out
}

/// Reads all source files. Returns the path, the module and the code of each. A crate is treated as a module with the
/// crate's name, so `crates/ingest/src/dump/line.rs` is `["ingest", "dump", "line"]` and `dateline_ingest::dump` is
/// `crate::ingest::dump`.
fn source_files() -> Vec<(PathBuf, Vec<String>, String)> {
    let other = regex::Regex::new(r"\bdateline_(\w+)::").unwrap();
    let own = regex::Regex::new(r"\bcrate::").unwrap();
    let mut out = Vec::new();
    for (folder, layer) in roots() {
        for path in sources(&folder) {
            let inner = path.strip_prefix(&folder).unwrap().with_extension("");
            let parts = inner.iter().map(|part| part.to_string_lossy().into_owned());
            let mut module: Vec<String> = layer.iter().cloned().chain(parts).collect();
            let mut code = code(&fs::read_to_string(&path).unwrap());
            if let Some(layer) = &layer {
                code = own.replace_all(&code, format!("crate::{layer}::")).into_owned();
                if module[1] == "lib" || module[1] == "main" {
                    module.pop();
                }
            }
            code = other.replace_all(&code, "crate::$1::").into_owned();
            out.push((path, module, code));
        }
    }
    out
}

/// Returns the source code without comments and without the contents of string literals.
fn code(source: &str) -> String {
    let strings = regex::Regex::new(r#"(?s)"(?:\\.|[^"\\])*""#).unwrap();
    let lines: Vec<&str> = source.lines().map(|line| line.split("//").next().unwrap_or_default()).collect();
    strings.replace_all(&lines.join("\n"), "\"\"").into_owned()
}

/// Finds the top-level modules that a piece of code refers to, either by `crate::…`, including groups, or by enough
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
        // Inside `mod tests { … }`, the first `super` only leads to the enclosing module.
        let inner = usize::from(code[..found.start()].contains("mod tests {"));
        if climbs >= module.len() + inner {
            out.extend(heads(&code[found.end()..]));
        }
    }
    out
}

/// Returns the first segment of a path or, for a group, the first segment of each path in the group.
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
fn no_layer_uses_one_above_it() {
    let mut faults = Vec::new();
    for (_, module, code) in source_files() {
        if module[0] == "main" || module[0] == "lib" {
            continue;
        }
        let names: BTreeSet<&str> = LAYERS.iter().map(|(name, _)| *name).collect();
        if !names.contains(module[0].as_str()) {
            faults.push(format!("{}: its layer is not declared", module[0]));
            continue;
        }
        let allowed: Vec<&str> =
            LAYERS.iter().filter(|(name, _)| *name == module[0]).flat_map(|(_, uses)| uses.iter().copied()).collect();
        for name in used(&code, &module) {
            if names.contains(name.as_str()) && name != module[0] && !allowed.contains(&name.as_str()) {
                faults.push(format!("{} uses {name}", module.join("::")));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn what_the_state_of_the_screen_builds_on_does_not_use_it() {
    let tui = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tui");
    for name in ["arrangement", "analysis_view", "layout", "link", "mark", "panels", "rows", "story"] {
        let code = code(&fs::read_to_string(tui.join(name).with_extension("rs")).unwrap());
        assert!(!code.contains("super::state") && !code.contains("tui::state"), "{name} uses the state");
    }
}

#[test]
fn outside_crates_are_named_only_by_their_owners() {
    let mut faults = Vec::new();
    for (_, module, code) in source_files() {
        for (name, owners) in CRATE_OWNERS {
            let named = regex::Regex::new(&format!(r"\b{name}(::|\b.*;)")).unwrap();
            if named.is_match(&code) && !owners.contains(&module[0].as_str()) {
                faults.push(format!("{} names {name}", module.join("::")));
            }
        }
        let prints = ["println!", "print!", "eprint!", "eprintln!"].iter().any(|call| code.contains(call));
        if prints && !["cli", "main", "xtask"].contains(&module[0].as_str()) {
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

/// Splits the use tree after `::` into paths: `a::{b, c::d}` becomes `a::b` and `a::c::d`.
fn paths(rest: &str) -> Vec<Vec<String>> {
    let rest = rest.trim_start();
    let Some(group) = rest.strip_prefix('{') else {
        let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        if name.is_empty() {
            return vec![Vec::new()];
        }
        let Some(deeper) = rest[name.len()..].strip_prefix("::") else { return vec![vec![name]] };
        return paths(deeper).into_iter().map(|path| [vec![name.clone()], path].concat()).collect();
    };
    let mut depth = 0_usize;
    let mut branches = vec![String::new()];
    for character in group.chars() {
        match character {
            '}' if depth == 0 => break,
            ',' if depth == 0 => branches.push(String::new()),
            other => {
                depth = depth + usize::from(other == '{') - usize::from(other == '}');
                branches.last_mut().unwrap().push(other);
            }
        }
    }
    branches.iter().filter(|branch| !branch.trim().is_empty()).flat_map(|branch| paths(branch)).collect()
}

/// Returns those of `modules` that the code of `module` refers to. Ancestors of `module` are left out because every
/// child refers to them.
fn imports(code: &str, module: &[String], modules: &BTreeSet<Vec<String>>) -> BTreeSet<Vec<String>> {
    let mut named: Vec<Vec<String>> = Vec::new();
    let prefix = regex::Regex::new(r"\b(?:(crate|self)::|((?:super::)+))").unwrap();
    for found in prefix.captures_iter(code) {
        let base = match (found.get(1).map(|word| word.as_str()), found.get(2)) {
            (Some("self"), _) => module,
            (_, Some(supers)) => &module[..module.len().saturating_sub(supers.as_str().matches("super").count())],
            _ => &[],
        };
        let rest = paths(&code[found.get(0).unwrap().end()..]);
        named.extend(rest.into_iter().map(|path| [base.to_vec(), path].concat()));
    }
    for child in modules.iter().filter(|other| other.len() == module.len() + 1 && other.starts_with(module)) {
        let called = regex::Regex::new(&format!(r"(?:^|[^\w:]){}::", child[module.len()])).unwrap();
        for found in called.find_iter(code) {
            named.extend(paths(&code[found.end()..]).into_iter().map(|path| [child.clone(), path].concat()));
        }
    }
    let file = |path: Vec<String>| {
        (1..=path.len())
            .rev()
            .find_map(|length| modules.get(&path[..length].to_vec()))
            .filter(|file| !module.starts_with(file))
    };
    named.into_iter().filter_map(file).cloned().collect()
}

/// Builds the import graph of the workspace, which maps each file to the files that it imports. Tests are left out.
fn import_graph() -> BTreeMap<Vec<String>, BTreeSet<Vec<String>>> {
    let mut files: BTreeMap<Vec<String>, String> = BTreeMap::new();
    for (_, module, code) in source_files() {
        if !["main", "lib"].contains(&module[0].as_str()) && module.last().unwrap() != "tests" {
            files.insert(module, code.split("#[cfg(test)]\nmod tests {").next().unwrap().to_owned());
        }
    }
    let modules: BTreeSet<Vec<String>> = files.keys().cloned().collect();
    files.iter().map(|(module, code)| (module.clone(), imports(code, module, &modules))).collect()
}

/// Finds sets of files that import each other, directly or indirectly.
fn cycles(graph: &BTreeMap<Vec<String>, BTreeSet<Vec<String>>>) -> Vec<BTreeSet<Vec<String>>> {
    let reached = |from: &Vec<String>| {
        let mut seen: BTreeSet<Vec<String>> = BTreeSet::new();
        let mut next: Vec<&Vec<String>> = graph[from].iter().collect();
        while let Some(file) = next.pop() {
            if seen.insert(file.clone()) {
                next.extend(&graph[file]);
            }
        }
        seen
    };
    let reach: BTreeMap<&Vec<String>, BTreeSet<Vec<String>>> = graph.keys().map(|file| (file, reached(file))).collect();
    let mut out: Vec<BTreeSet<Vec<String>>> = Vec::new();
    for (file, seen) in &reach {
        if seen.contains(*file) && !out.iter().any(|cycle| cycle.contains(*file)) {
            out.push(seen.iter().filter(|other| reach[other].contains(*file)).cloned().collect());
        }
    }
    out
}

#[test]
fn no_files_import_each_other() {
    let found = cycles(&import_graph());
    let faults: Vec<String> = found
        .iter()
        .map(|cycle| {
            format!("import each other: {}", cycle.iter().map(|file| file.join("/")).collect::<Vec<_>>().join(", "))
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Functions that may be longer than `MAX_FUNCTION_LINES`: the match that has one arm for each action of the keymap.
const LONG_FUNCTIONS: &[&str] = &["src/tui/update/act.rs: act"];
/// Maximum number of lines of a file, and of a function with its signature.
const MAX_FILE_LINES: usize = 500;
const MAX_FUNCTION_LINES: usize = 80;

/// Returns the name and the number of lines of each function of a formatted file, whose body ends at the first closing
/// brace with the indentation of its signature.
fn functions(source: &str) -> Vec<(&str, usize)> {
    let signature = regex::Regex::new(r"^( *)(?:pub(?:\([^)]*\))? )?(?:(?:const|async) )*fn (\w+)").unwrap();
    let lines: Vec<&str> = source.lines().collect();
    let length = |(index, line): (usize, &&'_ str)| {
        let found = signature.captures(line).filter(|_| !line.ends_with('}') && !line.ends_with(';'))?;
        let end = format!("{}}}", &found[1]);
        let rest = lines[index..].iter().position(|line| *line == end)?;
        Some((found.get(2).unwrap().range(), index, rest + 1))
    };
    lines.iter().enumerate().filter_map(length).map(|(name, index, count)| (&lines[index][name], count)).collect()
}

#[test]
fn files_and_functions_stay_short() {
    let sample = "fn a() {\n    b();\n}\n\nimpl T {\n    pub(crate) const fn c(\n        x: u8,\n    ) {\n    }\n    fn d();\n}\n";
    assert_eq!(functions(sample), [("a", 3), ("c", 4)]);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<PathBuf> =
        ["src", "tests", "benches", "xtask/src"].iter().map(|name| root.join(name)).collect();
    for entry in fs::read_dir(root.join("crates")).unwrap() {
        let path = entry.unwrap().path();
        folders.extend(["src", "tests", "benches"].iter().map(|name| path.join(name)).filter(|folder| folder.is_dir()));
    }
    let mut faults = Vec::new();
    let mut long: BTreeSet<String> = BTreeSet::new();
    for path in folders.iter().flat_map(|folder| sources(folder)) {
        let source = fs::read_to_string(&path).unwrap();
        let path = path.strip_prefix(root).unwrap().display().to_string();
        let count = source.lines().count();
        if count > MAX_FILE_LINES {
            faults.push(format!("{path} has {count} lines"));
        }
        let found = functions(&source).into_iter().filter(|(_, count)| *count > MAX_FUNCTION_LINES);
        long.extend(found.map(|(name, _)| format!("{path}: {name}")));
    }
    let allowed: BTreeSet<String> = LONG_FUNCTIONS.iter().map(ToString::to_string).collect();
    assert_eq!(long, allowed, "functions longer than {MAX_FUNCTION_LINES} lines");
    assert!(faults.is_empty(), "longer than {MAX_FILE_LINES} lines: {}", faults.join(", "));
}

/// Maximum number of public items over all crates. Nothing outside a crate may depend on what only the crate needs.
const MAX_PUBLIC_ITEMS: usize = 476;

#[test]
fn the_crates_make_few_items_public() {
    let item =
        regex::Regex::new(r"(?m)^ *pub (?:(?:const|async) )*(?:fn|struct|enum|trait|mod|const|static|type) ").unwrap();
    let mut count = 0;
    for (path, ..) in source_files()
        .iter()
        .filter(|(path, module, _)| module[0] != "xtask" && path.components().any(|part| part.as_os_str() == "src"))
    {
        count += item.find_iter(&fs::read_to_string(path).unwrap()).count();
    }
    assert!(
        (100..=MAX_PUBLIC_ITEMS).contains(&count),
        "{count} public items, and at most {MAX_PUBLIC_ITEMS} are allowed"
    );
}

#[test]
fn the_cycle_test_sees_through_groups_supers_and_children() {
    let name = |path: &str| path.split('/').map(str::to_owned).collect::<Vec<_>>();
    let modules: BTreeSet<Vec<String>> = ["a", "a/b", "a/b/d", "a/c", "e"].into_iter().map(name).collect();
    let sees = |module: &str, code: &str| -> Vec<String> {
        imports(code, &name(module), &modules).iter().map(|file| file.join("/")).collect()
    };
    assert_eq!(sees("a/b", "use super::{c::{self, Thing}, Other};\nuse crate::e::X;"), ["a/c", "e"]);
    assert_eq!(sees("a/b", "let x = d::new();"), ["a/b/d"]);
    assert!(sees("a/b/d", "use super::super::Thing;\nuse crate::a::b::Own;").is_empty(), "own parents do not count");
    let graph = [("a/b", vec!["a/c"]), ("a/c", vec!["e"]), ("e", vec!["a/c"]), ("a", vec!["a/b"])]
        .map(|(file, to)| (name(file), to.into_iter().map(name).collect::<BTreeSet<_>>()));
    let expected: BTreeSet<Vec<String>> = [name("a/c"), name("e")].into();
    assert_eq!(cycles(&graph.into()), [expected]);
}

#[test]
fn a_module_opens_with_what_it_is_for() {
    let mut faults = Vec::new();
    for (path, _, _) in source_files() {
        if !fs::read_to_string(&path).unwrap().starts_with("//!") {
            faults.push(path.display().to_string());
        }
    }
    assert!(faults.is_empty(), "no opening comment: {}", faults.join(", "));
}

/// Returns the string literals in a file, except those in comments and in the test module.
fn literals(source: &str) -> Vec<String> {
    let strings = regex::Regex::new(r#"(?s)"(?:\\.|[^"\\])*""#).unwrap();
    let lines = source.lines().take_while(|line| !line.starts_with("#[cfg(test)]"));
    let code: Vec<&str> = lines.filter(|line| !line.trim_start().starts_with("//")).collect();
    strings.find_iter(&code.join("\n")).map(|found| found.as_str().to_owned()).collect()
}

#[test]
fn the_crates_name_no_option_or_command_of_the_program() {
    let named = regex::Regex::new(r"(?:^|[\s`(\x22])--[a-z]|`dateline\b").unwrap();
    assert!(named.is_match("\"; --allow-local fetches\"") && named.is_match("run `dateline check`"));
    assert!(!named.is_match("<!--more--> a--b <!-- c"));
    for (folder, _) in roots().into_iter().filter(|(_, layer)| layer.as_deref().is_some_and(|layer| layer != "xtask")) {
        let files = sources(&folder).into_iter().filter(|path| !path.ends_with("tests.rs"));
        for path in files {
            let found: Vec<String> =
                literals(&fs::read_to_string(&path).unwrap()).into_iter().filter(|text| named.is_match(text)).collect();
            assert_eq!(found, Vec::<String>::new(), "{}: its caller names options and commands", path.display());
        }
    }
}

#[test]
fn public_errors_may_gain_variants_and_fields() {
    let public = regex::Regex::new(r"((?:\n#\[[^\n]*)+)\npub (?:enum|struct) \w*(?:Error|Fault)(?: \{|<)").unwrap();
    let mut count = 0;
    for (path, _, code) in
        source_files().iter().filter(|(path, ..)| path.components().any(|part| part.as_os_str() == "crates"))
    {
        for found in public.captures_iter(code) {
            count += 1;
            assert!(found[1].contains("#[non_exhaustive]"), "{}: {}", path.display(), &found[0]);
        }
    }
    assert!(count > 4, "only {count} errors");
}
