//! Finds the Rust source files, for the tests that read them.

use std::fs;
use std::path::{Path, PathBuf};

/// Returns the paths of all Rust files under `folder`.
pub(crate) fn sources(folder: &Path) -> Vec<PathBuf> {
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
