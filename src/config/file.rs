//! Reads the text of a settings file. Whatever else may have its name is refused before it is opened: a pipe or a terminal
//! would be waited for, and some devices have no end.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

/// Reads a file as UTF-8 text.
///
/// # Errors
/// Returns an error if the path is not that of a file, or if the file is larger than `limit` bytes, is not UTF-8 or cannot
/// be read.
pub(crate) fn read_text(path: &Path, limit: u64) -> io::Result<String> {
    let kind = fs::metadata(path)?.file_type();
    if !kind.is_file() {
        let kind = if kind.is_dir() { "a folder" } else { "a pipe, socket or device" };
        return Err(io::Error::other(format!("not read: it is {kind}, not a file")));
    }
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(io::Error::other(format!("not read: it is larger than {} MB", limit >> 20)));
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let line = String::from_utf8_lossy(valid).matches('\n').count() + 1;
        io::Error::other(format!("line {line}: not read: the file is not UTF-8 text"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    /// Returns the reason why a path is not read as a settings file.
    fn reason(path: &Path) -> String {
        read_text(path, 1 << 20).unwrap_err().to_string()
    }

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("dateline-settings-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    #[test]
    fn what_is_not_a_file_of_text_is_refused_with_its_reason() {
        let folder = folder("kinds");
        assert_eq!(reason(&folder), "not read: it is a folder, not a file");
        assert_eq!(reason(Path::new("/dev/zero")), "not read: it is a pipe, socket or device, not a file");
        let (latin, large) = (folder.join("latin"), folder.join("large"));
        fs::write(&latin, b"mouse = true\n# caf\xe9\n").unwrap();
        assert_eq!(reason(&latin), "line 2: not read: the file is not UTF-8 text");
        fs::write(&large, vec![b'\n'; (1 << 20) + 1]).unwrap();
        assert_eq!(reason(&large), "not read: it is larger than 1 MB");
        fs::remove_dir_all(&folder).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_refused_before_it_is_opened() {
        let folder = folder("pipe");
        let pipe = folder.join("config.toml");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        assert_eq!(reason(&pipe), "not read: it is a pipe, socket or device, not a file");
        fs::remove_dir_all(&folder).unwrap();
    }
}
