//! `extract --output FILE`: annotates any number of files into one file, so that a run that was stopped can be resumed.

use super::file_list::FileList;
use super::progress::RunProgress;
use super::result_file::{Held, ResultFile};
use super::{Arguments, Object};
use crate::cli::input::{Begun, Message, Outcome, files_at};
use crate::cli::library_arg::print_error;
use dateline_export::json::Layout;
use dateline_ingest::source::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Number of paths that are listed and read at a time.
const PATHS: usize = 256;

/// Annotates the files that `output` does not hold yet. Returns whether every file was read.
///
/// # Errors
/// Returns an error, with the name of the file, if the list cannot be read or `output` cannot be written.
pub(super) fn run(arguments: &Arguments, output: &Path) -> io::Result<bool> {
    let named = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", output.display()));
    let inputs = Inputs::new(arguments)?;
    let file = if arguments.resume { ResultFile::resume(output) } else { ResultFile::create(output) };
    let mut file = file.map_err(named)?;
    let already = Already { begun: file.begun.take(), held: std::mem::take(&mut file.held) };
    let object = |path: &Path, outcome| Object::new(outcome, Some(path.to_string_lossy().into_owned()), Layout::Line);
    let mut lines = file.lines;
    let outcome = inputs.each(arguments, already, object, |message| match message {
        Message::Ready(object) => {
            lines += 1;
            super::write_line(&mut file, &object)
        }
        _ => file.flush(),
    });
    let (summary, all_ok) = outcome
        .and_then(|outcome| file.finish().map(|()| outcome))
        .map_err(|error| named(io::Error::new(error.kind(), format!("{error}; --resume continues"))))?;
    print_error(&format!("{summary}; {} holds {lines} lines", output.display()));
    Ok(all_ok)
}

/// What an earlier run has written.
#[derive(Default)]
pub(super) struct Already {
    begun: Option<Begun>,
    held: Held,
}

/// Files to read: those that the user named, or those in a list.
pub(super) enum Inputs {
    Named(Vec<File>),
    Listed(FileList),
}

impl Inputs {
    /// Lists the files.
    ///
    /// # Errors
    /// Returns an error, with the name of the list, if it cannot be read.
    pub(super) fn new(arguments: &Arguments) -> io::Result<Self> {
        match &arguments.files_from {
            Some(path) => match FileList::read(path) {
                Ok(list) => Ok(Self::Listed(list)),
                Err(reason) => Err(io::Error::other(format!("{}: {reason}", path.display()))),
            },
            None => Ok(Self::Named(arguments.input.listed())),
        }
    }

    /// Annotates the files that no earlier run has written, and shows the progress. Passes each story, once `prepare` has
    /// run on it, and the end of each file to `sink`. Returns a summary, and whether every file was read.
    ///
    /// # Errors
    /// Returns the first error of `sink`.
    pub(super) fn each<T: Send>(
        &self,
        arguments: &Arguments,
        already: Already,
        prepare: impl Fn(&Path, Outcome) -> T + Sync,
        mut sink: impl FnMut(Message<T>) -> io::Result<()>,
    ) -> io::Result<(String, bool)> {
        let skipped = AtomicUsize::new(0);
        let mut progress = RunProgress::new(self.count(), &skipped);
        let files = self.new_files(already.held, &skipped);
        arguments.input.each_message(arguments.from, files, already.begun, prepare, |message| {
            if let Message::Fault(sentence) = message {
                progress.fail(&sentence);
                return Ok(());
            }
            if matches!(message, Message::End) {
                progress.end_file();
            }
            sink(message)
        })?;
        Ok(progress.finish())
    }

    fn count(&self) -> usize {
        match self {
            Self::Named(files) => files.len(),
            Self::Listed(list) => list.count(),
        }
    }

    /// Returns the files that are not in `held`, each once, and counts the others.
    fn new_files<'a>(
        &'a self,
        mut held: Held,
        skipped: &'a AtomicUsize,
    ) -> impl Iterator<Item = Vec<File>> + Send + 'a {
        let lists: Box<dyn Iterator<Item = Vec<File>> + Send> = match self {
            Self::Named(files) => Box::new(files.chunks(PATHS).map(<[File]>::to_vec)),
            Self::Listed(list) => {
                let mut paths = list.paths();
                let chunks = std::iter::from_fn(move || Some(paths.by_ref().take(PATHS).collect::<Vec<PathBuf>>()));
                Box::new(chunks.take_while(|chunk| !chunk.is_empty()).map(|chunk| files_at(&chunk)))
            }
        };
        lists.map(move |mut files| {
            let all = files.len();
            files.retain(|file| held.insert(&file.path.to_string_lossy()));
            skipped.fetch_add(all - files.len(), Ordering::Relaxed);
            files
        })
    }
}
