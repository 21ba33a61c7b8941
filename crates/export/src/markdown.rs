//! Exports an article with its annotations as Markdown, for a collection of notes.

use super::rows;
use dateline_analysis::Analysis;
use dateline_core::article::{Article, Block, BlockKind};
use dateline_core::text::{clean, folded};
use std::fmt::Write;

/// Formats an article as Markdown: its heading, its text, and one section each for quotes, entities, timeline and
/// figures.
#[must_use]
pub fn article(article: &Article, analysis: &Analysis) -> String {
    let mut out = String::new();
    head(article, analysis, &mut out);
    for (index, block) in article.blocks.iter().enumerate().filter(|(_, block)| !block.kind.is_front()) {
        out.push_str(&self::block(article, block, analysis.unrelated_captions.contains(&index)));
        out.push('\n');
    }
    let tables = [
        ("Quotes", rows::quotes(article, analysis, |_| true)),
        ("People, places, organisations", rows::entities(article, analysis, None)),
        ("Timeline", rows::timeline(article, analysis)),
        ("Figures", rows::figures(article, analysis, |_| true)),
    ];
    for (title, rows) in tables.into_iter().filter(|(_, rows)| !rows.rows.is_empty()) {
        let _ = write!(out, "\n## {title}\n\n{}", rows.markdown());
    }
    out
}

/// Appends the headline, the standfirst, and a line with authors, publisher, date and URL.
fn head(article: &Article, analysis: &Analysis, out: &mut String) {
    let _ = writeln!(out, "# {}\n", clean(&folded(article.title())));
    if let Some(standfirst) = &article.standfirst {
        let _ = writeln!(out, "*{}*\n", clean(&standfirst.value));
    }
    let mut facts: Vec<String> = article.byline.iter().map(|name| name.value.clone()).collect();
    facts.extend(article.publisher.iter().map(|publisher| publisher.value.clone()));
    facts.extend(analysis.reference.iter().map(|reference| reference.date.to_string()));
    facts.extend(article.url.clone());
    if !facts.is_empty() {
        let _ = writeln!(out, "{}\n", clean(&facts.join(" · ")));
    }
}

/// Formats one block in Markdown.
fn block(article: &Article, block: &Block, unrelated: bool) -> String {
    let words = block.span.of(&article.text);
    let line = clean(&folded(words)).to_string();
    match block.kind {
        BlockKind::Heading => format!("{} {line}\n", "#".repeat(usize::from(block.level.unwrap_or(2).clamp(2, 6)))),
        BlockKind::Quote => format!("> {line}\n"),
        BlockKind::ListItem if is_numbered(&line) => format!("{line}\n"),
        BlockKind::ListItem => format!("- {line}\n"),
        BlockKind::Caption if unrelated => format!("*[of another story] {line}*\n"),
        BlockKind::Caption => format!("*{line}*\n"),
        BlockKind::Code | BlockKind::Table => {
            let lines: Vec<String> = words.lines().map(|line| clean(line).to_string()).collect();
            format!("```\n{}\n```\n", lines.join("\n"))
        }
        _ => format!("{line}\n"),
    }
}

/// Returns whether a list item begins with its number, as in `4. Open the gate.`, so that it needs no bullet.
fn is_numbered(line: &str) -> bool {
    let number = line.split_once(". ").map(|(number, _)| number);
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_core::article::Builder;

    #[test]
    fn an_item_with_a_number_of_its_own_gets_no_bullet() {
        let mut builder = Builder::new("x");
        builder.list_item(1, "4. Open the gate.");
        builder.list_item(1, "b. Wait.");
        let article = builder.build();
        let written: Vec<String> = article.blocks.iter().map(|each| block(&article, each, false)).collect();
        assert_eq!(written, ["4. Open the gate.\n", "- b. Wait.\n"]);
    }
}
