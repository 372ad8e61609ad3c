import type { SiteView, StoreView } from '../types';
import { DemoHost } from './host';
import type { Script } from './script';
import { eight, inTrouble } from './sites';
import { press, type, type State, type Step } from './walk';

/** As its connection can be read where secrets are, or for the reason it cannot. */
function kept(site: SiteView, error: StoreView['error']): SiteView {
  if (site.state !== 'connected') return site;
  if (error) return inTrouble(site, error, 26);
  return site.trouble?.error.code === 'keychain_locked' ? { ...site, trouble: null } : site;
}

const with8in = (
  store: Partial<StoreView>,
  steps: Step[] = [],
  script: Partial<Script> = {},
  sites = eight.map((site) => kept(site, store.error ?? null)),
): State => ({
  host: () => {
    const host = new DemoHost(sites, script);
    host.change({ store: { ...host.script.overview.store, name: '', ...store } });
    return host;
  },
  steps,
});

const locked = { kind: 'vault', error: 'vault_locked', vault: 'locked' } as const;
const missing = { kind: 'vault', error: 'vault_missing', vault: 'missing' } as const;
const open = { kind: 'vault', error: null, vault: 'open' } as const;
const elsewhere = { kind: 'keychain', name: 'GNOME Keyring' } as const;
const none = { kind: 'keychain', error: 'keychain_missing' } as const;

const secrets = press('settings', 'settings-secrets');
const picking = [...secrets, ...press('store-vault')];
const typed = type('passphrase', 'correct horse');
const again = type('passphrase-again', 'correct horse');
const registering = [
  ...press('add-site', 'wizard-next'),
  type('input-base', 'https://design.example.jp/redmine'),
  ...press('wizard-next'),
];
/** It goes on and on. */
const never = (what: 'openVault' | 'useStore'): Step => ({
  happens: (host) => {
    host[what] = () => new Promise<void>(() => {});
  },
});

/** The encrypted file for secrets, as a person meets it. */
export const vaults: Record<string, State> = {
  'store-vault': with8in(open),
  'store-vault-locked': with8in(locked),
  'store-vault-missing': with8in(missing),
  unlock: with8in(locked, press('unlock-vault')),
  'unlock-wrong': with8in(locked, [...press('unlock-vault'), typed, ...press('vault-unlock')], {
    refuse: { openVault: 'passphrase_wrong' },
  }),
  'unlock-forgot': with8in(locked, press('unlock-vault', 'vault-forgot')),
  'unlock-working': with8in(locked, [
    never('openVault'),
    ...press('unlock-vault'),
    typed,
    ...press('vault-unlock'),
  ]),
  'unlock-new': with8in(missing, press('unlock-vault')),
  'settings-secrets-vault': with8in(elsewhere, picking),
  'settings-secrets-differs': with8in(elsewhere, [
    ...picking,
    typed,
    type('passphrase-again', 'correct house'),
    ...press('vault-use'),
  ]),
  'settings-secrets-existing': with8in({ ...elsewhere, vault: 'locked' }, picking),
  'settings-secrets-moving': with8in(elsewhere, [
    never('useStore'),
    ...picking,
    typed,
    again,
    ...press('vault-use'),
  ]),
  'settings-vault': with8in(open, secrets),
  'settings-vault-change': with8in(open, [...secrets, ...press('change-passphrase')]),
  'add-3-store': with8in(none, registering),
  'add-3-vault': with8in(none, [...registering, { press: 'dialog [data-testid=use-vault]' }]),
  'empty-vault': with8in(none, press('use-vault'), {}, []),
};
