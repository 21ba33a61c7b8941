"""Checks of the parts of run.py that need no peer: python3 -m unittest test_run"""
import pathlib, subprocess, sys, tempfile, unittest
import run


def script(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)


class Outcomes(unittest.TestCase):
    def test_a_figure_is_shown(self):
        self.assertEqual(run.outcome(script("print(33.4)")), "33")
        self.assertEqual(run.outcome(script("print(0.132)")), "0.13")

    def test_an_error_is_no_missing_module(self):
        self.assertEqual(run.outcome(script("raise AttributeError('no attribute extract')")), "failed: AttributeError: no attribute extract")
        # A module missing inside the peer itself is an error of its installation.
        self.assertEqual(run.outcome(script("import lxml_that_is_not_there")), "failed: ModuleNotFoundError: No module named 'lxml_that_is_not_there'")

    def test_a_missing_peer_is_named_so(self):
        code = "raise ModuleNotFoundError(\"No module named 'trafilatura'\")"
        self.assertEqual(run.outcome(script(code)), "not installed")

    def test_an_extractor_is_called_for_every_page(self):
        # A one-letter module name in the extractor code, which a variable of the measuring script once shadowed.
        for letter in "tfp":
            code = f"import json as {letter}\ndef read(page): return {letter}.dumps(page)"
            done = subprocess.run([sys.executable, "-c", run.extractor_script(code), run.__file__], capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)

    def test_saved_pages_are_read_whatever_their_characters(self):
        with tempfile.TemporaryDirectory() as folder:
            stack = pathlib.Path(folder)
            (stack / "a.html").write_bytes(b"<p>caf\xe9")
            (stack / "notes.txt").write_text("not a page")
            files = run.saved_pages(stack)
            self.assertEqual([file.name for file in files], ["a.html"])
            done = subprocess.run([sys.executable, "-c", run.extractor_script("def read(page): return page"), *files], capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)

    def test_a_folder_without_pages_is_refused(self):
        with tempfile.TemporaryDirectory() as folder, self.assertRaisesRegex(SystemExit, "no files named"):
            run.saved_pages(pathlib.Path(folder))

    def test_a_failing_reader_has_its_error_in_its_row(self):
        def fails():
            raise RuntimeError("'Peersfeed' was not shown: b'|'")
        self.assertEqual(run.tried(fails, 3), ["failed: 'Peersfeed' was not shown: b'/'", "-", "-"])


class Cells(unittest.TestCase):
    def test_a_key_that_moves_nothing_is_not_measured(self):
        self.assertEqual(run.key_cell(1.5, run.KEYS), "1.50")
        self.assertIn("not measured", run.key_cell(0.1, 3))

    def test_versions_are_read_from_what_programs_print(self):
        self.assertEqual(run.version_in("newsboat 2.44 - https://newsboat.org/"), "2.44")
        self.assertEqual(run.version_in("newsraft version 0.36"), "0.36")
        self.assertEqual(run.version_in("eilmeldung 1.7.1"), "1.7.1")
        self.assertEqual(run.version_in("usage: reader [-f FILE]"), "?")

    def test_stories_are_the_same_for_the_same_number(self):
        self.assertEqual(run.story(7), run.story(7))
        self.assertIn(run.RARE, " ".join(run.story(5)[1]))


if __name__ == "__main__":
    unittest.main()
