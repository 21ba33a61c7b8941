#!/bin/sh
# compromise-dates 3.9.0 leaves August out of the summer, and reads "the second half of 2020" as the whole year.
#
# Expected: its README says that a summer lasts from 1 June to 1 September. For the others: July to December 2020; one span of
# three years; a day in 2016, or nothing, as for "late 2019".
# Seen on 2026-11-30 with Node.js 20, told that it is 11 March 2026: "the summer of 2019" ends on 31 July and "spring 2020" on
# 30 April; "between 2018 and 2020" is two years, without 2019, while "from 2018 to 2020" is three; "a decade ago" is today.
# Why it matters: what happened in August is outside "that summer", and a search for 2019 misses a span that contains it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-fund --no-audit compromise@14.17.0 compromise-dates@3.9.0
cat >ask.mjs <<'NODE'
import nlp from "compromise";
import dates from "compromise-dates";

nlp.plugin(dates);
const expected = {
  "in the summer of 2019": "2019-06-01..2019-07-31",
  "in spring 2020": "2020-03-01..2020-04-30",
  "in the second half of 2020": "2020-01-01..2020-12-31",
  "from 2018 to 2020": "2018-01-01..2020-12-31",
  "between 2018 and 2020": "2018-01-01..2018-12-31 2020-01-01..2020-12-31",
  "a decade ago": "2026-03-11..2026-03-11",
};
let changed = false;
for (const [words, answer] of Object.entries(expected)) {
  const spans = nlp(`The ferry sailed ${words}.`).dates({ today: "2026-03-11", timezone: "UTC" }).get();
  const seen = spans.map((span) => `${span.start.slice(0, 10)}..${span.end.slice(0, 10)}`).join(" ");
  console.log(words, "→", seen);
  changed ||= seen !== answer;
}
process.exit(changed ? 1 : 0);
NODE
TZ=UTC node ask.mjs
