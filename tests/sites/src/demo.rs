//! One site of each product for a first look at Tallykey, each with other counts.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use serde::Serialize;

use crate::grants::random_token;
use crate::{App, Counts, Options, Person, Provider, REDIRECT, Site};

/// What a client has to be told about a site; `sites.json` is a list of these.
#[derive(Debug, Clone, Serialize)]
pub struct Card {
    /// The name for the site.
    pub name: String,
    /// The provider's id.
    pub provider: Provider,
    /// The base URL.
    pub base: String,
    /// The values for the provider's inputs.
    pub inputs: BTreeMap<&'static str, String>,
    /// What to choose once it is connected.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<(&'static str, String)>,
    /// The application's id.
    pub client_id: String,
    /// The application's secret.
    pub client_secret: String,
    /// The one redirect URI that is taken, where it is only one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirect: Option<String>,
}

impl Card {
    /// The card of a site that starts with these options: of its first application.
    pub fn of(options: &Options, base: &str) -> Option<Self> {
        let app = options.apps.first()?;
        let exact = matches!(options.provider, Provider::Jooto | Provider::Workfront);
        let (mut inputs, mut choices) = (BTreeMap::from([("base", base.to_owned())]), Vec::new());
        if options.provider == Provider::Jooto {
            let organization = &options.organization;
            inputs.extend([("org", organization.id.to_string()), ("api", format!("{base}/v1"))]);
            choices.push(("user", options.people.first()?.id.to_string()));
            let open = organization.boards.iter().filter(|board| !board.archived);
            choices.extend(open.map(|board| ("board", board.id.to_string())));
        }
        Some(Self {
            name: options.name.clone(),
            provider: options.provider,
            base: base.to_owned(),
            inputs,
            choices,
            client_id: app.id.clone(),
            client_secret: app.secret.clone().unwrap_or_default(),
            redirect: app.redirects.first().filter(|_| exact).cloned(),
        })
    }
}

fn sites() -> [(&'static str, Provider, Person); 4] {
    let kaizen = Counts {
        assigned_open: 12,
        overdue: 3,
        due_today: 2,
        created_open: 7,
        watched_open: 9,
        open: 148,
        closed_7d: 21,
    };
    let acme = Counts {
        assigned_open: 27,
        overdue: 8,
        due_today: 1,
        created_open: 15,
        watched_open: 4,
        open: 263,
        closed_7d: 34,
    };
    let launch = Counts {
        assigned_open: 5,
        overdue: 0,
        due_today: 4,
        created_open: 2,
        watched_open: 18,
        open: 61,
        closed_7d: 47,
    };
    let studio = Counts {
        assigned_open: 9,
        overdue: 1,
        due_today: 3,
        created_open: 6,
        watched_open: 0,
        open: 88,
        closed_7d: 12,
    };
    [
        ("Kaizen Core", Provider::Redmine, Person::new(5, "hana", ["Hana", "Mori"], kaizen)),
        ("ACME Delivery", Provider::Planio, Person::new(17, "hana.mori", ["Hana", "Mori"], acme)),
        ("Launch Campaign", Provider::Jooto, Person::new(208, "h-mori", ["Hana", "Mori"], launch)),
        ("Brand Studio", Provider::Workfront, Person::new(41, "hmori", ["Hana", "Mori"], studio)),
    ]
}

/// Starts the sites. Client ids and secrets are new at every start.
pub async fn start() -> io::Result<Vec<(Site, Card)>> {
    let mut running = Vec::new();
    for (name, provider, person) in sites() {
        let (id, secret) = (random_token(), random_token());
        let app = match provider {
            Provider::Redmine | Provider::Planio => App::new("Tallykey", &id, &secret, &["view_issues"]),
            Provider::Jooto | Provider::Workfront => App::exact("Tallykey", &id, Some(&secret), REDIRECT),
        };
        let options = Options {
            name: name.to_owned(),
            anonymous_open: person.counts.open / 3,
            people: vec![person],
            apps: vec![app],
            ..Options::new(provider)
        };
        let site = Site::start(options.clone()).await?;
        running.extend(Card::of(&options, site.base_url()).map(|card| (site, card)));
    }
    Ok(running)
}

/// Writes `sites.json` into `folder`, which is made if it is not there.
pub fn write_cards<'a>(folder: &Path, cards: impl IntoIterator<Item = &'a Card>) -> io::Result<()> {
    let cards: Vec<&Card> = cards.into_iter().collect();
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join("sites.json"), serde_json::to_string_pretty(&cards)?)
}
