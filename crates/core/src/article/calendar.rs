//! Serde representation of a day as an ISO 8601 string, such as `2023-09-24`.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serializer, de};

/// Serialises a day.
///
/// # Errors
/// Returns an error if the serialiser fails.
pub fn serialize<S: Serializer>(day: &Date, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(day)
}

/// Deserialises a day.
///
/// # Errors
/// Returns an error if the string is not a valid date.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
}

#[cfg(test)]
mod tests {
    use crate::article::{DateSource, Published};

    #[test]
    fn a_day_reads_back_as_it_was_written() {
        let published =
            Published { date: "2023-09-24".parse().unwrap(), moment: None, source: DateSource::Text, evidence: None };
        let words = serde_json::to_string(&published).unwrap();
        assert!(words.contains("\"2023-09-24\""), "{words}");
        assert_eq!(serde_json::from_str::<Published>(&words).unwrap(), published);
        assert!(serde_json::from_str::<Published>(&words.replace("09-24", "09-31")).is_err());
    }
}
