#!/bin/sh
# newsboat 2.44 and newsraft 0.36 drop the offset of a date that has fractions of a second.
#
# Expected: "2026-03-02T23:30:00.25-08:00" is 07:30 on 3 March in UTC, as without ".25" (RFC 3339, which Atom demands).
# Seen on 2026-11-30 with Debian's packages for amd64: it is read as 23:30 on 2 March in UTC, eight hours too early, and a
# story of the morning is filed under the evening before. Without the fraction, both read it correctly. feedparser 6.0.14 and
# Python's datetime read both forms.
# Why it matters: programs that format dates with their full precision write such fractions, so that stories of several
# feeds are listed in the wrong order.
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

cat >"$folder/feed.xml" <<'END'
<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Vale</title><id>urn:vale</id><updated>2026-03-03T08:00:00Z</updated>
<author><name>Vale</name></author>
<entry><title>plain</title><id>urn:1</id><updated>2026-03-02T23:30:00-08:00</updated><published>2026-03-02T23:30:00-08:00</published></entry>
<entry><title>fraction</title><id>urn:2</id><updated>2026-03-02T23:30:00.25-08:00</updated><published>2026-03-02T23:30:00.25-08:00</published></entry>
</feed>
END
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check feedparser==6.0.14
export HOME="$folder"
echo "file://$folder/feed.xml" >"$folder/urls"
touch "$folder/config"
run newsboat -u "$folder/urls" -c "$folder/newsboat.db" -C "$folder/config" -x reload
# newsraft reads the output of a command as a feed.
printf '$(cat %s/feed.xml) "Vale"\n' "$folder" >"$folder/feeds"
run newsraft -f "$folder/feeds" -c "$folder/config" -d "$folder/newsraft.db" -e reload-all
"$folder/venv/bin/python" -W ignore - "$folder" <<'PYTHON'
import sqlite3
import sys
import time

import feedparser

RIGHT, WRONG = "2026-03-03 07:30", "2026-03-02 23:30"
dates = {name: dict(sqlite3.connect(f"{sys.argv[1]}/{name}.db").execute(
    f"SELECT title, strftime('%Y-%m-%d %H:%M', {column}, 'unixepoch') FROM {table}"))
    for name, table, column in (("newsboat", "rss_item", "pubDate"), ("newsraft", "items", "publication_date"))}
dates["feedparser"] = {entry.title: time.strftime("%Y-%m-%d %H:%M", entry.published_parsed)
                       for entry in feedparser.parse(f"{sys.argv[1]}/feed.xml").entries}
print(dates)
assert dates["newsboat"] == dates["newsraft"] == {"plain": RIGHT, "fraction": WRONG}, dates
assert dates["feedparser"] == {"plain": RIGHT, "fraction": RIGHT}, dates
PYTHON
