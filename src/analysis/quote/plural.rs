//! Whom "they" stands for, when it says something: those who spoke last, if they are several and
//! have no name of their own: "Analysts said … 'We expect a cut,' they wrote". Knows quotes only.

use super::{Quote, Speaker};
use crate::analysis::document::Document;
use crate::analysis::entity::{Entity, EntityKind};
use crate::analysis::word_class::WordClass;

/// Blocks between those who spoke and "they".
const REACH: usize = 1;

/// Gives each "they" without an entity the speaker of the quote before it, when that is several.
pub fn resolve(document: &Document<'_>, entities: &[Entity], quotes: &mut [Quote]) {
    let mut several: Option<(usize, Speaker)> = None;
    for quote in quotes {
        let block = document.article.block_at(quote.span.start);
        let Some((speaker, block)) = quote.speaker.as_mut().zip(block) else { continue };
        let they = speaker.entity.is_none() && speaker.name.eq_ignore_ascii_case("they");
        match several.as_ref().filter(|(before, _)| they && block <= before + REACH) {
            Some((_, before)) => {
                let mention = speaker.mention;
                *speaker = Speaker { mention, ..before.clone() };
            }
            None if they => {}
            None => several = is_several(document, entities, speaker).then(|| (block, speaker.clone())),
        }
        if they && let Some((before, _)) = &mut several {
            *before = block;
        }
    }
}

/// Whether a speaker is more than one: "Analysts", "Ode and her lawyer", the police.
fn is_several(document: &Document<'_>, entities: &[Entity], speaker: &Speaker) -> bool {
    let tokens = document.tokens_in(speaker.mention);
    let class = |index: usize| document.classes.get(index).copied();
    let plural = tokens.end.checked_sub(1).is_some_and(|last| class(last) == Some(WordClass::NounPlural));
    let joined = tokens.clone().any(|index| document.word(index) == "and" && speaker.entity.is_none());
    let entity = speaker.entity.and_then(|index| entities.get(index));
    plural || joined || entity.is_some_and(|entity| entity.kind == EntityKind::Group)
}
