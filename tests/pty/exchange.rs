//! Tests that the reader syncs with a feed server and pairs through a folder, and shows the state of both.

use super::library::library;
use super::terminal::Program;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::thread;

/// Runs the program without a terminal, with `input` on standard input. Returns its standard output.
fn run(arguments: &[&str], variables: &[(&str, &str)], input: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.args(arguments).envs(variables.iter().copied());
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

fn settings(folder: &str, text: &str) -> String {
    let config = format!("{folder}/config");
    std::fs::create_dir_all(format!("{config}/dateline")).unwrap();
    std::fs::write(format!("{config}/dateline/config.toml"), text).unwrap();
    config
}

#[test]
fn r_syncs_and_w_shows_the_server_with_its_state() {
    let (folder, path) = library("synced");
    let config = settings(&folder.path(), "fetch_local = true\n");
    let state = format!("{}/state", folder.path());
    let variables = [("XDG_CONFIG_HOME", config.as_str()), ("XDG_STATE_HOME", state.as_str())];
    let server = serve_miniflux();
    let add = ["sync", "add", "--allow-local", "--user", "ada", "--library", &path, &server.url];
    assert!(run(&add, &variables, "sesame\n").contains("1 new"));
    let mut program = Program::start(120, 32, &["--library", &path], &variables);
    program.expect("Ferry 1 returns").press("W").expect("Feed servers").expect("synced ").expect("Quay Gazette");
    server.entries.store(2, Ordering::SeqCst);
    program.press("q").press("R").expect("Synced: 1 new, 0 changed").expect("Ferry 2 returns");
    // The reader marks the story as read by opening it, and the server gets that.
    program.press("fFerry 2\r").expect("one story").press("\r").press("\x1b").press("R").expect("1 mark synced");
    assert!(server.read.load(Ordering::SeqCst));
    server.works.store(false, Ordering::SeqCst);
    program.press("R").expect("the sync failed: W shows why").press("W").expect("the server returned 503");
    server.works.store(true, Ordering::SeqCst);
    program.press("q").press("R").expect("Synced: 0 new").press("W").expect("synced ").expect_gone("503");
    program.press("q").press("\x03").expect_end(0);
}

#[test]
fn the_reader_pairs_when_it_starts_and_ends_and_on_r() {
    let (folder, path) = library("paired");
    let config = settings(&folder.path(), "pair = \"start-end\"\n");
    let variables = [("XDG_CONFIG_HOME", config.as_str())];
    let (shared, other) = (format!("{}/shared", folder.path()), format!("{}/other.db", folder.path()));
    std::fs::create_dir_all(&shared).unwrap();
    std::fs::copy(&path, &other).unwrap();
    let pair = |library: &str| run(&["pair", "--library", library, &shared], &variables, "");
    let mark = |option: &str| run(&["mark", "--library", &other, option, "later", "weir"], &variables, "");
    pair(&path);
    mark("--tag");
    assert!(pair(&other).contains("wrote 1 change"));
    // At the start.
    let mut program = Program::start(120, 32, &["--library", &path], &variables);
    program.expect("Old weir at Tarn").expect("Paired, received 1 tag");
    program.press("W").expect("Paired folders").expect("shared").expect("paired ").press("q");
    // On demand.
    mark("--untag");
    pair(&other);
    program.press("R").expect("Paired: 0 new, 0 changed, received 1 tag");
    // At the end.
    program.press("fweir\r").expect("weir: one story").press("*").expect("Starred 1 story").press("\x03").expect_end(0);
    assert!(pair(&other).contains("1 star"));
    // The folder is gone: the reader says so, and ends as usual.
    std::fs::rename(&shared, format!("{}/elsewhere", folder.path())).unwrap();
    let mut program = Program::start(120, 32, &["--library", &path], &variables);
    program.expect("Old weir at Tarn").expect("pairing failed: W shows why");
    program.press("W").expect("Paired folders").expect("shared: No such");
    program.press("q").press("\x03");
    program.expect_output("pairing failed; `dateline pair list` shows why");
    program.expect_end(0);
}

/// Server that speaks as much of Miniflux's protocol as a sync needs.
struct Miniflux {
    url: String,
    /// Number of entries that it has.
    entries: Arc<AtomicI64>,
    /// Whether an entry was marked as read.
    read: Arc<AtomicBool>,
    works: Arc<AtomicBool>,
}

fn serve_miniflux() -> Miniflux {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let (entries, read) = (Arc::new(AtomicI64::new(1)), Arc::new(AtomicBool::new(false)));
    let works = Arc::new(AtomicBool::new(true));
    let server = Miniflux { url, entries: Arc::clone(&entries), read: Arc::clone(&read), works: Arc::clone(&works) };
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
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
            let entry = |id: i64| {
                format!(
                    "{{\"id\":{id},\"feed_id\":1,\"status\":\"unread\",\"title\":\"Ferry {id} returns\",\
                     \"url\":\"https://gazette.example/{id}\",\"published_at\":\"2024-03-04T08:00:0{id}Z\",\
                     \"content\":\"<p>Ferry {id} came back on Monday.</p>\",\"starred\":false}}"
                )
            };
            let after = head
                .split("after_entry_id=")
                .nth(1)
                .map_or(0, |rest| rest.split(['&', ' ']).next().unwrap_or_default().parse().unwrap_or(0));
            let json = if head.starts_with("GET /v1/me") {
                "{\"username\":\"ada\"}".to_owned()
            } else if head.starts_with("GET /v1/feeds") {
                "[{\"id\":1,\"feed_url\":\"https://gazette.example/feed\",\"title\":\"Quay Gazette\"}]".to_owned()
            } else if head.starts_with("GET /v1/entries") {
                let list: Vec<String> = (after + 1..=entries.load(Ordering::SeqCst)).map(entry).collect();
                format!("{{\"total\":{},\"entries\":[{}]}}", list.len(), list.join(","))
            } else {
                read.fetch_or(String::from_utf8_lossy(&body).contains("\"read\""), Ordering::SeqCst);
                String::new()
            };
            let status = if works.load(Ordering::SeqCst) { "200 OK" } else { "503 Service Unavailable" };
            write!(
                stream,
                "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{json}",
                json.len()
            )
            .ok();
        }
    });
    server
}
