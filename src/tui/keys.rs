//! The thread that reads from the terminal. It sleeps between events, and pauses while another program owns the
//! terminal.

use super::event::{Event, Mouse};
use super::worker::guarded;
use ratatui::crossterm::event::{self, KeyEventKind, MouseButton, MouseEventKind};
use ratatui::layout::Size;
use rustix::process::{Signal, getpid, kill_process};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Maximum time to wait for the thread to pause.
const PAUSE_TIMEOUT: Duration = Duration::from_secs(1);
/// Interval between checks for whether the thread has paused.
const POLL_INTERVAL: Duration = Duration::from_millis(2);

/// Guard that pauses the thread while it is held.
#[derive(Debug)]
pub(super) struct PauseGuard<'a> {
    _reading: Option<MutexGuard<'a, ()>>,
    _terminal_lent: MutexGuard<'a, ()>,
}

/// Handle of the thread.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys {
    /// Held while another program owns the terminal.
    terminal_lent: Arc<Mutex<()>>,
    /// Held by the thread while it reads.
    reading: Arc<Mutex<()>>,
}

impl Keys {
    /// Spawns the thread, which sends the terminal's events.
    pub(super) fn listen(&self, inbox: Sender<Event>) {
        let (own, lost) = (self.clone(), inbox.clone());
        guarded(lost, Event::InputLost, move || {
            loop {
                // Released immediately: a caller that needs the terminal acquires this lock first, then waits until the
                // current read ends.
                drop(held(&own.terminal_lent));
                let reading = held(&own.reading);
                let happened = match event::read() {
                    Ok(happened) => translate(happened),
                    Err(_) => Some(Event::InputLost),
                };
                drop(reading);
                let lost = matches!(happened, Some(Event::InputLost));
                if happened.is_some_and(|happened| inbox.send(happened).is_err()) || lost {
                    return;
                }
            }
        });
    }

    /// Returns whether another program owns the terminal.
    #[must_use]
    pub(super) fn is_paused(&self) -> bool {
        self.terminal_lent.try_lock().is_err()
    }

    /// Pauses the thread until the returned guard is dropped.
    #[must_use]
    pub(super) fn pause(&self) -> PauseGuard<'_> {
        let elsewhere = held(&self.terminal_lent);
        let start = Instant::now();
        let mut reading = self.reading.try_lock().ok();
        while reading.is_none() && start.elapsed() < PAUSE_TIMEOUT {
            // The thread is blocked in a system call until an event arrives, so a fake resize signal wakes it.
            let _ = kill_process(getpid(), Signal::WINCH);
            thread::sleep(POLL_INTERVAL);
            reading = self.reading.try_lock().ok();
        }
        PauseGuard { _terminal_lent: elsewhere, _reading: reading }
    }
}

/// Locks a mutex even if another thread panicked while holding it.
fn held(lock: &Mutex<()>) -> MutexGuard<'_, ()> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Translates a terminal event; returns `None` for events that the TUI does not handle.
fn translate(happened: event::Event) -> Option<Event> {
    match happened {
        event::Event::Key(key) if key.kind != KeyEventKind::Release => Some(Event::Key(key.into())),
        event::Event::Paste(text) => Some(Event::Paste(text)),
        event::Event::Resize(width, height) => Some(Event::Resize(Size { width, height })),
        event::Event::Mouse(mouse) => {
            let what = match mouse.kind {
                MouseEventKind::Down(MouseButton::Left) => Mouse::Click,
                MouseEventKind::Drag(MouseButton::Left) => Mouse::Drag,
                MouseEventKind::Up(MouseButton::Left) => Mouse::Release,
                MouseEventKind::ScrollDown => Mouse::WheelDown,
                MouseEventKind::ScrollUp => Mouse::WheelUp,
                _ => return None,
            };
            Some(Event::Mouse(what, mouse.column, mouse.row))
        }
        _ => None,
    }
}
