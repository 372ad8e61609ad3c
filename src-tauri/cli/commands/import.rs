//! `tallykey import`: adds the sites of a file that somebody passed on.

use std::path::Path;

use tallykey_core::flows::outside::Account;
use tallykey_core::model::provider::Application;
use tallykey_core::model::site_file::{self, LARGEST};
use tallykey_core::{Error, ErrorCode};

use crate::advice::word;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::input::read_file;
use crate::session::Session;

pub async fn run(session: &mut Session<'_>, file: &Path) -> Result<Exit, Failure> {
    let bytes = if file == Path::new("-") { session.input.rest().await? } else { read_file(file, LARGEST)? };
    let text = String::from_utf8(bytes).map_err(|_| Error::new(ErrorCode::NotASiteFile).detail("not UTF-8"))?;
    let added = match session.desk.import(site_file::read(&text)?).await {
        Err(error) if error.code == ErrorCode::NameTaken => {
            session.out.error(&error);
            advise_name(session, error.site.as_deref().unwrap_or_default());
            return Err(Failure::Told(Exit::from(error.code)));
        }
        added => added?,
    };
    session.out.note(session.out.pick("Added, without their secrets. Next:", "シークレットなしで追加しました。次:"));
    let takes_secrets = !session.is_forgetful();
    for account in &added {
        for line in next(account, takes_secrets) {
            session.out.note(&line);
        }
    }
    Ok(Exit::Done)
}

/// The commands that make a site usable, as they would be typed.
fn next(account: &Account, takes_secrets: bool) -> Vec<String> {
    let name = word(&account.site.name);
    let needs_secret = takes_secrets && account.application().is_ok_and(Application::needs_secret);
    let secret = needs_secret.then(|| format!("  tallykey secret {name}"));
    secret.into_iter().chain([format!("  tallykey connect {name}")]).collect()
}

fn advise_name(session: &mut Session<'_>, name: &str) {
    let text = session.out.pick(
        "Rename the one that is here, or change the name in the file:",
        "すでにあるサイトの名前を変えるか、ファイルの中の名前を変えてください:",
    );
    session.out.note(&format!("{text}\n  tallykey rename {} …", word(name)));
}
