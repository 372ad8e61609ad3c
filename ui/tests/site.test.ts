import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { Script } from '../src/bridge/demo/host';
import { eight, three } from '../src/bridge/demo/sites';
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

describe('a site', () => {
  it('shows the tail of its token and nothing more of it', async () => {
    await opened('Kaizen Core');
    expect(screen.getByTestId('site-detail').textContent).toContain('••••••••••4f2a');
  });

  it('opens the page behind a count', async () => {
    const { calls, press } = await opened('Kaizen Core');
    await press('count-overdue');
    expect(calls.at(-1)).toBe('openPage(count, kaizen-core, overdue)');
  });

  it('copies in the form a digit chooses, and counts down', async () => {
    const { calls, person, press } = await opened('Kaizen Core');
    await press('copy-as');
    await person.keyboard('3');
    expect(calls.at(-1)).toBe('copyToken(kaizen-core, curl)');
    expect(text('toast')).toContain('Copied curl for Kaizen Core');
    expect(text('toast')).toContain('Clipboard clears in 45 s');
    await press('clear-now');
    await waitFor(() => expect(text('toast')).toBe('Clipboard cleared'));
  });

  it.each([
    ['replaced', 'Not cleared: the clipboard holds something else now'],
    ['failed', 'The desktop did not let Tallykey clear the clipboard.'],
  ] as const)('never calls a clipboard cleared that was %s', async (end, words) => {
    const { host, press } = await opened('Kaizen Core');
    await press('copy-token');
    host.endClipboard(end);
    await waitFor(() => expect(text('toast')).toContain(words));
  });

  it.each([
    ['Campaign Ops', 'logging in continues where you left off'],
    ['Plant Line 4', 'The connection is kept and tried again by itself.'],
    ['制作進行ボード', 'Copying a token still works.'],
    ['Partner Portal', 'Nothing was deleted.'],
    ['Kaizen Archive', 'Connecting opens archive.example.jp in your browser.'],
  ])('%s says what is wrong and what stays', async (name, words) => {
    await opened(name);
    expect(text('trouble')).toContain(words);
  });

  it('leads back with Alt+Left', async () => {
    const { person } = await opened('Kaizen Core');
    await person.keyboard('{Alt>}{ArrowLeft}{/Alt}');
    expect(screen.queryByTestId('site-detail')).toBeNull();
  });
});

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
    [{ atProvider: 'alreadyGone' }, 'The connection had already ended', 'no longer knows'],
    [{ atProvider: 'unsupported' }, 'Removed from this computer only', 'at the latest'],
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

  it('asks the server nothing about a site that was never connected', async () => {
    const { calls, press } = await opened('Kaizen Archive');
    await press('remove');
    await press('remove-confirm');
    await waitFor(() => expect(calls.at(-1)).toBe('removeSite(kaizen-archive)'));
    expect(calls.some((call) => call.startsWith('revoke'))).toBe(false);
  });
});

describe('the window', () => {
  it('gives the focus back when a dialog closes', async () => {
    const { person, press } = await openWindow(three);
    await press('settings');
    expect(document.activeElement).toBe(screen.getByTestId('language'));
    await person.click(screen.getByTestId('dialog-done'));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('settings')));
  });

  it('moves the focus into a site and back to its row', async () => {
    const { person, row } = await openWindow(three);
    row('ACME Delivery').focus();
    await person.keyboard('{Enter}');
    expect(document.activeElement).toBe(screen.getByTestId('site-detail'));
    await person.keyboard('{Escape}');
    await waitFor(() => expect(document.activeElement).toBe(row('ACME Delivery')));
  });

  it('switches the language at once', async () => {
    const { person, press } = await openWindow(three);
    await press('settings');
    await person.selectOptions(screen.getByTestId('language'), 'ja');
    await waitFor(() => expect(document.documentElement.lang).toBe('ja'));
    expect(screen.getByRole('heading', { name: '設定' })).toBeTruthy();
  });

  it('takes a theme, and follows the system without one', async () => {
    const { person, press } = await openWindow(three);
    await press('settings');
    await person.click(screen.getByRole('radio', { name: 'Dark' }));
    await waitFor(() => expect(document.documentElement.dataset.theme).toBe('dark'));
    await person.click(screen.getByRole('radio', { name: 'System' }));
    await waitFor(() => expect(document.documentElement.dataset.theme).toBeUndefined());
  });

  it('offers memory when there is no keychain', async () => {
    const { calls, host, press } = await openWindow(three);
    host.change({ store: { kind: 'keychain', name: '', error: 'keychain_missing' } });
    await press('use-memory');
    expect(calls.at(-1)).toBe('useStore(memory)');
    await waitFor(() => expect(screen.getByText('Secrets are kept until you quit')).toBeTruthy());
  });
});
