//! Estimates how sure a quote is: the proportion of quotes with the right content and speaker among those found by
//! the same rule and of the same kind. The proportions are data, fitted by the trainer.

use super::source::{Attribution, Source};
use crate::QuoteKind;
use crate::lexicon::entries;

/// Name in the confidence file for quotes without a speaker.
const NO_SPEAKER: &str = "nobody";

/// One proportion for each rule and kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Confidence {
    /// By rule, then direct and mixed; the last row is for quotes without a speaker.
    shares: [[f32; 2]; Source::ALL.len() + 1],
}

impl Confidence {
    /// Returns the proportions built into the program.
    #[must_use]
    pub fn bundled() -> Self {
        Self::parse(include_str!("../../assets/models/quotes_confidence.txt"))
    }

    /// Parses lines of `rule direct mixed`, one rule per line; rules without a line get 0.5.
    #[must_use]
    pub fn parse(file: &str) -> Self {
        let mut shares = [[0.5; 2]; Source::ALL.len() + 1];
        for entry in entries(file) {
            let mut fields = entry.split_whitespace();
            let Some(name) = fields.next() else { continue };
            let row = Source::ALL.iter().position(|source| source.name() == name);
            let row = row.or_else(|| (name == NO_SPEAKER).then_some(Source::ALL.len()));
            if let Some(row) = row.and_then(|row| shares.get_mut(row)) {
                for (share, field) in row.iter_mut().zip(fields) {
                    *share = field.parse().unwrap_or(0.5);
                }
            }
        }
        Self { shares }
    }

    /// Formats the proportions as [`Confidence::parse`] reads them, without the file's head.
    #[must_use]
    pub fn print(&self) -> String {
        let names = Source::ALL.iter().map(|source| source.name()).chain([NO_SPEAKER]);
        let line = |(name, row): (&str, &[f32; 2])| format!("{name} {:.3} {:.3}\n", row[0], row[1]);
        names.zip(&self.shares).map(line).collect()
    }

    /// Returns the confidence in a quote of `kind` with the given `attribution`, 0 to 1.
    #[must_use]
    #[inline]
    pub fn of(&self, attribution: Option<&Attribution>, kind: QuoteKind) -> f32 {
        let source = attribution.filter(|found| found.speaker.is_some()).map(|found| found.source);
        self.shares[Self::row(source)][usize::from(kind != QuoteKind::Direct)]
    }

    /// Moves each proportion towards the observed one: `judged` contains rule, kind and whether the quote was right.
    /// The current proportion counts as much as `weight` observations.
    pub fn fit(&mut self, judged: &[(Option<Source>, QuoteKind, bool)], weight: f32) {
        let mut seen = [[(0.0_f32, 0.0_f32); 2]; Source::ALL.len() + 1];
        for (source, kind, right) in judged {
            let cell = &mut seen[Self::row(*source)][usize::from(*kind != QuoteKind::Direct)];
            cell.0 += 1.0;
            cell.1 += f32::from(u8::from(*right));
        }
        for (share, (of, right)) in self.shares.iter_mut().flatten().zip(seen.iter().flatten()) {
            *share = (*share * weight + right) / (weight + of);
        }
    }

    #[inline]
    fn row(source: Option<Source>) -> usize {
        source.and_then(|source| Source::ALL.iter().position(|other| *other == source)).unwrap_or(Source::ALL.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_move_towards_what_was_seen() {
        let mut confidence = Confidence::parse("after 0.5 0.5");
        confidence.fit(&[(Some(Source::After), QuoteKind::Direct, true); 10], 10.0);
        assert!(confidence.print().starts_with("after 0.750 0.500"));
        assert_eq!(Confidence::parse(&confidence.print()), confidence);
    }
}
