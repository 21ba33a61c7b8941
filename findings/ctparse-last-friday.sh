#!/bin/sh
# ctparse 0.3.6 reads "last Friday" as the coming Friday, and "a fortnight ago" as tonight.
#
# Expected: a day before the reference time, or nothing.
# Seen on 2026-11-30 with Python 3.11: with the reference Wednesday 11 March 2026, "last Friday" is Friday 13 March, the same
# day as "Friday". The printed part of the day shows why: "last" and "night" were read as times of day.
# Why it matters: the direction, the one thing that "last" says, is reversed without an error.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check ctparse==0.3.6
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import datetime
import ctparse

story = datetime.datetime(2026, 3, 11, 12)
found = {}
for words in ("Friday", "last Friday", "next Friday", "a fortnight ago"):
    found[words] = ctparse.ctparse(words, ts=story).resolution
    print(f"{words!r} on {story:%A %d %B %Y}: {found[words]}")
assert str(found["last Friday"]).startswith("2026-03-13"), found
assert str(found["a fortnight ago"]).startswith("2026-03-11"), found
PYTHON
