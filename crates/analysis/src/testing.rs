//! Tables and models that the tests of all stages share, because building them takes longer than most tests.

pub(crate) mod kinds;

use crate::name::Model;
use crate::{Analyzer, Resources};
use std::sync::LazyLock;

/// Bundled word lists and tables.
pub(crate) static RESOURCES: LazyLock<Resources> = LazyLock::new(Resources::bundled);
/// Bundled weights of the name recogniser.
pub(crate) static NAMES: LazyLock<Model> = LazyLock::new(Model::bundled);
/// Analyser with all stages.
pub(crate) static ANALYZER: LazyLock<Analyzer> = LazyLock::new(Analyzer::bundled);
