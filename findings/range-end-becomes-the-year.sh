#!/bin/sh
# dateutil 2.9.0, Node.js 20, sugar-date 2.0.6 and any-date-parser 2.2.4 put "Dec. 12-14, 2023" into 2014.
#
# Expected: a day of 2023, or an error, since a range is not one date.
# Seen on 2026-11-30 with Python 3.11: all four take the last day of the range for a year of two digits. dateutil then reads the
# year that follows as a time of day: 12 December 2014, 20:23; it does so without `fuzzy`, and raises an error only where the
# year makes no clock time ("1998"). "May 3-6, 2021" is in 2006 in dateutil and in Node.js.
# Why it matters: conferences and trials last for days; a parser that is asked to be strict files them under the wrong decade.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check python-dateutil==2.9.0.post0
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
from datetime import datetime

from dateutil import parser

seen = [f"{parser.parse(words, default=datetime(2026, 3, 11)):%Y-%m-%d %H:%M}" for words in ("Dec. 12-14, 2023", "May 3-6, 2021")]
print("dateutil:", seen)
assert seen == ["2014-12-12 20:23", "2006-05-03 20:21"]
PYTHON
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-fund --no-audit sugar-date@2.0.6 any-date-parser@2.2.4
cat >ask.mjs <<'NODE'
import sugar from "sugar-date";
import parser from "any-date-parser";

const day = (date) => date.toISOString().slice(0, 10);
const range = "Dec. 12-14, 2023";
const seen = {
  "Node.js": day(new Date(range)),
  "sugar-date": day(sugar.Date.create(range)),
  "any-date-parser": day(parser.fromString(range)),
  "Node.js, May": day(new Date("May 3-6, 2021")),
};
console.log(seen);
process.exit(Object.values(seen).join() === "2014-12-12,2014-12-12,2014-12-12,2006-05-03" ? 0 : 1);
NODE
TZ=UTC node ask.mjs
