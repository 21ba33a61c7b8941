"""Measured values: medians of alternating runs, Markdown tables with ratios, and their place in a document."""
import datetime, os, re, statistics


class Results:
    """Values by row and column. A measurement that failed leaves its reason instead."""

    def __init__(self):
        self.values, self.reasons = {}, {}

    def add(self, column, **rows):
        for row, value in rows.items():
            if value is not None:
                self.values.setdefault((row, column), []).append(value)

    def fail(self, column, rows, reason):
        for row in rows:
            self.reasons[row, column] = reason

    def attempt(self, column, rows, measure):
        """Adds what `measure` gives for the rows, or its error. Errors of a peer must not end the other measurements."""
        try:
            self.add(column, **measure())
        except (RuntimeError, OSError, ValueError) as error:
            self.fail(column, rows, last_line(str(error)))

    def failed(self, row, column):
        return (row, column) in self.reasons

    def median(self, row, column):
        values = self.values.get((row, column))
        return statistics.median(values) if values and (row, column) not in self.reasons else None

    def cell(self, row, column):
        if (row, column) in self.reasons:
            return f"failed: {self.reasons[row, column]}"
        value = self.median(row, column)
        return "–" if value is None else figure(value)


def figure(value):
    """A value with two to three digits, which is as exact as such measurements are."""
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.0f}" if value >= 20 else f"{value:.1f}" if value >= 2 else f"{value:.2f}"


def last_line(words):
    """The last line that says something, without what would end a cell of the table."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    return lines[-1].replace("|", "/") if lines else "no reason given"


def table(results, labels, rows, ours, more_is_better=False):
    """A Markdown table with the ratio of the first column `ours` to the best of the others.

    `labels` names the columns, `rows` the rows, by their keys.
    """
    peers = [column for column in labels if column != ours]
    head = [*labels.values()] + (["to the best peer"] if peers else [])
    lines = ["| | " + " | ".join(head) + " |", "|---|" + "---|" * len(head)]
    for row, label in rows.items():
        cells = [results.cell(row, column) for column in labels]
        if peers:
            cells.append(ratio(results, row, ours, peers, more_is_better))
        lines.append(f"| {label} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def ratio(results, row, ours, peers, more_is_better=False):
    """How many times the best peer's value ours is."""
    values = [value for peer in peers if (value := results.median(row, peer)) is not None]
    mine = results.median(row, ours)
    best = (max if more_is_better else min)(values, default=0)
    return f"{mine / best:.2f}×" if mine is not None and best > 0 else "–"


def circumstances(words, load_before):
    """A line that says what was measured, where, and how busy the machine was."""
    day = datetime.date.today().isoformat()
    load_after = os.getloadavg()[0]
    return f"{words}. {os.cpu_count()} cores, load average {load_before:.1f} before and {load_after:.1f} after, {day}."


def replaced(document, name, text):
    """The document with the text between the markers of that name."""
    begin, end = f"<!-- peers: {name} -->", f"<!-- /peers: {name} -->"
    pattern = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.S)
    if not pattern.search(document):
        raise ValueError(f"no {begin} … {end} in the document: add them where the table belongs")
    return pattern.sub(lambda _: f"{begin}\n{text}\n{end}", document)
