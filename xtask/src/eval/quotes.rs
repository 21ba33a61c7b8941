//! Scores quotes: contents by span, speakers by mention and by name.
//!
//! Before comparing, contents are cut at line ends and lose blanks, marks and stops at their ends, so that the
//! same quote given with or without its marks scores the same. Contents match when they share at least four
//! fifths of the longer one, one to one, the best first. "End to end" also asks for the right speaker.

mod unit;

pub(super) use unit::{Mention, Unit, found, units};

use crate::eval::calibration::Calibration;
use crate::eval::matching::{self, Candidate};
use crate::eval::measure::{Share, Tally};
use crate::eval::mistakes::{Mistake, words};
use crate::eval::speaker::{self, Form};
use dateline_analysis::QuoteKind;
use dateline_core::text::Span;

/// The least share of the longer of two contents that they have in common.
const SAME: f64 = 0.8;
/// The least share that makes a found content an attempt at a wanted one.
const ATTEMPT: f64 = 0.3;

/// The kinds of quotes that one line of the report is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// Its name in the report.
    pub name: &'static str,
    /// Its kinds.
    pub kinds: &'static [QuoteKind],
}

/// The words between quotation marks.
pub(super) const IN_MARKS: Block = Block { name: "direct+mixed", kinds: &[QuoteKind::Direct, QuoteKind::Mixed] };
/// The words of the reporter.
pub(super) const REPORTED: Block = Block { name: "indirect", kinds: &[QuoteKind::Indirect] };
/// Both.
pub(super) const ALL: Block = Block { name: "all", kinds: &[QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect] };

/// All blocks of the report.
pub(super) const BLOCKS: [Block; 5] = [
    Block { name: "direct", kinds: &[QuoteKind::Direct] },
    Block { name: "mixed", kinds: &[QuoteKind::Mixed] },
    IN_MARKS,
    REPORTED,
    ALL,
];

/// The counts of one block.
#[derive(Clone, Debug, Default)]
pub(super) struct Score {
    /// Equal contents.
    pub exact: Tally,
    /// Contents that match.
    pub overlap: Tally,
    /// Contents that match with the right speaker: by mention, by head word or by name.
    pub end_to_end: Tally,
    /// Contents that match with the right name, among wanted quotes that give one.
    pub named: Tally,
    /// Right speakers among matching contents whose wanted quote has one.
    pub speaker: Share,
    /// The same by the form of the wanted mention, in the order of [`Form::ALL`].
    pub by_form: [Share; 4],
    /// Right names by the form of the wanted mention.
    pub name_by_form: [Share; 4],
    /// Confidence against end-to-end rightness.
    pub calibration: Calibration,
    /// Every mistake.
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

/// Scores the quotes of one text in one block.
///
/// Wanted quotes of other kinds and optional ones neither help nor hurt: a found quote that lies on one and
/// matches none of the block is passed over.
#[must_use]
pub(super) fn score(text: &str, gold: &[Unit<'_>], system: &[Unit<'_>], block: Block) -> Score {
    let (wanted, spare): (Vec<&Unit<'_>>, Vec<&Unit<'_>>) =
        gold.iter().partition(|unit| block.kinds.contains(&unit.kind) && !unit.optional);
    let candidates = similar(text, &wanted, system);
    let pairs = matching::one_to_one(candidates.iter().copied().filter(|pair| pair.score >= SAME).collect());
    let attempts = matching::one_to_one(candidates);
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

/// What is missed, too much, or said by somebody else.
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

/// Counts the speaker of a matching pair; whether it is right.
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

/// Pairs of overlapping contents that share at least [`ATTEMPT`] of the longer one.
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
        .filter(|pair| pair.score >= ATTEMPT)
        .collect()
}

/// Whether half of a found quote lies on quotes that are not asked for, or it is the report around a fragment.
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
