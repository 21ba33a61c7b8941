//! What must hold for any bytes at all, one function a target. The fuzzer calls them, and so does
//! `tests/regressions.rs`, which replays the inputs that once broke one. A property that does not
//! hold panics. Knows only what the library makes public.

use dateline::config::Config;
use dateline::reflow;
use dateline::tui::keymap::Keymap;
use dateline::tui::sanitizing_writer::SanitizingWriter;
use dateline::tui::theme::Theme;
use dateline_analysis::{Analysis, Analyzer, Options};
use dateline_core::article::Article;
use dateline_core::text::{self, Span};
use dateline_export as export;
use dateline_export::json;
use dateline_ingest::{self as ingest, Format};
use dateline_library::query::{LONGEST, Query};
use ratatui::backend::Backend;
use ratatui::buffer::Cell;
use std::sync::LazyLock;

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(Analyzer::bundled);

/// Whether a terminal or a reader could be misled by it.
fn acts(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{e0000}'..='\u{e007f}' | '\u{200b}' | '\u{feff}')
}

/// Cleaned text holds nothing that acts, stays as it is when cleaned again, and keeps every letter of ASCII in order.
pub(crate) fn clean(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let shown = text::clean(&text).into_string();
    assert!(!shown.chars().any(acts), "something that acts came through: {shown:?}");
    assert_eq!(text::clean(&shown).as_str(), shown, "cleaned twice is not cleaned once");
    let letters = |words: &str| words.chars().filter(char::is_ascii_graphic).collect::<String>();
    assert_eq!(letters(&text), letters(&shown), "a letter was lost");
}

/// Whatever stands in a cell, only the program's own sequences leave the gate.
#[allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "symbols that nobody cleaned; a pattern of our own")]
pub(crate) fn gate(bytes: &[u8]) {
    static OWN: LazyLock<regex::Regex> = LazyLock::new(|| regex::Regex::new("\x1b\\[[0-9;]*[Hm]").unwrap());
    let text = String::from_utf8_lossy(bytes);
    let cells: Vec<Cell> = text
        .split('\n')
        .map(|symbol| {
            let mut cell = Cell::default();
            cell.set_symbol(symbol);
            cell
        })
        .collect();
    let mut out = Vec::new();
    let drawn = SanitizingWriter::new(&mut out).draw(cells.iter().enumerate().map(|(x, cell)| (x as u16, 0, cell)));
    assert!(drawn.is_ok(), "memory cannot refuse bytes");
    let out = String::from_utf8_lossy(&out);
    let rest = OWN.replace_all(&out, "");
    assert!(!rest.chars().any(acts), "a control came out: {rest:?}");
}

/// Bytes in any charset: text or a reason, and what is ASCII in them is kept.
pub(crate) fn decode(bytes: &[u8]) {
    articles("a.txt", bytes);
    articles("a", bytes);
}

/// A saved page; what stands in a script is no text, whatever follows it.
pub(crate) fn html(bytes: &[u8]) {
    let page = [b"<p>Before.</p><script>unseen()</script>", bytes].concat();
    // The word may stand in what comes behind the script too: the fuzzer learns it.
    let said_too = bytes.windows(b"unseen".len()).any(|words| words == b"unseen");
    for article in read(Format::Html, &page) {
        assert!(said_too || !article.text.contains("unseen()"), "a script became text: {:?}", article.text);
    }
    read(Format::Html, bytes);
}

/// Every format of the table, so that a new one is fuzzed without a target of its own. The first byte chooses.
pub(crate) fn formats(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    let chosen = usize::from(*first) % Format::ALL.len();
    read(Format::ALL[chosen], rest);
}

/// Feeds, lists of feeds, and what agencies deliver.
pub(crate) fn feed(bytes: &[u8]) {
    for format in [Format::Feed, Format::Opml, Format::News] {
        read(format, bytes);
    }
}

/// Dates of a line: found where they stand, in order, each a day of the calendar.
pub(crate) fn date(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for line in text.lines() {
        for found in ingest::date_line::dates(line) {
            assert!(line.get(found.span.start..found.span.end).is_some_and(|words| !words.is_empty()));
        }
        let _ = ingest::date_line::read(line);
        let _ = ingest::date_line::wire_stamp(line);
        let _ = ingest::dateline::read(line);
        let _ = ingest::byline::signed(line);
        let _ = ingest::credit::find(line);
    }
}

/// Text scraped from a page: no word of it is thrown away. Words in capitals may be marks of the browser
/// that wrote it down (`(BUTTON)`, `[INLINE]`), which say nothing.
pub(crate) fn dump(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let articles = read(Format::Dump, bytes);
    // Marks of bytes that mean another charset or a control change the text before it is read.
    if articles.is_empty() || text.chars().any(|character| acts(character) && character != '\n') {
        return;
    }
    let mut kept = String::new();
    for article in &articles {
        kept.push_str(&article.text);
        article.left_out.iter().for_each(|line| kept.push_str(&line.text));
    }
    let words = text.split(|character: char| !character.is_ascii_alphabetic());
    for word in words.filter(|word| word.len() > 3 && word.bytes().any(|byte| byte.is_ascii_lowercase())) {
        assert!(kept.contains(word), "{word:?} is gone");
    }
}

/// Markdown with front matter or without.
pub(crate) fn markdown(bytes: &[u8]) {
    read(Format::Markdown, bytes);
}

/// A book.
pub(crate) fn epub(bytes: &[u8]) {
    read(Format::Epub, bytes);
}

/// A mail, a folder of mails, a crawl.
pub(crate) fn mail(bytes: &[u8]) {
    for format in [Format::Mail, Format::Mbox, Format::Warc] {
        read(format, bytes);
    }
}

/// JSON in all its kinds, whole and by lines.
pub(crate) fn json(bytes: &[u8]) {
    for format in [Format::Json, Format::JsonLines] {
        read(format, bytes);
    }
}

/// A query prints as one that reads back to the same tree, unless that is longer than a query may be (what was typed
/// can be printed longer); a fault lies inside what was typed.
pub(crate) fn query(bytes: &[u8]) {
    let words = String::from_utf8_lossy(bytes);
    for parse in [Query::parse, Query::parse_typed] {
        match parse(&words) {
            Ok(query) => {
                let printed = query.to_string();
                let read = Query::parse(&printed);
                let too_long = printed.len() > words.len() && printed.len() > LONGEST;
                assert!(too_long || read.as_ref() == Ok(&query), "{words:?} prints as {printed:?}");
            }
            Err(error) => {
                assert!(words.get(error.span.start..error.span.end).is_some(), "{error:?} lies outside {words:?}");
            }
        }
    }
}

/// Settings, keys and themes: read, or refused in one line.
pub(crate) fn config(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let faults = [Config::default().with(&text).err(), Keymap::bundled().with(&text).err(), Theme::parse(&text).err()];
    for fault in faults.into_iter().flatten() {
        assert!(!text::clean(&fault).as_str().trim().is_empty(), "a fault without words");
    }
}

/// The whole way from a text to its exports.
pub(crate) fn analysis(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let article = Article::verbatim("any", text);
    let options = Options { fallback: Some(jiff::civil::date(2024, 5, 18)), ..Options::default() };
    let analysis = ANALYZER.analyze(&article, &options);
    for (name, span) in spans(&analysis) {
        let words = article.text.get(span.start..span.end);
        assert!(words.is_some_and(|words| !words.is_empty()), "{name} {span:?} is no part of the text");
    }
    for event in &analysis.events {
        assert!(event.interval.is_none_or(|(begin, end)| begin <= end), "an event ends before it begins");
    }
    assert_eq!(analysis, ANALYZER.analyze(&article, &options), "the same article, another answer");
    offsets(&json::article(&article, &analysis));
    let stories = [(article, analysis)];
    let calendar = export::calendar(&stories, "20240518T000000Z");
    assert!(calendar.lines().all(|line| line.len() <= 75), "a line of the calendar is longer than 75 bytes");
}

/// Lines of every width: in order, inside the text, and no word lost between them.
pub(crate) fn reflow(bytes: &[u8]) {
    let (Some(&width), text) = (bytes.first(), String::from_utf8_lossy(bytes.get(1..).unwrap_or_default())) else {
        return;
    };
    let width = usize::from(width % 130);
    let whole = Span::new(0, text.len());
    for lines in [reflow::prose(&text, whole, width, &[]), reflow::preformatted(&text, whole, width)] {
        let mut end = 0;
        for line in &lines {
            let between = text.get(end..line.start);
            assert!(between.is_some_and(|between| between.trim().is_empty()), "{between:?} is between two lines");
            assert!(text.get(line.start..line.end).is_some(), "{line:?} is no part of the text");
            end = line.end;
        }
        assert!(text.get(end..).is_some_and(|rest| rest.trim().is_empty()), "the last words are on no line");
    }
}

/// Reads bytes as one format and looks at what comes.
fn read(format: Format, bytes: &[u8]) -> Vec<Article> {
    let mut out = Vec::new();
    let read = ingest::read("any", Some(format), bytes, &mut |article| {
        out.extend(article.ok());
        out.len() < 1000
    });
    if let Err(error) = read {
        reason(&error.to_string());
    }
    out.iter().for_each(sound);
    out
}

/// Reads bytes in the format that they seem to have.
fn articles(name: &str, bytes: &[u8]) {
    match ingest::articles(name, bytes) {
        Ok(articles) => articles.iter().for_each(sound),
        Err(error) => reason(&error.to_string()),
    }
}

/// A reason is one sentence.
fn reason(words: &str) {
    assert!(!words.trim().is_empty() && !words.contains('\n'), "no reason: {words:?}");
}

/// Every span of an article lies inside its text, blocks in order; its plain and Markdown forms can be made.
fn sound(article: &Article) {
    let text = &article.text;
    assert!(text.is_char_boundary(article.body), "the body begins inside a character");
    let mut end = 0;
    for block in &article.blocks {
        assert!(block.span.start >= end, "blocks overlap");
        assert!(text.get(block.span.start..block.span.end).is_some(), "a block is no part of the text");
        end = block.span.end;
    }
    let spans = article.links.iter().map(|link| link.span).chain(article.emphasis.iter().copied());
    let spans = spans.chain(article.byline.iter().filter_map(|name| name.span));
    let spans = spans.chain(article.headline.iter().filter_map(|headline| headline.span));
    for span in spans.chain(article.dateline.iter().map(|dateline| dateline.span)) {
        assert!(text.get(span.start..span.end).is_some(), "{span:?} is no part of the text");
    }
    for link in &article.links {
        let known = ["http://", "https://", "mailto:"].iter().any(|scheme| link.url.starts_with(scheme));
        assert!(known, "a link leads to {:?}", link.url);
    }
}

/// The spans of an analysis by what they are.
fn spans(analysis: &Analysis) -> Vec<(&'static str, Span)> {
    let mut out: Vec<(&'static str, Span)> = Vec::new();
    for quote in &analysis.quotes {
        out.push(("quote", quote.span));
        out.extend(quote.cue.map(|cue| ("cue", cue)));
        if let Some(speaker) = &quote.speaker {
            out.extend([("speaker", speaker.mention), ("introduction", speaker.introduction)]);
        }
    }
    for entity in &analysis.entities {
        out.push(("canonical", entity.canonical));
        out.extend(entity.mentions.iter().map(|mention| ("mention", mention.span)));
    }
    out.extend(analysis.times.iter().map(|time| ("time", time.span)));
    for event in &analysis.events {
        out.extend([("event sentence", event.sentence), ("event clause", event.clause)]);
    }
    out
}

/// Offsets in JSON, in code points, name the words they say.
fn offsets(value: &serde_json::Value) {
    let text: Vec<char> = value["text"].as_str().unwrap_or_default().chars().collect();
    for item in ["quotes", "times"].iter().filter_map(|list| value[*list].as_array()).flatten() {
        let (start, end) = (item["start"].as_u64().unwrap_or(1), item["end"].as_u64().unwrap_or(0));
        let words: Option<String> = text.get(start as usize..end as usize).map(|words| words.iter().collect());
        assert_eq!(words.as_deref(), item["text"].as_str(), "an offset names other words");
    }
}
