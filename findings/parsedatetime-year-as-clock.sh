#!/bin/sh
# parsedatetime 2.6 reads the year of a quarter as a time of day.
#
# Expected: "the third quarter of 2024" is July to September 2024, or nothing is parsed (flag 0).
# Seen on 2026-11-30 with Python 3.11: 20:24 on the day of the source date, with the flag 2 ("a time was parsed"); the same for
# "Q3 2024". "Sales in 2019" becomes 20:19.
# Why it matters: quarters of a year are the commonest dates of business news.
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
for words in ("the third quarter of 2024", "Q3 2024", "sales in 2019"):
    date, flag = calendar.parseDT(words, story)
    print(f"{words!r} on {story.date()}: {date} (flag {flag})")
date, flag = calendar.parseDT("the third quarter of 2024", story)
assert (date, flag) == (datetime.datetime(2026, 3, 11, 20, 24), 2), (date, flag)
PYTHON
