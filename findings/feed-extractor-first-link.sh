#!/bin/sh
# @extractus/feed-extractor 8.0.3 links an Atom entry to whatever its first link names, and dates it by its last correction.
#
# Expected: the `alternate` link, and `published` where the entry has it (RFC 4287, 4.2.7.2 and 4.2.9); the words of XHTML.
# Seen on 2026-11-30 with Node.js 20: `link` is the `related` page of another site, because it comes first; `published` is the
# value of `updated`; the title and the summary are empty where they are XHTML. rss-parser 3.13.0 gives the right link and day.
# Why it matters: a story that was corrected in April is one of April, and its link leads to another publisher.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-fund --no-audit @extractus/feed-extractor@8.0.3 rss-parser@3.13.0
cat >ask.mjs <<'NODE'
import { extractFromXml } from "@extractus/feed-extractor";
import Parser from "rss-parser";

const words = '<div xmlns="http://www.w3.org/1999/xhtml">It did <em>not</em> sink</div>';
const feed = `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour</title><id>urn:example:feed</id>
<updated>2026-04-02T10:00:00Z</updated><author><name>Ann Ode</name></author><entry><id>urn:example:1</id>
<title type="xhtml">${words}</title><published>2026-03-10T10:00:00Z</published><updated>2026-04-02T10:00:00Z</updated>
<link rel="related" href="https://other.example/report"/><link rel="alternate" href="https://example.org/ferry"/>
<summary type="xhtml">${words}</summary></entry></feed>`;
const [entry] = extractFromXml(feed).entries;
const [other] = (await new Parser().parseString(feed)).items;
console.log("feed-extractor:", entry);
console.log("rss-parser:", { link: other.link, isoDate: other.isoDate });
const seen = [entry.link, entry.published, entry.title, entry.description, other.link, other.isoDate].join(" ");
const expected = "https://other.example/report 2026-04-02T10:00:00.000Z   https://example.org/ferry 2026-03-10T10:00:00.000Z";
process.exit(seen === expected ? 0 : 1);
NODE
node ask.mjs
