"""The measurements that all readers go through, in a terminal and on the command line."""
import functools, shutil, statistics, time
import stories
from readers import KINDS
from server import serve
from terminal import COLUMNS, LINES, Terminal

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


def session(results, reader):
    """All measurements of one start, each with its own error."""
    name = reader.name
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
    readers = {}
    with serve(folder) as address:
        for turn in range(rounds):
            for name, command in found.readers.items():
                if name in readers:
                    shutil.rmtree(readers[name].home)
                reader = readers[name] = KINDS[name](command, folder / f"{name}{turn}", feeds, address)
                in_turn(results, {name: reader}, ["fetch", "import_cpu"], functools.partial(imported, count=count))
    readers = {name: reader for name, reader in readers.items() if not results.failed("fetch", name)}
    for _ in range(2 * rounds + 1):
        in_turn(results, readers, ["first_wall", "first_cpu"], first_screen)
    for _ in range(rounds):
        in_turn(results, readers, ["held_cpu"], functools.partial(session, results))
    text = stories.text_size(count)
    in_turn(results, readers, ["store"], lambda reader: {"store": reader.space() / text})


def in_turn(results, readers, rows, measurement):
    """Measures each reader once. One that has failed is not tried again, because it would use up its time limit."""
    for name, reader in readers.items():
        if not results.failed(rows[0], name):
            results.attempt(name, rows, functools.partial(measurement, reader))


def imported(reader, count):
    reader.prepare()
    return reader.fetched(count)
