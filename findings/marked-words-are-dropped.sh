#!/bin/sh
# goose3 3.1.22, boilerpy3 1.0.7 and @extractus/article-extractor 9.0.1 turn "will <mark>not</mark> pay" into "will pay".
#
# Expected: the word. `mark`, `u`, `ins` and `q` are phrasing content (HTML Standard): their words are a part of the sentence.
# Seen on 2026-11-30 with Python 3.11 and Node.js 20: all three drop the words in `mark` (boilerpy3's DefaultExtractor). goose3
# drops those in `u`, `ins` and `q`, too, article-extractor those in `ins` and `q`: "It <ins>never</ins> sank" becomes "It sank",
# and what was said is cut out of "She said <q>no</q>".
# Why it matters: what is marked is what matters, often a "not"; the rest is a sentence that says the opposite.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat >"$folder/page.html" <<'HTML'
<!doctype html><html lang="en"><head><title>Ferry returns</title></head><body><article><h1>Ferry returns</h1>
<p>The harbour office said that the ferry would sail again after two years in the yard, and that tickets would cost the same
as before the fire.</p>
<p>They will <mark>not</mark> pay for the boat that sank in May.</p>
<p>Ray did <u>not</u> resign from the board, and he was asked to.</p>
<p>It <ins>never</ins> sank, and she said <q>no</q> to all of it.</p>
<p>The office said that the boat would sail again after two years in the yard, and that tickets would cost the same as they did
before the fire.</p></article></body></html>
HTML
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check goose3==3.1.22 boilerpy3==1.0.7
"$folder/venv/bin/python" -W ignore - "$folder/page.html" <<'PYTHON'
import pathlib
import sys

from boilerpy3 import extractors
from goose3 import Goose

page = pathlib.Path(sys.argv[1]).read_text()
first = " ".join(Goose({"enable_image_fetching": False}).extract(raw_html=page).cleaned_text.split())
second = " ".join(extractors.DefaultExtractor().get_content(page).split())
for name, text in (("goose3", first), ("boilerpy3", second)):
    print(f"{name}: {text}")
for words in ("They will pay for the boat", "Ray did resign from the board", "It sank, and she said to all of it"):
    assert words in first, words
assert "They will pay for the boat" in second
PYTHON
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-fund --no-audit @extractus/article-extractor@9.0.1
cat >ask.mjs <<'NODE'
import { readFileSync } from "node:fs";
import { extractFromHtml } from "@extractus/article-extractor";

const { content } = await extractFromHtml(readFileSync("page.html", "utf8"), "https://example.org/ferry");
console.log("article-extractor:", content);
const dropped = content.includes("They will pay for the boat") && content.includes("It sank, and she said to all of it");
process.exit(dropped ? 0 : 1);
NODE
node ask.mjs
