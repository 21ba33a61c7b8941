//! Decodes the bytes sent by the terminal: keys, mouse events, pastes. Unsolicited or late reports are dropped.
//! crossterm's decoder is not used: it waits for the end of an unknown report and holds back every later key.

use super::event::{Event, Mouse};
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::time::{Duration, Instant};

/// Maximum time between two bytes of a sequence. An Esc that is not followed by a byte within this time is the Esc key.
const SEQUENCE_TIMEOUT: Duration = Duration::from_millis(30);
/// Maximum time between two bytes of a paste. After this time, a paste without an end marker counts as complete.
const PASTE_TIMEOUT: Duration = Duration::from_secs(3);
/// Maximum time between the presses of a double or triple click.
const CLICK_TIMEOUT: Duration = Duration::from_millis(400);
/// Sequence that ends a paste.
const PASTE_END: &[u8] = b"\x1b[201~";
/// The escape character, first byte of every sequence.
const ESC: u8 = 0x1b;

/// Decoder for the bytes sent by the terminal. A sequence may arrive in several reads.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    /// Bytes that have not been decoded yet.
    bytes: Vec<u8>,
    /// Bytes of a paste that is still arriving.
    paste: Option<Vec<u8>>,
    /// Last press of the left button: time, cell and number of presses in a row.
    pressed: Option<(Instant, (u16, u16), u8)>,
}

/// Result of decoding the beginning of the input: the number of bytes decoded, and their event; `None` if they are
/// ignored.
type Decoded = (usize, Option<Event>);

impl Decoder {
    /// Decodes further bytes. An incomplete sequence is kept for the next call.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Vec<Event> {
        self.bytes.extend_from_slice(bytes);
        self.decode(false)
    }

    /// Decodes the remaining bytes once no byte has arrived for [`Decoder::timeout`]. An incomplete sequence is
    /// dropped, and an incomplete paste counts as complete.
    pub(super) fn flush(&mut self) -> Vec<Event> {
        let mut events = self.decode(true);
        if let Some(mut paste) = self.paste.take() {
            paste.append(&mut self.bytes);
            events.push(pasted(&paste));
        }
        events
    }

    /// Returns how long to wait for the next byte; `None` if no sequence or paste has begun.
    pub(super) fn timeout(&self) -> Option<Duration> {
        match (&self.paste, self.bytes.is_empty()) {
            (Some(_), _) => Some(PASTE_TIMEOUT),
            (None, false) => Some(SEQUENCE_TIMEOUT),
            (None, true) => None,
        }
    }

    fn decode(&mut self, is_last: bool) -> Vec<Event> {
        let mut events = Vec::new();
        while !self.bytes.is_empty() {
            if self.paste.is_some() {
                match self.end_paste() {
                    Some(event) => events.push(event),
                    None => break,
                }
                continue;
            }
            if self.bytes.starts_with(b"\x1b[200~") {
                self.bytes.drain(..6);
                self.paste = Some(Vec::new());
                continue;
            }
            let Some((length, event)) = next(&self.bytes, is_last) else { break };
            self.bytes.drain(..length.clamp(1, self.bytes.len()));
            events.extend(event.map(|event| self.counted(event, Instant::now())));
        }
        events
    }

    /// Converts the second and third press of the left button on the same cell to a double and a triple click.
    fn counted(&mut self, event: Event, now: Instant) -> Event {
        let Event::Mouse(Mouse::Click, x, y) = event else { return event };
        let before = self.pressed.filter(|(then, at, count)| {
            now.saturating_duration_since(*then) <= CLICK_TIMEOUT && *at == (x, y) && *count < 3
        });
        let count = before.map_or(1, |(_, _, count)| count + 1);
        self.pressed = Some((now, (x, y), count));
        let click = match count {
            1 => Mouse::Click,
            2 => Mouse::DoubleClick,
            _ => Mouse::TripleClick,
        };
        Event::Mouse(click, x, y)
    }

    /// Moves bytes to the paste. Returns the paste if its end has arrived.
    fn end_paste(&mut self) -> Option<Event> {
        let paste = self.paste.as_mut()?;
        let end = self.bytes.windows(PASTE_END.len()).position(|window| window == PASTE_END);
        // Keep the last bytes: they may be the beginning of the end marker.
        let taken = end.unwrap_or(self.bytes.len().saturating_sub(PASTE_END.len() - 1));
        paste.extend(self.bytes.drain(..taken));
        end?;
        self.bytes.drain(..PASTE_END.len());
        self.paste.take().map(|paste| pasted(&paste))
    }
}

fn pasted(bytes: &[u8]) -> Event {
    Event::Paste(String::from_utf8_lossy(bytes).into_owned())
}

fn key(code: KeyCode, modifiers: KeyModifiers) -> Event {
    Event::Key(KeyEvent::new(code, modifiers).into())
}

/// Decodes the beginning of the input. Returns `None` if it is incomplete, unless `is_last` indicates that no more
/// bytes will follow.
fn next(bytes: &[u8], is_last: bool) -> Option<Decoded> {
    match bytes {
        [ESC] => is_last.then(|| (1, Some(key(KeyCode::Esc, KeyModifiers::NONE)))),
        [ESC, ESC, ..] => Some((1, Some(key(KeyCode::Esc, KeyModifiers::NONE)))),
        [ESC, b'[', rest @ ..] if !(rest.is_empty() && is_last) => control_sequence(rest, is_last),
        [ESC, b'O'] if !is_last => None,
        [ESC, b'O', code, ..] if single_shift(*code).is_some() => {
            Some((3, single_shift(*code).map(|code| key(code, KeyModifiers::NONE))))
        }
        [ESC, b']' | b'P' | b'^' | b'_' | b'X', rest @ ..] if !(rest.is_empty() && is_last) => string(rest, is_last),
        [ESC, rest @ ..] => {
            let (length, code, modifiers) = plain(rest, is_last)?;
            Some((length + 1, code.map(|code| key(code, modifiers | KeyModifiers::ALT))))
        }
        _ => {
            let (length, code, modifiers) = plain(bytes, is_last)?;
            Some((length, code.map(|code| key(code, modifiers))))
        }
    }
}

/// Decodes a key that is sent without an escape sequence: a character or a control character.
fn plain(bytes: &[u8], is_last: bool) -> Option<(usize, Option<KeyCode>, KeyModifiers)> {
    let first = *bytes.first()?;
    let control = |character: u8| Some((1, Some(KeyCode::Char(char::from(character))), KeyModifiers::CONTROL));
    let named = |code| Some((1, Some(code), KeyModifiers::NONE));
    match first {
        0 => control(b' '),
        b'\r' => named(KeyCode::Enter),
        b'\t' => named(KeyCode::Tab),
        0x7f => named(KeyCode::Backspace),
        0x01..=0x1a => control(first - 1 + b'a'),
        0x1c..=0x1f => control(first - 0x1c + b'4'),
        _ => {
            let length = match first {
                0xc0..=0xdf => 2,
                0xe0..=0xef => 3,
                0xf0..=0xf7 => 4,
                _ => 1,
            };
            let Some(character) = bytes.get(..length) else { return is_last.then_some((1, None, KeyModifiers::NONE)) };
            let character = std::str::from_utf8(character).ok().and_then(|text| text.chars().next());
            // Drop only the first byte if it is not UTF-8: the next may begin a valid character.
            let length = if character.is_some() { length } else { 1 };
            Some((length, character.map(KeyCode::Char), KeyModifiers::NONE))
        }
    }
}

/// Returns the key for the last byte of a sequence `ESC O`.
const fn single_shift(code: u8) -> Option<KeyCode> {
    Some(match code {
        b'M' => KeyCode::Enter,
        b'j'..=b'y' => KeyCode::Char((code - b'j' + b'*') as char),
        _ => return letter(code),
    })
}

/// Returns the key for the letter that ends a sequence.
const fn letter(code: u8) -> Option<KeyCode> {
    Some(match code {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'H' => KeyCode::Home,
        b'F' => KeyCode::End,
        b'Z' => KeyCode::BackTab,
        b'P'..=b'S' => KeyCode::F(code - b'P' + 1),
        _ => return None,
    })
}

/// Skips a control string (OSC, DCS and similar), which ends with BEL or ST.
fn string(rest: &[u8], is_last: bool) -> Option<Decoded> {
    let bell = rest.iter().position(|&byte| byte == 0x07).map(|at| at + 1);
    let terminator = rest.windows(2).position(|pair| pair == b"\x1b\\").map(|at| at + 2);
    let end = bell.into_iter().chain(terminator).min().or_else(|| is_last.then_some(rest.len()))?;
    Some((end + 2, None))
}

/// Decodes a control sequence; `rest` is the part after `ESC [`. Sequences that are neither keys nor mouse events are
/// dropped.
fn control_sequence(rest: &[u8], is_last: bool) -> Option<Decoded> {
    // The Linux console sends F1 to F5 as `ESC [ [ A` to `ESC [ [ E`.
    if let [b'[', code, ..] = rest {
        let code = matches!(code, b'A'..=b'E').then(|| KeyCode::F(code - b'A' + 1));
        return Some((4, code.map(|code| key(code, KeyModifiers::NONE))));
    }
    let Some(end) = rest.iter().position(|byte| !(0x20..0x40).contains(byte)) else {
        return is_last.then_some((rest.len() + 2, None));
    };
    let last = *rest.get(end)?;
    if !(0x40..0x7f).contains(&last) {
        // A control character or the start of another sequence interrupts this one.
        return Some((end + 2, None));
    }
    let parameters = std::str::from_utf8(rest.get(..end)?).unwrap_or_default();
    let event = match parameters.strip_prefix('<') {
        Some(mouse) if matches!(last, b'M' | b'm') => mouse_event(mouse, last == b'M'),
        _ => key_event(parameters, last),
    };
    Some((end + 3, event))
}

/// Decodes a key from the parameters and the last byte of its sequence. Returns `None` for a report, which has a
/// private marker or a last byte that no key sends.
fn key_event(parameters: &str, last: u8) -> Option<Event> {
    let numbers: Vec<u32> = parameters
        .split(';')
        .map(|number| number.split(':').next().unwrap_or_default())
        .map(|number| if number.is_empty() { Ok(1) } else { number.parse() })
        .collect::<Result<_, _>>()
        .ok()?;
    let first = numbers.first().copied().unwrap_or(1);
    let modifiers = modifiers(numbers.get(1).copied().unwrap_or(1));
    let code = match last {
        b'~' if first == 27 => KeyCode::Char(char::from_u32(*numbers.get(2)?)?),
        b'~' => numbered(first)?,
        b'u' => character(first)?,
        // `CSI row ; column R` reports the cursor position, but `CSI 1 ; modifiers R` is F3.
        _ if first == 1 => letter(last)?,
        _ => return None,
    };
    Some(key(code, modifiers))
}

/// Decodes the modifiers of a key. The terminal sends the sum of their bits plus 1.
fn modifiers(number: u32) -> KeyModifiers {
    let bits = number.saturating_sub(1);
    let table = [(1, KeyModifiers::SHIFT), (2, KeyModifiers::ALT), (4, KeyModifiers::CONTROL)];
    table.into_iter().filter(|(bit, _)| bits & bit != 0).map(|(_, modifier)| modifier).collect()
}

/// Returns the key for a sequence `CSI number ~`.
fn numbered(number: u32) -> Option<KeyCode> {
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => KeyCode::F((number - 10) as u8),
        17..=21 => KeyCode::F((number - 11) as u8),
        23 | 24 => KeyCode::F((number - 12) as u8),
        _ => return None,
    })
}

/// Returns the key for a sequence `CSI code u`.
fn character(code: u32) -> Option<KeyCode> {
    Some(match code {
        9 => KeyCode::Tab,
        13 => KeyCode::Enter,
        27 => KeyCode::Esc,
        127 => KeyCode::Backspace,
        _ => KeyCode::Char(char::from_u32(code).filter(|character| !character.is_control())?),
    })
}

/// Decodes the parameters of an SGR mouse report, `button ; column ; row`. Returns `None` for buttons that the reader
/// does not use.
fn mouse_event(parameters: &str, is_pressed: bool) -> Option<Event> {
    const MODIFIERS: u16 = 4 | 8 | 16;
    let mut numbers = parameters.split(';').map(|number| number.parse::<u16>().ok());
    let (button, column, row) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let what = match (button & !MODIFIERS, is_pressed) {
        (0, true) => Mouse::Click,
        (2, true) => Mouse::RightClick,
        (0, false) => Mouse::Release,
        (32, _) => Mouse::Drag,
        (64, true) => Mouse::WheelUp,
        (65, true) => Mouse::WheelDown,
        _ => return None,
    };
    Some(Event::Mouse(what, column.saturating_sub(1), row.saturating_sub(1)))
}

#[cfg(test)]
mod tests;
