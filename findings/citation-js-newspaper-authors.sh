#!/bin/sh
# citation-js 0.8.2 drops the authors and the day of a newspaper article when it writes RIS, and when it reads it.
#
# Expected: `AU` and `DA`, which it writes for an article of a magazine. RIS has `AU` for the authors of every type.
# Seen on 2026-11-30 with Node.js 20: the record of an `article-newspaper` (`TY  - NEWS`) has neither `AU` nor `DA`. In a record
# that another program wrote, the authors become strings in `reporter`, which CSL does not have, and the day is lost, so that
# no style can print either. rispy 0.10.0 reads both.
# Why it matters: a reporter's bibliography loses exactly the reporters; what is left is a valid entry without an author.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-fund --no-audit @citation-js/core@0.8.2 @citation-js/plugin-ris@0.8.2
node - <<'NODE'
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-ris");

const entry = (type) => ({
  id: "1", type, title: "The ferry", "container-title": "Vale Echo",
  author: [{ family: "Ode", given: "Ann" }], issued: { "date-parts": [[2026, 3, 11]] },
});
const magazine = new Cite([entry("article-magazine")]).format("ris");
const newspaper = new Cite([entry("article-newspaper")]).format("ris");
const [read] = new Cite("TY  - NEWS\nAU  - Ode, Ann\nTI  - The ferry\nPY  - 2026\nDA  - 2026/03/11/\nER  - \n").data;
console.log(newspaper);
console.log("read:", JSON.stringify({ author: read.author, reporter: read.reporter, issued: read.issued }));
const asExpected = magazine.includes("AU  - Ode, Ann") && magazine.includes("DA  - 2026/3/11");
const dropped = !/^(AU|A1|DA) /m.test(newspaper) && newspaper.includes("TI  - The ferry");
const misread = read.author === undefined && String(read.reporter) === "Ode, Ann" && read.issued["date-parts"][0].length === 1;
process.exit(asExpected && dropped && misread ? 0 : 1);
NODE
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check rispy==0.10.0
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import rispy

(record,) = rispy.loads("TY  - NEWS\nAU  - Ode, Ann\nTI  - The ferry\nPY  - 2026\nDA  - 2026/03/11/\nER  - \n")
print("rispy:", record["authors"], record["date"])
assert record["authors"] == ["Ode, Ann"] and record["date"] == "2026/03/11/"
PYTHON
