#!/bin/sh
# warcio 1.8.1 cannot read a page that was recorded with brotli, although it offers to.
#
# Expected: the page. `content_stream()` decodes gzip and deflate, and brotli if a brotli package is installed.
# Seen on 2026-11-30 with Python 3.11 and Brotli 1.0.9, 1.1.0 and 1.2.1: AttributeError, 'brotli.Decompressor' object has no
# attribute 'unused_data'. `x-gzip`, which RFC 9110 (8.4.1.3) makes equal to gzip, is handed over compressed without an error.
# Why it matters: browsers ask for brotli, so archives made by recording a browser are full of such pages.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check warcio==1.8.1 Brotli==1.2.0
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import gzip
import io

import brotli
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

page = b"<p>The ferry sails again on Monday.</p>"

def read(coding, body):
    archive = io.BytesIO()
    writer = WARCWriter(archive, gzip=False)
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html"), ("Content-Encoding", coding)], protocol="HTTP/1.1")
    writer.write_record(writer.create_warc_record("http://news.example/", "response", payload=io.BytesIO(body), http_headers=headers))
    archive.seek(0)
    return [record.content_stream().read() for record in ArchiveIterator(archive)]

assert read("gzip", gzip.compress(page)) == [page]
assert read("x-gzip", gzip.compress(page, mtime=0)) == [gzip.compress(page, mtime=0)]
print("x-gzip: handed over compressed")
assert brotli.decompress(brotli.compress(page)) == page
try:
    print("br:", read("br", brotli.compress(page)))
except AttributeError as error:
    print("br:", error)
    raise SystemExit(0)
raise SystemExit(1)
PYTHON
