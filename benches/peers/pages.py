"""Saved news pages around generated stories, in the markup of three kinds of news systems.

Like real pages, they are some 100 kB, of which a twentieth is the story. The rest are nested menus, teasers, notes on
cookies, comments, scripts with their data, and metadata.
"""
import html, json, pathlib, random, re, time
import stories
from stories import Story

FOLDER = pathlib.Path(__file__).parent / "pages"
SLOT = re.compile(r"\{\{(\w+)\}\}")
TEMPLATES = {name: (FOLDER / f"{name}.html").read_text(encoding="utf-8") for name in ("wordpress", "hydrated", "publisher")}
SECTIONS = ("News", "Politics", "Business", "Sport", "Culture", "Weather", "Opinion", "Jobs", "Video")
PURPOSES = ("Functional", "Statistics", "Marketing", "Preferences", "Measurement", "Social media")


class Page:
    """The parts of a page, by the names of their slots in the templates."""

    def __init__(self, number):
        self.number, self.dice, self.story = number, random.Random(-number - 1), Story(number)
        self.kind = list(TEMPLATES)[number % len(TEMPLATES)]
        self.titles = [Story(number + step, size=0).title for step in range(1, 25)]
        moment = time.gmtime(stories.NEWEST - number * 600)
        self.parts = {
            "number": str(number), "title": html.escape(self.story.title), "town": self.story.places[0],
            "author": " ".join(self.story.invented_person()[:2]), "url": f"https://news.example.org/{number}/story",
            "image": f"https://images.example.org/{number}/1024.jpg", "iso": time.strftime("%Y-%m-%dT%H:%M:%S+00:00", moment),
            "day": time.strftime("%d %B %Y, %H:%M", moment), "weekday": time.strftime("%A", moment),
            "teaser": html.escape(self.story.paragraphs[0].split(". ")[0]),
        }

    def html(self):
        return SLOT.sub(lambda slot: self.part(slot.group(1)), TEMPLATES[self.kind])

    def part(self, name):
        return self.parts[name] if name in self.parts else getattr(self, name)()

    def name(self, part):
        """A class name in the style of the system."""
        digest = f"{abs(hash_of(part)):06x}"[:6]
        return {"wordpress": f"wp-block-{part}", "hydrated": f"sc-{digest} {digest[::-1]}", "publisher": f"b-{part} b-{part}--default"}[self.kind]

    def body(self):
        """Paragraphs, with the boxes that systems put between them."""
        out = []
        for index, paragraph in enumerate(self.story.paragraphs):
            text = html.escape(paragraph, quote=False)
            if self.kind == "hydrated":
                text = f'<div data-component="text-block" class="{self.name("text")}"><p class="{self.name("paragraph")}">{text}</p></div>'
            else:
                text = f"<p>{text}</p>\n"
            out.append(text)
            if index % 4 == 2:
                out.append(self.inset(index))
        return "".join(out)

    def inset(self, index):
        link = f'<a href="/{index}">{html.escape(self.titles[index % len(self.titles)])}</a>'
        boxes = [f'<div class="{self.name("ad")}" data-slot="inline-{index}"><span>Advertisement</span></div>',
                 f'<div class="{self.name("readmore")}"><strong>Read more:</strong> {link}</div>',
                 f'<aside class="{self.name("newsletter")}"><h3>Never miss a story</h3><p>Sign up for our newsletter.</p></aside>']
        return boxes[index // 4 % len(boxes)]

    def menu(self):
        return "".join(self.menu_entry(section) for section in SECTIONS)

    def menu_entry(self, section):
        towns = [self.story.town() for _ in range(7)]
        nested = "".join(f'<li class="{self.name("menu-item")} menu-item menu-item-type-taxonomy menu-item-{index}"><a href="https://news.example.org/{section.lower()}/{town.lower()}/" data-link-name="nav-{index}">{town}</a></li>'
                         for index, town in enumerate(towns))
        return (f'<li class="{self.name("menu-item")} menu-item-has-children"><a href="/{section.lower()}/" aria-haspopup="true"><span>{section}</span></a>'
                f'<div class="{self.name("submenu")}"><div class="inner"><ul class="sub-menu">{nested}</ul></div></div></li>')

    def links(self, titles):
        return "".join(f'<li class="{self.name("item")}"><a href="{address(title, index)}" class="{self.name("link")}" data-link-name="item-{index}"><span class="{self.name("link-text")}">{html.escape(title)}</span></a></li>'
                       for index, title in enumerate(titles))

    def ticker(self):
        return self.links(self.titles[:6])

    def recent(self):
        return self.links(self.titles[6:14])

    def related(self):
        return "".join(self.card(title, index) for index, title in enumerate(self.titles[12:]))

    def card(self, title, index):
        """A teaser with its picture, nested as deeply as cards are."""
        teaser = html.escape(self.story.sentence(self.dice.choice(stories.WORDS["facts"])))
        return (f'<div class="{self.name("card")}"><div class="{self.name("card-inner")}"><a href="{address(title, index)}" class="{self.name("card-link")}" data-link-name="card-{index}">'
                f'<div class="{self.name("thumb")}"><div class="ratio"><img loading="lazy" decoding="async" width="300" height="169" src="https://images.example.org/r/{index}-300.jpg" '
                f'srcset="https://images.example.org/r/{index}-600.jpg 2x" alt="" /></div></div></a><div class="{self.name("card-text")}"><h3 class="{self.name("card-title")}">'
                f'<a href="{address(title, index)}">{html.escape(title)}</a></h3><p>{teaser}</p><div class="meta"><time datetime="{self.parts["iso"]}">{index + 1} hours ago</time></div></div></div></div>')

    def comments(self):
        return "".join(self.comment(index) for index in range(8))

    def comment(self, index):
        words = html.escape(" ".join(self.story.sentence("{spoken}.") for _ in range(self.dice.randint(1, 3))))
        return (f'<li class="comment {"even" if index % 2 else "odd"} {self.name("comment")}" id="comment-{index}"><article class="comment-body"><footer class="comment-meta"><div class="comment-author vcard">'
                f'<img alt="" src="/avatar/{index}.png" class="avatar" height="32" width="32" /><b class="fn">reader{index * 37}</b> <span class="says">says:</span></div><div class="comment-metadata">'
                f'<a href="#comment-{index}"><time datetime="{self.parts["iso"]}">{index + 1} hours ago</time></a></div></footer><div class="comment-content"><p>{words}</p></div><div class="reply"><a href="#respond" rel="nofollow">Reply</a></div></article></li>')

    def share(self):
        path = "M18.244 2.25h3.308l-7.227 8.26 8.502 11.24H16.17l-5.214-6.817L4.99 21.75H1.68l7.73-8.835L1.254 2.25H8.08l4.713 6.231z"
        return "".join(f'<li class="share-{name.lower()}"><a rel="nofollow noopener" target="_blank" href="https://{name.lower()}.example/share?u={self.parts["url"]}" title="Share on {name}">'
                       f'<svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true"><path d="{path}"/></svg><span>{name}</span></a></li>' for name in ("Chirp", "Faces", "Mail", "Link"))

    def tags(self):
        return " ".join(f'<li><a href="/tag/{place.lower()}" rel="tag">{place}</a></li>' for place in self.story.places)

    def consent(self):
        return "".join(f'<details class="{self.name("consent")}"><summary><span>{purpose}</span><input type="checkbox" id="c-{purpose}" /></summary><div class="description">'
                       f"The technical storage or access that is used for {purpose.lower()} purposes.</div></details>" for purpose in PURPOSES)

    def footer(self):
        columns = [f'<div class="{self.name("column")}"><h4>{section}</h4><ul>{self.links([self.story.town() for _ in range(6)])}</ul></div>' for section in SECTIONS[:5]]
        return "".join(columns) + '<ul class="legal"><li><a href="/terms">Terms</a></li><li><a href="/privacy">Privacy</a></li><li><a href="/contact">Contact us</a></li></ul>'

    def sources(self):
        return ", ".join(f"https://images.example.org/{self.number}/{width}.jpg {width}w" for width in (320, 480, 640, 800, 1024, 1536))

    def linked_data(self):
        parts = self.parts
        article = {"@type": "NewsArticle", "headline": self.story.title, "datePublished": parts["iso"], "dateModified": parts["iso"], "image": [parts["image"]],
                   "author": [{"@type": "Person", "name": parts["author"]}], "mainEntityOfPage": parts["url"], "articleSection": "News"}
        crumbs = {"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "position": index + 1, "name": name} for index, name in enumerate(("Home", "News"))]}
        return json.dumps({"@context": "https://schema.org", "@graph": [article, crumbs]})

    def vendors(self):
        return json.dumps([{"id": index, "name": f"{self.story.family()} Media", "purposes": list(range(1, 11)), "policyUrl": f"https://vendor{index}.example/privacy"} for index in range(50)])

    def state(self):
        """What scripts of the page get as data: configuration, and a copy of the teasers."""
        props = [{"id": f"urn:story:{index}", "title": title, "flags": {"isLive": False, "isBreaking": False}, "images": {"crops": {"16x9": f"/r/{index}-300.jpg", "1x1": f"/r/{index}-100.jpg"}},
                  "tracking": {"position": index, "container": "related", "variant": "control"}} for index, title in enumerate(self.titles * 2)]
        return json.dumps({"props": {"pageProps": {"promos": props}}, "page": "/story/[id]", "buildId": "r4Yx", "isFallback": False})

    def styles(self):
        return "".join(f".{name}-{size}{{font-size:{size}px;line-height:{size + 6}px;margin:0 0 {size // 2}px;color:#1{size:02d}}}@media(min-width:600px){{.{name}-{size}{{margin:0}}}}"
                       for name in ("title", "text", "card") for size in range(10, 22))


def address(title, index):
    """The link to a story, with the words of its title."""
    return "https://news.example.org/news/local/" + re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") + f"-{70_000 + index}"


def hash_of(text):
    """A number for a text, the same in every run (`hash` differs)."""
    return sum(ord(char) * 31 ** index for index, char in enumerate(text)) * 2_654_435_761 % (1 << 24)


def write_pages(folder, count):
    """Writes that many pages; gives their paths."""
    folder.mkdir()
    paths = [folder / f"{number:05d}.html" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(Page(number).html(), encoding="utf-8")
    return paths
