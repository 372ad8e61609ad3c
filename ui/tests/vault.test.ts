import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { Script } from '../src/bridge/demo/script';
import { eight, inTrouble } from '../src/bridge/demo/sites';
import type { StoreView } from '../src/bridge/types';
import { openWindow } from './window';

async function opened(store: Partial<StoreView>, script: Partial<Script> = {}, sites = eight) {
  const window = await openWindow(sites, script);
  const { host } = window;
  host.change({ store: { ...host.script.overview.store, ...store } });
  const field = (id: string) => screen.findByTestId<HTMLInputElement>(id);
  return {
    ...window,
    field,
    fill: async (id: string, words: string) => window.person.type(await field(id), words),
    asked: () => window.calls.filter((call) => /^(useStore|openVault|change|setVault)/.test(call)),
    done: (dialog: string) => waitFor(() => expect(screen.queryByTestId(dialog)).toBeNull()),
  };
}

const locked = { kind: 'vault', error: 'vault_locked', vault: 'locked' } as const;
const noKeychain = { kind: 'keychain', name: '', error: 'keychain_missing' } as const;

describe('the locked file', () => {
  it('is unlocked with Enter, and is told of no more', async () => {
    const { press, person, asked, done } = await opened(locked);
    expect(screen.getAllByTestId('site-row').length).toBeGreaterThan(0);
    await press('unlock-vault');
    expect(document.activeElement?.getAttribute('data-testid')).toBe('passphrase');
    await person.keyboard('correct horse{Enter}');
    await done('dialog-unlock');
    expect(asked()).toEqual(['openVault(correct horse, false)']);
    expect(screen.queryByTestId('unlock-vault')).toBeNull();
  });

  it('tells a wrong passphrase at its field', async () => {
    const { press, fill, field } = await opened(locked, {
      refuse: { openVault: 'passphrase_wrong' },
    });
    await press('unlock-vault');
    await fill('passphrase', 'correct house');
    await press('vault-unlock');
    const passphrase = await field('passphrase');
    await waitFor(() => expect(passphrase.getAttribute('aria-invalid')).toBe('true'));
    const hint = document.getElementById(passphrase.getAttribute('aria-describedby') ?? '');
    expect(hint?.textContent).toBe('This is not the passphrase');
    expect(passphrase).toHaveProperty('type', 'password');
    expect(passphrase).toHaveProperty('autocomplete', 'off');
  });

  it('stays locked when a person leaves', async () => {
    const { press, asked, done } = await opened(locked);
    await press('unlock');
    await press('dialog-cancel');
    await done('dialog-unlock');
    expect(asked()).toEqual([]);
    expect(screen.getByTestId('unlock-vault')).toBeTruthy();
  });

  it('asks for nothing once it is open', async () => {
    const { press, host, field, done } = await opened(locked);
    await press('unlock-vault');
    await field('passphrase');
    host.change({ store: { ...host.script.overview.store, error: null, vault: 'open' } });
    await done('dialog-unlock');
  });

  it('is kept by who remembers its passphrase after all', async () => {
    const { press, asked, field } = await opened(locked);
    await press('unlock-vault');
    await press('vault-forgot');
    const back = await field('vault-back');
    await waitFor(() => expect(document.activeElement).toBe(back));
    await press('vault-back');
    const passphrase = await field('passphrase');
    await waitFor(() => expect(document.activeElement).toBe(passphrase));
    expect(asked()).toEqual([]);
  });

  it('tells why it could not be set aside', async () => {
    const { press } = await opened(locked, { refuse: { setVaultAside: 'file_unwritable' } });
    await press('unlock-vault');
    await press('vault-forgot');
    await press('vault-anew');
    await screen.findByRole('alert');
    expect(screen.getByTestId('vault-anew')).toHaveProperty('disabled', false);
  });

  it('is begun from a row where there is none', async () => {
    const missing = { ...locked, error: 'vault_missing', vault: 'missing' } as const;
    const sites = eight.slice(0, 1).map((site) => inTrouble(site, 'vault_missing', 26));
    const { press } = await opened(missing, {}, sites);
    expect(screen.getByTestId('row-action').textContent.trim()).toBe('New file…');
    await press('row-action');
    expect(screen.getByTestId('dialog-unlock').textContent).toContain('Start an encrypted file');
  });

  it('is looked for again where it was missing', async () => {
    const { press, asked } = await opened({ ...locked, error: 'vault_missing', vault: 'missing' });
    await press('look-for-vault');
    expect(asked()).toEqual(['useStore(vault)']);
  });

  it('is set aside by who forgot its passphrase, and begun anew', async () => {
    const { press, fill, asked, done } = await opened(locked);
    await press('unlock-vault');
    await press('vault-forgot');
    await press('vault-anew');
    await fill('passphrase', 'battery staple');
    await fill('passphrase-again', 'battery staple');
    await press('vault-unlock');
    await done('dialog-unlock');
    expect(asked()).toEqual(['setVaultAside()', 'openVault(battery staple, true)']);
  });
});

describe('settings', () => {
  it('make a file, and move secrets there', async () => {
    const { press, fill, asked, done, person, field } = await opened({});
    await press('settings');
    await press('store-vault');
    await fill('passphrase', 'correct horse');
    await fill('passphrase-again', 'correct house');
    await press('vault-use');
    expect(asked()).toEqual([]);
    expect(screen.getByTestId('vault-form').textContent).toContain('The two are not the same');
    await person.clear(await field('passphrase-again'));
    await fill('passphrase-again', 'correct horse');
    await press('vault-use');
    await done('vault-form');
    expect(asked()).toEqual(['openVault(correct horse, true)', 'useStore(vault)']);
  });

  it('take a file that is there, and go back', async () => {
    const { press, fill, asked, done } = await opened({ vault: 'locked' });
    await press('settings');
    await press('store-vault');
    expect(screen.queryByTestId('passphrase-again')).toBeNull();
    await fill('passphrase', 'correct horse');
    await press('vault-use');
    await done('vault-form');
    await press('store-keychain');
    await waitFor(() => expect(asked()).toHaveLength(3));
    expect(asked()).toEqual([
      'openVault(correct horse, false)',
      'useStore(vault)',
      'useStore(keychain)',
    ]);
  });

  it('take no other choice while secrets are on their way', async () => {
    const { press, fill, host } = await opened({ vault: 'locked' });
    host.useStore = () => new Promise<void>(() => {});
    await press('settings');
    await press('store-vault');
    await fill('passphrase', 'correct horse');
    await press('vault-use');
    const keychain = screen.getByTestId<HTMLInputElement>('store-keychain');
    await waitFor(() => expect(keychain.matches(':disabled')).toBe(true));
  });

  it('leave everything as it was when secrets cannot be moved', async () => {
    const { press, fill, host } = await opened(
      { vault: 'locked' },
      {
        refuse: { useStore: 'keychain_locked' },
      },
    );
    await press('settings');
    await press('store-vault');
    await fill('passphrase', 'correct horse');
    await press('vault-use');
    await waitFor(() =>
      expect(screen.getByTestId('vault-form').textContent).toContain('The keychain is locked'),
    );
    expect(host.script.overview.store.kind).toBe('keychain');
    await press('vault-cancel');
    expect(screen.getByTestId<HTMLInputElement>('store-keychain').checked).toBe(true);
  });

  it('change the passphrase', async () => {
    const { press, fill, asked, done } = await opened({ kind: 'vault', vault: 'open' });
    await press('settings');
    await press('change-passphrase');
    await fill('passphrase-before', 'correct horse');
    await fill('passphrase', 'battery staple');
    await fill('passphrase-again', 'battery staple');
    await press('change-save');
    await done('change-form');
    expect(asked()).toEqual(['changePassphrase(correct horse, battery staple)']);
    expect(screen.getByTestId('dialog-settings').textContent).toContain('was changed');
  });
});

describe('without a keychain', () => {
  it('a file is offered before the first site', async () => {
    const { press, fill, asked, done } = await opened(noKeychain, {}, []);
    await press('use-vault');
    await fill('passphrase', 'correct horse');
    await fill('passphrase-again', 'correct horse');
    await press('vault-use');
    await done('vault-form');
    expect(asked()).toEqual(['openVault(correct horse, true)', 'useStore(vault)']);
    expect(document.querySelector('main')?.textContent).toContain('the encrypted file');
  });
});
