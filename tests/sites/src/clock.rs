//! The site's own time: the machine's, moved by what a test asked for.

use jiff::Timestamp;

/// Tells the time of one site.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    ahead: i64,
}

impl Clock {
    /// Seconds since 1970 at the site.
    pub(crate) fn now(&self) -> i64 {
        Timestamp::now().as_second() + self.ahead
    }

    /// Moves the site's time; a negative number moves it back.
    pub(crate) fn advance(&mut self, seconds: i64) {
        self.ahead += seconds;
    }

    /// The time so many seconds from now, as HTTP writes it. The `Date` header must tell the site's own time: clients
    /// read a token's end from it.
    pub(crate) fn http_date(&self, seconds: i64) -> String {
        let then = Timestamp::from_second(self.now() + seconds).unwrap_or(Timestamp::MAX);
        jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&then).expect("a year of four digits")
    }

    /// The site's time in ISO 8601, `days` from now.
    pub(crate) fn iso(&self, days: i64) -> String {
        let then = Timestamp::from_second(self.now() + days * 86_400).unwrap_or(Timestamp::MAX);
        then.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    }

    /// The date at the site in UTC, `days` from today.
    pub(crate) fn date(&self, days: i64) -> String {
        self.iso(days)[..10].to_owned()
    }
}
