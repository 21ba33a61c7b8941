//! Amounts: numbers with their bounds.

/// Number with its bounds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Amount {
    /// Number in the text; `None` for a range.
    pub value: Option<f64>,
    /// Smallest number that the words allow, if they set a limit.
    pub low: Option<f64>,
    /// Largest number that the words allow, if they set a limit.
    pub high: Option<f64>,
}

impl Amount {
    /// Creates an exact number.
    pub(super) const fn exact(value: f64) -> Self {
        Self { value: Some(value), low: None, high: None }
    }

    /// Creates a range.
    pub(super) const fn range(low: f64, high: f64) -> Self {
        Self { value: None, low: Some(low), high: Some(high) }
    }

    /// Multiplies the number and its bounds.
    pub(super) fn times(self, scale: f64) -> Self {
        let times = |number: Option<f64>| number.map(|number| tidy(number * scale));
        Self { value: times(self.value), low: times(self.low), high: times(self.high) }
    }
}

/// Rounds away the error of binary fractions, so that 1.2 million is 1,200,000.
pub(super) fn tidy(value: f64) -> f64 {
    let rounded = value.round();
    if value >= 1000.0 && (value - rounded).abs() < 1e-3 { rounded } else { (value * 1e6).round() / 1e6 }
}
