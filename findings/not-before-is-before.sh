#!/bin/sh
# compromise-dates 3.9.0 and Microsoft's recognizers-text-date-time 1.3.2 read "not before 2030" as "before 2030".
#
# Expected: a span that begins in 2030, or nothing. compromise-dates gives nothing for "no earlier than 2030".
# Seen on 2026-11-30 with Node.js 20, told that it is 11 March 2026: both end "not before 2030" where 2030 begins, and "not after
# 2030" starts in 2031. The recognizer also ends "no earlier than 2030" there, and starts "not later than June 2026" in July.
# Why it matters: a ban becomes a permission and a deadline the day from which something may be done; the answer has no mark of
# the word that was left out.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-fund --no-audit compromise@14.17.0 compromise-dates@3.9.0 @microsoft/recognizers-text-date-time@1.3.2
cat >ask.mjs <<'NODE'
import nlp from "compromise";
import dates from "compromise-dates";
import recognizers from "@microsoft/recognizers-text-date-time";

nlp.plugin(dates);
const now = new Date(2026, 2, 11, 12);
const compromise = (text) => {
  const [span] = nlp(text).dates({ today: "2026-03-11", timezone: "UTC" }).get();
  return span ? `${span.start.slice(0, 10)}..${span.end.slice(0, 10)}` : "nothing";
};
const recognizer = (text) => {
  const value = recognizers.recognizeDateTime(text, "en-us", 0, now)[0].resolution.values[0];
  return `${value.start ?? ""}..${value.end ?? ""}`;
};
const expected = {
  "before 2030": ["2026-03-11..2029-12-31", "..2030-01-01"],
  "not before 2030": ["2026-03-11..2029-12-31", "..2030-01-01"],
  "no earlier than 2030": ["nothing", "..2030-01-01"],
  "not after 2030": ["2031-01-01..2031-01-15", "2031-01-01.."],
  "not later than June 2026": [null, "2026-07-01.."],
};
let changed = false;
for (const [words, answers] of Object.entries(expected)) {
  const sentence = `The ferry will sail ${words}.`;
  const seen = [compromise(sentence), recognizer(sentence)];
  console.log(words, "→ compromise-dates", seen[0], "· recognizers-text", seen[1]);
  changed ||= answers.some((answer, index) => answer !== null && answer !== seen[index]);
}
process.exit(changed ? 1 : 0);
NODE
TZ=UTC node ask.mjs
