"""Tests of the installed package: python3 -m unittest discover -s crates/python/tests

`DATELINE` names the program whose output must be equal; without it, those tests are skipped aloud.
"""
import copy, datetime, inspect, json, os, pathlib, pickle, subprocess, threading, time, typing, unittest, warnings

import dateline

ROOT = pathlib.Path(__file__).resolve().parents[3]
PROGRAM = os.environ.get("DATELINE")
STORY = (
    "RAVENHOLT — “The bridge is safe, and it will stay open,” harbour master Mara Odell said on Monday.\n\n"
    "Odell, 52, told reporters that the ferry would return on 14 May. She did not say who would pay."
)


def gold_records():
    """The texts of the bundled gold stories, varied so that there are a thousand."""
    texts = []
    for path in sorted((ROOT / "tests/gold").rglob("*.txt")):
        texts.append(path.read_text(encoding="utf-8"))
    records = []
    for number in range(1000):
        text = texts[number % len(texts)]
        cut = number // len(texts)
        paragraphs = text.split("\n\n")
        body = "\n\n".join(paragraphs[cut % max(1, len(paragraphs)) :]) or text
        record = {"id": f"s{number}", "text": body}
        if number % 3:
            record["published"] = f"2024-0{1 + number % 9}-1{number % 10}"
        if number % 2:
            record["title"] = paragraphs[0][:80]
        records.append(record)
    return records


class OneText(unittest.TestCase):
    def test_the_annotations_of_a_text(self):
        article = dateline.extract(STORY, published="2024-05-08", title="Bridge stays open")
        self.assertEqual(article.headline, "Bridge stays open")
        direct = [quote for quote in article.quotes if quote.kind == "direct"]
        self.assertEqual([(quote.text, quote.speaker.name) for quote in direct],
                         [("The bridge is safe, and it will stay open,", "Mara Odell")])
        self.assertEqual(article.text[direct[0].start : direct[0].end], direct[0].text)
        odell = article.entities[direct[0].speaker.entity]
        self.assertEqual((odell.type, odell.name, odell.id), ("person", "Mara Odell", direct[0].speaker.entity))
        self.assertIn("Odell", [article.text[mention.start : mention.end] for mention in odell.mentions])
        self.assertIn("2024-05-06", [moment.value for moment in article.times])
        self.assertTrue(all(article.times[event.time].begin == event.begin for event in article.timeline))

    def test_a_date_may_be_an_object(self):
        as_text = dateline.extract(STORY, published="2024-05-08")
        self.assertEqual(dateline.extract(STORY, published=datetime.date(2024, 5, 8)), as_text)
        moment = dateline.extract(STORY, published=datetime.datetime(2024, 5, 8, 9, 30))
        self.assertEqual(moment.published, "2024-05-08T09:30:00")

    def test_offsets_count_code_points(self):
        article = dateline.extract("😀😀 “Nobody was hurt,” Inés Duarte said.")
        (quote,) = article.quotes
        self.assertEqual(article.text[quote.start : quote.end], quote.text)
        self.assertEqual(article.text[quote.speaker.start : quote.speaker.end], "Inés Duarte")

    def test_an_article_is_a_value(self):
        article = dateline.extract(STORY)
        self.assertEqual(pickle.loads(pickle.dumps(article)), article)
        self.assertEqual(copy.copy(article).quotes, article.quotes)
        self.assertEqual(len({article, dateline.extract(STORY)}), 1)
        self.assertEqual(article.to_dict(), json.loads(article.to_json()))

    def test_a_text_that_is_no_text_is_refused(self):
        with self.assertRaisesRegex(dateline.Error, "no string `text`"):
            dateline.extract(b"bytes")
        with self.assertRaisesRegex(dateline.Error, "not valid Unicode"):
            dateline.extract("half a pair: \ud800")
        with self.assertRaisesRegex(dateline.Error, "`title` is not a string"):
            dateline.extract(STORY, title=5)

    def test_everything_public_is_documented(self):
        for name in dateline.__all__:
            self.assertTrue(inspect.getdoc(getattr(dateline, name)) or name.isupper() or name == "__version__", name)
        self.assertTrue((pathlib.Path(dateline.__file__).parent / "py.typed").is_file())
        self.assertTrue(typing.get_type_hints(dateline.extract))


class Sources(unittest.TestCase):
    PAGE = ("<html><head><title>Bridge stays open</title></head><body><nav>Home</nav><article><h1>Bridge stays open</h1>"
            + "".join(f"<p>{paragraph}</p>" for paragraph in STORY.split("\n\n") * 3) + "</article></body></html>")

    def test_a_page_and_a_feed(self):
        (article,) = dateline.ingest(self.PAGE.encode(), "bridge.html")
        self.assertEqual((article.headline, article.id), ("Bridge stays open", "bridge.html"))
        items = "".join(f"<item><title>Story {n}</title><description>Rain fell on Ravenholt.</description></item>" for n in "ab")
        feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Feed</title>{items}</channel></rss>'
        self.assertEqual([story.headline for story in dateline.ingest(feed.encode())], ["Story a", "Story b"])

    def test_what_cannot_be_read_is_named(self):
        with self.assertRaisesRegex(dateline.Error, "^noise.bin: "):
            dateline.ingest(bytes(range(256)) * 8, "noise.bin")
        lines = b'{"text": "Rain fell."}\n{"text": 5}\n'
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            self.assertEqual(len(dateline.ingest(lines, "two.jsonl")), 1)
        self.assertEqual([warning.category for warning in caught], [dateline.IngestWarning])
        self.assertIn("two.jsonl", str(caught[0].message))


class Many(unittest.TestCase):
    def test_the_order_is_that_of_the_items(self):
        texts = [f"Mara Odell said the ferry had {n} seats." * (1 + n % 7) for n in range(200)]
        got = [article.text for article in dateline.extract_many(texts, jobs=3)]
        self.assertEqual(got, texts)

    def test_items_are_taken_as_they_are_needed(self):
        taken = 0

        def endless():
            nonlocal taken
            while True:
                taken += 1
                yield STORY

        stream = dateline.extract_many(endless(), jobs=2)
        for _ in range(3):
            next(stream)
        self.assertLessEqual(taken, 3 + 2 * 16)

    def test_an_exception_of_the_iterator_comes_after_its_items(self):
        def broken():
            yield STORY
            yield STORY
            raise KeyError("disk")

        stream = dateline.extract_many(broken(), jobs=2)
        self.assertEqual(next(stream).text, STORY)
        self.assertEqual(next(stream).text, STORY)
        with self.assertRaises(KeyError):
            next(stream)

    def test_other_threads_run_meanwhile(self):
        beats, done = 0, threading.Event()

        def beat():
            nonlocal beats
            while not done.is_set():
                beats += 1
                time.sleep(0.001)

        heart = threading.Thread(target=beat)
        heart.start()
        dateline.extract("\n\n".join([STORY] * 2000))
        done.set()
        heart.join()
        self.assertGreater(beats, 5, "the lock was held during the analysis")

    def test_arguments_are_checked_at_the_call(self):
        with self.assertRaisesRegex(ValueError, "jobs is 0"):
            dateline.extract_many([], 0)
        with self.assertRaisesRegex(ValueError, "errors is 'skip'"):
            dateline.extract_many([], errors="skip")

    def test_a_bad_record_does_not_end_the_run(self):
        items = [STORY, {"id": 1}, {"text": "half a pair: \ud800"}, {"text": STORY, "id": 4}]
        results = list(dateline.extract_many(items, errors="return"))
        self.assertEqual([isinstance(result, dateline.Error) for result in results], [False, True, True, False])
        self.assertEqual(results[3].id, "4")
        stream = dateline.extract_many(items)
        next(stream)
        with self.assertRaisesRegex(dateline.Error, "no string `text`"):
            next(stream)


@unittest.skipUnless(PROGRAM, "DATELINE does not name a program to compare with")
class EqualToTheCommandLine(unittest.TestCase):
    def test_a_thousand_stories_byte_for_byte(self):
        records = gold_records()
        lines = "".join(json.dumps(record) + "\n" for record in records)
        home = {**os.environ, "XDG_CONFIG_HOME": "/nonexistent", "HOME": "/nonexistent"}
        run = subprocess.run([PROGRAM, "extract", "--from", "jsonl", "-"], input=lines, encoding="utf-8",
                             capture_output=True, check=True, env=home)
        expected = run.stdout.splitlines()
        self.assertEqual(len(expected), 1000)
        articles = list(dateline.extract_many(records))
        for article, line in zip(articles, expected, strict=True):
            self.assertEqual(article.to_json(), line)
            self.assertEqual(article.to_dict(), json.loads(line))
        alone = dateline.extract(records[5]["text"], published=records[5].get("published"),
                                 title=records[5].get("title"), id="s5")
        self.assertEqual(alone.to_json(), expected[5])


if __name__ == "__main__":
    unittest.main()
