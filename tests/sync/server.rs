//! A feed server: entries with their states, answered for in the REST API of Miniflux and in the Google Reader API.

use crate::test_folder::{TestFolder, err, out};
use base64::Engine;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;

/// Password for the REST API.
pub(crate) const PASSWORD: &str = "rest-sesame-41";
/// Password for the Google Reader API.
pub(crate) const READER_PASSWORD: &str = "reader-sesame-52";

/// Both passwords, each of which selects a protocol, with the protocol's name.
pub(crate) const PROTOCOLS: [(&str, &str); 2] = [(PASSWORD, "miniflux"), (READER_PASSWORD, "google-reader")];

/// An entry of the server.
#[derive(Clone)]
pub(crate) struct Entry {
    pub feed: i64,
    pub title: String,
    pub url: String,
    pub html: String,
    pub read: bool,
    pub starred: bool,
    pub removed: bool,
    pub labels: BTreeSet<String>,
    /// Time of the last change, in seconds of the server's clock.
    pub changed: i64,
}

/// Everything that a test may set.
pub(crate) struct State {
    pub entries: BTreeMap<i64, Entry>,
    /// Title and folder of each feed, by its ID.
    pub feeds: BTreeMap<i64, (String, String)>,
    /// The server's clock, in Unix seconds. Every request takes a second.
    pub clock: i64,
    pub password: String,
    pub token: String,
    /// Whether lists of IDs are continued at a position, as by Miniflux, or after an ID, as by `FreshRSS`.
    pub by_position: bool,
    /// Names of the labels, which some entries may have. Without any, the server refuses them, as Miniflux does.
    pub labels: BTreeSet<String>,
    /// Whether the list of tags says which of them are labels of feeds and which are labels of entries.
    pub typed: bool,
    /// Raw answers to the requests that contain the text. The first that matches is given.
    pub raw: Vec<(String, Vec<u8>)>,
    /// The same, but each is given only once.
    pub once: Vec<(String, Vec<u8>)>,
    /// All requests, with their heads and bodies.
    pub requests: Vec<String>,
    /// Number of bytes sent.
    pub sent: usize,
}

pub(crate) struct FeedServer {
    pub address: String,
    pub state: Arc<Mutex<State>>,
}

impl FeedServer {
    /// Starts a server with two feeds and `count` unread entries.
    pub(crate) fn new(count: i64) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/", listener.local_addr().unwrap());
        let feeds = [(1, ("Gazette".to_owned(), "Sea".to_owned())), (2, ("Post".to_owned(), "Land".to_owned()))];
        let state = State {
            entries: (1..=count).map(|id| (id, entry(id))).collect(),
            feeds: feeds.into(),
            clock: 1_700_000_000,
            password: PASSWORD.to_owned(),
            token: "ada/0123456789abcdef".to_owned(),
            by_position: true,
            labels: BTreeSet::new(),
            typed: true,
            raw: Vec::new(),
            once: Vec::new(),
            requests: Vec::new(),
            sent: 0,
        };
        let state = Arc::new(Mutex::new(state));
        let shared = Arc::clone(&state);
        thread::spawn(move || listener.incoming().flatten().for_each(|stream| serve(stream, &shared)));
        Self { address, state }
    }

    /// Changes the state of the server, as its own web page would.
    pub(crate) fn set<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let mut state = self.state.lock().unwrap();
        // Later than the margin within which a sync lists changes again.
        state.clock += 1000;
        change(&mut state)
    }

    /// Sets the read and starred states of an entry.
    pub(crate) fn mark(&self, id: i64, read: bool, starred: bool) {
        self.set(|state| {
            let changed = state.clock;
            let entry = state.entries.get_mut(&id).unwrap();
            (entry.read, entry.starred, entry.changed) = (read, starred, changed);
        });
    }

    /// Returns the IDs of the entries that have been read, and of those that are starred.
    pub(crate) fn marked(&self) -> (Vec<i64>, Vec<i64>) {
        let state = self.state.lock().unwrap();
        let ids =
            |is: fn(&Entry) -> bool| state.entries.iter().filter(|(_, entry)| is(entry)).map(|(id, _)| *id).collect();
        (ids(|entry| entry.read), ids(|entry| entry.starred))
    }

    /// Returns the requests since the last call.
    pub(crate) fn requests(&self) -> Vec<String> {
        std::mem::take(&mut self.state.lock().unwrap().requests)
    }
}

/// Returns the entry with an ID, which has a text of its own.
pub(crate) fn entry(id: i64) -> Entry {
    Entry {
        feed: 1 + id % 2,
        title: format!("Ferry {id} & quay"),
        url: format!("https://gazette.example/{id}"),
        html: format!("<p>Ferry number {id} came back on Monday, harbour master Ada Quill said at pier {id}.</p>"),
        read: false,
        starred: false,
        removed: false,
        labels: BTreeSet::new(),
        changed: 1_700_000_000,
    }
}

fn serve(mut stream: TcpStream, state: &Mutex<State>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut head = String::new();
    while reader.read_line(&mut head).is_ok_and(|length| length > 2) {}
    let length = head
        .to_lowercase()
        .split("content-length: ")
        .nth(1)
        .map_or(0, |rest| rest.lines().next().unwrap_or_default().parse().unwrap_or(0));
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let body = String::from_utf8(body).unwrap();
    let mut state = state.lock().unwrap();
    state.requests.push(format!("{head}{body}"));
    state.clock += 1;
    let line = head.lines().next().unwrap_or_default().to_owned();
    let whole = format!("{head}{body}");
    let once = state.once.iter().position(|(part, _)| whole.contains(part.as_str()));
    let once = once.map(|at| state.once.remove(at).1);
    let raw = state.raw.iter().find(|(part, _)| whole.contains(part.as_str())).map(|(_, answer)| answer.clone());
    let answer = once.or(raw).unwrap_or_else(|| {
        let (status, kind, body) = answer(&mut state, &line, &head, &body);
        let date = jiff::fmt::rfc2822::DateTimePrinter::new();
        let date = date.timestamp_to_rfc9110_string(&jiff::Timestamp::from_second(state.clock).unwrap()).unwrap();
        let length = body.len();
        format!("HTTP/1.1 {status}\r\nDate: {date}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}")
            .into_bytes()
    });
    state.sent += answer.len();
    stream.write_all(&answer).ok();
}

/// Returns the status, the media type and the body of an answer.
fn answer(state: &mut State, line: &str, head: &str, body: &str) -> (&'static str, &'static str, String) {
    let (json_type, text_type) = ("application/json", "text/plain");
    let unauthorized = ("401 Unauthorized", json_type, json!({"error_message": "access unauthorized"}).to_string());
    let mut words = line.split(' ');
    let method = words.next().unwrap_or_default();
    let url = url::Url::parse("http://server").unwrap().join(words.next().unwrap_or_default()).unwrap();
    let query: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let form: Vec<(String, String)> = url::form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    let path = url.path().trim_start_matches('/').to_owned();
    if let Some(path) = path.strip_prefix("v1/") {
        let credentials = format!("ada:{}", state.password);
        let credentials = base64::engine::general_purpose::STANDARD.encode(credentials);
        if !head.contains(&format!("Basic {credentials}")) {
            return unauthorized;
        }
        return match rest(state, method, path, &query, body) {
            Some(answer) => ("200 OK", json_type, answer.to_string()),
            None => ("404 Not Found", json_type, json!({"error_message": "resource not found"}).to_string()),
        };
    }
    if path == "accounts/ClientLogin" {
        let has = |name: &str, value: &str| form.iter().any(|(n, v)| n == name && v == value);
        let known = has("Email", "ada") && has("Passwd", READER_PASSWORD);
        let token = &state.token;
        return if known {
            ("200 OK", text_type, format!("SID={token}\nLSID={token}\nAuth={token}\n"))
        } else {
            unauthorized
        };
    }
    if !head.contains(&format!("GoogleLogin auth={}", state.token)) {
        return ("401 Unauthorized", text_type, "Unauthorized".to_owned());
    }
    match path.strip_prefix("reader/api/0/").unwrap_or_default() {
        "token" => ("200 OK", text_type, state.token.clone()),
        "edit-tag" if edit(state, &form) => ("200 OK", text_type, "OK".to_owned()),
        "edit-tag" => ("500 Internal Server Error", json_type, json!({"error_message": "no labels"}).to_string()),
        path => match reader(state, path, &query, &form) {
            Some(answer) => ("200 OK", json_type, answer.to_string()),
            None => ("404 Not Found", text_type, "not found".to_owned()),
        },
    }
}

/// Answers a request to the REST API, without its common path.
fn rest(state: &mut State, method: &str, path: &str, query: &[(String, String)], body: &str) -> Option<Value> {
    let number = |name: &str| query.iter().find(|(n, _)| n == name).map_or(0, |(_, value)| value.parse().unwrap());
    let now = state.clock;
    let entry_json = |id: i64, entry: &Entry| {
        let status = if entry.removed {
            "removed"
        } else if entry.read {
            "read"
        } else {
            "unread"
        };
        json!({"id": id, "feed_id": entry.feed, "status": status, "title": entry.title, "url": entry.url,
            "author": "Ada Quill", "published_at": "2024-03-04T08:00:00Z", "content": entry.html,
            "starred": entry.starred, "tags": null})
    };
    match (method, path.split('/').collect::<Vec<_>>().as_slice()) {
        ("GET", ["me"]) => Some(json!({"id": 1, "username": "ada"})),
        ("GET", ["feeds"]) => {
            let feed = |(id, (title, folder)): (&i64, &(String, String))| {
                json!({"id": id, "feed_url": format!("https://gazette.example/feed/{id}"), "title": title,
                    "category": {"id": 1, "title": folder}})
            };
            Some(state.feeds.iter().map(feed).collect())
        }
        ("GET", ["entries"]) => {
            let (after, since, limit) = (number("after_entry_id"), number("changed_after"), number("limit") as usize);
            let statuses: Vec<&str> = query.iter().filter(|(n, _)| n == "status").map(|(_, v)| v.as_str()).collect();
            let found = state.entries.iter().filter(|(id, entry)| **id > after && entry.changed > since);
            let found = found.map(|(id, entry)| entry_json(*id, entry));
            let found = found.filter(|entry| statuses.contains(&entry["status"].as_str().unwrap()));
            let found: Vec<Value> = found.take(limit).collect();
            Some(json!({"total": found.len(), "entries": found}))
        }
        ("GET", ["entries", id]) => {
            let id = id.parse().unwrap();
            Some(entry_json(id, state.entries.get(&id)?))
        }
        ("PUT", ["entries"]) => {
            let change: Value = serde_json::from_str(body).unwrap();
            for id in change["entry_ids"].as_array().unwrap() {
                let entry = state.entries.get_mut(&id.as_i64().unwrap())?;
                (entry.read, entry.changed) = (change["status"] == "read", now);
            }
            Some(Value::Null)
        }
        ("PUT", ["entries", id, "bookmark"]) => {
            let entry = state.entries.get_mut(&id.parse().unwrap())?;
            (entry.starred, entry.changed) = (!entry.starred, now);
            Some(Value::Null)
        }
        _ => None,
    }
}

fn long_id(id: i64) -> String {
    format!("tag:google.com,2005:reader/item/{id:016x}")
}

fn parse_id(text: &str) -> i64 {
    let digits = text.strip_prefix("tag:google.com,2005:reader/item/");
    digits.map_or_else(|| text.parse().unwrap(), |digits| i64::from_str_radix(digits, 16).unwrap())
}

/// Answers a request to the Google Reader API that reads something, without its common path.
fn reader(state: &State, path: &str, query: &[(String, String)], form: &[(String, String)]) -> Option<Value> {
    let value = |name: &str| query.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str()).unwrap_or_default();
    match path {
        "subscription/list" => {
            let feed = |(id, (title, folder)): (&i64, &(String, String))| {
                json!({"id": format!("feed/{id}"), "title": title, "url": format!("https://gazette.example/feed/{id}"),
                    "categories": [{"id": format!("user/1/label/{folder}"), "label": folder, "type": "folder"}]})
            };
            Some(json!({"subscriptions": state.feeds.iter().map(feed).collect::<Value>()}))
        }
        "tag/list" => {
            let tag = |name: &String, kind: &str| {
                let mut tag = json!({"id": format!("user/1/label/{name}")});
                if state.typed {
                    tag["type"] = json!(kind);
                }
                tag
            };
            let mut tags = vec![json!({"id": "user/1/state/com.google/starred"})];
            tags.extend(state.feeds.values().map(|(_, folder)| tag(folder, "folder")));
            tags.extend(state.labels.iter().map(|label| tag(label, "tag")));
            Some(json!({"tags": tags}))
        }
        "stream/items/ids" => {
            let starred = value("s").ends_with("/starred");
            let unread = value("xt").ends_with("/read");
            // Miniflux looks at the stream only, and FreshRSS at the tag only.
            let read = value(if state.by_position { "s" } else { "it" }).ends_with("/read");
            // Fewer than asked for, so that the lists have several pages.
            let count = value("n").parse::<usize>().unwrap().min(40);
            let found = state.entries.iter().rev().filter(|(_, entry)| !entry.removed);
            let label = value("s").split_once("/label/").map(|(_, label)| label);
            let found = found.filter(|(_, entry)| label.is_none_or(|label| entry.labels.contains(label)));
            let found = found
                .filter(|(_, entry)| (!starred || entry.starred) && !(unread && entry.read) && (!read || entry.read));
            let ids: Vec<i64> = found.map(|(id, _)| *id).collect();
            let begin = match value("c").parse::<i64>() {
                Ok(position) if state.by_position => position as usize,
                Ok(last) => ids.iter().position(|id| *id < last).unwrap_or(ids.len()),
                Err(_) => 0,
            };
            let page: Vec<i64> = ids.iter().skip(begin).take(count).copied().collect();
            let refs: Vec<Value> = page.iter().map(|id| json!({"id": id.to_string()})).collect();
            let mut answer = json!({"itemRefs": refs});
            let next = begin + page.len();
            if let Some(last) = page.last().filter(|_| next < ids.len()) {
                answer["continuation"] = json!(if state.by_position { next.to_string() } else { last.to_string() });
            }
            Some(answer)
        }
        "stream/items/contents" => {
            let ids = form.iter().filter(|(name, _)| name == "i").map(|(_, id)| parse_id(id));
            let items = ids.filter_map(|id| {
                let entry = state.entries.get(&id).filter(|entry| !entry.removed)?;
                let mut categories = vec!["user/1/state/com.google/reading-list"];
                categories.extend(entry.read.then_some("user/1/state/com.google/read"));
                categories.extend(entry.starred.then_some("user/1/state/com.google/starred"));
                Some(json!({"id": long_id(id), "title": entry.title, "published": 1_709_539_200, "author": "Ada Quill",
                    "alternate": [{"href": entry.url}], "summary": {"content": entry.html}, "categories": categories,
                    "origin": {"streamId": format!("feed/{}", entry.feed), "title": "?"}}))
            });
            Some(json!({"items": items.collect::<Vec<_>>()}))
        }
        _ => None,
    }
}

/// Adds and removes tags of the Google Reader API. Returns `false` for a label if the server has none.
fn edit(state: &mut State, form: &[(String, String)]) -> bool {
    let edits: Vec<(bool, &str)> = form
        .iter()
        .filter(|(name, _)| name == "a" || name == "r")
        .map(|(name, tag)| (name == "a", tag.as_str()))
        .collect();
    let label = |tag: &str| tag.strip_prefix("user/-/label/").map(str::to_owned);
    let labels: Vec<String> = edits.iter().filter_map(|(_, tag)| label(tag)).collect();
    if !labels.is_empty() && state.labels.is_empty() {
        return false;
    }
    state.labels.extend(labels);
    for (_, id) in form.iter().filter(|(name, _)| name == "i") {
        let Some(entry) = state.entries.get_mut(&parse_id(id)) else { continue };
        entry.changed = state.clock;
        for (is, tag) in &edits {
            match label(tag) {
                Some(label) if *is => drop(entry.labels.insert(label)),
                Some(label) => drop(entry.labels.remove(&label)),
                None if tag.ends_with("/starred") => entry.starred = *is,
                None => entry.read = *is,
            }
        }
    }
    true
}

/// A library that is read against a server.
pub(crate) struct Reader {
    pub folder: TestFolder,
}

impl Reader {
    pub(crate) fn new(name: &str) -> Self {
        Self { folder: TestFolder::new(&format!("sync-{name}")) }
    }

    /// Runs the program with `input` on standard input.
    pub(crate) fn run(&self, arguments: &[&str], input: &str) -> Output {
        let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
            .args(arguments)
            .env("DATELINE_LIBRARY", self.folder.0.join("library.db"))
            .env("XDG_CONFIG_HOME", "/nonexistent")
            .env("XDG_STATE_HOME", self.folder.0.join("state"))
            .env("HOME", &self.folder.0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    }

    /// Runs the program. Returns what it prints, with the errors last.
    pub(crate) fn say(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments, "");
        format!("{}{}", out(&output), err(&output))
    }

    /// Adds a server with the password that selects the protocol.
    pub(crate) fn add(&self, server: &FeedServer, password: &str) -> String {
        let arguments = ["sync", "add", "--allow-local", "--user", "ada", &server.address];
        let output = self.run(&arguments, &format!("{password}\n"));
        format!("{}{}", out(&output), err(&output)).replace(&server.address, "SERVER")
    }

    /// Syncs with all servers.
    pub(crate) fn sync(&self) -> String {
        self.say(&["sync", "--allow-local"])
    }

    /// Runs an SQL query that returns one number.
    pub(crate) fn count(&self, sql: &str) -> i64 {
        let library = rusqlite::Connection::open(self.folder.0.join("library.db")).unwrap();
        library.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    /// Marks the stories that a query finds.
    pub(crate) fn mark(&self, flag: &str, query: &str) {
        let output = self.run(&["mark", "--yes", flag, query], "");
        assert!(output.status.success(), "{}", err(&output));
    }

    /// Returns all states of the stories and of the sync, as one text.
    pub(crate) fn states(&self) -> String {
        let library = rusqlite::Connection::open(self.folder.0.join("library.db")).unwrap();
        let mut out = String::new();
        for sql in [
            "SELECT json_array(id, headline, read, starred, archived, binned_at, versions) FROM articles ORDER BY id",
            "SELECT json_array(url, title, tags, paused, server_id) FROM feeds ORDER BY id",
            "SELECT json_array(entry, article_id, read, starred) FROM sync_entries ORDER BY entry",
        ] {
            let mut statement = library.prepare(sql).unwrap();
            let rows = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
            rows.for_each(|row| out.push_str(&(row.unwrap() + "\n")));
        }
        out
    }
}
