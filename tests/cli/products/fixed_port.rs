//! The browser brings the answer to the one port that is registered.

use std::net::{Ipv4Addr, TcpListener};

use tallykey_sites::Provider;

use super::{jooto, workfront};
use crate::support::{Computer, Tracker, need_keychain, until, visit};

const PORT: u16 = 28765;

/// In one test, one after the other: the port is there once.
#[test]
fn a_browser_brings_the_answer_to_the_registered_port() {
    need_keychain!();
    let tracker = Tracker::of(Provider::Jooto);
    by_itself(&jooto::added(&tracker), "Jooto", &tracker);
    let tracker = Tracker::of(Provider::Workfront);
    by_itself(&workfront::added(&workfront::WEB, &tracker), "Workfront", &tracker);
}

fn by_itself(computer: &Computer, name: &str, tracker: &Tracker) {
    // Another run of these tests on this computer may hold it for a moment.
    until("the port is free", || TcpListener::bind((Ipv4Addr::LOCALHOST, PORT)).is_ok());
    let approve = |url: &str| {
        let page = visit(&tracker.redirect(url));
        assert!(page.contains("200 OK") && page.contains("Tallykey has the answer"), "{page}");
        String::new()
    };
    let done = computer.connecting(&["connect", name, "--no-browser"], "", vec![Box::new(approve)]).ok();
    assert!(done.stderr.contains("Waiting for the browser"), "{done:?}");
    assert_eq!(computer.list()[0]["state"], "connected");
}
