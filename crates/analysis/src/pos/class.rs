//! Correspondence between word classes and treebank tags.

use super::tag::PennTag;
use crate::word_class::WordClass;

/// Returns whether `class` corresponds to `tag`. If the treebank does not distinguish between two classes, both
/// correspond to the same tag. For example, "this" is DT with or without a noun, and "because" is IN, as is "of".
#[must_use]
pub(crate) const fn agrees(class: WordClass, tag: PennTag) -> bool {
    use PennTag as P;
    use WordClass as W;
    match class {
        W::Noun => matches!(tag, P::Nn | P::Fw | P::Sym),
        W::NounPlural => matches!(tag, P::Nns),
        W::Proper => matches!(tag, P::Nnp | P::Nnps | P::Fw),
        W::Pronoun => matches!(tag, P::Prp | P::Ex | P::Dt | P::Nn),
        W::Possessive => matches!(tag, P::PrpPossessive | P::Pos),
        W::Determiner => matches!(tag, P::Dt | P::Pdt | P::Jj | P::Wdt),
        W::Adjective => matches!(tag, P::Jj | P::Jjr | P::Jjs),
        W::Adverb => matches!(tag, P::Rb | P::Rbr | P::Rbs | P::Rp | P::Wrb),
        W::VerbBase => matches!(tag, P::Vb),
        W::VerbPresent => matches!(tag, P::Vbp | P::Vbz),
        W::VerbPast => matches!(tag, P::Vbd),
        W::VerbParticiple => matches!(tag, P::Vbn),
        W::VerbGerund => matches!(tag, P::Vbg),
        W::Modal => matches!(tag, P::Md),
        W::To => matches!(tag, P::To | P::In),
        W::Preposition => matches!(tag, P::In | P::Rp | P::To),
        W::Conjunction => matches!(tag, P::Cc),
        W::Subordinator => matches!(tag, P::In | P::Wrb),
        W::Wh => matches!(tag, P::Wdt | P::Wp | P::WpPossessive | P::Wrb),
        W::Number => matches!(tag, P::Cd | P::Ls | P::Currency),
        W::Negation => matches!(tag, P::Rb),
        W::Interjection => matches!(tag, P::Uh),
        W::Mark => tag.is_mark(),
    }
}
