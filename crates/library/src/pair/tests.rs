//! Pairs libraries that were edited apart, and compares everything that a user can have written in them.

mod apart;
mod files;

use super::{Paired, log_file};
use crate::{Library, Origin, dump, testing};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

const STORIES: [&str; 4] = [
    "Mara Odell opened the weir on Monday. “It holds,” Mara Odell said. Rufus Pell paid for the weir.",
    "Mara Odell has opened the weir in Port Anselm. Rufus Pell said that the weir had cost too much.",
    "The ferry of Port Anselm is late again, Tilda Marsh said on Friday. Nobody was on the quay.",
    "Tilda Marsh and Rufus Pell met on the ferry. The Tarn Trust will pay, Ms Marsh said.",
];

/// A folder that is deleted on drop.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("dateline-pair-{}-{number}", std::process::id()));
        fs::create_dir_all(path.join("shared")).unwrap();
        Self(path)
    }

    fn shared(&self) -> PathBuf {
        self.0.join("shared")
    }

    /// Creates the library of a machine with the stories.
    fn machine(&self, name: &str) -> Machine {
        let path = self.0.join(format!("{name}.db"));
        fs::write(&path, &*STORED).unwrap();
        Machine { library: opened(&path), name: name.to_owned(), shared: self.shared(), ids: Vec::new(), time: 0 }
    }

    /// Returns the files of changes with their contents.
    fn files(&self) -> Vec<(String, Vec<u8>)> {
        let names = log_file::names(&self.shared()).unwrap();
        names.into_iter().map(|name| (name.clone(), fs::read(self.shared().join(name)).unwrap())).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

/// A library file with the stories, which takes long to analyse.
static STORED: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let path = std::env::temp_dir().join(format!("dateline-pair-{}.db", std::process::id()));
    testing::library(&STORIES).back_up(&path).unwrap();
    let bytes = fs::read(&path).unwrap();
    fs::remove_file(path).unwrap();
    bytes
});

fn opened(path: &Path) -> Library {
    let library = Library::open(path).unwrap().used_on(Origin::Screen);
    library.connection().pragma_update(None, "synchronous", "off").unwrap();
    library
}

/// A library on a machine.
struct Machine {
    library: Library,
    name: String,
    shared: PathBuf,
    /// Names, by which edits find them.
    ids: Vec<i64>,
    /// Time of the last edit, in milliseconds since 1970.
    time: i64,
}

impl Machine {
    fn pair(&mut self) -> Paired {
        let paired = self.library.pair(&self.shared, &self.name, None).unwrap();
        assert_eq!((&paired.faults, &paired.unfinished), (&Vec::new(), &Vec::new()));
        // Equal runs need equal IDs, because they decide between changes of the same time.
        self.library.connection().execute("UPDATE pair_machine SET id = ?", [&self.name]).unwrap();
        paired
    }

    /// Returns everything that the user has written in the library.
    fn state(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        dump::table_lines(self.library.connection(), &mut Vec::new(), |kind, line| {
            if ["feed", "fetch", "search"].contains(&kind) {
                return Ok(());
            }
            let mut line: Value = serde_json::from_str(&line).unwrap();
            let fields = line.as_object_mut().unwrap();
            fields.remove("changed");
            if let Some(at) = fields.get_mut("binned_at") {
                *at = (!at.is_null()).into();
            }
            // The order of a story's corrections counts.
            if kind == "correction" {
                let number = numbers.entry(fields["uid"].to_string()).or_default();
                *number += 1;
                fields.insert("number".to_owned(), (*number).into());
            }
            fields.remove("place");
            if kind != "state"
                || ["read", "starred", "archived", "binned_at"]
                    .iter()
                    .any(|name| line[name] != 0 && line[name] != false)
            {
                lines.push(line.to_string());
            }
            Ok(())
        })
        .unwrap();
        lines.sort();
        lines.extend(self.library.views().unwrap().into_iter().map(|(name, query)| format!("{name}: {query}")));
        lines
    }

    /// Returns the IDs of the merged and other names, in an order that is the same in all libraries.
    fn read_names(&mut self) {
        let sql = "SELECT id FROM names WHERE kind IN ('person', 'place', 'organization') ORDER BY kind, name LIMIT 5";
        let db = self.library.connection();
        let ids = db.prepare(sql).unwrap().query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>();
        self.ids = ids.unwrap();
    }
}
