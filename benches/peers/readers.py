"""The readers: how each is given feeds and fetches them, and which keys it has."""
import os, sqlite3, time
from process import Cost
from terminal import environment


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
    name = "dateline"
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
    name = "newsboat"
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
    name = "newsraft"
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
    name = "eilmeldung"
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


KINDS = {kind.name: kind for kind in (Dateline, Newsboat, Newsraft, Eilmeldung)}
