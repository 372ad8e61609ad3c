import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { overviewOf, type Script } from '../src/bridge/demo/script';
import { eight } from '../src/bridge/demo/sites';
import { openWindow, text } from './window';

const bob = { id: '7', text: 'bob' };

async function asked(script: Partial<Script> = {}) {
  const window = await openWindow(eight, { stranger: bob, ...script });
  await window.open('Campaign Ops');
  await window.press('log-in');
  await window.person.type(await screen.findByTestId('code-field'), 'EXAMPLE-code{Enter}');
  await screen.findByTestId('dialog-other-person');
  return window;
}

describe('another person than before', () => {
  it('is never taken without being asked', async () => {
    const { calls } = await asked();
    expect(text('dialog-other-person')).toContain(
      'You logged in as bob; Campaign Ops was connected as tanaka.y.',
    );
    expect(document.activeElement).toBe(screen.getByTestId('other-keep'));
    expect(calls.some((call) => /^(switch|keep)Person/.test(call))).toBe(false);
  });

  it('is asked about as well when the answer came by itself', async () => {
    const { calls, host, open, press } = await openWindow(eight, { stranger: bob });
    await open('Campaign Ops');
    await press('log-in');
    await waitFor(() => expect(calls).toContain('waitConnect(attempt-campaign-ops)'));
    host.comeBack();
    expect(await screen.findByTestId('dialog-other-person')).toBeTruthy();
  });

  it('may take over the site', async () => {
    const { calls, press } = await asked();
    await press('other-switch');
    const dialog = await screen.findByTestId('dialog-connected');
    expect(calls).toContain('switchPerson(attempt-campaign-ops)');
    expect(dialog.textContent).toContain('bob');
  });

  it.each(['other-keep', 'dialog-cancel'])('leaves the site as it was with %s', async (button) => {
    const { calls, press } = await asked();
    await press(button);
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
    expect(calls.at(-1)).toBe('keepPerson()');
  });

  it('may become a site of their own', async () => {
    const { calls, press } = await asked();
    await press('other-add');
    const name = await screen.findByTestId<HTMLInputElement>('account-name');
    expect(name.value).toBe('Campaign Ops (bob)');
    await press('account-add');
    await waitFor(() => expect(text('connect-host')).toBe('acme.my.workfront.com'));
    const last = calls.filter((call) => !/^(waitConnect|finishConnect)/.test(call)).slice(-3);
    expect(last[0]).toBe('keepPerson()');
    expect(last[1]).toBe('duplicateSite(campaign-ops, Campaign Ops (bob))');
    expect(last[2]).toMatch(/^startConnect\(campaign-ops-bob/);
  });

  it('is explained when taking over was refused', async () => {
    const { press } = await asked({ refuse: { switchPerson: 'keychain_locked' } });
    await press('other-switch');
    expect((await screen.findByRole('alert')).textContent).toContain('The keychain is locked');
    expect(screen.getByTestId('start-again')).toBeTruthy();
  });

  it('still waits for a decision after the page was loaded anew', async () => {
    const otherPerson = {
      attempt: 'a',
      site: 'kaizen-core',
      before: { id: '42', text: 'alice' },
      now: bob,
    };
    const { calls } = await openWindow(eight, { overview: { ...overviewOf(eight), otherPerson } });
    expect((await screen.findByTestId('dialog-other-person')).textContent).toContain('Keep alice');
    expect(calls).toEqual(['overview()']);
  });
});
