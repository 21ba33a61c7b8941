//! Reads email: messages and newsletters in plain text or HTML, and pages saved as email (MHTML).

use super::feed;
use super::{Error, html};
use crate::metadata::dateline;
use crate::metadata::datetime::DateTime;
use crate::metadata::source_metadata::SourceMetadata;
use dateline_core::article::{Article, BlockKind, Boilerplate, Builder, LeftOut};
use dateline_core::text::folded;
use jiff::civil::Date;
use mail_parser::{Message, MessageParser, PartType};
use url::Url;

/// Separator between the body of a message and the sender's signature.
const SIGNATURE: &str = "\n-- \n";

/// Returns a message as an article. `id` identifies the message.
///
/// # Errors
/// Returns an error if the bytes are not a message, or the message has no text.
pub(crate) fn article(id: &str, bytes: &[u8]) -> Result<Article, Error> {
    let message = MessageParser::default().parse(bytes).ok_or(Error::Empty)?;
    let address = message.header_raw("Snapshot-Content-Location").map(folded);
    let markup = message.html_bodies().find_map(|part| match &part.body {
        PartType::Html(markup) => Some(markup.as_ref()),
        _ => None,
    });
    if let (Some(address), Some(page)) = (&address, markup) {
        let mut article = html::article(id, page)?;
        article.url = article.url.or_else(|| super::address::absolute(None, address));
        return Ok(article);
    }
    let mut builder = Builder::new(id);
    metadata(&message).open(&mut builder);
    let text = message.text_bodies().find_map(|part| match &part.body {
        PartType::Text(text) => Some(text.as_ref()),
        _ => None,
    });
    match (markup, text) {
        (Some(markup), _) => {
            let base = address.as_deref().and_then(|address| Url::parse(address).ok());
            html::message(markup, base.as_ref(), &mut builder);
        }
        (None, Some(text)) => plain(text, &mut builder),
        (None, None) => {}
    }
    let attachments = message.attachments().filter(|part| !part.is_text()).count();
    if attachments > 0 {
        builder.article().notes.push(format!("{attachments} attached files were left out."));
    }
    dateline::set(builder.article(), None);
    let article = builder.build();
    if article.body >= article.text.len() {
        Err(Error::Refused("it is a message without text".to_owned()))
    } else {
        Ok(article)
    }
}

/// Reads the metadata of a message from its headers.
fn metadata(message: &Message<'_>) -> SourceMetadata {
    let sender = message.from().and_then(|from| from.first());
    let name = sender.and_then(|sender| sender.name().or_else(|| sender.address())).map(folded);
    let list = message
        .header_raw("List-Id")
        .and_then(|list| list.split('<').next())
        .map(|list| folded(list.trim_matches(['"', ' '])));
    SourceMetadata {
        title: message.subject().map(folded),
        authors: name.into_iter().collect(),
        published: message.date().and_then(|date| {
            let day =
                Date::new(i16::try_from(date.year).ok()?, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?);
            let stamp = date.to_rfc3339();
            Some(DateTime { date: day.ok()?, stamp: stamp.parse::<jiff::Timestamp>().is_ok().then_some(stamp) })
        }),
        publisher: list.filter(|list| !list.is_empty()),
        ..SourceMetadata::default()
    }
}

/// Adds the body of a plain-text message, with its hard-wrapped paragraphs, quoted lines and signature.
fn plain(text: &str, builder: &mut Builder) {
    let text = text.replace("\r\n", "\n");
    let (body, signature) = text.split_once(SIGNATURE).unwrap_or((&text, ""));
    for paragraph in body.split("\n\n") {
        let quoted = !paragraph.trim().is_empty() && paragraph.trim().lines().all(|line| line.starts_with('>'));
        if quoted {
            let lines: Vec<&str> = paragraph.lines().map(|line| line.trim_start_matches(['>', ' '])).collect();
            builder.block(BlockKind::Quote, &folded(&lines.join(" ")));
        } else if is_list(paragraph) {
            for line in paragraph.lines() {
                builder.list_item(1, &folded(line.trim_start().trim_start_matches(['*', '-', '•', ' '])));
            }
        } else if wrapped(paragraph) {
            builder.block(BlockKind::Paragraph, &folded(paragraph));
        } else {
            feed::paragraphs(paragraph, builder);
        }
    }
    if !signature.trim().is_empty() {
        builder.article().left_out.push(LeftOut { text: signature.trim().to_owned(), why: Boilerplate::Footer });
    }
}

/// Returns whether a paragraph has several lines that all begin with a bullet.
fn is_list(paragraph: &str) -> bool {
    let mut lines = paragraph.trim().lines();
    let item = |line: &str| ["* ", "- ", "• "].iter().any(|bullet| line.trim_start().starts_with(bullet));
    paragraph.trim().contains('\n') && lines.all(item)
}

/// Returns whether a paragraph was hard-wrapped: all lines but the last have a typical length.
fn wrapped(paragraph: &str) -> bool {
    let lines: Vec<usize> = paragraph.trim().lines().map(|line| line.trim_end().chars().count()).collect();
    let Some((_, inner)) = lines.split_last() else { return false };
    inner.iter().all(|length| (30..=100).contains(length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_in_plain_text() {
        let mail = "From: Ana Ruiz <ana@post.example>\r\nSubject: =?utf-8?q?The_caf=C3=A9_letter?=\r\nDate: Fri, 3 May 2024 10:15:00 +0200\r\n\r\nThe café on the quay, which burnt down\r\nlast spring, has opened again.\r\n\r\n> It was about time.\r\n\r\n-- \r\nThe Harbour Post\r\n";
        let article = article("letter.eml", mail.as_bytes()).unwrap();
        assert_eq!(article.headline.as_ref().unwrap().value, "The café letter");
        assert_eq!(article.byline[0].value, "Ana Ruiz");
        assert_eq!(article.published.as_ref().unwrap().moment.as_deref(), Some("2024-05-03T10:15:00+02:00"));
        assert!(
            article.text.ends_with("which burnt down last spring, has opened again.\n\nIt was about time."),
            "{}",
            article.text
        );
        assert_eq!(article.left_out[0].text, "The Harbour Post");
    }

    #[test]
    fn an_agency_report_in_a_letter_has_a_dateline() {
        let mail = "From: The Harbour Post <news@post.example>\r\nSubject: Ferry sinks\r\n\r\nThe Harbour Post\r\n\r\nKARSK, May 3 (Harbour Press) - A ferry sank off Orlo.\r\n";
        let dateline = article("letter.eml", mail.as_bytes()).unwrap().dateline.unwrap();
        assert_eq!((dateline.place.as_deref(), dateline.date.as_deref()), (Some("KARSK"), Some("May 3")));
    }
}
