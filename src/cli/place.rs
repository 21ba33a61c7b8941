//! Which library a command works on.

use clap::Args;
use dateline_core::text::clean;
use dateline_library::{Error, Library, Result};
use std::path::PathBuf;

/// The library that a command works on.
#[derive(Args, Debug, Default)]
pub(super) struct Place {
    /// The library's file [default: `DATELINE_LIBRARY`, else `library.db` in the user's data folder].
    #[arg(long, value_name = "PATH")]
    library: Option<PathBuf>,
}

impl Place {
    /// Where the library stands.
    pub(super) fn path(&self) -> PathBuf {
        let named = self.library.clone().or_else(|| std::env::var_os("DATELINE_LIBRARY").map(PathBuf::from));
        let path = named.filter(|path| !path.as_os_str().is_empty()).unwrap_or_else(|| {
            directories::ProjectDirs::from("", "", "dateline")
                .map_or_else(|| PathBuf::from("library.db"), |places| places.data_dir().join("library.db"))
        });
        if path.is_dir() { path.join("library.db") } else { path }
    }

    /// The library, made if it is not there.
    pub(super) fn open_or_create(&self) -> Result<Library> {
        Library::open_or_create(&self.path())
    }

    /// The library, to be changed.
    pub(super) fn open(&self) -> Result<Library> {
        Library::open(&self.path())
    }

    /// The library, to be read; one of an older form is brought up to date first.
    pub(super) fn read(&self) -> Result<Library> {
        let path = self.path();
        match Library::open_read_only(&path) {
            Err(Error::Older(_)) => Library::open(&path),
            outcome => outcome,
        }
    }
}

/// One sentence on standard error.
pub(super) fn complain(words: &dyn std::fmt::Display) {
    eprintln!("dateline: {}", clean(&words.to_string()));
}
