//! Tests clustering. Names are marked by square brackets in the text.

use super::*;
use crate::name::Name;
use crate::testing::RESOURCES;
use dateline_core::article::Article;
use dateline_core::text::Span;

/// Returns the cluster number of each name in square brackets. All names have the type `kind`.
fn clusters(marked: &str, kind: EntityKind) -> Vec<usize> {
    let mut text = String::new();
    let mut spans = Vec::new();
    for part in marked.split_inclusive(['[', ']']) {
        let words = part.trim_end_matches(['[', ']']);
        let start = text.len();
        text.push_str(words);
        if part.ends_with(']') {
            spans.push(Span::new(start, text.len()));
        }
    }
    let article = Article::verbatim("test", &text);
    let document = Document::new(&article, &RESOURCES);
    let mention = |span: &Span| {
        let name = Name { span: *span, tokens: document.tokens_in(*span), kind, confidence: 1.0 };
        NameMention::new(&document, &name)
    };
    let mentions: Vec<NameMention<'_>> = spans.iter().map(mention).collect();
    cluster(&document, &mentions)
}

fn persons(marked: &str) -> Vec<usize> {
    clusters(marked, EntityKind::Person)
}

fn organisations(marked: &str) -> Vec<usize> {
    clusters(marked, EntityKind::Organization)
}

fn places(marked: &str) -> Vec<usize> {
    clusters(marked, EntityKind::Place)
}

#[test]
fn a_bare_surname_or_given_name_is_the_person() {
    assert_eq!(persons("[Ana Ruiz] spoke. [Ruiz] left. [Ana] smiled."), [0, 0, 0]);
    assert_eq!(persons("[Ruiz Quits]. On Monday [Ana Ruiz Quits] resigned."), [0, 0]);
}

#[test]
fn a_title_is_not_part_of_the_name() {
    assert_eq!(persons("[Home Secretary Ana Ruiz] met [Miss Ruiz] and [Saint Odo], later [Odo]."), [0, 0, 1, 1]);
}

#[test]
fn two_of_one_surname_are_distinguished_by_gender_title_and_distance() {
    assert_eq!(persons("[John Miller] and [Anna Miller] came. Mr. [Miller] left. Mrs. [Miller] stayed."), [0, 1, 0, 1]);
    let directors = "Administrator [Pat Nell] met Director [Lee Nell]. Administrator [Nell] spoke.";
    assert_eq!(persons(directors), [0, 1, 0]);
    assert_eq!(persons("[Pat Nell] met [Lee Nell]. Then [Nell] left."), [0, 1, 1]);
}

#[test]
fn initials_join_only_whom_they_cannot_confuse() {
    assert_eq!(persons("[J. Ode] is [Jana Ode]."), [0, 0]);
    assert_eq!(persons("[J. Ode], [Jana Ode] and [Jonas Ode] came."), [0, 1, 2]);
    assert_eq!(persons("[George H. W. Ode] was the father of [George W. Ode]."), [0, 1]);
    assert_eq!(persons("[George W. Ode] is [George Ode]."), [0, 0]);
}

#[test]
fn nicknames_variants_and_slips_are_the_person() {
    assert_eq!(persons("[Lawrence Tull] is called [Larry Tull]."), [0, 0]);
    assert_eq!(persons("[Kristin Hollis] spoke. [Kristen Hollis] left."), [0, 0]);
    assert_eq!(persons("[Ana Maurer] spoke. [Mauer] left."), [0, 0]);
    assert_eq!(persons("[Maria Hollis] and [Marta Hollis] are twins."), [0, 1]);
}

#[test]
fn senior_and_junior_are_two() {
    assert_eq!(persons("[Tom Ode Sr.] taught [Tom Ode Jr.] to sail."), [0, 1]);
    assert_eq!(persons("[Tom Ode Jr.] sails. [Tom Ode] won."), [0, 0]);
}

#[test]
fn double_names_particles_and_family_names_first() {
    assert_eq!(persons("[Rosa Pineda-Castillo] won. [Castillo] spoke. [Pineda] left."), [0, 0, 0]);
    assert_eq!(persons("[Ursel von der Hagen] won. [von der Hagen] spoke. [Hagen] left."), [0, 0, 0]);
    assert_eq!(persons("[Issa ag Talha] fled. [Talha] was seen with [ag Talha]."), [0, 0, 0]);
    assert_eq!(persons("[Higashi Keiko], known as [Keiko Higashi]"), [0, 0]);
    assert_eq!(persons("[Juan Sota Pérez] won. [Sota] spoke."), [0, 0]);
    assert_eq!(persons("[Omar al-Sabri] won. [Sabri] spoke."), [0, 0]);
}

#[test]
fn a_family_is_its_only_member_named_else_itself() {
    assert_eq!(persons("[Bill Holt] spoke. The [Holts] left."), [0, 0]);
    assert_eq!(persons("[Bill Holt] and [Jane Holt] spoke. The [Holts] left."), [0, 1, 2]);
}

#[test]
fn initials_of_three_letters_are_the_person() {
    assert_eq!(persons("[Alma Orrin-Castle] won. [AOC] spoke."), [0, 0]);
}

#[test]
fn a_bare_title_is_the_person_who_has_it() {
    let text = "[Home Secretary Ana Ruiz] spoke. The [Home Secretary] left. [Shadow Home Secretary] [Lee Nell] stayed.";
    assert_eq!(persons(text), [0, 0, 1, 1]);
}

#[test]
fn organisations_by_initials_head_tail_and_kind() {
    assert_eq!(organisations("[Harbour Workers Union] met. The [HWU] and the [Union] agreed."), [0, 0, 0]);
    assert_eq!(organisations("The [Order of Calatine] met. [Calatine] agreed."), [0, 0]);
    assert_eq!(organisations("[Tavish.com] grew. [Tavish Inc] shrank. [Tavish] closed."), [0, 0, 0]);
    assert_eq!(organisations("The [Untied Nations] are the [United Nations]."), [0, 0]);
    assert_eq!(organisations("[Oxford University] beat [Cambridge University]."), [0, 1]);
    assert_eq!(organisations("[Tarn University] has the [Tarn University Libraries Trust]."), [0, 1]);
    assert_eq!(organisations("[NASA] runs [NASA's Earth Observatory]."), [0, 1]);
}

#[test]
fn a_word_that_heads_two_names_refers_to_neither() {
    assert_eq!(organisations("The [Harbour Trust] sued the [Meadow Trust]. The [Trust] won."), [0, 1, 2]);
}

#[test]
fn places_by_other_names_and_kinds_of_land() {
    assert_eq!(places("The [United States], or [U.S.], or [U. S.], or [America]"), [0, 0, 0, 0]);
    assert_eq!(places("[New York] is [New York City]; [Mexico] is not [Mexico City]."), [0, 0, 1, 2]);
    assert_eq!(places("[Mount Tarn] and [Tarn], [Karsk Peninsula] and [Karsk]"), [0, 0, 1, 1]);
    assert_eq!(places("[County Durham] is not [Durham], nor [North Durham]."), [0, 1, 2]);
    assert_eq!(places("They crossed [Marrow Bridge]. The [Bridge] is old."), [0, 0]);
}

#[test]
fn a_relative_named_in_full_does_not_take_over_the_surname() {
    for relative in [
        "[Mona Ode], his wife",
        "his wife, [Mona Ode]",
        "his daughter [Mona Ode]",
        "his late brother [Alf Ode]",
        "her cousin, [Alf Ode]",
        "her father, the baker [Alf Ode]",
    ] {
        assert_eq!(persons(&format!("[Lars Ode] will run. He met {relative}. [Ode] left.")), [0, 1, 0], "{relative}");
    }
    assert_eq!(persons("[Lars Ode] will run. His wife met [Alf Ode]. [Ode] left."), [0, 1, 1]);
}

#[test]
fn the_kind_of_an_organisation_may_come_first_or_last() {
    for (long, short) in [
        ("University of Tarn", "Tarn University"),
        ("Ministry of Fisheries", "Fisheries Ministry"),
        ("Department of the Harbour", "Harbour Department"),
        ("Institute of Marine Biology", "Marine Biology Institute"),
        ("Bank of Orlo", "Orlo Bank"),
    ] {
        assert_eq!(organisations(&format!("The [{long}] met. [{short}] agreed.")), [0, 0], "{long}");
    }
}

#[test]
fn initials_in_brackets_may_be_in_another_order() {
    let text = "The [Standards Organization of Internal Trade] ([OSIT]) met. [OSIT] agreed.";
    assert_eq!(organisations(text), [0, 0, 0]);
    assert_eq!(organisations("The [Harbour Trust] ([QED]) met."), [0, 1]);
}

#[test]
fn another_name_that_the_text_introduces_is_the_same() {
    for words in [" known as", ", formerly known as", ", better known as", ", now called", " (formerly"] {
        assert_eq!(
            organisations(&format!("[Orlo Shipping]{words} [Tavish Lines] sank. [Tavish Lines] paid.")),
            [0, 0, 0],
            "{words}"
        );
    }
}

#[test]
fn a_nickname_in_the_name_does_not_hide_the_surname() {
    assert_eq!(persons("[Peter “Big Train” Novak] ran. [Novak] won. [Peter Novak] slept."), [0, 0, 0]);
}

#[test]
fn a_team_and_a_paper_go_by_their_names_without_the_town() {
    assert_eq!(organisations("The [Boston Kestrels] won. The [Kestrels] lead."), [0, 0]);
    assert_eq!(organisations("The [New York Herons] lost. [Herons] fans left."), [0, 0]);
    assert_eq!(organisations("The [Oslo Times] reported it. The [Times] quoted him."), [0, 0]);
    assert_eq!(organisations("The [Oslo Times] and the [Bergen Times] met. The [Times] won."), [0, 1, 2]);
    assert_eq!(organisations("[Boston Scientific] grew. The [Harbour Scientific] shrank."), [0, 1]);
}

#[test]
fn a_body_goes_by_its_name_without_the_state_or_the_last_word() {
    assert_eq!(organisations("The [U.N. Security Council] met. The [Security Council] voted."), [0, 0]);
    assert_eq!(organisations("The [Connecticut State Police] came. [State Police] said so."), [0, 0]);
    assert_eq!(organisations("The [Ohio State Police] and [Utah State Police] came. [State Police] left."), [0, 1, 2]);
    assert_eq!(organisations("The [Oslo Police Department] came. [Oslo Police] said so."), [0, 0]);
    assert_eq!(organisations("The [Orlo Fire Service] came. [Orlo Fire] left."), [0, 0]);
}

#[test]
fn a_town_is_not_its_court_police_or_paper() {
    for long in [
        "Liverpool Crown Court",
        "Oslo University Hospital",
        "Bergen Council",
        "Boston Police Department",
        "Norfolk County Sheriff's Office",
        "Leeds Baptist Church",
        "Seattle Times",
    ] {
        let town = long.split(' ').next().unwrap_or_default();
        assert_eq!(organisations(&format!("The [{long}] was named. [{town}] wept.")), [0, 1], "{long}");
    }
    assert_eq!(organisations("[Greater Manchester Police] came. [Greater Manchester] wept."), [0, 1]);
    assert_eq!(
        organisations("[Liverpool FC] won. [Boston Rangers] lost. [Liverpool] and [Boston] drew."),
        [0, 1, 0, 1]
    );
}

#[test]
fn a_surname_that_is_also_a_title_is_the_person() {
    assert_eq!(persons("[Barbara Boxer] spoke. [Boxer] left."), [0, 0]);
    assert_eq!(persons("[Janice Leader] sued. The judge heard [Leader]."), [0, 0]);
    assert_eq!(persons("[Nigel Hacker] won. [Hacker] smiled."), [0, 0]);
}

#[test]
fn the_parent_is_not_meant_by_the_surname() {
    for parents in ["the daughter of Rosa and [Lars Tull]", "a son of the banker [Lars Tull]", "a niece of [Lars Tull]"]
    {
        assert_eq!(persons(&format!("[Mona Tull], {parents}, won. [Tull] smiled.")), [0, 1, 0], "{parents}");
    }
}

#[test]
fn a_birth_or_stage_name_is_the_same_person() {
    for words in [
        ", better known as",
        ", better known by her stage name",
        " (born 3 May 1962), known as",
        ", whose real name is",
        ", born",
        " (née",
    ] {
        assert_eq!(persons(&format!("[Emma Tarn]{words} [Maxine Volt] sang. [Volt] won.")), [0, 0, 0], "{words}");
    }
    assert_eq!(persons("[Emma Tarn] was known to [Maxine Volt]. [Volt] won."), [0, 1, 1]);
}

/// Returns a name that differs from those of all other numbers in several letters.
fn distinct_name(number: usize) -> String {
    const SYLLABLES: [&str; 12] = ["ka", "ro", "mi", "ten", "bur", "vel", "sha", "dor", "lin", "gar", "pos", "wen"];
    let syllable = |at: usize| SYLLABLES[(number * 7919 / 12_usize.pow(at as u32)) % 12];
    format!("K{}", (0..4).map(syllable).collect::<String>())
}

#[test]
fn the_work_grows_with_the_number_of_names() {
    let cost = |count: usize, kind: EntityKind, name: &dyn Fn(usize) -> String| {
        let marked: String = (0..count).map(|number| format!("[{}] ", name(number))).collect();
        crate::steps::count(|| drop(clusters(&marked, kind)))
    };
    let university = |number: usize| format!("University of {}", distinct_name(number));
    for (kind, name) in [
        (EntityKind::Place, &distinct_name as &dyn Fn(usize) -> String),
        (EntityKind::Organization, &university),
        (EntityKind::Organization, &|number| format!("{} Harbour Trust", distinct_name(number))),
        (EntityKind::Other, &distinct_name),
    ] {
        let (small, large) = (cost(200, kind, name), cost(800, kind, name));
        assert!(large < small * 6, "{}: {small} steps, then {large}", name(1));
    }
}
