//! English names of months and weekdays, and abbreviations of time zones, in lower case. Shared by all date parsers.

/// Names of the months. The first three letters identify a month.
pub(crate) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Names of the weekdays, Monday first.
pub(crate) const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Abbreviations of time zones, with their UTC offsets. American ones are defined by RFC 822. Others are included if
/// pages and feeds use them with only one meaning.
const ZONES: [(&str, &str); 25] = [
    ("z", "+00:00"),
    ("ut", "+00:00"),
    ("utc", "+00:00"),
    ("gmt", "+00:00"),
    ("wet", "+00:00"),
    ("bst", "+01:00"),
    ("west", "+01:00"),
    ("cet", "+01:00"),
    ("met", "+01:00"),
    ("cest", "+02:00"),
    ("mest", "+02:00"),
    ("eet", "+02:00"),
    ("eest", "+03:00"),
    ("msk", "+03:00"),
    ("jst", "+09:00"),
    ("ast", "-04:00"),
    ("edt", "-04:00"),
    ("est", "-05:00"),
    ("cdt", "-05:00"),
    ("cst", "-06:00"),
    ("mdt", "-06:00"),
    ("mst", "-07:00"),
    ("pdt", "-07:00"),
    ("pst", "-08:00"),
    ("hst", "-10:00"),
];

/// Abbreviations that are ambiguous in prose. They may also mean another time zone, as in China or Arabia, or a word
/// like "met".
const SHARED: [&str; 4] = ["cst", "ast", "met", "west"];

/// Returns the UTC offset of a time zone in a context where the abbreviation is standardised. `letters` are in lower
/// case.
pub(crate) fn zone(letters: &str) -> Option<&'static str> {
    ZONES.iter().find(|(name, _)| *name == letters).map(|(_, offset)| *offset)
}

/// Returns the UTC offset of a time zone in prose, unless its abbreviation is ambiguous there.
pub(crate) fn zone_in_prose(letters: &str) -> Option<&'static str> {
    zone(letters).filter(|_| !SHARED.contains(&letters))
}
