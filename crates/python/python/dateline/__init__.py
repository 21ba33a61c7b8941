"""Finds who said what, who and where, and what happened when in English news articles.

    >>> import dateline
    >>> article = dateline.extract("“The bridge is safe,” Mara Odell said on Monday.", published="2024-05-08")
    >>> [(quote.speaker.name, quote.text) for quote in article.quotes]
    [('Mara Odell', 'The bridge is safe,')]

The results are those of the command `dateline extract --to jsonl`. Nothing is downloaded, and no settings are read, so
the same text has the same result on every machine.

Offsets count Unicode code points of `Article.text`, and the end is exclusive: `article.text[quote.start:quote.end]` is
the quote.
"""

from __future__ import annotations

import datetime as _datetime
import os as _os
import warnings as _warnings
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, Union, overload

from ._article import Article, Block, Entity, Event, Figure, Mention, Quote, Speaker, Time, Words
from ._dateline import ANALYSIS_VERSION, Error, Stream as _Stream, __version__
from ._dateline import extract as _extract, ingest as _ingest

__all__ = [
    "ANALYSIS_VERSION",
    "Article",
    "Block",
    "Entity",
    "Error",
    "Event",
    "Figure",
    "IngestWarning",
    "Mention",
    "Quote",
    "Speaker",
    "Time",
    "Words",
    "__version__",
    "extract",
    "extract_many",
    "ingest",
]

Item = Union[str, Mapping[str, Any]]
"""A text, or a record with `text` and optionally `id`, `title`, `published` and `url`; other keys are ignored."""


class IngestWarning(UserWarning):
    """Part of a source could not be read. The message names the source and the reason."""


def extract(
    text: str,
    *,
    published: str | _datetime.date | None = None,
    title: str | None = None,
    id: str | None = None,
    url: str | None = None,
) -> Article:
    """Annotates a text, which is taken verbatim: nothing is removed, and every offset points into it.

    `published` is the day or the moment of publication (ISO 8601, or a `date` or `datetime`); relative times such as
    “on Monday” count from it. `title` is the headline, which helps to recognise names.

    Raises `Error` if the text cannot be analysed.
    """
    return Article(_extract((text, _iso(published), title, id, url)))


@overload
def extract_many(
    items: Iterable[Item], jobs: int | None = ..., *, errors: Literal["raise"] = ...
) -> Iterator[Article]: ...
@overload
def extract_many(
    items: Iterable[Item], jobs: int | None = ..., *, errors: Literal["return"]
) -> Iterator[Article | Error]: ...
def extract_many(
    items: Iterable[Item], jobs: int | None = None, *, errors: Literal["raise", "return"] = "raise"
) -> Iterator[Article | Error]:
    """Annotates texts or records on several threads and yields the articles in the order of the items.

    Items are taken as they are needed, so an endless iterator is fine: at most 16 for each of `jobs` threads are in
    memory (default: one thread for each core). Other Python threads run meanwhile.

    An item that cannot be read raises `Error`, or is yielded as one if `errors` is `"return"`; the items after it are
    still annotated.
    """
    if errors not in ("raise", "return"):
        raise ValueError(f'errors is {errors!r}; it must be "raise" or "return"')
    if jobs is not None and jobs < 1:
        raise ValueError(f"jobs is {jobs}; it must be at least 1, or None for all cores")
    return _articles(items, jobs or _cores(), errors == "return")


def ingest(data: bytes, name: str = "") -> list[Article]:
    """Reads the articles of a page, a feed, a book, mail or any other format that Dateline reads, and annotates them.

    The format is detected by the content or, if that is inconclusive, by the extension of `name`, which also becomes
    the identifier of the articles.

    Raises `Error` if nothing can be read, and issues an `IngestWarning` for each part that cannot.
    """
    lines, failures = _ingest(data, name)
    if failures and not lines:
        raise Error(failures[0])
    for failure in failures:
        _warnings.warn(failure, IngestWarning, stacklevel=2)
    return [Article(line) for line in lines]


def _articles(items: Iterable[Item], jobs: int, errors_too: bool) -> Iterator[Article | Error]:
    for ok, line in _Stream(map(_record, items), jobs):
        if ok:
            yield Article(line)
        elif errors_too:
            yield Error(line)
        else:
            raise Error(line)


def _record(item: Item) -> tuple[Any, Any, Any, str | None, Any]:
    if isinstance(item, str):
        return item, None, None, None, None
    identifier = item.get("id")
    return (
        item.get("text"),
        _iso(item.get("published")),
        item.get("title"),
        None if identifier is None else str(identifier),
        item.get("url"),
    )


def _iso(moment: str | _datetime.date | None) -> str | None:
    return moment.isoformat() if isinstance(moment, _datetime.date) else moment


def _cores() -> int:
    """Counts the cores that this process may use; a scheduler or a container may allow fewer than there are."""
    if hasattr(_os, "sched_getaffinity"):
        return len(_os.sched_getaffinity(0))
    return _os.cpu_count() or 1
