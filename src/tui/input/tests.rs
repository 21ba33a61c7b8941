//! Bytes sent by terminals, and the events that they should be decoded to.

use super::*;
use crate::tui::key::Key;
use proptest::prelude::*;

/// Decodes a complete input, and formats the events with keys spelt as in the keymap.
fn decoded(bytes: &[u8]) -> String {
    let mut decoder = Decoder::default();
    let mut events = decoder.push(bytes);
    events.extend(decoder.flush());
    assert!(decoder.timeout().is_none(), "nothing is left of {bytes:?}");
    let name = |event: Event| match event {
        Event::Key(key) => key.to_string(),
        Event::Paste(text) => format!("“{text}”"),
        Event::Mouse(what, x, y) => format!("{what:?}@{x},{y}"),
        other => panic!("{other:?}"),
    };
    events.into_iter().map(name).collect::<Vec<_>>().join(" ")
}

#[test]
fn keys_are_decoded() {
    for (bytes, keys) in [
        ("jG ", "j G Space"),
        ("\r\t\x7f\x08", "Enter Tab Backspace Ctrl-h"),
        ("\x01\x1a\0\x1f", "Ctrl-a Ctrl-z Ctrl-Space Ctrl-7"),
        ("\x1b", "Esc"),
        ("\x1b\x1b", "Esc Esc"),
        ("\x1bu\x1bé", "Alt-u Alt-é"),
        ("\x1b[A\x1bOB\x1b[H\x1b[4~", "Up Down Home End"),
        ("\x1b[1;5C\x1b[3;2~\x1b[Z", "Ctrl-Right Shift-Delete Shift-Tab"),
        ("\x1bOP\x1b[15~\x1b[24~\x1b[[B\x1b[1;2R", "F1 F5 F12 F2 Shift-F3"),
        ("\x1b[5~\x1b[6~\x1b[2~", "PageUp PageDown Insert"),
        ("\x1b[106;5u\x1b[27u\x1b[27;5;46~", "Ctrl-j Esc Ctrl-."),
        ("żжひ😀", "ż ж ひ 😀"),
        ("\x1b[", "Alt-["),
        ("\x1bO\x1b]", "Alt-O Alt-]"),
    ] {
        assert_eq!(decoded(bytes.as_bytes()), keys, "{bytes:?}");
    }
}

#[test]
fn reports_of_the_terminal_are_dropped_and_the_next_key_is_read() {
    for report in [
        "\x1b[?997;1n",
        "\x1b[?2026;2$y",
        "\x1b[?62;22c",
        "\x1b[>41;372;0c",
        "\x1b[?1u",
        "\x1b[24;80R",
        "\x1b[0n",
        "\x1b[I\x1b[O",
        "\x1b]11;rgb:ffff/ffff/ffff\x07",
        "\x1b]11;rgb:0000/0000/0000\x1b\\",
        "\x1bP>|term(1.0)\x1b\\",
        "\x1b_Gi=31;OK\x1b\\",
        "\x1b[201~",
    ] {
        assert_eq!(decoded(format!("{report}\x1b").as_bytes()), "Esc", "{report:?}");
        assert_eq!(decoded(format!("k{report}j").as_bytes()).replace("Alt-", ""), "k j", "{report:?}");
    }
}

#[test]
fn a_paste_has_an_end_even_if_none_arrives() {
    assert_eq!(decoded(b"\x1b[200~two\nlines\x1b[201~j"), "“two\nlines” j");
    let mut decoder = Decoder::default();
    assert!(decoder.push(b"\x1b[200~cut of").is_empty());
    assert_eq!(decoder.timeout(), Some(PASTE_TIMEOUT));
    assert!(matches!(decoder.flush().as_slice(), [Event::Paste(text)] if text == "cut of"));
    assert!(matches!(decoder.push(b"j").as_slice(), [Event::Key(key)] if *key == Key::char('j')));
}

#[test]
fn the_mouse_is_decoded() {
    assert_eq!(decoded(b"\x1b[<0;5;7M\x1b[<32;6;7M\x1b[<0;6;7m"), "Click@4,6 Drag@5,6 Release@5,6");
    assert_eq!(decoded(b"\x1b[<64;1;1M\x1b[<69;1;1M\x1b[<2;1;1M"), "WheelUp@0,0 WheelDown@0,0 RightClick@0,0");
    let clicks = b"\x1b[<0;5;7M\x1b[<0;5;7m".repeat(4);
    let presses = decoded(&clicks).replace("@4,6", "").replace(" Release", "");
    assert_eq!(presses, "Click DoubleClick TripleClick Click");
    let elsewhere = [b"\x1b[<0;5;7M".as_slice(), b"\x1b[<0;6;7M"].concat();
    assert_eq!(decoded(&elsewhere), "Click@4,6 Click@5,6");
}

#[test]
fn presses_that_are_far_apart_in_time_are_no_double_click() {
    let mut decoder = Decoder::default();
    let (now, click) = (Instant::now(), Event::Mouse(Mouse::Click, 4, 6));
    let is = |event: Event, kind: Mouse| matches!(event, Event::Mouse(what, ..) if what == kind);
    assert!(is(decoder.counted(click.clone(), now), Mouse::Click));
    assert!(is(decoder.counted(click.clone(), now + CLICK_TIMEOUT * 2), Mouse::Click));
    assert!(is(decoder.counted(click, now + CLICK_TIMEOUT * 5 / 2), Mouse::DoubleClick));
}

#[test]
fn a_sequence_may_arrive_in_pieces() {
    let input = "j\x1b[1;5A\x1b[?997;1n\x1b[200~né\x1b[201~ж\x1b]0;x\x07\x1b[<0;5;7Mk".as_bytes();
    let mut decoder = Decoder::default();
    let events: Vec<Event> = input.iter().flat_map(|byte| decoder.push(&[*byte])).collect();
    assert_eq!(events.len(), 6, "{events:?}");
    assert!(decoder.timeout().is_none());
}

proptest! {
    #[test]
    fn no_input_makes_the_reader_deaf(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        let mut decoder = Decoder::default();
        decoder.push(&bytes);
        decoder.flush();
        prop_assert!(decoder.timeout().is_none());
        let after = decoder.push(b"j");
        let is_j = matches!(after.as_slice(), [Event::Key(key)] if *key == Key::char('j'));
        prop_assert!(is_j, "{:?}", after);
    }
}
