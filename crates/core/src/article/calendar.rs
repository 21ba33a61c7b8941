//! Days as ISO 8601 strings and as numbers, for storage and exchange.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serializer, de};

/// A day as `2023-09-24`.
pub mod day {
    use super::{Date, Deserialize, Deserializer, Serializer, de};

    /// Writes the day.
    ///
    /// # Errors
    /// Returns the error of the serialiser.
    pub fn serialize<S: Serializer>(day: &Date, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(day)
    }

    /// Reads a day.
    ///
    /// # Errors
    /// Returns an error if the string is not a day of the calendar.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// An optional pair of first and last day.
pub mod interval {
    use super::{Date, Deserialize, Deserializer, Serializer, de};

    /// Writes both days.
    ///
    /// # Errors
    /// Returns the error of the serialiser.
    #[allow(clippy::ref_option, reason = "the signature that serde calls")]
    pub fn serialize<S: Serializer>(days: &Option<(Date, Date)>, serializer: S) -> Result<S::Ok, S::Error> {
        match days {
            Some((begin, end)) => serializer.serialize_some(&format!("{begin}/{end}")),
            None => serializer.serialize_none(),
        }
    }

    /// Reads both days.
    ///
    /// # Errors
    /// Returns an error if the string is not two days of the calendar.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<(Date, Date)>, D::Error> {
        let Some(words) = Option::<String>::deserialize(deserializer)? else { return Ok(None) };
        let (begin, end) = words.split_once('/').ok_or_else(|| de::Error::custom("no interval"))?;
        Ok(Some((begin.parse().map_err(de::Error::custom)?, end.parse().map_err(de::Error::custom)?)))
    }
}

/// Counts the days from 1970-01-01 to a day; below zero before it.
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
