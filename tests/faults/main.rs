//! What a refresh survives. The matrix prints its table: `cargo test -p tallykey-core --test faults -- --nocapture`.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

mod clocks;
mod given;
mod hanging;
mod journal;
mod keychain;
mod matrix;
mod patience;
mod rows;
mod support;
