//! Keys, as spelt in the keymap: `j`, `Ctrl-d`, `Shift-Tab`, `Space`, `PageDown`.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::fmt;

/// Key with its modifiers. For a character, Shift is part of the character (`G`) instead of a modifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    code: KeyCode,
    modifiers: KeyModifiers,
}

/// Keys that are spelt by name, with their names.
const NAMES: &[(&str, KeyCode)] = &[
    ("Enter", KeyCode::Enter),
    ("Esc", KeyCode::Esc),
    ("Tab", KeyCode::Tab),
    ("Shift-Tab", KeyCode::BackTab),
    ("Space", KeyCode::Char(' ')),
    ("Backspace", KeyCode::Backspace),
    ("Delete", KeyCode::Delete),
    ("Up", KeyCode::Up),
    ("Down", KeyCode::Down),
    ("Left", KeyCode::Left),
    ("Right", KeyCode::Right),
    ("PageUp", KeyCode::PageUp),
    ("PageDown", KeyCode::PageDown),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("Insert", KeyCode::Insert),
];

/// Returns the names of the keys that have one, such as "Enter".
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    NAMES.iter().map(|&(name, _)| name)
}

impl Key {
    /// Returns the key that types a character.
    #[must_use]
    #[cfg(test)]
    pub(crate) const fn char(character: char) -> Self {
        Self { code: KeyCode::Char(character), modifiers: KeyModifiers::NONE }
    }

    /// Returns the character that the key types, if any.
    #[must_use]
    pub(crate) fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(character) if self.modifiers.is_empty() => Some(character),
            _ => None,
        }
    }

    /// Parses the spelling of one key. Returns `None` if it is invalid.
    #[must_use]
    pub(crate) fn parse(spelling: &str) -> Option<Self> {
        let mut modifiers = KeyModifiers::NONE;
        let mut rest = spelling;
        loop {
            let named = NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(rest));
            if let Some(&(_, code)) = named {
                return Some(Self { code, modifiers });
            }
            if let Some(number) = rest.strip_prefix('F').and_then(|number| number.parse().ok()) {
                return Some(Self { code: KeyCode::F(number), modifiers });
            }
            let mut characters = rest.chars();
            if let (Some(character), None) = (characters.next(), characters.next()) {
                return Some(Self { code: KeyCode::Char(character), modifiers });
            }
            let (name, after) = rest.split_once('-')?;
            modifiers |= match name {
                "Ctrl" => KeyModifiers::CONTROL,
                "Alt" => KeyModifiers::ALT,
                "Shift" => KeyModifiers::SHIFT,
                _ => return None,
            };
            rest = after;
        }
    }

    /// Parses the spelling of a key sequence, with spaces between the keys: `] q`. Returns `None` if a key is invalid
    /// or the sequence is empty.
    #[must_use]
    pub(crate) fn parse_all(spelling: &str) -> Option<Vec<Self>> {
        let keys: Option<Vec<_>> = spelling.split_whitespace().map(Self::parse).collect();
        keys.filter(|keys| !keys.is_empty())
    }
}

impl From<KeyEvent> for Key {
    fn from(event: KeyEvent) -> Self {
        let mut modifiers = event.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT);
        if matches!(event.code, KeyCode::Char(_) | KeyCode::BackTab) {
            modifiers.remove(KeyModifiers::SHIFT);
        }
        Self { code: event.code, modifiers }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (modifier, name) in
            [(KeyModifiers::CONTROL, "Ctrl-"), (KeyModifiers::ALT, "Alt-"), (KeyModifiers::SHIFT, "Shift-")]
        {
            if self.modifiers.contains(modifier) {
                f.write_str(name)?;
            }
        }
        if let Some((name, _)) = NAMES.iter().find(|(_, code)| *code == self.code) {
            return f.write_str(name);
        }
        match self.code {
            KeyCode::Char(character) => write!(f, "{character}"),
            KeyCode::F(number) => write!(f, "F{number}"),
            _ => f.write_str("?"),
        }
    }
}

/// Formats a key sequence for the help: without spaces if all keys are characters, else with spaces between the keys.
#[must_use]
pub(crate) fn spelling(keys: &[Key]) -> String {
    let plain = keys.iter().all(|key| key.typed().is_some_and(|character| character != ' '));
    let names: Vec<String> = keys.iter().map(Key::to_string).collect();
    names.join(if plain { "" } else { " " })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_as_they_are_written() {
        for name in ["j", "G", "Ctrl-d", "Shift-Tab", "Alt-x", "PageUp", "F5", "]", "-", "Ctrl--", "Space"] {
            assert_eq!(Key::parse(name).unwrap().to_string(), name);
        }
        assert_eq!(Key::parse("Hyper-x"), None);
        assert_eq!(spelling(&Key::parse_all("] q").unwrap()), "]q");
    }

    #[test]
    fn shift_is_part_of_a_letter() {
        let event = KeyEvent::new(KeyCode::Char('G'), KeyModifiers::SHIFT);
        assert_eq!(Key::from(event), Key::parse("G").unwrap());
    }
}
