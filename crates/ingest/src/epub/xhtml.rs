//! Converts the XHTML of a book to HTML for the parser, and divides it where chapters begin.

use memchr::memmem;
use std::borrow::Cow;

/// HTML elements that never have an end tag.
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Rewrites empty elements such as `<a id="x"/>` with an end tag. HTML parsers ignore the slash, and would put the rest
/// of the page inside the element.
pub(super) fn expanded(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("/>") {
        let (before, after) = rest.split_at(at);
        let tag = before.rfind('<').and_then(|start| before.get(start + 1..)).unwrap_or_default();
        let name: String = tag.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, ':' | '-')).collect();
        out.push_str(before);
        if name.is_empty() || VOID.contains(&name.to_ascii_lowercase().as_str()) {
            out.push_str("/>");
        } else {
            out.extend(["></", name.as_str(), ">"]);
        }
        rest = after.get(2..).unwrap_or_default();
    }
    if out.is_empty() {
        return Cow::Borrowed(text);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Divides a page at the elements with which chapters begin. Each piece has the title of its chapter, except for a
/// piece before the first chapter. `chapters` lists, for each chapter, the ID of its first element (`None` for the
/// start of the page) and its title.
pub(super) fn divided<'a>(text: &'a str, chapters: &[(Option<String>, String)]) -> Vec<(Option<String>, &'a str)> {
    let mut starts: Vec<(usize, Option<String>)> = vec![(0, None)];
    for (id, label) in chapters {
        let at = id.as_deref().map_or(Some(0), |id| start_of(text, id));
        // An ID that does not exist counts as the start of the page, so that the title is not lost.
        let at = at.unwrap_or(0);
        match starts.iter_mut().find(|(start, _)| *start == at) {
            Some((_, known)) => *known = known.take().or_else(|| Some(label.clone())),
            None => starts.push((at, Some(label.clone()))),
        }
    }
    starts.sort_by_key(|(start, _)| *start);
    let ends: Vec<usize> = starts.iter().skip(1).map(|(start, _)| *start).chain([text.len()]).collect();
    let pieces = starts.into_iter().zip(ends);
    let mut out: Vec<_> =
        pieces.map(|((start, label), end)| (label, text.get(start..end).unwrap_or_default())).collect();
    // The only chapter of a page may begin with a heading that has an ID.
    if let [(None, _), (Some(_), piece)] = out.as_slice()
        && crate::html::fragment_blocks(text.get(..text.len() - piece.len()).unwrap_or_default()).is_empty()
    {
        out.remove(0);
    }
    out
}

/// Returns the offset of the tag with this ID or name.
fn start_of(text: &str, id: &str) -> Option<usize> {
    let forms = [format!("id=\"{id}\""), format!("id='{id}'"), format!("name=\"{id}\""), format!("name='{id}'")];
    let at = forms.iter().find_map(|form| memmem::find(text.as_bytes(), form.as_bytes()))?;
    text.get(..at)?.rfind('<')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_elements_get_an_end() {
        assert_eq!(expanded("<p>a<a id='x'/>b<br/>c<i />d</p>"), "<p>a<a id='x'></a>b<br/>c<i ></i>d</p>");
        assert_eq!(expanded("<p>a</p>"), "<p>a</p>");
    }

    #[test]
    fn a_page_is_divided_where_its_chapters_begin() {
        let page = "<body><p>x</p><h2 id=\"a\">A</h2><p>y</p><a name='b'></a><p>z</p></body>";
        let chapter = |id: &str| (Some(id.to_owned()), id.to_uppercase());
        let pieces = divided(page, &[chapter("b"), chapter("a"), chapter("none")]);
        let labels: Vec<_> = pieces.iter().map(|(label, _)| label.as_deref().unwrap_or_default()).collect();
        assert_eq!(labels, ["NONE", "A", "B"]);
        assert!(pieces[1].1.starts_with("<h2") && pieces[2].1.starts_with("<a name"));
        assert_eq!(pieces.iter().map(|(_, piece)| *piece).collect::<String>(), page);
    }
}
