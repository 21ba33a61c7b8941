//! Finds pictures, videos and recordings without a caption in a story, so that users can see that they exist and open
//! them.

use crate::address;
use crate::lexicon::PLAYERS;
use dateline_core::article::{Builder, Link};
use dateline_core::text::folded;
use dom_query::NodeRef;
use url::Url;

/// Minimum length of an alternative text that describes a picture, in words.
const WORDS: usize = 4;
/// Maximum length of an alternative text to display, in bytes.
const LENGTH: usize = 400;
/// Maximum width or height of icons and tracking pixels, in pixels. Pictures of this size are skipped.
const ICON: u32 = 64;
/// Maximum number of media to keep between two blocks.
const MOST: usize = 30;

/// A picture, video or recording in a page.
#[derive(Clone, Debug)]
pub(crate) struct Medium {
    /// Display name of the kind of medium, as a prefix to the description.
    kind: &'static str,
    /// Alternative text of a picture, or an empty string.
    alt: String,
    /// URL of the medium as written in the page, possibly relative.
    src: String,
}

/// Returns the medium that an element displays, if any. `href` is the URL of the link around the element.
pub(super) fn of(name: &str, node: &NodeRef<'_>, href: Option<&str>) -> Option<Medium> {
    let value = |node: &NodeRef<'_>, key: &str| node.attr(key).map(|value| value.trim().to_owned());
    let src = |node: &NodeRef<'_>| {
        let own = ["src", "data-src"].iter().filter_map(|key| value(node, key));
        own.into_iter().find(|src| !src.is_empty() && !src.starts_with("data:"))
    };
    let inner = || node.element_children().iter().filter(|child| child.has_name("source")).find_map(&src);
    let medium = |kind, src| Medium { kind, alt: String::new(), src };
    match name {
        "img" => {
            let tiny = |key| value(node, key).and_then(|size| size.parse().ok()).is_some_and(|size: u32| size <= ICON);
            let alt = folded(&value(node, "alt").unwrap_or_default());
            let src = href.filter(|href| href.starts_with("http")).map(str::to_owned).or_else(|| src(node))?;
            (!tiny("width") && !tiny("height")).then_some(Medium { kind: "Picture", alt, src })
        }
        "video" => src(node).or_else(inner).map(|src| medium("Video", src)),
        "audio" => src(node).or_else(inner).map(|src| medium("Audio", src)),
        "iframe" => {
            src(node).filter(|src| PLAYERS.iter().any(|player| src.contains(player))).map(|src| medium("Video", src))
        }
        _ => None,
    }
}

/// Adds a medium to those collected before a block, up to a limit.
pub(super) fn push(media: &mut Vec<Medium>, medium: Option<Medium>) {
    if media.len() < MOST {
        media.extend(medium);
    }
}

/// Adds media to the story. Unless they are `captioned`, each becomes a caption: its description, or the host of a
/// video or recording.
pub(super) fn add(media: &[Medium], captioned: bool, story: &[&str], base: Option<&Url>, builder: &mut Builder) {
    for medium in media {
        let Some(url) = address::absolute(base, &medium.src).filter(|url| url.starts_with("http")) else { continue };
        if builder.article().media.contains(&url) {
            continue;
        }
        builder.article().media.push(url.clone());
        let Some(words) = medium.description(&url, story).filter(|_| !captioned) else { continue };
        if let Some(span) = builder.caption(&words, None) {
            builder.article().links.push(Link { span, url });
        }
    }
}

impl Medium {
    /// Returns the text to display for the medium, or `None` for a picture without a useful description.
    fn description(&self, url: &str, story: &[&str]) -> Option<String> {
        if self.kind != "Picture" {
            let host = Url::parse(url).ok()?.host_str()?.trim_start_matches("www.").to_owned();
            return Some(format!("{}: {host}", self.kind));
        }
        let file = self.alt.contains('_') || self.alt.contains("://");
        let says = self.alt.split(' ').count() >= WORDS && self.alt.len() <= LENGTH && !file;
        (says && !story.iter().any(|text| text.contains(&self.alt))).then(|| format!("{}: {}", self.kind, self.alt))
    }
}
