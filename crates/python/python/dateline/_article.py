"""The objects that a result consists of. They are made from its JSON when they are first asked for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Words:
    """A passage: `text` is `Article.text[start:end]`, in code points."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Speaker(Words):
    """Who a quote is attributed to, at the passage that says so: “Eyvazov”, “he”, “officials”."""

    name: str
    """The fullest name of the speaker, or the words of the passage if the speaker has no name."""
    role: str | None
    """Office or profession, as in the article."""
    entity: int | None
    """Index into `Article.entities`."""


@dataclass(frozen=True, slots=True)
class Quote(Words):
    """What somebody is reported to have said, without the quotation marks."""

    kind: Literal["direct", "mixed", "indirect"]
    """Mixed is a quoted fragment in an indirect report."""
    cue: Words | None
    """The words of saying: “said”, “according to”."""
    speaker: Speaker | None
    polarity: Literal["said", "denied", "unreal"]
    """Denied if the article says that the words were not said; unreal in conditions, wishes and invented speech."""
    confidence: float
    """Calibrated probability, 0 to 1, that words and speaker are right."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in the text, in code points, where an entity is named or meant."""

    start: int
    end: int
    kind: Literal["name", "nominal", "pronoun"]


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, organisation, place or other thing with a name."""

    id: int
    """Its index in `Article.entities`."""
    name: str
    type: Literal["person", "organization", "place", "group", "work", "other"]
    aliases: tuple[str, ...]
    role: str | None
    mentions: tuple[Mention, ...]
    """In the order of the text; empty if the name is only in the headline."""


@dataclass(frozen=True, slots=True)
class Time(Words):
    """A time expression (TIMEX3 of ISO-TimeML)."""

    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    begin: str | None
    """First day, `YYYY-MM-DD`, or `None` if the value is no interval of the calendar."""
    end_date: str | None
    """Last day, inclusive, `YYYY-MM-DD`."""


@dataclass(frozen=True, slots=True)
class Event:
    """A row of the timeline: what happened when."""

    start: int
    end: int
    """The sentence, in code points."""
    summary: str
    """The clause with what happened."""
    time: int
    """Index into `Article.times`."""
    begin: str | None
    end_date: str | None
    granularity: str
    status: Literal["past", "scheduled", "habitual", "hypothetical", "denied"]
    confidence: float
    """Calibrated probability, 0 to 1, that the row is right as a whole."""
    entities: tuple[int, ...]
    """Indices into `Article.entities`."""
    folded: bool = False
    """Whether the reader shows the row only on request."""


@dataclass(frozen=True, slots=True)
class Figure(Words):
    """A number and what it counts."""

    value: float | None
    low: float | None
    """Lower end of a range or of “at least”."""
    high: float | None
    """Upper end of a range or of “at most”."""
    unit: str | None
    counted: str
    """The noun with what happened to it: “people killed”."""
    quote: int | None
    """Index into `Article.quotes` of the quote that contains it."""
    time: int | None
    """Index into `Article.times`."""
    source: str | None
    """Who claims it; None for the publisher."""
    clause: tuple[int, int] | None
    """Start and end of the words that say what is counted, in code points."""
    context: tuple[int, int] | None
    """Start and end of the words before that the clause refers to, in code points."""
    confidence: float


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, caption or other block of the text, in code points."""

    start: int
    end: int
    kind: str


class Article:
    """An article and its annotations.

    Fields that the article does not have are `None` or empty. `to_dict` has every field, also those without an
    attribute here.
    """

    __slots__ = ("_fields", "_json", "_made")

    def __init__(self, line: str) -> None:
        """Makes an article from a line of `dateline extract --to jsonl`."""
        self._json = line
        self._fields: dict[str, Any] | None = None
        self._made: dict[str, tuple[Any, ...]] = {}

    def to_json(self) -> str:
        """Returns the line that `dateline extract --to jsonl` writes, without the line break."""
        return self._json

    def to_dict(self) -> dict[str, Any]:
        """Returns the parsed line. Each call returns a new dictionary, which the caller may change."""
        return json.loads(self._json)  # type: ignore[no-any-return]

    def __repr__(self) -> str:
        return f"<Article {self.id!r}: {self.headline or self.text[:40]!r}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Article) and self._json == other._json

    def __hash__(self) -> int:
        return hash(self._json)

    def __getstate__(self) -> str:
        return self._json

    def __setstate__(self, line: str) -> None:
        self.__init__(line)  # type: ignore[misc]

    def _field(self, name: str) -> Any:
        if self._fields is None:
            self._fields = json.loads(self._json)
        return self._fields.get(name)

    def _objects(self, name: str, make: Any) -> tuple[Any, ...]:
        if name not in self._made:
            self._made[name] = tuple(make(fields) for fields in self._field(name) or ())
        return self._made[name]

    @property
    def id(self) -> str:
        """The identifier given, the name of the source, or the number of the record."""
        return str(self._field("id"))

    @property
    def text(self) -> str:
        """The text that all offsets point into."""
        return str(self._field("text"))

    @property
    def headline(self) -> str | None:
        return self._field("headline")

    @property
    def standfirst(self) -> str | None:
        """The summary below the headline."""
        return self._field("standfirst")

    @property
    def byline(self) -> tuple[str, ...]:
        """The authors."""
        return tuple(self._field("byline") or ())

    @property
    def publisher(self) -> str | None:
        return self._field("publisher")

    @property
    def url(self) -> str | None:
        return self._field("url")

    @property
    def language(self) -> str | None:
        """The language of the text (ISO 639-1), if it is known."""
        return self._field("language")

    @property
    def published(self) -> str | None:
        """The day (`YYYY-MM-DD`) or the moment (RFC 3339) of publication."""
        return self._field("published")

    @property
    def published_source(self) -> Literal["metadata", "option", "dateline", "text", "inferred"] | None:
        """Where `published` is from."""
        return self._field("published_source")

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences on what was left out, guessed or replaced."""
        return tuple(self._field("notes") or ())

    @property
    def blocks(self) -> tuple[Block, ...]:
        return self._objects("blocks", lambda fields: _make(Block, fields))

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """The quotes, in the order of the text."""
        return self._objects("quotes", _quote)

    @property
    def entities(self) -> tuple[Entity, ...]:
        return self._objects("entities", _entity)

    @property
    def times(self) -> tuple[Time, ...]:
        """The time expressions, in the order of the text."""
        return self._objects("times", lambda fields: _make(Time, fields))

    @property
    def timeline(self) -> tuple[Event, ...]:
        """The events that have a time, in the order of their first days."""
        return self._objects("events", lambda fields: _make(Event, {**fields, "entities": tuple(fields["entities"])}))

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The numbers with what they count, in the order of the text."""
        return self._objects("figures", _figure)


def _make(kind: Any, fields: dict[str, Any]) -> Any:
    """Makes an object from those fields that its class has; a newer program may write more."""
    return kind(**{name: fields[name] for name in kind.__dataclass_fields__ if name in fields})


def _quote(fields: dict[str, Any]) -> Quote:
    cue, speaker = fields["cue"], fields["speaker"]
    made = {"cue": cue and _make(Words, cue), "speaker": speaker and _make(Speaker, speaker)}
    quote: Quote = _make(Quote, {**fields, **made})
    return quote


def _figure(fields: dict[str, Any]) -> Figure:
    ends = {name: fields.get(name) for name in ("clause", "context")}
    made = {"source": fields.get("source")}
    made |= {name: found and (found["start"], found["end"]) for name, found in ends.items()}
    figure: Figure = _make(Figure, {**fields, **made})
    return figure


def _entity(fields: dict[str, Any]) -> Entity:
    made = {
        "aliases": tuple(fields["aliases"]),
        "mentions": tuple(_make(Mention, mention) for mention in fields["mentions"]),
    }
    entity: Entity = _make(Entity, {**fields, **made})
    return entity
