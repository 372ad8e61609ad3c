//! `tallykey`: Tallykey in the terminal, for scripts and for machines without a display.
//!
//! Each command is one file in `commands/`: it asks the core's `Desk` and tells what came of it. The
//! answer alone goes to stdout; progress, advice and errors go to stderr; the exit code says which
//! kind of next step there is.

mod advice;
mod arguments;
mod commands;
mod exit;
mod failure;
mod input;
mod interrupt;
mod language;
mod log;
mod out;
mod passphrase;
#[cfg(unix)]
mod quiet;
mod session;
mod shapes;
mod table;

use std::process::ExitCode;

use clap::Parser;

use crate::arguments::Arguments;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::out::Out;
use crate::session::Session;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut out = Out::new(arguments.global.color, arguments.command.wants_json());
    log::start(arguments.global.verbose, out.paints());
    let exit = match run(arguments, &mut out) {
        Ok(exit) => exit,
        Err(failure) => failure.tell(&mut out),
    };
    ExitCode::from(exit as u8)
}

fn run(arguments: Arguments, out: &mut Out) -> Result<Exit, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let mut session = Session::open(&arguments.global, out)?;
    let result = runtime.block_on(async {
        let answers = arguments.command.only_answers() && !session.is_forgetful();
        let asked = async {
            commands::reach_secrets(&mut session, &arguments.command).await?;
            Box::pin(commands::run(&mut session, arguments.command)).await
        };
        // Who asks a person listens for the end itself.
        let result = tokio::select! {
            biased;
            result = asked => result,
            exit = interrupt::interrupt(), if answers => Err(Failure::Interrupted(exit)),
        };
        // A renewal under way comes to its end, and what the keychain did not take is offered to it for
        // the last time.
        session.desk.close().await;
        result
    });
    // A keychain call may still wait for a prompt that nobody answers; the program ends all the same.
    runtime.shutdown_background();
    result
}
