//! Why a command ended without its answer.

use std::io;

use tallykey_core::{Error, ErrorCode};

use crate::exit::Exit;
use crate::out::Out;

/// What ends a command early.
#[derive(Debug)]
pub enum Failure {
    /// The core's own error.
    Core(Error),
    /// An error that stderr has shown already.
    Told(Exit),
    /// The command line cannot be followed as it is.
    Usage { en: &'static str, ja: &'static str },
    /// Ctrl-C, or another signal that asks to end.
    Interrupted(Exit),
    /// The terminal or the pipe does not work.
    Stream(io::Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Core(error)
    }
}

impl From<ErrorCode> for Failure {
    fn from(code: ErrorCode) -> Self {
        Self::Core(code.into())
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::Interrupted => Self::Interrupted(Exit::Interrupted),
            _ => Self::Stream(error),
        }
    }
}

impl Failure {
    /// Says it on stderr and gives its exit code.
    pub fn tell(self, out: &mut Out) -> Exit {
        match self {
            Self::Core(error) => {
                out.error(&error);
                error.code.into()
            }
            Self::Told(exit) => exit,
            Self::Usage { en, ja } => {
                out.usage(out.pick(en, ja));
                Exit::Usage
            }
            Self::Interrupted(exit) => {
                out.note(out.pick(
                    "\nCancelled. Nothing more was changed.",
                    "\nキャンセルしました。その後は何も変更していません。",
                ));
                exit
            }
            // Whoever reads has enough, as `head` does.
            Self::Stream(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Done,
            Self::Stream(error) => {
                out.note(&error.to_string());
                Exit::Other
            }
        }
    }
}
