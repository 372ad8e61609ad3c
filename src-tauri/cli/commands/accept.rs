//! `tallykey accept`: who gets secrets from a person's own definition, and whether that is wanted.

use super::providers::hosts;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::session::Session;

pub async fn run(session: &mut Session<'_>, id: &str, yes: bool) -> Result<Exit, Failure> {
    let definition = session.desk.definition(id)?;
    let Some(file) = &definition.file else {
        let text = session.out.pick(
            "It came with the program: there is nothing to accept.",
            "プログラムに付属する定義です。承認は必要ありません。",
        );
        session.out.note(text);
        return Ok(Exit::Done);
    };
    let mut lines = vec![format!("{} ({})", definition.provider.name, file.display())];
    lines.push(session.out.pick("These get codes, tokens and the client secret:", "シークレットの送信先:").to_owned());
    lines.extend(hosts(&definition.provider, session.out).iter().map(|host| format!("  {host}")));
    session.out.note(&lines.join("\n"));
    if definition.is_accepted {
        session.out.note(session.out.pick("Accepted before.", "すでに承認されています。"));
        return Ok(Exit::Done);
    }
    if !yes && !session.input.is_terminal {
        return Err(Failure::Usage {
            en: "Nobody is here to ask. A script says --yes.",
            ja: "確認する相手がいません。スクリプトでは --yes を指定してください。",
        });
    }
    let question = session.out.pick("Do you trust them?", "信頼しますか?");
    if !yes && !session.confirm(question).await? {
        session.out.note(session.out.pick("Not accepted.", "承認していません。"));
        return Ok(Exit::Other);
    }
    // What was shown, and not what the file may say by now.
    session.desk.accept(&definition)?;
    session.out.note(session.out.pick("Accepted.", "承認しました。"));
    Ok(Exit::Done)
}
