#!/bin/sh
# boilerpy3 1.0.7 drops one answer of an interview, so that a speaker is given the answer of the next one.
#
# Expected: names and answers in turn. The HTML Standard ("The dl element") has questions and answers among the uses of `dl`;
# every `dd` belongs to the `dt` before it.
# Seen on 2026-11-30 with Python 3.11: DefaultExtractor keeps "Ann Ode" and "We will sail in May.", which Ben Lund said. With a
# third speaker ArticleExtractor does the same. KeepEverythingExtractor has all of it, so the page was read right.
# Why it matters: a word-for-word quotation is attributed to the person who said the opposite.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check boilerpy3==1.0.7
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
from boilerpy3 import extractors

paragraph = ("The harbour office said that the ferry would sail again after two years in the yard, and that tickets "
             "would cost the same as before the fire.")
TWO = "<dt>Ann Ode</dt><dd>We will not sail.</dd><dt>Ben Lund</dt><dd>We will sail in May.</dd>"
THREE = TWO + "<dt>Ida Kelm</dt><dd>I do not know.</dd>"

def interview(extractor, answers):
    page = (f'<!doctype html><html lang="en"><head><title>Ferry returns</title></head><body><article><h1>Ferry returns</h1>'
            f"<p>{paragraph}</p><dl>{answers}</dl><p>{paragraph.replace('ferry', 'boat')}</p></article></body></html>")
    lines = [line for line in extractor().get_content(page).splitlines() if line != "Ferry returns" and "harbour" not in line]
    print(f"{extractor.__name__}: {lines}")
    return lines

assert len(interview(extractors.KeepEverythingExtractor, THREE)) == 6
assert interview(extractors.DefaultExtractor, TWO) == ["Ann Ode", "We will sail in May."]
assert interview(extractors.ArticleExtractor, THREE) == ["Ann Ode", "We will sail in May.", "Ida Kelm", "I do not know."]
PYTHON
