//! Token labels in the BILOU scheme (begin, inside, last, outside, unit), for four types of names.

/// Number of labels: four per type of name, and one for all other tokens.
pub const COUNT: usize = 17;

/// Type of name that the training data distinguishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum NameType {
    /// Names of people.
    Person,
    /// Names of organisations.
    Organization,
    /// Names of places.
    Location,
    /// Names of any other type, such as nationalities or works.
    Miscellaneous,
}

impl NameType {
    /// All types of names.
    pub(crate) const ALL: [Self; 4] = [Self::Person, Self::Organization, Self::Location, Self::Miscellaneous];
}

/// BILOU position of a token in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Position {
    /// Token outside names.
    Outside,
    /// First token of a longer name.
    Begin,
    /// Token inside a name, neither first nor last.
    Inside,
    /// Last token of a longer name.
    Last,
    /// Only token of its name.
    Unit,
}

/// Label of a token: 0 outside names, then four for each type of name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Label(pub u8);

impl Label {
    /// Label of a token outside names.
    pub(crate) const OUTSIDE: Self = Self(0);

    /// Returns the label of the token at `index` in a name of `length` tokens.
    #[must_use]
    pub(crate) const fn of(kind: NameType, index: usize, length: usize) -> Self {
        let place = if length == 1 {
            3
        } else if index == 0 {
            0
        } else if index + 1 == length {
            2
        } else {
            1
        };
        Self(1 + 4 * kind as u8 + place)
    }

    /// Returns the token's position in its name.
    #[must_use]
    pub(crate) const fn position(self) -> Position {
        match self.0 {
            0 => Position::Outside,
            other => match (other - 1) % 4 {
                0 => Position::Begin,
                1 => Position::Inside,
                2 => Position::Last,
                _ => Position::Unit,
            },
        }
    }

    /// Returns the type of the name, or `None` if the token is outside names.
    #[must_use]
    #[inline]
    pub(crate) fn kind(self) -> Option<NameType> {
        NameType::ALL.get((usize::from(self.0).checked_sub(1)?) / 4).copied()
    }

    /// Returns whether the label `next` may follow this one.
    #[must_use]
    pub(crate) fn allows(self, next: Self) -> bool {
        let opens = matches!(next.position(), Position::Outside | Position::Begin | Position::Unit);
        match self.position() {
            Position::Begin | Position::Inside => !opens && self.kind() == next.kind(),
            Position::Outside | Position::Last | Position::Unit => opens,
        }
    }

    /// Returns whether a sequence of labels may end with this one.
    #[must_use]
    pub(crate) const fn may_end(self) -> bool {
        matches!(self.position(), Position::Outside | Position::Last | Position::Unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_begun_must_end_in_its_type() {
        let begin = Label::of(NameType::Person, 0, 2);
        assert!(begin.allows(Label::of(NameType::Person, 1, 2)));
        assert!(!begin.allows(Label::of(NameType::Location, 1, 2)));
        assert!(!begin.allows(Label::OUTSIDE));
        assert!(!begin.may_end());
    }

    #[test]
    fn a_unit_label_has_no_neighbours() {
        let unit = Label::of(NameType::Organization, 0, 1);
        assert_eq!(unit.position(), Position::Unit);
        assert_eq!(unit.kind(), Some(NameType::Organization));
        assert!(unit.allows(Label::OUTSIDE) && unit.may_end());
    }
}
