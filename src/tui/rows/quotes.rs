//! Rows of the quotes panel: who said it, the words, how sure and why.

use super::{Line, said, wrapped};
use crate::analysis::{Quote, QuoteKind};
use crate::article::Article;
use crate::tui::findings::{Findings, sign};
use crate::tui::mark::Tint;
use crate::tui::theme::Role;

/// Below this the reader is told that a quote is not sure.
const SURE: f32 = 0.6;

/// Speaker, then words.
pub fn brief(article: &Article, findings: &Findings, index: usize) -> Vec<Line> {
    let Some(quote) = findings.analysis.quotes.get(index) else { return Vec::new() };
    vec![
        head(findings, quote, index),
        Line { left: vec![(format!("   {}", words(article, quote)), Tint::Role(Role::Text))], right: None },
    ]
}

/// The words, where the speaker stands above them.
pub fn words_alone(article: &Article, findings: &Findings, index: usize) -> Vec<Line> {
    let Some(quote) = findings.analysis.quotes.get(index) else { return Vec::new() };
    let text = format!("   {}", words(article, quote));
    // The quotation marks tell how they are told; a sign tells that it is not sure.
    let unsure = (quote.confidence < SURE).then(|| ("?".to_owned(), Tint::Role(Role::Unsure)));
    vec![Line { left: vec![(text, Tint::Role(Role::Text))], right: unsure }]
}

/// The speaker above all that they said, with the mark and colour.
pub fn heading(findings: &Findings, index: usize) -> Option<Line> {
    let quote = findings.analysis.quotes.get(index)?;
    Some(Line { left: name(findings, quote, index), right: None })
}

/// Speaker, role, all the words, why.
pub fn detail(article: &Article, findings: &Findings, index: usize, width: usize) -> Vec<Line> {
    let Some(quote) = findings.analysis.quotes.get(index) else { return Vec::new() };
    let mut out = vec![head(findings, quote, index)];
    let role = quote.speaker.as_ref().and_then(|speaker| speaker.role);
    if let Some(role) = role {
        out.extend(wrapped(&said(article, role), 3, width, Tint::Role(Role::Dim)));
    }
    out.extend(wrapped(&words(article, quote), 3, width, Tint::Role(Role::Text)));
    out.extend(wrapped(&reason(article, quote), 3, width, Tint::Role(Role::Dim)));
    out
}

/// The speaker with the mark and colour, and how the words are reported.
fn head(findings: &Findings, quote: &Quote, index: usize) -> Line {
    Line { left: name(findings, quote, index), right: Some(manner(quote)) }
}

/// The speaker's mark and name.
fn name(findings: &Findings, quote: &Quote, index: usize) -> Vec<(String, Tint)> {
    let voice = findings.voice(index);
    let tint = voice.map_or(Tint::Role(Role::Unsure), Tint::Speaker);
    let mark = voice.map_or('?', sign);
    let name = quote.speaker.as_ref().map_or("nobody named", |speaker| speaker.name.as_str());
    vec![(format!(" {mark} "), tint), (name.to_owned(), tint)]
}

/// How the words are told, and whether that is sure.
fn manner(quote: &Quote) -> (String, Tint) {
    let sure = quote.confidence >= SURE;
    let how = match quote.kind {
        QuoteKind::Direct => "",
        QuoteKind::Mixed => "in part",
        QuoteKind::Indirect => "reported",
    };
    let right = if sure { how.to_owned() } else { format!("{how} ?").trim_start().to_owned() };
    (right, Tint::Role(if sure { Role::Dim } else { Role::Unsure }))
}

/// The words, in quotation marks if they stand in such.
fn words(article: &Article, quote: &Quote) -> String {
    let words = said(article, quote.span);
    if quote.kind == QuoteKind::Indirect { words } else { format!("“{words}”") }
}

/// What reports the words, and the rule that named the speaker.
fn reason(article: &Article, quote: &Quote) -> String {
    let mention = quote.speaker.as_ref().map(|speaker| said(article, speaker.mention));
    let cue = quote.cue.map(|cue| said(article, cue));
    let mut parts: Vec<String> = Vec::new();
    match (mention, cue) {
        (Some(mention), Some(cue)) => parts.push(format!("“{mention}” · “{cue}”")),
        (Some(words), None) | (None, Some(words)) => parts.push(format!("“{words}”")),
        (None, None) => {}
    }
    if !quote.why.is_empty() {
        parts.push(quote.why.to_string());
    }
    parts.push(format!("{:.0}% sure", quote.confidence * 100.0));
    parts.join(" · ")
}
