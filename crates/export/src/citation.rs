//! Exports an article as a source to be cited, in BibTeX and CSL-JSON.

use dateline_core::article::Article;
use dateline_core::text::{clean, folded};
use serde_json::{Map, Value, json};
use std::fmt::Write;

/// Formats an article as a BibTeX entry with the given key.
#[must_use]
pub fn bibtex(article: &Article, key: &str) -> String {
    let authors: Vec<String> = article.byline.iter().map(|name| bibtex_name(&name.value)).collect();
    let date = article.published.as_ref().map(|published| published.date);
    let fields = [
        ("title", Some(format!("{{{}}}", tex(article.title())))),
        ("author", (!authors.is_empty()).then(|| authors.join(" and "))),
        ("journal", article.publisher.as_ref().map(|publisher| tex(&publisher.value))),
        ("date", date.map(|date| date.to_string())),
        ("year", date.map(|date| date.year().to_string())),
        ("url", article.url.as_ref().map(|url| clean(url).to_string().replace(['{', '}', '\\'], ""))),
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

/// Formats a name for BibTeX: `Ruiz, Ana`. A name that is not a person's is put in braces.
fn bibtex_name(name: &str) -> String {
    match Name::of(name) {
        Some(Name { given, particle, family, suffix }) => {
            let last = if particle.is_empty() { family } else { format!("{particle} {family}") };
            let parts = [last, suffix, given].map(|part| tex(&part));
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
        }
        None => format!("{{{}}}", tex(name)),
    }
}

/// A person's name, divided into the parts that citation styles distinguish.
#[derive(Debug, Default, PartialEq, Eq)]
struct Name {
    given: String,
    /// Particle that belongs to the family name, such as "van" or "de la".
    particle: String,
    family: String,
    suffix: String,
}

/// Particles that may precede a family name.
const PARTICLES: [&str; 24] = [
    "af", "al", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "ibn", "la",
    "le", "ten", "ter", "van", "von", "y", "zu",
];
/// Suffixes that may follow a family name.
const SUFFIXES: [&str; 6] = ["jr", "sr", "ii", "iii", "iv", "v"];
/// Words that occur only in the names of agencies, newspapers and desks, not of people.
const NO_PERSON: [&str; 24] = [
    "agencies",
    "agency",
    "board",
    "bureau",
    "contributors",
    "daily",
    "desk",
    "editorial",
    "editors",
    "gazette",
    "group",
    "herald",
    "magazine",
    "media",
    "network",
    "news",
    "newsroom",
    "post",
    "press",
    "reporters",
    "service",
    "staff",
    "team",
    "times",
];

impl Name {
    /// Divides a person's name into parts. Returns `None` for a single word, a name in another script, or the name of
    /// an agency.
    fn of(name: &str) -> Option<Self> {
        let mut words: Vec<&str> = name.split_whitespace().collect();
        let plain = |word: &str| word.trim_matches(['.', ',']).to_lowercase();
        let capital = |word: &&str| word.starts_with(char::is_uppercase);
        if words.iter().any(|word| NO_PERSON.contains(&plain(word).as_str())) || !words.first().is_some_and(capital) {
            return None;
        }
        let suffix = words.pop_if(|word| SUFFIXES.contains(&plain(word).as_str())).unwrap_or_default();
        let family = words.pop().filter(capital)?;
        let from = words.iter().rposition(|word| !PARTICLES.contains(word)).map_or(0, |at| at + 1);
        let (given, particle) = (words.get(..from)?, words.get(from..)?);
        if given.is_empty() || given.len() > 4 {
            return None;
        }
        Some(Self {
            given: given.join(" "),
            particle: particle.join(" "),
            family: family.trim_end_matches(',').to_owned(),
            suffix: suffix.to_owned(),
        })
    }

    /// Returns the name as a CSL-JSON object.
    fn csl(self) -> Value {
        let parts = [
            ("family", self.family),
            ("given", self.given.trim_end_matches(',').to_owned()),
            ("non-dropping-particle", self.particle),
            ("suffix", self.suffix),
        ];
        parts
            .into_iter()
            .filter(|(_, part)| !part.is_empty())
            .map(|(key, part)| (key.to_owned(), json!(part)))
            .collect::<Map<_, _>>()
            .into()
    }
}

/// Formats text on one line, escaping everything that has a special meaning in TeX.
fn tex(words: &str) -> String {
    let mut out = String::new();
    for character in clean(&folded(words)).chars() {
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

/// Formats an article as a CSL-JSON item with the given ID.
#[must_use]
pub fn csl(article: &Article, id: &str) -> Value {
    let mut out = Map::new();
    let mut put = |name: &str, value: Value| out.insert(name.to_owned(), value);
    put("id", json!(id));
    put("type", json!("article-newspaper"));
    put("title", json!(folded(article.title())));
    if !article.byline.is_empty() {
        let name = |name: &str| Name::of(name).map_or_else(|| json!({"literal": name}), Name::csl);
        put("author", article.byline.iter().map(|author| name(&author.value)).collect());
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
        assert!(entry.contains("author = {Ruiz, Ana and Pell, Rufus}") && entry.contains("date = {2024-05-15}"));
    }

    #[test]
    fn persons_have_family_and_given_names_and_agencies_do_not() {
        let csl = |name: &str| {
            let mut story = article();
            story.byline = vec![Datum::given(name.to_owned())];
            csl(&story, "a")["author"][0].clone()
        };
        assert_eq!(csl("Ana María Ruiz"), json!({"family": "Ruiz", "given": "Ana María"}));
        assert_eq!(
            csl("Jan van der Berg Jr."),
            json!({"family": "Berg", "given": "Jan", "non-dropping-particle": "van der", "suffix": "Jr."})
        );
        for literal in ["Associated Press", "Reuters", "山田太郎", "Harbour Post Staff"] {
            assert_eq!(csl(literal), json!({"literal": literal}));
        }
        assert_eq!(bibtex_name("Jan van der Berg Jr."), "van der Berg, Jr., Jan");
        assert_eq!(bibtex_name("Associated Press"), "{Associated Press}");
    }

    #[test]
    fn csl_has_the_date_in_parts() {
        assert_eq!(csl(&article(), "ab12")["issued"], json!({"date-parts": [[2024, 5, 15]]}));
    }
}
