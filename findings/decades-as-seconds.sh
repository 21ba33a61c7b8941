#!/bin/sh
# dateparser 1.5.0 and parsedatetime 2.6 read "the 1990s" as a number of seconds.
#
# Expected: a date in the decade, or nothing.
# Seen on 2026-11-30 with Python 3.11: dateparser answers the source time minus 1990 seconds, parsedatetime the source time
# plus 1990 seconds. A decade becomes half past eleven on the day of publication in one library, and a little after half past
# twelve in the other.
# Why it matters: decades are common in obituaries and background paragraphs; both libraries put them on the day of the story.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check dateparser==1.5.0 parsedatetime==2.6
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import datetime
import dateparser
import parsedatetime

story = datetime.datetime(2026, 3, 11, 12)
first = dateparser.parse("the 1990s", languages=["en"], settings={"RELATIVE_BASE": story})
second, flag = parsedatetime.Calendar().parseDT("the 1990s", story)
print("dateparser:   ", first)
print("parsedatetime:", second, "flag", flag)
shift = datetime.timedelta(seconds=1990)
assert first == story - shift, first
assert second == story + shift, second
PYTHON
