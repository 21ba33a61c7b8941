//! Finds the authors of a page: people in its metadata, a byline near the headline, or elements marked as an author's.
//! Publishers and user names are not authors.

mod portrait;

use super::class_hints::{self, ClassHints};
use super::linked_data::strings;
use super::text_block::TextBlock;
use crate::lexicon::{AUTHOR_META, AUTHOR_PATHS, GUEST_WORDS, REVERSED_META};
use crate::metadata::byline;
use dom_query::{Document, NodeRef};
use serde_json::Value;

/// Maximum distance between a byline and the headline, in blocks, above and below the headline.
const MAX_BLOCKS_BEFORE: usize = 4;
const MAX_BLOCKS_AFTER: usize = 14;
/// Maximum length of a byline, in bytes.
const LINE: usize = 160;
/// Maximum number of nodes in an element to search for author names.
const NODES: usize = 40;
/// Maximum number of elements to search for author names.
const ELEMENTS: usize = 60;

/// Page metadata that is used to find the authors.
pub(super) struct PageInfo<'a> {
    /// Names (in lower case) and contents of all `meta` elements.
    pub metas: &'a [(String, String)],
    /// JSON-LD object of the story.
    pub story: Option<&'a Value>,
    /// Headline of the story.
    pub title: Option<&'a str>,
    /// Class hints of the headline's position in the page.
    pub home: ClassHints,
    /// Names of the publisher: site, company and host name.
    pub publishers: Vec<String>,
}

/// Returns the names of the page's authors, without duplicates.
pub(super) fn find(document: &Document, page: &PageInfo<'_>, blocks: &[TextBlock]) -> Vec<String> {
    let stated = page.story.and_then(|story| story.get("author"));
    let persons: Vec<String> = stated.map(persons).unwrap_or_default();
    // The owner of a site may also be the author, if declared as a person and named like one.
    let is_owner = |name: &String| persons.contains(name) && byline::unsigned(name).is_some();
    let own = |names: Vec<String>| -> Vec<String> {
        names.into_iter().filter(|name| is_owner(name) || !is_publisher(name, page)).collect()
    };
    let linked = own(stated.map(people).unwrap_or_default());
    let meta = || {
        let values = |name: &'static str| {
            let named = page.metas.iter().filter(move |(key, _)| key == name);
            named.map(|(_, value)| value.clone())
        };
        // Scientific papers declare each author in a separate element.
        let named =
            AUTHOR_META.iter().map(|name| own(values(name).flat_map(|value| listed(&in_order(name, value))).collect()));
        let labelled = || own(labelled(page.metas).flat_map(listed).collect());
        named.into_iter().find(|names| !names.is_empty()).unwrap_or_else(labelled)
    };
    let declared = if linked.is_empty() { meta() } else { linked };
    let near = near(blocks, page);
    let guest = own(guest(&near));
    if !guest.is_empty() {
        return guest;
    }
    let signed = own(signed(&near));
    let sure = declared.iter().all(|name| name.contains(' ') || !name.is_ascii() || byline::is_agency(name));
    let covers = signed.len() > declared.len() && declared.iter().all(|name| signed.contains(name));
    // Publishing systems declare the account that posted a page. The page itself names the author.
    let account = || signed.iter().all(|name| is_whole(name)) && declared.iter().all(|name| !is_shown(name, blocks));
    let mut names = if !signed.is_empty() && (declared.is_empty() || covers || !sure || account()) {
        signed
    } else if declared.is_empty() {
        let listed = in_lists(blocks, page);
        let sources: [&dyn Fn() -> Vec<String>; 7] = [
            &|| own(profiles(&near, page)),
            &|| own(marked(document, page)),
            &|| own(profiles(&listed, page)),
            &|| own(portrait::names(document, &near)),
            &|| own(portrait::names(document, &listed)),
            &|| own(beside(blocks, page)),
            &|| publisher_as_author(document, page, &listed),
        ];
        sources.iter().map(|names| names()).find(|names| !names.is_empty()).unwrap_or_default()
    } else {
        declared
    };
    let mut seen = Vec::new();
    names.retain(|name| {
        let letters = letters(name);
        let new = !seen.contains(&letters);
        seen.push(letters);
        new
    });
    names
}

/// Returns whether a name does not continue with the next sentence, as in "Bo Lee. Seven". Initials keep their stops.
fn is_whole(name: &str) -> bool {
    const INITIAL: usize = 3;
    name.split(' ').all(|word| !word.ends_with('.') || word.len() <= INITIAL)
}

/// Returns whether any block contains a name.
fn is_shown(name: &str, blocks: &[TextBlock]) -> bool {
    blocks.iter().any(|block| block.text.contains(name))
}

/// Returns the values of link-preview cards whose label opens a byline, as in `twitter:label1` "Written by" and
/// `twitter:data1` "Ana Ruiz".
fn labelled(metas: &[(String, String)]) -> impl Iterator<Item = &str> {
    let labels = metas.iter().filter(|(_, value)| byline::is_opening(value));
    labels.filter_map(move |(key, _)| {
        let value = key.strip_prefix("twitter:label").map(|number| format!("twitter:data{number}"))?;
        metas.iter().find(|(key, _)| *key == value).map(|(_, value)| value.as_str())
    })
}

/// Returns the names in a JSON-LD `author` that are declared as persons.
fn persons(author: &Value) -> Vec<String> {
    match author {
        Value::Array(all) => all.iter().flat_map(persons).collect(),
        Value::Object(map)
            if map.get("@type").map(strings).unwrap_or_default().iter().any(|kind| kind.ends_with("Person")) =>
        {
            people(author)
        }
        _ => Vec::new(),
    }
}

/// Returns whether a text consists of two or three words in lower case.
fn is_small_name(name: &str) -> bool {
    let words = name.split(' ').count();
    (2..=3).contains(&words) && name.chars().all(|c| c == ' ' || c == '-' || c.is_lowercase())
}

/// Returns a name from bibliographic metadata with the given name first: `Ruiz, Ana` becomes `Ana Ruiz`.
fn in_order(name: &str, value: String) -> String {
    match value.split_once(", ") {
        Some((family, given)) if REVERSED_META.contains(name) && !given.contains(',') => format!("{given} {family}"),
        _ => value,
    }
}

/// Returns the blocks near the headline that are not marked as boilerplate.
fn near<'a>(blocks: &'a [TextBlock], page: &PageInfo<'_>) -> Vec<&'a TextBlock> {
    around(blocks, page).iter().filter(|block| !class_hints::is_apart(block.above, page.home)).collect()
}

/// Returns the blocks near the headline, including those in lists, because site builders put author and date into
/// lists.
fn in_lists<'a>(blocks: &'a [TextBlock], page: &PageInfo<'_>) -> Vec<&'a TextBlock> {
    around(blocks, page).iter().filter(|block| !class_hints::is_far(block.above, page.home)).collect()
}

/// Returns the blocks near the headline.
fn around<'a>(blocks: &'a [TextBlock], page: &PageInfo<'_>) -> &'a [TextBlock] {
    let headline = blocks.iter().position(|block| Some(block.text.as_str()) == page.title).unwrap_or(0);
    let near = blocks.get(headline.saturating_sub(MAX_BLOCKS_BEFORE)..).unwrap_or_default();
    near.get(..MAX_BLOCKS_BEFORE + MAX_BLOCKS_AFTER).unwrap_or(near)
}

/// Returns the name of a guest author. It is the first sentence of a block whose other sentences introduce the guest.
fn guest(near: &[&TextBlock]) -> Vec<String> {
    let opening = near.iter().find_map(|block| {
        let (name, rest) = block.text.split_once(". ").filter(|(name, _)| name.len() <= LINE)?;
        let lower = rest.to_lowercase();
        let says = lower.split(|c: char| !c.is_alphabetic()).any(|word| GUEST_WORDS.contains(word));
        byline::signed(name).filter(|_| says)
    });
    opening.unwrap_or_default()
}

/// Returns names near the headline that link to an author's page.
fn profiles(near: &[&TextBlock], page: &PageInfo<'_>) -> Vec<String> {
    let mut out = Vec::new();
    for block in near.iter().filter(|block| block.text.len() <= LINE) {
        for words in profile_links(block) {
            let names = byline::unsigned(words).filter(|names| names.iter().all(|name| name.contains(' ')));
            out.extend(names.into_iter().flatten().filter(|name| !is_publisher(name, page)));
        }
        if !out.is_empty() {
            break;
        }
    }
    out
}

/// Returns whether a block has a link to an author's page.
pub(super) fn links_to_author(block: &TextBlock) -> bool {
    profile_links(block).next().is_some()
}

/// Returns the texts of a block's links that lead to an author's page.
fn profile_links(block: &TextBlock) -> impl Iterator<Item = &str> {
    let of_author = |href: &str| {
        let path = href.split("://").last().unwrap_or_default().to_ascii_lowercase();
        path.split(['/', '?', '=']).skip(1).any(|part| AUTHOR_PATHS.contains(part))
    };
    block.links.iter().filter(move |(_, href)| of_author(href)).map(|(span, _)| span.of(&block.text))
}

/// Returns the byline near the headline in a sidebar or other box beside the story. All such bylines must agree,
/// because boxes with other stories have bylines as well.
fn beside(blocks: &[TextBlock], page: &PageInfo<'_>) -> Vec<String> {
    let boxes: Vec<&TextBlock> = around(blocks, page).iter().collect();
    let lines: Vec<&TextBlock> = boxes.into_iter().filter(|block| block.text.len() <= LINE).collect();
    let found = (0..lines.len()).map(|at| signed(lines.get(at..lines.len().min(at + 3)).unwrap_or_default()));
    let mut bylines: Vec<Vec<String>> = found.filter(|names| !names.is_empty()).collect();
    bylines.dedup();
    if let [names] = bylines.as_slice() { names.clone() } else { Vec::new() }
}

/// Returns the publisher, if the page shows its name where the author's belongs: after "By", in a link to an author's
/// page or in an element marked as the author's.
fn publisher_as_author(document: &Document, page: &PageInfo<'_>, near: &[&TextBlock]) -> Vec<String> {
    let short = || near.iter().filter(|block| block.text.len() <= LINE);
    let is_house = |name: &str| {
        let own = letters(name);
        !own.is_empty() && page.publishers.iter().any(|site| letters(site) == own)
    };
    let signed = short().filter_map(|block| byline::signed(&block.text)).flatten();
    let linked = short().flat_map(|block| profile_links(block)).map(str::to_owned);
    let marked = || {
        let body = document.body()?;
        let of_author = body.descendants_it().filter(|node| rank(node).is_some()).take(ELEMENTS);
        let inside = of_author.filter(|node| !class_hints::is_outside_story(node, page.home));
        inside
            .filter_map(|node| super::words_apart(&node, NODES))
            .find_map(|words| words.lines().map(dateline_core::text::folded).find(|line| is_house(line)))
    };
    signed.chain(linked).find(|name| is_house(name)).or_else(marked).into_iter().collect()
}

/// Returns the letters and digits of a name in lower case.
fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Returns whether a name belongs to the site or its owner. Agencies are never excluded, since an agency may sign
/// stories on its own site.
fn is_publisher(name: &str, page: &PageInfo<'_>) -> bool {
    let own = letters(name);
    !byline::is_agency(name)
        && page
            .publishers
            .iter()
            .map(|site| letters(site))
            .any(|site| !site.is_empty() && (site == own || (site.len() > 5 && own.starts_with(&site))))
}

/// Returns the people in a JSON-LD `author`. Organisations count only if they are agencies.
fn people(author: &Value) -> Vec<String> {
    match author {
        Value::Array(all) => all.iter().flat_map(people).collect(),
        Value::Object(map) => {
            let organisation =
                map.get("@type").map(strings).unwrap_or_default().iter().any(|kind| kind.ends_with("Organization"));
            let names = map.get("name").map(strings).unwrap_or_default();
            let person = map.get("@type").map(strings).unwrap_or_default().iter().any(|kind| kind.ends_with("Person"));
            let names = names.iter().flat_map(|name| {
                let found = listed(name);
                // Some people write their names in lower case. The declared type confirms that this is a name.
                if found.is_empty() && person && is_small_name(name) { vec![name.clone()] } else { found }
            });
            names.filter(|name| !organisation || byline::is_agency(name)).collect()
        }
        Value::String(name) => listed(name),
        _ => Vec::new(),
    }
}

/// Returns the names in a list of names. Returns an empty vector for a URL, user name or path.
fn listed(text: &str) -> Vec<String> {
    let text = super::plain(text);
    if text.contains("://") || text.starts_with(['@', '/']) || text.len() > LINE {
        return Vec::new();
    }
    // For example, "Analysis by Ana Ruiz".
    let text = text.split_once(" by ").map_or(text.as_str(), |(_, names)| names);
    byline::listed(text)
}

/// Returns the names in a byline near the headline.
fn signed(near: &[&TextBlock]) -> Vec<String> {
    let own = near.iter().filter(|block| block.text.len() <= LINE);
    let lines: Vec<&str> = own.map(|block| block.text.as_str()).collect();
    for (at, line) in lines.iter().enumerate() {
        if byline::is_opening(line) {
            let names = following(lines.get(at + 1..).unwrap_or_default());
            if !names.is_empty() {
                return names;
            }
        }
        if let Some(names) = byline::signed_within(line) {
            return names;
        }
    }
    Vec::new()
}

/// Returns the names on the lines after a bare "By". Stops at the first line without a name.
fn following(lines: &[&str]) -> Vec<String> {
    let mut out = Vec::new();
    for line in lines.iter().take(6) {
        let open = line.trim_end().ends_with([',', '&']) || line.ends_with(" and");
        let Some(names) = byline::unsigned(line.trim_end_matches([',', '&', ' '])) else { break };
        out.extend(names);
        if !open {
            break;
        }
    }
    out
}

/// Returns the names in the most reliable element that is marked as an author's.
fn marked(document: &Document, page: &PageInfo<'_>) -> Vec<String> {
    let Some(body) = document.body() else { return Vec::new() };
    let mut best: Option<(u8, Vec<String>)> = None;
    let mut read = 0;
    for node in body.descendants_it() {
        let Some(rank) =
            rank(&node).filter(|rank| read < ELEMENTS && best.as_ref().is_none_or(|(found, _)| rank < found))
        else {
            continue;
        };
        read += 1;
        if class_hints::is_outside_story(&node, page.home) {
            continue;
        }
        let names = named(&node);
        if !names.is_empty() {
            best = Some((rank, names));
        }
    }
    best.map(|(_, names)| names).unwrap_or_default()
}

/// Returns the rank of an element's author markup, from 0 (most reliable) to 2. Returns `None` if it has none.
fn rank(node: &NodeRef<'_>) -> Option<u8> {
    let element = node.element_ref()?;
    let mut best: Option<u8> = None;
    for attribute in &element.attrs {
        let value = attribute.value.to_ascii_lowercase();
        let rank = match &*attribute.name.local {
            "itemprop" if value.contains("author") || value.contains("creator") => 0,
            "rel" if value.split_whitespace().any(|word| word == "author") => 1,
            "class" | "id" if value.contains("byline") || value.contains("author") || value.contains("autor") => 2,
            _ => continue,
        };
        best = Some(best.map_or(rank, |best| best.min(rank)));
    }
    best
}

/// Returns the names in an element, whose text nodes are read separately.
fn named(node: &NodeRef<'_>) -> Vec<String> {
    let Some(text) = node.attr("content").map(|text| text.to_string()).or_else(|| super::words_apart(node, NODES))
    else {
        return Vec::new();
    };
    let parts: Vec<String> =
        text.split('\n').map(dateline_core::text::folded).filter(|part| !part.is_empty()).take(8).collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !byline::is_opening(part)).collect();
    parts
        .iter()
        .filter(|part| part.len() <= LINE)
        .find_map(|part| byline::signed_within(part).or_else(|| byline::unsigned(part)))
        .unwrap_or_default()
}
