//! Kinds of panels beside the text, and a table with one value per panel.

use std::ops::{Index, IndexMut};

/// Declares the panels, in the order of their keys.
macro_rules! panels {
    ($($(#[doc = $doc:literal])+ $kind:ident,)+) => {
        /// Panel beside the text. Its rows come from an implementation of [`super::rows::PanelRows`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub(crate) enum PanelKind {
            $($(#[doc = $doc])+ $kind,)+
        }

        impl PanelKind {
            /// All panels, in the order of their keys.
            pub(crate) const ALL: [Self; [$(stringify!($kind)),+].len()] = [$(Self::$kind),+];
        }
    };
}

panels! {
    /// Panel of quotes: who said what.
    Quotes,
    /// Panel of entities: who and where.
    Entities,
    /// Panel with the timeline: what happened when.
    Timeline,
    /// Panel of figures: who claims how many.
    Figures,
}

/// Table with one value per panel, indexed by [`PanelKind`].
#[derive(Clone, Debug, Default)]
pub(crate) struct PerPanel<T>([T; PanelKind::ALL.len()]);

impl<T> PerPanel<T> {
    /// Creates a table by calling `make` for each panel.
    #[must_use]
    pub(crate) fn new(make: impl FnMut(PanelKind) -> T) -> Self {
        Self(PanelKind::ALL.map(make))
    }

    /// Iterates over the values, in panel order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter()
    }

    /// Iterates mutably over the values, in panel order.
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut()
    }
}

impl<T> Index<PanelKind> for PerPanel<T> {
    type Output = T;

    fn index(&self, kind: PanelKind) -> &T {
        &self.0[kind as usize]
    }
}

impl<T> IndexMut<PanelKind> for PerPanel<T> {
    fn index_mut(&mut self, kind: PanelKind) -> &mut T {
        &mut self.0[kind as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_panel_finds_its_own_value() {
        let mut own = PerPanel::new(|kind| kind);
        for kind in PanelKind::ALL {
            assert_eq!(own[kind], kind);
        }
        own[PanelKind::Timeline] = PanelKind::Quotes;
        assert_eq!(own.iter().filter(|&&kind| kind == PanelKind::Quotes).count(), 2);
    }
}
