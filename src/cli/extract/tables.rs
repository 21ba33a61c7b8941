//! `extract --to parquet DIR`: writes typed tables of articles, quotes, entities, mentions, times, events and figures.

mod column;
mod schema;
mod spool;
mod writer;

use super::long_run::{Already, Inputs};
use super::{Arguments, Partitioning, WithFile};
use crate::cli::input::{Message, Outcome};
use crate::cli::library_arg::print_error;
use dateline_export::json as export;
use jiff::civil::Date;
use serde_json::{Value, json};
use spool::DaySpool;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use writer::{Partition, TableSet};

/// Value of the partition of stories without a date. It is that of Hive, which readers take for a missing value.
const UNDATED: &str = "__HIVE_DEFAULT_PARTITION__";

/// Annotates the files that the user named and writes their tables into a new folder. Returns whether every file was read.
///
/// # Errors
/// Returns an error, with the name of the folder, if it exists or cannot be written. No part of it is then left.
pub(super) fn run(arguments: &Arguments, folder: &Path) -> io::Result<bool> {
    let named = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", folder.display()));
    let inputs = Inputs::new(arguments)?;
    let unfinished = UnfinishedFolder::new(folder).map_err(named)?;
    let mut sink = Sink::new(&unfinished.path, arguments.partition).map_err(named)?;
    let (mut stories, mut numbers) = (0, Numbers::default());
    let object = |path: &Path, outcome| story(outcome, path);
    let outcome = inputs.each(arguments, Already::default(), object, |message| {
        if let Message::Ready(mut story) = message {
            stories += 1;
            let number = numbers.next(story["file"].as_str().unwrap_or_default());
            story["outlet"] = outlet(&story);
            sink.add(number, &story)?;
        }
        Ok(())
    });
    let (summary, all_ok) = outcome.map_err(named)?;
    sink.finish().and_then(|()| unfinished.publish()).map_err(named)?;
    print_error(&format!("{summary}; {} holds {stories} stories", folder.display()));
    Ok(all_ok)
}

/// Returns the JSON object of a story with the path of its file, or of a record that could not be read.
fn story(outcome: Outcome, path: &Path) -> Value {
    let path = path.to_string_lossy();
    let file = Some(path.as_ref());
    let object = match outcome {
        Outcome::Article(both) => serde_json::to_value(WithFile { object: export::article(&both.0, &both.1), file }),
        Outcome::BadRecord(id, reason, _) => Ok(json!({"id": id, "error": reason, "file": file})),
    };
    // Only a map whose keys are not strings cannot be serialised. No record has one.
    object.unwrap_or_default()
}

/// Returns the outlet of a story: its publisher or, without one, the host of its URL.
fn outlet(story: &Value) -> Value {
    let host = || {
        let url = url::Url::parse(story["url"].as_str()?).ok()?;
        url.host_str().map(|host| host.strip_prefix("www.").unwrap_or(host).to_owned())
    };
    match &story["publisher"] {
        Value::Null => json!(host()),
        publisher => publisher.clone(),
    }
}

/// Numbers of stories. They follow from the path of the file and the place of the story in it, so that the tables of
/// several runs can be read together, and a story has the same number in each.
#[derive(Default)]
struct Numbers {
    file: String,
    place: u64,
}

impl Numbers {
    /// Returns the number of the next story, which comes from `file`.
    fn next(&mut self, file: &str) -> i64 {
        if self.file != file {
            file.clone_into(&mut self.file);
            self.place = 0;
        }
        self.place += 1;
        // The FNV-1a hash of 64 bits, and the finalizer of MurmurHash3, since neighbouring places differ in one byte.
        let bytes = file.bytes().chain(self.place.to_le_bytes());
        let hash =
            bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        let hash = (hash ^ hash >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
        // Not negative, because some readers print it with its sign.
        (hash ^ hash >> 33) as i64 & i64::MAX
    }
}

/// Receiver of stories, by the way in which the tables are divided.
enum Sink {
    /// One file per table.
    Whole(TableSet),
    /// A folder per day.
    Days(PathBuf, DaySpool),
    /// A folder per file that was read, and the name and tables of the current one.
    Files(PathBuf, Option<(String, TableSet)>),
}

impl Sink {
    fn new(folder: &Path, partitioning: Option<Partitioning>) -> io::Result<Self> {
        Ok(match partitioning {
            None => Self::Whole(TableSet::create(folder, None)?),
            Some(Partitioning::Day) => Self::Days(folder.to_owned(), DaySpool::new(folder.join("spool"))?),
            Some(Partitioning::File) => Self::Files(folder.to_owned(), None),
        })
    }

    fn add(&mut self, number: i64, story: &Value) -> io::Result<()> {
        match self {
            Self::Whole(tables) => tables.add(number, story),
            Self::Days(_, spool) => {
                // A date as the name of a folder comes from an article, so it must be one.
                let day = story["published"].as_str().and_then(|published| published.get(..10)?.parse::<Date>().ok());
                let day = day.map_or_else(|| UNDATED.to_owned(), |day| day.to_string());
                spool.push(day, &format!("{number} {story}"))
            }
            Self::Files(folder, current) => {
                let file = story["file"].as_str().unwrap_or_default();
                if let Some((_, tables)) = current.take_if(|(of, _)| of != file) {
                    tables.finish()?;
                }
                if current.is_none() {
                    let partition = Partition { name: "source", value: &encoded(file) };
                    *current = Some((file.to_owned(), TableSet::create(folder, Some(&partition))?));
                }
                current.as_mut().map_or(Ok(()), |(_, tables)| tables.add(number, story))
            }
        }
    }

    fn finish(self) -> io::Result<()> {
        match self {
            Self::Whole(tables) | Self::Files(_, Some((_, tables))) => tables.finish(),
            Self::Files(_, None) => Ok(()),
            Self::Days(folder, spool) => spool.drain(
                |day| TableSet::create(&folder, Some(&Partition { name: "day", value: day })),
                |tables, line| {
                    let (number, story) = line.split_once(' ').unwrap_or_default();
                    tables.add(number.parse().unwrap_or_default(), &serde_json::from_str(story)?)
                },
                TableSet::finish,
            ),
        }
    }
}

/// Returns a path as one part of a path: all bytes but letters, digits and `.-_` are written as `%XX`, as in URLs.
fn encoded(path: &str) -> String {
    let harmless = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
    path.bytes()
        .map(|byte| if harmless(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// Folder that is not yet complete, under a temporary name. It is deleted if it is dropped before it is published.
struct UnfinishedFolder {
    to: PathBuf,
    path: PathBuf,
}

impl UnfinishedFolder {
    /// Creates a folder that will be published at `to`, which must not exist yet or be empty.
    fn new(to: &Path) -> io::Result<Self> {
        if to.symlink_metadata().is_ok() && !fs::read_dir(to).is_ok_and(|mut inside| inside.next().is_none()) {
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, "already exists; not overwritten"));
        }
        let name = to.file_name().ok_or_else(|| io::Error::other("it has no name"))?.to_string_lossy();
        // The process ID makes the temporary name unique.
        let path = to.with_file_name(format!("{name}.{}.unfinished", std::process::id()));
        fs::create_dir(&path)?;
        Ok(Self { to: to.to_owned(), path })
    }

    /// Gives the folder its final name. The system refuses to replace a folder that is not empty.
    fn publish(self) -> io::Result<()> {
        fs::rename(&self.path, &self.to)?;
        // The new name is durable only once the folder around it has been synced. Some systems cannot open a folder.
        let around = self.to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(around).map_or(Ok(()), |folder| folder.sync_all())
    }
}

impl Drop for UnfinishedFolder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_has_the_same_number_in_each_run_and_no_other_has_it() {
        let numbers = |files: &[&str]| {
            let mut numbers = Numbers::default();
            files.iter().map(|file| numbers.next(file)).collect::<Vec<_>>()
        };
        let mut first = numbers(&["a.txt", "feed.xml", "feed.xml", "feed.xml1"]);
        assert_eq!(numbers(&["feed.xml", "feed.xml"]), first[1..3]);
        assert_eq!(numbers(&["a.txt"]), [first[0]]);
        first.sort_unstable();
        first.dedup();
        assert_eq!((first.len(), first[0] >= 0), (4, true));
    }

    #[test]
    fn the_outlet_is_the_publisher_or_the_host() {
        let of = |story: Value| outlet(&story);
        assert_eq!(of(json!({"publisher": "Vale Courier", "url": "https://x.example/"})), "Vale Courier");
        assert_eq!(of(json!({"publisher": null, "url": "https://www.vale.example/1"})), "vale.example");
        assert_eq!(of(json!({"publisher": null, "url": null})), Value::Null);
    }

    #[test]
    fn a_path_becomes_one_part_of_a_path() {
        assert_eq!(encoded("in/a b=ü.txt"), "in%2Fa%20b%3D%C3%BC.txt");
    }
}
