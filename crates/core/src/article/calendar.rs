//! Days as ISO 8601 strings and as numbers, for storage and exchange.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serializer, de};

/// Serde representation of a day, `2023-09-24`.
pub mod day {
    use super::{Date, Deserialize, Deserializer, Serializer, de};

    /// Writes the day.
    ///
    /// # Errors
    /// Returns the error of the serializer.
    pub fn serialize<S: Serializer>(day: &Date, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(day)
    }

    /// Reads a day.
    ///
    /// # Errors
    /// Returns an error if the string is not a valid date.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// Serde representation of an optional first and last day, `2023-09-24/2023-09-26`.
pub mod interval {
    use super::{Date, Deserialize, Deserializer, Serializer, de};

    /// Writes both days.
    ///
    /// # Errors
    /// Returns the error of the serializer.
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
    /// Returns an error if the string is not two valid dates joined by a slash.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<(Date, Date)>, D::Error> {
        let Some(words) = Option::<String>::deserialize(deserializer)? else { return Ok(None) };
        let (begin, end) = words.split_once('/').ok_or_else(|| de::Error::custom("no interval"))?;
        Ok(Some((begin.parse().map_err(de::Error::custom)?, end.parse().map_err(de::Error::custom)?)))
    }
}

/// Returns the number of days from 1970-01-01 to a day; negative for earlier days.
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
