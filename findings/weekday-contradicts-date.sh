#!/bin/sh
# dateparser 1.5.0, parsedatetime 2.6 and ctparse 0.3.6 answer a Tuesday for "Monday 9 March".
#
# Expected: the weekday decides the year, because it is there to be checked: 9 March 2026 is a Monday. A story of Wednesday
# 11 March 2026 that says "Monday 9 March" speaks of two days ago.
# Seen on 2026-11-30 with Python 3.11: all three answer 9 March 2027, a Tuesday (dateparser with PREFER_DATES_FROM set to
# "future", the other two by default), and none of them says that the weekday does not agree.
# Why it matters: the weekday beside a date is the cheapest evidence for the year that a text contains; it is read and
# thrown away.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check dateparser==1.5.0 parsedatetime==2.6 ctparse==0.3.6
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import datetime
import ctparse
import dateparser
import parsedatetime

story = datetime.datetime(2026, 3, 11, 12)
words = "Monday 9 March"
answers = {
    "dateparser": dateparser.parse(
        words, languages=["en"], settings={"RELATIVE_BASE": story, "PREFER_DATES_FROM": "future"}).date(),
    "parsedatetime": parsedatetime.Calendar().parseDT(words, story)[0].date(),
    "ctparse": ctparse.ctparse(words, ts=story).resolution.dt.date(),
}
for library, date in answers.items():
    print(f"{library}: {words!r} on {story:%A %d %B %Y} is {date:%A %d %B %Y}")
assert set(answers.values()) == {datetime.date(2027, 3, 9)}, answers
PYTHON
