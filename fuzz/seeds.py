"""Writes a few small, right inputs for each target that needs a shape to start from, into fuzz/seeds."""
import io, pathlib, zipfile

ROOT = pathlib.Path(__file__).parent / "seeds"
STORY = "Mara Odell said on Saturday that the harbour would reopen. “We are ready,” she told reporters in Ostrel."

PAGE = f"""<!doctype html><html lang="en"><head><title>Harbour to reopen - The Ostrel Post</title>
<meta property="og:title" content="Harbour to reopen"><meta name="author" content="Ana Ruiz">
<script type="application/ld+json">{{"@type":"NewsArticle","headline":"Harbour to reopen","datePublished":"2023-09-24T08:00:00Z"}}</script>
</head><body><nav><a href="/">Home</a></nav><article><h1>Harbour to reopen</h1><p>By Ana Ruiz</p><time datetime="2023-09-24">24 Sept</time>
<figure><img src="a.jpg" alt="A pier"><figcaption>The pier. (AFP photo)</figcaption></figure><p>{STORY}</p><p>{STORY}</p>
<ul><li>One</li><li><a href="https://a.example/b?c">Two</a></li></ul><table><tr><th>a</th><td>b</td></tr></table><blockquote>{STORY}</blockquote>
</article><footer>All rights reserved</footer></body></html>"""

RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Post</title>
<link>https://a.example/</link><item><title>Harbour &amp; pier</title><link>https://a.example/1</link><guid>1</guid>
<pubDate>Sun, 24 Sep 2023 08:00:00 GMT</pubDate><description>{STORY}</description><content:encoded><![CDATA[<p>{STORY}</p>]]></content:encoded>
</item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title><entry><title type="html">Harbour</title><id>urn:1</id>
<link href="https://a.example/1"/><updated>2023-09-24T08:00:00Z</updated><content type="html">&lt;p&gt;{STORY}&lt;/p&gt;</content></entry></feed>"""
OPML = '<opml version="2.0"><body><outline text="News"><outline type="rss" xmlUrl="https://a.example/feed" title="Post"/></outline></body></opml>'
NITF = f"<nitf><head><title>Harbour</title></head><body><body.head><hedline><hl1>Harbour</hl1></hedline></body.head><body.content><p>{STORY}</p></body.content></body></nitf>"

MAIL = f"From: Ana <ana@a.example>\r\nSubject: =?utf-8?Q?Harbour_=E2=80=93_open?=\r\nDate: Sun, 24 Sep 2023 08:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{STORY}\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>{STORY}</p>\r\n--x--\r\n"
BODY = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}".encode()
WARC = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/1\r\nContent-Length: " + str(len(BODY)).encode() + b"\r\n\r\n" + BODY + b"\r\n\r\n"
MARKDOWN = f"---\ntitle: Harbour\ndate: 2023-09-24\n---\n# Harbour\n\n{STORY}\n\n> {STORY}\n\n- one\n- two [three](https://a.example)\n\n| a | b |\n|---|---|\n| c | d |\n\n```\ncode\n```\n\nA note.[^1]\n\n[^1]: Here.\n"
RECORD = f'{{"id":"1","title":"Harbour","text":"{STORY}","date":"2023-09-24","url":"https://a.example/1"}}'


def book(deflated):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        archive.writestr("META-INF/container.xml", '<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>')
        archive.writestr("b.opf", '<package><metadata><dc:title>Harbours</dc:title></metadata><manifest><item id="c" href="c.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="c"/></spine></package>')
        archive.writestr("c.xhtml", f"<html><body><h1>One</h1><p>{STORY}</p></body></html>")
    return out.getvalue()


# Changes of another machine to the story that the property of `pair` has in its library.
OLD = "293c60b34993.293c60b349939b83104569c028b20493"
CHANGES = [
    f'{{"kind":"highlight","story":"{OLD}","key":"e1d049f62d38a74c.1","time":1796091937000,"by":"b2","value":{{"start":4,"exact":"ferry","prefix":"The ","suffix":" sails again on Monday, the harbour master said.","colour":"important","note":"Late again.","created":1796091937}}}}',
    f'{{"kind":"star","story":"{OLD}","time":1796091937001,"by":"b2","value":true}}',
    f'{{"kind":"tag","story":"{OLD}","key":"harbour","time":1796091937002,"by":"b2","value":true}}',
    f'{{"kind":"note","story":"{OLD}","time":1796091937003,"by":"b2","value":"Call the harbour.","seen":{{"b2":1796091937002}}}}',
    f'{{"kind":"read","story":"{OLD}","time":1796091937004,"by":"c3","value":true}}',
    '{"kind":"story","story":"4d65b7a1b2c3.0123456789abcdef0123456789abcdef","time":1796091937005,"by":"b2","value":{"kind":"article","uid":"4d65b7a1b2c3","source":"b","identities":["0123456789abcdef0123456789abcdef"],"article":{"id":"b","text":"' + STORY + '","body":0,"blocks":[]},"raw":"none"}}',
    '{"kind":"view","key":"Sea","time":1796091937006,"by":"b2","value":{"name":"Sea","query":"ferry"}}',
]

# Answers of a feed server, one request a line: feeds and entries of Miniflux; lists and contents of the Google Reader API.
ANSWERS = [
    '{"username":"ada"}\n[{"id":1,"feed_url":"https://a.example/feed","title":"Post","category":{"title":"Sea"}}]\n'
    '{"total":1,"entries":[{"id":7,"feed_id":1,"status":"unread","title":"Harbour","url":"https://a.example/1","author":"Ana Ruiz","published_at":"2023-09-24T08:00:00Z","content":"<p>' + STORY + '</p>","starred":true}]}\n{"total":0,"entries":[]}',
    '{"subscriptions":[{"id":"feed/1","title":"Post","url":"https://a.example/feed","categories":[{"id":"user/1/label/Sea","label":"Sea"}]}]}\n'
    '{"itemRefs":[{"id":"7"}]}\n{"itemRefs":[]}\n{"itemRefs":[{"id":"7"}]}\n{"itemRefs":[{"id":"7"}]}\ntoken\n'
    '{"items":[{"id":"tag:google.com,2005:reader/item/0000000000000007","title":"Harbour","published":1695542400,"canonical":[{"href":"https://a.example/1"}],"origin":{"streamId":"feed/1","title":"Post"},"categories":["user/1/state/com.google/reading-list"],"summary":{"content":"<p>' + STORY + '</p>"}}]}',
]


SEEDS = {
    "html": [PAGE],
    "feed": [RSS, ATOM, OPML, NITF],
    "mail": [MAIL, f"From ana Sun Sep 24 08:00:00 2023\n{MAIL}", WARC],
    "markdown": [MARKDOWN],
    "json": [RECORD, f"[{RECORD}]", f'{{"version":"https://jsonfeed.org/version/1.1","items":[{{"id":"1","content_text":"{STORY}"}}]}}',
             f'{{"@context":"https://schema.org","@type":"NewsArticle","headline":"Harbour","articleBody":"{STORY}"}}'],
    "epub": [book(False), book(True)],
    "query": ["speaker:babayan ceasefire published:2023-09..2023-10 -tag:done is:unread", '(a OR "b c") NOT title:/d+/ event:>=2023', "person:(x y) source:“z”"],
    "config": ['theme = "dark"\nmeasure = 60\npanels = ["quotes"]\n', '[reading]\n"g g" = "top"\n', '[colours]\ntext = "#ffffff"\n'],
    "identity": [RSS, ATOM],
    "pair": ["\n".join(CHANGES)] + CHANGES,
    "sync": ANSWERS,
    "anchor": [f"\x09\x07{STORY}\n{STORY} More.\nOther words.", f"\x00\x40{STORY}\nA lead. {STORY}"],
    "import": [f'{{"kind":"library","version":1}}\n{{"kind":"article","uid":"1","source":"a","article":{{"id":"a","text":"{STORY}","body":0}}}}\n'],
    "date": ["Published: Sunday, 24 September 2023 5:08 PM [ Last Update: 2023-09-24T18:00:00+04:00 ]", "SHUSHA, Sept 24 (Agency) — x", "By Ana Ruiz in Ostrel", "A pier. (AFP photo)", "24/9/2023 8.15am BST"],
    "decode": [STORY.encode("utf-16"), STORY.encode("utf-16-be"), STORY.encode("cp1252"), b"\xef\xbb\xbf" + STORY.encode(), PAGE.encode()],
}

for target, inputs in SEEDS.items():
    folder = ROOT / target
    folder.mkdir(parents=True, exist_ok=True)
    for number, content in enumerate(inputs):
        (folder / str(number)).write_bytes(content if isinstance(content, bytes) else content.encode())
