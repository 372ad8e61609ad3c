//! The encrypted file for secrets. Its passphrase passes through the page once, inwards.

use tallykey_core::Secret;
use tauri::State;

use super::Reply;
use crate::shell::Shell;
use crate::views::StoreKind;

/// Keeps secrets elsewhere. Between the places that last, those that are there are taken along.
#[tauri::command]
pub async fn use_store(kind: StoreKind, shell: State<'_, Shell>) -> Reply<()> {
    Ok(shell.use_store(kind.into()).await?)
}

/// Opens the encrypted file, or makes it.
#[tauri::command]
pub async fn open_vault(passphrase: String, is_new: bool, shell: State<'_, Shell>) -> Reply<()> {
    Ok(shell.open_vault(Secret::from(passphrase), is_new).await?)
}

#[tauri::command]
pub async fn change_passphrase(before: String, after: String, shell: State<'_, Shell>) -> Reply<()> {
    Ok(shell.change_passphrase(Secret::from(before), Secret::from(after)).await?)
}

/// For who forgot the passphrase. Nothing is deleted.
#[tauri::command]
pub async fn set_vault_aside(shell: State<'_, Shell>) -> Reply<()> {
    Ok(shell.set_vault_aside().await?)
}
