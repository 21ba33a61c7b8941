#!/usr/bin/env python3
"""Dateline beside other readers and extractors, on the same generated inputs, in one run on one machine.

    cargo build --release && python3 benches/peers/run.py [--stories 10000] [--only readers|pages|names] [--pages FOLDER]

Peers are taken from where they are installed, and each row names the version that was found. What is missing is left
out; what is installed and fails has its error in the table. To have them all:

    newsboat 2.44 or newer, newsraft 0.36 or newer: from their sources (distributions have them years old)
    cargo install eilmeldung
    pip install trafilatura readability-lxml lxml_html_clean
    npm install compromise            (in the folder of this script)

Times are medians; CPU is user and system time of the process and its children. Prints a Markdown table a group.
`python3 -m unittest test_run` in this folder checks the parts that need no peer.
"""
import argparse, functools, http.server, importlib.metadata, os, pathlib, random, re, shutil, statistics, subprocess, sys, tempfile, threading, time
from terminal import Screen, cpu_of, measured, resident

HERE = pathlib.Path(__file__).resolve().parent
DATELINE = HERE.parents[1] / "target/release/dateline"
WORDS = ("the of and to in a is that for it was on are as with they be at this from have or by one had not but what all were when we "
         "there can an your which their if will each about how up out them then she many some so these would other into has more two "
         "time could no make than first been its who now people my made over did down only way find use may long little very after "
         "called just where most know government minister report city council water harbour market police court budget strike vote "
         "election trade energy school hospital station river bridge ferry farmers union company shares prices growth").split()
NAMES = ("Mara Odell", "Rufus Pell", "Agnes Holt", "Tomas Varga", "Ines Duarte", "Salma Idrissi", "Peter Lund", "Nadia Orlova")
RARE = "quinquereme"
KEYS = 200


def story(number):
    """One story of some 3.8 kB: title and paragraphs, the same for the same number."""
    dice = random.Random(number)
    sentence = lambda: " ".join(dice.choices(WORDS, k=dice.randint(9, 26))).capitalize()
    paragraphs = []
    while sum(map(len, paragraphs)) < 3700:
        name = dice.choice(NAMES)
        shape = dice.randrange(4)
        if shape == 0:
            paragraphs.append(f"“{sentence()},” {name} said on {dice.choice(['Monday', 'Friday', 'Sunday'])}. {sentence()}.")
        elif shape == 1:
            paragraphs.append(f"{name} told reporters that {sentence().lower()} in {dice.randint(1990, 2023)}.")
        else:
            paragraphs.append(f"{sentence()}. {sentence()}. {sentence()}.")
    if number % 997 == 5:
        paragraphs[-1] += f" A {RARE} was seen."
    return f"Story{number:06d} " + " ".join(dice.choices(WORDS, k=7)), paragraphs


def feed(path, count):
    """A feed of `count` stories; gives the bytes of their text."""
    size = 0
    with open(path, "w", encoding="utf-8") as out:
        out.write('<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Peersfeed</title><link>http://localhost/</link>')
        for number in range(count):
            title, paragraphs = story(number)
            size += len(title.encode()) + sum(len(text.encode()) + 2 for text in paragraphs)
            body = "".join(f"<p>{text}</p>" for text in paragraphs)
            day = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(1695600000 - number * 600))
            out.write(f"<item><title>{title}</title><link>http://localhost/{number}</link><guid>{number}</guid>"
                      f"<pubDate>{day}</pubDate><description><![CDATA[{body}]]></description></item>\n")
        out.write("</channel></rss>")
    return size


def page(number):
    """A saved page around a story: menus, related stories, a footer."""
    title, paragraphs = story(number)
    menu = "".join(f'<li><a href="/s/{word}">{word.title()}</a></li>' for word in WORDS[:40])
    related = "".join(f'<li><a href="/{n}">{story(n)[0]}</a></li>' for n in range(number + 1, number + 9))
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return (f"<!doctype html><html><head><title>{title} - The Post</title></head><body><nav><ul>{menu}</ul></nav><main><article><h1>{title}</h1>"
            f'<div class="byline">By Ana Ruiz</div><figure><img src="a.jpg"><figcaption>A pier. (Agency photo)</figcaption></figure>{body}</article>'
            f'<aside><h2>Related</h2><ul>{related}</ul></aside></main><footer>All rights reserved</footer></body></html>')


def table(title, head, rows):
    print(f"\n## {title}\n\n| | " + " | ".join(head) + " |\n|---|" + "---|" * len(head))
    for name, cells in rows:
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


def readers(folder, count):
    source = folder / "feed.xml"
    text = feed(source, count)
    heads = ["import, CPU s", "peak MB", "store ÷ text", "first screen ms", "list key, CPU ms", "a word in all bodies ms", "idle CPU %", "at rest MB", "binary MB"]
    rows = []
    with serve(folder) as address:
        for name, measure in READERS.items():
            command = DATELINE if name == "dateline" else shutil.which(name)
            if command:
                rows.append((f"{name} {version([command, '--version'])}", tried(lambda: measure(folder, source, address, text), len(heads))))
    table(f"Readers, {count} stories of 3.8 kB, 120x40", heads, rows)


def tried(measure, width):
    """The cells of a row, or the error in the place of the first of them."""
    try:
        return measure()
    except (RuntimeError, OSError, subprocess.CalledProcessError) as error:
        return [f"failed: {last_line(str(error))}"] + ["-"] * (width - 1)


def last_line(words):
    """The last line that says something, without what would end a cell of the table."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    return lines[-1].replace("|", "/") if lines else "no reason given"


def version(command):
    """The version that a program prints of itself, such as 2.44; a question mark when it prints none."""
    for asked in (command, [command[0], "-v"]):
        said = subprocess.run([str(part) for part in asked], capture_output=True, text=True, timeout=20)
        found = version_in(said.stdout + said.stderr)
        if found != "?":
            return found
    return "?"


def version_in(words):
    found = re.search(r"\b\d+\.\d+(\.\d+)?\b", words)
    return found.group() if found else "?"


class serve:
    """Serves a folder over HTTP on this machine, for readers that take no file as a feed."""

    def __init__(self, folder):
        handler = functools.partial(Quiet, directory=folder)
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def binary(name):
    stripped = tempfile.NamedTemporaryFile()
    subprocess.run(["strip", "-o", stripped.name, shutil.which(str(name))], check=True)
    return f"{os.path.getsize(stripped.name) / 1e6:.1f}"


def first_screen(command, marker, folder, runs=9):
    times = []
    for _ in range(runs):
        with Screen(command, home=folder) as screen:
            times.append(screen.until(marker))
            screen.leave()
    return f"{statistics.median(times) * 1e3:.0f}"


def lived(command, folder, open_list, marker, find, found):
    """The first screen, then CPU of a list key, a search until `found` is shown, and CPU and memory at rest."""
    first = first_screen(command, marker, folder)
    with Screen(command, home=folder) as screen:
        screen.until(marker)
        for key in open_list:
            screen.keys(key)
            screen.rest(1.0)
        before, moved = cpu_of(screen.pid), 0
        for _ in range(KEYS):
            screen.seen = b""
            screen.keys("j")
            screen.rest(0.01)
            moved += bool(screen.seen)
        screen.rest(0.3)
        key = key_cell((cpu_of(screen.pid) - before) / KEYS * 1e3, moved)
        word = screen.time_of(find, found) if find else None
        screen.rest(1.0)
        before = cpu_of(screen.pid)
        screen.rest(5.0)
        idle, rest = (cpu_of(screen.pid) - before) / 5 * 100, resident(screen.pid)
        screen.leave()
    return [first, key, word_cell(find, word), f"{idle:.1f}", f"{rest:.0f}"]


def key_cell(cost, moved):
    """Milliseconds a key; a key after which nothing is drawn has measured something else."""
    return f"{cost:.2f}" if moved > KEYS // 2 else f"not measured: the screen changed after {moved} of {KEYS} keys"


def word_cell(find, word):
    if not find:
        return "cannot"
    return f"{word * 1e3:.0f}" if word else "not found"


def dateline(folder, source, _address, text):
    library = folder / "library.db"
    cpu, peak = measured([DATELINE, "add", source, "--library", library])
    store = sum(path.stat().st_size for path in folder.glob("library.db*")) / text
    command = [DATELINE, "--library", library]
    cells = lived(command, folder, [], "Story0000", ["f", RARE + "\r"], "stories")
    return [f"{cpu:.1f}", f"{peak:.0f}", f"{store:.2f}", *cells, binary(DATELINE)]


def newsboat(folder, source, _address, text):
    urls, cache, config = folder / "urls", folder / "cache.db", folder / "newsboat.conf"
    urls.write_text(f"file://{source}\n")
    # Newsboat has no letter key for moving in lists unless one is bound.
    config.write_text("auto-reload no\nmax-items 0\nbind-key j down\n")
    base = ["newsboat", "-u", urls, "-c", cache, "-C", config]
    cpu, peak = measured([*base, "-x", "reload"])
    store = cache.stat().st_size / text
    cells = lived(base, folder, ["\r"], "Peersfeed", ["/", RARE + "\r"], "Story000005")
    return [f"{cpu:.1f}", f"{peak:.0f}", f"{store:.2f}", *cells, binary("newsboat")]


def newsraft(folder, _source, address, text):
    feeds, store, config = folder / "newsraft.feeds", folder / "newsraft.db", folder / "newsraft.config"
    feeds.write_text(f'{address}/feed.xml "Peersfeed"\n')
    config.write_text("")
    base = ["newsraft", "-f", feeds, "-c", config, "-d", store]
    cpu, peak = measured([*base, "-e", "reload-all"])
    size = store.stat().st_size / text
    # `l` enters the feed, `/` lists the stories that contain the word.
    cells = lived(base, folder, ["l"], "Peersfeed", ["/", RARE + "\r"], "Story000005")
    return [f"{cpu:.1f}", f"{peak:.0f}", f"{size:.2f}", *cells, binary("newsraft")]


def eilmeldung(folder, _source, address, text):
    config, state, list_of_feeds = folder / "eilmeldung", folder / "eilmeldung-state", folder / "feeds.opml"
    config.mkdir()
    (config / "config.toml").write_text('[login_setup]\nlogin_type = "no_login"\nprovider = "local_rss"\n')
    list_of_feeds.write_text(f'<opml version="2.0"><body><outline text="Peersfeed" type="rss" xmlUrl="{address}/feed.xml"/></body></opml>')
    base = ["eilmeldung", "-c", config, "-s", state]
    measured([*base, "--import-opml", list_of_feeds])
    cpu, peak = measured([*base, "--sync"])
    size = sum(path.stat().st_size for path in state.rglob("*") if path.is_file()) / text
    # `g a` goes to the list, where the search covers titles and summaries, but not bodies.
    cells = lived(base, folder, ["g", "a"], "Story0000", [], "")
    return [f"{cpu:.1f}", f"{peak:.0f}", f"{size:.2f}", *cells, binary("eilmeldung")]


READERS = {"dateline": dateline, "newsboat": newsboat, "newsraft": newsraft, "eilmeldung": eilmeldung}


def pages(folder, source):
    """Measures saved pages if `source` is their folder, or as many generated ones as it says."""
    files = saved_pages(source) if isinstance(source, pathlib.Path) else generated_pages(folder / "pages", source)
    cpu, _ = measured([DATELINE, "extract", "--to", "jsonl", *files])
    rows = [(f"dateline extract {version([DATELINE, '--version'])} (text and the whole analysis)", [f"{len(files) / cpu:.0f}"])]
    for name, code in EXTRACTORS.items():
        done = subprocess.run([sys.executable, "-c", extractor_script(code), *map(str, files[:300])], capture_output=True, text=True)
        rows.append((f"{name} {package_version(name)}", [outcome(done)]))
    table(f"Pages, {len(files)} of them, {sum(file.stat().st_size for file in files) / 1e6:.1f} MB", ["pages a CPU second"], rows)


def generated_pages(stack, count):
    stack.mkdir()
    for number in range(count):
        (stack / f"{number}.html").write_text(page(number), encoding="utf-8")
    return sorted(stack.iterdir())


def saved_pages(stack):
    """The pages of a folder; an empty folder would be measured as infinitely slow."""
    files = sorted(stack.glob("*.html"))
    if not files:
        sys.exit(f"{stack} has no files named *.html")
    return files


def package_version(name):
    """The version of an installed Python package; a question mark when it is not installed."""
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "?"


# Definitions of `read(page)` for each extractor. They may use any names: those of the measuring script do not clash
# with them.
EXTRACTORS = {"trafilatura": "import trafilatura\ndef read(page): return trafilatura.extract(page)",
              "readability-lxml": "from readability import Document\ndef read(page): return Document(page).summary()"}


def extractor_script(code):
    """A script that prints how many of the pages named to it an extractor reads in a CPU second."""
    return (f"import sys, time\n{code}\npages = [open(name, encoding='utf-8', errors='replace').read() for name in sys.argv[1:]]\n"
            "assert any(map(read, pages[:20])), 'nothing was extracted'\nbegin = time.process_time()\nfor page in pages: read(page)\n"
            "print(len(pages) / (time.process_time() - begin))")


def outcome(done):
    """The figure that a script printed; that its module is missing; or the error that ended it."""
    if done.returncode == 0:
        return f"{float(done.stdout):.0f}" if float(done.stdout) >= 10 else f"{float(done.stdout):.2f}"
    reason = last_line(done.stderr)
    missing = re.match(r"ModuleNotFoundError: No module named '(\w+)'$", reason)
    if missing and missing.group(1) in ("trafilatura", "readability") or "Cannot find module 'compromise'" in done.stderr:
        return "not installed"
    return f"failed: {reason}"


def names(folder, count):
    source = folder / "text.jsonl"
    import json
    with open(source, "w", encoding="utf-8") as out:
        for number in range(count):
            out.write(json.dumps({"id": str(number), "text": "\n\n".join(story(number)[1])}) + "\n")
    size = source.stat().st_size / 1e6
    cpu, _ = measured([DATELINE, "extract", "--from", "jsonl", source])
    rows = [("dateline (tokens to timeline, and writing the JSON)", [f"{size / cpu:.2f}"])]
    script = ("const nlp = require('compromise'), fs = require('fs'); const lines = fs.readFileSync(process.argv[1], 'utf8').trim().split('\\n').slice(0, 200);"
              "nlp('a').people(); const t = process.cpuUsage(); let n = 0; for (const l of lines) { const d = nlp(JSON.parse(l).text); d.people().out('array'); d.places().out('array');"
              "d.organizations().out('array'); n += l.length; } const u = process.cpuUsage(t); console.log(n / (u.user + u.system));")
    if shutil.which("node"):
        done = subprocess.run(["node", "-e", script, str(source)], capture_output=True, text=True, cwd=HERE)
        rows.append(("compromise (people, places and organisations only)", [outcome(done)]))
    table(f"Analysis, {size:.1f} MB of text", ["MB a CPU second"], rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=10_000)
    parser.add_argument("--only", choices=["readers", "pages", "names"])
    parser.add_argument("--pages", type=pathlib.Path, metavar="FOLDER", help="saved pages (*.html) to read instead of generated ones")
    options = parser.parse_args()
    if not DATELINE.exists():
        sys.exit("build the program first: cargo build --release")
    for group, count in [(readers, options.stories), (pages, options.pages or options.stories // 10), (names, options.stories // 5)]:
        if options.only in (None, group.__name__):
            with tempfile.TemporaryDirectory() as folder:
                group(pathlib.Path(folder), count)


if __name__ == "__main__":
    main()
