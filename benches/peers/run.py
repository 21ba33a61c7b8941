#!/usr/bin/env python3
"""Dateline beside other readers and extractors, on the same generated inputs, in one run on one machine.

    cargo build --release && python3 benches/peers/run.py [--stories 10000] [--only readers|pages|names]

Peers are taken from where they are installed; what is missing is told and left out. To have them all:

    apt-get install newsboat
    cargo install eilmeldung
    pip install trafilatura readability-lxml
    npm install compromise            (in the folder of this script)

Times are medians; CPU is user and system time of the process and its children. Prints a Markdown table a group.
"""
import argparse, os, pathlib, random, shutil, statistics, subprocess, sys, tempfile, time
from terminal import Screen, cpu_of, measured

HERE = pathlib.Path(__file__).resolve().parent
DATELINE = HERE.parents[1] / "target/release/dateline"
WORDS = ("the of and to in a is that for it was on are as with they be at this from have or by one had not but what all were when we "
         "there can an your which their if will each about how up out them then she many some so these would other into has more two "
         "time could no make than first been its who now people my made over did down only way find use may long little very after "
         "called just where most know government minister report city council water harbour market police court budget strike vote "
         "election trade energy school hospital station river bridge ferry farmers union company shares prices growth").split()
NAMES = ("Mara Odell", "Rufus Pell", "Agnes Holt", "Tomas Varga", "Ines Duarte", "Salma Idrissi", "Peter Lund", "Nadia Orlova")
RARE = "quinquereme"


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
    heads = ["import, CPU s", "peak MB", "store ÷ text", "first screen ms", "list key, CPU ms", "a word in all bodies ms", "idle CPU %", "binary MB"]
    rows = [("dateline (with quotes, names, events, index)", dateline(folder, source, text))]
    if shutil.which("newsboat"):
        rows.append(("newsboat", newsboat(folder, source, text)))
    if shutil.which("eilmeldung"):
        rows.append(("eilmeldung", ["-"] * 3 + [first_screen(["eilmeldung"], "", folder), "-", "-", "-", binary("eilmeldung")]))
    table(f"Readers, {count} stories of 3.8 kB, 120x40", heads, rows)


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
    """The first screen, then CPU of a list key, a search until `found` is shown, and rest."""
    first = first_screen(command, marker, folder)
    with Screen(command, home=folder) as screen:
        screen.until(marker)
        screen.keys(open_list)
        screen.rest(1.0)
        before = cpu_of(screen.pid)
        for _ in range(200):
            screen.keys("j")
            screen.rest(0.01)
        screen.rest(0.3)
        key = (cpu_of(screen.pid) - before) / 200 * 1e3
        word = screen.time_of(find, found)
        screen.rest(1.0)
        before = cpu_of(screen.pid)
        screen.rest(5.0)
        idle = (cpu_of(screen.pid) - before) / 5 * 100
        screen.leave()
    return [first, f"{key:.2f}", f"{word * 1e3:.0f}" if word else "not found", f"{idle:.1f}"]


def dateline(folder, source, text):
    library = folder / "library.db"
    cpu, peak = measured([DATELINE, "add", source, "--library", library])
    store = sum(path.stat().st_size for path in folder.glob("library.db*")) / text
    command = [DATELINE, "--library", library]
    first, key, word, idle = lived(command, folder, "", "Story0000", ["f", RARE + "\r"], "stories")
    return [f"{cpu:.1f}", f"{peak:.0f}", f"{store:.2f}", first, key, word, idle, binary(DATELINE)]


def newsboat(folder, source, text):
    urls, cache = folder / "urls", folder / "cache.db"
    urls.write_text(f"file://{source}\n")
    (folder / "newsboat.conf").write_text("auto-reload no\nmax-items 0\n")
    base = ["newsboat", "-u", urls, "-c", cache, "-C", folder / "newsboat.conf"]
    cpu, peak = measured([*base, "-x", "reload"])
    store = cache.stat().st_size / text
    first, key, word, idle = lived(base, folder, "\r", "Peersfeed", ["/", RARE + "\r"], "Story000005")
    return [f"{cpu:.1f}", f"{peak:.0f}", f"{store:.2f}", first, key, word, idle, binary("newsboat")]


def pages(folder, count):
    stack = folder / "pages"
    stack.mkdir()
    for number in range(count):
        (stack / f"{number}.html").write_text(page(number), encoding="utf-8")
    files = sorted(stack.iterdir())
    cpu, _ = measured([DATELINE, "extract", "--to", "jsonl", stack])
    rows = [("dateline extract (text and the whole analysis)", [f"{count / cpu:.0f}"])]
    scripts = {"trafilatura": "import trafilatura as t\nread = lambda page: t.extract(page)",
               "readability-lxml": "from readability import Document\nread = lambda page: Document(page).summary()"}
    for name, code in scripts.items():
        run = f"import sys, time\n{code}\npages = [open(f, encoding='utf-8').read() for f in sys.argv[1:]]\nread(pages[0])\nt = time.process_time()\n" \
              "for page in pages: read(page)\nprint(len(pages) / (time.process_time() - t))"
        done = subprocess.run([sys.executable, "-c", run, *map(str, files[:300])], capture_output=True, text=True)
        rows.append((name, [f"{float(done.stdout):.0f}" if done.returncode == 0 else "not installed"]))
    table(f"Pages, {count} of them", ["pages a CPU second"], rows)


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
        rows.append(("compromise (people, places, organisations alone)", [f"{float(done.stdout):.2f}" if done.returncode == 0 else "not installed"]))
    table(f"Analysis, {size:.1f} MB of text", ["MB a CPU second"], rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=10_000)
    parser.add_argument("--only", choices=["readers", "pages", "names"])
    options = parser.parse_args()
    if not DATELINE.exists():
        sys.exit("build the program first: cargo build --release")
    for group, count in [(readers, options.stories), (pages, options.stories // 10), (names, options.stories // 5)]:
        if options.only in (None, group.__name__):
            with tempfile.TemporaryDirectory() as folder:
                group(pathlib.Path(folder), count)


if __name__ == "__main__":
    main()
