//! Handles saved views and feeds: listing, naming, moving, removing and fetching.

use super::{listing, overlay};
use crate::pairing::PairReport;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::library_messages::{FetchJob, FetchProgress, LibraryQuery, Renewal, Request, Sources, View};
use crate::tui::overlays;
use crate::tui::state::State;
use crate::tui::state::overlay::{RowTarget, Subject};
use crate::tui::state::prompt::{Prompt, Purpose};

/// Requests the lists, views and feeds with their unread counts.
pub(super) fn ask(state: &mut State, effects: &mut Vec<Effect>) {
    if state.library.is_none() {
        return listing::no_library(state);
    }
    effects.push(Effect::Query(LibraryQuery::Sources));
}

/// Shows the lists, views and feeds on a full-screen page.
pub(super) fn show(state: &mut State, sources: &Sources) {
    overlay::show(state, overlays::sources(sources, state.renewal));
}

/// Opens the prompt for the name of the current view.
pub(super) fn ask_view_name(state: &mut State) {
    let Some(library) = &state.library else { return listing::no_library(state) };
    let text = match &library.view {
        View::Saved(name, _) => name.clone(),
        View::Query(words) => words.clone(),
        View::List(_) | View::Feed(..) | View::Who(..) => {
            let find = state.key(Action::Find);
            state.set_status(format!("Search first ({find}), then save the query"));
            return;
        }
    };
    state.layers.open(Prompt::prefilled(Purpose::ViewName, text));
}

/// Saves the current view under this name.
pub(super) fn save(state: &mut State, name: &str, effects: &mut Vec<Effect>) {
    let name = dateline_core::text::folded(name);
    let Some(library) = state.library.as_mut().filter(|_| !name.is_empty()) else { return };
    let (View::Query(query) | View::Saved(_, query)) = library.view.clone() else { return };
    library.view = View::Saved(name.clone(), query.clone());
    effects.push(Effect::Library(Request::SaveView(name, Some(query))));
}

/// Removes the selected view or feed. A feed is removed only if the key is pressed twice.
pub(super) fn remove(state: &mut State, offered: Option<&str>, effects: &mut Vec<Effect>) {
    match overlay::target(state) {
        Some(RowTarget::View(name, _)) => effects.push(Effect::Library(Request::SaveView(name, None))),
        Some(RowTarget::Feed(feed)) => {
            let sure = offered == Some(feed.url.as_str());
            if sure {
                effects.push(Effect::Library(Request::Unfollow(*feed)));
                return;
            }
            state.set_status(format!("Press {} again to unfollow {}", state.key(Action::Remove), feed.url));
            state.offered = Some(feed.url);
        }
        _ => state.set_status("Only views and feeds can be removed"),
    }
}

/// Moves the selected view one place up or down.
pub(super) fn move_view(state: &mut State, up: bool, effects: &mut Vec<Effect>) {
    match overlay::target(state) {
        Some(RowTarget::View(name, _)) => effects.push(Effect::Library(Request::MoveView(name, up))),
        _ => state.set_status("Only saved views can be moved"),
    }
}

/// Opens the prompt for a new name of the selected feed.
pub(super) fn ask_name(state: &mut State) {
    match overlay::target(state) {
        Some(RowTarget::Feed(feed)) => {
            state.layers.open(Prompt::prefilled(Purpose::FeedName(feed.id), feed.title.clone()));
        }
        _ => state.set_status("Only feeds can be renamed"),
    }
}

/// Renames a feed.
pub(super) fn rename(feed: i64, name: &str, effects: &mut Vec<Effect>) {
    let name = dateline_core::text::folded(name);
    if !name.is_empty() {
        effects.push(Effect::Library(Request::RenameFeed(feed, name)));
    }
}

/// Opens the prompt for the URL of a feed.
pub(super) fn ask_address(state: &mut State) {
    state.layers.open(Prompt::new(Purpose::FeedAddress));
}

/// Follows the feed at a URL.
pub(super) fn follow(state: &mut State, address: &str, effects: &mut Vec<Effect>) {
    let address = address.trim();
    if !address.is_empty() {
        state.set_status(format!("Connecting to {address} …"));
        effects.push(Effect::Fetch(FetchJob::Follow(address.to_owned())));
    }
}

/// Toggles whether the pages that the selected feed links to are fetched.
pub(super) fn full_text(state: &mut State, effects: &mut Vec<Effect>) {
    match overlay::target(state) {
        Some(RowTarget::Feed(feed)) => effects.push(Effect::Library(Request::FullText(feed.id, !feed.full_text))),
        _ => state.set_status("Only feeds have full text to fetch"),
    }
}

/// Fetches the selected feed, even if it is not due. If no feed is selected, fetches all feeds that are due.
pub(super) fn fetch_selected(state: &mut State, effects: &mut Vec<Effect>) {
    match overlay::target(state) {
        Some(RowTarget::Feed(feed)) => begin(state, FetchJob::One(feed.id), effects),
        _ => fetch(state, effects),
    }
}

/// Fetches all feeds that are due, syncs with the feed servers and, if the settings say so, pairs.
pub(super) fn fetch(state: &mut State, effects: &mut Vec<Effect>) {
    if state.library.is_none() {
        return listing::no_library(state);
    }
    begin(state, FetchJob::All, effects);
}

fn begin(state: &mut State, job: FetchJob, effects: &mut Vec<Effect>) {
    if state.fetching.is_some() {
        state.set_status("Already fetching feeds");
        return;
    }
    state.fetching = Some((0, 0));
    state.set_status("Fetching …");
    effects.push(Effect::Fetch(job));
}

/// Handles progress in annotating stories.
pub(super) fn renewal(state: &mut State, renewal: Renewal) {
    if matches!(renewal, Renewal::Ended(1..)) && state.library.is_some() {
        // The days of undated stories and the results of queries may have changed.
        listing::reload(state);
    }
    // If other programs have re-annotated everything, there is nothing to report.
    state.renewal = Some(renewal).filter(|renewal| !matches!(renewal, Renewal::Left(0) | Renewal::Ended(0)));
}

/// Handles the fetch timer by fetching all feeds that are due.
pub(super) fn due(state: &mut State, effects: &mut Vec<Effect>) {
    begin_quietly(state, FetchJob::Due, effects);
}

/// Handles the sync timer by syncing with the feed servers.
pub(super) fn sync_due(state: &mut State, effects: &mut Vec<Effect>) {
    begin_quietly(state, FetchJob::Sync, effects);
}

/// Pairs through all folders.
pub(super) fn pair_due(state: &mut State, effects: &mut Vec<Effect>) {
    begin_quietly(state, FetchJob::Pair, effects);
}

/// Begins a job, or lets it wait for the one that is running: timers with the same interval go off together.
fn begin_quietly(state: &mut State, job: FetchJob, effects: &mut Vec<Effect>) {
    if state.library.is_none() {
        return;
    }
    if state.fetching.is_some() {
        if !state.waiting_jobs.contains(&job) {
            state.waiting_jobs.push_back(job);
        }
        return;
    }
    state.fetching = Some((0, 0));
    effects.push(Effect::Fetch(job));
}

/// Describes the changes that came from other machines: ", received 1 note, 3 tags"; empty if none came.
fn received(paired: &PairReport) -> String {
    if paired.received.is_empty() { String::new() } else { format!(", received {}", paired.received.join(", ")) }
}

/// Describes the folders that could not be paired through. `why` is the key of the page that gives the reason.
fn pair_failures(paired: &PairReport, why: &str) -> String {
    match paired.failed {
        0 => String::new(),
        1 => format!(" · pairing failed: {why} shows why"),
        some => format!(" · pairing failed through {some} folders: {why} shows why"),
    }
}

/// Handles progress of a fetch job.
pub(super) fn fetch_progress(state: &mut State, progress: FetchProgress, effects: &mut Vec<Effect>) {
    match progress {
        FetchProgress::Progress(done, total) => {
            state.fetching = Some((done, total));
            return;
        }
        FetchProgress::Ended { new, changed, failed, asked, synced, paired } => {
            let feeds = state.fetching.take().map_or(0, |(_, total)| total);
            let why = state.key(Action::Sources);
            let failures = match failed {
                0 => String::new(),
                1 => format!(" · 1 feed failed: {why} shows why"),
                some => format!(" · {some} feeds failed: {why} shows why"),
            };
            let failures = match synced.failed {
                0 => failures,
                1 => format!("{failures} · the sync failed: {why} shows why"),
                some => format!("{failures} · {some} syncs failed: {why} shows why"),
            };
            let marks = match synced.marks {
                0 => String::new(),
                1 => ", 1 mark synced".to_owned(),
                some => format!(", {some} marks synced"),
            };
            let failures = failures + &pair_failures(&paired, &why);
            let marks = marks + &received(&paired);
            let verb = match (asked, synced.servers) {
                (0, 0) => "Paired",
                (0, _) => "Synced",
                _ => "Fetched",
            };
            let text = match asked + synced.servers + paired.folders {
                0 if feeds == 0 => format!("No feeds yet · {why} opens the page to add one"),
                0 => "No feed is due yet".to_owned(),
                _ => format!("{verb}: {new} new, {changed} changed{marks}{failures}"),
            };
            if failed + synced.failed + paired.failed > 0 { state.set_error(text) } else { state.set_status(text) }
        }
        FetchProgress::Paired(paired) => {
            state.fetching = None;
            let failures = pair_failures(&paired, &state.key(Action::Sources));
            // Pairing by itself says nothing if nothing came.
            let received = received(&paired);
            let text = format!("Paired{}{failures}", if received.is_empty() { ", nothing new" } else { &received });
            match (paired.failed, received.is_empty()) {
                (0, true) => {}
                (0, false) => state.set_status(text),
                _ => state.set_error(text),
            }
        }
        FetchProgress::Followed(said) => state.set_status(said),
        FetchProgress::NotFollowed(reason) => state.set_error(reason),
        FetchProgress::Failed(reason) => {
            state.fetching = None;
            state.set_error(reason);
        }
    }
    if state.fetching.is_none()
        && let Some(job) = state.waiting_jobs.pop_front()
    {
        begin_quietly(state, job, effects);
    }
    listing::reload(state);
    let sources = state.overlay().is_some_and(|overlay| overlay.subject == Subject::Sources);
    if sources {
        overlay::renew(state, effects);
    }
}
