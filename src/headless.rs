//! The program without a terminal, for benchmarks, pictures, fuzz targets and end-to-end tests. It may use every layer;
//! no layer may use it.

use crate::config::Config;
use crate::reflow;
use crate::tui::effect::Effect;
use crate::tui::event::Event;
use crate::tui::help::{self, HelpEntry};
use crate::tui::key::Key;
use crate::tui::keymap::Keymap;
use crate::tui::sanitizing_writer::SanitizingWriter;
use crate::tui::session_sources::SessionSources;
use crate::tui::settings;
use crate::tui::state::State;
use crate::tui::theme::Theme;
use crate::tui::{source, terminal, update, view};
use dateline_analysis::Analyzer;
use dateline_core::article::Article;
use dateline_core::text::Span;
use ratatui::backend::Backend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Rect, Size};
use ratatui::{Terminal, TerminalOptions, Viewport};
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::PathBuf;

/// Reader that takes keys and draws into memory. Stories are analysed synchronously, on the caller's thread.
#[derive(Debug)]
pub struct Reader {
    analyzer: Analyzer,
    state: State,
}

impl Reader {
    /// Opens the reader on stories. `theme` is the name of a bundled theme, `size` the size of the screen in cells.
    #[must_use]
    pub fn open(stories: Vec<Article>, theme: &str, size: Size) -> Self {
        let config = Config { theme: theme.to_owned(), ..Config::default() };
        let state = State::new(size, &config, Keymap::bundled(), Theme::bundled());
        let mut reader = Self { analyzer: Analyzer::bundled(), state };
        reader.send(Event::Loaded(stories));
        reader
    }

    /// Presses a sequence of keys, written as in the keymap and separated by spaces. If any of them is not a valid key,
    /// presses none and returns `false`.
    #[must_use]
    pub fn press(&mut self, keys: &str) -> bool {
        let Some(keys) = Key::parse_all(keys) else { return false };
        for key in keys {
            self.send(Event::Key(key));
        }
        true
    }

    /// Handles an event and runs the analyses that it requests.
    fn send(&mut self, event: Event) {
        let mut pending = vec![event];
        while let Some(event) = pending.pop() {
            for effect in update(&mut self.state, event) {
                if let Effect::Analyse { story, generation, article, options } = effect {
                    let analysis = Some(Box::new(self.analyzer.analyze(&article, &options)));
                    pending.push(Event::Analysed { story, generation, analysis });
                }
            }
        }
    }

    /// Draws the screen into a new buffer of the screen's size.
    #[must_use]
    pub fn draw(&self) -> Buffer {
        let Size { width, height } = self.state.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        view(&self.state, &mut buffer);
        buffer
    }
}

/// Creates a terminal of this size, in cells, that writes to `out`. Returns a function that draws the current state of a
/// reader. As in the program, it writes only the differences from the previous frame, and fails if `out` does.
///
/// # Errors
/// Returns an error if `out` fails.
pub fn output(out: impl Write, size: Size) -> io::Result<impl FnMut(&Reader) -> io::Result<()>> {
    let viewport = Viewport::Fixed(Rect::new(0, 0, size.width, size.height));
    let mut terminal = Terminal::with_options(SanitizingWriter::new(out), TerminalOptions { viewport })?;
    Ok(move |reader: &Reader| terminal.draw(|frame| view(&reader.state, frame.buffer_mut())).map(|_| ()))
}

/// Returns the bytes that are sent to the terminal for a row of cells with these symbols.
///
/// # Errors
/// Returns an error if the in-memory writer fails.
pub fn sanitized<'a>(symbols: impl IntoIterator<Item = &'a str>) -> io::Result<Vec<u8>> {
    let cell = |symbol: &str| {
        let mut cell = Cell::default();
        #[expect(clippy::disallowed_methods, reason = "the writer must cope with symbols that nothing has cleaned")]
        cell.set_symbol(symbol);
        cell
    };
    let cells: Vec<Cell> = symbols.into_iter().map(cell).collect();
    let mut out = Vec::new();
    SanitizingWriter::new(&mut out).draw(cells.iter().enumerate().map(|(x, cell)| (x as u16, 0, cell)))?;
    Ok(out)
}

/// Breaks a text into lines of at most `width` cells: first as prose, then as preformatted text. Lines are byte spans.
#[must_use]
pub fn lines(text: &str, width: usize) -> [Vec<Span>; 2] {
    let whole = Span::new(0, text.len());
    [reflow::prose(text, whole, width, &[]), reflow::preformatted(text, whole, width)]
}

/// Parses a text as settings, as a keymap and as a theme, and returns the error messages.
#[must_use]
pub fn setting_errors(text: &str) -> Vec<String> {
    let (_, config) = Config::default().with(text, &settings::panel_names());
    let (keymap, theme) = (Keymap::bundled().with(text), Theme::parse(text));
    let faults = config.iter().chain(keymap.faults()).chain(theme.faults());
    faults.map(ToString::to_string).collect()
}

/// Reads files and folders as the reader does. Returns the ID of each article and the messages shown to the user.
#[must_use]
pub fn read_sources(paths: &[PathBuf]) -> (Vec<String>, Vec<String>) {
    let (mut ids, mut messages) = (Vec::new(), Vec::new());
    source::read_all(paths, &SessionSources::default(), |event| {
        match event {
            Event::Loaded(articles) => ids.extend(articles.into_iter().map(|article| article.id)),
            Event::Failed(name, reason) => messages.push(format!("{name}: {reason}")),
            Event::Notice(words) => messages.push(words),
            _ => {}
        }
        true
    });
    (ids, messages)
}

/// Renders the table of keys as Markdown, in the order of the help.
#[must_use]
pub fn key_table() -> String {
    let mut out = String::new();
    for entry in help::entries(&Keymap::bundled()) {
        let _ = match entry {
            HelpEntry::Blank => writeln!(out),
            HelpEntry::Group(name) => writeln!(out, "| {name} | |\n|---|---|"),
            HelpEntry::Action(keys, help) => {
                let keys: Vec<String> = keys.split(' ').map(|key| format!("`{}`", key.replace('|', "\\|"))).collect();
                writeln!(out, "| {} | {help} |", keys.join(" "))
            }
        };
    }
    out
}

/// Takes over the terminal of this process until the returned guard is dropped, so that a test can check how it is
/// restored.
///
/// # Errors
/// Returns an error if there is no terminal.
pub fn take_terminal() -> io::Result<impl Drop> {
    terminal::enter(true).map(|(guard, _)| guard)
}
