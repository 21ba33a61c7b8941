//! Takes over the terminal when the TUI starts and restores it when the TUI exits, even after a panic.

use super::sanitizing_writer::SanitizingWriter;
use ratatui::Terminal;
use ratatui::crossterm::cursor::{Hide, Show};
use ratatui::crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste};
use ratatui::crossterm::execute;
use ratatui::crossterm::style::{Attribute, Print, ResetColor, SetAttribute};
use ratatui::crossterm::terminal::{
    DisableLineWrap, EnableLineWrap, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use std::io::{self, BufWriter, IsTerminal, Stdout, stdout};
use std::time::Duration;
use std::{env, panic, thread};
use terminal_colorsaurus::{QueryOptions, ThemeMode, theme_mode};

/// Terminal to draw frames on.
pub(crate) type Screen = Terminal<SanitizingWriter<BufWriter<Stdout>>>;

/// Maximum time to wait until the terminal reports its colours. It is short enough to go unnoticed at the start.
const REPLY_TIMEOUT: Duration = Duration::from_millis(50);

/// Size of the output buffer, in bytes: large enough for a whole frame on a large screen.
const FRAME: usize = 1 << 16;

/// Control sequence that enables reports of mouse buttons, the wheel and dragging, but not of every movement.
const MOUSE: &str = "\x1b[?1000;1002;1006h";

/// Control sequence that disables the reports of the mouse.
const NO_MOUSE: &str = "\x1b[?1000;1002;1006l";

/// Guard that restores the terminal when it is dropped.
#[derive(Debug)]
pub(crate) struct TerminalGuard(());

impl Drop for TerminalGuard {
    fn drop(&mut self) {
        restore();
    }
}

/// Returns a sentence with the reason why the TUI cannot run on this terminal; `None` if it can.
#[must_use]
pub(crate) fn refusal() -> Option<&'static str> {
    if !stdout().is_terminal() {
        return Some("the reader needs a terminal; `dateline read --plain` prints stories to files and pipes");
    }
    match env::var("TERM").as_deref() {
        Ok("dumb") => {
            Some("this terminal (TERM=dumb) cannot position text; `dateline read --plain` prints stories without it")
        }
        _ => None,
    }
}

/// Returns whether the user has disabled colours with `NO_COLOR` (<https://no-color.org>).
#[must_use]
pub(crate) fn colourless() -> bool {
    env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}

/// Returns whether the terminal reports a light background. A terminal that does not reply within [`REPLY_TIMEOUT`]
/// counts as dark. Must be called before anything else reads from the terminal.
#[must_use]
pub(crate) fn is_light() -> bool {
    let mut options = QueryOptions::default();
    options.timeout = REPLY_TIMEOUT;
    matches!(theme_mode(options), Ok(ThemeMode::Light))
}

/// Takes over the terminal. It is restored when the returned guard is dropped.
///
/// # Errors
/// Returns an error if the terminal cannot be controlled. Its previous state has then been restored.
pub(crate) fn enter(mouse: bool) -> io::Result<(TerminalGuard, Screen)> {
    restore_after_panic();
    let guard = TerminalGuard(());
    take(mouse)?;
    let screen = Terminal::new(SanitizingWriter::new(BufWriter::with_capacity(FRAME, stdout())))?;
    Ok((guard, screen))
}

/// Takes over the terminal when the TUI starts or after an interruption, since a shell resets the terminal while the
/// TUI is suspended.
///
/// # Errors
/// Returns an error if the terminal cannot be controlled.
pub(crate) fn take(mouse: bool) -> io::Result<()> {
    disable_raw_mode()?;
    enable_raw_mode()?;
    // Disable line wrap, so that a line that is too wide is clipped at the last column.
    execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste, Hide, DisableLineWrap)?;
    if mouse { set_mouse(true) } else { Ok(()) }
}

/// Enables or disables the reports of the mouse.
///
/// # Errors
/// Returns an error if the terminal cannot be written to.
pub(crate) fn set_mouse(mouse: bool) -> io::Result<()> {
    execute!(stdout(), Print(if mouse { MOUSE } else { NO_MOUSE }))
}

/// Restores the terminal. If a step fails, the remaining ones are still attempted.
pub(crate) fn restore() {
    let _ = execute!(stdout(), EnableLineWrap, DisableMouseCapture, DisableBracketedPaste, LeaveAlternateScreen, Show);
    let _ = disable_raw_mode();
}

/// Restores the terminal after the TUI died, possibly in the middle of a write. First terminates an unfinished control
/// sequence and resets the colours.
pub(crate) fn restore_after_death() {
    let _ = execute!(stdout(), Print("\x1b\\"), SetAttribute(Attribute::Reset), ResetColor);
    restore();
}

/// Makes a panic of the drawing thread restore the terminal before the message is printed. A panic of a worker is
/// reported as an event instead, because its message would be written over the screen.
fn restore_after_panic() {
    let drawing = thread::current().id();
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if thread::current().id() == drawing {
            restore();
            before(info);
        }
    }));
}
