//! Invented stories for the tests, with analysis results written by hand.

use crate::tui::effect::Effect;
use crate::tui::event::Event;
use dateline_analysis::{
    Analysis, Entity, EntityKind, Event as Happening, Figure, Gender, Granularity, Mention, MentionKind, Polarity,
    Quote, QuoteKind, Reference, Speaker, Status, Timex, TimexKind,
};
use dateline_core::article::{Article, BlockKind, Boilerplate, Builder, DateSource, Datum, LeftOut};
use dateline_core::text::Span;
use jiff::ToSpan;
use jiff::civil::date;

/// Returns three stories: one rich in annotations, one in another script, and a long one.
pub(crate) fn stories() -> Vec<Article> {
    vec![weir(), harbour(), long()]
}

fn weir() -> Article {
    let mut story = Builder::new("weir");
    story.block(BlockKind::Kicker, "Rivers");
    let headline = story.block(BlockKind::Headline, "Old weir at Tarn Bridge to be opened for salmon").unwrap();
    story.block(BlockKind::Byline, "By Ottilie Marsh");
    story.caption("The market in Port Anselm in March. (Photo by Ivo Lenz)", Some("Photo by Ivo Lenz"));
    story.block(BlockKind::Paragraph, "The council of Tarn Bridge voted on Monday to open the old weir, ending a dispute that has divided the town for years.");
    story.block(BlockKind::Paragraph, "“We have listened to the anglers, and we have listened to the mill,” council leader Agnes Holloway told reporters. “The river belongs to neither of them.”");
    story.heading(2, "What happens next");
    story.block(
        BlockKind::Paragraph,
        "The mill’s owner, Rufus Pell, said he would appeal. “This will cost eleven jobs,” Pell said.",
    );
    story.block(BlockKind::Quote, "Nobody asked the fish.");
    story.block(
        BlockKind::ListItem,
        "The gates stay open until the first frost of the year, whatever the level of the river is by then.",
    );
    story.block(BlockKind::ListItem, "The mill is paid for each day.");
    story.block(BlockKind::Table, "Year\tSalmon\n2019\t112\n2023\t3");
    story.block(BlockKind::Code, "level = 3\n    if frost: close()");
    story.block(BlockKind::Paragraph, "Work is to begin in September.");
    let article = story.article();
    article.headline = Some(Datum::at("Old weir at Tarn Bridge to be opened for salmon".into(), headline));
    article.left_out.push(LeftOut { text: "Share this story".into(), why: Boilerplate::Share });
    story.build()
}

fn harbour() -> Article {
    let mut article = Article::verbatim(
        "harbour",
        "港の工事は来月に始まる見込みだと市は発表した。費用は十二億円になるという。\n\nThe harbour wall (長さ300メートル) is old.",
    );
    article.headline = Some(Datum::given("Harbour wall to be mended".to_owned()));
    article
}

fn long() -> Article {
    let paragraphs: Vec<String> = (1..=80).map(|n| format!("Paragraph {n} tells what the committee heard about the bridge, and what it did not hear about the money for it.")).collect();
    let mut article = Article::verbatim("long", paragraphs.join("\n\n"));
    article.headline = Some(Datum::given("Committee hears about bridge".to_owned()));
    article
}

/// Returns the reply to an effect that requests an analysis. Returns `None` for any other effect.
pub(crate) fn answer(effect: Effect) -> Option<Event> {
    let Effect::Analyse { story, generation, article, options } = effect else { return None };
    let mut analysis = if article.id == "weir" { analysis_view(&article) } else { Analysis::default() };
    if let Some(date) = options.reference {
        let by = date - date_of_weir();
        analysis.reference = Some(Reference { date, source: DateSource::Option, evidence: Vec::new() });
        for interval in analysis
            .times
            .iter_mut()
            .map(|time| &mut time.interval)
            .chain(analysis.events.iter_mut().map(|event| &mut event.interval))
        {
            *interval = interval.map(|(first, last)| (first + by, last + by));
        }
    }
    Some(Event::Analysed { story, generation, analysis: Some(Box::new(analysis)) })
}

fn date_of_weir() -> jiff::civil::Date {
    date(2024, 5, 14)
}

/// Returns the time expressions and events of the weir story. `at` finds words in the text of the story.
fn times_and_events(at: &dyn Fn(&str) -> Span) -> (Vec<Timex>, Vec<Happening>) {
    let monday = date_of_weir() - 1.day();
    let september = (date(2024, 9, 1), date(2024, 9, 30));
    let time = |words, value: &str, interval| Timex {
        anchor: false,
        confidence: 1.0,
        span: at(words),
        kind: TimexKind::Date,
        value: value.to_owned(),
        interval: Some(interval),
        relative: true,
    };
    let times = vec![time("Monday", "2024-05-13", (monday, monday)), time("September", "2024-09", september)];
    let event = |clause, summary: &str, time: usize, interval, granularity, status, news| Happening {
        sentence: at(clause),
        clause: at(clause),
        summary: summary.to_owned(),
        time,
        interval: Some(interval),
        granularity,
        ongoing: false,
        status,
        entities: Vec::new(),
        reported: None,
        news,
        retold: Vec::new(),
        confidence: 1.0,
        folded: false,
    };
    let events = vec![
        event(
            "The council of Tarn Bridge voted on Monday to open the old weir",
            "the council of Tarn Bridge voted to open the old weir",
            0,
            (monday, monday),
            Granularity::Day,
            Status::Past,
            true,
        ),
        event(
            "Work is to begin in September.",
            "work is to begin",
            1,
            september,
            Granularity::Month,
            Status::Scheduled,
            false,
        ),
    ];
    (times, events)
}

/// Returns careful manual annotations of the weir story.
fn analysis_view(article: &Article) -> Analysis {
    let text = &article.text;
    let at = |words: &str| text.find(words).map(|start| Span::new(start, start + words.len())).unwrap();
    let last = |words: &str| text.rfind(words).map(|start| Span::new(start, start + words.len())).unwrap();
    let name = |words| Mention { span: at(words), kind: MentionKind::Name };
    let entity = |words: &str, kind, mentions| Entity {
        name: words.to_owned(),
        canonical: at(words),
        kind,
        aliases: Vec::new(),
        role: None,
        gender: Gender::Unknown,
        mentions,
        demonym_of: None,
        id: None,
    };
    let mut holloway = entity("Agnes Holloway", EntityKind::Person, vec![name("Agnes Holloway")]);
    holloway.role = Some(at("council leader"));
    let mut pell = entity(
        "Rufus Pell",
        EntityKind::Person,
        vec![name("Rufus Pell"), Mention { span: last("Pell"), kind: MentionKind::Name }],
    );
    pell.aliases = vec!["Pell".to_owned()];
    pell.role = Some(at("The mill’s owner"));
    let place = entity("Tarn Bridge", EntityKind::Place, vec![name("Tarn Bridge")]);
    let quote = |words, kind, cue, speaker, confidence| Quote {
        span: at(words),
        kind,
        cue: Some(cue),
        speaker,
        polarity: Polarity::Said,
        confidence,
        why: "the subject of the reporting verb".into(),
    };
    let leader = || speaker(at("Agnes Holloway"), "Agnes Holloway", 1, at("Agnes Holloway"), at("council leader"));
    let owner = |mention| speaker(mention, "Rufus Pell", 2, at("Rufus Pell"), at("The mill’s owner"));
    let quotes = vec![
        quote(
            "We have listened to the anglers, and we have listened to the mill,",
            QuoteKind::Direct,
            at("told reporters"),
            leader(),
            0.95,
        ),
        quote("The river belongs to neither of them.", QuoteKind::Direct, at("told reporters"), leader(), 0.9),
        quote("he would appeal", QuoteKind::Indirect, at("said"), owner(at("Rufus Pell")), 0.55),
        quote("This will cost eleven jobs,", QuoteKind::Direct, last("said"), owner(last("Pell")), 0.97),
    ];
    let (times, events) = times_and_events(&at);
    let sentences =
        article.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph).map(|block| block.span).collect();
    let unrelated_captions =
        article.blocks.iter().position(|block| block.kind == BlockKind::Caption).into_iter().collect();
    let reference =
        Some(Reference { date: date_of_weir(), source: DateSource::Inferred, evidence: vec![at("Monday")] });
    let entities = vec![place, holloway, pell];
    let figures = vec![figure(at("eleven"), last("This will cost eleven jobs"))];
    Analysis {
        sentences,
        quotes,
        entities,
        times,
        events,
        unrelated_captions,
        reference,
        figures,
        ..Analysis::default()
    }
}

/// Returns the figure of eleven jobs in the last quote.
fn figure(span: Span, clause: Span) -> Figure {
    Figure {
        span,
        value: Some(11.0),
        low: None,
        high: None,
        unit: None,
        counted: "jobs".to_owned(),
        quote: Some(3),
        time: None,
        confidence: 0.9,
        clause,
        context: None,
        source: None,
    }
}

/// Returns a speaker with a name, a role and an entity.
#[allow(clippy::unnecessary_wraps, reason = "the field of a quote is optional")]
fn speaker(mention: Span, name: &str, entity: usize, introduction: Span, role: Span) -> Option<Speaker> {
    Some(Speaker { mention, name: name.to_owned(), role: Some(role), entity: Some(entity), introduction })
}
