#!/bin/sh
# pyte 0.8.2 prints the parameters of a curly underline and of a colour written with colons as text.
#
# Expected: ISO/IEC 8613-6 (ITU-T T.416) separates sub-parameters by colons: `CSI 4:3 m` is a curly underline, `CSI 38:2::10:20:30 m`
# a colour. A terminal that does not know them ignores the whole sequence up to its final byte (ECMA-48, 5.4).
# Seen on 2026-11-30 with Python 3.11: the screen shows "3mferry" and "2::10:20:30mferry". tmux, kitty, VTE and xterm show
# "ferry".
# Why it matters: a screen test of a terminal program that uses pyte sees text that no terminal shows.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyte==0.8.2
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import pyte

def shown(text):
    screen = pyte.Screen(24, 1)
    pyte.Stream(screen).feed(text)
    return screen.display[0].rstrip()

lines = [shown("\x1b[4mferry\x1b[0m"), shown("\x1b[4:3mferry\x1b[0m"), shown("\x1b[38:2::10:20:30mferry\x1b[0m")]
print(lines)
assert lines == ["ferry", "3mferry", "2::10:20:30mferry"]
PYTHON
