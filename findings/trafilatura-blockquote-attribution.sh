#!/bin/sh
# trafilatura 2.3.1 drops the attribution of a `blockquote`.
#
# Expected: the HTML Standard allows the attribution in a `footer` or `cite` element inside a `blockquote`; it belongs to
# the article.
# Seen on 2026-11-30 with Python 3.11: the words of the quotation stay, the line that names the speaker goes, even with
# `favor_recall=True`. resiliparse 2.0.1 keeps it.
# Why it matters: the quotation then belongs to whoever was named last.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check trafilatura==2.3.1 lxml_html_clean==0.4.6 resiliparse==2.0.1
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import trafilatura
from resiliparse.extract.html2text import extract_plain_text

paragraph = ("The harbour office said that the ferry would sail again after two years in the yard, and that tickets "
             "would cost the same as before the fire.")
page = f"""<!doctype html><html lang="en"><head><title>Ferry returns</title></head><body><article><h1>Ferry returns</h1>
<p>{paragraph}</p><blockquote><p>We waited for this day for two whole years.</p><footer>Anna Lund, teacher</footer></blockquote>
<p>{paragraph}</p></article></body></html>"""
first = trafilatura.extract(page, favor_recall=True)
second = extract_plain_text(page, main_content=True)
print("--- trafilatura\n" + first + "\n--- resiliparse\n" + second)
assert "two whole years" in first and "Anna Lund" not in first, first
assert "Anna Lund" in second, second
PYTHON
