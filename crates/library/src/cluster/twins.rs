//! Tests of gathering on annotated stories that are alike in kind: what differs keeps two happenings apart, and what is
//! the same joins the versions of one. All stories are invented.

use super::Gather;
use crate::{Incoming, Library};
use dateline_analysis::{Analyzer, Options};
use dateline_core::article::{Article, DateSource, Datum, Published};
use jiff::civil::date;

/// Towns of invented fires.
const TOWNS: [&str; 12] = [
    "Leeds", "Aberdeen", "Norwich", "Swansea", "Carlisle", "Plymouth", "Dundee", "Wrexham", "Lincoln", "Hastings",
    "Durham", "Stirling",
];

/// Story of a site, published on a day of May 2024.
fn story(site: &str, day: i8, headline: &str, text: &str) -> Article {
    let url = format!("https://{site}/{}", headline.replace(' ', "-"));
    let published =
        Some(Published { date: date(2024, 5, day), moment: None, source: DateSource::Metadata, evidence: None });
    Article {
        url: Some(url.clone()),
        headline: Some(Datum::given(headline.to_owned())),
        published,
        ..Article::verbatim(url, text)
    }
}

/// Adds annotated stories, and returns the cluster of each, by the position of its first story.
fn gathered(stories: &[Article]) -> Vec<usize> {
    let analyzer = Analyzer::bundled();
    let mut library = Library::open_in_memory().unwrap().gathering(Gather::Stories);
    let ids: Vec<i64> = stories.iter().map(|article| add(&mut library, &analyzer, article)).collect();
    let clusters = library.clusters(&ids).unwrap();
    let first = |id: &i64| {
        let cluster = clusters.iter().find(|cluster| cluster.members.iter().any(|member| member.row.id == *id));
        let all = cluster.map_or(vec![*id], |cluster| cluster.members.iter().map(|member| member.row.id).collect());
        ids.iter().position(|other| all.contains(other)).unwrap()
    };
    ids.iter().map(first).collect()
}

fn add(library: &mut Library, analyzer: &Analyzer, article: &Article) -> i64 {
    let analysis = analyzer.analyze(article, &Options::default());
    let incoming = Incoming::new(article.clone(), analysis, article.url.as_deref().unwrap());
    library.add(&[incoming.prepare().unwrap()]).unwrap()[0].id
}

/// Report of a fire from a template, which names only the town.
fn fire(town: &str) -> (String, String) {
    let text = format!(
        "A fire broke out in a warehouse in {town} on Monday night. Crews from four stations fought the flames until the \
        morning, the fire service said. Nobody was hurt. Residents of {town} were told to keep their windows shut because \
        of the smoke, and two roads near the station were closed. The cause of the fire is not known yet. Police have asked \
        witnesses to come forward, and the building will be inspected on Wednesday before the roads are opened again."
    );
    (format!("Warehouse fire in {town}"), text)
}

#[test]
fn stories_of_one_template_that_differ_in_the_town_are_not_gathered() {
    let stories: Vec<Article> = TOWNS
        .iter()
        .enumerate()
        .map(|(at, town)| {
            let (headline, text) = fire(town);
            story(&format!("site{at}.example"), 7, &headline, &text)
        })
        .collect();
    assert_eq!(gathered(&stories), (0..TOWNS.len()).collect::<Vec<_>>());
}

#[test]
fn a_reprint_of_a_template_is_gathered_with_its_own_town() {
    let (leeds, norwich) = (fire("Leeds"), fire("Norwich"));
    let longer = format!("{} Trains ran late.", leeds.1);
    let stories = [
        story("a.example", 7, &leeds.0, &leeds.1),
        story("b.example", 7, &norwich.0, &norwich.1),
        story("c.example", 7, "Smoke over the city", &longer),
    ];
    assert_eq!(gathered(&stories), [0, 1, 0]);
}

#[test]
fn two_fires_of_one_night_are_two_happenings_in_the_words_of_two_outlets() {
    let aberdeen = "More than 60 firefighters tackled a blaze at a warehouse in Aberdeen overnight. The fire at the Torry \
        industrial estate sent smoke over the harbour, and 40 residents were moved to a school in King Street. The roof of \
        the building collapsed at about 3am. Nobody was injured, the Scottish fire service said on Tuesday.";
    let norwich = "A warehouse fire in Norwich has destroyed stocks worth £2 million. Fifty firefighters worked through the \
        night at the Bowthorpe estate, where smoke forced 25 families from their homes. Owner Peter Hallam said the roof had \
        fallen in. Norfolk fire service said on Tuesday that nobody was injured.";
    let again = "Residents of the Torry industrial estate in Aberdeen were taken to a school after a warehouse caught fire \
        overnight. Sixty firefighters were called to the blaze near the harbour. The Scottish fire service said the roof had \
        collapsed, but there were no injuries.";
    let stories = [
        story("a.example", 7, "Warehouse fire in Aberdeen forces 40 from homes", aberdeen),
        story("b.example", 7, "Warehouse fire in Norwich destroys stock", norwich),
        story("c.example", 7, "Aberdeen residents moved as warehouse burns", again),
    ];
    assert_eq!(gathered(&stories), [0, 1, 0]);
}

#[test]
fn two_matches_of_one_day_are_two_happenings() {
    let report = |winner: &str, loser: &str, scorer: &str, other: &str, score: &str| {
        format!(
            "{winner} beat {loser} {score} on Saturday and moved up to third place of the league. {scorer} put {winner} ahead \
            after 20 minutes, and {other} scored the second before half-time. {loser} hit the post twice in the second half \
            but could not find a way past the goalkeeper. {winner} have now won five of their last six matches, while {loser} \
            remain in the bottom half of the table with four games of the season left to play."
        )
    };
    let everton = report("Everton", "Fulham", "James Calder", "Luis Prado", "2-0");
    let burnley = report("Burnley", "Watford", "Aaron Field", "Marko Dahl", "2-1");
    let stories = [
        story("a.example", 4, "Everton beat Fulham 2-0", &everton),
        story("b.example", 4, "Burnley beat Watford 2-1", &burnley),
        story("c.example", 5, "Calder and Prado lift Everton", &everton),
    ];
    assert_eq!(gathered(&stories), [0, 1, 0]);
}

#[test]
fn two_quakes_of_one_week_are_two_happenings() {
    let stories = [
        story(
            "a.example",
            6,
            "Magnitude 5.6 earthquake strikes northern Chile",
            "A magnitude 5.6 earthquake struck northern Chile on Monday, damaging buildings in the port of Iquique. Five people \
            were hurt by falling bricks, the interior ministry in Santiago said. The tremor was felt as far as Arica, at the \
            border with Peru. Schools stay closed until Thursday.",
        ),
        story(
            "b.example",
            7,
            "Five hurt as quake hits port of Iquique",
            "Five people were injured when an earthquake of magnitude 5.6 shook the Chilean port of Iquique on Monday. Bricks \
            fell from several buildings, and schools will remain closed until Thursday, the interior ministry said. People in \
            Arica, near Peru, felt the tremor too.",
        ),
        story(
            "c.example",
            8,
            "Magnitude 6.2 earthquake kills two in eastern Turkey",
            "A magnitude 6.2 earthquake struck eastern Turkey on Tuesday, killing two people and damaging houses in villages \
            near Van. Eleven others were pulled from the rubble, the disaster agency in Ankara said. The tremor was felt across \
            the border in Iran. Tents have been sent to the area.",
        ),
    ];
    assert_eq!(gathered(&stories), [0, 0, 2]);
}

#[test]
fn an_update_of_one_outlet_and_the_follow_up_of_the_next_day_are_versions_of_the_happening() {
    let first = "The ferry Corrigan ran aground off Plymouth on Monday evening with 212 passengers on board. Nobody was hurt, \
        the coastguard said. The vessel had left Roscoff in thick fog, and its captain reported a fault of the steering. \
        Lifeboats brought the passengers ashore during the night.";
    let update =
        format!("{first} Divers will inspect the hull of the Corrigan on Tuesday, said its owner, Channel Lines.");
    let next = "Tugs freed the ferry Corrigan from the sandbank off Plymouth on Tuesday, a day after it ran aground in fog \
        with 212 passengers. Divers found no damage to the hull, its owner, Channel Lines, said. The coastguard is looking \
        into the fault of the steering that the captain had reported on the way from Roscoff.";
    let stories = [
        story("a.example", 6, "Ferry runs aground off Plymouth", first),
        story("a.example", 7, "Ferry runs aground off Plymouth: divers to inspect hull", &update),
        story("b.example", 7, "Stranded ferry Corrigan freed by tugs", next),
    ];
    assert_eq!(gathered(&stories), [0, 0, 0]);
}
