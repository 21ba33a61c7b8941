//! A local HTTP server whose responses are set by the test, and feeds for it to serve.

use crate::test_folder::{TestFolder, err, out};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// Responses by path, and the requests received so far.
#[derive(Default)]
struct Shared {
    answers: HashMap<String, Vec<u8>>,
    requests: Vec<String>,
}

pub(crate) struct Server {
    pub address: String,
    shared: Arc<Mutex<Shared>>,
}

impl Server {
    pub(crate) fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let shared = Arc::new(Mutex::new(Shared::default()));
        let served = Arc::clone(&shared);
        thread::spawn(move || listener.incoming().flatten().for_each(|stream| answer(stream, &served)));
        Self { address, shared }
    }

    /// Returns the URL of a path on the server.
    pub(crate) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// Sets the raw response for a path, including the status line and headers.
    pub(crate) fn set_raw(&self, path: &str, answer: impl Into<Vec<u8>>) {
        self.shared.lock().unwrap().answers.insert(path.to_owned(), answer.into());
    }

    /// Sets a response with a body and an `ETag`. In the body, `SERVER` is replaced with the URL of the server.
    pub(crate) fn set(&self, path: &str, body: &str) {
        let body = body.replace("SERVER", &self.address);
        let length = body.len();
        self.set_raw(
            path,
            format!("HTTP/1.1 200 OK\r\nETag: \"one\"\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"),
        );
    }

    /// Redirects requests for `path` to `target`.
    pub(crate) fn redirect(&self, path: &str, target: &str) {
        let head =
            format!("HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        self.set_raw(path, head);
    }

    /// Returns all requests received so far, including their headers.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.shared.lock().unwrap().requests.clone()
    }
}

fn answer(mut stream: TcpStream, shared: &Mutex<Shared>) {
    let lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let request: Vec<String> = lines.map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
    let path = request.first().and_then(|line| line.split(' ').nth(1)).unwrap_or_default().to_owned();
    let path = path.split('?').next().unwrap_or_default();
    let mut shared = shared.lock().unwrap();
    shared.requests.push(request.join("\n"));
    let missing = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec();
    let answer = shared.answers.get(path).cloned().unwrap_or(missing);
    stream.write_all(&answer).ok();
}

/// An item of a feed. Empty fields are left out of the feed.
#[derive(Clone, Copy, Default)]
pub(crate) struct Item<'a> {
    pub title: &'a str,
    pub guid: &'a str,
    pub link: &'a str,
    /// Day of the item's date in March 2026.
    pub day: u8,
    pub text: &'a str,
}

/// Formats items as an RSS feed.
pub(crate) fn rss(items: &[Item<'_>]) -> String {
    let mut out = String::from("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Harbour Post</title>");
    for item in items {
        out.push_str("<item>");
        for (name, value) in [("title", item.title), ("link", item.link), ("description", item.text)] {
            if !value.is_empty() {
                write!(out, "<{name}>{value}</{name}>").unwrap();
            }
        }
        if !item.guid.is_empty() {
            write!(out, "<guid isPermaLink=\"false\">{}</guid>", item.guid).unwrap();
        }
        if item.day > 0 {
            write!(out, "<pubDate>{:02} Mar 2026 09:00:00 GMT</pubDate>", item.day).unwrap();
        }
        out.push_str("</item>");
    }
    out + "</channel></rss>"
}

/// A library that follows a single feed of the server.
pub(crate) struct Reader {
    pub server: Server,
    pub test_folder: TestFolder,
}

impl Reader {
    pub(crate) fn new(name: &str) -> Self {
        let (server, test_folder) = (Server::new(), TestFolder::new(&format!("feeds-{name}")));
        test_folder.dateline(&["feed", "add", "--allow-local", "--no-fetch", "--title", "Post", &server.at("/feed")]);
        Self { server, test_folder }
    }

    /// Fetches the feed in its current state. Returns the report of the program.
    pub(crate) fn fetch(&self) -> String {
        let output = self.test_folder.dateline(&["fetch", "--all", "--allow-local"]);
        format!("{}{}", out(&output), err(&output)).trim_end().replace("Post: ", "")
    }

    /// Serves items in the feed and fetches them.
    pub(crate) fn bring(&self, items: &[Item<'_>]) -> String {
        self.server.set("/feed", &rss(items));
        self.fetch()
    }

    pub(crate) fn ids(&self) -> Vec<String> {
        let list = out(&self.test_folder.dateline(&["list"]));
        let mut ids: Vec<String> =
            list.lines().skip(1).filter_map(|line| line.split(' ').next()).map(str::to_owned).collect();
        ids.sort();
        ids
    }

    pub(crate) fn read_all(&self) {
        let ids = self.ids();
        let arguments: Vec<&str> = ["mark", "--read"].into_iter().chain(ids.iter().map(String::as_str)).collect();
        assert!(self.test_folder.dateline(&arguments).status.success());
    }

    pub(crate) fn show(&self, query: &str) -> String {
        out(&self.test_folder.dateline(&["show", query]))
    }

    /// Returns the total number of older versions, and the number of unread stories.
    pub(crate) fn kept(&self) -> (i64, i64) {
        let library = rusqlite::Connection::open(self.test_folder.0.join("library.db")).unwrap();
        let sql = "SELECT (SELECT count(*) FROM versions), (SELECT count(*) FROM articles WHERE read = 0)";
        library.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
    }
}
