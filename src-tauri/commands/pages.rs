//! Pages the browser opens. Their addresses are made here, never by the page.

use tallykey_core::{Error, ErrorCode, Url};
use tauri::State;

use super::Reply;
use crate::shell::Shell;
use crate::views::Page;

#[tauri::command]
pub async fn open_page(page: Page, shell: State<'_, Shell>) -> Reply<()> {
    Ok(open(&shell, page).await?)
}

/// Opens it in the browser; a folder where the system shows folders.
pub async fn open(shell: &Shell, page: Page) -> Result<(), Error> {
    let missing = || Error::new(ErrorCode::InvalidAddress);
    let url = match page {
        Page::Register { provider, inputs } => {
            let provider = shell.desk.definition(&provider)?.provider;
            let inputs = provider.normalized_inputs(&inputs)?;
            provider.pages.register.as_ref().and_then(|page| page.url(&inputs)).ok_or_else(missing)?
        }
        Page::Home { site } => {
            let account = shell.site(&site)?;
            account.url(&account.provider.pages.home)?
        }
        Page::Revoke { site } => {
            let account = shell.site(&site)?;
            let page = account.provider.pages.revoke.as_ref().ok_or_else(missing)?;
            account.url_with(page, &account.client_values(""))?
        }
        Page::Count { site, count } => count_page(shell, &site, &count)?,
        Page::Docs { provider, index } => {
            let provider = shell.desk.definition(&provider)?.provider;
            provider.docs.get(index).and_then(|page| Url::parse(page).ok()).ok_or_else(missing)?
        }
        Page::Definitions => return shell.desk.show_definitions_folder().await,
    };
    shell.desk.open(url).await
}

fn count_page(shell: &Shell, site: &str, count: &str) -> Result<Url, Error> {
    let account = shell.site(site)?;
    let known = shell.desk.status(account.site.id)?.known;
    account.count_page(count, known.identity.as_ref(), jiff::Timestamp::now())
}
