//! Ports for who must name one before anybody listens.

use std::io::ErrorKind;
use std::net::TcpListener;
use std::sync::atomic::{AtomicU16, Ordering};

/// Below those that systems give to whoever asks for any, which begin at 32768 or later.
const FIRST: u16 = 20_000;
/// Programs that run at the same time begin at different ones.
const STARTS: u32 = 8_000;
/// More than one program ever needs.
const TRIES: usize = 500;

/// A port that is free and stays so: the system gives it to nobody, and this program takes each once.
pub fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let start = FIRST + u16::try_from(std::process::id() % STARTS).expect("it is below 8000");
    let free = |port: &u16| ["127.0.0.1", "::1"].iter().all(|host| is_free(host, *port));
    let mut ports = std::iter::repeat_with(|| start + NEXT.fetch_add(1, Ordering::Relaxed)).take(TRIES);
    ports.find(free).expect("not all are taken")
}

/// Whether nobody has the port; a host that is not there has none.
fn is_free(host: &str, port: u16) -> bool {
    TcpListener::bind((host, port)).map_or_else(|error| error.kind() != ErrorKind::AddrInUse, |_| true)
}
