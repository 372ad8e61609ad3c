//! Values that must not reach a log, a window or a file.
//!
//! [`Secret`] has no `Display`, no `Serialize` and no `PartialEq`, its `Debug` is redacted and its
//! memory is wiped on drop. `expose_secret` is the only way in, so searching for that word lists
//! every place where a secret leaves our hands.

pub use secrecy::{ExposeSecret, SecretString as Secret};

/// Characters of a token that may be shown to tell it from another one. Four of the 43 of a
/// Doorkeeper token leave 234 bits unknown.
const TAIL_CHARS: usize = 4;
/// Below this length four characters would give away too much; nothing is shown.
const SHORTEST_WITH_TAIL: usize = 16;

/// The last characters of a token, by which people tell one from another.
pub fn tail(secret: &Secret) -> String {
    let text = secret.expose_secret();
    let length = text.chars().count();
    if length < SHORTEST_WITH_TAIL {
        return String::new();
    }
    text.chars().skip(length - TAIL_CHARS).collect()
}

/// A server's words without the secrets that were sent to it: some quote what they refuse.
pub fn without<'a>(words: &str, secrets: impl IntoIterator<Item = &'a Secret>) -> String {
    let sent = secrets.into_iter().map(ExposeSecret::expose_secret).filter(|secret| !secret.is_empty());
    sent.fold(words.to_owned(), |words, secret| words.replace(secret, "…"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tail_of_a_token_is_its_last_four_characters() {
        assert_eq!(tail(&Secret::from("vkRCWnxIJrZWXvnTKWNAfFbC4f2a")), "4f2a");
    }

    #[test]
    fn a_short_secret_shows_nothing() {
        assert_eq!(tail(&Secret::from("hunter2")), "");
    }

    #[test]
    fn debug_output_holds_no_secret() {
        assert!(!format!("{:?}", Secret::from("vkRCWnxI")).contains("vkRC"));
    }
}
