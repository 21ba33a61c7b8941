//! Joins lines that belong together: paragraphs wrapped at a fixed width, and sentences with a line break at each link.

use super::line::{Line, Mark, Unit};
use super::unspaced;
use crate::lexicon::OPEN_WORDS;
use crate::sentence::ends_sentence;

/// Plausible wrap widths, in columns.
const WIDTHS: std::ops::RangeInclusive<usize> = 38..=132;

/// Joins lines into units, and drops blank lines.
#[must_use]
pub(super) fn units(lines: &[Line<'_>]) -> Vec<Unit> {
    let width = wrap_width(lines);
    let unspaced_width = unspaced::wrap_width(lines);
    let mut units: Vec<Unit> = Vec::new();
    let mut gap = true;
    for (index, line) in lines.iter().enumerate() {
        if line.is_blank() {
            gap = true;
            continue;
        }
        let before = index.checked_sub(1).and_then(|index| lines.get(index));
        let joined = match (width, before, units.last_mut()) {
            (Some(width), Some(before), Some(unit)) if !gap && continues(before, line, width) => {
                unit.extend(&line.words, index + 1);
                true
            }
            _ => false,
        };
        let joined = joined
            || match (unspaced_width, before, units.last_mut()) {
                (Some(width), Some(before), Some(unit)) if !gap && unspaced::continues(before, line, width) => {
                    unit.extend(&line.words, index + 1);
                    true
                }
                _ => false,
            };
        if !joined {
            units.push(Unit::new(line, index, gap));
        }
        gap = false;
    }
    if width.is_none() { join_fragments(units) } else { units }
}

/// Returns the wrap width of the lines. Returns `None` if they are not wrapped.
///
/// Wrapped text has many lines slightly shorter than the wrap width and hardly any longer ones. Unwrapped text has
/// lines that are longer than any plausible width.
fn wrap_width(lines: &[Line<'_>]) -> Option<usize> {
    let mut widths: Vec<usize> =
        lines.iter().filter(|line| line.words.split_ascii_whitespace().nth(4).is_some()).map(Line::width).collect();
    if widths.len() < 4 {
        return None;
    }
    widths.sort_unstable();
    let within = widths.partition_point(|&width| width <= *WIDTHS.end());
    let beyond = widths.len() - within;
    let width = *widths.get(within.checked_sub(1)? * 98 / 100)?;
    let near = widths.iter().filter(|&&other| other + 14 > width && other <= width + 2).count();
    let followed = lines.windows(2).filter(|pair| forced(&pair[0], &pair[1], width)).count();
    let lower = lines
        .windows(2)
        .filter(|pair| forced(&pair[0], &pair[1], width) && pair[1].words.starts_with(char::is_lowercase))
        .count();
    let wrapped = WIDTHS.contains(&width)
        && beyond * 50 <= widths.len()
        && near * 5 >= widths.len()
        && near >= 3
        && lower * 4 >= followed
        && lower >= 2;
    wrapped.then_some(width)
}

/// Returns whether the first word of `next` was too long to fit on `line`.
fn forced(line: &Line<'_>, next: &Line<'_>, width: usize) -> bool {
    if line.words.is_empty() || next.words.is_empty() {
        return false;
    }
    let word = next.words.split_whitespace().next().map_or(0, |word| word.chars().count());
    // Only the first part of a word needs to fit, since a line may break at a hyphen or dash.
    let part =
        next.words.split([' ', '-', '—', '–', '/']).next().map_or(word, |part| part.chars().count() + 1).min(word);
    line.width() + 1 + part > width
}

/// Returns whether `next` continues the paragraph or list entry of `line`.
fn continues(line: &Line<'_>, next: &Line<'_>, width: usize) -> bool {
    if next.mark != Mark::None && !(next.mark == Mark::Quote && line.mark == Mark::Quote) {
        return false;
    }
    // Only the first line of a paragraph may be indented more than the others, so an additional indentation begins a
    // new paragraph.
    if next.hang > line.hang {
        return false;
    }
    if forced(line, next, width) {
        return true;
    }
    let long = line.width() * 10 >= width * 7;
    long && !ends_sentence(&line.words) && next.words.starts_with(char::is_lowercase)
}

/// Joins sentences with a line break at each link. Such a sentence has a long line without a sentence end, a line with
/// only the link, and a rest that begins with a lower-case letter or a comma.
fn join_fragments(units: Vec<Unit>) -> Vec<Unit> {
    let mut out: Vec<Unit> = Vec::with_capacity(units.len());
    let mut units = units.into_iter().peekable();
    while let Some(unit) = units.next() {
        let next_goes_on = units.peek().is_some_and(|next| !next.gap && next.mark == Mark::None && goes_on(&next.text));
        let joined = match out.last_mut() {
            Some(last) if !unit.gap && unit.mark == Mark::None => {
                let open = (is_prose(&last.text) || last.text.ends_with(',') && last.text.contains(' '))
                    && !ends_sentence(&last.text)
                    && !last.text.ends_with(':');
                let tail = goes_on(&unit.text) && (open || (is_prose(&unit.text) && starts_like_a_link(&last.text)));
                if tail
                    || breaks_off(&last.text)
                    || closes(&last.text, &unit.text)
                    || (open && next_goes_on && unit.text.len() < 120 && !ends_sentence(&unit.text))
                {
                    last.extend(&unit.text, unit.lines.end);
                    true
                } else {
                    false
                }
            }
            _ => false,
        };
        if !joined {
            out.push(unit);
        }
    }
    out
}

/// Returns whether a text begins in the middle of a sentence.
fn goes_on(text: &str) -> bool {
    text.starts_with(|letter: char| letter.is_lowercase() || ",.;:)’”".contains(letter))
}

/// Returns whether a text is incomplete, because it ends with an article, a preposition or an opening quotation mark.
fn breaks_off(text: &str) -> bool {
    let last = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    OPEN_WORDS.contains(last) && (text.contains(' ') || matches!(last, "The" | "A" | "An"))
        || (last == "“" || last == "(") && text.contains(' ')
        || text.ends_with('“') && is_prose(text)
}

/// Returns whether `next` closes a quotation left open in the last bytes of `text`.
fn closes(text: &str, next: &str) -> bool {
    const MAX_DISTANCE: usize = 200;
    let marks = text.len().saturating_sub(MAX_DISTANCE);
    next.starts_with('”')
        && text
            .char_indices()
            .rev()
            .take_while(|(at, _)| *at >= marks)
            .find(|(_, c)| "“”".contains(*c))
            .is_some_and(|(_, c)| c == '“')
}

/// Returns whether a text is prose, judging by its length and its share of lower-case words. Only its end is examined,
/// so that a text that grows line by line is not scanned again for each line.
fn is_prose(text: &str) -> bool {
    const WORDS: usize = 100;
    let mut words = 0;
    let mut small = 0;
    for word in text.split_whitespace().rev().take(WORDS) {
        words += 1;
        small += usize::from(word.starts_with(char::is_lowercase));
    }
    words >= 5 && small * 2 >= words
}

/// Returns whether a text may be a linked name at the start of a paragraph.
fn starts_like_a_link(text: &str) -> bool {
    text.starts_with(char::is_uppercase) && text.len() < 60 && !ends_sentence(text) && !text.ends_with(':')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units_of(text: &str) -> Vec<String> {
        let lines: Vec<Line<'_>> = text.lines().map(|line| Line::new(line, line)).collect();
        units(&lines).into_iter().map(|unit| unit.text).collect()
    }

    const WRAPPED: &str = "The harbour board of Eastmouth voted on Monday to close the old
fish quay, which storms have battered for eleven winters, and to
move the boats to the north basin.
The board said that the work would cost four million and would
take two years.

Boats to move

The first of them will leave in March, when the ice has gone and
the pilots are back at work.";

    #[test]
    fn wrapped_lines_are_joined_by_what_would_have_fitted() {
        let units = units_of(WRAPPED);
        assert_eq!(units.len(), 4, "{units:#?}");
        assert!(units[0].ends_with("north basin."));
        assert_eq!(units[2], "Boats to move");
    }

    #[test]
    fn paragraphs_one_a_line_stay_as_they_are() {
        let text = "Boats to move\nThe harbour board of Eastmouth voted on Monday to close the old fish quay, which storms have battered for eleven winters, and to move the boats.\nThe board said that the work would cost four million and would take two years, and that it would not raise the dues for it.";
        assert_eq!(units_of(text).len(), 3);
    }

    #[test]
    fn an_indented_first_line_opens_a_paragraph() {
        let text = "    The harbour board of Eastmouth voted on Monday to close the
old fish quay, which storms have battered for eleven winters now.
    The board said that the work would cost four million, and that
it would take two years to do, if the winters were mild enough and
the money came.";
        assert_eq!(units_of(text).len(), 2);
    }

    #[test]
    fn what_an_article_or_a_quotation_mark_leaves_open_is_joined() {
        let text = "The ferry was bought from “\nOlav Lind Lines\n” in the spring.\nThe\nEastmouth Echo\nfirst told of the sale.\nShare\nThe weather";
        let units = units_of(text);
        assert_eq!(
            units,
            [
                "The ferry was bought from “ Olav Lind Lines ” in the spring.",
                "The Eastmouth Echo first told of the sale.",
                "Share",
                "The weather"
            ]
        );
    }

    #[test]
    fn sentences_cut_at_links_are_joined() {
        let text = "The mayor of the town, which lies on the coast,\nAnna Berg\n, said that she would not resign.\nNobody believed her.";
        let units = units_of(text);
        assert_eq!(
            units[0],
            "The mayor of the town, which lies on the coast, Anna Berg, said that she would not resign."
        );
        assert_eq!(units.len(), 2);
    }
}
