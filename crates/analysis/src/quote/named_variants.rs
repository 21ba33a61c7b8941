//! Declares enumerations of features whose variants have names in a file of weights.

/// Declares an enumeration with a constant of all variants, in order, and a method that returns a variant's name.
macro_rules! named_variants {
    ($(#[$attribute:meta])* $type:ident { $($variant:ident $name:literal,)* }) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(crate) enum $type { $($variant,)* }

        impl $type {
            /// All variants, in the order of the weights.
            pub(crate) const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Returns the variant's name in the file of weights.
            #[must_use]
            pub(crate) const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

pub(super) use named_variants;
