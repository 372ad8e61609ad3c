//! What a person types to open the encrypted file.

use icu_normalizer::ComposingNormalizerBorrowed;

use super::secret::{ExposeSecret, Secret};
use crate::error::{ErrorCode, Result};

/// A passphrase in one form, whichever keyboard it was typed on.
///
/// The form is NFC, as for passwords in RFC 8265 §4.2: most keyboards compose that way already, so that
/// other programs open the file with the same keys pressed. NFKC would make one letter of several.
pub struct Passphrase(Secret);

/// The least for a password beside another factor, in code points (NIST SP 800-63B-4 §3.1.1.2): who
/// guesses needs the file too, and each guess costs a second.
const LEAST_CHARS: usize = 8;

impl Passphrase {
    /// As it was typed, to open what is there.
    pub fn typed(text: &Secret) -> Self {
        let composed = ComposingNormalizerBorrowed::new_nfc().normalize(text.expose_secret()).into_owned();
        Self(Secret::from(composed))
    }

    /// One that is chosen for a file.
    ///
    /// # Errors
    /// [`ErrorCode::PassphraseTooShort`].
    pub fn chosen(text: &Secret) -> Result<Self> {
        let chosen = Self::typed(text);
        let is_short = chosen.0.expose_secret().chars().count() < LEAST_CHARS;
        if is_short { Err(ErrorCode::PassphraseTooShort.into()) } else { Ok(chosen) }
    }

    /// The form to make a key of.
    pub fn secret(&self) -> &Secret {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passphrase_is_the_same_however_its_letters_are_composed() {
        let typed = |text: &str| Passphrase::typed(&Secret::from(text)).secret().expose_secret().to_owned();
        assert_eq!(typed("Scho\u{308}nes Wetter"), typed("Sch\u{f6}nes Wetter"));
        assert_eq!(typed("か\u{3099}っこう"), typed("がっこう"));
        assert_ne!(typed("ｗｉｄｅ"), typed("wide"));
        assert_eq!(typed("  spaces  "), "  spaces  ");
    }

    #[test]
    fn a_new_passphrase_has_at_least_eight_characters() {
        let code = |text: &str| Passphrase::chosen(&Secret::from(text)).err().map(|error| error.code);
        assert_eq!(code("1234567"), Some(ErrorCode::PassphraseTooShort));
        assert_eq!(code("がぎぐげござじ"), Some(ErrorCode::PassphraseTooShort));
        assert_eq!((code("12345678"), code("がぎぐげござじず")), (None, None));
    }
}
