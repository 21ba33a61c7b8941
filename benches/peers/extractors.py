"""Extractors of stories from pages, and analysers of text, on the same inputs."""
import pathlib, re, subprocess
import pages, stories
from process import Cost
from tables import last_line

# Definitions of `read(page)` for each Python package. They may use any names: those of the measuring script do not
# clash with them.
PACKAGES = {"trafilatura": "import trafilatura\ndef read(page): return trafilatura.extract(page)",
            "readability-lxml": "from readability import Document\ndef read(page): return Document(page).summary()"}
PAGE_ROWS = {"pages": "pages read a CPU second"}
TEXT_ROWS = {"text": "news text analysed a CPU second, MB"}
OWN_ROWS = {
    "two_pages": "`extract` of pages on two cores, times as fast as on one",
    "two_text": "`extract` of stories on two cores, times as fast as on one",
    "records_cpu": "JSON Lines into a library (`add`), CPU s",
    "records_written": "… written to disk, times the text",
    "long_record": "one text of 1.8 MB from JSON Lines, CPU s",
    "long_text": "the same as plain text, CPU s",
}
COMPROMISE = """const nlp = require('compromise'), fs = require('fs');
const lines = fs.readFileSync(process.argv[1], 'utf8').trim().split('\\n').slice(0, 200);
nlp('a').people();
const begin = process.cpuUsage();
let size = 0;
for (const line of lines) {
  const doc = nlp(JSON.parse(line).text);
  for (const names of [doc.people(), doc.places(), doc.organizations()]) names.out('array');
  size += Buffer.byteLength(line);
}
const used = process.cpuUsage(begin);
console.log(size / (used.user + used.system));"""


def script(code):
    """A script that prints how many of the pages named to it an extractor reads in a CPU second."""
    return (f"import sys, time\n{code}\npages = [open(name, encoding='utf-8', errors='replace').read() for name in sys.argv[1:]]\n"
            "assert any(map(read, pages[:20])), 'nothing was extracted'\nbegin = time.process_time()\nfor page in pages: read(page)\n"
            "print(len(pages) / (time.process_time() - begin))")


def outcome(done):
    """The figure that a script printed; None if its own module is missing. Any other error is one of the peer."""
    if done.returncode == 0:
        return float(done.stdout)
    reason = last_line(done.stderr)
    missing = re.match(r"ModuleNotFoundError: No module named '(\w+)'$", reason)
    if missing and missing.group(1) in ("trafilatura", "readability") or "Cannot find module 'compromise'" in done.stderr:
        return None
    raise RuntimeError(reason)


def saved_pages(folder):
    """The pages of a folder. An empty folder would be measured as infinitely slow."""
    files = sorted(folder.glob("*.html"))
    if not files:
        raise SystemExit(f"{folder} has no files named *.html")
    return files


def extract(dateline, files, *arguments):
    return Cost([dateline, "extract", "--to", "jsonl", *arguments, *files])


def measure_pages(found, files, rounds, results):
    """Alternates between the extractors. The slow ones read at most 200 of the pages."""
    for _ in range(rounds):
        results.attempt("dateline", ["pages"], lambda: {"pages": len(files) / extract(found.dateline, files, "--jobs", "1").cpu})
        for name, code in PACKAGES.items():
            command = [found.python, "-W", "ignore", "-c", script(code), *map(str, files[:200])]
            results.attempt(name, ["pages"], lambda: {"pages": outcome(subprocess.run(command, capture_output=True, text=True))})
        results.attempt("dateline", ["two_pages"], lambda: {"two_pages": speedup(found.dateline, files)})


def speedup(dateline, files, *arguments):
    """Seconds of the clock on one core over those on two."""
    one, two = (extract(dateline, files, *arguments, "--jobs", jobs).wall for jobs in ("1", "2"))
    return one / two


def measure_text(found, folder, count, rounds, results):
    """Analyses a fifth of the stories as text, and imports all of them as JSON Lines."""
    source = stories.write_records(folder / "stories.jsonl", range(max(count // 5, 1)))
    size = source.stat().st_size / 1e6
    for _ in range(rounds):
        results.attempt("dateline", ["text"], lambda: {"text": size / extract(found.dateline, [source], "--jobs", "1").cpu})
        results.attempt("dateline", ["two_text"], lambda: {"two_text": speedup(found.dateline, [source])})
        if found.node:
            results.attempt("compromise", ["text"], lambda: {"text": outcome(compromise(found, source))})
        results.attempt("dateline", ["long_text", "long_record"], lambda: long_text(found.dateline, folder))
    results.attempt("dateline", ["records_cpu", "records_written"], lambda: records(found.dateline, folder, count))


def compromise(found, source):
    folder = found.folder or pathlib.Path(__file__).parent
    return subprocess.run([found.node, "-e", COMPROMISE, str(source)], capture_output=True, text=True, cwd=folder)


def long_text(dateline, folder):
    plain, record = stories.write_long(folder, 1_800_000)
    return {"long_text": extract(dateline, [plain], "--from", "text").cpu, "long_record": extract(dateline, [record], "--from", "jsonl").cpu}


def records(dateline, folder, count):
    """A file system in memory counts no bytes as written, so that there is no figure then."""
    source = stories.write_records(folder / "all.jsonl", range(count))
    cost = Cost([dateline, "add", source, "--library", folder / "records.db"])
    return {"records_cpu": cost.cpu, "records_written": cost.written / stories.text_size(count) if cost.written else None}
