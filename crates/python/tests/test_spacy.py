"""Tests of the component for spaCy, where spaCy is installed."""
import unittest

try:
    import spacy
except ImportError:
    spacy = None

STORY = "“The bridge is safe,” harbour master Mara Odell said on Monday in Ravenholt. The ferry returns on 14 May 2024."


@unittest.skipUnless(spacy, "spaCy is not installed")
class Component(unittest.TestCase):
    def setUp(self):
        self.nlp = spacy.blank("en")
        self.nlp.add_pipe("dateline", config={"published": "2024-05-08"})

    def test_the_annotations_are_spans_of_the_document(self):
        doc = self.nlp(STORY)
        self.assertIn(("Mara Odell", "PERSON"), [(ent.text, ent.label_) for ent in doc.ents])
        (quote,) = doc._.quotes
        self.assertEqual((quote.content.text, quote.speaker.text, quote.cue.text), ("The bridge is safe,", "Mara Odell", "said"))
        self.assertIn("2024-05-14", [row.event.begin for row in doc._.timeline])
        self.assertTrue(all(row.sentence.doc is doc for row in doc._.timeline))

    def test_a_date_of_the_document_comes_first(self):
        doc = self.nlp.make_doc("The ferry sank on Monday.")
        doc.user_data["published"] = "2023-09-24"
        doc = self.nlp.get_pipe("dateline")(doc)
        self.assertEqual(doc._.dateline.times[0].value, "2023-09-18")

    def test_an_empty_document_has_nothing(self):
        doc = self.nlp("")
        self.assertEqual((list(doc.ents), doc._.quotes, doc._.timeline), ([], [], []))


if __name__ == "__main__":
    unittest.main()
