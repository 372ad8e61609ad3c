//! The command that is the next step after an error, where there is one.

use tallykey_core::{Error, ErrorCode};

/// As it would be typed.
pub fn command(error: &Error) -> Option<String> {
    use ErrorCode as C;
    let about = |verb: &str| error.site.as_deref().map(|site| format!("tallykey {verb} {}", word(site)));
    match error.code {
        code if code.is_end() => about("connect"),
        C::NoSuchSite => Some("tallykey list".to_owned()),
        C::NoSuchProvider => Some("tallykey providers".to_owned()),
        C::KeychainMissing => Some("tallykey --secrets memory …".to_owned()),
        C::VaultLocked => Some("TALLYKEY_PASSPHRASE_COMMAND='…' tallykey …".to_owned()),
        C::NotConnected | C::NotConfirmed | C::AddressChanged | C::SecretUnreadable => about("connect"),
        C::RevokePending => about("revoke"),
        C::TlsUntrusted | C::AuthorityMissing | C::CertificateOver => {
            about("trust").map(|command| format!("{command} FILE"))
        }
        C::ChoiceMissing => about("choose"),
        C::OtherPerson => about("duplicate").map(|command| format!("{command} …")),
        C::NotAccepted => error.detail.as_deref().map(|id| format!("tallykey accept {}", word(id))),
        C::ClientRefused | C::ClientSecretMissing => about("secret"),
        _ => None,
    }
}

/// A name as one word of a shell.
pub fn word(name: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    if !name.is_empty() && name.chars().all(plain) {
        return name.to_owned();
    }
    format!("'{}'", name.replace('\'', r"'\''"))
}
