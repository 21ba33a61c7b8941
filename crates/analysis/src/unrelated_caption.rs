//! Finds captions of unrelated stories. A scraped page often contains the picture of a neighbouring story.

use super::document::Document;
use super::hash::{Set, folded};
use super::kind::EntityKind;
use super::name::Name;
use super::reference::Reference;
use super::time::Timex;
use dateline_core::article::{Block, BlockKind};
use jiff::civil::Date;

/// Distance, in days, beyond which a date is far from the story's date.
const FAR_DAYS: i32 = 60;

/// Finds the caption blocks whose date is far from the story and that do not share a person, organisation or place with
/// it. Returns the indices of these blocks, in order.
#[must_use]
pub(crate) fn find(
    document: &Document<'_>,
    names: &[Name],
    times: &[Timex],
    reference: Option<&Reference>,
) -> Vec<usize> {
    let Some(reference) = reference else { return Vec::new() };
    let blocks = document.article.blocks.iter().enumerate();
    let captions: Vec<(usize, &Block)> = blocks.filter(|(_, block)| block.kind == BlockKind::Caption).collect();
    if captions.is_empty() {
        return Vec::new();
    }
    let story_words = story_words(document, names);
    let is_unrelated = |block: &Block| {
        dated_far(block, times, reference.date) && !capitals(document, block).any(|word| story_words.contains(&word))
    };
    captions.into_iter().filter(|(_, block)| is_unrelated(block)).map(|(index, _)| index).collect()
}

/// Returns whether the caption names at least one day, and every named day is far from `day`, the date of the story.
fn dated_far(caption: &Block, times: &[Timex], day: Date) -> bool {
    let first = times.partition_point(|time| time.span.start < caption.span.start);
    let mut days = times
        .iter()
        .skip(first)
        .take_while(|time| caption.span.covers(time.span))
        .filter_map(|time| time.interval.map(|(begin, _)| begin))
        .peekable();
    days.peek().is_some() && days.all(|other| (other - day).get_days().abs() > FAR_DAYS)
}

/// Returns the hashes of the words in the story's own names.
fn story_words(document: &Document<'_>, names: &[Name]) -> Set {
    let blocks = document.article.blocks.iter().filter(|block| block.kind != BlockKind::Caption);
    blocks.flat_map(|block| words_of(document, names, block)).collect()
}

/// Returns the hashes of the words in the names of people, organisations and places in a block. Words of one or two
/// letters and lower-case words do not count as evidence.
fn words_of<'a>(document: &'a Document<'_>, names: &'a [Name], block: &'a Block) -> impl Iterator<Item = u64> + 'a {
    let first = names.partition_point(|name| name.span.start < block.span.start);
    names
        .iter()
        .skip(first)
        .take_while(|name| name.span.end <= block.span.end)
        .filter(|name| matches!(name.kind, EntityKind::Person | EntityKind::Organization | EntityKind::Place))
        .flat_map(|name| name.tokens.clone())
        .map(|index| document.word(index))
        .filter(|word| is_evidence(word))
        .map(folded)
}

/// Returns the hashes of the capitalised words in a caption, without its credit. One word shared with a name in the
/// story is enough to keep a caption. Full names are not required, because the recogniser misses most names in
/// captions, which are short and have no verb.
fn capitals<'a>(document: &'a Document<'_>, block: &'a Block) -> impl Iterator<Item = u64> + 'a {
    let credit = block.credit.as_ref().and_then(|credit| credit.span);
    let first = document.tokens.partition_point(|token| token.span.start < block.span.start);
    (first..document.tokens.len())
        .take_while(|index| document.tokens.get(*index).is_some_and(|token| token.span.end <= block.span.end))
        .filter(move |index| {
            let token = document.tokens.get(*index).map(|token| token.span);
            !credit.zip(token).is_some_and(|(credit, token)| credit.overlaps(token))
        })
        .map(|index| document.word(index))
        .filter(|word| is_evidence(word))
        .map(folded)
}

fn is_evidence(word: &str) -> bool {
    word.chars().count() > 2 && word.starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use crate::Options;
    use crate::testing::ANALYZER;
    use dateline_core::article::{Article, Block, BlockKind};
    use dateline_core::text::Span;

    /// Finds the unrelated captions of a story dated 3 May 2024.
    fn unrelated(captions: &[&str]) -> Vec<usize> {
        let mut text = String::from("Mayor Ana Ruiz opened the bridge in Lisbon on Friday. Ruiz said it was late.");
        let mut blocks = vec![Block::new(BlockKind::Paragraph, Span::new(0, text.len()))];
        for caption in captions {
            text.push_str("\n\n");
            let start = text.len();
            text.push_str(caption);
            blocks.push(Block::new(BlockKind::Caption, Span::new(start, text.len())));
        }
        let article = Article { text, blocks, ..Article::default() };
        let options = Options { reference: Some(jiff::civil::date(2024, 5, 3)), ..Options::default() };
        ANALYZER.analyze(&article, &options).unrelated_captions
    }

    #[test]
    fn one_word_of_the_storys_names_is_enough_to_belong_to_it() {
        assert_eq!(unrelated(&["[Ruiz at the BBC in 1968]"]), [] as [usize; 0]);
    }

    #[test]
    fn a_caption_of_other_people_and_another_year_is_unrelated() {
        assert_eq!(unrelated(&["Peter Novak speaks in Prague, Sept. 4, 2019."]), [1]);
    }

    #[test]
    fn a_caption_that_names_the_storys_people_belongs_to_it() {
        assert!(unrelated(&["Ana Ruiz visits a mill in Porto, Sept. 4, 2019."]).is_empty());
    }

    #[test]
    fn a_caption_of_the_day_or_of_no_day_belongs_to_the_story() {
        assert!(unrelated(&["Peter Novak speaks in Prague, May 2, 2024.", "Peter Novak in Prague."]).is_empty());
    }

    #[test]
    fn each_caption_is_judged_by_itself() {
        assert_eq!(unrelated(&["Ana Ruiz in Lisbon, May 3, 2024.", "Peter Novak in Prague, Sept. 4, 2019."]), [2]);
    }
}
