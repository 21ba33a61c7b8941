//! Compiles a query to SQL: conditions on the table `articles` with the alias `a`, and FTS5 expressions for the parts
//! that the full-text indices can answer. The user's words are always bound as parameters, never inserted into the SQL.

use super::ast::{Expression, Pattern, Query, Term};
use super::field::{Calendar, Part, State};
use super::fts_match::{FtsClause, FtsIndex, FtsMatch};
use super::gathered;
use super::indexed::{is_indexable_prefix, joined, members, relax, split_phrase, terms};
use super::literal;
use crate::day_number::day_number;
use crate::fts_token;
use crate::search_field::SearchField;
use dateline_core::text::fold;
use jiff::civil::Date;
use rusqlite::types::Value;

/// A query compiled to SQL.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Compiled {
    /// Queries of the full-text indices, all of which a story must match.
    pub matching: Vec<FtsMatch>,
    /// Parts of the query that the full-text indices can answer. Stories are ranked by these parts.
    pub parts: Vec<FtsClause>,
    /// Remaining conditions in SQL, joined by `AND`; never empty.
    pub conditions: String,
    /// Values of the parameters in the conditions, in order.
    pub bindings: Vec<Binding>,
}

/// Value of an SQL parameter.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Binding {
    /// An ordinary SQL value.
    Value(Value),
    /// A bitmap of the article IDs that an SQL statement with these parameter values returns.
    Ids(String, Vec<Value>),
}

/// Seconds per day.
const SECONDS_PER_DAY: i64 = 86_400;
/// First and last day allowed for a story, in days since 1970-01-01.
const DAY_LIMITS: (i64, i64) = (-5_000_000, 5_000_000);
/// Maximum length of an event that is searched by its first day, in days. Longer events have an index of their own.
const MAX_SHORT_EVENT_DAYS: i64 = 62;

impl Query {
    /// Compiles the query to SQL. Relative dates are resolved against `today`. `merged` must be `true` if the user has
    /// merged names with different spellings.
    #[must_use]
    pub(crate) fn compile(&self, today: Date, merged: bool) -> Compiled {
        let root = self.root.as_ref().map(relax);
        let members = match &root {
            None => Vec::new(),
            Some(Expression::All(members)) => members.iter().collect(),
            Some(other) => vec![other],
        };
        let mut writer = Writer { sql: String::new(), bindings: Vec::new(), today, merged, is_narrowed: false };
        let (matching, rest) = writer.full_text(&members);
        writer.is_narrowed = !matching.is_empty();
        let parts = members.iter().filter_map(|member| writer.part(member)).collect();
        let mut bin_asked = false;
        self.each_term(&mut |term, _| bin_asked |= *term == Term::Is(State::Binned));
        writer.sql.push_str(if bin_asked { "1" } else { "a.binned_at IS NULL" });
        // Conditions that read whole texts are placed last, so that only few stories are left to check.
        let (slow, quick): (Vec<&Expression>, Vec<&Expression>) = rest.into_iter().partition(|member| is_slow(member));
        for member in quick.into_iter().chain(slow) {
            writer.sql.push_str(" AND ");
            writer.expression(member);
        }
        Compiled { matching, parts, conditions: writer.sql, bindings: writer.bindings }
    }
}

/// Returns the query that finds words of a field among the marked terms of the index of annotations.
fn marked(place: SearchField, words: &str, prefix: bool) -> Option<FtsMatch> {
    let terms = Some(fts_token::named(place, words)).filter(|terms| !terms.is_empty())?;
    let star = if prefix && is_indexable_prefix(&terms) { " *" } else { "" };
    Some(FtsMatch { index: FtsIndex::AnnotationSearch, words: format!("({{names}} : \"{terms}\"{star})") })
}

/// Returns whether evaluating an expression requires reading whole texts.
fn is_slow(expression: &Expression) -> bool {
    match expression {
        Expression::All(members) | Expression::Any(members) => members.iter().any(is_slow),
        Expression::Not(inner) => is_slow(inner),
        Expression::Term(Term::Words(place, Pattern::Regex(_))) => {
            matches!(place, SearchField::Anywhere | SearchField::Text | SearchField::Quote | SearchField::Figure)
        }
        Expression::Term(_) => false,
    }
}

/// Writer of SQL conditions that also collects the values of their parameters.
struct Writer {
    sql: String,
    bindings: Vec<Binding>,
    today: Date,
    merged: bool,
    /// Whether the full-text indices have already narrowed the stories down, so that few texts are read.
    is_narrowed: bool,
}

impl Writer {
    /// Returns queries of the full-text indices for some of the members, and the members that are not covered by them.
    fn full_text<'a>(&self, members: &[&'a Expression]) -> (Vec<FtsMatch>, Vec<&'a Expression>) {
        let mut rest = members.to_vec();
        let mut matching = Vec::new();
        for index in FtsIndex::ALL {
            let ask = |member: &Expression| self.quick(member).filter(|found| found.index == index);
            let apart = |member: &Expression| split_phrase(member).filter(|_| index == FtsIndex::Terms);
            let asked = |member: &&Expression| ask(member).map(|found| found.words).or_else(|| apart(member));
            let positive: Vec<String> = rest.iter().filter_map(asked).collect();
            if positive.is_empty() {
                // FTS5 can exclude stories only from those that it has already found.
                continue;
            }
            let denied = |member: &Expression| match member {
                Expression::Not(inner) => ask(inner),
                _ => None,
            };
            let mut words = positive.join(" AND ");
            for found in rest.iter().filter_map(|member| denied(member)) {
                words = format!("({words}) NOT {}", found.words);
            }
            rest.retain(|member| ask(member).is_none() && denied(member).is_none());
            matching.push(FtsMatch { index, words });
        }
        (matching, rest)
    }

    /// Converts a member to a part of the query by which stories are ranked. Returns `None` if the indices cannot
    /// answer it.
    fn part(&self, member: &Expression) -> Option<FtsClause> {
        let apart = || split_phrase(member).map(|words| FtsMatch { index: FtsIndex::Terms, words });
        let ranked = self.matching(member).filter(|found| found.index == FtsIndex::Search)?;
        Some(FtsClause { quick: self.quick(member).or_else(apart)?, ranked: ranked.words })
    }

    /// Converts an expression to a query of the index that answers it fastest. Returns `None` if no index can.
    fn quick(&self, expression: &Expression) -> Option<FtsMatch> {
        if split_phrase(expression).is_some() {
            return None;
        }
        terms(expression).or_else(|| self.matching(expression))
    }

    /// Converts an expression to a query of an index with positions. Returns `None` if no such index can answer it.
    fn matching(&self, expression: &Expression) -> Option<FtsMatch> {
        if let Some((members, by)) = members(expression) {
            return joined(members, by, |member| self.matching(member));
        }
        let Expression::Term(Term::Words(place, Pattern::Words { words, prefix })) = expression else { return None };
        let (index, columns) = match place {
            SearchField::Anywhere => (FtsIndex::Search, "{headline body}"),
            SearchField::Title => (FtsIndex::Search, "{headline}"),
            SearchField::Text => (FtsIndex::Search, "{body}"),
            SearchField::Quote => (FtsIndex::AnnotationSearch, "{quote}"),
            SearchField::Speaker | SearchField::Person | SearchField::Organization | SearchField::Location
                if !self.merged =>
            {
                return marked(*place, words, *prefix);
            }
            SearchField::Figure => return marked(*place, words, *prefix),
            _ => return None,
        };
        let (phrases, is_open) = fts_token::phrases(words, *prefix);
        let words = phrases.iter().map(|phrase| format!("\"{phrase}\"")).collect::<Vec<_>>().join(" AND ");
        let star = if is_open { " *" } else { "" };
        let words = match phrases.len() {
            0 => return None,
            1 => format!("({columns} : {words}{star})"),
            _ => format!("({columns} : ({words}{star}))"),
        };
        Some(FtsMatch { index, words })
    }

    /// Creates a writer of a statement of its own.
    const fn apart(&self) -> Self {
        Self { sql: String::new(), bindings: Vec::new(), today: self.today, merged: false, is_narrowed: true }
    }

    /// Returns the statement and the values of its parameters, none of which may be a bitmap.
    fn into_statement(self) -> (String, Vec<Value>) {
        let values = self.bindings.into_iter().filter_map(|binding| match binding {
            Binding::Value(value) => Some(value),
            Binding::Ids(..) => None,
        });
        (self.sql, values.collect())
    }

    /// Writes the condition that an article is in the result of an SQL statement.
    fn among(&mut self, sql: String, values: Vec<Value>) {
        self.put("marked(?, a.id)");
        self.bindings.push(Binding::Ids(sql, values));
    }

    fn put(&mut self, sql: &str) {
        self.sql.push_str(sql);
    }

    fn bind(&mut self, value: impl Into<Value>) {
        self.sql.push('?');
        self.bindings.push(Binding::Value(value.into()));
    }

    fn expression(&mut self, expression: &Expression) {
        if let Some(FtsMatch { index, words }) = self.quick(expression) {
            self.among(index.sql().to_owned(), vec![words.into()]);
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
                self.days(*calendar, begin.map_or(DAY_LIMITS.0, day_number), end.map_or(DAY_LIMITS.1, day_number));
            }
            Term::Is(state) => self.put(match state {
                State::Read => "a.read = 1",
                State::Unread => "a.read = 0",
                State::Starred => "a.starred = 1",
                State::Archived => "a.archived = 1",
                State::Binned => "a.binned_at IS NOT NULL",
            }),
            Term::Outlets(range) => {
                self.put("(");
                self.among(gathered::OF_OUTLETS.to_owned(), gathered::limits(*range).map(Value::from).to_vec());
                if range.contains(1) {
                    self.put(" OR ");
                    self.put(gathered::UNGATHERED);
                }
                self.put(")");
            }
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
        let (before, begin, end) = match calendar {
            Calendar::Published => ("(a.published IS NOT NULL AND a.day BETWEEN ", begin, end),
            Calendar::Added => {
                ("(a.added BETWEEN ", begin * SECONDS_PER_DAY, end * SECONDS_PER_DAY + SECONDS_PER_DAY - 1)
            }
            Calendar::Event => {
                let sql = format!(
                    "SELECT article_id FROM events WHERE begin_day BETWEEN ?1 - {MAX_SHORT_EVENT_DAYS} AND ?2 AND end_day >= ?1 UNION ALL
                     SELECT article_id FROM events WHERE end_day - begin_day > {MAX_SHORT_EVENT_DAYS} AND begin_day <= ?2 AND end_day >= ?1"
                );
                return self.among(sql, vec![begin.into(), end.into()]);
            }
        };
        self.put(before);
        self.bind(begin);
        self.put(" AND ");
        self.bind(end);
        self.put(")");
    }

    fn words(&mut self, place: SearchField, pattern: &Pattern) {
        match place {
            SearchField::Anywhere => {
                self.put("(");
                self.words(SearchField::Title, pattern);
                self.put(" OR ");
                self.words(SearchField::Text, pattern);
                self.put(")");
            }
            SearchField::Title => self.compared("a.headline", pattern),
            SearchField::Text => {
                self.put("(");
                self.require_letters(pattern);
                self.put("EXISTS (SELECT 1 FROM texts t WHERE t.article_id = a.id AND ");
                self.packed("text_matches", "t.article", pattern);
                self.put("))");
            }
            SearchField::Quote => {
                self.put("(");
                self.require_letters(pattern);
                self.put("EXISTS (SELECT 1 FROM texts t WHERE t.article_id = a.id AND a.quotes > 0 AND ");
                self.packed("quote_matches", "t.article, t.analysis", pattern);
                self.put("))");
            }
            SearchField::Figure => {
                self.put("EXISTS (SELECT 1 FROM texts t WHERE t.article_id = a.id AND ");
                self.packed("figure_matches", "t.article, t.analysis", pattern);
                self.put(")");
            }
            SearchField::Speaker => self.named(place, "quotes WHERE speaker", None, pattern),
            SearchField::Person => self.named(place, "mentions WHERE name_id", Some("person"), pattern),
            SearchField::Organization => self.named(place, "mentions WHERE name_id", Some("organization"), pattern),
            SearchField::Location => self.named(place, "mentions WHERE name_id", Some("place"), pattern),
            SearchField::Tag => {
                self.put("a.id IN (SELECT article_id FROM article_tags WHERE tag_id IN (SELECT id FROM tags WHERE ");
                self.label("name", pattern);
                self.put("))");
            }
            SearchField::Note => {
                self.put("(a.id IN (SELECT article_id FROM notes WHERE ");
                self.compared("words", pattern);
                self.put(") OR a.id IN (SELECT article_id FROM highlights WHERE note <> '' AND ");
                self.compared("note", pattern);
                self.put("))");
            }
            SearchField::Feed => {
                self.put("a.feed_id IN (SELECT id FROM feeds WHERE ");
                self.compared("title || ' ' || url", pattern);
                self.put(")");
            }
            SearchField::Also => {
                let mut others = self.apart();
                others.put(gathered::ALSO);
                others.compared(gathered::OUTLET, pattern);
                let (sql, values) = others.into_statement();
                self.among(sql, values);
            }
            SearchField::Source => {
                self.compared("coalesce(a.publisher, '') || ' ' || coalesce(a.url, '') || ' ' || a.source", pattern);
            }
        }
    }

    /// Writes the condition that a field of a story contains a name. The index is used if it can answer the condition.
    /// Names merged by the user are found through the rows of `table`.
    fn named(&mut self, place: SearchField, table: &str, kind: Option<&str>, pattern: &Pattern) {
        let unmerged = self.apart();
        let indexed = unmerged.matching(&Expression::Term(Term::Words(place, pattern.clone())));
        let mut names = unmerged;
        names.put(&format!("SELECT article_id FROM {table} IN ("));
        names.names(kind, pattern, indexed.is_some());
        names.put(")");
        let (sql, values) = names.into_statement();
        self.put("(");
        if let Some(FtsMatch { index, words }) = indexed {
            self.among(index.sql().to_owned(), vec![words.into()]);
            self.put(" OR ");
        }
        self.among(sql, values);
        self.put(")");
    }

    /// Writes a statement that selects the names matching a pattern, and those merged with them. If `same` is `true`,
    /// it only selects names that the user merged or split.
    fn names(&mut self, kind: Option<&str>, pattern: &Pattern, same: bool) {
        self.put("WITH found(id) AS (SELECT id FROM names WHERE ");
        if same {
            self.put("id IN (SELECT name_id FROM aliases UNION SELECT other_id FROM aliases) AND ");
        }
        match pattern {
            Pattern::Regex(_) => self.compared("name", pattern),
            Pattern::Words { words, prefix } => {
                self.put("id IN (SELECT name_id FROM forms WHERE ");
                self.form(&fold(words), *prefix && is_indexable_prefix(words));
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

    /// Writes the condition for search forms that begin with these words. If `prefix` is `true`, the last word may be
    /// incomplete. If not, a form may only continue with further words.
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
            // In ASCII, '!' is the character after the space.
            between(self, format!("{folded} "), format!("{folded}!"));
        }
    }

    /// Writes the condition that the whole value of a column matches a pattern.
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

    /// Writes the condition that a column contains a pattern.
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

    /// Writes the condition that a word of the story has the letters that a regular expression requires, so that only few
    /// texts need to be read.
    fn require_letters(&mut self, pattern: &Pattern) {
        if let Pattern::Regex(source) = pattern
            && !self.is_narrowed
            && let Some(letters) = literal::required(source)
        {
            self.among(literal::SQL.to_owned(), vec![letters.into()]);
            self.put(" AND ");
        }
    }

    /// Writes the condition that packed columns match a regular expression.
    fn packed(&mut self, function: &str, columns: &str, pattern: &Pattern) {
        // Words never get here, since the full-text index handles them.
        let source = match pattern {
            Pattern::Regex(source) => source.clone(),
            Pattern::Words { words, .. } => regex::escape(words),
        };
        self.put(&format!("{function}("));
        self.bind(source);
        self.put(&format!(", {columns})"));
    }
}
