//! Worker threads, which read the sources and analyse stories.

use super::effect::Effect;
use super::event::Event;
use super::pipe::{self, PipeJob, PipeOutput};
use super::session_sources::SessionSources;
use super::source;
use crate::own_names;
use dateline_ingest as ingest;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, LazyLock};
use std::thread;
use std::time::Duration;

/// Source name of pasted text.
const PASTED: &str = "pasted text";

/// Reads the sources on a separate thread and sends their stories. Stops early if `stop` is set.
pub(super) fn load(paths: Vec<PathBuf>, session_sources: SessionSources, stop: Arc<AtomicBool>, inbox: Sender<Event>) {
    let failure = Event::Failed("A source".to_owned(), "internal error while reading it".to_owned());
    let lost = inbox.clone();
    guarded(lost, failure, move || {
        source::read_all(&paths, &session_sources, |event| inbox.send(event).is_ok() && !stop.load(Ordering::Relaxed));
        // Send this even if reading was stopped: nothing more will be loaded.
        let _ = inbox.send(Event::LoadedAll);
    });
}

/// Sends a reminder, such as to fetch feeds: one now, then one every `minutes` minutes. If `minutes` is 0, sends none.
pub(super) fn remind(minutes: u32, reminder: fn() -> Event, inbox: Sender<Event>) {
    if minutes > 0 {
        let pause = Duration::from_secs(u64::from(minutes) * 60);
        thread::spawn(move || {
            while inbox.send(reminder()).is_ok() {
                thread::sleep(pause);
            }
        });
    }
}

/// Reads pasted text as articles, on a separate thread.
pub(super) fn read_text(text: String, session_sources: SessionSources, inbox: Sender<Event>) {
    let failed = |reason: String| Event::Failed("The pasted text".to_owned(), reason);
    let failure = failed("internal error while reading it".to_owned());
    let lost = inbox.clone();
    guarded(lost, failure, move || {
        session_sources.hold(PASTED, text.as_bytes());
        let read = ingest::articles(PASTED, text.as_bytes());
        // Ignore errors: sending fails only if the event loop has ended.
        let _ = inbox.send(read.map_or_else(|error| failed(error.to_string()), Event::Pasted));
    });
}

/// Rereads the file of a story in another encoding, on a separate thread.
pub(super) fn reread(story: usize, source: String, encoding: &'static str, inbox: Sender<Event>) {
    let lost = inbox.clone();
    let failure = Event::Notice("Internal error while reopening the story in another encoding".to_owned());
    guarded(lost, failure, move || {
        let read = source::bytes(&source).and_then(|bytes| ingest::articles_in(encoding, &source, &bytes));
        let article = read.map(|articles| articles.into_iter().find(|article| article.id == source));
        let event = match article {
            Ok(Some(article)) => Event::Reread(story, Box::new(article)),
            Ok(None) => Event::Notice("Cannot reopen one story of a file that contains several".to_owned()),
            Err(error) => Event::Notice(format!("Cannot read the story as {encoding}: {error}")),
        };
        // Ignore errors: sending fails only if the event loop has ended.
        let _ = inbox.send(event);
    });
}

/// Runs a command with text piped to it, and sends the command's output.
pub(super) fn pipe(job: PipeJob, inbox: Sender<Event>) {
    let failed = |reason: String| PipeOutput { failure: Some(reason), ..PipeOutput::default() };
    let lost = Event::Piped(job.command.clone(), failed("internal error".to_owned()));
    guarded(inbox.clone(), lost, move || {
        let output = pipe::captured(&job);
        let output =
            output.unwrap_or_else(|error| failed(format!("the shell could not be started: {error}; set $SHELL")));
        // Ignore errors: sending fails only if the event loop has ended.
        let _ = inbox.send(Event::Piped(job.command, output));
    });
}

/// Runs `work` on a separate thread. If it panics, sends the event `fault`, since nothing else would report the panic.
pub(super) fn guarded(inbox: Sender<Event>, fault: Event, work: impl FnOnce() + Send + 'static) {
    thread::spawn(move || {
        if catch_unwind(AssertUnwindSafe(work)).is_err() {
            // Ignore errors: sending fails only if the event loop has ended.
            let _ = inbox.send(fault);
            let _ = inbox.send(Event::LoadedAll);
        }
    });
}

/// Starts the analysis thread. Returns the sender for its requests.
pub(super) fn analyse(inbox: Sender<Event>) -> Sender<Effect> {
    let (requests, mailbox) = channel();
    thread::spawn(move || serve(&mailbox, &inbox));
    requests
}

/// Serves requests, latest first, because the latest is for the story that the user is looking at. The analyser is
/// loaded at the first request. Library stories already have annotations, so loading the analyser earlier would only
/// delay the first frame.
fn serve(mailbox: &Receiver<Effect>, inbox: &Sender<Event>) {
    let analyzer = LazyLock::new(own_names::analyzer);
    let mut waiting: Vec<Effect> = Vec::new();
    loop {
        if waiting.is_empty() {
            match mailbox.recv() {
                Ok(request) => waiting.push(request),
                Err(_) => return,
            }
        }
        waiting.extend(mailbox.try_iter());
        let Some(Effect::Analyse { story, generation, article, options }) = waiting.pop() else { continue };
        // If the analyser panics, only the panels of this story stay empty.
        let analysis = catch_unwind(AssertUnwindSafe(|| analyzer.analyze(&article, &options))).ok().map(Box::new);
        if inbox.send(Event::Analysed { story, generation, analysis }).is_err() {
            return;
        }
    }
}
