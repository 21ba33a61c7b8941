#!/bin/sh
# feedparser 6.0.14 gives the address of the first author to the second one, who has none.
#
# Expected: an `email` for the first author only, as in the feed (RFC 4287, 3.2: a person construct holds the address of that
# person).
# Seen on 2026-11-30 with Python 3.11, in an Atom entry that feedgen 0.4.0 wrote: `authors` has Ann Ode's address twice, and
# `author` is "Ben Lund (ann@example.org)". Her home page stays hers. feedsmith 3.0.1 keeps the two people apart.
# Why it matters: a letter to the author who is named there goes to a colleague.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check feedparser==6.0.14 feedgen==0.4.0
"$folder/venv/bin/python" -W ignore - "$folder/feed.xml" <<'PYTHON'
import sys

import feedparser
from feedgen.feed import FeedGenerator

generator = FeedGenerator()
generator.id("urn:example:feed")
generator.title("Harbour")
entry = generator.add_entry()
entry.id("urn:example:1")
entry.title("Ferry")
entry.link(href="https://example.org/ferry")
entry.author([{"name": "Ann Ode", "email": "ann@example.org", "uri": "https://example.org/ann"}, {"name": "Ben Lund"}])
generator.atom_file(sys.argv[1])
read = feedparser.parse(sys.argv[1]).entries[0]
print(read.author, [dict(author) for author in read.authors])
assert read.author == "Ben Lund (ann@example.org)"
assert [author.get("email") for author in read.authors] == ["ann@example.org", "ann@example.org"]
assert [author.get("href") for author in read.authors] == ["https://example.org/ann", None]
PYTHON
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-fund --no-audit feedsmith@3.0.1
cat >ask.mjs <<'NODE'
import { readFileSync } from "node:fs";
import { parseFeed } from "feedsmith";

const { authors } = parseFeed(readFileSync("feed.xml", "utf8")).feed.entries[0];
console.log("feedsmith:", authors);
process.exit(authors[0].email === "ann@example.org" && authors[1].email === undefined ? 0 : 1);
NODE
node ask.mjs
