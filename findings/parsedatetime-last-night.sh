#!/bin/sh
# parsedatetime 2.6 counts "last night" from the clock of the machine, not from the date it is given.
#
# Expected: `parseDT(text, sourceTime)` counts relative words from `sourceTime`, as its documentation says and as it does
# for "yesterday", "tonight" and "last Friday".
# Seen on 2026-11-30 with Python 3.11: "tonight" is on the day of `sourceTime`, but "last night" is on the evening before
# the script runs, whatever `sourceTime` says. No error or flag shows the difference.
# Why it matters: in a story of 11 March, "last night" gets the date of the day on which the archive is processed, so an
# archive that is processed again next week yields other dates.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check parsedatetime==2.6
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import datetime
import parsedatetime

story = datetime.datetime(2015, 3, 11, 12)
calendar = parsedatetime.Calendar()
found = {words: calendar.parseDT(words, story)[0].date() for words in ("tonight", "yesterday", "last night")}
for words, date in found.items():
    print(f"{words!r} in a story of {story.date()}: {date}")
today = datetime.date.today()
assert found["tonight"] == datetime.date(2015, 3, 11), found
assert found["yesterday"] == datetime.date(2015, 3, 10), found
assert abs(today - found["last night"]) <= datetime.timedelta(days=2), found
PYTHON
