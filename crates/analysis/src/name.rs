//! Named-entity recognition: a structured perceptron labels the tokens, then rule passes correct its mistakes.
//! Coreference is resolved when entities are assembled.

mod agreement;
pub(crate) mod context;
pub(crate) mod decode;
pub(crate) mod feature;
pub(crate) mod label;
pub(crate) mod model;
pub(crate) mod postprocess;
pub(crate) mod word_form;
mod word_sums;

use super::document::Document;
use super::kind::EntityKind;
use super::lexicon::lists;
use super::lexicon::names::Kinds;
use super::lexicon::type_hints::TypeHint;
use dateline_core::text::Span;
use decode::Scores;
use feature::FeatureExtractor;
use label::{Label, NameType, Position};
use model::{Keys, Weights};
use postprocess::Pass;
use std::ops::Range;
use word_form::WordForm;
use word_sums::WordSums;

/// A name found in the text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Name {
    /// Byte span of the name, without titles or a possessive ending.
    pub span: Span,
    /// Token range of the name.
    pub tokens: Range<usize>,
    /// Type of the named entity.
    pub kind: EntityKind,
    /// Confidence of the recogniser in the name, from 0 to 1.
    pub confidence: f32,
}

/// A name recogniser: the perceptron's weights, and the postprocessing passes to skip.
#[derive(Debug, Default)]
pub struct Model {
    weights: Weights,
    skipped: Vec<Pass>,
}

impl Model {
    /// Loads the recogniser with the bundled weights.
    #[must_use]
    pub fn bundled() -> Self {
        Self::read(include_bytes!("../assets/models/names.bin")).unwrap_or_default()
    }

    /// Reads the recogniser's weights from the contents of a weights file. Returns `None` if the file is invalid.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        Weights::read(bytes).map(|weights| Self { weights, skipped: Vec::new() })
    }

    /// Makes the recogniser skip one postprocessing pass, so that the gain of that pass can be measured.
    pub(crate) fn without(mut self, pass: Pass) -> Self {
        self.skipped.push(pass);
        self
    }
}

/// Finds the names in a document, in text order and without overlaps.
#[must_use]
pub(crate) fn find(document: &Document<'_>, model: &Model) -> Vec<Name> {
    let extractor = FeatureExtractor::new(document);
    let mut names = tag(&extractor, model);
    for pass in Pass::ALL.into_iter().filter(|pass| !model.skipped.contains(pass)) {
        pass.apply(&extractor, &mut names);
    }
    names
}

/// Finds the names that the perceptron recognises, before any postprocessing. Mentions of the same name have the same
/// type.
fn tag(extractor: &FeatureExtractor<'_>, model: &Model) -> Vec<Name> {
    let mut names = Vec::new();
    let mut type_scores = Vec::new();
    let mut scores: Vec<Scores> = Vec::new();
    let mut labels = Vec::new();
    let mut keys = Keys::default();
    let mut words = WordSums::new(extractor, &model.weights);
    for line in extractor.sentences() {
        for segment in extractor.segments(&line) {
            scores.clear();
            for index in segment.clone() {
                let mut sums = words.of(&line, index, &mut keys);
                extractor.in_context(&line, &segment, index, |key| keys.push(key));
                for (sum, more) in sums.iter_mut().zip(model.weights.sums(&mut keys)) {
                    *sum = sum.wrapping_add(more);
                }
                scores.push(model.weights.scores(&sums));
            }
            model.weights.transitions.best(&scores, &mut labels);
            let first = names.len();
            collect(extractor, segment.start, &labels, &scores, &mut names);
            for name in names.get(first..).unwrap_or_default() {
                let tokens = name.tokens.start - segment.start..name.tokens.end - segment.start;
                type_scores.push(agreement::type_scores(scores.get(tokens).unwrap_or_default()));
            }
        }
    }
    agreement::apply(extractor, &mut names, &type_scores);
    names
}

/// Converts the labels of a token segment to names.
fn collect(extractor: &FeatureExtractor<'_>, start: usize, labels: &[Label], scores: &[Scores], names: &mut Vec<Name>) {
    let mut begin = 0;
    for (index, label) in labels.iter().enumerate() {
        let Some(kind) = label.kind() else { continue };
        if matches!(label.position(), Position::Begin | Position::Unit) {
            begin = index;
        }
        if matches!(label.position(), Position::Last | Position::Unit) {
            let tokens = start + begin..start + index + 1;
            let sure = labels[begin..=index].iter().zip(&scores[begin..=index]);
            let confidence = sure.map(|(label, scores)| margin(*label, scores)).fold(1.0, f32::min);
            let kind = entity_kind(extractor, kind, &tokens);
            names.push(Name { span: extractor.document.span(tokens.clone()), tokens, kind, confidence });
        }
    }
}

/// Returns the confidence in a label relative to the best other label, from 0 to 1.
fn margin(label: Label, scores: &Scores) -> f32 {
    let own = scores.get(usize::from(label.0)).copied().unwrap_or_default();
    let others = scores.iter().enumerate().filter(|(index, _)| *index != usize::from(label.0));
    let best = others.map(|(_, score)| *score).fold(f32::NEG_INFINITY, f32::max);
    1.0 / (1.0 + (best - own).exp())
}

/// Maps a recogniser type to an entity type. Among miscellaneous names, nationalities and political groups become
/// groups. All other miscellaneous names become [`EntityKind::Other`], and later passes decide which of these are
/// works.
fn entity_kind(extractor: &FeatureExtractor<'_>, kind: NameType, tokens: &Range<usize>) -> EntityKind {
    match kind {
        NameType::Person => EntityKind::Person,
        NameType::Organization => EntityKind::Organization,
        NameType::Location => EntityKind::Place,
        NameType::Miscellaneous => {
            let last = tokens.end.checked_sub(1).and_then(|last| extractor.forms.get(last));
            let people = |form: &WordForm| form.kinds.any(Kinds::DEMONYM) || is_people(extractor, tokens, form);
            let group = last.is_some_and(people);
            if group { EntityKind::Group } else { EntityKind::Other }
        }
    }
}

/// Returns whether a single unlisted word is the adjective of a people according to its ending and its usual type:
/// "Faroese".
fn is_people(extractor: &FeatureExtractor<'_>, tokens: &Range<usize>, form: &WordForm) -> bool {
    let word = extractor.document.word(tokens.start);
    let ending = lists::PEOPLE_ENDINGS.iter().any(|ending| word.ends_with(ending));
    tokens.len() == 1 && form.kinds.is_empty() && ending && Some(form.type_hint) == TypeHint::named("people")
}

#[cfg(test)]
mod tests;
