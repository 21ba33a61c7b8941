#!/bin/sh
# citation-js 0.8.2 and biblatex-csl-converter 3.2.2 each drop month and day, where the other one finds both.
#
# Expected: 11 March 2026 from both forms that BibTeX files have for a day: `month = mar # "~11"`, the macro with the day joined
# to it, and `month = {mar 11}`, which citation-js writes.
# Seen on 2026-11-30 with Node.js 20: citation-js reads 2026 from the first form, without a warning, and the converter reads 2026
# from the second, as an invalid month. pybtex 0.26.1 gives "March~11" and "mar 11", which its users have to read themselves.
# Why it matters: two tools that each read their own files lose the day between them, and news is dated by the day.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-fund --no-audit @citation-js/core@0.8.2 @citation-js/plugin-bibtex@0.8.2 biblatex-csl-converter@3.2.2
node - <<'NODE'
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-bibtex");
const { BibLatexParser } = require("biblatex-csl-converter");

const entry = { id: "1", type: "article-journal", title: "The ferry", issued: { "date-parts": [[2026, 3, 11]] } };
const words = new Cite([entry]).format("bibtex");
const macro = '@article{a, title = {The ferry}, year = 2026, month = mar # "~11"}';
const seen = {};
for (const [name, bibtex] of Object.entries({ words, macro })) {
  const converter = Object.values(new BibLatexParser(bibtex).parse().entries)[0].fields.date;
  const citation = new Cite(bibtex).data[0].issued["date-parts"][0].join("-");
  console.log(bibtex.trim());
  console.log(`biblatex-csl-converter: ${converter}, citation-js: ${citation}`);
  seen[name] = `${converter} ${citation}`;
}
const same = words.includes("month = {mar 11}") && seen.words === "2026 2026-3-11" && seen.macro === "2026-03-11 2026";
process.exit(same ? 0 : 1);
NODE
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pybtex==0.26.1
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
from pybtex.database import parse_string

months = [parse_string("@article{a, title = {The ferry}, year = 2026, month = %s}" % month, "bibtex").entries["a"].fields["month"]
          for month in ('mar # "~11"', "{mar 11}")]
print("pybtex:", months)
assert months == ["March~11", "mar 11"]
PYTHON
