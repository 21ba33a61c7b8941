#!/bin/sh
# newspaper4k 0.9.6 names the host of a page among its authors.
#
# Expected: "Ann Ode", or nothing. Open Graph says that `article:author` holds the address of a profile, not a name.
# Seen on 2026-11-30 with Python 3.11: for `https://www.example.org/staff/ann-ode` the authors are "www.example.org" and "ann-ode",
# beside "Ann Ode" if the page names her, too, and in the order of the page.
# Why it matters: a page that follows the protocol to the letter gets a website for its author, often as the first.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check newspaper4k==0.9.6
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
from newspaper import Article

page = """<!doctype html><html lang="en"><head><title>Ferry returns</title><meta property="og:type" content="article">
<meta property="article:author" content="https://www.example.org/staff/ann-ode"><meta name="author" content="Ann Ode">
</head><body><article><h1>Ferry returns</h1><p>The harbour office said that the ferry would sail again after two years in the
yard, and that tickets would cost the same as before the fire.</p></article></body></html>"""
article = Article("https://www.example.org/ferry", language="en")
article.download(input_html=page)
article.parse()
print(article.authors)
assert article.authors == ["www.example.org", "ann-ode", "Ann Ode"]
PYTHON
