import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { Script } from '../src/bridge/demo/script';
import { eight, instant, site, three, unknownProduct } from '../src/bridge/demo/sites';
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

const [core = site('Kaizen Core', '', 'redmine', [])] = eight;

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

describe('a site whose product is unknown', () => {
  const sites = [unknownProduct(core), ...eight.slice(1)];

  it('is listed with its trouble and can only be removed', async () => {
    const { calls, press, open, row } = await openWindow(sites);
    expect(row('Kaizen Core').textContent).toContain('Unknown product');
    expect(row('Kaizen Core').querySelector('[data-testid=copy-token]')).toBeNull();
    await open('Kaizen Core');
    expect(text('trouble')).toContain(
      'Update Tallykey, put its definition back, or remove the site.',
    );
    for (const testid of ['copy-token', 'open-site', 'refresh-site', 'revoke', 'token-tail']) {
      expect(screen.queryByTestId(testid)).toBeNull();
    }
    await press('remove');
    expect(screen.getByRole('alertdialog').textContent).toContain('On the server it stays valid.');
    await press('remove-confirm');
    await waitFor(() => expect(calls.at(-1)).toBe('removeSite(kaizen-core)'));
    expect(calls.some((call) => call.startsWith('revoke'))).toBe(false);
  });

  it('has no shortcut for what cannot be done', async () => {
    const { calls, person, row } = await openWindow(sites);
    row('Kaizen Core').focus();
    await person.keyboard('r{Control>}c{/Control}');
    expect(calls).toEqual(['overview()']);
  });
});

describe('the life of a token', () => {
  it('is a bar beside its words, and amber words in the last ten minutes', async () => {
    const { host } = await opened('Kaizen Core');
    const bar = () => screen.getByTestId('token-life').querySelector<HTMLElement>('.rest');
    expect(bar()?.style.width).toBe('85%');
    expect(screen.getByText(/^1 h 4[12] min left$/).className).not.toContain('near');
    const { token } = core;
    host.changeSite('kaizen-core', { token: token && { ...token, expiresAt: instant(9.5) } });
    const left = await screen.findByText('9 min left');
    expect(left.className).toContain('near');
    expect(bar()?.style.width).toBe('8%');
  });

  it('has no bar when the whole life is not known', async () => {
    const { host } = await opened('Kaizen Core');
    const { token } = core;
    host.changeSite('kaizen-core', { token: token && { ...token, seconds: null } });
    await waitFor(() => expect(screen.queryByTestId('token-life')).toBeNull());
  });
});

describe('the window', () => {
  it('shows the toast in whatever dialog is open, and clears by key', async () => {
    const { calls, person, press } = await opened('Kaizen Core');
    await press('copy-token');
    await press('revoke');
    const dialog = screen.getByTestId('dialog-revoke');
    expect(dialog.contains(screen.getByTestId('toast'))).toBe(true);
    await person.keyboard('{Control>}{Shift>}x{/Shift}{/Control}');
    expect(calls.at(-1)).toBe('clearClipboard()');
    expect(screen.getByTestId('dialog-revoke')).toBeTruthy();
  });

  it('moves the focus to the site when what opened the dialog is gone', async () => {
    const { press } = await opened('Kaizen Core', outcome({ status: 200, refusedWith: 401 }));
    await press('revoke');
    await press('revoke-confirm');
    await press('dialog-done');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('site-detail')));
  });

  it('moves the focus to the list when the site of the dialog is gone', async () => {
    const { press } = await opened('Kaizen Archive');
    await press('remove');
    await press('remove-confirm');
    await waitFor(() => expect(document.activeElement?.getAttribute('role')).toBe('row'));
  });

  it('leaves a refusal behind when a dialog opens', async () => {
    const { press } = await opened('Kaizen Core', { refuse: { copyToken: 'clipboard_failed' } });
    await press('copy-token');
    await screen.findByRole('alert');
    await press('revoke');
    expect(screen.queryByRole('alert')).toBeNull();
  });

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
    host.change({
      store: { kind: 'keychain', name: '', error: 'keychain_missing', vault: 'missing' },
    });
    await press('use-memory');
    expect(calls.at(-1)).toBe('useStore(memory)');
    await waitFor(() => expect(screen.getByText('Secrets are kept until you quit')).toBeTruthy());
  });
});
