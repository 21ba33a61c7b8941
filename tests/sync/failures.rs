//! Tests that a server which fails or lies changes nothing, and that the password stays where it belongs.

use crate::server::{FeedServer, PASSWORD, PROTOCOLS, READER_PASSWORD, Reader};
use crate::test_folder::{err, out};
use base64::Engine;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

fn raw(head: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len()).into_bytes()
}

#[test]
fn each_failure_is_one_sentence_and_changes_nothing() {
    let html = "<!doctype html><html><body><form><input type=password></form></body></html>";
    let cut = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n[{\"id\": 1,".to_vec();
    let faults = [
        (
            raw("200 OK\r\nContent-Type: text/html; charset=utf-8", html),
            "the response is a web page and not data, perhaps the login page of a proxy",
        ),
        (
            raw("302 Found\r\nLocation: https://login.example/?next=x", ""),
            "it redirects to https://login.example, perhaps to the login page of a proxy; nothing was sent there",
        ),
        (cut, "the response is incomplete"),
        (
            raw("200 OK\r\nContent-Type: application/json", "{\"subscriptions\": [{\"id\": \"fe"),
            "the response is incomplete",
        ),
        (
            raw(
                "200 OK\r\nContent-Type: application/json",
                "{\"total\": \"many\", \"entries\": 7, \"subscriptions\": 8, \"itemRefs\": 9, \"items\": 6, \"tags\": 5}",
            ),
            "the response is not in the format of the protocol",
        ),
        (raw("500 Internal Server Error", "{\"error_message\": \"secret of the server\"}"), "the server returned 500"),
        (Vec::new(), "the server closed the connection before the response was complete"),
    ];
    for (password, protocol) in PROTOCOLS {
        let (server, reader) = (FeedServer::new(30), Reader::new(&format!("fails-{protocol}")));
        server.mark(4, true, true);
        reader.add(&server, password);
        reader.mark("--read", "title:\"Ferry 1 \"");
        server.mark(5, true, false);
        let before = reader.states();
        for part in ["/v1/feeds", "/v1/entries?", "subscription/list", "items/ids", "items/contents", "tag/list"] {
            if part.starts_with("/v1") != (password == PASSWORD) {
                continue;
            }
            for (answer, sentence) in &faults {
                server.set(|state| state.raw = vec![(part.to_owned(), answer.clone())]);
                let output = reader.run(&["sync", "--allow-local"], "");
                assert_eq!(output.status.code(), Some(1), "{part}: {sentence}");
                let said = err(&output);
                assert!(said.contains(sentence) && said.lines().count() == 1, "{part}: {said}");
                assert!(out(&output).is_empty() && !said.contains("secret"), "{part}: {said}");
                assert_eq!(reader.states(), before, "{part}: {sentence}");
                assert!(reader.say(&["sync", "list"]).contains(&format!("failed: {sentence}")), "{part}");
            }
        }
        server.set(|state| state.raw.clear());
        assert!(reader.sync().contains("1 marks sent"));
        assert!(!reader.say(&["sync", "list"]).contains("failed"));
    }
}

#[test]
fn a_server_that_is_away_is_named() {
    let reader = Reader::new("away");
    let mut server = FeedServer::new(3);
    reader.add(&server, PASSWORD);
    // A port on which nothing listens.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    server.address = format!("http://127.0.0.1:{port}/");
    let added = reader.add(&server, PASSWORD);
    assert!(added.contains("SERVER: connection failed: "), "{added}");
    assert_eq!(reader.count("SELECT count(*) FROM sync_servers"), 1);
}

#[test]
fn a_wrong_password_adds_nothing() {
    let (server, reader) = (FeedServer::new(3), Reader::new("wrong"));
    let added = reader.add(&server, "guess");
    assert_eq!(added, "dateline: SERVER: the server does not accept the user name and password\n");
    assert!(!reader.folder.0.join("library.db").exists() && !reader.folder.0.join("state").exists());
}

#[test]
fn what_is_no_feed_server_is_not_added() {
    let (server, reader) = (FeedServer::new(3), Reader::new("none"));
    server.set(|state| state.raw.push(("/".to_owned(), raw("200 OK\r\nContent-Type: text/html", "<p>Hallo.</p>"))));
    let added = reader.add(&server, PASSWORD);
    assert_eq!(added, "dateline: SERVER: neither Miniflux nor the Google Reader API answers there\n");
}

#[test]
fn an_expired_token_is_renewed_and_a_changed_password_is_asked_for() {
    let (server, reader) = (FeedServer::new(3), Reader::new("expired"));
    reader.add(&server, READER_PASSWORD);
    server.set(|state| state.token = "ada/another".to_owned());
    assert_eq!(reader.sync(), format!("{}: nothing new\n", server.address));
    server.requests();
    assert_eq!(reader.sync(), format!("{}: nothing new\n", server.address));
    assert!(server.requests().iter().all(|request| !request.contains("ClientLogin")), "the new token is stored");

    let (server, reader) = (FeedServer::new(3), Reader::new("changed-password"));
    reader.add(&server, PASSWORD);
    server.set(|state| state.password = "another".to_owned());
    let said = reader.sync();
    assert!(said.contains("does not accept the user name and password; `dateline sync add` with its URL"), "{said}");
    assert!(reader.add(&server, "another").contains("SERVER: nothing new"));
}

#[test]
fn a_token_that_expires_in_the_middle_is_renewed() {
    let (server, reader) = (FeedServer::new(30), Reader::new("expires"));
    reader.add(&server, READER_PASSWORD);
    let parts = ["items/ids", "com.google%2Fstarred", "/token", "items/contents", "edit-tag"];
    for (id, part) in (1..).zip(parts) {
        server.requests();
        let read = server.set(|state| state.entries[&id].read);
        server.mark(id, !read, false);
        reader.mark("--star", &format!("title:\"Ferry {id} \""));
        server.set(|state| state.once.push((part.to_owned(), raw("401 Unauthorized", "Unauthorized"))));
        assert!(reader.sync().ends_with(" marks sent\n"), "{part}");
        assert!(server.set(|state| state.once.is_empty()), "{part}");
        assert!(server.requests().iter().any(|request| request.contains("ClientLogin")), "{part}");
        assert_eq!(reader.sync(), format!("{}: nothing new\n", server.address), "{part}");
    }
    // A password that was changed in the meantime is refused in one sentence.
    server.set(|state| {
        state.raw.push(("ClientLogin".to_owned(), raw("401 Unauthorized", "Unauthorized")));
        state.token = "ada/another".to_owned();
    });
    let before = reader.states();
    let said = reader.sync();
    assert!(said.contains("does not accept the user name and password") && said.lines().count() == 1, "{said}");
    assert_eq!(reader.states(), before);
}

#[test]
fn an_endless_list_or_page_is_given_up() {
    for (password, protocol) in PROTOCOLS {
        let (server, reader) = (FeedServer::new(30), Reader::new(&format!("endless-{protocol}")));
        reader.add(&server, password);
        let before = reader.states();
        let (part, page) = if password == PASSWORD {
            let entry = |id: i64| {
                format!("{{\"id\":{id},\"feed_id\":1,\"status\":\"read\",\"title\":\"Ferry {id}\",\"content\":\"x\"}}")
            };
            // Entries that the library does not have, which it stores once.
            let entries: Vec<String> = (1001..=1250).map(entry).collect();
            ("/v1/entries?", format!("{{\"total\":9,\"entries\":[{}]}}", entries.join(",")))
        } else {
            ("items/ids", "{\"itemRefs\":[{\"id\":\"7\"},{\"id\":\"8\"}],\"continuation\":\"2\"}".to_owned())
        };
        let answer = |body: &str| raw("200 OK\r\nContent-Type: application/json", body);
        // A body that is longer than any response may be.
        server.set(|state| state.raw = vec![(part.to_owned(), answer(&" ".repeat(33 << 20)))]);
        let said = reader.sync();
        assert!(said.contains("larger than") && said.lines().count() == 1, "{protocol}: {said}");
        assert_eq!(reader.states(), before);
        // The same page again and again.
        server.set(|state| state.raw = vec![(part.to_owned(), answer(&page))]);
        server.requests();
        let said = reader.sync();
        assert!(said.contains("list of entries does not end") && said.lines().count() == 1, "{protocol}: {said}");
        assert!(server.requests().len() < 10);
        if password == READER_PASSWORD {
            assert_eq!(reader.states(), before);
        }
        server.set(|state| state.raw.clear());
        assert!(!reader.sync().contains("does not end"));
    }
}

#[test]
fn a_server_that_was_set_up_again_is_not_believed() {
    for (password, protocol) in PROTOCOLS {
        let (server, reader) = (FeedServer::new(60), Reader::new(&format!("again-{protocol}")));
        reader.add(&server, password);
        let before = reader.states();
        // The IDs name other stories now.
        server.set(|state| {
            let changed = state.clock;
            for (id, entry) in &mut state.entries {
                entry.title = format!("Council {id}");
                entry.url = format!("https://other.example/{id}");
                entry.changed = changed;
                entry.read = true;
            }
        });
        let said = reader.sync();
        assert!(said.contains("is another story than before") && said.contains("start afresh"), "{protocol}: {said}");
        assert_eq!(reader.states(), before);
    }
    // Most entries are missing from the lists.
    let (server, reader) = (FeedServer::new(60), Reader::new("shrunk"));
    reader.add(&server, READER_PASSWORD);
    let before = reader.states();
    server.set(|state| state.entries.retain(|id, _| *id < 10));
    let said = reader.sync();
    assert!(said.contains("lists only 9 of 60 known entries, so nothing was taken over"), "{said}");
    assert_eq!(reader.states(), before);
}

#[test]
fn the_clock_of_the_server_counts_and_not_that_of_this_machine() {
    for clock in [86_400, 7_000_000_000] {
        let (server, reader) = (FeedServer::new(3), Reader::new(&format!("clock-{clock}")));
        server.set(|state| {
            state.clock = clock;
            state.entries.values_mut().for_each(|entry| entry.changed = clock);
        });
        reader.add(&server, PASSWORD);
        server.mark(2, true, true);
        assert_eq!(reader.sync(), format!("{}: 1 marked there\n", server.address));
        server.requests();
        server.set(|_| ());
        reader.sync();
        server.requests();
        reader.sync();
        let entries: Vec<String> =
            server.requests().into_iter().filter(|request| request.contains("/v1/entries?")).collect();
        assert!(entries.iter().all(|request| request.contains("changed_after=")), "{entries:?}");
    }
}

#[test]
fn a_local_server_needs_permission_each_time() {
    let (server, reader) = (FeedServer::new(3), Reader::new("local"));
    let output = reader.run(&["sync", "add", "--user", "ada", &server.address], PASSWORD);
    assert!(err(&output).contains("local network; --allow-local allows it"), "{}", err(&output));
    reader.add(&server, PASSWORD);
    server.requests();
    let said = reader.say(&["sync"]);
    assert!(said.contains("local network; --allow-local allows it"), "{said}");
    assert!(server.requests().is_empty());
}

/// Returns the files below a folder that contain one of the texts.
fn files_with(folder: &Path, texts: &[&str]) -> Vec<String> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            out.extend(files_with(&path, texts));
        } else {
            let bytes = fs::read(&path).unwrap();
            let holds = |text: &&str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
            if texts.iter().any(holds) {
                out.push(path.file_name().unwrap().to_string_lossy().into_owned());
            }
        }
    }
    out
}

#[test]
fn the_password_is_in_no_file_but_its_own() {
    for (password, protocol) in PROTOCOLS {
        let (server, reader) = (FeedServer::new(3), Reader::new(&format!("password-{protocol}")));
        let encoded = base64::engine::general_purpose::STANDARD.encode(format!("ada:{password}"));
        let token = server.set(|state| state.token.clone());
        let mut said = reader.add(&server, password);
        said.push_str(&reader.sync());
        server.set(|state| state.raw.push(("/".to_owned(), raw("401 Unauthorized", &state.token))));
        said.push_str(&reader.sync());
        said.push_str(&reader.say(&["sync", "list"]));
        said.push_str(&reader.say(&["undo", "--list"]));
        said.push_str(&reader.say(&["export"]));
        let secrets = [password, encoded.as_str(), token.as_str()];
        assert!(secrets.iter().all(|secret| !said.contains(secret)), "{said}");
        assert_eq!(files_with(&reader.folder.0, &secrets), ["credentials.json"]);
        let file = reader.folder.0.join("state/dateline/credentials.json");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        reader.say(&["sync", "remove", &server.address]);
        assert!(files_with(&reader.folder.0, &secrets).is_empty());
    }
    let reader = Reader::new("password-url");
    let output = reader.run(&["sync", "add", "https://ada:sesame@reader.example/"], "");
    assert!(err(&output).contains("leave it out, and it is asked for"), "{}", err(&output));
}
