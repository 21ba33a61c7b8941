"""CPU time, memory and written bytes of processes, as Linux counts them."""
import os, subprocess, time


def family(pid):
    """The ids of a process and of everything that it started."""
    parents = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            fields = stat_fields(int(entry))
            if fields:
                parents.setdefault(int(fields[1]), []).append(int(entry))
    out = [pid]
    for one in out:
        out += parents.get(one, [])
    return out


def stat_fields(pid):
    """The fields of /proc/PID/stat after the name; None if the process has ended."""
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()
    except OSError:
        return None


def cpu_clock(pid):
    """Seconds of CPU that all threads of a process have used, to the nanosecond: `clock_getcpuclockid` in C."""
    try:
        return time.clock_gettime((~pid << 3) | 2)
    except OSError:
        return 0.0


def cpu_of(pid):
    """Seconds of CPU that a process and its children have used, also those that have ended."""
    ticks = os.sysconf("SC_CLK_TCK")
    total = 0.0
    for one in family(pid):
        fields = stat_fields(one)
        if fields:
            total += cpu_clock(one) + (int(fields[13]) + int(fields[14])) / ticks
    return total


def resident(pid):
    """Megabytes of memory that a process and its children hold. Pages that several share count for each."""
    pages = 0
    for one in family(pid):
        try:
            with open(f"/proc/{one}/statm") as statm:
                pages += int(statm.read().split()[1])
        except OSError:
            pass
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


class Cost:
    """What a command cost that ends by itself: seconds of CPU and of the clock, peak memory in MB, bytes written."""

    def __init__(self, command, environment=None, folder=None, watch=None):
        """Runs the command. `watch` is called with the process every few milliseconds while it runs."""
        begun = time.perf_counter()
        with open(os.devnull, "w") as nowhere:
            process = subprocess.Popen([str(part) for part in command], stdin=subprocess.DEVNULL, stdout=nowhere,
                                       stderr=subprocess.PIPE, env=environment, cwd=folder)
        if watch:
            watch(process.pid)
        reason = process.stderr.read().decode(errors="replace")
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        self.wall = time.perf_counter() - begun
        self.written = written_by(process.pid)
        _, status, usage = os.wait4(process.pid, 0)
        process.stderr.close()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            raise RuntimeError(f"{command[0]} ended with {process.returncode}: {reason.strip()}")
        self.cpu, self.peak = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def written_by(pid):
    """Bytes that an ended process and its children made the system write to disk; None if the system does not say."""
    try:
        with open(f"/proc/{pid}/io") as counters:
            return next(int(line.split()[1]) for line in counters if line.startswith("write_bytes"))
    except (OSError, StopIteration):
        return None
