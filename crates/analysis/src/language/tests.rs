//! Tests that foreign-language paragraphs yield only their quoted words.

use crate::testing::ANALYZER;
use crate::{Analysis, Options, QuoteKind};
use dateline_core::article::Article;

fn analyze(text: &str) -> Analysis {
    ANALYZER.analyze(&Article::verbatim("t", text), &Options::default())
}

/// Returns the content of each quotation, which must be direct and without speaker or cue.
fn words(text: &str) -> Vec<String> {
    let analysis = analyze(text);
    for quote in &analysis.quotes {
        assert_eq!((quote.kind, quote.cue), (QuoteKind::Direct, None), "{quote:?}");
        assert!(quote.speaker.is_none(), "{quote:?}");
    }
    assert!(analysis.entities.is_empty() && analysis.times.is_empty() && analysis.events.is_empty(), "{analysis:?}");
    analysis.quotes.iter().map(|quote| quote.span.of(text).to_owned()).collect()
}

const GERMAN: &str = "Der Rat der Stadt hat am 3. März 2024 beschlossen, die alte Brücke über den Fluss zu sperren.\n\n\
    „Wir haben keine andere Wahl“, sagte die Bürgermeisterin Petra Ahlers am Montag nach der Sitzung.\n\n\
    »Das kostet uns ein ganzes Jahr«, sagte Ahlers.";

#[test]
fn a_german_story_yields_only_its_quoted_words() {
    assert_eq!(words(GERMAN), ["Wir haben keine andere Wahl", "Das kostet uns ein ganzes Jahr"]);
    assert_eq!(analyze(GERMAN).quotes_only, ["German"]);
    assert_eq!(analyze(GERMAN).notes(), ["quotes only: German"]);
}

#[test]
fn a_french_story_has_spaced_guillemets() {
    let text = "Le conseil de la ville a décidé lundi de fermer le vieux pont sur la rivière pour une année.\n\n\
        « Nous n’avons pas le choix », a déclaré la maire, Jeanne Morel, après la séance du conseil.";
    assert_eq!(words(text), ["Nous n’avons pas le choix"]);
}

#[test]
fn other_scripts_are_recognised_by_their_letters() {
    let chinese = "市议会周一决定关闭河上的旧桥一年。市长王芳说：“我们没有别的选择。”";
    assert_eq!(words(chinese), ["我们没有别的选择。"]);
    let japanese = "市議会は月曜日に古い橋を一年間閉鎖することを決めた。市長は「ほかに選択肢はありません」と述べた。";
    assert_eq!(words(japanese), ["ほかに選択肢はありません"]);
    let arabic = "قرر مجلس المدينة يوم الاثنين إغلاق الجسر القديم. وقالت رئيسة البلدية: «ليس لدينا خيار آخر أبدا».";
    assert_eq!(words(arabic), ["ليس لدينا خيار آخر أبدا"]);
    let russian = "Городской совет решил в понедельник закрыть старый мост. «У нас нет другого выбора», — сказала мэр.";
    assert_eq!(words(russian), ["У нас нет другого выбора"]);
    assert_eq!(analyze(japanese).quotes_only, ["Japanese"]);
    assert_eq!(analyze(chinese).quotes_only, ["Chinese"]);
}

#[test]
fn titles_and_terms_in_foreign_marks_are_not_speech() {
    let text =
        "Das Boot „Nordstern“ ist in der Nacht vor der Küste gesunken, und die Suche nach den Leuten ist zu Ende.";
    assert!(words(text).is_empty());
}

#[test]
fn a_short_paragraph_follows_the_story() {
    let text = format!("{GERMAN}\n\n„Es ist vorbei, wir gehen heim“, sagte Tom Reuter.");
    assert_eq!(words(&text).last().map(String::as_str), Some("Es ist vorbei, wir gehen heim"));
}

#[test]
fn a_german_quotation_leaves_an_english_story_english() {
    let text = "“Wir haben das nicht gewollt und wir werden es nicht noch einmal tun,” said Mara Odell.\n\n\
        The council met on Monday to hear what she had to say about it.";
    let analysis = analyze(text);
    let speaker = analysis.quotes[0].speaker.as_ref().map(|speaker| speaker.name.as_str());
    assert_eq!(speaker, Some("Mara Odell"));
    assert!(analysis.quotes_only.is_empty() && analysis.notes().is_empty());
}

#[test]
fn a_short_brief_and_foreign_names_stay_english() {
    for text in [
        "Mara Odell quits in Leeds.",
        "Results: Real Madrid 2, Los Angeles 1; San José 0, La Paz 3; El Salvador 1, Las Palmas 1.",
        "José de la Cruz of Los Cabos said that the Plaza de las Flores in La Paz was closed.",
        "Van den Berg, De Jong, Van der Meer and De Vries of Den Haag said it was over.",
    ] {
        assert!(analyze(text).quotes_only.is_empty(), "{text}");
        assert!(!analyze(text).sentences.is_empty(), "{text}");
    }
}

#[test]
fn one_foreign_paragraph_in_an_english_story_is_kept_apart() {
    let text = format!(
        "The council met on Monday. “We will close the bridge,” said Mara Odell, who has led it for a year.\n\n{}\n\n\
         The bridge was built in 1931 and has not been mended since, and the town has no other way over the river.",
        "El puente fue construido en 1931 y no ha sido reparado desde entonces, según los vecinos de la ciudad que \
         viven en la otra orilla del río y no tienen otra salida."
    );
    let analysis = analyze(&text);
    assert_eq!(analysis.quotes_only, ["Spanish"]);
    assert_eq!(analysis.quotes.len(), 1);
    assert_eq!(analysis.times.iter().filter(|time| time.value == "1931").count(), 1);
}
