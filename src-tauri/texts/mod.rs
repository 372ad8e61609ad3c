//! The words around the window: tray, notifications and the menu of macOS. Those of the page are the
//! page's own.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;
use tallykey_core::Language;
use tallykey_core::model::settings::ShownLanguage;

/// All words in one language. Names in braces are filled in with [`fill`].
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Texts {
    pub totals: String,
    pub site_count: String,
    pub more: String,
    pub sign_in: String,
    pub store_locked: String,
    pub vault: String,
    pub clear_clipboard: String,
    pub refresh_all: String,
    pub add_site: String,
    pub pause: String,
    pub go_on: String,
    pub open: String,
    pub settings: String,
    pub quit: String,
    pub about: String,
    pub edit: String,
    pub window: String,
    pub token_left: String,
    pub copy_token: String,
    pub copy_curl: String,
    pub open_site: String,
    pub open_assigned: String,
    pub refresh: String,
    pub show_site: String,
    pub hours: String,
    pub minutes: String,
    pub less_than_a_minute: String,
    pub told_sign_in: String,
    pub told_sign_in_means: String,
    pub told_revoked: String,
    pub told_revoked_means: String,
    pub told_not_revoked: String,
    pub told_access_only_means: String,
    pub told_still_accepted_means: String,
    pub told_forgotten_means: String,
    pub told_rose: String,
    pub told_rose_means: String,
    pub told_level: String,
    pub told_level_means: String,
}

const SOURCE: &str = include_str!("shell.json");

static CATALOG: LazyLock<HashMap<Language, Texts>> =
    LazyLock::new(|| serde_json::from_str(SOURCE).expect("a test reads the catalog"));

/// The words in the language a person chose, or the system's.
pub fn of(language: ShownLanguage) -> &'static Texts {
    &CATALOG[&spoken(language)]
}

/// How that language is called in texts of definitions.
pub fn tag(language: ShownLanguage) -> &'static str {
    spoken(language).tag()
}

fn spoken(language: ShownLanguage) -> Language {
    match language {
        ShownLanguage::System => Language::of_locale(&sys_locale::get_locale().unwrap_or_default()),
        ShownLanguage::En => Language::En,
        ShownLanguage::Ja => Language::Ja,
        ShownLanguage::De => Language::De,
    }
}

/// A text with its words put in: `fill("{n} more…", &[("n", "3")])`. Words are not looked into again.
pub fn fill(text: &str, words: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, behind) = after.split_once('}').unwrap_or((after, ""));
        filled.push_str(before);
        filled.push_str(words.iter().find(|(word, _)| *word == name).map_or("", |(_, value)| value));
        rest = behind;
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;

    fn names(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|part| part.split_once('}').map(|(name, _)| name)).collect()
    }

    #[test]
    fn every_language_says_the_same() {
        let catalog: HashMap<String, HashMap<String, Value>> = serde_json::from_str(SOURCE).unwrap();
        assert!(CATALOG.len() > 1, "and the program can read all of it");
        for (language, texts) in &catalog {
            assert_eq!(texts.len(), catalog["en"].len(), "{language}");
            for (key, text) in texts {
                let (text, english) = (text.as_str().unwrap(), catalog["en"][key].as_str().unwrap());
                assert!(!text.is_empty(), "{language} {key}");
                assert_eq!(names(text), names(english), "{language} {key}");
            }
        }
    }

    #[test]
    fn words_are_put_in_and_never_looked_into() {
        assert_eq!(fill("{site} · {count}", &[("site", "a {count} b"), ("count", "3")]), "a {count} b · 3");
        assert_eq!(fill("nothing", &[]), "nothing");
    }
}
