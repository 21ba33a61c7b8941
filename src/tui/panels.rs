//! The panels beside the text: their kinds, and a table with one value for each of them.

use std::ops::{Index, IndexMut};

/// Declares the panels in the order of their keys.
macro_rules! panels {
    ($($(#[doc = $doc:literal])+ $kind:ident,)+) => {
        /// A panel beside the text. Its rows are an implementation of [`super::rows::PanelRows`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub(crate) enum Kind {
            $($(#[doc = $doc])+ $kind,)+
        }

        impl Kind {
            /// Every panel in the order of the keys.
            pub(crate) const ALL: [Self; [$(stringify!($kind)),+].len()] = [$(Self::$kind),+];
        }
    };
}

panels! {
    /// Who said what.
    Quotes,
    /// Who and where.
    Entities,
    /// What happened when.
    Timeline,
}

/// One value for each panel, looked up by its [`Kind`].
#[derive(Clone, Debug, Default)]
pub(crate) struct PerPanel<T>([T; Kind::ALL.len()]);

impl<T> PerPanel<T> {
    /// Makes the value of every panel.
    #[must_use]
    pub(crate) fn new(make: impl FnMut(Kind) -> T) -> Self {
        Self(Kind::ALL.map(make))
    }

    /// Iterates over the values in the order of the panels.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter()
    }

    /// Iterates over the values to change them.
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.0.iter_mut()
    }
}

impl<T> Index<Kind> for PerPanel<T> {
    type Output = T;

    fn index(&self, kind: Kind) -> &T {
        &self.0[kind as usize]
    }
}

impl<T> IndexMut<Kind> for PerPanel<T> {
    fn index_mut(&mut self, kind: Kind) -> &mut T {
        &mut self.0[kind as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_panel_finds_its_own_value() {
        let mut own = PerPanel::new(|kind| kind);
        for kind in Kind::ALL {
            assert_eq!(own[kind], kind);
        }
        own[Kind::Timeline] = Kind::Quotes;
        assert_eq!(own.iter().filter(|&&kind| kind == Kind::Quotes).count(), 2);
    }
}
