//! `tallykey add`: looks at the address, asks for the secret, adds the site.

use tallykey_core::model::template::Values;
use tallykey_core::{Error, ErrorCode, NewSite};

use crate::advice::word;
use crate::arguments::Add;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::session::Session;

pub async fn run(session: &mut Session<'_>, add: Add) -> Result<Exit, Failure> {
    let provider = session.desk.provider(&add.provider)?;
    let application = provider.application(add.application.as_deref());
    let application = application.ok_or_else(|| Error::new(ErrorCode::InvalidInput).detail("application"))?;
    if session.desk.listed_as(&add.name).is_ok() {
        return Err(Error::new(ErrorCode::NameTaken).about(&add.name).into());
    }
    let inputs: Values = add.inputs.into_iter().collect();
    if !add.no_check {
        check(session, &add.provider, &inputs).await?;
    }
    let client_secret = if session.is_forgetful() || !application.needs_secret() {
        None
    } else {
        let question = session.out.pick("Client secret: ", "クライアントシークレット: ");
        Some(session.input.secret(question, add.client_secret_stdin).await?)
    };
    let new = NewSite {
        name: add.name,
        provider: add.provider,
        inputs,
        application: add.application,
        client_id: add.client_id,
        client_secret,
        redirect: add.redirect,
        scopes: add.scopes,
    };
    let account = session.desk.add(new).await?;
    if session.is_forgetful() {
        let text = session.out.pick(
            "The client secret was not kept: with --secrets memory it is asked for at every command.",
            "クライアントシークレットは保存していません。--secrets memory ではコマンドのたびに入力します。",
        );
        session.out.note(text);
    }
    let (name, added) = (&account.site.name, session.out.pick("Added. Next:", "追加しました。次:"));
    session.out.note(&format!("{added} tallykey connect {}", word(name)));
    Ok(Exit::Done)
}

/// Tells what the address shows, and stops at what speaks against it.
async fn check(session: &mut Session<'_>, provider: &str, inputs: &Values) -> Result<(), Failure> {
    for finding in session.desk.check(provider, inputs).await? {
        let label = match session.out.text(&finding.label) {
            "" => session.out.pick("The address answers", "アドレスから応答がありました"),
            label => label,
        };
        if let Some(error) = finding.error {
            return Err(error.into());
        }
        let line = format!("✓ {label} ({} ms)", finding.took.as_millis());
        session.out.note(&line);
    }
    Ok(())
}
