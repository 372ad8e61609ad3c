import type { StoreView } from '../bridge/types';
import { t, whatOf } from '../i18n';

/** How texts name the place of the secrets. */
export function storeName(store: StoreView): string {
  if (store.kind === 'memory') return t('store.untilQuit');
  return store.name || t('store.keychain');
}

/** Why it cannot be used, in a few words; empty when it can. */
export function storeTrouble(store: StoreView): string {
  if (!store.error) return '';
  return store.error === 'keychain_locked'
    ? t('store.locked', { store: storeName(store) })
    : whatOf(store.error);
}
