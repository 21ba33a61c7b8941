#!/bin/sh
# newsboat 2.44 makes one story of two items with the same title: the text of one, the date of the other. newsraft 0.36 drops one.
#
# Expected: two stories. In RSS 2.0, `guid` and `link` are optional, and nothing says that titles are unique.
# Seen on 2026-11-30 with Debian's packages for amd64: of the weather of Tuesday and Wednesday, newsboat shows "Storm on
# Wednesday" with the date of Tuesday, and "Sun on Tuesday" with that of Wednesday if the items are the other way round.
# newsraft keeps the first item only, with its date. feedparser 6.0.14 reads both.
# Why it matters: columns and forecasts have the same title every day. No item of the feed says what newsboat shows.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/state/lists/partial" "$folder/cache/archives/partial"
touch "$folder/state/status"
echo 'deb [arch=amd64] http://deb.debian.org/debian sid main' >"$folder/sources.list"
cat >"$folder/apt.conf" <<END
Dir::Etc::sourcelist "$folder/sources.list";
Dir::Etc::sourceparts "-";
Dir::State "$folder/state";
Dir::State::status "$folder/state/status";
Dir::Cache "$folder/cache";
Acquire::Languages "none";
Debug::NoLocking "1";
APT::Sandbox::User "root";
END
export APT_CONFIG="$folder/apt.conf"
apt-get -qq update
# The empty status file makes apt download every library, down to libc, so that nothing of the system is used.
apt-get -qq install --yes --no-install-recommends --download-only newsboat=2.44-1 newsraft=0.36-1+b1 >/dev/null
for package in "$folder"/cache/archives/*.deb; do
    dpkg-deb -x "$package" "$folder/sid"
done
run() {
    name=$1
    shift
    "$folder/sid/usr/lib64/ld-linux-x86-64.so.2" --library-path "$folder/sid/usr/lib/x86_64-linux-gnu" "$folder/sid/usr/bin/$name" "$@"
}

python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check feedparser==6.0.14
export HOME="$folder"
touch "$folder/config"
TUESDAY="<item><title>Weather</title><description>Sun on Tuesday</description><pubDate>Tue, 03 Mar 2026 06:00:00 GMT</pubDate></item>"
WEDNESDAY="<item><title>Weather</title><description>Storm on Wednesday</description><pubDate>Wed, 04 Mar 2026 06:00:00 GMT</pubDate></item>"
collect() {
    printf '<?xml version="1.0"?><rss version="2.0"><channel><title>Vale</title><link>http://vale.example/</link><description>News</description>%s</channel></rss>' \
        "$2" >"$folder/$1.xml"
    echo "file://$folder/$1.xml" >"$folder/urls"
    run newsboat -u "$folder/urls" -c "$folder/newsboat-$1.db" -C "$folder/config" -x reload
    # newsraft reads the output of a command as a feed.
    printf '$(cat %s/%s.xml) "Vale"\n' "$folder" "$1" >"$folder/feeds"
    run newsraft -f "$folder/feeds" -c "$folder/config" -d "$folder/newsraft-$1.db" -e reload-all
}
collect newest-first "$WEDNESDAY$TUESDAY"
collect oldest-first "$TUESDAY$WEDNESDAY"
"$folder/venv/bin/python" -W ignore - "$folder" <<'PYTHON'
import sqlite3
import sys

import feedparser

TUESDAY, WEDNESDAY = ("Sun on Tuesday", "2026-03-03"), ("Storm on Wednesday", "2026-03-04")


def stories(name, query):
    return [(text.split("=")[-1], day) for text, day in sqlite3.connect(f"{sys.argv[1]}/{name}.db").execute(query)]


for order, first, second in (("newest-first", WEDNESDAY, TUESDAY), ("oldest-first", TUESDAY, WEDNESDAY)):
    newsboat = stories(f"newsboat-{order}", "SELECT content, date(pubDate, 'unixepoch') FROM rss_item")
    newsraft = stories(f"newsraft-{order}", "SELECT content, date(publication_date, 'unixepoch') FROM items")
    read = [entry.summary for entry in feedparser.parse(f"{sys.argv[1]}/{order}.xml").entries]
    print(f"\n{order}: newsboat {newsboat}, newsraft {newsraft}, feedparser {read}")
    assert newsboat == [(first[0], second[1])], newsboat
    assert newsraft == [first], newsraft
    assert read == [first[0], second[0]], read
PYTHON
