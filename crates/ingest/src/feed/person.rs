//! Parses authors of feed items, written as `name (email)`, `email (name)` or an Atom person element.

use crate::xml::Element;
use dateline_core::text::folded;

/// Returns the name in a person element, from its `name` element or its own text.
pub(super) fn of_element(element: Element<'_, '_>) -> Option<String> {
    let named = element.inner("name").map(|name| name.text());
    let text = match named {
        Some(name) => name,
        None if element.has_elements() => return None,
        None => element.text(),
    };
    of_text(&text)
}

/// Returns the name in a text that may also contain an email address. Returns the address if there is no name.
pub(super) fn of_text(text: &str) -> Option<String> {
    let text = folded(text);
    let is_address = |word: &str| word.contains('@') && !word.contains(' ');
    if let Some((before, rest)) = text.split_once('(') {
        let inside = rest.trim_end_matches(')').trim();
        if is_address(before.trim()) && !inside.is_empty() {
            return Some(inside.to_owned());
        }
        if is_address(inside) && !before.trim().is_empty() {
            return Some(before.trim().to_owned());
        }
    }
    let words: Vec<&str> = text.split(' ').filter(|word| !is_address(word)).collect();
    let name = words.join(" ");
    let name = name.trim_matches(['"', ' ', ',', '<', '>']);
    match (name.is_empty(), text.is_empty()) {
        (false, _) => Some(name.to_owned()),
        (true, false) => Some(text.trim_matches(['<', '>']).to_owned()),
        (true, true) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_distinguished_from_mail_addresses() {
        for text in
            ["ana@post.example (Ana Ruiz)", "Ana Ruiz (ana@post.example)", "Ana Ruiz <ana@post.example>", " Ana  Ruiz "]
        {
            assert_eq!(of_text(text).as_deref(), Some("Ana Ruiz"), "{text}");
        }
        assert_eq!(of_text("ana@post.example").as_deref(), Some("ana@post.example"));
        assert_eq!(of_text(" "), None);
    }
}
