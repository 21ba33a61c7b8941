//! Scores as tables of plain text.

use crate::evaluation::Evaluation;
use crate::quotes::{self, Block};
use crate::speaker::Form;
use crate::{aliases, events, names, times};
use dateline::analysis::EntityKind;

/// How many of the commonest mistakes are listed.
const MISTAKES: usize = 10;

/// Everything.
pub fn all(evaluation: &Evaluation) {
    quotes(evaluation.blocks());
    names(&evaluation.names, &names::KINDS);
    aliases(&evaluation.aliases);
    times(&evaluation.times);
    events(&evaluation.events);
}

/// Quotes by kind, speakers by form of mention, and confidences.
pub fn quotes<'a>(blocks: impl Iterator<Item = (Block, &'a quotes::Score)>) {
    for (block, score) in blocks {
        println!("\nQUOTES {}{}P     R     F", block.name, " ".repeat(24 - block.name.len()));
        println!("  equal contents              {}", score.exact);
        println!("  contents that match         {}", score.overlap);
        println!("  with the right speaker      {}", score.end_to_end);
        println!("  with the right name         {}", score.named);
        println!("  speakers right, of matching contents     {}", score.speaker);
        for form in Form::ALL {
            let (mention, name) = (score.by_form[form as usize], score.name_by_form[form as usize]);
            if mention.of > 0 {
                println!("    {:10} mention {mention:18}  name {name}", form.name());
            }
        }
        println!("{}", score.calibration);
    }
}

/// Names by type, what was taken for what, and the commonest mistakes.
pub fn names(score: &names::Score, kinds: &[EntityKind]) {
    println!("\nNAMES                             P     R     F");
    println!("  span and type               {}", score.all);
    println!("  span                        {}", score.spans);
    for kind in kinds {
        println!("    {:24}  {}", kind.name(), score.by_kind.get(kind).copied().unwrap_or_default());
    }
    println!(
        "\n  taken for   {:>8} {}",
        "nothing",
        kinds.iter().map(|kind| format!(" {:>12}", kind.name())).collect::<String>()
    );
    for wanted in [None].into_iter().chain(kinds.iter().map(|kind| Some(*kind))) {
        let count = |found| score.confusion.get(&(wanted, found)).copied().unwrap_or_default();
        let row: String = kinds.iter().map(|kind| format!(" {:>12}", count(Some(*kind)))).collect();
        println!("  {:12}{:>8} {row}", name(wanted), count(None));
    }
    println!("\n  commonest mistakes");
    for (surface, (wanted, found), times) in score.commonest(MISTAKES) {
        println!("    {times:3}  {surface:?}: {}, taken for {}", name(wanted), name(found));
    }
}

fn name(kind: Option<EntityKind>) -> &'static str {
    kind.map_or("nothing", EntityKind::name)
}

/// B³ of the aliases.
pub fn aliases(score: &aliases::Score) {
    let (precision, recall, f1) = score.figures();
    println!(
        "\nALIASES B³                  P {:5.1}  R {:5.1}  F {:5.1}",
        precision * 100.0,
        recall * 100.0,
        f1 * 100.0
    );
}

/// Time expressions.
pub fn times(score: &times::Score) {
    println!("\nTIMES                             P     R     F");
    println!("  strict                      {}", score.strict);
    println!("  relaxed                     {}", score.relaxed);
    println!("  type F {:5.1}   right {}", score.kind_f1() * 100.0, score.kind);
    println!("  value F {:5.1}  right {}", score.value_f1() * 100.0, score.value);
}

/// Events.
pub fn events(score: &events::Score) {
    println!("\nEVENTS                            P     R     F");
    println!("  clauses that overlap        {}", score.spans);
    println!("  with the right first day    {}", score.begins);
    println!("  status right {}", score.status);
}

/// The main figures of each kind of story, a line a kind.
pub fn by_kind<'a>(kinds: impl Iterator<Item = (&'a str, usize, &'a Evaluation)>) {
    println!(
        "\n{:14} {:>7} {:>8} {:>8} {:>8} {:>8} {:>8}",
        "KIND", "stories", "direct", "mixed", "indirect", "names", "times"
    );
    println!("{:14} {:>7} {:>8} {:>8} {:>8} {:>8} {:>8}", "", "", "named", "named", "named", "all", "value");
    for (kind, stories, evaluation) in kinds {
        let percent = |share: f64| format!("{:8.1}", share * 100.0);
        let quotes = [0, 1, 3].map(|block| percent(evaluation.quotes[block].named.f1())).join(" ");
        let rest = [evaluation.names.all.f1(), evaluation.times.value_f1()].map(percent).join(" ");
        println!("{kind:14} {stories:>7} {quotes} {rest}");
    }
}
