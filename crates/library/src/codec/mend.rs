//! Repairs the spans of stored articles. They come from other people's exports and libraries as well, and a span that is
//! not valid in its text would end the program.

use dateline_core::article::{Article, Datum, Published};
use dateline_core::text::Span;

/// Removes spans that are not valid in the text of an article. If the blocks are missing, not valid or not in order, they
/// are replaced by the paragraphs of the text. The text itself is never changed.
pub(crate) fn mend(article: &mut Article) {
    let text = std::mem::take(&mut article.text);
    let is_valid = |span: Span| text.get(span.start..span.end).is_some();
    if !text.is_char_boundary(article.body) {
        article.body = 0;
    }
    if article.blocks.is_empty() || !are_ordered(article.blocks.iter().map(|block| block.span), is_valid) {
        article.blocks = Article::verbatim("", text.as_str()).blocks;
    }
    if !are_ordered(article.links.iter().map(|link| link.span), is_valid) {
        article.links.clear();
    }
    article.emphasis.retain(|&span| is_valid(span));
    let fields = [&mut article.headline, &mut article.kicker, &mut article.standfirst, &mut article.publisher];
    let credits = article.blocks.iter_mut().filter_map(|block| block.credit.as_mut());
    let values = fields.into_iter().filter_map(Option::as_mut).chain(&mut article.byline).chain(credits);
    for value in values {
        mend_value(value, is_valid);
    }
    article.dateline.take_if(|dateline| !is_valid(dateline.span));
    for date in [&mut article.published, &mut article.modified].into_iter().flatten() {
        let Published { evidence, .. } = date;
        evidence.take_if(|span| !is_valid(*span));
    }
    article.text = text;
}

/// Returns whether all spans are valid, in order and without overlaps.
fn are_ordered(mut spans: impl Iterator<Item = Span>, is_valid: impl Fn(Span) -> bool) -> bool {
    let mut end = 0;
    spans.all(|span| {
        let is_next = span.start >= end && is_valid(span);
        end = span.end;
        is_next
    })
}

fn mend_value(value: &mut Datum<String>, is_valid: impl Fn(Span) -> bool) {
    value.span.take_if(|span| !is_valid(*span));
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_core::article::{Block, BlockKind, Dateline, Link};

    const TEXT: &str = "Odé said so.\n\nThe mill has closed.";

    fn mended(change: impl FnOnce(&mut Article)) -> Article {
        let mut article = Article::verbatim("a", TEXT);
        change(&mut article);
        mend(&mut article);
        assert_eq!(article.text, TEXT);
        article
    }

    #[test]
    fn what_is_valid_stays() {
        let link = Link { span: Span::new(0, 4), url: "https://a.example/".to_owned() };
        let change = |article: &mut Article| {
            article.body = 15;
            article.links = vec![link.clone()];
            article.emphasis = vec![Span::new(5, 9)];
            article.headline = Some(Datum::at("Odé".to_owned(), Span::new(0, 4)));
        };
        let mut article = Article::verbatim("a", TEXT);
        change(&mut article);
        assert_eq!(mended(change), article);
    }

    #[test]
    fn spans_outside_the_text_or_inside_a_character_are_removed() {
        let plain = Article::verbatim("a", TEXT);
        for (start, end) in [(0, 99_999), (9, 3), (0, 3), (3, 9), (99_999, usize::MAX)] {
            let span = Span { start, end };
            let block = Block::new(BlockKind::Paragraph, span);
            assert_eq!(mended(|article| article.blocks = vec![block.clone()]).blocks, plain.blocks, "{span:?}");
            let article = mended(|article| {
                article.body = 3;
                article.links = vec![Link { span, url: String::new() }];
                article.emphasis = vec![Span::new(5, 9), span];
                article.headline = Some(Datum { value: "Odé".to_owned(), span: Some(span) });
                article.dateline = Some(Dateline { place: None, date: None, span });
            });
            assert_eq!((article.body, article.links.len(), article.emphasis.len()), (0, 0, 1), "{span:?}");
            assert_eq!(
                article.headline.map(|headline| (headline.value, headline.span)),
                Some(("Odé".to_owned(), None))
            );
            assert_eq!(article.dateline, None);
        }
        let overlapping = [Span::new(0, 9), Span::new(5, 12)].map(|span| Block::new(BlockKind::Paragraph, span));
        assert_eq!(mended(|article| article.blocks = overlapping.to_vec()).blocks, plain.blocks);
    }
}
