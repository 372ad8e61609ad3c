import type { StoreView } from '../bridge/types';
import { t, whatOf } from '../i18n';
import type { Desk } from './desk.svelte';

/** How texts name the place of the secrets. */
export function storeName(store: StoreView): string {
  if (store.kind === 'memory') return t('store.untilQuit');
  if (store.kind === 'vault') return t('vault.name');
  return store.name || t('store.keychain');
}

/** Why it cannot be used, in a few words; empty when it can. */
export function storeTrouble(store: StoreView): string {
  if (!store.error) return '';
  return store.error === 'keychain_locked'
    ? t('store.locked', { store: storeName(store) })
    : whatOf(store.error);
}

/** The same where there is little room. */
export function shortTrouble(store: StoreView): string {
  if (store.kind !== 'vault') return storeTrouble(store);
  return store.error === 'vault_locked' ? t('vault.lockedShort') : t('row.noFile');
}

/** What a press does about it, in a word. */
export function unlockWords(store: StoreView): string {
  if (store.kind === 'vault')
    return store.vault === 'missing' ? t('vault.look') : t('vault.unlock');
  return store.error === 'keychain_locked' ? t('store.unlock') : t('row.retry');
}

/** Has a person unlock it: the encrypted file here, the keychain by the system, which is looked at again. */
export function unlock(desk: Desk): void {
  if (desk.overview?.store.kind === 'vault') desk.dialog = { kind: 'unlock' };
  else void desk.useStore('keychain');
}
