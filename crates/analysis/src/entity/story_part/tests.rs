//! Tests which names belong to a story.

use crate::Options;
use crate::testing::ANALYZER;
use dateline_core::article::{Article, Block, BlockKind, Dateline, Datum};
use dateline_core::text::Span;

/// Returns the names of the entities of an article.
fn names(article: &Article) -> Vec<String> {
    ANALYZER.analyze(article, &Options::default()).entities.into_iter().map(|entity| entity.name).collect()
}

/// Creates an article whose text begins with a dateline.
fn with_dateline(place: Option<&str>, line: &str, story: &str) -> Article {
    let mut article = Article::verbatim("test", format!("{line} {story}"));
    article.dateline = Some(Dateline { place: place.map(str::to_owned), date: None, span: Span::new(0, line.len()) });
    article
}

#[test]
fn the_agency_of_a_dateline_is_not_named_by_the_story() {
    let story = "A ferry sank off Bergen on Monday, said Mara Odell of Tavish Lines.";
    for (place, line) in [
        (Some("OSLO"), "OSLO (Harbour Press) —"),
        (Some("OSLO"), "OSLO, May 3 (Reuters) -"),
        (Some("OSLO, Norway"), "OSLO, Norway (AP) —"),
        (Some("Oslo"), "Oslo | Agence France-Presse —"),
        (None, "(AFP) -"),
    ] {
        let found = names(&with_dateline(place, line, story));
        let rest: Vec<&String> = found.iter().filter(|name| !matches!(name.as_str(), "Oslo" | "Norway")).collect();
        assert_eq!(rest, ["Bergen", "Mara Odell", "Tavish Lines"], "{line}");
    }
    let again = with_dateline(Some("OSLO"), "OSLO (Reuters) -", "Mara Odell could not be reached, Reuters said.");
    assert!(names(&again).contains(&"Reuters".to_owned()), "{:?}", names(&again));
}

#[test]
fn a_name_that_only_the_kicker_has_is_a_title_or_a_section() {
    let kicked = |kicker: &str, story: &str| {
        let mut article = Article::verbatim("test", format!("{kicker}\n\n{story}"));
        article.blocks[0].kind = BlockKind::Kicker;
        article.body = kicker.len() + 2;
        names(&article)
    };
    let story = "A ferry sank off Bergen on Monday. Norway mourned, said Mara Odell.";
    for kicker in ["The Harbour Times", "Harbour Broadcasting", "Orlo Observer", "Africa"] {
        assert_eq!(kicked(kicker, story), ["Bergen", "Norway", "Mara Odell"], "{kicker}");
    }
    assert!(kicked("Norway", story).contains(&"Norway".to_owned()));
}

#[test]
fn the_title_of_the_paper_and_a_byline_in_the_text_are_left_out() {
    let story = "A ferry sank off Bergen on Monday.\n\n“We saved all,” said Mara Odell.";
    let published = |text: String, publisher: &str| {
        let mut article = Article::verbatim("test", text);
        article.publisher = Some(Datum::given(publisher.to_owned()));
        names(&article)
    };
    assert_eq!(published(format!("The Harbour Times\n\n{story}"), "Harbour Times"), ["Bergen", "Mara Odell"]);
    for line in [
        "By Jane Doe",
        "By Jane Doe in Karsk",
        "By Jane Doe and John Ode, Harbour Press",
        "By Ana Ruiz for The Harbour Times",
        "By Lee Nell, Political Editor",
    ] {
        assert_eq!(published(format!("{line}\n\n{story}"), "Post"), ["Bergen", "Mara Odell"], "{line}");
    }
    assert_eq!(published(format!("{story}\n\n— Jane Doe, Harbour Times"), "Post"), ["Bergen", "Mara Odell"]);
    let sentence = published(format!("By Sunday Jane Doe had left.\n\n{story}"), "Post");
    assert!(sentence.contains(&"Jane Doe".to_owned()), "{sentence:?}");
}

#[test]
fn the_credit_of_a_picture_is_not_named_by_the_story() {
    let text = "The ferry off Bergen. Photo: Ann Lee/Getty Images";
    let mut article = Article::verbatim("test", text);
    let start = text.find("Photo").unwrap_or_default();
    let span = Span::new(start, text.len());
    let credit = Some(Datum::at("Ann Lee/Getty Images".to_owned(), span));
    article.blocks[0] = Block { credit, ..Block::new(BlockKind::Caption, Span::new(0, text.len())) };
    assert_eq!(names(&article), ["Bergen"]);
}

#[test]
fn an_author_whom_only_the_standfirst_names_is_not_in_the_story() {
    let with_author = |story: &str| {
        let standfirst = "Mara Odell lives alone at Bergen. She talks to Ann Lee about soup.";
        let mut article = Article::verbatim("test", format!("{standfirst}\n\n{story}"));
        article.blocks[0].kind = BlockKind::Standfirst;
        article.body = standfirst.len() + 2;
        article.byline = vec![Datum::given("Ann Lee".to_owned())];
        names(&article)
    };
    assert_eq!(with_author("Odell met me at the gate."), ["Mara Odell", "Bergen"]);
    assert!(with_author("Odell met Ann Lee at the gate.").contains(&"Ann Lee".to_owned()));
}
