//! Tests of files as other programs write them: emails, feeds, records, clippings, crawls. Only the text is invented.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use dateline_core::article::Article;
use dateline_ingest as ingest;
use std::io::Write;

fn read(name: &str, source: impl AsRef<[u8]>) -> Vec<Article> {
    ingest::articles(name, source.as_ref()).unwrap()
}

fn day(article: &Article) -> Option<String> {
    article.published.as_ref().map(|published| published.date.to_string())
}

fn authors(article: &Article) -> Vec<&str> {
    article.byline.iter().map(|name| name.value.as_str()).collect()
}

#[test]
fn a_letter_is_known_by_its_head_whatever_its_body() {
    let letter = "From: The Mill Letter <letter@mill.example>\nSubject: The mill and you\nDate: Fri, 3 May 2024 06:00:00 +0100\n\
        MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<html><head><title>x</title></head><body><p>The mill will close on Friday, its owner said.</p></body></html>\n";
    let article = read("letter", letter).remove(0);
    assert_eq!(article.title(), "The mill and you");
    assert!(!article.text.contains("MIME"), "{}", article.text);
    let saved = "From: <Saved by Browser>\nSnapshot-Content-Location: https://post.example/1\nSubject: Mill to close\nMIME-Version: 1.0\n\
        Content-Type: multipart/related; type=\"text/html\"; boundary=\"--b\"\n\n----b\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n\
        <html><head><title>Mill to close</title></head><body><article><h1 class=3D\"t\">Mill to close</h1><p>The mill will close on Frid=\nay, its owner said after the meeting.</p></article></body></html>\n----b--\n";
    let article = read("page", saved).remove(0);
    assert_eq!(article.title(), "Mill to close");
    assert!(article.text.ends_with("close on Friday, its owner said after the meeting."), "{}", article.text);
}

#[test]
fn the_text_of_a_feed_is_read_however_it_is_escaped() {
    let feed = "<rss><channel><title>Post</title>\
        <item><title>&lt;mill&gt; has moved</title><description><![CDATA[&lt;p&gt;The mill &amp;amp; the weir are shut.&lt;/p&gt;&lt;p&gt;No one came.&lt;/p&gt;]]></description></item>\
        <item><title>The &lt;i&gt;Varde&lt;/i&gt; sails</title><description>Prices are 3 &lt; 4 crowns, says the board.</description></item></channel></rss>";
    let items = read("a.xml", feed);
    assert_eq!(items[0].title(), "<mill> has moved");
    assert!(items[0].text.ends_with("The mill & the weir are shut.\n\nNo one came."), "{}", items[0].text);
    assert_eq!(items[1].title(), "The Varde sails");
    assert!(items[1].text.contains("3 < 4 crowns"), "{}", items[1].text);
    let atom = "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:media='http://search.yahoo.com/mrss/'><title>Post</title>\
        <entry><id>1</id><title>Mill</title><content type='CDATA'><![CDATA[<p>Shut &amp; <b>sold</b></p>]]></content></entry>\
        <entry><id>2</id><title>Film</title><media:group><media:description>The wheel turned for the last time.</media:description></media:group></entry></feed>";
    let items = read("b.xml", atom);
    assert!(items[0].text.ends_with("Shut & sold"), "{}", items[0].text);
    assert!(items[1].text.ends_with("The wheel turned for the last time."), "{}", items[1].text);
}

#[test]
fn a_feed_with_a_mark_of_utf_8_and_another_encoding_is_read_as_it_declares() {
    let mut feed = b"\xef\xbb\xbf<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><rss><channel><item><title>M".to_vec();
    feed.extend_from_slice(
        b"\xfchle geschlossen</title><description>Die Stra\xdfe ist zu.</description></item></channel></rss>",
    );
    let article = read("a.xml", &feed).remove(0);
    assert_eq!(article.title(), "Mühle geschlossen");
    assert!(article.notes[0].contains("despite a mark of UTF-8"), "{:?}", article.notes);
}

#[test]
fn records_of_other_extractors_and_readers() {
    let text = "The mill at Lowmoor will close on Friday, its owner said.";
    let records = [
        format!(
            r#"{{"title":"Mill to close","author":"Ana Ruiz","hostname":"post.example","date":"2024-05-03","source":"https://post.example/1","text":"{text}"}}"#
        ),
        format!(
            r#"{{"authors":["Ana Ruiz"],"date_publish":"2024-05-03 10:00:00","maintext":"{text}","source_domain":"post.example","title":"Mill to close"}}"#
        ),
        format!(
            r#"{{"title":"Mill to close","authors":["Ana Ruiz"],"publish_date":"2024-05-03T00:00:00","cleaned_text":"{text}","domain":"post.example"}}"#
        ),
        format!(
            r#"{{"title":"Mill to close","byline":"Ana Ruiz","content":"<div><p>{text}</p></div>","textContent":"{text}","siteName":"post.example","publishedTime":"2024-05-03T10:00:00Z"}}"#
        ),
        format!(
            r#"[{{"title":{{"rendered":"Mill to close"}},"date":"2024-05-03T10:00:00","author":"Ana Ruiz","link":"https://post.example/1","site":"post.example","content":{{"rendered":"<p>{text}</p>","protected":false}}}}]"#
        ),
        format!(
            r#"{{"id":"user/-/x","items":[{{"id":"tag:1","title":"Mill to close","published":1714730400,"author":"Ana Ruiz","canonical":[{{"href":"https://post.example/1"}}],"summary":{{"content":"<p>{text}</p>"}},"origin":{{"title":"post.example"}}}}]}}"#
        ),
        format!(
            r#"{{"total":1,"entries":[{{"id":7,"title":"Mill to close","published_at":"2024-05-03T10:00:00Z","author":"Ana Ruiz","content":"<p>{text}</p>","feed":{{"title":"post.example"}}}}]}}"#
        ),
    ];
    for record in records {
        let article = read("a.json", &record).remove(0);
        assert_eq!(article.title(), "Mill to close", "{record}");
        assert!(article.text.ends_with(text), "{}", article.text);
        assert_eq!(authors(&article), ["Ana Ruiz"], "{record}");
        assert_eq!(day(&article).as_deref(), Some("2024-05-03"), "{record}");
        assert_eq!(article.publisher.unwrap().value, "post.example", "{record}");
    }
}

#[test]
fn a_clipping_begins_with_its_headline_below_the_menu() {
    let clipping = "[Home](/) [News](/news)\n\n# Mill to close\n\nBy Ana Ruiz\n\n3 May 2024\n\nThe mill at Lowmoor\nwill close, its owner said.\n";
    let article = read("a.md", clipping).remove(0);
    assert_eq!(
        (article.title(), authors(&article), day(&article).as_deref()),
        ("Mill to close", vec!["Ana Ruiz"], Some("2024-05-03"))
    );
    assert!(article.text.ends_with("The mill at Lowmoor will close, its owner said."), "{}", article.text);
    assert_eq!(article.left_out[0].text, "Home News");
}

#[test]
fn dumps_of_readers_and_converters_keep_their_headline() {
    let story = "The mill at Lowmoor will close on Friday, its owner said after a meeting with the board of the weir.\n\nNobody had asked for it, and nobody will pay for it, said the keeper of the weir, who lives in the house beside it.\n";
    let saved = format!(
        "Feed: Post\nTitle: Mill to close\nAuthor: Ana Ruiz\nDate: Fri, 03 May 2024 10:00:00 +0000\nLink: https://post.example/1\n \n{story}"
    );
    let article = read("a.txt", saved).remove(0);
    assert_eq!(
        (article.title(), authors(&article), day(&article).as_deref()),
        ("Mill to close", vec!["Ana Ruiz"], Some("2024-05-03"))
    );
    assert_eq!(article.url.as_deref(), Some("https://post.example/1"));
    let converted = format!("****** Mill to close at the end of May ******\nBy Ana Ruiz\n3 May 2024\n{story}");
    assert_eq!(read("b.txt", converted).remove(0).title(), "Mill to close at the end of May");
}

#[test]
fn a_crawl_gives_pages_only_and_each_knows_its_address() {
    let page = "<html><body><article><h1>Mill to close</h1><p>The mill at Lowmoor will close on Friday, its owner said.</p></article></body></html>";
    let mut deflated = Vec::new();
    flate2::write::DeflateEncoder::new(&mut deflated, flate2::Compression::fast()).write_all(page.as_bytes()).unwrap();
    let answer = |kind: &str, more: &str, body: &[u8]| {
        [format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n{more}\r\n").as_bytes(), body].concat()
    };
    let record = |kind: &str, address: &str, body: &[u8]| {
        let head = format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        [head.as_bytes(), body, b"\r\n\r\n"].concat()
    };
    let crawl = [
        record("resource", "metadata://crawler.example/log", b"--output=mill the arguments of a crawler"),
        record(
            "response",
            "https://post.example/robots.txt",
            &answer("text/plain", "", b"User-agent: *\nDisallow: /mill\n"),
        ),
        record(
            "response",
            "https://post.example/sitemap.xml",
            &answer("text/xml", "", b"<urlset><url><loc>https://post.example/</loc></url></urlset>"),
        ),
        record(
            "response",
            "https://post.example/2024/05/03/mill",
            &answer("text/html", "Content-Encoding: deflate\r\n", &deflated),
        ),
    ]
    .concat();
    let unread = record(
        "response",
        "https://post.example/b",
        &answer("text/html", "Content-Encoding: compress\r\n", b"\x1f\x9d"),
    );
    let refused = ingest::articles("crawl.warc", &unread).unwrap_err().to_string();
    assert!(refused.contains("compressed as compress"), "{refused}");
    let found = read("crawl.warc", &crawl);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].title(), day(&found[0]).as_deref()), ("Mill to close", Some("2024-05-03")));
}

/// HTML page compressed with brotli, in base64.
const BROTLI: &str = "G5cAYKwOeLMaJ6UPVGFl+nWpmcLo7mQZGlzyUF3lWxtIpd01iM+bHLcxaOyp1giaxxXtmdvYuQmBOFwlQbmHRsoZqFZ5NhfQVJnZwoXHwrVZQaRofYwGA0fSc2CeQoAhnItnJSatrgc7";

#[test]
fn a_page_of_a_crawl_is_read_however_its_server_packed_it() {
    let page = b"<html><body><article><h1>Weir to open</h1><p>The weir at Lowmoor will open on Friday, the water board said in the town hall.</p></article></body></html>";
    let gzip = |bytes: &[u8]| {
        let mut out = Vec::new();
        flate2::write::GzEncoder::new(&mut out, flate2::Compression::fast()).write_all(bytes).unwrap();
        out
    };
    let brotli = base64::Engine::decode(&base64::prelude::BASE64_STANDARD, BROTLI).unwrap();
    let zstd = zstd::encode_all(&page[..], 1).unwrap();
    for (encoding, body) in [
        ("br", brotli.clone()),
        ("BR", page.to_vec()),
        ("zstd", zstd),
        ("br, gzip", gzip(&brotli)),
        ("gzip,gzip", gzip(&gzip(page))),
        ("identity", gzip(page)),
    ] {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: {encoding}\r\n\r\n");
        let length = head.len() + body.len();
        let record = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://post.example/1\r\nContent-Length: {length}\r\n\r\n{head}"
        );
        let crawl = [record.as_bytes(), &body, b"\r\n\r\n"].concat();
        assert_eq!(read("crawl.warc", &crawl)[0].title(), "Weir to open", "{encoding}");
    }
}

#[test]
fn an_item_of_a_feed_gives_the_more_telling_of_two_fields() {
    let feed = "<rss xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd' xmlns:feedburner='http://rssnamespace.org/feedburner/ext/1.0' xmlns:xhtml='http://www.w3.org/1999/xhtml'>\
        <channel><title>Post</title><language>de</language>\
        <item><itunes:title>The mill</itunes:title><description>A talk.</description><itunes:summary>A talk with the miller about the wheel and the weir.</itunes:summary><pubDate>Fr, 03 Mai 2024 10:00:00 +0200</pubDate></item>\
        <item><title>Weir</title><link>https://count.example/r/1</link><feedburner:origLink>https://post.example/weir</feedburner:origLink><author>Von Ana Ruiz, Bo Lee</author><xhtml:div><p>The weir is shut.</p></xhtml:div></item>\
        </channel></rss>";
    let items = read("a.xml", feed);
    assert_eq!((items[0].title(), day(&items[0]).as_deref()), ("The mill", Some("2024-05-03")));
    assert!(items[0].text.ends_with("about the wheel and the weir."), "{}", items[0].text);
    assert_eq!(items[1].url.as_deref(), Some("https://post.example/weir"));
    assert_eq!(authors(&items[1]), ["Ana Ruiz", "Bo Lee"]);
    assert!(items[1].text.ends_with("The weir is shut."), "{}", items[1].text);
    let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><title>Post</title><entry><id>1</id><title>Mill</title><link rel='self' href='https://post.example/x'/>\
        <link rel='http://www.iana.org/assignments/relation/alternate' href='https://post.example/mill'/><content>Shut.</content></entry></feed>";
    assert_eq!(read("b.xml", atom)[0].url.as_deref(), Some("https://post.example/mill"));
}

#[test]
fn records_keep_their_paragraphs_authors_and_address() {
    let record = r#"{"title":"Mill to close","byline":"By Ana Ruiz and Bo Lee","content":"<div><p>It will close.</p><p>Nobody minds.</p></div>","textContent":"It will close.Nobody minds."}"#;
    let article = read("a.json", record).remove(0);
    assert!(article.text.ends_with("It will close.\n\nNobody minds."), "{}", article.text);
    assert_eq!(authors(&article), ["Ana Ruiz", "Bo Lee"]);
    let record = r#"{"title":"Mill to close","author":"Ana Ruiz; Bo Lee","source":"https://post.example/mill","source-hostname":"Post","text":"It will close."}"#;
    let article = read("a.json", record).remove(0);
    assert_eq!(
        (authors(&article), article.url.as_deref()),
        (vec!["Ana Ruiz", "Bo Lee"], Some("https://post.example/mill"))
    );
    let record = r#"[{"author":5,"title":{"rendered":"Mill"},"content":{"rendered":"<p>It will close.</p>"},"_embedded":{"author":[{"id":5,"name":"Ana Ruiz"}]}}]"#;
    assert_eq!(authors(&read("a.json", record)[0]), ["Ana Ruiz"]);
}

#[test]
fn the_markdown_that_converters_make_of_a_page_is_known_by_its_links() {
    let dump = "  * [Home](https://post.example/)\n  * [News](https://post.example/news)\n\n# Mill to close\n\nBy [Ana Ruiz](https://post.example/ana)\n\n\
        The mill at Lowmoor will close on [Friday](https://post.example/friday), its owner said after a\nmeeting with the board of the weir.\n";
    let article = read("a.txt", dump).remove(0);
    assert_eq!((article.title(), authors(&article)), ("Mill to close", vec!["Ana Ruiz"]));
    assert!(
        article.text.ends_with("close on Friday, its owner said after a meeting with the board of the weir."),
        "{}",
        article.text
    );
    assert!(!article.text.contains("Home"), "{}", article.text);
}

#[test]
fn a_list_of_feeds_keeps_folders_categories_and_pages() {
    let list = "<opml version='2.0'><head><title>Feeds</title></head><body><outline text='News'><outline text='North'>\
        <outline text='Post' xmlUrl='https://post.example/rss' htmlUrl='https://post.example/' category='/river,/mill'/></outline></outline>\
        <outline text='Weir' xmlUrl='https://weir.example/rss'/></body></opml>";
    let article = read("a.opml", list).remove(0);
    let lines: Vec<_> =
        article.blocks.iter().skip(2).map(|block| (block.level, block.span.of(&article.text))).collect();
    assert_eq!(
        lines,
        [
            (Some(1), "News"),
            (Some(2), "North"),
            (Some(3), "Post: https://post.example/rss, page: https://post.example/, categories: /river, /mill"),
            (Some(1), "Weir: https://weir.example/rss"),
        ]
    );
    let links: Vec<_> = article.links.iter().map(|link| link.span.of(&article.text)).collect();
    assert_eq!(links, ["https://post.example/rss", "https://post.example/", "https://weir.example/rss"]);
}
