//! Tests reading, selecting and marking in the real program.

use super::terminal::{Program, stories};

#[test]
fn words_are_copied_by_the_terminal_and_kept_in_a_file() {
    let folder = stories("copy");
    let cache = format!("{}/cache", folder.path());
    let library = format!("{cache}/library.db");
    let variables = [("XDG_CACHE_HOME", &*cache), ("XDG_RUNTIME_DIR", &cache), ("DATELINE_LIBRARY", &library)];
    let mut program = Program::start(110, 32, &[&folder.path()], &variables);
    program.expect("Old weir at Tarn").press("\r").press_until("]q", "quote 1 of");
    program.press("v").press("Y").expect("as a citation");
    program.expect_output("\x1b]52;c;4oCc");
    let kept = std::fs::read_to_string(format!("{cache}/dateline/clipboard.txt")).unwrap();
    assert!(kept.starts_with('“') && kept.contains(" — "), "{kept}");
    program.press("v").press("1").expect("Highlighted as important");
    program.press("a").expect("Note:");
    program.press("see 2019\r").expect("Saved the note");
    program.press("H").expect("see 2019 — “");
    program.press("q").expect_gone("see 2019 — “");
    program.press("\x03");
    program.expect_end(0);
}

#[test]
fn a_link_of_a_page_is_a_link_of_the_terminal() {
    let folder = stories("link");
    let page = format!("{}/page.html", folder.path());
    let text = "The council of Tarn Bridge voted on Monday to open the old weir, ending a dispute that has divided the town for years. ".repeat(3);
    let html = format!(
        "<html><head><title>Weir opens</title></head><body><article><h1>Weir opens</h1><p>{text}</p><p>{text} <a href=\"https://echo.example/weir\">The Echo</a> wrote first.</p></article></body></html>"
    );
    std::fs::write(&page, html).unwrap();
    let mut program = Program::start(110, 32, &[&page], &[]);
    program.expect("wrote first").press("\r").press("]l").expect("echo.example /weir");
    program.expect_output("\x1b]8;;https://echo.example/weir\x1b\\");
    program.press("\x03");
    program.expect_end(0);
}

#[test]
fn the_screen_comes_back_as_it_was_left() {
    let folder = super::terminal::stories("arranged");
    let state = format!("{}/state", folder.path());
    let variables = [("XDG_STATE_HOME", state.as_str())];
    let mut evening = Program::start(120, 32, &[&folder.path()], &variables);
    evening.expect("Old weir at Tarn").press("1").expect("Showed the quotes").press("-").expect("Line width 51");
    evening.press("\x03").expect_end(0);
    let mut morning = Program::start(120, 32, &[&folder.path()], &variables);
    morning.expect("Quotes 3").press("-").expect("Line width 47").press("\x03").expect_end(0);
}

#[test]
fn pasted_text_becomes_a_story() {
    let folder = stories("paste");
    let mut program = Program::start(110, 32, &[&folder.path()], &[]);
    program.expect("Old weir at Tarn");
    program
        .press("\x1b[200~Ferry runs again\n\nThe ferry to Port Anselm ran again on Tuesday, its owner said.\x1b[201~");
    program.expect("Pasted: one story").expect("ran again on Tuesday");
    program.press("\x03");
    program.expect_end(0);
}

/// Characters that take up two cells or none, characters that consist of several code points, and right-to-left
/// scripts.
const STRESS: &str = include_str!("../screen/stress.txt");

#[test]
fn letters_of_any_width_leave_the_borders_where_they_are() {
    let folder = stories("stress");
    let path = format!("{}/stress.md", folder.path());
    for (width, height) in [(80, 24), (120, 40), (200, 60), (40, 12), (20, 6)] {
        // This emulator does not draw a family emoji in two cells. At the end of a line, it wraps the rest of the
        // emoji.
        let text = if width < 40 { STRESS.replace("👩‍👩‍👧‍👦", "👪") } else { STRESS.to_owned() };
        std::fs::write(&path, format!("# Wide and narrow letters\n\n{text}")).unwrap();
        let mut program = Program::start(width, height, &[&path], &[]);
        program.expect("Wide").press("\r").expect("keys");
        for _ in 0..6 {
            std::thread::sleep(std::time::Duration::from_millis(120));
            let bars: Vec<_> = ["│", "▐", "▊"].map(|sign| program.columns_of(sign)).into();
            let border = program.columns_of("│")[0].first().copied();
            for row in 1..usize::from(height) - 1 {
                let has = |column| bars.iter().any(|rows| rows[row].contains(&column));
                assert!(has(width - 1), "{width}x{height}: row {row} does not end with the scroll bar");
                assert!(border.is_none_or(has), "{width}x{height}: row {row} has no border");
            }
            program.press(" ");
        }
        program.press("\x03").expect_end(0);
    }
}

/// Creates a script that acts as an editor: it asks for a line and appends the line to the file.
fn line_editor(folder: &super::terminal::Folder) -> String {
    use std::os::unix::fs::PermissionsExt;
    let path = format!("{}/line-editor", folder.path());
    let script = "#!/bin/sh\nprintf 'your words? '\nread words\nprintf '%s\\n' \"$words\" >>\"$2\"\n";
    std::fs::write(&path, script).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path
}

#[test]
fn a_note_is_written_in_the_users_own_editor() {
    let folder = stories("editor");
    let cache = format!("{}/cache", folder.path());
    let editor = format!("{} --wait", line_editor(&folder));
    let library = format!("{}/library.db", folder.path());
    let variables = [
        ("VISUAL", ""),
        ("EDITOR", &editor),
        ("XDG_CACHE_HOME", &cache),
        ("XDG_RUNTIME_DIR", &cache),
        ("DATELINE_LIBRARY", &library),
    ];
    let mut program = Program::start(110, 32, &[&folder.path()], &variables);
    program.expect("Old weir at Tarn").press("\r").press_until("]q", "quote 1 of").press("v1").expect("Highlighted");
    program.press("a").expect("Note:").expect("Ctrl-e your editor").press("first").press("\x05").expect("your words?");
    // All keys now go to the editor, even those bound in the TUI.
    program.press("q Hj").press("\r").expect("Saved the note").expect("Old weir at Tarn");
    program.press("H").expect("first q Hj — “");
    program.press("q").expect_gone("first q Hj — “").press("\x03").expect_end(0);
    program.expect_restored();
    let left: Vec<_> = std::fs::read_dir(format!("{cache}/dateline")).unwrap().collect();
    assert!(left.is_empty(), "the file goes when the note is read: {left:?}");
}

#[test]
fn an_editor_that_is_not_there_loses_no_word() {
    let folder = stories("no-editor");
    let cache = format!("{}/cache", folder.path());
    let library = format!("{}/library.db", folder.path());
    let variables = [
        ("VISUAL", "/nonexistent/editor"),
        ("XDG_CACHE_HOME", &*cache),
        ("XDG_RUNTIME_DIR", &cache),
        ("DATELINE_LIBRARY", &library),
    ];
    let mut program = Program::start(110, 32, &[&folder.path()], &variables);
    program.expect("Old weir at Tarn").press("\r").press_until("]q", "quote 1 of").press("v1").expect("Highlighted");
    program
        .press("a")
        .expect("Note:")
        .press("see 2019")
        .press("\x05")
        .expect("/nonexistent/editor could not be started");
    program.press("H").expect("see 2019 — “").press("q").press("\x03").expect_end(0);
}

#[test]
fn what_an_editor_saved_before_it_failed_is_kept() {
    use std::os::unix::fs::PermissionsExt;
    let folder = stories("failing-editor");
    let cache = format!("{}/cache", folder.path());
    let editor = format!("{}/failing-editor", folder.path());
    std::fs::write(&editor, "#!/bin/sh\nprintf 'an hour of research\\n' >\"$1\"\nexit 1\n").unwrap();
    std::fs::set_permissions(&editor, std::fs::Permissions::from_mode(0o755)).unwrap();
    let library = format!("{}/library.db", folder.path());
    let variables = [
        ("VISUAL", &*editor),
        ("XDG_CACHE_HOME", &*cache),
        ("XDG_RUNTIME_DIR", &cache),
        ("DATELINE_LIBRARY", &library),
    ];
    let mut program = Program::start(200, 32, &[&folder.path()], &variables);
    program.expect("Old weir at Tarn").press("\r").press_until("]q", "quote 1 of").press("v1").expect("Highlighted");
    program.press("a").expect("Note:").press("first").press("\x05").expect("what it had saved is in");
    program.press("\x03").expect_end(0);
    let mut left = std::fs::read_dir(format!("{cache}/dateline")).unwrap();
    let kept = left.next().unwrap().unwrap().path();
    assert_eq!(std::fs::read_to_string(kept).unwrap(), "an hour of research\n");
}

#[test]
fn words_are_piped_to_a_command_and_its_output_is_shown() {
    let folder = stories("piping");
    let file = format!("{}/taken.txt", folder.path());
    let mut program = Program::start(110, 32, &[&folder.path()], &[("SHELL", "/bin/sh")]);
    program.expect("Old weir at Tarn").press("\r").expect("on");
    program.press("|").expect("Pipe the story to: ").press("head -n 1 | tr a-z A-Z\r").expect("OLD WEIR AT TARN");
    program.press("q").expect_gone("OLD WEIR AT TARN");
    program.press_until("]q", "quote 1 of");
    program.press("|").expect("Pipe the marked words to: ").press(&format!("cat > '{file}'\r"));
    program.expect("which printed nothing");
    let words = std::fs::read_to_string(&file).unwrap();
    assert!(!words.trim().is_empty() && !words.contains("Old weir"), "{words}");
    // A command that runs on the terminal shows its own screen, and Enter returns to the TUI.
    program.press("\x1b").expect_gone("nothing");
    program.press("|").expect("Pipe the story to: ").press("!head -n 1\r").expect("Enter returns to the reader");
    program.press("\r").expect("Piped to head -n 1");
    program.press("|").expect("Pipe the").press("exit 3\r").expect("exit 3: exit status 3");
    program.press("\x03").expect_end(0);
    program.expect_restored();
}
