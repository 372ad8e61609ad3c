//! A count of one's own before it is kept, the queries that are saved there, and one project of many.

use tallykey_core::ErrorCode;
use tallykey_core::model::site::Chosen;
use tallykey_core::model::wishes::CountsSetup;

use crate::support::{Here, answer, code, refused, saved, typed};

#[tokio::test]
async fn a_count_is_tried_before_it_is_kept() {
    let here = Here::new().await;
    let site = here.connected().await;

    assert_eq!(here.desk.try_count(&site, &typed("own-1", "priority_id=5")).await, Ok(8));
    assert_eq!(here.desk.try_count(&site, &saved("own-1", "7@3")).await, Ok(5));

    assert_eq!(here.redmine.take_asked().last().unwrap().path(), "/users/current.json");
    assert!(here.desk.listed_by(site.site.id).unwrap().own_counts.is_empty());
}

#[tokio::test]
async fn a_filter_the_server_would_ignore_is_told_by_its_name() {
    let here = Here::new().await;
    let site = here.connected().await;
    for (filter, name) in [
        ("cf_99=1", "cf_99"),
        ("status_id=open&cf_99=1&priority_id=5", "cf_99"),
        ("status_id=open&category_id=4", "category_id"),
    ] {
        let error = refused(here.desk.try_count(&site, &typed("own-1", filter)).await);
        assert_eq!((error.code, error.detail.as_deref()), (ErrorCode::FilterUnknown, Some(name)), "{filter}");
    }
    let within = typed("own-1", "project_id=2&category_id=4");
    assert_eq!(here.desk.try_count(&site, &within).await, Ok(3), "within a project it is known");
}

#[tokio::test]
async fn what_no_product_of_this_kind_knows_is_told_without_asking() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.redmine.take_asked();

    let error = refused(here.desk.try_count(&site, &typed("own-1", "prority_id=5")).await);

    assert_eq!((error.code, error.detail.as_deref()), (ErrorCode::FilterUnknown, Some("prority_id")));
    assert!(here.redmine.take_asked().is_empty());
}

#[tokio::test]
async fn what_the_server_says_of_a_value_is_passed_on() {
    let here = Here::new().await;
    let site = here.connected().await;

    let error = refused(here.desk.try_count(&site, &typed("own-1", "due_date=garbage")).await);
    assert_eq!((error.code, error.detail.as_deref()), (ErrorCode::FilterRefused, Some("Due date is invalid")));
    assert_eq!(code(here.desk.try_count(&site, &typed("own-1", "project_id=99")).await), ErrorCode::FilterRefused);
    assert_eq!(code(here.desk.try_count(&site, &saved("own-1", "8")).await), ErrorCode::FilterRefused);
}

#[tokio::test]
async fn an_anonymous_visitors_number_is_not_believed_when_a_count_is_tried() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.redmine.forgets_all_tokens();

    assert_eq!(code(here.desk.try_count(&site, &typed("own-1", "priority_id=5")).await), ErrorCode::NeedsSignIn);
}

#[tokio::test]
async fn trouble_while_a_count_is_tried_is_the_sites_own() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.redmine.always("/issues.json", answer(503));

    assert_eq!(code(here.desk.try_count(&site, &typed("own-1", "priority_id=5")).await), ErrorCode::ServerTrouble);
}

#[tokio::test]
async fn all_pages_of_saved_queries_are_listed_with_what_they_belong_to() {
    let here = Here::new().await;
    let site = here.connected().await;

    let saved = here.desk.saved_queries(&site).await.unwrap();

    let item = |value: &str, text: &str| Chosen { value: value.to_owned(), text: text.to_owned() };
    assert_eq!(saved, [item("1", "Issues assigned to me"), item("7@3", "Release blockers")]);
    assert_eq!(here.redmine.take_asked().last().unwrap().path(), "/users/current.json");
}

#[tokio::test]
async fn one_project_narrows_every_count_and_its_page_until_it_is_given_up() {
    let here = Here::new().await;
    let site = here.connected().await;
    assert_eq!(site.open_choices().count(), 0, "nothing need be chosen");
    let offers = here.desk.offers(&site).await.unwrap();
    assert_eq!(offers[0].items[0], Chosen { value: "2".to_owned(), text: "Lighthouse".to_owned() });
    let choose = |items: Vec<Chosen>| here.desk.choose(&site, [("project".to_owned(), items)].into());

    let narrow = choose(offers[0].items[..1].to_vec()).await.unwrap();
    let setup = CountsSetup { wishes: Vec::new(), own: vec![typed("own-1", "priority_id=5")] };
    let narrow = here.desk.set_counts(&narrow, setup).await.unwrap();
    here.redmine.take_asked();
    here.desk.count(&narrow).await.unwrap();

    let asked = here.redmine.asked("/issues.json");
    assert!(asked[..7].iter().all(|asked| asked.query()["project_id"] == "2"));
    assert!(asked[7..].iter().all(|asked| !asked.query().contains_key("project_id")), "one's own says all itself");
    let page =
        |site: &tallykey_core::flows::outside::Account| site.count_page("open", None, here.outside().now()).unwrap();
    assert_eq!(page(&narrow).query(), Some("set_filter=1&status_id=o&project_id=2"));
    let two = [offers[0].items[0].clone(), offers[0].items[1].clone()].to_vec();
    assert_eq!(code(choose(two).await), ErrorCode::InvalidInput);

    let all = choose(Vec::new()).await.unwrap();

    assert_eq!(page(&all).query(), Some("set_filter=1&status_id=o"));
    assert!(all.site.choices.is_empty());
}
