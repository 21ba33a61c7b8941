"""Plots who is quoted when, from the bundled stories or from files of your own.

    pip install . matplotlib
    python contrib/plot/quotes_over_time.py [FILE]... docs/quotes_over_time.svg

Each cell below is a step; notebooks and editors that know `# %%` run them one by one.
"""

# %% Read the stories.
import collections
import datetime
import pathlib
import sys

import dateline
import matplotlib.dates
import matplotlib.pyplot

matplotlib.use("svg")
# The same stories give the same picture, byte for byte.
matplotlib.rcParams.update({"svg.hashsalt": "dateline", "font.size": 8})
*files, picture = sys.argv[1:] or ["quotes_over_time.svg"]
files = files or sorted((pathlib.Path(__file__).parents[2] / "assets/stories").glob("*.txt"))
articles = [article for file in map(pathlib.Path, files) for article in dateline.ingest(file.read_bytes(), file.name)]

# %% Count the quotes of each speaker on each day.
counts = collections.Counter()
for article in articles:
    for quote in article.quotes:
        if article.published and quote.speaker and quote.speaker.entity is not None:
            counts[quote.speaker.name, datetime.date.fromisoformat(article.published[:10])] += 1
totals = collections.Counter()
for (speaker, _), count in counts.items():
    totals[speaker] += count
speakers = [speaker for speaker, _ in totals.most_common(12)][::-1]

# %% Plot them.
figure, axes = matplotlib.pyplot.subplots(figsize=(7, 3.5), layout="constrained")
points = [(day, speakers.index(speaker), count) for (speaker, day), count in counts.items() if speaker in speakers]
days, rows, sizes = zip(*sorted(points))
axes.scatter(days, rows, s=[25 * size for size in sizes], alpha=0.6)
for day, row, count in points:
    axes.annotate(str(count), (day, row), ha="center", va="center")
axes.set_yticks(range(len(speakers)), speakers)
axes.xaxis.set_major_formatter(matplotlib.dates.ConciseDateFormatter(axes.xaxis.get_major_locator()))
axes.set_title("Quotes by speaker and day of publication")
axes.grid(alpha=0.3)
figure.savefig(picture, metadata={"Date": None})
