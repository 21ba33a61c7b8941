#!/bin/sh
# parsedatetime 2.6 reads "the day before yesterday" as yesterday, and "the day after tomorrow" as tomorrow.
#
# Expected: two days before the source date; failing that, the flag 0 ("nothing was parsed").
# Seen on 2026-11-30 with Python 3.11: one day before it, with the flag 1 ("a date was parsed"). "The day after tomorrow"
# is tomorrow.
# Why it matters: the answer is wrong by a day and looks certain.
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
for words in ("yesterday", "the day before yesterday", "tomorrow", "the day after tomorrow"):
    date, flag = calendar.parseDT(words, story)
    print(f"{words!r} on {story.date()}: {date.date()} (flag {flag})")
date, flag = calendar.parseDT("the day before yesterday", story)
assert (date.date(), flag) == (datetime.date(2026, 3, 10), 1), (date, flag)
date, flag = calendar.parseDT("the day after tomorrow", story)
assert (date.date(), flag) == (datetime.date(2026, 3, 12), 1), (date, flag)
PYTHON
