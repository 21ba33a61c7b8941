//! Days as numbers, as the library stores and compares them.

use jiff::civil::Date;

/// Returns the number of days since 1970-01-01, which is negative for earlier days.
pub(crate) fn day_number(date: Date) -> i64 {
    i64::from((date - jiff::civil::date(1970, 1, 1)).get_days())
}
