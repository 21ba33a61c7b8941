#!/bin/sh
# parsedatetime 2.6 reads "next March" as March in two years, and "last March" as the current month.
#
# Expected: in a story of 11 March 2026, "next March" is March 2027, and "last March" is March 2025.
# Seen on 2026-11-30 with Python 3.11: the bare month is moved to 2027 and "next" adds another year, which gives March 2028;
# "last March" is March 2026. With June the two expressions give 2027 and 2025.
# Why it matters: the error depends on whether the month has passed, so no fixed correction helps.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check parsedatetime==2.6
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import datetime
import parsedatetime

story = datetime.datetime(2026, 3, 11, 12)
calendar = parsedatetime.Calendar()
found = {}
for words in ("March", "next March", "last March", "next June", "last June"):
    found[words], flag = calendar.parseDT(words, story)
    print(f"{words!r} in March 2026: {found[words]:%B %Y} (flag {flag})")
assert f"{found['next March']:%Y-%m}" == "2028-03", found
assert f"{found['last March']:%Y-%m}" == "2026-03", found
PYTHON
