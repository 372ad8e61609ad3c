//! Changing a site, looking at its connection, passing it on.

use tallykey_core::model::site_file;
use tallykey_core::{CopyFormat, ExposeSecret, Language, Parting, Secret};
use tauri::State;

use super::Reply;
use crate::shell::{Shell, site_id};
use crate::views::{DoctorLine, ImportedSite, SiteSetup, SiteView, TestView};

#[tauri::command(async)]
pub fn site_setup(site: String, shell: State<'_, Shell>) -> Reply<SiteSetup> {
    Ok(shell.desk.setup(site_id(&site)?)?.into())
}

/// Without `leave`, a change that would part the site from its connection is refused.
#[tauri::command]
pub async fn edit_site(
    site: String,
    setup: SiteSetup,
    client_secret: Option<String>,
    leave: Option<bool>,
    shell: State<'_, Shell>,
) -> Reply<SiteView> {
    let secret = client_secret.as_deref().map(str::trim).filter(|secret| !secret.is_empty()).map(Secret::from);
    let parting = if leave == Some(true) { Parting::Leave } else { Parting::Refuse };
    let edited = shell.desk.edit(site_id(&site)?, setup.into(), secret, parting).await?;
    Ok(shell.site_view(edited.site.id)?)
}

#[tauri::command(async)]
pub fn copy_preview(site: String, format: CopyFormat, shell: State<'_, Shell>) -> Reply<String> {
    Ok(shell.desk.copy_preview(&shell.site(&site)?, format)?)
}

/// The one answer that holds a secret: the access token, while a person holds the button.
#[tauri::command]
pub async fn reveal_token(site: String, shell: State<'_, Shell>) -> Reply<String> {
    Ok(shell.desk.reveal(&shell.site(&site)?).await?.expose_secret().to_owned())
}

#[tauri::command]
pub async fn test_site(site: String, shell: State<'_, Shell>) -> Reply<TestView> {
    Ok(shell.desk.test(&shell.site(&site)?).await?.into())
}

/// Writes a file to pass on into the person's own folder; its path.
#[tauri::command(async)]
pub fn export_sites(sites: Vec<String>, shell: State<'_, Shell>) -> Reply<String> {
    let ids = sites.iter().map(|site| site_id(site)).collect::<Result<Vec<_>, _>>()?;
    Ok(shell.desk.pass_on(&ids, &shell.downloads()?)?.display().to_string())
}

/// What a file names that the person chose or dropped; nothing is added.
#[tauri::command(async)]
pub fn read_site_file(text: String) -> Reply<Vec<ImportedSite>> {
    Ok(site_file::read(&text)?.into_iter().map(ImportedSite::from).collect())
}

#[tauri::command]
pub async fn doctor(language: Option<Language>, shell: State<'_, Shell>) -> Reply<Vec<DoctorLine>> {
    let (lines, language) = (shell.desk.doctor(None).await?, language.unwrap_or(Language::En));
    Ok(lines.iter().map(|line| DoctorLine::new(line, language)).collect())
}
