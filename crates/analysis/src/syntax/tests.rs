//! Tests the clauses of short sentences. Each word is followed by a slash and its tag.

use super::*;

/// Returns the words and clauses of a sentence written as `word/TAG` tokens.
fn parse(tagged: &str) -> (Vec<&str>, Syntax) {
    let pairs: Vec<(&str, &str)> = tagged.split(' ').filter_map(|token| token.rsplit_once('/')).collect();
    let words: Vec<&str> = pairs.iter().map(|(word, _)| *word).collect();
    let tags: Vec<PennTag> = pairs.iter().map(|(_, tag)| tag.parse().unwrap()).collect();
    let syntax = Syntax::of(&words, &tags);
    (words, syntax)
}

/// Returns "main verb < subject" for each clause.
fn subjects(tagged: &str) -> Vec<String> {
    let (words, syntax) = parse(tagged);
    let text = |range: &Range<usize>| words[range.clone()].join(" ");
    let subject = |clause: &Clause| {
        clause
            .subject
            .as_ref()
            .map_or_else(String::new, |subject| text(subject.antecedent.as_ref().unwrap_or(&subject.core)))
    };
    syntax.clauses.iter().map(|clause| format!("{} < {}", words[clause.head], subject(clause))).collect()
}

/// Returns the text of each clause of `kind`.
fn extents(tagged: &str, kind: ClauseKind) -> Vec<String> {
    let (words, syntax) = parse(tagged);
    let of_kind = syntax.clauses.iter().filter(|clause| clause.kind == kind);
    of_kind.map(|clause| words[syntax.joined_extent(clause)].join(" ")).collect()
}

#[test]
fn coordinated_verbs_share_their_subject() {
    assert_eq!(
        subjects(
            "Porto/NNP was/VBD born/VBN in/IN 1961/CD ,/, joined/VBD the/DT navy/NN in/IN 1980/CD and/CC left/VBD it/PRP ./."
        ),
        ["born < Porto", "joined < Porto", "left < Porto"]
    );
}

#[test]
fn an_insertion_separates_the_subject_from_its_verb() {
    assert_eq!(
        subjects("Ines/NNP Vale/NNP ,/, who/WP lives/VBZ there/RB ,/, resigned/VBD on/IN Monday/NNP ./."),
        ["lives < Ines Vale", "resigned < Ines Vale"]
    );
    assert_eq!(
        subjects("The/DT report/NN ,/, released/VBN on/IN Monday/NNP ,/, found/VBD nothing/NN ./."),
        ["released < The report", "found < The report"]
    );
}

#[test]
fn an_introductory_phrase_is_not_part_of_the_subject() {
    assert_eq!(subjects("In/IN 2019/CD the/DT firm/NN opened/VBD a/DT mill/NN ./."), ["opened < the firm"]);
    assert_eq!(
        subjects("When/WRB he/PRP came/VBD ,/, the/DT talks/NNS on/IN trade/NN ended/VBD ./."),
        ["came < he", "ended < the talks on trade"]
    );
}

#[test]
fn an_apposition_after_and_does_not_join_the_object_to_the_next_subject() {
    let tagged = "The/DT port/NN promised/VBD a/DT report/NN ,/, and/CC the/DT mayor/NN ,/, Ivo/NNP Lind/NNP ,/, \
                  resigned/VBD on/IN Monday/NNP ./.";
    assert_eq!(subjects(tagged), ["promised < The port", "resigned < the mayor"]);
    assert!(extents(tagged, ClauseKind::Complement).is_empty());
}

#[test]
fn a_list_is_one_subject() {
    assert_eq!(subjects("Ada/NNP ,/, Ben/NNP and/CC Carl/NNP left/VBD ./."), ["left < Ada , Ben and Carl"]);
}

#[test]
fn content_without_its_conjunction_begins_at_its_subject() {
    let said = "Rask/NNP said/VBD the/DT port/NN would/MD close/VB in/IN May/NNP ./.";
    assert_eq!(subjects(said), ["said < Rask", "close < the port"]);
    assert_eq!(extents(said, ClauseKind::Complement), ["the port would close in May"]);
}

#[test]
fn content_before_its_verb_ends_at_the_comma() {
    let said = "The/DT port/NN closed/VBD and/CC the/DT crews/NNS left/VBD ,/, officials/NNS said/VBD ./.";
    assert_eq!(extents(said, ClauseKind::Complement), ["The port closed and the crews left"]);
}

#[test]
fn a_quoted_sentence_is_the_content_of_its_verb() {
    let said = "``/`` The/DT port/NN is/VBZ closed/VBN ,/, ''/'' said/VBD Rask/NNP ./.";
    assert_eq!(subjects(said), ["closed < The port", "said < Rask"]);
    assert_eq!(extents(said, ClauseKind::Complement), ["The port is closed"]);
}

#[test]
fn the_apostrophe_of_a_year_opens_no_quotation() {
    assert_eq!(
        subjects("I/PRP rowed/VBD here/RB in/IN '/`` 75/CD and/CC she/PRP sailed/VBD here/RB in/IN '/`` 82/CD ./."),
        ["rowed < I", "sailed < she"]
    );
    assert_eq!(
        subjects("Vale/NNP said/VBD ,/, '/`` 75/CD people/NNS left/VBD ./. '/''"),
        ["said < Vale", "left < 75 people"]
    );
}

#[test]
fn an_infinitive_is_the_content_of_the_verb_before_it() {
    let wants = "She/PRP wants/VBZ to/TO sell/VB the/DT mill/NN because/IN it/PRP is/VBZ old/JJ ./.";
    assert_eq!(extents(wants, ClauseKind::Complement), ["to sell the mill"]);
    assert_eq!(extents(wants, ClauseKind::Adverbial), ["because it is old"]);
}

#[test]
fn a_relative_clause_without_its_word_has_its_own_subject() {
    assert_eq!(subjects("The/DT men/NNS she/PRP met/VBD left/VBD ./."), ["met < she", "left < The men"]);
}

#[test]
fn tense_mood_voice_and_negation_are_those_of_the_group() {
    let (_, syntax) = parse("It/PRP has/VBZ not/RB been/VBN sold/VBN and/CC might/MD be/VB kept/VBN ./.");
    let read: Vec<_> = syntax.clauses.iter().map(|one| (one.tense, one.mood, one.passive, one.negated)).collect();
    assert_eq!(read, [(Tense::Past, Mood::Indicative, true, true), (Tense::Present, Mood::Conditional, true, false)]);
}

#[test]
fn a_past_tense_in_an_apposition_is_a_participle() {
    let tagged = "Mayor/NNP Vale/NNP ,/, a/DT baker/NN elected/VBD in/IN 2017/CD ,/, denied/VBD it/PRP ./.";
    assert_eq!(subjects(tagged), ["elected < a baker", "denied < Mayor Vale"]);
    assert_eq!(parse(tagged).1.clauses[0].form, ClauseForm::Participle);
}

#[test]
fn a_participle_before_the_subject_shares_it() {
    assert_eq!(
        subjects("Founded/VBN in/IN 1887/CD ,/, the/DT firm/NN makes/VBZ sails/NNS ./."),
        ["Founded < the firm", "makes < the firm"]
    );
}

#[test]
fn the_subject_of_a_question_follows_its_verb() {
    assert_eq!(subjects("Why/WRB did/VBD the/DT board/NN close/VB it/PRP ?/."), ["close < the board"]);
}

#[test]
fn a_clause_can_be_the_subject() {
    let (_, syntax) = parse("Measuring/VBG the/DT flow/NN is/VBZ hard/JJ ./.");
    assert!(syntax.clauses[1].subject.as_ref().is_some_and(|subject| subject.clausal && subject.whole == (0..3)));
}

#[test]
fn any_sequence_of_tags_gives_clauses_inside_the_sentence() {
    let names = "DT NN VBD VBN VBG TO VB IN WP WDT CC , : `` '' -LRB- -RRB- PRP RB MD";
    let tags: Vec<PennTag> = names.split(' ').map(|tag| tag.parse().unwrap()).collect();
    let mut seed = 7_u64;
    for _ in 0..3000 {
        let drawn: Vec<PennTag> = (0..24)
            .map(|_| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                tags[(seed >> 33) as usize % tags.len()]
            })
            .collect();
        let words = vec!["said"; drawn.len()];
        for clause in Syntax::of(&words, &drawn).clauses {
            assert!(clause.extent.end <= drawn.len() && clause.verbs.end <= drawn.len(), "{drawn:?}");
        }
    }
}

#[test]
fn the_work_grows_with_the_length_of_the_sentence() {
    let work = |times: usize| {
        let unit = "Rask/NNP said/VBD that/IN the/DT port/NN ,/, which/WDT opened/VBD ,/, closed/VBD and/CC ";
        let sentence = unit.repeat(times);
        crate::steps::count(|| assert!(!parse(sentence.trim()).1.clauses.is_empty()))
    };
    let (short, long) = (work(50), work(200));
    assert!(long < short * 8, "{short} steps for 50 clauses, {long} for 200");
}

/// Returns the full text of each subject.
fn whole_subjects(tagged: &str) -> Vec<String> {
    let (words, syntax) = parse(tagged);
    let subjects = syntax.clauses.iter().filter_map(|clause| clause.subject.as_ref());
    subjects.map(|subject| words[subject.whole.clone()].join(" ")).collect()
}

#[test]
fn what_alone_does_not_determine_the_noun_after_it() {
    let asked = "She/PRP knows/VBZ what/WP voters/NNS want/VBP ./.";
    assert_eq!(whole_subjects(asked), ["She", "voters"]);
    let determined = "She/PRP knows/VBZ which/WDT voters/NNS want/VBP it/PRP ./.";
    assert_eq!(whole_subjects(determined), ["She", "which voters"]);
}

#[test]
fn a_quantity_before_of_which_belongs_to_the_relative_clause() {
    let tagged = "Two/CD boats/NNS ,/, both/DT of/IN which/WDT leaked/VBD ,/, sank/VBD ./.";
    assert_eq!(whole_subjects(tagged), ["both of which", "Two boats , both of which leaked"]);
    assert_eq!(extents(tagged, ClauseKind::Relative), ["both of which leaked"]);
}

#[test]
fn the_subject_after_there_has_its_coordination_but_not_the_denial() {
    let tagged = "There/EX was/VBD not/RB a/DT plan/NN and/CC a/DT budget/NN for/IN it/PRP ./.";
    assert_eq!(whole_subjects(tagged), ["a plan and a budget for it"]);
    let clauses = "There/EX was/VBD a/DT plan/NN and/CC the/DT board/NN knew/VBD it/PRP ./.";
    assert_eq!(whole_subjects(clauses), ["a plan", "the board"]);
}

#[test]
fn nothing_else_determines_a_demonstrative() {
    assert_eq!(whole_subjects("Is/VBZ that/DT correct/JJ ?/."), ["that"]);
    assert_eq!(whole_subjects("Was/VBD this/DT your/PRP$ plan/NN ?/."), ["this"]);
    assert_eq!(whole_subjects("Did/VBD that/DT old/JJ plan/NN fail/VB ?/."), ["that old plan"]);
}

/// Returns the predicative complements of all clauses.
fn predicates(tagged: &str) -> Vec<String> {
    let (words, syntax) = parse(tagged);
    let phrases = syntax.clauses.iter().filter_map(|clause| clause.predicate.clone());
    phrases.map(|range| words[range].join(" ")).collect()
}

#[test]
fn a_verb_of_naming_has_a_noun_as_its_predicate() {
    assert_eq!(predicates("They/PRP called/VBD it/PRP Mist/NNP ./."), ["Mist"]);
    assert_eq!(predicates("A/DT boat/NN called/VBN Mist/NNP sank/VBD ./."), ["Mist"]);
    assert_eq!(predicates("They/PRP sold/VBD the/DT boat/NN Monday/NNP ./."), [""; 0]);
}

#[test]
fn a_predicate_ends_before_the_content_of_it() {
    let tagged = "He/PRP made/VBD it/PRP clear/JJ that/IN they/PRP left/VBD ./.";
    assert_eq!(predicates(tagged), ["clear"]);
    assert_eq!(predicates("It/PRP made/VBD her/PRP ready/JJ to/TO go/VB ./."), ["ready to go"]);
}

#[test]
fn a_predicate_has_its_content_unless_that_belongs_to_it() {
    let sure = "She/PRP made/VBD sure/JJ that/IN the/DT pier/NN opened/VBD ./.";
    assert_eq!(predicates(sure), ["sure that the pier opened"]);
    assert_eq!(predicates("They/PRP found/VBD it/PRP hard/JJ to/TO agree/VB ./."), ["hard"]);
}

#[test]
fn adverbs_before_an_adjective_are_part_of_its_predicate() {
    assert_eq!(predicates("The/DT days/NNS are/VBP getting/VBG warm/JJ ./."), ["warm"]);
    assert_eq!(predicates("It/PRP felt/VBD kind/RB of/RB odd/JJ ./."), ["kind of odd"]);
}

#[test]
fn coordinated_adjectives_are_one_predicate() {
    let tagged = "The/DT wind/NN grew/VBD and/CC it/PRP felt/VBD cold/JJ and/CC very/RB damp/JJ ./.";
    assert_eq!(predicates(tagged), ["cold and very damp"]);
    assert_eq!(predicates("He/PRP made/VBD it/PRP short/JJ and/CC clear/JJ ./."), ["short and clear"]);
}

#[test]
fn a_predicate_follows_an_object_with_its_own_phrases() {
    let tagged = "They/PRP made/VBD the/DT port/NN of/IN Vell/NNP safe/JJ ./.";
    assert_eq!(predicates(tagged), ["safe"]);
}

#[test]
fn an_infinitive_after_a_passive_says_what_or_what_for() {
    let purpose = "Boats/NNS were/VBD deployed/VBN to/TO find/VB them/PRP ./.";
    assert_eq!(extents(purpose, ClauseKind::Adverbial), ["to find them"]);
    let content = "Boats/NNS were/VBD ordered/VBN to/TO find/VB them/PRP ./.";
    assert_eq!(extents(content, ClauseKind::Complement), ["to find them"]);
    let enough = "It/PRP is/VBZ sufficient/JJ to/TO win/VB ./.";
    assert!(extents(enough, ClauseKind::Complement).is_empty());
}

#[test]
fn the_only_verb_after_a_time_is_finite() {
    let form = |rest: &str| {
        let (_, syntax) = parse(&format!("She/PRP sold/VBD the/DT mill/NN ,/, and/CC {rest} ./."));
        syntax.clauses.get(1).map(|clause| clause.form)
    };
    let (finite, participle) = (Some(ClauseForm::Finite), Some(ClauseForm::Participle));
    assert_eq!(form("three/CD weeks/NNS later/RB her/PRP$ sons/NNS moved/VBN to/TO Ostrel/NNP"), finite);
    assert_eq!(form("in/IN 1951/CD the/DT new/JJ owner/NN died/VBN"), finite);
    // The verb remains a participle if another verb is finite or no time precedes the subject.
    assert_eq!(form("in/IN 1951/CD the/DT owner/NN fined/VBN there/RB left/VBD"), participle);
    assert_eq!(form("the/DT barns/NNS built/VBN in/IN 1951/CD"), participle);
}

#[test]
fn a_participle_before_a_number_modifies_the_noun_before_it() {
    let (_, syntax) = parse("Both/DT men/NNS ,/, aged/JJ 31/CD and/CC 44/CD ,/, were/VBD held/VBN ./.");
    let subject = syntax.clauses.iter().find_map(|clause| {
        clause.subject.as_ref().filter(|_| clause.form == ClauseForm::Finite).map(|subject| subject.core.clone())
    });
    assert_eq!(subject, Some(0..2));
}

#[test]
fn a_clitic_is_an_auxiliary_with_a_straight_or_a_curly_apostrophe() {
    for mark in ["'", "’"] {
        let group = |tagged: &str| {
            let tagged = tagged.replace('\'', mark);
            let (words, syntax) = parse(&tagged);
            let [clause] = syntax.clauses.as_slice() else { return format!("{} clauses", syntax.clauses.len()) };
            format!("{} {:?} {}", words[clause.verbs.clone()].join(" "), clause.tense, clause.passive)
                .replace(mark, "'")
        };
        assert_eq!(group("You/PRP 're/VBP mending/VBG the/DT pier/NN ./."), "'re mending Present false");
        assert_eq!(group("I/PRP 'm/VBP leaving/VBG on/IN Monday/NNP ./."), "'m leaving Present false");
        assert_eq!(group("They/PRP 've/VBP closed/VBN the/DT pier/NN ./."), "'ve closed Past false");
        assert_eq!(group("She/PRP 'd/VBD sold/VBN the/DT mill/NN ./."), "'d sold Past false");
        assert_eq!(group("They/PRP 're/VBP paid/VBN by/IN the/DT firm/NN ./."), "'re paid Present true");
        assert_eq!(group("We/PRP 've/VBP not/RB sold/VBN it/PRP ./."), "'ve not sold Past false");
    }
}

#[test]
fn a_verb_without_a_tense_shares_the_tense_of_the_verb_before() {
    let tense = |tagged: &str| {
        let clauses = parse(tagged).1.clauses;
        clauses.iter().map(|clause| (clause.tense, clause.mood, clause.passive)).collect::<Vec<_>>()
    };
    let future = (Tense::Future, Mood::Indicative, false);
    assert_eq!(tense("It/PRP will/MD land/VB in/IN May/NNP and/CC sail/VB in/IN June/NNP ./."), [future, future]);
    let past = (Tense::Past, Mood::Indicative, true);
    assert_eq!(
        tense("It/PRP was/VBD sold/VBN in/IN 1934/CD ,/, burnt/VBN in/IN 1960/CD and/CC rebuilt/VBN in/IN 1962/CD ./."),
        [past; 3]
    );
}

#[test]
fn a_past_tense_tagged_as_a_participle_continues_the_innermost_clause() {
    assert_eq!(
        subjects(
            "It/PRP was/VBD noted/VBN that/IN sales/NNS rose/VBD in/IN 2019/CD ,/, halved/VBN in/IN 2020/CD and/CC \
             recovered/VBN in/IN 2022/CD ./."
        ),
        ["noted < It", "rose < sales", "halved < sales", "recovered < sales"]
    );
}
