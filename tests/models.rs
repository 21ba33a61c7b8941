//! Checks the trained weights. The card of each model must list the checksums of the model's files, so that nobody can
//! replace the weights without updating the card. `docs/models.md` must list the command and the input files that
//! reproduce the weights.

#![allow(clippy::unwrap_used, reason = "a test may fail with its input")]

use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Trained models: the crate, the model card and the files of each. The files are the weights and, for some models, the
/// weights that training starts from.
const MODELS: [(&str, &str, &[&str]); 7] = [
    ("analysis", "names.md", &["names.bin"]),
    ("analysis", "pos.md", &["pos.bin"]),
    ("analysis", "words.md", &["words.bin"]),
    ("analysis", "type_hints.md", &["type_hints.bin"]),
    ("analysis", "rows.md", &["rows.txt"]),
    ("ingest", "lines.md", &["lines.bin"]),
    (
        "analysis",
        "quotes.md",
        &["quotes.txt", "quotes_confidence.txt", "quotes.start.txt", "quotes_confidence.start.txt"],
    ),
];

fn folder(owner: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("crates").join(owner).join("assets/models")
}

#[test]
fn a_card_names_the_checksum_of_each_file_of_its_model() {
    for (owner, card, files) in MODELS {
        let text = fs::read_to_string(folder(owner).join(card)).unwrap();
        for file in files {
            let digest = Sha256::digest(fs::read(folder(owner).join(file)).unwrap());
            let found: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            assert!(text.contains(&found), "{card} is the card of other weights: {file} has {found}");
        }
    }
}

#[test]
fn every_file_of_the_models_has_a_card() {
    let listed: BTreeSet<String> =
        MODELS.iter().flat_map(|(_, card, files)| files.iter().chain([card])).map(ToString::to_string).collect();
    let there: BTreeSet<String> = ["analysis", "ingest"]
        .iter()
        .flat_map(|owner| fs::read_dir(folder(owner)).unwrap())
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(there, listed);
}

/// Returns the commands on a page that generate model weights or word lists, without indentation.
fn commands(page: &str) -> Vec<&str> {
    let starts = ["cargo xtask train ", "cargo xtask data words ", "cargo xtask data type_hints "];
    let makes = |line: &&str| starts.iter().any(|start| line.starts_with(start));
    page.lines().map(str::trim).filter(makes).collect()
}

/// Returns the paths of the input files in a command. `{a,b}.c` is expanded.
fn inputs(command: &str) -> Vec<String> {
    let mut inputs = Vec::new();
    let option = |word: &&str| word.starts_with("--") || word.parse::<u32>().is_ok();
    for word in command.split_whitespace().skip(4).filter(|word| !option(word)) {
        match word.split_once('{').and_then(|(start, rest)| Some((start, rest.split_once('}')?))) {
            Some((start, (names, end))) => inputs.extend(names.split(',').map(|name| format!("{start}{name}{end}"))),
            None => inputs.push(word.to_owned()),
        }
    }
    inputs
}

#[test]
fn a_card_and_the_page_of_the_models_name_the_same_command() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/models.md")).unwrap();
    for (owner, card, _) in MODELS {
        let text = fs::read_to_string(folder(owner).join(card)).unwrap();
        let command = *commands(&text).first().unwrap_or_else(|| panic!("{card} names no command"));
        assert!(
            ["train", "data"]
                .iter()
                .any(|step| command.starts_with(&format!("cargo xtask {step} {} ", card.trim_end_matches(".md")))),
            "{card}: {command}"
        );
        assert!(commands(&page).contains(&command), "docs/models.md has not the command of {card}: {command}");
    }
}

#[test]
fn every_input_of_training_is_in_the_repository_or_has_a_checksum() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/models.md")).unwrap();
    assert_eq!(inputs("cargo xtask train lines A/{b,c}.jsonl d"), ["A/b.jsonl", "A/c.jsonl", "d"]);
    for (owner, card, _) in MODELS {
        let text = fs::read_to_string(folder(owner).join(card)).unwrap();
        for input in commands(&text)
            .first()
            .filter(|command| command.starts_with("cargo xtask train"))
            .map_or_else(Vec::new, |command| inputs(command))
        {
            let name = Path::new(&input).file_name().unwrap().to_string_lossy().into_owned();
            let row = page.lines().find(|line| line.starts_with(&format!("| `{name}` |")));
            let checksum = row.is_some_and(|row| {
                row.split('`').any(|cell| cell.len() == 64 && cell.chars().all(|digit| digit.is_ascii_hexdigit()))
            });
            assert!(checksum || root.join(&input).is_dir(), "{card}: docs/models.md has no checksum of {input}");
        }
    }
}
