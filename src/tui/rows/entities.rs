//! Rows of the entities panel: the name, what it is, how often it is named.

use super::{Line, said, wrapped};
use crate::analysis::{Entity, EntityKind, MentionKind};
use crate::article::Article;
use crate::text::Span;
use crate::tui::findings::Findings;
use crate::tui::mark::Tint;
use crate::tui::theme::Role;

/// The name with its first role, type and count.
pub fn brief(article: &Article, findings: &Findings, index: usize) -> Vec<Line> {
    let Some(entity) = findings.analysis.entities.get(index) else { return Vec::new() };
    let mut line = head(entity);
    if let Some(role) = entity.role {
        line.left.push((format!(" · {}", said(article, role)), Tint::Role(Role::Dim)));
    }
    vec![line]
}

/// The name, its role, its other names, how it is spoken of, what it said.
pub fn detail(article: &Article, findings: &Findings, index: usize, width: usize) -> Vec<Line> {
    let Some(entity) = findings.analysis.entities.get(index) else { return Vec::new() };
    let mut out = vec![head(entity)];
    let mut tell = |text: &str| out.extend(wrapped(text, 3, width, Tint::Role(Role::Dim)));
    if let Some(role) = entity.role {
        tell(&said(article, role));
    }
    if !entity.aliases.is_empty() {
        tell(&format!("also {}", entity.aliases.join(", ")));
    }
    tell(&mentions(article, entity));
    let speaks =
        |quote: &&crate::analysis::Quote| quote.speaker.as_ref().is_some_and(|speaker| speaker.entity == Some(index));
    let quotes = findings.analysis.quotes.iter().filter(speaks).count();
    if quotes > 0 {
        tell(&format!("quoted {}", times(quotes)));
    }
    out
}

/// Sign, name, type and how often it is named.
pub fn head(entity: &Entity) -> Line {
    Line {
        left: vec![
            (format!(" {} ", symbol(entity.kind)), Tint::Role(Role::Dim)),
            (entity.name.clone(), Tint::Role(Role::Text)),
        ],
        right: Some((format!("{} {}", label(entity.kind), entity.named()), Tint::Role(Role::Dim))),
    }
}

/// The type in the fewest letters that are still a word.
const fn label(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Organization => "org",
        other => other.name(),
    }
}

/// The heading over entities of a type.
pub const fn plural(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "People",
        EntityKind::Organization => "Organisations",
        EntityKind::Place => "Places",
        EntityKind::Group => "Peoples, faiths and parties",
        EntityKind::Work => "Works",
        EntityKind::Other => "Other names",
    }
}

/// A sign for the type that needs no special font.
const fn symbol(kind: EntityKind) -> char {
    match kind {
        EntityKind::Person => '@',
        EntityKind::Organization => '#',
        EntityKind::Place => '^',
        EntityKind::Group => '&',
        EntityKind::Work => '"',
        EntityKind::Other => '*',
    }
}

/// How often by name, by description, by pronoun.
pub fn mentions(article: &Article, entity: &Entity) -> String {
    let mut parts = vec![format!("named {}", times(entity.named()))];
    let mut others: Vec<String> = Vec::new();
    for mention in entity.mentions.iter().filter(|mention| mention.kind != MentionKind::Name) {
        let words = quoted(article, mention.span);
        if !others.contains(&words) && others.len() < 4 {
            others.push(words);
        }
    }
    if !others.is_empty() {
        parts.push(others.join(", "));
    }
    parts.join(" · ")
}

fn quoted(article: &Article, span: Span) -> String {
    format!("“{}”", said(article, span).to_lowercase())
}

fn times(count: usize) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        count => format!("{count} times"),
    }
}
