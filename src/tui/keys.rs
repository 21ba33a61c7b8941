//! Thread that reads from the terminal. It sleeps between events, and pauses while another program owns the terminal.

use super::event::Event;
use super::input::Decoder;
use super::worker::guarded;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::fs::File;
use std::io::{self, IsTerminal, Read, Write, stdin};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Maximum time to wait until the thread has paused.
const PAUSE_TIMEOUT: Duration = Duration::from_secs(1);
/// Interval at which to check whether the thread has paused.
const POLL_INTERVAL: Duration = Duration::from_millis(2);

/// Guard that keeps the thread paused until it is dropped.
#[derive(Debug)]
pub(super) struct PauseGuard<'a> {
    _reading: Option<MutexGuard<'a, ()>>,
    _terminal_lent: MutexGuard<'a, ()>,
}

/// Handle of the thread that reads from the terminal.
#[derive(Clone, Debug)]
pub(super) struct Keys {
    /// Lock held while another program owns the terminal.
    terminal_lent: Arc<Mutex<()>>,
    /// Lock held by the thread while it reads.
    reading: Arc<Mutex<()>>,
    /// Socket pair that wakes the thread: it sleeps until a byte written to the first socket can be read from the
    /// second.
    alarm: Arc<(UnixStream, UnixStream)>,
}

impl Keys {
    /// Creates the handle. [`Keys::listen`] starts the thread.
    ///
    /// # Errors
    /// Returns an error if the system cannot create a socket.
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self { terminal_lent: Arc::default(), reading: Arc::default(), alarm: Arc::new(UnixStream::pair()?) })
    }

    /// Starts the thread, which sends the terminal's events to `inbox`.
    ///
    /// # Errors
    /// Returns an error if the terminal cannot be opened.
    pub(super) fn listen(&self, inbox: Sender<Event>) -> io::Result<()> {
        let (own, lost, mut terminal) = (self.clone(), inbox.clone(), terminal()?);
        guarded(lost, Event::InputLost, move || {
            let mut decoder = Decoder::default();
            loop {
                // Block while another program owns the terminal. Only the wait matters, so release the lock at once. A
                // caller that needs the terminal acquires this lock first, then waits until the current read ends.
                drop(held(&own.terminal_lent));
                let reading = held(&own.reading);
                let events = own.read(&mut terminal, &mut decoder);
                drop(reading);
                let is_lost = events.is_err();
                let mut events = events.unwrap_or_else(|_| vec![Event::InputLost]).into_iter();
                if events.any(|event| inbox.send(event).is_err()) || is_lost {
                    return;
                }
            }
        });
        Ok(())
    }

    /// Sleeps until the terminal sends bytes, an incomplete sequence times out, or the alarm wakes the thread. Returns
    /// the decoded events.
    fn read(&self, terminal: &mut File, decoder: &mut Decoder) -> io::Result<Vec<Event>> {
        let timeout = decoder.timeout().map(|timeout| Timespec {
            tv_sec: timeout.as_secs().try_into().unwrap_or_default(),
            tv_nsec: timeout.subsec_nanos().into(),
        });
        let alarm = &self.alarm.1;
        let mut watched = [PollFd::new(&*terminal, PollFlags::IN), PollFd::new(alarm, PollFlags::IN)];
        match poll(&mut watched, timeout.as_ref()) {
            Ok(0) => return Ok(decoder.flush()),
            Ok(_) => {}
            Err(rustix::io::Errno::INTR) => return Ok(Vec::new()),
            Err(error) => return Err(error.into()),
        }
        let [has_input, is_rung] = watched.map(|file| !file.revents().is_empty());
        if is_rung {
            let _ = (&self.alarm.1).read(&mut [0; 64])?;
            return Ok(Vec::new());
        }
        if !has_input {
            return Ok(Vec::new());
        }
        let mut bytes = [0; 4096];
        match terminal.read(&mut bytes) {
            Ok(0) => Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(count) => Ok(decoder.push(bytes.get(..count).unwrap_or_default())),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }

    /// Returns whether the thread is paused because another program owns the terminal.
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
            // Wake the thread, which sleeps in `poll` until an event arrives.
            let _ = (&self.alarm.0).write(&[0]);
            thread::sleep(POLL_INTERVAL);
            reading = self.reading.try_lock().ok();
        }
        PauseGuard { _terminal_lent: elsewhere, _reading: reading }
    }
}

/// Opens the terminal for reading keys: standard input or, if a story is read from there, `/dev/tty`.
fn terminal() -> io::Result<File> {
    let input = stdin();
    if input.is_terminal() { Ok(File::from(input.as_fd().try_clone_to_owned()?)) } else { File::open("/dev/tty") }
}

/// Locks a mutex, even if another thread panicked while holding it.
fn held(lock: &Mutex<()>) -> MutexGuard<'_, ()> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
