//! The rows of the matrix: each a fault, and what must come of it.

use tallykey_core::ErrorCode as C;
use tallykey_sites::{Fault, OauthError as E, Odd};

/// What goes wrong with one refresh.
#[derive(Clone, Copy)]
pub enum Wrong {
    /// The simulated site does this.
    Site(Fault),
    /// As above, with time passing by itself: what would take half a minute takes none.
    Slow(Fault),
    /// Nobody listens at the site's address.
    Stopped,
    /// A redirect with this status to a server that counts who comes.
    Elsewhere(u16),
}

/// Whether the server carried the refresh out before its answer was lost.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Nothing was done: no server may end the connection for it.
    NotDone,
    /// It was done, and all of the answer came.
    Arrived,
    /// It was done, and the answer was lost on the wire: only a server that rotates strictly ends the connection.
    Lost,
}

pub struct Row {
    pub name: &'static str,
    pub wrong: Wrong,
    /// How the refresh is told to have failed; `None` where it succeeds.
    pub told: Option<C>,
    pub answer: Answer,
}

const fn not_done(name: &'static str, wrong: Wrong, told: C) -> Row {
    Row { name, wrong, told: Some(told), answer: Answer::NotDone }
}

const fn lost(name: &'static str, wrong: Wrong, told: C) -> Row {
    Row { name, wrong, told: Some(told), answer: Answer::Lost }
}

const fn odd(name: &'static str, odd: Odd) -> Row {
    Row { name, wrong: Wrong::Site(Fault::Odd(odd)), told: None, answer: Answer::Arrived }
}

const fn error(name: &'static str, status: u16, error: E, told: C) -> Row {
    not_done(name, Wrong::Site(Fault::Error(status, error)), told)
}

const fn status(name: &'static str, status: u16, told: C) -> Row {
    not_done(name, Wrong::Site(Fault::Status(status, None)), told)
}

const MIB: usize = 1024 * 1024;

pub const ROWS: &[Row] = &[
    not_done("200, a sign-in page", Wrong::Site(Fault::Html200), C::UnexpectedAnswer),
    status("204", 204, C::UnexpectedAnswer),
    not_done("200, bytes that are no text", Wrong::Site(Fault::Garbage), C::UnexpectedAnswer),
    not_done("200, 10 MB", Wrong::Site(Fault::Big(10 * MIB)), C::UnexpectedAnswer),
    not_done("200, gzip bomb of 64 MB", Wrong::Site(Fault::Gzip(64 * MIB)), C::UnexpectedAnswer),
    not_done("302 to another host", Wrong::Elsewhere(302), C::UnexpectedAnswer),
    not_done("307 to another host", Wrong::Elsewhere(307), C::UnexpectedAnswer),
    error("400 invalid_request", 400, E::InvalidRequest, C::UnexpectedAnswer),
    error("400 invalid_scope", 400, E::InvalidScope, C::ScopeRefused),
    error("400 unsupported_grant_type", 400, E::UnsupportedGrantType, C::UnexpectedAnswer),
    error("400 unauthorized_client", 400, E::UnauthorizedClient, C::ClientRefused),
    error("400 invalid_client", 400, E::InvalidClient, C::ClientRefused),
    error("401 invalid_client", 401, E::InvalidClient, C::ClientRefused),
    error("400 temporarily_unavailable", 400, E::TemporarilyUnavailable, C::ServerTrouble),
    error("503 temporarily_unavailable", 503, E::TemporarilyUnavailable, C::ServerTrouble),
    error("400 server_error", 400, E::ServerError, C::ServerTrouble),
    error("400 slow_down", 400, E::SlowDown, C::RateLimited),
    status("400, a page", 400, C::UnexpectedAnswer),
    status("401, a page", 401, C::UnexpectedAnswer),
    status("403, a proxy's page", 403, C::Forbidden),
    status("404, a page", 404, C::UnexpectedAnswer),
    status("407, a proxy's page", 407, C::ProxyFailed),
    status("408", 408, C::ServerTrouble),
    status("429", 429, C::RateLimited),
    not_done("429, Retry-After: 90", Wrong::Site(Fault::Status(429, Some(90))), C::RateLimited),
    not_done("429, Retry-After: a date", Wrong::Site(Fault::StatusUntil(429, 90)), C::RateLimited),
    not_done("429, Retry-After: a past date", Wrong::Site(Fault::StatusUntil(429, -90)), C::RateLimited),
    status("500", 500, C::ServerTrouble),
    status("502", 502, C::ServerTrouble),
    not_done("503, Retry-After: 90", Wrong::Site(Fault::Status(503, Some(90))), C::ServerTrouble),
    status("504", 504, C::ServerTrouble),
    not_done("connection refused", Wrong::Stopped, C::Unreachable),
    not_done("reset before it was done", Wrong::Site(Fault::DropBefore), C::Unreachable),
    lost("reset after it was done", Wrong::Site(Fault::DropAfter), C::Unreachable),
    lost("half an answer", Wrong::Site(Fault::HalfAnswer), C::UnexpectedAnswer),
    lost("half of the JSON", Wrong::Site(Fault::BrokenJson), C::UnexpectedAnswer),
    not_done("no answer for an hour", Wrong::Slow(Fault::Slow(3_600_000)), C::Unreachable),
    not_done("slow loris before it was done", Wrong::Slow(Fault::TrickleBefore), C::Unreachable),
    lost("slow loris after it was done", Wrong::Slow(Fault::TrickleAfter), C::Unreachable),
    Row { name: "no refresh_token", wrong: Wrong::Site(Fault::NoRefreshToken), told: None, answer: Answer::Arrived },
    odd("refresh_token null", Odd::NullRefreshToken),
    odd("refresh_token \"\"", Odd::EmptyRefreshToken),
    odd("every key twice", Odd::DuplicateKeys),
    odd("bytes that are no text beside it", Odd::NoText),
    odd("a byte order mark before it", Odd::Marked),
    odd("a proxy's comment behind it", Odd::Commented),
    odd("called text/html", Odd::CalledHtml),
    odd("status 201", Odd::Created),
    odd("token_type BEARER", Odd::LoudTokenType),
    odd("token_type mac", Odd::OtherTokenType),
    odd("token_type 7", Odd::NumberTokenType),
    odd("no token_type", Odd::NoTokenType),
    Row { name: "no expires_in", wrong: Wrong::Site(Fault::NoExpiresIn), told: None, answer: Answer::Arrived },
    odd("expires_in null", Odd::NullLife),
    odd("expires_in 0", Odd::ZeroLife),
    odd("expires_in -7200", Odd::NegativeLife),
    odd("expires_in \"7200\"", Odd::TextLife),
    odd("expires_in \"two hours\"", Odd::WordLife),
    odd("expires_in 7200.5", Odd::FloatLife),
    odd("expires_in 2^64-1", Odd::HugeLife),
    odd("expires_in 10^40", Odd::BeyondLife),
];
