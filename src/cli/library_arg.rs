//! The library used by a command.

use crate::own_names;
use clap::Args;
use dateline_core::text::clean;
use dateline_library::{Error, Library, Result};
use std::io::{self, Write};
use std::path::PathBuf;

/// The library that a command works on. The option is global, so that it is accepted before and after every command.
#[derive(Args, Debug, Default)]
pub(super) struct LibraryArg {
    /// Library file [default: `$DATELINE_LIBRARY`, or `library.db` in your data folder].
    #[arg(long, global = true, value_name = "FILE")]
    library: Option<PathBuf>,
}

impl LibraryArg {
    /// Returns whether the user named a library on the command line.
    pub(super) const fn is_named(&self) -> bool {
        self.library.is_some()
    }

    /// Returns the path of the library.
    pub(super) fn path(&self) -> PathBuf {
        let named = self.library.clone().or_else(|| std::env::var_os("DATELINE_LIBRARY").map(PathBuf::from));
        let path = named.filter(|path| !path.as_os_str().is_empty()).unwrap_or_else(|| {
            directories::ProjectDirs::from("", "", "dateline")
                .map_or_else(|| PathBuf::from("library.db"), |places| places.data_dir().join("library.db"))
        });
        if path.is_dir() { path.join("library.db") } else { path }
    }

    /// Opens the library, creating it if it does not exist.
    pub(super) fn open_or_create(&self) -> Result<Library> {
        Ok(Library::open_or_create(&self.path())?.annotated_by(own_names::version()))
    }

    /// Opens the library for writing.
    pub(super) fn open(&self) -> Result<Library> {
        Ok(Library::open(&self.path())?.annotated_by(own_names::version()))
    }

    /// Opens the library read-only. A library with an older schema is opened for writing instead, so that it can be
    /// upgraded.
    pub(super) fn read(&self) -> Result<Library> {
        let path = self.path();
        let library = match Library::open_read_only(&path) {
            Err(Error::Older(_)) => Library::open(&path),
            outcome => outcome,
        };
        Ok(library?.annotated_by(own_names::version()))
    }
}

/// Writes a one-sentence message to standard error. Ignores errors, since `eprintln!` would panic if the program at the
/// other end of a pipe has exited.
pub(super) fn print_error(words: &dyn std::fmt::Display) {
    let _ = writeln!(io::stderr(), "dateline: {}", clean(&words.to_string()));
}
