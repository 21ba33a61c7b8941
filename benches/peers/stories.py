"""News stories made from words.json: as dense in names, quotes and times as real news, the same for the same number."""
import html, json, pathlib, random, re, time

WORDS = json.loads((pathlib.Path(__file__).parent / "words.json").read_text(encoding="utf-8"))
# A word in the body of every 997th story, none of them on the first screens of a list.
RARE = "quinquereme"
RARE_EVERY, RARE_FIRST = 997, 505
# Seconds since 1970 of the newest story; the others follow ten minutes apart.
NEWEST = 1_793_491_200
SLOT = re.compile(r"\{(\w+)\}")
ARTICLE = re.compile(r"\b([Aa]) ([aeiou])")
# Slots whose words are in a list of another name.
LISTS = {"tail": "tails", "region": "regions", "role": "roles", "base": "verbs_base",
         "past": "verbs_past", "weekday": "weekdays", "month": "months", "adjective": "adjectives", 
         "matter": "matters", "adverb": "adverbs", "amount": "amounts", "clause": "clauses", "ordinal": "ordinals"}


class Story:
    """A title and paragraphs. People are introduced with a role and a full name, and later called by their surname."""

    def __init__(self, number, size=3700):
        self.dice = random.Random(number)
        self.cast = [self.invented_person() for _ in range(self.dice.randint(4, 7))]
        self.places = [self.town() for _ in range(4)]
        self.bodies = [self.fill(self.dice.choice(WORDS["organisations"])) for _ in range(4)]
        self.introduced = set()
        self.last = self.cast[0]
        self.title = f"Story{number:06d} " + self.sentence(self.dice.choice(WORDS["headlines"]))
        self.paragraphs = [self.sentence(self.dice.choice(WORDS["datelines"])) + self.paragraph()]
        while sum(map(len, self.paragraphs)) < size:
            self.paragraphs.append(self.paragraph())
        if number % RARE_EVERY == RARE_FIRST:
            self.paragraphs[-1] += f" A {RARE} was seen."

    def paragraph(self):
        kinds = self.dice.choices(["quotes", "facts"], weights=[2, 5], k=self.dice.choice([1, 2, 2, 3, 3]))
        return " ".join(self.sentence(self.dice.choice(WORDS[kind])) for kind in kinds)

    def sentence(self, pattern):
        words = ARTICLE.sub(r"\1n \2", self.fill(pattern))
        return words[:1].upper() + words[1:]

    def fill(self, pattern):
        """Replaces slots until none is left, because words have slots of their own."""
        while "{" in pattern:
            pattern = SLOT.sub(lambda slot: self.word(slot.group(1)), pattern)
        return pattern

    def word(self, slot):
        if slot.endswith("_title"):
            words = self.word(slot.removesuffix("_title"))
            return words[:1].upper() + words[1:]
        if slot in LISTS:
            return self.dice.choice(WORDS[LISTS[slot]])
        if slot in WORDS:
            return self.dice.choice(WORDS[slot])
        return getattr(self, f"{slot}_slot")()

    def invented_person(self):
        female = self.dice.random() < 0.5
        first = self.dice.choice(WORDS["first_women" if female else "first_men"])
        return first, self.family(), "she" if female else "he"

    def family(self):
        return self.joined("surname")

    def town(self):
        return self.joined("place")

    def joined(self, kind):
        return "".join(self.dice.choice(WORDS[part]) for part in (f"{kind}_heads", "middles", f"{kind}_tails"))

    def speaker_slot(self):
        self.last = self.dice.choice(self.cast)
        first, surname, _ = self.last
        if surname in self.introduced:
            return surname
        self.introduced.add(surname)
        quality = self.dice.choice(WORDS["qualities"])
        shapes = [f"{first} {surname}, the {quality} {{role}} of {self.organisation_slot()}", f"{{role}} {first} {surname}",
                  f"{first} {surname}, {self.dice.randint(21, 79)}, a {{role}} from {self.place_slot()}"]
        return self.dice.choice(shapes)

    def person_slot(self):
        first, surname, _ = self.dice.choice(self.cast)
        return surname if surname in self.introduced else f"{first} {surname}"

    def surname_slot(self):
        return self.dice.choice(self.cast)[1] if hasattr(self, "cast") and hasattr(self, "introduced") else self.family()

    def pronoun_slot(self):
        return self.last[2]

    def place_slot(self):
        # Some places are in one story only, as in news.
        return self.dice.choice(self.places) if hasattr(self, "places") and self.dice.random() < 0.8 else self.town()

    def organisation_slot(self):
        return self.dice.choice(self.bodies)

    def noun_slot(self):
        # Compounds make the long tail of the vocabulary.
        if self.dice.random() < 0.7:
            return self.dice.choice(WORDS["nouns"])
        return self.dice.choice(WORDS["compounds"]) + self.dice.choice(["", " ", "-"]) + self.dice.choice(WORDS["heads"])

    def verb_not_slot(self):
        return self.dice.choice(["", "not ", "never "])

    def year_slot(self):
        return str(self.dice.randint(1950, 2026))

    def day_slot(self):
        return str(self.dice.randint(1, 28))

    def n_slot(self):
        return str(self.dice.randint(2, 99))

    def nn_slot(self):
        return str(self.dice.randint(100, 999))

    nnn_slot = nn_slot


def story(number):
    """The title and the paragraphs of a story of some 3.8 kB."""
    made = Story(number)
    return made.title, made.paragraphs


def marker(number):
    """The beginning of a story's title, which no other story has."""
    return f"Story{number:06d}"


def text_size(number_of_stories):
    """Bytes of the titles and bodies of that many stories, from a sample of them."""
    sample = range(min(number_of_stories, 100))
    sizes = [len("\n\n".join([title, *paragraphs]).encode()) for title, paragraphs in map(story, sample)]
    return sum(sizes) / len(sizes) * number_of_stories


def write_feeds(folder, count, feeds=20):
    """Writes RSS feeds that share `count` stories; gives their paths."""
    return [write_feed(folder / f"feed{index:02d}.xml", index, range(index, count, feeds)) for index in range(feeds)]


def write_feed(path, index, numbers):
    with open(path, "w", encoding="utf-8") as out:
        out.write('<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
                  f"<channel><title>Peersfeed {index:02d}</title><link>http://localhost/{index}</link>")
        for number in numbers:
            out.write(item(number))
        out.write("</channel></rss>\n")
    return path


def item(number):
    """A story as an item of a feed: a teaser and the whole text, the newest story first."""
    title, paragraphs = story(number)
    day = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(NEWEST - number * 600))
    body = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs)
    teaser = html.escape(paragraphs[0].split(". ")[0])
    return (f"<item><title>{html.escape(title)}</title><link>http://localhost/{number}</link><guid>http://localhost/{number}</guid>"
            f"<pubDate>{day}</pubDate><description>{teaser}</description><content:encoded><![CDATA[{body}]]></content:encoded></item>\n")


def write_records(path, numbers):
    """Writes stories as JSON Lines."""
    with open(path, "w", encoding="utf-8") as out:
        for number in numbers:
            title, paragraphs = story(number)
            out.write(json.dumps({"id": str(number), "headline": title, "text": "\n\n".join(paragraphs)}) + "\n")
    return path


def write_long(folder, size):
    """Writes one text of `size` bytes twice: as plain text, and as a record of JSON Lines."""
    text = "\n\n".join(Story(1, size).paragraphs)
    plain, record = folder / "long.txt", folder / "long.jsonl"
    plain.write_text(text, encoding="utf-8")
    record.write_text(json.dumps({"id": "long", "text": text}) + "\n", encoding="utf-8")
    return plain, record
