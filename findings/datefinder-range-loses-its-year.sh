#!/bin/sh
# datefinder 1.0.0 puts the first day of a range into the current year although the year follows.
#
# Expected: 12 December 2023 (and 14 December 2023) for "Dec. 12-14, 2023".
# Seen on 2026-11-30 with Python 3.11, told that it is 11 March 2026: one date, 12 December 2026. "Dec. 12, 2023" is right.
# chrono-node 2.10.3 gives both days of 2023.
# Why it matters: a past hearing becomes one that is to come.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check datefinder==1.0.0
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
from datetime import datetime

import datefinder

def days(sentence):
    return [f"{day:%Y-%m-%d}" for day in datefinder.find_dates(sentence, base_date=datetime(2026, 3, 11))]

single, span = days("The hearing was on Dec. 12, 2023."), days("The hearing was on Dec. 12-14, 2023.")
print(single, span)
assert single == ["2023-12-12"] and span == ["2026-12-12"]
PYTHON
