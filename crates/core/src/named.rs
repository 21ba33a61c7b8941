//! Values with a fixed name.

/// Value of an enumeration, such as a type of entity, that has a fixed name.
pub trait Named {
    /// Returns the name by which the value is known outside the program: in the JSON interface, on the command line or,
    /// for boilerplate, on the screen.
    #[must_use]
    fn name(self) -> &'static str;
}
