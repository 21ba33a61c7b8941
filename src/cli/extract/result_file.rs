//! The file that `extract --output` writes, and what it holds when a run is resumed.

use crate::cli::input::Begun;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::HashSet;
use std::fs::{File, OpenOptions, TryLockError};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, BufRead, BufReader, BufWriter, Seek, SeekFrom, Write};
use std::path::Path;

/// Beginning of each line. It shows that an incomplete line comes from a killed run.
const OPENING: &[u8] = b"{\"";

/// File of results, one JSON object per line.
pub(super) struct ResultFile {
    file: BufWriter<File>,
    /// File whose lines are the last ones. It is read again, because it may have more articles than lines.
    pub(super) begun: Option<Begun>,
    /// Files that have lines, except the last one.
    pub(super) held: Held,
    /// Number of complete lines.
    pub(super) lines: usize,
}

/// Fields of a line that say which file it comes from.
#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    file: Cow<'a, str>,
}

/// Set of files. It keeps fingerprints of their paths, 16 bytes each, because there may be millions.
#[derive(Default)]
pub(super) struct Held(HashSet<u128>);

impl Held {
    /// Adds a file. Returns whether it is new.
    pub(super) fn insert(&mut self, path: &str) -> bool {
        self.0.insert(fingerprint(path))
    }
}

/// Returns 128 bits that no other path shares, for all practical purposes.
fn fingerprint(path: &str) -> u128 {
    let half = |seed: u8| {
        let mut hasher = DefaultHasher::new();
        (seed, path).hash(&mut hasher);
        u128::from(hasher.finish())
    };
    half(0) << 64 | half(1)
}

impl ResultFile {
    /// Creates a file, which must not exist yet.
    ///
    /// # Errors
    /// Returns an error that says how to continue an existing file.
    pub(super) fn create(path: &Path) -> io::Result<Self> {
        let file = OpenOptions::new().write(true).create_new(true).open(path).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => io::Error::new(error.kind(), "file already exists; --resume continues it"),
            _ => error,
        })?;
        lock(&file)?;
        Ok(Self { file: BufWriter::new(file), begun: None, held: Held::default(), lines: 0 })
    }

    /// Opens a file that an earlier run has begun, or creates it. Removes an incomplete last line.
    ///
    /// # Errors
    /// Returns an error and leaves the file as it is if a line comes from another program, or if another run is writing
    /// the file.
    pub(super) fn resume(path: &Path) -> io::Result<Self> {
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        lock(&file)?;
        let mut held = HashSet::new();
        let mut begun: Option<Begun> = None;
        let (mut lines, mut end) = (0, 0);
        let mut source = BufReader::new(&file);
        let mut line = Vec::new();
        while source.read_until(b'\n', &mut line)? > 0 {
            let foreign = || io::Error::other(format!("line {} is not from `extract --output`", lines + 1));
            if line.last() != Some(&b'\n') {
                let shared = OPENING.len().min(line.len());
                if line[..shared] != OPENING[..shared] {
                    return Err(foreign());
                }
                break;
            }
            let Line { file } = serde_json::from_slice(&line).map_err(|_| foreign())?;
            match &mut begun {
                Some(begun) if begun.path == Path::new(file.as_ref()) => begun.articles += 1,
                _ => begun = Some(Begun { path: file.as_ref().into(), articles: 1 }),
            }
            held.insert(fingerprint(&file));
            lines += 1;
            end += line.len() as u64;
            line.clear();
        }
        if let Some(begun) = &begun {
            held.remove(&fingerprint(&begun.path.to_string_lossy()));
        }
        file.set_len(end)?;
        let mut file = BufWriter::new(file);
        file.seek(SeekFrom::Start(end))?;
        Ok(Self { file, begun, held: Held(held), lines })
    }

    /// Writes everything to the disk.
    ///
    /// # Errors
    /// Returns an error if the disk is full or fails.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.file.flush()?;
        self.file.get_ref().sync_all()
    }
}

impl Write for ResultFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Keeps other runs from writing the file until this process ends.
fn lock(file: &File) -> io::Result<()> {
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(io::Error::other("another run is writing this file")),
        // Some network file systems have no locks.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::path::PathBuf;

    fn path(name: &str, content: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("dateline-result-{name}-{}", std::process::id()));
        fs::write(&path, content).unwrap();
        path
    }

    #[test]
    fn a_line_that_was_cut_is_dropped_and_the_last_file_is_continued() {
        let whole = "{\"id\":1,\"file\":\"a\"}\n{\"id\":2,\"file\":\"b\"}\n{\"id\":3,\"file\":\"b\"}\n";
        let path = path("cut", &format!("{whole}{{\"id\":4,\"fi"));
        let mut resumed = ResultFile::resume(&path).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), whole);
        let begun = resumed.begun.take().unwrap();
        assert_eq!((begun.path.to_str(), begun.articles, resumed.lines), (Some("b"), 2, 3));
        assert!(!resumed.held.insert("a") && resumed.held.insert("b") && resumed.held.insert("c"));
        let other = ResultFile::resume(&path).err().unwrap().to_string();
        assert_eq!(other, "another run is writing this file");
        writeln!(resumed, "{{}}").unwrap();
        resumed.finish().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), format!("{whole}{{}}\n"));
        fs::remove_file(path).unwrap();
    }

    #[test]
    fn a_file_of_another_program_is_left_as_it_is() {
        for content in ["a diary", "{\"id\":1,\"file\":\"a\"}\n{\"id\":2}\n", "{\"id\":1,\"file\":\"a\"}\nnotes"] {
            let path = path("foreign", content);
            let error = ResultFile::resume(&path).err().unwrap().to_string();
            assert!(error.ends_with("is not from `extract --output`"), "{error}");
            assert_eq!(fs::read_to_string(&path).unwrap(), content);
            fs::remove_file(path).unwrap();
        }
    }
}
