//! Tests the user's own names: which words of a text they match, and which entities they make.

use super::*;
use crate::testing::{ANALYZER, RESOURCES};
use crate::{Analysis, Analyzer, Options};
use dateline_core::article::Article;

fn own(name: &str, aliases: &[&str], kind: EntityKind, id: &str) -> OwnName {
    let aliases = aliases.iter().map(|alias| (*alias).to_owned()).collect();
    OwnName { name: name.into(), aliases, kind, id: Some(id.to_owned()).filter(|id| !id.is_empty()) }
}

fn lists() -> Vec<OwnName> {
    vec![
        own("Vessa Tarn Trust", &["VTT", "the Tarn"], EntityKind::Organization, "Q1"),
        own("Ilka Ostrova", &["Ilka Ostrowa"], EntityKind::Person, "Q2"),
        own("Orlo", &[], EntityKind::Organization, ""),
        own("Will", &[], EntityKind::Work, ""),
        own("Sönder Vik", &[], EntityKind::Place, "Q5"),
    ]
}

fn analysed(text: &str, names: &[OwnName]) -> Analysis {
    let analyzer: Analyzer = ANALYZER.clone().with_names(names);
    analyzer.analyze(&Article::verbatim("test", text), &Options::default())
}

fn entity<'a>(analysis: &'a Analysis, name: &str) -> &'a Entity {
    let found = analysis.entities.iter().find(|entity| entity.name == name);
    found.unwrap_or_else(|| panic!("no {name} in {:?}", analysis.entities))
}

#[test]
fn the_spellings_of_a_listed_name_are_one_entity_with_its_type_and_id() {
    let text = "The Vessa Tarn Trust met on Monday. VTT owns two mills, and a clerk of VTT spoke. \
        Ilka Ostrowa resigned. “It is over,” said Ilka Ostrova.";
    let analysis = analysed(text, &lists());
    let trust = entity(&analysis, "Vessa Tarn Trust");
    assert_eq!((trust.kind, trust.id.as_deref(), trust.named()), (EntityKind::Organization, Some("Q1"), 3));
    assert_eq!(trust.aliases, ["VTT"]);
    let ilka = entity(&analysis, "Ilka Ostrova");
    assert_eq!((ilka.id.as_deref(), ilka.named()), (Some("Q2"), 2));
    let speaker = analysis.quotes[0].speaker.as_ref().unwrap();
    assert_eq!(analysis.entities[speaker.entity.unwrap()].name, "Ilka Ostrova");
}

#[test]
fn a_surname_or_a_pronoun_of_a_listed_person_belongs_to_the_entity() {
    let analysis = analysed("Ilka Ostrova left. Ostrova said she was tired.", &lists());
    let ilka = entity(&analysis, "Ilka Ostrova");
    assert_eq!(ilka.named(), 2, "{:?}", analysis.entities);
    assert_eq!(ilka.aliases, ["Ostrova"]);
}

#[test]
fn a_listed_word_inside_a_longer_name_is_not_the_listed_name() {
    let analysis = analysed("Mara Orlo met Peter Novak in Paris.", &lists());
    assert!(analysis.entities.iter().all(|entity| entity.name != "Orlo"), "{:?}", analysis.entities);
    let analysis = analysed("Shares of Orlo fell on Monday.", &lists());
    assert_eq!(entity(&analysis, "Orlo").kind, EntityKind::Organization);
}

#[test]
fn capitals_must_agree_and_accents_need_not() {
    let analysis = analysed("They will fish near Sonder Vik, and it will rain. Will they go?", &lists());
    assert_eq!(entity(&analysis, "Sönder Vik").id.as_deref(), Some("Q5"));
    assert!(analysis.entities.iter().all(|entity| entity.name != "Will"), "{:?}", analysis.entities);
    let analysis = analysed("She sang Will on stage. Vtt is a word, and so is SÖNDER VIK.", &lists());
    assert_eq!(entity(&analysis, "Will").kind, EntityKind::Work);
    assert!(analysis.entities.iter().all(|entity| entity.name != "Vessa Tarn Trust"));
    assert_eq!(entity(&analysis, "Sönder Vik").aliases, ["SÖNDER VIK"]);
}

#[test]
fn the_longest_spelling_counts() {
    let names =
        [own("Lake Union", &[], EntityKind::Place, "Q8"), own("Lake Union Club", &[], EntityKind::Organization, "Q9")];
    let analysis = analysed("They rowed on Lake Union before the Lake Union Club opened.", &names);
    assert_eq!(entity(&analysis, "Lake Union").named(), 1);
    assert_eq!(entity(&analysis, "Lake Union Club").named(), 1);
}

#[test]
fn two_listed_people_with_one_surname_stay_two() {
    let names =
        [own("J. Kellaway", &[], EntityKind::Person, "Q6"), own("John Kellaway", &[], EntityKind::Person, "Q7")];
    let analysis = analysed("John Kellaway met J. Kellaway, a cousin. John Kellaway paid.", &names);
    assert_eq!(entity(&analysis, "J. Kellaway").named(), 1, "{:?}", analysis.entities);
    assert_eq!(entity(&analysis, "John Kellaway").named(), 2);
}

#[test]
fn indices_of_entities_follow_the_joined_ones() {
    let names = [own("Tarn Trust", &["Vessa Society"], EntityKind::Organization, "")];
    let text = "The Vessa Society met Norwegians. Norway and the Tarn Trust agreed, and Norwegians cheered.";
    let analysis = analysed(text, &names);
    let people = entity(&analysis, "Norwegians");
    assert_eq!(analysis.entities[people.demonym_of.unwrap()].name, "Norway");
    assert_eq!(entity(&analysis, "Tarn Trust").named(), 2);
    let starts: Vec<usize> = analysis.entities.iter().map(|entity| entity.mentions[0].span.start).collect();
    assert!(starts.is_sorted(), "{starts:?}");
}

#[test]
fn without_lists_nothing_changes() {
    let text = "Ilka Ostrova met VTT in Sönder Vik.";
    let article = Article::verbatim("test", text);
    assert_eq!(analysed(text, &[]), ANALYZER.analyze(&article, &Options::default()));
}

#[test]
fn each_change_of_the_lists_is_another_version() {
    let lists = lists();
    assert_eq!(version_with(&[]), crate::VERSION);
    let mut versions = vec![version_with(&[]), version_with(&lists), version_with(&lists[1..])];
    for change in [
        |name: &mut OwnName| name.id = None,
        |name: &mut OwnName| name.kind = EntityKind::Other,
        |name: &mut OwnName| name.aliases.clear(),
    ] {
        let mut changed = lists.clone();
        change(&mut changed[0]);
        versions.push(version_with(&changed));
    }
    assert!(versions.iter().all(|version| version % 256 == crate::VERSION));
    versions.sort_unstable();
    versions.dedup();
    assert_eq!(versions.len(), 6);
    assert_eq!(version_with(&lists), crate::VERSION + analysed("A text.", &lists).own_names);
}

#[test]
fn long_lists_are_indexed_by_their_beginnings() {
    let names: Vec<OwnName> =
        (0..5_000).map(|n| own(&format!("Mara Odell {n}"), &[], EntityKind::Person, "")).collect();
    let index = OwnNames::new(names, RESOURCES.lexicon());
    assert_eq!(index.beginnings.len(), 5_002, "one for “Mara”, one for “Mara Odell” and one for each name");
    assert!(index.beginnings.values().all(|spellings| spellings.len() <= 1));
}
