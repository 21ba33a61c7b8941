//! A program in a pseudo-terminal, and its screen as rendered by a terminal emulator.

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::fs::{Mode, OFlags};
use rustix::process::{Pid, Signal, kill_process};
use std::io::{Read, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Maximum time to wait for a certain screen before a test fails. It is long, since test machines can be slow.
const TIMEOUT: Duration = Duration::from_secs(20);
/// Interval between checks of the screen.
const POLL_INTERVAL: Duration = Duration::from_millis(10);

/// Time without output after which a program has reacted to a key. It exceeds the time for which panes wait to follow.
const QUIET: Duration = Duration::from_millis(250);

/// A running program and its emulated screen.
pub(crate) struct Program {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    screen: Arc<Mutex<(vt100::Parser, Vec<u8>)>>,
    reading: Option<JoinHandle<()>>,
    closing: Arc<AtomicBool>,
}

impl Program {
    /// Starts the TUI with these paths and environment variables, isolated from the user's own settings.
    pub(crate) fn start(width: u16, height: u16, paths: &[&str], variables: &[(&str, &str)]) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_dateline"));
        command.args(paths);
        Self::spawn(width, height, command, variables)
    }

    /// Runs a command line in a shell.
    pub(crate) fn start_shell(width: u16, height: u16, line: &str) -> Self {
        let mut command = CommandBuilder::new("sh");
        command.args(["-c", line]);
        Self::spawn(width, height, command, &[])
    }

    /// Runs this test binary again with a filter that selects only the test that panics in raw mode.
    pub(crate) fn start_panicking() -> Self {
        let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
        command.args(["--exact", "panics_in_a_terminal", "--nocapture", "--test-threads=1"]);
        Self::spawn(80, 24, command, &[("DATELINE_TEST_PANIC", "1"), ("RUST_BACKTRACE", "0")])
    }

    fn spawn(width: u16, height: u16, mut command: CommandBuilder, variables: &[(&str, &str)]) -> Self {
        let size = PtySize { rows: height, cols: width, ..PtySize::default() };
        let pair = native_pty_system().openpty(size).unwrap();
        command.env("TERM", "xterm-256color");
        command.env("XDG_CONFIG_HOME", "/nonexistent");
        // Nobody can create a folder at this path, not even root in a container.
        command.env("XDG_STATE_HOME", "/dev/null/state");
        command.env("DATELINE_LIBRARY", "/dev/null/library.db");
        command.env_remove("NO_COLOR");
        for (name, value) in variables {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        let keys = pair.master.take_writer().unwrap();
        let mut output = pair.master.try_clone_reader().unwrap();
        let screen = Arc::new(Mutex::new((vt100::Parser::new(height, width, 0), Vec::new())));
        let shared = screen.clone();
        let closing = Arc::new(AtomicBool::new(false));
        let closed = closing.clone();
        let reading = thread::spawn(move || {
            let mut bytes = [0; 1 << 14];
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                let mut screen = shared.lock().unwrap();
                screen.0.process(&bytes[..count]);
                screen.1.extend_from_slice(&bytes[..count]);
                if closed.load(Ordering::Relaxed) {
                    return;
                }
            }
        });
        Self { child, master: pair.master, keys, screen, reading: Some(reading), closing }
    }

    /// Sends the bytes that a terminal sends when keys are pressed.
    pub(crate) fn press(&mut self, keys: &str) -> &mut Self {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
        self.until_read();
        // An Escape followed by another key within 30 ms is a different key. Other keys need no pause, but a user makes one.
        thread::sleep(Duration::from_millis(if keys.ends_with('\x1b') { 100 } else { 20 }));
        self
    }

    /// Waits until the program has read all keys. On a busy machine it may be late, and would read an Escape together with
    /// the next key. A program that does not read its keys is left to the check that follows.
    fn until_read(&self) {
        let start = Instant::now();
        let Some(name) = self.master.tty_name() else { return };
        while start.elapsed() < TIMEOUT / 4 {
            // Opened each time, because a terminal that stays open does not hang up.
            let flags = OFlags::RDWR | OFlags::NOCTTY;
            let unread = rustix::fs::open(&name, flags, Mode::empty()).and_then(rustix::io::ioctl_fionread);
            if unread.is_ok_and(|unread| unread == 0) {
                return;
            }
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// Resizes the terminal and waits a moment for the effect.
    pub(crate) fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.screen.lock().unwrap().0.screen_mut().set_size(height, width);
        self.master.resize(PtySize { rows: height, cols: width, ..PtySize::default() }).unwrap();
        thread::sleep(Duration::from_millis(60));
        self
    }

    fn until(&self, what: &str, holds: impl Fn(&vt100::Screen, &[u8]) -> bool) {
        let start = Instant::now();
        loop {
            let screen = self.screen.lock().unwrap();
            if holds(screen.0.screen(), &screen.1) {
                return;
            }
            assert!(start.elapsed() < TIMEOUT, "{what}:\n{}", screen.0.screen().contents());
            drop(screen);
            thread::sleep(POLL_INTERVAL);
        }
    }

    /// Waits until `words` appear on the screen.
    pub(crate) fn expect(&mut self, words: &str) -> &mut Self {
        self.until(&format!("“{words}” never came"), |screen, _| screen.contents().contains(words));
        self
    }

    /// Waits until `words` are no longer on the screen.
    pub(crate) fn expect_gone(&mut self, words: &str) -> &mut Self {
        self.until(&format!("“{words}” never went"), |screen, _| !screen.contents().contains(words));
        self
    }

    /// Waits until the program has written `words`, even if they are no longer on the screen.
    pub(crate) fn expect_output(&mut self, words: &str) {
        self.until(&format!("“{words}” was never written"), |_, output| {
            String::from_utf8_lossy(output).contains(words)
        });
    }

    /// Waits until the program exits, and checks its exit status.
    pub(crate) fn expect_end(&mut self, status: u32) {
        let start = Instant::now();
        loop {
            if let Some(end) = self.child.try_wait().unwrap() {
                assert_eq!(end.exit_code(), status);
                return;
            }
            assert!(start.elapsed() < TIMEOUT, "it never ended");
            thread::sleep(POLL_INTERVAL);
        }
    }

    /// Checks that the terminal has been restored: main screen, visible cursor, no mouse reporting, no bracketed paste.
    pub(crate) fn expect_restored(&mut self) {
        self.until("the terminal was not given back", |screen, _| {
            !screen.alternate_screen()
                && !screen.hide_cursor()
                && !screen.bracketed_paste()
                && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
        });
    }

    /// Waits until the row of the terminal's cursor begins with `words` from the cursor on.
    pub(crate) fn expect_cursor_at(&mut self, words: &str) -> &mut Self {
        self.until(&format!("the cursor was never at “{words}”"), |screen, _| {
            from_cursor(screen).starts_with(words)
        });
        self
    }

    /// Waits until the program has reacted to the last key. Checks the row of the terminal's cursor, from the cursor on.
    pub(crate) fn expect_cursor(&mut self, what: &str, is_right: impl Fn(&str) -> bool) -> &mut Self {
        self.settle();
        let shown = self.screen.lock().unwrap();
        let (screen, row) = (shown.0.screen(), from_cursor(shown.0.screen()));
        let at = screen.cursor_position();
        assert!(is_right(&row), "{what}: the cursor is at “{row}”, {at:?} in\n{}", screen.contents());
        drop(shown);
        self
    }

    /// Returns whether the terminal's cursor is visible.
    pub(crate) fn shows_cursor(&self) -> bool {
        !self.screen.lock().unwrap().0.screen().hide_cursor()
    }

    /// Returns the columns of all cells that contain exactly this symbol, by row.
    pub(crate) fn columns_of(&self, sign: &str) -> Vec<Vec<u16>> {
        let screen = self.screen.lock().unwrap();
        let screen = screen.0.screen();
        let (height, width) = screen.size();
        let shows = |row, column| screen.cell(row, column).is_some_and(|cell| cell.contents() == sign);
        (0..height).map(|row| (0..width).filter(|&column| shows(row, column)).collect()).collect()
    }

    /// Returns the number of bytes that the program has written so far.
    pub(crate) fn output_length(&self) -> usize {
        self.screen.lock().unwrap().1.len()
    }

    /// Waits until the program has written nothing for a while.
    pub(crate) fn settle(&mut self) -> &mut Self {
        let start = Instant::now();
        let (mut length, mut changed) = (self.output_length(), Instant::now());
        while changed.elapsed() < QUIET && start.elapsed() < TIMEOUT {
            thread::sleep(POLL_INTERVAL);
            if self.output_length() != length {
                (length, changed) = (self.output_length(), Instant::now());
            }
        }
        self
    }

    /// Returns whether the program has ever written a colour escape sequence.
    pub(crate) fn coloured(&self) -> bool {
        let screen = self.screen.lock().unwrap();
        let output = String::from_utf8_lossy(&screen.1).into_owned();
        output.split("\x1b[").skip(1).any(|part| {
            let Some((numbers, _)) = part.split_once('m') else { return false };
            let style = numbers.bytes().all(|byte| byte.is_ascii_digit() || byte == b';');
            style
                && numbers.split(';').any(|number| {
                    number.parse().is_ok_and(|number: u16| (30..=38).contains(&number) || (40..=48).contains(&number))
                })
        })
    }

    /// Returns the CPU time used so far by the program, in clock ticks (hundredths of a second).
    pub(crate) fn ticks(&self) -> u64 {
        [self.id(), self.reader()].into_iter().map(ticks).sum()
    }

    /// Waits for a second in which the program uses at most one clock tick of CPU time.
    pub(crate) fn expect_idle(&self) {
        let second = || {
            let before = self.ticks();
            thread::sleep(Duration::from_secs(1));
            self.ticks() - before
        };
        assert!((0..20).any(|_| second() <= 1), "it goes on working while nothing happens");
    }

    /// Presses keys repeatedly until `words` appear on the screen because the result may not have been computed yet.
    pub(crate) fn press_until(&mut self, keys: &str, words: &str) -> &mut Self {
        let start = Instant::now();
        while start.elapsed() < TIMEOUT && !self.screen.lock().unwrap().0.screen().contents().contains(words) {
            self.press(keys);
            for _ in 0..100 {
                if self.screen.lock().unwrap().0.screen().contents().contains(words) {
                    return self;
                }
                thread::sleep(POLL_INTERVAL);
            }
        }
        self.expect(words)
    }

    /// Returns the process ID of the started program.
    fn id(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Returns the process ID of the program's child, which runs the TUI.
    pub(crate) fn reader(&self) -> u32 {
        let id = self.id();
        let children = std::fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap();
        children.split_whitespace().next().unwrap().parse().unwrap()
    }

    /// Sends a signal to the started program.
    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(pid(self.id()), signal).unwrap();
    }

    /// Sends a signal to the process that runs the TUI.
    pub(crate) fn signal_reader(&self, signal: Signal) {
        kill_process(pid(self.reader()), signal).unwrap();
    }

    /// Closes the terminal of the program. Returns the process ID of the program.
    pub(crate) fn hang_up(mut self) -> u32 {
        let id = self.id();
        // The thread that reads the output keeps the terminal open as well. It exits at the next output.
        self.closing.store(true, Ordering::Relaxed);
        let reading = self.reading.take().unwrap();
        self.resize_at_once(40, 10);
        reading.join().unwrap();
        id
    }

    /// Waits until a process has exited.
    pub(crate) fn until_gone(process: u32) {
        Self::gone_within(process, TIMEOUT);
    }

    /// Waits until a process has exited, but at most for `patience`.
    pub(crate) fn gone_within(process: u32, patience: Duration) {
        let start = Instant::now();
        while alive(process) {
            assert!(start.elapsed() < patience, "{process} is still there");
            thread::sleep(POLL_INTERVAL);
        }
    }

    /// Waits until the terminal is back in cooked mode, with echo and line buffering.
    pub(crate) fn expect_cooked(&mut self) {
        let start = Instant::now();
        while !self.master.get_termios().is_some_and(|modes| {
            let modes = format!("{:?}", modes.local_flags);
            modes.contains("ECHO") && modes.contains("ICANON")
        }) {
            assert!(start.elapsed() < TIMEOUT, "the terminal is still raw");
            thread::sleep(POLL_INTERVAL);
        }
    }

    /// Resizes the terminal without waiting for the program to redraw.
    pub(crate) fn resize_at_once(&mut self, width: u16, height: u16) {
        self.screen.lock().unwrap().0.screen_mut().set_size(height, width);
        self.master.resize(PtySize { rows: height, cols: width, ..PtySize::default() }).unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        if !self.closing.load(Ordering::Relaxed) {
            let _ = self.child.kill();
        }
    }
}

/// Returns the row of the cursor, from the cursor on.
fn from_cursor(screen: &vt100::Screen) -> String {
    let (row, column) = screen.cursor_position();
    screen.contents_between(row, column, row, screen.size().1)
}

fn pid(process: u32) -> Pid {
    Pid::from_raw(process as i32).unwrap()
}

fn ticks(process: u32) -> u64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
}

/// Returns whether a process exists and is not a zombie.
fn alive(process: u32) -> bool {
    std::fs::read_to_string(format!("/proc/{process}/stat"))
        .is_ok_and(|stat| !stat.rsplit(')').next().unwrap().trim_start().starts_with(['Z', 'X']))
}

/// A folder with two stories, which is deleted after the test.
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// Creates an empty folder. Each test has its own `name`.
    pub(crate) fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("dateline-pty-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    pub(crate) fn path(&self) -> String {
        self.0.to_string_lossy().into_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Creates a folder with two invented stories.
pub(crate) fn stories(name: &str) -> Folder {
    let folder = Folder::new(name);
    std::fs::write(folder.0.join("a.txt"), include_str!("weir.txt")).unwrap();
    std::fs::write(folder.0.join("b.txt"), include_str!("snow.txt")).unwrap();
    folder
}
