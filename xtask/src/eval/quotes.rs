//! Scores quotes: their content by span, and their speakers by mention and by name.
//!
//! Before comparison, quotes are split at line ends and trimmed of white space, quotation marks and punctuation, so
//! that a quote has the same score with or without quotation marks. Two quotes match if they share at least four fifths
//! of the longer one. Matching quotes are paired one to one, best match first. "End to end" requires the correct
//! speaker in addition.

mod unit;

pub(super) use unit::{Mention, Unit, found, units};

use crate::eval::calibration::Calibration;
use crate::eval::matching::{self, Candidate};
use crate::eval::measure::{Share, Tally};
use crate::eval::mistakes::{Mistake, words};
use crate::eval::speaker::{self, Form};
use dateline_analysis::QuoteKind;
use dateline_core::Named;
use dateline_core::text::Span;

/// Minimum overlap of matching quotes, as a proportion of the longer one.
const MIN_MATCH_OVERLAP: f64 = 0.8;
/// Minimum overlap at which a system quote counts as an attempt at a gold quote, as a proportion of the longer one.
const MIN_ATTEMPT_OVERLAP: f64 = 0.3;

/// A line of the report, which covers some kinds of quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// Name of the line in the report.
    pub name: &'static str,
    /// Kinds of quotes covered by the line.
    pub kinds: &'static [QuoteKind],
}

/// Line of the report for quotes with quotation marks.
pub(super) const IN_MARKS: Block = Block { name: "direct+mixed", kinds: &[QuoteKind::Direct, QuoteKind::Mixed] };
/// Line of the report for reported speech.
pub(super) const REPORTED: Block = Block { name: "indirect", kinds: &[QuoteKind::Indirect] };
/// Line of the report for quotes of all kinds.
pub(super) const ALL: Block = Block { name: "all", kinds: &[QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect] };

/// Lines of the report on quotes.
pub(super) const BLOCKS: [Block; 5] = [
    Block { name: "direct", kinds: &[QuoteKind::Direct] },
    Block { name: "mixed", kinds: &[QuoteKind::Mixed] },
    IN_MARKS,
    REPORTED,
    ALL,
];

/// Counts for one line of the report.
#[derive(Clone, Debug, Default)]
pub(super) struct Score {
    /// Quotes whose span is exactly correct.
    pub exact: Tally,
    /// Quotes whose span matches that of a gold quote.
    pub overlap: Tally,
    /// Matching quotes with the correct speaker, as judged by mention, head word or name.
    pub end_to_end: Tally,
    /// Matching quotes with the correct name of the speaker. Gold quotes without a name do not count.
    pub named: Tally,
    /// Proportion of matching quotes with the correct speaker. Gold quotes without a speaker do not count.
    pub speaker: Share,
    /// Proportion of matching quotes with the correct speaker, by the form of the gold mention, in the order of
    /// [`Form::ALL`].
    pub by_form: [Share; 4],
    /// Proportion of matching quotes with the correct name, by the form of the gold mention, in the order of
    /// [`Form::ALL`].
    pub name_by_form: [Share; 4],
    /// Calibration of the confidence. A quote counts as correct if it is correct end to end.
    pub calibration: Calibration,
    /// Mistakes in all texts scored so far.
    pub mistakes: Vec<Mistake>,
}

impl Score {
    /// Adds the counts of another text.
    pub(super) fn add(&mut self, other: &Self) {
        self.exact += other.exact;
        self.overlap += other.overlap;
        self.end_to_end += other.end_to_end;
        self.named += other.named;
        self.speaker += other.speaker;
        for (sum, more) in self.by_form.iter_mut().zip(other.by_form) {
            *sum += more;
        }
        for (sum, more) in self.name_by_form.iter_mut().zip(other.name_by_form) {
            *sum += more;
        }
        self.calibration.add(&other.calibration);
        self.mistakes.extend(other.mistakes.iter().cloned());
    }
}

/// Scores the quotes of one text for one line of the report.
///
/// Optional gold quotes and those of other kinds do not affect the score. A system quote that overlaps such a gold
/// quote is ignored, unless it matches one that counts.
#[must_use]
pub(super) fn score(text: &str, gold: &[Unit<'_>], system: &[Unit<'_>], block: Block) -> Score {
    let (wanted, spare): (Vec<&Unit<'_>>, Vec<&Unit<'_>>) =
        gold.iter().partition(|unit| block.kinds.contains(&unit.kind) && !unit.optional);
    let candidates = similar(text, &wanted, system);
    let pairs =
        matching::one_to_one(candidates.iter().copied().filter(|pair| pair.score >= MIN_MATCH_OVERLAP).collect());
    let attempts = matching::one_to_one(candidates);
    // A system quote that matches or attempts a gold quote always counts. Any other system quote counts only if its
    // kind belongs to the line of the report and it does not overlap an optional gold quote.
    let counts = |index: usize| {
        let by = |pairs: &[Candidate]| pairs.iter().any(|pair| pair.system == index);
        by(&pairs)
            || by(&attempts)
            || (block.kinds.contains(&system[index].kind) && !lies_on(text, &system[index], &spare))
    };
    let kept: Vec<usize> = (0..system.len()).filter(|index| counts(*index)).collect();
    let mut score = Score::default();
    let tally = Tally { right: pairs.len(), system: kept.len(), gold: wanted.len() };
    score.overlap = tally;
    score.exact = Tally {
        right: pairs.iter().filter(|pair| wanted[pair.gold].span == system[pair.system].span).count(),
        ..tally
    };
    let unnamed = pairs.iter().filter(|pair| wanted[pair.gold].name.is_none()).count();
    score.named = Tally {
        right: 0,
        system: kept.len() - unnamed,
        gold: wanted.iter().filter(|unit| unit.name.is_some()).count(),
    };
    score.end_to_end = Tally { right: 0, ..tally };
    let mut right = vec![false; system.len()];
    for pair in &pairs {
        right[pair.system] = count_speaker(wanted[pair.gold], &system[pair.system], &mut score);
    }
    score.mistakes = mistakes(text, &wanted, system, &pairs, &kept);
    for index in kept {
        if let Some(confidence) = system[index].confidence {
            score.calibration.count(confidence, right[index]);
        }
    }
    score
}

/// Returns the missed and extra quotes, and those attributed to a wrong speaker or name.
fn mistakes(
    text: &str,
    wanted: &[&Unit<'_>],
    system: &[Unit<'_>],
    pairs: &[Candidate],
    kept: &[usize],
) -> Vec<Mistake> {
    let shown = |unit: &Unit<'_>| {
        let mention = unit.mention.map_or("", |mention| mention.words);
        format!("{} {} by {mention:?} = {:?}", unit.kind.name(), words(text, unit.span), unit.name.unwrap_or_default())
    };
    let mut out = Vec::new();
    for pair in pairs {
        let (gold, found) = (wanted[pair.gold], &system[pair.system]);
        let mut judged = Score::default();
        let right = count_speaker(gold, found, &mut judged);
        if !right || judged.named.right == 0 && gold.name.is_some() {
            let what = if right { "name" } else { "speaker" };
            out.push(Mistake { what, wanted: shown(gold), found: shown(found) });
        }
    }
    let missed = (0..wanted.len()).filter(|index| !pairs.iter().any(|pair| pair.gold == *index));
    out.extend(missed.map(|index| Mistake::missed(shown(wanted[index]))));
    let extra = kept.iter().filter(|index| !pairs.iter().any(|pair| pair.system == **index));
    out.extend(extra.map(|index| Mistake::extra(shown(&system[*index]))));
    out
}

/// Counts the speaker of a matching pair. Returns whether the speaker is correct.
fn count_speaker(gold: &Unit<'_>, system: &Unit<'_>, score: &mut Score) -> bool {
    if gold.mention.is_none() && gold.name.is_none() {
        score.end_to_end.right += 1;
        return true;
    }
    let named = gold.name.map(|name| system.name.is_some_and(|found| speaker::same_name(name, found)));
    let mention = match (&gold.mention, &system.mention) {
        (Some(wanted), Some(found)) => {
            wanted.span.overlaps(found.span) || speaker::same_head(wanted.words, found.words)
        }
        _ => false,
    };
    let right = mention || named == Some(true);
    score.speaker.count(right);
    score.end_to_end.right += usize::from(right);
    score.named.right += usize::from(named == Some(true));
    if let Some(wanted) = &gold.mention {
        let form = Form::of(wanted.words) as usize;
        score.by_form[form].count(right);
        if let Some(named) = named {
            score.name_by_form[form].count(named);
        }
    }
    right
}

/// Finds pairs of quotes that share at least [`MIN_ATTEMPT_OVERLAP`] of the longer one.
fn similar(text: &str, wanted: &[&Unit<'_>], system: &[Unit<'_>]) -> Vec<Candidate> {
    let spans = |units: &mut dyn Iterator<Item = Span>| units.collect::<Vec<_>>();
    let gold = spans(&mut wanted.iter().map(|unit| unit.span));
    let found = spans(&mut system.iter().map(|unit| unit.span));
    matching::overlaps(text, &gold, &found)
        .into_iter()
        .map(|pair| {
            let longer = matching::length(text, gold[pair.gold]).max(matching::length(text, found[pair.system]));
            Candidate { score: pair.score / longer as f64, ..pair }
        })
        .filter(|pair| pair.score >= MIN_ATTEMPT_OVERLAP)
        .collect()
}

/// Returns whether at least half of a system quote overlaps optional gold quotes, or whether the system quote is the
/// reported speech around a gold fragment.
fn lies_on(text: &str, unit: &Unit<'_>, spare: &[&Unit<'_>]) -> bool {
    let shared: usize = spare.iter().map(|other| matching::shared(text, unit.span, other.span)).sum();
    let around = |other: &&&Unit<'_>| other.fragment && unit.span.covers(other.span);
    2 * shared >= matching::length(text, unit.span) || spare.iter().any(|other| around(&other))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Odell said the pier was lost. “We wept,” she said. Nobody slept.";

    fn unit<'a>(content: &str, kind: QuoteKind, mention: &'a str, name: Option<&'a str>) -> Unit<'a> {
        let place = |piece: &str| TEXT.find(piece).map(|at| Span::new(at, at + piece.len())).unwrap();
        let mention = Some(Mention { span: place(mention), words: mention });
        Unit { kind, mention, name, ..Unit::new(place(content)) }
    }

    #[test]
    fn a_pronoun_is_right_by_its_place_and_wrong_by_its_name() {
        let gold = [unit("We wept", QuoteKind::Direct, "she", Some("Mara Odell"))];
        let system = [Unit { confidence: Some(0.9), ..unit("We wept", QuoteKind::Direct, "she", Some("Bel Roy")) }];
        let score = score(TEXT, &gold, &system, BLOCKS[0]);
        assert_eq!(score.exact, Tally { right: 1, system: 1, gold: 1 });
        assert_eq!(score.end_to_end.right, 1);
        assert_eq!(score.named, Tally { right: 0, system: 1, gold: 1 });
        assert_eq!(score.by_form[Form::Pronoun as usize], Share { right: 1, of: 1 });
        assert_eq!(score.name_by_form[Form::Pronoun as usize], Share { right: 0, of: 1 });
        assert!((score.calibration.error() - 0.1).abs() < 1e-6);
    }

    #[test]
    fn other_kinds_and_optional_ones_neither_help_nor_hurt() {
        let report = unit("the pier was lost", QuoteKind::Indirect, "Odell", None);
        let gold = [report.clone(), Unit { optional: true, ..unit("Nobody slept", QuoteKind::Direct, "she", None) }];
        let system = [Unit { kind: QuoteKind::Direct, ..report }, unit("Nobody slept", QuoteKind::Direct, "she", None)];
        let score = score(TEXT, &gold, &system, BLOCKS[0]);
        assert_eq!(score.overlap, Tally::default());
    }

    #[test]
    fn half_of_a_content_is_an_attempt_and_no_match() {
        let gold = [unit("the pier was lost", QuoteKind::Indirect, "Odell", None)];
        let system = [unit("the pier", QuoteKind::Indirect, "Odell", None)];
        let score = score(TEXT, &gold, &system, BLOCKS[3]);
        assert_eq!(score.overlap, Tally { right: 0, system: 1, gold: 1 });
    }
}
