#!/usr/bin/env python3
"""Runs `dateline sync` against Miniflux itself, in both of its protocols.

    python3 tests/sync/real.py --dateline target/quick/dateline [--entries 10000] [--rounds 20] [--protocol greader]

With --newsboat PROGRAM, newsboat reads the same entries over the REST API. It asks for the last 100 entries of each feed,
so that --per-feed 100 gives both the same number of entries.

Starts PostgreSQL and Miniflux on free ports of this machine in a temporary folder, and feeds Miniflux from a server on
loopback. Needs Debian's `postgresql` package, and downloads Miniflux from Debian 13 with a package list of its own, unless
`--miniflux` names the program. Where either cannot be had, says so and ends with 0, so that it can run anywhere.
"""

import argparse
import atexit
import base64
import functools
import glob
import html
import http.server
import json
import os
import pathlib
import pwd
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from datetime import datetime, timedelta, timezone

USER, PASSWORD, READER_PASSWORD = "ada", "rest-sesame-41", "reader-sesame-52"
SOURCES = "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian trixie main\n"


def skip(reason):
    print(f"SKIPPED: {reason}")
    sys.exit(0)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def miniflux(folder):
    """Downloads and unpacks Miniflux, without installing it."""
    for part in ("lists/partial", "cache/archives/partial"):
        (folder / part).mkdir(parents=True)
    (folder / "sources.list").write_text(SOURCES)
    (folder / "apt.conf").write_text(
        f'Dir::Etc::SourceList "{folder}/sources.list";\nDir::Etc::SourceParts "-";\n'
        f'Dir::State::Lists "{folder}/lists";\nDir::Cache "{folder}/cache";\nAPT::Sandbox::User "root";\n'
    )
    environment = os.environ | {"APT_CONFIG": str(folder / "apt.conf")}
    for command in (["apt-get", "update"], ["apt-get", "download", "miniflux"]):
        if subprocess.run(command, cwd=folder, env=environment, capture_output=True).returncode:
            skip("the package of Miniflux cannot be downloaded")
    package = glob.glob(str(folder / "miniflux_*.deb"))[0]
    subprocess.run(["dpkg-deb", "-x", package, folder / "miniflux"], check=True)
    return folder / "miniflux/usr/bin/miniflux"


class Postgres:
    """A PostgreSQL server that lives as long as the script. It refuses to run as root, so it runs as its own user then."""

    def __init__(self, folder):
        found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"))
        if not found:
            skip("PostgreSQL is not installed")
        self.bin, self.port, self.data = pathlib.Path(found[-1]).parent, free_port(), folder / "postgres/data"
        self.data.parent.mkdir()
        self.options = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": True, "cwd": "/"}
        if os.getuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(self.data.parent, owner.pw_uid, owner.pw_gid)
            self.options |= {"user": owner.pw_uid, "group": owner.pw_gid}
        self.run("initdb", "-D", self.data, "-A", "trust", "-U", "postgres")
        atexit.register(self.stop)
        options = f"-p {self.port} -k {self.data.parent} -c listen_addresses=127.0.0.1 -c fsync=off"
        self.run("pg_ctl", "-D", self.data, "-o", options, "-l", self.data.parent / "log", "-w", "start")
        self.sql("create database miniflux", database="postgres")
        self.sql("create extension hstore; create extension pgcrypto")

    def run(self, program, *arguments):
        subprocess.run([self.bin / program, *arguments], **self.options)

    def sql(self, text, database="miniflux"):
        command = ["psql", "-qAt", "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", database, "-c", text]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def stop(self):
        """Stops the server, if it has been started."""
        subprocess.run([self.bin / "pg_ctl", "-D", self.data, "-m", "immediate", "stop"], **(self.options | {"check": False}))


class Miniflux:
    """A Miniflux server, with the requests of its own web page in place of a browser."""

    def __init__(self, program, postgres, folder):
        self.port = free_port()
        self.postgres = postgres
        url = f"postgres://postgres@127.0.0.1:{postgres.port}/miniflux?sslmode=disable"
        environment = os.environ | {
            "RUN_MIGRATIONS": "1", "CREATE_ADMIN": "1", "ADMIN_USERNAME": USER, "ADMIN_PASSWORD": PASSWORD,
            "DATABASE_URL": url, "LISTEN_ADDR": f"127.0.0.1:{self.port}", "POLLING_FREQUENCY": "1440",
        }
        log = open(folder / "miniflux.log", "w")
        self.process = subprocess.Popen([program], env=environment, stdout=log, stderr=log)
        atexit.register(self.process.kill)
        for _ in range(100):
            try:
                self.ask("GET", "/v1/me")
                break
            except OSError:
                time.sleep(0.2)
        postgres.sql(
            f"update integrations set googlereader_enabled = true, googlereader_username = '{USER}', "
            f"googlereader_password = crypt('{READER_PASSWORD}', gen_salt('bf', 10))"
        )

    def ask(self, method, path, body=None):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", method=method)
        token = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        request.add_header("Authorization", f"Basic {token}")
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(request, data, timeout=120) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def states(self):
        """Returns whether each entry has been read and whether it is starred, by its ID."""
        rows = self.postgres.sql("select id, status = 'read', starred from entries where status <> 'removed'")
        cells = (line.split("|") for line in rows.splitlines())
        return {int(entry): (read == "t", starred == "t") for entry, read, starred in cells}

    def mark(self, entries, read):
        for at in range(0, len(entries), 500):
            body = {"entry_ids": entries[at : at + 500], "status": "read" if read else "unread"}
            self.ask("PUT", "/v1/entries", body)

    def toggle_star(self, entries):
        for entry in entries:
            self.ask("PUT", f"/v1/entries/{entry}/bookmark")


class Counter(threading.Thread):
    """Passes connections on to Miniflux and counts the bytes in both directions."""

    def __init__(self, target):
        super().__init__(daemon=True)
        self.target, self.bytes, self.listener = target, 0, socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.start()

    def run(self):
        while True:
            client = self.listener.accept()[0]
            server = socket.create_connection(("127.0.0.1", self.target))
            for source, sink in ((client, server), (server, client)):
                threading.Thread(target=self.carry, args=(source, sink), daemon=True).start()

    def carry(self, source, sink):
        try:
            while data := source.recv(65536):
                self.bytes += len(data)
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass


def write_feeds(folder, count, per_feed, address):
    """Writes feeds with `count` stories in our own words. Returns their files."""
    words = random.Random(7)
    people = ["Ada Berg", "Tomas Lind", "Ines Castro", "Omar Haddad", "Mira Kovac", "Ruth Adler"]
    places = ["Varde", "Lindau", "Port Ellis", "Marrow", "Aldgate", "Tarn"]
    things = ["ferry", "bridge", "school", "harbour", "clinic", "railway", "library", "reservoir"]
    deeds = ["reopened", "closed", "was delayed", "was sold", "was inspected", "was flooded"]

    def sentence():
        who, place, thing, deed = map(words.choice, (people, places, things, deeds))
        return words.choice([
            f"“The {thing} in {place} {deed} on {words.randint(1, 28)} November,” {who} said.",
            f"The {thing} of {place} {deed} after {words.randint(2, 40)} days of repairs, according to {who}.",
            f"In {place}, {who} told the council that the {thing} {deed} and {words.randint(2, 900)} people waited.",
        ])

    now, files = datetime.now(timezone.utc), []
    for first in range(0, count, per_feed):
        items = []
        for number in range(first, min(first + per_feed, count)):
            title = f"{words.choice(things).title()} of {words.choice(places)} {words.choice(deeds)} ({number})"
            body = "".join(f"<p>{' '.join(sentence() for _ in range(4))}</p>" for _ in range(words.randint(3, 9)))
            date = (now - timedelta(minutes=3 * number + 1)).strftime("%a, %d %b %Y %H:%M:%S GMT")
            items.append(
                f"<item><guid isPermaLink='false'>{number}</guid><title>{title}</title><link>{address}/{number}</link>"
                f"<pubDate>{date}</pubDate><description>{html.escape(body)}</description></item>"
            )
        path = folder / f"feed{first // per_feed}.xml"
        path.write_text(
            f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>Gazette {first // per_feed}"
            f"</title><link>{address}/</link><description>d</description>{''.join(items)}</channel></rss>"
        )
        files.append(path)
    return files


class Reader:
    """A library that is read against the server, with credentials of its own."""

    def __init__(self, program, folder, counter):
        self.program, self.folder, self.counter = program, folder, counter
        folder.mkdir()
        self.environment = os.environ | {
            "XDG_STATE_HOME": str(folder / "state"), "XDG_CONFIG_HOME": str(folder / "config"),
            "DATELINE_LIBRARY": str(folder / "library.db"),
        }
        self.cpu = self.seconds = 0.0

    def start(self, *arguments, **options):
        return subprocess.Popen([self.program, *arguments], env=self.environment, text=True, **options)

    def run(self, *arguments, given=""):
        before = self.counter.bytes
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        begin = time.monotonic()
        process = self.start(*arguments, **pipes)
        process.stdin.write(given)
        process.stdin.close()
        said = process.stdout.read()
        usage = os.wait4(process.pid, 0)[2]
        self.seconds, self.cpu = time.monotonic() - begin, usage.ru_utime + usage.ru_stime
        self.bytes = self.counter.bytes - before
        return said

    def sync(self):
        return self.run("sync", "--allow-local")

    def rows(self, sql):
        library = sqlite3.connect(f"file:{self.folder}/library.db?mode=ro", uri=True)
        try:
            return library.execute(sql).fetchall()
        finally:
            library.close()

    def states(self):
        sql = "select e.entry, a.read, a.starred from sync_entries e join articles a on a.id = e.article_id"
        return {entry: (bool(read), bool(starred)) for entry, read, starred in self.rows(sql)}

    def mark(self, flag, entries):
        """Marks the stories of entries, as the user would."""
        uid = dict(self.rows("select e.entry, a.uid from sync_entries e join articles a on a.id = e.article_id"))
        uids = [uid[entry] for entry in entries if entry in uid]
        for at in range(0, len(uids), 500):
            said = self.run("mark", "--yes", flag, *uids[at : at + 500])
            assert "dateline:" not in said, said


def check(name, good, more=""):
    print(f"{'ok    ' if good else 'FAILED'} {name} {more}", flush=True)
    if not good:
        check.failed = True


check.failed = False


def figure(name, reader, more=""):
    print(f"       {name}: {reader.seconds:.2f} s, {reader.cpu:.2f} s of CPU, {reader.bytes / 1000:.1f} kB {more}", flush=True)


def alike(server, *readers):
    expected = server.states()
    return all(reader.states() == expected for reader in readers)


def shake(luck, server, readers, entries):
    """Changes states at random on every side."""
    some = lambda count: luck.sample(entries, min(count, len(entries)))
    for reader in readers:
        for flag in ("--read", "--unread", "--star", "--unstar"):
            reader.mark(flag, some(10))
    server.mark(some(15), True)
    server.mark(some(15), False)
    server.toggle_star(some(5))


def run(protocol, arguments, server, files, folder):
    counter = Counter(server.port)
    address = f"http://127.0.0.1:{counter.port}/"
    password = PASSWORD if protocol == "miniflux" else READER_PASSWORD
    first, second, plain = (Reader(arguments.dateline, folder / f"{protocol}-{name}", counter) for name in "abc")
    count = len(server.states())
    print(f"{protocol}: {count} entries")

    said = plain.run("add", *map(str, files))
    imported = plain.cpu
    figure("the same stories from feed files", plain)
    for reader in (first, second):
        said = reader.run("sync", "add", "--allow-local", "--user", USER, address, given=f"{password}\n")
        figure("first sync", reader, f"({reader.cpu / imported:.2f} times the CPU of the import)")
        check("all entries are here", f"{count} new" in said and protocol[:4] in said, said.strip().splitlines()[-1])
    check("all alike", alike(server, first, second))

    entries = sorted(server.states())
    luck = random.Random(protocol)
    mine, theirs = entries[: len(entries) // 2], entries[len(entries) // 2 :]
    some = arguments.changes // 2
    first.mark("--read", luck.sample(mine, some))
    first.mark("--star", luck.sample(mine, some))
    server.mark(luck.sample(theirs, some), True)
    server.toggle_star(luck.sample(theirs, some))
    said = first.sync()
    figure(f"{arguments.changes} changes each way", first, said.split(": ", 1)[-1].strip())
    second.sync()
    check("all alike", alike(server, first, second))
    print("       waiting for the margin of a sync to pass", flush=True)
    time.sleep(65)
    first.sync()
    time.sleep(arguments.pause)
    said = first.sync()
    figure("nothing new", first)
    check("the second sync does nothing", said.endswith(": nothing new\n"), said.strip())
    check("within 0.3 s and 15 kB", first.seconds < 0.3 and first.bytes < 15_000)

    killed = 0
    for number in range(arguments.rounds):
        shake(luck, server, (first, second), entries)
        reader = (first, second)[number % 2]
        if number % 3 == 2:
            process = reader.start("sync", "--allow-local", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(luck.uniform(0.02, 0.5))
            process.kill()
            killed += process.wait() == -9
        else:
            reader.sync()
    for reader in (first, second, first, second):
        reader.sync()
    check(f"all alike after {arguments.rounds} rounds", alike(server, first, second), f"({killed} syncs were killed)")
    check("no story is lost", len(first.states()) == len(second.states()) == count)
    check("the libraries are sound", all("all OK" in reader.run("check") for reader in (first, second)))

    secrets = [password.encode(), base64.b64encode(f"{USER}:{password}".encode())]
    holding = {
        path.name for reader in (first, second) for path in reader.folder.rglob("*")
        if path.is_file() and any(secret in path.read_bytes() for secret in secrets)
    }
    check("the password is in no file but its own", holding == {"credentials.json"}, str(holding))


def newsboat(program, server, folder):
    """Syncs with newsboat: a first time, and again with nothing new."""
    counter = Counter(server.port)
    folder.mkdir()
    (folder / "config").write_text(
        f'urls-source "miniflux"\nminiflux-url "http://127.0.0.1:{counter.port}/"\nminiflux-login "{USER}"\n'
        f'miniflux-password "{PASSWORD}"\n'
    )
    (folder / "urls").touch()
    command = [program, "-C", folder / "config", "-u", folder / "urls", "-c", folder / "cache.db", "-x", "reload"]
    environment = os.environ | {"HOME": str(folder), "TERM": "dumb"}
    for name in ("first sync", "nothing new"):
        before, begin = counter.bytes, time.monotonic()
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        usage = os.wait4(process.pid, 0)[2]
        seconds, cpu = time.monotonic() - begin, usage.ru_utime + usage.ru_stime
        cache = sqlite3.connect(f"file:{folder}/cache.db?mode=ro", uri=True)
        count = cache.execute("select count(*) from rss_item").fetchone()[0]
        cache.close()
        print(
            f"       newsboat, {name}: {seconds:.2f} s, {cpu:.2f} s of CPU, {(counter.bytes - before) / 1000:.1f} kB, "
            f"{count} entries", flush=True,
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dateline", default="target/release/dateline", type=os.path.abspath)
    parser.add_argument("--miniflux", type=os.path.abspath)
    parser.add_argument("--protocol", choices=["miniflux", "google-reader"])
    parser.add_argument("--entries", type=int, default=10_000)
    parser.add_argument("--changes", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--pause", type=int, default=65)
    parser.add_argument("--per-feed", type=int, default=1_000)
    parser.add_argument("--newsboat", type=os.path.abspath)
    arguments = parser.parse_args()
    # A signal ends the script as an error would, so that nothing is left running.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    folder = pathlib.Path(tempfile.mkdtemp(prefix="dateline-sync-"))
    # What is registered first is done last.
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    folder.chmod(0o755)
    (folder / "feeds").mkdir()
    program = arguments.miniflux or miniflux(folder)
    postgres = Postgres(folder)
    server = Miniflux(program, postgres, folder)
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=folder / "feeds")
    handler.log_message = lambda *_: None
    http.server.SimpleHTTPRequestHandler.log_message = lambda *_: None
    feeds = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=feeds.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{feeds.server_port}"
    files = write_feeds(folder / "feeds", arguments.entries, arguments.per_feed, address)
    for file in files:
        server.ask("POST", "/v1/feeds", {"feed_url": f"{address}/{file.name}", "category_id": 1})
    for protocol in [arguments.protocol] if arguments.protocol else ["miniflux", "google-reader"]:
        run(protocol, arguments, server, files, folder)
    if arguments.newsboat:
        newsboat(arguments.newsboat, server, folder / "newsboat")
    sys.exit(check.failed)


if __name__ == "__main__":
    main()
