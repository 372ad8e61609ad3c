//! A certificate authority for one site, and the proxy of the settings, from the terminal.

use std::fs;
use std::net::SocketAddr;

use tallykey_sites::CLIENT_SECRET;
use tallykey_sites::tls::Authority;
use tokio::runtime::Runtime;

use crate::support::{Computer, Tracker};

/// A tracker behind TLS; its address and its authority's file.
fn behind_tls(runtime: &Runtime, tracker: &Tracker, computer: &Computer) -> (String, String) {
    let plant = Authority::named("Plant CA");
    let to: SocketAddr = tracker.base_url().trim_start_matches("http://").parse().unwrap();
    let port = runtime.block_on(plant.issue(&["localhost"], None).before(to));
    let file = computer.folder().join("plant-ca.pem");
    fs::write(&file, plant.pem()).unwrap();
    (format!("https://localhost:{port}"), file.display().to_string())
}

/// How many certificates are kept.
fn kept(computer: &Computer) -> usize {
    fs::read_dir(computer.folder().join("config/authorities")).map_or(0, Iterator::count)
}

#[test]
fn a_site_is_added_with_its_own_authority_and_the_doctor_tells_until_when() {
    let (runtime, tracker, computer) = (Runtime::new().unwrap(), Tracker::start(), Computer::forgetful());
    let (base, file) = behind_tls(&runtime, &tracker, &computer);

    let refused = computer.add_with("Plant", &base, CLIENT_SECRET, &[]).refused(5, "tls_untrusted");
    assert!(refused.stderr.contains("unknown issuer"), "{refused:?}");
    assert!(refused.stderr.contains("--ca-file FILE"), "{refused:?}");
    let elsewhere = "https://localhost:1";
    let refused = computer.add_with("Plant", elsewhere, CLIENT_SECRET, &["--ca-file", &file]).refused(5, "unreachable");
    assert!(refused.stderr.contains("Certificate: Plant CA"), "{refused:?}");
    assert!(!refused.stderr.contains("trusted for this site only"), "{refused:?}");
    assert_eq!(kept(&computer), 0, "a file nobody names is not kept");

    let added = computer.add_with("Plant", &base, CLIENT_SECRET, &["--ca-file", &file]).ok();
    assert!(added.stderr.contains("Certificate: Plant CA, until 4096-01-01"), "{added:?}");
    assert!(added.stderr.contains("The certificate is trusted for this site only.\n"), "{added:?}");
    assert_eq!(kept(&computer), 1);
    let doctor = computer.run(&["doctor", "Plant"]);
    let line = "✓ Plant · One more certificate is trusted for this site: Plant CA, 4096-01-01\n";
    assert!(doctor.stdout.contains(line), "{doctor:?}");
    assert!(doctor.stdout.contains("✓ Plant · The address answers"), "{doctor:?}");
    assert!(!computer.list().to_string().contains("authority"));
    assert!(!computer.run(&["export", "Plant"]).ok().stdout.contains("authority"));
}

#[test]
fn a_site_that_is_there_is_given_an_authority_and_loses_it_again() {
    let (runtime, tracker, computer) = (Runtime::new().unwrap(), Tracker::start(), Computer::forgetful());
    let (base, file) = behind_tls(&runtime, &tracker, &computer);
    computer.add_with("Plant", &base, CLIENT_SECRET, &["--no-check"]).ok();
    let doctor = computer.run(&["doctor", "Plant"]);
    assert!(doctor.stdout.contains("✗ Plant · The certificate of localhost"), "{doctor:?}");

    computer.run(&["trust", "Plant", &file]).ok();
    assert!(computer.run(&["doctor", "Plant"]).stdout.contains("✓ Plant · The address answers"));
    computer.run(&["trust", "Plant", "--none"]).ok();
    assert!(computer.run(&["doctor", "Plant"]).stdout.contains("✗ Plant · The certificate of localhost"));

    let key = computer.folder().join("key.pem");
    fs::write(&key, "-----BEGIN PRIVATE KEY-----\n").unwrap();
    computer.run(&["trust", "Plant", &key.display().to_string()]).refused(2, "private_key_given");
    assert_eq!(computer.run(&["trust", "Plant"]).code, Some(2));
}
