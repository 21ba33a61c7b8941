//! Tests that a sync in the Google Reader API sees every change, although it does not ask for all lists.

use crate::server::{Entry, FeedServer, READER_PASSWORD, Reader, entry};

/// Number of bytes that a sync receives.
fn received(server: &FeedServer, reader: &Reader) -> usize {
    let before = server.set(|state| state.sent);
    assert_eq!(reader.sync(), format!("{}: nothing new\n", server.address));
    server.set(|state| state.sent) - before
}

#[test]
fn the_shorter_list_of_read_and_unread_entries_is_compared() {
    for by_position in [true, false] {
        let (server, reader) = (FeedServer::new(160), Reader::new(&format!("shorter-{by_position}")));
        server.set(|state| state.by_position = by_position);
        reader.add(&server, READER_PASSWORD);
        let all_unread = received(&server, &reader);
        reader.mark("--read", "title:ferry");
        assert_eq!(reader.sync(), format!("{}: 160 marks sent\n", server.address));
        reader.sync();
        let all_read = received(&server, &reader);
        server.set(|state| state.entries.iter_mut().for_each(|(id, entry)| entry.read = id % 2 == 0));
        reader.sync();
        let half = received(&server, &reader);
        // Half of the 160 IDs, each of which takes about 13 bytes.
        assert!(half > all_unread + 1000 && half > all_read + 1000, "{all_unread} {half} {all_read}");
        assert!(all_unread < 2500 && all_read < 2500, "{all_unread} {all_read}");
    }
}

#[test]
fn a_state_of_an_old_entry_is_seen_whichever_list_is_compared() {
    for by_position in [true, false] {
        for mostly_read in [true, false] {
            let name = format!("old-{by_position}-{mostly_read}");
            let (server, reader) = (FeedServer::new(90), Reader::new(&name));
            server.set(|state| {
                state.by_position = by_position;
                state.entries.iter_mut().for_each(|(id, entry)| entry.read = mostly_read != (id % 20 == 0));
            });
            reader.add(&server, READER_PASSWORD);
            received(&server, &reader);
            // The oldest entries, one of each state.
            for id in [1, 20] {
                let read = server.set(|state| state.entries[&id].read);
                server.mark(id, !read, false);
                assert_eq!(reader.sync(), format!("{}: 1 marked there\n", server.address), "{name}");
                let sql = format!(
                    "SELECT a.read FROM sync_entries e JOIN articles a ON a.id = e.article_id WHERE e.entry = {id}"
                );
                assert_eq!(reader.count(&sql) == 1, !read, "{name}");
                received(&server, &reader);
            }
            // One is read while another is marked as unread, so that the list keeps its length.
            server.mark(2, !mostly_read, false);
            server.mark(40, mostly_read, false);
            assert_eq!(reader.sync(), format!("{}: 2 marked there\n", server.address), "{name}");
        }
    }
}

#[test]
fn an_entry_that_comes_in_with_an_old_date_is_seen() {
    for read in [true, false] {
        for mostly_read in [true, false] {
            let (server, reader) = (FeedServer::new(90), Reader::new(&format!("late-{read}-{mostly_read}")));
            server.set(|state| state.entries.values_mut().for_each(|entry| entry.read = mostly_read));
            reader.add(&server, READER_PASSWORD);
            received(&server, &reader);
            // It is the last of the list, which the server sorts as Miniflux does.
            server.set(|state| state.entries.insert(0, Entry { read, ..entry(0) }));
            assert_eq!(reader.sync(), format!("{}: 1 new\n", server.address));
            received(&server, &reader);
            server.set(|state| state.entries.get_mut(&3).unwrap().removed = true);
            assert_eq!(reader.sync(), format!("{}: 1 archived\n", server.address));
            received(&server, &reader);
        }
    }
}

#[test]
fn a_server_without_a_list_of_read_entries_is_read_nevertheless() {
    let (server, reader) = (FeedServer::new(60), Reader::new("no-read-list"));
    // It answers with all entries, as if none were unread.
    let all: Vec<String> = (1..=60).map(|id| format!("{{\"id\":\"{id}\"}}")).collect();
    let body = format!("{{\"itemRefs\":[{}]}}", all.join(","));
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n", body.len());
    let answer = format!("{head}Connection: close\r\n\r\n{body}").into_bytes();
    server.set(|state| state.raw.push(("s=user%2F-%2Fstate%2Fcom.google%2Fread&".to_owned(), answer)));
    reader.add(&server, READER_PASSWORD);
    server.mark(7, true, false);
    assert_eq!(reader.sync(), format!("{}: 1 marked there\n", server.address));
    assert_eq!(reader.sync(), format!("{}: nothing new\n", server.address));
    assert_eq!(reader.count("SELECT sum(read) FROM articles"), 1);
}
