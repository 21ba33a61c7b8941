"""The compiled part of the package. Use the functions of `dateline` instead."""

from collections.abc import Iterable, Iterator
from typing import Any

__version__: str
ANALYSIS_VERSION: int

_Record = tuple[Any, Any, Any, Any, Any]
"""Text, published, title, id, url; what is neither a string nor None is refused with a sentence."""

class Error(ValueError): ...

class Stream(Iterator[tuple[bool, str]]):
    def __new__(cls, source: Iterable[_Record], threads: int) -> Stream: ...
    def __iter__(self) -> Stream: ...
    def __next__(self) -> tuple[bool, str]: ...

def extract(record: _Record) -> str: ...
def ingest(data: bytes, name: str) -> tuple[list[str], list[str]]: ...
