//! Tests of text dumps of many kinds. The dumps are invented. Their expected outlines are in
//! `crates/ingest/tests/snapshots/`.

#![allow(clippy::unwrap_used)]

use dateline_core::Named;
use dateline_core::article::Article;
use dateline_core::text::without_invisible;
use dateline_ingest as ingest;
use proptest::prelude::*;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// Reads every dump in the folder. Returns their names and contents.
fn dumps() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dumps");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap()))
        .collect()
}

/// Outlines an article: its front matter, the first words of each block, and the omitted parts.
fn outline(article: &Article) -> String {
    let mut out = format!("# {}\n", article.id);
    let mut field = |name: &str, value: String| {
        if !value.is_empty() {
            writeln!(out, "{name}: {value}").unwrap();
        }
    };
    let words = |datum: &Option<dateline_core::article::Datum<String>>| {
        datum.as_ref().map(|datum| datum.value.clone()).unwrap_or_default()
    };
    field("section", article.section.join(" > "));
    field("kicker", words(&article.kicker));
    field("headline", words(&article.headline));
    field("standfirst", words(&article.standfirst));
    field("byline", article.byline.iter().map(|name| name.value.as_str()).collect::<Vec<_>>().join("; "));
    let published = article.published.as_ref().map(|published| {
        let evidence = published.evidence.map_or("", |span| span.of(&article.text));
        format!(
            "{} by {} ({evidence})",
            published.moment.clone().unwrap_or(published.date.to_string()),
            published.source.name()
        )
    });
    field("published", published.unwrap_or_default());
    let dateline = article.dateline.as_ref().map(|dateline| format!("{:?} {:?}", dateline.place, dateline.date));
    field("dateline", dateline.unwrap_or_default());
    field("language", article.language.clone().unwrap_or_default());
    for block in article.blocks.iter().filter(|block| !block.kind.is_front()) {
        let level = block.level.map(|level| format!(" {level}")).unwrap_or_default();
        let credit = block.credit.as_ref().map(|credit| format!(" [{}]", credit.value)).unwrap_or_default();
        writeln!(out, "  {}{level}{credit}: {}", block.kind.name(), short(block.span.of(&article.text))).unwrap();
    }
    for left_out in &article.left_out {
        writeln!(out, "  - {}: {}", left_out.why.name(), short(&left_out.text)).unwrap();
    }
    out
}

fn short(text: &str) -> String {
    let line = text.lines().map(str::trim).collect::<Vec<_>>().join(" / ");
    let mut out: String = line.chars().take(70).collect();
    if line.chars().count() > 70 {
        out.push('…');
    }
    out
}

#[test]
fn dumps_come_to_their_structure() {
    for (name, bytes) in dumps() {
        let articles = ingest::articles(&name, &bytes).unwrap();
        let outlines: Vec<String> = articles.iter().map(outline).collect();
        insta::assert_snapshot!(format!("dump_{name}"), outlines.join("\n"));
    }
}

#[test]
fn line_ends_and_marks_of_order_make_no_difference() {
    for (name, bytes) in dumps() {
        let plain = String::from_utf8(bytes).unwrap();
        let wanted: Vec<String> =
            ingest::articles(&name, plain.as_bytes()).unwrap().iter().map(|article| article.text.clone()).collect();
        for other in [plain.replace('\n', "\r\n"), plain.replace('\n', "\r"), format!("\u{feff}{plain}")] {
            let texts: Vec<String> =
                ingest::articles(&name, other.as_bytes()).unwrap().iter().map(|article| article.text.clone()).collect();
            assert_eq!(texts, wanted, "{name}");
        }
    }
}

#[test]
fn control_characters_stay_and_break_nothing() {
    let (name, bytes) = dumps().swap_remove(0);
    let hostile =
        String::from_utf8(bytes).unwrap().replace("walked out on Friday", "walked \u{1b}[2Jout on\u{202e} Friday");
    let articles = ingest::articles(&name, hostile.as_bytes()).unwrap();
    assert_eq!(articles.len(), 1);
    assert!(articles[0].text.contains("walked \u{1b}[2Jout on\u{202e} Friday"));
}

#[test]
fn binary_data_is_refused_with_a_reason() {
    assert_eq!(ingest::articles("x", b"\x7fELF\0\0").unwrap_err().to_string(), "it is not text (found a program)");
    assert_eq!(ingest::articles("x", b" \n\t").unwrap_err().to_string(), "it is empty");
}

/// Returns the words and numbers of a text in lower case, separated by single spaces.
fn plain(text: &str) -> String {
    let words: Vec<&str> =
        text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    format!(" {} ", words.join(" "))
}

/// Checks that every line of `source` is in the text or the omitted parts of an article.
fn nothing_is_lost(source: &str) -> Result<(), String> {
    let Ok(articles) = ingest::articles("dump", source.as_bytes()) else { return Ok(()) };
    let mut all = String::new();
    for article in &articles {
        all.push_str(&plain(&article.text));
        for left_out in &article.left_out {
            all.push_str(&plain(&left_out.text));
        }
        for block in &article.blocks {
            if article.text.get(block.span.start..block.span.end).is_none() {
                return Err(format!("a block leaves the text: {block:?}"));
            }
        }
    }
    for line in source.lines() {
        let line = plain(&without_invisible(line));
        if line.trim().is_empty() {
            continue;
        }
        if !all.contains(&line) {
            return Err(format!("lost: {line:?}"));
        }
    }
    Ok(())
}

#[test]
fn no_line_of_a_dump_is_lost() {
    for (name, bytes) in dumps() {
        // Link numbers are dropped on purpose, because they refer to nothing in the text.
        if name != "lynx_page" {
            assert_eq!(nothing_is_lost(&String::from_utf8(bytes).unwrap()), Ok(()), "{name}");
        }
    }
}

/// Reads a text that contains one article, and returns the article.
fn one(text: &str) -> Article {
    let mut articles = ingest::articles("text", text.as_bytes()).unwrap();
    assert_eq!(articles.len(), 1, "{text}");
    articles.remove(0)
}

/// Sentences with a complete date that is never the publication date.
const DATED_SENTENCES: [&str; 12] = [
    "Dora Vennick died on March 3, 2026. She was 61.",
    "He was born on 3 May 1931.",
    "He was elected on 5 May 2011.",
    "The ferry opened on 6 May 2012.",
    "On 4 June 1989, troops entered the square.",
    "Snow fell on 12 May 1997.",
    "The court ruled on 9 July 2008.",
    "Talks go on under the treaty of 4 April 1949.",
    "“We met on 5 May 2011,” he said.",
    "Er starb am 4. April 1949.",
    "The book was published on 3 May 2011.",
    "Ruiz resigned on November 2, 2009, and left.",
];

#[test]
fn a_sentence_with_a_date_is_never_a_timestamp_line() {
    let others = [
        "The harbour board met for six hours in the old customs house, and the crowd on the quay waited in the rain.",
        "Traders were told that repairs would cost four million crowns, according to the engineer who had seen the hull.",
        "Nobody has said who is to pay, and the treasurer of the town would not be drawn on it after the meeting.",
    ];
    for sentence in DATED_SENTENCES {
        for place in 0..=others.len() {
            let mut paragraphs = others.to_vec();
            paragraphs.insert(place, sentence);
            let article = one(&format!("Old keeper mourned\n\n{}\n", paragraphs.join("\n\n")));
            let story = article.text.get(article.body..).unwrap_or_default();
            let spoken =
                article.blocks.iter().any(|block| !block.kind.is_front() && block.span.of(&article.text) == sentence);
            let standfirst = article.standfirst.as_ref().is_some_and(|found| found.value == sentence);
            assert!(spoken || standfirst, "{sentence} at {place}: {story}");
            assert_eq!(article.published, None, "{sentence} at {place}");
            assert!(article.byline.is_empty(), "{sentence} at {place}: {:?}", article.byline);
        }
    }
}

#[test]
fn the_dates_of_a_chronology_stay_over_its_entries() {
    let entries = "5 May 2011\nPell is elected mayor of the town by a wide margin, to the surprise of all who had counted \
                   the votes.\n\n6 May 2012\nThe ferry terminal opens, a year later than planned, and the bill of four \
                   million is paid.\n";
    let lead = "A former mayor was charged with fraud on Monday after an inquiry that had lasted for two years, the court said.";
    let article = one(&format!("Former mayor charged\n\n{lead}\n\n{entries}"));
    let story = article.text.get(article.body..).unwrap_or_default();
    assert!(story.contains("5 May 2011") && story.contains("6 May 2012"), "{story}");
    assert_eq!(article.published, None);
    let dated = one(&format!("Former mayor charged\n13 March 2024\n\n{lead}\n\n{entries}"));
    assert_eq!(dated.published.map(|published| published.date.to_string()).as_deref(), Some("2024-03-13"));
}

#[test]
fn of_a_story_that_comes_twice_one_whole_copy_stays_and_the_other_is_said() {
    let story = "Harbour to get a lamp\n\nThe harbour of Eastmouth will get a new lamp after forty years, the board of the \
                 town said on Sunday.\n\nThe old one will be shown in the museum of the town, beside the bell of the ship \
                 that it failed to warn.\n\nNobody has said what the lamp will cost. The treasurer would not be drawn on it.\n";
    let once = one(story);
    let other =
        story.replace("lamp", "road").replace("harbour", "county").replace("The old one", "A piece of the old one");
    let signed = |story: &str| story.replacen("\n\n", "\nBy Jane Doe\n\n", 1);
    for text in
        [format!("{story}\n{story}"), format!("{story}\nPrint version\n\n{story}"), format!("{story}\n").repeat(4)]
    {
        let twice = one(&text);
        assert!(twice.text.starts_with(&once.text) && twice.text.len() < once.text.len() + 20, "{}", twice.text);
        assert_eq!(twice.notes.len(), 1, "{:?}", twice.notes);
        assert!(twice.notes[0].starts_with("Left out another copy of the text"), "{:?}", twice.notes);
    }
    let markdown = format!("# {story}\n\n# {story}");
    let article = ingest::articles("a.md", markdown.as_bytes()).unwrap().remove(0);
    assert_eq!(article.text.matches("forty years").count(), 1);
    assert_eq!(article.notes.len(), 1);
    for text in [[story, &other, story].map(signed).join("\n"), [story, story, &other].map(signed).join("\n")] {
        let articles = ingest::articles("text", text.as_bytes()).unwrap();
        let notes: Vec<usize> = articles.iter().map(|article| article.notes.len()).collect();
        assert_eq!(notes, [1, 0], "{text}");
        assert_eq!(articles[0].text.matches("forty years").count(), 1);
        assert!(articles[1].text.contains("A piece of the old one"));
    }
}

/// Generates lines that are typical of pages, and lines that no page contains.
fn any_line() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("   ".to_owned()),
        "[A-Z][a-z]{2,9}( [a-z]{1,9}){3,18}\\.",
        "[A-Z][a-z]{2,9}( [A-Za-z]{1,9}){1,7}",
        "(By|BY|Photo:|Read more:|Share|\\*|>|•|[0-9]\\.) [A-Z][a-z]{2,8} [A-Z][a-z]{2,8}",
        "[A-Z]{4,9}, (May|Sept\\.) [0-9]{1,2} \\([A-Z]{2,4}\\) — [A-Z][a-z]{2,9}( [a-z]{1,9}){3,18}\\.",
        "(Mon|Tuesday), [0-9]{1,2} (May|June) 20[0-9]{2}",
        "\\PC{0,60}",
    ]
}

proptest! {
    #[test]
    fn no_line_of_any_text_is_lost(lines in prop::collection::vec(any_line(), 0..40)) {
        prop_assert_eq!(nothing_is_lost(&lines.join("\n")), Ok(()));
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = ingest::articles("bytes", &bytes);
    }
}
