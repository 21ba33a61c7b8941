#!/bin/sh
# feedparser 6.0.14 gives the description of a picture as the summary of a story, if it precedes the story's own.
#
# Expected: `media:description` describes the media object (Media RSS 1.5.1); RSS 2.0 sets no order for the elements of an
# item, so the order of `media:description` and `description` cannot matter.
# Seen on 2026-11-30 with Python 3.11: with `media:description` first, `summary` is the text about the picture, and the text of
# the story is found in `content`; with `description` first, it is the other way round.
# Why it matters: the same feed has summaries in one item and captions in the next, as its generator happens to order them.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check feedparser==6.0.14
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import feedparser

PICTURE = "<media:description>A crane at the quay. Photo: Ann Ode</media:description>"
STORY = "<description>The ferry sails again in May.</description>"
FEED = """<?xml version="1.0"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Harbour</title>
<link>http://example.org/</link><description>News</description><item><title>Ferry</title>{}</item></channel></rss>"""

for name, items in (("picture first", PICTURE + STORY), ("story first", STORY + PICTURE)):
    entry = feedparser.parse(FEED.format(items)).entries[0]
    content = [piece.value for piece in entry.get("content", [])]
    print(f"{name}: summary {entry.summary!r}, content {content}")
    if name == "picture first":
        assert entry.summary.startswith("A crane") and content == ["The ferry sails again in May."], entry
    else:
        assert entry.summary.startswith("The ferry"), entry
PYTHON
