//! Computes the wait before the next request to a server: as long as the server demands, within limits.

use jiff::civil::DateTime;
use jiff::fmt::{rfc2822, strtime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// Minimum wait before the next request to a server, even if the server demands less.
pub(crate) const MIN_WAIT: SignedDuration = SignedDuration::from_mins(1);
/// Maximum wait before the next request to a server, even if the server demands more.
pub(crate) const MAX_WAIT: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Parses the header field `Retry-After`, which contains either seconds or a date (RFC 9110, 10.2.3). Returns the wait
/// from `now`, clamped to [`MIN_WAIT`] and [`MAX_WAIT`], or `None` if the header field is invalid.
#[must_use]
pub(crate) fn retry_after(header: &str, now: Timestamp) -> Option<SignedDuration> {
    let header = header.trim();
    let wait = if header.bytes().all(|byte| byte.is_ascii_digit()) && !header.is_empty() {
        // A number that is too large to be parsed exceeds the maximum wait.
        header.parse().map_or(MAX_WAIT, SignedDuration::from_secs)
    } else {
        match rfc2822::parse(header) {
            Ok(date) => date.timestamp().duration_since(now),
            Err(_) => http_date(header)?.duration_since(TimeZone::UTC.to_datetime(now)),
        }
    };
    Some(wait.clamp(MIN_WAIT, MAX_WAIT))
}

/// Parses a date in one of the formats of HTTP (RFC 9110, 5.6.7), without its weekday. The result is a civil date and time
/// in UTC, because the last day of the year 9999, which servers use for "never", exceeds the range of [`Timestamp`].
fn http_date(header: &str) -> Option<DateTime> {
    const FORMATS: [&str; 3] = ["%d %b %Y %H:%M:%S GMT", "%d-%b-%y %H:%M:%S GMT", "%b %e %H:%M:%S %Y"];
    let (_, date) = header.split_once([',', ' '])?;
    FORMATS.iter().find_map(|format| strtime::parse(format, date.trim()).ok()?.to_datetime().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait(header: &str) -> Option<i64> {
        let now = "2024-03-01T12:00:00Z".parse().unwrap();
        retry_after(header, now).map(|wait| wait.as_secs())
    }

    #[test]
    fn seconds_and_dates_are_read() {
        assert_eq!(wait("120"), Some(120));
        assert_eq!(wait("Fri, 01 Mar 2024 13:00:00 GMT"), Some(3600));
        assert_eq!(wait("Friday, 01-Mar-24 13:00:00 GMT"), Some(3600));
        assert_eq!(wait("Fri Mar  1 13:00:00 2024"), Some(3600));
        assert_eq!(wait("soon"), None);
        assert_eq!(wait(""), None);
        assert_eq!(wait("-5"), None);
    }

    #[test]
    fn a_minute_at_least_and_a_week_at_most() {
        assert_eq!(wait("0"), Some(60));
        assert_eq!(wait("Thu, 01 Jan 1998 00:00:00 GMT"), Some(60));
        assert_eq!(wait("99999999999999999999999"), Some(7 * 24 * 3600));
        assert_eq!(wait("Fri, 31 Dec 9999 23:59:59 GMT"), Some(7 * 24 * 3600));
    }
}
