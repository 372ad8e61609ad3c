//! What Tallykey promises, held against an OAuth server written by others and stricter than any
//! tracker: `tests/oidc`, whose address is in `TALLYKEY_OIDC`. `./dev test oidc` starts it.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

mod support;

mod connect;
mod redirect;
mod refresh;
mod revoke;
