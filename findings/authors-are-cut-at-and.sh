#!/bin/sh
# trafilatura 2.3.1 makes two authors of "Ben Lund, Jr." and two of a ministry with an "and" in its name.
#
# Expected: one author, as the page says in a `meta` element and in JSON-LD, where `name` is the name of one person.
# Seen on 2026-11-30 with Python 3.11: trafilatura answers "Ben Lund; Jr", also for JSON-LD, and "Ministry; Industry" for the
# Ministry of Trade and Industry: "of Trade" is gone. newspaper4k answers ["Ministry of Trade"], the name of another ministry
# perhaps.
# Why it matters: statements of ministries are published under such names, and a byline is the one thing a page says for certain.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
for package in trafilatura==2.3.1 newspaper4k==0.9.6; do
    "$folder/venv/bin/pip" install --quiet --disable-pip-version-check "$package"
done
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import trafilatura
from newspaper import Article

paragraph = ("<p>The harbour office said that the ferry would sail again after two years in the yard, and that tickets "
             "would cost the same as before the fire.</p>")

def ask(head):
    page = (f'<!doctype html><html lang="en"><head><title>Ferry returns</title>{head}</head><body><article><h1>Ferry returns</h1>'
            f"{paragraph}{paragraph.replace('ferry', 'boat')}</article></body></html>")
    article = Article("https://example.org/ferry", language="en")
    article.download(input_html=page)
    article.parse()
    return trafilatura.extract_metadata(page).author, article.authors

junior = ask('<meta name="author" content="Ben Lund, Jr.">')
linked = ask('<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Ferry '
             'returns", "author": {"@type": "Person", "name": "Ben Lund, Jr."}}</script>')
ministry = ask('<meta name="author" content="Ministry of Trade and Industry">')
print(junior, linked, ministry, sep="\n")
assert junior[0] == linked[0] == "Ben Lund; Jr"
assert ministry == ("Ministry; Industry", ["Ministry of Trade"])
PYTHON
