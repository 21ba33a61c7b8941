#!/bin/sh
# citation-js 0.8.2 turns interviews, speeches and broadcasts into songs on a round trip through BibLaTeX.
#
# Expected: the type that went in, or the one for anything (`document`), as for a round trip through BibTeX.
# Seen on 2026-11-30 with Node.js 20: it writes `@audio` for CSL's `interview`, `speech` and `broadcast`, and reads `@audio` as
# `song`. The interviewer is in neither BibLaTeX nor BibTeX, not even in a note. Through RIS, a speech comes back as a film.
# Why it matters: styles print a song's author as its performer; the person who asked the questions is gone.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-fund --no-audit @citation-js/core@0.8.2 @citation-js/plugin-bibtex@0.8.2 @citation-js/plugin-ris@0.8.2
node - <<'NODE'
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-bibtex");
require("@citation-js/plugin-ris");

const trip = (type, format) => {
  const written = new Cite([{
    id: "1", type, title: "The ferry", author: [{ family: "Ode", given: "Ann" }],
    interviewer: [{ family: "Kelm", given: "Ida" }], issued: { "date-parts": [[2026, 3, 11]] },
  }]).format(format);
  const [read] = new Cite(written).data;
  console.log(type, format, "→", read.type, written.includes("Kelm") ? "with the interviewer" : "without the interviewer");
  return [read.type, written.includes("Kelm")].join();
};
const seen = [
  trip("interview", "biblatex"), trip("speech", "biblatex"), trip("broadcast", "biblatex"),
  trip("interview", "bibtex"), trip("speech", "ris"),
];
process.exit(seen.join(" ") === "song,false song,false song,false document,false motion_picture,false" ? 0 : 1);
NODE
