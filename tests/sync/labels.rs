//! Tests that the labels of a server are the tags of its stories here.

use crate::server::{FeedServer, PASSWORD, READER_PASSWORD, Reader};

/// Starts a server with `count` entries and a label on the entries 1 and 2, and a library that has been synced with it.
fn labelled(name: &str, count: i64) -> (FeedServer, Reader) {
    let (server, reader) = (FeedServer::new(count), Reader::new(name));
    label(&server, "To quote, later", &[1, 2]);
    reader.add(&server, READER_PASSWORD);
    (server, reader)
}

/// Gives a label to entries on the server, and to no others.
fn label(server: &FeedServer, name: &str, entries: &[i64]) {
    server.set(|state| {
        state.labels.insert(name.to_owned());
        for (id, entry) in &mut state.entries {
            if entries.contains(id) {
                entry.labels.insert(name.to_owned());
            } else {
                entry.labels.remove(name);
            }
        }
    });
}

/// Returns the labels of all entries on the server, as `ID label`.
fn there(server: &FeedServer) -> Vec<String> {
    server.set(|state| {
        let of = |(id, entry): (&i64, &crate::server::Entry)| {
            entry.labels.iter().map(|label| format!("{id} {label}")).collect::<Vec<_>>()
        };
        state.entries.iter().flat_map(of).collect()
    })
}

/// Returns the tags of all stories here, as `ID tag`.
fn here(reader: &Reader) -> Vec<String> {
    let library = rusqlite::Connection::open(reader.folder.0.join("library.db")).unwrap();
    let mut statement = library
        .prepare(
            "SELECT e.entry || ' ' || t.name FROM sync_entries e JOIN article_tags a ON a.article_id = e.article_id
             JOIN tags t ON t.id = a.tag_id ORDER BY e.entry, t.name",
        )
        .unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

fn tag(reader: &Reader, option: &str, tag: &str, entry: i64) {
    let query = format!("title:\"Ferry {entry} \"");
    let output = reader.run(&["mark", "--yes", option, tag, &query], "");
    assert!(output.status.success(), "{}", crate::test_folder::err(&output));
}

fn nothing_new(server: &FeedServer, reader: &Reader) {
    let before = (there(server), here(reader));
    assert_eq!(reader.sync(), format!("{}: nothing new\n", server.address));
    assert_eq!((there(server), here(reader)), before);
}

#[test]
fn labels_go_both_ways_and_the_second_sync_does_nothing() {
    for typed in [true, false] {
        let (server, reader) = labelled(&format!("labels-{typed}"), 12);
        server.set(|state| state.typed = typed);
        // A tag cannot contain a comma. The folders “Sea” and “Land” are not among the tags.
        assert_eq!(here(&reader), ["1 To quote later", "2 To quote later"]);
        nothing_new(&server, &reader);
        // Each side gives and takes.
        tag(&reader, "--tag", "To quote later", 3);
        tag(&reader, "--untag", "To quote later", 1);
        tag(&reader, "--tag", "harbour", 4);
        label(&server, "To quote, later", &[1, 5]);
        label(&server, "Käpt’n/1", &[6]);
        assert_eq!(reader.sync(), format!("{}: 3 marked there, 3 marks sent\n", server.address));
        let both = ["3 To quote later", "4 harbour", "5 To quote later", "6 Käpt’n/1"];
        assert_eq!(here(&reader), both);
        assert_eq!(there(&server), both.map(|text| text.replace("quote later", "quote, later")));
        nothing_new(&server, &reader);
        // Both sides give the same label to one story, and take it from another.
        tag(&reader, "--tag", "harbour", 7);
        tag(&reader, "--untag", "harbour", 4);
        label(&server, "harbour", &[7]);
        assert_eq!(reader.sync(), format!("{}: nothing new\n", server.address));
        assert_eq!(there(&server).iter().filter(|text| text.contains("harbour")).count(), 1);
        nothing_new(&server, &reader);
        // The label of a story that comes in later.
        server.set(|state| state.entries.insert(13, crate::server::entry(13)));
        label(&server, "harbour", &[7, 13]);
        assert_eq!(reader.sync(), format!("{}: 1 new, 1 marked there\n", server.address));
        assert!(here(&reader).contains(&"13 harbour".to_owned()));
        nothing_new(&server, &reader);
    }
}

#[test]
fn tags_are_sent_to_no_server_without_labels() {
    for password in [PASSWORD, READER_PASSWORD] {
        let (server, reader) = (FeedServer::new(5), Reader::new(&format!("no-labels-{}", password.len())));
        reader.add(&server, password);
        tag(&reader, "--tag", "mackerel", 2);
        reader.mark("--star", "title:\"Ferry 1 \"");
        server.requests();
        assert_eq!(reader.sync(), format!("{}: 1 marks sent\n", server.address));
        assert!(!server.requests().join("\n").contains("mackerel"));
        nothing_new(&server, &reader);
    }
    // A tag with the name of a folder would be confused with it.
    let (server, reader) = labelled("folder-label", 5);
    tag(&reader, "--tag", "Sea", 3);
    nothing_new(&server, &reader);
}

#[test]
fn no_tag_is_lost_because_a_server_forgets_its_labels() {
    let (server, reader) = labelled("forgets", 40);
    let both: Vec<String> = (1..=2).map(|id| format!("{id} To quote later")).collect();
    // The label itself is gone.
    server.set(|state| {
        state.labels = ["other".to_owned()].into();
        state.entries.values_mut().for_each(|entry| entry.labels.clear());
    });
    nothing_new(&server, &reader);
    assert_eq!(here(&reader), both);
    // All labels are gone, and the server refuses new ones.
    server.set(|state| state.labels.clear());
    tag(&reader, "--tag", "To quote later", 3);
    nothing_new(&server, &reader);
    // The server has labels again. It gets the label with all of its stories.
    label(&server, "other", &[30]);
    server.mark(9, true, false);
    assert_eq!(reader.sync(), format!("{}: 2 marked there, 3 marks sent\n", server.address));
    let all: Vec<String> = (1..=3).map(|id| format!("{id} To quote, later")).chain(["30 other".to_owned()]).collect();
    assert_eq!(there(&server), all);
    nothing_new(&server, &reader);
    // Most of the stories of a label are missing at once.
    label(&server, "other", &(1..=30).collect::<Vec<_>>());
    reader.sync();
    let before = here(&reader);
    label(&server, "other", &[1]);
    let said = reader.sync();
    assert!(said.contains("lists only 4 of 33 known labelled stories, so nothing was taken over"), "{said}");
    assert_eq!(here(&reader), before);
}
