//! Serde representation of an optional interval of days as an ISO 8601 string, such as `2023-09-24/2023-09-26`.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serializer, de};

/// Serialises the first and last day of an interval.
///
/// # Errors
/// Returns an error if the serialiser fails.
#[allow(clippy::ref_option, reason = "the signature that serde calls")]
pub(crate) fn serialize<S: Serializer>(days: &Option<(Date, Date)>, serializer: S) -> Result<S::Ok, S::Error> {
    match days {
        Some((begin, end)) => serializer.serialize_some(&format!("{begin}/{end}")),
        None => serializer.serialize_none(),
    }
}

/// Deserialises the first and last day of an interval.
///
/// # Errors
/// Returns an error if the string does not consist of two valid dates joined by a slash.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<(Date, Date)>, D::Error> {
    let Some(words) = Option::<String>::deserialize(deserializer)? else { return Ok(None) };
    let (begin, end) = words.split_once('/').ok_or_else(|| de::Error::custom("no interval"))?;
    Ok(Some((begin.parse().map_err(de::Error::custom)?, end.parse().map_err(de::Error::custom)?)))
}
