//! Watches the settings files, so that a running reader applies what the user changes in them.

use super::event::Event;
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use std::path::Path;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

/// Time for which the files must be unchanged before they are read. Editors write a file in several steps.
const DEBOUNCE: Duration = Duration::from_millis(200);

/// Starts a thread that reports changes in the configuration folder and in the folders inside it. It ends when the
/// returned watcher is dropped. Returns `None` if the folder does not exist or cannot be watched; changes then apply at
/// the next start.
pub(super) fn watch(folder: &Path, inbox: Sender<Event>) -> Option<RecommendedWatcher> {
    let (sender, changes) = channel();
    let changed = move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| !event.kind.is_access()) {
            // Ignore errors: the thread ends only together with the event loop.
            let _ = sender.send(());
        }
    };
    let mut watcher = notify::recommended_watcher(changed).ok()?;
    watcher.watch(folder, RecursiveMode::Recursive).ok()?;
    thread::spawn(move || {
        while changes.recv().is_ok() {
            loop {
                match changes.recv_timeout(DEBOUNCE) {
                    Ok(()) => {}
                    Err(RecvTimeoutError::Timeout) => break,
                    Err(RecvTimeoutError::Disconnected) => return,
                }
            }
            if inbox.send(Event::SettingsChanged).is_err() {
                return;
            }
        }
    });
    Some(watcher)
}
