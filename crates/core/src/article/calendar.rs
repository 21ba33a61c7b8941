//! Conversions of days to ISO 8601 strings and to numbers, for storage and exchange.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serializer, de};

/// Serde representation of a day as an ISO 8601 string, such as `2023-09-24`.
pub mod day {
    use super::{Date, Deserialize, Deserializer, Serializer, de};

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
}

/// Returns the number of days since 1970-01-01, which is negative for earlier days.
#[must_use]
pub fn day_number(date: Date) -> i64 {
    i64::from((date - jiff::civil::date(1970, 1, 1)).get_days())
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
