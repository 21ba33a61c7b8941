"""The readers: how each is given feeds, which keys it has, and the measurements that all of them go through."""
import functools, os, sqlite3, statistics, time
import stories
from process import Cost
from server import serve
from terminal import COLUMNS, LINES, Terminal, environment

# Rows of the table, by the keys under which their values are kept.
ROWS = {
    "first_wall": "first screen, until all is drawn, ms",
    "first_cpu": "first screen, CPU ms",
    "held_cpu": "a line down in the list of all stories, key held down, CPU ms",
    "held_bytes": "… bytes sent to the terminal",
    "single_cpu": "a line down, pressed every 0.3 s, CPU ms",
    "single_bytes": "… bytes sent to the terminal",
    "letter": "a letter of a search until its result is drawn, ms",
    "word": "a word in all bodies, from its keys and `Enter` until its story is shown, ms",
    "import_cpu": "import until listed, readable and found by words, CPU s",
    "import_peak": "… peak memory, MB",
    "analysed_cpu": "… with quotes, names and events, CPU s",
    "fetch": "20 feeds fetched from this machine until all are readable, s",
    "store": "disk space, times the text",
    "rest_memory": "memory at rest, MB",
    "rest_cpu": "CPU at rest, %",
}
HELD, SINGLE = 90, 12
SIZE = f"{COLUMNS}x{LINES}"


class Reader:
    """A reader with a folder of its own. Subclasses know its files, its commands and its default keys."""

    # Text on the first screen; keys that open the list of all stories; the key of the next line.
    first, open_list, down = "Peersfeed", (), "j"
    # Keys that begin a search for words in all bodies; None if it has no such search.
    search = ("/",)
    # Whether results are drawn while the words are typed.
    as_typed = False

    def __init__(self, command, folder, feeds, address):
        self.command, self.home, self.feeds, self.address = command, folder, feeds, address
        folder.mkdir()
        self.environment = environment(folder)

    def urls(self):
        return [f"{self.address}/{path.name}" for path in self.feeds]

    def run(self, *arguments, watch=None):
        return Cost([self.command, *arguments], environment=self.environment, folder=self.home, watch=watch)

    def fetched(self, count):
        """Fetches all feeds; gives what it cost, as rows. Peers are ready when their command ends."""
        cost = self.run(*self.fetch_arguments())
        self.check(count)
        return {"fetch": cost.wall, "import_cpu": cost.cpu, "import_peak": cost.peak}

    def check(self, count):
        stored = self.stored()
        if stored != count:
            raise RuntimeError(f"stored {stored} of {count} stories")

    def stored(self):
        path, query = self.database()
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
            return connection.execute(query).fetchone()[0]

    def space(self):
        """Bytes of the database and the files beside it."""
        path = self.database()[0]
        return sum(file.stat().st_size for file in path.parent.glob(path.name + "*"))


class Dateline(Reader):
    first, search, as_typed = "Story0000", ("f",), True

    def library(self):
        return ["--library", self.home / "library.db"]

    def start(self):
        return [self.command, *self.library()]

    def database(self):
        return self.home / "library.db", "SELECT count(*) FROM articles"

    def prepare(self):
        # newsboat's list of feeds is one URL a line.
        (self.home / "urls").write_text("\n".join(self.urls()) + "\n")
        self.run("feed", "import", self.home / "urls", *self.library())

    def fetched(self, count):
        """Stories are readable as soon as they are in the library; names and quotes may follow."""
        ready = Stored(self, count)
        self.run("fetch", "--all", "--allow-local", *self.library(), watch=ready.watch)
        self.check(count)
        return {"fetch": ready.seconds} | self.added(count)

    def added(self, count):
        """Imports the same feeds from their files, in both ways, and keeps the complete library."""
        later = self.run("add", "--later", *self.feeds, *self.emptied())
        self.check(count)
        whole = self.run("add", *self.feeds, *self.emptied())
        self.check(count)
        return {"import_cpu": later.cpu, "import_peak": later.peak, "analysed_cpu": whole.cpu}

    def emptied(self):
        for file in self.home.glob("library.db*"):
            file.unlink()
        return self.library()


class Stored:
    """Asks a library how many stories it has until all are there."""

    def __init__(self, reader, count):
        self.reader, self.count, self.seconds = reader, count, None

    def watch(self, pid):
        begun = time.perf_counter()
        while not ended(pid):
            time.sleep(0.02)
            try:
                if self.reader.stored() >= self.count:
                    self.seconds = time.perf_counter() - begun
                    return
            except sqlite3.Error:
                continue
        self.seconds = time.perf_counter() - begun


def ended(pid):
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is not None


class Newsboat(Reader):
    # A list of its own shows all stories, as a feed. The letters move nothing unless they are bound, so this is the
    # arrow key, as terminals send it to programs with a keypad mode.
    open_list, down = ("\r",), "\x1bOB"

    def start(self):
        return [self.command, "-u", self.home / "urls", "-c", self.home / "cache.db", "-C", self.home / "config"]

    def database(self):
        return self.home / "cache.db", "SELECT count(*) FROM rss_item"

    def prepare(self):
        (self.home / "urls").write_text('"query:All stories:age >= 0"\n' + "\n".join(self.urls()) + "\n")
        # As many threads as there are cores, and no limit that would drop stories.
        (self.home / "config").write_text(f"auto-reload no\nmax-items 0\nreload-threads {os.cpu_count()}\n")

    def fetch_arguments(self):
        return [*self.start()[1:], "-x", "reload"]


class Newsraft(Reader):
    # Tab shows the stories of all feeds in one list.
    open_list = ("\t",)

    def start(self):
        return [self.command, "-f", self.home / "feeds", "-c", self.home / "settings", "-d", self.home / "newsraft.db"]

    def database(self):
        return self.home / "newsraft.db", "SELECT count(*) FROM items"

    def prepare(self):
        lines = [f'{url} "Peersfeed {index:02d}"' for index, url in enumerate(self.urls())]
        (self.home / "feeds").write_text("\n".join(lines) + "\n")
        (self.home / "settings").write_text("")

    def fetch_arguments(self):
        return [*self.start()[1:], "-e", "reload-all"]


class Eilmeldung(Reader):
    # `g a` goes to the list of stories. Its search covers titles, summaries and authors only, so it is not measured.
    first, open_list, search = "Story0000", ("g", "a"), None

    def folders(self):
        return ["-c", self.home / "eilmeldung", "--news-flash-config-dir", self.home / "flash",
                "--news-flash-state-dir", self.home / "flash-state"]

    def start(self):
        return [self.command, *self.folders()]

    def database(self):
        return next((self.home / "flash-state").rglob("database.sqlite"), self.home / "none"), "SELECT count(*) FROM articles"

    def prepare(self):
        for name in ("eilmeldung", "flash", "flash-state"):
            (self.home / name).mkdir()
        settings = '[login_setup]\nlogin_type = "no_login"\nprovider = "local_rss"\n'
        (self.home / "eilmeldung/config.toml").write_text(settings)
        outlines = "".join(f'<outline text="Peersfeed {index:02d}" type="rss" xmlUrl="{url}"/>' for index, url in enumerate(self.urls()))
        (self.home / "feeds.opml").write_text(f'<opml version="2.0"><body>{outlines}</body></opml>')
        self.run(*self.folders(), "--import-opml", self.home / "feeds.opml")

    def fetch_arguments(self):
        return [*self.folders(), "--sync"]


KINDS = {"dateline": Dateline, "newsboat": Newsboat, "newsraft": Newsraft, "eilmeldung": Eilmeldung}


def first_screen(reader):
    with Terminal(reader.start(), reader.home) as terminal:
        wall = terminal.drawn(reader.first) - terminal.begun
        return {"first_wall": wall * 1e3, "first_cpu": terminal.cpu() * 1e3}


class Session:
    """A reader in a terminal with the list of all stories open."""

    def __init__(self, reader, terminal):
        self.reader, self.terminal = reader, terminal

    def opened(self):
        self.terminal.drawn(self.reader.first)
        for key in self.reader.open_list:
            self.terminal.keys(key)
            self.terminal.rest(0.5)
        self.terminal.drawn("Story0000")
        return self

    def line_down(self, name, count, pause):
        """CPU ms and bytes a key. If the screen does not follow, something else was measured."""
        before, sent = self.terminal.cpu(), self.terminal.bytes
        for _ in range(count):
            self.terminal.keys(self.reader.down)
            self.terminal.rest(pause)
        self.terminal.rest(0.5)
        cpu, sent = self.terminal.cpu() - before, self.terminal.bytes - sent
        if not self.terminal.replay():
            raise RuntimeError(f"the screen did not change after {count} keys")
        return {f"{name}_cpu": cpu / count * 1e3, f"{name}_bytes": sent / count}

    def typed(self, word):
        """The median over the letters of a word, each typed when the result of the one before is drawn."""
        for key in self.reader.search:
            self.terminal.keys(key)
            self.terminal.drawn()
        times = []
        for letter in word:
            begun = time.perf_counter()
            self.terminal.keys(letter)
            if drawn := self.terminal.drawn(quiet=0.3):
                times.append((drawn - begun) * 1e3)
        self.terminal.keys("\x1b")
        self.terminal.rest(0.5)
        self.terminal.keys("\x1b")
        self.terminal.drawn(quiet=0.3)
        return {"letter": statistics.median(times) if times else None}

    def found(self, word, marker):
        """From the word, typed at once with `Enter`, until the story that has it is on the screen."""
        for key in self.reader.search:
            self.terminal.keys(key)
            self.terminal.rest(0.3)
        self.terminal.replay()
        if marker in self.terminal.emulator.text():
            raise RuntimeError(f"{marker} is on the screen before the search")
        begun = time.perf_counter()
        self.terminal.keys(word + "\r")
        return {"word": (self.terminal.shown(marker) - begun) * 1e3}

    def at_rest(self):
        self.terminal.rest(1.0)
        begun, before = time.perf_counter(), self.terminal.cpu()
        self.terminal.rest(3.0)
        share = (self.terminal.cpu() - before) / (time.perf_counter() - begun)
        return {"rest_cpu": share * 100, "rest_memory": self.terminal.memory()}


def session(reader, results, name):
    """All measurements of one start, each with its own error."""
    with Terminal(reader.start(), reader.home) as terminal:
        live = Session(reader, terminal).opened()
        results.attempt(name, ["held_cpu", "held_bytes"], lambda: live.line_down("held", HELD, 0.033))
        results.attempt(name, ["single_cpu", "single_bytes"], lambda: live.line_down("single", SINGLE, 0.3))
        if reader.as_typed:
            results.attempt(name, ["letter"], lambda: live.typed("ferry"))
        if reader.search:
            results.attempt(name, ["word"], lambda: live.found(stories.RARE, stories.marker(stories.RARE_FIRST)))
        results.attempt(name, ["rest_cpu", "rest_memory"], live.at_rest)
    return {}


def measure(found, folder, count, rounds, results):
    """Runs all readers in turn, `rounds` times, so that a busy minute of the machine does not hit only one."""
    feeds = stories.write_feeds(folder, count)
    with serve(folder) as address:
        readers = {}
        for turn in range(rounds):
            for name, command in found.readers.items():
                reader = readers[name] = KINDS[name](command, folder / f"{name}{turn}", feeds, address)
                results.attempt(name, ["fetch", "import_cpu"], functools.partial(imported, reader, count))
    for _ in range(2 * rounds + 1):
        for name, reader in readers.items():
            results.attempt(name, ["first_wall", "first_cpu"], functools.partial(first_screen, reader))
    text = stories.text_size(count)
    for _ in range(rounds):
        for name, reader in readers.items():
            results.attempt(name, ["held_cpu"], functools.partial(session, reader, results, name))
    for name, reader in readers.items():
        results.attempt(name, ["store"], lambda: {"store": reader.space() / text})


def imported(reader, count):
    reader.prepare()
    return reader.fetched(count)
