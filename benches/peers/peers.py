"""Where the measured programs are, and the versions that they print."""
import os, pathlib, re, shutil, subprocess

READERS = ("newsboat", "newsraft", "eilmeldung")
DATELINE = pathlib.Path(__file__).resolve().parents[2] / "target/release/dateline"


class Found:
    """Commands of the programs by name. A peer that is not installed is not among them."""

    def __init__(self, dateline=None, folder=None, python=None, node=None):
        """`folder` is what `get.sh` filled; what is not in it is looked for on the PATH."""
        self.folder = pathlib.Path(folder).resolve() if folder else None
        self.dateline = pathlib.Path(dateline or DATELINE).resolve()
        self.python = python or self.inside("venv/bin/python") or shutil.which("python3")
        self.node = node or shutil.which("node")
        self.readers = {"dateline": str(self.dateline)}
        for name in READERS:
            command = self.inside(f"bin/{name}") or shutil.which(name)
            if command:
                self.readers[name] = command

    def inside(self, path):
        """A file of the peers' folder; None if it has none."""
        return str(self.folder / path) if self.folder and (self.folder / path).exists() else None

    def missing(self):
        return [name for name in READERS if name not in self.readers]

    def label(self, name):
        """Name and version for the head of a table."""
        return f"{name.capitalize() if name == 'dateline' else name} {version(self.readers[name])}"


def version(command):
    """The version that a program prints of itself, such as 2.44; a question mark if it prints none."""
    for option in ("--version", "-v"):
        printed = subprocess.run([command, option], capture_output=True, text=True, timeout=20, stdin=subprocess.DEVNULL)
        found = version_in(printed.stdout + printed.stderr)
        if found != "?":
            return found
    return "?"


def version_in(words):
    found = re.search(r"\b\d+\.\d+(\.\d+)?\b", words)
    return found.group() if found else "?"


def package_versions(python, names):
    """Versions of Python packages as that interpreter has them; a question mark for those that it has not."""
    code = ("import sys, importlib.metadata as m\nfor n in sys.argv[1:]:\n try: print(m.version(n))\n"
            " except m.PackageNotFoundError: print('?')")
    done = subprocess.run([python, "-c", code, *names], capture_output=True, text=True)
    return dict(zip(names, done.stdout.split())) if done.returncode == 0 else dict.fromkeys(names, "?")
