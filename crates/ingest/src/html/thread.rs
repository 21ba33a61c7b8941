//! Finds the posts of a page that is a thread: a forum, a question with answers, or a live report. The page repeats an
//! element for each post, with a name or time between the texts.

use super::class_hints;
use super::text_block::{TextBlock, TextBlockKind};
use crate::lexicon::{CHANGED_WORDS, FORUM_WORDS, PUBLISHED_WORDS, USER_PATHS, WordList};
use crate::metadata::datetime::written::{self, Order};
use dom_query::NodeId;
use foldhash::{HashMap, HashMapExt};
use std::ops::Range;

/// Minimum number of posts in a thread.
const POSTS: usize = 2;
/// Maximum amount of prose between the headline and the first post, in bytes. With more, the page is an article with
/// comments.
const BEFORE: usize = 300;
/// Minimum amount of prose in the posts of a page whose URL is that of a forum, in bytes. For other pages, the minimum
/// is [`BEFORE`].
const FORUM: usize = 100;
/// Maximum length of the name or time of a post, in bytes.
const LABEL: usize = 60;
/// Maximum length of a line with a link to a user, in bytes. The rank and number of posts may follow the name.
const USER_LINE: usize = 2 * LABEL;
/// Maximum number of blocks to search for a name or time, between two posts.
const REACH: usize = 40;
/// Number of posts below which every post must have a name or time.
const FEW: usize = 4;
/// Number of blocks at the beginning of a post to search for its name or time.
const INSIDE: usize = 4;
/// Minimum length in bytes of a linked heading for it to count as the heading of another story.
const HEADING: usize = 15;

/// Post of a thread.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Post {
    /// Indices of the blocks of the post.
    pub blocks: Vec<usize>,
    /// Author and time of the post, as shown on the page.
    pub label: Option<String>,
    /// Author of the post, if the name links to the page of a user or has a line of its own.
    pub author: Option<String>,
    /// Line with the time of the post, unless the date has a label such as "Joined:".
    pub time: Option<String>,
    /// Whether the author's name links to the page of a user.
    pub linked: bool,
}

/// Returns the posts of a thread, or an empty vector if the page is not a thread. `is_discussion` is asked whether the
/// page is marked up as a discussion if its URL is not that of a forum.
pub(super) fn posts(
    blocks: &[TextBlock],
    title: Option<&str>,
    url: Option<&str>,
    is_discussion: impl Fn() -> bool,
) -> Vec<Post> {
    let prose: Vec<usize> = blocks.iter().map(prose).collect();
    let total: usize = prose.iter().sum();
    let groups = groups(blocks);
    let forum = url.is_some_and(is_forum);
    let least = if forum { FORUM } else { BEFORE };
    let sum = |members: &[Vec<usize>]| members.iter().flatten().filter_map(|at| prose.get(*at)).sum::<usize>();
    let found = |before: usize| -> Vec<Vec<Vec<usize>>> {
        let threads = groups.iter().filter(|members| {
            let own = sum(members);
            own * 2 >= total && own > least && is_thread(blocks, members, &prose, title, before)
        });
        threads.cloned().collect()
    };
    let mut threads = found(BEFORE);
    if threads.is_empty() {
        // The first post of a forum may differ in structure from the replies.
        threads = found(usize::MAX);
        if !threads.is_empty() && !forum && !is_discussion() {
            threads.clear();
        }
    }
    // Of the elements with nearly all the text, the smallest are the bodies of the posts, without names and menus.
    let most = threads.iter().map(|members| sum(members)).max().unwrap_or(0);
    threads.retain(|members| sum(members) * 10 >= most * 9);
    let bodies = threads.into_iter().min_by_key(|members| {
        members.iter().flatten().filter_map(|at| blocks.get(*at)).map(|block| block.text.len()).sum::<usize>()
    });
    labelled(blocks, bodies.unwrap_or_default(), title)
}

/// Returns whether there is a story before the first post, in an element of another structure.
pub(super) fn has_story_before(blocks: &[TextBlock], posts: &[Post], title: Option<&str>) -> bool {
    let first = posts.first().and_then(|post| post.blocks.first()).copied().unwrap_or(0);
    let headline = blocks.iter().take(first).rposition(|block| Some(block.text.as_str()) == title).unwrap_or(0);
    blocks.get(headline..first).unwrap_or_default().iter().map(prose).sum::<usize>() > BEFORE
}

/// Returns whether a URL contains a word that is typical of forums.
pub(super) fn is_forum(url: &str) -> bool {
    let lower = url.to_ascii_lowercase();
    lower.split(['/', '.', '?', '=', '&']).any(|part| FORUM_WORDS.contains(part))
}

/// Adds a heading with the author and the time before each post. Returns, for each block, whether to keep it: blocks of
/// a post, and of the story before the first post, are kept. `story` marks the blocks of that story.
pub(super) fn kept(blocks: &mut Vec<TextBlock>, posts: Vec<Post>, story: &[bool]) -> Vec<bool> {
    let first = posts.first().and_then(|post| post.blocks.first()).copied().unwrap_or(0);
    let mut own: HashMap<usize, Option<String>> = HashMap::new();
    for post in posts {
        let mut label = post.label;
        for at in post.blocks {
            own.insert(at, label.take());
        }
    }
    let mut out = Vec::with_capacity(blocks.len());
    let mut kept = Vec::with_capacity(blocks.len());
    for (at, block) in std::mem::take(blocks).into_iter().enumerate() {
        let label = own.get(&at).cloned();
        if let Some(Some(text)) = label.clone() {
            out.push(TextBlock { text, kind: TextBlockKind::Heading(3), ..TextBlock::default() });
            kept.push(true);
        }
        let before = at < first && story.get(at) == Some(&true);
        kept.push(before || label.is_some() && !super::furniture::is_control(&block));
        out.push(block);
    }
    *blocks = out;
    kept
}

/// Returns the length of a block in bytes, or 0 if it is neither prose nor code.
fn prose(block: &TextBlock) -> usize {
    let sentence = block.ends_sentence() && block.linked * 2 < block.text.len();
    if sentence || block.kind == TextBlockKind::Code { block.text.len() } else { 0 }
}

/// Groups elements of the same structure. Each member of a group lists the indices of its blocks, in order.
fn groups(blocks: &[TextBlock]) -> Vec<Vec<Vec<usize>>> {
    let mut order: Vec<u64> = Vec::new();
    let mut kinds: HashMap<u64, Vec<(NodeId, Vec<usize>)>> = HashMap::new();
    for (at, block) in blocks.iter().enumerate() {
        let mut seen: Vec<u64> = Vec::with_capacity(block.path.len());
        for step in block.path.iter().filter(|step| step.holds) {
            // An element nested in another one with the same structure belongs to the outer one.
            if seen.contains(&step.kind) {
                continue;
            }
            seen.push(step.kind);
            let members = kinds.entry(step.kind).or_insert_with(|| {
                order.push(step.kind);
                Vec::new()
            });
            match members.last_mut() {
                Some((id, own)) if *id == step.id => own.push(at),
                _ => members.push((step.id, vec![at])),
            }
        }
    }
    let members = order.iter().filter_map(|kind| kinds.remove(kind));
    let members = members.map(|members| members.into_iter().map(|(_, own)| own).collect::<Vec<_>>());
    members.filter(|members| members.len() >= POSTS).collect()
}

/// Returns whether elements are the posts of a thread. Their classes must be typical of posts, and most of them must
/// have a name or time. None may link to another story, and no article may precede them.
fn is_thread(
    blocks: &[TextBlock],
    members: &[Vec<usize>],
    prose: &[usize],
    title: Option<&str>,
    most_before: usize,
) -> bool {
    let first = members.first().and_then(|own| own.first()).copied().unwrap_or(0);
    let headline = blocks.iter().take(first + 1).rposition(|block| Some(block.text.as_str()) == title).unwrap_or(0);
    let before: usize = prose.get(headline..first).unwrap_or_default().iter().sum();
    let posts = blocks.get(first).is_some_and(|block| block.path.iter().rev().take(DEEP).any(|step| step.post));
    if before > most_before || !posts {
        return false;
    }
    let heads = |own: &&Vec<usize>| {
        own.iter().filter_map(|at| blocks.get(*at)).any(|block| {
            let heading = matches!(block.kind, TextBlockKind::Heading(1..=3)) && block.linked * 2 > block.text.len();
            let reply = block.text.get(..3).is_some_and(|head| head.eq_ignore_ascii_case("re:"));
            heading && block.text.len() >= HEADING && !reply && Some(block.text.as_str()) != title
        })
    };
    let is_title = |at: usize| title.is_some() && blocks.get(at).map(|block| block.text.as_str()) == title;
    // A post may repeat the headline as its subject.
    let titled = members.iter().flatten().any(|at| is_title(*at)) && !(0..first).any(is_title);
    let signed = |place| (0..members.len()).filter(|at| !label(blocks, members, *at, place, title).is_empty()).count();
    let most = signed(Place::Above).max(signed(Place::Below));
    let signed = if members.len() < FEW { most == members.len() } else { most * 10 >= members.len() * 6 };
    signed && !titled && members.iter().filter(heads).count() * 2 < members.len()
}

/// Number of elements to search for typical classes, above the first text of a post.
const DEEP: usize = 10;

/// Position of a post's name and time relative to its text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Before the text or at its beginning.
    Above,
    /// After the text.
    Below,
}

/// Finds the name and time of each post, and makes them its label.
fn labelled(blocks: &[TextBlock], members: Vec<Vec<usize>>, title: Option<&str>) -> Vec<Post> {
    let headline = blocks.iter().position(|block| title.is_some() && Some(block.text.as_str()) == title).unwrap_or(0);
    let labels = |place| (0..members.len()).map(|at| label(blocks, &members, at, place, title)).collect::<Vec<_>>();
    let count = |labels: &[Vec<usize>]| labels.iter().filter(|label| !label.is_empty()).count();
    let (above, below) = (labels(Place::Above), labels(Place::Below));
    let labels = if count(&below) > count(&above) { below } else { above };
    let words = |at: &usize| blocks.get(*at).map(|block| block.text.as_str());
    let post = |(own, label): (Vec<usize>, Vec<usize>)| {
        // Lines above the headline belong to the page, not to a post.
        let label: Vec<usize> = label.into_iter().filter(|at| *at > headline).collect();
        let user = label.iter().find_map(|at| user_name(blocks.get(*at)?));
        let named = || label.iter().filter(|at| blocks.get(**at).is_some_and(is_name)).find_map(words);
        let author = user.or_else(named).map(str::to_owned);
        let shown = |at: &usize| {
            let block = blocks.get(*at)?;
            user_name(block).filter(|_| !is_time(block)).or_else(|| words(at))
        };
        let text = label.iter().filter_map(shown).collect::<Vec<_>>().join(", ");
        let time = label.iter().filter(|at| blocks.get(**at).is_some_and(is_own_time)).find_map(words);
        Post {
            blocks: own.into_iter().filter(|at| !label.contains(at)).collect(),
            label: Some(text).filter(|text| !text.is_empty()),
            author,
            time: time.map(str::to_owned),
            linked: user.is_some(),
        }
    };
    members.into_iter().zip(labels).map(post).collect()
}

/// Returns the indices of the blocks with the name and time of a post.
fn label(blocks: &[TextBlock], members: &[Vec<usize>], at: usize, place: Place, title: Option<&str>) -> Vec<usize> {
    let Some((start, end)) = members.get(at).and_then(|own| Some((*own.first()?, own.last()? + 1))) else {
        return Vec::new();
    };
    let previous = at.checked_sub(1).and_then(|before| members.get(before)?.last());
    let is_title = |at: &usize| blocks.get(*at).is_some_and(|block| Some(block.text.as_str()) == title);
    let headline = || (0..end.min(start + INSIDE)).rev().find(is_title);
    let before = previous.copied().or_else(headline).map_or(0, |last| last + 1);
    let after = members.get(at + 1).and_then(|next| next.first().copied()).unwrap_or(blocks.len());
    let range = match place {
        Place::Above => before.max(start.saturating_sub(REACH))..end.min(start + INSIDE),
        Place::Below => end..after.min(end + REACH),
    };
    let first = |range: Range<usize>, fits: fn(&TextBlock) -> bool| {
        let mut range = range;
        range.find(|at| blocks.get(*at).is_some_and(fits))
    };
    let time = first(range.clone(), is_own_time).or_else(|| first(range.clone(), is_time));
    // The name of the last editor, with the time of the change, may precede those of the author.
    let edited = first(range.clone(), |block| is_time(block) && !is_own_time(block));
    let named = time.filter(|time| place == Place::Below && edited.is_some_and(|edited| edited < *time));
    let range = named.unwrap_or(range.start)..range.end;
    let find = |fits: fn(&TextBlock) -> bool| first(range.clone(), fits);
    // The users who liked the post before are further from the text than its author.
    let (above, inside) = (range.start..start.max(range.start), start.max(range.start)..range.end);
    let user = |at: &usize| blocks.get(*at).is_some_and(|block| user_name(block).is_some());
    let nearest =
        || if place == Place::Above { above.rev().chain(inside).find(user) } else { range.clone().find(user) };
    // The rank of a user may precede the name, but only the name links to the user's page.
    let name = find(is_linked_name).or_else(nearest).or_else(|| find(is_name));
    let mut out: Vec<usize> = name.into_iter().chain(time).collect();
    out.dedup();
    out
}

/// Returns whether a block is marked as a person's and consists of a link to the page of a user.
fn is_linked_name(block: &TextBlock) -> bool {
    is_name(block) && block.linked * 10 > block.text.len() * 8 && user_name(block).is_some()
}

/// Returns the text of a block's first link to the page of a user. The block must be a short line, because a sentence
/// may mention other users.
fn user_name(block: &TextBlock) -> Option<&str> {
    if block.text.len() > USER_LINE || block.ends_sentence() {
        return None;
    }
    let links = block.links.iter().filter(|(_, href)| leads_to_user(href));
    links.map(|(span, _)| span.of(&block.text).trim()).find(|name| name.len() <= LABEL && is_short_name(name))
}

/// Returns whether a URL leads to the page of a user. In "/members/ringer.12", the name or number of the user follows. A
/// menu links to "/members" itself.
fn leads_to_user(href: &str) -> bool {
    let path = href.split("://").last().unwrap_or_default().to_ascii_lowercase();
    let parts: Vec<&str> = path.split(['/', '?', '=', '.', '&', ';']).filter(|part| !part.is_empty()).collect();
    // A share link such as "sharer?u=https://…" has the URL of the page there.
    let is_user =
        |pair: &[&str]| matches!(pair, [word, user] if USER_PATHS.contains(word) && !user.starts_with("http"));
    parts.windows(2).any(is_user)
}

/// Returns whether a text has one to four words and at least two letters or digits. A single letter is drawn in place of
/// a user's picture.
fn is_short_name(text: &str) -> bool {
    let letters = text.chars().filter(|letter| letter.is_alphanumeric()).count();
    (1..=4).contains(&text.split_whitespace().count()) && letters > 1 && text.contains(char::is_alphabetic)
}

/// Returns whether a block is the name of a post's author.
fn is_name(block: &TextBlock) -> bool {
    if block.text.len() > LABEL || !class_hints::is_person(block.above) || is_time(block) {
        return false;
    }
    is_short_name(&block.text) && block.phrase().is_none()
}

/// Returns whether a block is the time of a post and its date has no other label, as in "Joined: May 3, 2012" or "edited
/// May 3, 2012".
fn is_own_time(block: &TextBlock) -> bool {
    let Some((span, _)) = written::days(&block.text, Order::MonthFirst).first().copied().filter(|_| is_time(block))
    else {
        return false;
    };
    let before = block.text.get(..span.start).unwrap_or_default().trim_end().to_lowercase();
    let says = |words: &WordList| words.iter().any(|word| before.contains(word));
    says(&PUBLISHED_WORDS) || !before.ends_with(':') && !says(&CHANGED_WORDS)
}

/// Returns whether a block is the time of a post.
fn is_time(block: &TextBlock) -> bool {
    block.text.len() <= LABEL
        && block.text.contains(|c: char| c.is_ascii_digit())
        && !written::days(&block.text, Order::MonthFirst).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_page_of_a_user_is_one() {
        for url in ["/members/ringer.12", "member.php?u=8", "index.php?action=profile;u=3", "https://a.example/u/ann"] {
            assert!(leads_to_user(url), "{url}");
        }
        for url in [
            "/members",
            "/user-submitted-posts/",
            "https://s.example/sharer.php?u=https%3A%2F%2Fa.example",
            "/s?u=https://a.example/1",
        ] {
            assert!(!leads_to_user(url), "{url}");
        }
    }
}
