//! How sure a quote is: the share of quotes right, content and speaker, among those found by the
//! same rule and of the same kind. The shares are data, fitted by the trainer.

use super::source::{Attribution, Source};
use crate::QuoteKind;
use crate::lexicon::entries;

/// What the file of weights calls a quote that nobody is found for.
const NOBODY: &str = "nobody";

/// One share for each rule and kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Confidence {
    /// By rule, then direct and mixed; the last row is for quotes without a speaker.
    shares: [[f32; 2]; Source::ALL.len() + 1],
}

impl Confidence {
    /// The shares built into the program.
    #[must_use]
    pub fn bundled() -> Self {
        Self::parse(include_str!("../../assets/models/quotes_confidence.txt"))
    }

    /// Reads `rule direct mixed`, one rule a line; a half for what no line names.
    #[must_use]
    pub fn parse(file: &str) -> Self {
        let mut shares = [[0.5; 2]; Source::ALL.len() + 1];
        for entry in entries(file) {
            let mut fields = entry.split_whitespace();
            let Some(name) = fields.next() else { continue };
            let row = Source::ALL.iter().position(|source| source.name() == name);
            let row = row.or_else(|| (name == NOBODY).then_some(Source::ALL.len()));
            if let Some(row) = row.and_then(|row| shares.get_mut(row)) {
                for (share, field) in row.iter_mut().zip(fields) {
                    *share = field.parse().unwrap_or(0.5);
                }
            }
        }
        Self { shares }
    }

    /// The file that [`Confidence::parse`] reads, without its head.
    #[must_use]
    pub fn print(&self) -> String {
        let names = Source::ALL.iter().map(|source| source.name()).chain([NOBODY]);
        let line = |(name, row): (&str, &[f32; 2])| format!("{name} {:.3} {:.3}\n", row[0], row[1]);
        names.zip(&self.shares).map(line).collect()
    }

    /// How sure a quote of `kind` is that `attribution` explains, 0 to 1.
    #[must_use]
    #[inline]
    pub fn of(&self, attribution: Option<&Attribution>, kind: QuoteKind) -> f32 {
        let source = attribution.filter(|found| found.speaker.is_some()).map(|found| found.source);
        self.shares[Self::row(source)][usize::from(kind != QuoteKind::Direct)]
    }

    /// Moves each share towards what was seen: `judged` holds rule, kind and whether the quote was
    /// right. The present share counts as much as `weight` observations.
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
