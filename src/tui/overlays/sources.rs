//! Builds the rows of the sources page: lists, saved views and feeds with their unread counts. A failed feed shows its
//! error.

use super::{counted, moment, renewed};
use crate::tui::library_messages::{Renewal, SavedView, Sources, View};
use crate::tui::state::overlay::{Overlay, OverlayRow, RowTarget, Subject};
use dateline_library::{Count, Feed, PairedFolder, SyncServer};
use std::collections::BTreeMap;
use url::Url;

/// Builds the sources page. While stories are being re-annotated, the title of the page shows the progress (`renewal`).
#[must_use]
pub(crate) fn sources(found: &Sources, renewal: Option<Renewal>) -> Overlay {
    let mut rows = vec![OverlayRow::heading("Lists")];
    rows.extend(found.lists.iter().map(|(list, count)| {
        OverlayRow::new(View::List(*list).title(), counted(*count, "story", "stories"), RowTarget::List(*list))
    }));
    rows.push(OverlayRow::heading("Saved views"));
    if found.views.is_empty() {
        rows.push(OverlayRow::new("No views yet: search, then save the query as a view.", "", RowTarget::Nowhere));
    }
    rows.extend(found.views.iter().map(view));
    if !found.servers.is_empty() {
        rows.push(OverlayRow::heading("Feed servers"));
        rows.extend(found.servers.iter().map(server));
    }
    if !found.folders.is_empty() {
        rows.push(OverlayRow::heading("Paired folders"));
        rows.extend(found.folders.iter().map(folder));
    }
    rows.extend(feeds(&found.feeds));
    let unread: i64 = found.feeds.iter().map(|feed| feed.unread).sum();
    let title = format!("Views and feeds · {unread} unread in {}", counted(found.feeds.len(), "feed", "feeds"));
    let renewal = renewal.map(|renewal| format!(" · {}", renewed(renewal))).unwrap_or_default();
    Overlay::new(Subject::Sources, title + &renewal, rows)
}

/// Builds the rows of the feeds: first the feeds without a tag, then the feeds with each tag. A feed with several tags
/// is listed only under its first tag. Failed feeds come first under each heading.
fn feeds(feeds: &[Feed]) -> Vec<OverlayRow> {
    let failed = feeds.iter().filter(|feed| feed.error.is_some()).count();
    let mut rows = vec![OverlayRow::heading(match failed {
        0 => "Feeds".to_owned(),
        some => format!("Feeds · {some} failed last time"),
    })];
    if feeds.is_empty() {
        rows.push(OverlayRow::new("No feeds yet: add one by its URL.", "", RowTarget::Nowhere));
    }
    let mut by_tag: BTreeMap<&str, Vec<&Feed>> = BTreeMap::new();
    for feed in feeds {
        by_tag.entry(feed.tags.first().map_or("", String::as_str)).or_default().push(feed);
    }
    for (tag, mut feeds) in by_tag {
        if !tag.is_empty() {
            let unread: i64 = feeds.iter().map(|feed| feed.unread).sum();
            rows.push(OverlayRow::heading(format!("Feeds tagged {tag} · {unread} unread")));
        }
        feeds.sort_by_key(|feed| feed.error.is_none());
        rows.extend(feeds.into_iter().map(self::feed));
    }
    rows
}

/// Builds the row of a feed server, with the time of the last complete sync and why the latest one failed.
fn server(server: &SyncServer) -> OverlayRow {
    let name = Url::parse(&server.url).ok().and_then(|url| url.host_str().map(str::to_owned));
    let name = name.unwrap_or_else(|| server.url.clone());
    let right = server.synced_at.map_or_else(|| "not synced yet".to_owned(), |at| format!("synced {}", moment(at)));
    let failed = server.error.as_ref().map(|error| format!(" · {error}")).unwrap_or_default();
    let user = if server.user.is_empty() { String::new() } else { format!(" · {}", server.user) };
    let stories = counted(server.stories as usize, "story", "stories");
    let full = format!("{} — {}{user} · {stories} · {right}{failed}", server.url, server.kind);
    let sign = if server.error.is_some() { "!" } else { " " };
    OverlayRow { sign, full, ..OverlayRow::new(name + &failed, right, RowTarget::Nowhere) }
}

/// Builds the row of a paired folder, with the time of the last exchange and why the latest one failed.
fn folder(folder: &PairedFolder) -> OverlayRow {
    let path = folder.path.display().to_string();
    let right = if folder.at == 0 { "not paired yet".to_owned() } else { format!("paired {}", moment(folder.at)) };
    let failed = folder.error.as_ref().map(|error| format!(" · {error}")).unwrap_or_default();
    let with = if folder.machines.is_empty() { "no other machine yet".to_owned() } else { folder.machines.join(", ") };
    let full = format!("{path} — {with} · {right}{failed}");
    let sign = if folder.error.is_some() { "!" } else { " " };
    OverlayRow { sign, full, ..OverlayRow::new(path + &failed, right, RowTarget::Nowhere) }
}

fn view(view: &SavedView) -> OverlayRow {
    let right = view.counts.map_or_else(
        || "invalid query".to_owned(),
        |(unread, all)| format!("{} unread of {}", so_many(unread), so_many(all)),
    );
    let target = RowTarget::View(view.name.clone(), view.query.clone());
    OverlayRow { full: format!("{} — {}", view.name, view.query), ..OverlayRow::new(&view.name, right, target) }
}

fn so_many(count: Count) -> String {
    if count.more { format!("{}+", count.counted) } else { count.counted.to_string() }
}

fn feed(feed: &Feed) -> OverlayRow {
    let name = feed.name();
    let mut full = format!("{name} — {}", feed.url);
    if feed.full_text {
        full.push_str(" · full text");
    }
    if !feed.tags.is_empty() {
        full.push_str(&format!(" · {}", feed.tags.join(", ")));
    }
    if feed.paused {
        full.push_str(" · stopped");
    }
    if let Some(error) = &feed.error {
        let times = if feed.failures > 1 { format!(" {} times", feed.failures) } else { String::new() };
        full.push_str(&format!(" · failed{times}: {error} · next try {}", moment(feed.next_due)));
    }
    let right = format!("{} unread of {}", feed.unread, feed.articles);
    let left = feed.error.as_ref().map_or_else(|| name.to_owned(), |error| format!("{name} · {error}"));
    let sign = match (&feed.error, feed.paused) {
        (Some(_), _) => "!",
        (None, true) => "‖",
        (None, false) => " ",
    };
    OverlayRow { sign, full, ..OverlayRow::new(left, right, RowTarget::Feed(Box::new(feed.clone()))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_that_failed_comes_first_and_says_why() {
        let good = Feed { id: 1, title: "Gazette".into(), unread: 2, articles: 3, ..Feed::default() };
        let bad = Feed { id: 2, title: "Post".into(), failures: 3, error: Some("no answer".into()), ..Feed::default() };
        let overlay = sources(&Sources { feeds: vec![good, bad], ..Sources::default() }, None);
        let feeds: Vec<&OverlayRow> =
            overlay.rows.iter().filter(|row| matches!(row.target, RowTarget::Feed(_))).collect();
        assert!(feeds[0].left.contains("Post") && feeds[0].full.contains("failed 3 times: no answer"));
        assert_eq!(feeds[1].right, "2 unread of 3");
    }

    #[test]
    fn feeds_are_grouped_by_their_first_tag_with_unread_counts() {
        let feed = |id, title: &str, tags: &[&str], unread| Feed {
            id,
            title: title.into(),
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            unread,
            ..Feed::default()
        };
        let feeds = vec![
            feed(1, "Post", &["trade", "harbour"], 4),
            feed(2, "Gazette", &[], 1),
            feed(3, "Echo", &["harbour"], 2),
            feed(4, "Argus", &["trade"], 3),
        ];
        let overlay = sources(&Sources { feeds, ..Sources::default() }, None);
        let lefts: Vec<&str> = overlay.rows.iter().skip(3).map(|row| row.left.as_str()).collect();
        let expected = [
            "Feeds",
            "Gazette",
            "Feeds tagged harbour · 2 unread",
            "Echo",
            "Feeds tagged trade · 7 unread",
            "Post",
            "Argus",
        ];
        assert_eq!(lefts, expected);
    }

    #[test]
    fn a_feed_server_has_a_row_with_its_state_and_the_time_of_the_last_sync() {
        let lefts = |servers: Vec<SyncServer>| {
            let overlay = sources(&Sources { servers, ..Sources::default() }, None);
            overlay.rows.into_iter().map(|row| (row.left, row.right, row.sign)).collect::<Vec<_>>()
        };
        assert!(!lefts(Vec::new()).iter().any(|(left, ..)| left == "Feed servers"));
        let mut library = dateline_library::Library::open_in_memory().unwrap();
        library.add_sync_server("https://reader.example/api", "miniflux", "ada").unwrap();
        let row = |rows: Vec<(String, String, &'static str)>| {
            let at = rows.iter().position(|(left, ..)| left == "Feed servers").unwrap();
            rows[at + 1].clone()
        };
        let new = row(lefts(library.sync_servers().unwrap()));
        assert_eq!(new, ("reader.example".to_owned(), "not synced yet".to_owned(), " "));
        library.sync_ended(1, Ok("{}")).unwrap();
        library.sync_ended(1, Err("no such host")).unwrap();
        let (left, right, sign) = row(lefts(library.sync_servers().unwrap()));
        assert_eq!((left.as_str(), sign), ("reader.example · no such host", "!"));
        assert!(right.starts_with("synced "), "{right}");
    }

    #[test]
    fn a_paired_folder_has_a_row_with_its_state_and_the_time_of_the_last_exchange() {
        let place = std::env::temp_dir().join(format!("dateline-paired-row-{}", std::process::id()));
        std::fs::create_dir_all(&place).unwrap();
        let mut library = dateline_library::Library::open_in_memory().unwrap();
        let row = |library: &dateline_library::Library| {
            let folders = library.paired_folders().unwrap();
            let rows = sources(&Sources { folders, ..Sources::default() }, None).rows;
            rows.iter().position(|row| row.left == "Paired folders").map(|at| rows[at + 1].clone())
        };
        assert!(row(&library).is_none());
        crate::pairing::pair(&mut library, &place, None).unwrap();
        let paired = row(&library).unwrap();
        assert!(paired.right.starts_with("paired ") && paired.sign == " ", "{paired:?}");
        assert!(paired.full.contains("no other machine yet"), "{paired:?}");
        std::fs::remove_dir_all(&place).unwrap();
        assert_eq!(crate::pairing::pair_all(&mut library).unwrap().failed, 1);
        let failed = row(&library).unwrap();
        assert!(failed.left.contains(" · ") && failed.sign == "!" && failed.right == paired.right, "{failed:?}");
    }

    #[test]
    fn the_title_says_how_many_stories_are_left_to_annotate_again() {
        let title = |renewal| sources(&Sources::default(), renewal).title;
        assert!(title(Some(Renewal::Left(1_204))).ends_with("in 0 feeds · annotating: 1,204 left"));
        assert!(title(None).ends_with("in 0 feeds"));
    }
}
