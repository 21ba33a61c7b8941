//! Tests fetching many feeds at once, each from its own loopback address: feeds that fail or are silent are named, and
//! hold up none of the others.

use super::test_folder::{TestFolder, err, out};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

/// Number of feeds, from 127.0.0.1 on.
const FEEDS: usize = 12;

/// Number of feeds with stories, which come first. More than are fetched in parallel, so that some of them must wait
/// for others.
const GOOD: usize = 8;

/// Number of feeds that have been served.
static SERVED: AtomicUsize = AtomicUsize::new(0);

/// Responds to a request for feed `number`. The silent feeds, which are the last two, say nothing until all others have
/// been served, and then close the connection.
fn respond(number: usize, mut stream: TcpStream) {
    let lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let request: Vec<String> = lines.map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
    assert!(!request.is_empty());
    if number > FEEDS - 2 {
        while SERVED.load(Ordering::SeqCst) < FEEDS - 2 {
            thread::sleep(Duration::from_millis(10));
        }
        // The program has yet to store the last feed that was served.
        thread::sleep(Duration::from_millis(300));
        return;
    }
    let (head, body) = match number {
        ..=GOOD => ("200 OK\r\nContent-Type: application/rss+xml", feed(number)),
        9 => ("503 Service Unavailable", "busy".to_owned()),
        _ => ("200 OK\r\nContent-Type: text/html", "<html><body><p>Please log in.</p></body></html>".to_owned()),
    };
    let length = body.len();
    write!(stream, "HTTP/1.1 {head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}").ok();
    SERVED.fetch_add(1, Ordering::SeqCst);
}

fn feed(number: usize) -> String {
    let item = |item: usize| {
        format!(
            "<item><title>Ferry {item} of {number}</title><guid>{number}-{item}</guid>\
            <description>Ferry {item} sailed on Monday, harbour master Ada Quill said.</description></item>"
        )
    };
    let items: String = (0..3).map(item).collect();
    format!("<rss version=\"2.0\"><channel><title>Gazette {number}</title>{items}</channel></rss>")
}

#[test]
fn feeds_that_fail_or_are_silent_are_named_and_hold_up_no_other() {
    let test_folder = TestFolder::new("feeds-many");
    let mut urls = String::new();
    for number in 1..=FEEDS {
        let listener = TcpListener::bind(format!("127.0.0.{number}:0")).unwrap();
        urls.push_str(&format!("http://{}/feed\n", listener.local_addr().unwrap()));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                thread::spawn(move || respond(number, stream));
            }
        });
    }
    let file = test_folder.0.join("urls");
    std::fs::write(&file, &urls).unwrap();
    let imported = test_folder.dateline(&["feed", "import", file.to_str().unwrap()]);
    assert!(out(&imported).contains("following 12 more feeds"), "{}", err(&imported));

    let fetched = test_folder.dateline(&["fetch", "--allow-local"]);
    assert_eq!(fetched.status.code(), Some(1));
    let (new, failed) = (out(&fetched), err(&fetched));
    assert_eq!(new.lines().filter(|line| line.ends_with("3 new, 0 changed")).count(), GOOD, "{new}");
    let failures: Vec<&str> = failed.lines().collect();
    assert_eq!(failures.len(), FEEDS - GOOD, "one line for each: {failed}");
    let line = |number: usize| {
        let address = format!("127.0.0.{number}:");
        failures.iter().position(|line| line.contains(&address)).unwrap_or_else(|| panic!("{address} in {failed}"))
    };
    assert!(failures[line(9)].contains("503") && failures[line(10)].contains("not a feed"), "{failed}");
    // A silent feed is given up after all others have been read.
    assert!(line(11) > 1 && line(12) > 1, "{failed}");
    let listed = out(&test_folder.dateline(&["list", "ferry", "--to", "jsonl"]));
    assert_eq!(listed.lines().count(), 3 * GOOD);
}
