//! Adding a site: what is looked at, and what is refused.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

use tallykey_sites::{CLIENT_ID, CLIENT_SECRET, Change, Product};

use crate::support::{Computer, Tracker};

/// Not added, for this reason.
#[track_caller]
fn refused(base: &str, exit: i32, code: &str) {
    let computer = Computer::forgetful();
    computer.add_with("Redmine", base, CLIENT_SECRET, &[]).refused(exit, code);
    assert_eq!(computer.list(), serde_json::json!([]));
}

#[test]
fn an_address_where_nobody_answers_is_refused() {
    let mut tracker = Tracker::start();
    let base = tracker.base_url().to_owned();
    tracker.stop();
    refused(&base, 5, "unreachable");
}

#[test]
fn another_product_is_refused() {
    let tracker = Tracker::with(Change { product: Some(Product::Other), ..Change::default() });
    refused(tracker.base_url(), 1, "not_this_product");
    let tracker = Tracker::start();
    refused(&format!("{}/wrong", tracker.base_url()), 1, "not_this_product");
}

#[test]
fn a_redmine_before_6_1_is_refused() {
    let tracker = Tracker::with(Change { product: Some(Product::BeforeOauth), ..Change::default() });
    refused(tracker.base_url(), 1, "no_oauth");
}

#[test]
fn a_redmine_without_its_api_is_refused() {
    let tracker = Tracker::with(Change { rest: Some(false), ..Change::default() });
    refused(tracker.base_url(), 7, "api_off");
}

#[test]
fn an_address_that_is_none_is_wrong_usage() {
    refused("http://redmine.example.jp", 2, "https_required");
    refused("https://", 2, "invalid_address");
    refused("ftp://redmine.example.jp", 2, "invalid_address");
}

#[test]
fn an_unknown_product_input_or_redirect_is_wrong_usage() {
    let computer = Computer::forgetful();
    let add = |more: &[&str]| computer.run(&[&["add", "x", "--client-id", "y"], more].concat());
    add(&["--provider", "mantis"]).refused(2, "no_such_provider");
    add(&["--provider", "redmine", "--set", "url=https://x.example"]).refused(2, "invalid_input");
    assert_eq!(add(&["--provider", "redmine", "--redirect", "pigeon"]).code, Some(2));
    let base = "base=https://acme.plan.io";
    add(&["--provider", "planio", "--set", base, "--no-check", "--redirect", "loopback-port"])
        .refused(2, "invalid_input");
}

#[test]
fn no_check_adds_what_cannot_be_reached_now() {
    let computer = Computer::forgetful();
    computer.add_with("Redmine", "https://tracker.invalid/redmine/", CLIENT_SECRET, &["--no-check"]).ok();
    assert_eq!(computer.list()[0]["base"], "https://tracker.invalid/redmine");
}

#[test]
fn a_name_is_given_once() {
    let (tracker, computer) = (Tracker::start(), Computer::forgetful());
    computer.add("Redmine", &tracker).ok();
    computer.add(" rEDMINE", &tracker).refused(2, "name_taken");
    computer.add(" ", &tracker).refused(2, "invalid_input");
    assert_eq!(computer.list().as_array().unwrap().len(), 1);
}

#[test]
fn a_secret_on_the_command_line_is_not_understood() {
    let add = ["add", "x", "--provider", "redmine", "--client-id", "y", "--client-secret", "z"];
    assert_eq!(Computer::forgetful().run(&add).code, Some(2));
}

#[test]
fn without_a_terminal_the_secret_has_to_be_piped_in() {
    let (tracker, computer) = (Tracker::start(), Computer::without_keychain());
    let base = format!("base={}", tracker.base_url());
    let add = ["add", "x", "--provider", "redmine", "--set", &base, "--client-id", CLIENT_ID];
    let done = computer.run_with(&add, "not-read\n");
    assert_eq!(done.code, Some(2));
    assert!(done.stderr.contains("--client-secret-stdin"), "{done:?}");
    assert_eq!(computer.add_with("x", tracker.base_url(), "", &[]).code, Some(2));
}

#[test]
fn a_proxy_that_lets_nobody_through_is_told_as_one() {
    let proxy = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = proxy.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in proxy.incoming() {
            let mut stream = stream.unwrap();
            let mut request = BufReader::new(stream.try_clone().unwrap()).lines();
            while request.next().is_some_and(|line| !line.unwrap().is_empty()) {}
            stream.write_all(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n").unwrap();
        }
    });
    let computer = Computer::forgetful().with("HTTPS_PROXY", &format!("http://{address}"));

    let done = computer.add_with("Redmine", "https://tracker.invalid", CLIENT_SECRET, &[]).refused(5, "proxy_failed");

    assert!(done.stderr.contains("A proxy refuses the way to tracker.invalid"), "{done:?}");
}
