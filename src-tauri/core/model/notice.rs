//! What is worth telling of new numbers: once, and only of the counts a person asked for.

use super::known::Known;
use super::site::SiteId;
use super::wishes::CountWish;

/// Something that is told once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The site that was counted.
    pub site: SiteId,
    /// The count's id.
    pub count: String,
    /// What happened.
    pub kind: NoticeKind,
    /// The number now.
    pub value: u64,
}

/// What happened to a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// It is higher than when it was last confirmed.
    Rose {
        /// By how much.
        by: u64,
    },
    /// It came to the level from which on it is a warning; told again only after it fell below.
    LevelCrossed {
        /// The level.
        level: u32,
    },
}

/// What is to be told of a site whose numbers were `before` and are `now`. Nothing the first time, and
/// nothing where they are another person's.
pub fn notices(site: SiteId, before: &Known, now: &Known, wishes: &[CountWish]) -> Vec<Notice> {
    if before.counted_for != now.counted_for || before.counted_at == now.counted_at {
        return Vec::new();
    }
    let value = |known: &Known, id: &str| known.counts.iter().find(|count| count.id == id)?.value;
    let told = wishes.iter().filter(|wish| wish.notify && !wish.hidden).filter_map(|wish| {
        let (was, is) = (value(before, &wish.id)?, value(now, &wish.id)?);
        let kind = kind(was, is, wish.warn)?;
        Some(Notice { site, count: wish.id.clone(), kind, value: is })
    });
    told.collect()
}

fn kind(was: u64, is: u64, warn: Option<u32>) -> Option<NoticeKind> {
    match warn {
        Some(level) if was < u64::from(level) && u64::from(level) <= is => Some(NoticeKind::LevelCrossed { level }),
        _ => is.checked_sub(was).filter(|by| *by > 0).map(|by| NoticeKind::Rose { by }),
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::super::known::CountResult;
    use super::*;

    fn known(second: i64, person: &str, value: Option<u64>) -> Known {
        let counts = vec![CountResult { id: "overdue".to_owned(), value, error: None }];
        let counted_at = Timestamp::from_second(second).ok();
        Known { counts, counted_at, counted_for: Some(person.to_owned()), ..Known::default() }
    }

    fn told(before: &Known, now: &Known, mut wish: CountWish) -> Vec<NoticeKind> {
        "overdue".clone_into(&mut wish.id);
        notices(SiteId::random(), before, now, &[wish]).into_iter().map(|notice| notice.kind).collect()
    }

    fn wish(warn: Option<u32>) -> CountWish {
        CountWish { warn, notify: true, ..CountWish::default() }
    }

    #[test]
    fn a_rise_is_told_once_and_a_fall_is_not() {
        let (three, five) = (known(1, "5", Some(3)), known(2, "5", Some(5)));
        assert_eq!(told(&three, &five, wish(None)), [NoticeKind::Rose { by: 2 }]);
        assert_eq!(told(&five, &known(3, "5", Some(5)), wish(None)), []);
        assert_eq!(told(&five, &known(3, "5", Some(4)), wish(None)), []);
    }

    #[test]
    fn a_level_is_told_when_it_is_reached_and_again_after_it_was_left() {
        let at = |second, value| known(second, "5", Some(value));
        let crossed = [NoticeKind::LevelCrossed { level: 5 }];
        assert_eq!(told(&at(1, 4), &at(2, 5), wish(Some(5))), crossed);
        assert_eq!(told(&at(1, 2), &at(2, 9), wish(Some(5))), crossed);
        assert_eq!(told(&at(2, 5), &at(3, 5), wish(Some(5))), []);
        assert_eq!(told(&at(2, 5), &at(3, 6), wish(Some(5))), [NoticeKind::Rose { by: 1 }]);
        assert_eq!(told(&at(3, 6), &at(4, 4), wish(Some(5))), []);
        assert_eq!(told(&at(4, 4), &at(5, 6), wish(Some(5))), crossed);
    }

    #[test]
    fn the_first_numbers_and_another_persons_are_no_news() {
        let first = Known::default();
        assert_eq!(told(&first, &known(1, "5", Some(9)), wish(Some(5))), []);
        assert_eq!(told(&known(1, "5", Some(1)), &known(2, "6", Some(9)), wish(Some(5))), []);
        assert_eq!(told(&known(1, "5", None), &known(2, "5", Some(9)), wish(Some(5))), []);
        assert_eq!(told(&known(1, "5", Some(9)), &known(2, "5", None), wish(Some(5))), []);
    }

    #[test]
    fn only_what_was_asked_for_is_told() {
        let (one, nine) = (known(1, "5", Some(1)), known(2, "5", Some(9)));
        assert_eq!(told(&one, &nine, CountWish { warn: Some(5), ..CountWish::default() }), []);
        assert_eq!(told(&one, &nine, CountWish { hidden: true, ..wish(None) }), []);
    }

    #[test]
    fn a_round_that_brought_no_numbers_tells_nothing() {
        let nine = known(1, "5", Some(9));
        assert_eq!(told(&nine, &nine, wish(Some(5))), []);
    }
}
