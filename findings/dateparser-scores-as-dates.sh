#!/bin/sh
# dateparser 1.5.0 finds dates in scores, votes and odds, and a day of March in "the 2020/21 season".
#
# Expected: nothing in "a 3-2 win" and "1 in 10 people", the date alone in "a 5-4 vote on May 5, 2021".
# Seen on 2026-11-30 with Python 3.11, English, told that it is 11 March 2026: 2 March, 10 January, 4 May 2026 beside 5 May
# 2021, and 21 March 2020; "He was 18 in 2004" is 18 March 2004.
# Why it matters: sports and court reports are full of such numbers, and each becomes a plausible day of the year.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check dateparser==1.5.0
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
from datetime import datetime

from dateparser.search import search_dates

def days(sentence):
    found = search_dates(sentence, languages=["en"], settings={"RELATIVE_BASE": datetime(2026, 3, 11)}) or []
    return [(words, f"{day:%Y-%m-%d}") for words, day in found]

seen = {sentence: days(sentence) for sentence in (
    "It was a 3-2 win.", "It concerns 1 in 10 people.", "It was a 5-4 vote on May 5, 2021.", "It was the 2020/21 season.",
    "He was 18 in 2004.")}
for sentence, found in seen.items():
    print(sentence, found)
assert [found for found in seen.values()] == [
    [("3-2", "2026-03-02")], [("1 in 10", "2026-01-10")], [("5-4", "2026-05-04"), ("on May 5, 2021", "2021-05-05")],
    [("the 2020/21", "2020-03-21")], [("18 in 2004", "2004-03-18")]]
PYTHON
