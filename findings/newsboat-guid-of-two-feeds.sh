#!/bin/sh
# newsboat 2.44 keeps one of two stories of different feeds, if both feeds number their items.
#
# Expected: two stories. RSS 2.0 has "no rules for the syntax of a guid", and a feed can only answer for its own.
# Seen on 2026-11-30 with Debian's package for amd64: each feed has a guid "1", and the story of the second feed takes the
# place of the first one's. The order of the feeds decides which is lost, without an error. newsraft 0.36 keeps both.
# Why it matters: many sites number their stories. Readers who follow two of them miss stories for good.
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

write() {
    cat >"$folder/$1.xml" <<END
<?xml version="1.0"?><rss version="2.0"><channel><title>$1</title><link>http://$1.example/</link><description>News</description>
<item><title>$2</title><link>http://$1.example/story</link><guid isPermaLink="false">1</guid><description>$2</description></item>
</channel></rss>
END
}
write vale "Ferry sails again"
write marsh "School closes"
export HOME="$folder"
printf 'file://%s/vale.xml\nfile://%s/marsh.xml\n' "$folder" "$folder" >"$folder/urls"
touch "$folder/config"
run newsboat -u "$folder/urls" -c "$folder/newsboat.db" -C "$folder/config" -x reload
# newsraft reads the output of a command as a feed.
# shellcheck disable=SC2016
printf '$(cat %s/vale.xml) "Vale"\n$(cat %s/marsh.xml) "Marsh"\n' "$folder" "$folder" >"$folder/feeds"
run newsraft -f "$folder/feeds" -c "$folder/config" -d "$folder/newsraft.db" -e reload-all
python3 - "$folder" <<'PYTHON'
import sqlite3
import sys

titles = {name: [row[0] for row in sqlite3.connect(f"{sys.argv[1]}/{name}.db").execute(f"SELECT title FROM {table} ORDER BY title")]
          for name, table in (("newsboat", "rss_item"), ("newsraft", "items"))}
print(titles)
assert len(titles["newsboat"]) == 1, titles
assert titles["newsraft"] == ["Ferry sails again", "School closes"], titles
PYTHON
