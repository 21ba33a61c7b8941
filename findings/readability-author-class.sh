#!/bin/sh
# Readability 0.6.0 takes a sentence of the story away as its byline, if the class of its element is "author".
#
# Expected: the sentence in the text. Its `meta` author names the writer of the page.
# Seen on 2026-11-30 with Node.js 20 and linkedom 0.18.12: without a `meta` author the byline is "Asked by the author, Ray
# declined." and the text lacks it. Of two `meta` authors only the last is given.
# Why it matters: reviews and interviews mark who speaks with such classes, and the answer vanishes without a trace.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-fund --no-audit @mozilla/readability@0.6.0 linkedom@0.18.12
node - <<'NODE'
const { Readability } = require("@mozilla/readability");
const { parseHTML } = require("linkedom");
const paragraph = "<p>The harbour office said that the ferry would sail again after two years in the yard, and that tickets would cost the same as before the fire, which had destroyed the upper deck.</p>";
const read = (head, sentence) => {
  const { document } = parseHTML(`<!doctype html><html lang="en"><head><title>Ferry</title>${head}</head><body><article><h1>Ferry</h1>${paragraph}${sentence}${paragraph}${paragraph}</article></body></html>`);
  const { byline, textContent } = new Readability(document).parse();
  return [byline, textContent.includes("declined")];
};
const sentence = '<p class="author">Asked by the author, Ray declined.</p>';
const lost = read("", sentence);
const two = read('<meta name="author" content="Ann Ray"><meta name="author" content="Bo Ek">', "");
console.log(lost, two);
if (String(lost) !== "Asked by the author, Ray declined.,false" || two[0] !== "Bo Ek") process.exit(1);
NODE
