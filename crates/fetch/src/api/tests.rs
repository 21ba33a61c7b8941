//! Tests requests to the API of a local server.

use super::*;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::{self, Receiver};
use std::thread;

/// Starts a server that gives one answer to every request. Returns its URL and a channel that receives the requests.
fn serve(answer: String) -> (Url, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = Url::parse(&format!("http://{}/rss", listener.local_addr().unwrap())).unwrap();
    let (asked, log) = mpsc::channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap());
            let mut request = String::new();
            while lines.read_line(&mut request).unwrap() > 2 {}
            let length = request
                .to_lowercase()
                .split("content-length: ")
                .nth(1)
                .map_or(0, |rest| rest.lines().next().unwrap().parse().unwrap());
            let mut body = vec![0; length];
            lines.read_exact(&mut body).unwrap();
            asked.send(request + &String::from_utf8(body).unwrap()).ok();
            stream.write_all(answer.as_bytes()).ok();
        }
    });
    (url, log)
}

fn response(head: &str, body: &str) -> String {
    format!("HTTP/1.1 {head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
}

fn client(url: &Url) -> ApiClient {
    ApiClient::new(&Fetcher { allow_local: true, ..Fetcher::default() }, url).unwrap()
}

#[test]
fn a_request_goes_below_the_base_with_its_credentials_and_body() {
    let (mut url, log) =
        serve(response("201 Created\r\nDate: Fri, 01 Mar 2024 12:00:00 GMT\r\nContent-Type: application/json", "{}"));
    url.set_password(Some("sesame")).unwrap();
    let answer = client(&url).send("/v1/me?a=b", Some(("X-Auth-Token", "key")), ApiCall::Put("{\"a\":1}")).unwrap();
    assert_eq!((answer.status, answer.date, answer.body.as_slice()), (201, Some(1_709_294_400), &b"{}"[..]));
    let request = log.recv().unwrap().to_lowercase();
    assert!(request.starts_with("put /rss/v1/me?a=b ") && request.ends_with("\r\n\r\n{\"a\":1}"), "{request}");
    assert!(request.contains("x-auth-token: key") && !request.contains("authorization"), "{request}");
}

#[test]
fn a_redirect_is_reported_and_nothing_is_sent_to_its_target() {
    let (target, touched) = serve(response("200 OK", ""));
    let (url, _log) = serve(response(&format!("302 Found\r\nLocation: {target}"), ""));
    let error = client(&url).send("/v1/me", Some(("X-Auth-Token", "key")), ApiCall::Get).unwrap_err();
    assert_eq!(error, FetchError::Redirect(target.origin().ascii_serialization()));
    assert!(touched.try_recv().is_err(), "a connection was made");
}

#[test]
fn a_local_server_needs_permission() {
    let (url, log) = serve(response("200 OK", ""));
    let client = ApiClient::new(&Fetcher::default(), &url).unwrap();
    assert!(matches!(client.send("/", None, ApiCall::Get), Err(FetchError::Local(_))));
    assert!(log.try_recv().is_err(), "a connection was made");
}

#[test]
fn other_schemes_are_refused() {
    let url = Url::parse("ftp://a.example/").unwrap();
    assert!(matches!(ApiClient::new(&Fetcher::default(), &url), Err(FetchError::Scheme(_))));
}
