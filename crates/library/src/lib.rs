//! The library: all stored articles in one SQLite file, with their sources and annotations, the user's changes to them,
//! and the indices for finding them. This crate depends on articles and annotations, but not on screens, the command
//! line or the web.
//!
//! A [`Library`] is one connection. Open one per thread: any number can read while one writes. A connection that waits
//! for another writer fails after five seconds with an error that names that writer. When a function returns, its
//! changes are durable.
//!
//! ```
//! # use dateline_analysis::Analyzer;
//! # use dateline_core::article::Article;
//! # use dateline_library::{Incoming, Library};
//! let mut library = Library::open_in_memory()?;
//! let article = Article::verbatim("a", "The bridge opened on 3 May 2024, the mayor said.");
//! let analysis = Analyzer::bundled().analyze(&article, &Default::default());
//! let outcomes = library.add(&[Incoming::new(article, analysis, "notes.txt").prepare()?])?;
//! let stored = library.article(outcomes[0].id)?;
//! assert!(stored.article.text.starts_with("The bridge"));
//! # Ok::<(), dateline_library::Error>(())
//! ```

mod anchor;
mod annotate;
mod annotation_store;
mod backup;
mod check;
mod cluster;
mod cluster_merge;
mod codec;
mod conflict;
mod corrections;
mod counters;
mod day_number;
mod document;
mod dump;
mod edit;
mod entity_merge;
mod entity_queries;
mod error;
mod feeds;
mod fts_token;
mod guard;
mod highlight;
mod identity;
mod import;
mod incoming;
mod index;
mod journal;
mod keep;
mod matching;
mod migrate;
mod notebook;
mod pair;
mod present;
mod profile;
mod publication;
pub mod query;
mod read;
mod related_quotes;
mod renew;
mod rescue;
mod row;
mod search;
mod search_field;
mod searches;
mod split;
mod state;
mod store;
mod suggestion;
mod sync;
#[cfg(test)]
mod testing;
pub mod training;
mod unfinished;
mod usual_type;
mod version;

pub use anchor::Anchor;
pub use check::Report;
pub use cluster::{Cluster, Gather, Member};
pub use document::{Document, ItemName, Unique};
pub use dump::{Completeness, Imported};
pub use edit::Flag;
pub use entity_queries::{DatedEvent, EntitySummary, Passage, SpeakerQuote, StoryMention};
pub use error::Error;
pub use feeds::{Feed, FeedChange, Fetched};
pub use highlight::Highlight;
pub use identity::canonical_url;
pub use import::{Importer, Progress, Summary};
pub use incoming::{Incoming, Prepared, Raw, SharedSource};
pub use journal::{By, Direction, JournalEntry, Origin, Replayed};
pub use pair::{Paired, PairedFolder};
pub use profile::Profile;
pub use read::Stored;
pub use related_quotes::RelatedQuotes;
pub use renew::{OutdatedWalk, Reannotated};
pub use rescue::Rescued;
pub use row::{List, StoryRow};
pub use search::{Count, EmptyResult, Order};
pub use split::{Joined, Split};
pub use state::Change;
pub use store::{Added, Outcome};
pub use suggestion::Suggestion;
pub use sync::{LabelChange, LocalFeed, PendingStates, RemoteEntry, RemoteFeed, SyncCounts, SyncServer};
pub use unfinished::write_new_file;
pub use version::{Difference, Version, differences};

use dateline_analysis::VERSION;
use guard::open_file::OpenFile;
use journal::Session;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// Result of a library operation, with the library's own error type.
pub type Result<T> = std::result::Result<T, Error>;

/// A connection to a library.
#[derive(Debug)]
pub struct Library {
    // Is dropped before `_file`.
    connection: Connection,
    /// The open file; `None` if the library is in memory.
    _file: Option<OpenFile>,
    path: Option<PathBuf>,
    session: Session,
    /// Version of the annotations that are up to date.
    analyser: u32,
    /// Which stories are shown as one cluster.
    gather: Gather,
}

impl Library {
    /// Opens a library for reading and writing. A library with an older schema is migrated. During the migration, a
    /// copy of the old file is kept beside the library.
    ///
    /// # Errors
    /// Returns an error if the file does not exist, is not a library, comes from a newer program or is damaged, or if
    /// there is not enough space for the copy. The file is then left unchanged.
    pub fn open(path: &Path) -> Result<Self> {
        Self::finish(guard::open(path, guard::Access::Write)?, path)
    }

    /// Opens a library, or creates an empty one if the file does not exist.
    ///
    /// # Errors
    /// Returns an error as [`Library::open`] does, and if the file or its folder cannot be created.
    pub fn open_or_create(path: &Path) -> Result<Self> {
        Self::finish(guard::open(path, guard::Access::Create)?, path)
    }

    /// Opens a library for reading only. Nothing is written, so a library with an older schema is not migrated.
    ///
    /// # Errors
    /// Returns an error as [`Library::open`] does, and if the library has an older schema.
    pub fn open_read_only(path: &Path) -> Result<Self> {
        let (file, connection) = guard::open(path, guard::Access::Read)?;
        migrate::demand_current(&connection, path)?;
        Ok(Self {
            connection,
            _file: Some(file),
            path: Some(path.to_owned()),
            session: Session::new(Origin::CommandLine),
            analyser: VERSION,
            gather: Gather::default(),
        })
    }

    /// Creates an empty library in memory. It is lost when the connection is closed.
    ///
    /// # Errors
    /// Returns an error if SQLite runs out of memory.
    pub fn open_in_memory() -> Result<Self> {
        let mut connection = Connection::open_in_memory()?;
        guard::configure(&connection)?;
        migrate::migrate(&mut connection, Path::new(":memory:"))?;
        Ok(Self {
            connection,
            _file: None,
            path: None,
            session: Session::new(Origin::CommandLine),
            analyser: VERSION,
            gather: Gather::default(),
        })
    }

    fn finish((file, mut connection): (OpenFile, Connection), path: &Path) -> Result<Self> {
        migrate::migrate(&mut connection, path).map_err(|error| error.at(path))?;
        Ok(Self {
            connection,
            _file: Some(file),
            path: Some(path.to_owned()),
            session: Session::new(Origin::CommandLine),
            analyser: VERSION,
            gather: Gather::default(),
        })
    }

    /// Returns the path of the library file; `None` if the library is in memory.
    #[must_use]
    pub(crate) fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Returns the SQLite connection, for the modules of this crate.
    pub(crate) const fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Runs several reads in one snapshot. Without it, another connection could replace texts or annotations between
    /// two reads, while rows already read still refer to the old ones.
    pub(crate) fn snapshot<T>(&self, read: impl FnOnce() -> Result<T>) -> Result<T> {
        let transaction = self.connection.unchecked_transaction().map_err(|error| self.with_path(error))?;
        let out = read()?;
        transaction.commit().map_err(|error| self.with_path(error))?;
        Ok(out)
    }

    /// Adds the library's path to an error. If another process holds the lock, its name is added as well.
    pub(crate) fn with_path(&self, error: impl Into<Error>) -> Error {
        let error = error.into();
        match &self.path {
            Some(path) => error.at(path),
            None => error,
        }
    }
}

/// Returns the current time in Unix seconds.
#[must_use]
pub(crate) fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() as i64)
}
