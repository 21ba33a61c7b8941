//! Scores as tables of plain text.

use crate::evaluation::Evaluation;
use crate::measure::Tally;
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

/// Quotes by kind, then of all kinds together speakers by form of mention, and confidences.
pub fn quotes<'a>(blocks: impl Iterator<Item = (Block, &'a quotes::Score)>) {
    let measures = ["equal", "matching", "right speaker", "right name"];
    println!("\nQUOTES        wanted  found{}  speaker", measures.map(|measure| format!("  {measure:^17}")).concat());
    println!("{:27}{}", "", "      P     R     F".repeat(measures.len()));
    let mut last = None;
    for (block, score) in blocks.filter(|(_, score)| score.overlap.gold + score.overlap.system > 0) {
        let tallies = [score.exact, score.overlap, score.end_to_end, score.named].map(percent).concat();
        let Tally { gold, system, .. } = score.overlap;
        println!("  {:12}{gold:6} {system:6}{tallies}   {:5.1}", block.name, score.speaker.value() * 100.0);
        last = Some(score);
    }
    if let Some(score) = last {
        speakers(score);
        println!("  CONFIDENCE\n{}", score.calibration);
    }
}

/// Right speakers by the form of the wanted mention.
fn speakers(score: &quotes::Score) {
    println!("  SPEAKERS          right mention           right name");
    for form in Form::ALL {
        let (mention, name) = (score.by_form[form as usize], score.name_by_form[form as usize]);
        println!("    {:10}  {:22}  {name}", form.name(), mention.to_string());
    }
}

/// Precision, recall and F1 in columns.
fn percent(tally: Tally) -> String {
    [tally.precision(), tally.recall(), tally.f1()].map(|share| format!(" {:5.1}", share * 100.0)).concat() + " "
}

/// Names by type, what was taken for what, and the commonest mistakes.
pub fn names(score: &names::Score, kinds: &[EntityKind]) {
    println!("\nNAMES                             P     R     F");
    println!("  span and type               {}", score.all);
    println!("  span                        {}", score.spans);
    for kind in kinds {
        println!("    {:24}  {}", kind.name(), score.by_kind.get(kind).copied().unwrap_or_default());
    }
    let row = |first: &str, cells: &[String]| println!("  {first:12}{}", cells.concat());
    let columns: Vec<Option<EntityKind>> = [None].into_iter().chain(kinds.iter().copied().map(Some)).collect();
    let heads: Vec<String> = columns.iter().map(|kind| format!(" {:>12}", name(*kind))).collect();
    println!();
    row("taken for", &heads);
    for wanted in &columns {
        let count = |found: &Option<EntityKind>| score.confusion.get(&(*wanted, *found)).copied().unwrap_or_default();
        let cells: Vec<String> = columns.iter().map(|found| format!(" {:>12}", count(found))).collect();
        row(name(*wanted), &cells);
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
