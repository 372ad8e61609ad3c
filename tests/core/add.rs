//! Adding a site.

use tallykey_core::{ErrorCode, ExposeSecret, NewSite, Secret};

use crate::support::{CLIENT_SECRET, Here, code, refused};

#[tokio::test]
async fn a_new_site_is_in_the_list_and_not_connected() {
    let here = Here::new().await;

    let site = here.added().await;

    let status = &here.desk.sites().unwrap()[0];
    assert_eq!(status.site, site.site);
    assert_eq!(status.known, tallykey_core::model::known::Known::default());
    assert_eq!(here.desk.named(" harbour ").unwrap().site.id, site.site.id);
    assert!(here.redmine.take_asked().is_empty(), "nothing is asked to add");
}

#[tokio::test]
async fn the_address_is_kept_in_its_one_form() {
    let here = Here::new().await;
    let mut form = here.form("  Harbour ");
    form.inputs.insert("base".to_owned(), " Redmine.Example.JP/tracker/?x=1 ".to_owned());

    let site = here.desk.add(form).await.unwrap().site;

    assert_eq!((site.name.as_str(), site.inputs["base"].as_str()), ("Harbour", "https://redmine.example.jp/tracker"));
}

#[tokio::test]
async fn the_client_secret_is_in_the_store_and_in_no_file() {
    let here = Here::new().await;

    here.added().await;

    assert!(here.store.client_secret().is_some_and(|kept| kept.secret.expose_secret() == CLIENT_SECRET));
    let files = here.all_files();
    assert!(files.contains("Harbour") && !files.contains(CLIENT_SECRET), "{files}");
}

#[tokio::test]
async fn a_form_that_cannot_work_adds_nothing() {
    let here = Here::new().await;
    let with = |change: &dyn Fn(&mut NewSite)| {
        let mut form = here.form("Harbour");
        change(&mut form);
        form
    };
    let base = |text: &'static str| with(&|form| drop(form.inputs.insert("base".to_owned(), text.to_owned())));
    for (what, form, wanted) in [
        ("no name", with(&|form| form.name = "  ".to_owned()), ErrorCode::InvalidInput),
        ("a name of two lines", with(&|form| form.name = "Har\nbour".to_owned()), ErrorCode::InvalidInput),
        ("a name with an escape", with(&|form| form.name = "Har\u{1b}[31mbour".to_owned()), ErrorCode::InvalidInput),
        ("no client id", with(&|form| form.client_id = " ".to_owned()), ErrorCode::InvalidInput),
        (
            "an unknown input",
            with(&|form| drop(form.inputs.insert("bsae".into(), "x".into()))),
            ErrorCode::InvalidInput,
        ),
        ("no address", with(&|form| form.inputs.clear()), ErrorCode::InvalidAddress),
        ("no web address", base("file:///etc/passwd"), ErrorCode::InvalidAddress),
        ("plain http", base("http://redmine.example.jp"), ErrorCode::HttpsRequired),
        ("an unknown product", with(&|form| form.provider = "trac".to_owned()), ErrorCode::NoSuchProvider),
    ] {
        assert_eq!(code(here.desk.add(form).await), wanted, "{what}");
    }
    assert!(here.desk.sites().unwrap().is_empty());
    assert!(here.store.everything().is_empty());
}

#[tokio::test]
async fn a_name_is_given_once_whatever_its_letters() {
    let here = Here::new().await;
    here.added().await;
    let before = here.store.everything();

    for name in ["Harbour", "HARBOUR", " harbour "] {
        let error = refused(here.desk.add(here.form(name)).await);
        assert_eq!(error.code, ErrorCode::NameTaken, "{name}");
    }

    assert_eq!(here.desk.sites().unwrap().len(), 1);
    assert_eq!(here.store.everything(), before, "no secret without a site");
}

#[tokio::test]
async fn two_accounts_at_one_address_are_two_sites() {
    let here = Here::new().await;
    let first = here.connected().await;

    let second = here.desk.add(here.form("Harbour (bob)")).await.unwrap();
    here.redmine.bob_signs_in();
    here.connect_again(&second).await.unwrap();

    assert_eq!(here.known(&first).identity.unwrap().text, "alice");
    assert_eq!(here.known(&second).identity.unwrap().text, "bob");
}

#[tokio::test]
async fn a_store_that_refuses_the_secret_adds_nothing() {
    let here = Here::new().await;
    here.store.refuse("write", "client-secret", ErrorCode::KeychainLocked);

    let error = refused(here.desk.add(here.form("Harbour")).await);

    assert_eq!((error.code, error.site.as_deref()), (ErrorCode::KeychainLocked, Some("Harbour")));
    assert!(here.desk.sites().unwrap().is_empty());
}

#[tokio::test]
async fn a_secret_with_any_characters_is_kept_as_it_is() {
    let here = Here::new().await;
    let mut form = here.form("Harbour");
    let odd = "p:ä%20+\"'\\{base}\u{3042}";
    form.client_secret = Some(Secret::from(odd));

    here.desk.add(form).await.unwrap();

    assert_eq!(here.store.client_secret().unwrap().secret.expose_secret(), odd);
}

#[tokio::test]
async fn a_password_typed_into_the_address_is_not_repeated() {
    let here = Here::new().await;
    let mut form = here.form("Harbour");
    form.inputs.insert("base".to_owned(), "https://alice:hunter2@redmine.example.jp/".to_owned());

    let error = refused(here.desk.add(form).await);

    assert_eq!((error.code, error.detail.as_deref()), (ErrorCode::InvalidAddress, Some("redmine.example.jp")));
}
