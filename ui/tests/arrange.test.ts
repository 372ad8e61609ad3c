import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import { eight, sixty, three } from '../src/bridge/demo/sites';
import { find, openWindow } from './window';

const names = () =>
  [...document.querySelectorAll<HTMLElement>('[data-testid=site-row]')].map(
    (row) => row.dataset.siteName,
  );
const own = three.map(({ name }) => name);
const [first, second, third] = own as [string, string, string];
const said = () => document.querySelector('.visually-hidden[role=status]')?.textContent;

/** Each row as it would be laid out: one under the other, 100 pixels high. */
function layOut() {
  vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockImplementation(function (
    this: HTMLElement,
  ) {
    const rows = [...document.querySelectorAll('[data-testid=site-row]')];
    const at = rows.indexOf(this);
    return at < 0 ? new DOMRect(0, 0, 800, 1000) : new DOMRect(0, 200 + at * 100, 800, 100);
  });
}

/** A pointer on a row; jsdom knows none, so a mouse event carries what matters. */
function pointer(type: string, on: Element, y: number, more: object = {}) {
  const event = new MouseEvent(type, {
    bubbles: true,
    cancelable: true,
    clientY: y,
    button: 0,
    buttons: 1,
    ...more,
  });
  Object.assign(event, { pointerId: 1, isPrimary: true, pointerType: 'mouse', ...more });
  return fireEvent(on, event);
}

async function drag(row: HTMLElement, from: number, to: number, more: object = {}) {
  await pointer('pointerdown', row, from, more);
  await pointer('pointermove', document.body, to, more);
}

describe('the order of the list', () => {
  it('is changed with Alt and the arrows; the keyboard stays on the site', async () => {
    const { calls, host, person, row } = await openWindow(three);
    row(first).focus();
    await person.keyboard('{Alt>}{ArrowDown}{/Alt}');
    expect(names()).toEqual([second, first, third]);
    expect(document.activeElement).toBe(row(first));
    await waitFor(() => expect(said()).toBe(`${first} is now 2 of 3`));

    await person.keyboard('{Alt>}{ArrowDown}{ArrowDown}{/Alt}');
    expect(names()).toEqual([second, third, first]);
    await waitFor(() => expect(host.script.overview.sites.at(-1)?.name).toBe(first));
    expect(calls.filter((call) => call.startsWith('arrangeSites'))).toHaveLength(2);

    await person.keyboard('{ArrowUp}');
    expect(document.activeElement).toBe(row(third));
  });

  it('is put back with the reason where it cannot be kept', async () => {
    const { person, row } = await openWindow(three, {
      refuse: { arrangeSites: 'file_unwritable' },
    });
    row(third).focus();
    await person.keyboard('{Alt>}{ArrowUp}{/Alt}');
    expect(await screen.findByRole('alert')).toBeTruthy();
    expect(names()).toEqual(own);
  });

  it('keeps the last of several moves while the first is being written', async () => {
    const { calls, host, person, row } = await openWindow(three);
    let write = () => {};
    const arrange = host.arrangeSites.bind(host);
    host.arrangeSites = async (sites) => {
      await new Promise<void>((done) => (write = done));
      return arrange(sites);
    };
    row(first).focus();
    await person.keyboard('{Alt>}{ArrowDown}{ArrowDown}{ArrowUp}{ArrowDown}{/Alt}');
    // What else changes meanwhile does not bring the old order back.
    host.change({ clockAhead: null });
    expect(names()).toEqual([second, third, first]);
    write();
    await waitFor(() => expect(calls.some((call) => call.startsWith('arrangeSites'))).toBe(true));
    write();
    const last = three.map(({ id }) => id);
    await waitFor(() =>
      expect(calls.filter((call) => call.startsWith('arrangeSites')).at(-1)).toBe(
        `arrangeSites(${[last[1], last[2], last[0]].join(', ')})`,
      ),
    );
    expect(names()).toEqual([second, third, first]);
  });

  it('is changed in the menu of a row, which ends at the ends', async () => {
    const { person, row } = await openWindow(three);
    row(first).focus();
    await person.keyboard('{Shift>}{F10}{/Shift}');
    const up = await screen.findByTestId('move-up');
    expect(up.getAttribute('aria-disabled')).toBe('true');
    await person.click(up);
    expect(names()).toEqual(own);
    await person.click(screen.getByTestId('move-down'));
    expect(names()).toEqual([second, first, third]);
  });

  it('is changed beside an open site too', async () => {
    const { person } = await openWindow(three);
    vi.stubGlobal('innerWidth', 1100);
    await person.click(find(`[data-site-name="${first}"]`));
    const side = (name: string) => find(`[data-testid=side-row][data-site-name="${name}"]`);
    side(first).focus();
    await person.keyboard('{Alt>}{ArrowDown}{/Alt}');
    const order = [...document.querySelectorAll<HTMLElement>('[data-testid=side-row]')];
    expect(order.map((one) => one.dataset.siteName)).toEqual([second, first, third]);
    expect(document.activeElement).toBe(side(first));
  });

  it.each([
    ['a column sorts it', 'sort'],
    ['it is filtered', 'filter'],
  ])('cannot be changed while %s', async (_, how) => {
    const { calls, person, row } = await openWindow(three);
    layOut();
    if (how === 'sort') await person.click(screen.getByTestId('total-open'));
    else await person.keyboard('/e{Tab}');
    const before = names();
    const [top] = before as [string];
    row(top).focus();
    await person.keyboard('{Alt>}{ArrowDown}{/Alt}');
    await drag(row(top), 250, 480);
    expect(document.querySelector('.dragging')).toBeNull();
    await pointer('pointerup', document.body, 480);
    expect(names()).toEqual(before);
    await person.keyboard('{Shift>}{F10}{/Shift}');
    expect((await screen.findByTestId('move-down')).getAttribute('aria-disabled')).toBe('true');
    expect(calls.filter((call) => call.startsWith('arrangeSites'))).toEqual([]);
  });

  it('is of the window as it was: another size ends the menu', async () => {
    const { person } = await openWindow(three);
    const row = find('[data-testid=site-row]');
    row.focus();
    await person.keyboard('{Shift>}{F10}{/Shift}');
    await screen.findByTestId('move-down');
    await fireEvent(window, new Event('resize'));
    await waitFor(() => expect(screen.queryByTestId('move-down')).toBeNull());
  });

  it('of a long list is by what is overdue, and offers no moves', async () => {
    const { calls, person } = await openWindow(sixty);
    find('[data-testid=site-row]').focus();
    await person.keyboard('{Alt>}{ArrowDown}{/Alt}{Shift>}{F10}{/Shift}');
    await screen.findAllByRole('menuitem');
    expect(screen.queryByTestId('move-down')).toBeNull();
    expect(calls.filter((call) => call.startsWith('arrangeSites'))).toEqual([]);
  });

  it('is in the palette as far as a site can go', async () => {
    const { person } = await openWindow(three);
    await person.keyboard('{Control>}k{/Control}');
    await person.keyboard(`move ${first}`);
    const found = (await screen.findAllByRole('option')).map((one) => one.textContent);
    expect(found.some((one) => one.includes(`Move ${first} down`))).toBe(true);
    expect(found.some((one) => one.includes(`Move ${first} up`))).toBe(false);
  });
});

describe('a row that is dragged', () => {
  it('shows where it would come, and comes there', async () => {
    const { row } = await openWindow(three);
    layOut();
    await drag(row(first), 250, 480);
    expect(row(first).className).toContain('dragged');
    expect(row(third).className).toContain('drop-after');
    await pointer('pointermove', document.body, 370);
    expect(row(third).className).toContain('drop-before');
    await pointer('pointermove', document.body, 310);
    expect(document.querySelector('[class*=drop-]'), 'it would stay where it is').toBeNull();
    await pointer('pointermove', document.body, 480);
    await pointer('pointerup', document.body, 480);
    expect(names()).toEqual([second, third, first]);
  });

  it('opens nothing when it is let go', async () => {
    const { row } = await openWindow(three);
    layOut();
    await drag(row(first), 250, 480);
    await pointer('pointerup', document.body, 480);
    await fireEvent.click(row(first));
    expect(names()).toEqual([second, third, first]);
  });

  it.each([
    [
      'comes back without its button',
      () => pointer('pointermove', document.body, 490, { buttons: 0 }),
    ],
    ['is over another window', () => fireEvent.blur(window)],
  ])('is let go where it was when the pointer %s', async (_, lost) => {
    const { row } = await openWindow(three);
    layOut();
    await drag(row(first), 250, 480);
    await lost();
    await waitFor(() => expect(document.querySelector('.dragged')).toBeNull());
    await pointer('pointermove', document.body, 370);
    expect(document.querySelector('.dragged')).toBeNull();
    await pointer('pointerup', document.body, 480);
    expect(names()).toEqual(own);
  });

  it('stays where it was after Escape', async () => {
    const { calls, person, row } = await openWindow(three);
    layOut();
    await drag(row(first), 250, 480);
    await person.keyboard('{Escape}');
    expect(document.querySelector('.dragging')).toBeNull();
    await pointer('pointerup', document.body, 480);
    await fireEvent.click(row(first));
    expect(names()).toEqual(own);
    expect(calls.filter((call) => call.startsWith('arrangeSites'))).toEqual([]);
  });

  it('is taken by a finger at its tile alone', async () => {
    const { row } = await openWindow(three);
    layOut();
    await drag(row(first), 250, 480, { pointerType: 'touch' });
    expect(document.querySelector('.dragging')).toBeNull();
    await pointer('pointerup', document.body, 480);

    const grip = row(first).querySelector<HTMLElement>('[data-grip]');
    await drag(grip as HTMLElement, 250, 480, { pointerType: 'touch' });
    expect(document.querySelector('.dragging')).toBeTruthy();
    await pointer('pointercancel', document.body, 480);
    expect(document.querySelector('.dragging')).toBeNull();
    expect(names()).toEqual(own);
  });

  it('is not taken by a hand that is not quite still, nor by its buttons', async () => {
    const { row } = await openWindow(eight);
    layOut();
    const top = eight[0]?.name ?? '';
    await drag(row(top), 250, 254);
    expect(document.querySelector('.dragging')).toBeNull();
    await pointer('pointerup', document.body, 254);
    await drag(row(top).querySelector('button') as HTMLElement, 250, 480);
    expect(document.querySelector('.dragging')).toBeNull();
  });
});
