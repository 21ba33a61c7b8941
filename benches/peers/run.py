#!/usr/bin/env python3
"""Measures Dateline beside other readers and extractors, on the same generated inputs, in alternating runs.

    sh benches/peers/get.sh FOLDER        # unpacks and builds the peers there, and installs nothing in the system
    cargo build --release && python3 benches/peers/run.py --peers FOLDER

Without `--peers`, the programs on the PATH are measured, and the Python packages of the first `python3`. Each column
names the version that was found. What is missing has no column; a measurement that fails has its error in the table.

Values are medians of the rounds; CPU is user and system time of a program and its children. A program is seen through a
terminal emulator: a screen is drawn when it no longer changes, and keys count only if the screen follows them. Prints
Markdown tables; `--write` also puts them into docs/benchmarks.md, between its markers. It takes some ten minutes;
`--stories 1000 --rounds 1` takes three.

`python3 -m unittest test_run` in this folder checks the parts that need no peer.
"""
import argparse, os, pathlib, sys, tempfile, time
import extractors, pages, sessions, stories
from peers import Found, package_versions
from tables import Results, circumstances, replaced, table

DOCUMENT = pathlib.Path(__file__).resolve().parents[2] / "docs/benchmarks.md"


def reader_table(found, options, folder):
    results, load = Results(), os.getloadavg()[0]
    sessions.measure(found, folder, options.stories, options.rounds, results)
    size = stories.text_size(options.stories) / 1e6
    words = f"{options.stories:,} stories in 20 feeds, {size:.1f} MB of text, {sessions.SIZE}, {runs(options)}"
    labels = {name: found.label(name) for name in found.readers}
    return circumstances(words, load) + "\n\n" + table(results, labels, sessions.ROWS, "dateline")


def extractor_tables(found, options, folder):
    results, load = Results(), os.getloadavg()[0]
    files = extractors.saved_pages(options.pages) if options.pages else pages.write_pages(folder / "pages", 200)
    extractors.measure_pages(found, files, options.rounds, results)
    extractors.measure_text(found, folder, options.stories, options.rounds, results)
    size = sum(file.stat().st_size for file in files) / 1e6
    kind = "saved" if options.pages else "generated"
    words = f"{len(files)} {kind} pages, {size:.1f} MB, and {options.stories:,} generated stories, {runs(options)}"
    versions = package_versions(found.python, list(extractors.PACKAGES))
    labels = {"dateline": found.label("dateline")} | {name: f"{name} {versions[name]}" for name in extractors.PACKAGES if versions[name] != "?"}
    names = {"dateline": found.label("dateline"), "compromise": "compromise (names only)"}
    parts = [circumstances(words, load), table(results, labels, extractors.PAGE_ROWS, "dateline", more_is_better=True),
             table(results, names, extractors.TEXT_ROWS, "dateline", more_is_better=True),
             table(results, {"dateline": found.label("dateline")}, extractors.OWN_ROWS, "dateline")]
    return "\n\n".join(parts)


def runs(options):
    return "one run" if options.rounds == 1 else f"medians of {options.rounds} alternating runs"


GROUPS = {"readers": reader_table, "extractors": extractor_tables}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=10_000, help="stories in the feeds (default: 10000)")
    parser.add_argument("--rounds", type=int, default=3, help="alternating runs (default: 3)")
    parser.add_argument("--only", choices=list(GROUPS), help="measure one group")
    parser.add_argument("--peers", type=pathlib.Path, metavar="FOLDER", default=os.environ.get("DATELINE_PEERS"),
                        help="peers as get.sh left them (default: $DATELINE_PEERS, then the PATH)")
    parser.add_argument("--dateline", metavar="PROGRAM", help="default: target/release/dateline")
    parser.add_argument("--python", metavar="PROGRAM", help="interpreter with trafilatura and readability-lxml")
    parser.add_argument("--pages", type=pathlib.Path, metavar="FOLDER", help="saved pages (*.html) instead of generated ones")
    parser.add_argument("--folder", type=pathlib.Path, help="where inputs and libraries are made (default: the system's)")
    parser.add_argument("--write", action="store_true", help="write the tables into docs/benchmarks.md")
    return parser.parse_args()


def main():
    options = arguments()
    found = Found(options.dateline, options.peers, options.python)
    if not found.dateline.exists():
        sys.exit(f"{found.dateline} is missing: build it with cargo build --release")
    if found.missing():
        print(f"not installed: {', '.join(found.missing())} (see get.sh)", file=sys.stderr)
    begun = time.perf_counter()
    for name, group in GROUPS.items():
        if options.only in (None, name):
            with tempfile.TemporaryDirectory(dir=options.folder) as folder:
                text = group(found, options, pathlib.Path(folder))
            print(f"\n## {name}\n\n{text}", flush=True)
            if options.write:
                DOCUMENT.write_text(replaced(DOCUMENT.read_text(encoding="utf-8"), name, text), encoding="utf-8")
    print(f"\n{time.perf_counter() - begun:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
