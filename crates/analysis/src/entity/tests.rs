//! Tests entity recognition as a whole, from a story to the people and things that it names.

mod kinds;

use super::*;
use crate::name;
use crate::testing::{NAMES, RESOURCES};
use dateline_core::article::Article;

fn entities(text: &str) -> Vec<Entity> {
    let article = Article::verbatim("test", text);
    let document = Document::new(&article, &RESOURCES);
    find(&document, &name::find(&document, &NAMES), &[])
}

fn named<'a>(entities: &'a [Entity], name: &str) -> &'a Entity {
    entities.iter().find(|entity| entity.name == name).unwrap_or_else(|| panic!("no {name} in {entities:#?}"))
}

#[test]
fn a_person_is_one_under_full_name_surname_and_title() {
    let text = "Maria Lopez won the vote in Chile. Lopez said she was glad. \"We did it,\" Ms. Lopez told reporters.";
    let found = entities(text);
    let lopez = named(&found, "Maria Lopez");
    assert_eq!(lopez.kind, EntityKind::Person);
    assert_eq!(lopez.mentions.len(), 3);
    assert_eq!(lopez.aliases, ["Lopez"]);
    assert_eq!(lopez.gender, Gender::Female);
}

#[test]
fn two_people_of_one_surname_stay_two() {
    let text = "John Miller met his sister Anna Miller in Berlin. Mr. Miller smiled. Mrs. Miller did not.";
    let found = entities(text);
    assert_eq!(named(&found, "John Miller").mentions.len(), 2);
    assert_eq!(named(&found, "Anna Miller").mentions.len(), 2);
}

#[test]
fn an_acronym_in_brackets_is_its_long_form() {
    let text = "The World Health Organization (WHO) sent doctors. The WHO said more would follow.";
    let found = entities(text);
    assert_eq!(named(&found, "World Health Organization").mentions.len(), 3);
}

#[test]
fn a_role_is_kept_as_the_text_words_it() {
    let text = "Finance Ministry spokesman Peter Novak resigned. Elena Garcia, an adviser to the president, said so.";
    let found = entities(text);
    let role = |name: &str| named(&found, name).role.unwrap().of(text);
    assert_eq!(role("Peter Novak"), "Finance Ministry spokesman");
    assert_eq!(role("Elena Garcia"), "an adviser to the president");
}

#[test]
fn a_description_that_fits_one_person_refers_to_that_person() {
    let text = "Finance Minister Peter Novak resigned on Monday. Reporters asked why. The minister gave no reason.";
    let found = entities(text);
    let novak = named(&found, "Peter Novak");
    assert!(novak.mentions.iter().any(|mention| mention.kind == MentionKind::Nominal));
}

#[test]
fn a_people_is_a_group_and_no_place() {
    let found = entities("German officials met in Germany. The Germans agreed.");
    assert_eq!(named(&found, "Germany").kind, EntityKind::Place);
    assert!(found.iter().any(|entity| entity.kind == EntityKind::Group && entity.mentions.len() == 2));
}

#[test]
fn an_organisation_reaches_over_of_the_and_owns_its_bracketed_initials() {
    let text = "The International Committee of the Red Cross (ICRC) sent doctors. The ICRC said roads were open.";
    let found = entities(text);
    let committee = named(&found, "International Committee of the Red Cross");
    assert_eq!(committee.kind, EntityKind::Organization);
    assert_eq!(committee.aliases, ["ICRC"]);
}

#[test]
fn a_title_is_not_the_name_of_a_named_person() {
    let found =
        entities("Shadow Home Secretary Ana Ruiz said so. On Friday Ruiz left. The Shadow Home Secretary smiled.");
    assert!(found.iter().any(|entity| entity.name == "Ana Ruiz"), "{found:#?}");
}

#[test]
fn of_two_spellings_the_more_frequent_is_the_name() {
    let found = entities("Kristin Wilkes opened the show. Kristen Wilkes curated it. “Come,” Kristen Wilkes said.");
    assert!(found.iter().any(|entity| entity.name == "Kristen Wilkes" && entity.mentions.len() == 3), "{found:#?}");
}

#[test]
fn an_indefinite_apposition_is_a_role_whatever_its_noun() {
    let found = entities("It was a retired docker, Len Oduya, who called. Ana Weir, a keen swimmer, saw it.");
    let text = "It was a retired docker, Len Oduya, who called. Ana Weir, a keen swimmer, saw it.";
    let role = |name: &str| named(&found, name).role.map(|role| role.of(text));
    assert_eq!(role("Len Oduya"), Some("a retired docker"));
    assert_eq!(role("Ana Weir"), Some("a keen swimmer"));
}

#[test]
fn a_verb_after_an_age_is_not_a_role() {
    let text = "Gareth Pell, 61, wept as Judge Miriam Ochs spoke.";
    assert_eq!(named(&entities(text), "Gareth Pell").role, None);
}

#[test]
fn an_owner_before_the_office_belongs_to_the_role() {
    let text = "“No,” said Port Hallam's mayor, Joan Tiller.";
    let role = named(&entities(text), "Joan Tiller").role.map(|role| role.of(text));
    assert_eq!(role, Some("Port Hallam's mayor"));
}

#[test]
fn a_lower_case_role_makes_the_unknown_name_after_it_a_person() {
    let found = entities("They led through captain Eero Lahti. Lahti was sent off later.");
    let lahti = named(&found, "Eero Lahti");
    assert_eq!((lahti.kind, lahti.mentions.len()), (EntityKind::Person, 2));
}

#[test]
fn a_river_is_not_the_society_that_bears_its_name() {
    let found = entities("The dam crosses the Orlo river. The Orlo Valley Association said it would sue.");
    assert_eq!(named(&found, "Orlo").mentions.len(), 1);
    assert_eq!(named(&found, "Orlo Valley Association").mentions.len(), 1);
}

#[test]
fn the_capital_between_commas_is_a_place() {
    let found = entities("He flew back to the capital, Sorgat, on Friday.");
    assert_eq!(named(&found, "Sorgat").kind, EntityKind::Place);
}

#[test]
fn a_company_without_a_name_is_none() {
    let found = entities("Company spokesman Tiago Brun declined to say more.");
    assert_eq!(found.iter().map(|entity| entity.name.as_str()).collect::<Vec<_>>(), ["Tiago Brun"]);
}

#[test]
fn a_storm_is_the_same_under_its_bare_name() {
    let found = entities("Storm Ida tore along the coast on Sunday. Ida weakened on Monday.");
    let ida = named(&found, "Storm Ida");
    assert_eq!((ida.kind, ida.mentions.len()), (EntityKind::Other, 2));
}

#[test]
fn a_particle_at_the_head_of_a_sentence_is_still_the_family_s() {
    let found = entities("Saskia de Groot led the study. De Groot said it was sound.");
    assert_eq!(named(&found, "Saskia de Groot").mentions.len(), 2);
}

#[test]
fn a_weekday_before_i_is_not_a_name() {
    assert!(entities("On Saturday I will try to say goodbye.").is_empty());
}

#[test]
fn a_name_in_capitals_is_shown_as_it_is_usually_written() {
    let found = entities("STAVANGER, Norway (Reuters) - The ferry sank. In Stavanger, nobody was hurt.");
    assert_eq!(named(&found, "Stavanger").mentions.len(), 2);
    for (dateline, town) in
        [("LISBON", "Lisbon"), ("RIO DE JANEIRO", "Rio de Janeiro"), ("PARIS", "Paris"), ("NEW DELHI", "New Delhi")]
    {
        let found = entities(&format!("{dateline} (Reuters) - The ferry sank on Friday, officials said."));
        assert_eq!(named(&found, town).kind, EntityKind::Place);
    }
}

#[test]
fn a_plain_title_does_not_hide_the_role_before_it() {
    let text = "Kestrel's chairman, Dame Fiona Carrick, resigned.";
    assert_eq!(named(&entities(text), "Fiona Carrick").role.map(|role| role.of(text)), Some("Kestrel's chairman"));
}

#[test]
fn a_role_does_not_begin_before_a_clause() {
    let text = "Anna Ruiz has a house where Ruiz's brother, Leonard Ruiz, lives.";
    assert_eq!(named(&entities(text), "Leonard Ruiz").role.map(|role| role.of(text)), Some("Ruiz's brother"));
}

#[test]
fn a_type_is_doubtful_if_no_mention_has_evidence() {
    let text = "Oslo and Bergen met Tarn and Tarn. Ruiz, Ruiz and Ruiz left.";
    let entity = |name: &str| {
        let mentions = text.match_indices(name).map(|(start, _)| Span::new(start, start + name.len()));
        let mentions: Vec<Mention> = mentions.map(|span| Mention { span, kind: MentionKind::Name }).collect();
        Entity {
            name: name.to_owned(),
            canonical: mentions[0].span,
            kind: EntityKind::Organization,
            aliases: Vec::new(),
            role: None,
            gender: Gender::Unknown,
            mentions,
            demonym_of: None,
            id: None,
        }
    };
    let entities = ["Oslo", "Bergen", "Tarn", "Ruiz"].map(entity);
    let names = |confidences: &[(&str, f32)]| {
        let of = |entity: &Entity| {
            let (_, confidence) =
                confidences.iter().find(|(name, _)| *name == entity.name).copied().unwrap_or(("", 0.1));
            let name =
                move |mention: &Mention| Name { span: mention.span, tokens: 0..1, kind: entity.kind, confidence };
            entity.mentions.iter().map(name).collect::<Vec<_>>()
        };
        let mut names: Vec<Name> = entities.iter().flat_map(of).collect();
        names.sort_by_key(|name| name.span);
        names
    };
    assert_eq!(doubtful_types(&entities, &names(&[])), [0, 1, 2], "Ruiz has three mentions");
    assert_eq!(doubtful_types(&entities, &names(&[("Oslo", 0.9), ("Tarn", 1.0)])), [1]);
}

#[test]
fn a_role_before_the_next_name_is_not_that_of_the_name_before() {
    for text in [
        "It held the gangsters Jim Doyle and Ana Ode, serial killer Joe Pell and others.",
        "She met Ana Ode, Finance Minister Joe Pell and the mayor.",
        "With Ana Ode, coach Joe Pell was the first to leave.",
    ] {
        let found = entities(text);
        assert_eq!(named(&found, "Ana Ode").role, None, "{text}");
        assert!(named(&found, "Joe Pell").role.is_some(), "{text}");
    }
    for text in ["Ana Ode, an adviser to President Joe Pell, left.", "Ana Ode, mother of singer Joe Pell, left."] {
        assert!(named(&entities(text), "Ana Ode").role.is_some(), "{text}");
    }
}

#[test]
fn a_relation_to_the_speaker_is_not_a_role() {
    for text in [
        "“My husband, Donald Pell, was the last keeper,” she said.",
        "“I miss Donald Pell, my partner since 1998,” he said.",
        "“Our mother, Donna Pell, baked.”",
    ] {
        let found = entities(text);
        let pell = found.iter().find(|entity| entity.name.ends_with("Pell"));
        assert_eq!(pell.and_then(|pell| pell.role), None, "{text}");
    }
    let text = "Her husband, Donald Pell, was the last keeper.";
    assert!(named(&entities(text), "Donald Pell").role.is_some());
}

#[test]
fn a_phrase_after_a_preposition_is_not_a_role() {
    for text in [
        "He took it across the water, Ana Ode, who laughed.",
        "It fell, by a group of which Ana Ode was a member, in May.",
        "The report of the front, Ana Ode, was late.",
    ] {
        assert_eq!(named(&entities(text), "Ana Ode").role, None, "{text}");
    }
}
