#!/bin/sh
# dateparser 1.5.0 reads "the 12th" as the twelfth month.
#
# Expected: the 12th day of a month near the source date, as it reads "the 13th", or nothing. An ordinal is never a month in
# English.
# Seen on 2026-11-30 with Python 3.11: with a source date of 11 March 2026, "the 12th" is 11 December 2026: the number became
# the month, and the day was taken from the source date. From "the 13th" on, which cannot be a month, the number is the day.
# Why it matters: "the hearing on the 12th" is nine months off, while "the hearing on the 13th" is right.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check dateparser==1.5.0
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import datetime
import dateparser

story = datetime.datetime(2026, 3, 11, 12)
found = {}
for words in ("the 5th", "the 12th", "the 13th", "the 25th"):
    found[words] = dateparser.parse(words, languages=["en"], settings={"RELATIVE_BASE": story})
    print(f"{words!r} on {story.date()}: {found[words] and found[words].date()}")
assert found["the 12th"].date() == datetime.date(2026, 12, 11), found
assert found["the 13th"].day == 13, found
PYTHON
