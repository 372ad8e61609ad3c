//! `tallykey secret`: another client secret for a site, as after a change at the provider.

use crate::exit::Exit;
use crate::failure::Failure;
use crate::session::Session;

pub async fn run(session: &mut Session<'_>, name: &str, from_stdin: bool) -> Result<Exit, Failure> {
    let account = session.desk.named(name)?;
    if session.is_forgetful() {
        return Err(Failure::Usage {
            en: "With --secrets memory no secret is kept: every command asks for it.",
            ja: "--secrets memory ではシークレットを保存しません。コマンドのたびに入力します。",
        });
    }
    if !account.application()?.needs_secret() {
        return Err(Failure::Usage {
            en: "This kind of application has no secret.",
            ja: "この種類のアプリケーションにはシークレットがありません。",
        });
    }
    let question = session.out.pick("Client secret: ", "クライアントシークレット: ");
    let secret = session.input.secret(question, from_stdin).await?;
    session.desk.set_client_secret(&account, secret).await?;
    let text = session
        .out
        .pick("Kept. It is used from the next request for tokens on.", "保存しました。次のトークン要求から使います。");
    session.out.note(text);
    Ok(Exit::Done)
}
