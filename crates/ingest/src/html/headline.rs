//! Finds the headline of a page: a heading that agrees with a declared title.

use super::text_block::{TextBlock, TextBlockKind};
use crate::metadata::source_metadata::SEPARATORS;

/// Minimum number of letters and digits in a heading or title for it to be compared.
const LETTERS: usize = 9;

/// Maximum number of first-level headings to compare.
const HEADINGS: usize = 40;
/// Maximum length of a headline, in bytes.
const MAX_LENGTH: usize = 300;

/// Titles that the page declares.
pub(super) struct TitleCandidates<'a> {
    /// Text of the `<title>` element.
    pub page: &'a str,
    /// Open Graph title.
    pub graph: Option<&'a str>,
    /// JSON-LD headline.
    pub headline: Option<&'a str>,
    /// Name of the site.
    pub site: Option<&'a str>,
}

/// Returns the headline of a page. The candidates are tried in this order: a heading contained in a declared title or
/// equal to one, an unlinked line equal to one, a first-level heading that shares words with one, the only first-level
/// heading, and the declared title without the site name.
pub(super) fn find(names: &TitleCandidates<'_>, blocks: &[TextBlock]) -> Option<String> {
    let first: Vec<&str> = headings(blocks, |level| level == 1).take(HEADINGS).collect();
    let declared = [names.graph, names.headline, Some(names.page)].map(Option::unwrap_or_default);
    let ours = |text: &&&str| !is_site(text, names) && letters(text).len() >= LETTERS.min(letters(names.page).len());
    let within = |text: &str| declared.iter().any(|name| holds(name, text));
    let held = first.iter().filter(ours).filter(|text| within(text)).max_by_key(|text| text.len());
    let titles = titles(names);
    // Compares letter by letter, because the first one decides for most blocks of a page.
    let is_title =
        |text: &str| text.len() <= MAX_LENGTH && titles.iter().any(|title| title.chars().eq(letters_of(text)));
    let lower = headings(blocks, |level| level > 1).find(|text| is_title(text));
    let line = || blocks.iter().filter(|block| block.linked == 0).find(|block| is_title(&block.text));
    // If a lower-level heading equals the Open Graph title, a first-level heading not contained in that title is the
    // site name.
    let declared_lower = names.graph.map(letters).and_then(|graph| {
        let named = headings(blocks, |level| level > 1).find(|text| letters(text) == graph)?;
        held.is_some_and(|held| !holds(&graph, held)).then_some(named)
    });
    // A first-level heading belongs to the site template if, unlike a lower-level heading, it shares no words with the
    // title.
    let below = headings(blocks, |level| level > 1).any(|text| declared.iter().any(|name| shared(name, text)));
    let template = |text: &str| below && declared.iter().all(|name| common(name, text).0 == 0);
    let near = || first.iter().filter(ours).find(|text| declared.iter().any(|name| shared(name, text)));
    let only = || {
        first.first().filter(|text| first.len() == 1 && !template(text) && !is_site(text, names) && text.contains(' '))
    };
    let stated = || {
        let graph = names.graph.map(|graph| without_site(graph, names)).or_else(|| names.headline.map(str::to_owned));
        graph.filter(|title| !is_site(title, names)).or_else(|| Some(without_site(names.page, names)))
    };
    // The site name may be a large heading above the post, so prefer the longer heading.
    let marked = held.copied().into_iter().chain(lower).max_by_key(|text| (letters(text).len(), held == Some(text)));
    declared_lower
        .or(marked)
        .or_else(|| line().map(|block| block.text.as_str()))
        .map(str::to_owned)
        .or_else(|| near().or_else(only).map(|text| (*text).to_owned()))
        .or_else(stated)
        .filter(|title| !title.is_empty())
}

/// Returns the headings whose level satisfies `of`.
fn headings(blocks: &[TextBlock], of: impl Fn(u8) -> bool) -> impl Iterator<Item = &str> {
    let fits = move |block: &&TextBlock| matches!(block.kind, TextBlockKind::Heading(level) if of(level));
    blocks.iter().filter(fits).map(|block| block.text.as_str())
}

/// Returns the letters and digits of a text in lower case.
fn letters(text: &str) -> String {
    letters_of(text).collect()
}

/// Iterates over the letters and digits of a text, in lower case.
fn letters_of(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// Returns whether a declared title contains a heading that makes up at least a third of it.
fn holds(name: &str, text: &str) -> bool {
    let (name, text) = (letters(name), letters(text));
    !text.is_empty() && name.contains(&text) && text.len() * 3 >= name.len()
}

/// Returns the candidate titles of a page, reduced to letters and digits: the titles without the site name, and their
/// parts after a colon.
fn titles(names: &TitleCandidates<'_>) -> Vec<String> {
    let own = [names.graph, Some(names.page)].into_iter().flatten();
    let forms =
        own.flat_map(|name| [Some(without_site(name, names)), name.split_once(": ").map(|(_, post)| post.to_owned())]);
    forms.flatten().map(|title| letters(&title)).filter(|title| title.len() >= LETTERS).collect()
}

/// Returns whether at least two words of `text`, and at least half of them, occur in `name`.
fn shared(name: &str, text: &str) -> bool {
    let (common, all) = common(name, text);
    common >= 2 && common * 2 >= all
}

/// Returns how many words of `text` occur in `name`, and how many words `text` has. Ignores words of one or two
/// letters.
fn common(name: &str, text: &str) -> (usize, usize) {
    let words = |text: &str| -> Vec<String> {
        let all = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 2);
        all.map(str::to_lowercase).collect()
    };
    let (name, text) = (words(name), words(text));
    (text.iter().filter(|word| name.contains(word)).count(), text.len())
}

/// Returns whether a text is the name of the site.
fn is_site(text: &str, names: &TitleCandidates<'_>) -> bool {
    let own = letters(text);
    if names.site.is_some_and(|site| letters(site) == own) {
        return true;
    }
    // The site name may be the part after the last separator of the title, if the other part is longer.
    parts(names.page).is_some_and(|(head, tail)| letters(tail) == own && words(head) > words(tail))
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Splits a title at its last separator.
fn parts(page: &str) -> Option<(&str, &str)> {
    let cut = SEPARATORS.iter().filter_map(|sign| page.rfind(sign).map(|at| (at, sign.len()))).max()?;
    Some((page.get(..cut.0)?, page.get(cut.0 + cut.1..)?))
}

/// Removes the site name from a title, where it is the part before the first or after the last separator.
fn without_site(title: &str, names: &TitleCandidates<'_>) -> String {
    if let (Some(site), Some((head, tail))) = (names.site, SEPARATORS.iter().find_map(|sign| title.split_once(sign)))
        && letters(head) == letters(site)
    {
        return tail.to_owned();
    }
    match parts(title) {
        Some((head, tail)) if names.site.is_some_and(|site| letters(site) == letters(tail)) => head.to_owned(),
        Some((head, tail)) if words(head) > 2 && words(tail) <= 5 && words(tail) < words(head) => head.to_owned(),
        _ => title.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(page: &str, graph: Option<&str>, site: Option<&str>, headings: &[(u8, &str)]) -> String {
        let block = |(level, text): &(u8, &str)| TextBlock {
            text: (*text).to_owned(),
            kind: TextBlockKind::Heading(*level),
            ..TextBlock::default()
        };
        let blocks: Vec<TextBlock> = headings.iter().map(block).collect();
        find(&TitleCandidates { page, graph, headline: None, site }, &blocks).unwrap_or_default()
    }

    #[test]
    fn the_heading_that_the_title_holds_is_the_headline() {
        let heads = [(1, "The Harbour Post"), (1, "Ferry to Ostrel resumes"), (1, "Most read")];
        assert_eq!(found("Ferry to Ostrel resumes - The Harbour Post", None, None, &heads), "Ferry to Ostrel resumes");
    }

    #[test]
    fn a_site_name_in_a_large_heading_is_not_the_headline() {
        let heads = [(1, "Harbour Post"), (2, "Ferry to Ostrel resumes after repairs")];
        let title = "Ferry to Ostrel resumes after repairs | Harbour Post";
        assert_eq!(found(title, None, None, &heads), "Ferry to Ostrel resumes after repairs");
        assert_eq!(found(title, None, None, &heads[..1]), "Ferry to Ostrel resumes after repairs");
    }

    #[test]
    fn a_post_comes_below_the_name_of_its_blog() {
        let heads = [(1, "Harbour diary"), (3, "A wall of local stone")];
        assert_eq!(found("Harbour diary: A wall of local stone", None, None, &heads), "A wall of local stone");
    }

    #[test]
    fn the_title_that_a_page_declares_beats_the_long_name_of_its_diary() {
        let heads = [(1, "Letters from the harbour wall"), (3, "A boat of tin")];
        assert_eq!(
            found("Letters from the harbour wall: A boat of tin", Some("A boat of tin"), None, &heads),
            "A boat of tin"
        );
    }

    #[test]
    fn a_heading_of_the_template_is_no_headline() {
        let heads = [(1, "Our Blog Page"), (2, "Ferry to Ostrel resumes")];
        let title = "Ferry to Ostrel resumes on Monday";
        assert_eq!(found(title, Some(title), None, &heads), title);
    }

    #[test]
    fn a_word_of_the_title_is_not_the_title() {
        let heads = [(1, "Rye bread - how to bake it in ten minutes"), (1, "Comments about it")];
        let title = "Rye bread (sourdough) - how to bake it in a tin. Comments about it";
        assert_eq!(found(title, None, None, &heads), "Rye bread - how to bake it in ten minutes");
    }

    #[test]
    fn another_wording_on_the_page_wins_when_it_is_the_only_heading() {
        let heads = [(1, "Why my neighbour keeps bees")];
        assert_eq!(
            found("City hives are booming | Post", Some("City hives"), None, &heads),
            "Why my neighbour keeps bees"
        );
    }

    #[test]
    fn without_a_heading_the_site_is_cut_from_the_title() {
        assert_eq!(found("The Post: a diary | Bread and salt", None, Some("Bread and salt"), &[]), "The Post: a diary");
        assert_eq!(
            found("Harbour Post - Ferry resumes on Monday", None, Some("Harbour Post"), &[]),
            "Ferry resumes on Monday"
        );
    }
}
