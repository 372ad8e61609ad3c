use super::*;

fn site(name: &str) -> Target {
    Target::Window(Goto::Site { site: name.to_owned() })
}

fn name(target: Option<Target>) -> Option<String> {
    match target? {
        Target::Window(Goto::Site { site }) => Some(site),
        _ => None,
    }
}

/// With these notices, each by its number.
fn shown(numbers: impl IntoIterator<Item = u32>) -> Shown {
    let mut shown = Shown::default();
    for number in numbers {
        shown.ask();
        assert!(shown.answered(Some(number), site(&number.to_string())).is_none());
    }
    shown
}

#[test]
fn a_click_leads_to_its_own_notices_place_and_once() {
    let mut shown = shown([7, 8]);
    assert_eq!(name(shown.hear(Said::Clicked(8))).as_deref(), Some("8"));
    assert_eq!(name(shown.hear(Said::Clicked(8))), None);
    assert_eq!(name(shown.hear(Said::Clicked(7))).as_deref(), Some("7"));
}

#[test]
fn a_click_that_comes_before_the_notices_number_is_followed() {
    let mut shown = shown([7]);
    shown.ask();
    assert_eq!(name(shown.hear(Said::Clicked(9))), None);
    assert_eq!(name(shown.hear(Said::Clicked(7))).as_deref(), Some("7"), "others are followed meanwhile");
    assert_eq!(name(shown.answered(Some(9), site("9"))).as_deref(), Some("9"));
    assert_eq!(name(shown.hear(Said::Clicked(9))), None, "it was followed");
}

#[test]
fn another_programs_notice_leads_nowhere() {
    let mut shown = shown([7]);
    assert_eq!(name(shown.hear(Said::Clicked(8))), None);
    shown.ask();
    assert_eq!(name(shown.hear(Said::Clicked(9))), None);
    assert_eq!(name(shown.answered(None, site("not shown"))), None);
    shown.ask();
    assert_eq!(name(shown.answered(Some(9), site("9"))), None, "that click was on another one");
}

#[test]
fn what_is_closed_or_was_of_another_desktop_leads_nowhere() {
    let mut shown = shown([7, 8]);
    assert!(shown.hear(Said::Closed(7)).is_none());
    assert!(shown.hear(Said::Clicked(7)).is_none());
    assert!(shown.hear(Said::Anew).is_none());
    assert!(shown.hear(Said::Clicked(8)).is_none());
}

#[test]
fn the_oldest_notices_are_not_followed_for_ever() {
    let mut shown = shown(0..=50);
    assert_eq!(name(shown.hear(Said::Clicked(0))), None);
    assert_eq!(name(shown.hear(Said::Clicked(1))).as_deref(), Some("1"));
}

#[test]
fn the_desktops_words_are_understood() {
    fn said<B: serde::Serialize + zbus::zvariant::DynamicType>(member: &str, body: &B) -> Option<Said> {
        meaning(&Message::signal(PATH, NAME, member).unwrap().build(body).unwrap())
    }
    assert_eq!(said("ActionInvoked", &(7_u32, "default")), Some(Said::Clicked(7)));
    assert_eq!(said("ActionInvoked", &(7_u32, "other")), None);
    assert_eq!(said("ActionInvoked", &"odd"), None);
    assert_eq!(said("NotificationClosed", &(7_u32, 2_u32)), Some(Said::Closed(7)));
    assert_eq!(said("ActivationToken", &(7_u32, "token")), None);
}

#[test]
fn a_name_is_never_markup() {
    assert_eq!(escaped("<b>R&D</b>"), "&lt;b&gt;R&amp;D&lt;/b&gt;");
}
