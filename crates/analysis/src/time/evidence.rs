//! Evidence for the direction of a time, with the probability that a direction concluded from it is right.

use crate::lexicon::entries;
use std::sync::LazyLock;

/// Probability of each kind of evidence.
const CONFIDENCES: &str = include_str!("../../assets/times/confidence.txt");

/// Declares the kinds of evidence with their names in the file.
macro_rules! evidence {
    ($($(#[$doc:meta])* $evidence:ident $name:literal,)*) => {
        /// What a direction was concluded from.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(usize)]
        pub(super) enum Evidence { $($(#[$doc])* $evidence,)* }

        impl Evidence {
            /// Names in the file, in the order of the variants.
            const NAMES: &[&str] = &[$($name,)*];
        }
    };
}

evidence! {
    /// A verb that gives a new time: "postponed to".
    PutOff "put-off",
    /// A word next to the time: "until", "ahead of", "when".
    Neighbour "neighbour",
    /// "is" right before the time.
    Appointment "appointment",
    /// A clause opened by "if" or "when", in the present tense.
    Condition "condition",
    /// "will".
    Will "will",
    /// Another modal: "would", "may".
    Modal "modal",
    /// A finite verb of the past.
    Past "past",
    /// "has met", "would have met".
    Perfect "perfect",
    /// A verb or participle of planning.
    Plan "plan",
    /// An infinitive after a verb of decision.
    Decision "decision",
    /// A present tense of a verb that timetables use.
    Timetable "timetable",
    /// A present tense of a reporting verb or of a caption.
    Report "report",
    /// Another present tense.
    Present "present",
    /// Another infinitive.
    Infinitive "infinitive",
    /// A participle that describes a noun.
    Participle "participle",
    /// The nearest verb, because no clause contains the time.
    Nearest "nearest",
    /// Nothing.
    None "none",
}

impl Evidence {
    /// Returns the probability that a direction concluded from this is right, 0 to 1.
    pub(super) fn confidence(self) -> f32 {
        static ALL: LazyLock<Vec<f32>> = LazyLock::new(|| {
            let known: Vec<(&str, f32)> = entries(CONFIDENCES)
                .filter_map(|line| line.split_once(' '))
                .filter_map(|(name, confidence)| Some((name, confidence.trim().parse().ok()?)))
                .collect();
            let find = |name: &&str| known.iter().find(|(listed, _)| listed == name).map_or(0.5, |(_, value)| *value);
            Evidence::NAMES.iter().map(find).collect()
        });
        ALL.get(self as usize).copied().unwrap_or(0.5)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_evidence_has_one_confidence() {
        let names: Vec<&str> = entries(CONFIDENCES).filter_map(|line| line.split(' ').next()).collect();
        assert_eq!(names, Evidence::NAMES);
        assert!(Evidence::Past.confidence() > Evidence::None.confidence());
    }
}
