//! Where stories come from: bundled ones, files, folders, standard input. Runs in a worker.

use super::event::Event;
use crate::ingest;
use std::fs;
use std::io::{self, Read};
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};

/// The stories that come with the program: name and bytes.
const BUNDLED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/stories.rs"));

/// Files of a folder that are looked at. A file that is named on the command line is read whatever its name.
const EXTENSIONS: &[&str] = &[
    "txt", "text", "dump", "html", "htm", "xhtml", "xml", "rss", "atom", "rdf", "opml", "nitf", "json", "jsonl",
    "ndjson", "md", "markdown", "eml", "mbox", "mht", "mhtml", "epub", "warc", "gz", "zst",
];

/// The most bytes read of one source.
const LIMIT: u64 = 256 << 20;

/// How many stories come in one event.
const BATCH: usize = 64;

/// Reads every source and tells what it finds, in order. Stops when nobody listens any more.
pub fn read_all(paths: &[PathBuf], mut tell: impl FnMut(Event) -> bool) {
    if paths.is_empty() {
        // One by one: the first is on the screen while the others are still read.
        for (name, bytes) in BUNDLED {
            if !tell(Event::Loaded(ingest::articles(name, bytes).unwrap_or_default())) {
                return;
            }
        }
    }
    let mut batch = Vec::new();
    for path in paths.iter().flat_map(|path| files(path)) {
        let mut failures = Vec::new();
        let mut listened = true;
        let read = open(&path).and_then(|source| {
            let id = if path == Path::new("-") { "standard input".into() } else { path.to_string_lossy() };
            let read = ingest::read(&id, None, source, &mut |article| {
                match article {
                    Ok(article) => batch.push(article),
                    Err(reason) => failures.push(reason.to_string()),
                }
                listened = batch.len() < BATCH || tell(Event::Loaded(std::mem::take(&mut batch)));
                listened
            });
            read.map_err(|error| error.to_string())
        });
        failures.extend(read.err());
        let name = path.to_string_lossy();
        for reason in failures {
            listened = listened
                && tell(Event::Loaded(std::mem::take(&mut batch)))
                && tell(Event::Failed(name.clone().into_owned(), reason));
        }
        if !listened {
            return;
        }
    }
    if !batch.is_empty() {
        tell(Event::Loaded(batch));
    }
    tell(Event::LoadedAll);
}

/// A file itself, or the files in a folder and in its folders, in the order of their names.
fn files(path: &Path) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path.to_owned()];
    }
    let mut found = Vec::new();
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        // A folder that cannot be listed is told like a file that cannot be read.
        let Ok(entries) = fs::read_dir(&folder) else {
            found.push(folder);
            continue;
        };
        for entry in entries.flatten() {
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            let Ok(kind) = entry.file_type() else { continue };
            let path = entry.path();
            if hidden {
                continue;
            }
            // Links to folders are not followed: they may lead round in a circle.
            if kind.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| EXTENSIONS.iter().any(|known| extension == *known)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// A file, or standard input for `-`; no more of it than the limit.
fn open(path: &Path) -> Result<Box<dyn Read>, String> {
    let source: Box<dyn Read> = if path == Path::new("-") {
        Box::new(io::stdin().lock())
    } else if path.is_dir() {
        return Err(plain(&io::ErrorKind::IsADirectory.into()));
    } else {
        let file = fs::File::open(path).map_err(|error| plain(&error))?;
        // What is typed at a terminal is for the reader; a device has no end.
        if file.metadata().is_ok_and(|data| data.file_type().is_char_device() || data.file_type().is_block_device()) {
            return Err("it is a device, not a file".to_owned());
        }
        Box::new(file)
    };
    Ok(Box::new(source.take(LIMIT)))
}

/// The bytes of a file, or of a bundled story.
pub fn bytes(name: &str) -> Result<Vec<u8>, String> {
    if let Some((_, bytes)) = BUNDLED.iter().find(|(bundled, _)| *bundled == name) {
        return Ok(bytes.to_vec());
    }
    let mut out = Vec::new();
    open(Path::new(name))?.read_to_end(&mut out).map_err(|error| plain(&error))?;
    Ok(out)
}

/// The system's reason without its number.
fn plain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission is denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(paths: &[PathBuf]) -> (usize, Vec<String>) {
        let (mut stories, mut failures) = (0, Vec::new());
        read_all(paths, |event| {
            match event {
                Event::Loaded(articles) => stories += articles.len(),
                Event::Failed(_, reason) => failures.push(reason),
                _ => {}
            }
            true
        });
        (stories, failures)
    }

    #[test]
    fn the_bundled_stories_can_all_be_read() {
        assert!(!BUNDLED.is_empty());
        for (name, bytes) in BUNDLED {
            assert!(ingest::articles(name, bytes).is_ok_and(|articles| !articles.is_empty()), "{name}");
        }
    }

    #[test]
    fn a_folder_is_read_to_its_depth_and_a_missing_file_is_told() {
        let folder = std::env::temp_dir().join(format!("dateline-source-{}", std::process::id()));
        fs::create_dir_all(folder.join("inner/.hidden")).unwrap();
        fs::write(folder.join("b.txt"), "The mill has closed.").unwrap();
        fs::write(folder.join("inner/a.txt"), "The mill will open.").unwrap();
        fs::write(folder.join("inner/.hidden/c.txt"), "No.").unwrap();
        fs::write(folder.join("picture.png"), [0, 1, 2]).unwrap();
        let device = PathBuf::from("/dev/null");
        let found = all(&[folder.clone(), folder.join("none.txt"), folder.join("picture.png"), device]);
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(found.0, 2);
        assert_eq!(
            found.1,
            ["there is no such file", "it is not text (found a zero byte)", "it is a device, not a file"]
        );
    }
}
