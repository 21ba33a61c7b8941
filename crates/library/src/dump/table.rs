//! Kinds of export lines that correspond to rows of a table. Each kind has an SQL statement that exports the rows and
//! another that imports them.

/// A kind of export line. Statements that import a line receive it as `?1`.
pub(super) struct Table {
    /// Value of the field `kind` in lines of this kind.
    pub kind: &'static str,
    /// Noun for one item of this kind, for messages, in the singular.
    pub noun: &'static str,
    /// SQL statement that exports the rows, in an order independent of the library's row IDs.
    pub select: &'static str,
    /// Method of importing a line of this kind.
    pub insert: Insert,
}

/// Method of importing an export line into the library.
pub(super) enum Insert {
    /// Runs the SQL statement, which inserts nothing if the row already exists.
    Plain(&'static str),
    /// Runs the SQL statement with the article ID as `?2`.
    OfArticle(&'static str),
    /// Runs the SQL statement with the number of identical lines so far as `?2`. Unlike with [`Insert::Plain`], several
    /// identical lines insert as many rows.
    Repeated(&'static str),
    /// Like [`Insert::Repeated`], with the article ID as `?3`.
    RepeatedOfArticle(&'static str),
    /// Merges the line with existing data in [`super::merge`].
    Merged,
}

/// Every kind of export line that has a table of its own, in export order.
pub(super) const TABLES: &[Table] = &[
    Table {
        kind: "feed",
        noun: "feed",
        select: "SELECT json_object('kind', 'feed', 'url', url, 'title', title, 'tags', tags, 'etag', etag,
            'last_modified', last_modified, 'next_due', next_due, 'failures', failures, 'paused', paused, 'full_text', full_text)
         FROM feeds ORDER BY id",
        insert: Insert::Plain(
            "INSERT OR IGNORE INTO feeds (url, title, tags, etag, last_modified, next_due, failures, paused, full_text)
             SELECT ?1 ->> 'url', coalesce(?1 ->> 'title', ''), coalesce(?1 ->> 'tags', ''), ?1 ->> 'etag',
                ?1 ->> 'last_modified', coalesce(?1 ->> 'next_due', 0), coalesce(?1 ->> 'failures', 0),
                coalesce(?1 ->> 'paused', 0), coalesce(?1 ->> 'full_text', 0)",
        ),
    },
    Table {
        kind: "fetch",
        noun: "fetch record",
        select: "SELECT json_object('kind', 'fetch', 'feed', (SELECT url FROM feeds WHERE id = feed_id), 'url', url, 'at', at,
            'status', status, 'bytes', bytes, 'added', added, 'error', error)
         FROM fetches ORDER BY id",
        insert: Insert::Repeated(
            "INSERT INTO fetches (feed_id, url, at, status, bytes, added, error)
             SELECT (SELECT id FROM feeds WHERE url = ?1 ->> 'feed'), ?1 ->> 'url', ?1 ->> 'at', ?1 ->> 'status',
                ?1 ->> 'bytes', ?1 ->> 'added', ?1 ->> 'error'
             WHERE (SELECT count(*) FROM fetches f WHERE f.url = ?1 ->> 'url' AND f.at = ?1 ->> 'at'
                AND f.status IS ?1 ->> 'status' AND f.bytes IS ?1 ->> 'bytes' AND f.error IS ?1 ->> 'error') < ?2",
        ),
    },
    Table {
        kind: "state",
        noun: "read/star state",
        select: "SELECT json_object('kind', 'state', 'uid', uid, 'read', read, 'starred', starred, 'archived', archived,
            'binned_at', binned_at, 'feed', (SELECT url FROM feeds WHERE id = feed_id))
         FROM articles WHERE read OR starred OR archived OR binned_at IS NOT NULL OR feed_id IS NOT NULL ORDER BY id",
        insert: Insert::Merged,
    },
    Table {
        kind: "tag",
        noun: "tag",
        select: "SELECT json_object('kind', 'tag', 'uid', a.uid, 'tag', n.name) FROM article_tags t
         JOIN tags n ON n.id = t.tag_id JOIN articles a ON a.id = t.article_id ORDER BY a.id, n.name",
        insert: Insert::OfArticle(
            "INSERT OR IGNORE INTO article_tags (article_id, tag_id) SELECT ?2, id FROM tags WHERE name = ?1 ->> 'tag'",
        ),
    },
    Table {
        kind: "note",
        noun: "note",
        select: "SELECT json_object('kind', 'note', 'uid', a.uid, 'words', n.words, 'changed', n.changed)
         FROM notes n JOIN articles a ON a.id = n.article_id ORDER BY a.id",
        insert: Insert::Merged,
    },
    Table {
        kind: "highlight",
        noun: "highlight",
        select: "SELECT json_object('kind', 'highlight', 'uid', a.uid, 'start', h.start, 'end', h.end, 'exact', h.exact,
            'prefix', h.prefix, 'suffix', h.suffix, 'colour', h.colour, 'note', h.note, 'created', h.created)
         FROM highlights h JOIN articles a ON a.id = h.article_id ORDER BY h.id",
        insert: Insert::Merged,
    },
    Table {
        kind: "position",
        noun: "reading position",
        select: "SELECT json_object('kind', 'position', 'uid', a.uid, 'start', p.start, 'exact', p.exact, 'prefix', p.prefix,
            'suffix', p.suffix, 'changed', p.changed)
         FROM positions p JOIN articles a ON a.id = p.article_id ORDER BY a.id",
        insert: Insert::Merged,
    },
    Table {
        kind: "correction",
        noun: "correction",
        select: "SELECT json_object('kind', 'correction', 'uid', a.uid, 'what', c.kind, 'start', c.start, 'exact', c.exact,
            'prefix', c.prefix, 'suffix', c.suffix, 'payload', c.payload)
         FROM corrections c JOIN articles a ON a.id = c.article_id ORDER BY c.id",
        insert: Insert::RepeatedOfArticle(
            "INSERT INTO corrections (article_id, kind, start, exact, prefix, suffix, payload)
             SELECT ?3, ?1 ->> 'what', ?1 ->> 'start', ?1 ->> 'exact', ?1 ->> 'prefix', ?1 ->> 'suffix', ?1 ->> 'payload'
             WHERE (SELECT count(*) FROM corrections c WHERE c.article_id = ?3 AND c.exact = ?1 ->> 'exact'
                AND c.payload = ?1 ->> 'payload') < ?2",
        ),
    },
    Table {
        kind: "alias",
        noun: "merged name",
        select: "SELECT json_object('kind', 'alias', 'of', n.kind, 'name', folded(n.name), 'as', o.kind,
            'other', folded(o.name),
            'same', a.same)
         FROM aliases a JOIN names n ON n.id = a.name_id JOIN names o ON o.id = a.other_id
         ORDER BY n.kind, folded(n.name), o.kind, folded(o.name)",
        insert: Insert::Merged,
    },
    Table {
        kind: "decision",
        noun: "split or merged story",
        select: "SELECT json_object('kind', 'decision', 'uid', a.uid, 'other', o.uid, 'same', d.same)
         FROM cluster_decisions d JOIN articles a ON a.id = d.article_id JOIN articles o ON o.id = d.other_id
         ORDER BY a.id, o.id",
        insert: Insert::Merged,
    },
    Table {
        kind: "view",
        noun: "saved view",
        select: "SELECT json_object('kind', 'view', 'name', name, 'query', query, 'place', place)
         FROM saved_views ORDER BY name",
        insert: Insert::Merged,
    },
    Table {
        kind: "search",
        noun: "earlier search",
        select: "SELECT json_object('kind', 'search', 'query', query, 'at', at) FROM searches ORDER BY query",
        insert: Insert::Plain(
            "INSERT OR IGNORE INTO searches (query, at) SELECT ?1 ->> 'query', ?1 ->> 'at'",
        ),
    },
];

/// Kinds of export lines that are not in [`TABLES`], each with its noun in the singular and plural.
const OTHERS: [(&str, &str, &str); 2] =
    [("source", "shared source", "shared sources"), ("article", "story", "stories")];

/// Formats a number of items of one kind, such as "1 story" or "3 notes".
pub(super) fn counted(kind: &str, count: usize) -> String {
    let (one, many) = OTHERS.iter().find(|other| other.0 == kind).map_or_else(
        || {
            let noun = TABLES.iter().find(|table| table.kind == kind).map_or(kind, |table| table.noun);
            (noun.to_owned(), format!("{noun}{}", if noun.ends_with("ch") { "es" } else { "s" }))
        },
        |&(_, one, many)| (one.to_owned(), many.to_owned()),
    );
    format!("{count} {}", if count == 1 { one } else { many })
}
