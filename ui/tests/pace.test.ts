import { screen, waitFor } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { eight, instant } from '../src/bridge/demo/sites';
import { inRound } from '../src/bridge/demo/states.numbers';
import type { LeftView } from '../src/bridge/types';
import { format } from '../src/i18n';
import { openWindow, text } from './window';

const at = (minutes: number) => format.time(instant(minutes));
// Noon, for texts that name a time.
beforeEach(() => {
  vi.setSystemTime(new Date(2026, 10, 22, 12, 0));
  document.dispatchEvent(new Event('visibilitychange'));
});

async function withLeft(...left: LeftView[]) {
  const window = await openWindow(eight);
  window.host.changeSite('board', { pace: { minutes: null, nextAt: null, left } });
  await window.open('制作進行ボード');
  return window;
}

describe('the status bar', () => {
  it('says when the next site is asked', async () => {
    const { host } = await openWindow(eight);
    host.change({ nextRoundAt: null });
    await waitFor(() => expect(screen.queryByTestId('next-refresh')).toBeNull());
    host.change({ nextRoundAt: instant(7) });
    await waitFor(() => expect(text('next-refresh')).toBe(`Next refresh ${at(7)}`));
    host.change({ nextRoundAt: instant(0.4) });
    await waitFor(() => expect(text('next-refresh')).toBe('Next refresh soon'));
  });

  it('pauses for an hour, and goes on', async () => {
    const { calls, host, press } = await openWindow(eight);
    host.change({ nextRoundAt: instant(7) });
    await press('pause');
    expect(calls.at(-1)).toBe('pauseRefresh(60)');
    await waitFor(() => expect(text('next-refresh')).toBe(`Paused until ${at(60)}`));
    await press('go-on');
    expect(calls.at(-1)).toBe('pauseRefresh(null)');
  });

  it('stops a round, by button and by Escape', async () => {
    const { calls, host, person, press } = await openWindow(eight.map(inRound));
    await press('stop-refresh');
    expect(calls.at(-1)).toBe('stopRefresh()');
    await waitFor(() => expect(screen.queryByTestId('stop-refresh')).toBeNull());
    host.changeSite('kaizen-core', { busy: 'counting' });
    await screen.findByTestId('stop-refresh');
    await person.keyboard('{Escape}');
    expect(calls.filter((call) => call === 'stopRefresh()')).toHaveLength(2);
  });

  it('leaves Escape alone when nothing runs', async () => {
    const { calls, person } = await openWindow(eight);
    await person.keyboard('{Escape}');
    expect(calls).toEqual(['overview()']);
  });
});

describe('a round', () => {
  it('tells how far each row has come, and which ones wait', async () => {
    const { row } = await openWindow(eight.map(inRound));
    expect(row('ACME Delivery').textContent).toMatch(/Refreshing\s+4 of 6 counts/);
    expect(row('Support Desk').textContent).toContain('Waiting');
    expect(screen.getByText('Refreshing 0 of 5')).toBeTruthy();
  });

  it('tells it in the site, too', async () => {
    const { open } = await openWindow(eight.map(inRound));
    await open('ACME Delivery');
    expect(screen.getByText('Refreshing · 4 of 6 counts')).toBeTruthy();
  });
});

describe('the pace of a site', () => {
  it('is as the settings say until it has one of its own', async () => {
    const { calls, open, person } = await openWindow(eight);
    await open('Kaizen Core');
    const select = screen.getByTestId<HTMLSelectElement>('pace-every');
    expect(select.selectedOptions[0]?.textContent?.trim()).toBe('As in Settings (5 min)');
    await person.selectOptions(select, '30');
    expect(calls.at(-1)).toBe('setPace(kaizen-core, 30)');
    await waitFor(() => expect(text('pace-next')).toBe(`Next refresh ${at(30)}`));
    await person.selectOptions(select, '0');
    await waitFor(() => expect(text('pace-next')).toBe('Refreshed only when you ask'));
    await person.selectOptions(select, '');
    expect(calls.at(-1)).toBe('setPace(kaizen-core, null)');
  });

  it('shows an interval that a file has and the list has not', async () => {
    const { host, open } = await openWindow(eight);
    host.changeSite('kaizen-core', { pace: { minutes: 45, nextAt: instant(45), left: [] } });
    await open('Kaizen Core');
    const select = screen.getByTestId<HTMLSelectElement>('pace-every');
    expect(select.selectedOptions[0]?.textContent).toBe('Every 45 min');
  });

  it('says what is left of a budget, with a sign when it is nearly gone', async () => {
    const month = { of: 100, until: instant(9 * 1440) };
    await withLeft({ calls: 62, ...month }, { calls: 58, of: 60, until: instant(0.5) });
    await waitFor(() => expect(text('calls-left')).toBe('62 of 100 calls left this month'));
    expect(screen.getByTestId('calls-left').querySelector('svg')).toBeNull();
    expect(screen.getAllByTestId('pace-left')).toHaveLength(2);
  });

  it('warns when it is nearly gone, and says until when it is', async () => {
    const month = { of: 100, until: instant(30) };
    const { host } = await withLeft({ calls: 4, ...month });
    await waitFor(() => expect(screen.getByTestId('calls-left').querySelector('svg')).toBeTruthy());
    const left = [{ calls: 0, ...month }];
    host.changeSite('board', { pace: { minutes: null, nextAt: null, left } });
    await waitFor(() => expect(text('calls-left')).toBe(`No calls left until ${at(30)}`));
  });
});
