#!/bin/sh
# newsraft 0.36 dates a collected Atom entry by the feed that it comes from, and adds that feed's author.
#
# Expected: `source` holds metadata of the entry's source feed (RFC 4287, 4.2.11). The entry's own `updated` and `author` are
# those of the story.
# Seen on 2026-11-30 with Debian's package for amd64: the story was updated in March 2026; as its source follows, it is dated
# 1 January 2020, and it has the feed's author as a second author. newsboat 2.44 takes date and author of the entry.
# Why it matters: collections of feeds ("planets") and search feeds have such entries. The date of the source feed says when
# anything in it changed, so that new stories are listed among old ones.
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
<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Planet</title><id>urn:planet</id><updated>2026-03-03T08:00:00Z</updated>
<author><name>Planet</name></author>
<entry><title>Ferry sails again</title><id>urn:1</id><updated>2026-03-02T10:00:00Z</updated><author><name>Ann Ode</name></author>
<source><id>urn:vale</id><title>Vale</title><updated>2020-01-01T00:00:00Z</updated><author><name>Vale Office</name></author></source></entry>
</feed>
END
export HOME="$folder"
echo "file://$folder/feed.xml" >"$folder/urls"
touch "$folder/config"
run newsboat -u "$folder/urls" -c "$folder/newsboat.db" -C "$folder/config" -x reload
# newsraft reads the output of a command as a feed.
printf '$(cat %s/feed.xml) "Planet"\n' "$folder" >"$folder/feeds"
run newsraft -f "$folder/feeds" -c "$folder/config" -d "$folder/newsraft.db" -e reload-all
python3 - "$folder" <<'PYTHON'
import sqlite3
import sys

rows = {name: sqlite3.connect(f"{sys.argv[1]}/{name}.db").execute(query).fetchone() for name, query in (
    ("newsboat", "SELECT author, date(pubDate, 'unixepoch') FROM rss_item"),
    ("newsraft", "SELECT persons, date(update_date, 'unixepoch') FROM items"))}
print(rows)
assert rows["newsboat"] == ("Ann Ode", "2026-03-02"), rows
assert "Vale Office" in rows["newsraft"][0] and rows["newsraft"][1] == "2020-01-01", rows
PYTHON
