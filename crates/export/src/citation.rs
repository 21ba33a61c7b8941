//! An article as a citable source: BibTeX and CSL-JSON.

use dateline_core::article::Article;
use dateline_core::text::{clean, folded};
use serde_json::{Map, Value, json};
use std::fmt::Write;

/// Formats a BibTeX entry with the given key.
#[must_use]
pub fn bibtex(article: &Article, key: &str) -> String {
    let authors: Vec<String> = article.byline.iter().map(|name| format!("{{{}}}", tex(&name.value))).collect();
    let date = article.published.as_ref().map(|published| published.date);
    let fields = [
        ("title", Some(format!("{{{}}}", tex(article.title())))),
        ("author", (!authors.is_empty()).then(|| authors.join(" and "))),
        ("journal", article.publisher.as_ref().map(|publisher| tex(&publisher.value))),
        ("date", date.map(|date| date.to_string())),
        ("year", date.map(|date| date.year().to_string())),
        ("url", article.url.as_ref().map(|url| clean(url).into_string().replace(['{', '}', '\\'], ""))),
        ("langid", article.language.as_ref().map(|language| tex(language))),
    ];
    let mut out = format!("@article{{{},\n", key.replace(|c: char| !c.is_ascii_alphanumeric(), ""));
    for (name, value) in fields {
        if let Some(value) = value {
            let _ = writeln!(out, "  {name} = {{{value}}},");
        }
    }
    out.push_str("}\n");
    out
}

/// Formats words as a single line with TeX's special characters escaped.
fn tex(words: &str) -> String {
    let mut out = String::new();
    for character in clean(&folded(words)).as_str().chars() {
        match character {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '{' | '}' | '$' | '&' | '#' | '%' | '_' => {
                out.push('\\');
                out.push(character);
            }
            other => out.push(other),
        }
    }
    out
}

/// Returns a CSL-JSON item with the given ID.
#[must_use]
pub fn csl(article: &Article, id: &str) -> Value {
    let mut out = Map::new();
    let mut put = |name: &str, value: Value| out.insert(name.to_owned(), value);
    put("id", json!(id));
    put("type", json!("article-newspaper"));
    put("title", json!(folded(article.title())));
    if !article.byline.is_empty() {
        put("author", article.byline.iter().map(|name| json!({"literal": name.value})).collect());
    }
    if let Some(publisher) = &article.publisher {
        put("container-title", json!(publisher.value));
    }
    if let Some(published) = &article.published {
        let date = published.date;
        put("issued", json!({"date-parts": [[date.year(), date.month(), date.day()]]}));
    }
    if let Some(url) = &article.url {
        put("URL", json!(url));
    }
    if let Some(language) = &article.language {
        put("language", json!(language));
    }
    Value::Object(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_core::article::{Datum, Published};
    use jiff::civil::date;

    fn article() -> Article {
        let mut article = Article::verbatim("a", "The mill closed.");
        article.headline = Some(Datum::given("Profit & {loss} at 5%".to_owned()));
        article.byline = vec![Datum::given("Ana Ruiz".to_owned()), Datum::given("Rufus Pell".to_owned())];
        article.published = Some(Published {
            date: date(2024, 5, 15),
            moment: None,
            source: dateline_core::article::DateSource::Metadata,
            evidence: None,
        });
        article
    }

    #[test]
    fn what_tex_would_take_for_a_command_is_escaped() {
        let entry = bibtex(&article(), "ab12");
        assert!(entry.starts_with("@article{ab12,\n  title = {{Profit \\& \\{loss\\} at 5\\%}},\n"), "{entry}");
        assert!(entry.contains("author = {{Ana Ruiz} and {Rufus Pell}}") && entry.contains("date = {2024-05-15}"));
    }

    #[test]
    fn csl_has_the_date_in_parts() {
        assert_eq!(csl(&article(), "ab12")["issued"], json!({"date-parts": [[2024, 5, 15]]}));
    }
}
