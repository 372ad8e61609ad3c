import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import { copied, ended, givenAway } from '../src/bridge/demo/ledger';
import type { Script } from '../src/bridge/demo/script';
import { eight, instant, neverConnected, site, unknownProduct } from '../src/bridge/demo/sites';
import { speak } from '../src/i18n';
import type { SiteView } from '../src/bridge/types';
import { openWindow, text } from './window';
import { asShipped } from '../src/state/settings';

async function opened(change: (site: SiteView) => SiteView, script: Partial<Script> = {}) {
  const sites = eight.map((one, n) => (n === 0 ? change(one) : one));
  const window = await openWindow(sites, script);
  await window.open('Kaizen Core');
  return window;
}

const time = (minutes: number) =>
  new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }).format(
    new Date(instant(minutes)),
  );
const noon = () => vi.setSystemTime(new Date(2026, 10, 22, 12, 0));
/** It is noon, for texts that name a time. */
async function atNoon(change: (site: SiteView) => SiteView, script: Partial<Script> = {}) {
  noon();
  document.dispatchEvent(new Event('visibilitychange'));
  const fresh = site('Kaizen Core', 'redmine.example.jp', 'redmine', [14, 3, 2, 9, 21, 212, 17]);
  return opened(() => change(fresh), script);
}

describe('the copied tokens of a site', () => {
  it('say when they were copied, which they are and until when they work', async () => {
    await atNoon((site) => givenAway(site));
    expect(text('given-4f2a')).toContain(`Copied ${time(-3)}ends …4f2avalid until ${time(102)}`);
  });

  it('are one entry when copied often', async () => {
    const { calls, press } = await atNoon((site) => givenAway(site, 3, 2));
    await press('copy-token');
    expect(calls).toContain('copyToken(kaizen-core, raw)');
    await waitFor(() => expect(text('given-4f2a')).toContain(`Copied 3 times, last ${time(0)}`));
  });

  it('are not there before anything was copied', async () => {
    const { press } = await opened((site) => site);
    expect(screen.queryByTestId('given')).toBeNull();
    await press('copy-token');
    expect(await screen.findByTestId('given-4f2a')).toBeTruthy();
  });

  it('lie behind a fold once they are over, with the reason', async () => {
    await atNoon((site) => ({
      ...site,
      given: [ended('c2e8', 110, 61), copied('77f0', 200, -80)],
    }));
    const past = screen.getByTestId<HTMLDetailsElement>('given-past');
    expect(past.open).toBe(false);
    expect(past.textContent).toContain('2 ended earlier');
    expect(text('given-c2e8')).toContain(`replaced or revoked ${time(-61)}`);
    expect(text('given-77f0')).toContain(`ran out ${time(-80)}`);
    expect(screen.queryByTestId('end-given')).toBeNull();
  });

  it('move there when their time is over, without a word from the program', async () => {
    await opened((site) => givenAway(site));
    expect(screen.getByTestId('end-given')).toBeTruthy();
    vi.setSystemTime(Date.now() + 103 * 60_000);
    document.dispatchEvent(new Event('visibilitychange'));
    await waitFor(() => expect(text('given-past')).toContain('1 ended earlier'));
  });

  it('can be ended only where Tallykey still holds them', async () => {
    await opened((site) => ({ ...site, given: [copied('9c1b', 42, 31)] }));
    expect(text('given-9c1b')).toContain('Tallykey cannot end this one early.');
    expect(screen.queryByTestId('end-given')).toBeNull();
  });

  it('are told of a site that is not connected any more', async () => {
    await opened((site) => ({ ...neverConnected(site), given: [copied('4f2a', 12, 64)] }));
    expect(text('given')).toContain('ends …4f2a');
  });
});

describe('copying', () => {
  it('says which token was copied, and that it is the same as before', async () => {
    const { press } = await atNoon((site) => site);
    await press('copy-token');
    expect(text('toast')).toContain(`Token …4f2a works until ${time(102)}`);
    await press('copy-token');
    await waitFor(() =>
      expect(text('toast')).toContain(`The same token …4f2a, until ${time(102)}`),
    );
  });
});

describe('ending a copied token', () => {
  it('says first what ends, what comes at once and what stops', async () => {
    const { calls, press } = await opened((site) => givenAway(site));
    await press('end-given');
    const dialog = text('dialog-end-given');
    for (const words of [
      'End the copied token …4f2a?',
      'Tallykey gets a new token from redmine.example.jp at once.',
      'Scripts and programs that use …4f2a stop working until they get the new one.',
      'The connection and its counts stay.',
    ]) {
      expect(dialog).toContain(words);
    }
    expect(document.activeElement).toBe(screen.getByTestId('dialog-cancel'));
    await press('dialog-cancel');
    expect(calls.some((call) => call.startsWith('endGiven'))).toBe(false);
  });

  it('says that the server refuses it, once it was seen to', async () => {
    const { calls, press } = await opened((site) => givenAway(site));
    await press('end-given');
    await press('end-given-confirm');
    await screen.findByTestId('dialog-given-ended');
    const dialog = text('dialog-given-ended');
    expect(calls).toContain('endGiven(kaizen-core, 4f2a)');
    expect(dialog).toContain('…4f2a is refused now');
    expect(dialog).toContain('Tallykey has a new token, which ends …b7d1');
    await press('dialog-done');
    expect(text('given-past')).toContain('1 ended earlier');
    expect(text('token-tail')).toContain('b7d1');
  });

  it('does not call it ended where the site may let it live', async () => {
    const { press } = await atNoon((site) => givenAway(site), { givenEnd: 'unseen' });
    await press('end-given');
    await press('end-given-confirm');
    await screen.findByTestId('dialog-given-ended');
    const dialog = text('dialog-given-ended');
    expect(dialog).toContain('…4f2a was replaced');
    expect(dialog).toContain(`The site may let it live until ${time(102)}.`);
    expect(dialog).not.toContain('refused');
  });

  it('says so where the site was seen to take it still', async () => {
    const { press } = await atNoon((site) => givenAway(site), { givenEnd: 'accepted' });
    await press('end-given');
    await press('end-given-confirm');
    await screen.findByTestId('dialog-given-ended');
    const dialog = text('dialog-given-ended');
    expect(dialog).toContain(`redmine.example.jp still takes it, until ${time(102)}.`);
    expect(dialog).toContain('To end it for sure, revoke the connection.');
  });

  it('explains when it did not go through, and asks on', async () => {
    const { press } = await opened((site) => givenAway(site), {
      refuse: { endGiven: 'unreachable' },
    });
    await press('end-given');
    await press('end-given-confirm');
    expect((await screen.findByRole('alert')).textContent).toContain('No answer from');
    expect(screen.getByTestId('end-given-confirm')).toBeTruthy();
  });

  it('says what it waits for', async () => {
    const { press } = await opened((site) => givenAway(site), { silent: ['endGiven'] });
    await press('end-given');
    await press('end-given-confirm');
    expect(text('dialog-end-given')).toContain('Asking redmine.example.jp for a new token');
  });
});

describe('a dialog that ends copied tokens', () => {
  const two = (site: SiteView): SiteView => {
    const now = givenAway(site);
    return { ...now, given: [...now.given, copied('9c1b', 42, 31), ended('c2e8', 110, 61)] };
  };

  it.each([
    ['revoke', 'revoke'],
    ['remove', 'remove'],
  ])('names those that still live: %s', async (button, name) => {
    const { press } = await opened(two);
    await press(button);
    expect(text(`dialog-${name}`)).toContain('2 copied tokens stop working: …4f2a and …9c1b.');
    expect(text(`dialog-${name}`)).not.toContain('c2e8');
  });

  it('names them before another secret is entered', async () => {
    const { press } = await opened(two);
    await press('site-more');
    await press('replace-secret');
    expect(text('given-note')).toContain('2 copied tokens stop working');
  });

  it('says of one that it is one', async () => {
    const { press } = await opened((site) => givenAway(site));
    await press('revoke');
    expect(text('given-note')).toBe('A copied token stops working: …4f2a.');
  });

  it('says nothing where nothing was copied', async () => {
    const { press } = await opened((site) => site);
    await press('revoke');
    expect(screen.queryByTestId('given-note')).toBeNull();
  });

  it('does not promise an end that only the server could bring', async () => {
    const { host, press } = await atNoon((site) => givenAway(site));
    host.changeSite('kaizen-core', { state: 'revokePending', token: null });
    await press('forget');
    expect(text('given-note')).toBe(
      `A copied token works until ${time(102)} at the latest: …4f2a.`,
    );
  });

  it('does not promise it either where the product ends nothing, or is unknown', async () => {
    const { host, press } = await opened((site) => unknownProduct(givenAway(site)));
    await press('remove');
    expect(text('given-note')).toContain('A copied token works until');
    await press('dialog-cancel');
    host.changeSite('kaizen-core', { problem: null, provider: 'jooto' });
    await press('revoke');
    expect(text('given-note')).toContain('A copied token works until');
  });

  it('tells what an access token’s revocation leaves alone', async () => {
    const { press } = await opened((site) => ({ ...two(site), provider: 'workfront' }));
    await press('revoke');
    expect(text('given-note')).toContain('A copied token stops working: …4f2a.');
    expect(text('given-note')).toContain('at the latest: …9c1b.');
  });

  it('counts in Japanese as well', async () => {
    const { host, press } = await opened(two);
    host.change({ settings: { ...asShipped, language: 'ja' } });
    await press('revoke');
    expect(text('given-note')).toContain('コピー済みのトークン2件が使えなくなります');
    speak('en');
  });
});
