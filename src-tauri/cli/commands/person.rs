//! Somebody else than before signed in: whose is the site from now on?

use tallykey_core::{Connected, Error, OtherPerson};

use super::revoke::page;
use crate::failure::Failure;
use crate::session::Session;

/// Decides as the person says, or as the command line did. Without either the site stays as it was.
///
/// # Errors
/// `error`, which asked the question, where the person stays; or as `Desk::switch_person`.
pub async fn decide(session: &mut Session<'_>, error: Error, switch: bool) -> Result<Connected, Failure> {
    let Some(question) = session.desk.other_person() else { return Err(error.into()) };
    if switch || (session.input.is_terminal && wants_to(session, &question).await?) {
        return Ok(session.desk.switch_person(&question.attempt).await?.1);
    }
    session.desk.keep_person().await;
    if !session.out.is_json() {
        tell_kept(session, &question);
    }
    Err(error.into())
}

async fn wants_to(session: &mut Session<'_>, question: &OtherPerson) -> Result<bool, Failure> {
    let (name, before, now) = (&question.account.site.name, &question.before.text, &question.now.text);
    let text = session.out.pick(
        "{site} was connected as {before}; you logged in as {now}. Use {now} from now on?",
        "{site} は {before} として接続していましたが、{now} としてログインしました。今後は {now} を使いますか?",
    );
    session.confirm(&text.replace("{site}", name).replace("{before}", before).replace("{now}", now)).await
}

fn tell_kept(session: &mut Session<'_>, OtherPerson { account, before, now, .. }: &OtherPerson) {
    let text = if account.provider.oauth.revoke.is_some() {
        session.out.pick(
            "Still {before}. The login of {now} is not kept, and the server was asked to end it.",
            "{before} のままです。{now} のログインは保存せず、取り消すようサーバーに求めました。",
        )
    } else {
        session.out.pick(
            "Still {before}. The login of {now} is not kept; the server has no way to end it.",
            "{before} のままです。{now} のログインは保存していませんが、サーバー側で取り消す方法はありません。",
        )
    };
    let page = page(account).map(|page| format!(" {page}")).unwrap_or_default();
    session.out.note(&format!("{}{page}", text.replace("{before}", &before.text).replace("{now}", &now.text)));
    let text = session.out.pick("For {now} from now on:", "今後 {now} を使うには:").replace("{now}", &now.text);
    session.out.note(&format!("{text} tallykey connect {} --switch", crate::advice::word(&account.site.name)));
}
