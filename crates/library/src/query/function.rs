//! SQL functions for queries that SQLite lacks. They match words and regular expressions in columns, including packed
//! ones.

use crate::codec;
use crate::fts_token::parts;
use dateline_core::article::Article;
use dateline_core::text::fold;
use regex::Regex;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::{Connection, Error, Result};
use std::sync::Arc;

/// Registers the SQL functions on a connection.
pub(crate) fn install(connection: &Connection) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_DIRECTONLY;
    connection.create_scalar_function("folded", 1, flags, |context| Ok(fold(text(context, 0)?)))?;
    connection.create_scalar_function("words_match", 3, flags, |context| {
        let words: Arc<Vec<String>> = context
            .get_or_create_aux(0, |value| -> std::result::Result<_, rusqlite::types::FromSqlError> {
                Ok(parts(value.as_str()?))
            })?;
        let prefix: bool = context.get(1)?;
        Ok(has_words(text(context, 2)?, &words, prefix))
    })?;
    connection
        .create_scalar_function("regex_matches", 2, flags, |context| Ok(regex(context)?.is_match(text(context, 1)?)))?;
    connection.create_scalar_function("text_matches", 2, flags, |context| {
        let article = article(context, 1)?;
        Ok(regex(context)?.is_match(article.text.get(article.body..).unwrap_or_default()))
    })?;
    // The first argument is a bitmap with one bit per article ID. ID 0 is the lowest bit of the first byte.
    connection.create_scalar_function("marked", 2, flags, |context| {
        let (marks, id) = (context.get_raw(0).as_blob()?, context.get_raw(1).as_i64()?);
        let byte = usize::try_from(id / 8).ok().and_then(|at| marks.get(at));
        Ok(byte.is_some_and(|byte| byte >> (id % 8) & 1 == 1))
    })?;
    connection.create_scalar_function("quote_matches", 3, flags, |context| {
        let article = article(context, 1)?;
        let Ok(analysis) = codec::unpack_annotations(context.get_raw(2).as_blob()?, &article.text) else {
            return Ok(false);
        };
        let regex = regex(context)?;
        Ok(analysis.quotes.iter().any(|quote| regex.is_match(quote.span.of(&article.text))))
    })?;
    connection.create_scalar_function("figure_matches", 3, flags, |context| {
        let article = article(context, 1)?;
        let Ok(analysis) = codec::unpack_annotations(context.get_raw(2).as_blob()?, &article.text) else {
            return Ok(false);
        };
        let regex = regex(context)?;
        Ok(analysis.figures.iter().any(|figure| regex.is_match(&figure.counted)))
    })
}

/// Returns an argument of an SQL function as text. NULL becomes an empty string.
fn text<'a>(context: &'a Context<'_>, at: usize) -> Result<&'a str> {
    Ok(context.get_raw(at).as_str_or_null()?.unwrap_or_default())
}

/// Returns the first argument of an SQL function as a regular expression, compiled only once per statement.
fn regex(context: &Context<'_>) -> Result<Arc<Regex>> {
    context.get_or_create_aux(0, |value| -> std::result::Result<_, Box<dyn std::error::Error + Send + Sync>> {
        Ok(super::regex(value.as_str()?)?)
    })
}

fn article(context: &Context<'_>, at: usize) -> Result<Article> {
    codec::unpack_article(context.get_raw(at).as_blob()?).map_err(|error| Error::UserFunctionError(error.into()))
}

/// Returns whether a text contains these folded words consecutively. The last word may be a prefix.
pub(super) fn has_words(text: &str, words: &[String], prefix: bool) -> bool {
    let folded = fold(text);
    let all: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let Some((last, first)) = words.split_last() else { return false };
    all.windows(words.len()).any(|window| {
        window.iter().zip(first).all(|(found, word)| found == word)
            && window.last().is_some_and(|found| found == last || (prefix && found.starts_with(last.as_str())))
    })
}
