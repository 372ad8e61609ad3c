//! Which counts are shown, in which order, and counts of a person's own.

use tallykey_core::ErrorCode;
use tallykey_core::flows::outside::Account;
use tallykey_core::model::known::Known;
use tallykey_core::model::wishes::{CountWish, CountsSetup};

use crate::support::{Here, answer, code, saved, typed, wish};

fn numbers(known: &Known) -> Vec<(&str, Option<u64>)> {
    known.counts.iter().map(|count| (count.id.as_str(), count.value)).collect()
}

fn shown(account: &Account) -> Vec<String> {
    account.shown_counts().iter().map(|count| count.what.id().to_owned()).collect()
}

#[tokio::test]
async fn what_is_wished_stays_in_the_list_of_sites_and_old_lists_stay_readable() {
    let here = Here::new().await;
    let site = here.connected().await;
    assert!(!std::fs::read_to_string(here.sites_toml()).unwrap().contains("count"), "nobody wished anything");
    let setup = CountsSetup {
        wishes: vec![CountWish { warn: Some(5), notify: true, ..wish("overdue") }, wish("own-1")],
        own: vec![typed("own-1", "priority_id=5"), saved("own-2", "7@3")],
    };

    here.desk.set_counts(&site, setup.clone()).await.unwrap();

    let read = here.another_desk().listed_by(site.site.id).unwrap();
    assert_eq!((read.wishes, read.own_counts), (setup.wishes, setup.own));
    let text = std::fs::read_to_string(here.sites_toml()).unwrap();
    assert!(text.contains("[[site.count]]") && text.contains("[[site.own_count]]"), "{text}");
}

#[tokio::test]
async fn counts_come_in_the_persons_order_and_what_has_no_wish_follows() {
    let here = Here::new().await;
    let site = here.connected().await;
    let hidden = CountWish { hidden: true, ..wish("closed_7d") };
    let wishes = vec![wish("open"), wish("own-1"), hidden, wish("gone_from_the_definition")];
    let site = here.desk.set_counts(&site, CountsSetup { wishes, own: vec![typed("own-1", "priority_id=5")] }).await;

    let site = site.unwrap();

    let order = ["open", "own-1", "assigned_open", "overdue", "due_today", "created_open", "watched_open"];
    assert_eq!(shown(&site), order);
    assert_eq!(site.site.wishes[3].id, "gone_from_the_definition", "ignored, not lost");
    let setup = here.desk.counts_setup(&site);
    assert_eq!(setup.wishes.len(), 8);
    assert!(setup.wishes[2].hidden);
    let site = here.desk.set_counts(&site, setup).await.unwrap();
    assert!(site.site.wishes.iter().any(|wish| wish.id == "gone_from_the_definition"), "not by another change either");
    assert_eq!(shown(&site), order);
}

#[tokio::test]
async fn what_is_hidden_is_not_asked_for_and_the_rest_comes_in_order() {
    let here = Here::new().await;
    let site = here.connected().await;
    let hide = |id: &str| CountWish { hidden: true, ..wish(id) };
    let wishes = [vec![wish("open")], ["overdue", "due_today", "created_open", "watched_open"].map(hide).to_vec()];
    let site = here.desk.set_counts(&site, CountsSetup { wishes: wishes.concat(), own: Vec::new() }).await.unwrap();

    let known = here.desk.count(&site).await.unwrap();

    assert_eq!(numbers(&known), [("open", Some(22)), ("assigned_open", Some(15)), ("closed_7d", Some(3))]);
    assert_eq!(here.redmine.asked("/issues.json").len(), 3);
    assert_eq!(here.redmine.take_asked().last().unwrap().path(), "/users/current.json");
}

#[tokio::test]
async fn a_count_of_ones_own_is_asked_for_as_its_page_lists_it() {
    let here = Here::new().await;
    let site = here.connected().await;
    let own =
        vec![typed("own-1", "priority_id=5&status_id=open&due_date=<t+7"), saved("own-2", "7@3"), saved("own-3", "1")];
    let site = here.desk.set_counts(&site, CountsSetup { wishes: Vec::new(), own }).await.unwrap();

    let known = here.desk.count(&site).await.unwrap();

    assert_eq!(numbers(&known)[7..], [("own-1", Some(8)), ("own-2", Some(5)), ("own-3", Some(15))]);
    let asked = here.redmine.asked("/issues.json");
    let query = |index: usize| asked[index].url.query().unwrap();
    assert_eq!(query(7), "due_date=&limit=1&priority_id=&status_id=", "every name is tried first");
    assert_eq!(query(8), "due_date=%3Ct%2B7&limit=1&priority_id=5&status_id=open");
    assert_eq!(query(9), "limit=1&project_id=3&query_id=7");
    let page = |id: &str| {
        let page = site.count_page(id, None, here.outside().now()).unwrap();
        page.as_str().strip_prefix(&here.redmine.base()).unwrap().to_owned()
    };
    assert_eq!(page("own-1"), "/issues?set_filter=1&priority_id=5&status_id=open&due_date=%3Ct%2B7");
    assert_eq!(page("own-2"), "/issues?set_filter=1&query_id=7&project_id=3");
    assert_eq!(page("open"), "/issues?set_filter=1&status_id=o");
    assert_eq!(code(site.count_page("own-9", None, here.outside().now())), ErrorCode::InvalidAddress);
}

#[tokio::test]
async fn what_is_wrong_with_one_count_of_ones_own_costs_no_other() {
    let here = Here::new().await;
    let site = here.connected().await;
    let own = vec![
        typed("own-1", "cf_99=1"),
        saved("own-2", "8"),
        typed("own-3", "due_date=garbage"),
        typed("own-4", "priority_id=5"),
    ];
    let site = here.desk.set_counts(&site, CountsSetup { wishes: Vec::new(), own }).await.unwrap();

    let known = here.desk.count(&site).await.unwrap();

    let (counts, own) = known.counts.split_at(7);
    assert!(counts.iter().all(|count| count.value.is_some()));
    let own: Vec<_> = own.iter().map(|count| (count.value, count.error)).collect();
    let (unknown, refused) = (Some(ErrorCode::FilterUnknown), Some(ErrorCode::FilterRefused));
    assert_eq!(own, [(None, unknown), (None, refused), (None, refused), (Some(8), None)]);
    assert!(known.trouble.is_none());
}

#[tokio::test]
async fn a_dead_token_gives_no_number_to_a_count_of_ones_own() {
    let here = Here::new().await;
    let site = here.connected().await;
    let setup = CountsSetup { wishes: Vec::new(), own: vec![typed("own-1", "priority_id=5")] };
    let site = here.desk.set_counts(&site, setup).await.unwrap();
    here.desk.count(&site).await.unwrap();
    here.redmine.forgets_all_tokens();

    assert_eq!(code(here.desk.count(&site).await), ErrorCode::NeedsSignIn);

    assert_eq!(here.known(&site).counts.last().unwrap().value, Some(8), "the old one, not an anonymous visitor's");
    assert_eq!(here.known(&site).counted_at.unwrap().to_string(), "2026-11-22T10:00:00Z");
}

#[tokio::test]
async fn a_permission_that_one_count_of_ones_own_lacks_blanks_it_alone() {
    let here = Here::new().await;
    let site = here.connected().await;
    let setup = CountsSetup { wishes: Vec::new(), own: vec![typed("own-1", "priority_id=5")] };
    let site = here.desk.set_counts(&site, setup).await.unwrap();
    here.redmine.counts_with("priority_id", "5", answer(403));

    let known = here.desk.count(&site).await.unwrap();

    let own = known.counts.last().unwrap();
    assert_eq!((own.value, own.error), (None, Some(ErrorCode::Forbidden)));
}

#[tokio::test]
async fn another_filter_under_the_same_name_begins_without_a_number() {
    let here = Here::new().await;
    let site = here.connected().await;
    let set = |own| CountsSetup { wishes: Vec::new(), own: vec![own] };
    let site = here.desk.set_counts(&site, set(typed("own-1", "priority_id=5"))).await.unwrap();
    assert!(here.desk.is_owed_counts(&site));
    here.desk.count(&site).await.unwrap();
    assert!(!here.desk.is_owed_counts(&site));

    let site = here.desk.set_counts(&site, set(typed("own-1", "priority_id=4"))).await.unwrap();

    assert_eq!(here.known(&site).counts.len(), 7, "what was counted before was something else");
    assert!(here.desk.is_owed_counts(&site));
}

#[tokio::test]
async fn what_could_do_more_than_filter_is_not_kept() {
    let here = Here::new().await;
    let site = here.connected().await;
    let before = std::fs::read_to_string(here.sites_toml()).unwrap();
    for (filter, expected) in [
        ("limit=100", ErrorCode::FilterUnknown),
        ("status_id=open&key=abc", ErrorCode::FilterUnknown),
        ("access_token=abc", ErrorCode::FilterUnknown),
        ("query_id=1", ErrorCode::FilterUnknown),
        ("status_id[]=1", ErrorCode::FilterUnknown),
        ("https://elsewhere.example/issues?status_id=open", ErrorCode::FilterUnknown),
        ("status_id", ErrorCode::InvalidInput),
        ("status_id=1&status_id=2", ErrorCode::InvalidInput),
    ] {
        let setup = CountsSetup { wishes: Vec::new(), own: vec![typed("own-1", filter)] };
        assert_eq!(code(here.desk.set_counts(&site, setup).await), expected, "{filter}");
    }
    let twice = CountsSetup { wishes: vec![wish("open"), wish("open")], own: Vec::new() };
    assert_eq!(code(here.desk.set_counts(&site, twice).await), ErrorCode::InvalidInput);
    assert_eq!(std::fs::read_to_string(here.sites_toml()).unwrap(), before);
}

#[tokio::test]
async fn braces_in_a_filter_are_braces() {
    let here = Here::new().await;
    let site = here.connected().await;
    let own = vec![typed("own-1", "status_id={me.id}"), saved("own-2", "{base}")];
    let site = here.desk.set_counts(&site, CountsSetup { wishes: Vec::new(), own }).await.unwrap();

    here.desk.count(&site).await.unwrap();

    let asked = here.redmine.asked("/issues.json");
    assert_eq!(asked[8].query()["status_id"], "{me.id}");
    assert_eq!(asked[9].query()["query_id"], "{base}");
}
