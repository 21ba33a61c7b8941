#!/bin/sh
# html2text 2025.4.15, markdownify 1.2.3 and turndown 7.2.5 number a list anew where its items name their own numbers.
#
# Expected: 4, 9 for `<ol start="4"><li>…</li><li value="9">…</li></ol>` (HTML Standard, "The li element"). Markdown keeps the
# number of the first item only, so a converter has to start a new list or write the number as text.
# Seen on 2026-11-30 with Python 3.11 and Node.js 20: all three write 4, 5. inscriptis 2.7.6 writes 1, 9: it honours `value` but
# not `start`. A list with `reversed`, from 2 to 1, becomes 1 to 2 in all that were asked.
# Why it matters: clauses of a law and places of a ranking are cited by these numbers.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check html2text==2025.4.15 markdownify==1.2.3 inscriptis==2.7.6
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import re

import html2text
import inscriptis
import markdownify

page = '<ol start="4"><li>clause</li><li value="9">clause</li></ol><ol reversed><li>place</li><li>place</li></ol>'

def numbers(text):
    return [int(number) for number in re.findall(r"(\d+)\.", text)]

seen = {"html2text": numbers(html2text.html2text(page)), "markdownify": numbers(markdownify.markdownify(page)),
        "inscriptis": numbers(inscriptis.get_text(page))}
print(seen)
assert seen == {"html2text": [4, 5, 1, 2], "markdownify": [4, 5, 1, 2], "inscriptis": [1, 9, 1, 2]}
PYTHON
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-fund --no-audit turndown@7.2.5
node - <<'NODE'
const Turndown = require("turndown");
const markdown = new Turndown().turndown('<ol start="4"><li>clause</li><li value="9">clause</li></ol>');
console.log("turndown:", JSON.stringify(markdown));
if (String(markdown.match(/\d+/g)) !== "4,5") process.exit(1);
NODE
