//! Every fault of a refresh, against a server that ends a replaced refresh token when its successor is first used
//! (Doorkeeper, as in Redmine) and one that ends it at once, and all of its family when it comes back.

use std::fmt::Write as _;

use tallykey_core::ErrorCode;
use tallykey_core::flows::outside::Account;
use tallykey_core::flows::refresh::Need;
use tallykey_core::model::known::State;
use tallykey_sites::{Rotation, Site};

use crate::rows::{Answer, ROWS, Row, Wrong};
use crate::support::{Here, redmine, refused};

/// How a refresh with the fault was told, and what the site is once the server is well again.
#[derive(PartialEq, Eq)]
struct Cell {
    told: Option<ErrorCode>,
    after: State,
}

impl Cell {
    /// What the row says must come of it.
    fn wanted(row: &Row, rotation: Rotation) -> Self {
        let lost = row.answer == Answer::Lost && rotation == Rotation::Strict;
        Self { told: row.told, after: if lost { State::NeedsSignIn } else { State::Connected } }
    }

    fn text(&self) -> String {
        let told = self.told.map_or_else(|| "renewed".to_owned(), ErrorCode::name);
        let after = match self.after {
            State::Connected => "still connected",
            State::NeedsSignIn => "lost, and says so",
            State::NotConnected => "NOT CONNECTED",
            State::RevokePending => "REVOKING",
        };
        format!("{told}, {after}")
    }
}

#[tokio::test]
async fn no_fault_costs_a_connection_that_the_server_still_honours() {
    let (doorkeeper, strict) = (column(Rotation::OnUse).await, column(Rotation::Strict).await);
    let mut table = format!("\n{:34} | {:40} | strict\n", "fault of the refresh", "Doorkeeper-style");
    let mut wrong = Vec::new();
    for (row, cells) in ROWS.iter().zip(doorkeeper.iter().zip(&strict)) {
        writeln!(table, "{:34} | {:40} | {}", row.name, cells.0.text(), cells.1.text()).unwrap();
        for (cell, rotation) in [(cells.0, Rotation::OnUse), (cells.1, Rotation::Strict)] {
            let wanted = Cell::wanted(row, rotation);
            if *cell != wanted {
                wrong.push(format!("{}, {rotation:?}: {} instead of {}", row.name, cell.text(), wanted.text()));
            }
        }
    }
    print(&table);
    assert!(wrong.is_empty(), "{table}\n{}", wrong.join("\n"));
}

/// Every row at one site, each with a connection of its own.
async fn column(rotation: Rotation) -> Vec<Cell> {
    let (here, mut site, elsewhere) = (Here::new(), redmine(rotation).await, redmine(rotation).await);
    let mut cells = Vec::new();
    for row in ROWS {
        let account = here.connected(row.name, &site).await;
        here.expire(&site);
        cells.push(cell(&here, &account, &mut site, &elsewhere, row).await);
        assert!(elsewhere.traffic().requests.is_empty(), "{}: followed to another host", row.name);
        let asked = site.traffic().last_token_request.unwrap();
        assert_eq!(asked.accept_encoding.as_deref(), Some("identity"), "nothing to unpack");
    }
    cells
}

/// One refresh with the fault, then one without.
async fn cell(here: &Here, account: &Account, site: &mut Site, elsewhere: &Site, row: &Row) -> Cell {
    let told = faulty(here, account, site, elsewhere, row.wrong).await;
    if row.answer == Answer::Lost {
        assert!(here.store.connection(account).unwrap().ended.is_none(), "{}: ended by a lost answer", row.name);
    }

    let counted = here.desk.count(account).await;
    let after = here.known(account).state;
    if after == State::Connected {
        let assigned = counted.as_ref().unwrap_or_else(|error| panic!("{}: {error}", row.name)).counts[0].value;
        assert_eq!(assigned, Some(15), "{}", row.name);
        // And what it holds now is what the server honours: it lives through another refresh.
        here.expire(site);
        here.use_site(account).await.unwrap_or_else(|error| panic!("{}, later: {error}", row.name));
    }
    if after == State::NeedsSignIn {
        assert_eq!(refused(counted).code, ErrorCode::AnswerLost, "{}", row.name);
    }
    Cell { told, after }
}

async fn faulty(here: &Here, account: &Account, site: &mut Site, elsewhere: &Site, wrong: Wrong) -> Option<ErrorCode> {
    let refresh = async |account| here.desk.connection(account, &Need::now()).await.err().map(|error| error.code);
    match wrong {
        Wrong::Site(fault) => site.fail_tokens(fault, 1),
        Wrong::Slow(fault) => {
            site.fail_tokens(fault, 1);
            tokio::time::pause();
            let told = refresh(account).await;
            tokio::time::resume();
            return told;
        }
        Wrong::Elsewhere(status) => {
            let port = elsewhere.base_url().rsplit(':').next().unwrap().parse().unwrap();
            site.fail_tokens(tallykey_sites::Fault::Redirect(status, port), 1);
        }
        Wrong::Stopped => {
            site.stop().await;
            let told = refresh(account).await;
            site.start_again().await.unwrap();
            return told;
        }
    }
    refresh(account).await
}

/// Past the test runner's own capture, so that every run shows the table.
fn print(table: &str) {
    use std::io::Write as _;
    std::io::stdout().write_all(table.as_bytes()).unwrap();
}
