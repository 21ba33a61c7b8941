//! Tests fetches from local servers that misbehave in various ways.

use super::*;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver};
use std::thread;

/// Starts a server on which `answer` handles each request, given the number of the request. Returns the URL of the
/// server and a channel that receives the requests.
fn serve(answer: impl Fn(usize, &mut TcpStream) + Send + 'static) -> (Url, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = Url::parse(&format!("http://{}/feed", listener.local_addr().unwrap())).unwrap();
    let (asked, log) = mpsc::channel();
    thread::spawn(move || {
        for (number, stream) in listener.incoming().enumerate() {
            let Ok(mut stream) = stream else { continue };
            let lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let request: Vec<String> = lines.map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
            asked.send(request.join("\n")).ok();
            answer(number, &mut stream);
        }
    });
    (url, log)
}

fn local() -> Fetcher {
    let limits = Limits {
        header: Duration::from_millis(400),
        whole: Duration::from_millis(1200),
        body_bytes: 300_000,
        ..Limits::default()
    };
    Fetcher { limits, allow_local: true }
}

fn respond(stream: &mut TcpStream, head: &str, body: &str) {
    let length = body.len();
    write!(stream, "HTTP/1.1 {head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}").ok();
}

#[test]
fn a_page_comes_with_its_kind_and_its_validators() {
    let (url, _log) = serve(|_, stream| {
        respond(stream, "200 OK\r\nContent-Type: text/html; charset=utf-8\r\nETag: \"v1\"", "<p>Hallo.</p>");
    });
    let Ok(FetchResponse::Fresh(page)) = local().fetch(&url, &Validators::default()) else { panic!("no page") };
    assert_eq!(page.body, b"<p>Hallo.</p>");
    assert_eq!(page.content_type.as_deref(), Some("text/html; charset=utf-8"));
    assert_eq!(page.validators.etag.as_deref(), Some("\"v1\""));
    assert_eq!(page.moved, None);
}

#[test]
fn an_unchanged_page_is_not_sent_again() {
    let (url, log) = serve(|_, stream| respond(stream, "304 Not Modified", ""));
    let known = Validators { etag: Some("\"v1\"".to_owned()), last_modified: None };
    assert_eq!(local().fetch(&url, &known), Ok(FetchResponse::Unchanged));
    assert!(log.recv().unwrap().to_lowercase().contains("if-none-match: \"v1\""));
    assert_eq!(local().fetch(&url, &Validators::default()), Err(FetchError::UnchangedWhat));
}

#[test]
fn a_local_server_is_asked_only_when_the_reader_allows_it() {
    let (url, log) = serve(|_, stream| respond(stream, "200 OK", ""));
    let fetcher = Fetcher { allow_local: false, ..local() };
    assert!(matches!(fetcher.fetch(&url, &Validators::default()), Err(FetchError::Local(_))));
    assert!(log.try_recv().is_err(), "a connection was made");
}

#[test]
fn a_redirect_to_another_local_server_is_refused_before_it_is_touched() {
    let (canary, touched) = serve(|_, stream| respond(stream, "200 OK", ""));
    let (url, _log) = serve(move |_, stream| respond(stream, &format!("302 Found\r\nLocation: {canary}"), ""));
    assert!(matches!(local().fetch(&url, &Validators::default()), Err(FetchError::LocalRedirect { .. })));
    assert!(touched.try_recv().is_err(), "a connection was made");
}

#[test]
fn an_endless_redirect_is_stopped() {
    let (url, log) = serve(|_, stream| respond(stream, "301 Moved\r\nLocation: /feed", ""));
    assert_eq!(local().fetch(&url, &Validators::default()), Err(FetchError::TooManyHops(5)));
    assert_eq!(log.try_iter().count(), 6);
}

#[test]
fn a_permanent_redirect_is_reported_and_a_temporary_one_is_not() {
    let moves = |status: &'static str| {
        serve(move |number, stream| match number {
            0 => respond(stream, &format!("{status}\r\nLocation: /new"), ""),
            _ => respond(stream, "200 OK", "<p>Hallo.</p>"),
        })
    };
    let moved = |url: &Url| match local().fetch(url, &Validators::default()) {
        Ok(FetchResponse::Fresh(page)) => page.moved.map(|url| url.path().to_owned()),
        other => panic!("{other:?}"),
    };
    assert_eq!(moved(&moves("301 Moved Permanently").0).as_deref(), Some("/new"));
    assert_eq!(moved(&moves("302 Found").0), None);
}

#[test]
fn credentials_of_the_address_go_to_its_host_and_cookies_nowhere() {
    let (mut url, log) = serve(|number, stream| match number {
        0 => respond(stream, "302 Found\r\nSet-Cookie: a=b\r\nLocation: http://eve:word@127.0.0.1:1/", ""),
        _ => respond(stream, "200 OK", ""),
    });
    url.set_username("ada").unwrap();
    url.set_password(Some("p w")).unwrap();
    assert!(local().fetch(&url, &Validators::default()).is_err());
    assert!(log.recv().unwrap().to_lowercase().contains("authorization: basic ywrhonagdw=="));
    url.set_path("/again");
    assert!(local().fetch(&url, &Validators::default()).is_ok());
    assert!(!log.recv().unwrap().to_lowercase().contains("cookie"));
}

#[test]
fn an_endless_body_is_cut() {
    let (url, _log) = serve(|_, stream| {
        write!(stream, "HTTP/1.1 200 OK\r\n\r\n").ok();
        while stream.write_all(&[b'a'; 4096]).is_ok() {}
    });
    assert_eq!(local().fetch(&url, &Validators::default()), Err(FetchError::TooLarge(300_000)));
}

#[test]
fn a_silent_or_slow_server_times_out() {
    let (silent, _log) = serve(|_, _| thread::sleep(Duration::from_secs(5)));
    assert!(matches!(local().fetch(&silent, &Validators::default()), Err(FetchError::Slow(_))));
    let (drips, _log) = serve(|_, stream| {
        write!(stream, "HTTP/1.1 200 OK\r\n\r\n").ok();
        while stream.write_all(b"a").is_ok() {
            thread::sleep(Duration::from_millis(50));
        }
    });
    assert!(matches!(local().fetch(&drips, &Validators::default()), Err(FetchError::Slow(_))));
}

#[test]
fn a_response_that_breaks_off_is_not_a_failed_connection() {
    for begin in ["", "HTTP/1.1 200 OK\r\nContent-Ty"] {
        let (url, _log) = serve(move |_, stream| {
            write!(stream, "{begin}").ok();
        });
        let error = local().fetch(&url, &Validators::default()).unwrap_err();
        assert!(matches!(error, FetchError::NoResponse(_)), "{begin:?}: {error}");
    }
    let (url, _log) = serve(|_, stream| {
        write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n<rss").ok();
    });
    let error = local().fetch(&url, &Validators::default()).unwrap_err();
    assert!(matches!(error, FetchError::Incomplete { bytes: 4, .. }), "{error}");
}

#[test]
fn an_endless_header_is_refused() {
    let (url, _log) = serve(|_, stream| {
        write!(stream, "HTTP/1.1 200 OK\r\nX-Big: ").ok();
        while stream.write_all(&[b'a'; 4096]).is_ok() {}
    });
    assert_eq!(local().fetch(&url, &Validators::default()), Err(FetchError::LargeHeader));
}

#[test]
fn a_refusal_has_its_retry_after() {
    let (url, _log) = serve(|_, stream| respond(stream, "429 Too Many Requests\r\nRetry-After: 120", ""));
    let Err(error @ FetchError::Status { retry_after: Some(wait), .. }) = local().fetch(&url, &Validators::default())
    else {
        panic!("no refusal")
    };
    assert_eq!(wait.as_secs(), 120);
    assert_eq!(error.to_string(), "the server returned 429 (Too Many Requests)");
}

#[test]
fn other_schemes_are_not_fetched() {
    let url = Url::parse("file:///etc/hostname").unwrap();
    assert_eq!(local().fetch(&url, &Validators::default()), Err(FetchError::Scheme("file".to_owned())));
}
