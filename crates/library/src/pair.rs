//! Pairing: the user's changes travel between libraries through a folder that any file synchroniser carries. Each
//! library appends its changes to a file of its own there and reads the files of the others, so that no two machines
//! ever write to one file. Libraries that have read the same changes are equal, in whatever order they have read them.

mod capture;
mod folder;
mod incoming;
mod kind;
mod log_file;
mod mark;
mod name;
mod other_file;
mod own_file;
mod register;
mod story_ref;
#[cfg(test)]
mod tests;
mod value;
mod view;
mod wire;

use super::guard::beside;
use super::{Error, Library, Result, now};
use folder::Folder;
use incoming::Applied;
use log_file::{Header, LogReader, Part, Position};
use other_file::Target;
use own_file::Fault;
use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// Outcome of pairing a library through a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Paired {
    /// Names of the other machines that have files in the folder, each once.
    pub machines: Vec<String>,
    /// Number of changes written for the others.
    pub sent: usize,
    /// Changes of the others, as counts with their nouns: "3 notes".
    pub received: Vec<String>,
    /// Number of stories that were added with their texts. They are not annotated yet.
    pub stories: usize,
    /// Number of changes that wait for stories that this library lacks, and number of these stories.
    pub waiting: (usize, usize),
    /// Files that could not be read completely, each in one sentence.
    pub faults: Vec<String>,
    /// Names of files whose ends have not been copied into the folder yet.
    pub unfinished: Vec<String>,
}

/// A folder that a library is paired through.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PairedFolder {
    /// Path of the folder.
    pub path: PathBuf,
    /// Names of the other machines that have files in the folder, each once.
    pub machines: Vec<String>,
    /// When the library was last paired through it, in Unix seconds; 0 if it never was.
    pub at: i64,
    /// Reason why that failed the last time, in one sentence; `None` if it did not.
    pub error: Option<String>,
    /// Whether the texts of marked stories are written into the folder.
    pub stories: bool,
}

impl Library {
    /// Exchanges the user's changes with the other libraries that are paired through a folder. `machine` is the name of
    /// this machine for messages on the others. `stories` sets whether the texts of marked stories are written for
    /// machines that lack them; `None` leaves it as it is.
    ///
    /// # Errors
    /// Returns an error if the folder does not exist, if another process is pairing through it, or if the library or
    /// the folder cannot be written to. Everything that was exchanged before stays, and it is safe to try again.
    pub fn pair(&mut self, folder: &Path, machine: &str, stories: Option<bool>) -> Result<Paired> {
        let path = folder::full_path(folder)?;
        let place = format!("{machine}\n{}", self.place());
        let (mut id, mut folder) = self.begin(&path, &place, stories)?;
        let mut applied = Applied::default();
        let lock = lock(&folder)?;
        if !self.verify_all(&mut folder)? {
            id = self.write(|db| folder::renew_id(db, None))?;
            folder = folder::find(&self.connection, &path)?.ok_or(Error::Packed("folder"))?;
        }
        self.catch_up(&id, &mut applied)?;
        let mut out = Paired::default();
        self.receive(&folder, &id, &mut applied, &mut out)?;
        out.sent = self.send(&mut folder, &id, machine)?;
        drop(lock);
        out.received = applied.news.iter().map(|(kind, count)| kind.counted(*count)).collect();
        out.stories = applied.stories;
        out.waiting = self.waiting()?;
        Ok(out)
    }

    /// Returns the folders that the library is paired through.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub fn paired_folders(&self) -> Result<Vec<PairedFolder>> {
        (|| {
            let db = &self.connection;
            let mut machines =
                db.prepare("SELECT DISTINCT machine FROM pair_files WHERE folder = ? ORDER BY machine")?;
            let mut statement = db.prepare("SELECT id, path, at, stories, error FROM pair_folders ORDER BY path")?;
            let mut rows = statement.query([])?;
            let mut out = Vec::new();
            while let Some(row) = rows.next()? {
                let id: i64 = row.get(0)?;
                let machines = machines.query_map([id], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
                let path: String = row.get(1)?;
                let (at, stories, error) = (row.get(2)?, row.get(3)?, row.get(4)?);
                out.push(PairedFolder { path: path.into(), machines, at, error, stories });
            }
            Ok(out)
        })()
        .map_err(|error: Error| self.with_path(error))
    }

    /// Records that the library was paired through a folder, or the reason why that failed.
    ///
    /// # Errors
    /// Returns an error if the library cannot be written to.
    pub fn pair_ended(&mut self, folder: &Path, failure: Option<&str>) -> Result<()> {
        let path = folder::full_path(folder).unwrap_or_else(|_| folder.to_string_lossy().into_owned());
        self.write(|db| folder::ended(db, &path, failure, now()))
    }

    /// Stops pairing through a folder. Its files stay. Returns whether the library was paired through it.
    ///
    /// # Errors
    /// Returns an error if the library cannot be written to.
    pub fn unpair(&mut self, folder: &Path) -> Result<bool> {
        // The folder itself may be gone.
        let path = folder::full_path(folder).unwrap_or_else(|_| folder.to_string_lossy().into_owned());
        self.write(|db| folder::remove(db, &path))
    }

    /// Returns the path of the library without links, as text; empty for a library in memory.
    fn place(&self) -> String {
        let path = self.path().map(|path| path.canonicalize().unwrap_or_else(|_| path.to_owned()));
        path.map_or_else(String::new, |path| path.to_string_lossy().into_owned())
    }

    /// Returns the ID of the library and the folder. Writes only if either is new.
    fn begin(&mut self, path: &str, place: &str, stories: Option<bool>) -> Result<(String, Folder)> {
        let db = &self.connection;
        if let (Some(id), Some(folder)) = (folder::known_id(db, place)?, folder::find(db, path)?)
            && stories.is_none_or(|stories| stories == folder.stories)
        {
            return Ok((id, folder));
        }
        self.write(|db| {
            let id = folder::library_id(db, place)?;
            Ok((id, folder::ensure(db, path, stories)?))
        })
    }

    /// Checks the library's own files. Returns whether they are still this library's files.
    fn verify_all(&mut self, folder: &mut Folder) -> Result<bool> {
        // What the user has touched gets the ID of the library at the first of its folders. If the file in another folder
        // is no longer the library's, it needs a new ID before that.
        if capture::is_touched(&self.connection)? {
            for mut other in folder::all(&self.connection)? {
                let is_there = !other.file.is_empty() && other.path.join(&other.file).exists();
                if other.id != folder.id && is_there && !self.verify(&mut other)? {
                    return Ok(false);
                }
            }
        }
        Ok(folder.file.is_empty() || self.verify(folder)?)
    }

    /// Checks the library's own file in a folder. Returns whether it is still this library's file.
    fn verify(&mut self, folder: &mut Folder) -> Result<bool> {
        let path = folder.path.join(&folder.file);
        let (fault, lines) = own_file::verify(&path, &folder.at)?;
        if fault == Fault::None {
            folder.at.lines = lines;
            return Ok(true);
        }
        if fault == Fault::Longer {
            // The program was killed after it had written these lines and before it could store that.
            let mut at = folder.at.clone();
            let mut end = LogReader::open(&path, at.clone())?;
            while let Part::Line(_) = end.next()? {}
            for register in own_file::unwritten(&self.connection, folder.id, folder.written)? {
                if let Some(line) = wire::format(&self.connection, &register)? {
                    let _ = at.line(&line);
                }
                if at.length == end.at.length && at.chain == end.at.chain {
                    folder.at = Position { lines: 0, ..at };
                    folder.written = register.id;
                    self.write(|db| folder.put(db, now()))?;
                    return Ok(true);
                }
            }
        }
        // An old copy of the library in its place lacks what the library has written since. That has to be known before
        // anything else is recorded, because a change with the same ID would count as made by one who had seen it all.
        if path.exists() && own_file::has_news(&mut self.connection, &path)? {
            return Ok(false);
        }
        // The file is written again, and it is not one of the others'.
        let name = folder.file.clone();
        self.write(|db| other_file::forget(db, folder.id, &name))?;
        folder.written = 0;
        folder.at = Position::default();
        Ok(true)
    }

    /// Records what the user has changed, and applies what has waited for stories that are there by now.
    fn catch_up(&mut self, id: &str, applied: &mut Applied) -> Result<()> {
        let waits = self.connection.prepare("SELECT 1 FROM pair_stories WHERE article_id IS NULL")?.exists([])?;
        if !capture::is_touched(&self.connection)? && !waits {
            return Ok(());
        }
        applied.add(&self.write(|db| {
            let applied = incoming::apply(db, id, &[], 0)?;
            incoming::apply_waiting(db)?;
            Ok(applied)
        })?);
        Ok(())
    }

    /// Reads the files of the others.
    fn receive(&mut self, folder: &Folder, id: &str, applied: &mut Applied, out: &mut Paired) -> Result<()> {
        let mut machines = BTreeSet::new();
        for name in log_file::names(&folder.path)? {
            if name == folder.file {
                continue;
            }
            let target = Target { library: id, folder: folder.id, path: &folder.path };
            match other_file::read(self, &target, &name) {
                Ok(read) => {
                    applied.add(&read.applied);
                    let of = if read.machine.is_empty() { String::new() } else { format!(" of {}", read.machine) };
                    out.faults.extend(read.fault.map(|fault| format!("the file {name}{of} {fault}")));
                    out.unfinished.extend(read.is_unfinished.then(|| name.clone()));
                    machines.extend(Some(read.machine).filter(|machine| !machine.is_empty()));
                }
                // The synchroniser may have removed or locked the file. The others are read anyway.
                Err(Error::File(_, error)) => out.faults.push(format!("the file {name} cannot be read: {error}")),
                Err(other) => return Err(other),
            }
        }
        out.machines = machines.into_iter().collect();
        Ok(())
    }

    /// Writes what the folder lacks to the library's own file. Returns the number of changes written.
    fn send(&mut self, folder: &mut Folder, id: &str, machine: &str) -> Result<usize> {
        if folder.stories {
            self.send_stories(id)?;
        }
        let mut is_new = folder.file.is_empty() || folder.at.length == 0;
        let mut registers = own_file::unwritten(&self.connection, folder.id, folder.written)?;
        if registers.is_empty() && !is_new {
            return Ok(0);
        }
        let sent = registers.len();
        if !is_new && folder.at.lines >= own_file::LONG {
            let all = own_file::unwritten(&self.connection, folder.id, 0)?;
            if own_file::is_mostly_superseded(folder.at.lines + sent, all.len()) {
                (is_new, registers) = (true, all);
            }
        }
        if folder.file.is_empty() {
            folder.file = log_file::name(machine, id);
        }
        let path = folder.path.join(&folder.file);
        folder.at = if is_new {
            let header = Header::new(id, machine, milliseconds());
            let _ = fs::remove_file(beside(&path, ".unfinished"));
            own_file::create(&self.connection, &path, &header, &registers)?
        } else {
            own_file::append(&self.connection, &path, &folder.at, &registers)?
        };
        if let Some(last) = registers.last() {
            folder.written = last.id;
        }
        self.write(|db| folder.put(db, now()))?;
        Ok(sent)
    }

    /// Records the texts of marked stories as changes, for machines that lack them.
    fn send_stories(&mut self, id: &str) -> Result<()> {
        let moment = milliseconds();
        if capture::stories_to_send(&self.connection)?.is_empty() {
            return Ok(());
        }
        self.write(|db| capture::capture_stories(db, id, moment))
    }

    /// Counts the changes that wait for stories, and these stories.
    fn waiting(&self) -> Result<(usize, usize)> {
        let sql = "SELECT count(*), count(DISTINCT r.story) FROM pair_registers r JOIN pair_stories s ON s.id = r.story
            WHERE s.article_id IS NULL AND r.kind <> 'story'";
        let counts = self.connection.query_row(sql, [], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))?;
        Ok((counts.0 as usize, counts.1 as usize))
    }
}

/// Locks the library's own file in a folder, so that only one process writes to it. Some network drives have no locks.
///
/// # Errors
/// Returns an error if another process has the lock.
fn lock(folder: &Folder) -> Result<Option<File>> {
    let Some(file) = Some(&folder.file).filter(|file| !file.is_empty()) else { return Ok(None) };
    let Ok(file) = File::open(folder.path.join(file)) else { return Ok(None) };
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => {
            Err(Error::Refused(format!("another Dateline is pairing through {}", folder.path.display())))
        }
        Ok(()) | Err(TryLockError::Error(_)) => Ok(Some(file)),
    }
}

/// Returns the current time in milliseconds since 1970.
fn milliseconds() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as i64)
}
