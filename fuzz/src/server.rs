//! Property of a sync, checked against a server on this machine that answers with the input.

use dateline_core::article::Article;
use dateline_core::text::Span;
use dateline_fetch::Fetcher;
use dateline_library::Library;
use dateline_sync::{self as sync, Secret};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

/// Number of requests after which the server has no more answers, because a sync asks for the next page as long as it
/// gets one.
const MAX_REQUESTS: usize = 24;

/// Syncs a library with a server that answers each request with the next line of the input, over each protocol. A user's
/// note and its story must stay, the library must be sound, and a failure must have a reason of one line. The sync must
/// end.
#[allow(clippy::unwrap_used, reason = "a library in memory and a server on this machine; a failure is a finding")]
pub fn sync(bytes: &[u8]) {
    let answers: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
    for kind in ["miniflux", "google-reader"] {
        let mut library = Library::open_in_memory().unwrap();
        library.add(&[super::library::prepared(Article::verbatim("old", super::library::OLD), "old")]).unwrap();
        library.highlight(1, Span::new(4, 9), "important", super::library::NOTE).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let server = library.add_sync_server(&url, kind, "ada").unwrap();
        let mut secret = Secret { password: "sesame".to_owned(), token: Some("ada/1".to_owned()) };
        let mut fetcher = Fetcher { allow_local: true, ..Fetcher::default() };
        fetcher.limits.whole = Duration::from_secs(5);
        let (is_over, requests) = (AtomicBool::new(false), AtomicUsize::new(0));
        thread::scope(|scope| {
            scope.spawn(|| {
                for stream in listener.incoming().flatten() {
                    if is_over.load(Ordering::SeqCst) {
                        break;
                    }
                    let number = requests.fetch_add(1, Ordering::SeqCst);
                    let _ = answer(stream, answers.get(number % answers.len()).filter(|_| number < MAX_REQUESTS));
                }
            });
            let outcome = sync::sync(&mut library, &server, &mut secret, &fetcher, |_| {});
            is_over.store(true, Ordering::SeqCst);
            drop(TcpStream::connect(listener.local_addr().unwrap()));
            if let Err(error) = outcome {
                super::reason(&error.to_string());
            }
        });
        let asked = requests.load(Ordering::SeqCst);
        assert!(
            asked <= 2 * MAX_REQUESTS,
            "{asked} requests: the sync does not notice that the server is out of order"
        );
        let report = library.check().unwrap();
        assert!(report.faults.is_empty(), "{:?}", report.faults);
        assert_eq!(
            library.article(1).unwrap().article.text,
            super::library::OLD,
            "the text of another story was replaced"
        );
        let notes = library.highlights(1).unwrap();
        assert!(notes.iter().any(|highlight| highlight.note == super::library::NOTE), "a note was lost: {notes:?}");
    }
}

/// Answers one request: with the answer, or that the service is unavailable.
fn answer(mut stream: TcpStream, answer: Option<&&[u8]>) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(2)))?;
    let mut input = BufReader::new(stream.try_clone()?);
    let mut length = 0;
    loop {
        let mut line = String::new();
        if input.read_line(&mut line)? <= 2 {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or_default();
        }
    }
    std::io::copy(&mut input.take(length), &mut std::io::sink())?;
    let (status, body) = answer.map_or(("503 Service Unavailable", &b""[..]), |body| ("200 OK", *body));
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    )?;
    stream.write_all(body)
}
