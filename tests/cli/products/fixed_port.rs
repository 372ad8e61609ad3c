//! The browser brings the answer to the one port that is registered.

use std::net::{Ipv4Addr, TcpListener};
use std::thread;
use std::time::{Duration, Instant};

use tallykey_sites::Provider;

use super::{jooto, workfront};
use crate::support::{Computer, Tracker, need_keychain, visit};

const PORT: u16 = 28765;
/// Longer than another run of these tests on this computer holds the port.
const LIMIT: Duration = Duration::from_mins(1);

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
    let began = Instant::now();
    while TcpListener::bind((Ipv4Addr::LOCALHOST, PORT)).is_err() {
        assert!(began.elapsed() < LIMIT, "port {PORT} is taken");
        thread::yield_now();
    }
    let approve = |url: &str| {
        let page = visit(&tracker.redirect(url));
        assert!(page.contains("200 OK") && page.contains("Tallykey has the answer"), "{page}");
        String::new()
    };
    let done = computer.connecting(&["connect", name, "--no-browser"], "", vec![Box::new(approve)]).ok();
    assert!(done.stderr.contains("Waiting for the browser"), "{done:?}");
    assert_eq!(computer.list()[0]["state"], "connected");
}
