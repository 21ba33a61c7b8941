#!/bin/sh
# htmldate 1.11.0 takes a day of history in the text for the day a page was published.
#
# Expected: None for a page that says nowhere when it was published, as for the same page without its history.
# Seen on 2026-11-30 with Python 3.11: 1999-06-05 for "The port opened on 4 May 1932 and closed on 5 June 1999." and
# 2019-01-01 for "© 2019" in the footer, in the default mode.
# Why it matters: a page about the past is filed in the past, and every "yesterday" in it with it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check htmldate==1.11.0
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
from htmldate import find_date

def day(sentence):
    return find_date(f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The old port</title></head><body><article>
<h1>The old port</h1><p>The harbour office keeps the ledgers of the port in two rooms above the ice house.</p>{sentence}
<p>Visitors may read them if they ask, and some of them stay until the lights go out.</p></article></body></html>""", original_date=True)

none = day("")
history = day("<p>The port opened on 4 May 1932 and closed on 5 June 1999.</p>")
copyright_year = day("<footer>© 2019 The Vale Echo</footer>")
print(none, history, copyright_year)
assert (none, history, copyright_year) == (None, "1999-06-05", "2019-01-01")
PYTHON
