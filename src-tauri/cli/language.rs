//! The language of the person at the terminal.

use tallykey_core::Language;

/// As POSIX orders the variables: the first one that is set and not empty decides.
pub fn of_environment() -> Language {
    let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set);
    match Language::of_locale(&locale.unwrap_or_default()) {
        // The terminal speaks no German, and half of it in German would be worse.
        Language::De => Language::En,
        spoken => spoken,
    }
}
