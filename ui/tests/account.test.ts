import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { Script } from '../src/bridge/demo/script';
import { eight, inTrouble } from '../src/bridge/demo/sites';
import { openWindow, text } from './window';

async function menu(item: string, script: Partial<Script> = {}) {
  const window = await openWindow(eight, script);
  await window.open('Kaizen Core');
  await window.press('site-more');
  await window.press(item);
  return window;
}

describe('another account', () => {
  it('gets a name, and is connected at once', async () => {
    const { calls, person, press } = await menu('add-account');
    const name = screen.getByTestId<HTMLInputElement>('account-name');
    expect(name.value).toBe('Kaizen Core 2');
    expect(text('dialog-account')).toContain('log out there first');
    await person.clear(name);
    await person.type(name, 'Kaizen as bob');
    await press('account-add');
    expect(await screen.findByTestId('dialog-connect')).toBeTruthy();
    expect(calls.slice(-2)).toEqual([
      'duplicateSite(kaizen-core, Kaizen as bob)',
      'startConnect(kaizen-as-bob)',
    ]);
  });

  it('cannot have the name of another site', async () => {
    const { person } = await menu('add-account');
    const name = screen.getByTestId<HTMLInputElement>('account-name');
    await person.clear(name);
    expect(screen.getByTestId('account-add').hasAttribute('disabled')).toBe(true);
    await person.type(name, 'kaizen core');
    expect(text('dialog-account')).toContain('Another site has this name already.');
    expect(screen.getByTestId('account-add').hasAttribute('disabled')).toBe(true);
  });

  it('explains when it could not be added', async () => {
    const { press } = await menu('add-account', { refuse: { duplicateSite: 'keychain_locked' } });
    await press('account-add');
    expect((await screen.findByRole('alert')).textContent).toContain('The keychain is locked');
  });
});

describe('another secret', () => {
  it('replaces the old one, is never shown, and the site is connected anew', async () => {
    const { calls, person, press } = await menu('replace-secret');
    const secret = screen.getByTestId<HTMLInputElement>('new-secret');
    expect(secret.type).toBe('password');
    expect(screen.getByTestId('secret-save').hasAttribute('disabled')).toBe(true);
    await person.type(secret, ' EXAMPLE-secret ');
    await press('secret-save');
    expect(await screen.findByTestId('dialog-connect')).toBeTruthy();
    expect(calls.slice(-2)).toEqual([
      'setClientSecret(kaizen-core, EXAMPLE-secret)',
      'startConnect(kaizen-core)',
    ]);
    expect(document.body.innerHTML).not.toContain('EXAMPLE-secret');
  });

  it.each([
    ['client_refused', 'App refused'],
    ['client_secret_missing', 'Secret missing'],
  ] as const)('is the remedy of %s', async (code, words) => {
    const sites = eight.map((site, n) => (n === 0 ? inTrouble(site, code, 5) : site));
    const { open, press, row } = await openWindow(sites);
    expect(row('Kaizen Core').textContent).toContain(words);
    await open('Kaizen Core');
    await press('replace-secret');
    expect(await screen.findByTestId('dialog-secret')).toBeTruthy();
  });

  it.each(['startConnect', 'finishConnect'] as const)(
    'is offered when %s was refused for it',
    async (method) => {
      const { open, person, press } = await openWindow(eight, {
        refuse: { [method]: 'client_refused' },
      });
      await open('Kaizen Archive');
      await press('connect-site');
      await screen.findByTestId('dialog-connect');
      if (method === 'finishConnect') {
        await person.type(await screen.findByTestId('code-field'), 'EXAMPLE-code{Enter}');
      }
      await press('replace-secret');
      await waitFor(() => expect(screen.getByTestId('dialog-secret')).toBeTruthy());
    },
  );
});
