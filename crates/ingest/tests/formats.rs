//! Tests of the articles that each input format becomes.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use dateline_core::article::{Article, BlockKind};
use dateline_ingest::{self as ingest, Error, Format};
use std::io::Write;

fn read(name: &str, bytes: &[u8]) -> Vec<Article> {
    ingest::articles(name, bytes).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn headlines(articles: &[Article]) -> Vec<&str> {
    articles.iter().map(|article| article.headline.as_ref().map_or("", |headline| headline.value.as_str())).collect()
}

fn refusal(name: &str, bytes: &[u8]) -> String {
    match ingest::articles(name, bytes) {
        Ok(articles) => panic!("{name} gave {} articles", articles.len()),
        Err(error) => error.to_string(),
    }
}

const RSS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Harbour Post</title><link>https://post.example/</link><language>en-gb</language>
<item><title>Ferry &amp; bridge reopen</title><link>/ferry</link><guid isPermaLink="false">post-17</guid>
<pubDate>Fri, 17 May 2024 08:30:00 +0100</pubDate><dc:creator>Ana Ruiz</dc:creator><category>Transport</category>
<enclosure url="https://post.example/ferry.mp3" type="audio/mpeg" length="1"/>
<description>A short word.</description>
<content:encoded><![CDATA[<p>The ferry <a href="/timetable">sails again</a>.</p><ul><li>Daily</li></ul>]]></content:encoded></item>
<item><title>Mill shut</title><link>https://post.example/mill</link><description>&lt;p&gt;The mill is shut.&lt;/p&gt;</description></item>
</channel></rss>"#;

#[test]
fn an_item_of_a_feed_is_an_article_with_its_full_text() {
    let articles = read("post.rss", RSS.as_bytes());
    assert_eq!(headlines(&articles), ["Ferry & bridge reopen", "Mill shut"]);
    let ferry = &articles[0];
    assert_eq!(ferry.id, "post-17");
    assert_eq!(ferry.url.as_deref(), Some("https://post.example/ferry"));
    assert_eq!(ferry.publisher.as_ref().unwrap().value, "The Harbour Post");
    assert_eq!(ferry.byline[0].value, "Ana Ruiz");
    assert_eq!(ferry.section, ["Transport"]);
    assert_eq!(ferry.language.as_deref(), Some("en"));
    assert_eq!(ferry.published.as_ref().unwrap().moment.as_deref(), Some("2024-05-17T08:30:00+01:00"));
    assert_eq!(ferry.media, ["https://post.example/ferry.mp3"]);
    assert_eq!(ferry.standfirst.as_ref().unwrap().value, "A short word.");
    assert_eq!(&ferry.text[ferry.body..], "The ferry sails again.\n\nDaily");
    assert_eq!(ferry.links[0].span.of(&ferry.text), "sails again");
    assert_eq!(ferry.links[0].url, "https://post.example/timetable");
    assert_eq!(&articles[1].text[articles[1].body..], "The mill is shut.");
}

#[test]
fn the_content_module_is_html_in_atom_too() {
    for (declared, text) in [
        (
            r#" xmlns:content="http://purl.org/rss/1.0/modules/content/""#,
            "<![CDATA[<p>The ferry <em>sails</em>.</p>]]>",
        ),
        ("", "&lt;p&gt;The ferry &lt;em&gt;sails&lt;/em&gt;.&lt;/p&gt;"),
    ] {
        let atom = format!(
            r#"<feed xmlns="http://www.w3.org/2005/Atom"{declared}><title>Post</title><entry><title>Ferry</title><id>tag:1</id>
            <content:encoded>{text}</content:encoded></entry></feed>"#
        );
        let article = read("a", atom.as_bytes()).remove(0);
        assert_eq!(article.text, "Ferry\n\nThe ferry sails.", "{declared}");
    }
}

#[test]
fn atom_of_both_ages_and_rdf() {
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://post.example/a/"><title>Post</title><author><name>Bo Lee</name></author>
        <entry><title type="html">Quay &amp;amp; pier</title><link rel="self" href="x"/><link href="quay"/><id>tag:1</id>
        <published>2024-05-03T10:00:00Z</published><updated>2024-05-04T10:00:00Z</updated>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>It <em>floats</em>.</p></div></content></entry></feed>"#;
    let article = read("a", atom.as_bytes()).remove(0);
    assert_eq!(article.headline.as_ref().unwrap().value, "Quay & pier");
    assert_eq!(article.url.as_deref(), Some("https://post.example/a/quay"));
    assert_eq!(article.byline[0].value, "Bo Lee");
    assert_eq!(article.modified.as_ref().unwrap().date.to_string(), "2024-05-04");
    assert_eq!(article.emphasis[0].of(&article.text), "floats");

    let old = r#"<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>Old</title><issued>2004-02-28</issued>
        <content type="text/html" mode="escaped">&lt;p&gt;Words.&lt;/p&gt;</content></entry></feed>"#;
    let article = read("b", old.as_bytes()).remove(0);
    assert_eq!(article.text, "Old\n\nWords.");
    assert_eq!(article.published.as_ref().unwrap().date.to_string(), "2004-02-28");

    let rdf = r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
        <channel><title>Post</title></channel><item rdf:about="https://post.example/1"><title>One</title><dc:date>2024-05-03</dc:date><description>Text.</description></item></rdf:RDF>"#;
    let article = read("c", rdf.as_bytes()).remove(0);
    assert_eq!(
        (article.id.as_str(), article.publisher.as_ref().unwrap().value.as_str()),
        ("https://post.example/1", "Post")
    );
}

#[test]
fn broken_feeds_lose_no_item() {
    let whole = ["Ferry & bridge reopen", "Mill shut"];
    let bare = RSS.replace("Ferry &amp; bridge", "Ferry & bridge");
    assert_eq!(headlines(&read("bare", bare.as_bytes())), whole);
    let warned = format!("<br />\n<b>Warning</b>: include(x.php) failed on line <b>3</b>\n{RSS}");
    assert_eq!(headlines(&read("warned", warned.as_bytes())), whole);
    let unclosed = RSS.replacen("</title><link>/ferry", "<link>/ferry", 1).replacen("</item>", "", 1);
    assert_eq!(headlines(&read("unclosed", unclosed.as_bytes())), whole);
    let undeclared =
        RSS.replace(r#" xmlns:content="http://purl.org/rss/1.0/modules/content/""#, "").replace(" version=\"2.0\"", "");
    assert_eq!(read("undeclared", undeclared.as_bytes())[0].text, read("whole", RSS.as_bytes())[0].text);
    let capitals = RSS.replace("<item>", "<ITEM>").replace("</item>", "</ITEM>").replace("title>", "TITLE>");
    assert_eq!(headlines(&read("capitals", capitals.as_bytes())), whole);
    let cut = read("cut", &RSS.as_bytes()[..RSS.len() - 90]);
    assert_eq!(headlines(&cut), whole);
    assert!(cut[1].notes.iter().any(|note| note.contains("truncated")), "{:?}", cut[1].notes);
}

#[test]
fn a_feed_in_utf_16_with_or_without_a_mark() {
    let big: Vec<u8> = RSS.encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(read("plain", &big).len(), 2);
    assert_eq!(read("marked", &[b"\xfe\xff".to_vec(), big].concat()).len(), 2);
}

#[test]
fn entities_that_swell_or_reach_out_are_refused() {
    let laughs = format!("<!DOCTYPE rss [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]>{RSS}");
    assert!(refusal("laughs", laughs.as_bytes()).contains("never resolved"));
    let outside = format!("<!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>{RSS}");
    assert!(refusal("outside", outside.as_bytes()).contains("never resolved"));
}

#[test]
fn json_of_several_makes() {
    let feed = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Post", "items": [{"id": 7, "title": "Mill",
        "content_html": "<p>It is shut.</p>", "date_published": "2024-05-03T10:00:00Z", "authors": [{"name": "Ana Ruiz"}]}]}"#;
    let article = read("feed.json", feed.as_bytes()).remove(0);
    assert_eq!((article.id.as_str(), article.byline[0].value.as_str()), ("7", "Ana Ruiz"));
    let ninjs = r#"{"uri": "tag:1", "headline": "Mill shut", "byline": "Bo Lee", "versioncreated": "2024-05-03T10:00:00Z",
        "body_html": "<p>One.</p><p>Two.</p>", "subject": [{"name": "Towns"}]}"#;
    let article = read("x", ninjs.as_bytes()).remove(0);
    assert_eq!(&article.text[article.body..], "One.\n\nTwo.");
    assert_eq!(article.section, ["Towns"]);
    let schema = r#"{"@type": "NewsArticle", "headline": "Mill shut", "articleBody": "One.\n\nTwo.", "author": {"name": "Bo Lee"},
        "datePublished": "2024-05-03"}"#;
    let article = read("x", schema.as_bytes()).remove(0);
    assert_eq!(article.published.unwrap().date.to_string(), "2024-05-03");
    let lines = "{\"text\": \"The mill is shut.\"}\nnot a record\n{\"text\": \"It will open.\"}\n";
    assert_eq!(read("x.jsonl", lines.as_bytes()).len(), 2);
}

#[test]
fn letters_and_a_folder_of_them() {
    let letter = "From: Ana Ruiz <ana@post.example>\nSubject: Mill\nDate: Fri, 3 May 2024 10:15:00 +0000\nContent-Type: text/html; charset=utf-8\n\n<p>The mill is <a href=\"https://post.example/mill\">shut</a>.</p>\n";
    let article = read("x", letter.as_bytes()).remove(0);
    assert_eq!(article.links[0].url, "https://post.example/mill");
    let folder = format!(
        "From ana@post.example Fri May  3 10:15:00 2024\n{letter}\nFrom bo@post.example Fri May  3 10:15:00 2024\nFrom: bo@post.example\nSubject: Two\n\n>From here on it is paved.\n"
    );
    let articles = read("x", folder.as_bytes());
    assert_eq!(headlines(&articles), ["Mill", "Two"]);
    assert!(articles[1].text.ends_with("From here on it is paved."), "{}", articles[1].text);
}

#[test]
fn what_agencies_deliver() {
    let nitf = r#"<?xml version="1.0"?><nitf><head><title>x</title><docdata><date.issue norm="20240503T101500Z"/></docdata></head>
        <body><body.head><hedline><hl1>Mill shut</hl1></hedline><byline>By Ana Ruiz</byline></body.head>
        <body.content><p>One.</p><hl2>Why</hl2><media><media-caption>The mill.</media-caption></media><p>Two.</p></body.content></body></nitf>"#;
    let article = read("x", nitf.as_bytes()).remove(0);
    assert_eq!(article.headline.as_ref().unwrap().value, "Mill shut");
    assert_eq!(article.byline[0].value, "Ana Ruiz");
    assert_eq!(article.published.as_ref().unwrap().date.to_string(), "2024-05-03");
    assert!(article.blocks.iter().any(|block| block.kind == BlockKind::Caption));
    let newsml = r#"<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" xml:lang="en-GB"><itemMeta><provider literal="AGY"/><versionCreated>2024-05-03T10:15:00Z</versionCreated></itemMeta>
        <contentMeta><headline>Mill shut</headline><by>By Bo Lee</by></contentMeta>
        <contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head><body><p>One.</p></body></html></inlineXML></contentSet></newsItem>"#;
    let article = read("x", newsml.as_bytes()).remove(0);
    assert_eq!(article.publisher.as_ref().unwrap().value, "AGY");
    assert_eq!(&article.text[article.body..], "One.");
}

#[test]
fn a_list_of_feeds_is_shown_and_odd_addresses_are_no_links() {
    let list = r#"<opml version="2.0"><body><outline text="Post" xmlUrl="https://post.example/rss"/><outline text="Trap" xmlUrl="exec:touch x"/></body></opml>"#;
    let article = read("x", list.as_bytes()).remove(0);
    assert!(article.text.contains("a list of 2 feeds") && article.text.contains("exec:touch x"));
    assert_eq!(article.links.len(), 1);
}

#[test]
fn gzip_and_zstd_may_be_about_anything() {
    let packed = zstd::encode_all(RSS.as_bytes(), 1).unwrap();
    let mut twice = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    twice.write_all(&packed).unwrap();
    assert_eq!(read("x", &twice.finish().unwrap()).len(), 2);
}

#[test]
fn binary_files_are_named_for_what_they_are() {
    assert_eq!(ingest::articles("x", b"%PDF-1.7\n\0\x01"), Err(Error::NotText("a PDF document")));
    assert!(refusal("x.epub", b"PK\x03\x04 cut off").contains("no directory"));
}

#[test]
fn a_format_that_is_named_is_believed() {
    let mut found = Vec::new();
    ingest::read("x", Some(Format::Dump), RSS.as_bytes(), &mut |article| {
        found.extend(article);
        true
    })
    .unwrap();
    assert!(found[0].text.contains("<rss") || found[0].left_out.iter().any(|piece| piece.text.contains("<rss")));
}
