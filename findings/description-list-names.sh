#!/bin/sh
# @extractus/article-extractor 9.0.1 drops who speaks; html-to-text 10.0.1 and inscriptis 2.7.6 join the names to the words.
#
# Expected: each name and each answer on a line of its own: browsers show `dt` and `dd` as blocks (HTML Standard, "Lists").
# Seen on 2026-11-30 with Python 3.11 and Node.js 20: article-extractor keeps the `dd` elements without their `dt`; the other two
# print "Ann OdeWe will not sail.Ben LundWe will." So does mailparser 3.14.2 for an HTML message without a plain part.
# Why it matters: a list of two people who disagree is left without a clue of who said what, and "OdeWe" is found by no search.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-fund --no-audit @extractus/article-extractor@9.0.1 html-to-text@10.0.1 mailparser@3.14.2
cat >ask.mjs <<'NODE'
import { extractFromHtml } from "@extractus/article-extractor";
import { convert } from "html-to-text";
import { simpleParser } from "mailparser";

const list = "<dl><dt>Ann Ode</dt><dd>We will not sail.</dd><dt>Ben Lund</dt><dd>We will.</dd></dl>";
const words = "The harbour office said that the ferry would sail again after two years in the yard. ".repeat(3);
const page = `<!doctype html><html lang="en"><head><title>Ferry returns</title></head><body><article><h1>Ferry returns</h1>
<p>${words}</p>${list}<p>${words}</p></article></body></html>`;
const message = `From: Ann <ann@example.org>\r\nSubject: Ferry\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n${list}\r\n`;
const { content } = await extractFromHtml(page, "https://example.org/ferry");
const joined = "Ann OdeWe will not sail.Ben LundWe will.";
const seen = [content.match(/<dl>.*<\/dl>/)?.[0], convert(list), (await simpleParser(message)).text.trim()];
console.log(seen);
const expected = ["<dl><dd>We will not sail.</dd><dd>We will.</dd></dl>", joined, joined];
process.exit(seen.join() === expected.join() ? 0 : 1);
NODE
node ask.mjs
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check inscriptis==2.7.6
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import inscriptis

text = inscriptis.get_text("<dl><dt>Ann Ode</dt><dd>We will not sail.</dd><dt>Ben Lund</dt><dd>We will.</dd></dl>").strip()
print("inscriptis:", text)
assert text == "Ann OdeWe will not sail.Ben LundWe will."
PYTHON
