//! Values with a fixed name.

/// Enumeration whose values have fixed names, such as the types of entities and the tags of a treebank.
pub trait Named {
    /// Returns the name by which the value is known outside the program: in the JSON interface, on the command line or,
    /// for boilerplate, on the screen.
    #[must_use]
    fn name(self) -> &'static str;
}
