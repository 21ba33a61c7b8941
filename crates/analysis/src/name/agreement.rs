//! Makes all mentions of a name agree on its type, by the sum of their scores in the document. One clear mention ("the
//! retailer Ted Baker") then decides the unclear ones ("Ted Baker warned").

use super::decode::Scores;
use super::feature::FeatureExtractor;
use super::label::{Label, NameType};
use super::{Name, entity_kind};
use crate::hash::{Map, mix};

/// Scores of one mention of a name for each type of name, in the order of [`NameType::ALL`].
pub(super) type TypeScores = [f32; NameType::ALL.len()];

/// Returns how well each type fits a name, given the label scores of its tokens.
#[must_use]
pub(super) fn type_scores(tokens: &[Scores]) -> TypeScores {
    let score = |kind: NameType| {
        let cells = tokens.iter().enumerate();
        cells.map(|(index, scores)| scores[usize::from(Label::of(kind, index, tokens.len()).0)]).sum()
    };
    NameType::ALL.map(score)
}

/// Gives all mentions of a name the type with the highest sum of scores. `scores` has one row per name.
pub(super) fn apply(extractor: &FeatureExtractor<'_>, names: &mut [Name], scores: &[TypeScores]) {
    let key = |name: &Name| {
        let forms = extractor.forms.get(name.tokens.clone()).unwrap_or_default();
        forms.iter().fold(0, |hash, form| mix(hash, form.folded))
    };
    let mut sums: Map<(TypeScores, usize)> = Map::default();
    for (name, scores) in names.iter().zip(scores) {
        let (sum, count) = sums.entry(key(name)).or_default();
        *count += 1;
        for (sum, score) in sum.iter_mut().zip(scores) {
            *sum += score;
        }
    }
    for name in names {
        let repeated = sums.get(&key(name)).filter(|(_, count)| *count > 1);
        let best = repeated.and_then(|(sum, _)| sum.iter().zip(NameType::ALL).max_by(|a, b| a.0.total_cmp(b.0)));
        if let Some((_, kind)) = best {
            name.kind = entity_kind(extractor, kind, &name.tokens);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Resources;
    use crate::document::Document;
    use crate::kind::EntityKind;
    use crate::name::label::COUNT;
    use dateline_core::article::Article;
    use dateline_core::text::Span;

    #[test]
    fn a_type_has_the_scores_of_its_labels_for_each_token() {
        let mut tokens = [[0.0; COUNT]; 2];
        tokens[0][usize::from(Label::of(NameType::Organization, 0, 2).0)] = 2.0;
        tokens[1][usize::from(Label::of(NameType::Organization, 1, 2).0)] = 3.0;
        tokens[1][usize::from(Label::of(NameType::Person, 0, 1).0)] = 9.0;
        assert!(
            type_scores(&tokens)
                .iter()
                .zip([0.0, 5.0, 0.0, 0.0])
                .all(|(score, expected)| (score - expected).abs() < 1e-6)
        );
    }

    #[test]
    fn clear_mentions_of_a_name_decide_the_others() {
        let (article, resources) = (Article::verbatim("", "Orle rose. Orle fell. Tarn fell."), Resources::bundled());
        let document = Document::new(&article, &resources);
        let name = |start, kind| {
            let span = Span::new(start, start + 4);
            Name { span, tokens: document.tokens_in(span), kind, confidence: 0.5 }
        };
        let mut names = [name(0, EntityKind::Organization), name(11, EntityKind::Person), name(22, EntityKind::Person)];
        let scores = [[0.0, 4.0, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0]];
        apply(&FeatureExtractor::new(&document), &mut names, &scores);
        let kinds = names.map(|name| name.kind);
        assert_eq!(kinds, [EntityKind::Organization, EntityKind::Organization, EntityKind::Person]);
    }
}
