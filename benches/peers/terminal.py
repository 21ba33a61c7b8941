"""A program in a terminal of 120 columns and 40 lines, and what it costs. Plain Python."""
import fcntl, os, pty, select, struct, subprocess, termios, time


class Screen:
    """Runs a command in a pseudo-terminal of its own; leaves nothing behind."""

    def __init__(self, command, home):
        self.begun = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", HOME=str(home), XDG_CONFIG_HOME=str(home), XDG_DATA_HOME=str(home), LANG="C.UTF-8")
            os.execvp(str(command[0]), [str(part) for part in command])
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self.seen = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            os.kill(self.pid, 9)
        except ProcessLookupError:
            pass
        try:
            os.waitpid(self.pid, 0)
        except ChildProcessError:
            pass
        os.close(self.fd)

    def read(self, wait):
        """What comes within `wait` seconds; False once the program has gone."""
        if select.select([self.fd], [], [], wait)[0]:
            try:
                self.seen += os.read(self.fd, 1 << 16)
            except OSError:
                return False
        return True

    def until(self, marker, limit=30):
        """Seconds from the start until the marker, or anything at all, is on the screen."""
        while time.perf_counter() - self.begun < limit:
            if not self.read(0.5):
                break
            if self.seen and marker.encode() in self.seen:
                return time.perf_counter() - self.begun
        raise RuntimeError(f"{marker!r} was not shown: {self.seen[-300:]!r}")

    def keys(self, keys):
        os.write(self.fd, keys.encode())

    def rest(self, seconds):
        """Lets the program be, and takes what it writes."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            self.read(max(0, end - time.perf_counter()))

    def time_of(self, keys, marker, limit=20):
        """Seconds from the last of the keys until the marker is shown; None if it is not."""
        for key in keys[:-1]:
            self.keys(key)
            self.rest(0.5)
        self.seen = b""
        begun = time.perf_counter()
        self.keys(keys[-1])
        while time.perf_counter() - begun < limit:
            self.read(0.2)
            if marker.encode() in self.seen:
                return time.perf_counter() - begun
        return None

    def leave(self):
        self.keys("q")
        self.rest(0.2)


def children(pid):
    """A process and all that it started."""
    out = [pid]
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/stat") as stat:
                    parent = int(stat.read().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
            if parent == pid:
                out += children(int(entry))
    return out


def cpu_of(pid):
    """Seconds of CPU that a process and its children have used."""
    ticks = 0
    for one in children(pid):
        try:
            with open(f"/proc/{one}/stat") as stat:
                fields = stat.read().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
        except OSError:
            pass
    return ticks / os.sysconf("SC_CLK_TCK")


def measured(command):
    """CPU seconds and peak megabytes of a command that ends by itself."""
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{command[0]} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def resident(pid):
    """Megabytes of memory that a process and its children hold, shared pages counted once each time."""
    pages = 0
    for one in children(pid):
        try:
            with open(f"/proc/{one}/statm") as statm:
                pages += int(statm.read().split()[1])
        except OSError:
            pass
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
