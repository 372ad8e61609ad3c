//! What the doctor says of what is well, or only strange. Failures have their own sentences.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{Language, in_all};
use crate::model::provider::Text;

/// Each is a sentence, or the advice that belongs to one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[cfg_attr(test, derive(strum::VariantArray))]
#[serde(rename_all = "snake_case")]
pub enum Words {
    Keychain,
    Vault,
    Memory,
    MemoryNext,
    ConfigFolder,
    DataFolder,
    NoProxy,
    Proxy,
    OwnProxy,
    Straight,
    Browser,
    ClockRight,
    ClockUnknown,
    ClockAhead,
    ClockBehind,
    ClockNext,
    BrokenDefinition,
    BrokenNext,
    LeftOver,
    LeftOverNext,
    LeftBehind,
    LeftBehindNext,
    Definition,
    Authority,
    AuthorityEnds,
    AuthorityNext,
    Reach,
    TokenTaken,
    TokenOver,
}

type Catalog = HashMap<Words, HashMap<Language, String>>;

static CATALOG: LazyLock<Catalog> =
    LazyLock::new(|| serde_json::from_str(include_str!("doctor.json")).expect("a test reads the catalog"));

impl Words {
    /// In every language.
    pub fn text(self) -> Text {
        in_all(|language| CATALOG[&self][&language].clone())
    }
}

#[cfg(test)]
mod tests {
    use strum::VariantArray;

    use super::*;

    #[test]
    fn everything_the_doctor_says_is_there_in_every_language() {
        for words in Words::VARIANTS {
            assert!(words.text().values().all(|text| !text.is_empty()), "{words:?}");
        }
    }
}
