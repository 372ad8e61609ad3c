import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import type { Script } from '../src/bridge/demo/script';
import { eight, inTrouble, site } from '../src/bridge/demo/sites';
import { openWindow, text } from './window';

async function connecting(script: Partial<Script> = {}) {
  const window = await openWindow(eight, script);
  await window.open('Kaizen Archive');
  await window.press('connect-site');
  await screen.findByTestId('dialog-connect');
  return window;
}

const field = () => screen.getByTestId<HTMLInputElement>('code-field');

describe('connecting', () => {
  it('opens the browser once and waits with the focus in the code field', async () => {
    const { calls } = await connecting();
    expect(calls.filter((call) => call.startsWith('startConnect'))).toEqual([
      'startConnect(kaizen-archive)',
    ]);
    expect(text('connect-host')).toBe('archive.example.jp');
    expect(document.activeElement).toBe(field());
  });

  it('hands over the pasted text without the blanks around it', async () => {
    const { calls, person } = await connecting();
    await person.type(field(), '  EXAMPLE-code {Enter}');
    expect(calls).toContain('finishConnect(attempt-kaizen-archive, EXAMPLE-code)');
    expect(await screen.findByTestId('dialog-connected')).toBeTruthy();
  });

  it('has nothing to press before there is text', async () => {
    await connecting();
    expect(screen.getByTestId('connect-button').hasAttribute('disabled')).toBe(true);
  });

  it('shows who connected, what was granted, where it is saved and the first counts', async () => {
    const { person, press } = await connecting();
    await person.type(field(), 'EXAMPLE-code');
    await press('connect-button');
    const dialog = await screen.findByTestId('dialog-connected');
    for (const words of [
      'Kaizen Archive is connected',
      '田中 結衣 · Tanaka Yui',
      'View issues',
      'Saved in GNOME Keyring and read back',
      'The access token lasts 2 h and renews itself.',
    ]) {
      expect(dialog.textContent).toContain(words);
    }
    await waitFor(() =>
      expect(dialog.textContent).toContain('First counts: 4 assigned to you, 1 overdue'),
    );
    await press('dialog-done');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.getByTestId('site-detail').dataset.siteName).toBe('Kaizen Archive');
  });

  it('says "Counting…" until the first counts have come', async () => {
    const { host, person } = await connecting({ counting: 60_000 });
    await person.type(field(), 'EXAMPLE-code{Enter}');
    const dialog = await screen.findByTestId('dialog-connected');
    expect(dialog.textContent).toContain('Counting…');
    expect(dialog.textContent).not.toContain('First counts');
    host.changeSite('kaizen-archive', {
      busy: null,
      countedAt: new Date().toISOString(),
      counts: [
        {
          id: 'assigned_open',
          label: { en: 'Assigned' },
          value: 7,
          error: null,
          day: null,
          visit: null,
          wish: { hidden: false, warn: null, notify: false, own: false },
        },
      ],
    });
    await waitFor(() => expect(dialog.textContent).toContain('First counts: 7 assigned to you, –'));
    expect(dialog.textContent).not.toContain('Counting…');
  });

  it('never shows the counts of an earlier connection as the first ones', async () => {
    const { person, open, press } = await openWindow(eight, { counting: 60_000 });
    await open('Campaign Ops');
    await press('log-in');
    await person.type(await screen.findByTestId('code-field'), 'EXAMPLE-code{Enter}');
    const dialog = await screen.findByTestId('dialog-connected');
    expect(dialog.textContent).toContain('Counting…');
    expect(dialog.textContent).not.toContain('First counts');
  });

  it('tells why there are no first counts', async () => {
    const { host, person } = await connecting({ counting: 60_000 });
    await person.type(field(), 'EXAMPLE-code{Enter}');
    const dialog = await screen.findByTestId('dialog-connected');
    const { trouble } = inTrouble(site('', '', 'redmine', []), 'server_trouble', 0);
    host.changeSite('kaizen-archive', { busy: null, trouble });
    await waitFor(() => expect(dialog.textContent).toContain('There is trouble at'));
  });

  it('shows the copied token inside the dialog, where it can be cleared', async () => {
    const { calls, person, press } = await connecting();
    await person.type(field(), 'EXAMPLE-code{Enter}');
    const dialog = await screen.findByTestId('dialog-connected');
    await person.click(within(dialog).getByTestId('copy-token'));
    const toast = await within(dialog).findByTestId('toast');
    expect(toast.textContent).toContain('Clipboard clears in 45 s');
    expect(document.querySelectorAll('[data-testid=toast]')).toHaveLength(1);
    await press('clear-now');
    expect(calls.at(-1)).toBe('clearClipboard()');
    await waitFor(() => expect(text('toast')).toBe('Clipboard cleared'));
    expect(dialog.contains(screen.getByTestId('toast'))).toBe(true);
    expect(dialog.contains(document.activeElement)).toBe(true);
  });

  it.each([
    ['not_a_code', 'There is no code in this text', null],
    ['unreachable', 'No answer from archive.example.jp', null],
    ['wrong_site', 'This address is from another site', 'clear-field'],
    ['code_refused', 'was not accepted', 'start-again'],
    ['denied', 'Not approved', 'start-again'],
    ['client_refused', 'The application was refused', 'start-again'],
    ['other_person', 'Another person logged in', 'start-again'],
  ] as const)('tells %s above the field and keeps the text', async (code, words, action) => {
    const { person, press } = await connecting({ refuse: { finishConnect: code } });
    await person.type(field(), 'EXAMPLE-code');
    await press('connect-button');
    expect((await screen.findByRole('alert')).textContent).toContain(words);
    expect(field().value).toBe('EXAMPLE-code');
    expect(field().getAttribute('aria-invalid')).toBe('true');
    if (action) expect(screen.getByTestId(action)).toBeTruthy();
  });

  it('gets a new code after one was refused', async () => {
    const { calls, host, person, press } = await connecting({
      refuse: { finishConnect: 'code_refused' },
    });
    await person.type(field(), 'EXAMPLE-code{Enter}');
    host.script.refuse = {};
    await press('start-again');
    await waitFor(() => expect(field().value).toBe(''));
    expect(calls.at(-1)).toBe('startConnect(kaizen-archive)');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('is over when its time has run out', async () => {
    await connecting();
    vi.setSystemTime(Date.now() + 11 * 60_000);
    document.dispatchEvent(new Event('visibilitychange'));
    expect((await screen.findByRole('alert')).textContent).toContain('No answer in 10 minutes');
    expect(screen.getByTestId('start-again')).toBeTruthy();
  });

  it('leaves the site as it was when it is cancelled', async () => {
    const { calls, press } = await connecting();
    await press('dialog-cancel');
    expect(calls).toContain('cancelConnect(attempt-kaizen-archive)');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('can be started again when it could not start', async () => {
    const { host, press } = await connecting({ refuse: { startConnect: 'keychain_locked' } });
    expect((await screen.findByRole('alert')).textContent).toContain('The keychain is locked');
    host.script.refuse = {};
    await press('start-again');
    await waitFor(() => field());
  });

  it('asks for a secret that is missing: starting again would not help', async () => {
    const { press } = await connecting({ refuse: { startConnect: 'client_secret_missing' } });
    expect(text('dialog-connect')).toContain('Not connected');
    expect(text('replace-secret')).toBe('Enter the secret…');
    expect(screen.queryByTestId('start-again')).toBeNull();
    await press('replace-secret');
    expect(await screen.findByTestId('dialog-secret')).toBeTruthy();
  });

  it('goes on without a browser: the link can be copied', async () => {
    const { calls, press } = await connecting({ notOpened: 'browser_failed' });
    expect((await screen.findByRole('alert')).textContent).toContain('The browser did not open');
    await press('copy-link');
    expect(calls.at(-1)).toBe('copyConnectLink(attempt-kaizen-archive)');
    expect(field()).toBeTruthy();
  });

  it('says that a connection was not saved', async () => {
    const { person, press } = await connecting({ unsaved: 'keychain_locked' });
    await person.type(field(), 'EXAMPLE-code{Enter}');
    const dialog = await screen.findByTestId('dialog-connected');
    expect(dialog.textContent).toContain('Connected, but GNOME Keyring did not save it');
    expect(dialog.textContent).not.toContain('read back');
    await press('save-again');
    await waitFor(() =>
      expect(dialog.textContent).toContain('Saved in GNOME Keyring and read back'),
    );
  });

  it('names the copied tokens that a new sign-in ended', async () => {
    const { person } = await connecting({ ended: ['k7Qd', 'Zx2f'] });
    await person.type(field(), 'EXAMPLE-code{Enter}');
    const dialog = await screen.findByTestId('dialog-connected');
    expect(dialog.textContent).toContain('Copied before and no longer valid: …k7Qd and …Zx2f.');
  });

  it('goes on with an attempt that still waits after the page was loaded anew', async () => {
    const { host } = await openWindow([]);
    host.change({
      sites: eight,
      attempt: {
        id: 'a',
        site: 'kaizen-archive',
        endsAt: new Date(Date.now() + 60_000).toISOString(),
        seconds: 600,
        notOpened: null,
        redirect: 'oob',
        listens: false,
        insteadOf: null,
        ways: ['oob'],
        redirectLine: 'urn:ietf:wg:oauth:2.0:oob',
      },
    });
    document.body.replaceChildren();
    await openWindow(eight, { overview: host.script.overview });
    expect(await screen.findByTestId('dialog-connect')).toBeTruthy();
  });
});

describe('"Not you?"', () => {
  const starts = (calls: string[]) => calls.filter((call) => call.startsWith('startConnect'));
  const queued: Script['revocation'] = {
    atProvider: 'unreachableQueued',
    at: new Date().toISOString(),
    status: null,
    refusedWith: null,
    forgottenHere: false,
    hasPage: false,
  };

  async function connected(script: Partial<Script> = {}) {
    const window = await connecting(script);
    await window.person.type(field(), 'EXAMPLE-code{Enter}');
    await screen.findByTestId('dialog-connected');
    return window;
  }

  it('tells by keyboard what to do in the browser, and opens the site there', async () => {
    const { calls, person, press } = await connected();
    const link = screen.getByTestId('not-you');
    link.focus();
    await person.keyboard('{Enter}');
    expect(link.getAttribute('aria-expanded')).toBe('true');
    const dialog = screen.getByTestId('dialog-connected');
    expect(dialog.textContent).toContain(
      'The browser is logged in to archive.example.jp as 田中 結衣 · Tanaka Yui',
    );
    await press('not-you-open');
    expect(calls).toContain('openPage(home, kaizen-archive)');
    await press('not-you');
    expect(screen.queryByTestId('not-you-again')).toBeNull();
  });

  it('ends the new connection first, then waits for somebody else', async () => {
    const { calls, host, person, press } = await connected();
    await press('not-you');
    await press('not-you-again');
    await screen.findByTestId('dialog-connect');
    const verbs = calls.map((call) => call.split('(')[0]);
    const last = verbs.filter((verb) => verb === 'startConnect' || verb === 'revoke');
    expect(last).toEqual(['startConnect', 'revoke', 'startConnect']);
    expect(text('ended-first')).toBe('The connection as 田中 結衣 · Tanaka Yui was revoked.');
    expect(host.script.overview.attempt?.site).toBe('kaizen-archive');

    await person.type(field(), 'ANOTHER-code{Enter}');
    expect(await screen.findByTestId('dialog-connected')).toBeTruthy();
  });

  it('says so when the server could not be reached to end it', async () => {
    const { calls, press } = await connected({ revocation: queued });
    await press('not-you');
    await press('not-you-again');
    await screen.findByTestId('dialog-connect');
    expect(text('ended-first')).toContain('Tanaka Yui is not revoked yet');
    expect(text('ended-first')).toContain('Tallykey tries again by itself');
    expect(text('ended-first')).toContain('Once it is revoked, you can log in as someone else.');
    expect(document.activeElement).toBe(screen.getByTestId('start-again'));
    expect(starts(calls)).toHaveLength(1);
  });

  it('lets somebody else log in once it is ended', async () => {
    const { calls, host, press } = await connected({ revocation: queued });
    await press('not-you');
    await press('not-you-again');
    host.script.refuse = { startConnect: 'revoke_pending' };
    await press('start-again');
    await waitFor(() => expect(starts(calls)).toHaveLength(2));
    expect(await screen.findByText('Try now')).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
    host.script.refuse = {};
    await press('start-again');
    await waitFor(() => expect(host.script.overview.attempt?.site).toBe('kaizen-archive'));
    expect(screen.queryByTestId('ended-first')).toBeNull();
  });

  it('stays where it is when the connection cannot be ended', async () => {
    const { calls, press } = await connected({ refuse: { revoke: 'client_refused' } });
    await press('not-you');
    await press('not-you-again');
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toMatch(/^The connection as .* was not revoked\./);
    expect(screen.getByTestId('dialog-connected')).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByTestId('not-you-again'));
    expect(starts(calls)).toHaveLength(1);
    await press('replace-secret');
    expect(screen.getByTestId('dialog-secret').textContent).toContain('the connection is revoked');
  });

  it('sends nobody to the browser who left meanwhile', async () => {
    const { calls, host, press } = await connected();
    const revoke = host.revoke.bind(host);
    let end = () => {};
    host.revoke = async (site) => {
      await new Promise<void>((done) => (end = done));
      return revoke(site);
    };
    await press('not-you');
    await press('not-you-again');
    expect(document.activeElement).toBe(screen.getByTestId('not-you-again'));
    expect(screen.getByTestId('dialog-connected').textContent).not.toContain('Copy token');
    await press('dialog-done');
    // What was begun meanwhile is another attempt.
    await press('site-more');
    await press('connect-again');
    await waitFor(() => expect(starts(calls)).toHaveLength(2));
    end();
    await waitFor(() =>
      expect(host.script.overview.sites.find(({ id }) => id === 'kaizen-archive')?.state).not.toBe(
        'connected',
      ),
    );
    await new Promise((settled) => setTimeout(settled));
    expect(starts(calls)).toHaveLength(2);
  });
});
