"""Checks of the parts that need no peer: python3 -m unittest test_run"""
import contextlib, html.parser, os, pathlib, re, sqlite3, subprocess, sys, tempfile, time, unittest
from xml.etree import ElementTree
import extractors, pages, peers, process, readers, sessions, stories, tables
from emulator import Emulator
from terminal import Terminal


def script(code, *arguments):
    return subprocess.run([sys.executable, "-c", code, *map(str, arguments)], capture_output=True, text=True)


def per_kilobyte(pattern, texts):
    return sum(len(re.findall(pattern, text)) for text in texts) / sum(len(text.encode()) for text in texts) * 1000


class Extractors(unittest.TestCase):
    def test_a_figure_is_read(self):
        self.assertEqual(extractors.outcome(script("print(33.4)")), 33.4)

    def test_an_error_is_no_missing_module(self):
        with self.assertRaisesRegex(RuntimeError, "AttributeError: no attribute extract"):
            extractors.outcome(script("raise AttributeError('no attribute extract')"))
        # A module missing inside the peer itself is an error of its installation.
        with self.assertRaisesRegex(RuntimeError, "No module named 'lxml_that_is_not_there'"):
            extractors.outcome(script("import lxml_that_is_not_there"))

    def test_a_missing_peer_has_no_figure(self):
        self.assertIsNone(extractors.outcome(script("raise ModuleNotFoundError(\"No module named 'trafilatura'\")")))

    def test_an_extractor_is_called_for_every_page(self):
        # A one-letter module name in the extractor code, which a variable of the measuring script once shadowed.
        for letter in "tfp":
            done = script(extractors.script(f"import json as {letter}\ndef read(page): return {letter}.dumps(page)"), extractors.__file__)
            self.assertEqual(done.returncode, 0, done.stderr)

    def test_an_extractor_that_finds_nothing_is_not_measured(self):
        with self.assertRaisesRegex(RuntimeError, "nothing was extracted"):
            extractors.outcome(script(extractors.script("def read(page): return ''"), extractors.__file__))

    def test_saved_pages_are_read_whatever_their_characters(self):
        with tempfile.TemporaryDirectory() as folder:
            stack = pathlib.Path(folder)
            (stack / "a.html").write_bytes(b"<p>caf\xe9")
            (stack / "notes.txt").write_text("not a page")
            files = extractors.saved_pages(stack)
            self.assertEqual([file.name for file in files], ["a.html"])
            done = script(extractors.script("def read(page): return page"), *files)
            self.assertEqual(done.returncode, 0, done.stderr)

    def test_a_folder_without_pages_is_refused(self):
        with tempfile.TemporaryDirectory() as folder, self.assertRaisesRegex(SystemExit, "no files named"):
            extractors.saved_pages(pathlib.Path(folder))


class Tables(unittest.TestCase):
    def results(self):
        results = tables.Results()
        for value in (3.0, 1.0, 2.0):
            results.add("dateline", key=value)
        results.add("fast", key=0.5)
        results.add("slow", key=8.0)
        return results

    def test_cells_are_medians_and_the_ratio_is_to_the_best_peer(self):
        labels = {"dateline": "Dateline", "fast": "fast 1.0", "slow": "slow 2.0"}
        rows = tables.table(self.results(), labels, {"key": "a key"}, "dateline").splitlines()
        self.assertEqual(rows[0], "| | Dateline | fast 1.0 | slow 2.0 | to the best peer |")
        self.assertEqual(rows[2], "| a key | 2.0 | 0.50 | 8.0 | 4.00× |")
        most = tables.table(self.results(), labels, {"key": "pages"}, "dateline", more_is_better=True)
        self.assertIn("| 0.25× |", most)

    def test_a_peer_at_zero_has_no_ratio(self):
        results = self.results()
        results.add("idle", key=0.0)
        self.assertEqual(tables.ratio(results, "key", "dateline", ["fast", "idle"]), "–")

    def test_an_error_is_in_its_cell_and_the_others_are_measured(self):
        results = self.results()

        def fails():
            raise RuntimeError("Traceback\n'Peersfeed' was not shown: a|b\n\n")
        results.attempt("slow", ["key"], fails)
        self.assertEqual(results.cell("key", "slow"), "failed: 'Peersfeed' was not shown: a/b")
        self.assertEqual(tables.ratio(results, "key", "dateline", ["slow"]), "–")
        self.assertEqual(results.cell("other", "slow"), "–")

    def test_figures_have_the_digits_that_were_measured(self):
        self.assertEqual([tables.figure(value) for value in (0.274, 4.04, 62.3, 5124.4)], ["0.27", "4.0", "62", "5,124"])

    def test_only_the_text_between_the_markers_is_replaced(self):
        document = "a\n<!-- peers: readers -->\nold\n<!-- /peers: readers -->\nb\n<!-- peers: extractors -->\n<!-- /peers: extractors -->\n"
        written = tables.replaced(document, "readers", r"new \1")
        self.assertEqual(written, document.replace("old", r"new \1"))
        with self.assertRaisesRegex(ValueError, "peers: names"):
            tables.replaced(document, "names", "new")


class Versions(unittest.TestCase):
    def test_versions_are_read_from_what_programs_print(self):
        self.assertEqual(peers.version_in("newsboat 2.44 - https://newsboat.org/"), "2.44")
        self.assertEqual(peers.version_in("newsraft version 0.36"), "0.36")
        self.assertEqual(peers.version_in("eilmeldung 1.7.1"), "1.7.1")
        self.assertEqual(peers.version_in("usage: reader [-f FILE]"), "?")

    def test_packages_that_are_not_installed_have_no_version(self):
        self.assertEqual(peers.package_versions(sys.executable, ["a-package-that-is-not-there"]), {"a-package-that-is-not-there": "?"})

    def test_the_peers_folder_comes_before_the_path(self):
        with tempfile.TemporaryDirectory() as folder:
            command = pathlib.Path(folder) / "bin/newsboat"
            command.parent.mkdir()
            command.write_text("#!/bin/sh\necho newsboat 2.99\n")
            command.chmod(0o755)
            found = peers.Found(folder=folder)
            self.assertEqual(found.readers["newsboat"], str(command))
            self.assertEqual(found.label("newsboat"), "newsboat 2.99")


class Stories(unittest.TestCase):
    def test_stories_are_the_same_for_the_same_number(self):
        self.assertEqual(stories.story(7), stories.story(7))
        self.assertNotEqual(stories.story(7)[1], stories.story(8)[1])

    def test_one_story_in_997_has_the_rare_word(self):
        having = [number for number in range(500, 1510) if any(stories.RARE in text for text in stories.story(number)[1])]
        self.assertEqual(having, [505, 1502])

    def test_stories_are_as_dense_as_news(self):
        # News has 161 words, 33 capitalised words, 1.5 quotes in marks and 8.8 sentences a kB.
        texts = ["\n\n".join(stories.story(number)[1]) for number in range(60)]
        self.assertAlmostEqual(per_kilobyte(r"[A-Za-z’]+", texts), 160, delta=12)
        self.assertAlmostEqual(per_kilobyte(r"\b[A-Z]\w+", texts), 32, delta=5)
        self.assertAlmostEqual(per_kilobyte("“", texts), 1.5, delta=0.4)
        self.assertAlmostEqual(per_kilobyte(r"[.?!][”]?\s", texts), 8.8, delta=1.5)
        self.assertGreater(len(set(re.findall(r"\w+", " ".join(texts)))), 1500)

    def test_no_slot_is_left_and_articles_agree(self):
        for number in range(200):
            text = " ".join([stories.story(number)[0], *stories.story(number)[1]])
            self.assertNotRegex(text, r"[{}]|\b[Aa] [aeiou]")

    def test_feeds_share_the_stories(self):
        with tempfile.TemporaryDirectory() as folder:
            feeds = stories.write_feeds(pathlib.Path(folder), 45, feeds=4)
            titles = [item.findtext("title") for feed in feeds for item in ElementTree.parse(feed).iter("item")]
            self.assertEqual(len(feeds), 4)
            self.assertEqual({title[:11] for title in titles}, {stories.marker(number) for number in range(45)})


class Balance(html.parser.HTMLParser):
    """Fails at a tag that closes what is not open."""
    EMPTY = {"meta", "link", "img", "input", "source", "br", "path"}

    def __init__(self):
        super().__init__()
        self.open, self.depth = [], 0

    def handle_starttag(self, tag, attributes):
        if tag not in self.EMPTY:
            self.open.append(tag)
            self.depth = max(self.depth, len(self.open))

    def handle_startendtag(self, tag, attributes):
        pass

    def handle_endtag(self, tag):
        if tag not in self.EMPTY:
            opened = self.open.pop()
            assert opened == tag, f"{tag} closes {opened}, line {self.getpos()}"


class Pages(unittest.TestCase):
    def test_pages_are_well_formed_and_as_large_and_nested_as_real_ones(self):
        for number in range(len(pages.SYSTEMS)):
            text = pages.Page(number).html()
            balance = Balance()
            balance.feed(text)
            self.assertEqual(balance.open, [])
            self.assertGreaterEqual(balance.depth, 13)
            self.assertNotIn("{{", text)
            self.assertAlmostEqual(len(text) / 1000, 85, delta=20)
            self.assertGreater(text.count("<a "), 120)
            self.assertIn("application/ld+json", text)

    def test_the_story_is_whole_in_every_kind_of_page(self):
        for number in range(len(pages.SYSTEMS)):
            text = html.unescape(pages.Page(number).html())
            for paragraph in stories.story(number)[1]:
                self.assertIn(paragraph, text)

    def test_pages_are_the_same_in_every_run(self):
        code = "import pages, hashlib; print(hashlib.sha256(pages.Page(1).html().encode()).hexdigest())"
        runs = {subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=pathlib.Path(__file__).parent,
                               env=os.environ | {"PYTHONHASHSEED": seed}).stdout for seed in "12"}
        self.assertEqual(len(runs), 1)


class Screens(unittest.TestCase):
    def screen(self, *chunks):
        emulator = Emulator(10, 4)
        for chunk in chunks:
            emulator.feed(chunk)
        return emulator

    def lines(self, *chunks):
        return [line.rstrip() for line in self.screen(*chunks).text().split("\n")]

    def test_cursor_and_erasing(self):
        self.assertEqual(self.lines(b"abcdef\x1b[1;3HX\x1b[K\x1b[3;1Hlow\x1b[2D\x1b[1Pz"), ["abX", "", "lz", ""])
        self.assertEqual(self.lines(b"one\r\ntwo\x1b[1;1H\x1b[J"), ["", "", "", ""])
        self.assertEqual(self.lines(b"abc\x1b[1G\x1b[2@"), ["  abc", "", "", ""])

    def test_a_charset_moves_nothing(self):
        self.assertEqual(self.lines(b"ab\x1b(Bcd"), ["abcd", "", "", ""])

    def test_sequences_and_characters_may_be_cut_in_two(self):
        self.assertEqual(self.lines(b"\x1b[2", b";2Hcaf\xc3", b"\xa9\x1b]0;title", b"\x07!"), ["", " café!", "", ""])

    def test_lines_wrap_at_the_edge_and_scroll_in_their_region(self):
        self.assertEqual(self.lines(b"0123456789ab"), ["0123456789", "ab", "", ""])
        self.assertEqual(self.lines(b"a\r\nb\r\nc\r\nd\x1b[2;3r\x1b[3;1H\nX"), ["a", "c", "X", "d"])
        self.assertEqual(self.lines(b"a\r\nb\r\nc\x1b[1;1H\x1bMtop"), ["top", "a", "b", "c"])
        self.assertEqual(self.lines(b"a\r\nb\r\nc\x1b[1;1H\x1b[1M"), ["b", "c", "", ""])
        self.assertEqual(self.lines(b"a-\x1b[3b"), ["a----", "", "", ""])

    def test_a_moved_highlight_is_a_change_and_the_same_look_is_none(self):
        plain, marked = self.screen(b"ab"), self.screen(b"\x1b[7ma\x1b[27mb")
        self.assertNotEqual(plain.state(), marked.state())
        self.assertEqual(plain.state(), self.screen(b"\x1b[0;38;5;0m\x1b[39m\x1b[1m\x1b[22mab").state())
        self.assertEqual(self.screen(b"\x1b[38:5:9;4ma").state(), self.screen(b"\x1b[4m\x1b[38:5:9ma").state())

    def run_program(self, code):
        return Terminal([sys.executable, "-c", code], pathlib.Path(tempfile.gettempdir()))

    def test_a_screen_is_drawn_when_it_no_longer_changes(self):
        code = ("import time\nprint('first', flush=True)\ntime.sleep(0.3)\nprint('second', flush=True)\ntime.sleep(0.2)\n"
                "print('\\x1b[2Ksecond\\x1b[1A', end='', flush=True)\ntime.sleep(9)")
        with self.run_program(code) as terminal:
            first = terminal.drawn("first", quiet=0.1)
            drawn = terminal.drawn("second", quiet=0.6)
            self.assertGreater(drawn - first, 0.25)
            self.assertGreater(time.perf_counter() - drawn, 0.5)

    def test_a_program_that_asks_its_terminal_gets_an_answer(self):
        code = ("import sys, tty\ntty.setraw(0)\nsys.stdout.write('\\x1b[c')\nsys.stdout.flush()\nanswer = ''\n"
                "while not answer.endswith('c'): answer += sys.stdin.read(1)\nprint('answered', flush=True)\nimport time; time.sleep(9)")
        with self.run_program(code) as terminal:
            terminal.shown("answered", limit=10)

    def test_a_missing_marker_shows_what_was_there(self):
        with self.run_program("print('no such file', flush=True)\nimport time; time.sleep(9)") as terminal:
            with self.assertRaisesRegex(RuntimeError, "'Story' was not shown within 1 s: no such file"):
                terminal.drawn("Story", limit=1)

    def test_keys_without_a_change_are_an_error(self):
        silent = "import time, tty\ntty.setraw(0)\nprint('Story0000', flush=True)\ntime.sleep(9)"
        with tempfile.TemporaryDirectory() as folder, self.run_program(silent) as terminal:
            reader = readers.Newsraft("newsraft", pathlib.Path(folder) / "home", [], "http://127.0.0.1")
            terminal.drawn("Story0000")
            with self.assertRaisesRegex(RuntimeError, "did not change after 3 keys"):
                sessions.Session(reader, terminal).line_down("held", 3, 0.01)


class Turns(unittest.TestCase):
    def test_a_reader_that_fails_is_not_tried_again_and_the_others_are(self):
        tried = []

        def measurement(reader):
            tried.append(reader)
            if reader == "broken":
                raise RuntimeError("no list")
            return {"first_wall": 5.0}
        results = tables.Results()
        for _ in range(2):
            sessions.in_turn(results, {"newsboat": "broken", "newsraft": "whole"}, ["first_wall", "first_cpu"], measurement)
        self.assertEqual(tried, ["broken", "whole", "whole"])
        self.assertEqual(results.cell("first_cpu", "newsboat"), "failed: no list")
        self.assertEqual(results.median("first_wall", "newsraft"), 5.0)

    def test_a_reader_that_lost_stories_has_failed(self):
        with tempfile.TemporaryDirectory() as folder:
            reader = readers.Newsboat("newsboat", pathlib.Path(folder) / "home", [], "http://127.0.0.1")
            with contextlib.closing(sqlite3.connect(reader.database()[0])) as library:
                library.executescript("CREATE TABLE rss_item (title); INSERT INTO rss_item VALUES ('a'), ('b');")
            reader.check(2)
            with self.assertRaisesRegex(RuntimeError, "stored 2 of 3 stories"):
                reader.check(3)


class Costs(unittest.TestCase):
    def test_cpu_of_a_command_and_its_children_is_counted(self):
        busy = "import time\nwhile time.process_time() < 0.3: pass"
        cost = process.Cost([sys.executable, "-c", f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {busy!r}])"])
        self.assertGreater(cost.cpu, 0.3)
        self.assertGreaterEqual(cost.wall, 0.25)
        self.assertGreater(cost.peak, 3)

    def test_a_failing_command_gives_its_last_words(self):
        with self.assertRaisesRegex(RuntimeError, "ended with 3: no feeds"):
            process.Cost([sys.executable, "-c", "import sys; print('no feeds', file=sys.stderr); sys.exit(3)"])

    def test_cpu_of_a_running_program_is_counted_to_the_millisecond(self):
        before = process.cpu_of(os.getpid())
        end = time.process_time() + 0.004
        while time.process_time() < end:
            pass
        self.assertAlmostEqual(process.cpu_of(os.getpid()) - before, 0.004, delta=0.1)
        self.assertGreater(process.cpu_clock(os.getpid()), 0)


if __name__ == "__main__":
    unittest.main()
