//! Learnt weights: the card beside each model names the checksum of exactly these files, so that nobody replaces
//! weights and keeps a card that describes others.

#![allow(clippy::unwrap_used, reason = "a test may fail with its input")]

use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The crate that has each model, its card and its files: weights, and where training starts.
const MODELS: [(&str, &str, &[&str]); 3] = [
    ("analysis", "names.md", &["names.bin"]),
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
