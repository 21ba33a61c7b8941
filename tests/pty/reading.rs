//! Reading, selecting and marking in the real program.

use super::terminal::{Program, stories};

#[test]
fn words_are_copied_by_the_terminal_and_kept_in_a_file() {
    let folder = stories("copy");
    let cache = format!("{}/cache", folder.path());
    let mut program =
        Program::start(110, 32, &[&folder.path()], &[("XDG_CACHE_HOME", &cache), ("XDG_RUNTIME_DIR", &cache)]);
    program.expect("Old weir at Tarn").press("\r").press_until("]q", "quote 1 of");
    program.press("v").press("Y").expect("as a citation");
    program.expect_output("\x1b]52;c;4oCc");
    let kept = std::fs::read_to_string(format!("{cache}/dateline/clipboard.txt")).unwrap();
    assert!(kept.starts_with('“') && kept.contains(" — "), "{kept}");
    program.press("v").press("1").expect("Highlighted as important");
    program.press("a").expect("Note:");
    program.press("see 2019\r").expect("Noted");
    program.press("H").expect("see 2019 — “");
    program.press("q").expect_gone("see 2019 — “");
    program.press("q");
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
    program.press("q");
    program.expect_end(0);
}

#[test]
fn pasted_text_becomes_a_story() {
    let folder = stories("paste");
    let mut program = Program::start(110, 32, &[&folder.path()], &[]);
    program.expect("Old weir at Tarn");
    program
        .press("\x1b[200~Ferry runs again\n\nThe ferry to Port Anselm ran again on Tuesday, its owner said.\x1b[201~");
    program.expect("Pasted: one story").expect("ran again on Tuesday");
    program.press("q");
    program.expect_end(0);
}
