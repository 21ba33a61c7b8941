#!/bin/sh
# trafilatura 2.3.1 breaks the paragraph after a `q` element and drops its quotation marks.
#
# Expected: `q` is phrasing content (HTML Standard, "The q element"): the paragraph goes on after it, and browsers put
# quotation marks around it, because the page may not contain any.
# Seen on 2026-11-30 with Python 3.11: "She called it <q>a good day</q> and left." becomes two lines without marks. What was said
# and what the reporter wrote can no longer be told apart, and the second half has no subject.
# resiliparse 2.0.1 keeps the sentence in one piece (without marks); html2text 2025.4.15 keeps both.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check trafilatura==2.3.1 lxml_html_clean==0.4.6 resiliparse==2.0.1 html2text==2025.4.15
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import html2text
import trafilatura
from resiliparse.extract.html2text import extract_plain_text

paragraph = ("The harbour office said that the ferry would sail again after two years in the yard, and that tickets "
             "would cost the same as before the fire.")
page = f"""<!doctype html><html lang="en"><head><title>Ferry returns</title></head><body><article><h1>Ferry returns</h1>
<p>{paragraph}</p><p>The director called it <q>a good day for the island</q> and thanked the crews of the yard.</p>
<p>{paragraph}</p></article></body></html>"""
first = trafilatura.extract(page)
second = extract_plain_text(page, main_content=True)
third = " ".join(html2text.html2text(page).split())
for name, text in (("trafilatura", first), ("resiliparse", second), ("html2text", third)):
    print(f"--- {name}\n{text}")
assert "called it a good day for the island\nand thanked the crews" in first, first
assert "called it a good day for the island and thanked the crews" in second, second
assert 'called it "a good day for the island" and thanked the crews' in third, third
PYTHON
