//! The forms in which a token leaves Tallykey for other programs.

use serde::{Deserialize, Serialize};

use super::secret::{ExposeSecret, Secret};

/// A form a token can be copied in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export_to = "types.ts"))]
#[serde(rename_all = "lowercase")]
pub enum CopyFormat {
    /// The token and nothing else.
    #[default]
    Raw,
    /// The header line the site's API expects.
    Header,
    /// A `curl` command that asks the site who the token belongs to.
    Curl,
    /// The same as an `HTTPie` command.
    Httpie,
    /// The same for `PowerShell`.
    Powershell,
    /// A line that sets `TALLYKEY_TOKEN`.
    Env,
    /// Token, header, expiry and scopes as one JSON object.
    Json,
}

/// What a format needs besides the token.
#[derive(Clone, Debug)]
pub struct Use<'a> {
    /// Name of the header that carries the token.
    pub header_name: &'a str,
    /// The header's whole value.
    pub header_value: &'a Secret,
    /// A harmless request of the site's API that shows the token works.
    pub url: &'a str,
    /// RFC 3339, when known.
    pub expires_at: Option<String>,
    /// Granted scopes.
    pub scopes: &'a [String],
}

impl CopyFormat {
    /// Its id, as it is written in JSON and on the command line.
    pub fn id(self) -> String {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::String(id)) => id,
            _ => unreachable!("a unit variant is written as a string"),
        }
    }

    /// The token in this form, ready for the clipboard or a terminal.
    ///
    /// Commands begin with a space: most shells are set up to keep such lines out of their history.
    pub fn render(self, token: &Secret, around: &Use<'_>) -> Secret {
        let raw = token.expose_secret();
        let header = format!("{}: {}", around.header_name, around.header_value.expose_secret());
        let url = around.url;
        let text = match self {
            Self::Raw => raw.to_owned(),
            Self::Header => header,
            Self::Curl => format!(" curl -H {} {}", sh(&header), sh(url)),
            Self::Httpie => {
                let item = format!("{}:{}", around.header_name, around.header_value.expose_secret());
                format!(" http GET {} {}", sh(url), sh(&item))
            }
            Self::Powershell => format!(
                " Invoke-RestMethod -Headers @{{ {} = {} }} -Uri {}",
                ps(around.header_name),
                ps(around.header_value.expose_secret()),
                ps(url)
            ),
            Self::Env => format!("TALLYKEY_TOKEN={}", sh(raw)),
            Self::Json => serde_json::json!({
                "access_token": raw,
                "expires_at": around.expires_at,
                "scopes": around.scopes,
                "header": { "name": around.header_name, "value": around.header_value.expose_secret() },
            })
            .to_string(),
        };
        text.into()
    }
}

/// One word for a POSIX shell, whatever it holds.
fn sh(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:@=".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// One literal string for `PowerShell`.
fn ps(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(format: CopyFormat) -> String {
        let value = Secret::from("Bearer to'ken");
        let around = Use {
            header_name: "Authorization",
            header_value: &value,
            url: "https://x.example/users/current.json?a=1&b=2",
            expires_at: Some("2026-11-22T10:00:00Z".to_owned()),
            scopes: &["view_issues".to_owned()],
        };
        format.render(&Secret::from("to'ken"), &around).expose_secret().to_owned()
    }

    #[test]
    fn commands_quote_what_a_shell_would_read() {
        assert_eq!(
            rendered(CopyFormat::Curl),
            r" curl -H 'Authorization: Bearer to'\''ken' 'https://x.example/users/current.json?a=1&b=2'"
        );
        assert_eq!(
            rendered(CopyFormat::Httpie),
            r" http GET 'https://x.example/users/current.json?a=1&b=2' 'Authorization:Bearer to'\''ken'"
        );
        assert_eq!(
            rendered(CopyFormat::Powershell),
            " Invoke-RestMethod -Headers @{ 'Authorization' = 'Bearer to''ken' } -Uri 'https://x.example/users/current.json?a=1&b=2'"
        );
    }

    #[test]
    fn plain_forms_hold_the_token_and_its_header() {
        assert_eq!(rendered(CopyFormat::Raw), "to'ken");
        assert_eq!(rendered(CopyFormat::Header), "Authorization: Bearer to'ken");
        assert_eq!(rendered(CopyFormat::Env), r"TALLYKEY_TOKEN='to'\''ken'");
    }

    #[test]
    fn json_has_the_documented_members() {
        let value: serde_json::Value = serde_json::from_str(&rendered(CopyFormat::Json)).unwrap();
        assert_eq!(value["access_token"], "to'ken");
        assert_eq!(value["header"]["name"], "Authorization");
        assert_eq!(value["header"]["value"], "Bearer to'ken");
        assert_eq!(value["scopes"][0], "view_issues");
        assert_eq!(value["expires_at"], "2026-11-22T10:00:00Z");
    }
}
