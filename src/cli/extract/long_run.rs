//! `extract --output FILE`: annotates any number of files into one file, so that a run that was stopped can be resumed.

use super::file_list::FileList;
use super::progress::RunProgress;
use super::result_file::{Held, ResultFile};
use super::{Arguments, Object};
use crate::cli::input::{Message, files_at};
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
    let list = Inputs::new(arguments)?;
    let mut file =
        if arguments.resume { ResultFile::resume(output) } else { ResultFile::create(output) }.map_err(named)?;
    let (begun, held, lines) = (file.begun.take(), std::mem::take(&mut file.held), file.lines);
    let skipped = AtomicUsize::new(0);
    let mut progress = RunProgress::new(list.count(), &skipped);
    let lists = list.new_files(held, &skipped);
    let object = |path: &Path, outcome| Object::new(outcome, Some(path.to_string_lossy().into_owned()), Layout::Line);
    let mut stories = 0;
    arguments
        .input
        .each_message(arguments.from, lists, begun, object, |message| {
            match message {
                Message::Ready(object) => {
                    stories += 1;
                    super::write_line(&mut file, &object)?;
                }
                Message::Fault(sentence) => progress.fail(&sentence),
                Message::End => {
                    file.flush()?;
                    progress.end_file();
                }
            }
            Ok(())
        })
        .and_then(|()| file.finish())
        .map_err(|error| named(io::Error::new(error.kind(), format!("{error}; --resume continues"))))?;
    let (summary, all_ok) = progress.finish();
    print_error(&format!("{summary}; {} holds {} lines", output.display(), lines + stories));
    Ok(all_ok)
}

/// Files to read: those that the user named, or those in a list.
enum Inputs {
    Named(Vec<File>),
    Listed(FileList),
}

impl Inputs {
    fn new(arguments: &Arguments) -> io::Result<Self> {
        match &arguments.files_from {
            Some(path) => match FileList::read(path) {
                Ok(list) => Ok(Self::Listed(list)),
                Err(reason) => Err(io::Error::other(format!("{}: {reason}", path.display()))),
            },
            None => Ok(Self::Named(arguments.input.listed())),
        }
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
