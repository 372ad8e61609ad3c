//! A browser that is sent to an address of this computer.

use std::io::{Read, Write};
use std::net::TcpStream;

/// Opens an address and gives the whole answer.
pub fn visit(url: &str) -> String {
    let (host, rest) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).expect("somebody listens");
    write!(stream, "GET /{rest} HTTP/1.1\r\nHost: {host}\r\nAccept-Language: en\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}
