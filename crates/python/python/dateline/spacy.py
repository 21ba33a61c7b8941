"""A component for spaCy that adds the annotations to a `Doc`.

    import spacy
    nlp = spacy.blank("en")
    nlp.add_pipe("dateline")
    doc = nlp("“The bridge is safe,” Mara Odell said.")
    doc.ents, doc._.quotes, doc._.timeline

`doc.ents` are the names, with spaCy's labels. `doc._.dateline` is the whole `dateline.Article`. An annotation that
begins or ends within a token covers the whole token.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from . import Event, Quote, extract

LABELS = {
    "person": "PERSON",
    "organization": "ORG",
    "place": "GPE",
    "group": "NORP",
    "work": "WORK_OF_ART",
    "other": "MISC",
}
"""Labels of `doc.ents` by the type of an entity."""


@dataclass(frozen=True, slots=True)
class QuoteSpans:
    """A quote with its passages as spans of the `Doc`."""

    content: Span
    speaker: Span | None
    cue: Span | None
    quote: Quote


@dataclass(frozen=True, slots=True)
class EventSpan:
    """A row of the timeline with its sentence as a span of the `Doc`."""

    sentence: Span
    event: Event


@Language.factory("dateline", default_config={"published": None}, assigns=["doc.ents"])
def create(nlp: Language, name: str, published: str | None) -> Any:
    """Creates the component. Relative times count from `published`, or from `doc.user_data["published"]` if it is set."""
    for attribute in ("quotes", "timeline", "dateline"):
        if not Doc.has_extension(attribute):
            Doc.set_extension(attribute, default=None)

    def annotate(doc: Doc) -> Doc:
        article = extract(doc.text, published=doc.user_data.get("published", published))

        def span(passage: Any) -> Span:
            return doc.char_span(passage.start, passage.end, alignment_mode="expand")

        doc._.dateline = article
        doc._.quotes = [
            QuoteSpans(span(quote), quote.speaker and span(quote.speaker), quote.cue and span(quote.cue), quote)
            for quote in article.quotes
        ]
        doc._.timeline = [EventSpan(span(event), event) for event in article.timeline]
        doc.ents = _entities(doc, article)
        return doc

    return annotate


def _entities(doc: Doc, article: Any) -> list[Span]:
    """Returns the names as spans. Of two that share a token, only the longer is kept, as spaCy requires."""
    from spacy.util import filter_spans

    spans = [
        doc.char_span(mention.start, mention.end, LABELS[entity.type], alignment_mode="expand")
        for entity in article.entities
        for mention in entity.mentions
        if mention.kind == "name"
    ]
    return filter_spans(spans)
