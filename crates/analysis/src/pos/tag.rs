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
    pub(crate) const COUNT: usize = 45;

    /// Returns the name that the treebank gives the tag: "VBD", "PRP$".
    #[must_use]
    pub fn as_str(self) -> &'static str {
        NAMES.get(self as usize).map_or("", |(_, name)| name)
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
        }
        assert_eq!("VBX".parse::<PennTag>(), Err(()));
    }
}
