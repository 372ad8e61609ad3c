//! What Tallykey promises, one sentence a test. Everything runs on loopback, in folders of its own.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

mod support;

mod activity;
mod add;
mod budgets;
mod callback;
mod check;
mod closing;
mod connect;
mod connect_again;
mod contracts;
mod copy;
mod count;
mod definitions;
mod doctor;
mod edit;
mod edit_secrets;
mod guides;
mod history;
mod history_crash;
mod history_desk;
mod history_size;
mod history_trouble;
mod known;
mod loopback;
mod meanwhile;
mod network;
mod other_person;
mod own_definitions;
mod own_definitions_use;
mod passing_on;
mod paste;
mod refresh;
mod refresh_answers;
mod rename;
mod request;
mod revoke;
mod rounds;
mod rounds_changed;
mod secrecy;
mod showing;
mod sites_file;
mod trusting;
mod unsaved;
mod vault;
mod vault_move;
mod vault_moved;
mod waiting;
mod wishes;
mod wishes_told;
mod wishes_tried;
