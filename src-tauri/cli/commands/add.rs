//! `tallykey add`: looks at the address, asks for the secret, adds the site.

use tallykey_core::model::authority::Fingerprint;
use tallykey_core::model::template::Values;
use tallykey_core::{Error, ErrorCode, NewSite};

use super::trust;
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
    let authority = match &add.ca_file {
        Some(file) => Some(trust::keep(session, file)?),
        None => None,
    };
    let added = add_to_list(session, add, application.needs_secret(), authority.clone()).await;
    if added.is_err() {
        session.desk.drop_unnamed(authority.as_ref()).await;
    }
    added
}

async fn add_to_list(
    session: &mut Session<'_>,
    add: Add,
    needs_secret: bool,
    authority: Option<Fingerprint>,
) -> Result<Exit, Failure> {
    let inputs: Values = add.inputs.into_iter().collect();
    if !add.no_check {
        check(session, &add.provider, &inputs, authority.as_ref()).await?;
    }
    let client_secret = if session.is_forgetful() || !needs_secret {
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
        authority,
    };
    let account = session.desk.add(new).await?;
    if account.site.authority.is_some() {
        trust::tell_trusted(session);
    }
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
async fn check(
    session: &mut Session<'_>,
    provider: &str,
    inputs: &Values,
    authority: Option<&Fingerprint>,
) -> Result<(), Failure> {
    for finding in session.desk.check(provider, inputs, authority).await? {
        let label = match session.out.text(&finding.label) {
            "" => session.out.pick("The address answers", "アドレスから応答がありました"),
            label => label,
        };
        if let Some(error) = finding.error {
            return Err(told(session, error));
        }
        let line = format!("✓ {label} ({} ms)", finding.took.as_millis());
        session.out.note(&line);
    }
    Ok(())
}

/// An address whose certificate nobody here trusts may be one of a company with an authority of its own.
fn told(session: &mut Session<'_>, error: Error) -> Failure {
    if error.code != ErrorCode::TlsUntrusted {
        return error.into();
    }
    session.out.error(&error);
    session.out.note(session.out.pick(
        "With your company’s certificate authority, for this site only: tallykey add … --ca-file FILE",
        "会社の認証局をこのサイトだけで信頼する場合: tallykey add … --ca-file FILE",
    ));
    Failure::Told(Exit::from(error.code))
}
