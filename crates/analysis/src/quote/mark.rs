//! Finds the spans in quotation marks, paragraph by paragraph. Straight marks are classified by context. Curly marks
//! are classified by form, unless the context contradicts the form. Single marks count only in stories that use them
//! for quotations. Other modules determine the speakers, and whether the words are speech.

use crate::document::Document;
use crate::lexicon::lists;
use crate::token::{Token, TokenKind};
use dateline_core::text::Span;
use std::ops::Range;

/// Words between the outermost quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Quotation {
    /// Quoted words, without the marks and surrounding white space.
    pub content: Span,
    /// Tokens of the quotation, including the marks.
    pub tokens: Range<usize>,
    /// Index of the block that contains the quotation.
    pub block: usize,
    /// Whether a closing mark ends the quotation in its own paragraph.
    pub closed: bool,
    /// Whether the quotation continues a quotation left open in the previous paragraph.
    pub continues: bool,
}

/// Direction implied by the shape of a quotation mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum MarkDirection {
    Straight,
    Opening,
    Closing,
}

/// Quotation mark, with the roles that its context allows.
#[derive(Clone, Copy, Debug)]
struct Mark {
    /// Token range `first..end` of the mark. Two single marks in a row make a double mark.
    first: usize,
    end: usize,
    form: MarkDirection,
    /// Whether the mark is single (‘…’), not double (“…”).
    single: bool,
    /// Whether the context allows an opening mark: a space or opening bracket precedes, and no space follows.
    fits_opening: bool,
    /// Whether the context allows a closing mark: a letter or punctuation precedes, and a space or punctuation follows.
    fits_closing: bool,
}

impl Mark {
    /// Returns whether the mark closes a quotation, based on its own form and context.
    const fn closes(&self) -> bool {
        match self.form {
            MarkDirection::Straight => !self.fits_opening,
            MarkDirection::Closing => self.fits_closing || !self.fits_opening,
            MarkDirection::Opening => self.fits_closing && !self.fits_opening,
        }
    }

    /// Returns whether the mark can begin a quotation when none is open.
    const fn begins(&self) -> bool {
        match self.form {
            MarkDirection::Opening => self.fits_opening || !self.fits_closing,
            MarkDirection::Straight => !self.fits_closing,
            MarkDirection::Closing => self.fits_opening && !self.fits_closing,
        }
    }
}

/// Returns all quotations of a document, in order. Quotations neither overlap nor cross blocks.
#[must_use]
pub(crate) fn scan(document: &Document<'_>) -> Vec<Quotation> {
    let single = quotes_with_single_marks(document);
    let mut out = Vec::new();
    let mut open_before = false;
    let mut first = 0;
    while let Some(sentence) = document.sentences.get(document.sentence_of(first).unwrap_or(usize::MAX)) {
        let block = sentence.block;
        let end = block_end(document, block, first);
        let marks = marks(document, first..end, single);
        let found = out.len();
        Scan { document, range: first..end, block, marks: &marks, open_before }.run(&mut out);
        open_before = out.get(found..).and_then(<[Quotation]>::last).is_some_and(|last: &Quotation| !last.closed);
        first = end;
    }
    out
}

/// Returns the index after the last token of `block`, whose first token is `first`.
fn block_end(document: &Document<'_>, block: usize, first: usize) -> usize {
    let limit = document.article.blocks.get(block).map_or(usize::MAX, |block| block.span.end);
    first + document.tokens[first..].partition_point(|token| token.span.start < limit).max(1)
}

/// Returns whether the story uses single marks for quotations. This is so if a single mark closes speech after
/// punctuation, outside double marks. The first of several blocks is skipped, because headlines always use single
/// marks.
fn quotes_with_single_marks(document: &Document<'_>) -> bool {
    let mut in_double = false;
    let mut open = false;
    let headline = document.sentences.first().map_or(0, |first| first.block);
    let several = document.sentences.last().is_some_and(|last| last.block > headline);
    let start = if several {
        document.sentences.iter().find(|sentence| sentence.block > headline).map_or(0, |sentence| sentence.tokens.start)
    } else {
        0
    };
    for (index, token) in document.tokens.iter().enumerate().skip(start) {
        if token.kind != TokenKind::QuoteMark {
            continue;
        }
        let glyph = token.span.of(document.text);
        let opens = opens_by_place(document, index, index + 1);
        if is_double(glyph) {
            in_double = opens;
        } else if is_single(glyph) && !in_double {
            let before = index.checked_sub(1).map_or("", |previous| document.word(previous));
            if opens && !is_elision(document, index + 1) {
                open = true;
            } else if open && !token.spaced && matches!(before, "," | "." | "?" | "!") {
                return true;
            }
        }
    }
    false
}

fn is_double(glyph: &str) -> bool {
    matches!(glyph, "\"" | "“" | "”" | "„" | "‟" | "«" | "»")
}

fn is_single(glyph: &str) -> bool {
    matches!(glyph, "'" | "‘" | "’" | "‚" | "‹" | "›" | "`")
}

/// Returns whether the word after an apostrophe lacks its beginning, as in `'em`, `'til` or `'90s`.
fn is_elision(document: &Document<'_>, word: usize) -> bool {
    let next = document.word(word);
    next.starts_with(|c: char| c.is_ascii_digit()) || lists::ELIDED_WORDS.contains_any_case(next)
}

/// Returns whether the position suits an opening mark: a space, opening bracket or dash precedes, and no space follows.
fn opens_by_place(document: &Document<'_>, first: usize, end: usize) -> bool {
    let Some(token) = document.tokens.get(first) else { return false };
    let before = first.checked_sub(1).map_or("", |previous| document.word(previous));
    let free_before = token.spaced || matches!(before, "" | "(" | "[" | "{" | "/") || is_dash(before) || {
        // An opening mark precedes, as in `“‘Go,’ he said,” she recalled`.
        first > 0 && document.tokens[first - 1].kind == TokenKind::QuoteMark && document.tokens[first - 1].spaced
    };
    let after = document.tokens.get(end);
    let blank_after = after.is_none_or(|next| next.spaced);
    free_before && !blank_after
}

fn is_dash(word: &str) -> bool {
    word.starts_with(['-', '–', '—'])
}

/// Returns whether the position suits a closing mark: no space precedes, and a space, punctuation or the end of the
/// block follows.
fn closes_by_place(document: &Document<'_>, first: usize, end: usize, limit: usize) -> bool {
    let Some(token) = document.tokens.get(first) else { return false };
    let free_after = match document.tokens.get(end) {
        Some(next) if end < limit => {
            next.spaced
                || next.kind == TokenKind::QuoteMark
                || (next.kind == TokenKind::Mark
                    && !matches!(document.word(end), "(" | "[" | "$" | "£" | "€" | "#" | "@"))
        }
        _ => true,
    };
    !token.spaced && free_after
}

/// Returns the quotation marks of one block, without apostrophes and nested marks.
fn marks(document: &Document<'_>, range: Range<usize>, single: bool) -> Vec<Mark> {
    let mut out: Vec<Mark> = Vec::new();
    let mut index = range.start;
    while index < range.end {
        let token = document.tokens[index];
        let glyph = token.span.of(document.text);
        let mut end = index + 1;
        if token.kind == TokenKind::QuoteMark {
            let doubled = matches!(glyph, "'" | "`" | "‘" | "’")
                && end < range.end
                && !document.tokens[end].spaced
                && document.word(end) == glyph;
            if doubled {
                end += 1;
            }
            if doubled || is_double(glyph) || (single && is_single(glyph)) {
                let mut mark = Mark {
                    first: index,
                    end,
                    form: form(glyph, doubled),
                    single: !doubled && is_single(glyph),
                    fits_opening: opens_by_place(document, index, end),
                    fits_closing: closes_by_place(document, index, end, range.end),
                };
                if index == range.start {
                    mark.fits_closing = false;
                }
                if !(single && !doubled && is_single(glyph) && is_apostrophe(document, &mark)) {
                    out.push(mark);
                }
            }
        }
        index = end;
    }
    if single {
        drop_possessives(document, &mut out);
    }
    out
}

fn form(glyph: &str, doubled: bool) -> MarkDirection {
    match glyph {
        "“" | "„" | "‟" | "«" | "‘" | "‚" | "‹" => MarkDirection::Opening,
        "`" if doubled => MarkDirection::Opening,
        "”" | "»" | "’" | "›" => MarkDirection::Closing,
        _ => MarkDirection::Straight,
    }
}

/// Returns whether a single mark is an apostrophe, inside a word or before an elided word.
fn is_apostrophe(document: &Document<'_>, mark: &Mark) -> bool {
    (!mark.fits_opening && !mark.fits_closing) || (mark.fits_opening && is_elision(document, mark.end))
}

/// Removes possessive apostrophes. These are single marks after a final s if a better closing mark follows before the
/// next opening mark.
fn drop_possessives(document: &Document<'_>, marks: &mut Vec<Mark>) {
    let possessive = |mark: &Mark| {
        let before: &Token = &document.tokens[mark.first.saturating_sub(1)];
        mark.single
            && mark.closes()
            && before.kind == TokenKind::Word
            && before.span.of(document.text).ends_with(['s', 'S'])
            && document.tokens.get(mark.end).is_some_and(|next| next.kind != TokenKind::Mark)
    };
    let doubtful: Vec<bool> = marks.iter().map(possessive).collect();
    let mut keep = Vec::with_capacity(marks.len());
    let mut open = false;
    for (index, mark) in marks.iter().enumerate() {
        let kept = if doubtful[index] {
            let truer = (index + 1..marks.len()).find(|later| !doubtful[*later]);
            open && !truer.is_some_and(|later| marks[later].closes())
        } else {
            true
        };
        if kept {
            open = !mark.closes();
        }
        keep.push(kept);
    }
    let mut kept = keep.iter();
    marks.retain(|_| *kept.next().unwrap_or(&true));
}

/// Scan state over the marks of one block.
struct Scan<'a> {
    document: &'a Document<'a>,
    range: Range<usize>,
    block: usize,
    marks: &'a [Mark],
    /// Whether the previous block ended with an open quotation.
    open_before: bool,
}

impl Scan<'_> {
    fn run(&self, out: &mut Vec<Quotation>) {
        let mut open: Option<usize> = None;
        let mut depth = 0_usize;
        for (index, mark) in self.marks.iter().enumerate() {
            match open {
                None if mark.begins() => open = Some(index),
                None if index == 0 && self.open_before && mark.closes() => {
                    self.push(self.range.start..mark.end, self.range.start..mark.first, true, true, out);
                }
                None => {}
                Some(opened) if self.marks[opened].single != mark.single => {}
                Some(opened) => match self.inside(opened, index) {
                    Step::Close if depth > 0 => depth -= 1,
                    Step::Close => {
                        self.close(opened, mark.first, mark.end, true, out);
                        open = None;
                    }
                    Step::Nest => depth += 1,
                    Step::Renew => {
                        self.close(opened, mark.first, mark.first, true, out);
                        open = Some(index);
                        depth = 0;
                    }
                },
            }
        }
        if let Some(opened) = open {
            self.close(opened, self.range.end, self.range.end, false, out);
        }
    }

    /// Returns the effect of mark `index` while the quotation opened by mark `opened` is open.
    fn inside(&self, opened: usize, index: usize) -> Step {
        let mark = &self.marks[index];
        if mark.closes() || !mark.fits_opening {
            return Step::Close;
        }
        // The mark looks like an opening mark. If two closing marks follow, the mark is nested. If another opening mark
        // follows, the mark has the wrong spacing. In all other cases, the previous quotation was never closed.
        let mut later = self.marks[index + 1..].iter().filter(|later| later.single == mark.single).map(Mark::closes);
        let (next, second) = (later.next(), later.next());
        if mark.form != self.marks[opened].form && next == Some(true) {
            // Curly marks are nested in straight ones, or straight marks in curly ones.
            return Step::Nest;
        }
        match (mark.form, next, second) {
            (_, Some(true), Some(true)) => Step::Nest,
            (MarkDirection::Straight, Some(false) | None, _) => Step::Close,
            _ => Step::Renew,
        }
    }

    /// Closes the quotation opened by mark `opened`. Its words end before token `until`, and its marks before token
    /// `end`.
    fn close(&self, opened: usize, until: usize, end: usize, closed: bool, out: &mut Vec<Quotation>) {
        let mark = &self.marks[opened];
        let continues = self.open_before && mark.first == self.range.start;
        self.push(mark.first..end, mark.end..until, closed, continues, out);
    }

    fn push(&self, tokens: Range<usize>, inner: Range<usize>, closed: bool, continues: bool, out: &mut Vec<Quotation>) {
        let content = self.document.span(inner).trimmed(self.document.text);
        if !content.is_empty() {
            out.push(Quotation { content, tokens, block: self.block, closed, continues });
        }
    }
}

/// Effect of a mark inside an open quotation.
enum Step {
    Close,
    Nest,
    Renew,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::RESOURCES;
    use dateline_core::article::Article;
    use proptest::prelude::*;

    fn scanned(text: &str) -> Vec<String> {
        let article = Article::verbatim("t", text);
        let document = Document::new(&article, &RESOURCES);
        scan(&document).iter().map(|quotation| quotation.content.of(text).to_owned()).collect()
    }

    #[test]
    fn straight_curly_low_and_angle_marks_are_read() {
        for text in ["\"We won,\" she said.", "“We won,” she said.", "„We won,“ she said.", "«We won,» she said."]
        {
            assert_eq!(scanned(text), ["We won,"], "{text}");
        }
    }

    #[test]
    fn a_wrong_curly_mark_still_closes() {
        assert_eq!(scanned("“We won,“ she said. “They lost,\" he said."), ["We won,", "They lost,"]);
    }

    #[test]
    fn a_quotation_within_a_quotation_is_part_of_it() {
        assert_eq!(scanned("“He told me ‘run’ and I ran,” she said."), ["He told me ‘run’ and I ran,"]);
        assert_eq!(scanned("“He told me “run” and I ran,” she said."), ["He told me “run” and I ran,"]);
    }

    #[test]
    fn one_mark_a_paragraph_quotes_every_paragraph() {
        let text = "“We began early.\n\n“We ended late,” she said.";
        assert_eq!(scanned(text), ["We began early.", "We ended late,"]);
    }

    #[test]
    fn a_forgotten_mark_does_not_swallow_the_next_paragraph() {
        assert_eq!(scanned("“We began early.\n\nNobody came."), ["We began early."]);
    }

    #[test]
    fn single_marks_quote_where_double_ones_do_not() {
        assert_eq!(
            scanned("‘We’re the brothers’ keepers,’ said Ode. ‘We are.’"),
            ["We’re the brothers’ keepers,", "We are."]
        );
        assert_eq!(scanned("'Go,' he said. It was the dogs' day in the '90s."), ["Go,"]);
        assert_eq!(scanned("“Go,” he said of the workers' strike."), ["Go,"]);
    }

    proptest! {
        #[test]
        fn contents_lie_in_order_and_on_character_boundaries(text in "[a-zé .,\"“”‘’'«»\n]{0,80}") {
            let article = Article::verbatim("t", text.as_str());
            let document = Document::new(&article, &RESOURCES);
            let mut end = 0;
            for quotation in scan(&document) {
                prop_assert!(quotation.content.start >= end && text.get(quotation.content.start..quotation.content.end).is_some());
                end = quotation.content.end;
            }
        }
    }
}
