//! The way out: a certificate that is trusted for one site, and the proxy that was chosen.

use std::fs;
use std::net::{SocketAddr, TcpListener};

use tallykey_core::model::authority::Fingerprint;
use tallykey_core::model::proxy::Proxy as Chosen;
use tallykey_core::model::settings::Settings;
use tallykey_core::{Error, ErrorCode, NewSite};
use tallykey_sites::tls::{Authority, Flaw, Identity, Proxy};

use crate::support::{Here, TOKEN_LIFE, code};

/// A Redmine behind TLS; its address.
pub async fn behind(here: &Here, identity: &Identity) -> String {
    format!("https://localhost:{}", port(here, identity).await)
}

async fn port(here: &Here, identity: &Identity) -> u16 {
    let base = here.redmine.base();
    let address: SocketAddr = base.trim_start_matches("http://").parse().unwrap();
    identity.before(address).await
}

pub fn form(here: &Here, name: &str, base: &str, authority: Option<Fingerprint>) -> NewSite {
    let inputs = [("base".to_owned(), base.to_owned())].into();
    NewSite { inputs, authority, ..here.form(name) }
}

pub fn keep(here: &Here, pem: &str) -> Fingerprint {
    here.desk.keep_authority(pem.as_bytes()).unwrap().fingerprint
}

/// What a look at an address says is wrong.
async fn trouble(here: &Here, base: &str, authority: Option<&Fingerprint>) -> Option<Error> {
    let inputs = [("base".to_owned(), base.to_owned())].into();
    let findings = here.desk.check("redmine", &inputs, authority).await.unwrap();
    findings.into_iter().next().unwrap().error
}

async fn detail(here: &Here, base: &str, authority: Option<&Fingerprint>) -> String {
    let error = trouble(here, base, authority).await.unwrap();
    assert_eq!(error.code, ErrorCode::TlsUntrusted);
    error.detail.unwrap()
}

#[tokio::test]
async fn an_authority_is_believed_for_its_site_and_for_no_other() {
    let here = Here::new().await;
    let plant = Authority::named("Plant CA");
    let base = behind(&here, &plant.issue(&["localhost"], None)).await;
    let trusted = keep(&here, &plant.pem());

    let site = here.desk.add(form(&here, "Plant", &base, Some(trusted))).await.unwrap();
    let other = here.desk.add(form(&here, "Other", &base, None)).await.unwrap();

    here.connect_again(&site).await.unwrap();
    here.desk.count(&site).await.unwrap();
    here.clock.forward(TOKEN_LIFE);
    here.desk.count(&site).await.unwrap();
    here.desk.test(&site).await.unwrap();
    assert_eq!(here.redmine.asked("/oauth/token").len(), 2, "a code and a refresh");
    here.desk.revoke(&site).await.unwrap();
    assert!(!here.redmine.asked("/oauth/revoke").is_empty());

    here.redmine.take_asked();
    assert_eq!(code(here.connect_again(&other).await), ErrorCode::TlsUntrusted);
    assert_eq!(detail(&here, &base, None).await, "unknown issuer");
    assert!(here.redmine.take_asked().is_empty());
}

#[tokio::test]
async fn what_is_wrong_with_a_certificate_is_told_apart_and_no_authority_heals_it() {
    let here = Here::new().await;
    let plant = Authority::named("Plant CA");
    let trusted = Some(keep(&here, &plant.pem()));

    for (identity, code, detail) in [
        (plant.issue(&["localhost"], Some(Flaw::Expired)), ErrorCode::TlsExpired, "2001-02-03"),
        (plant.issue(&["localhost"], Some(Flaw::Early)), ErrorCode::TlsTooEarly, "3001-02-03"),
        (plant.issue(&["tracker.example"], None), ErrorCode::TlsWrongName, "tracker.example"),
        (Authority::named("Other CA").issue(&["localhost"], None), ErrorCode::TlsUntrusted, "unknown issuer"),
    ] {
        let base = behind(&here, &identity).await;
        let error = trouble(&here, &base, trusted.as_ref()).await.unwrap();
        assert_eq!((error.code, error.detail.as_deref()), (code, Some(detail)));
    }
    assert!(here.redmine.take_asked().is_empty());
}

#[tokio::test]
async fn a_servers_own_certificate_is_believed_as_that_one_alone() {
    let here = Here::new().await;
    let (mine, alike) = (Identity::self_signed(&["localhost"], None), Identity::self_signed(&["localhost"], None));
    let elsewhere = Identity::self_signed(&["tracker.example"], None);
    let trusted = here.desk.keep_authority(&mine.der()).unwrap();
    assert!(!trusted.is_authority);
    let trusted = Some(&trusted.fingerprint);

    let base = behind(&here, &mine).await;
    assert_eq!(trouble(&here, &base, trusted).await, None);
    assert!(trouble(&here, &base, None).await.is_some());
    let base = behind(&here, &alike).await;
    assert!(trouble(&here, &base, trusted).await.is_some());

    let named = keep(&here, &elsewhere.pem());
    let base = behind(&here, &elsewhere).await;
    assert_eq!(trouble(&here, &base, Some(&named)).await.unwrap().code, ErrorCode::TlsWrongName);
}

#[tokio::test]
async fn a_servers_own_certificate_is_nothing_without_its_key_before_its_time_or_as_an_issuer() {
    let here = Here::new().await;
    let mine = Identity::self_signed(&["localhost"], None);
    let trusted = keep(&here, &mine.pem());
    let base = behind(&here, &mine.stolen()).await;
    assert!(trouble(&here, &base, Some(&trusted)).await.is_some(), "whoever shows it must have its key");

    let early = Identity::self_signed(&["localhost"], Some(Flaw::Early));
    let trusted = keep(&here, &early.pem());
    let base = behind(&here, &early).await;
    let error = trouble(&here, &base, Some(&trusted)).await.unwrap();
    assert_eq!((error.code, error.detail.as_deref()), (ErrorCode::TlsTooEarly, Some("3001-02-03")));

    let usurped = Authority::usurped(&["localhost"]);
    let trusted = here.desk.keep_authority(usurped.pem().as_bytes()).unwrap();
    assert!(!trusted.is_authority);
    let base = behind(&here, &usurped.issue(&["localhost"], None)).await;
    let error = trouble(&here, &base, Some(&trusted.fingerprint)).await.unwrap();
    assert_eq!(error.code, ErrorCode::TlsUntrusted);
    assert!(here.redmine.take_asked().is_empty());
}

#[tokio::test]
async fn a_file_that_is_gone_or_another_stops_the_site_and_nothing_is_lost() {
    let here = Here::new().await;
    let (plant, stranger) = (Authority::named("Plant CA"), Authority::named("Plant CA"));
    let base = behind(&here, &plant.issue(&["localhost"], None)).await;
    let trusted = keep(&here, &plant.pem());
    let site = here.desk.add(form(&here, "Plant", &base, Some(trusted.clone()))).await.unwrap();
    here.connect_again(&site).await.unwrap();
    let file = here.folders.config.join("authorities").join(format!("{trusted}.pem"));
    let before = fs::read_to_string(&file).unwrap();
    here.clock.forward(TOKEN_LIFE);
    here.redmine.take_asked();

    fs::write(&file, stranger.pem()).unwrap();
    assert_eq!(code(here.desk.count(&site).await), ErrorCode::AuthorityMissing);
    fs::remove_file(&file).unwrap();
    assert_eq!(code(here.desk.count(&site).await), ErrorCode::AuthorityMissing);
    assert!(here.redmine.take_asked().is_empty());

    fs::write(&file, before).unwrap();
    here.desk.count(&site).await.unwrap();
}

#[tokio::test]
async fn what_cannot_be_an_authority_is_refused_with_its_reason() {
    let here = Here::new().await;
    let plant = Authority::named("Plant CA");
    let identity = plant.issue(&["localhost"], None);
    let refused = |content: &[u8]| here.desk.keep_authority(content).expect_err("must be refused");

    assert_eq!(refused(identity.pem_with_key().as_bytes()).code, ErrorCode::PrivateKeyGiven);
    let over = refused(Authority::with("Old CA", Some(Flaw::Expired)).pem().as_bytes());
    assert_eq!((over.code, over.detail.as_deref()), (ErrorCode::CertificateOver, Some("2001-02-03 (Old CA)")));
    let mut longer = identity.der();
    longer.push(0);
    let large = vec![0x30; 70_000];
    for content in [b"" as &[u8], b"<!doctype html>", b"-----BEGIN X509 CRL-----", &longer, &large] {
        assert_eq!(refused(content).code, ErrorCode::NotACertificate);
    }
    let nameless = refused(&Identity::self_signed(&[], None).der());
    assert_eq!(nameless.code, ErrorCode::NotACertificate);
    assert!(nameless.detail.unwrap().contains("subjectAltName"));
    assert!(here.desk.authorities().unwrap().is_empty());

    let endless = here.desk.read_authority(Authority::with("For Ever CA", Some(Flaw::Endless)).pem().as_bytes());
    assert_eq!(endless.unwrap().last_day(), "9999-12-30");
    let chain = here.desk.read_authority(format!("{}{}", plant.pem(), identity.pem()).as_bytes()).unwrap();
    assert_eq!((chain.subject.as_str(), chain.is_authority, chain.more), ("Plant CA", true, 1));
    assert_eq!(chain.fingerprint.in_pairs().len(), 95);
}

#[tokio::test]
async fn a_proxy_is_used_from_its_choice_on_and_never_for_this_computer() {
    let here = Here::new().await;
    let plant = Authority::named("Plant CA");
    // Nobody is there, and it is another way to write an address of this computer that counts as none:
    // only a proxy leads to anybody.
    let free = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    let host = format!("0.0.0.0:{free}");
    let port = port(&here, &plant.issue(&["0.0.0.0"], None)).await;
    let (proxy, second) = (Proxy::to(port).await, Proxy::to(port).await);
    let trusted = keep(&here, &plant.pem());
    let base = &format!("https://{host}");
    let tunnel = format!("CONNECT {host} HTTP/1.1");
    here.desk.use_proxy(Chosen::None).unwrap();
    assert_eq!(trouble(&here, base, Some(&trusted)).await.unwrap().code, ErrorCode::Unreachable);

    here.desk.use_proxy(Chosen::parse(&proxy.address()).unwrap()).unwrap();
    let site = here.desk.add(form(&here, "Plant", base, Some(trusted.clone()))).await.unwrap();
    here.connect_again(&site).await.unwrap();
    here.desk.count(&site).await.unwrap();
    assert!(!proxy.asked().is_empty());
    assert!(proxy.asked().iter().all(|line| *line == tunnel), "{:?}", proxy.asked());
    assert_eq!(detail(&here, base, None).await, "unknown issuer");

    let asked = proxy.asked().len();
    here.desk.use_proxy(Chosen::parse(&second.address()).unwrap()).unwrap();
    here.desk.count(&site).await.unwrap();
    assert_eq!((proxy.asked().len(), second.asked().is_empty()), (asked, false));

    let asked = second.asked().len();
    assert_eq!(trouble(&here, &here.redmine.base(), None).await, None);
    assert_eq!(second.asked().len(), asked);
}

#[tokio::test]
async fn a_proxy_that_cannot_be_used_sends_nothing_past_it_and_its_password_is_not_shown() {
    let here = Here::new().await;
    let file = here.folders.config.join("settings.toml");
    fs::create_dir_all(&here.folders.config).unwrap();
    fs::write(&file, "theme = \"dark\"\nproxy = \"http://me:hunter2@proxy.example\"\n").unwrap();
    let inputs = [("base".to_owned(), "https://tracker.invalid".to_owned())].into();

    assert_eq!(code(here.desk.check("redmine", &inputs, None).await), ErrorCode::ProxyWithPassword);
    let settings = here.desk.settings();
    assert!(!toml::to_string(&settings).unwrap().contains("hunter2"));
    here.desk.save_settings(&Settings { clear_seconds: 60, ..settings }).unwrap();
    assert!(fs::read_to_string(&file).unwrap().contains("hunter2"), "it is the person's own line");

    // A window that has not seen it yet.
    here.desk.use_proxy(Chosen::None).unwrap();
    here.desk.save_settings(&Settings { proxy: Chosen::System, ..here.desk.settings() }).unwrap();
    assert_eq!(here.desk.settings().proxy, Chosen::None);

    here.desk.use_proxy(Chosen::System).unwrap();
    let refused = here.desk.use_proxy(Chosen::from("http://me:hunter2@proxy.example".to_owned()));
    assert_eq!(code(refused), ErrorCode::ProxyWithPassword);
    assert!(fs::read_to_string(&file).unwrap().contains("proxy = \"system\""));
}
