//! Another name for a site.

use tallykey_core::ErrorCode;

use crate::support::{Here, code};

#[tokio::test]
async fn a_renamed_site_keeps_its_id_and_its_connection() {
    let here = Here::new().await;
    let site = here.connected().await;
    let token = here.use_site(&site).await.unwrap();

    let renamed = here.desk.rename(site.site.id, "  Pier  ").await.unwrap();

    assert_eq!((renamed.id, &*renamed.name), (site.site.id, "Pier"));
    let again = here.another_desk().named("pier").unwrap();
    assert_eq!(here.use_site(&again).await.unwrap(), token);
    assert_eq!(code(here.desk.named("Harbour")), ErrorCode::NoSuchSite);
}

#[tokio::test]
async fn a_name_belongs_to_one_site_whatever_its_case() {
    let here = Here::new().await;
    let site = here.added().await.site;
    let other = here.desk.add(here.form("Pier")).await.unwrap().site;

    assert_eq!(code(here.desk.rename(site.id, "pIER").await), ErrorCode::NameTaken);
    assert_eq!(code(here.desk.rename(site.id, "\t").await), ErrorCode::InvalidInput);
    assert_eq!(here.desk.rename(site.id, "HARBOUR").await.unwrap().name, "HARBOUR");
    here.desk.remove(other.id).await.unwrap();
    assert_eq!(code(here.desk.rename(other.id, "Quay").await), ErrorCode::NoSuchSite);
}
