//! Tests of headlines, authors and dates on pages as built since 1998. Each family of pages has an invented example and
//! the result that a person would expect.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use dateline_ingest as ingest;

/// Text of a story that is long enough to be recognised.
const STORY: &str = "<p>The council voted on the harbour wall after a debate that lasted into the night, and the wall \
will be built of local stone from the quarry above the town.</p><p>Work begins when the winter storms are over, the \
engineer said, and the fishing boats will lie in the outer basin until the last stone is laid in its place.</p><p>The \
wall is to cost four million, most of it borrowed, and the harbour dues will rise by a tenth for every boat that is \
longer than nine metres.</p>";

struct ExpectedMetadata {
    family: &'static str,
    head: &'static str,
    before: &'static str,
    behind: &'static str,
    title: &'static str,
    authors: &'static [&'static str],
    day: Option<&'static str>,
}

fn check(expected: &[ExpectedMetadata]) {
    let mut wrong = Vec::new();
    for front in expected {
        let page = format!(
            "<!DOCTYPE html><html {}</head><body>{}{STORY}{}</body></html>",
            front.head, front.before, front.behind
        );
        let article = ingest::articles("page.html", page.as_bytes()).unwrap().remove(0);
        let title = article.headline.map(|title| title.value).unwrap_or_default();
        let authors: Vec<String> = article.byline.into_iter().map(|name| name.value).collect();
        let day = article.published.map(|day| day.date.to_string());
        if title != front.title || authors != front.authors || day.as_deref() != front.day {
            wrong.push(format!("{}: {title:?} {authors:?} {day:?}", front.family));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn blogs() {
    check(&[
        ExpectedMetadata {
            family: "WordPress, classic theme",
            head: "lang='en-US'><head><title>A wall of stone « Harbour diary</title>",
            before: "<body class='single-post right-sidebar'><div id='header'><h1><a href='/'>Harbour diary</a></h1></div>\
                     <div class='post hentry'><h2 class='entry-title'>A wall of stone</h2><div class='entry-meta'>Posted on \
                     <abbr class='published' title='2009-03-14T10:15:00+0100'>March 14, 2009</abbr> by <span class='author \
                     vcard'><a class='url fn' href='/author/ana'>Ana Ruiz</a></span></div><div class='entry-content'>",
            behind: "</div></div><div id='comments'><ol><li class='comment'><cite class='fn'>Bo Lee</cite> says: \
                     <a href='#c1'>March 20, 2009 at 4:11 pm</a><p>Well said.</p></li></ol></div>",
            title: "A wall of stone",
            authors: &["Ana Ruiz"],
            day: Some("2009-03-14"),
        },
        ExpectedMetadata {
            family: "WordPress, updated before published",
            head: "lang='en'><head><title>A wall of stone - Harbour diary</title>",
            before: "<article><header><h1 class='entry-title'>A wall of stone</h1><time class='updated' \
                     datetime='2021-09-01T00:00:00+00:00'>September 1, 2021</time><time class='entry-date published' \
                     datetime='2020-02-03T08:00:00+00:00'>February 3, 2020</time> <span class='byline'>by <a rel='author' \
                     href='/a'>Ana Ruiz</a></span></header>",
            behind: "</article>",
            title: "A wall of stone",
            authors: &["Ana Ruiz"],
            day: Some("2020-02-03"),
        },
        ExpectedMetadata {
            family: "Blogger",
            head: "><head><title>Harbour diary: A wall of stone</title>",
            before: "<div class='main'><h2 class='date-header'><span>Friday, May 3, 2013</span></h2><div class='post'><h3 \
                     class='post-title entry-title'>A wall of stone</h3><div class='post-body'>",
            behind: "</div><div class='post-footer'><span class='post-author vcard'>Posted by <span class='fn'>Ana \
                     Ruiz</span></span> at <a class='timestamp-link' href='/p'><abbr class='published' \
                     title='2013-05-03T20:24:00-07:00'>8:24 PM</abbr></a></div></div></div>",
            title: "A wall of stone",
            authors: &["Ana Ruiz"],
            day: Some("2013-05-03"),
        },
        ExpectedMetadata {
            family: "Drupal",
            head: "lang='en-GB'><head><title>A wall of stone | Harbour Trust</title>",
            before: "<h1 class='page-title'>A wall of stone</h1><div class='submitted'>Submitted by Ana Ruiz on Fri, \
                     05/04/2018 - 14:20</div><div class='content'>",
            behind: "</div>",
            title: "A wall of stone",
            authors: &["Ana Ruiz"],
            day: Some("2018-04-05"),
        },
        ExpectedMetadata {
            family: "Ghost and Medium",
            head: "lang='en'><head><title>A wall of stone</title><meta property='article:published_time' \
                   content='2022-11-05T09:00:00.000Z'><meta name='author' content='Ana Ruiz'><meta \
                   property='article:author' content='https://social.example/ana'>",
            before: "<article><h1>A wall of stone</h1><section class='content'>",
            behind: "</section></article>",
            title: "A wall of stone",
            authors: &["Ana Ruiz"],
            day: Some("2022-11-05"),
        },
    ]);
}

#[test]
fn papers() {
    check(&[
        ExpectedMetadata {
            family: "AMP, author by reference",
            head: "amp lang='en'><head><title>Harbour wall to be built of stone</title><link rel='canonical' \
                   href='https://post.example/harbour-wall'><script type='application/ld+json'>{\"@graph\":[{\"@type\":\
                   \"NewsArticle\",\"datePublished\":\"2021-06-07T10:00:00Z\",\"author\":{\"@id\":\"#p1\"}},{\"@type\":\
                   \"Person\",\"@id\":\"#p1\",\"name\":\"Ana Ruiz\"}]}</script>",
            before: "<article><h1>Harbour wall to be built of stone</h1>",
            behind: "</article>",
            title: "Harbour wall to be built of stone",
            authors: &["Ana Ruiz"],
            day: Some("2021-06-07"),
        },
        ExpectedMetadata {
            family: "publisher as author, the writer on the page",
            head: "lang='en'><head><title>Harbour wall to be built of stone | Harbour Post</title><meta \
                   property='og:site_name' content='Harbour Post'><meta name='author' content='Harbour Post'>",
            before: "<article><h1>Harbour wall to be built of stone</h1><p class='byline'>By Ana Ruiz and Bo Lee, Staff \
                     Writers</p><p class='date'>PUBLISHED: 10:48, Tue, Nov 19, 2019 | UPDATED: 11:05, Wed, Nov 20, 2019</p>",
            behind: "</article>",
            title: "Harbour wall to be built of stone",
            authors: &["Ana Ruiz", "Bo Lee"],
            day: Some("2019-11-19"),
        },
        ExpectedMetadata {
            family: "the day in the address only",
            head: "lang='en'><head><title>Harbour wall to be built of stone</title><link rel='canonical' \
                   href='https://post.example/2016/08/09/harbour-wall.html'>",
            before: "<h1>Harbour wall to be built of stone</h1>",
            behind: "<p>© 2024 Harbour Post</p>",
            title: "Harbour wall to be built of stone",
            authors: &[],
            day: Some("2016-08-09"),
        },
        ExpectedMetadata {
            family: "layout by tables, 2001",
            head: "><head><title>Harbour Post: Harbour wall to be built of stone</title>",
            before: "<table width=760><tr><td width=120><a href='/'>Home</a><br><a href='/s'>Sport</a></td><td><font size=5>\
                     <b>Harbour wall to be built of stone</b></font><p><font size=2>by Ana Ruiz<br><br>Monday, November 12, \
                     2001</font></p>",
            behind: "</td></tr></table>",
            title: "Harbour wall to be built of stone",
            authors: &["Ana Ruiz"],
            day: Some("2001-11-12"),
        },
        ExpectedMetadata {
            family: "related stories before the day",
            head: "lang='en'><head><title>Harbour wall to be built of stone</title>",
            before: "<aside class='related-stories'><ul><li><a href='/x'>Bridge toll rises</a><time \
                     datetime='2018-01-01'>1 January 2018</time></li></ul></aside><main><h1>Harbour wall to be built of \
                     stone</h1><div class='info'><time datetime='2017-12-24'>24 December 2017</time></div>",
            behind: "</main>",
            title: "Harbour wall to be built of stone",
            authors: &[],
            day: Some("2017-12-24"),
        },
    ]);
}

#[test]
fn releases_offices_and_machine_readable_pages() {
    check(&[
        ExpectedMetadata {
            family: "press release",
            head: "lang='en-US'><head><title>Harbour Board Approves Wall</title>",
            before: "<div class='release'><p>FOR IMMEDIATE RELEASE</p><p>Contact: Ana Ruiz</p><p>October 21, 2015</p>\
                     <h1>Harbour Board Approves Wall</h1>",
            behind: "<p>About the Board: founded on 1 May 1999.</p></div>",
            title: "Harbour Board Approves Wall",
            authors: &[],
            day: Some("2015-10-21"),
        },
        ExpectedMetadata {
            family: "government, only the day of a change",
            head: "lang='en'><head><title>Harbour wall - Ministry of Ports</title>",
            before: "<h1>Harbour wall</h1>",
            behind: "<div id='pagefooter'>Last updated: 3 March 2014</div>",
            title: "Harbour wall",
            authors: &[],
            day: Some("2014-03-03"),
        },
        ExpectedMetadata {
            family: "Dublin Core",
            head: "lang='en'><head><title>Harbour wall to be built</title><meta name='DC.date.issued' \
                   content='2004-02-29'><meta name='DC.creator' content='Ana Ruiz'>",
            before: "<h1>Harbour wall to be built</h1>",
            behind: "",
            title: "Harbour wall to be built",
            authors: &["Ana Ruiz"],
            day: Some("2004-02-29"),
        },
        ExpectedMetadata {
            family: "RDFa and microdata",
            head: "lang='en'><head><title>Harbour wall to be built</title>",
            before: "<div itemscope itemtype='http://schema.org/Article'><h1 itemprop='headline'>Harbour wall to be \
                     built</h1><span itemprop='author' itemscope><span itemprop='name'>Ana Ruiz</span></span><span \
                     property='dc:date dc:created' content='2011-07-08T00:00:00+02:00'>a while ago</span>",
            behind: "</div>",
            title: "Harbour wall to be built",
            authors: &["Ana Ruiz"],
            day: Some("2011-07-08"),
        },
        ExpectedMetadata {
            family: "a machine that knows no day",
            head: "lang='en'><head><title>Harbour wall to be built</title><meta property='article:published_time' \
                   content='1970-01-01T00:00:00Z'>",
            before: "<h1>Harbour wall to be built</h1>",
            behind: "",
            title: "Harbour wall to be built",
            authors: &[],
            day: None,
        },
    ]);
}

#[test]
fn other_languages() {
    let page = |family, head, before, day| ExpectedMetadata {
        family,
        head,
        before,
        behind: "",
        title: "Hafen 2030",
        authors: &["Ana Ruiz"],
        day: Some(day),
    };
    check(&[
        page(
            "German",
            "lang='de'><head><title>Hafen 2030 | Hafenblatt</title>",
            "<h1>Hafen 2030</h1><p>Von Ana Ruiz</p><p>Veröffentlicht am 3. März 2019, 10:15 Uhr</p>",
            "2019-03-03",
        ),
        page(
            "German, two lines",
            "lang='de'><head><title>Hafen 2030</title>",
            "<div>Von</div><div>Ana Ruiz</div><div>publiziert am 30. Juli 2018</div><h1>Hafen 2030</h1>",
            "2018-07-30",
        ),
        page(
            "French",
            "lang='fr'><head><title>Hafen 2030 - Le Quai</title>",
            "<h1>Hafen 2030</h1><p>Par Ana Ruiz</p><p>Publié le 1er août 2020 à 08h00 - Mis à jour le 2 août 2020</p>",
            "2020-08-01",
        ),
        page(
            "Spanish",
            "lang='es'><head><title>Hafen 2030 | El Muelle</title>",
            "<h1>Hafen 2030</h1><p>Por Ana Ruiz</p><p>Actualizado el 9 de enero de 2020. Publicado el 7 de enero de 2020</p>",
            "2020-01-07",
        ),
        page(
            "Italian",
            "lang='it'><head><title>Hafen 2030</title>",
            "<h1>Hafen 2030</h1><p>di Ana Ruiz</p><p>Pubblicato il 14 dicembre 2012</p>",
            "2012-12-14",
        ),
        page(
            "Portuguese, in numbers",
            "><head><title>Hafen 2030</title><link rel='canonical' href='https://porto.example.br/hafen'>",
            "<h1>Hafen 2030</h1><p>05/10/2018 - Publicado por: Ana Ruiz - Categoria: Porto</p>",
            "2018-10-05",
        ),
        page(
            "Dutch",
            "lang='nl'><head><title>Hafen 2030</title>",
            "<h1>Hafen 2030</h1><p>Door Ana Ruiz</p><p>Geplaatst op 6 mei 2021</p>",
            "2021-05-06",
        ),
        page(
            "Turkish",
            "lang='tr'><head><title>Hafen 2030</title><meta name='author' content='Ana Ruiz'>",
            "<h1>Hafen 2030</h1><p>Yayınlanma: 8 Ağustos 2017 Salı</p>",
            "2017-08-08",
        ),
        page(
            "Russian",
            "lang='ru'><head><title>Hafen 2030</title><meta name='author' content='Ana Ruiz'>",
            "<h1>Hafen 2030</h1><div class='datum'>8 августа 2017, 12:00</div>",
            "2017-08-08",
        ),
        page(
            "Japanese",
            "lang='ja'><head><title>Hafen 2030</title><meta name='author' content='Ana Ruiz'>",
            "<h1>Hafen 2030</h1><p>2016年12月1日</p>",
            "2016-12-01",
        ),
    ]);
}

#[test]
fn the_card_of_a_page_names_its_author() {
    let page = "<html><head><title>Boats</title><meta name='twitter:label1' content='Written by'><meta name='twitter:data1' content='Ana Ruiz'>\
        <meta name='twitter:label2' content='Est. reading time'><meta name='twitter:data2' content='3 minutes'></head>\
        <body><article><h1>Boats and storms</h1><p>The harbour keeps its own count of boats and storms, for anybody who asks.</p></article></body></html>";
    let article = ingest::articles("a.html", page.as_bytes()).unwrap().remove(0);
    assert_eq!(article.byline.iter().map(|name| name.value.as_str()).collect::<Vec<_>>(), ["Ana Ruiz"]);
}

#[test]
fn accounts_that_post_for_the_author() {
    let page = |family, author, line, authors| ExpectedMetadata {
        family,
        head: author,
        before: line,
        behind: "",
        title: "A wall of local stone",
        authors,
        day: None,
    };
    let other = "lang='en'><head><title>A wall of local stone</title><meta name='author' content='Bo Lee'>";
    check(&[
        page("a line signed by another", other, "<h1>A wall of local stone</h1><p>By: Ana Ruiz</p>", &["Ana Ruiz"]),
        page(
            "a line that also names the account",
            other,
            "<h1>A wall of local stone</h1><p>By Ana Ruiz</p><p>Posted for her: Bo Lee</p>",
            &["Bo Lee"],
        ),
        page("no line", other, "<h1>A wall of local stone</h1>", &["Bo Lee"]),
    ]);
}
