//! Reads annotated text: either one token and its label per line, or running text with names in brackets.

use dateline_analysis::EntityKind;
use dateline_core::text::Span;
use std::error::Error;
use std::fs;

/// A text annotated with names.
#[derive(Debug, Default)]
pub(super) struct Annotated {
    /// Sentences of the text, joined by line breaks.
    pub text: String,
    /// Spans of the sentences or paragraphs in the text.
    pub lines: Vec<Span>,
    /// Spans and types of the names in the text, in order.
    pub names: Vec<(Span, EntityKind)>,
}

/// Reads all documents in a file. A `.tsv` file contains tokens. Any other file contains text with brackets.
pub(super) fn read(path: &str) -> Result<Vec<Annotated>, Box<dyn Error>> {
    let file = fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    let tokens = std::path::Path::new(path).extension().is_some_and(|extension| extension == "tsv");
    Ok(if tokens {
        columns(&file)
    } else if file.contains('{') {
        brackets(&super::template::filled(&file))
    } else {
        brackets(&file)
    })
}

/// Parses lines with a token, a tab and a label. An empty line follows each sentence, and `-DOC-` precedes each
/// document.
fn columns(file: &str) -> Vec<Annotated> {
    let mut documents = vec![Annotated::default()];
    let mut sentence: Vec<(&str, &str)> = Vec::new();
    for line in file.lines().chain([""]) {
        let (token, label) = line.split_once('\t').unwrap_or((line, "O"));
        if token == "-DOC-" || token.trim().is_empty() {
            if let Some(document) = documents.last_mut() {
                document.push_tokens(&super::repair::repaired(&sentence));
            }
            sentence.clear();
            if token == "-DOC-" {
                documents.push(Annotated::default());
            }
        } else {
            sentence.push((token.trim(), label.trim()));
        }
    }
    documents.retain(|document| !document.text.is_empty());
    documents
}

impl Annotated {
    /// Appends a sentence of tokens, spaced like running text.
    fn push_tokens(&mut self, sentence: &[(&str, Option<(EntityKind, bool)>)]) {
        let start = self.text.len();
        let mut glue = true;
        let mut open = false;
        let mut current: Option<(Span, EntityKind)> = None;
        for (token, label) in sentence {
            let token = match *token {
                "``" | "''" => "\"",
                other => other,
            };
            let closes = token == "\"" && open;
            if !(glue || closes || hugs_left(token)) {
                self.text.push(' ');
            }
            let at = self.text.len();
            self.text.push_str(token);
            let span = Span::new(at, self.text.len());
            glue = matches!(token, "(" | "[" | "$" | "£" | "€" | "#" | "@" | "“" | "‘") || (token == "\"" && !open);
            open ^= token == "\"";
            current = match (current, *label) {
                (Some((name, kind)), Some((inside, false))) if kind == inside => Some((name.join(span), kind)),
                (before, next) => {
                    self.names.extend(before);
                    next.map(|(kind, _)| (span, kind))
                }
            };
        }
        self.names.extend(current);
        self.end_line(start);
    }

    fn end_line(&mut self, start: usize) {
        if self.text.len() > start {
            self.lines.push(Span::new(start, self.text.len()));
            self.text.push('\n');
        }
    }
}

/// Returns whether a token is written without a space before it.
fn hugs_left(token: &str) -> bool {
    matches!(token, "." | "," | ";" | ":" | "?" | "!" | ")" | "]" | "%" | "'" | "’" | "”" | "n't" | "...")
        || (token.starts_with(['\'', '’']) && token.len() <= 5 && !token.chars().any(char::is_numeric))
}

/// Parses text with one paragraph per line, in which a name is written as `[ORG Acme Corp]`. An empty line separates
/// documents.
fn brackets(file: &str) -> Vec<Annotated> {
    let mut documents = vec![Annotated::default()];
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        if line.trim().is_empty() {
            documents.push(Annotated::default());
        } else if let Some(document) = documents.last_mut() {
            document.push_brackets(line.trim());
        }
    }
    documents.retain(|document| !document.text.is_empty());
    documents
}

impl Annotated {
    fn push_brackets(&mut self, line: &str) {
        let start = self.text.len();
        let mut rest = line;
        while let Some((before, after)) = rest.split_once('[') {
            self.text.push_str(before);
            let named = after.split_once(']').and_then(|(inside, tail)| {
                let (kind, words) = inside.split_once(' ')?;
                Some((super::repair::type_named(kind)?, words, tail))
            });
            let Some((kind, words, tail)) = named else {
                self.text.push('[');
                rest = after;
                continue;
            };
            let at = self.text.len();
            self.text.push_str(words);
            self.names.push((Span::new(at, self.text.len()), kind));
            rest = tail;
        }
        self.text.push_str(rest);
        self.end_line(start);
    }
}
