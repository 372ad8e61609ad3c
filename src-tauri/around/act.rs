//! What a row of the tray's menu does.

use tallykey_core::{CopyFormat, Result};
use tauri::{AppHandle, Manager, Runtime};

use super::tray::{ASSIGNED, Act};
use super::{go, window};
use crate::commands::pages;
use crate::shell::Shell;
use crate::views::{ErrorView, Goto, Page};

/// In minutes.
const HOUR: u16 = 60;

/// The id of a row that does this.
pub fn id(act: &Act) -> String {
    serde_json::to_string(act).expect("words and ids")
}

/// A row of a menu was chosen; those of other menus do nothing here.
pub fn chosen<R: Runtime>(app: &AppHandle<R>, id: &str) {
    if let Ok(act) = serde_json::from_str(id) {
        tauri::async_runtime::spawn(act_on(app.clone(), act));
    }
}

async fn act_on<R: Runtime>(app: AppHandle<R>, act: Act) {
    let shell = app.state::<Shell>().inner().clone();
    let (site, done) = match act {
        Act::Open => return window::show(&app),
        Act::Settings => return go(&app, Goto::Settings),
        Act::AddSite => return go(&app, Goto::AddSite),
        Act::About => return go(&app, Goto::About),
        Act::ShowSite(site) => return go(&app, Goto::Site { site }),
        Act::SignIn(site) => return go(&app, Goto::Connect { site }),
        Act::Quit => return app.exit(0),
        Act::ClearClipboard => {
            // What became of it is an event of its own.
            shell.desk.clear_clipboard().await;
            return;
        }
        Act::Pause => return shell.desk.pause_refresh(Some(HOUR)),
        Act::GoOn => return shell.desk.pause_refresh(None),
        Act::Unlock if shell.store_is_vault() => return go(&app, Goto::Unlock),
        // Looking at the store makes the system ask for it to be unlocked.
        Act::RefreshAll | Act::Unlock => return refresh_all(&shell).await,
        Act::Copy(site, format) => (site.clone(), copy(&shell, &site, format).await),
        Act::Refresh(site) => (site.clone(), refresh(&shell, &site).await),
        Act::OpenSite(site) => (site.clone(), pages::open(&shell, Page::Home { site }).await),
        Act::OpenAssigned(site) => {
            (site.clone(), pages::open(&shell, Page::Count { site, count: ASSIGNED.to_owned() }).await)
        }
    };
    // A menu cannot say why: the window does, at the site.
    if let Err(error) = done {
        go(&app, Goto::Refused { site: Some(site), error: ErrorView::from(error) });
    }
}

async fn refresh_all(shell: &Shell) {
    shell.look_at_store().await;
    shell.desk.refresh_all().await;
}

async fn copy(shell: &Shell, site: &str, format: CopyFormat) -> Result<()> {
    let account = shell.site(site)?;
    shell.desk.copy(&account, format).await.map(drop)
}

async fn refresh(shell: &Shell, site: &str) -> Result<()> {
    shell.look_at_store().await;
    // What went wrong shows as the site's trouble.
    drop(shell.desk.refresh(&shell.site(site)?).await);
    Ok(())
}
