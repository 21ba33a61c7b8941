//! Resolves "he" and "she" to the most salient person named earlier outside quotations. Salience fades with every
//! sentence, following Lappin and Leass (1994). Subjects and speakers weigh more than objects, owners and complements
//! of prepositions. Names inside a quotation cannot be antecedents for pronouns outside it.

use super::entity::{Entity, EntityKind, Gender, Mention, MentionKind};
use super::quote::cue::CueForm;
use super::quote::masked_sentence::MaskedSentences;
use super::quote::phrase::{Link, Phrase, PhraseKind};
use super::quote::sentence_analysis::SentenceAnalysis;
use super::quote::transcript::{self, Turn};
use super::word_class::WordClass;
use crate::lexicon::lists;
use crate::steps::step;
use dateline_core::article::BlockKind;
use dateline_core::text::Span;

/// Weights that a mention adds to the salience of its entity, and factors by which salience fades.
mod weight {
    /// Weight of the subject of a verb.
    pub(super) const SUBJECT: f32 = 3.0;
    /// Bonus for a person just introduced by a full name, who is usually the next to speak.
    pub(super) const INTRODUCED: f32 = 1.5;
    /// Salience below which an entity counts as inactive, because it has not been mentioned for several paragraphs.
    pub(super) const INACTIVE: f32 = 0.02;
    /// Bonus for the subject of a reporting verb.
    pub(super) const SPEAKER: f32 = 1.5;
    /// Weight of the object of a verb or preposition.
    pub(super) const OBJECT: f32 = 1.2;
    /// Weight of an owner, named in the possessive: "Ode's".
    pub(super) const OWNER: f32 = 1.2;
    /// Weight of a mention in an apposition or a coordination.
    pub(super) const ASIDE: f32 = 0.8;
    /// Weight of a mention in the headline.
    pub(super) const HEADLINE: f32 = 0.8;
    /// Factors by which salience fades at the next sentence: in the same paragraph, and in a new paragraph.
    pub(super) const DECAY: f32 = 0.45;
    pub(super) const DECAY_PARAGRAPH: f32 = 0.3;
    /// Bonus for a person whose known gender agrees with the pronoun.
    pub(super) const AGREES: f32 = 0.3;
    /// Factor for a person named inside a quotation if the pronoun is the speaker of that quotation, because few people
    /// refer to themselves by name.
    pub(super) const NAMED_IN_QUOTATION: f32 = 0.25;
    /// Salience that counts as none. It is so small that adding it to the weight of a mention changes no bit of the sum.
    pub(super) const FADED: f32 = 1e-9;
    /// Minimum salience of an antecedent.
    pub(super) const MIN_SALIENCE: f32 = 0.001;
    /// Minimum salience of a rival, as a proportion of the salience of the antecedent.
    pub(super) const RIVAL: f32 = 0.3;
}

/// A third-person pronoun and the entity that it refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ResolvedPronoun {
    /// Byte span of the pronoun.
    pub span: Span,
    /// Index of the entity that the pronoun refers to.
    pub entity: usize,
    /// Gender that the pronoun reveals, or `None` for "it".
    pub gender: Option<Gender>,
    /// Whether another entity fits the pronoun and is nearly as salient.
    pub rival: bool,
}

/// Adds resolved pronouns to the mentions of their entities. A person takes the gender of the last pronoun.
pub(crate) fn add_mentions(entities: &mut [Entity], pronouns: &[ResolvedPronoun]) {
    for pronoun in pronouns {
        let Some(entity) = entities.get_mut(pronoun.entity) else { continue };
        entity.mentions.push(Mention { span: pronoun.span, kind: MentionKind::Pronoun });
        entity.gender = pronoun.gender.unwrap_or(entity.gender);
    }
    for entity in entities {
        entity.mentions.sort_by_key(|mention| (mention.span.start, mention.span.end));
    }
}

/// Resolves the singular third-person pronouns "he" and "she" with their other forms ("him", "her", "his") outside
/// quotations, and "it" as a speaker. Returns the pronouns with an antecedent, in text order.
#[must_use]
pub(crate) fn resolve(
    masked: &MaskedSentences<'_>,
    analyses: &[SentenceAnalysis<'_>],
    entities: &[Entity],
    turns: &[Turn],
) -> Vec<ResolvedPronoun> {
    let spoken = transcript::spoken_blocks(masked, turns);
    let interviewee = turns.iter().find(|turn| turn.answers()).and_then(|turn| turn.speaker.antecedent.clone());
    let mut named: Vec<(Span, usize)> = entities
        .iter()
        .enumerate()
        .flat_map(|(index, entity)| entity.mentions.iter().map(move |mention| (mention.span, index)))
        .collect();
    named.sort_by_key(|(span, _)| (span.start, span.end));
    let named_in_quotations = named_in_quotations(masked, analyses, &named);
    let mut salience = Salience {
        masked,
        entities,
        genders: entities.iter().map(|entity| entity.gender).collect(),
        weights: vec![0.0; entities.len()],
        active: Vec::new(),
        subject: None,
        named_in_quotations,
        found: Vec::new(),
    };
    let interviewee = interviewee.and_then(|tokens| {
        let start = masked.document.span(tokens).start;
        named.iter().find(|(span, _)| span.contains(start)).map(|(_, entity)| *entity)
    });
    let mut next = 0;
    let mut block = None;
    let mut outside: Option<Vec<(usize, f32)>> = None;
    for analysis in analyses {
        // Words said in a turn of a transcript change nothing for the text around the transcript, except that the
        // interviewee has spoken.
        match (spoken.binary_search(&analysis.sentence.block).is_ok(), outside.take()) {
            (true, saved) => outside = Some(saved.unwrap_or_else(|| salience.saved())),
            (false, Some(saved)) => salience.leave_transcript(&saved, interviewee),
            (false, None) => {}
        }
        salience.decay(block == Some(analysis.sentence.block));
        block = Some(analysis.sentence.block);
        salience.subject = None;
        for index in analysis.sentence.tokens.clone() {
            let Some(token) = masked.document.tokens.get(index) else { break };
            while named.get(next).is_some_and(|(span, _)| span.end <= token.span.start) {
                next += 1;
            }
            if masked.quotation_at(index).is_some() {
                continue;
            }
            match named.get(next) {
                Some((span, entity)) if span.start == token.span.start => salience.name(analysis, index, *entity),
                Some((span, _)) if span.contains(token.span.start) => {}
                _ => salience.pronoun(analysis, index),
            }
        }
    }
    salience.found
}

/// Returns the names inside quotations, in text order, as pairs of block index and entity index.
fn named_in_quotations(
    masked: &MaskedSentences<'_>,
    analyses: &[SentenceAnalysis<'_>],
    named: &[(Span, usize)],
) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut next = 0;
    for analysis in analyses {
        for index in analysis.sentence.tokens.clone() {
            let Some(token) = masked.document.tokens.get(index) else { break };
            while named.get(next).is_some_and(|(span, _)| span.start < token.span.start) {
                next += 1;
            }
            let Some((_, entity)) = named.get(next).filter(|(span, _)| span.start == token.span.start) else {
                continue;
            };
            if masked.quotation_at(index).is_some() {
                out.push((analysis.sentence.block, *entity));
            }
        }
    }
    out
}

/// Salience of all entities at one position in the story.
struct Salience<'a> {
    masked: &'a MaskedSentences<'a>,
    entities: &'a [Entity],
    /// Gender of each entity. The gender that a pronoun reveals counts for later pronouns.
    genders: Vec<Gender>,
    /// Salience of each entity, by index.
    weights: Vec<f32>,
    /// Indices of the entities whose salience has not faded, in order. A long story names thousands that have.
    active: Vec<usize>,
    /// Entity that is the most recent subject in the current sentence.
    subject: Option<usize>,
    /// Names inside quotations, as pairs of block index and entity index in text order.
    named_in_quotations: Vec<(usize, usize)>,
    /// Pronouns resolved so far, in text order.
    found: Vec<ResolvedPronoun>,
}

impl Salience<'_> {
    /// Reduces the salience of all entities at the start of a sentence.
    fn decay(&mut self, same_paragraph: bool) {
        let left = if same_paragraph { weight::DECAY } else { weight::DECAY_PARAGRAPH };
        let weights = &mut self.weights;
        self.active.retain(|entity| {
            step();
            let Some(weight) = weights.get_mut(*entity) else { return false };
            *weight *= left;
            if *weight < weight::FADED {
                *weight = 0.0;
            }
            *weight > 0.0
        });
    }

    /// Increases the salience of an entity.
    fn add(&mut self, entity: usize, gained: f32) {
        let Some(weight) = self.weights.get_mut(entity) else { return };
        *weight += gained;
        if let Err(at) = self.active.binary_search(&entity) {
            self.active.insert(at, entity);
        }
    }

    /// Returns the salience of the active entities.
    fn saved(&self) -> Vec<(usize, f32)> {
        self.active.iter().filter_map(|entity| Some((*entity, *self.weights.get(*entity)?))).collect()
    }

    /// Restores the salience from before a transcript. The interviewee counts as the last speaker.
    fn leave_transcript(&mut self, saved: &[(usize, f32)], interviewee: Option<usize>) {
        for entity in std::mem::take(&mut self.active) {
            self.weights[entity] = 0.0;
        }
        for (entity, weight) in saved {
            self.add(*entity, *weight);
        }
        if let Some(entity) = interviewee {
            self.add(entity, weight::SUBJECT + weight::SPEAKER);
        }
    }

    /// Adds the weight of a name at token `index` to the salience of `entity`.
    fn name(&mut self, analysis: &SentenceAnalysis<'_>, index: usize, entity: usize) {
        let gained = self.weigh(analysis, index);
        if gained >= weight::SUBJECT {
            self.subject = Some(entity);
        }
        let front = gained <= weight::HEADLINE;
        let person = self.entities.get(entity).is_some_and(|entity| entity.kind == EntityKind::Person);
        let full = self.masked.class(index + 1) == WordClass::Proper;
        let inactive = self.weights.get(entity).is_some_and(|weight| *weight < weight::INACTIVE);
        let introduced = person && full && !front && inactive;
        self.add(entity, if introduced { gained + weight::INTRODUCED } else { gained });
    }

    /// Returns the weight of a mention at token `index`, which depends on its grammatical function.
    fn weigh(&self, analysis: &SentenceAnalysis<'_>, index: usize) -> f32 {
        let kind = self.masked.document.article.blocks.get(analysis.sentence.block).map(|block| block.kind);
        if kind.is_some_and(BlockKind::is_front) {
            return weight::HEADLINE;
        }
        let phrases = analysis.clauses.phrases.all();
        let at = phrases.partition_point(|phrase| phrase.tokens.end <= index);
        let Some(phrase) = phrases.get(at).filter(|phrase| phrase.tokens.contains(&index)) else {
            return weight::ASIDE;
        };
        let owner = (index..phrase.tokens.end).any(|at| matches!(self.masked.word(at), "'s" | "’s" | "'" | "’"));
        let speaks = analysis
            .cues
            .iter()
            .filter(|cue| cue.form != CueForm::Phrase)
            .filter_map(|cue| cue.speaker.as_ref())
            .any(|speaker| speaker.tokens.contains(&index) && phrase.tokens.start <= speaker.tokens.start);
        // In "One voter, Ada Moss, showed up", the name in apposition refers to the subject.
        let renames_subject = at
            .checked_sub(1)
            .and_then(|before| phrases.get(before))
            .is_some_and(|before| before.kind == PhraseKind::Nominal && before.link == Link::Free && !before.governed);
        match phrase.link {
            _ if owner => weight::OWNER,
            _ if speaks => weight::SUBJECT + weight::SPEAKER,
            _ if self.is_topic(analysis, phrase) => weight::SUBJECT,
            _ if phrase.governed => weight::OBJECT,
            Link::Free => weight::SUBJECT,
            Link::Apposition if renames_subject => weight::SUBJECT,
            Link::Preposition => weight::OBJECT,
            Link::Apposition | Link::Coordination => weight::ASIDE,
        }
    }

    /// Returns whether a phrase opens the sentence and names the person whose view follows: "To Ode, the plan …".
    fn is_topic(&self, analysis: &SentenceAnalysis<'_>, phrase: &Phrase) -> bool {
        let opens = phrase.tokens.start == analysis.sentence.tokens.start + 1;
        opens
            && matches!(self.masked.word(analysis.sentence.tokens.start), "To" | "For")
            && self.masked.word(phrase.tokens.end) == ","
    }

    /// Resolves the word at token `index` if it is a supported pronoun.
    fn pronoun(&mut self, analysis: &SentenceAnalysis<'_>, index: usize) {
        let word = self.masked.word(index);
        let Some(pronoun) = PronounKind::of(word) else { return };
        let speaks =
            analysis.cues.iter().any(|cue| cue.speaker.as_ref().is_some_and(|speaker| speaker.tokens.start == index));
        if pronoun == PronounKind::Thing && !speaks {
            return;
        }
        // In "Ode praised him", the object is a different person from the subject.
        let object = word.eq_ignore_ascii_case("him")
            || word.eq_ignore_ascii_case("her") && self.masked.class(index) == WordClass::Pronoun;
        let excluded = if object { self.subject } else { None };
        let speaking_block = if speaks { Some(analysis.sentence.block) } else { None };
        let Some((entity, rival)) = self.likeliest(pronoun, excluded, speaking_block) else { return };
        let gained = match word.chars().count() {
            2 | 3 if !object && self.masked.class(index) == WordClass::Pronoun => weight::SUBJECT,
            _ => weight::ASIDE,
        };
        self.add(entity, if speaks { gained + weight::SPEAKER } else { gained });
        if gained >= weight::SUBJECT {
            self.subject = Some(entity);
        }
        let span = self.masked.document.span(index..index + 1);
        let gender = match pronoun {
            PronounKind::Person(gender) => Some(gender),
            PronounKind::Thing => None,
        };
        self.genders[entity] = gender.unwrap_or(self.genders[entity]);
        self.found.push(ResolvedPronoun { span, entity, gender, rival });
    }

    /// Returns the most salient entity that fits a pronoun, and whether another one is nearly as salient. If the pronoun
    /// is the speaker of a quotation, `speaking_block` is the block of that quotation.
    fn likeliest(
        &self,
        pronoun: PronounKind,
        excluded: Option<usize>,
        speaking_block: Option<usize>,
    ) -> Option<(usize, bool)> {
        let first =
            speaking_block.map_or(0, |block| self.named_in_quotations.partition_point(|(other, _)| *other < block));
        let others = self.named_in_quotations.get(first..).unwrap_or_default();
        let others = others.iter().take_while(|(block, _)| Some(*block) == speaking_block).map(|(_, entity)| *entity);
        let others: Vec<usize> = others.collect();
        let mut best: Option<(f32, usize)> = None;
        let mut second = 0.0_f32;
        for index in self.active.iter().copied() {
            let Some(entity) = self.entities.get(index) else { continue };
            let weight = self.weights.get(index).copied().unwrap_or_default();
            let own = self.genders.get(index).copied().unwrap_or_default();
            let fits = pronoun.fits(entity.kind, own) && excluded != Some(index);
            if !fits || weight < weight::MIN_SALIENCE {
                continue;
            }
            let known = matches!(pronoun, PronounKind::Person(gender) if own == gender);
            let score = if known { weight + weight::AGREES } else { weight };
            let score = if others.contains(&index) { score * weight::NAMED_IN_QUOTATION } else { score };
            if best.is_none_or(|(highest, _)| score > highest) {
                second = best.map_or(second, |(highest, _)| highest);
                best = Some((score, index));
            } else {
                second = second.max(score);
            }
        }
        best.map(|(highest, index)| (index, second >= highest * weight::RIVAL))
    }
}

/// Type of antecedent that a pronoun requires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PronounKind {
    /// A person of this gender: "he" and "she".
    Person(Gender),
    /// An organisation: "it".
    Thing,
}

impl PronounKind {
    fn of(word: &str) -> Option<Self> {
        if word.len() > "himself".len() {
            return None;
        }
        if lists::MASCULINE_PRONOUNS.contains_any_case(word) {
            Some(Self::Person(Gender::Male))
        } else if lists::FEMININE_PRONOUNS.contains_any_case(word) {
            Some(Self::Person(Gender::Female))
        } else {
            word.eq_ignore_ascii_case("it").then_some(Self::Thing)
        }
    }

    fn fits(self, kind: EntityKind, own: Gender) -> bool {
        match self {
            Self::Person(gender) => kind == EntityKind::Person && (own == gender || own == Gender::Unknown),
            Self::Thing => kind == EntityKind::Organization,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Options;
    use crate::testing::ANALYZER;
    use dateline_core::article::Article;

    #[test]
    fn a_resolved_pronoun_becomes_a_mention_in_order_and_gives_its_gender() {
        let text = "She saw Ruiz. Ruiz left.";
        let analyzer = &*ANALYZER;
        let mut entities = analyzer.analyze(&Article::verbatim("a", text), &Options::default()).entities;
        entities.truncate(1);
        let before = entities[0].mentions.len();
        let pronoun = ResolvedPronoun { span: Span::new(0, 3), entity: 0, gender: Some(Gender::Female), rival: false };
        let nobody = ResolvedPronoun { entity: 7, ..pronoun };
        add_mentions(&mut entities, &[pronoun, nobody]);
        assert_eq!((entities[0].mentions.len(), entities[0].gender), (before + 1, Gender::Female));
        assert_eq!(entities[0].mentions[0], Mention { span: Span::new(0, 3), kind: MentionKind::Pronoun });
    }

    /// Returns the name of the speaker whose quote contains `words`.
    fn speaker(text: &str, words: &str) -> String {
        let analysis = ANALYZER.analyze(&Article::verbatim("a", text), &Options::default());
        let quote = analysis.quotes.into_iter().find(|quote| quote.span.of(text).contains(words));
        quote.and_then(|quote| quote.speaker).map(|speaker| speaker.name).unwrap_or_default()
    }

    #[test]
    fn she_is_the_woman_who_spoke_last() {
        let text = "Mayor Ana Ruiz met James Holt on Monday. “We are close,” Ruiz said.\n\n“It will snow,” she added.";
        assert_eq!(speaker(text, "snow"), "Ana Ruiz");
    }

    #[test]
    fn he_is_nobody_named_only_inside_the_quotation() {
        let text = "James Holt opened the plant. “Peter Lang built all of this,” he said.";
        assert_eq!(speaker(text, "built"), "James Holt");
    }

    #[test]
    fn few_speak_of_themselves_by_name() {
        let text = "To Peter Lang, the plan of James Holt was vain.\n\n“James Holt has no friends here,” he said.";
        assert_eq!(speaker(text, "friends"), "Peter Lang");
    }

    #[test]
    fn the_subject_comes_before_the_addressee() {
        let text = "James Holt told Peter Lang that he would resign. “I am tired,” he said.";
        assert_eq!(speaker(text, "tired"), "James Holt");
    }
}
