#!/bin/sh
# trafilatura 2.3.1 and resiliparse 2.0.1 drop the words of a `time` element inside a sentence.
#
# Expected: `<time datetime="…">at nine on 3 May</time>` is phrasing content (HTML Standard, "The time element"): its words
# are a part of the sentence and are shown by every browser.
# Seen on 2026-11-30 with Python 3.11: both print "The crossing starts and takes 40 minutes." The sentence is still
# grammatical, so nothing looks lost. html2text 2025.4.15 keeps the words.
# Why it matters: publishers that mark their dates up with care lose exactly these dates.
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
<p>{paragraph}</p><p>The crossing starts <time datetime="2026-05-03T09:00">at nine on 3 May</time> and takes 40 minutes.</p>
<p>{paragraph}</p></article></body></html>"""

def sentence(text):
    return next(" ".join(line.split()) for line in text.splitlines() if line.strip().startswith("The crossing"))

first = sentence(trafilatura.extract(page))
second = sentence(extract_plain_text(page, main_content=True))
third = sentence(html2text.html2text(page))
print("trafilatura:", first)
print("resiliparse:", second)
print("html2text:  ", third)
assert "3 May" not in first and "3 May" not in second and "3 May" in third
PYTHON
