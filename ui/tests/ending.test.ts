import { readFileSync } from 'node:fs';
import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { Script } from '../src/bridge/demo/script';
import catalog from '../../src-tauri/core/texts/errors.json';
import { eight } from '../src/bridge/demo/sites';
import type { RevocationView } from '../src/bridge/types';
import { openWindow, text } from './window';

function outcome(change: Partial<RevocationView>): Partial<Script> {
  return {
    revocation: {
      atProvider: 'confirmed',
      at: new Date().toISOString(),
      status: null,
      refusedWith: null,
      forgottenHere: true,
      hasPage: true,
      ...change,
    },
  };
}

async function opened(name: string, script: Partial<Script> = {}) {
  const window = await openWindow(eight, script);
  await window.open(name);
  return window;
}

describe('revoking', () => {
  it('asks first, with the focus on the safe button', async () => {
    const { calls, press } = await opened('Kaizen Core');
    await press('revoke');
    expect(screen.getByRole('alertdialog').textContent).toContain(
      'Revoke the connection to Kaizen Core?',
    );
    expect(document.activeElement?.getAttribute('data-testid')).toBe('dialog-cancel');
    expect(calls.some((call) => call.startsWith('revoke'))).toBe(false);
  });

  it.each([
    [{ atProvider: 'confirmed', status: 200, refusedWith: 401 }, 'Connection revoked', '(200)'],
    [{ atProvider: 'alreadyGone' }, 'The connection had already ended', 'ended this connection'],
    [{ atProvider: 'unsupported' }, 'Removed from this computer only', 'at the latest'],
    [{ atProvider: 'accessOnly', status: 200, refusedWith: 401 }, 'Access token ended', 'by hand'],
    [{ atProvider: 'stillAccepted' }, 'still accepts the token', 'own page'],
  ] as const)('reports %o as it was', async (change, title, words) => {
    const { press } = await opened('Kaizen Core', outcome(change));
    await press('revoke');
    await press('revoke-confirm');
    const dialog = await screen.findByTestId('dialog-revoked');
    expect(dialog.textContent).toContain(title);
    expect(dialog.textContent).toContain(words);
    expect(dialog.textContent).toContain('Deleted from GNOME Keyring');
  });

  it.each([
    [
      'Campaign Ops',
      'Ask acme.my.workfront.com to end the access token.',
      'Nothing ends a refresh',
    ],
    ['制作進行ボード', 'Jooto gives apps no way', 'No way to end a connection is documented.'],
  ])('says before it what it cannot end at %s', async (name, words, way) => {
    const { press } = await opened(name);
    await press('revoke');
    const question = screen.getByRole('alertdialog').textContent;
    expect(question).toContain(words);
    expect(question).toContain(way);
    expect(question).not.toContain('the refresh token and the access token');
  });

  it('does not call it revoked or deleted while the server was not reached', async () => {
    const queued = outcome({ atProvider: 'unreachableQueued', forgottenHere: false });
    const { calls, press } = await opened('Kaizen Core', queued);
    await press('revoke');
    await press('revoke-confirm');
    const dialog = await screen.findByTestId('dialog-revoked');
    expect(dialog.textContent).toContain('Not revoked yet');
    expect(dialog.textContent).not.toContain('Deleted');
    await press('try-now');
    expect(calls.filter((call) => call === 'revoke(kaizen-core)')).toHaveLength(2);
  });

  it('stays open and explains when it could not even be tried', async () => {
    const { press } = await opened('Kaizen Core', { refuse: { revoke: 'keychain_locked' } });
    await press('revoke');
    await press('revoke-confirm');
    expect((await screen.findByRole('alert')).textContent).toContain('The keychain is locked');
    expect(screen.queryByTestId('forget-instead')).toBeNull();
  });

  it('says that a refusal was not seen when it was not', async () => {
    const { press } = await opened('Kaizen Core', outcome({ status: 200 }));
    await press('revoke');
    await press('revoke-confirm');
    const dialog = await screen.findByTestId('dialog-revoked');
    expect(dialog.textContent).toContain(
      'redmine.example.jp accepted the request (200); whether it refuses the token could not be seen.',
    );
    expect(dialog.textContent).not.toContain('now refuses');
    expect(dialog.textContent).toContain('Revocation accepted');
    expect(dialog.textContent).not.toContain('Connection revoked');
  });

  it('is not asked for again where it waits: the note tries it', async () => {
    const { host, press } = await opened('Kaizen Core', {});
    host.changeSite('kaizen-core', { state: 'revokePending', token: null });
    await waitFor(() => expect(screen.queryByTestId('revoke')).toBeNull());
    expect(text('site-detail')).toContain('The token is kept only to be revoked.');
    await press('forget');
    expect(await screen.findByTestId('dialog-forget')).toBeTruthy();
  });

  it('promises no number of days', () => {
    for (const language of ['en', 'ja', 'de']) {
      expect(readFileSync(`src/i18n/${language}/ending.ts`, 'utf8')).not.toMatch(/3 days|3日/);
    }
  });

  it('explains when trying again was refused, and stays', async () => {
    const queued = outcome({ atProvider: 'unreachableQueued', forgottenHere: false });
    const { host, press } = await opened('Kaizen Core', queued);
    await press('revoke');
    await press('revoke-confirm');
    host.script.refuse = { revoke: 'client_refused' };
    await press('try-now');
    expect((await screen.findByRole('alert')).textContent).toContain('application was refused');
    expect(screen.getByTestId('dialog-revoked').textContent).toContain('Not revoked yet');
    expect(text('revocation')).not.toContain('could not be reached');
    expect(text('dialog-done')).toBe('Close');
    expect(screen.queryByTestId('try-now')).toBeNull();
    await press('replace-secret');
    expect(await screen.findByTestId('dialog-secret')).toBeTruthy();
  });

  it('shows where a person ends a connection by hand', async () => {
    const { calls, press } = await opened('Kaizen Core', outcome({ atProvider: 'stillAccepted' }));
    await press('revoke');
    await press('revoke-confirm');
    expect(text('revocation')).toContain('My account → Authorized applications');
    await press('open-revoke-page');
    expect(calls.at(-1)).toBe('openPage(revoke, kaizen-core)');
  });
});

describe('forgetting here only', () => {
  const queued = outcome({ atProvider: 'unreachableQueued', forgottenHere: false });

  it('is offered where the server was not reached, and says what stays valid', async () => {
    const { calls, press } = await opened('Kaizen Core', queued);
    await press('revoke');
    await press('revoke-confirm');
    await press('forget-instead');
    const question = await screen.findByTestId('dialog-forget');
    expect(question.textContent).toContain('On redmine.example.jp the connection stays valid');
    expect(document.activeElement?.getAttribute('data-testid')).toBe('dialog-cancel');
    expect(calls).not.toContain('forget(kaizen-core)');
    await press('forget-confirm');
    const done = await screen.findByTestId('dialog-forgotten');
    expect(calls.at(-1)).toBe('forget(kaizen-core)');
    expect(done.textContent).toContain('Deleted from GNOME Keyring');
    expect(done.textContent).toContain('On redmine.example.jp the connection stays valid');
  });

  it('is offered beside a revocation that waits', async () => {
    const { host, press } = await opened('Kaizen Core');
    host.changeSite('kaizen-core', { state: 'revokePending', token: null });
    await press('forget');
    await press('forget-confirm');
    await press('dialog-done');
    await waitFor(() => expect(text('trouble')).toContain('Connecting opens'));
  });

  it('is offered when the server refuses the application for good', async () => {
    const { press } = await opened('Kaizen Core', { refuse: { revoke: 'client_refused' } });
    await press('revoke');
    await press('revoke-confirm');
    await press('forget-instead');
    expect(await screen.findByTestId('dialog-forget')).toBeTruthy();
  });

  it('comes after another secret when the server refuses the application', async () => {
    const { calls, host, person, press } = await opened('Kaizen Core', {
      refuse: { revoke: 'client_refused' },
    });
    await press('revoke');
    await press('revoke-confirm');
    await press('replace-secret');
    expect((await screen.findByTestId('dialog-secret')).textContent).toContain(
      'After this the connection is revoked.',
    );
    host.script.refuse = {};
    await person.type(screen.getByTestId('new-secret'), 'EXAMPLE-secret');
    await press('secret-save');
    expect((await screen.findByTestId('dialog-revoked')).textContent).toContain(
      'Connection revoked',
    );
    expect(calls.slice(-2)).toEqual([
      'setClientSecret(kaizen-core, EXAMPLE-secret)',
      'revoke(kaizen-core)',
    ]);
  });

  it('keeps asking when the keychain refuses', async () => {
    const { host, press } = await opened('Kaizen Core', { refuse: { forget: 'keychain_locked' } });
    host.changeSite('kaizen-core', { state: 'revokePending', token: null });
    await press('forget');
    await press('forget-confirm');
    expect((await screen.findByRole('alert')).textContent).toContain('The keychain is locked');
    expect(screen.getByTestId('dialog-forget').textContent).not.toContain('Deleted');
  });
});

describe('removing', () => {
  it('revokes first', async () => {
    const { calls, press } = await opened('Kaizen Core', outcome({}));
    await press('remove');
    await press('remove-confirm');
    await waitFor(() =>
      expect(calls.slice(-2)).toEqual(['revoke(kaizen-core)', 'removeSite(kaizen-core)']),
    );
    expect(screen.queryByRole('alertdialog')).toBeNull();
  });

  it('asks again when the server did not confirm', async () => {
    const queued = outcome({ atProvider: 'unreachableQueued', forgottenHere: false });
    const { calls, press } = await opened('Kaizen Core', queued);
    await press('remove');
    await press('remove-confirm');
    await screen.findByText('Remove anyway');
    expect(calls).not.toContain('removeSite(kaizen-core)');
    await press('remove-confirm');
    await waitFor(() => expect(calls.at(-1)).toBe('removeSite(kaizen-core)'));
  });

  it.each([
    'client_refused',
    'client_secret_missing',
    'address_changed',
    'forbidden',
    'secret_unreadable',
    'keychain_missing',
  ] as const)('is possible all the same after %s', async (code) => {
    const { calls, press } = await opened('Kaizen Core', { refuse: { revoke: code } });
    await press('remove');
    await press('remove-confirm');
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain(catalog[code].en.next.split('{')[0]);
    const dialog = screen.getByTestId('dialog-remove');
    expect(dialog.textContent).toContain('it may stay valid');
    expect(text('dialog-cancel')).toBe('Keep the site');
    expect(text('remove-confirm')).toBe('Remove anyway');
    await press('remove-confirm');
    await waitFor(() => expect(calls.at(-1)).toBe('removeSite(kaizen-core)'));
    expect(calls.filter((call) => call.startsWith('revoke'))).toHaveLength(1);
  });

  it('keeps the site as it is when revoking was refused and the person rather keeps it', async () => {
    const { calls, press } = await opened('Kaizen Core', { refuse: { revoke: 'client_refused' } });
    await press('remove');
    await press('remove-confirm');
    await screen.findByText('Remove anyway');
    await press('dialog-cancel');
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(calls.some((call) => call.startsWith('removeSite'))).toBe(false);
  });

  it('goes on when there is no connection to revoke', async () => {
    const { calls, press } = await opened('Kaizen Core', { refuse: { revoke: 'not_connected' } });
    await press('remove');
    await press('remove-confirm');
    await waitFor(() => expect(calls.at(-1)).toBe('removeSite(kaizen-core)'));
    expect(screen.queryByRole('alertdialog')).toBeNull();
  });

  it('says that the revocation is pending when the site is kept', async () => {
    const queued = outcome({ atProvider: 'unreachableQueued', forgottenHere: false });
    const { calls, press } = await opened('Kaizen Core', queued);
    await press('remove');
    await press('remove-confirm');
    await screen.findByText('Remove anyway');
    expect(screen.getByTestId('dialog-remove').textContent).toContain(
      'If you keep the site, the connection is revoked as soon as the server answers.',
    );
    await press('dialog-cancel');
    const dialog = await screen.findByTestId('dialog-revoked');
    expect(dialog.textContent).toContain('Not revoked yet');
    expect(dialog.textContent).toContain('tries again by itself');
    await press('dialog-done');
    expect(calls.some((call) => call.startsWith('removeSite'))).toBe(false);
  });

  it('tells where to end a connection that no application can end', async () => {
    const unsupported = outcome({ atProvider: 'unsupported' });
    const { calls, press } = await opened('制作進行ボード', unsupported);
    await press('remove');
    await press('remove-confirm');
    expect(text('revocation')).toContain('Organization settings');
    expect(text('remove-confirm')).toBe('Remove site');
    await press('remove-confirm');
    await waitFor(() => expect(calls.at(-1)).toBe('removeSite(board)'));
  });

  it('explains when the site itself could not be removed', async () => {
    const { host, press } = await opened('Kaizen Archive', {
      refuse: { removeSite: 'file_unwritable' },
    });
    await press('remove');
    await press('remove-confirm');
    expect((await screen.findByRole('alert')).textContent).toContain('cannot be written');
    host.script.refuse = {};
    await press('remove-confirm');
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
  });

  it('asks the server nothing about a site that was never connected', async () => {
    const { calls, press } = await opened('Kaizen Archive');
    await press('remove');
    await press('remove-confirm');
    await waitFor(() => expect(calls.at(-1)).toBe('removeSite(kaizen-archive)'));
    expect(calls.some((call) => call.startsWith('revoke'))).toBe(false);
  });
});
