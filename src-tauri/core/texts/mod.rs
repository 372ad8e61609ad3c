//! What people read when something goes wrong: one catalog for window and terminal.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::error::{Error, ErrorCode};

/// A language of the catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    En,
    /// Japanese.
    Ja,
}

/// What happened, what it means, and the one next step.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sentence {
    /// A title.
    pub what: String,
    /// Whether anything was lost.
    pub means: String,
    /// What to do.
    pub next: String,
}

type Catalog = HashMap<ErrorCode, HashMap<Language, Sentence>>;

static CATALOG: LazyLock<Catalog> =
    LazyLock::new(|| serde_json::from_str(include_str!("errors.json")).expect("a test reads the catalog"));

impl Language {
    /// The language of a locale name such as `ja_JP.UTF-8`; English for every other one.
    pub fn of_locale(name: &str) -> Self {
        if name.starts_with("ja") { Self::Ja } else { Self::En }
    }
}

/// The sentence for an error, its words filled in.
pub fn sentence(error: &Error, language: Language) -> Sentence {
    let (site, host) = match language {
        Language::En => ("this site", "the server"),
        Language::Ja => ("このサイト", "サーバー"),
    };
    let words = [
        ("{site}", error.site.as_deref().unwrap_or(site)),
        ("{host}", error.host.as_deref().unwrap_or(host)),
        ("{detail}", error.detail.as_deref().unwrap_or("")),
    ];
    let fill = |text: &str| words.iter().fold(text.to_owned(), |text, (name, word)| text.replace(name, word));
    let found = &CATALOG[&error.code][&language];
    Sentence { what: fill(&found.what), means: fill(&found.means), next: fill(&found.next) }
}

#[cfg(test)]
mod tests {
    use strum::VariantArray;

    use super::*;

    #[test]
    fn every_code_has_its_sentences_in_every_language() {
        for code in ErrorCode::VARIANTS {
            for language in [Language::En, Language::Ja] {
                let text = sentence(&Error::new(*code), language);
                for part in [&text.what, &text.means, &text.next] {
                    assert!(!part.is_empty() && !part.contains('{'), "{code:?} {language:?}: {part}");
                }
            }
        }
    }
}
