//! The built `tallykey`, run as a person or a script runs it, against simulated sites.
//!
//! Stories that need a keychain are skipped, and say so, where there is none; run them as
//! `tests/with-keyring cargo test -p tallykey-cli`. With `TALLYKEY_REQUIRE_KEYRING=1` they fail.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

mod accept;
mod add;
mod callers;
mod choose;
mod connect;
mod doctor;
mod exec;
mod exit_codes;
mod help;
mod history;
mod kill;
mod language;
mod loopback;
mod memory;
mod names;
mod passing_on;
mod person;
mod products;
mod providers;
mod real;
mod real_counts;
mod real_doubts;
mod real_ways;
mod request;
mod revoke;
mod secrecy;
mod stopped;
mod story;
mod support;
mod tries;
mod trust;
mod vault;
mod waits;
