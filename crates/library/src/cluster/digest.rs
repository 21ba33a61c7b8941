//! Digests: live pages and round-ups, which cover several happenings, so that gathering them would join different
//! stories.

use super::terms::words;
use dateline_core::article::Article;
use dateline_core::text::fold;
use std::sync::LazyLock;

/// Phrases of headlines that mark a digest, with the marks of beginning and end as words.
static PHRASES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let lines = include_str!("../../assets/digests.txt").lines();
    let phrases = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    phrases.map(|phrase| format!(" {} ", phrase.replace('^', "^ ").replace('$', " $"))).collect()
});

/// Minimum number of paragraphs that begin with a time of day, by which a live page is recognised.
const MIN_ENTRIES: usize = 5;

/// Returns whether an article covers several happenings.
pub(super) fn is_digest(article: &Article) -> bool {
    let headline = fold(article.title());
    let headline = format!(" ^ {} $ ", words(&headline).join(" "));
    PHRASES.iter().any(|phrase| headline.contains(phrase.as_str())) || entries(article) >= MIN_ENTRIES
}

/// Counts the paragraphs and headings of the body that begin with a time of day.
fn entries(article: &Article) -> usize {
    let body = article.text.get(article.body..).unwrap_or_default();
    body.lines().filter(|line| begins_with_time(line.trim_start())).count()
}

/// Returns whether a line begins with a time of day, such as "10:32" or "4.05pm".
fn begins_with_time(line: &str) -> bool {
    let digits = |part: &str| part.bytes().take_while(u8::is_ascii_digit).count();
    let (hour, rest) = line.split_at(digits(line));
    let Some(rest) = rest.strip_prefix([':', '.']) else { return false };
    let (minute, rest) = rest.split_at(digits(rest));
    let in_day = hour.parse().is_ok_and(|hour: u32| hour < 24) && minute.parse().is_ok_and(|minute: u32| minute < 60);
    let is_half = ["am", "pm"].iter().any(|half| rest.trim_start().to_ascii_lowercase().starts_with(half));
    // With a point, it may be a number: "10.15 tonnes".
    let is_time = line.get(hour.len()..).is_some_and(|rest| rest.starts_with(':')) || is_half;
    in_day && is_time && minute.len() == 2 && (is_half || !rest.starts_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_core::article::Datum;

    fn article(headline: &str, text: &str) -> Article {
        Article { headline: Some(Datum::given(headline.to_owned())), ..Article::verbatim("a", text) }
    }

    #[test]
    fn live_pages_and_round_ups_are_digests() {
        for headline in [
            "Flood in Selmouth: live updates",
            "Live: the count",
            "Harbour vote as it happened",
            "In pictures: the fair",
        ] {
            assert!(is_digest(&article(headline, "Text.")), "{headline}");
        }
        for headline in ["They live on the quay", "Ferry strike enters its second week", "The lives of the drowned"] {
            assert!(!is_digest(&article(headline, "Text.")), "{headline}");
        }
    }

    #[test]
    fn a_text_of_timed_entries_is_a_digest() {
        let entry = |n: usize| format!("{}:{:02} The count goes on.\n", 9 + n / 2, 30 * (n % 2));
        let text = |count: usize| (0..count).map(entry).collect::<String>();
        assert!(is_digest(&article("Count in Selmouth", &text(5))));
        assert!(!is_digest(&article("Count in Selmouth", &text(4))));
        assert!(!is_digest(&article("Count in Selmouth", &"10.15 tonnes were lost.\n5:0 was the score.\n".repeat(5))));
    }
}
