import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { eight, three } from '../src/bridge/demo/sites';
import { moving, wished } from '../src/bridge/demo/states.numbers';
import type { CountsSetup, SiteView } from '../src/bridge/types';
import { isWarning, share, shownCounts, total } from '../src/state/numbers';
import { find, openWindow, text } from './window';

const [core, ...others] = eight as [SiteView, ...SiteView[]];
const own = wished(core);

async function opened(script = {}, first = own) {
  const window = await openWindow([first, ...others], script);
  await window.open('Kaizen Core');
  await window.press('counts');
  await waitFor(() => screen.queryByTestId('show-assigned_open') ?? screen.getByRole('alert'));
  const order = () =>
    [...document.querySelectorAll<HTMLElement>('[data-testid^=wish-]')].map((row) =>
      (row.dataset.testid ?? '').replace('wish-', ''),
    );
  const saved = (): CountsSetup => {
    const call = window.calls.find((one) => one.startsWith('setCounts(')) ?? '';
    return JSON.parse(call.slice(call.indexOf('{'), -1)) as CountsSetup;
  };
  return { ...window, order, saved };
}

describe('a count that is not wanted', () => {
  it('is gone from the row, the strip and the total', async () => {
    const { open, row } = await openWindow([own, ...others]);
    const cell = within(row('Kaizen Core')).getByTestId('count-due_today');
    expect(cell.textContent?.trim()).toBe('Not shown for this site');
    expect(text('total-due_today')).toBe('1');
    expect(text('about-due_today')).toContain('6/7 sites');
    await open('Kaizen Core');
    expect(screen.queryByTestId('count-due_today')).toBeNull();
  });

  it('counts nowhere', () => {
    expect(shownCounts(own).map(({ id }) => id)).not.toContain('due_today');
    expect(total([own], 'due_today')).toBeNull();
    expect(share([own, ...others], 'due_today')).toEqual({ has: 6, of: 7 });
  });
});

describe('a warning level', () => {
  it('is reached at the level itself, and never by an unknown or hidden number', () => {
    const [count] = own.counts;
    if (!count) throw new Error('there are counts');
    const at = (value: number | null, hidden = false) =>
      isWarning({ ...count, value, wish: { ...count.wish, warn: 10, hidden } });
    expect([at(9), at(10), at(11), at(null), at(11, true)]).toEqual([
      false,
      true,
      true,
      false,
      false,
    ]);
  });

  it('is told by a sign and words in the row and in the strip', async () => {
    const { open, row } = await openWindow([own, ...others]);
    const cell = within(row('Kaizen Core')).getByTestId('count-assigned_open');
    expect(within(cell).getByTestId('warned').querySelector('svg')).toBeTruthy();
    expect(cell.textContent).toContain('10 or more');
    await open('Kaizen Core');
    const strip = screen.getByTestId('count-assigned_open');
    expect(strip.textContent).toContain('10 or more');
    expect(strip.getAttribute('aria-label')).toContain('Assigned to me: 14. 10 or more.');
    expect(strip.title).toBe('Assigned to me: 14, at or over your warning level of 10');
  });
});

describe('what moved', () => {
  it('since yesterday and since the last visit stands below the number', async () => {
    const { open } = await openWindow([moving(core), ...others]);
    await open('Kaizen Core');
    expect(text('count-assigned_open')).toContain('+3 today');
    expect(text('count-assigned_open')).toContain('+1 since visit');
    expect(text('count-open')).toContain('−6 today');
    expect(screen.getByTestId('count-open').title).toMatch(/^−6 since /);
    expect(text('count-watched_open')).not.toContain('today');
  });
});

describe('the counts of a site', () => {
  it('are reordered with buttons and with Alt and the arrows, and the move is told', async () => {
    const { order, person, press } = await opened();
    await press('down-assigned_open');
    expect(order().slice(0, 2)).toEqual(['overdue', 'assigned_open']);
    screen.getByTestId('show-assigned_open').focus();
    await person.keyboard('{Alt>}{ArrowDown}{/Alt}');
    expect(order().slice(0, 3)).toEqual(['overdue', 'due_today', 'assigned_open']);
    expect(document.activeElement).toBe(screen.getByTestId('show-assigned_open'));
    expect(screen.getByText('Assigned to me is now 3 of 9')).toBeTruthy();
    await person.keyboard('{Alt>}{ArrowUp}{ArrowUp}{ArrowUp}{/Alt}');
    expect(order()[0]).toBe('assigned_open');
  });

  it('keep the keyboard on a row whose button came to its end', async () => {
    const { press } = await opened();
    await press('up-overdue');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('down-overdue')));
  });

  it('are saved as a whole', async () => {
    const { person, press, saved } = await opened();
    await press('show-watched_open');
    await person.clear(screen.getByTestId('warn-overdue'));
    await person.type(screen.getByTestId('warn-open'), '200');
    await press('notify-open');
    await press('up-overdue');
    await press('remove-own_a1');
    await press('counts-save');
    const { wishes, own: made } = saved();
    expect(wishes[0]).toEqual({ id: 'overdue', hidden: false, warn: null, notify: false });
    expect(wishes.find(({ id }) => id === 'watched_open')?.hidden).toBe(true);
    expect(wishes.find(({ id }) => id === 'open')).toMatchObject({ warn: 200, notify: true });
    expect(made.map(({ id }) => id)).toEqual(['own_b2']);
    await waitFor(() => expect(screen.queryByTestId('dialog-counts')).toBeNull());
  });

  it('are left as they were by Cancel', async () => {
    const { calls, press } = await opened();
    await press('show-open');
    await press('dialog-cancel');
    expect(calls.some((call) => call.startsWith('setCounts'))).toBe(false);
  });

  it.each(['many', '0', '-1', '2.5'])('take no warning level of "%s"', async (level) => {
    const { person } = await opened();
    await person.type(screen.getByTestId('warn-open'), level);
    expect(screen.getByRole('alert').textContent).toContain('whole number');
    expect(screen.getByTestId<HTMLButtonElement>('counts-save').disabled).toBe(true);
  });

  it('cannot all be hidden', async () => {
    const { press } = await opened({}, { ...core, counts: core.counts.slice(0, 1) });
    await press('show-assigned_open');
    expect(screen.getByRole('alert').textContent).toBe('Show at least one count.');
    expect(screen.getByTestId<HTMLButtonElement>('counts-save').disabled).toBe(true);
  });

  it('stay in the dialog when they could not be kept', async () => {
    const { press } = await opened({ refuse: { setCounts: 'file_unwritable' } });
    await press('show-open');
    await press('counts-save');
    expect((await screen.findByRole('alert')).textContent).toContain('cannot be written');
    expect(screen.getByTestId<HTMLInputElement>('show-open').checked).toBe(false);
  });

  it('say why they cannot be read, and try again', async () => {
    const { host, press } = await opened({ refuse: { countsSetup: 'file_unreadable' } });
    expect(await screen.findByRole('alert')).toBeTruthy();
    host.script.refuse = {};
    await press('try-again');
    expect(await screen.findByTestId('show-overdue')).toBeTruthy();
  });

  it('lead back to the list where the site is gone', async () => {
    const { host, press } = await opened({ refuse: { countsSetup: 'no_such_site' } });
    expect((await screen.findByRole('alert')).textContent).toContain('no longer there');
    expect(screen.queryByTestId('try-again')).toBeNull();
    host.change({ sites: host.script.overview.sites.filter(({ id }) => id !== 'kaizen-core') });
    await press('to-list');
    expect(screen.queryByTestId('dialog-counts')).toBeNull();
    await waitFor(() => expect(screen.getAllByTestId('site-row').length).toBeGreaterThan(1));
  });
});

describe("a count of one's own", () => {
  it('is of a saved query, is tried and added under its name', async () => {
    const { calls, order, person, press, saved } = await opened();
    await press('add-count');
    await screen.findByTestId('own-query');
    expect(screen.getByTestId<HTMLButtonElement>('own-try').disabled).toBe(true);
    await person.selectOptions(screen.getByTestId('own-query'), '23');
    await press('own-try');
    expect(calls.at(-1)).toBe('tryCount(kaizen-core, 23)');
    await waitFor(() => expect(text('own-result')).toBe('23 now'));
    await press('own-add');
    expect(order()).toHaveLength(10);
    await press('counts-save');
    expect(saved().own.at(-1)).toMatchObject({
      label: 'Waiting for the customer',
      filter: null,
      saved: { value: '23', text: 'Waiting for the customer' },
    });
    expect(saved().own.at(-1)?.id).toMatch(/^own_[0-9a-f]{12}$/);
  });

  it('is of a filter, which Enter tries; Escape leaves only the form', async () => {
    const { calls, person, press } = await opened();
    await press('add-count');
    await person.click(screen.getByRole('radio', { name: 'Filter' }));
    await person.type(screen.getByTestId('own-filter'), 'priority_id=5{Enter}');
    expect(calls.at(-1)).toBe('tryCount(kaizen-core, priority_id=5)');
    expect(screen.getByTestId<HTMLButtonElement>('own-add').disabled).toBe(true);
    await person.type(screen.getByTestId('own-name'), 'Urgent');
    expect(screen.getByTestId<HTMLButtonElement>('own-add').disabled).toBe(false);
    await person.keyboard('{Escape}');
    expect(screen.queryByTestId('own-count')).toBeNull();
    expect(screen.getByTestId('dialog-counts')).toBeTruthy();
  });

  it('says why it cannot be counted, and forgets a result when it is changed', async () => {
    const { host, person, press } = await opened({ refuse: { tryCount: 'forbidden' } });
    await press('add-count');
    await screen.findByTestId('own-query');
    await person.selectOptions(screen.getByTestId('own-query'), '12');
    await press('own-try');
    await waitFor(() => expect(text('own-result')).not.toBe(''));
    expect(text('own-result')).toContain('permission');
    host.script.refuse = {};
    await press('own-try');
    await waitFor(() => expect(text('own-result')).toBe('23 now'));
    await person.selectOptions(screen.getByTestId('own-query'), '17');
    expect(text('own-result')).toBe('');
  });

  it('needs a name of its own', async () => {
    const { person, press } = await opened();
    await press('add-count');
    await person.selectOptions(await screen.findByTestId('own-query'), '12');
    expect(find('[data-testid=own-count]').textContent).toContain('Another count has this name.');
    expect(screen.getByTestId<HTMLButtonElement>('own-add').disabled).toBe(true);
  });

  it('says so when there are no saved queries', async () => {
    const { press } = await opened({ queries: [] });
    await press('add-count');
    await waitFor(() => expect(text('own-count')).toContain('No saved queries.'));
  });

  it('is offered only where the product can count it', async () => {
    const { open, press } = await openWindow(eight);
    await open('制作進行ボード');
    await press('counts');
    expect(await screen.findByTestId('show-overdue')).toBeTruthy();
    expect(screen.queryByTestId('add-count')).toBeNull();
  });

  it('stands in the strip with the others', async () => {
    const { open } = await openWindow([own, ...three.slice(1)]);
    await open('Kaizen Core');
    expect(text('count-own_a1')).toContain('Sprint 42');
    expect(text('count-own_b2')).toContain('20 or more');
  });
});
