//! Kinds of evidence that a time is in the past or the future. Each has the probability that a conclusion drawn from it
//! is correct.

use crate::lexicon::entries;
use std::sync::LazyLock;

/// Bundled file with the probability of each kind of evidence.
const CONFIDENCES: &str = include_str!("../../assets/times/confidence.txt");

/// Declares the kinds of evidence, with their names in the probabilities file.
macro_rules! evidence {
    ($($(#[$doc:meta])* $evidence:ident $name:literal,)*) => {
        /// Kind of evidence from which a direction was concluded.
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
    /// Verb that sets a new time, as in "postponed to".
    PutOff "put-off",
    /// Word near the time, such as "until", "ahead of" or "when".
    Neighbour "neighbour",
    /// Form of "be" directly before the time.
    Appointment "appointment",
    /// Present tense in a clause that begins with "if" or "when".
    Condition "condition",
    /// Future tense with "will".
    Will "will",
    /// Other modal, such as "would" or "may".
    Modal "modal",
    /// Finite verb in the past tense.
    Past "past",
    /// Perfect, as in "has met" or "would have met".
    Perfect "perfect",
    /// Verb or participle that describes a plan.
    Plan "plan",
    /// Infinitive after a verb that reports a decision.
    Decision "decision",
    /// Present tense of a verb used in timetables.
    Timetable "timetable",
    /// Present tense of a reporting verb or in a caption.
    Report "report",
    /// Any other present tense.
    Present "present",
    /// Any other infinitive.
    Infinitive "infinitive",
    /// Participle that describes a noun.
    Participle "participle",
    /// Nearest verb, because no clause contains the time.
    Nearest "nearest",
    /// No evidence.
    None "none",
}

impl Evidence {
    /// Returns the probability that a direction concluded from this evidence is correct, from 0 to 1.
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
