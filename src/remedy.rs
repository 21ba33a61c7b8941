//! Remedies to append to the errors of lower layers, which do not know the program's commands, options and settings.

use dateline_library::Error;
use dateline_sync::SyncError;

/// Remedy on the command line for a refused local URL ([`dateline_fetch::FetchError::Local`]).
pub(crate) const LOCAL_ON_COMMAND_LINE: &str = "; --allow-local allows it";
/// Remedy in the reader for a refused local URL ([`dateline_fetch::FetchError::Local`]).
pub(crate) const LOCAL_ON_SCREEN: &str = "; the setting `fetch_local` allows it";

/// Formats a library error, followed by the commands that can fix it.
pub(crate) fn explain(error: &Error) -> String {
    format!("{error}{}", remedy(error))
}

/// Returns the commands that can fix an error, as a sentence to append to the message; empty if there are none.
pub(crate) const fn remedy(error: &Error) -> &'static str {
    match error {
        Error::Missing(..) => "; `dateline add FILE` creates one, and `dateline --library FILE` uses another",
        Error::Newer { .. } => ". Open it with a newer Dateline",
        Error::Locked(..) => "; close that program or try again: nothing is lost",
        Error::ReadOnly(..) => "; change its permissions, or use another library with `dateline --library FILE`",
        Error::Full(..) => ". Free some room and try again",
        Error::Migration(..) => ". `dateline check --rescue FILE` recovers its contents into a new library",
        Error::Damaged(..) => {
            ". `dateline check --rescue FILE` recovers what is left of it into a new library; a copy made by \
             `dateline backup` can be opened with --library"
        }
        _ => "",
    }
}

/// Formats the error of a sync, followed by what can fix it. `local` is the remedy for a refused local URL.
pub(crate) fn explain_sync(error: &SyncError, local: &'static str) -> String {
    let remedy = match error {
        SyncError::Library(error) => remedy(error),
        SyncError::Refused => "; `dateline sync add` with its URL asks for the password again",
        SyncError::ChangedIds(_) | SyncError::Shrunk { .. } => {
            "; if that is right, `dateline sync remove` and `dateline sync add` start afresh"
        }
        error if error.is_local() => local,
        _ => "",
    };
    format!("{error}{remedy}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_leads_to_the_command_that_helps() {
        let damaged = Error::Damaged("a.db".into(), "cut short".to_owned());
        assert!(!damaged.to_string().contains("--"), "{damaged}");
        assert!(explain(&damaged).contains("is damaged (cut short); it was not changed. `dateline check --rescue"));
        let migration = Error::Migration("a.db".into(), "3 notes are missing".to_owned());
        assert!(!migration.to_string().contains("--"), "{migration}");
        assert!(
            explain(&migration).contains("it was not changed. `dateline check --rescue FILE` recovers its contents")
        );
        assert!(
            explain(&Error::Missing("a.db".into())).starts_with("there is no library at a.db; `dateline add FILE`")
        );
        for (error, way_out) in [
            (
                Error::Locked("a.db".into(), "process 7".to_owned()),
                "waited 5 seconds; close that program or try again: nothing is lost",
            ),
            (Error::ReadOnly("a.db".into()), "read-only; change its permissions"),
            (Error::Full("a.db".into()), "stored before is safe. Free some room"),
            (
                Error::Newer { path: "a.db".into(), found: 9, known: 8 },
                "it was not changed. Open it with a newer Dateline",
            ),
        ] {
            assert!(explain(&error).contains(way_out), "{}", explain(&error));
        }
        assert_eq!(explain(&Error::NoArticle), Error::NoArticle.to_string());
    }
}
