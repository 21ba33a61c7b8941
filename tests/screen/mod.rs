//! Tests the screen without a terminal: the tests send events and examine the drawn cells.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

mod aligned;
mod cursor;
mod fake;
mod happening;
mod keeping;
mod layers;
mod list;
mod mouse;
mod onward;
mod panels;
mod passing;
mod piping;
mod reading;
mod renewal;
mod selecting;
mod sizes;
mod snapshots;
mod tasks;
mod undo;

use crate::config::Config;
use crate::tui::effect::Effect;
use crate::tui::event::Event;
use crate::tui::key::Key;
use crate::tui::keymap::Keymap;
use crate::tui::state::State;
use crate::tui::theme::Theme;
use crate::tui::{update, view};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::style::Modifier;

/// A TUI with invented stories and annotations.
struct Reader {
    state: State,
    /// Texts copied to the clipboard so far.
    copied: Vec<String>,
    /// URLs opened in the browser so far.
    opened: Vec<String>,
}

impl Reader {
    /// Opens the invented stories, already analysed, on a screen of the given size.
    fn new(width: u16, height: u16) -> Self {
        let mut reader = Self::empty(width, height);
        reader.send(Event::Loaded(fake::stories()));
        reader.send(Event::LoadedAll);
        reader
    }

    /// Opens a TUI without stories.
    fn empty(width: u16, height: u16) -> Self {
        let size = Size::new(width, height);
        Self {
            state: State::new(size, &Config::default(), Keymap::bundled(), Theme::bundled()),
            copied: Vec::new(),
            opened: Vec::new(),
        }
    }

    /// Sends an event, and replies to any request for analysis immediately.
    fn send(&mut self, event: Event) -> &mut Self {
        let effects = update(&mut self.state, event);
        for effect in effects {
            if let Effect::Copy { words, .. } = &effect {
                self.copied.push(words.clone());
            }
            if let Effect::OpenLink(url) = &effect {
                self.opened.push(url.clone());
            }
            if let Some(answer) = fake::answer(effect) {
                self.send(answer);
            }
        }
        self
    }

    /// Replies to each pending request that the open story could not be kept.
    fn refuse_keeping(&mut self) -> &mut Self {
        let story = self.state.story().unwrap();
        let article = story.article.clone();
        for _ in 0..story.opened().keeping {
            self.send(Event::NotKept(article.clone(), Vec::new(), "the disk is full".to_owned()));
        }
        self
    }

    /// Presses keys, which are written as in the keymap and separated by spaces.
    fn press(&mut self, keys: &str) -> &mut Self {
        for key in Key::parse_all(keys).unwrap() {
            self.send(Event::Key(key));
        }
        self
    }

    /// Types text, character by character.
    fn type_text(&mut self, text: &str) -> &mut Self {
        for character in text.chars() {
            self.send(Event::Key(Key::char(character)));
        }
        self
    }

    /// Draws the screen and returns its cells.
    fn buffer(&self) -> Buffer {
        let Size { width, height } = self.state.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        view(&self.state, &mut buffer);
        buffer
    }

    /// Returns the visible text, with one line per row and without trailing spaces.
    fn screen(&self) -> String {
        let buffer = self.buffer();
        let mut out = String::new();
        for y in 0..buffer.area.height {
            let mut line = String::new();
            let mut x = 0;
            while x < buffer.area.width {
                let symbol = buffer[(x, y)].symbol();
                line.push_str(symbol);
                x += crate::reflow::width(symbol).max(1) as u16;
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }

    /// Returns the text drawn with a modifier, with one line per row and spaces between runs.
    fn styled(&self, modifier: Modifier) -> String {
        let buffer = self.buffer();
        let mut out = String::new();
        for cell in &buffer.content {
            let inside = cell.modifier.contains(modifier);
            out.push_str(if inside { cell.symbol() } else { " " });
        }
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Returns the status line, which is the last row of the screen.
    fn status(&self) -> String {
        self.screen().lines().last().unwrap_or_default().trim().to_owned()
    }
}
