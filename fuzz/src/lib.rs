//! Properties that must hold for any input, one function per fuzz target. They are called by the fuzzer and by
//! `tests/regressions.rs`, which replays the inputs that once violated a property. A violation causes a panic. This
//! crate uses only the public API of the library crates.

mod library;
mod server;

use dateline::headless;
use dateline_analysis::{Analysis, Analyzer, Options};
use dateline_core::article::Article;
use dateline_core::text::{self, Span};
use dateline_export as export;
use dateline_export::json;
use dateline_ingest::{self as ingest, Format};
use dateline_library::query::Query;
use std::sync::LazyLock;

pub use library::{anchor, identity, import, pair};
pub use server::sync;

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(Analyzer::bundled);

/// Returns whether a character could mislead a terminal or a user: a control character, a bidirectional control, a tag
/// character, the zero-width space or the byte-order mark.
fn acts(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{e0000}'..='\u{e007f}' | '\u{200b}' | '\u{feff}')
}

/// Checks the cleaning of text: no misleading character may remain, cleaning twice must have the same result, and all
/// ASCII letters must be kept in order.
pub fn clean(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let shown = text::clean(&text).to_string();
    assert!(!shown.chars().any(acts), "something that acts came through: {shown:?}");
    assert_eq!(&*text::clean(&shown), shown, "cleaned twice is not cleaned once");
    let letters = |words: &str| words.chars().filter(char::is_ascii_graphic).collect::<String>();
    assert_eq!(letters(&text), letters(&shown), "a letter was lost");
}

/// Checks that only the program's own escape sequences pass through the sanitising writer, whatever the content of the
/// cells.
#[allow(clippy::expect_used, clippy::unwrap_used, reason = "bytes in memory; a pattern of our own")]
pub fn gate(bytes: &[u8]) {
    // The sequences that `src/tui/encoder` writes: moves, blanks, colours, shifted rows, and the bounds of a frame.
    static OWN: LazyLock<regex::Regex> =
        LazyLock::new(|| regex::Regex::new("\x1b\\[(?:[0-9;]*[CGHKLMXm]|\\?2026[hl])").unwrap());
    let text = String::from_utf8_lossy(bytes);
    let out = headless::sanitized(text.split('\n')).expect("memory cannot refuse bytes");
    let out = String::from_utf8_lossy(&out);
    let rest = OWN.replace_all(&out, "");
    assert!(!rest.chars().any(acts), "a control came out: {rest:?}");
}

/// Decodes the input in any charset. The result must be either text or an error message.
pub fn decode(bytes: &[u8]) {
    articles("a.txt", bytes);
    articles("a", bytes);
}

/// Parses a web page. The content of a script must never become text, whatever follows the script.
pub fn html(bytes: &[u8]) {
    let page = [b"<p>Before.</p><script>unseen()</script>", bytes].concat();
    // The input itself may contain the same word after the script, since the fuzzer can learn it.
    let said_too = bytes.windows(b"unseen".len()).any(|words| words == b"unseen");
    for article in read(Format::Html, &page) {
        assert!(said_too || !article.text.contains("unseen()"), "a script became text: {:?}", article.text);
    }
    read(Format::Html, bytes);
}

/// Parses the input in a format chosen by its first byte. New formats are thus fuzzed without a target of their own.
pub fn formats(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    let chosen = usize::from(*first) % Format::ALL.len();
    read(Format::ALL[chosen], rest);
}

/// Parses the input as a feed, as a subscription list, and as the formats of news agencies.
pub fn feed(bytes: &[u8]) {
    for format in [Format::Feed, Format::Opml, Format::News] {
        read(format, bytes);
    }
}

/// Finds the dates, dateline and credit in each line of the input. Every span must lie inside the line and must not be
/// empty.
pub fn date(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for line in text.lines() {
        for span in ingest::spans_in_line(line) {
            assert!(line.get(span.start..span.end).is_some_and(|words| !words.is_empty()));
        }
    }
}

/// Parses the input as text scraped from a page. No word of four or more letters may be lost. Words in capitals are not
/// checked, since they may be labels added by the browser that saved the page as text (`(BUTTON)`, `[INLINE]`).
pub fn dump(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let articles = read(Format::Dump, bytes);
    // Inputs with byte-order marks or control characters are skipped because decoding changes their text.
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

/// Parses the input as Markdown, with or without front matter.
pub fn markdown(bytes: &[u8]) {
    read(Format::Markdown, bytes);
}

/// Parses the input as an EPUB book.
pub fn epub(bytes: &[u8]) {
    read(Format::Epub, bytes);
}

/// Parses the input as an e-mail message, as a mailbox and as a web archive.
pub fn mail(bytes: &[u8]) {
    for format in [Format::Mail, Format::Mbox, Format::Warc] {
        read(format, bytes);
    }
}

/// Parses the input as JSON, both as one document and line by line.
pub fn json(bytes: &[u8]) {
    for format in [Format::Json, Format::JsonLines] {
        read(format, bytes);
    }
}

/// Checks that a printed query parses to the same syntax tree, and that the span of an error lies inside the query.
/// Printing can make a query longer, so printed queries that exceed the maximum length are not checked.
pub fn query(bytes: &[u8]) {
    let words = String::from_utf8_lossy(bytes);
    for parse in [Query::parse, Query::parse_typed] {
        match parse(&words) {
            Ok(query) => {
                let printed = query.to_string();
                let read = Query::parse(&printed);
                let too_long = printed.len() > words.len()
                    && read.as_ref().is_err_and(|error| error.to_string().starts_with("The query is longer than"));
                assert!(too_long || read.as_ref() == Ok(&query), "{words:?} prints as {printed:?}");
            }
            Err(error) => {
                assert!(words.get(error.span.start..error.span.end).is_some(), "{error:?} lies outside {words:?}");
            }
        }
    }
}

/// Parses the input as settings, key bindings and a theme. Each parser must either accept the input or reject it with a
/// message.
pub fn config(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for error in headless::setting_errors(&text) {
        assert!(!text::clean(&error).trim().is_empty(), "an error without a message");
    }
}

/// Runs the whole pipeline from text to export, and checks all spans, intervals and offsets.
pub fn analysis(bytes: &[u8]) {
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
    offsets(&serde_json::to_value(json::article(&article, &analysis)).unwrap_or_default());
    let stories = [(article, analysis)];
    let calendar = export::calendar(&stories, "20240518T000000Z");
    assert!(calendar.lines().all(|line| line.len() <= 75), "a line of the calendar is longer than 75 bytes");
}

/// Wraps a text at the width given by the first byte. The lines must be in order, lie inside the text, and not
/// drop any words.
pub fn reflow(bytes: &[u8]) {
    let (Some(&width), text) = (bytes.first(), String::from_utf8_lossy(bytes.get(1..).unwrap_or_default())) else {
        return;
    };
    let width = usize::from(width % 130);
    for lines in headless::lines(&text, width) {
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

/// Parses bytes in one format and checks the resulting articles.
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

/// Parses bytes in the detected format and checks the resulting articles.
fn articles(name: &str, bytes: &[u8]) {
    match ingest::articles(name, bytes) {
        Ok(articles) => articles.iter().for_each(sound),
        Err(error) => reason(&error.to_string()),
    }
}

/// Checks that an error message is not empty and fits on one line.
fn reason(words: &str) {
    assert!(!words.trim().is_empty() && !words.contains('\n'), "no reason: {words:?}");
}

/// Checks an article: every span must lie inside the text, the blocks must be in order, and the links must have known
/// schemes.
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

/// Returns all spans in an analysis, each with the name of its kind.
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
    out.extend(analysis.figures.iter().map(|figure| ("figure", figure.span)));
    out
}

/// Checks that the code-point offsets in the JSON output select the text given for each annotation.
fn offsets(value: &serde_json::Value) {
    let text: Vec<char> = value["text"].as_str().unwrap_or_default().chars().collect();
    for item in ["quotes", "times"].iter().filter_map(|list| value[*list].as_array()).flatten() {
        let (start, end) = (item["start"].as_u64().unwrap_or(1), item["end"].as_u64().unwrap_or(0));
        let words: Option<String> = text.get(start as usize..end as usize).map(|words| words.iter().collect());
        assert_eq!(words.as_deref(), item["text"].as_str(), "an offset names other words");
    }
}
