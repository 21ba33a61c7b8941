//! Tests that feeds, stories and states are the same on both sides after a sync.

use crate::server::{FeedServer, PASSWORD, PROTOCOLS, READER_PASSWORD, Reader, entry};
use serde_json::{Value, json};

#[test]
fn a_server_brings_its_feeds_stories_and_states_once() {
    for (password, protocol) in PROTOCOLS {
        let (server, reader) = (FeedServer::new(60), Reader::new(&format!("brings-{protocol}")));
        server.mark(7, true, false);
        server.mark(8, false, true);
        let said = reader.add(&server, password);
        assert_eq!(said, format!("added SERVER ({protocol})\nSERVER: 60 new\n"));
        let feeds = reader.say(&["feed", "list"]);
        assert!(feeds.contains("29 unread of 30     Post") || feeds.contains("30 unread of 30     Gazette"), "{feeds}");
        assert!(feeds.contains("#Sea") && feeds.contains("#Land"), "{feeds}");
        assert!(
            reader.say(&["show", "ferry AND title:\"Ferry 7\""]).contains("harbour master Ada Quill said at pier 7")
        );
        assert!(!reader.say(&["list", "is:unread"]).contains("Ferry 7 &"));
        assert!(reader.say(&["list", "is:starred"]).contains("Ferry 8 & quay"));
        assert!(reader.say(&["quotes", "pier 9"]).contains("Ada Quill"), "stories are annotated");
        server.requests();
        assert_eq!(reader.sync(), format!("{}: nothing new\n", server.address));
        let writes = server
            .requests()
            .iter()
            .filter(|request| request.contains("edit-tag") || request.starts_with("PUT"))
            .count();
        assert_eq!(writes, 0);
        assert!(reader.say(&["fetch", "--all"]).contains("`dateline sync` brings their stories"));
    }
}

#[test]
fn states_go_both_ways_and_the_second_sync_does_nothing() {
    for (password, protocol) in PROTOCOLS {
        let (server, reader) = (FeedServer::new(60), Reader::new(&format!("both-{protocol}")));
        server.mark(5, true, true);
        reader.add(&server, password);
        reader.mark("--read", "title:\"Ferry 1 \"");
        reader.mark("--star", "title:\"Ferry 2 \"");
        reader.mark("--unread", "title:\"Ferry 5 \"");
        reader.mark("--unstar", "title:\"Ferry 5 \"");
        // Both sides change the same story in the same way, and another story each.
        reader.mark("--read", "title:\"Ferry 6 \"");
        server.mark(6, true, false);
        server.mark(3, true, false);
        server.mark(4, false, true);
        assert_eq!(reader.sync(), format!("{}: 2 marked there, 4 marks sent\n", server.address));
        assert_eq!(server.marked(), (vec![1, 3, 6], vec![2, 4]));
        assert_eq!(reader.count("SELECT sum(read) FROM articles"), 3);
        assert_eq!(reader.count("SELECT sum(starred) FROM articles"), 2);
        assert!(reader.say(&["list", "is:starred"]).contains("Ferry 4 &"));
        assert_eq!(reader.sync(), format!("{}: nothing new\n", server.address));
        assert_eq!(server.marked(), (vec![1, 3, 6], vec![2, 4]));
    }
}

#[test]
fn read_and_starred_win_where_there_was_no_sync_before() {
    for (password, protocol) in PROTOCOLS {
        let (server, reader) = (FeedServer::new(3), Reader::new(&format!("meet-{protocol}")));
        reader.add(&server, password);
        reader.mark("--read", "title:\"Ferry 1 \"");
        reader.mark("--star", "title:\"Ferry 1 \"");
        server.mark(2, true, true);
        reader.say(&["sync", "remove", &server.address]);
        let added = reader.add(&server, password);
        assert!(added.contains("2 marks sent"), "{added}");
        assert_eq!(reader.count("SELECT count(*) FROM articles"), 3, "no story comes twice");
        assert_eq!(server.marked(), (vec![1, 2], vec![1, 2]));
        assert_eq!(reader.count("SELECT sum(read + starred) FROM articles"), 4);
    }
}

#[test]
fn what_the_server_drops_is_archived() {
    for (password, protocol) in PROTOCOLS {
        let (server, reader) = (FeedServer::new(6), Reader::new(&format!("drops-{protocol}")));
        reader.add(&server, password);
        server.set(|state| {
            let changed = state.clock;
            let entry = state.entries.get_mut(&2).unwrap();
            (entry.removed, entry.changed) = (true, changed);
        });
        assert_eq!(reader.sync(), format!("{}: 1 archived\n", server.address));
        assert_eq!(reader.count("SELECT count(*) FROM articles WHERE archived AND NOT read"), 1);
        // The user unfollows a feed there.
        server.set(|state| {
            state.feeds.remove(&2);
            state.entries.retain(|_, entry| entry.feed != 2);
        });
        assert_eq!(reader.sync(), format!("{}: 3 archived\n", server.address));
        assert_eq!(reader.count("SELECT count(*) FROM articles WHERE archived"), 4);
        assert_eq!(reader.count("SELECT count(*) FROM articles"), 6);
        assert_eq!(reader.count("SELECT count(*) FROM feeds WHERE paused AND server_id IS NULL"), 1);
    }
}

#[test]
fn a_story_that_was_deleted_here_does_not_come_back() {
    let (server, reader) = (FeedServer::new(3), Reader::new("deleted"));
    reader.add(&server, PASSWORD);
    reader.mark("--bin", "title:\"Ferry 2 \"");
    reader.run(&["purge", "--days", "0"], "");
    let stories = reader.count("SELECT count(*) FROM articles");
    server.mark(2, true, true);
    assert_eq!(reader.sync(), format!("{}: nothing new\n", server.address));
    assert_eq!(reader.count("SELECT count(*) FROM articles"), stories);
}

#[test]
fn a_changed_text_is_a_new_version_and_stays_read_on_the_server() {
    let (server, reader) = (FeedServer::new(3), Reader::new("text"));
    server.mark(2, true, false);
    reader.add(&server, PASSWORD);
    server.set(|state| {
        let changed = state.clock;
        let entry = state.entries.get_mut(&2).unwrap();
        entry.html = entry.html.replace("on Monday", "on Monday morning, after two weeks of repairs");
        entry.changed = changed;
    });
    assert_eq!(reader.sync(), format!("{}: 1 changed\n", server.address));
    assert_eq!(reader.count("SELECT count(*) FROM versions"), 1);
    assert_eq!(reader.count("SELECT count(*) FROM articles WHERE NOT read"), 3, "a changed story is unread here");
    assert_eq!(reader.sync(), format!("{}: nothing new\n", server.address));
    assert_eq!(server.marked().0, [2]);
    reader.mark("--read", "title:\"Ferry 2 \"");
    reader.mark("--unread", "title:\"Ferry 2 \"");
    assert_eq!(reader.sync(), format!("{}: 1 marks sent\n", server.address));
    assert_eq!(server.marked().0, Vec::<i64>::new(), "marked as unread by hand");
}

#[test]
fn new_stories_and_feeds_come_with_the_next_sync() {
    for (password, protocol) in PROTOCOLS {
        let (server, reader) = (FeedServer::new(3), Reader::new(&format!("next-{protocol}")));
        reader.add(&server, password);
        server.set(|state| {
            state.feeds.insert(3, ("Argus".to_owned(), "Hill, dale".to_owned()));
            let new = crate::server::Entry { feed: 3, changed: state.clock, read: true, ..entry(9) };
            state.entries.insert(9, new);
            state.feeds.get_mut(&1).unwrap().0 = "Gazette & Herald".to_owned();
        });
        assert_eq!(reader.sync(), format!("{}: 1 new\n", server.address));
        let feeds = reader.say(&["feed", "list"]);
        assert!(feeds.contains("0 unread of 1      Argus") && feeds.contains("#Hill  dale"), "{feeds}");
        assert!(feeds.contains("Gazette & Herald"), "{feeds}");
    }
}

#[test]
fn an_interrupted_sync_goes_on_where_it_stopped() {
    for (password, protocol) in PROTOCOLS {
        let (server, reader) = (FeedServer::new(300), Reader::new(&format!("interrupted-{protocol}")));
        // The second page of entries does not arrive.
        let (part, stored) =
            if password == PASSWORD { ("after_entry_id=250", 250) } else { ("item%2F0000000000000001", 200) };
        let busy = b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec();
        server.set(|state| state.raw.push((part.to_owned(), busy)));
        let said = reader.add(&server, password);
        assert!(said.contains("the server returned 503"), "{said}");
        assert_eq!(reader.count("SELECT count(*) FROM articles"), stored);
        server.set(|state| state.raw.clear());
        server.requests();
        assert_eq!(reader.sync(), format!("{}: {} new\n", server.address, 300 - stored));
        // The entry with the ID 200 came with the first page in both protocols.
        let again = |request: &String| {
            request.contains("after_entry_id=0") || request.contains(&format!("item%2F{:016x}", 200))
        };
        assert!(!server.requests().iter().any(again), "{protocol}: what was stored is not requested again");
    }
}

/// What a request may contain: the credentials, the IDs of entries and the names of states.
#[test]
fn only_credentials_and_states_are_sent() {
    for (password, protocol) in PROTOCOLS {
        let (server, reader) = (FeedServer::new(3), Reader::new(&format!("sent-{protocol}")));
        reader.add(&server, password);
        reader.mark("--read", "title:\"Ferry 1 \"");
        reader.run(&["mark", "--note", "herring", "title:\"Ferry 1 \""], "");
        reader.run(&["mark", "--tag", "mackerel", "title:\"Ferry 2 \""], "");
        reader.mark("--archive", "title:\"Ferry 3 \"");
        reader.say(&["view", "save", "sprat", "haddock"]);
        reader.sync();
        let requests = server.requests().join("\n");
        for word in ["herring", "mackerel", "sprat", "haddock", "Ferry", "gazette.example"] {
            assert!(!requests.contains(word), "{protocol}: {word}");
        }
        assert!(requests.contains(if password == READER_PASSWORD { "edit-tag" } else { "\"entry_ids\":[1]" }));
        assert_eq!(server.marked(), (vec![1], vec![]));
    }
}

#[test]
fn stories_are_marked_by_the_ids_of_a_list() {
    let (server, reader) = (FeedServer::new(4), Reader::new("listed"));
    reader.add(&server, PASSWORD);
    let list = reader.say(&["list", "title:\"Ferry 1 \" OR title:\"Ferry 4 \""]);
    assert!(list.starts_with("ID "), "{list}");
    let output = reader.run(&["mark", "--read", "-"], &list);
    assert!(output.status.success());
    reader.sync();
    assert_eq!(server.marked().0, [1, 4]);
    // Everything that `list` prints line by line names the stories again.
    for (number, format) in ["table", "jsonl", "csv"].into_iter().enumerate() {
        let query = format!("title:\"Ferry {} \"", number + 1);
        let list = reader.say(&["list", "--to", format, &query]);
        let output = reader.run(&["mark", "--star", "-"], &list);
        assert!(output.status.success(), "{format}: {}", crate::test_folder::err(&output));
        reader.sync();
        assert_eq!(server.marked().1, (1..=number as i64 + 1).collect::<Vec<_>>(), "{format}");
    }
    let row: Value = serde_json::from_str(&reader.say(&["list", "--to", "jsonl", "title:\"Ferry 1 \""])).unwrap();
    let states = ["url", "read", "starred", "archived"].map(|name| row[name].clone());
    assert_eq!(states, [json!("https://gazette.example/1"), json!(true), json!(true), json!(false)]);
    let csv = reader.say(&["list", "--to", "csv", "title:\"Ferry 4 \""]);
    assert!(
        csv.starts_with("id,") && csv.lines().next().unwrap().ends_with("inferred,url,read,starred,archived"),
        "{csv}"
    );
    assert!(csv.trim_end().ends_with(",https://gazette.example/4,true,false,false"), "{csv}");
    let table = reader.say(&["list", "title:\"Ferry 4 \""]);
    assert!(!table.contains("https:"), "{table}");
    for (input, reason) in
        [("", "standard input names no story"), ("nothing here", "“nothing” is not the id of a story")]
    {
        let output = reader.run(&["mark", "--star", "-"], input);
        let said = crate::test_folder::err(&output);
        assert!(!output.status.success() && said.contains(reason), "{said}");
    }
}
