//! Checks the sources of `kinds.txt`, a few for each kind of fault.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use dateline_core::article::Article;
use dateline_ingest as ingest;
use std::collections::BTreeMap;

/// Paragraphs of a story for pages that are only about its surroundings.
const STORY: &str = "<p>The council voted on the harbour wall after a debate that lasted into the night, and the wall \
will be built of local stone from the quarry above the town.</p><p>Work begins when the winter storms are over, the \
engineer said, and the fishing boats will lie in the outer basin until the last stone is laid in its place.</p><p>The \
wall is to cost four million, most of it borrowed, and the dues will rise by a tenth for every longer boat.</p>";
/// More paragraphs of the same story.
const MORE: &str = "<p>The lanterns on the old wall were lit by hand until 1961, and two of them are now in the \
museum.</p><p>The third fell into the basin in a storm, and divers have looked for it in vain for years.</p>";

/// Expectation about the articles of a source.
struct Expectation {
    /// Line of the file, without marks.
    line: &'static str,
    /// Whether the program is known not to meet the expectation.
    open: bool,
}

/// Source with its expectations.
struct Source {
    kind: &'static str,
    name: &'static str,
    bytes: Vec<u8>,
    expected: Vec<Expectation>,
}

fn sources() -> Vec<Source> {
    let mut out: Vec<Source> = Vec::new();
    let mut kind = "";
    for line in include_str!("kinds.txt").lines() {
        let (mark, rest) = line.split_at(line.len().min(1));
        match mark {
            "[" => kind = rest.trim_end_matches(']'),
            ">" => {
                out.push(Source { kind, name: rest.trim(), bytes: Vec::new(), expected: Vec::new() });
            }
            "|" => {
                let source = out.last_mut().unwrap();
                source.bytes.extend(expanded(rest.strip_prefix(' ').unwrap_or(rest)));
                source.bytes.push(b'\n');
            }
            "=" | "?" => {
                let line = rest.trim_start_matches(['=', ' ']);
                out.last_mut().unwrap().expected.push(Expectation { line, open: mark == "?" });
            }
            _ => {}
        }
    }
    out
}

/// Replaces the marks in braces of a line.
fn expanded(line: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let line = line.replace("{story}", STORY).replace("{more}", MORE).replace("\\u{9d}", "{u009D}");
    let mut rest = line.as_str();
    while let Some(at) = rest.find("{u").or_else(|| rest.find("{x")) {
        let Some(end) = rest[at..].find('}').map(|length| at + length) else { break };
        let code = u32::from_str_radix(&rest[at + 2..end], 16).ok();
        out.extend(rest[..at].bytes());
        match code {
            Some(code) if &rest[at + 1..at + 2] == "u" => {
                out.extend(char::from_u32(code).unwrap().to_string().bytes());
            }
            Some(code) => out.push(u8::try_from(code).unwrap()),
            None => out.extend(rest[at..=end].bytes()),
        }
        rest = &rest[end + 1..];
    }
    out.extend(rest.bytes());
    out
}

/// Returns the words of a text with plain quotation marks and single spaces.
fn plain(text: &str) -> String {
    let text = text.replace(['‘', '’'], "'").replace(['“', '”'], "\"");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns what the article says about `word`, as the file writes it.
fn value(article: &Article, word: &str) -> String {
    let datum = |datum: Option<&String>| datum.cloned().unwrap_or_else(|| "-".to_owned());
    match word {
        "title" => datum(article.headline.as_ref().map(|title| &title.value)),
        "publisher" => datum(article.publisher.as_ref().map(|publisher| &publisher.value)),
        "url" => datum(article.url.as_ref()),
        "date" => article.published.as_ref().map_or_else(|| "-".to_owned(), |published| published.date.to_string()),
        "place" => datum(article.dateline.as_ref().and_then(|dateline| dateline.place.as_ref())),
        "byline" if article.byline.is_empty() => "-".to_owned(),
        "byline" => article.byline.iter().map(|name| name.value.as_str()).collect::<Vec<_>>().join("; "),
        _ => String::new(),
    }
}

/// Returns whether the articles of a source meet an expectation, and what they say instead.
fn holds(line: &str, articles: &[Article]) -> (bool, String) {
    let (first, rest) = line.split_once(' ').unwrap();
    if first == "articles" {
        return (articles.len().to_string() == rest, articles.len().to_string());
    }
    let (index, line) = first.parse::<usize>().map_or((0, line), |number| (number - 1, rest));
    let (word, wanted) = line.split_once(' ').unwrap();
    let Some(article) = articles.get(index) else { return (false, "no such article".to_owned()) };
    let front = [&article.headline, &article.standfirst].map(|datum| datum.as_ref().map(|datum| datum.value.as_str()));
    let all = plain(&[front[0].unwrap_or_default(), front[1].unwrap_or_default(), &article.text].join(" "));
    let wanted = plain(wanted);
    match word {
        "has" => (all.contains(&wanted), all),
        "lacks" => (!all.contains(&wanted), all),
        "once" => (plain(&article.text).matches(&wanted).count() == 1, all),
        "note" => {
            let notes = article.notes.join(" / ");
            (notes.contains(&wanted), notes)
        }
        _ => {
            let got = value(article, word);
            (plain(&got) == wanted, got)
        }
    }
}

#[test]
fn sources_of_every_kind_are_read_right() {
    let mut wrong = Vec::new();
    let mut kinds: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for source in sources() {
        let articles = ingest::articles(source.name, &source.bytes).unwrap_or_default();
        for it in &source.expected {
            let (good, got) = holds(it.line, &articles);
            let count = kinds.entry(source.kind).or_default();
            *count = (count.0 + usize::from(good), count.1 + 1);
            if good == it.open {
                let what = if it.open { "now right" } else { "wrong" };
                wrong.push(format!("{what}: {} in {}: got {got}", it.line, source.name));
            }
        }
    }
    let table: Vec<String> = kinds.iter().map(|(kind, (good, all))| format!("{good}/{all} {kind}")).collect();
    assert!(wrong.is_empty(), "{}\n{}", wrong.join("\n"), table.join("\n"));
}

#[test]
fn few_expectations_are_known_to_fail() {
    let sources = sources();
    let expected = sources.iter().flat_map(|source| &source.expected);
    let (open, all) = (expected.clone().filter(|it| it.open).count(), expected.count());
    assert!(all > 150 && open * 10 < all, "{open} of {all}");
}
