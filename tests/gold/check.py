#!/usr/bin/env python3
"""Checks the gold set: every piece of text that an annotation names must be found at exactly one place.

    python3 tests/gold/check.py [-v] [NAME...]

Without names all stories of this folder are checked; -v prints what every annotation resolves to, with offsets in
code points. Exit status 1 when anything is wrong. How places are named is told in README.md. Standard library only.
"""
import datetime
import pathlib
import re
import sys
import tomllib

FOLDER = pathlib.Path(__file__).resolve().parent
KINDS = {"direct", "mixed", "indirect"}
ENTITY_TYPES = {"person", "organization", "place", "group", "work", "other"}
TIME_TYPES = {"DATE", "TIME", "DURATION", "SET"}
STATUSES = {"past", "scheduled", "habitual", "hypothetical"}
TOP_KEYS = {"headline", "published", "kind", "not_speech", "quote", "entity", "time", "event"}
KEYS = {
    "quote": {"kind", "text", "nth", "cue", "cue_nth", "speaker", "speaker_nth", "name", "role"},
    "entity": {"name", "type", "mentions", "except", "role"},
    "time": {"text", "nth", "type", "value"},
    "event": {"text", "nth", "begin", "end", "status"},
}
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

# Values of TIMEX3 by type. A day part may follow a date; X is an unknown digit.
DAY = r"(?:[\dX]{4}-(?:[\dX]{2}(?:-[\dX]{2})?|W[\dX]{2}(?:-(?:[\dX]|WE))?|Q[1-4X]|H[12X]|SP|SU|FA|WI))"
DATE = rf"(?:{DAY}|[\dX]{{4}}|\d{{2,3}}|FY\d{{4}}(?:-Q[1-4])?|PAST_REF|PRESENT_REF|FUTURE_REF)"
CLOCK = r"T(?:[\dX]{2}(?::[\dX]{2}(?::\d{2})?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?|MO|MI|AF|EV|NI|DT)"
LENGTH = r"P(?=.)(?:[\dX.]+(?:CE|DE|Q|WE|Y|M|W|D))*(?:T(?:[\dX.]+[HMS])+|TNI|T[\dX]*(?:MO|AF|EV|NI))?"
VALUES = {
    "DATE": DATE,
    "TIME": rf"(?:{DAY}{CLOCK}|{CLOCK}|PRESENT_REF)",
    "DURATION": LENGTH,
    "SET": rf"(?:{LENGTH}|{DAY}(?:{CLOCK})?|XXXX(?:-XX(?:-XX)?)?|{CLOCK})",
}


def occurrences(text, piece):
    """Starts of every whole-word occurrence of `piece`."""
    before = r"(?<!\w)" if re.match(r"\w", piece) else ""
    after = r"(?!\w)" if re.search(r"\w\Z", piece) else ""
    return [found.start() for found in re.finditer(before + re.escape(piece) + after, text)]


def paragraphs(text):
    """(start, end) of every paragraph."""
    return [found.span() for found in re.finditer(r"[^\n]+", text)]


class Story:
    def __init__(self, name):
        self.name = name
        self.text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
        self.gold = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
        self.paragraphs = paragraphs(self.text)
        self.errors = []
        self.lines = []

    def error(self, message):
        self.errors.append(f"{self.name}: {message}")

    def show(self, what, start, end, more=""):
        self.lines.append(f"{self.name} {what:8} {start:5}-{end:<5} {self.text[start:end]!r} {more}")

    def place(self, what, piece, nth):
        """The one place of `piece`, or None with an error."""
        starts = occurrences(self.text, piece) if piece else []
        if not starts:
            return self.error(f"{what} not found: {piece!r}")
        if nth is None and len(starts) > 1:
            return self.error(f"{what} stands {len(starts)} times, nth is missing: {piece!r}")
        if nth is not None and not 1 <= nth <= len(starts):
            return self.error(f"{what} has no occurrence {nth}: {piece!r}")
        start = starts[(nth or 1) - 1]
        return start, start + len(piece)

    def near(self, what, piece, nth, content):
        """The occurrence of a cue or speaker nearest to `content`, outside of it, at most a paragraph away."""
        starts = occurrences(self.text, piece)
        if nth is not None:
            return self.place(what, piece, nth)
        outside = [s for s in starts if s + len(piece) <= content[0] or s >= content[1]]
        inside = [i for i, (a, b) in enumerate(self.paragraphs) if a <= content[0] < b]
        first, last = self.paragraphs[max(inside[0] - 1, 0)], self.paragraphs[min(inside[0] + 1, len(self.paragraphs) - 1)]
        outside = [s for s in outside if first[0] <= s and s + len(piece) <= last[1]]
        if not outside:
            return self.error(f"{what} {piece!r} is not near {self.text[content[0]:content[1]][:40]!r}")
        gaps = sorted((max(content[0] - s - len(piece), s - content[1]), s) for s in outside)
        start = gaps[0][1]
        return start, start + len(piece)

    def check(self):
        gold = self.gold
        for key in gold.keys() - TOP_KEYS:
            self.error(f"unknown key {key}")
        for table, allowed in KEYS.items():
            for entry in gold.get(table, []):
                for key in entry.keys() - allowed:
                    self.error(f"unknown key {table}.{key}")
        for key in ("headline", "published", "kind"):
            if not isinstance(gold.get(key), str) or not gold[key]:
                self.error(f"{key} is missing")
        self.day("published", gold.get("published", ""))
        for line in self.text.split("\n"):
            if line != line.strip() or "  " in line:
                self.error(f"white space in {line[:40]!r}")
        self.check_quotes()
        self.check_entities()
        self.check_times()
        self.check_events()

    def day(self, what, value):
        try:
            return datetime.date.fromisoformat(value)
        except (TypeError, ValueError):
            return self.error(f"{what} is no day: {value!r}")

    def check_quotes(self):
        covered = []
        for quote in self.gold.get("quote", []):
            content = self.place("quote", quote.get("text", ""), quote.get("nth"))
            if quote.get("kind") not in KINDS:
                self.error(f"quote kind {quote.get('kind')!r}")
            if content is None:
                continue
            if "\n" in quote["text"]:
                self.error(f"quote over a line end: {quote['text'][:40]!r}")
            covered.append(content)
            self.show(quote.get("kind", ""), *content)
            for key in ("cue", "speaker"):
                if not isinstance(quote.get(key), str):
                    self.error(f"{key} is missing: {quote['text'][:40]!r}")
                elif quote[key]:
                    place = self.near(key, quote[key], quote.get(f"{key}_nth"), content)
                    if place:
                        self.show(f"  {key}", *place, f"= {quote.get('name')}" if key == "speaker" else "")
            if quote.get("speaker") and not quote.get("name"):
                self.error(f"name is missing: {quote['text'][:40]!r}")
            for key in ("name", "role"):
                if quote.get(key) and not occurrences(self.text, quote[key]):
                    self.error(f"{key} is not in the story: {quote[key]!r}")
            self.check_marks(quote, content)
        self.disjoint("quotes", covered)
        silent = []
        for piece in self.gold.get("not_speech", []):
            found = occurrences(self.text, piece)
            if not found:
                self.error(f"not_speech not found: {piece!r}")
            silent += [(s, s + len(piece)) for s in found]
        for found in re.finditer(r"“([^”\n]+)”|\"([^\"\n]+)\"", self.text):
            if not any(a < found.end() and found.start() < b for a, b in covered + silent):
                self.error(f"quoted words without annotation: {found.group()[:50]!r}")

    def check_marks(self, quote, content):
        """Quoted content stands in marks; an indirect one does not."""
        before = self.text[max(content[0] - 1, 0):content[0]]
        marked = before in ("“", '"', "‘", "'", "«", "„")
        if quote.get("kind") in ("direct", "mixed") and not marked:
            opened = re.search(r"[“\"‘'«„][^”\"»\n]*\Z", self.text[:content[0]])
            label = re.search(r"(?:\A|\n)[^\n]{1,40}: \Z", self.text[:content[0]])
            if not opened and not label:
                self.error(f"no mark before {quote['text'][:40]!r}")
        if quote.get("kind") == "indirect" and marked:
            self.error(f"a mark before indirect {quote['text'][:40]!r}")

    def check_entities(self):
        entities = self.gold.get("entity", [])
        claims = {}
        places = []
        for index, entity in enumerate(entities):
            if entity.get("type") not in ENTITY_TYPES:
                self.error(f"entity type {entity.get('type')!r}")
            for key in ("name", "role"):
                if entity.get(key) and not occurrences(self.text, entity[key]):
                    self.error(f"entity {key} is not in the story: {entity[key]!r}")
            if entity.get("name") not in entity.get("mentions", []):
                self.error(f"entity's name is not among its mentions: {entity.get('name')!r}")
            excepted = []
            for piece in entity.get("except", []):
                found = occurrences(self.text, piece)
                if not found:
                    self.error(f"except not found: {piece!r}")
                excepted += [(s, s + len(piece)) for s in found]
            for mention in entity.get("mentions", []):
                found = occurrences(self.text, mention)
                if not found:
                    self.error(f"mention not found: {mention!r}")
                for s in found:
                    span = (s, s + len(mention))
                    if not any(a <= span[0] and span[1] <= b for a, b in excepted):
                        places.append((span, index, mention))
        alone = [p for p in places if not any(o[0] != p[0] and o[0][0] <= p[0][0] and p[0][1] <= o[0][1] for o in places)]
        for span, index, mention in sorted(alone):
            if claims.setdefault(span, index) != index:
                self.error(f"{mention!r} at {span[0]} belongs to two entities")
            self.show(entities[index].get("type", "")[:8], *span, f"= {entities[index]['name']}")
        for index, entity in enumerate(entities):
            for mention in entity.get("mentions", []):
                if not any(i == index and m == mention for _, i, m in alone):
                    self.error(f"mention lies in longer mentions everywhere: {mention!r}")
        self.disjoint("entities", list(claims))

    def check_times(self):
        covered = []
        for time in self.gold.get("time", []):
            kind, value = time.get("type"), time.get("value", "")
            if kind not in TIME_TYPES:
                self.error(f"time type {kind!r}")
            elif not re.fullmatch(VALUES[kind], value):
                self.error(f"{kind} value {value!r} of {time.get('text')!r}")
            if re.match(r"(?i)(on|in|at|since|until|for|by|during|from|before|after) ", time.get("text", "")):
                self.error(f"time opens with a preposition: {time['text']!r}")
            place = self.place("time", time.get("text", ""), time.get("nth"))
            if place:
                covered.append(place)
                self.show(str(kind), *place, value)
            self.weekday(time.get("text", ""), value)
        self.disjoint("times", covered)

    def weekday(self, words, value):
        """A weekday's name must agree with the calendar."""
        named = [i for i, day in enumerate(WEEKDAYS) if re.search(rf"\b{day}\b", words.lower())]
        day = re.match(r"\d{4}-\d{2}-\d{2}", value)
        if len(named) == 1 and day:
            date = self.day("time", day.group())
            if date and date.weekday() != named[0]:
                self.error(f"{words!r} is no {value}, which is a {WEEKDAYS[date.weekday()]}")

    def check_events(self):
        covered = []
        for event in self.gold.get("event", []):
            if event.get("status") not in STATUSES:
                self.error(f"event status {event.get('status')!r}")
            begin, end = self.day("begin", event.get("begin")), self.day("end", event.get("end"))
            if begin and end and begin > end:
                self.error(f"event ends before it begins: {event['text']!r}")
            place = self.place("event", event.get("text", ""), event.get("nth"))
            if place:
                covered.append(place)
                self.show("event", *place, f"{event.get('begin')}..{event.get('end')} {event.get('status')}")
        self.disjoint("events", covered)

    def disjoint(self, what, spans):
        spans = sorted(spans)
        for one, two in zip(spans, spans[1:]):
            if two[0] < one[1]:
                self.error(f"{what} overlap: {self.text[one[0]:one[1]][:40]!r} and {self.text[two[0]:two[1]][:40]!r}")


def main():
    arguments = sys.argv[1:]
    verbose = "-v" in arguments
    texts = {path.stem for path in FOLDER.glob("g*.txt")}
    notes = {path.stem for path in FOLDER.glob("g*.toml")}
    names = sorted(a for a in arguments if a != "-v") or sorted(texts | notes)
    errors = []
    counts = dict.fromkeys(KEYS, 0)
    for name in names:
        if name not in texts or name not in notes:
            errors.append(f"{name}: one of the two files is missing")
            continue
        try:
            story = Story(name)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
            errors.append(f"{name}: {fault}")
            continue
        story.check()
        errors += story.errors
        for table in KEYS:
            counts[table] += len(story.gold.get(table, []))
        if verbose:
            print("\n".join(story.lines))
    print(f"{len(names)} stories: " + ", ".join(f"{count} {table}s" for table, count in counts.items()))
    for error in errors:
        print("wrong:", error)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
