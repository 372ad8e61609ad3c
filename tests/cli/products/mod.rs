//! The whole story of a product that cannot be installed, in each of its kinds of application, and every request of it
//! held against the vendor's guide.

mod fixed_port;
pub mod jooto;
mod planio;
pub mod workfront;

use serde_json::Value;
use tallykey_sites::{Change, Request};

use crate::support::{Computer, Done, Tracker};

/// The one address that is registered, as a form and a query carry it.
const REDIRECT: &str = "http%3A%2F%2F127.0.0.1%3A28765%2Fcallback";

/// Adds a site; the secret is the last thing typed.
fn add(computer: &Computer, arguments: &[&str], secret: Option<&str>) -> Done {
    let mut arguments = [&["add"], arguments].concat();
    arguments.extend(secret.map(|_| "--client-secret-stdin"));
    computer.run_with(&arguments, &format!("{}\n", secret.unwrap_or_default()))
}

/// What was opened and which code came back, when a person approves and pastes the address of the last page.
pub fn connect(computer: &Computer, name: &str, tracker: &Tracker) -> (Done, Answered) {
    let mut answered = Answered::default();
    let approve = |url: &str| {
        let redirect = tracker.redirect(url);
        answered = Answered { url: url.to_owned(), code: parameter(&redirect, "code") };
        redirect + "\n"
    };
    let arguments = ["connect", name, "--no-browser", "--redirect", "paste"];
    let done = computer.connecting(&arguments, "", vec![Box::new(approve)]);
    (done, answered)
}

/// A visit of a person.
#[derive(Default)]
pub struct Answered {
    /// The address for the browser.
    url: String,
    /// The code that came of it.
    code: String,
}

/// A parameter of an address, not decoded.
fn parameter(url: &str, name: &str) -> String {
    let query = url.split_once('?').unwrap().1;
    let found = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    found.unwrap_or_else(|| panic!("no {name} in {url}")).to_owned()
}

/// The `name=value` of a query or form, not decoded. The guides give names and values; an order is nothing they say.
fn pairs(text: &str) -> Vec<&str> {
    let mut pairs: Vec<&str> = text.split('&').collect();
    pairs.sort_unstable();
    pairs
}

/// The token requests so far.
fn token_requests(tracker: &Tracker) -> Vec<Request> {
    tracker.requests().into_iter().filter(|request| request.method == "POST").collect()
}

/// Numbers by the ids of their counts.
fn numbers(computer: &Computer, name: &str) -> Vec<(String, u64)> {
    let json = computer.run(&["counts", name, "--json"]).ok().json();
    let number = |count: &Value| (count["id"].as_str().unwrap().to_owned(), count["value"].as_u64().unwrap());
    json[0]["counts"].as_array().unwrap().iter().map(number).collect()
}

/// Time goes by at the provider, until no access token of the usual life is good there.
fn end_access_tokens(tracker: &Tracker) {
    tracker.change(Change { advance: 7201, ..Change::default() }).unwrap();
}
