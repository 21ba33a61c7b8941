//! Converts log-odds to a confidence, for any kind of result.

/// Returns the probability for log-odds. The probability is rounded to thousandths, because further digits depend on
/// the machine and would suggest a precision that confidences do not have.
pub(crate) fn logistic(odds: f32) -> f32 {
    (1000.0 / (1.0 + (-odds).exp())).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::logistic;

    #[test]
    fn even_odds_are_a_half_and_digits_are_few() {
        assert!((logistic(0.0) - 0.5).abs() < f32::EPSILON);
        assert!((logistic(-0.01) - 0.498).abs() < f32::EPSILON);
        assert!((logistic(20.0) - 1.0).abs() < f32::EPSILON);
    }
}
