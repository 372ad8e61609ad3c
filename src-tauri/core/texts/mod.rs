//! What people read when something goes wrong: one catalog for window and terminal.

mod doctor;

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

pub use self::doctor::Words;
use crate::error::{Error, ErrorCode};
use crate::model::provider::Text;

/// A language of the catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    En,
    /// Japanese.
    Ja,
    /// German.
    De,
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
    /// All of them.
    pub const ALL: [Self; 3] = [Self::En, Self::Ja, Self::De];

    /// As it is called in texts of definitions (BCP 47).
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ja => "ja",
            Self::De => "de",
        }
    }

    /// The language of a locale name such as `ja_JP.UTF-8`; English for every other one.
    pub fn of_locale(name: &str) -> Self {
        Self::ALL.into_iter().find(|language| name.starts_with(language.tag())).unwrap_or(Self::En)
    }

    /// The language a browser likes best (`Accept-Language`, RFC 9110 §12.5.4); English if it names
    /// none of them.
    pub fn of_preferences(list: &str) -> Self {
        let liking = |language: &str| {
            let ranges = list.split(',').filter_map(|range| {
                let (tag, weight) = range.split_once(';').unwrap_or((range, "q=1"));
                let named = tag.trim().split('-').next().is_some_and(|tag| tag.eq_ignore_ascii_case(language));
                let weight = weight.trim().strip_prefix("q=").and_then(|weight| weight.parse::<f32>().ok());
                named.then_some(weight.unwrap_or(0.0))
            });
            ranges.fold(0.0, f32::max)
        };
        let named = list.to_ascii_lowercase();
        let first = |language: Self| std::cmp::Reverse(named.find(language.tag()).unwrap_or(usize::MAX));
        let liked = Self::ALL.into_iter().filter(|language| liking(language.tag()) > 0.0);
        let order = |one: &Self, other: &Self| {
            liking(one.tag()).total_cmp(&liking(other.tag())).then_with(|| first(*one).cmp(&first(*other)))
        };
        liked.max_by(order).unwrap_or(Self::En)
    }
}

/// A text in every language.
pub fn in_all(text: impl Fn(Language) -> String) -> Text {
    Language::ALL.into_iter().map(|language| (language.tag().to_owned(), text(language))).collect()
}

/// The sentence for an error, its words filled in.
pub fn sentence(error: &Error, language: Language) -> Sentence {
    let (site, host) = match language {
        Language::En => ("this site", "the server"),
        Language::Ja => ("このサイト", "サーバー"),
        Language::De => ("diese Site", "dem Server"),
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
    fn a_browsers_best_liked_language_is_taken() {
        for list in ["ja", "ja-JP,ja;q=0.9,en;q=0.8", "en;q=0.5, ja", "fr, JA;q=0.2", "ja,en", "fr,ja;q=0.3,en;q=0.1"] {
            assert_eq!(Language::of_preferences(list), Language::Ja, "{list}");
        }
        for list in ["", "*", "fr", "en-GB,en;q=0.9,ja;q=0.8", "ja;q=0.2,en", "en,ja", "ja;q=0", "ja;q=x", ";;,,"] {
            assert_eq!(Language::of_preferences(list), Language::En, "{list}");
        }
        for list in ["de", "de-AT,ja;q=0.3", "en;q=0.2, de", "de,ja"] {
            assert_eq!(Language::of_preferences(list), Language::De, "{list}");
        }
    }

    #[test]
    fn every_code_has_its_sentences_in_every_language() {
        for code in ErrorCode::VARIANTS {
            for language in Language::ALL {
                let text = sentence(&Error::new(*code), language);
                for part in [&text.what, &text.means, &text.next] {
                    assert!(!part.is_empty() && !part.contains('{'), "{code:?} {language:?}: {part}");
                }
            }
        }
    }
}
