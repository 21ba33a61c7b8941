//! Reads files, folders and standard input for the TUI, `extract` and `add`. Defines which files of a folder are read
//! and in what order, which are rejected, and how much is in memory at once.

mod walk;

use super::error::{Error, MAX_BYTES_READ, MAX_FILE_BYTES, reason};
use dateline_core::article::Article;
use std::fs;
use std::io::{self, Cursor, Read};
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};
pub use walk::{Listing, list};

/// Size in bytes above which a file is read separately, with its articles passed on while it is being read.
const LONG: u64 = 4 << 20;

/// Maximum total size of the files, or of the article texts, in memory at a time, in bytes.
const MAX_GROUP_BYTES: u64 = MAX_BYTES_READ as u64;

/// File to read, or standard input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Path as given by the user, or as found in a folder; `-` is standard input.
    pub path: PathBuf,
    /// Length in bytes; `None` unless the file is regular.
    pub length: Option<u64>,
}

impl File {
    /// Describes the file at a path, whether or not it exists.
    #[must_use]
    pub fn new(path: PathBuf) -> Self {
        let found = if is_stdin(&path) { None } else { fs::metadata(&path).ok() };
        Self { length: found.filter(fs::Metadata::is_file).map(|found| found.len()), path }
    }

    /// Returns whether to read the file separately: it is long, or its length is unknown.
    #[must_use]
    pub fn is_long(&self) -> bool {
        self.length.is_none_or(|length| length > LONG)
    }
}

/// Returns whether a path denotes standard input.
#[must_use]
pub fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// Splits a list into groups of adjacent items to read together. A group has at most `most` items and is limited in
/// total size. An item without a length forms its own group.
pub fn groups<T>(items: &[T], most: usize, length: impl Fn(&T) -> Option<u64>) -> Vec<&[T]> {
    let mut out = Vec::new();
    let (mut start, mut bytes) = (0, 0);
    for (at, item) in items.iter().enumerate() {
        let length = length(item).unwrap_or(MAX_GROUP_BYTES);
        if at > start && (bytes + length > MAX_GROUP_BYTES || at - start >= most) {
            out.extend(items.get(start..at));
            (start, bytes) = (at, 0);
        }
        bytes += length;
    }
    out.extend(items.get(start..).filter(|rest| !rest.is_empty()));
    out
}

/// Buffer of articles waiting to be passed on together.
#[derive(Debug)]
pub struct PendingArticles {
    articles: Vec<Article>,
    bytes: usize,
    most: usize,
}

impl PendingArticles {
    /// Creates a buffer for at most `most` articles.
    #[must_use]
    pub const fn new(most: usize) -> Self {
        Self { articles: Vec::new(), bytes: 0, most }
    }

    /// Adds an article. Returns whether the buffer is full.
    pub fn push(&mut self, article: Article) -> bool {
        self.bytes += article.text.len();
        self.articles.push(article);
        self.articles.len() >= self.most || self.bytes as u64 >= MAX_GROUP_BYTES
    }

    /// Empties the buffer and returns its articles, in order.
    pub fn take(&mut self) -> Vec<Article> {
        self.bytes = 0;
        std::mem::take(&mut self.articles)
    }
}

/// Opens a file, or standard input for `-`.
///
/// # Errors
/// Returns an error if the file cannot be opened, or if it is a folder, device, socket or named pipe. Reading one of
/// these might never finish.
pub fn open(path: &Path) -> Result<Box<dyn Read + Send>, Error> {
    if is_stdin(path) {
        return Ok(Box::new(io::stdin()));
    }
    let failed = |error: io::Error| Error::Unreadable(reason(&error));
    // Check the type first: opening a named pipe blocks until it has a writer.
    let kind = fs::metadata(path).map_err(failed)?.file_type();
    if kind.is_dir() {
        // A folder is opened only if listing it failed, so report the reason.
        return Err(failed(fs::read_dir(path).err().unwrap_or_else(|| io::ErrorKind::IsADirectory.into())));
    }
    let special = if kind.is_char_device() || kind.is_block_device() {
        Some("a device")
    } else if kind.is_socket() {
        Some("a socket")
    } else if kind.is_fifo() && !is_descriptor(path) {
        Some("a named pipe")
    } else {
        None
    };
    match special {
        Some(special) => Err(Error::Unreadable(format!("it is {special}, not a file"))),
        None => Ok(Box::new(fs::File::open(path).map_err(failed)?)),
    }
}

/// Returns whether a path refers to an open pipe, as the shell's `<(command)` does.
fn is_descriptor(path: &Path) -> bool {
    path == Path::new("/dev/stdin")
        || path
            .parent()
            .is_some_and(|folder| folder.ends_with("fd") && (folder.starts_with("/dev") || folder.starts_with("/proc")))
}

/// Content of a file: its bytes, or a stream if there are too many to hold in memory.
pub enum Content {
    /// All bytes of a file within the limit.
    Whole(Vec<u8>),
    /// Stream of a file that exceeds the limit.
    Long(Box<dyn Read + Send>),
}

/// Returns the bytes of a file or standard input. If there are more than `most`, returns a stream.
///
/// # Errors
/// Returns an error if the file cannot be opened or read.
pub fn content(file: &File, most: u64) -> Result<Content, Error> {
    let mut source = open(&file.path)?;
    if file.length.is_some_and(|length| length > most) {
        return Ok(Content::Long(source));
    }
    let mut head = Vec::new();
    let read = source.by_ref().take(most + 1).read_to_end(&mut head);
    read.map_err(|error| Error::Unreadable(reason(&error)))?;
    let long = head.len() as u64 > most;
    Ok(if long { Content::Long(Box::new(Cursor::new(head).chain(source))) } else { Content::Whole(head) })
}

/// Reads all bytes of a file.
///
/// # Errors
/// Returns an error if the file exceeds the size limit, or cannot be opened or read.
pub fn bytes(path: &Path) -> Result<Vec<u8>, Error> {
    match content(&File::new(path.to_owned()), MAX_FILE_BYTES)? {
        Content::Whole(bytes) => Ok(bytes),
        Content::Long(_) => Err(Error::TooLong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_read_together_as_far_as_memory_goes() {
        let lengths = [Some(1), Some(2), None, Some(3), Some(MAX_GROUP_BYTES - 3), Some(1), Some(1), Some(1)];
        let groups: Vec<usize> = groups(&lengths, 2, |length| *length).into_iter().map(<[_]>::len).collect();
        assert_eq!(groups, [2, 1, 2, 2, 1]);
        assert!(super::groups(&[] as &[u8], 2, |_| None).is_empty());
    }

    #[test]
    fn articles_wait_until_they_are_many_or_long() {
        let article = |length: usize| Article::verbatim("a", "x".repeat(length));
        let mut pending = PendingArticles::new(2);
        assert!(!pending.push(article(1)) && pending.push(article(1)));
        assert_eq!(pending.take().len(), 2);
        assert!(pending.take().is_empty() && pending.push(article(MAX_BYTES_READ)));
    }

    #[test]
    fn what_has_no_end_is_refused_and_an_open_pipe_is_read() {
        let refused = |path: &str| open(Path::new(path)).err().map(|error| error.to_string()).unwrap_or_default();
        assert_eq!(refused("/dev/zero"), "it is a device, not a file");
        assert_eq!(refused("/"), "it is a folder");
        assert_eq!(refused("/nowhere.txt"), "no such file");
        assert!(is_descriptor(Path::new("/dev/fd/63")) && is_descriptor(Path::new("/proc/self/fd/0")));
        assert!(!is_descriptor(Path::new("/home/fd/63")));
    }
}
