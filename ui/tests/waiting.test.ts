import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import type { Script } from '../src/bridge/demo/script';
import { eight, refusal } from '../src/bridge/demo/sites';
import { openWindow, text } from './window';

/** A site whose answer comes by itself, and whose code lives for two minutes. */
async function listening(script: Partial<Script> = {}) {
  const window = await openWindow(eight, script);
  await window.open('Campaign Ops');
  await window.press('log-in');
  await screen.findByTestId('dialog-connect');
  await waitFor(() => expect(window.calls.some((call) => /^waitConnect/.test(call))).toBe(true));
  return window;
}

async function pasting(script: Partial<Script> = {}) {
  const window = await openWindow(eight, script);
  await window.open('Kaizen Archive');
  await window.press('connect-site');
  await screen.findByTestId('code-field');
  return window;
}

const field = () => screen.getByTestId<HTMLInputElement>('code-field');

describe('an answer that comes by itself', () => {
  it('connects without a hand', async () => {
    const { calls, host } = await listening();
    expect(calls).toContain('waitConnect(attempt-campaign-ops)');
    host.comeBack();
    expect(await screen.findByTestId('dialog-connected')).toBeTruthy();
    expect(calls.some((call) => call.startsWith('finishConnect'))).toBe(false);
  });

  it('may be pasted all the same', async () => {
    const { calls, person, host } = await listening();
    expect(text('dialog-connect')).toContain('The browser did not come back?');
    expect(field().placeholder).toBe('Paste the address it shows');
    await person.type(field(), 'http://127.0.0.1:17643/callback?code=x{Enter}');
    await screen.findByTestId('dialog-connected');
    host.comeBack();
    expect(calls.filter((call) => call.startsWith('finishConnect'))).toHaveLength(1);
    expect(screen.getByTestId('dialog-connected')).toBeTruthy();
  });

  it.each([
    ['denied', 'Not approved'],
    ['unreachable', 'No answer from'],
    ['authorize_refused', 'The request was refused'],
    ['scope_refused', 'The permission was refused'],
  ] as const)(
    'ends the attempt when it says %s: only starting again helps',
    async (code, words) => {
      const { calls, host, press } = await listening({ refuse: { waitConnect: code } });
      expect((await screen.findByRole('alert')).textContent).toContain(words);
      expect(screen.queryByTestId('code-field')).toBeNull();
      host.script.refuse = {};
      await press('start-again');
      await waitFor(() => field());
      expect(calls.filter((call) => call.startsWith('startConnect'))).toHaveLength(2);
    },
  );

  it('is not waited for where the code has to be carried over', async () => {
    const { calls } = await pasting();
    expect(calls.some((call) => call.startsWith('waitConnect'))).toBe(false);
    expect(field().placeholder).toBe('Paste the code or the whole address');
  });

  it('is ignored when the dialog was left', async () => {
    const { calls, host, press } = await listening();
    await press('dialog-cancel');
    expect(calls).toContain('cancelConnect(attempt-campaign-ops)');
    host.change({ attempt: null });
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('is told calmly when it was another one’s', async () => {
    const { host, press } = await listening();
    host.comeBack({ other: true });
    await waitFor(() =>
      expect(text('other-answer')).toContain('another attempt or to another site'),
    );
    expect(screen.queryByRole('alert')).toBeNull();
    expect(field()).toBeTruthy();
    await press('dialog-cancel');
    await press('log-in');
    expect(screen.queryByTestId('other-answer')).toBeNull();
  });

  it('is over when its time has run out', async () => {
    await listening();
    vi.setSystemTime(Date.now() + 11 * 60_000);
    document.dispatchEvent(new Event('visibilitychange'));
    expect((await screen.findByRole('alert')).textContent).toContain('No answer in 10 minutes');
  });
});

describe('another way', () => {
  it('starts the attempt again, and stays when starting again', async () => {
    const { calls, press } = await pasting();
    await press('other-ways');
    expect(screen.queryByTestId('way-oob')).toBeNull();
    await press('way-paste');
    await waitFor(() => expect(calls.at(-1)).toBe('startConnect(kaizen-archive, paste)'));
    expect(text('paste-means')).toContain('“This page cannot be reached”. That is expected');
    await press('other-ways');
    await press('way-oob');
    await waitFor(() => expect(calls.at(-1)).toBe('startConnect(kaizen-archive, oob)'));
    expect(screen.queryByTestId('paste-means')).toBeNull();
  });

  it('is offered after a refusal as well', async () => {
    const { calls, press, person } = await pasting({
      refuse: { finishConnect: 'authorize_refused' },
    });
    await person.type(field(), 'EXAMPLE-code{Enter}');
    await screen.findByRole('alert');
    await press('other-ways');
    await press('way-loopback');
    await waitFor(() => expect(calls).toContain('startConnect(kaizen-archive, loopback)'));
  });

  it('was taken because the port is in use: it says so, and tries again', async () => {
    const insteadOf = refusal('port_taken');
    const { calls, press } = await pasting({
      attempt: { redirect: 'paste', listens: false, insteadOf },
    });
    expect(text('instead-of')).toContain('Another program uses the port');
    expect(text('instead-of')).toContain('paste the address that the browser ends on');
    await press('dialog-cancel');
    expect(calls.at(-1)).toMatch(/^cancelConnect/);
  });
});

describe('help while waiting', () => {
  it('shows the line that has to be registered, and copies it', async () => {
    const { calls, person } = await listening();
    expect(text('redirect-line')).toBe('http://127.0.0.1:17643/callback');
    const help = text('browser-help');
    for (const words of ['unknown client', 'login page comes again', 'cannot be reached']) {
      expect(help).toContain(words);
    }
    expect(help).not.toContain('scope is invalid');
    await person.click(screen.getByRole('button', { name: 'Copy redirect line' }));
    expect(calls.at(-1)).toBe('copyText(http://127.0.0.1:17643/callback)');
  });

  it('names the scopes where there are some', async () => {
    await pasting();
    expect(text('browser-help')).toContain('An administrator must tick “View issues”');
  });

  it('hurries where a code is short-lived, and only there', async () => {
    await listening();
    expect(text('code-life')).toBe(
      'The code is valid for 2 minutes after you allow access; paste it at once.',
    );
    document.body.replaceChildren();
    await pasting();
    expect(screen.queryByTestId('code-life')).toBeNull();
  });
});
