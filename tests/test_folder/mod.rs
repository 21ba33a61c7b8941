//! A folder for a single test, with a library, and helpers that run the program on that library.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Path of a folder for a single test, which is deleted on drop.
pub(crate) struct TestFolder(pub PathBuf);

impl TestFolder {
    /// Creates an empty folder named after the test, so that a leftover folder can be traced to its test.
    pub(crate) fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("dateline-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    /// Runs the program on the library in this folder, without settings files.
    pub(crate) fn dateline(&self, arguments: &[&str]) -> Output {
        self.dateline_with_settings("/nonexistent".as_ref(), arguments)
    }

    /// Runs the program on the library in this folder, with the settings files in `dateline` inside a folder.
    pub(crate) fn dateline_with_settings(&self, folder: &Path, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_dateline"))
            .args(arguments)
            .env("DATELINE_LIBRARY", self.0.join("library.db"))
            .env("XDG_CONFIG_HOME", folder)
            .output()
            .unwrap()
    }
}

impl Drop for TestFolder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

/// Returns the standard output of the program as text.
pub(crate) fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Returns the standard error of the program as text.
pub(crate) fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}
