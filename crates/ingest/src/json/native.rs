//! Reads the JSON output of `dateline extract`, in which blocks are given as offsets in code points.

use crate::metadata::datetime;
use crate::metadata::source_metadata::SourceMetadata;
use dateline_core::Named;
use dateline_core::article::{Article, BlockKind, Builder};
use dateline_core::text::CodePoints;
use serde_json::Value;

/// Block kinds that may occur in the text of a story.
const KINDS: [BlockKind; 7] = [
    BlockKind::Paragraph,
    BlockKind::Heading,
    BlockKind::Caption,
    BlockKind::Quote,
    BlockKind::ListItem,
    BlockKind::Table,
    BlockKind::Code,
];

/// Returns whether an object is the output of `dateline extract`.
pub(super) fn is_native(value: &Value) -> bool {
    value.get("schema").is_some_and(Value::is_number) && value.get("blocks").is_some_and(Value::is_array)
}

/// Converts the output of `dateline extract` back to an article.
pub(super) fn article(id: &str, value: &Value) -> Option<Article> {
    let text = value.get("text")?.as_str()?;
    let string = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let list = |key: &str| {
        let items = value.get(key).and_then(Value::as_array).into_iter().flatten();
        items.filter_map(Value::as_str).map(str::to_owned).collect::<Vec<String>>()
    };
    let mut builder = Builder::new(string("id").unwrap_or_else(|| id.to_owned()));
    SourceMetadata {
        title: string("headline"),
        standfirst: string("standfirst"),
        authors: list("byline"),
        // Drop an inferred date, since the source did not declare it.
        published: string("published")
            .filter(|_| value.get("published_source").and_then(Value::as_str) == Some("metadata"))
            .as_deref()
            .and_then(datetime::parse),
        modified: None,
        publisher: string("publisher"),
        section: list("section"),
        language: string("language"),
        url: string("url"),
    }
    .open(&mut builder);
    let points = CodePoints::new(text);
    let number = |block: &Value, key: &str| block.get(key).and_then(Value::as_u64).map(|number| number as usize);
    for block in value.get("blocks")?.as_array()? {
        let (Some(start), Some(end)) = (number(block, "start"), number(block, "end")) else { continue };
        let words = text.get(points.byte(start)..points.byte(end)).unwrap_or_default();
        let name = block.get("kind").and_then(Value::as_str).unwrap_or_default();
        let kind = KINDS.into_iter().find(|kind| kind.name() == name).unwrap_or(BlockKind::Paragraph);
        let level = number(block, "level").map_or(1, |level| level.min(9) as u8);
        match kind {
            BlockKind::Heading => builder.heading(level, words),
            BlockKind::ListItem => builder.list_item(level, words),
            BlockKind::Caption => builder.caption(words, block.get("credit").and_then(Value::as_str)),
            _ => builder.block(kind, words),
        };
    }
    Some(builder.build())
}
