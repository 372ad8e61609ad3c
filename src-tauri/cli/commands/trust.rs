//! `tallykey trust`: a certificate authority for one site only.

use std::path::Path;

use tallykey_core::model::authority::{Authority, Fingerprint, LARGEST};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::input::read_file;
use crate::session::Session;

pub async fn run(session: &mut Session<'_>, name: &str, file: Option<&Path>) -> Result<Exit, Failure> {
    let site = session.desk.listed_as(name)?;
    let authority = match file {
        Some(file) => Some(keep(session, file)?),
        None => None,
    };
    let trusted = session.desk.trust(site.id, authority.clone()).await;
    if let Err(error) = trusted {
        session.desk.drop_unnamed(authority.as_ref()).await;
        return Err(error.about(&site.name).into());
    }
    if authority.is_some() {
        tell_trusted(session);
    }
    Ok(Exit::Done)
}

/// Says that the certificate which was told is believed from now on.
pub fn tell_trusted(session: &mut Session<'_>) {
    session.out.note(
        session
            .out
            .pick("The certificate is trusted for this site only.", "この証明書を、このサイトだけで信頼します。"),
    );
}

/// Keeps the certificate of a file, and tells what it is.
pub fn keep(session: &mut Session<'_>, file: &Path) -> Result<Fingerprint, Failure> {
    let kept = session.desk.keep_authority(&read_file(file, LARGEST)?)?;
    tell(session, &kept);
    Ok(kept.fingerprint)
}

fn tell(session: &mut Session<'_>, kept: &Authority) {
    let (certificate, until) = (session.out.pick("Certificate:", "証明書:"), session.out.pick("until", "期限"));
    let line = format!("{certificate} {}, {until} {}", kept.subject, kept.last_day());
    session.out.note(&line);
    session.out.note(&format!("  SHA-256 {}", kept.fingerprint.in_pairs()));
    if kept.more > 0 {
        session.out.note(session.out.pick(
            "  The file holds more certificates; the first is used.",
            "  ファイルにはほかの証明書もあります。最初のものを使います。",
        ));
    }
}
