//! Part-of-speech tags of the Penn Treebank (Santorini 1990), with the hyphen of the later treebanks.

use std::str::FromStr;

/// A tag of the Penn Treebank.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum PennTag {
    /// A coordinating conjunction: "and", "but".
    Cc,
    /// A cardinal number.
    Cd,
    /// A determiner: "the", "some", "this".
    Dt,
    /// "There" in "there is".
    Ex,
    /// A foreign word.
    Fw,
    /// A preposition or subordinating conjunction: "of", "because".
    In,
    /// An adjective.
    Jj,
    /// An adjective in the comparative.
    Jjr,
    /// An adjective in the superlative.
    Jjs,
    /// The mark of a list item.
    Ls,
    /// A modal: "will", "could".
    Md,
    /// A noun in the singular, or without number.
    #[default]
    Nn,
    /// A noun in the plural.
    Nns,
    /// A name in the singular.
    Nnp,
    /// A name in the plural.
    Nnps,
    /// A word before a determiner: "all the", "such a".
    Pdt,
    /// The possessive ending: "'s".
    Pos,
    /// A personal pronoun.
    Prp,
    /// A possessive pronoun: "her", "their".
    PrpPossessive,
    /// An adverb, and "not".
    Rb,
    /// An adverb in the comparative.
    Rbr,
    /// An adverb in the superlative.
    Rbs,
    /// The particle of a verb: "gave up".
    Rp,
    /// A symbol.
    Sym,
    /// "To", before a verb or a noun.
    To,
    /// An interjection.
    Uh,
    /// A verb in the base form.
    Vb,
    /// A verb in the past tense.
    Vbd,
    /// A verb in -ing.
    Vbg,
    /// A past participle.
    Vbn,
    /// A verb in the present, except the third person singular.
    Vbp,
    /// A verb in the third person singular of the present.
    Vbz,
    /// A relative or interrogative determiner: "which", relative "that".
    Wdt,
    /// "Who", "what".
    Wp,
    /// "Whose".
    WpPossessive,
    /// "When", "where", "how".
    Wrb,
    /// A comma.
    Comma,
    /// The mark at the end of a sentence.
    Period,
    /// A colon, semicolon, dash or ellipsis.
    Colon,
    /// An opening bracket.
    OpenBracket,
    /// A closing bracket.
    CloseBracket,
    /// An opening quotation mark.
    OpenQuote,
    /// A closing quotation mark.
    CloseQuote,
    /// The sign of a currency.
    Currency,
    /// A hyphen inside a word.
    Hyphen,
}

/// Every tag with its name, in the order of the numbers that the weights use.
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

impl PennTag {
    /// Number of tags.
    pub const COUNT: usize = 45;

    /// Returns the name that the treebank gives the tag: "VBD", "PRP$".
    #[must_use]
    pub fn as_str(self) -> &'static str {
        NAMES.get(self as usize).map_or("", |(_, name)| name)
    }

    /// Returns the tag with this number; `None` past the last one.
    #[must_use]
    #[inline]
    pub fn from_index(index: usize) -> Option<Self> {
        NAMES.get(index).map(|(tag, _)| *tag)
    }

    /// Returns whether this is a verb in any form, including modals.
    #[must_use]
    #[inline]
    pub(crate) const fn is_verb(self) -> bool {
        matches!(self, Self::Vb | Self::Vbg | Self::Vbn) || self.is_finite()
    }

    /// Returns whether this is a verb form with a tense of its own: VBD, VBP, VBZ or a modal.
    #[must_use]
    #[inline]
    pub const fn is_finite(self) -> bool {
        matches!(self, Self::Vbd | Self::Vbp | Self::Vbz | Self::Md)
    }

    /// Returns whether this is a mark or symbol.
    #[must_use]
    #[inline]
    pub(crate) const fn is_mark(self) -> bool {
        matches!(self, Self::OpenQuote | Self::CloseQuote | Self::Currency | Self::Hyphen | Self::Sym | Self::Ls)
            || self.ends_clause()
    }

    /// Returns whether a clause begins at a word of this tag, which may be its subject.
    #[must_use]
    #[inline]
    pub(crate) const fn opens_clause(self) -> bool {
        matches!(
            self,
            Self::Wdt | Self::Wp | Self::WpPossessive | Self::Wrb | Self::Period | Self::Colon | Self::CloseQuote
        )
    }

    /// Returns whether this can be the head of a subject.
    #[must_use]
    #[inline]
    pub(crate) const fn heads_subject(self) -> bool {
        matches!(self, Self::Nn | Self::Nns | Self::Nnp | Self::Nnps | Self::Prp | Self::Ex)
    }

    /// Returns whether this is a mark that can end a clause.
    #[must_use]
    #[inline]
    pub(crate) const fn ends_clause(self) -> bool {
        matches!(self, Self::Comma | Self::Period | Self::Colon | Self::OpenBracket | Self::CloseBracket)
    }
}

impl FromStr for PennTag {
    type Err = ();

    /// Finds the tag with this name. Fails for a name that the treebank does not have.
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
            assert_eq!(tag.as_str(), name);
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
