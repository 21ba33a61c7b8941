//! Tests saved views and feeds in the TUI: views are named, counted, opened and removed, and feeds are fetched while
//! the user reads.

use super::library::{library, open};
use super::terminal::Program;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Sender, channel};
use std::thread;

const FEED: &str = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Harbour Gazette</title>\
    <item><title>Ferry returns</title><guid>1</guid><description>The ferry came back on Monday.</description></item>\
    <item><title>Quay closes</title><guid>2</guid><description>The quay closes in May.</description></item>\
    </channel></rss>";

/// Starts a server with one feed. The server responds to any other request with the error "busy".
pub(crate) fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { continue };
            let lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let request: Vec<String> = lines.map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
            let is_feed = request.first().is_some_and(|line| line.starts_with("GET /feed "));
            let (head, body) = if is_feed { ("200 OK", FEED) } else { ("503 Service Unavailable", "busy") };
            let length = body.len();
            write!(stream, "HTTP/1.1 {head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}").ok();
        }
    });
    address
}

#[test]
fn a_view_has_a_name_a_count_and_comes_back_after_a_restart() {
    let (_folder, path) = library("views");
    let mut program = open(&path);
    program.press("fweir\r").expect("weir: one story");
    program.press("Q").expect("View name").press("\x15Rivers\r").expect("Saved the view “Rivers”");
    program.press("\x03").expect_end(0);

    let mut program = open(&path);
    program.press("W").expect("Saved views").expect("1 unread of 1");
    program.press_until("j", "▌   Rivers").press("\r").expect("Rivers: one story").expect_gone("Snow closes");
    // The user returns to the page, and then to the list below it. The view is removed and restored.
    program.press("\x7f").expect("1 unread of 1").press("\x7f").expect("Snow closes");
    program.press("W").expect("1 unread of 1").press_until("j", "▌   Rivers");
    program.press("x").expect("Removed the view “Rivers”").expect("No views yet: search");
    program.press("u").expect("Undid: removed the view").expect("1 unread of 1");
    program.press("q").press("\x03").expect_end(0);
}

#[test]
fn feeds_are_followed_and_fetched_while_one_reads_and_what_fails_says_why() {
    let (folder, path) = library("fetching");
    let server = serve();
    let settings = format!("{}/config/dateline", folder.path());
    std::fs::create_dir_all(&settings).unwrap();
    std::fs::write(format!("{settings}/config.toml"), "fetch_local = true\n").unwrap();
    let config = format!("{}/config", folder.path());
    let mut program = Program::start(110, 32, &["--library", &path], &[("XDG_CONFIG_HOME", &config)]);
    program.expect("Old weir at Tarn").press("W").expect("No feeds yet: add one");
    program.press("a").expect("Feed or site URL").press(&format!("{server}/feed\r"));
    program.expect("Following Harbour Gazette: 2 new").expect("2 unread of 2");
    program.press("a").press(&format!("{server}/other\r")).expect("503");
    // After a manual fetch, the row of the feed shows the result.
    program.press_until("j", "▌   Harbour Gazette").press("R").expect("Fetched: 0 new, 0 changed");
    program.press("\r").expect("Harbour Gazette: 2 stories").expect("Quay closes");
    program.press("W").expect("Feeds").press_until("j", "▌   Harbour Gazette").press("x").expect("again to unfollow");
    program.press("x").expect("Unfollowed").expect("No feeds yet: add one");
    program.press("q").press("\x03").expect_end(0);
}

/// Starts a server that announces a feed and sends none of it until the sender is dropped, and then closes the connection.
/// A server that sent no header would be given up after 20 s, in the middle of the test on a busy machine.
fn serve_nothing() -> (String, Sender<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/feed", listener.local_addr().unwrap());
    let (silent, ended) = channel();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n").unwrap();
        ended.recv().ok();
    });
    (url, silent)
}

#[test]
fn a_silent_feed_does_not_hold_up_the_reader() {
    let (folder, path) = library("silent");
    let settings = format!("{}/config/dateline", folder.path());
    std::fs::create_dir_all(&settings).unwrap();
    std::fs::write(format!("{settings}/config.toml"), "fetch_local = true\n").unwrap();
    let config = format!("{}/config", folder.path());
    let (url, silent) = serve_nothing();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.args(["feed", "add", "--no-fetch", "--library", &path, &url]);
    assert!(command.output().unwrap().status.success());
    let mut program = Program::start(110, 32, &["--library", &path], &[("XDG_CONFIG_HOME", &config)]);
    program.expect("Old weir at Tarn").press("R").expect("Fetching");
    program.press("fhald\r").expect("hald: one story").press("\r").expect("1 of").press("\x1b").expect_gone("1 of");
    program.press("*").expect("Starred 1 story").press("?").expect("In the text").press("q").expect_gone("In the text");
    program.press("W").expect("Feeds").press("?").expect("On this page").expect("views and feeds: add a feed");
    // Once the connection is closed, the failure has a reason.
    program.press("q").expect_gone("On this page");
    drop(silent);
    program.expect("failed");
    program.press("q").press("\x03").expect_end(0);
}

#[test]
fn a_local_feed_names_the_setting_that_allows_it() {
    let (_folder, path) = library("local-feed");
    let mut program = Program::start(140, 32, &["--library", &path], &[]);
    program.expect("Old weir at Tarn").press("W").expect("No feeds yet: add one");
    program.press("a").expect("Feed or site URL").press(&format!("{}/feed\r", serve()));
    program.expect("on this machine or its local network; the setting `fetch_local` allows it");
    program.press("q").press("\x03").expect_end(0);
}
