//! Who and what is registered at a site.

use crate::{CLIENT_ID, CLIENT_SECRET, Counts, OUT_OF_BAND, Provider, REDIRECT, SINGLE_PAGE_ID};

/// A user of a site.
#[derive(Debug, Clone)]
pub struct Person {
    /// The user id in answers.
    pub id: u32,
    /// The login name.
    pub login: String,
    /// The given name.
    pub first_name: String,
    /// The family name.
    pub last_name: String,
    /// A locked user's tokens are answered with status 500.
    pub locked: bool,
    /// The issues this person sees; nobody else sees them, except those open to anonymous visitors.
    pub counts: Counts,
}

impl Person {
    /// A user with these counts.
    pub fn new(id: u32, login: &str, name: [&str; 2], counts: Counts) -> Self {
        Self {
            id,
            login: login.to_owned(),
            first_name: name[0].to_owned(),
            last_name: name[1].to_owned(),
            locked: false,
            counts,
        }
    }

    /// The name as pages show it.
    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }

    /// The two users of the seed of the real Redmine, with the same counts.
    pub(crate) fn usual() -> Vec<Self> {
        let alice = Counts {
            assigned_open: 15,
            overdue: 6,
            due_today: 2,
            created_open: 14,
            watched_open: 4,
            open: 22,
            closed_7d: 3,
        };
        let bob = Counts {
            assigned_open: 8,
            overdue: 8,
            due_today: 0,
            created_open: 12,
            watched_open: 4,
            open: 26,
            closed_7d: 3,
        };
        vec![Self::new(5, "alice", ["Alice", "Liddell"], alice), Self::new(6, "bob", ["Bob", "Builder"], bob)]
    }
}

/// An OAuth application registered at a site.
#[derive(Debug, Clone)]
pub struct App {
    /// The name that the consent page shows.
    pub name: String,
    /// The client id.
    pub id: String,
    /// The client secret; `None` makes it a public client.
    pub secret: Option<String>,
    /// The redirect URIs. At Redmine `http://127.0.0.1/path` stands for every port; elsewhere for itself only.
    pub redirects: Vec<String>,
    /// What may be asked for.
    pub scopes: Vec<String>,
}

/// Redmine adds these to every application, and grants them when a request names no scope.
pub(crate) const PUBLIC_SCOPES: [&str; 3] = ["view_project", "search_project", "view_members"];

impl App {
    /// A confidential application with both redirects, the public scopes and these.
    pub fn new(name: &str, id: &str, secret: &str, scopes: &[&str]) -> Self {
        Self {
            name: name.to_owned(),
            id: id.to_owned(),
            secret: Some(secret.to_owned()),
            redirects: vec!["http://127.0.0.1/callback".to_owned(), OUT_OF_BAND.to_owned()],
            scopes: PUBLIC_SCOPES.iter().chain(scopes).map(|&scope| scope.to_owned()).collect(),
        }
    }

    /// An application of a product without scopes: one redirect URI, which is compared as it is written. Without a
    /// secret it is of Workfront's single-page type.
    pub fn exact(name: &str, id: &str, secret: Option<&str>, redirect: &str) -> Self {
        Self {
            name: name.to_owned(),
            id: id.to_owned(),
            secret: secret.map(str::to_owned),
            redirects: vec![redirect.to_owned()],
            scopes: Vec::new(),
        }
    }

    /// The applications that a site starts with; Redmine's are those of the seed of the real one.
    pub(crate) fn usual(provider: Provider) -> Vec<Self> {
        let with_secret = || Self::exact("Tallykey", CLIENT_ID, Some(CLIENT_SECRET), REDIRECT);
        match provider {
            Provider::Redmine | Provider::Planio => Self::seeded(),
            Provider::Jooto => vec![with_secret()],
            Provider::Workfront => {
                vec![with_secret(), Self::exact("Tallykey (single page)", SINGLE_PAGE_ID, None, REDIRECT)]
            }
        }
    }

    fn seeded() -> Vec<Self> {
        vec![
            Self::new("Tallykey", CLIENT_ID, CLIENT_SECRET, &["view_issues"]),
            Self::new(
                "Tallykey (writes)",
                "tallykey-write",
                "tallykey-write-secret",
                &["view_issues", "add_issues", "edit_issues", "add_issue_notes"],
            ),
            Self::new("Tallykey (narrow)", "tallykey-narrow", "tallykey-narrow-secret", &[]),
        ]
    }
}
