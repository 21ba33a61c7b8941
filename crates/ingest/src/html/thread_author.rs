//! Finds the user who started a discussion: in the page's JSON-LD, in the author markup of the first post, or in the
//! label of that post. User names count here, although they never count as the author of an article.

use super::linked_data::{self, strings};
use super::thread::{Post, is_forum};
use crate::lexicon::USER_ATTRIBUTES;
use dom_query::{Document, NodeRef};
use serde_json::Value;

/// Maximum length of a user name, in bytes.
const LENGTH: usize = 40;
/// Maximum number of words in a user name.
const WORDS: usize = 4;
/// Maximum number of nodes in an element to search for a user name.
const NODES: usize = 80;

/// Returns the user who started the discussion on a page, or `None` if the page is not a discussion. `posts` are the
/// posts of the thread, without a story before them. `signed` is whether the page names an author by other means. Only
/// the markup of a discussion takes precedence over that author.
pub(super) fn find(document: &Document, posts: &[Post], url: Option<&str>, signed: bool) -> Option<String> {
    let declared = linked_data::discussion(document);
    if let Some(name) = declared.as_ref().and_then(|object| user(object.get("author")?)) {
        return Some(name);
    }
    let first = posts.first();
    let linked = first.is_some_and(|post| post.linked);
    let evident = || declared.is_some() || url.is_some_and(is_forum) || is_discussion(document);
    if !linked && (signed || first.is_none()) && !evident() {
        return None;
    }
    let shown = || first.and_then(|post| user_name(post.author.as_deref()?));
    // Some pages mark up only the authors of replies.
    if linked { shown().or_else(|| marked(document)) } else { marked(document).or_else(shown) }
}

/// Returns whether a page declares in JSON-LD or in its markup that it is a discussion.
pub(super) fn is_declared_discussion(document: &Document) -> bool {
    is_discussion(document) || linked_data::discussion(document).is_some()
}

/// Returns whether an element of the page marks it as a discussion: by a type of microdata or, in an element that the
/// site defines itself, by a name such as `x-post` and an author.
fn is_discussion(document: &Document) -> bool {
    let own = |node: &NodeRef<'_>| {
        let name = node.node_name().unwrap_or_default();
        name.contains('-') && name.contains("post") && node.has_attr("author")
    };
    let discussed = |node: NodeRef<'_>| node.is_element() && (linked_data::has_discussion_type(&node) || own(&node));
    document.body().is_some_and(|body| body.descendants_it().any(discussed))
}

/// Returns the name of the first user in a JSON-LD `author`.
fn user(author: &Value) -> Option<String> {
    strings(author).iter().find_map(|name| user_name(name))
}

/// Returns the user in the first element that is marked up as a post or as its author.
fn marked(document: &Document) -> Option<String> {
    let body = document.body()?;
    let mut nodes = body.descendants_it().filter(NodeRef::is_element);
    nodes.find_map(|node| stated(&node).or_else(|| has_property(&node, "author").then(|| named(&node)).flatten()))
}

/// Returns the user in the attributes of a post, as in `<article data-author="netmender">`. The attribute `author`
/// counts only in the elements that a site defines itself, whose names contain a hyphen.
fn stated(node: &NodeRef<'_>) -> Option<String> {
    let own = node.node_name().is_some_and(|name| name.contains('-'));
    let mut keys = USER_ATTRIBUTES.iter().filter(|key| own || key.contains('-'));
    keys.find_map(|key| user_name(&node.attr(key)?)).filter(|name| !name.chars().all(|c| c.is_ascii_digit()))
}

/// Returns the user in an element that is marked up as the author of a post.
fn named(author: &NodeRef<'_>) -> Option<String> {
    let named = author.descendants_it().take(NODES).find(|node| has_property(node, "name"));
    let node = named.unwrap_or(*author);
    if let Some(name) = node.attr("content") {
        return user_name(&name);
    }
    let words = super::words_apart(&node, NODES)?;
    words.lines().map(dateline_core::text::folded).find(|line| !line.is_empty()).and_then(|line| user_name(&line))
}

/// Returns whether an element has a property of microdata.
fn has_property(node: &NodeRef<'_>, name: &str) -> bool {
    node.attr("itemprop").is_some_and(|value| value.split_whitespace().any(|word| word == name))
}

/// Returns a text without white space around it if it may be a user name: short, with at least two letters or digits,
/// and not a URL.
fn user_name(text: &str) -> Option<String> {
    let name = text.trim();
    let letters = name.chars().filter(|letter| letter.is_alphanumeric()).count();
    let plain = name.len() <= LENGTH && name.split_whitespace().count() <= WORDS && !name.contains("://");
    (plain && letters > 1).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(body: &str, label: Option<&str>, url: &str, signed: bool) -> Option<String> {
        let post = Post { blocks: vec![1], author: label.map(str::to_owned), ..Post::default() };
        find(&Document::from(body), &[post], Some(url), signed)
    }

    #[test]
    fn the_declared_starter_of_a_discussion_is_found_without_posts() {
        for script in [
            r#"{"@type":"DiscussionForumPosting","author":{"@type":"Person","name":"tide_watcher7"}}"#,
            r#"{"@type":"QAPage","mainEntity":{"@type":"Question","author":{"@type":"Person","name":"tide_watcher7"}}}"#,
        ] {
            let page = format!("<script type='application/ld+json'>{script}</script>");
            let user = find(&Document::from(page.as_str()), &[], None, true);
            assert_eq!(user.as_deref(), Some("tide_watcher7"), "{script}");
        }
        let article = r#"<script type="application/ld+json">{"@type":"Article","author":{"name":"Ana Ruiz"}}</script>"#;
        assert_eq!(find(&Document::from(article), &[], None, false), None);
    }

    #[test]
    fn the_marked_author_of_the_first_post_comes_before_its_label() {
        let page = "<div itemprop=author><img alt=x><span itemprop=name>netmender</span> Member</div>\
                    <div itemprop=author><span itemprop=name>quayside</span></div>";
        assert_eq!(found(page, Some("Senior member"), "https://a.example/t/1", false).as_deref(), Some("netmender"));
        let page = "<span itemprop='author'><meta itemprop=name content='netmender'></span>";
        assert_eq!(found(page, None, "https://a.example/t/1", false).as_deref(), Some("netmender"));
        assert_eq!(found("<p>a", Some("netmender"), "https://a.example/t/1", false).as_deref(), Some("netmender"));
    }

    #[test]
    fn the_attribute_of_a_post_names_its_author() {
        let page = "<article data-author=netmender><h4>Member</h4></article><div itemprop=author>quayside</div>";
        assert_eq!(found(page, Some("Member"), "https://a.example/t/1", false).as_deref(), Some("netmender"));
        let page = "<x-post author=netmender></x-post><div author=quayside></div>";
        assert_eq!(find(&Document::from(page), &[], None, true).as_deref(), Some("netmender"));
        let page = "<div author=quayside>x</div>";
        assert_eq!(find(&Document::from(page), &[], Some("https://a.example/forum/1"), false), None);
        let page = "<div itemtype='https://schema.org/Question'><i data-username=netmender>x</i></div>";
        assert_eq!(find(&Document::from(page), &[], None, false).as_deref(), Some("netmender"));
    }

    #[test]
    fn a_link_to_a_user_outweighs_a_name_without_markup() {
        let post = Post { blocks: vec![1], author: Some("netmender".to_owned()), linked: true, ..Post::default() };
        let page = Document::from("<p itemprop=author>quayside");
        assert_eq!(find(&page, &[post], Some("https://a.example/t/1"), true).as_deref(), Some("netmender"));
    }

    #[test]
    fn a_named_author_keeps_its_place_outside_forums() {
        assert_eq!(found("<p>a", Some("netmender"), "https://a.example/live", true), None);
        let forum = "https://a.example/forum/viewtopic.php?t=1";
        assert_eq!(found("<p>a", Some("netmender"), forum, true).as_deref(), Some("netmender"));
    }

    #[test]
    fn an_avatar_or_a_sentence_is_not_a_user() {
        for text in ["F", "#", "https://a.example/u/1", "You must log in or register to reply here"] {
            assert_eq!(user_name(text), None, "{text}");
        }
    }
}
