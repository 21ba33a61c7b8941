#!/bin/sh
# timefhuman 0.1.5 reads "10-11 March" as 11 October, and lets "Monday to Wednesday" end before it begins.
#
# Expected: two days in March, and a Wednesday after the Monday. Its README names ranges of datetimes.
# Seen on 2026-11-30 with Python 3.11, told that it is Wednesday 11 March 2026: 11 October; Monday 16 March to Wednesday 11 March;
# "5-9 May 2021" is 1 May, from five to nine in the morning; "January to March 2020" is March. "May 5-9, 2021" is right.
# Why it matters: what is wrong is a valid date each time, and the order of day and month that most of the world writes is hit.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check timefhuman==0.1.5
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
from datetime import datetime

from timefhuman import tfhConfig, timefhuman

def ask(words):
    (answer,) = timefhuman(words, config=tfhConfig(now=datetime(2026, 3, 11, 12)))
    moments = answer if isinstance(answer, tuple) else (answer,)
    return " to ".join(f"{moment:%Y-%m-%d %H:%M}" for moment in moments)

seen = {words: ask(words) for words in (
    "10-11 March", "Monday to Wednesday", "5-9 May 2021", "January to March 2020", "May 5-9, 2021")}
for words, answer in seen.items():
    print(f"{words}: {answer}")
assert list(seen.values()) == [
    "2026-10-11 00:00", "2026-03-16 00:00 to 2026-03-11 00:00", "2021-05-01 05:00 to 2021-05-01 09:00", "2020-03-01 00:00",
    "2021-05-05 00:00 to 2021-05-09 00:00"], seen
PYTHON
