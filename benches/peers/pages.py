"""Saved news pages around generated stories, in the markup of three kinds of news systems.

Like real pages, they are some 80 kB, of which a twentieth is the story. The rest are nested menus, teasers, notes on
cookies, comments, scripts with their data, and metadata. The folder `pages` has the markup, with slots.
"""
import html, json, pathlib, random, re, time
import stories
from stories import Story

MARKUP = {path.stem: path.read_text(encoding="utf-8").rstrip("\n")
          for path in (pathlib.Path(__file__).parent / "pages").glob("*.html")}
SYSTEMS = ("wordpress", "hydrated", "publisher")
SLOT = re.compile(r"\{\{([\w:-]+)\}\}")
SECTIONS = ("News", "Politics", "Business", "Sport", "Culture", "Weather", "Opinion", "Jobs", "Video")
PURPOSES = ("Functional", "Statistics", "Marketing", "Preferences", "Measurement", "Social media")
SITES = ("Chirp", "Faces", "Mail", "Link")


class Page:
    """The parts of a page, by the names of their slots in the markup."""

    def __init__(self, number):
        self.number, self.dice, self.story = number, random.Random(-number - 1), Story(number)
        self.system = SYSTEMS[number % len(SYSTEMS)]
        self.titles = [Story(number + step, size=0).title for step in range(1, 25)]
        moment = time.gmtime(stories.NEWEST - number * 600)
        self.parts = {
            "number": str(number), "title": html.escape(self.story.title), "town": self.story.places[0],
            "author": " ".join(self.story.invented_person()[:2]), "url": f"https://news.example.org/{number}/story",
            "image": f"https://images.example.org/{number}/1024.jpg",
            "iso": time.strftime("%Y-%m-%dT%H:%M:%S+00:00", moment), "day": time.strftime("%d %B %Y, %H:%M", moment),
            "weekday": time.strftime("%A", moment), "teaser": html.escape(self.story.paragraphs[0].split(". ")[0]),
        }

    def html(self):
        return self.fill(self.system)

    def fill(self, name, **values):
        """Markup with its slots filled: by the values, then by the parts of the page, which are made when needed."""
        return SLOT.sub(lambda slot: str(values[slot.group(1)]) if slot.group(1) in values else self.part(slot.group(1)),
                        MARKUP[name])

    def part(self, name):
        if name.startswith("class:"):
            return self.class_name(name.removeprefix("class:"))
        return self.parts[name] if name in self.parts else getattr(self, name)()

    def class_name(self, part):
        """A class name in the style of the system. Some systems generate them."""
        digest = f"{number_of(part):06x}"
        return {"wordpress": f"wp-block-{part}", "hydrated": f"sc-{digest} {digest[::-1]}",
                "publisher": f"b-{part} b-{part}--default"}[self.system]

    def body(self):
        """Paragraphs, with the boxes that systems put between them."""
        out = []
        for index, paragraph in enumerate(self.story.paragraphs):
            text = html.escape(paragraph, quote=False)
            out.append(self.fill("text-block", paragraph=text) if self.system == "hydrated" else f"<p>{text}</p>\n")
            if index % 4 == 2:
                out.append(self.inset(index))
        return "".join(out)

    def inset(self, index):
        link = f'<a href="/{index}">{html.escape(self.titles[index % len(self.titles)])}</a>'
        boxes = [f'<div class="{self.class_name("ad")}" data-slot="inline-{index}"><span>Advertisement</span></div>',
                 f'<div class="{self.class_name("readmore")}"><strong>Read more:</strong> {link}</div>',
                 f'<aside class="{self.class_name("newsletter")}"><h3>Never miss a story</h3><p>Sign up for our newsletter.</p></aside>']
        return boxes[index // 4 % len(boxes)]

    def menu(self):
        return "".join(self.fill("menu-entry", section=section, path=section.lower(), nested=self.submenu(section))
                       for section in SECTIONS)

    def submenu(self, section):
        towns = [self.story.town() for _ in range(7)]
        return "".join(self.fill("menu-item", index=index, town=town, path=f"{section.lower()}/{town.lower()}")
                       for index, town in enumerate(towns))

    def links(self, titles):
        return "".join(self.fill("item", index=index, address=address(title, index), headline=html.escape(title))
                       for index, title in enumerate(titles))

    def ticker(self):
        return self.links(self.titles[:6])

    def recent(self):
        return self.links(self.titles[6:14])

    def related(self):
        return "".join(self.card(title, index) for index, title in enumerate(self.titles[12:]))

    def card(self, title, index):
        """A teaser with its picture, nested as deeply as cards are."""
        summary = html.escape(self.story.sentence(self.dice.choice(stories.WORDS["facts"])))
        return self.fill("card", index=index, address=address(title, index), headline=html.escape(title),
                         summary=summary, hours=index + 1)

    def comments(self):
        return "".join(self.comment(index) for index in range(8))

    def comment(self, index):
        words = " ".join(self.story.sentence("{spoken}.") for _ in range(self.dice.randint(1, 3)))
        return self.fill("comment", index=index, parity="even" if index % 2 else "odd", reader=f"reader{index * 37}",
                         hours=index + 1, words=html.escape(words))

    def share(self):
        return "".join(self.fill("share", **{"site-name": name, "site": name.lower()}) for name in SITES)

    def tags(self):
        return " ".join(f'<li><a href="/tag/{place.lower()}" rel="tag">{place}</a></li>' for place in self.story.places)

    def consent(self):
        return "".join(self.fill("consent", purpose=purpose) for purpose in PURPOSES)

    def footer(self):
        towns = [[self.story.town() for _ in range(6)] for _ in range(5)]
        columns = [f'<div class="{self.class_name("column")}"><h4>{section}</h4><ul>{self.links(names)}</ul></div>'
                   for section, names in zip(SECTIONS, towns)]
        legal = "".join(f'<li><a href="/{name.lower()}">{name}</a></li>' for name in ("Terms", "Privacy", "Contact"))
        return "".join(columns) + f'<ul class="legal">{legal}</ul>'

    def sources(self):
        widths = (320, 480, 640, 800, 1024, 1536)
        return ", ".join(f"https://images.example.org/{self.number}/{width}.jpg {width}w" for width in widths)

    def linked_data(self):
        parts = self.parts
        article = {"@type": "NewsArticle", "headline": self.story.title, "datePublished": parts["iso"],
                   "dateModified": parts["iso"], "image": [parts["image"]], "mainEntityOfPage": parts["url"],
                   "author": [{"@type": "Person", "name": parts["author"]}], "articleSection": "News"}
        crumbs = [{"@type": "ListItem", "position": index + 1, "name": name} for index, name in enumerate(("Home", "News"))]
        graph = [article, {"@type": "BreadcrumbList", "itemListElement": crumbs}]
        return json.dumps({"@context": "https://schema.org", "@graph": graph})

    def vendors(self):
        return json.dumps([{"id": index, "name": f"{self.story.family()} Media", "purposes": list(range(1, 11)),
                            "policyUrl": f"https://vendor{index}.example/privacy"} for index in range(50)])

    def state(self):
        """Data for the scripts of the page: configuration, and a copy of the teasers."""
        promos = [self.promo(index, title) for index, title in enumerate(self.titles * 2)]
        return json.dumps({"props": {"pageProps": {"promos": promos}}, "page": "/story/[id]", "buildId": "r4Yx"})

    def promo(self, index, title):
        crops = {"16x9": f"/r/{index}-300.jpg", "1x1": f"/r/{index}-100.jpg"}
        return {"id": f"urn:story:{index}", "title": title, "flags": {"isLive": False, "isBreaking": False},
                "images": {"crops": crops}, "tracking": {"position": index, "container": "related", "variant": "control"}}

    def styles(self):
        rule = ".{0}-{1}{{font-size:{1}px;line-height:{2}px;margin:0 0 {1}px}}@media(min-width:600px){{.{0}-{1}{{margin:0}}}}"
        return "".join(rule.format(name, size, size + 6) for name in ("title", "text", "card") for size in range(10, 22))


def address(title, index):
    """The link to a story, with the words of its title."""
    slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    return f"https://news.example.org/news/local/{slug}-{70_000 + index}"


def number_of(text):
    """A number below 2^24 for a text, the same in every run. The results of `hash` differ."""
    return sum(ord(char) * 31 ** index for index, char in enumerate(text)) * 2_654_435_761 % (1 << 24)


def write_pages(folder, count):
    """Writes that many pages; gives their paths."""
    folder.mkdir()
    paths = [folder / f"{number:05d}.html" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(Page(number).html(), encoding="utf-8")
    return paths
