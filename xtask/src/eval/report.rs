//! Prints scores as plain-text tables. Every function returns an error if the output cannot be written.

use crate::eval::evaluation::Evaluation;
use crate::eval::measure::Tally;
use crate::eval::mistakes::Mistake;
use crate::eval::quotes::{self, Block};
use crate::eval::speaker::Form;
use crate::eval::{aliases, events, names, times};
use dateline_analysis::EntityKind;
use dateline_core::Named;
use std::io::{self, Write};

/// Maximum number of common mistakes in a report.
const MAX_MISTAKES: usize = 10;

/// Prints the scores of all layers.
pub(super) fn all(out: &mut dyn Write, evaluation: &Evaluation) -> io::Result<()> {
    quotes(out, evaluation.blocks())?;
    names(out, &evaluation.names, &names::KINDS)?;
    aliases(out, &evaluation.aliases)?;
    times(out, &evaluation.times)?;
    events(out, &evaluation.events)
}

/// Prints the scores of quotes by kind. For all kinds together, also prints the speakers by form of mention and the
/// calibration.
pub(super) fn quotes<'a>(
    out: &mut dyn Write,
    blocks: impl Iterator<Item = (Block, &'a quotes::Score)>,
) -> io::Result<()> {
    let measures = ["equal", "matching", "right speaker", "right name"];
    writeln!(
        out,
        "\nQUOTES        wanted  found{}  speaker",
        measures.map(|measure| format!("  {measure:^17}")).concat()
    )?;
    writeln!(out, "{:27}{}", "", "      P     R     F".repeat(measures.len()))?;
    let mut last = None;
    for (block, score) in blocks.filter(|(_, score)| score.overlap.gold + score.overlap.system > 0) {
        let tallies = [score.exact, score.overlap, score.end_to_end, score.named].map(percent).concat();
        let Tally { gold, system, .. } = score.overlap;
        let speaker =
            if score.speaker.of == 0 { String::from("-") } else { format!("{:.1}", score.speaker.value() * 100.0) };
        writeln!(out, "  {:12}{gold:6} {system:6}{tallies}  {speaker:>6}", block.name)?;
        last = Some(score);
    }
    if let Some(score) = last {
        speakers(out, score)?;
        writeln!(out, "  CONFIDENCE\n{}", score.calibration)?;
    }
    Ok(())
}

/// Prints the proportions of correct speakers by the form of the gold mention.
fn speakers(out: &mut dyn Write, score: &quotes::Score) -> io::Result<()> {
    writeln!(out, "  SPEAKERS          right mention           right name")?;
    for form in Form::ALL {
        let (mention, name) = (score.by_form[form as usize], score.name_by_form[form as usize]);
        writeln!(out, "    {:10}  {:22}  {name}", form.name(), mention.to_string())?;
    }
    Ok(())
}

/// Formats precision, recall and F1 in columns.
fn percent(tally: Tally) -> String {
    [tally.precision(), tally.recall(), tally.f1()].map(|share| format!(" {:5.1}", share * 100.0)).concat() + " "
}

/// Prints the scores of names by type, the confusions of types, and the most common mistakes.
pub(super) fn names(out: &mut dyn Write, score: &names::Score, kinds: &[EntityKind]) -> io::Result<()> {
    writeln!(out, "\nNAMES                             P     R     F")?;
    writeln!(out, "  span and type               {}", score.all)?;
    writeln!(out, "  span                        {}", score.spans)?;
    for kind in kinds {
        writeln!(out, "    {:24}  {}", kind.name(), score.by_kind.get(kind).copied().unwrap_or_default())?;
    }
    let columns: Vec<Option<EntityKind>> = [None].into_iter().chain(kinds.iter().copied().map(Some)).collect();
    let heads: Vec<String> = columns.iter().map(|kind| format!(" {:>12}", name(*kind))).collect();
    writeln!(out)?;
    writeln!(out, "  {:12}{}", "taken for", heads.concat())?;
    for wanted in &columns {
        let count = |found: &Option<EntityKind>| score.confusion.get(&(*wanted, *found)).copied().unwrap_or_default();
        let cells: Vec<String> = columns.iter().map(|found| format!(" {:>12}", count(found))).collect();
        writeln!(out, "  {:12}{}", name(*wanted), cells.concat())?;
    }
    writeln!(out, "\n  commonest mistakes")?;
    for (surface, (wanted, found), times) in score.commonest(MAX_MISTAKES) {
        writeln!(out, "    {times:3}  {surface:?}: {}, taken for {}", name(wanted), name(found))?;
    }
    Ok(())
}

fn name(kind: Option<EntityKind>) -> &'static str {
    kind.map_or("nothing", EntityKind::name)
}

/// Prints the B³ figures for the clustering of names.
pub(super) fn aliases(out: &mut dyn Write, score: &aliases::Score) -> io::Result<()> {
    let (precision, recall, f1) = score.figures();
    writeln!(
        out,
        "\nALIASES B³                  P {:5.1}  R {:5.1}  F {:5.1}",
        precision * 100.0,
        recall * 100.0,
        f1 * 100.0
    )
}

/// Prints the scores of time expressions.
pub(super) fn times(out: &mut dyn Write, score: &times::Score) -> io::Result<()> {
    writeln!(out, "\nTIMES                             P     R     F")?;
    writeln!(out, "  strict                      {}", score.strict)?;
    writeln!(out, "  relaxed                     {}", score.relaxed)?;
    writeln!(out, "  type F {:5.1}   right {}", score.kind_f1() * 100.0, score.kind)?;
    writeln!(out, "  value F {:5.1}  right {}", score.value_f1() * 100.0, score.value)
}

/// Prints the scores of events.
pub(super) fn events(out: &mut dyn Write, score: &events::Score) -> io::Result<()> {
    writeln!(out, "\nEVENTS                            P     R     F")?;
    writeln!(out, "  clauses that overlap        {}", score.spans)?;
    writeln!(out, "  with the right first day    {}", score.begins)?;
    writeln!(out, "  status right {}", score.status)
}

/// Prints the first `count` mistakes of a layer. Prints nothing if `count` is 0.
pub(super) fn mistakes(out: &mut dyn Write, layer: &str, mistakes: &[Mistake], count: usize) -> io::Result<()> {
    if count == 0 {
        return Ok(());
    }
    writeln!(out, "\nMISTAKES in {layer}: {} of {}", count.min(mistakes.len()), mistakes.len())?;
    for mistake in mistakes.iter().take(count) {
        writeln!(out, "  {mistake}")?;
    }
    Ok(())
}

/// Prints the main figures of each kind of story, one line per kind.
pub(super) fn by_kind<'a>(
    out: &mut dyn Write,
    kinds: impl Iterator<Item = (&'a str, usize, &'a Evaluation)>,
) -> io::Result<()> {
    writeln!(
        out,
        "\n{:14} {:>7} {:>8} {:>8} {:>8} {:>8} {:>8}",
        "KIND", "stories", "direct", "mixed", "indirect", "names", "times"
    )?;
    writeln!(out, "{:14} {:>7} {:>8} {:>8} {:>8} {:>8} {:>8}", "", "", "named", "named", "named", "all", "value")?;
    for (kind, stories, evaluation) in kinds {
        let percent = |share: f64| format!("{:8.1}", share * 100.0);
        let quotes = [0, 1, 3].map(|block| percent(evaluation.quotes[block].named.f1())).join(" ");
        let rest = [evaluation.names.all.f1(), evaluation.times.value_f1()].map(percent).join(" ");
        writeln!(out, "{kind:14} {stories:>7} {quotes} {rest}")?;
    }
    Ok(())
}
