import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { Script } from '../src/bridge/demo/script';
import { eight, openBoard } from '../src/bridge/demo/sites';
import type { OfferView } from '../src/bridge/types';
import { openWindow, text } from './window';

const name = '制作進行ボード';
const sites = eight.map((site) => (site.id === 'board' ? openBoard : site));
const projects: OfferView = {
  key: 'board',
  label: { en: 'Projects to count' },
  many: true,
  optional: false,
  me: false,
  items: [
    { value: '1', text: 'One' },
    { value: '2', text: 'Two' },
  ],
  chosen: ['2'],
  isCut: false,
};

async function choosing(script: Partial<Script> = {}) {
  const window = await openWindow(sites, script);
  await window.open(name);
  await window.press('choose');
  await screen.findByTestId('dialog-choose');
  return window;
}

const done = () => screen.getByTestId('choose-done');

describe('a site with something left to choose', () => {
  it('says so in its row and in its detail, and offers it', async () => {
    const { open, person, row } = await openWindow(sites);
    expect(row(name).textContent).toContain('Choice missing');
    await person.click(row(name).querySelector('[data-testid=row-action]') as HTMLElement);
    await screen.findByTestId('dialog-choose');
    await person.keyboard('{Escape}');
    await person.click(screen.getByTestId('dialog-cancel'));
    await open(name);
    expect(text('trouble')).toContain('needs to know what to count');
    expect(text('choices')).toContain('Not chosen yet');
  });

  it('is asked once it is connected', async () => {
    const { calls, host, open, press } = await openWindow(sites);
    host.changeSite('board', { state: 'needsSignIn', token: null });
    await open(name);
    await press('log-in');
    await waitFor(() => expect(calls).toContain('waitConnect(attempt-board)'));
    host.comeBack();
    expect((await screen.findByTestId('dialog-connected')).textContent).toContain(
      'Left to choose: Your user in Jooto · Projects to count',
    );
    expect(screen.getByTestId('dialog-connected').textContent).not.toContain('Counting');
    await press('choose-now');
    expect(await screen.findByTestId('offer-user')).toBeTruthy();
  });
});

describe('choosing', () => {
  it('keeps one of a list and several of another, in the order of the server', async () => {
    const { calls, press } = await choosing();
    await screen.findByTestId('offer-user');
    expect(done().hasAttribute('disabled')).toBe(true);
    await press('item-502');
    await press('item-501');
    await press('item-73');
    await press('item-71');
    expect(text('offer-board')).toContain('2 of 12 chosen');
    await press('choose-done');
    await waitFor(() => expect(calls).toContain('choose(board, user=501, board=71+73)'));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(text('choices')).toContain('制作進行 and 採用');
    expect(text('choose-again')).toBe('Change…');
  });

  it('filters a long list, and chooses all that is shown', async () => {
    const { person, press } = await choosing();
    await person.type(await screen.findByTestId('filter-board'), 'ＷＥＢ');
    expect(screen.queryByTestId('item-71')).toBeNull();
    await press('item-72');
    await person.clear(screen.getByTestId('filter-board'));
    await person.type(screen.getByTestId('filter-board'), 'o');
    await press('all-board');
    expect(text('offer-board')).toContain('3 of 12 chosen');
    await press('all-board');
    expect(text('offer-board')).toContain('1 of 12 chosen');
    await person.type(screen.getByTestId('filter-board'), 'zzz');
    expect(text('offer-board')).toContain('Nothing matches “ozzz”');
  });

  it('starts with what is chosen now, and tells when the server has more', async () => {
    await choosing({ offers: [{ ...projects, isCut: true }] });
    expect((await screen.findByTestId<HTMLInputElement>('item-2')).checked).toBe(true);
    expect(done().hasAttribute('disabled')).toBe(false);
    expect(text('offer-board')).toContain('The server has more than is shown here.');
  });

  it('says what it waits for', async () => {
    await choosing({ silent: ['offers'] });
    expect(text('dialog-choose')).toContain('Getting the choices from app.jooto.com');
  });

  it('explains when it could not ask, and tries again', async () => {
    const { host, press } = await choosing({ refuse: { offers: 'rate_limited' } });
    expect((await screen.findByRole('alert')).textContent).toContain('Too many requests');
    host.script.refuse = {};
    await press('try-again');
    expect(await screen.findByTestId('offer-user')).toBeTruthy();
  });

  it('keeps what was chosen when it could not be saved', async () => {
    const { press } = await choosing({ offers: [projects], refuse: { choose: 'file_unwritable' } });
    await press('item-1');
    await press('choose-done');
    expect((await screen.findByRole('alert')).textContent).toContain('cannot be written');
    expect(screen.getByTestId<HTMLInputElement>('item-1').checked).toBe(true);
  });

  it('says so when there is nothing to choose from', async () => {
    await choosing({ offers: [{ ...projects, items: [], chosen: [] }] });
    expect((await screen.findByTestId('offer-board')).textContent).toContain('nothing to choose');
    expect(done().hasAttribute('disabled')).toBe(true);
  });
});
