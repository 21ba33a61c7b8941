#!/bin/sh
# rss-parser 3.13.0 moves the emphasised words of Atom's XHTML content to the end of their paragraph.
#
# Expected: "The ferry will not sail on Monday." RFC 4287, 3.1.1.3: the content of the XHTML div is what is shown.
# Seen on 2026-11-30 with Node.js 20: `contentSnippet` is "The ferry will  sail on Monday.not", and `content` has the same
# order. The words around an element are joined before the element is written.
# Why it matters: what comes out is a sentence again, here one that says the opposite.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-fund --no-audit rss-parser@3.13.0
node - <<'NODE'
const Parser = require("rss-parser");
const feed = `<feed xmlns="http://www.w3.org/2005/Atom"><title>The Vale Echo</title><id>urn:example:1</id>
<updated>2026-03-02T10:00:00Z</updated><entry><title>Ferry</title><id>urn:example:2</id><updated>2026-03-02T10:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The ferry will <em>not</em> sail on Monday.</p></div></content>
</entry></feed>`;
(async () => {
  const { contentSnippet, content } = (await new Parser().parseString(feed)).items[0];
  console.log("snippet:", JSON.stringify(contentSnippet));
  console.log("content:", content);
  if (contentSnippet.trim() !== "The ferry will  sail on Monday.not") process.exit(1);
  if (!content.includes("<p>The ferry will  sail on Monday.<em>not</em></p>")) process.exit(1);
})();
NODE
