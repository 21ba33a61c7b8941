"""A program in a terminal of 120 columns and 40 lines: its keys, what it draws, and when."""
import fcntl, os, re, select, signal, struct, termios, time
from emulator import Emulator
from process import cpu_of, resident

COLUMNS, LINES = 120, 40
# Questions that programs ask the terminal, with the answers that xterm gives. A program that gets none waits for it.
ANSWERS = [(re.compile(rb"\x1b\[0?c"), b"\x1b[?62;22c"), (re.compile(rb"\x1b\[6n"), b"\x1b[1;1R"),
           (re.compile(rb"\x1b\[5n"), b"\x1b[0n"), (re.compile(rb"\x1b\]10;\?(?:\x07|\x1b\\)"), b"\x1b]10;rgb:ffff/ffff/ffff\x1b\\"),
           (re.compile(rb"\x1b\]11;\?(?:\x07|\x1b\\)"), b"\x1b]11;rgb:0000/0000/0000\x1b\\")]


class Terminal:
    """Runs a command in a pseudo-terminal of its own, with `home` as its home folder, and ends it."""

    def __init__(self, command, home):
        self.emulator = Emulator(COLUMNS, LINES)
        self.fd, other = os.openpty()
        fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self.chunks = []
        self.bytes = 0
        self.open = True
        self.begun = time.perf_counter()
        self.pid = self.start([str(part) for part in command], environment(home), os.ttyname(other))
        os.close(other)

    @staticmethod
    def start(command, env, name):
        """The terminal becomes the controlling one, because it is the first that the new session opens."""
        actions = [(os.POSIX_SPAWN_OPEN, 0, name, os.O_RDWR, 0), (os.POSIX_SPAWN_DUP2, 0, 1), (os.POSIX_SPAWN_DUP2, 0, 2)]
        return os.posix_spawnp(command[0], command, env, file_actions=actions, setsid=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        os.waitpid(self.pid, 0)
        os.close(self.fd)

    def read(self, wait):
        """Keeps what is written within `wait` seconds with its time; gives whether anything was."""
        if not self.open or not select.select([self.fd], [], [], wait)[0]:
            return False
        try:
            data = os.read(self.fd, 1 << 16)
        except OSError:
            self.open = False
            return False
        self.chunks.append((time.perf_counter(), data))
        self.bytes += len(data)
        if b"\x1b" in data:
            for question, answer in ANSWERS:
                if question.search(data):
                    os.write(self.fd, answer)
        return True

    def keys(self, keys):
        os.write(self.fd, keys.encode())

    def rest(self, seconds):
        """Lets the program be, and takes what it writes."""
        end = time.perf_counter() + seconds
        while self.open and (left := end - time.perf_counter()) > 0:
            self.read(left)

    def drawn(self, marker="", quiet=0.4, limit=30.0):
        """The time at which the screen last changed, once it shows the marker and was quiet for a while; None if nothing
        changed.

        The emulator is slow, so it is fed only while nothing arrives, with the times at which the bytes did.
        """
        end, changed = time.perf_counter() + limit, None
        last = time.perf_counter()
        while self.open and time.perf_counter() < end:
            if self.read(0.03):
                last = time.perf_counter()
                continue
            changed = self.replay() or changed
            if marker in self.emulator.text() and time.perf_counter() - last > quiet:
                return changed
        raise RuntimeError(f"{marker!r} was not shown within {limit:.0f} s: {self.words()}")

    def shown(self, marker, limit=30.0):
        """The time at which the marker is first on the screen."""
        end = time.perf_counter() + limit
        while self.open and time.perf_counter() < end:
            if not self.read(0.03) and (when := self.replay(marker)) and marker in self.emulator.text():
                return when
        raise RuntimeError(f"{marker!r} was not shown within {limit:.0f} s: {self.words()}")

    def replay(self, marker=None):
        """Feeds the emulator; gives the time of the last bytes that changed the screen, None if none did.

        With a marker, it stops at the bytes that made it appear.
        """
        changed, before = None, self.emulator.state()
        while self.chunks:
            when, data = self.chunks.pop(0)
            self.emulator.feed(data)
            if marker and marker in self.emulator.text():
                return when
            after = self.emulator.state()
            if after != before:
                changed, before = when, after
        return changed

    def words(self):
        """The first words on the screen, for error messages."""
        return " ".join(self.emulator.text().split())[:200] or "an empty screen"

    def cpu(self):
        return cpu_of(self.pid)

    def memory(self):
        return resident(self.pid)


def environment(home):
    """Environment variables that keep a program away from the settings of the person who measures."""
    kept = {name: os.environ[name] for name in ("PATH",) if name in os.environ}
    return kept | {"TERM": "xterm-256color", "LANG": "C.UTF-8", "HOME": str(home), "XDG_CONFIG_HOME": str(home / "config"),
                   "XDG_DATA_HOME": str(home / "data"), "XDG_CACHE_HOME": str(home / "cache"), "XDG_STATE_HOME": str(home / "state")}
