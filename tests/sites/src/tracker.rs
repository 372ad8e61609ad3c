//! The issues of one person at a site, made from the counts that they shall give, and filtered as Redmine filters.

use serde::{Deserialize, Serialize};

use crate::params::Params;

/// What a person's seven counts shall be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Counts {
    /// Open and assigned to the person.
    pub assigned_open: usize,
    /// Of those, past their due date.
    pub overdue: usize,
    /// Of those, due today.
    pub due_today: usize,
    /// Open and created by the person.
    pub created_open: usize,
    /// Open and watched by the person.
    pub watched_open: usize,
    /// Open and visible.
    pub open: usize,
    /// Closed in the last seven days.
    pub closed_7d: usize,
}

impl Counts {
    /// Whether a list of issues with these counts can exist.
    pub fn are_possible(&self) -> bool {
        self.overdue + self.due_today <= self.assigned_open
            && [self.assigned_open, self.created_open, self.watched_open].into_iter().all(|part| part <= self.open)
    }
}

/// One issue. Days count from the site's today, so that moving its clock does not change the counts.
#[derive(Debug, Clone)]
pub(crate) struct Issue {
    pub(crate) id: usize,
    pub(crate) subject: String,
    pub(crate) assigned: bool,
    pub(crate) created: bool,
    pub(crate) watched: bool,
    pub(crate) due: Option<i64>,
    pub(crate) closed: Option<i64>,
}

const WORDS: [&str; 6] =
    ["Invoice layout", "Login on tablets", "Nightly export", "Search results", "Report totals", "Mail digest"];

/// Issues closed more than seven days ago, which no count takes.
const CLOSED_LONG_AGO: usize = 4;

/// The issues that give these counts: assigned ones first, watched and created ones last, then the closed.
pub(crate) fn issues(counts: &Counts) -> Vec<Issue> {
    let open = (0..counts.open).map(|n| {
        let due = match n {
            n if n < counts.overdue => Some(-1 - days(n % 9)),
            n if n < counts.overdue + counts.due_today => Some(0),
            n if n % 2 == 0 => Some(1 + days(n)),
            _ => None,
        };
        Issue {
            assigned: n < counts.assigned_open,
            created: n >= counts.open - counts.created_open,
            watched: n >= counts.open - counts.watched_open,
            // Somebody else's issues may be late too: "overdue" must not count them.
            due: if n < counts.assigned_open { due } else { Some(-1) },
            ..blank(n)
        }
    });
    let closed = (0..counts.closed_7d + CLOSED_LONG_AGO).map(|n| {
        let ago = if n < counts.closed_7d { days(n % 7) } else { 8 + days(n) };
        Issue { assigned: true, closed: Some(-ago), ..blank(counts.open + n) }
    });
    open.chain(closed).collect()
}

fn blank(n: usize) -> Issue {
    let subject = format!("{} {}", WORDS[n % WORDS.len()], n / WORDS.len() + 1);
    Issue { id: n + 1, subject, assigned: false, created: false, watched: false, due: None, closed: None }
}

fn days(n: usize) -> i64 {
    i64::try_from(n).expect("a handful of issues")
}

/// A filter with a date that cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct InvalidDate;

/// The issues that a request's parameters leave, newest first. Without a status only open ones; a filter that is not
/// known is ignored, as is Redmine's way. `me` says whether somebody asks: to an anonymous visitor nothing is "mine".
pub(crate) fn select(issues: &[Issue], params: &Params, me: bool) -> Result<Vec<Issue>, InvalidDate> {
    let due = params.get("due_date").map(Days::parse).transpose()?;
    let closed_on = params.get("closed_on").map(Days::parse).transpose()?;
    let status = params.get("status_id").unwrap_or("open");
    let mine = |name, holds: bool| match params.get(name) {
        None => true,
        Some("me") => me && holds,
        Some("!*") if name == "assigned_to_id" => !holds,
        Some(_) => false,
    };
    let keep = |issue: &&Issue| {
        let in_status = match status {
            "open" | "o" | "1" => issue.closed.is_none(),
            "closed" | "c" | "5" => issue.closed.is_some(),
            "*" => true,
            _ => false,
        };
        in_status
            && mine("assigned_to_id", issue.assigned)
            && mine("author_id", issue.created)
            && mine("watcher_id", issue.watched)
            && due.as_ref().is_none_or(|days| days.hold(issue.due))
            && closed_on.as_ref().is_none_or(|days| days.hold(issue.closed))
    };
    Ok(issues.iter().rev().filter(keep).cloned().collect())
}

/// Filters it knows, with the words of its errors.
const FILTERS: [(&str, &str); 7] = [
    ("status_id", "Status"),
    ("priority_id", "Priority"),
    ("author_id", "Author"),
    ("assigned_to_id", "Assignee"),
    ("closed_on", "Closed"),
    ("due_date", "Due date"),
    ("watcher_id", "Watcher"),
];

/// What the server says of filters it knows and that have no value; those it does not know it ignores.
pub(crate) fn blanks(params: &Params) -> Vec<String> {
    let blank = FILTERS.iter().filter(|(name, _)| params.is_blank(name));
    blank.map(|(_, label)| format!("{label} cannot be blank")).collect()
}

/// A span of days relative to today: Redmine's `t`, `<t-N`, `<t+N`, `>t-N` and `><t+N`.
#[derive(Debug)]
struct Days {
    from: i64,
    to: i64,
}

impl Days {
    fn parse(text: &str) -> Result<Self, InvalidDate> {
        let number = |text: &str| text.parse::<i64>().map_err(|_| InvalidDate);
        let (from, to) = if text == "t" {
            (0, 0)
        } else if let Some(days) = text.strip_prefix("<t-") {
            (i64::MIN, -number(days)?)
        } else if let Some(days) = text.strip_prefix("<t+") {
            (i64::MIN, number(days)?)
        } else if let Some(days) = text.strip_prefix(">t-") {
            (-number(days)?, 0)
        } else if let Some(days) = text.strip_prefix("><t+") {
            (0, number(days)?)
        } else {
            return Err(InvalidDate);
        };
        Ok(Self { from, to })
    }

    fn hold(&self, day: Option<i64>) -> bool {
        day.is_some_and(|day| (self.from..=self.to).contains(&day))
    }
}

#[cfg(test)]
mod tests {
    use super::{Counts, issues, select};
    use crate::params::Params;

    #[test]
    fn the_issues_give_the_counts_that_they_were_made_from() {
        let counts = Counts {
            assigned_open: 15,
            overdue: 6,
            due_today: 2,
            created_open: 14,
            watched_open: 4,
            open: 22,
            closed_7d: 3,
        };
        let all = issues(&counts);
        for (query, expected) in [
            ("assigned_to_id=me&status_id=open", 15),
            ("assigned_to_id=me&status_id=open&due_date=%3Ct-1", 6),
            ("assigned_to_id=me&status_id=o&due_date=t", 2),
            ("author_id=me", 14),
            ("watcher_id=me&nonsense=1", 4),
            ("", 22),
            ("status_id=closed&closed_on=%3Et-7", 3),
            ("assigned_to_id=99", 0),
        ] {
            assert_eq!(select(&all, &Params::from_query(query), true).unwrap().len(), expected, "{query}");
        }
        assert_eq!(select(&all, &Params::from_query("assigned_to_id=me"), false).unwrap().len(), 0);
        assert!(select(&all, &Params::from_query("due_date=garbage"), true).is_err());
    }

    #[test]
    fn a_filter_without_a_value_is_refused_and_an_unknown_one_ignored() {
        let blanks = |query| super::blanks(&Params::from_query(query));
        assert_eq!(blanks("status_id=&nonsense=&due_date=t"), ["Status cannot be blank"]);
        assert!(blanks("limit=1").is_empty());
    }
}
