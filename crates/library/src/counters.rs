//! Compares texts apart from their counters: the numbers of comments, votes and the like that some feeds write into titles and
//! texts, and that differ at every fetch. A story that differs only in a counter is not a new version.

use dateline_core::article::Article;

/// Nouns that mean a counter after a number: "12 comments". They are never the news of a story.
const COUNTED: &[&str] =
    &["comment", "comments", "like", "likes", "reaction", "reactions", "replies", "reply", "retweets", "upvotes"];

/// Nouns that mean a counter as labels before a number: "Points: 12".
const LABELS: &[&str] = &["answers", "comments", "likes", "points", "replies", "score", "shares", "views", "votes"];

/// Placeholder for a number that is a counter.
const COUNTER: &str = "0";

/// Returns whether two articles have the same words, apart from counters.
pub(super) fn differ_only_in_counters(old: &Article, new: &Article) -> bool {
    words(old) == words(new)
}

/// Returns the text of an article with all its counters replaced; `None` if it has none.
pub(super) fn without_counters(article: &Article) -> Option<String> {
    let words = words(article);
    words.iter().zip(article.text.split_whitespace()).any(|(new, old)| *new != old).then(|| words.join(" "))
}

/// Returns the words of an article with all its counters replaced. A number in brackets at the start or the end of the title
/// is a counter, too.
fn words(article: &Article) -> Vec<&str> {
    let title = article
        .headline
        .as_ref()
        .map(|headline| headline.value.as_str())
        .filter(|title| article.text.starts_with(title));
    let (title, rest) = article.text.split_at(title.map_or(0, str::len));
    let mut words: Vec<&str> = title.split_whitespace().collect();
    let last = words.len().saturating_sub(1);
    for at in [0, last] {
        if let Some(word) = words.get_mut(at).filter(|word| is_bracketed(word)) {
            *word = COUNTER;
        }
    }
    words.extend(rest.split_whitespace());
    let is_noun = |word: &str, nouns: &[&str]| nouns.iter().any(|noun| noun.eq_ignore_ascii_case(bare(word)));
    for at in 1..words.len() {
        if let [first, second] = &mut words[at - 1..=at] {
            if is_number(bare(first)) && is_noun(second, COUNTED) {
                // The noun may change from plural to singular.
                (*first, *second) = (COUNTER, COUNTER);
            } else if is_noun(first, LABELS) && first.ends_with(':') && is_number(bare(second)) {
                *second = COUNTER;
            }
        }
    }
    words
}

/// Returns whether a word is a number in round or square brackets.
fn is_bracketed(word: &str) -> bool {
    let inner = |open, close| word.strip_prefix(open).and_then(|word| word.strip_suffix(close));
    inner('(', ')').or_else(|| inner('[', ']')).is_some_and(is_number)
}

fn is_number(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_digit())
        && word.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.'))
}

/// Returns a word without the punctuation around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|letter: char| !letter.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_core::article::Datum;

    fn article(title: &str, rest: &str) -> Article {
        let article = Article::verbatim("a", format!("{title}\n\n{rest}"));
        Article { headline: Some(Datum::given(title.to_owned())), ..article }
    }

    #[test]
    fn counters_are_not_compared() {
        for (old, new) in [
            (("Crane falls (3)", "It fell."), ("Crane falls (12)", "It fell.")),
            (("[3] Crane falls", "It fell."), ("[4] Crane falls", "It fell.")),
            (("Crane falls (3 comments)", "It fell."), ("Crane falls (1 comment)", "It fell.")),
            (
                ("Crane falls", "It fell. 1,203 comments · 9 likes"),
                ("Crane falls", "It fell. 1,310 comments · 12 likes"),
            ),
            (("Crane falls", "Points: 3 # Comments: 9"), ("Crane falls", "Points: 40 # Comments: 11")),
        ] {
            assert!(differ_only_in_counters(&article(old.0, old.1), &article(new.0, new.1)), "{new:?}");
        }
    }

    #[test]
    fn a_text_without_counters_is_left_out() {
        let text = |title| without_counters(&article(title, "It fell 3 metres."));
        assert_eq!(text("Crane falls (3 comments)"), text("Crane falls (12 comments)"));
        assert_ne!(text("Crane falls (3 comments)"), None);
        assert_eq!(text("Crane falls"), None);
    }

    #[test]
    fn numbers_in_the_news_are_compared() {
        for (old, new) in [
            (("Crane falls on 3", "It fell."), ("Crane falls on 4", "It fell.")),
            (("Crane falls", "3 people were hurt."), ("Crane falls", "4 people were hurt.")),
            (("Crane falls", "The index lost 30 points."), ("Crane falls", "The index lost 40 points.")),
            (("Crane falls", "It passed by 30 votes (3)."), ("Crane falls", "It passed by 40 votes (3).")),
            (("Crane falls", "It fell."), ("Crane stays", "It fell.")),
        ] {
            assert!(!differ_only_in_counters(&article(old.0, old.1), &article(new.0, new.1)), "{new:?}");
        }
    }
}
