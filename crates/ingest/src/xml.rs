//! Parses XML as it occurs in practice: truncated, badly nested, with bare `&`, upper-case tags, undeclared prefixes,
//! or a server warning before the root. The document type is skipped, and entities declared there are never resolved.
//! Independent of any format.

mod element;
mod namespace;
mod reference;
mod token;
mod tree;

pub(crate) use element::Element;
pub(crate) use namespace::Namespace;
pub(crate) use reference::decoded;
pub(crate) use tree::{Dialect, Tree};

/// Finds an entity declared in the document that would be dangerous to resolve.
///
/// Returns a description of the danger: external, made of other entities, or too long.
#[must_use]
pub(crate) fn dangerous_entity(source: &str) -> Option<&'static str> {
    let doctype = memchr::memmem::find(source.as_bytes(), b"<!DOCTYPE")?;
    let rest = source.get(doctype..)?;
    let mut at = 0;
    while let Some(found) = memchr::memmem::find(rest.as_bytes().get(at..)?, b"<!ENTITY") {
        let declaration = rest.get(at + found + 8..)?;
        at += found + 8;
        let end = declaration.find('>').unwrap_or(declaration.len());
        let words = declaration.get(..end).unwrap_or_default().trim_start();
        // Parameter entities have a meaning only inside the document type, which is skipped.
        if words.starts_with('%') {
            continue;
        }
        let mut words = words.splitn(2, char::is_whitespace);
        let value = words.nth(1).unwrap_or_default().trim();
        if value.starts_with("SYSTEM") || value.starts_with("PUBLIC") {
            return Some("an entity from outside");
        }
        if value.contains('&') && !value.contains("&#") {
            return Some("an entity made of others");
        }
        if value.len() > MAX_ENTITY_LENGTH {
            return Some("a long entity");
        }
    }
    None
}

/// Maximum length of an entity's replacement text, in bytes. Longer ones could be used for expansion attacks.
const MAX_ENTITY_LENGTH: usize = 256;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_that_could_swell_or_reach_out_are_found() {
        let doctype = |inside: &str| format!("<?xml version='1.0'?><!DOCTYPE r [{inside}]><r/>");
        assert!(dangerous_entity(&doctype("<!ENTITY a 'b'>")).is_none());
        assert!(dangerous_entity(&doctype("<!ENTITY % p SYSTEM 'x.dtd'>")).is_none());
        assert!(dangerous_entity(&doctype("<!ENTITY a '&b;&b;'>")).is_some());
        assert!(dangerous_entity(&doctype("<!ENTITY a SYSTEM 'file:///x'>")).is_some());
    }
}
