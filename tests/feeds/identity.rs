//! Tests the identity of feed items: which story an item continues.

use crate::server::{Item, Reader, rss};
use crate::test_folder::{TestFolder, err, out};

const BRIDGE: Item<'_> = Item {
    title: "Poll: the bridge",
    guid: "poll",
    link: "SERVER/poll",
    day: 4,
    text: "Sixty voters said yes on Tuesday.",
};
const FERRY: Item<'_> = Item { title: "Poll: the ferry", day: 3, text: "Forty voters said no on Monday.", ..BRIDGE };
const SCHOOL: Item<'_> =
    Item { title: "Poll: the school", day: 2, text: "All said yes to a roof on Sunday.", ..BRIDGE };

/// Fetches the items twice, and then in a different order. Expects three stories, which only the first fetch changes.
fn stay_three(name: &str, items: [Item<'_>; 3]) {
    let reader = Reader::new(name);
    assert_eq!(reader.bring(&items), "3 new, 0 changed", "{name}");
    reader.read_all();
    let ids = reader.ids();
    let [a, b, c] = items;
    for order in [[a, b, c], [c, a, b], [b, c, a]] {
        assert_eq!(reader.bring(&order), "0 new, 0 changed", "{name}");
    }
    assert_eq!((reader.ids(), reader.kept()), (ids, (0, 0)), "{name}");
}

#[test]
fn items_that_share_a_name_are_stories_of_their_own() {
    stay_three("guid", [BRIDGE, FERRY, SCHOOL]);
    stay_three("link", [BRIDGE, FERRY, SCHOOL].map(|item| Item { guid: "", ..item }));
    stay_three("home", [BRIDGE, FERRY, SCHOOL].map(|item| Item { guid: "", link: "SERVER/", ..item }));
    stay_three("nothing", [BRIDGE, FERRY, SCHOOL].map(|item| Item { guid: "", link: "", ..item }));
    stay_three("undated", [BRIDGE, FERRY, SCHOOL].map(|item| Item { day: 0, ..item }));
    stay_three("untitled", [BRIDGE, FERRY, SCHOOL].map(|item| Item { title: "", ..item }));
    stay_three("some", [BRIDGE, FERRY, Item { guid: "school", ..SCHOOL }]);
    let live = |item, link| Item { guid: "", link, ..item };
    stay_three("fragments", [live(BRIDGE, "SERVER/live#a"), live(FERRY, "SERVER/live#b"), live(SCHOOL, "SERVER/live")]);
}

#[test]
fn items_that_differ_in_their_dates_only_are_stories_of_their_own() {
    let weather = Item { title: "Weather", guid: "weather", text: "Sunny all day.", ..BRIDGE };
    stay_three("dates", [weather, Item { day: 5, ..weather }, Item { day: 6, ..weather }]);
    let titles = ["One", "Two", "Three"].map(|title| Item { title, day: 4, text: "Read more.", ..BRIDGE });
    stay_three("titles", titles);
}

#[test]
fn the_same_item_twice_in_a_feed_is_one_story() {
    let reader = Reader::new("double");
    assert_eq!(reader.bring(&[BRIDGE, FERRY, BRIDGE, Item { guid: "other", ..FERRY }]), "2 new, 0 changed");
    assert_eq!(reader.bring(&[BRIDGE, FERRY, BRIDGE, Item { guid: "other", ..FERRY }]), "0 new, 0 changed");
}

#[test]
fn a_corrected_item_continues_by_its_guid() {
    let reader = Reader::new("corrected");
    let items = [("a", BRIDGE), ("b", FERRY)].map(|(guid, item)| Item { guid, ..item });
    reader.bring(&items);
    let ids = reader.ids();
    let title = Item { title: "Poll: the swing bridge", ..items[0] };
    assert_eq!(reader.bring(&[title, items[1]]), "0 new, 1 changed");
    let all = Item { title: "Result", day: 9, text: "Counting has ended; the quay stays.", ..title };
    assert_eq!(reader.bring(&[items[1], all]), "0 new, 1 changed");
    assert_eq!((reader.ids(), reader.kept().0), (ids, 2));
    assert_eq!(out(&reader.test_folder.dateline(&["check"])), "2 stories, all OK\n");
}

#[test]
fn without_a_guid_an_item_continues_by_its_address_and_else_by_title_and_date() {
    let reader = Reader::new("address");
    let item = Item { guid: "", link: "SERVER/live#a", ..BRIDGE };
    let other = Item { guid: "", link: "SERVER/live#b", ..FERRY };
    reader.bring(&[item, other]);
    let ids = reader.ids();
    let changed = Item { title: "Bridge stays", text: "The council has decided.", ..item };
    assert_eq!(reader.bring(&[other, changed]), "0 new, 1 changed");
    assert_eq!(reader.ids(), ids);

    let reader = Reader::new("title-date");
    let items = [BRIDGE, FERRY].map(|item| Item { guid: "", ..item });
    reader.bring(&items);
    let ids = reader.ids();
    let changed = Item { text: "The council has decided: it closes.", ..items[0] };
    assert_eq!(reader.bring(&[items[1], changed]), "0 new, 1 changed");
    assert_eq!(reader.ids(), ids);
    let dated = Item { day: 20, text: "A second vote is due.", ..items[0] };
    assert_eq!(reader.bring(&[dated, items[1], changed]), "1 new, 0 changed");
}

#[test]
fn a_new_guid_at_an_old_address_is_a_new_story() {
    let reader = Reader::new("one-page");
    for (guid, item) in [("1", BRIDGE), ("2", FERRY), ("3", SCHOOL)] {
        assert_eq!(reader.bring(&[Item { guid, link: "SERVER/live", ..item }]), "1 new, 0 changed");
    }
    assert_eq!(reader.kept().0, 0);
}

#[test]
fn a_feed_that_gives_its_items_new_guids_each_time_brings_them_once() {
    let reader = Reader::new("guids");
    let text = "The swing bridge will close in May for repairs that take six weeks, the council said.";
    let item = Item { link: "SERVER/bridge", text, ..BRIDGE };
    reader.bring(&[Item { guid: "1", ..item }]);
    assert_eq!(reader.bring(&[Item { guid: "2", ..item }]), "0 new, 0 changed");
    let text = text.replace("six", "eight");
    assert_eq!(reader.bring(&[Item { guid: "3", text: &text, ..item }]), "0 new, 1 changed");
}

#[test]
fn new_guids_and_dates_at_every_fetch_bring_no_story_again() {
    let text = "The swing bridge will close in May for repairs that take six weeks, the council said.";
    for link in ["SERVER/bridge", ""] {
        let reader = Reader::new("redated");
        let item = |guid, day| Item { guid, link, day, text, ..BRIDGE };
        let other = |guid, day| Item {
            guid,
            link: "",
            day,
            title: "Tides",
            text: "High water at six, low water at noon, and no wind.",
        };
        assert_eq!(reader.bring(&[item("1", 4), other("a", 4)]), "2 new, 0 changed");
        reader.read_all();
        assert_eq!(reader.bring(&[item("2", 5), other("b", 6)]), "0 new, 0 changed");
        assert_eq!(reader.kept(), (0, 0));
        // An item beside the old one is a story of its own.
        assert_eq!(reader.bring(&[item("2", 5), other("b", 6), other("c", 7)]), "1 new, 0 changed");
    }
}

#[test]
fn counters_in_titles_and_texts_make_no_new_version() {
    let reader = Reader::new("counters");
    let bring = |count: u32, quay: &str| {
        let (title, text) = (format!("Crane falls ({count} comments)"), format!("The gulls stay. {count} comments"));
        let item = |title, guid, text| Item { title, guid, link: "", day: 4, text };
        reader.bring(&[item(&title, "a", "It fell."), item("Gulls stay", "b", &text), item("Quay", "c", quay)])
    };
    assert_eq!(bring(3, "3 ships came."), "3 new, 0 changed");
    reader.read_all();
    assert_eq!(bring(14, "3 ships came."), "0 new, 0 changed");
    assert_eq!(reader.kept(), (0, 0));
    assert_eq!(bring(15, "4 ships came."), "0 new, 1 changed");
}

#[test]
fn new_guids_dates_and_counters_together_bring_no_story_again() {
    let text = "The crane at the north quay fell in the storm, and nobody was hurt, the port said.";
    for (name, link, text) in [("link", "SERVER/crane", text), ("short", "SERVER/crane", ""), ("none", "", text)] {
        let reader = Reader::new(name);
        let bring = |guid: &str, day, count: u32| {
            let title = format!("Crane falls ({count} comments)");
            reader.bring(&[Item { title: &title, guid, link, day, text }])
        };
        assert_eq!(bring("1", 4, 3), "1 new, 0 changed", "{name}");
        reader.read_all();
        assert_eq!(bring("2", 5, 14), "0 new, 0 changed", "{name}");
        assert_eq!(bring("3", 6, 15), "0 new, 0 changed", "{name}");
        assert_eq!(reader.kept(), (0, 0), "{name}");
    }
}

#[test]
fn a_column_of_each_day_is_new_each_day() {
    let reader = Reader::new("column");
    let bring = |guid, day, text| reader.bring(&[Item { title: "Weather", guid, link: "SERVER/weather", day, text }]);
    assert_eq!(bring("1", 4, "Sunny all day, with a light wind from the west."), "1 new, 0 changed");
    assert_eq!(bring("2", 5, "Rain from noon on, and fog on the hills."), "1 new, 0 changed");
    let reader = Reader::new("column-links");
    let bring =
        |guid, day, link| reader.bring(&[Item { title: "The day in six minutes", guid, link, day, text: "All news." }]);
    assert_eq!(bring("1", 4, "SERVER/day/4"), "1 new, 0 changed");
    assert_eq!(bring("2", 5, "SERVER/day/5"), "1 new, 0 changed");
}

#[test]
fn a_feed_without_items_did_not_fail() {
    let reader = Reader::new("empty");
    assert_eq!(reader.bring(&[]), "0 new, 0 changed");
    assert_eq!(reader.bring(&[BRIDGE]), "1 new, 0 changed");
    reader
        .server
        .set("/feed", "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"Post\", \"items\": []}");
    assert_eq!(reader.fetch(), "0 new, 0 changed");
    reader.server.set("/feed", "<rss version=\"2.0\"><channel><title>Harbour");
    assert!(reader.fetch().contains("a feed without complete items"));
}

#[test]
fn an_item_that_leaves_the_feed_and_comes_back_is_the_same() {
    let reader = Reader::new("back");
    let items = [BRIDGE, FERRY, SCHOOL];
    reader.bring(&items);
    assert_eq!(reader.bring(&items[..1]), "0 new, 0 changed");
    assert_eq!(reader.bring(&items), "0 new, 0 changed");
    // Each item is fetched separately, so that its guid is unique in each fetch.
    for item in [BRIDGE, FERRY, SCHOOL, Item { text: "The vote on the roof is void.", ..SCHOOL }] {
        reader.bring(&[item]);
    }
    assert_eq!((reader.ids().len(), reader.kept().0), (3, 1));
    let named = [("a", BRIDGE), ("b", FERRY)].map(|(guid, item)| Item { guid, link: "", ..item });
    let reader = Reader::new("back-named");
    reader.bring(&named);
    reader.bring(&named[1..]);
    // An item with a new date and the same text continues the story.
    assert_eq!(reader.bring(&[named[1], Item { day: 12, ..named[0] }]), "0 new, 0 changed");
    assert_eq!(reader.kept().0, 0);
}

#[test]
fn a_feed_file_and_records_that_are_added_again_change_nothing() {
    let test_folder = TestFolder::new("feeds-add");
    let json = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Post", "items": [
        {"id": "poll", "url": "https://a.example/poll", "title": "Bridge", "content_text": "Sixty voters said yes."},
        {"id": "poll", "url": "https://a.example/poll", "title": "Ferry", "content_text": "Forty voters said no."}]}"#;
    let records = "{\"id\": \"a\", \"title\": \"Bridge\", \"text\": \"Sixty voters of the town said yes.\"}\n\
        {\"id\": \"a\", \"title\": \"Ferry\", \"text\": \"Forty voters of the town said no.\"}\n\
        {\"id\": \"3\", \"title\": \"School\", \"text\": \"All voters of the town want a roof.\"}\n";
    let xml = rss(&[BRIDGE, FERRY, SCHOOL]);
    for (name, body, count) in [("a.xml", xml.as_str(), 3), ("b.json", json, 2), ("c.jsonl", records, 3)] {
        let file = test_folder.0.join(name);
        std::fs::write(&file, body).unwrap();
        let file = file.to_str().unwrap();
        assert_eq!(
            err(&test_folder.dateline(&["add", file])).trim(),
            format!("dateline: {count} added\ndateline: {count} annotated"),
            "{name}"
        );
        std::fs::write(file, format!("{body}\n")).unwrap();
        assert_eq!(
            err(&test_folder.dateline(&["add", file])).trim(),
            format!("dateline: 0 added, {count} already in the library"),
            "{name}"
        );
    }
    // A record with a unique ID continues its story even if its whole text has changed.
    let file = test_folder.0.join("d.jsonl");
    std::fs::write(&file, "{\"id\": \"q\", \"text\": \"The quay closes in May.\"}\n").unwrap();
    test_folder.dateline(&["add", file.to_str().unwrap()]);
    std::fs::write(&file, "{\"id\": \"q\", \"text\": \"Nothing remains of the old plan for gulls.\"}\n").unwrap();
    let again = err(&test_folder.dateline(&["add", file.to_str().unwrap()]));
    assert_eq!(again.trim(), "dateline: 0 added, 1 changed\ndateline: 1 annotated");
}

#[test]
fn a_page_that_was_saved_and_the_teaser_of_its_feed_are_one_story_and_the_page_stays() {
    let reader = Reader::new("saved");
    let page = reader.test_folder.0.join("bridge.html");
    let address = reader.server.at("/bridge");
    let story = "Sixty voters said yes on Tuesday, and the council will close the swing bridge for good in May.";
    let html = format!(
        "<html><head><link rel=canonical href=\"{address}\"></head><body><article><h1>Poll: the bridge</h1><p>{story}</p>\
         <p>Boats will pass freely from then on, the harbour master said.</p></article></body></html>"
    );
    std::fs::write(&page, html).unwrap();
    reader.test_folder.dateline(&["add", page.to_str().unwrap()]);
    let item = Item { guid: "b", link: "SERVER/bridge", ..BRIDGE };
    assert_eq!(reader.bring(&[item]), "0 new, 0 changed");
    assert!(reader.show("title:bridge").contains("Boats will pass"));
    // In the reverse order, the page becomes a new version of the story with the teaser.
    let later = Reader::new("saved-later");
    later.bring(&[item]);
    let html = std::fs::read_to_string(&page).unwrap().replace(&address, &later.server.at("/bridge"));
    std::fs::write(later.test_folder.0.join("bridge.html"), html).unwrap();
    let added = later.test_folder.dateline(&["add", later.test_folder.0.join("bridge.html").to_str().unwrap()]);
    assert_eq!(err(&added).trim(), "dateline: 0 added, 1 changed\ndateline: 1 annotated");
}
