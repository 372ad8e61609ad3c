//! A person at a terminal: what is typed is what a keyboard would send.

use std::io::{Read, Write};
use std::process::{Child, ChildStdin, Command};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Instant;

use super::{Computer, Done, PATIENCE};

/// What Ctrl-C sends.
pub const CTRL_C: &str = "\x03";

pub struct Terminal {
    child: Child,
    keyboard: ChildStdin,
    screen: Receiver<Vec<u8>>,
    seen: Vec<u8>,
    /// Up to where the screen was read.
    read: usize,
}

impl Terminal {
    /// Runs a command of Tallykey's at a terminal of its own, by the system's `script`.
    pub fn run(computer: &Computer, arguments: &[&str]) -> Self {
        let tallykey = computer.command(arguments);
        let word = |word: &std::ffi::OsStr| format!("'{}'", word.to_str().unwrap().replace('\'', r"'\''"));
        let line: Vec<String> = std::iter::once(tallykey.get_program()).chain(tallykey.get_args()).map(word).collect();
        let mut script = Command::new("script");
        script.args(["-qefc", &format!("exec {}", line.join(" ")), "/dev/null"]);
        for (name, value) in tallykey.get_envs() {
            match value {
                Some(value) => script.env(name, value),
                None => script.env_remove(name),
            };
        }
        let piped = std::process::Stdio::piped;
        let mut child = script.env("SHELL", "/bin/sh").stdin(piped()).stdout(piped()).spawn().unwrap();
        let (keyboard, mut output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let (shown, screen) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                if shown.send(bytes[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        Self { child, keyboard, screen, seen: Vec::new(), read: 0 }
    }

    /// Waits until the screen shows this, after what was waited for before; what stood between.
    #[track_caller]
    pub fn wait_for(&mut self, text: &str) -> String {
        let began = Instant::now();
        loop {
            let fresh = &self.seen[self.read..];
            if let Some(at) = fresh.windows(text.len()).position(|bytes| bytes == text.as_bytes()) {
                let between = String::from_utf8_lossy(&fresh[..at]).into_owned();
                self.read += at + text.len();
                return between;
            }
            let next = self.screen.recv_timeout(PATIENCE.saturating_sub(began.elapsed()));
            self.seen.extend(next.unwrap_or_else(|error| {
                panic!("no {text:?} on the screen ({error}): {}", String::from_utf8_lossy(&self.seen))
            }));
        }
    }

    /// Types a line, or a key that needs no Enter.
    pub fn type_in(&mut self, text: &str) {
        self.keyboard.write_all(text.as_bytes()).unwrap();
    }

    /// Presses Ctrl-C; when this returns, the program was told.
    #[track_caller]
    pub fn interrupt(&mut self) {
        self.type_in(CTRL_C);
        // The terminal shows the key after it has sent the signal.
        self.wait_for("^C");
    }

    /// Waits for its end. Both streams were one screen.
    #[track_caller]
    pub fn end(mut self) -> Done {
        loop {
            match self.screen.recv_timeout(PATIENCE) {
                Ok(bytes) => self.seen.extend(bytes),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    self.child.kill().unwrap();
                    panic!("it does not end: {}", String::from_utf8_lossy(&self.seen));
                }
            }
        }
        let code = self.child.wait().unwrap().code();
        Done { code, stdout: String::new(), stderr: String::from_utf8(self.seen).unwrap() }
    }
}
