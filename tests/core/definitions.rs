//! What every definition that comes with the program must keep to.

use std::collections::BTreeMap;

use tallykey_core::Url;
use tallykey_core::model::provider::{Count, Provider, QueryValue, Term};
use tallykey_core::model::template::Values;
use tallykey_core::providers::built_in;

/// A base address and something plain for every other input.
fn inputs(provider: &Provider) -> Values {
    let value = |kind| match kind {
        tallykey_core::model::provider::InputKind::Base => "https://tracker.example.jp/folder",
        _ => "12",
    };
    let inputs = provider.inputs.iter().map(|input| (input.key.clone(), value(input.kind).to_owned()));
    inputs.chain([("client_id".to_owned(), "client-1".to_owned())]).collect()
}

fn pairs(url: &Url) -> BTreeMap<String, String> {
    url.query_pairs().into_owned().collect()
}

/// A Redmine page's filters in the words of its API.
fn filters_of_page(page: &Url) -> BTreeMap<String, String> {
    let mut filters = pairs(page);
    assert_eq!(filters.remove("set_filter").as_deref(), Some("1"), "{page}");
    if let Some(status) = filters.get_mut("status_id") {
        *status = match status.as_str() {
            "o" => "open".to_owned(),
            "c" => "closed".to_owned(),
            other => other.to_owned(),
        };
    }
    filters
}

fn is_redmines(term: &Term) -> bool {
    term.path.to_string() == "/issues.json"
}

fn filters_of_query(count: &Count, values: &Values) -> BTreeMap<String, String> {
    let value = |(key, value): (&String, &QueryValue)| {
        let [template] = value.all() else { panic!("one value each") };
        (key.clone(), template.text(values).expect("a known input"))
    };
    count.terms[0].query.iter().map(value).filter(|(key, _)| key != "limit").collect()
}

#[test]
fn a_redmine_page_lists_exactly_what_its_count_counts() {
    let mut seen = 0;
    for provider in built_in() {
        let values = inputs(provider);
        for count in provider.counts.iter().filter(|count| is_redmines(&count.terms[0])) {
            let page = count.page.url(&values).expect("an address");
            assert_eq!(page.path(), "/folder/issues", "{} {}", provider.id, count.id);
            assert_eq!(filters_of_page(&page), filters_of_query(count, &values), "{} {}", provider.id, count.id);
            assert_eq!(count.terms.len(), 1, "one page cannot list a sum");
            seen += 1;
        }
    }
    assert!(seen >= 14, "Redmine and Planio have seven each");
}

#[test]
fn a_redmine_count_asks_for_one_issue_because_none_means_25() {
    for provider in built_in() {
        for term in provider.counts.iter().flat_map(|count| &count.terms).filter(|term| is_redmines(term)) {
            let limit = term.query["limit"].all()[0].text(&Values::new());
            assert_eq!(limit.as_deref(), Some("1"), "{}", provider.id);
        }
    }
}

#[test]
fn every_address_of_a_definition_is_https_below_the_sites_own_or_the_vendors() {
    for provider in built_in() {
        let values = inputs(provider);
        let oauth = [
            Some(&provider.oauth.authorize),
            Some(&provider.oauth.token),
            provider.oauth.revoke.as_ref().map(|revoke| &revoke.url),
        ];
        let pages = [Some(&provider.pages.home), provider.pages.register.as_ref(), provider.pages.revoke.as_ref()];
        for template in oauth.into_iter().chain(pages).chain([Some(&provider.api.base)]).flatten() {
            let url = template.url(&values).expect("an address");
            assert_eq!(url.scheme(), "https", "{}: {url}", provider.id);
            assert!(!url.path().contains("//"), "{}: {url}", provider.id);
        }
    }
}

#[test]
fn the_id_of_a_count_is_given_once_in_a_definition() {
    for provider in built_in() {
        let mut ids: Vec<_> = provider.counts.iter().map(|count| &count.id).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), provider.counts.len(), "{}", provider.id);
    }
}

#[test]
fn every_way_back_has_a_line_to_register() {
    for provider in built_in() {
        for application in &provider.oauth.applications {
            assert!(!provider.redirect_lines(application).is_empty(), "{}", provider.id);
        }
        assert!(provider.oauth.code_ttl > 0, "{}", provider.id);
    }
}

/// The lines to register for a definition with these ways back.
fn lines(redirects: &str) -> Vec<String> {
    let text = include_str!("../../src-tauri/core/providers/redmine.toml");
    let head = text.lines().find(|line| line.starts_with("redirect = ")).expect("it has ways back");
    let text = text.replacen(head, &format!("redirect = {redirects}\nredirect_port = 4000"), 1);
    let provider = Provider::parse(&text).unwrap();
    provider.redirect_lines(&provider.oauth.applications[0])
}

#[test]
fn a_line_to_register_names_a_port_only_where_the_port_is_the_registered_one() {
    assert_eq!(lines(r#"["loopback"]"#), ["http://127.0.0.1/callback"]);
    assert_eq!(lines(r#"["loopback-port"]"#), ["http://127.0.0.1:4000/callback"]);
    assert_eq!(lines(r#"["localhost-port"]"#), ["http://localhost:4000/callback"]);
    assert_eq!(lines(r#"["oob"]"#), ["urn:ietf:wg:oauth:2.0:oob"]);
    assert_eq!(lines(r#"["paste"]"#), ["http://127.0.0.1:4000/callback"]);
}

#[test]
fn ways_back_that_share_a_line_are_registered_once() {
    assert_eq!(lines(r#"["loopback", "paste"]"#), ["http://127.0.0.1/callback"]);
    assert_eq!(lines(r#"["loopback-port", "paste"]"#), ["http://127.0.0.1:4000/callback"]);
}

#[test]
fn a_definition_does_not_say_what_only_the_program_says() {
    let text = include_str!("../../src-tauri/core/providers/redmine.toml");
    let token = "token = \"{base}/oauth/token\"";
    for (params, name) in [
        ("authorize_params = { client_id = \"mine\" }", "client_id"),
        ("authorize_params = { redirect_uri = \"https://evil.example/cb\" }", "redirect_uri"),
        ("authorize_params = { code_challenge = \"known\" }", "code_challenge"),
        ("authorize_params = { request_uri = \"https://evil.example/r\" }", "request_uri"),
    ] {
        let problem = Provider::parse(&text.replacen(token, &format!("{token}\n{params}"), 1)).unwrap_err();
        assert!(problem.reason.contains(name), "{problem}");
    }
    let smuggled = text.replacen("{base}/oauth/authorize\"\ntoken", "{base}/oauth/authorize?state=x\"\ntoken", 1);
    assert!(Provider::parse(&smuggled).unwrap_err().reason.contains("parameters of its own"));
}

#[test]
fn a_planio_takes_the_same_filters_as_the_redmine_it_is() {
    let own = |id: &str| {
        let provider = built_in().iter().find(|provider| provider.id == id).unwrap();
        let own = provider.own_counts.clone().expect("counts of one's own");
        let filter = own.filter.expect("filters");
        (own.path.to_string(), own.page.template().to_string(), filter.names, filter.trial.expect("a trial").status)
    };
    assert_eq!(own("planio"), own("redmine"));
}
