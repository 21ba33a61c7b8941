#!/bin/sh
# html2text 2025.4.15, markdownify 1.2.3, inscriptis 2.7.6, resiliparse 2.0.1 and turndown-plugin-gfm 1.0.2 ignore `rowspan`.
#
# Expected: a cell with rowspan="2" occupies its column in the next row, too (HTML Standard, "Forming a table"), so that "95"
# is the number of votes in the second row.
# Seen on 2026-11-30 with Python 3.11 and Node.js 20: the cells of that row move to the left. "Liberals" is a town, "95" a party,
# and the column of votes is empty. trafilatura 2.3.1 and html-to-text 10.0.1 leave the first cell of the row empty.
# Why it matters: results and price lists have such tables. A sum over the column of votes is wrong, without a sign of it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check html2text==2025.4.15 markdownify==1.2.3 inscriptis==2.7.6 \
    resiliparse==2.0.1 trafilatura==2.3.1 lxml_html_clean==0.4.6
cat >"$folder/page.html" <<'HTML'
<!doctype html><html lang="en"><head><title>Votes</title></head><body><article><h1>Votes</h1>
<p>The election office has counted the votes of both towns, and nobody has asked for them to be counted once more.</p>
<table><thead><tr><th>Town</th><th>Party</th><th>Votes</th></tr></thead><tbody>
<tr><td rowspan="2">Vale</td><td>Greens</td><td>120</td></tr><tr><td>Liberals</td><td>95</td></tr>
<tr><td>Marsh</td><td>Greens</td><td>80</td></tr></tbody></table>
<p>The councils of both towns meet in the town hall of Vale in the first week of March, as the law demands.</p>
</article></body></html>
HTML
"$folder/venv/bin/python" -W ignore - "$folder/page.html" <<'PYTHON'
import sys

import html2text
import inscriptis
import markdownify
import trafilatura
from resiliparse.extract.html2text import extract_plain_text

page = open(sys.argv[1]).read()
converters = {"html2text": html2text.html2text, "markdownify": markdownify.markdownify, "inscriptis": inscriptis.get_text,
              "resiliparse": extract_plain_text, "trafilatura": trafilatura.extract}
for name, convert in converters.items():
    row = next(line for line in convert(page).splitlines() if "Liberals" in line)
    print(f"{name}: {row!r}")
    first = row.replace("|", " ", 1).lstrip(" ").split("|")[0] if name == "trafilatura" else row.strip("| ")
    assert first.startswith("Liberals") == (name != "trafilatura"), row
PYTHON
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-fund --no-audit turndown@7.2.5 turndown-plugin-gfm@1.0.2 html-to-text@10.0.1
cat >ask.mjs <<'NODE'
import { readFileSync } from "node:fs";
import { convert } from "html-to-text";
import TurndownService from "turndown";
import { gfm } from "turndown-plugin-gfm";

const page = readFileSync("page.html", "utf8");
const row = (text) => text.split("\n").find((line) => line.includes("Liberals"));
const service = new TurndownService();
service.use(gfm);
const shifted = row(service.turndown(page));
const kept = row(convert(page, { selectors: [{ selector: "table", format: "dataTable" }] }));
console.log("turndown-plugin-gfm:", JSON.stringify(shifted));
console.log("html-to-text:", JSON.stringify(kept));
process.exit(shifted.startsWith("| Liberals | 95 |") && kept.startsWith("        Liberals") ? 0 : 1);
NODE
node ask.mjs
