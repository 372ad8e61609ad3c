import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { trendOf } from '../src/bridge/demo/past';
import { eight, neverConnected, three } from '../src/bridge/demo/sites';
import type { SiteView } from '../src/bridge/types';
import { format, speak } from '../src/i18n';
import { totalChange } from '../src/state/numbers';
import {
  firstOf,
  isLine,
  pieces,
  sentence,
  sum,
  top,
  weekChange,
  type Point,
} from '../src/state/trend';
import { openWindow, text } from './window';

const now = new Date(2026, 10, 22, 14, 3).getTime();
const on = (day: number, value: number, month = 10): Point => ({
  at: new Date(2026, month, day, 17).getTime(),
  value,
});
const line = (points: Point[]) => ({ id: 'assigned_open', label: 'Assigned to me', points });

describe('a trend', () => {
  it('is a line as soon as there are two days', () => {
    expect(isLine([])).toBe(false);
    expect(isLine([on(22, 3), { at: now, value: 4 }])).toBe(false);
    expect(isLine([on(21, 3), on(22, 4)])).toBe(true);
  });

  it('is broken where a whole day is missing, and nowhere else', () => {
    const points = [on(18, 1), on(19, 2), on(21, 3), on(22, 4)];
    expect(pieces(points).map((piece) => piece.length)).toEqual([2, 2]);
  });

  it('begins thirty days before tomorrow', () => {
    expect(new Date(firstOf(30, now)).toDateString()).toBe('Sat Oct 24 2026');
  });

  it('is told in one sentence, with the days nobody counted on', () => {
    const points = [on(20, 9), on(22, 14)];
    expect(sentence(line(points), now)).toBe(
      'Assigned to me: 9 on Nov 20, 14 today. Not counted on 1 day.',
    );
    expect(sentence(line([on(19, 9), on(20, 11)]), now)).toBe(
      'Assigned to me: 9 on Nov 19, 11 on Nov 20.',
    );
    expect(sentence(line([on(22, 9)]), now)).toBe('Assigned to me: Trend starts tomorrow');
    speak('ja');
    expect(sentence(line([on(21, 9), on(22, 14)]), now)).toContain('今日は14件');
  });

  it('takes a scale with a whole number in its middle', () => {
    expect([1, 2, 3, 7, 14, 21, 35, 41, 212].map(top)).toEqual([2, 2, 4, 8, 20, 30, 40, 50, 300]);
  });

  it('of all sites holds what a site stood at last', () => {
    const sums = sum([
      [on(19, 5), on(22, 6)],
      [on(19, 1), on(20, 2), on(21, 3)],
    ]);
    expect(sums.map(({ value }) => value)).toEqual([6, 7, 8, 9]);
  });

  it('of all sites begins when all of them are known: a new one is no rise', () => {
    const sums = sum([[on(19, 5), on(20, 5), on(21, 5)], [on(21, 8), on(22, 9)], []]);
    expect(sums.map(({ value }) => value)).toEqual([13, 14]);
  });
});

describe('the change in seven days', () => {
  it('is from a week ago to now', () => {
    expect(weekChange([on(14, 9), on(15, 11), on(20, 12), on(22, 14)], now)).toBe(3);
    expect(format.signed(3)).toBe('+3');
    expect(format.signed(-6)).toBe('−6');
  });

  it('is not known without a number of a week ago, or without a present one', () => {
    expect(weekChange([on(16, 9), on(22, 14)], now)).toBeNull();
    expect(weekChange([on(10, 9), on(22, 14)], now)).toBeNull();
    expect(weekChange([on(12, 9), on(20, 14)], now)).toBeNull();
    expect(weekChange([], now)).toBeNull();
  });

  it('of a total is known only when it is known of every site in it', () => {
    const known = three.map((site) => ({ ...site, trend: trendOf('assigned_open', 9, 1) }));
    expect(totalChange(known, 'assigned_open', Date.now())).not.toBeNull();
    const [first, ...others] = known as [SiteView, ...SiteView[]];
    const some = [{ ...first, trend: null }, ...others];
    expect(totalChange(some, 'assigned_open', Date.now())).toBeNull();
    expect(totalChange(known, 'overdue', Date.now())).toBeNull();
  });
});

describe('the list', () => {
  const said = (row: HTMLElement) =>
    within(row).getByTestId('trend').getAttribute('aria-label') ?? row.textContent;

  it('shows thirty days of each site as a picture with a sentence', async () => {
    const { row } = await openWindow(eight);
    expect(within(row('Kaizen Core')).getByRole('img').tagName.toLowerCase()).toBe('svg');
    expect(said(row('Kaizen Core'))).toMatch(/^Assigned to me: \d+ on \w+ \d+, 14 today\.$/);
  });

  it('says that the trend starts tomorrow while there is one day', async () => {
    const day = { ...three[0], trend: trendOf('assigned_open', 14, 1, { length: 1 }) } as SiteView;
    const { row } = await openWindow([day]);
    expect(row('Kaizen Core').textContent).toContain('Trend starts tomorrow');
  });

  it('draws what nobody counted as dots', async () => {
    const gap = trendOf('assigned_open', 14, 1, { gap: [11, 14] });
    const { row } = await openWindow([{ ...three[0], trend: gap } as SiteView]);
    expect(within(row('Kaizen Core')).getByTestId('trend').querySelector('.gap')).toBeTruthy();
    expect(said(row('Kaizen Core'))).toContain('Not counted on 3 days.');
  });

  it('ends the line of an old count with a hollow dot', async () => {
    const { row } = await openWindow(three);
    const dot = (name: string) => row(name).querySelector('[data-testid=trend] circle');
    expect(dot('Campaign Ops')?.getAttribute('class')).toContain('old');
    expect(dot('Kaizen Core')?.getAttribute('class')).not.toContain('old');
  });

  it('tells below a total how it moved, or of how many sites it is', async () => {
    await openWindow(eight);
    expect(text('about-assigned_open')).toMatch(/^[+−]\d+ in 7 d/);
    expect(text('about-created_open')).toContain('6/7 sites');
    expect(screen.getByTestId('about-created_open').title).toBe('The total of 6 of 7 sites');
  });

  it('draws all sites together below a few, and not below many', async () => {
    await openWindow(three);
    const all = await screen.findByTestId('all-trend');
    expect(within(all).getByRole('img').getAttribute('aria-label')).toMatch(
      /Assigned to me: \d+ on .*, 29 today\. .*Overdue: \d+ on/,
    );
  });

  it('has no chart without a history', async () => {
    const { host } = await openWindow(three.map(neverConnected));
    await waitFor(() => expect(host.script.reads.length).toBe(3));
    expect(screen.queryByTestId('all-trend')).toBeNull();
  });
});

describe('the trend of a site', () => {
  async function opened(script = {}, sites = eight) {
    const window = await openWindow(sites, script);
    await window.open('Kaizen Core');
    return window;
  }

  it('reads out day by day with the arrow keys', async () => {
    const { person } = await opened();
    const reader = await screen.findByTestId('chart-reader');
    reader.focus();
    await person.keyboard('{ArrowLeft}');
    expect(reader.getAttribute('aria-valuetext')).toBe('Today: Assigned to me 14 and Overdue 3');
    await person.keyboard('{ArrowLeft}');
    expect(reader.getAttribute('aria-valuetext')).toMatch(/^\w+ \d+: Assigned to me \d+ and/);
    expect(reader.getAttribute('aria-valuenow')).toBe('28');
    expect(text('readout')).toContain('Assigned to me');
    await person.keyboard('{Home}');
    expect(reader.getAttribute('aria-valuenow')).toBe('0');
    await person.keyboard('{Escape}');
    expect(screen.queryByTestId('readout')).toBeNull();
    expect(screen.getByTestId('site-detail')).toBeTruthy();
  });

  it('has a table behind it, newest day first, that Enter opens', async () => {
    const { person, press } = await opened();
    (await screen.findByTestId('chart-reader')).focus();
    await person.keyboard('{Enter}');
    const rows = within(await screen.findByTestId('trend-table')).getAllByRole('row');
    expect(rows).toHaveLength(31);
    expect(rows[1]?.textContent).toMatch(/^\s*Today\s*14\s*3/);
    await press('trend-table-turn');
    expect(await screen.findByTestId('chart-reader')).toBeTruthy();
  });

  it('goes back 90 and 365 days', async () => {
    const { host, person } = await opened();
    await screen.findByTestId('chart-reader');
    await person.click(screen.getByRole('radio', { name: '365 days' }));
    expect(host.script.reads).toContain('history(kaizen-core, year)');
    expect(await screen.findByRole('heading', { name: 'Last 365 days' })).toBeTruthy();
  });

  it('is asked for anew when there are new counts', async () => {
    const { host } = await opened();
    await screen.findByTestId('chart-reader');
    host.script.reads = [];
    host.changeSite('kaizen-core', { countedAt: new Date().toISOString() });
    await waitFor(() => expect(host.script.reads).toContain('history(kaizen-core, month)'));
  });

  it('is written to a file, whose path is told', async () => {
    const { calls, press } = await opened();
    await press('export-history');
    expect(calls).toContain('exportHistory(kaizen-core)');
    await waitFor(() =>
      expect(text('toast')).toBe('History written to /home/yui/Downloads/tallykey-kaizen-core.csv'),
    );
  });

  it('says what will be here while there is none', async () => {
    await opened({ history: { series: [] } });
    const part = await screen.findByTestId('site-trend');
    await waitFor(() => expect(part.textContent).toContain('Two days make a line.'));
    expect(screen.queryByTestId('export-history')).toBeNull();
  });

  it('says why it cannot be shown, and tries again', async () => {
    const { host, press } = await opened({ refuse: { history: 'file_unreadable' } });
    await waitFor(() => expect(text('site-trend')).toContain('cannot be read'));
    host.script.refuse = {};
    await press('history-again');
    expect(await screen.findByTestId('chart-reader')).toBeTruthy();
  });

  it('asks for nothing where a damaged history was begun anew', async () => {
    await opened({ refuse: { history: 'history_damaged' } });
    await waitFor(() => expect(text('site-trend')).toContain('Nothing needs to be done.'));
    expect(screen.queryByTestId('history-again')).toBeNull();
  });

  it('tells of a history that was set aside, until it was read', async () => {
    const { host, press } = await openWindow(three);
    const trouble = { code: 'history_damaged' as const, site: null, host: null, detail: null };
    host.change({ historyTrouble: trouble });
    expect((await screen.findByTestId('history-note')).textContent).toContain('set aside');
    await press('history-read');
    expect(screen.queryByTestId('history-note')).toBeNull();
    host.change({ historyTrouble: null });
    host.change({ historyTrouble: trouble });
    expect(await screen.findByTestId('history-note')).toBeTruthy();
  });
});

describe('the activity of a site', () => {
  it('is newest first, with relative times, and an outage in one line', async () => {
    const { open, press } = await openWindow(eight);
    await open('Kaizen Core');
    await waitFor(() => expect(text('activity')).toContain('Token copied as curl'));
    expect(text('activity')).toMatch(/14 min ago Token copied as curl/);
    await press('activity-more');
    expect(text('activity')).toContain('Offline for 41 min');
    expect(text('activity')).not.toContain('No answer');
    expect(text('activity')).toContain('Connected as tanaka.y');
  });

  it('says how far a connection was ended', async () => {
    const at = '2026-11-22T09:00:00Z';
    const revoked = (word: string | null) => ({ at, what: 'revoked' as const, word, code: null });
    const words = ['stillAccepted', 'accessOnly', 'alreadyGone', 'confirmed', null];
    const { open } = await openWindow(eight, { activity: words.map(revoked) });
    await open('Kaizen Core');
    await waitFor(() => expect(text('activity')).toContain('still accepts the token'));
    expect(text('activity')).toContain('Access token ended');
    expect(text('activity')).toContain('The connection had already ended');
    expect(text('activity')).toContain('Connection revoked');
  });

  it('says what will be here while there is none', async () => {
    const { open } = await openWindow(eight, { activity: [] });
    await open('Kaizen Core');
    await waitFor(() => expect(text('activity')).toContain('appears here'));
  });

  it('says why it cannot be shown', async () => {
    const { open } = await openWindow(eight, { refuse: { activity: 'file_unreadable' } });
    await open('Kaizen Core');
    await waitFor(() => expect(text('activity')).toContain('cannot be read'));
  });
});
