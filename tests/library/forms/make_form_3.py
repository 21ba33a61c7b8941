#!/usr/bin/env python3
"""Makes the library of schema version 3 that the migration tests open, by driving the program that writes it.

    python3 make_form_3.py path/to/dateline-0.1.0 form-3.db && zstd -19 form-3.db -o form-3.db.zst

The stories, and what is done with them, are the same in every run; the times at which it is done are not, so a
library that is made again differs from the stored one in those.
"""
import http.server
import json
import os
import pathlib
import pty
import select
import subprocess
import sys
import tempfile
import threading
import time

STORIES = 2_000
PEOPLE = ("Mara Odell", "Rufus Pell", "Agnes Holt", "Tomas Varga", "Ines Duarte", "José Álvarez", "Nadia Orlova", "Peter Lund")
PLACES = ("Geneva", "Lisbon", "Oslo", "Nairobi", "Lima")
THINGS = ("ferry", "bridge", "school", "market", "harbour", "library", "tram", "mill", "dam", "theatre", "well")
DEEDS = ("reopened", "closed", "was sold", "burned", "was mended", "flooded", "was named")
COLOURS = ("important", "doubtful", "follow", "wording")


def story(number, changed=False):
    """Title and text of a story; numbers below 400 are announced in feeds, the others lie in files.

    Short, because a library packs each story for itself: two thousand long ones would be a fixture of megabytes.
    """
    person, other = PEOPLE[number % 8], PEOPLE[(number * 3 + 1) % 8]
    thing, deed, place = THINGS[number % 11], DEEDS[number % 7], PLACES[number % 5]
    text = f"The {thing} {deed} on day {number}, {person} said."
    if number % 5 == 2:
        text = text.replace(thing, f"{thing} in {place}") + f" “We counted {number} on 3 May 2024,” said {other}."
    if changed:
        text += f" The mayor agreed after {number} days."
    return f"{thing.title()} {number}", text


class Server(http.server.BaseHTTPRequestHandler):
    """Two feeds that answer and one that does not; with `changed` set, some of their stories have a longer text."""

    changed = False

    def do_GET(self):
        numbers = {"/harbour": range(0, 300), "/quay": range(300, 400)}.get(self.path)
        if numbers is None:
            self.send_response(503)
            self.end_headers()
            return
        items = "".join(self.item(number) for number in numbers)
        body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>{self.path[1:].title()} Post</title>{items}</channel></rss>'.encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", f'"{self.path}-{self.changed}"')
        self.end_headers()
        self.wfile.write(body)

    def item(self, number):
        title, text = story(number, self.changed and number % 16 == 7)
        return (f"<item><title>{title}</title><link>https://news.example/{number}</link><guid>{number}</guid>"
                f"<pubDate>{number % 28 + 1:02} May 2024 08:00:00 GMT</pubDate><description>{text}</description></item>")

    def log_message(self, *_):
        pass


class Maker:
    """Calls the program on one library."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.library = folder / "library.db"
        self.environment = {"HOME": str(folder), "DATELINE_LIBRARY": str(self.library), "TERM": "xterm-256color", "LANG": "C.UTF-8",
                            "PATH": os.environ["PATH"]}

    def run(self, *arguments, fails=False):
        done = subprocess.run([self.program, *map(str, arguments)], env=self.environment, capture_output=True, text=True, check=False)
        if (done.returncode != 0) != fails:
            sys.exit(f"{arguments[:4]}: {done.returncode} {done.stdout[-400:]} {done.stderr[-400:]}")
        return done.stdout

    def keys(self, *keys):
        """Presses keys in the reader, each after the screen has come to rest."""
        pid, terminal = pty.fork()
        if pid == 0:
            os.chdir(self.folder)
            os.execve(self.program, [self.program], self.environment)
        for key in ("", *keys, "q"):
            os.write(terminal, key.encode())
            while select.select([terminal], [], [], 0.6)[0]:
                try:
                    os.read(terminal, 1 << 16)
                except OSError:
                    break
        os.waitpid(pid, 0)
        os.close(terminal)


def add_stories(maker, server):
    for path in ("harbour", "quay"):
        maker.run("feed", "add", "--allow-local", f"{server}/{path}")
    maker.run("feed", "add", "--allow-local", f"{server}/silent", fails=True)
    follow = maker.folder / "follow.opml"
    outlines = "".join(f'<outline text="{name}" xmlUrl="https://{name}.example/feed" category="far"/>' for name in ("mill", "dam", "tram"))
    follow.write_text(f'<opml version="2.0"><body>{outlines}</body></opml>')
    maker.run("feed", "import", follow)
    records, inbox = maker.folder / "wire.jsonl", maker.folder / "inbox"
    inbox.mkdir()
    with open(records, "w", encoding="utf-8") as out:
        for number in range(400, STORIES):
            title, text = story(number)
            if number % 20 == 0:
                (inbox / f"{number}.txt").write_text(f"{title}\n\n{text}\n", encoding="utf-8")
            else:
                out.write(json.dumps({"id": str(number), "title": title, "text": text}) + "\n")
    maker.run("add", records, inbox)
    time.sleep(61)  # A feed that has just been fetched is left alone for a minute.
    Server.changed = True
    maker.run("fetch", "--all", "--allow-local", fails=True)
    maker.run("feed", "set", "Harbour Post", "--full-text", "true")


def by_state(maker, stories):
    """State that the command line sets: each call is one change that `undo` takes back."""
    uids = [uid for uid, _ in stories]
    pick = lambda divisor, rest: [uid for at, uid in enumerate(uids) if at % divisor == rest]
    maker.run("mark", "--read", *pick(3, 1))
    maker.run("mark", "--star", *pick(17, 5))
    maker.run("mark", "--archive", *pick(11, 3))
    maker.run("mark", "--bin", *pick(41, 9))
    for tag, divisor in (("sea", 13), ("to check", 29), ("café", 37)):
        maker.run("mark", "--tag", tag, *pick(divisor, 2))
    for at, uid in enumerate(pick(50, 4)):
        maker.run("mark", "--note", f"Ask about number {at}.\nAnd “why”?", uid)
    maker.run("who", "Mara Odell", "--same-as", "Agnes Holt")
    maker.run("who", "Tomas Varga", "--same-as", "Ines Duarte")
    maker.run("who", "Peter Lund", "--same-as", "Ines Duarte")
    maker.run("who", "Tomas Varga", "--split")
    for name, query in (("Ferries", "ferry OR place:oslo"), ("Odell", 'speaker:"mara odell"'), ("Sea", "tag:sea is:unread")):
        maker.run("view", "add", name, query)
    maker.run("mark", "--star", *pick(19, 8))
    maker.run("mark", "--tag", "late", *pick(101, 6))
    maker.run("undo")


def anchor(text, words):
    at = text.index(words)
    return {"before": text[max(0, at - 32):at], "words": words, "after": text[at + len(words):][:32]}


def corrections(text, at):
    """One correction of each kind in turn."""
    quote = text[text.index("“") + 1:text.index(" on 3 May")]
    person = text.split(", ")[1].split(" said")[0]
    other = text.split("said ")[-1].split(".")[0]
    place = text.split(" in ")[1].split(" ")[0]
    return [
        {"kind": "speaker", "quote": anchor(text, quote), "speaker": anchor(text, person)},
        {"kind": "date", "clause": anchor(text, quote), "day": "2024-06-03"},
        {"kind": "merge", "entity": anchor(text, other), "into": anchor(text, person)},
        {"kind": "split", "mention": anchor(text, place)},
        {"kind": "dismiss", "layer": "quotes", "at": anchor(text, quote)},
    ][at % 5]


def by_import(maker, stories):
    """What only the screen makes, in numbers that no hand could press: taken in by the program's own import."""
    lines = [{"kind": "library", "version": 1}]
    for at, (uid, text) in enumerate(stories):
        def line(kind, words, **more):
            start = len(text[:text.index(words)].encode())
            prefix, suffix = text[max(0, text.index(words) - 48):text.index(words)], text[text.index(words) + len(words):][:48]
            lines.append({"kind": kind, "uid": uid, "start": start, "exact": words, "prefix": prefix, "suffix": suffix, **more})
        if at % 8 == 1:
            words = text.split(" said")[0].split(", ")[1]
            note = f"Who is this? No. {at}" if at % 16 == 1 else ""
            line("highlight", words, end=len(text[:text.index(words)].encode()) + len(words.encode()), colour=COLOURS[at // 8 % 4], note=note,
                 created=1_717_000_000 + at)
        if "“" in text and at % 2 == 0:
            correction = corrections(text, at // 10)
            lines.append({"kind": "correction", "uid": uid, "what": correction["kind"], "start": None, "exact": "", "prefix": "", "suffix": "",
                          "payload": json.dumps(correction, ensure_ascii=False)})
        if at % 9 == 3:
            line("position", "said", changed=1_717_100_000 + at)
    lines += [{"kind": "search", "query": f"ferry {number}", "at": number} for number in range(20)]
    path = maker.folder / "state.jsonl"
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    maker.run("import", path)


def by_keys(maker):
    """A highlight, a note, a wrong row, a saved view and a search as a reader makes them, for the log of changes that goes with them."""
    maker.keys("\r", "v", "is", "1", "\x1b", "n", "v", "is", "a", "Is this so?", "\r", "\x1b", "n", "1", "]q", "x", "\x1b", "\x1b")
    maker.keys("f", "mill", "\r", "Q", "\x15", "Mills", "\r", "\x1b", "*")
    maker.run("undo")


def main():
    program, target = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        maker = Maker(program, pathlib.Path(folder))
        add_stories(maker, f"http://127.0.0.1:{server.server_address[1]}")
        entries = (json.loads(line) for line in maker.run("export").splitlines())
        stories = [(entry["uid"], entry["article"]["text"]) for entry in entries if entry["kind"] == "article"]
        by_state(maker, stories)
        by_import(maker, stories)
        by_keys(maker)
        maker.run("backup", target)
    print(f"{target}: {len(stories)} stories, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
