//! Values of registers as JSON. What comes from a file is bounded and cleaned here before it reaches the library, and
//! what is read from the library passes through the same functions, so that equal values have equal strings.

use super::kind::Kind;
use super::register::NOTHING;
use crate::anchor::Anchor;
use crate::identity::sha256;
use crate::state::tag_name;
use crate::{Error, Result};
use dateline_core::text::{Span, clean, fold, folded};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Maximum length of words written by the user or highlighted, in bytes.
const MAX_WORDS: usize = 1 << 20;

/// Maximum length of a name, a colour or the context of a highlight, in bytes.
const MAX_NAME: usize = 1_000;

/// Maximum number of views in an order of views.
const MAX_VIEWS: usize = 10_000;

/// Kinds of names in the library.
const NAME_KINDS: &[&str] = &["person", "organization", "place", "group", "work", "other", "speaker"];

/// A highlight, as it travels.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Mark {
    #[serde(flatten)]
    pub anchor: Passage,
    pub colour: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Seconds since 1970.
    pub created: i64,
}

/// A passage of a text, as it travels.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Passage {
    /// Byte offset at which the passage was found in the text of the machine that wrote this.
    pub start: usize,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub exact: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prefix: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub suffix: String,
}

impl Passage {
    pub(super) fn of(anchor: &Anchor) -> Self {
        let start = anchor.span.map_or(0, |span| span.start);
        let [exact, prefix, suffix] = [&anchor.exact, &anchor.prefix, &anchor.suffix].map(|words| printable(words));
        Self { start, exact, prefix, suffix }
    }

    /// Returns the anchor of the passage in a text, which may differ from the one of the machine that wrote it.
    pub(super) fn anchor(self, text: &str) -> Anchor {
        let end = self.start.saturating_add(self.exact.len());
        let fits = text.get(self.start..end) == Some(self.exact.as_str())
            && text.get(..self.start).is_some_and(|before| before.ends_with(&self.prefix))
            && text.get(end..).is_some_and(|after| after.starts_with(&self.suffix));
        let span = Some(Span { start: self.start, end });
        let mut anchor = Anchor { span, exact: self.exact, prefix: self.prefix, suffix: self.suffix };
        if !fits {
            anchor.attach(text);
        }
        anchor
    }

    /// Returns whether two passages have the same words in the same context, wherever they are.
    pub(super) fn is(&self, other: &Self) -> bool {
        (&self.exact, &self.prefix, &self.suffix) == (&other.exact, &other.prefix, &other.suffix)
    }

    fn checked(self) -> Result<Self> {
        let Self { start, exact, prefix, suffix } = self;
        let [prefix, suffix] = [prefix, suffix].map(|words| bounded(&words, MAX_NAME).map(printable));
        Ok(Self { start, exact: printable(bounded(&exact, MAX_WORDS)?), prefix: prefix?, suffix: suffix? })
    }
}

/// A correction, as the library stores it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Corrected {
    pub payload: String,
}

/// Name of a person, an organisation or a place, with its kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Named {
    pub kind: String,
    pub name: String,
}

impl Named {
    /// Returns the key of a name: the kind and the folded name.
    pub(super) fn key(&self) -> String {
        format!("{}\t{}", self.kind, self.folded())
    }

    pub(super) fn folded(&self) -> String {
        fold(&folded(&self.name))
    }

    fn checked(self) -> Result<Self> {
        let name = line(&self.name)?;
        if !NAME_KINDS.contains(&self.kind.as_str()) || fold(&folded(&name)).is_empty() {
            return Err(refused("an unknown kind of name"));
        }
        Ok(Self { kind: self.kind, name })
    }
}

/// The name that a name was merged into, if any.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Merged {
    pub name: Named,
    pub into: Option<Named>,
}

/// Two names, and whether they are kept apart.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Separation {
    pub name: Named,
    pub other: Named,
    #[serde(rename = "apart")]
    pub is_apart: bool,
}

impl Separation {
    pub(super) fn key(&self) -> String {
        format!("{}\t{}", self.name.key(), self.other.key())
    }
}

/// A saved view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SavedView {
    pub name: String,
    pub query: String,
}

/// Returns the key of a saved view: the name, without the case of its ASCII letters.
pub(super) fn view_key(name: &str) -> String {
    name.to_ascii_lowercase()
}

/// Writes a value as JSON.
pub(super) fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|_| Error::Packed("change"))
}

/// Reads a value that is already checked. Returns `None` for no value.
pub(super) fn parse<'a, T: Deserialize<'a>>(value: &'a str) -> Option<T> {
    serde_json::from_str::<Option<T>>(value).ok().flatten()
}

/// Returns the start of the SHA-256 of words, in hexadecimal.
pub(super) fn digest(words: &str) -> String {
    sha256(words.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// Cleans and bounds words that a user wrote on several lines.
pub(super) fn note(words: &str) -> Result<String> {
    // A tab is a control character that `clean` replaces, but a note may be a table.
    let line = |line: &str| line.split('\t').map(|cell| clean(cell).to_string()).collect::<Vec<_>>().join("\t");
    Ok(bounded(words, MAX_WORDS)?.lines().map(line).collect::<Vec<_>>().join("\n"))
}

/// Checks a value of a kind, and returns the key and the value as the library keeps them.
///
/// # Errors
/// Returns `Refused` with the reason if the library has no such key or value.
pub(super) fn checked(kind: Kind, key: &str, value: &Value) -> Result<(String, String)> {
    let own = |value: Result<String>| Ok((key.to_owned(), value?));
    let keyless = |value: Result<String>| if key.is_empty() { own(value) } else { Err(refused("an unexpected key")) };
    match kind {
        Kind::Read | Kind::Star | Kind::Archive | Kind::Bin => keyless(json(&typed::<bool>(value)?)),
        Kind::Tag if tag_name(key)? == key => own(json(&typed::<bool>(value)?)),
        Kind::Note => keyless(match typed::<Option<String>>(value)? {
            Some(words) => json(&note(&words)?),
            None => Ok(NOTHING.to_owned()),
        }),
        Kind::Position => {
            let passage: Passage = typed(value)?;
            keyless(json(&passage.checked()?))
        }
        Kind::Highlight if is_digest(key) => own(match typed::<Option<Mark>>(value)? {
            Some(mark) => json(&mark_checked(mark)?),
            None => Ok(NOTHING.to_owned()),
        }),
        Kind::Correction if is_digest(key) => own(match typed::<Option<Corrected>>(value)? {
            Some(corrected) => {
                let known: Value = serde_json::from_str(bounded(&corrected.payload, MAX_WORDS)?)
                    .map_err(|error| Error::Refused(error.to_string()))?;
                if !known["kind"].is_string() {
                    return Err(refused("a correction without a kind"));
                }
                json(&corrected)
            }
            None => Ok(NOTHING.to_owned()),
        }),
        Kind::Happening => keyless(json(&typed::<Option<bool>>(value)?)),
        Kind::Story => keyless(json(&true)),
        Kind::Name => {
            let Merged { name, into } = typed(value)?;
            let merged = Merged { name: name.checked()?, into: into.map(Named::checked).transpose()? };
            Ok((merged.name.key(), json(&merged)?))
        }
        Kind::Apart => {
            let Separation { name, other, is_apart } = typed(value)?;
            let apart = Separation { name: name.checked()?, other: other.checked()?, is_apart };
            Ok((apart.key(), json(&apart)?))
        }
        Kind::View => match typed::<Option<SavedView>>(value)? {
            Some(view) => {
                let view = SavedView { name: line(&view.name)?, query: line(&view.query)? };
                Ok((view_key(&view.name), json(&view)?))
            }
            None => Ok((view_key(&line(key)?), NOTHING.to_owned())),
        },
        Kind::Views => {
            let names: Vec<String> = typed(value)?;
            if names.len() > MAX_VIEWS {
                return Err(refused("too many views"));
            }
            let names: Vec<String> = names.iter().map(|name| line(name)).collect::<Result<_>>()?;
            keyless(json(&names))
        }
        Kind::Tag | Kind::Highlight | Kind::Correction => Err(refused("an invalid key")),
    }
}

fn mark_checked(mark: Mark) -> Result<Mark> {
    let colour = line(&mark.colour)?;
    Ok(Mark { anchor: mark.anchor.checked()?, colour, note: note(&mark.note)?, created: mark.created.max(0) })
}

fn typed<T: for<'a> Deserialize<'a>>(value: &Value) -> Result<T> {
    T::deserialize(value).map_err(|error| Error::Refused(error.to_string()))
}

/// Cleans and bounds words on one line.
fn line(words: &str) -> Result<String> {
    let words = clean(bounded(words, MAX_NAME)?).to_string();
    if words.trim().is_empty() { Err(refused("an empty name")) } else { Ok(words) }
}

/// Cleans and bounds the name of a machine, for messages.
pub(super) fn machine_name(words: &str) -> String {
    let name: String = clean(words).to_string().chars().take(60).collect();
    if name.trim().is_empty() { "another machine".to_owned() } else { name }
}

/// Removes control characters, which no stored text contains, apart from line breaks and tabs.
fn printable(words: &str) -> String {
    words.chars().filter(|letter| !letter.is_control() || matches!(letter, '\n' | '\t')).collect()
}

fn bounded(words: &str, most: usize) -> Result<&str> {
    if words.len() > most { Err(refused("words that are too long")) } else { Ok(words) }
}

fn is_digest(key: &str) -> bool {
    (1..=40).contains(&key.len()) && key.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b'.'))
}

fn refused(reason: &str) -> Error {
    Error::Refused(reason.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_are_cleaned_and_cleaned_ones_stay() {
        let (_, once) = checked(Kind::Note, "", &json!("Ask\u{1b}[2J her.\r\nTwice.\u{202e}")).unwrap();
        assert!(!once.contains("\\u001b") && !once.contains('\u{202e}'), "{once}");
        assert_eq!(checked(Kind::Note, "", &serde_json::from_str(&once).unwrap()).unwrap().1, once);
        let highlight = json!({"start": 3, "exact": "a\u{0}b", "colour": "yellow", "note": "\u{7}", "created": 5});
        let (_, mark) = checked(Kind::Highlight, "0a.1", &highlight).unwrap();
        assert!(mark.contains("\"exact\":\"ab\"") && !mark.contains("u0007"), "{mark}");
    }

    #[test]
    fn what_no_command_could_have_written_is_refused() {
        let named = |kind: &str| json!({"name": {"kind": kind, "name": "Mara Odell"}, "into": null});
        for (kind, key, value) in [
            (Kind::Read, "", json!("yes")),
            (Kind::Read, "key", json!(true)),
            (Kind::Tag, "a,b", json!(true)),
            (Kind::Tag, " sea", json!(true)),
            (Kind::Note, "", json!("x".repeat(MAX_WORDS + 1))),
            (Kind::Highlight, "not a digest", json!(null)),
            (Kind::Highlight, "0a", json!({"start": -1, "colour": "yellow", "created": 0})),
            (Kind::Correction, "0a", json!({"payload": "no JSON"})),
            (Kind::Name, "", named("deity")),
            (Kind::View, "", json!({"name": " ", "query": "a"})),
            (Kind::View, "", json!({"name": "n".repeat(MAX_NAME + 1), "query": "a"})),
        ] {
            assert!(checked(kind, key, &value).is_err(), "{kind:?} {key} {value}");
        }
        assert!(checked(Kind::Name, "", &named("person")).is_ok());
    }
}
