//! Trusting a certificate for one site, and the proxy, over the bridge.

use std::fs;
use std::net::SocketAddr;

use serde_json::{Value, json};
use tallykey_sites::CLIENT_SECRET;
use tallykey_sites::tls::Authority;

use crate::bridge::{Tracker, Window};

fn check(window: &Window, base: &str, authority: &Value) -> Value {
    let inputs = json!({ "base": base });
    let arguments = json!({ "provider": "redmine", "inputs": inputs, "authority": authority });
    window.call("check_address", arguments).unwrap()[0]["error"].clone()
}

#[test]
fn a_certificate_is_read_kept_trusted_for_one_site_and_removed() {
    let (window, tracker) = (Window::open(), Tracker::start());
    let plant = Authority::named("Plant CA");
    let to: SocketAddr = tracker.base().trim_start_matches("http://").parse().unwrap();
    let port = tracker.block_on(plant.issue(&["localhost"], None).before(to));
    let base = format!("https://localhost:{port}");
    let content = json!({ "content": plant.pem().into_bytes() });
    let untrusted = check(&window, &base, &Value::Null);
    assert_eq!((&untrusted["code"], &untrusted["detail"]), (&json!("tls_untrusted"), &json!("unknown issuer")));

    let read = window.call("read_authority", content.clone()).unwrap();
    assert_eq!((&read["subject"], &read["isAuthority"]), (&json!("Plant CA"), &json!(true)));
    assert_eq!(window.call("authorities", json!({})).unwrap(), json!([]), "nothing is kept yet");
    let kept = window.call("keep_authority", content.clone()).unwrap();
    assert!(check(&window, &base, &kept["fingerprint"]).is_null());

    let site = window.add("Plant", &base, CLIENT_SECRET).unwrap();
    window.call("trust_authority", json!({ "site": site, "authority": kept["fingerprint"] })).unwrap();
    let trusted = window.call("authorities", json!({})).unwrap();
    assert_eq!((&trusted[0]["sites"], &trusted[0]["ids"]), (&json!(["Plant"]), &json!([site])));
    assert_eq!(trusted[0]["authority"]["fingerprint"], kept["fingerprint"]);

    window.call("remove_authority", json!({ "authority": kept["fingerprint"] })).unwrap();
    assert_eq!(window.call("authorities", json!({})).unwrap(), json!([]));
    let gone = json!({ "provider": "redmine", "inputs": { "base": base }, "authority": kept["fingerprint"] });
    assert_eq!(window.call("check_address", gone).unwrap_err()["code"], "authority_missing");
}

#[test]
fn a_name_that_is_none_can_be_taken_out_of_the_list() {
    let (window, tracker) = (Window::open(), Tracker::start());
    window.add("Plant", &tracker.base(), CLIENT_SECRET).unwrap();
    let list = window.folder.path().join("config").join("sites.toml");
    let text = fs::read_to_string(&list).unwrap().replacen("[[site]]\n", "[[site]]\nauthority = \"../x\"\n", 1);
    fs::write(&list, text).unwrap();
    let listed = window.call("authorities", json!({})).unwrap();
    assert_eq!((&listed[0]["fingerprint"], &listed[0]["authority"]), (&json!("../x"), &Value::Null));

    window.call("remove_authority", json!({ "authority": "../x" })).unwrap();

    assert_eq!(window.call("authorities", json!({})).unwrap(), json!([]));
}

#[test]
fn a_file_with_a_private_key_is_refused() {
    let window = Window::open();
    let key = b"-----BEGIN PRIVATE KEY-----".to_vec();
    let refused = window.call("read_authority", json!({ "content": key })).unwrap_err();
    assert_eq!(refused["code"], "private_key_given");
}

#[test]
fn a_proxy_is_kept_in_its_one_form_and_never_with_a_password() {
    let window = Window::open();
    let save = |proxy: &str| window.call("save_proxy", json!({ "proxy": proxy }));
    let settings = || window.call("overview", json!({})).unwrap()["settings"].clone();
    let kept = || settings()["proxy"].clone();
    let before = settings();
    assert_eq!(before["proxy"], "system");

    save("proxy.example.jp:8080").unwrap();
    assert_eq!(kept(), "http://proxy.example.jp:8080");
    window.call("save_settings", json!({ "settings": before })).unwrap();
    assert_eq!(kept(), "http://proxy.example.jp:8080", "the page may not have seen it yet");
    assert_eq!(save("http://me:hunter2@proxy.example.jp").unwrap_err()["code"], "proxy_with_password");
    assert_eq!(save("ftp://proxy.example.jp").unwrap_err()["code"], "invalid_proxy");
    assert_eq!(kept(), "http://proxy.example.jp:8080");
}
