//! English names of months and weekdays and abbreviations of time zones, in lower case, shared by all date parsers.

/// Months; the first three letters identify each.
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

/// Days of the week.
pub(crate) const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Time zones by abbreviation, with their UTC offsets. The American ones are defined by RFC 822; the others are those
/// used by pages and feeds with only one meaning.
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

/// Abbreviations that, in prose, may also be another time zone or a word: China's time, Arabia's, "met".
const SHARED: [&str; 4] = ["cst", "ast", "met", "west"];

/// Returns the UTC offset of a time zone, given in lower case, in contexts where a standard defines the abbreviation.
pub(crate) fn zone(letters: &str) -> Option<&'static str> {
    ZONES.iter().find(|(name, _)| *name == letters).map(|(_, offset)| *offset)
}

/// Returns the UTC offset of a time zone named in prose.
pub(crate) fn zone_in_prose(letters: &str) -> Option<&'static str> {
    zone(letters).filter(|_| !SHARED.contains(&letters))
}
