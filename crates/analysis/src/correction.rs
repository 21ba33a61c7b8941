//! Manual corrections by the user. A correction refers to words rather than indices, because it must survive a newer
//! analysis and a repeated import of the article.

use super::{Analysis, Entity, EntityKind, Mention, MentionKind, Speaker};
use dateline_core::text::{Span, folded};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Number of code points of context stored on either side of an anchor.
const CONTEXT: usize = 32;

/// Position in a text, identified by the words there and their context.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// Text right before the words.
    pub before: String,
    /// Words at the position.
    pub words: String,
    /// Text right after the words.
    pub after: String,
}

/// Kind of annotation to be corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    /// Annotations of quotations.
    Quotes,
    /// Annotations of entities.
    Entities,
    /// Events on the timeline.
    Events,
}

/// Manual correction of one annotation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Correction {
    /// Assigns a different speaker to a quotation, or removes its speaker.
    Speaker {
        /// Quoted words to be corrected.
        quote: Anchor,
        /// Words that introduce the correct speaker; `None` if the quotation has no speaker.
        speaker: Option<Anchor>,
    },
    /// Merges two entities into one.
    Merge {
        /// Words that introduce the entity that disappears.
        entity: Anchor,
        /// Words that introduce the entity that remains.
        into: Anchor,
    },
    /// Moves a mention, and all other mentions with the same words, to an entity of their own.
    Split {
        /// Mention to be moved.
        mention: Anchor,
    },
    /// Moves an event to a different day.
    Date {
        /// Clause of the event.
        clause: Anchor,
        /// Correct day of the event.
        #[serde(with = "day")]
        day: Date,
    },
    /// Removes a wrong annotation.
    Dismiss {
        /// Kind of the wrong annotation.
        layer: Layer,
        /// Position of the wrong annotation.
        at: Anchor,
    },
}

impl Anchor {
    /// Creates an anchor for the words at `span`.
    #[must_use]
    pub fn of(text: &str, span: Span) -> Self {
        let before = text.get(..span.start).unwrap_or_default();
        let from = before.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(at, _)| at);
        let after = text.get(span.end..).unwrap_or_default();
        Self {
            before: before.get(from..).unwrap_or_default().to_owned(),
            words: span.of(text).to_owned(),
            after: after.chars().take(CONTEXT).collect(),
        }
    }

    /// Finds the anchor in a text that may have changed: the occurrence of the words with the longest matching context.
    /// Returns `None` if the words no longer occur.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<Span> {
        if self.words.is_empty() {
            return None;
        }
        let places = text.match_indices(&self.words).map(|(start, words)| Span::new(start, start + words.len()));
        // Among equally good occurrences, the first wins.
        places
            .map(|span| (self.likeness(text, span), span))
            .reduce(|best, next| if next.0 > best.0 { next } else { best })
            .map(|(_, span)| span)
    }

    /// Counts the matching code points of context around `span`.
    fn likeness(&self, text: &str, span: Span) -> usize {
        let before = text.get(..span.start).unwrap_or_default().chars().rev();
        let after = text.get(span.end..).unwrap_or_default().chars();
        let shared = |pairs: &mut dyn Iterator<Item = (char, char)>| pairs.take_while(|(a, b)| a == b).count();
        shared(&mut before.zip(self.before.chars().rev())) + shared(&mut after.zip(self.after.chars()))
    }
}

/// Applies the corrections to the analysis of `text`, in the order in which they were made. A correction is skipped if
/// its anchor is gone.
pub fn apply(analysis: &mut Analysis, text: &str, corrections: &[Correction]) {
    for correction in corrections {
        // A correction that no longer fits leaves the analysis unchanged.
        let _ = apply_one(analysis, text, correction);
    }
    analysis.corrections = corrections.to_vec();
}

fn apply_one(analysis: &mut Analysis, text: &str, correction: &Correction) -> Option<()> {
    match correction {
        Correction::Speaker { quote, speaker } => set_speaker(analysis, text, quote, speaker.as_ref()),
        Correction::Merge { entity, into } => {
            let part = entity_at(analysis, entity.find(text)?)?;
            let whole = entity_at(analysis, into.find(text)?)?;
            merge(analysis, part, whole)
        }
        Correction::Split { mention } => split(analysis, text, mention.find(text)?),
        Correction::Date { clause, day } => {
            let clause = clause.find(text)?;
            let event = analysis.events.iter_mut().find(|event| event.clause == clause)?;
            event.interval = Some((*day, *day));
            event.granularity = super::Granularity::Day;
            analysis.events.sort_by_key(|event| (event.interval.is_none(), event.interval, event.clause.start));
            Some(())
        }
        Correction::Dismiss { layer, at } => dismiss(analysis, *layer, at.find(text)?),
    }
}

/// Finds the entity introduced at `span`, or else an entity mentioned there.
fn entity_at(analysis: &Analysis, span: Span) -> Option<usize> {
    let introduced = analysis.entities.iter().position(|entity| entity.introduction() == span);
    let mentioned = |entity: &Entity| entity.mentions.iter().any(|mention| mention.span == span);
    introduced.or_else(|| analysis.entities.iter().position(mentioned))
}

fn set_speaker(analysis: &mut Analysis, text: &str, quote: &Anchor, speaker: Option<&Anchor>) -> Option<()> {
    let span = quote.find(text)?;
    let who = match speaker {
        Some(speaker) => Some(entity_at(analysis, speaker.find(text)?)?),
        None => None,
    };
    let entity = who.and_then(|who| analysis.entities.get(who));
    let set = entity.map(|entity| Speaker {
        mention: entity.introduction(),
        name: entity.name.clone(),
        role: entity.role,
        entity: who,
        introduction: entity.introduction(),
    });
    let quote = analysis.quotes.iter_mut().find(|quote| quote.span == span)?;
    quote.speaker = set;
    quote.confidence = 1.0;
    quote.why = "corrected by hand".into();
    Some(())
}

/// Merges entity `part` into entity `whole`.
fn merge(analysis: &mut Analysis, part: usize, whole: usize) -> Option<()> {
    if part == whole {
        return None;
    }
    let removed = analysis.entities.get(part)?.clone();
    let kept = analysis.entities.get_mut(whole)?;
    kept.mentions.extend(removed.mentions);
    kept.mentions.sort_by_key(|mention| mention.span);
    for name in std::iter::once(removed.name).chain(removed.aliases) {
        if name != kept.name && !kept.aliases.contains(&name) {
            kept.aliases.push(name);
        }
    }
    kept.role = kept.role.or(removed.role);
    let (name, introduction) = (kept.name.clone(), kept.canonical);
    for speaker in analysis.quotes.iter_mut().filter_map(|quote| quote.speaker.as_mut()) {
        if speaker.entity == Some(part) {
            *speaker = Speaker { entity: Some(whole), name: name.clone(), introduction, ..speaker.clone() };
        }
    }
    remove_entity(analysis, part, Some(whole));
    Some(())
}

/// Moves the mentions with the words at `span` to an entity of their own.
fn split(analysis: &mut Analysis, text: &str, span: Span) -> Option<()> {
    let owner =
        analysis.entities.iter().position(|entity| entity.mentions.iter().any(|mention| mention.span == span))?;
    let words = folded(span.of(text));
    let entity = analysis.entities.get_mut(owner)?;
    let same = |mention: &Mention| folded(mention.span.of(text)) == words;
    let (own, rest): (Vec<Mention>, Vec<Mention>) = entity.mentions.iter().copied().partition(same);
    // An entity must keep its own name and at least one mention by name.
    let first = own.first()?.span;
    if rest.iter().all(|mention| mention.kind != MentionKind::Name) || words == entity.name {
        return None;
    }
    entity.mentions = rest;
    entity.aliases.retain(|alias| *alias != words);
    let kind: EntityKind = entity.kind;
    let gender = entity.gender;
    let number = analysis.entities.len();
    analysis.entities.push(Entity {
        name: words.clone(),
        canonical: first,
        kind,
        aliases: Vec::new(),
        role: None,
        gender,
        mentions: own.clone(),
        demonym_of: None,
        id: None,
    });
    for speaker in analysis.quotes.iter_mut().filter_map(|quote| quote.speaker.as_mut()) {
        if own.iter().any(|mention| mention.span == speaker.mention) {
            *speaker = Speaker {
                entity: Some(number),
                name: words.clone(),
                introduction: first,
                role: None,
                ..speaker.clone()
            };
        }
    }
    Some(())
}

fn dismiss(analysis: &mut Analysis, layer: Layer, span: Span) -> Option<()> {
    match layer {
        Layer::Quotes => {
            let removed = analysis.quotes.iter().position(|quote| quote.span == span)?;
            analysis.quotes.remove(removed);
            let events = analysis.events.iter_mut().map(|event| &mut event.reported);
            for index in events.chain(analysis.figures.iter_mut().map(|figure| &mut figure.quote)) {
                *index = index.filter(|&quote| quote != removed).map(|quote| quote - usize::from(quote > removed));
            }
        }
        Layer::Entities => {
            let removed = entity_at(analysis, span)?;
            remove_entity(analysis, removed, None);
        }
        Layer::Events => {
            let removed = analysis.events.iter().position(|event| event.clause == span)?;
            analysis.events.remove(removed);
        }
    }
    Some(())
}

/// Removes an entity. References to it are redirected to `replacement`, or cleared if `replacement` is `None`.
fn remove_entity(analysis: &mut Analysis, removed: usize, replacement: Option<usize>) {
    if removed >= analysis.entities.len() {
        return;
    }
    analysis.entities.remove(removed);
    let after = |index: usize| index - usize::from(index > removed);
    let moved = |index: usize| if index == removed { replacement.map(after) } else { Some(after(index)) };
    for speaker in analysis.quotes.iter_mut().filter_map(|quote| quote.speaker.as_mut()) {
        speaker.entity = speaker
            .entity
            .and_then(|entity| if entity == removed { replacement.map(after) } else { Some(after(entity)) });
    }
    for entity in &mut analysis.entities {
        entity.demonym_of = entity.demonym_of.and_then(moved);
    }
    for event in &mut analysis.events {
        let mut entities: Vec<usize> = event.entities.iter().filter_map(|&index| moved(index)).collect();
        entities.sort_unstable();
        entities.dedup();
        event.entities = entities;
    }
}

/// Serialization of a day in ISO 8601.
mod day {
    use jiff::civil::Date;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde calls")]
    pub(super) fn serialize<S: Serializer>(day: &Date, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(day)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Options;
    use crate::testing::ANALYZER;
    use dateline_core::article::Article;

    const STORY: &str = "Mayor Ada Quill opened the bridge on Monday. “It will hold,” Quill said. Her deputy, Tom \
                         Brask, was not so sure. “We shall see,” Brask said. The old bridge fell in 1994.";

    fn analysed(text: &str) -> Analysis {
        ANALYZER.analyze(&Article::verbatim("bridge", text), &Options::default())
    }

    fn entity(analysis: &Analysis, name: &str) -> usize {
        analysis.entities.iter().position(|entity| entity.name.contains(name)).unwrap()
    }

    fn at(text: &str, words: &str) -> Anchor {
        let start = text.find(words).unwrap();
        Anchor::of(text, Span::new(start, start + words.len()))
    }

    #[test]
    fn an_anchor_finds_its_place_again_among_others_of_the_same_words() {
        let second = STORY.rfind("Brask").unwrap();
        let anchor = Anchor::of(STORY, Span::new(second, second + 5));
        let changed = format!("Updated. {STORY}");
        assert_eq!(anchor.find(&changed), Some(Span::new(second + 9, second + 14)));
        assert_eq!(anchor.find("nothing of it"), None);
    }

    #[test]
    fn a_speaker_put_right_is_right_in_the_next_analysis_too() {
        let before = analysed(STORY);
        let brask = Anchor::of(STORY, before.entities[entity(&before, "Brask")].introduction());
        let correction = [Correction::Speaker { quote: at(STORY, "It will hold,"), speaker: Some(brask) }];
        let changed = format!("An earlier version had another date. {STORY}");
        for text in [STORY, changed.as_str()] {
            let mut analysis = analysed(text);
            apply(&mut analysis, text, &correction);
            let speaker = analysis.quotes[0].speaker.clone().unwrap();
            assert!(speaker.name.contains("Brask"), "{speaker:?}");
            assert_eq!(speaker.entity, Some(entity(&analysis, "Brask")));
        }
    }

    #[test]
    fn merged_entities_are_one_and_everything_points_to_it() {
        let mut analysis = analysed(STORY);
        let count = analysis.entities.len();
        let intro = |name: &str| Anchor::of(STORY, analysis.entities[entity(&analysis, name)].introduction());
        let correction = [Correction::Merge { entity: intro("Brask"), into: intro("Quill") }];
        apply(&mut analysis, STORY, &correction);
        assert_eq!(analysis.entities.len(), count - 1);
        let quill = entity(&analysis, "Quill");
        assert!(analysis.quotes.iter().all(|quote| quote.speaker.as_ref().unwrap().entity == Some(quill)));
        assert_eq!(analysis.corrections.len(), 1);
    }

    #[test]
    fn a_split_mention_becomes_an_entity_of_its_own() {
        let mut analysis = analysed(STORY);
        let count = analysis.entities.len();
        let surname = STORY.find("Quill said").unwrap();
        let mention = Anchor::of(STORY, Span::new(surname, surname + 5));
        apply(&mut analysis, STORY, &[Correction::Split { mention }]);
        assert_eq!(analysis.entities.len(), count + 1);
        assert_eq!(analysis.entities.last().unwrap().name, "Quill");
    }

    #[test]
    fn what_is_dismissed_is_gone_and_indices_still_fit() {
        let mut analysis = analysed(STORY);
        let quotes = analysis.quotes.len();
        let all: Vec<Correction> = [(Layer::Quotes, "It will hold,"), (Layer::Entities, "Ada Quill")]
            .map(|(layer, words)| Correction::Dismiss { layer, at: at(STORY, words) })
            .into();
        apply(&mut analysis, STORY, &all);
        assert_eq!(analysis.quotes.len(), quotes - 1);
        let entities = analysis.entities.len();
        assert!(
            analysis.quotes.iter().filter_map(|quote| quote.speaker.as_ref()?.entity).all(|index| index < entities)
        );
        assert!(analysis.events.iter().flat_map(|event| &event.entities).all(|&index| index < entities));
    }

    #[test]
    fn a_figure_keeps_its_quote_when_an_earlier_one_is_dismissed() {
        let text = "“It will hold,” said Ada Quill. “We counted 18 cracks,” said Ben Orr.";
        let mut analysis = analysed(text);
        assert_eq!(analysis.figures[0].quote, Some(1));
        let first = Anchor::of(text, analysis.quotes[0].span);
        apply(&mut analysis, text, &[Correction::Dismiss { layer: Layer::Quotes, at: first }]);
        assert_eq!(analysis.figures[0].quote, Some(0));
        let last = Anchor::of(text, analysis.quotes[0].span);
        apply(&mut analysis, text, &[Correction::Dismiss { layer: Layer::Quotes, at: last }]);
        assert_eq!(analysis.figures[0].quote, None);
    }

    #[test]
    fn corrections_are_written_and_read_back() {
        let day = jiff::civil::date(2024, 5, 13);
        let correction = Correction::Date { clause: at(STORY, "The old bridge fell in 1994"), day };
        let json = serde_json::to_string(&correction).unwrap();
        assert!(json.contains("\"kind\":\"date\"") && json.contains("2024-05-13"), "{json}");
        assert_eq!(serde_json::from_str::<Correction>(&json).unwrap(), correction);
    }
}
