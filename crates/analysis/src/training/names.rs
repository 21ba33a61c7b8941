//! Interface for training and evaluating the name recogniser: examples, decoding, the weights file, and the names
//! found.

pub use crate::name::Model;
pub use crate::name::decode::Transitions;
pub use crate::name::label::{COUNT as LABEL_COUNT, Label};

use super::{Document, Row};
use crate::name::feature::FeatureExtractor;
use crate::name::label::{NameType, Position};
use crate::name::model::Weights;
use crate::name::{Name, find};
use crate::{EntityKind, MentionKind, entity};
use dateline_core::text::Span;

/// Sequence of tokens that can contain names, with the correct labels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Example {
    /// Feature keys of each token.
    pub features: Vec<Vec<u32>>,
    /// Correct label of each token.
    pub labels: Vec<Label>,
}

/// Returns the training examples of a document whose names are annotated in `names`.
#[must_use]
pub fn examples(document: &Document<'_>, names: &[(Span, EntityKind)]) -> Vec<Example> {
    let extractor = FeatureExtractor::new(document);
    let labels = labels(document, names);
    let mut examples = Vec::new();
    for line in extractor.sentences() {
        for segment in extractor.segments(&line) {
            let mut example = Example::default();
            for index in segment.clone() {
                let mut features = Vec::with_capacity(96);
                extractor.features(&line, &segment, index, |key| features.push(key));
                example.features.push(features);
            }
            example.labels = legal(labels.get(segment).unwrap_or_default());
            examples.push(example);
        }
    }
    examples
}

/// Returns the correct label of each token.
fn labels(document: &Document<'_>, names: &[(Span, EntityKind)]) -> Vec<Label> {
    let mut labels = vec![Label::OUTSIDE; document.tokens.len()];
    for (span, kind) in names {
        let start = document.tokens.partition_point(|token| token.span.end <= span.start);
        let end = document.tokens.partition_point(|token| token.span.start < span.end);
        for (index, label) in labels.iter_mut().enumerate().take(end).skip(start) {
            *label = Label::of(name_type(*kind), index - start, end - start);
        }
    }
    labels
}

fn name_type(kind: EntityKind) -> NameType {
    match kind {
        EntityKind::Person => NameType::Person,
        EntityKind::Organization => NameType::Organization,
        EntityKind::Place => NameType::Location,
        EntityKind::Group | EntityKind::Work | EntityKind::Other => NameType::Miscellaneous,
    }
}

/// Repairs label sequences that begin or end inside a name. The remaining part becomes a whole name.
fn legal(labels: &[Label]) -> Vec<Label> {
    let mut out = Vec::with_capacity(labels.len());
    let mut rest = labels;
    while let Some((label, after)) = rest.split_first() {
        rest = after;
        let Some(kind) = label.kind() else {
            out.push(Label::OUTSIDE);
            continue;
        };
        let continues = |label: &&Label| {
            label.kind() == Some(kind) && matches!(label.position(), Position::Inside | Position::Last)
        };
        let more = after.iter().take_while(continues).count();
        out.extend((0..=more).map(|at| Label::of(kind, at, more + 1)));
        rest = after.get(more..).unwrap_or_default();
    }
    out
}

/// Serializes weights to the file format that [`Model::read`] reads.
#[must_use]
pub fn write(scale: f32, transitions: &Transitions, features: &[Row]) -> Vec<u8> {
    Weights::write(scale, transitions, features)
}

/// Returns the names of a document with their types, in order.
#[must_use]
pub fn names(document: &Document<'_>, model: &Model) -> Vec<(Span, EntityKind)> {
    find(document, model).into_iter().map(|name| (name.span, name.kind)).collect()
}

/// Returns the mentions of each entity, given the names of the document. `names` must be ordered by start.
#[must_use]
pub fn clusters(document: &Document<'_>, names: &[(Span, EntityKind)]) -> Vec<Vec<Span>> {
    let name =
        |&(span, kind): &(Span, EntityKind)| Name { span, tokens: document.tokens_in(span), kind, confidence: 1.0 };
    let names: Vec<Name> = names.iter().map(name).collect();
    let entities = entity::find(document, &names, &[]);
    let named =
        entities.iter().map(|entity| entity.mentions.iter().filter(|mention| mention.kind == MentionKind::Name));
    named.map(|mentions| mentions.map(|mention| mention.span).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Resources;
    use dateline_core::article::Article;

    #[test]
    fn a_cut_name_becomes_a_whole_one() {
        let of = |index, length| Label::of(NameType::Person, index, length);
        assert_eq!(legal(&[of(1, 3), of(2, 3), Label::OUTSIDE]), [of(0, 2), of(1, 2), Label::OUTSIDE]);
        assert_eq!(legal(&[of(0, 3)]), [of(0, 1)]);
    }

    #[test]
    fn an_example_has_features_and_a_label_for_each_token() {
        let (article, resources) = (Article::verbatim("", "Then Agnes Holloway left."), Resources::bundled());
        let document = Document::new(&article, &resources);
        let examples = examples(&document, &[(Span::new(5, 19), EntityKind::Person)]);
        let labels: Vec<Label> = examples.iter().flat_map(|example| example.labels.clone()).collect();
        let person = |index| Label::of(NameType::Person, index, 2);
        assert!(labels.windows(2).any(|pair| pair == [person(0), person(1)]));
        assert!(examples.iter().all(|example| example.features.len() == example.labels.len()));
        assert!(examples.iter().flat_map(|example| &example.features).all(|features| !features.is_empty()));
    }

    #[test]
    fn mentions_of_one_person_are_one_cluster() {
        let text = "Agnes Holloway spoke. Holloway left. Rufus Pell stayed.";
        let (article, resources) = (Article::verbatim("", text), Resources::bundled());
        let spans = [Span::new(0, 14), Span::new(22, 30), Span::new(37, 47)];
        let names = spans.map(|span| (span, EntityKind::Person));
        let clusters = clusters(&Document::new(&article, &resources), &names);
        assert_eq!(clusters, [vec![spans[0], spans[1]], vec![spans[2]]]);
    }
}
