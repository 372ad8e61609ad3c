//! Many callers at once, in one process and in others.

use std::sync::Arc;
use std::thread;

use tallykey_core::adapters::browser::SystemBrowser;
use tallykey_core::adapters::clipboard::SystemClipboard;
use tallykey_core::adapters::clock::SystemClock;
use tallykey_core::adapters::folders::Folders;
use tallykey_core::adapters::keychain::Keychain;
use tallykey_core::flows::refresh::Need;
use tallykey_core::{Desk, ExposeSecret};
use tallykey_sites::{Change, Rotation};

use crate::support::{Computer, Tracker, connection_of, need_keychain};

const EACH: usize = 8;

#[test]
fn eight_callers_here_and_eight_programs_send_one_refresh_and_get_one_token() {
    need_keychain!();
    for rotation in [Rotation::OnUse, Rotation::Strict] {
        let tracker = Tracker::with(Change { rotation: Some(rotation), ..Change::default() });
        let computer = Computer::connected("Redmine", &tracker);
        computer.expire_token();
        // Time for all to come while the one refresh is under way.
        tracker.change(Change { expire_tokens: true, latency_ms: Some(300), ..Change::default() }).unwrap();

        let tokens: Vec<String> = thread::scope(|scope| {
            let computer = &computer;
            let programs: Vec<_> = (0..EACH).map(|_| scope.spawn(|| computer.token("Redmine"))).collect();
            let mut tokens = in_one_process(computer);
            tokens.extend(programs.into_iter().map(|program| program.join().unwrap()));
            tokens
        });

        let traffic = tracker.traffic();
        assert_eq!(traffic.grant_types.get("refresh_token"), Some(&1), "{rotation:?}: {traffic:?}");
        assert_eq!(tokens.len(), 2 * EACH);
        let kept = connection_of(&computer.sites_toml()).tokens.access_token;
        assert!(tokens.iter().all(|token| token == kept.expose_secret()), "{rotation:?}: not all the same");
    }
}

/// What callers of one desk get that all ask at the same time.
fn in_one_process(computer: &Computer) -> Vec<String> {
    let (config, data) = (computer.folder().join("config"), computer.folder().join("data"));
    let (browser, clipboard) = (Arc::new(SystemBrowser), Arc::new(SystemClipboard::default()));
    let folders = Folders { config, data };
    let desk = Desk::new(&folders, Arc::new(Keychain), browser, clipboard, Arc::new(SystemClock)).unwrap();
    let account = desk.named("Redmine").unwrap();
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let ask = |_| {
            let (desk, account) = (desk.clone(), account.clone());
            tokio::spawn(async move { desk.connection(&account, &Need::now()).await })
        };
        let mut tokens = Vec::new();
        for call in (0..EACH).map(ask).collect::<Vec<_>>() {
            let connection = call.await.unwrap().unwrap();
            tokens.push(connection.tokens.access_token.expose_secret().to_owned());
        }
        tokens
    })
}
