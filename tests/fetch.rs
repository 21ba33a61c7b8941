//! Tests fetching feeds over HTTP from a local server by running the real program.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

mod test_folder;

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::thread;
use std::time::{Duration, Instant};
use test_folder::{TestFolder, err, out};

const FEED: &str = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Harbour Gazette</title>\
    <item><title>Ferry returns</title><guid>1</guid><pubDate>Mon, 04 Mar 2024 08:00:00 GMT</pubDate>\
    <description>The ferry came back on Monday, harbour master Ada Quill said.</description></item>\
    <item><title>Quay closes</title><guid>2</guid><description>The quay closes in May.</description></item>\
    </channel></rss>";

const TEASERS: &str = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Quay Post</title>\
    <item><title>Crane falls</title><guid>a</guid><link>SERVER/story/1</link><description>A crane fell.</description></item>\
    <item><title>Gulls stay</title><guid>b</guid><link>SERVER/story/2</link><description>Gulls stay.</description></item>\
    </channel></rss>";

const STORY: &str = "<html><head><title>Crane falls</title></head><body><nav><a href=/other>Other</a></nav><article>\
    <h1>Crane falls</h1><p>A crane fell into the harbour on Monday, and nobody was hurt, the harbour master said.</p>\
    <p>“We heard it before we saw it,” Ada Quill, the harbour master, told reporters on the quay.</p>\
    <p>The crane had stood there since the old dock was built, and it will not be raised before the summer.</p>\
    </article><img src=/picture.png></body></html>";

/// Starts a server with a feed that has an `ETag`, a page that links to the feed, a feed with two teasers, only
/// one of which has a page, and a page that links to no feed. The server responds to any other request with an error.
fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let server = address.clone();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { continue };
            let lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let request: Vec<String> = lines.map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
            let path = request.first().and_then(|line| line.split(' ').nth(1)).unwrap_or_default().to_owned();
            let known = request.iter().any(|line| line.to_lowercase() == "if-none-match: \"one\"");
            let (head, body) = match path.as_str() {
                "/feed" if known => ("304 Not Modified", ""),
                "/feed" => ("200 OK\r\nContent-Type: application/rss+xml\r\nETag: \"one\"", FEED),
                "/" => (
                    "200 OK\r\nContent-Type: text/html",
                    "<html><head><link rel=alternate type=application/rss+xml href=/feed></head><body><p>Hallo.</p></body></html>",
                ),
                "/teasers" => ("200 OK\r\nContent-Type: application/rss+xml", TEASERS),
                "/story/1" => ("200 OK\r\nContent-Type: text/html", STORY),
                "/story/2" => ("404 Not Found", "gone"),
                "/login" => ("200 OK\r\nContent-Type: text/html", "<html><body><p>Please log in.</p></body></html>"),
                _ => ("503 Service Unavailable\r\nRetry-After: 3600", "busy"),
            };
            let body = body.replace("SERVER", &server);
            let length = body.len();
            write!(stream, "HTTP/1.1 {head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}").ok();
        }
    });
    address
}

#[test]
fn a_feed_is_followed_read_and_not_sent_twice() {
    let (server, test_folder) = (serve(), TestFolder::new("fetch-follow"));
    let feed = format!("{server}/feed");
    let added = test_folder.dateline(&["feed", "add", "--allow-local", &feed]);
    assert!(added.status.success(), "{}", err(&added));
    assert!(out(&added).contains("2 new, 0 changed"), "{}", out(&added));
    let again = test_folder.dateline(&["fetch", "--all", "--allow-local"]);
    assert!(out(&again).contains("Harbour Gazette: nothing new"), "{}", out(&again));
    let soon = test_folder.dateline(&["fetch", "--allow-local"]);
    assert!(out(&soon).contains("next fetch in"), "{}", out(&soon));
    assert!(out(&test_folder.dateline(&["feed", "list"])).contains("2 unread of 2"));
}

#[test]
fn rules_change_what_a_fetch_brings_and_nothing_else() {
    let (server, test_folder) = (serve(), TestFolder::new("fetch-rules"));
    let settings = test_folder.0.join("dateline");
    std::fs::create_dir_all(&settings).unwrap();
    let rules =
        "[[rule]]\nquery = \"quay\"\nbin = true\n\n[[rule]]\nquery = \"ferry\"\ntag = [\"boats\"]\nstar = true\n";
    std::fs::write(settings.join("rules.toml"), rules).unwrap();
    let run = |arguments: &[&str]| test_folder.dateline_with_settings(&test_folder.0, arguments);
    let old = test_folder.0.join("old.txt");
    std::fs::write(&old, "Ferry sold\n\nThe old ferry was sold in March, harbour master Ada Quill said.\n").unwrap();
    assert!(test_folder.dateline(&["add", old.to_str().unwrap()]).status.success(), "added without rules");
    let feed = format!("{server}/feed");
    let added = run(&["feed", "add", "--allow-local", &feed]);
    assert!(
        out(&added).contains("2 new, 0 changed") && out(&added).contains("rules changed 2 stories"),
        "{}",
        out(&added)
    );
    let listed = out(&run(&["list", "tag:boats is:starred"]));
    assert!(listed.contains("Ferry returns") && !listed.contains("Ferry sold"), "{listed}");
    assert!(out(&run(&["list", "is:binned"])).contains("Quay closes"));
    // The user did not make the change, so only `--any` undoes it.
    assert!(err(&run(&["undo"])).contains("was made by a rule"), "{}", err(&run(&["undo"])));

    let tried = out(&run(&["rules", "test"]));
    assert!(tried.contains("line 1, “quay”: would move 0 stories to the bin\n"), "{tried}");
    assert!(tried.contains("line 5, “ferry”: would tag 2 stories “boats”, star 2 stories\n"), "{tried}");
    assert!(tried.contains("Ferry sold"), "{tried}");
    assert!(!out(&run(&["list", "tag:boats"])).contains("Ferry sold"), "a test changes nothing");
    assert!(out(&run(&["rules", "apply", "sold"])).contains("rules changed 1 story"));
    assert!(out(&run(&["list", "tag:boats"])).contains("Ferry sold"));
    assert!(out(&run(&["rules", "apply", "sold"])).contains("rules changed nothing"));

    std::fs::write(settings.join("rules.toml"), "[[rule]]\nquery = \"is:unraed\"\nbin = true\n").unwrap();
    let broken = run(&["rules", "test"]);
    assert!(!broken.status.success() && err(&broken).contains("rules.toml, line 1: the rule does not apply: "));
    assert!(out(&run(&["config", "check"])).contains("rules.toml, line 1: "), "`config check` reads the rules as well");
    let fetched = run(&["fetch", "--all", "--allow-local"]);
    assert!(!fetched.status.success() && err(&fetched).contains("rules.toml, line 1: "), "{}", err(&fetched));
    assert!(out(&fetched).contains("nothing new"), "the feeds are fetched nevertheless");
}

#[test]
fn a_fetch_reports_a_hook_that_it_cannot_run() {
    let test_folder = TestFolder::new("no-hook");
    let settings = test_folder.0.join("dateline");
    std::fs::create_dir_all(&settings).unwrap();
    let run = |arguments: &[&str]| test_folder.dateline_with_settings(&test_folder.0, arguments);
    run(&["feed", "add", "--no-fetch", &format!("{}/feed", serve())]);
    for (text, reason) in [("on_new = \"notify\"\n", "line 1"), ("mouse = false\non_new = [7]\n", "line 2")] {
        std::fs::write(settings.join("config.toml"), text).unwrap();
        let fetched = run(&["fetch", "--all", "--allow-local"]);
        assert!(err(&fetched).contains(&format!("config.toml, {reason}: “on_new” must be")), "{}", err(&fetched));
        assert!(!fetched.status.success() && out(&fetched).contains(" new"), "{}", out(&fetched));
    }
    std::fs::write(settings.join("config.toml"), "theme = \"drak\"\n").unwrap();
    let fetched = run(&["fetch", "--all", "--allow-local"]);
    assert!(fetched.status.success() && err(&fetched).is_empty(), "{}", err(&fetched));
}

#[test]
fn a_page_leads_to_the_feed_that_it_names() {
    let (server, test_folder) = (serve(), TestFolder::new("fetch-page"));
    let added = test_folder.dateline(&["feed", "add", "--allow-local", &server]);
    assert!(out(&added).contains(&format!("following {server}/feed")), "{}{}", out(&added), err(&added));
}

#[test]
fn a_feed_of_teasers_brings_the_pages_that_it_names_and_no_page_twice() {
    let (server, test_folder) = (serve(), TestFolder::new("fetch-teasers"));
    let feed = format!("{server}/teasers");
    test_folder.dateline(&["feed", "add", "--allow-local", "--no-fetch", &feed]);
    let set = test_folder.dateline(&["feed", "set", &feed, "--full-text", "true", "--title", "The Post"]);
    assert!(out(&set).contains("with the pages"), "{}{}", out(&set), err(&set));
    let fetched = test_folder.dateline(&["fetch", "--allow-local"]);
    assert!(out(&fetched).contains("The Post: 2 new"), "{}{}", out(&fetched), err(&fetched));
    let story = out(&test_folder.dateline(&["show", "title:crane"]));
    assert!(story.contains("before we saw it") && !story.contains("Other"), "{story}");
    // The page of the other item is missing, so the item keeps its teaser.
    assert!(out(&test_folder.dateline(&["show", "title:gulls"])).contains("Gulls stay."));
    let again = test_folder.dateline(&["fetch", "--all", "--allow-local"]);
    assert!(out(&again).contains("0 new, 0 changed"), "{}", out(&again));
    assert!(out(&test_folder.dateline(&["show", "title:crane"])).contains("before we saw it"));
}

#[test]
fn what_fails_is_named_in_one_sentence_and_changes_nothing() {
    let (server, test_folder) = (serve(), TestFolder::new("fetch-fail"));
    test_folder.dateline(&["feed", "add", "--allow-local", &format!("{server}/feed")]);
    for (path, reason) in [("/login", "neither a feed"), ("/busy", "503")] {
        let failed = test_folder.dateline(&["feed", "add", "--allow-local", &format!("{server}{path}")]);
        assert_eq!(failed.status.code(), Some(1));
        assert!(err(&failed).contains(reason), "{}", err(&failed));
        assert_eq!(err(&failed).lines().count(), 1, "{}", err(&failed));
    }
    assert!(out(&test_folder.dateline(&["feed", "list"])).contains("2 unread of 2"));
}

#[test]
fn this_machine_is_not_asked_unless_the_reader_allows_it() {
    let (server, test_folder) = (serve(), TestFolder::new("fetch-local"));
    let refused = test_folder.dateline(&["feed", "add", &format!("{server}/feed")]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(err(&refused).contains("on this machine"), "{}", err(&refused));
    assert!(err(&refused).trim_end().ends_with("; --allow-local allows it"), "{}", err(&refused));
    test_folder.dateline(&["feed", "add", "--no-fetch", &format!("{server}/feed")]);
    let refused = test_folder.dateline(&["fetch", "--all"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(err(&refused).trim_end().ends_with("; --allow-local allows it"), "{}", err(&refused));
    let listed = out(&test_folder.dateline(&["feed", "list"]));
    assert!(listed.contains("its local network") && !listed.contains("--allow-local"), "{listed}");
}

#[test]
fn lists_of_other_readers_come_in_and_go_out() {
    let test_folder = TestFolder::new("fetch-lists");
    let urls = test_folder.0.join("urls");
    std::fs::write(&urls, "https://a.example/feed world \"~The Gazette\"\nexec:~/bin/x\n").unwrap();
    let imported = test_folder.dateline(&["feed", "import", urls.to_str().unwrap()]);
    assert!(out(&imported).contains("following 1 more"), "{}", err(&imported));
    assert!(err(&imported).contains("skipped “exec:~/bin/x”"));
    let opml = out(&test_folder.dateline(&["feed", "export"]));
    assert!(opml.contains("xmlUrl=\"https://a.example/feed\"") && opml.contains("text=\"world\""), "{opml}");
}

/// Set `DATELINE_SECONDS=60` for a longer run.
#[test]
fn two_importers_a_reader_and_a_fetcher_share_a_library() {
    let seconds = std::env::var("DATELINE_SECONDS").ok().and_then(|seconds| seconds.parse().ok()).unwrap_or(3);
    let end = Instant::now() + Duration::from_secs(seconds);
    let (server, test_folder) = (serve(), TestFolder::new("fetch-together"));
    let feed = format!("{server}/feed");
    assert!(test_folder.dateline(&["feed", "add", "--allow-local", "--no-fetch", &feed]).status.success());
    let succeed = |arguments: &[&str]| {
        let output = test_folder.dateline(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", err(&output));
        out(&output)
    };
    let import = |who: &str| {
        let mut added = 0;
        while Instant::now() < end {
            let file = test_folder.0.join(format!("{who}-{added}.jsonl"));
            let record =
                |n| format!("{{\"id\": \"{n}\", \"text\": \"Ferry {n} of {who} sailed, Mara Odell said.\"}}\n");
            std::fs::write(&file, (added..added + 50).map(record).collect::<String>()).unwrap();
            succeed(&["add", &file.to_string_lossy()]);
            added += 50;
        }
        added
    };
    let (mut reads, mut fetches, mut most) = (0, 0, 0);
    let added = thread::scope(|scope| {
        let importers = [scope.spawn(|| import("one")), scope.spawn(|| import("two"))];
        scope.spawn(|| {
            while Instant::now() < end {
                let found = succeed(&["list", "--to", "jsonl", "ferry"]).lines().count();
                assert!(found >= most, "{found} after {most}");
                (reads, most) = (reads + 1, found);
            }
        });
        scope.spawn(|| {
            while Instant::now() < end {
                succeed(&["fetch", "--all", "--allow-local"]);
                fetches += 1;
            }
        });
        importers.map(|importer| importer.join().unwrap()).iter().sum::<usize>()
    });
    assert!(reads > 0 && fetches > 0);
    assert_eq!(succeed(&["check"]), format!("{} stories, all OK\n", added + 2));
    println!("{added} articles added, {reads} searches, {fetches} fetches");
}

#[test]
fn a_damaged_library_names_the_command_that_rescues_it() {
    let test_folder = TestFolder::new("fetch-damaged");
    test_folder.dateline(&["feed", "add", "--no-fetch", "https://news.example/feed"]);
    let path = test_folder.0.join("library.db");
    let bytes = std::fs::read(&path).unwrap();
    std::fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    for command in [&["fetch"][..], &["list"], &["check"], &["add", "."], &["undo", "--list"]] {
        let failed = test_folder.dateline(command);
        assert_eq!(failed.status.code(), Some(1), "{command:?}");
        let said = err(&failed);
        assert!(said.contains("is damaged (cut short") && said.contains("`dateline check --rescue FILE`"), "{said}");
    }
}
