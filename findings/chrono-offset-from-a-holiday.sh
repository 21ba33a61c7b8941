#!/bin/sh
# chrono-node 2.10.3 counts "three days before Christmas" from now, and "two and a half years ago" as half a year.
#
# Expected: 22 December, and a day in 2023; or no answer, as for "half past five".
# Seen on 2026-11-30 with Node.js 20, told that it is 11 March 2026: "three days before" is 8 March 2026, "two weeks after
# Easter" is 25 March (Easter is on 5 April), "half years ago" is September 2025, "the last week of May" is the week before now.
# Why it matters: the part that was understood is a valid expression on its own, so nothing shows that the anchor was dropped.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-fund --no-audit chrono-node@2.10.3
TZ=UTC node - <<'NODE'
const chrono = require("chrono-node");
const now = new Date("2026-03-11T12:00:00Z");
const expected = {
  "three days before Christmas": ["three days before", "2026-03-08"],
  "two weeks after Easter": ["two weeks after", "2026-03-25"],
  "two and a half years ago": ["half years ago", "2025-09-11"],
  "the last week of May": ["last week", "2026-03-04"],
};
let changed = false;
for (const [text, answer] of Object.entries(expected)) {
  const [result] = chrono.parse(text, now);
  const seen = [result?.text, result?.start.date().toISOString().slice(0, 10)];
  console.log(text, "→", ...seen);
  changed ||= String(seen) !== String(answer);
}
process.exit(changed ? 1 : 0);
NODE
