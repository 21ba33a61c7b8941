//! The English names of months and weekdays and the letters of time zones, lower case, for all that reads dates.

/// Months; the first three letters decide.
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

/// Zones by their letters, hours and minutes from UTC. RFC 822 names the American ones; the others are those that
/// pages and feeds use with one meaning.
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

/// Those that a line of prose uses for another zone or a word as well: China's time, Arabia's, "met".
const SHARED: [&str; 4] = ["cst", "ast", "met", "west"];

/// The hours and minutes from UTC of a zone, in lower case, where a standard says what its letters mean.
pub(crate) fn zone(letters: &str) -> Option<&'static str> {
    ZONES.iter().find(|(name, _)| *name == letters).map(|(_, offset)| *offset)
}

/// The same in a line of prose.
pub(crate) fn zone_in_prose(letters: &str) -> Option<&'static str> {
    zone(letters).filter(|_| !SHARED.contains(&letters))
}
