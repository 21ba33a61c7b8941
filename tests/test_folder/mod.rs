//! A test's own folder with a library, and the program run on it.

use std::path::PathBuf;
use std::process::{Command, Output};

/// A test's folder, deleted when dropped.
pub(crate) struct TestFolder(pub PathBuf);

impl TestFolder {
    /// Creates an empty folder, named after its test so that a leftover folder can be traced.
    pub(crate) fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("dateline-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    /// Runs the program on this library.
    pub(crate) fn dateline(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_dateline"))
            .args(arguments)
            .env("DATELINE_LIBRARY", self.0.join("library.db"))
            .output()
            .unwrap()
    }
}

impl Drop for TestFolder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

/// Returns the standard output as text.
pub(crate) fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Returns the standard error as text.
pub(crate) fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}
