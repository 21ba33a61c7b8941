//! A query as SQL: conditions on the table `articles` called `a`, and an FTS5 expression for what
//! the full-text index can answer. What the reader typed is bound, never spliced in.

use super::ast::{Expression, Pattern, Query, Term};
use super::field::{Calendar, Part, Place, State};
use crate::library::incoming::day_number;
use crate::text::fold;
use jiff::civil::Date;
use rusqlite::types::Value;

/// A query compiled.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Compiled {
    /// What the full-text index is asked for, in the language of FTS5; every story that is found
    /// matches it.
    pub matching: Option<String>,
    /// What must hold besides, joined by `AND`; never empty.
    pub conditions: String,
    /// The values of the conditions' parameters, in order.
    pub values: Vec<Value>,
    /// Whether nothing but the bin is asked of the table of articles.
    pub plain: bool,
}

/// Seconds a day.
const DAY: i64 = 86_400;
/// Days that no story lies before or after.
const ENDS: (i64, i64) = (-5_000_000, 5_000_000);

impl Query {
    /// The query as SQL. `today` is the clock that relative days count from.
    #[must_use]
    pub fn compile(&self, today: Date) -> Compiled {
        let members = match &self.root {
            None => Vec::new(),
            Some(Expression::All(members)) => members.iter().collect(),
            Some(other) => vec![other],
        };
        let (matching, rest) = full_text(&members);
        let mut writer = Writer { sql: String::new(), values: Vec::new(), today };
        let mut bin_asked = false;
        self.each_term(&mut |term, _| bin_asked |= *term == Term::Is(State::Binned));
        writer.sql.push_str(if bin_asked { "1" } else { "a.binned_at IS NULL" });
        // What reads whole texts comes last: it is asked of few stories then.
        let (slow, quick): (Vec<&Expression>, Vec<&Expression>) = rest.into_iter().partition(|member| is_slow(member));
        let plain = slow.is_empty() && quick.is_empty() && !bin_asked;
        for member in quick.into_iter().chain(slow) {
            writer.sql.push_str(" AND ");
            writer.expression(member);
        }
        Compiled { matching, conditions: writer.sql, values: writer.values, plain }
    }
}

/// What of these members the full-text index answers by itself, and the members that are left.
fn full_text<'a>(members: &[&'a Expression]) -> (Option<String>, Vec<&'a Expression>) {
    let mut positive = Vec::new();
    let mut negative = Vec::new();
    let mut rest = Vec::new();
    let mut denied = Vec::new();
    for &member in members {
        match (matching(member), member) {
            (Some(found), _) => positive.push(found),
            (None, Expression::Not(inner)) => match matching(inner) {
                Some(found) => {
                    negative.push(found);
                    denied.push(member);
                }
                None => rest.push(member),
            },
            (None, _) => rest.push(member),
        }
    }
    if positive.is_empty() {
        // FTS5 can only take away from what it has found.
        rest.append(&mut denied);
        return (None, rest);
    }
    let mut out = positive.join(" AND ");
    for found in negative {
        out = format!("({out}) NOT {found}");
    }
    (Some(out), rest)
}

/// An expression in the language of FTS5, if it is all about indexed words.
fn matching(expression: &Expression) -> Option<String> {
    let joined = |members: &[Expression], by: &str| {
        let parts: Option<Vec<String>> = members.iter().map(matching).collect();
        Some(format!("({})", parts?.join(by)))
    };
    match expression {
        Expression::All(members) => joined(members, " AND "),
        Expression::Any(members) => joined(members, " OR "),
        Expression::Term(Term::Words(place, Pattern::Words { words, prefix })) => {
            let columns = match place {
                Place::Anywhere => "{headline body}",
                Place::Title => "{headline}",
                Place::Text => "{body}",
                Place::Quote => "{quote}",
                _ => return None,
            };
            let star = if *prefix && is_beginning(words) { " *" } else { "" };
            Some(format!("({columns} : \"{}\"{star})", words.replace('"', " ")))
        }
        Expression::Not(_) | Expression::Term(_) => None,
    }
}

/// Whether the last word is long enough to be looked for as a beginning: nearly every story holds
/// a word that begins with a given letter.
fn is_beginning(words: &str) -> bool {
    let last = words.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    last.len() > 1
}

/// Whether whole texts must be read.
fn is_slow(expression: &Expression) -> bool {
    match expression {
        Expression::All(members) | Expression::Any(members) => members.iter().any(is_slow),
        Expression::Not(inner) => is_slow(inner),
        Expression::Term(Term::Words(place, Pattern::Regex(_))) => {
            matches!(place, Place::Anywhere | Place::Text | Place::Quote)
        }
        Expression::Term(_) => false,
    }
}

/// Conditions as they are written, with the values of their parameters.
struct Writer {
    sql: String,
    values: Vec<Value>,
    today: Date,
}

impl Writer {
    fn put(&mut self, sql: &str) {
        self.sql.push_str(sql);
    }

    fn bind(&mut self, value: impl Into<Value>) {
        self.sql.push('?');
        self.values.push(value.into());
    }

    fn expression(&mut self, expression: &Expression) {
        if let Some(found) = matching(expression) {
            self.put("a.id IN (SELECT rowid FROM search WHERE search MATCH ");
            self.bind(found);
            self.put(")");
            return;
        }
        match expression {
            Expression::All(members) => self.joined(members, " AND "),
            Expression::Any(members) => self.joined(members, " OR "),
            Expression::Not(inner) => {
                self.put("NOT ");
                self.expression(inner);
            }
            Expression::Term(term) => self.term(term),
        }
    }

    fn joined(&mut self, members: &[Expression], by: &str) {
        self.put("(");
        for (index, member) in members.iter().enumerate() {
            if index > 0 {
                self.put(by);
            }
            self.expression(member);
        }
        self.put(")");
    }

    fn term(&mut self, term: &Term) {
        match term {
            Term::Words(place, pattern) => self.words(*place, pattern),
            Term::Days(calendar, range) => {
                let (begin, end) = range.resolve(self.today);
                self.days(*calendar, begin.map_or(ENDS.0, day_number), end.map_or(ENDS.1, day_number));
            }
            Term::Is(state) => self.put(match state {
                State::Read => "a.read = 1",
                State::Unread => "a.read = 0",
                State::Starred => "a.starred = 1",
                State::Archived => "a.archived = 1",
                State::Binned => "a.binned_at IS NOT NULL",
            }),
            Term::Has(part) => self.put(match part {
                Part::Quotes => "a.quotes > 0",
                Part::Events => "a.events > 0",
                Part::Highlights => "a.highlights > 0",
                Part::Tags => "a.id IN (SELECT article_id FROM article_tags)",
                Part::Notes => {
                    "a.id IN (SELECT article_id FROM notes UNION SELECT article_id FROM highlights WHERE note <> '')"
                }
            }),
        }
    }

    fn days(&mut self, calendar: Calendar, begin: i64, end: i64) {
        let (before, begin, end, after) = match calendar {
            Calendar::Published => ("(a.published IS NOT NULL AND a.day BETWEEN ", begin, end, ")"),
            Calendar::Added => ("(a.added BETWEEN ", begin * DAY, end * DAY + DAY - 1, ")"),
            Calendar::Event => ("a.id IN (SELECT article_id FROM events WHERE end_day >= ", begin, end, ")"),
        };
        self.put(before);
        self.bind(begin);
        self.put(if calendar == Calendar::Event { " AND begin_day <= " } else { " AND " });
        self.bind(end);
        self.put(after);
    }

    fn words(&mut self, place: Place, pattern: &Pattern) {
        match place {
            Place::Anywhere => {
                self.put("(");
                self.words(Place::Title, pattern);
                self.put(" OR ");
                self.words(Place::Text, pattern);
                self.put(")");
            }
            Place::Title => self.compared("a.headline", pattern),
            Place::Text => {
                self.put("EXISTS (SELECT 1 FROM texts t WHERE t.article_id = a.id AND ");
                self.packed("text_matches", "t.article", pattern);
                self.put(")");
            }
            Place::Quote => {
                self.put("EXISTS (SELECT 1 FROM texts t WHERE t.article_id = a.id AND a.quotes > 0 AND ");
                self.packed("quote_matches", "t.article, t.analysis", pattern);
                self.put(")");
            }
            Place::Speaker => {
                self.put("a.id IN (SELECT article_id FROM quotes WHERE speaker IN (");
                self.names(None, pattern);
                self.put("))");
            }
            Place::Person => self.mentioned("person", pattern),
            Place::Organization => self.mentioned("organization", pattern),
            Place::Location => self.mentioned("place", pattern),
            Place::Tag => {
                self.put("a.id IN (SELECT article_id FROM article_tags WHERE tag_id IN (SELECT id FROM tags WHERE ");
                self.label("name", pattern);
                self.put("))");
            }
            Place::Note => {
                self.put("(a.id IN (SELECT article_id FROM notes WHERE ");
                self.compared("words", pattern);
                self.put(") OR a.id IN (SELECT article_id FROM highlights WHERE note <> '' AND ");
                self.compared("note", pattern);
                self.put("))");
            }
            Place::Feed => {
                self.put("a.feed_id IN (SELECT id FROM feeds WHERE ");
                self.compared("title || ' ' || url", pattern);
                self.put(")");
            }
            Place::Source => {
                self.compared("coalesce(a.publisher, '') || ' ' || coalesce(a.url, '') || ' ' || a.source", pattern);
            }
        }
    }

    /// Stories that mention a name of a kind.
    fn mentioned(&mut self, kind: &str, pattern: &Pattern) {
        self.put("a.id IN (SELECT article_id FROM mentions WHERE name_id IN (");
        self.names(Some(kind), pattern);
        self.put("))");
    }

    /// The names that are found by a pattern, and those that the reader said to be the same.
    fn names(&mut self, kind: Option<&str>, pattern: &Pattern) {
        self.put("WITH found(id) AS (SELECT id FROM names WHERE ");
        match pattern {
            Pattern::Regex(_) => self.compared("name", pattern),
            Pattern::Words { words, prefix } => {
                self.put("id IN (SELECT name_id FROM forms WHERE ");
                self.form(&fold(words), *prefix && is_beginning(words));
                self.put(")");
            }
        }
        if let Some(kind) = kind {
            self.put(" AND kind = ");
            self.bind(kind.to_owned());
        }
        self.put(
            "), roots(id) AS (SELECT id FROM found UNION SELECT other_id FROM aliases WHERE same = 1 AND name_id IN found)
             SELECT id FROM roots UNION SELECT name_id FROM aliases WHERE same = 1 AND other_id IN roots",
        );
    }

    /// Forms that begin with these words, and go on only with further words unless `prefix`.
    fn form(&mut self, folded: &str, prefix: bool) {
        let between = |writer: &mut Self, begin: String, end: String| {
            writer.put("form >= ");
            writer.bind(begin);
            writer.put(" AND form < ");
            writer.bind(end);
        };
        if prefix {
            between(self, folded.to_owned(), format!("{folded}{}", char::MAX));
        } else {
            self.put("form = ");
            self.bind(folded.to_owned());
            self.put(" OR ");
            // '!' is the character after the blank.
            between(self, format!("{folded} "), format!("{folded}!"));
        }
    }

    /// A column that is compared as a whole.
    fn label(&mut self, column: &str, pattern: &Pattern) {
        let Pattern::Words { words, prefix } = pattern else { return self.compared(column, pattern) };
        let folded = fold(words);
        if *prefix {
            self.put(&format!("substr(folded({column}), 1, "));
            self.bind(folded.chars().count() as i64);
            self.put(") = ");
        } else {
            self.put(&format!("folded({column}) = "));
        }
        self.bind(folded);
    }

    /// A column in which words are looked for.
    fn compared(&mut self, column: &str, pattern: &Pattern) {
        match pattern {
            Pattern::Regex(source) => {
                self.put("regex_matches(");
                self.bind(source.clone());
                self.put(&format!(", {column})"));
            }
            Pattern::Words { words, prefix } => {
                self.put("words_match(");
                self.bind(words.clone());
                self.put(if *prefix { ", 1, " } else { ", 0, " });
                self.put(&format!("{column})"));
            }
        }
    }

    /// Packed columns that a regular expression is looked for in.
    fn packed(&mut self, function: &str, columns: &str, pattern: &Pattern) {
        // Words never come here: the full-text index answers for them.
        let source = match pattern {
            Pattern::Regex(source) => source.clone(),
            Pattern::Words { words, .. } => regex::escape(words),
        };
        self.put(&format!("{function}("));
        self.bind(source);
        self.put(&format!(", {columns})"));
    }
}
