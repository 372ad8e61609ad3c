//! What can be added, and what that takes.

use serde_json::json;

use super::accept::{definition, put};
use crate::support::Computer;

#[test]
fn products_are_listed_with_what_they_take() {
    let computer = Computer::new();
    let json = computer.run(&["providers", "--json"]).ok().json();
    assert_eq!(
        (&json[0]["id"], &json[0]["file"], &json[0]["accepted"]),
        (&json!("redmine"), &json!(null), &json!(true))
    );
    assert_eq!(json[0]["inputs"][0]["key"], "base");
    assert_eq!(json[0]["scopes"][0]["id"], "view_issues");
    let application = &json[0]["applications"][0];
    assert_eq!(application["client_secret"], true);
    let redirects = application["redirects"].as_array().unwrap();
    assert!(redirects.iter().any(|redirect| redirect["uri"] == "urn:ietf:wg:oauth:2.0:oob"));
    assert!(redirects.iter().any(|redirect| redirect["uri"] == "http://127.0.0.1/callback"));
    let text = computer.run(&["providers"]).ok().stdout;
    assert!(text.contains("--set base=") && text.contains("urn:ietf:wg:oauth:2.0:oob"), "{text}");
}

#[test]
fn every_kind_of_application_is_listed_with_its_own_ways_back() {
    let computer = Computer::new();
    let json = computer.run(&["providers", "--json"]).ok().json();
    let workfront = json.as_array().unwrap().iter().find(|product| product["id"] == "workfront").unwrap();
    let kinds = workfront["applications"].as_array().unwrap();
    let kinds: Vec<_> = kinds.iter().map(|kind| (&kind["id"], &kind["client_secret"])).collect();
    let expected = [("web", true), ("web-form", true), ("single-page", false)].map(|(id, has)| (json!(id), json!(has)));
    assert_eq!(kinds, expected.iter().map(|(id, has)| (id, has)).collect::<Vec<_>>());

    let text = computer.run(&["providers"]).ok().stdout;
    let workfront = text.split("workfront  Adobe Workfront: ").nth(1).unwrap();
    for kind in ["web", "web-form", "single-page"] {
        let after = workfront.split(&format!("\n  --application {kind}  ")).nth(1).unwrap();
        let way = after.lines().nth(1).unwrap();
        assert_eq!(way, "    --redirect loopback-port  http://127.0.0.1:28765/callback", "{kind}");
    }
    // A product with one kind does not name it.
    assert!(!text.split("\nplanio").next().unwrap().contains("--application"), "{text}");
}

#[test]
fn an_input_is_listed_as_it_is_typed_and_what_is_asked_later_is_named() {
    let computer = Computer::new();
    let text = computer.run(&["providers"]).ok().stdout;
    let jooto = text.split("\njooto  ").nth(1).unwrap();
    let place = "https://app.jooto.com/boards?organization_id=XXXXX";
    for line in [
        &format!("\n  --set org=…  Organization ID ({place})\n"),
        "\n  [--set api=https://api.jooto.com/v1]  Address of the API\n",
        "\n  to choose once connected: Your user in Jooto, Projects to count\n",
    ] {
        assert!(jooto.contains(line), "{line} in {jooto}");
    }
    let json = computer.run(&["providers", "--json"]).ok().json();
    let jooto = json.as_array().unwrap().iter().find(|product| product["id"] == "jooto").unwrap();
    assert_eq!(
        jooto["choices"][1],
        json!({ "key": "board", "label": "Projects to count", "many": true, "me": false, "optional": false })
    );
}

#[test]
fn a_definition_of_ones_own_is_listed_with_its_file_and_who_gets_secrets() {
    let computer = Computer::new();
    let file = put(&computer, "forge.toml", &definition("forge"));
    let done = computer.run(&["providers"]).ok();
    let forge = done.stdout.split("\nforge  ").nth(1).unwrap();
    assert!(forge.contains(&format!("\n  your own: {}\n", file.display())), "{forge}");
    assert!(
        forge.contains("\n  secrets go to: Address of your Redmine (base)\n")
            && forge.contains("tallykey accept forge\n"),
        "{forge}"
    );
    let json = computer.run(&["providers", "--json"]).ok().json();
    let forge = json.as_array().unwrap().last().unwrap();
    assert_eq!((&forge["accepted"], &forge["file"]), (&json!(false), &json!(file)));

    computer.run(&["accept", "forge", "--yes"]).ok();
    let forge = computer.run(&["providers"]).ok().stdout;
    assert!(!forge.contains("secrets go to:") && forge.contains("your own:"), "{forge}");
}

#[test]
fn a_file_that_cannot_be_used_is_told_on_stderr_and_stops_nothing() {
    let computer = Computer::new();
    let broken = put(&computer, "broken.toml", &definition("broken").replacen("code_ttl", "code_tll", 1));
    put(&computer, "again.toml", &definition("redmine"));
    put(&computer, "forge.toml", &definition("forge"));
    let done = computer.run(&["providers"]).ok();
    assert!(done.stdout.contains("\nforge  ") && !done.stdout.contains("code_tll"), "{done:?}");
    let line = done.stderr.lines().find(|line| line.starts_with(broken.to_str().unwrap())).unwrap();
    assert!(line.contains("cannot be used:") && line.contains("code_tll") && line.contains("line "), "{line}");
    assert!(done.stderr.contains("again.toml cannot be used: another definition is called `redmine`"), "{done:?}");

    let json = computer.run(&["providers", "--json"]).ok().json();
    let broken: Vec<_> = json.as_array().unwrap().iter().filter(|item| item.get("problem").is_some()).collect();
    assert_eq!(broken.len(), 2, "{json}");
    assert!(broken.iter().any(|item| item["line"].is_u64()), "{broken:?}");
}
