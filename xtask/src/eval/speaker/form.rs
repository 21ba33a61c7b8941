//! Grammatical form in which an attribution mentions the speaker.

use super::{first_phrase, is_pronoun, is_title};

/// Grammatical form in which an attribution mentions the speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Form {
    /// A pronoun: "she".
    Pronoun,
    /// One word of a name: "Odell".
    Surname,
    /// Several words of a name: "Mara Odell", "Ministry of Health".
    FullName,
    /// A noun phrase other than a name: "the harbour master", "officials".
    Nominal,
}

impl Form {
    /// All forms, in the order of the report.
    pub(crate) const ALL: [Self; 4] = [Self::Pronoun, Self::Surname, Self::FullName, Self::Nominal];

    /// Returns the name of the form.
    #[must_use]
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Pronoun => "pronoun",
            Self::Surname => "surname",
            Self::FullName => "full_name",
            Self::Nominal => "nominal",
        }
    }

    /// Determines the form of a mention by its capital letters.
    #[must_use]
    pub(crate) fn of(mention: &str) -> Self {
        if is_pronoun(mention) {
            return Self::Pronoun;
        }
        let phrase = first_phrase(mention);
        let named = |word: &&str| word.starts_with(char::is_uppercase) && !is_title(word);
        match phrase.split_whitespace().filter(named).count() {
            _ if !phrase.split_whitespace().next_back().is_some_and(|word| named(&word)) => Self::Nominal,
            1 => Self::Surname,
            _ => Self::FullName,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_mentions() {
        let forms = ["she", "Odell", "Mara Odell", "the harbour master", "Sen. Odell", "officials"].map(Form::of);
        let wanted = [Form::Pronoun, Form::Surname, Form::FullName, Form::Nominal, Form::Surname, Form::Nominal];
        assert_eq!(forms, wanted);
    }
}
