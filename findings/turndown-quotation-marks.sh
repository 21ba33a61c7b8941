#!/bin/sh
# turndown 7.2.5 drops the quotation marks of a `q` element, and shows deleted words as if they were still said.
#
# Expected: the marks, as html2text 2025.4.15 and every browser show them (HTML Standard, "The q element": the marks must come
# from the user agent, not from the text), and a trace of `del`.
# Seen on 2026-11-30 with Node.js 20: "Ray <del>won</del> lost, she called it <q>a farce</q>." becomes "Ray won lost, she called it
# a farce."
# Why it matters: a direct quote becomes the reporter's own words.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-fund --no-audit turndown@7.2.5
node - <<'NODE'
const Turndown = require("turndown");
const markdown = new Turndown().turndown("<p>Ray <del>won</del> lost, she called it <q>a farce</q>.</p>");
console.log(markdown);
if (markdown !== "Ray won lost, she called it a farce.") process.exit(1);
NODE
