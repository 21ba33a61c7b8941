//! Resolves the mention of a speaker to the speaker's entity, fullest name, role and introduction.

use super::subject::{MentionForm, SpeakerMention};
use crate::document::Document;
use crate::entity::{Entity, EntityKind, MentionKind};
use crate::lexicon::names::Kinds;
use crate::pronoun::ResolvedPronoun;
use crate::quote::Speaker;
use crate::quote::evidence::SpeakerEvidence;
use dateline_core::text::{Span, folded};
use std::ops::Range;

/// Index of the entities in a document, used to look up speakers.
pub(crate) struct Resolver<'a> {
    document: &'a Document<'a>,
    entities: &'a [Entity],
    /// Mentions of all entities, in text order. Each has its span, kind and entity index.
    mentions: Vec<(Span, MentionKind, usize)>,
    pronouns: &'a [ResolvedPronoun],
}

impl<'a> Resolver<'a> {
    /// Indexes the mentions of `entities` and the resolved pronouns.
    #[must_use]
    pub(crate) fn new(document: &'a Document<'a>, entities: &'a [Entity], pronouns: &'a [ResolvedPronoun]) -> Self {
        let mut mentions: Vec<(Span, MentionKind, usize)> = entities
            .iter()
            .enumerate()
            .flat_map(|(index, entity)| entity.mentions.iter().map(move |mention| (mention.span, mention.kind, index)))
            .chain(pronouns.iter().map(|pronoun| (pronoun.span, MentionKind::Pronoun, pronoun.entity)))
            .collect();
        mentions.sort_by_key(|(span, _, _)| (span.start, span.end));
        Self { document, entities, mentions, pronouns }
    }

    /// Returns whether `mentioned` refers to an entity, and whether it may refer to another one.
    #[must_use]
    pub(crate) fn evidence(&self, mentioned: &SpeakerMention) -> SpeakerEvidence {
        let named = mentioned.antecedent.clone().unwrap_or_else(|| mentioned.tokens.clone());
        let words = self.document.span(named.clone());
        let first = self.pronouns.partition_point(|pronoun| pronoun.span.start < words.start);
        let pronoun = self.pronouns.get(first).filter(|pronoun| pronoun.span == words);
        SpeakerEvidence {
            resolved: self.find(mentioned.form, named).is_some(),
            rival: pronoun.is_some_and(|pronoun| pronoun.rival),
        }
    }

    /// Returns the speaker to whom `mentioned` refers.
    #[must_use]
    pub(crate) fn speaker(&self, mentioned: &SpeakerMention) -> Speaker {
        let words = self.document.span(mentioned.tokens.clone());
        let named = mentioned.antecedent.clone().unwrap_or_else(|| mentioned.tokens.clone());
        let Some((mention, index)) = self.find(mentioned.form, named.clone()) else {
            let stands_for = self.document.span(named);
            return Speaker {
                mention: words,
                name: folded(stands_for.of(self.document.text)),
                role: None,
                entity: None,
                introduction: stands_for,
            };
        };
        let entity = &self.entities[index];
        let by_name = mentioned.form == MentionForm::Name && entity.kind == EntityKind::Person && words.covers(mention);
        Speaker {
            mention: if by_name { mention } else { words },
            name: entity.name.clone(),
            role: entity.role,
            entity: Some(index),
            introduction: entity.introduction(),
        }
    }

    /// Returns the mention to which the words `tokens` refer, and the index of its entity.
    fn find(&self, form: MentionForm, tokens: Range<usize>) -> Option<(Span, usize)> {
        let words = self.document.span(tokens.clone());
        let first = self.mentions.partition_point(|(span, _, _)| span.end <= words.start);
        let inside =
            self.mentions.get(first..).unwrap_or_default().iter().take_while(|(span, _, _)| span.start < words.end);
        if form == MentionForm::Pronoun {
            return inside
                .filter(|(span, kind, _)| *kind == MentionKind::Pronoun && *span == words)
                .map(|(span, _, index)| (*span, *index))
                .next();
        }
        let head = self.head(tokens);
        let is_person = |index: usize| self.entities.get(index).is_some_and(|entity| entity.kind == EntityKind::Person);
        let (mut at_head, mut at_end) = (None, None);
        // In "Lyle & Ode said", the name of the firm is more than the name of a partner.
        let of_firm = |span: &Span| Span::new(words.start, span.start).of(self.document.text).trim_end().ends_with('&');
        let named = inside.filter(|(span, kind, _)| *kind != MentionKind::Pronoun && !of_firm(span));
        for (span, kind, index) in named {
            if span.covers(head) {
                at_head = at_head.or(Some((*span, *index)));
            }
            // "Ministry of Health spokesman Ana Ode" refers to the person at the end of the words.
            let named = *kind == MentionKind::Name && is_person(*index);
            if named && span.end == words.end && self.is_described(span.start, words.start) {
                at_end = Some((*span, *index));
            }
        }
        at_head.filter(|(_, index)| is_person(*index)).or(at_end).or(at_head)
    }

    /// Returns the head of the words: the last word before "of", "and", "who" or a comma.
    fn head(&self, tokens: Range<usize>) -> Span {
        let stop = tokens
            .clone()
            .find(|index| {
                *index > tokens.start && matches!(self.document.word(*index), "of" | "for" | "and" | "," | "who")
            })
            .unwrap_or(tokens.end);
        self.document.tokens.get(stop.saturating_sub(1)).map(|token| token.span).unwrap_or_default()
    }

    /// Returns whether byte offset `at` follows a role in lower case or an office, such as "Minister for Ports and
    /// Rivers". The words begin at byte offset `start`.
    fn is_described(&self, at: usize, start: usize) -> bool {
        let before = Span::new(start, at).of(self.document.text);
        let Some(last) = before.split_whitespace().next_back() else { return false };
        let office = |word: &str| self.document.resources.names().of(word).any(Kinds::ROLE);
        let linked = matches!(last, "of" | "for" | "to" | "and" | "or" | "with");
        !linked && (last.starts_with(char::is_lowercase) || before.split_whitespace().any(office))
    }
}
