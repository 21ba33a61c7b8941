//! Lists the files in folders, and counts the skipped ones.

use super::super::extension::is_never_article;
use super::{File, is_stdin};
use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// Files to read, and counts of skipped files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Listing {
    /// Files given by the user and files in given folders. Files in a folder are sorted by path.
    pub files: Vec<File>,
    /// Folders given by the user, each with a sentence that counts the files skipped in it: "skipped 2 hidden files".
    pub skipped: Vec<(PathBuf, String)>,
}

/// Counts of the files skipped in a folder. Displayed as a sentence without a subject: "skipped 2 hidden files".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Skipped {
    /// Number of files and folders whose names begin with a dot.
    hidden: usize,
    /// Number of symbolic links to folders. They are not followed, because they may form a cycle.
    linked: usize,
    /// Number of broken symbolic links.
    broken: usize,
    /// Number of devices, pipes and sockets.
    special: usize,
    /// Number of pictures, style sheets, scripts and similar files.
    others: usize,
    /// File extensions of the skipped pictures, style sheets, scripts and similar files.
    extensions: BTreeSet<String>,
}

/// Lists the files to read. A given file is always listed. For a given folder, or a link to one, all files at any depth
/// are listed, except hidden files and those whose extension rules out an article.
#[must_use]
pub fn list(paths: &[PathBuf]) -> Listing {
    let mut out = Listing::default();
    for path in paths {
        if is_stdin(path) || !path.is_dir() {
            out.files.push(File::new(path.clone()));
            continue;
        }
        let mut skipped = Skipped::default();
        walk(path, &mut out.files, &mut skipped);
        if skipped != Skipped::default() {
            out.skipped.push((path.clone(), skipped.to_string()));
        }
    }
    out
}

fn walk(folder: &Path, files: &mut Vec<File>, skipped: &mut Skipped) {
    let Ok(inside) = fs::read_dir(folder) else {
        // List the folder itself. Opening it will report why it cannot be read.
        files.push(File { path: folder.to_owned(), length: None });
        return;
    };
    let mut inside: Vec<PathBuf> = inside.flatten().map(|entry| entry.path()).collect();
    inside.sort();
    for path in inside {
        if path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b".")) {
            skipped.hidden += 1;
            continue;
        }
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        match fs::metadata(&path) {
            Err(_) if path.is_symlink() => skipped.broken += 1,
            Ok(found) if found.is_dir() && path.is_symlink() => skipped.linked += 1,
            Ok(found) if found.is_dir() => walk(&path, files, skipped),
            Ok(found) if !found.is_file() => skipped.special += 1,
            Ok(_) if is_never_article(extension) => {
                skipped.others += 1;
                skipped.extensions.insert(extension.to_ascii_lowercase());
            }
            // List a file even if its metadata cannot be read. Opening it will report the reason.
            found => files.push(File { length: found.ok().map(|found| found.len()), path }),
        }
    }
}

impl fmt::Display for Skipped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = [
            (self.hidden, "hidden file", "hidden files"),
            (self.linked, "link to a folder", "links to folders"),
            (self.broken, "broken link", "broken links"),
            (self.special, "device or pipe", "devices or pipes"),
            (self.others, "file that is not a story", "files that are not stories"),
        ];
        let counts = counts.iter().filter(|(count, ..)| *count > 0);
        let mut parts: Vec<String> =
            counts.map(|(count, one, many)| format!("{count} {}", if *count == 1 { one } else { many })).collect();
        if let Some(last) = parts.last_mut().filter(|_| self.others > 0) {
            let extensions: Vec<String> = self.extensions.iter().map(|extension| format!(".{extension}")).collect();
            last.push_str(&format!(" ({})", extensions.join(", ")));
        }
        write!(f, "skipped {}", parts.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    /// Creates a folder with files of every kind. Returns the names of those that should be listed.
    fn odd_folder(root: &Path) -> Vec<&'static str> {
        fs::create_dir_all(root.join("inner/.git")).unwrap();
        for name in
            ["inner/z.txt", "inner/.git/x.txt", ".note.txt", "B.TXT", "a.txt", "c.asc", "noend", "p.PNG", "s.css"]
        {
            fs::write(root.join(name), "The mill has closed.").unwrap();
        }
        symlink("a.txt", root.join("link.txt")).unwrap();
        symlink("..", root.join("round.txt")).unwrap();
        symlink("nowhere", root.join("dangling.txt")).unwrap();
        vec!["B.TXT", "a.txt", "c.asc", "inner/z.txt", "link.txt", "noend"]
    }

    #[test]
    fn a_folder_is_listed_in_order_and_what_is_skipped_is_counted() {
        let root = std::env::temp_dir().join(format!("dateline-walk-{}", std::process::id()));
        let expected = odd_folder(&root);
        let found = list(&[PathBuf::from("-"), root.clone(), root.join("p.PNG"), root.join("none")]);
        fs::remove_dir_all(&root).unwrap();
        let paths: Vec<&Path> = found.files.iter().map(|file| file.path.as_path()).collect();
        let mut all = vec![PathBuf::from("-")];
        all.extend(expected.into_iter().chain(["p.PNG", "none"]).map(|name| root.join(name)));
        assert_eq!(paths, all);
        assert_eq!(found.skipped.len(), 1);
        assert_eq!(
            found.skipped[0].1,
            "skipped 2 hidden files, 1 link to a folder, 1 broken link, 2 files that are not stories (.css, .png)"
        );
    }
}
