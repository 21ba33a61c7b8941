//! Part-of-speech tags of the Penn Treebank (Santorini 1990), with the hyphen tag of later treebanks.

use dateline_core::Named;
use std::str::FromStr;

/// Penn Treebank tag.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum PennTag {
    /// Coordinating conjunction: "and", "but".
    Cc,
    /// Cardinal number.
    Cd,
    /// Determiner: "the", "some", "this".
    Dt,
    /// Existential "there": "there is".
    Ex,
    /// Foreign word.
    Fw,
    /// Preposition or subordinating conjunction: "of", "because".
    In,
    /// Adjective in its base form.
    Jj,
    /// Comparative adjective.
    Jjr,
    /// Superlative adjective.
    Jjs,
    /// List item marker.
    Ls,
    /// Modal verb: "will", "could".
    Md,
    /// Singular or mass noun.
    #[default]
    Nn,
    /// Plural noun.
    Nns,
    /// Singular proper noun.
    Nnp,
    /// Plural proper noun.
    Nnps,
    /// Predeterminer: "all the", "such a".
    Pdt,
    /// Possessive ending: "'s".
    Pos,
    /// Personal pronoun.
    Prp,
    /// Possessive pronoun: "her", "their".
    PrpPossessive,
    /// Adverb in its base form, including "not".
    Rb,
    /// Comparative adverb.
    Rbr,
    /// Superlative adverb.
    Rbs,
    /// Verb particle: "gave up".
    Rp,
    /// Mathematical or other symbol.
    Sym,
    /// The word "to" before a verb or a noun.
    To,
    /// Interjection.
    Uh,
    /// Base form of a verb.
    Vb,
    /// Verb in the past tense.
    Vbd,
    /// Gerund or present participle.
    Vbg,
    /// Past participle.
    Vbn,
    /// Present-tense verb, except the third person singular.
    Vbp,
    /// Present-tense verb, third person singular.
    Vbz,
    /// Relative or interrogative determiner: "which", relative "that".
    Wdt,
    /// Relative or interrogative pronoun: "who", "what".
    Wp,
    /// Possessive relative or interrogative pronoun: "whose".
    WpPossessive,
    /// Relative or interrogative adverb: "when", "where", "how".
    Wrb,
    /// Comma.
    Comma,
    /// Sentence-final punctuation.
    Period,
    /// Colon, semicolon, dash or ellipsis.
    Colon,
    /// Opening bracket.
    OpenBracket,
    /// Closing bracket.
    CloseBracket,
    /// Opening quotation mark.
    OpenQuote,
    /// Closing quotation mark.
    CloseQuote,
    /// Currency symbol.
    Currency,
    /// Hyphen inside a word.
    Hyphen,
}

/// All tags with their names, ordered by the numbers in the weights file.
const NAMES: [(PennTag, &str); PennTag::COUNT] = [
    (PennTag::Cc, "CC"),
    (PennTag::Cd, "CD"),
    (PennTag::Dt, "DT"),
    (PennTag::Ex, "EX"),
    (PennTag::Fw, "FW"),
    (PennTag::In, "IN"),
    (PennTag::Jj, "JJ"),
    (PennTag::Jjr, "JJR"),
    (PennTag::Jjs, "JJS"),
    (PennTag::Ls, "LS"),
    (PennTag::Md, "MD"),
    (PennTag::Nn, "NN"),
    (PennTag::Nns, "NNS"),
    (PennTag::Nnp, "NNP"),
    (PennTag::Nnps, "NNPS"),
    (PennTag::Pdt, "PDT"),
    (PennTag::Pos, "POS"),
    (PennTag::Prp, "PRP"),
    (PennTag::PrpPossessive, "PRP$"),
    (PennTag::Rb, "RB"),
    (PennTag::Rbr, "RBR"),
    (PennTag::Rbs, "RBS"),
    (PennTag::Rp, "RP"),
    (PennTag::Sym, "SYM"),
    (PennTag::To, "TO"),
    (PennTag::Uh, "UH"),
    (PennTag::Vb, "VB"),
    (PennTag::Vbd, "VBD"),
    (PennTag::Vbg, "VBG"),
    (PennTag::Vbn, "VBN"),
    (PennTag::Vbp, "VBP"),
    (PennTag::Vbz, "VBZ"),
    (PennTag::Wdt, "WDT"),
    (PennTag::Wp, "WP"),
    (PennTag::WpPossessive, "WP$"),
    (PennTag::Wrb, "WRB"),
    (PennTag::Comma, ","),
    (PennTag::Period, "."),
    (PennTag::Colon, ":"),
    (PennTag::OpenBracket, "-LRB-"),
    (PennTag::CloseBracket, "-RRB-"),
    (PennTag::OpenQuote, "``"),
    (PennTag::CloseQuote, "''"),
    (PennTag::Currency, "$"),
    (PennTag::Hyphen, "HYPH"),
];

impl Named for PennTag {
    fn name(self) -> &'static str {
        NAMES.get(self as usize).map_or("", |(_, name)| name)
    }
}

impl PennTag {
    /// Number of tags.
    pub const COUNT: usize = 45;

    /// Returns the tag with this number; `None` past the last tag.
    #[must_use]
    #[inline]
    pub fn from_index(index: usize) -> Option<Self> {
        NAMES.get(index).map(|(tag, _)| *tag)
    }

    /// Returns whether the tag marks a verb of any form, including modals.
    #[must_use]
    #[inline]
    pub(crate) const fn is_verb(self) -> bool {
        matches!(self, Self::Vb | Self::Vbg | Self::Vbn) || self.is_finite()
    }

    /// Returns whether the tag marks a finite verb: VBD, VBP, VBZ or a modal.
    #[must_use]
    #[inline]
    pub(crate) const fn is_finite(self) -> bool {
        matches!(self, Self::Vbd | Self::Vbp | Self::Vbz | Self::Md)
    }

    /// Returns whether the tag marks punctuation or a symbol.
    #[must_use]
    #[inline]
    pub(crate) const fn is_mark(self) -> bool {
        matches!(self, Self::OpenQuote | Self::CloseQuote | Self::Currency | Self::Hyphen | Self::Sym | Self::Ls)
            || self.ends_clause()
    }

    /// Returns whether a clause can begin at or after a token with this tag: at a relative or question word, or after
    /// the punctuation mark.
    #[must_use]
    #[inline]
    pub(crate) const fn opens_clause(self) -> bool {
        matches!(
            self,
            Self::Wdt | Self::Wp | Self::WpPossessive | Self::Wrb | Self::Period | Self::Colon | Self::CloseQuote
        )
    }

    /// Returns whether a word with this tag can be the head of a subject.
    #[must_use]
    #[inline]
    pub(crate) const fn heads_subject(self) -> bool {
        matches!(self, Self::Nn | Self::Nns | Self::Nnp | Self::Nnps | Self::Prp | Self::Ex)
    }

    /// Returns whether the tag marks punctuation that can end a clause.
    #[must_use]
    #[inline]
    pub(crate) const fn ends_clause(self) -> bool {
        matches!(self, Self::Comma | Self::Period | Self::Colon | Self::OpenBracket | Self::CloseBracket)
    }
}

impl FromStr for PennTag {
    type Err = ();

    /// Finds the tag by its treebank name. Fails if the treebank has no such tag.
    fn from_str(name: &str) -> Result<Self, ()> {
        NAMES.iter().find(|(_, known)| *known == name).map(|(tag, _)| *tag).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tag_is_found_by_its_name() {
        for (index, (tag, name)) in NAMES.into_iter().enumerate() {
            assert_eq!(tag as usize, index);
            assert_eq!(tag.name(), name);
            assert_eq!(name.parse(), Ok(tag));
            assert_eq!(PennTag::from_index(index), Some(tag));
        }
        assert_eq!(PennTag::from_index(PennTag::COUNT), None);
        assert_eq!("VBX".parse::<PennTag>(), Err(()));
    }

    #[test]
    fn finite_verbs_are_verbs() {
        let all = NAMES.map(|(tag, _)| tag);
        assert!(all.iter().all(|tag| tag.is_verb() || !tag.is_finite()));
        assert!(PennTag::Vbn.is_verb() && !PennTag::Vbn.is_finite());
    }
}
