//! The window of Tallykey: the composition root. Real adapters go into the desk, the desk into
//! Tauri's state, and the page asks through [`commands`].

mod around;
mod background;
mod commands;
mod log;
mod presence;
mod shell;
mod show;
mod stores;
mod texts;
mod views;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use tallykey_core::Desk;
use tallykey_core::adapters::browser::SystemBrowser;
use tallykey_core::adapters::clipboard::SystemClipboard;
use tallykey_core::adapters::clock::SystemClock;
use tallykey_core::adapters::folders::Folders;
use tallykey_core::adapters::keychain::Keychain;
use tallykey_core::adapters::settings_file::SettingsFile;
use tallykey_core::adapters::vault::Vault;
use tallykey_core::ports::StoreKind;
use tauri::plugin::TauriPlugin;
use tauri::{App, Builder, Context, Manager, Runtime, Url};

use self::around::{Ending, Going};
pub use self::shell::Shell;
pub use self::stores::Stores;

/// Opens the window and returns when it is closed.
pub fn run() -> ExitCode {
    log::start();
    let app = shell().and_then(|(shell, folders)| {
        let built = around::surround(builder(Builder::default(), shell), &folders).build(context());
        built.map_err(|error| {
            tallykey_core::Error::new(tallykey_core::ErrorCode::FileUnreadable).detail(error.to_string())
        })
    });
    match app {
        Ok(app) => {
            app.run(|_, _| {});
            ExitCode::SUCCESS
        }
        Err(error) => {
            tracing::error!(%error, "cannot start");
            ExitCode::FAILURE
        }
    }
}

/// Configuration, page and permissions, as built in.
pub fn context<R: Runtime>() -> Context<R> {
    tauri::generate_context!()
}

fn shell() -> tallykey_core::Result<(Shell, Folders)> {
    let folder = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let folders = Folders::find(folder("TALLYKEY_CONFIG_DIR"), folder("TALLYKEY_DATA_DIR"))?;
    let stores = Stores::new(Arc::new(Keychain), Vault::new(&folders));
    let store = match std::env::var("TALLYKEY_SECRETS").as_deref() {
        Ok("memory") => stores.of(StoreKind::Memory),
        Ok("vault") => stores.of(StoreKind::Vault),
        Ok("keychain") => stores.of(StoreKind::Keychain),
        _ => stores.at(SettingsFile::new(&folders).read().secrets),
    };
    let (browser, clipboard) = (Arc::new(SystemBrowser), Arc::new(SystemClipboard::default()));
    let desk = Desk::new(&folders, store, browser, clipboard, Arc::new(SystemClock))?;
    let desk =
        if desk.store_kind().place() == Some(desk.settings().secrets) { desk.following_settings() } else { desk };
    Ok((Shell::new(desk, stores), folders))
}

/// Whatever ends up in the page, it never leads the window to another address.
fn stays_here<R: Runtime>() -> TauriPlugin<R> {
    let is_own = |url: &Url| url.scheme() == "tauri" || url.host_str() == Some("tauri.localhost");
    tauri::plugin::Builder::new("stays-here").on_navigation(move |_, url| is_own(url)).build()
}

/// The window over a shell, on any runtime: the real one, or the one tests run on.
pub fn builder<R: Runtime>(builder: Builder<R>, shell: Shell) -> Builder<R> {
    builder
        .plugin(stays_here())
        .manage(shell)
        .manage(Going::default())
        .manage(Ending::default())
        .setup(|app: &mut App<R>| {
            let shell = app.state::<Shell>().inner().clone();
            tauri::async_runtime::spawn(background::tell(app.handle().clone(), shell.clone()));
            tauri::async_runtime::spawn(presence::watch(app.handle().clone(), shell.clone()));
            let desk = shell.desk.clone();
            tauri::async_runtime::spawn(async move { desk.drop_abandoned().await });
            tauri::async_runtime::spawn(background::count_when_due(shell));
            Ok(())
        })
        .on_window_event(presence::seen)
        .invoke_handler(tauri::generate_handler![
            commands::clear_clipboard,
            commands::copy_text,
            commands::copy_token,
            commands::end_given,
            commands::forget,
            commands::overview,
            commands::revoke,
            commands::save_settings,
            commands::connect::cancel_connect,
            commands::connect::copy_connect_link,
            commands::connect::finish_connect,
            commands::connect::keep_person,
            commands::connect::reopen_browser,
            commands::connect::save_connection,
            commands::connect::start_connect,
            commands::connect::switch_person,
            commands::connect::wait_connect,
            commands::history::activity,
            commands::history::export_history,
            commands::history::history,
            commands::pace::pause_refresh,
            commands::pace::refresh_counts,
            commands::pace::set_pace,
            commands::pace::stop_refresh,
            commands::pages::open_page,
            commands::setup::copy_preview,
            commands::setup::doctor,
            commands::setup::edit_site,
            commands::setup::export_sites,
            commands::setup::read_site_file,
            commands::setup::reveal_token,
            commands::setup::site_setup,
            commands::setup::test_site,
            commands::window::close_window,
            commands::window::quit,
            commands::window::set_zoom,
            commands::window::waiting_go,
            commands::sites::accept_definition,
            commands::sites::add_site,
            commands::sites::arrange_sites,
            commands::sites::check_address,
            commands::network::authorities,
            commands::network::keep_authority,
            commands::network::read_authority,
            commands::network::remove_authority,
            commands::network::save_proxy,
            commands::network::trust_authority,
            commands::sites::choose,
            commands::sites::duplicate_site,
            commands::sites::offers,
            commands::sites::remove_site,
            commands::sites::set_client_secret,
            commands::vault::change_passphrase,
            commands::vault::open_vault,
            commands::vault::set_vault_aside,
            commands::vault::use_store,
            commands::wishes::counts_setup,
            commands::wishes::saved_queries,
            commands::wishes::set_counts,
            commands::wishes::try_count,
        ])
}
