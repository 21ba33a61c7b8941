//! Exports an article as plain lines in one column, for screen readers as well as for sighted users. The output has no
//! symbols that would be read aloud, and names speakers and dates where they occur in the text.

use dateline_analysis::{Analysis, Quote};
use dateline_core::article::{Article, Block, BlockKind, Datum};
use dateline_core::text::{Span, clean, folded};
use std::collections::BTreeMap;

/// Formats the headline, authors and date of an article, followed by one line per paragraph. Names of speakers and
/// dates are added in brackets.
#[must_use]
pub fn article(article: &Article, analysis: &Analysis) -> String {
    let mut lines = vec![folded(article.title())];
    lines.extend(article.standfirst.iter().map(|standfirst| standfirst.value.clone()));
    let mut facts: Vec<String> = Vec::new();
    // Skip names that the credit line at the start of the text already gives.
    let is_new = |name: &&Datum<String>| !article.opens_with_credit(&name.value, false);
    let names: Vec<&str> = article.byline.iter().filter(is_new).map(|name| name.value.as_str()).collect();
    if !names.is_empty() {
        facts.push(format!("By {}", names.join(" and ")));
    }
    facts.extend(article.publisher.iter().filter(is_new).map(|publisher| publisher.value.clone()));
    facts.extend(analysis.reference.iter().map(|reference| reference.date.strftime("%-d %B %Y").to_string()));
    lines.extend((!facts.is_empty()).then(|| format!("{}.", facts.join(", "))));
    let asides = asides(article, analysis);
    let repeated = article.repeated_headline();
    let body = article.blocks.iter().enumerate().filter(|(_, block)| !block.kind.is_front());
    for (index, block) in body.filter(|(index, _)| Some(*index) != repeated) {
        lines.push(block_text(article, block, analysis.unrelated_captions.contains(&index), &asides));
    }
    let mut out = String::with_capacity(article.text.len() + lines.len() * 2);
    for line in lines.iter().filter(|line| !line.trim().is_empty()) {
        for line in line.lines() {
            out.push_str(&clean(line).to_string());
            out.push('\n');
        }
        out.push('\n');
    }
    out
}

/// Formats a block of the text. A block other than a plain paragraph begins with its kind.
fn block_text(article: &Article, block: &Block, unrelated: bool, asides: &BTreeMap<usize, String>) -> String {
    let words = with_asides(&article.text, block.span, asides);
    let line = folded(&words);
    match block.kind {
        BlockKind::Heading => format!("Heading: {line}"),
        BlockKind::Caption if unrelated => format!("Picture of another story: {line}"),
        BlockKind::Caption => format!("Picture: {line}"),
        BlockKind::Quote => format!("Set apart: {line}"),
        BlockKind::ListItem => format!("Item: {line}"),
        BlockKind::Table => {
            words.lines().fold(String::new(), |rows, row| rows + "Row: " + &row.replace('\t', ", ") + ".\n")
        }
        BlockKind::Code => words,
        _ => line,
    }
}

/// Returns the notes to insert in brackets, which name speakers and dates, by the byte offset of each.
fn asides(article: &Article, analysis: &Analysis) -> BTreeMap<usize, String> {
    let mut out: BTreeMap<usize, String> = BTreeMap::new();
    for time in analysis.times.iter().filter(|time| time.relative || time.is_doubtful()) {
        if let Some((first, last)) = time.interval {
            let day = |date: jiff::civil::Date| date.strftime("%-d %B %Y").to_string();
            let words = if first == last { day(first) } else { format!("{} to {}", day(first), day(last)) };
            let words = if time.is_doubtful() { format!("perhaps {words}") } else { words };
            out.insert(time.span.end, words);
        }
    }
    for quote in &analysis.quotes {
        if let Some((at, words)) = speaker(article, quote) {
            out.insert(at, words);
        }
    }
    out
}

/// Returns the note that names the speaker of a quote, and the byte offset at which to insert it. Returns `None` if the
/// block of the quote already contains the speaker's full name.
fn speaker(article: &Article, quote: &Quote) -> Option<(usize, String)> {
    let speaker = quote.speaker.as_ref()?;
    let mention = folded(speaker.mention.of(&article.text));
    let beside = article.block_at(speaker.mention.start) == article.block_at(quote.span.start);
    if beside {
        return (!mention.contains(&speaker.name)).then(|| (speaker.mention.end, speaker.name.clone()));
    }
    // Insert the note after the closing quotation mark, if there is one.
    let mark = quote.span.end
        + Span::new(quote.span.end, article.text.len())
            .of(&article.text)
            .chars()
            .next()
            .filter(|c| matches!(c, '”' | '"' | '’'))
            .map_or(0, char::len_utf8);
    Some((mark, format!("says {}", speaker.name)))
}

/// Returns the text of a span with the notes inserted.
fn with_asides(text: &str, span: Span, asides: &BTreeMap<usize, String>) -> String {
    let mut out = String::new();
    let mut from = span.start;
    for (&at, words) in asides.range(span.start + 1..=span.end.max(span.start + 1)) {
        out.push_str(text.get(from..at).unwrap_or_default());
        out.extend([" [", words.as_str(), "]"]);
        from = at;
    }
    out.push_str(text.get(from..span.end).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_analysis::{Analyzer, Options};

    #[test]
    fn speakers_and_days_are_said_where_they_are_read() {
        let text = "Mayor Ada Quill opened the bridge on Monday.\n\n“It will hold,” Quill said.";
        let story = Article::verbatim("bridge", text);
        let options = Options { reference: Some(jiff::civil::date(2024, 5, 14)), ..Options::default() };
        let plain = self::article(&story, &Analyzer::bundled().analyze(&story, &options));
        assert!(plain.contains("on Monday [13 May 2024]."), "{plain}");
        assert!(plain.contains("“It will hold,” Quill [Ada Quill] said."), "{plain}");
        assert!(!plain.contains('\x1b'));
    }

    #[test]
    fn doubtful_days_are_marked() {
        let story = Article::verbatim("lake", "Rovers cross the lake on Friday. The last race was on 3/4/2021.");
        let options = Options { reference: Some(jiff::civil::date(2024, 5, 14)), ..Options::default() };
        let plain = self::article(&story, &Analyzer::bundled().analyze(&story, &options));
        assert!(plain.contains("on Friday [perhaps 17 May 2024]."), "{plain}");
        assert!(plain.contains("on 3/4/2021 [perhaps 4 March 2021]."), "{plain}");
    }

    #[test]
    fn headline_and_authors_are_read_once() {
        let mut story = dateline_core::article::Builder::new("ferry");
        story.block(BlockKind::Heading, "Ferry stops at Vale");
        story.block(BlockKind::Paragraph, "By Nora Field · The Vale Echo");
        story.block(BlockKind::Paragraph, "The ferry stopped.");
        let mut story = story.build();
        story.headline = Some(Datum::given("Ferry stops  at Vale".to_owned()));
        story.byline = vec![Datum::given("Nora Field".to_owned()), Datum::given("Otto Lind".to_owned())];
        story.publisher = Some(Datum::given("The Vale Echo".to_owned()));
        let plain = self::article(&story, &Analysis::default());
        assert_eq!(plain.matches("Ferry stops at Vale").count(), 1, "{plain}");
        assert_eq!(plain.matches("Nora Field").count(), 1, "{plain}");
        assert_eq!(plain.matches("The Vale Echo").count(), 1, "{plain}");
        assert!(plain.contains("By Otto Lind."), "an author that the text does not name: {plain}");
        // A heading in the middle, or a heading whose text differs, is not the headline.
        story.headline = Some(Datum::given("Ferry stops".to_owned()));
        assert!(self::article(&story, &Analysis::default()).contains("Heading: Ferry stops at Vale"));
    }
}
