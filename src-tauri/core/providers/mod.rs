//! The definitions that come with the program. What they may say is in
//! [`model::provider`](crate::model::provider).

use std::sync::{Arc, LazyLock};

use crate::model::provider::Provider;

/// In the order in which they are offered.
const BUILT_IN: [&str; 9] = [
    include_str!("redmine.toml"),
    include_str!("planio.toml"),
    include_str!("jooto.toml"),
    include_str!("workfront.toml"),
    include_str!("backlog.toml"),
    include_str!("gitlab.toml"),
    include_str!("openproject.toml"),
    include_str!("gitea.toml"),
    include_str!("github.toml"),
];

/// The definitions that come with the program.
///
/// # Panics
/// Never in a released program: a test reads them all.
pub fn built_in() -> &'static [Arc<Provider>] {
    static PARSED: LazyLock<Vec<Arc<Provider>>> = LazyLock::new(|| {
        let parse = |text: &&str| Arc::new(Provider::parse(text).expect("a test reads every built-in definition"));
        BUILT_IN.iter().map(parse).collect()
    });
    &PARSED
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::template::Values;

    #[test]
    fn every_built_in_definition_is_sound() {
        for text in BUILT_IN {
            let provider = Provider::parse(text).unwrap();
            assert!(!provider.docs.is_empty(), "{} names no source", provider.id);
            assert!(provider.docs.iter().all(|url| url.starts_with("https://")));
            let keys = provider.inputs.iter().map(|input| input.key.as_str());
            let keys =
                keys.chain(["me.id", "me.text"]).chain(provider.choices.iter().map(|choice| choice.key.as_str()));
            let mut inputs: Values = keys.map(|key| (key.to_owned(), "https://x.example".to_owned())).collect();
            inputs.insert("today".to_owned(), "2026-03-01".to_owned());
            for count in &provider.counts {
                assert!(count.page.url(&inputs).is_some(), "{}: page of {}", provider.id, count.id);
            }
        }
    }

    #[test]
    fn no_two_definitions_share_an_id() {
        let mut ids: Vec<_> = built_in().iter().map(|provider| provider.id.clone()).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), BUILT_IN.len());
    }

    #[test]
    fn a_misspelt_key_is_refused_with_its_line() {
        let text = BUILT_IN[0].replacen("code_ttl", "code_tll", 1);
        let error = Provider::parse(&text).unwrap_err();
        let line = text.lines().position(|line| line.contains("code_tll")).unwrap() + 1;
        assert!(error.reason.contains("code_tll"), "{error}");
        assert_eq!(error.line, Some(line));
    }

    #[test]
    fn an_unknown_name_in_a_template_is_refused() {
        let text = BUILT_IN[0].replacen("{base}/oauth/token", "{bsae}/oauth/token", 1);
        let error = Provider::parse(&text).unwrap_err();
        let line = text.lines().position(|line| line.contains("bsae")).unwrap() + 1;
        assert!(error.reason.contains("bsae"), "{error}");
        assert_eq!(error.line, Some(line));
    }
}
