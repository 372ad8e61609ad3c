import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import type { Script } from '../src/bridge/demo/script';
import { eight, instant, inTrouble, three } from '../src/bridge/demo/sites';
import { cases, degraded, inCase, renewalLost } from '../src/bridge/demo/troubles';
import type { SiteView } from '../src/bridge/types';
import { openWindow, text } from './window';

async function opened(change: (site: SiteView) => SiteView, script: Partial<Script> = {}) {
  const sites = eight.map((one, n) => (n === 0 ? change(one) : one));
  const window = await openWindow(sites, script);
  await window.open('Kaizen Core');
  return window;
}

const note = () => screen.getByTestId('trouble').closest('.note');
const noteText = () => note()?.textContent?.replace(/\s+/g, ' ') ?? '';
const rowText = (row: HTMLElement) => row.textContent?.replace(/\s+/g, ' ') ?? '';
const figure = (row: HTMLElement) => row.querySelector('[data-testid=count-assigned_open]');

function pass(minutes: number) {
  vi.setSystemTime(Date.now() + minutes * 60_000);
  document.dispatchEvent(new Event('visibilitychange'));
}

describe('every trouble', () => {
  it.each(Object.keys(cases))('%s has a word and old counts with their age', async (name) => {
    const { open, row } = await openWindow(
      eight.map((one, n) => (n === 0 ? inCase(one, name) : one)),
    );
    const found = row('Kaizen Core');
    expect(rowText(found)).toMatch(/\d+ (min|h) old/);
    expect(figure(found)?.className).toContain('old');
    await open('Kaizen Core');
    expect(document.querySelectorAll('.notes .note')).toHaveLength(1);
    expect(text('site-detail')).toMatch(/Counts from .*\d+ (min|h) old/);
    expect(document.querySelector('.counts')?.className).toContain('old');
    expect(document.body.textContent).not.toMatch(/undefined|null|\{|\}/);
  });

  it.each([
    ['offline', 'Cannot reach redmine.example.jp', 'No answer since', 'tried again by itself'],
    [
      'proxy',
      'A proxy refuses the way',
      'Check the proxy in the settings under Network, or in those of the system.',
    ],
    ['limited', 'asks to wait until', '6 min to go.', 'Copying a token still works.'],
    ['limited-over', 'asked to wait until', 'in a moment'],
    [
      'server',
      'There is trouble at',
      'it has been answering that it cannot work',
      'tried again by itself',
    ],
    ['server-until', 'There is trouble at', 'It asks to wait until'],
    ['unclear', 'cannot be understood', 'A login page, a proxy', 'HTTP 200'],
    ['untrusted', 'is not trusted', 'Ask the administrator', 'unknown issuer'],
    ['person', 'Another person logged in', 'it was left as it was', 'sato.d ≠ tanaka.y'],
    ['keychain-locked', 'GNOME Keyring is locked', 'The current token works until'],
    ['keychain-waiting', 'The keychain does not answer', 'Answer the prompt'],
  ])('%s says what happened, what it means and what comes next', async (name, ...words) => {
    await opened((site) => inCase(site, name));
    for (const sentence of words) expect(noteText()).toContain(sentence);
  });

  it.each([
    ['offline', 'Retry'],
    ['server', 'Retry'],
    ['unclear', 'Open site'],
    ['keychain-locked', 'Unlock'],
    ['keychain-waiting', 'Retry'],
    ['limited', undefined],
    ['person', undefined],
  ])('%s has one next step: %s', async (name, label) => {
    await opened((site) => inCase(site, name));
    const buttons = [...(note()?.querySelectorAll('button') ?? [])];
    expect(buttons.map((button) => button.textContent?.trim())).toEqual(label ? [label] : []);
  });

  it.each(['forbidden', 'unconfirmed'])('%s may need another login', async (name) => {
    const { press } = await opened((site) => inCase(site, name));
    await press('log-in-again');
    expect(await screen.findByTestId('dialog-connect')).toBeTruthy();
  });

  it('without a keychain offers to keep secrets until the end', async () => {
    const { calls, press } = await opened((site) => inCase(site, 'keychain-missing'));
    await press('keep-in-memory');
    expect(calls.at(-1)).toBe('useStore(memory)');
  });

  it.each([
    ['limited', 'Refresh after that.'],
    ['limited-over', 'Refresh after that.'],
    ['offline', 'Refresh to try again.'],
    ['server', 'Refresh to try again.'],
  ])('%s promises nothing by itself to a site that only a person asks', async (name, words) => {
    await opened((site) => ({ ...inCase(site, name), pace: { ...site.pace, minutes: 0 } }));
    expect(noteText()).toContain(words);
    expect(noteText()).not.toContain('by itself');
    expect(noteText()).not.toContain('by themselves');
  });

  it('is another person’s: the next step is to log in', async () => {
    const { press } = await opened((site) => inCase(site, 'person'));
    expect(screen.queryByTestId('copy-token')).toBeNull();
    await press('log-in');
    expect(await screen.findByTestId('dialog-connect')).toBeTruthy();
  });

  it('opens the site where an answer was not the site’s', async () => {
    const { calls, row, person } = await openWindow(degraded.slice(5, 10));
    const action = row('server-until').parentElement?.querySelector<HTMLElement>(
      '[data-site-name=unclear] [data-testid=row-action]',
    );
    await person.click(action as HTMLElement);
    expect(calls.at(-1)).toBe('openPage(home, unclear)');
  });
});

describe('a connection that ended', () => {
  it('says since when and why, and what logging in brings', async () => {
    await openWindow(three).then(({ open }) => open('Campaign Ops'));
    expect(noteText()).toMatch(/has not accepted this connection since (yesterday )?\d\d:\d\d/);
    expect(noteText()).toContain('invalid_grant');
    expect(noteText()).toContain('Your counts are kept');
  });

  it('tells of a renewal whose answer was lost, as text', async () => {
    await opened((site) => renewalLost(site));
    expect(noteText()).toContain('Log in again: an answer was lost');
    expect(noteText()).toContain('its answer never arrived');
    expect(noteText()).toContain(' · invalid_grant');
  });
});

describe('a server that asks to wait', () => {
  it('is counted down in minutes, and not after it is over', async () => {
    const { press, row } = await opened((site) => inCase(site, 'limited'));
    pass(4);
    await waitFor(() => expect(noteText()).toContain('2 min to go.'));
    await press('back');
    expect(rowText(row('Kaizen Core'))).toMatch(/Rate-limited, [12] min/);
    pass(10);
    await waitFor(() => expect(rowText(row('Kaizen Core'))).not.toContain('until'));
  });
});

describe('counts', () => {
  it('look old when nobody confirmed them for some rounds, trouble or not', async () => {
    const { row } = await openWindow(eight);
    expect(figure(row('Kaizen Core'))?.className).not.toContain('old');
    pass(16);
    await waitFor(() => expect(figure(row('Kaizen Core'))?.className).toContain('old'));
    expect(rowText(row('Kaizen Core'))).toContain('Counts 18 min old');
    expect(text('totals')).toContain('0 up to date, 7 older');
    expect(screen.getByTestId('total-overdue').className).toContain('old');
  });

  it('are not called fresh when they seem to come from the future', async () => {
    const late = { ...(three[0] as SiteView), countedAt: instant(600) };
    const { open, row } = await openWindow([late, ...eight.slice(1)]);
    expect(rowText(row('Kaizen Core'))).toContain('Older counts');
    expect(rowText(row('Kaizen Core'))).not.toContain('Just now');
    await open('Kaizen Core');
    expect(text('site-detail')).not.toContain('Refreshed just now');
  });
});

describe('the same trouble again', () => {
  const offline = (since: number) => inTrouble(eight[0] as SiteView, 'unreachable', since);

  it('is one notice, however often it is told', async () => {
    const { host } = await opened(() => offline(5));
    for (let times = 0; times < 20; times += 1) host.changeSite('kaizen-core', offline(5 + times));
    await waitFor(() => expect(text('site-detail')).toContain('Counts from'));
    expect(document.querySelectorAll('.note')).toHaveLength(1);
    expect(screen.queryByTestId('toast')).toBeNull();
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('is no storm when all sites fail at once', async () => {
    const { host } = await openWindow(eight);
    host.change({ sites: eight.map((site) => inTrouble(site, 'unreachable', 5)) });
    host.change({ sites: eight.map((site) => inTrouble(site, 'unreachable', 6)) });
    await waitFor(() => expect(screen.getAllByText('Offline').length).toBeGreaterThan(3));
    expect(document.querySelectorAll('.note')).toHaveLength(0);
    expect(screen.queryByTestId('toast')).toBeNull();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('is not told twice when what was asked for fails of it', async () => {
    const { press } = await opened(() => offline(5), { refuse: { copyToken: 'unreachable' } });
    await press('copy-token');
    expect((await screen.findByRole('alert')).textContent).toContain('Cannot reach');
    expect(document.querySelectorAll('.notes .note')).toHaveLength(1);
  });
});

describe('a wrong clock', () => {
  it.each([
    [23 * 3600 + 40, 'This computer’s clock is 23 h ahead'],
    [-8 * 60, 'This computer’s clock is 8 min behind'],
  ])('by %i seconds is told once, with the next step', async (clockAhead, words) => {
    const { host, open } = await openWindow(eight);
    host.change({ clockAhead });
    await waitFor(() => expect(document.body.textContent).toContain(words));
    expect(text('clock-note')).toBe(
      'Tallykey goes by the servers’ time. Set the clock in the system’s date and time settings.',
    );
    host.change({ clockAhead: clockAhead + 1 });
    expect(screen.getAllByTestId('clock-note')).toHaveLength(1);
    expect(screen.queryByTestId('clock-short')).toBeNull();
    expect(screen.queryByRole('alert')).toBeNull();
    await open('Kaizen Core');
    expect(screen.getAllByTestId('clock-note')).toHaveLength(1);
  });

  it('goes to the status bar once it was read, and comes back from there', async () => {
    const { host, press } = await openWindow(eight);
    host.change({ clockAhead: 7200 });
    await press('clock-read');
    expect(screen.queryByTestId('clock-note')).toBeNull();
    expect(text('clock-short')).toBe('Clock 2 h ahead');
    host.change({ clockAhead: 7300 });
    expect(screen.queryByTestId('clock-note')).toBeNull();
    await press('clock-short');
    expect(screen.getByTestId('clock-note')).toBeTruthy();
    await press('clock-read');
    host.change({ clockAhead: null });
    await waitFor(() => expect(screen.queryByTestId('clock-short')).toBeNull());
  });
});
