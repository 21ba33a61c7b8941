#!/bin/sh
# Python's email package (3.11) and mail-parser 4.8.0 leave the words of a flowed message cut in two.
#
# Expected: in `text/plain; format=flowed; delsp=yes` a space at the end of a line marks a soft break, and both the space and the
# break are removed on reading (RFC 3676, sections 4.1 and 4.2).
# Seen on 2026-11-30: `get_content()` with `policy.default`, which decodes the charset and the transfer encoding, and mail-parser's
# `body` both return "fer \nry". Neither has an option for it.
# Why it matters: newsletters that were sent by clients with `delsp=yes` are wrapped inside words, so a name or a date at the end of
# a line is not found.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check mail-parser==4.8.0
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import email
import email.policy
import sys
import mailparser

MESSAGE = b"""From: Ann <ann@example.org>
To: list@example.org
Subject: Ferry
Date: Mon, 30 Nov 2026 10:00:00 +0000
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes

The harbour office said on Monday that the fer 
ry would sail again in May.
"""
first = email.message_from_bytes(MESSAGE, policy=email.policy.default).get_content()
second = mailparser.parse_from_bytes(MESSAGE).body
print(f"email (Python {sys.version.split()[0]}):", repr(first))
print("mail-parser:", repr(second))
assert "fer \nry" in first and "fer \nry" in second
PYTHON
