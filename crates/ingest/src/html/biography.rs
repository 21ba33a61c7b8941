//! Recognizes the note about the author at the end of a story: "Jane Doe is a reporter for the Echo."

use super::text_block::{TextBlock, TextBlockKind};
use crate::lexicon::BIOGRAPHY_VERBS;

/// Number of blocks at the end of a story to search for a note about the author.
const TAIL: usize = 8;
/// Maximum length of the name or job title above such a note, in words.
const LABEL: usize = 6;

/// Clears `kept` for notes about the authors at the end of a story, with the lines above them that only have the name or
/// job title. At least half of the story must remain.
pub(super) fn drop_closing(blocks: &[TextBlock], authors: &[String], kept: &mut [bool]) {
    let story: Vec<usize> = (0..blocks.len()).filter(|at| kept.get(*at) == Some(&true)).collect();
    let tail = story.get(story.len().saturating_sub(TAIL).max(story.len() / 2)..).unwrap_or_default();
    let note = |at: &&usize| blocks.get(**at).is_some_and(|block| authors.iter().any(|name| is_note(block, name)));
    let notes: Vec<usize> = tail.iter().filter(note).copied().collect();
    for at in &notes {
        let mut dropped = vec![*at];
        let above = story.iter().rev().skip_while(|other| *other >= at);
        dropped.extend(above.take_while(|at| blocks.get(**at).is_some_and(|block| is_label(block, authors))));
        for at in dropped {
            if let Some(kept) = kept.get_mut(at) {
                *kept = false;
            }
        }
    }
}

/// Returns whether a block introduces an author: it begins with the full or the given name and a verb such as "is" or
/// "writes".
fn is_note(block: &TextBlock, author: &str) -> bool {
    if !block.ends_sentence() && !block.text.ends_with(')') || matches!(block.kind, TextBlockKind::Quote) {
        return false;
    }
    let text = block.text.trim_start_matches(['(', '*', '–', '—', '-', ' ']);
    let given = author.split(' ').next().filter(|given| given.chars().count() > 2 && author.contains(' '));
    [Some(author), given].into_iter().flatten().any(|name| {
        let rest = text.strip_prefix(name).and_then(|rest| rest.strip_prefix(' '));
        let verb = rest.and_then(|rest| rest.split([' ', '’', '\'']).next());
        verb.is_some_and(|verb| BIOGRAPHY_VERBS.contains(verb))
    })
}

/// Returns whether a block above a note is the name of an author or a short label, such as the job title.
fn is_label(block: &TextBlock, authors: &[String]) -> bool {
    let words = block.text.split_whitespace().count();
    let named = || authors.iter().any(|name| block.text.contains(name.as_str()));
    words <= LABEL && (block.text.to_lowercase().starts_with("about ") || named())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(lines: &[&str]) -> Vec<bool> {
        let block = |text: &&str| TextBlock { text: (*text).to_owned(), ..TextBlock::default() };
        let blocks: Vec<TextBlock> = lines.iter().map(block).collect();
        let mut kept = vec![true; blocks.len()];
        drop_closing(&blocks, &["Ilse Vardy".to_owned()], &mut kept);
        kept
    }

    #[test]
    fn a_note_about_the_author_is_no_part_of_the_story() {
        let story = ["The mill is shut.", "Its wheel stands still.", "Nobody knows why."];
        for (note, count) in [
            (&["Ilse Vardy is a reporter who lives by the weir."][..], 1),
            (&["About the author", "Ilse has written about mills since 2009."], 2),
            (&["Ilse Vardy", "Ilse covers rivers and mills."], 2),
            (&["(Ilse Vardy works for the Weir Post.)"], 1),
            (&["Ilse Vardy was not the first to ask."], 0),
            (&["Ilsebill is shut as well."], 0),
            (&["“Ilse is late,” she said."], 0),
        ] {
            let lines: Vec<&str> = story.iter().chain(note).copied().collect();
            let left = kept(&lines).iter().filter(|kept| **kept).count();
            assert_eq!(left, lines.len() - count, "{note:?}");
        }
        assert_eq!(kept(&["Ilse Vardy is late.", "The mill is shut.", "Nobody knows why."]), [true; 3]);
    }
}
