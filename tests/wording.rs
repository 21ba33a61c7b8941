//! Checks that comments and displayed texts do not contain any wording listed in `tests/wording.toml`.

#![allow(clippy::unwrap_used, reason = "a test may fail with its input")]

mod rust_sources;

use regex::Regex;
use rust_sources::sources;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

/// Folders in which comments are checked.
const COMMENTED: &[&str] = &["src", "crates", "xtask", "tests", "benches", "fuzz"];
/// Folders in which strings are checked, since the program displays them.
const SHOWN: &[&str] = &["src", "crates"];

/// A wording that must not be used.
struct Banned {
    words: Regex,
    /// Exceptions: a match of `words` is allowed if it overlaps a match of this expression.
    except: Option<Regex>,
    instead: String,
}

impl Banned {
    fn all() -> Vec<Self> {
        let table: toml::Table = include_str!("wording.toml").parse().unwrap();
        let rows = table["banned"].as_array().unwrap();
        let text = |row: &toml::Value, key: &str| row.get(key).map(|value| value.as_str().unwrap().to_owned());
        let regex = |pattern: String| Regex::new(&format!("(?i){pattern}")).unwrap();
        rows.iter()
            .map(|row| Self {
                words: regex(text(row, "words").unwrap()),
                except: text(row, "except").map(regex),
                instead: text(row, "instead").unwrap(),
            })
            .collect()
    }

    fn find<'a>(&self, text: &'a str) -> Option<&'a str> {
        let allowed: Vec<_> = self.except.iter().flat_map(|except| except.find_iter(text)).collect();
        let inside =
            |found: &regex::Match<'_>| allowed.iter().any(|a| a.start() < found.end() && found.start() < a.end());
        self.words.find_iter(text).find(|found| !inside(found)).map(|found| found.as_str())
    }
}

/// Matches strings, and quoted examples in comments. It is compiled only once because tests run without optimisation.
static STRING: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#""((?:\\.|[^"\\])*)""#).unwrap());
static EXAMPLE: LazyLock<Regex> = LazyLock::new(|| Regex::new("`[^`]*`|“[^”]*”|\"[^\"]*\"").unwrap());

/// Splits a line of source code into its strings and its comment.
fn parts(line: &str) -> (Vec<String>, Option<String>) {
    let start =
        line.match_indices("//").map(|(at, _)| at).find(|&at| line[..at].matches('"').count().is_multiple_of(2));
    let (code, comment) = start.map_or((line, None), |at| (&line[..at], Some(&line[at..])));
    let strings = STRING.captures_iter(code).map(|found| found[1].to_owned()).collect();
    (strings, comment.map(|comment| comment.trim_start_matches(['/', '!']).trim().to_owned()))
}

/// Returns whether a string is prose. Names, patterns and word lists are not, since they have no spaces between words.
fn is_prose(string: &str) -> bool {
    let words = string.split(' ').filter(|word| word.chars().all(char::is_alphabetic) && word.len() > 1).count();
    words > 2 && !string.contains("SELECT ") && !string.contains("\\b")
}

/// Finds the texts in a file: its comments, with their lines joined, and its strings if `shown` is `true`. Strings in
/// tests are not checked, since many of them are stories.
fn texts(path: &Path, shown: bool) -> Vec<(usize, String)> {
    let source = fs::read_to_string(path).unwrap();
    let lines: Vec<&str> = source.lines().collect();
    let test_folder = path.iter().any(|part| part == "tests" || part == "benches");
    let mut in_tests = test_folder || path.ends_with("tests.rs");
    let mut out: Vec<(usize, String)> = Vec::new();
    let mut continues = false;
    for (index, line) in lines.iter().enumerate() {
        in_tests |= *line == "#[cfg(test)]" && lines.get(index + 1).is_some_and(|next| next.starts_with("mod tests {"));
        let (strings, comment) = parts(line);
        if shown && !in_tests {
            out.extend(strings.into_iter().filter(|string| is_prose(string)).map(|string| (index + 1, string)));
        }
        match (comment, out.last_mut()) {
            (Some(comment), Some((_, block))) if continues => {
                block.push(' ');
                block.push_str(&comment);
            }
            (Some(comment), _) => {
                out.push((index + 1, comment));
                continues = true;
            }
            (None, _) => continues = false,
        }
    }
    for (_, text) in &mut out {
        *text = EXAMPLE.replace_all(text, "").into_owned();
    }
    out
}

#[test]
fn comments_and_shown_texts_avoid_the_banned_words() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let banned = Banned::all();
    let mut faults = Vec::new();
    for folder in COMMENTED {
        for path in sources(&root.join(folder)) {
            for (line, text) in texts(&path, SHOWN.contains(folder)) {
                faults.extend(banned.iter().filter_map(|ban| {
                    let words = ban.find(&text)?;
                    Some(format!("{}:{line}: “{words}” ({}): {text}", path.display(), ban.instead))
                }));
            }
        }
    }
    assert!(faults.is_empty(), "{} places:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn the_check_finds_banned_words_and_spares_examples() {
    let banned = Banned::all();
    let hits = |source: &str| {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("wording_example.rs");
        fs::write(&path, source).unwrap();
        let texts = texts(&path, true);
        texts.iter().filter(|(_, text)| banned.iter().any(|ban| ban.find(text).is_some())).count()
    };
    assert_eq!(hits("/// Stands for a name.\nfn a() {}\n"), 1);
    assert_eq!(hits("/// Resolves a name that\n/// stands here.\nfn a() {}\n// It is anew.\n"), 2);
    assert_eq!(hits("/// Resolves “stands behind”, `told` and \"alone\".\n"), 0);
    assert_eq!(hits("    let url = \"https://a\"; // the file is no feed\n"), 1);
    assert_eq!(hits("// There is no feed. Otherwise it is no longer read.\n"), 0);
    assert_eq!(hits("fn a() { fail(\"this is no export of a library\") }\n"), 1);
    assert_eq!(hits("fn a() { fail(\"told\") }\n#[cfg(test)]\nmod tests {\n    say(\"She was told to go\");\n"), 0);
}
