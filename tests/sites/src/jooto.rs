//! What only a Jooto has: an organization with boards, and a plan that limits its calls.
//!
//! The vendor's guide describes authorization and tokens, the vendor's machine-readable description the API. Where neither
//! gives an answer, the comment beside the code says so.

mod api;
pub(crate) mod authorize;
mod limits;
mod lists;
pub(crate) mod routes;
mod tasks;
mod token;

use limits::Calls;
pub use limits::Plan;

/// Jooto's organization: applications, users and boards belong to one.
#[derive(Debug, Clone)]
pub struct Organization {
    /// The number that an authorization request has to name.
    pub id: u32,
    /// The name.
    pub name: String,
    /// What the organization pays for.
    pub plan: Plan,
    /// The projects. Those that are not archived share the users' tasks.
    pub boards: Vec<Board>,
}

/// A project of an organization.
#[derive(Debug, Clone)]
pub struct Board {
    /// The number.
    pub id: u32,
    /// The name.
    pub title: String,
    /// Archived boards are in the list unless it is asked for without them.
    pub archived: bool,
}

impl Board {
    /// A board that is not archived.
    pub fn new(id: u32, title: &str) -> Self {
        Self { id, title: title.to_owned(), archived: false }
    }
}

/// The organization of the guide's example, `GET /organizations/1`.
impl Default for Organization {
    fn default() -> Self {
        let retired = Board { archived: true, ..Board::new(13, "Old website") };
        let boards = vec![Board::new(11, "Website"), Board::new(12, "Support"), retired];
        Self { id: 1, name: "Tallykey".to_owned(), plan: Plan::default(), boards }
    }
}

impl Organization {
    pub(crate) fn check(&self) -> Result<(), &'static str> {
        let any_open = self.boards.iter().any(|board| !board.archived);
        any_open.then_some(()).ok_or("an organization needs a board that is not archived")
    }
}

/// The state of a Jooto.
#[derive(Debug)]
pub(crate) struct Jooto {
    pub(crate) organization: Organization,
    calls: Calls,
}

impl Jooto {
    pub(crate) fn new(organization: Organization) -> Self {
        Self { organization, calls: Calls::default() }
    }

    /// Leaves the organization so many calls for the rest of the month.
    pub(crate) fn leave(&mut self, left: u32, now: i64) -> Result<(), String> {
        let limit = self.organization.plan.per_month().ok_or("only the Standard plan counts the calls of a month")?;
        self.calls.leave(limit.saturating_sub(left), now);
        Ok(())
    }
}
