#!/bin/sh
# feedparser 6.0.14 names the last of several authors in `author`.
#
# Expected: the first author, or all of them: the documentation calls `author` "the author of this entry", and the lead author
# comes first in a byline.
# Seen on 2026-11-30 with Python 3.11: with two `dc:creator` elements in RSS and with two `author` elements in Atom, `author` and
# `author_detail` are those of the second person; only `authors` has both.
# Why it matters: readers that show `author` credit every shared story to the person who was named last.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check feedparser==6.0.14
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import feedparser

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Harbour</title>
<link>http://example.org/</link><description>News</description><item><title>Ferry</title>
<dc:creator>Ann Ode</dc:creator><dc:creator>Ben Lund</dc:creator></item></channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour</title><id>urn:example:feed</id>
<updated>2026-11-30T10:00:00Z</updated><entry><title>Ferry</title><id>urn:example:1</id><updated>2026-11-30T10:00:00Z</updated>
<author><name>Ann Ode</name></author><author><name>Ben Lund</name></author></entry></feed>"""
for name, feed in (("RSS", RSS), ("Atom", ATOM)):
    entry = feedparser.parse(feed).entries[0]
    print(f"{name}: author {entry.author!r}, authors {[author['name'] for author in entry.authors]}")
    assert entry.author == "Ben Lund" and [author["name"] for author in entry.authors] == ["Ann Ode", "Ben Lund"], entry
PYTHON
