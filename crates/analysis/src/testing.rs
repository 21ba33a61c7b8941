//! Tables and models that the tests of all stages share, because building them costs more than most tests.

use crate::name::Model;
use crate::{Analyzer, Resources};
use std::sync::LazyLock;

/// The bundled word lists.
pub(crate) static RESOURCES: LazyLock<Resources> = LazyLock::new(Resources::bundled);
/// The bundled weights of names.
pub(crate) static NAMES: LazyLock<Model> = LazyLock::new(Model::bundled);
/// The whole analysis.
pub(crate) static ANALYZER: LazyLock<Analyzer> = LazyLock::new(Analyzer::bundled);
