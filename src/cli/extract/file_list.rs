//! Reads the list of files given by `--files-from`.

use dateline_ingest::source;
use std::ffi::OsString;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::ffi::OsStringExt;
use std::path::{Path, PathBuf};

/// Maximum length of a path, in bytes. It is above that of all systems.
const MAX_PATH_BYTES: u64 = 64 << 10;

/// Compression level of Zstandard. Neighbouring paths differ little, so the fastest one is enough.
const LEVEL: i32 = 1;

/// List of paths. It is compressed, because the list of a corpus has millions of paths and is in memory during the whole
/// run; and it is read at once, because only its length shows how much time is left.
pub(super) struct FileList {
    /// Compressed paths, each followed by a zero byte.
    packed: Vec<u8>,
    /// Number of paths.
    count: usize,
}

impl FileList {
    /// Reads a list from a file, or from standard input for `-`. The paths are separated by line breaks, or by zero bytes
    /// if the beginning of the list contains one.
    ///
    /// # Errors
    /// Returns the reason if the list cannot be read, or if a path is longer than 64 KiB.
    pub(super) fn read(path: &Path) -> Result<Self, String> {
        let source = source::open(path).map_err(|error| error.to_string())?;
        Self::of(BufReader::new(source)).map_err(|error| error.to_string())
    }

    fn of(mut source: impl BufRead) -> io::Result<Self> {
        let separator = if source.fill_buf()?.contains(&0) { 0 } else { b'\n' };
        let mut packer = zstd::stream::write::Encoder::new(Vec::new(), LEVEL)?;
        let (mut path, mut count) = (Vec::new(), 0);
        while source.by_ref().take(MAX_PATH_BYTES).read_until(separator, &mut path)? > 0 {
            if path.len() as u64 == MAX_PATH_BYTES {
                return Err(io::Error::other("it is not a list of files"));
            }
            path.pop_if(|last| *last == separator);
            if !path.is_empty() {
                count += 1;
                path.push(0);
                packer.write_all(&path)?;
            }
            path.clear();
        }
        Ok(Self { packed: packer.finish()?, count })
    }

    /// Returns the number of paths.
    pub(super) const fn count(&self) -> usize {
        self.count
    }

    /// Returns the paths, in order. In a list, `-` is the name of a file.
    pub(super) fn paths(&self) -> impl Iterator<Item = PathBuf> + Send + '_ {
        // Unpacking from memory does not fail, because the list was packed by this process.
        let unpacked = zstd::stream::read::Decoder::with_buffer(self.packed.as_slice()).ok().map(BufReader::new);
        let paths = unpacked.into_iter().flat_map(|unpacked| unpacked.split(0)).map_while(Result::ok);
        paths.map(|path| if path == b"-" { PathBuf::from("./-") } else { OsString::from_vec(path).into() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(list: &[u8]) -> Vec<String> {
        let list = FileList::of(list).unwrap();
        let paths: Vec<String> = list.paths().map(|path| path.to_string_lossy().into_owned()).collect();
        assert_eq!(paths.len(), list.count());
        paths
    }

    #[test]
    fn paths_are_on_lines_or_before_zero_bytes() {
        assert_eq!(paths(b"a.txt\n\nb c.txt\n-"), ["a.txt", "b c.txt", "./-"]);
        assert_eq!(paths(b"a\nb.txt\0c.txt\0"), ["a\nb.txt", "c.txt"]);
        assert_eq!(paths(b""), Vec::<String>::new());
    }

    #[test]
    fn a_long_list_takes_little_memory_and_an_endless_path_is_refused() {
        let list: String = (0..100_000).map(|n| format!("/corpus/2024/05/18/story-{n:06}.txt\n")).collect();
        let read = FileList::of(list.as_bytes()).unwrap();
        assert!(read.packed.len() < list.len() / 5, "{} of {} bytes", read.packed.len(), list.len());
        assert_eq!(read.paths().last(), Some(PathBuf::from("/corpus/2024/05/18/story-099999.txt")));
        assert!(FileList::of(BufReader::new(io::repeat(b'x').take(1 << 20))).is_err());
    }
}
