//! Tests properties that the analysis of any article must have. It does not panic, spans are inside the text and on
//! character boundaries, offsets match the words to which they refer, and results are deterministic.

use dateline_analysis::{Analysis, Analyzer, EntityKind, Options};
use dateline_core::article::{Article, BlockKind};
use dateline_core::text::Span;
use dateline_export::json;
use dateline_ingest as ingest;
use proptest::prelude::*;
use std::sync::LazyLock;

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(Analyzer::bundled);

/// Fragments of typical English news, and fragments on which careless code fails.
const PIECES: &[&str] = &[
    "Mara Odell",
    "Dr. Odell",
    "Odell’s",
    "the minister",
    "she",
    "He",
    "they",
    "said",
    "told reporters",
    "according to",
    "adding that",
    "“",
    "”",
    "\"",
    "‘",
    "’",
    "'",
    "«",
    "»",
    "„",
    "(",
    ")",
    "[",
    "]",
    "—",
    "–",
    "-",
    ",",
    ".",
    ";",
    ":",
    "?",
    "!",
    "...",
    "…",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    " ",
    "on Saturday",
    "last week",
    "two years ago",
    "in 1994",
    "1990s",
    "March 08, 2019",
    "5:08 PM",
    "a.m.",
    "the next day",
    "99999999999999999999",
    "0",
    "February 30, 2021",
    "Sept 24",
    "31/02/2020",
    "from May to June",
    "between 1 and 2",
    "year",
    "decades",
    "the Ostrel Harbour Authority (OHA)",
    "U.S.",
    "Inc.",
    "No.",
    "NATO",
    "GENEVA, May 3 (Agency) —",
    "By Ana Ruiz",
    "Published:",
    "Photo by",
    "(AFP photo)",
    "Read more:",
    "Share",
    "Q:",
    "A:",
    "MARA ODELL:",
    "who",
    "that",
    "will",
    "é",
    "語",
    "👩\u{200d}👧",
    "\u{202e}",
    "\u{0}",
    "\u{85}",
    "e\u{301}\u{301}",
    "\u{feff}",
    "\u{a0}",
    "\u{2028}",
    "ǆ",
    "ß",
    "İ",
    "ﬁ",
    "½",
    "٣",
    "%",
    "$5m",
    "£",
    "#1",
    "@odell",
    "https://example.org/a?b=1",
];

/// Generates a text from the fragments. Spaces separate most of them.
fn text() -> impl Strategy<Value = String> {
    let piece = (prop::sample::select(PIECES), any::<bool>(), any::<bool>());
    prop::collection::vec(piece, 0..120).prop_map(|pieces| {
        let mut out = String::new();
        for (piece, first, second) in pieces {
            out.push_str(piece);
            if first || second {
                out.push(' ');
            }
        }
        out
    })
}

/// Returns every span of an analysis with the name of its kind.
fn spans(analysis: &Analysis) -> Vec<(&'static str, Span)> {
    let mut out: Vec<(&'static str, Span)> = Vec::new();
    out.extend(analysis.sentences.iter().map(|span| ("sentence", *span)));
    for quote in &analysis.quotes {
        out.push(("quote", quote.span));
        out.extend(quote.cue.map(|cue| ("cue", cue)));
        if let Some(speaker) = &quote.speaker {
            out.extend([("speaker", speaker.mention), ("introduction", speaker.introduction)]);
            out.extend(speaker.role.map(|role| ("role", role)));
        }
    }
    for entity in &analysis.entities {
        out.push(("canonical", entity.canonical));
        out.extend(entity.role.map(|role| ("entity role", role)));
        out.extend(entity.mentions.iter().map(|mention| ("mention", mention.span)));
    }
    out.extend(analysis.times.iter().map(|time| ("time", time.span)));
    for event in &analysis.events {
        out.extend([("event sentence", event.sentence), ("event clause", event.clause)]);
        out.extend(event.retold.iter().map(|span| ("retold", *span)));
    }
    if let Some(reference) = &analysis.reference {
        out.extend(reference.evidence.iter().map(|span| ("evidence", *span)));
    }
    out
}

/// Checks the properties of one article and its analysis.
fn check(article: &Article) -> Result<(), TestCaseError> {
    let options = Options { fallback: Some(jiff::civil::date(2024, 5, 18)), ..Options::default() };
    let analysis = ANALYZER.analyze(article, &options);
    for (name, span) in spans(&analysis) {
        prop_assert!(article.text.get(span.start..span.end).is_some(), "{name} {span:?} does not fit");
        prop_assert!(!span.is_empty(), "{name} is empty");
    }
    // A paragraph that is not in English has no sentences. The analysis then lists its language.
    if analysis.quotes_only.is_empty() {
        prop_assert!(unread(article, &analysis).is_none(), "no sentence has {:?}", unread(article, &analysis));
    }
    for block in article.blocks.windows(2) {
        prop_assert!(block[0].span.end <= block[1].span.start, "blocks overlap");
    }
    for (index, quote) in analysis.quotes.iter().enumerate() {
        prop_assert!((0.0..=1.0).contains(&quote.confidence), "confidence {}", quote.confidence);
        let entity = quote.speaker.as_ref().and_then(|speaker| speaker.entity);
        prop_assert!(entity.is_none_or(|entity| entity < analysis.entities.len()), "quote {index}: entity");
    }
    for event in &analysis.events {
        prop_assert!(event.time < analysis.times.len(), "event's time");
        prop_assert!(event.entities.iter().all(|entity| *entity < analysis.entities.len()), "event's entities");
        prop_assert!(event.reported.is_none_or(|quote| quote < analysis.quotes.len()), "event's quote");
        prop_assert!(event.interval.is_none_or(|(begin, end)| begin <= end), "event ends before it begins");
    }
    prop_assert!(analysis.quotes.windows(2).all(|pair| pair[0].span.start <= pair[1].span.start), "quotes in order");
    prop_assert!(analysis.times.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start), "times apart");
    let begins: Vec<_> = analysis.events.iter().map(|event| event.interval.map(|(begin, _)| begin)).collect();
    prop_assert!(
        begins.windows(2).all(|pair| pair[1].is_none() || pair[0].is_some_and(|first| Some(first) <= pair[1]))
    );
    prop_assert_eq!(&analysis, &ANALYZER.analyze(article, &options), "the same article, another answer");
    let record = serde_json::to_value(json::article(article, &analysis));
    offsets(&record.map_err(|error| TestCaseError::fail(error.to_string()))?)
}

/// Returns the first letter or digit of prose that is not in a sentence, or `None` if all prose is in sentences.
fn unread<'a>(article: &'a Article, analysis: &Analysis) -> Option<&'a str> {
    let skipped = |kind: BlockKind| matches!(kind, BlockKind::Byline | BlockKind::TimestampLine | BlockKind::Code);
    article.blocks.iter().filter(|block| !skipped(block.kind)).find_map(|block| {
        let text = &article.text[block.span.start..block.span.end];
        let letters = text.char_indices().filter(|(_, letter)| letter.is_alphanumeric());
        let mut offsets = letters.map(|(offset, letter)| (block.span.start + offset, letter.len_utf8()));
        let outside = offsets.find(|(offset, _)| {
            let at = analysis.sentences.partition_point(|sentence| sentence.end <= *offset);
            analysis.sentences.get(at).is_none_or(|sentence| sentence.start > *offset)
        });
        outside.map(|(offset, length)| &article.text[offset..offset + length])
    })
}

/// Names of speakers, their words, reporting verbs and days. Every combination is a quote that must be found.
const SPEAKERS: &[&str] = &["Mara Odell", "Peter Novak", "Elena Garcia", "James Holt"];
const WORDS: &[&str] = &["We wept", "The pier is gone", "Nobody told us about the storm", "It will cost millions"];
const VERBS: &[&str] = &["said", "warned", "told reporters", "insisted"];
const DAYS: &[&str] = &["Monday", "Friday", "3 May 2024"];

/// Checks that offsets in the JSON output match the words to which they refer.
fn offsets(value: &serde_json::Value) -> Result<(), TestCaseError> {
    let text: Vec<char> = value["text"].as_str().unwrap_or_default().chars().collect();
    let named = |item: &serde_json::Value| -> Option<String> {
        let (start, end) = (item["start"].as_u64()? as usize, item["end"].as_u64()? as usize);
        Some(text.get(start..end)?.iter().collect())
    };
    for list in ["quotes", "times"] {
        for item in value[list].as_array().into_iter().flatten() {
            let words = named(item);
            prop_assert_eq!(words.as_deref(), item["text"].as_str(), "{}", list);
            for part in ["cue", "speaker"].iter().map(|part| &item[*part]).filter(|part| part.is_object()) {
                let words = named(part);
                prop_assert_eq!(words.as_deref(), part["text"].as_str());
            }
        }
    }
    Ok(())
}

proptest! {
    // Each property is tested with only 64 cases, because unoptimised builds are slow. `PROPTEST_CASES` overrides this
    // number.
    #![proptest_config(ProptestConfig { cases: std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(64), ..ProptestConfig::default() })]

    #[test]
    fn any_text_taken_verbatim(text in text()) {
        check(&Article::verbatim("any", text))?;
    }

    #[test]
    fn a_plain_report_is_found_whole(
        speaker in prop::sample::select(SPEAKERS),
        words in prop::sample::select(WORDS),
        verb in prop::sample::select(VERBS),
        day in prop::sample::select(DAYS),
    ) {
        let article = Article::verbatim("report", format!("“{words},” {speaker} {verb} on {day}."));
        check(&article)?;
        let options = Options { fallback: Some(jiff::civil::date(2024, 5, 18)), ..Options::default() };
        let analysis = ANALYZER.analyze(&article, &options);
        let said: Vec<(&str, Option<&str>)> = (analysis.quotes.iter())
            .map(|quote| {
                let name = quote.speaker.as_ref().map(|speaker| speaker.name.as_str());
                (quote.span.of(&article.text).trim_end_matches(','), name)
            })
            .collect();
        prop_assert_eq!(said, [(words, Some(speaker))]);
        let persons = analysis.entities.iter().filter(|entity| entity.kind == EntityKind::Person);
        prop_assert_eq!(persons.map(|entity| entity.name.as_str()).collect::<Vec<_>>(), [speaker]);
        let dated = analysis.times.iter().any(|time| time.interval.is_some() && time.span.of(&article.text) == day);
        prop_assert!(dated, "{:?}", analysis.times);
    }

    #[test]
    fn any_dump(text in text()) {
        for article in ingest::articles("any", text.as_bytes()).unwrap_or_default() {
            check(&article)?;
        }
    }

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        for article in ingest::articles("any", &bytes).unwrap_or_default() {
            check(&article)?;
        }
    }

    #[test]
    fn any_characters(text in any::<String>()) {
        check(&Article::verbatim("any", text))?;
    }

    #[test]
    fn an_analysis_of_nothing_is_noticed(text in "[a-z ]{1,40}[a-z]") {
        prop_assert!(unread(&Article::verbatim("any", text), &Analysis::default()).is_some());
    }

    #[test]
    fn other_articles_change_nothing(first in text(), second in text()) {
        let alone = Article::verbatim("first", first);
        let before = ANALYZER.analyze(&alone, &Options::default());
        let _ = ANALYZER.analyze(&Article::verbatim("second", second), &Options::default());
        prop_assert_eq!(before, ANALYZER.analyze(&alone, &Options::default()));
    }
}
