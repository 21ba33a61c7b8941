//! The user's own name lists: CSV files in a folder that give names with their other spellings, types and IDs. The
//! analysis finds these names in every story.
//!
//! The lists are read once, when the first story is analysed or the library is opened, because all stories of a session
//! must be annotated with the same ones.

mod csv;

use crate::config;
use dateline_analysis::{Analyzer, EntityKind, OwnName, version_with};
use dateline_core::text::{clean, folded, nearest};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Name of the folder of lists inside the configuration folder.
const FOLDER: &str = "names";

/// Maximum length of a name, in characters.
const MAX_LENGTH: usize = 200;

/// Maximum size of a list, in bytes.
const MAX_SIZE: u64 = 64 << 20;

/// Columns of a list. The first row of each file names those that it has.
const COLUMNS: [&str; 4] = ["name", "aliases", "type", "id"];

/// Types that a list may give to a name, with their spellings.
const KINDS: [(&str, EntityKind); 7] = [
    ("person", EntityKind::Person),
    ("organization", EntityKind::Organization),
    ("organisation", EntityKind::Organization),
    ("place", EntityKind::Place),
    ("group", EntityKind::Group),
    ("work", EntityKind::Work),
    ("other", EntityKind::Other),
];

/// The lists that this process uses.
static IN_FORCE: OnceLock<NameLists> = OnceLock::new();

/// Name lists of one folder.
#[derive(Debug, Default)]
pub(crate) struct NameLists {
    /// Names in the order of the files and their rows.
    pub(crate) names: Vec<OwnName>,
    /// Paths of the files that were read.
    pub(crate) files: Vec<PathBuf>,
    /// Errors in the files, each as a path and a sentence with the line number.
    pub(crate) faults: Vec<(PathBuf, String)>,
}

impl NameLists {
    /// Reads the lists in the configuration folder. There need not be any.
    #[must_use]
    pub(crate) fn of_settings(folder: &Path) -> Self {
        Self::read(&folder.join(FOLDER)).unwrap_or_default()
    }

    /// Reads all `.csv` files of a folder, in the order of their names. Rows with an error are left out and reported.
    ///
    /// # Errors
    /// Returns an error if the folder cannot be listed.
    fn read(folder: &Path) -> std::io::Result<Self> {
        let mut files: Vec<PathBuf> = Vec::new();
        for entry in fs::read_dir(folder)? {
            files.push(entry?.path());
        }
        files.retain(|path| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv")));
        files.sort_unstable();
        let mut lists = Self::default();
        for path in files {
            match text_of(&path) {
                Ok(text) => lists.add(&path, &text),
                Err(reason) => lists.faults.push((path.clone(), reason)),
            }
            lists.files.push(path);
        }
        Ok(lists)
    }

    /// Adds the rows of a file.
    fn add(&mut self, path: &Path, text: &str) {
        let mut fault = |line: usize, reason: &str| {
            self.faults.push((path.to_owned(), format!("line {line}: {}", clean(reason))));
        };
        let mut records = csv::records(text);
        let Some((line, header)) = records.next() else { return fault(1, NO_HEADER) };
        let columns = match header.map_err(str::to_owned).and_then(|header| columns(&header)) {
            Ok(columns) => columns,
            Err(reason) => return fault(line, &reason),
        };
        for (line, record) in records {
            match record.map_err(str::to_owned).and_then(|record| name_of(&columns, &record)) {
                Ok(name) => self.names.push(name),
                Err(reason) => fault(line, &reason),
            }
        }
    }
}

/// Reason for leaving out a file without column names.
const NO_HEADER: &str = "the first row must name the columns: name, aliases, type, id (name and type are required)";

/// Returns the text of a list. On failure, returns the reason as a clause.
fn text_of(path: &Path) -> Result<String, String> {
    config::read_text(path, MAX_SIZE).map_err(|error| error.to_string())
}

/// Returns the index in [`COLUMNS`] of each column of a file.
fn columns(header: &[String]) -> Result<Vec<usize>, String> {
    let mut columns = Vec::with_capacity(header.len());
    for title in header {
        let title = title.trim().to_lowercase();
        let Some(column) = COLUMNS.iter().position(|column| *column == title) else {
            return Err(if columns.is_empty() {
                NO_HEADER.to_owned()
            } else {
                unknown("column", &title, COLUMNS.into_iter())
            });
        };
        columns.push(column);
    }
    if columns.contains(&0) && columns.contains(&2) { Ok(columns) } else { Err(NO_HEADER.to_owned()) }
}

/// Reads the name in a row.
fn name_of(columns: &[usize], record: &[String]) -> Result<OwnName, String> {
    if record.len() > columns.len() {
        let (fields, columns) = (record.len(), columns.len());
        return Err(format!("{fields} fields for {columns} columns; a field with a comma needs quotation marks"));
    }
    let field = |column: usize| {
        let at = columns.iter().position(|known| *known == column);
        at.and_then(|at| record.get(at)).map(|field| folded(&clean(field).to_string())).unwrap_or_default()
    };
    let name = spelling(&field(0))?.ok_or("the row has no name")?;
    let mut aliases = Vec::new();
    for alias in field(1).split(';') {
        aliases.extend(spelling(alias)?);
    }
    let kind = field(2).to_lowercase();
    let Some((_, kind)) = KINDS.iter().find(|(known, _)| *known == kind) else {
        return Err(if kind.is_empty() {
            format!("“{name}” has no type")
        } else {
            unknown("type", &kind, KINDS.iter().map(|(known, _)| *known))
        });
    };
    Ok(OwnName { name, aliases, kind: *kind, id: Some(field(3)).filter(|id| !id.is_empty()) })
}

/// Checks a spelling. Returns `None` if it is empty.
fn spelling(words: &str) -> Result<Option<String>, String> {
    let words = words.trim();
    if words.is_empty() {
        return Ok(None);
    }
    if words.chars().count() > MAX_LENGTH {
        return Err(format!("a name is longer than {MAX_LENGTH} characters"));
    }
    if !words.chars().any(char::is_alphanumeric) {
        return Err(format!("“{words}” is not a name"));
    }
    Ok(Some(words.to_owned()))
}

/// Formats the error for an unknown word, with the most similar known word.
fn unknown<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let near = nearest(name, known).map(|near| format!("; did you mean “{near}”?")).unwrap_or_default();
    format!("no {what} is called “{name}”{near}")
}

/// Makes this process use the lists in a folder in place of those in the configuration folder. Must be called before
/// anything is analysed.
///
/// # Errors
/// Returns an error if the folder cannot be listed.
pub(crate) fn choose(folder: &Path) -> std::io::Result<()> {
    let lists = NameLists::read(folder)?;
    // Ignore errors: the lists are chosen once, before anything uses them.
    let _ = IN_FORCE.set(lists);
    Ok(())
}

/// Returns the lists that this process uses.
pub(crate) fn in_force() -> &'static NameLists {
    IN_FORCE.get_or_init(|| config::folder().map(|folder| NameLists::of_settings(&folder)).unwrap_or_default())
}

/// Loads an analyser that finds the names in the lists.
#[must_use]
pub(crate) fn analyzer() -> Analyzer {
    let names = &in_force().names;
    let analyzer = Analyzer::bundled();
    if names.is_empty() { analyzer } else { analyzer.with_names(names) }
}

/// Returns the version of the annotations that [`analyzer`] makes, without loading it.
#[must_use]
pub(crate) fn version() -> u32 {
    version_with(&in_force().names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_core::Named as _;

    fn lists(text: &str) -> (Vec<OwnName>, Vec<String>) {
        let mut lists = NameLists::default();
        lists.add(Path::new("a.csv"), text);
        (lists.names, lists.faults.into_iter().map(|(_, fault)| fault).collect())
    }

    #[test]
    fn a_row_gives_a_name_its_aliases_type_and_id() {
        let text = "\u{feff}Type, Name,aliases,id\r\nperson,\"Odell, Mara \"\"M.\"\"\", M. Odell ;Mara  Odell;,Q7\r\n\r\n\
            Organisation,Tarn Trust,,\nplace,Søndre\u{1b}[31m Vik\n";
        let (names, faults) = lists(text);
        assert_eq!(faults, Vec::<String>::new());
        let odell = OwnName {
            name: "Odell, Mara \"M.\"".into(),
            aliases: vec!["M. Odell".into(), "Mara Odell".into()],
            kind: EntityKind::Person,
            id: Some("Q7".into()),
        };
        assert_eq!(names[0], odell);
        assert_eq!((names[1].kind, &names[1].id), (EntityKind::Organization, &None));
        assert!(!names[2].name.contains('\u{1b}'), "{:?}", names[2].name);
        assert_eq!(names.len(), 3);
    }

    #[test]
    fn a_bad_row_is_reported_with_its_line_and_the_others_apply() {
        let text = "name,type,id\nMara Odell,persn,Q7\n,place\nTarn Trust,organization,Q1,x\n\"Lower\nVik\",place\n—,place\n\
            Pell,\nTarn Bridge,place\n\"Rufus,person\n";
        let (names, faults) = lists(text);
        assert_eq!(
            faults,
            [
                "line 2: no type is called “persn”; did you mean “person”?",
                "line 3: the row has no name",
                "line 4: 4 fields for 3 columns; a field with a comma needs quotation marks",
                "line 7: “—” is not a name",
                "line 8: “Pell” has no type",
                "line 10: a quotation mark is not closed",
            ]
        );
        let names: Vec<&str> = names.iter().map(|name| name.name.as_str()).collect();
        assert_eq!(names, ["Lower Vik", "Tarn Bridge"]);
    }

    #[test]
    fn a_file_without_column_names_is_left_out() {
        for text in ["", "Mara Odell,person,Q7\n", "name,id\nMara Odell,Q7\n"] {
            let (names, faults) = lists(text);
            assert!(
                names.is_empty() && faults.len() == 1 && faults[0].contains("line 1: the first row must"),
                "{faults:?}"
            );
        }
        assert_eq!(lists("name,alias,type\n").1, ["line 1: no column is called “alias”; did you mean “aliases”?"]);
    }

    #[test]
    fn every_type_of_the_analysis_may_be_listed() {
        for kind in [
            EntityKind::Person,
            EntityKind::Organization,
            EntityKind::Place,
            EntityKind::Group,
            EntityKind::Work,
            EntityKind::Other,
        ] {
            assert!(KINDS.contains(&(kind.name(), kind)), "{kind:?}");
        }
    }
}
