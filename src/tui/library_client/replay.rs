//! Undo and redo in the TUI: finds the next change to undo or redo, and decides whether the user must confirm it.

use crate::tui::dates;
use crate::tui::library_messages::Reversal;
use dateline_library::{By, Direction, Error, JournalEntry, Library, Origin, Result};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Undoes or redoes the last change of this session. If there is none, the next change is older or belongs to another
/// session, so the user is asked to confirm. The user is also asked if a note would disappear from a story other than
/// `shown`, since that would go unnoticed.
pub(super) fn next(library: &mut Library, direction: Direction, shown: Option<i64>) -> Result<Reversal> {
    let own = library.last_change(direction, By::Session)?;
    let entry = match own {
        Some(entry) => entry,
        None => match library.last_change(direction, By::Anyone)? {
            Some(entry) => entry,
            None => return Ok(Reversal::Nothing(direction)),
        },
    };
    let unseen = entry.rewrites_note_of.is_some() && entry.rewrites_note_of != shown;
    if entry.own && !unseen {
        return confirmed(library, direction, entry.id);
    }
    Ok(Reversal::Ask { direction, id: entry.id, question: question(direction, &entry) })
}

/// Undoes or redoes the change with this ID, without asking.
pub(super) fn confirmed(library: &mut Library, direction: Direction, id: i64) -> Result<Reversal> {
    match library.replay(direction, id) {
        Ok(replayed) => Ok(Reversal::Done(direction, replayed)),
        Err(Error::Conflict(reason)) => Ok(Reversal::Refused(direction, reason)),
        Err(error) => Err(error),
    }
}

/// Returns the question to ask the user. The most important words come first, because a narrow screen truncates it.
fn question(direction: Direction, entry: &JournalEntry) -> String {
    let verb = match direction {
        Direction::Undo => "Undo",
        Direction::Redo => "Redo",
    };
    let mut about: Vec<String> = Vec::new();
    if !entry.own {
        let moment = entry.at.and_then(|at| Timestamp::from_second(at).ok());
        about.extend(moment.map(|moment| format!("from {}", dates::short(moment.to_zoned(TimeZone::system()).date()))));
        about.push(
            match entry.origin {
                Some(Origin::Screen) => "made in another session",
                Some(Origin::CommandLine) => "made on the command line",
                Some(Origin::Rule) => "made by a rule",
                None => "made by an older version",
            }
            .to_owned(),
        );
    }
    about.extend(entry.headline.as_ref().map(|headline| format!("in “{headline}”")));
    format!("{verb} “{}”? y/n · {}", entry.label, about.join(", "))
}
