import { render, screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import App from '../src/App.svelte';
import { DemoHost } from '../src/bridge/demo/host';
import { eight, hostile, three, unaccepted, unknownProduct } from '../src/bridge/demo/sites';
import type { SiteView } from '../src/bridge/types';
import { keepLook } from '../src/state/look';
import { find, openWindow, text } from './window';

describe('the overview', () => {
  it('shows each total over its column, and how old the numbers are', async () => {
    await openWindow(eight);
    expect(text('total-assigned_open')).toBe('47');
    expect(text('total-overdue')).toBe('9');
    expect(screen.getByText('3 up to date, 4 older')).toBeTruthy();
  });

  it('shows a dash, never a zero, for what a product cannot count', async () => {
    const { row } = await openWindow(eight);
    const created = row('制作進行ボード').querySelector('[data-testid=count-created_open]');
    expect(created?.textContent?.trim()).toBe('–');
    expect(created?.getAttribute('title')).toBe('Jooto cannot count this');
  });

  it('has one tab stop, and arrows that move it', async () => {
    const { person, row } = await openWindow(eight);
    row('Kaizen Core').focus();
    await person.keyboard('{ArrowDown}{ArrowDown}');
    expect(document.activeElement).toBe(row('Support Desk'));
    await person.keyboard('{End}');
    expect(document.activeElement).toBe(row('Kaizen Archive'));
    expect(document.querySelectorAll('[role=row][tabindex="0"]')).toHaveLength(1);
    await person.keyboard('{Home}{Enter}');
    expect(screen.getByTestId('site-detail').dataset.siteName).toBe('Kaizen Core');
  });

  it('goes into the buttons of a row with the right arrow and back with the left', async () => {
    const { person, row } = await openWindow(three);
    row('Kaizen Core').focus();
    await person.keyboard('{ArrowRight}{ArrowRight}');
    expect(document.activeElement?.getAttribute('data-testid')).toBe('copy-token');
    await person.keyboard('{ArrowLeft}{ArrowLeft}');
    expect(document.activeElement).toBe(row('Kaizen Core'));
  });

  it('filters with "/", and Escape takes the filter back', async () => {
    const { person } = await openWindow(eight);
    await person.keyboard('/plan.io');
    expect(document.querySelectorAll('[data-testid=site-row]')).toHaveLength(2);
    expect(screen.getByText('2 of 8 sites')).toBeTruthy();
    await person.keyboard('{Escape}');
    expect(document.querySelectorAll('[data-testid=site-row]')).toHaveLength(8);
  });

  it('says so when nothing matches, and offers the way back', async () => {
    const { person } = await openWindow(eight);
    await person.keyboard('/gitlab');
    expect(screen.getByText('No site matches “gitlab”')).toBeTruthy();
    await person.click(
      screen.getAllByRole('button', { name: 'Clear filter' }).at(-1) as HTMLElement,
    );
    expect(document.querySelectorAll('[data-testid=site-row]')).toHaveLength(8);
  });

  it('copies the token of the focused row with Ctrl+C', async () => {
    const { calls, person, row } = await openWindow(eight);
    row('ACME Delivery').focus();
    await person.keyboard('{Control>}c{/Control}');
    expect(calls).toContain('copyToken(acme-delivery, raw)');
    expect(await screen.findByTestId('toast')).toBeTruthy();
  });

  it('does not copy for a site without a token', async () => {
    const { calls, person, row } = await openWindow(eight);
    row('Campaign Ops').focus();
    await person.keyboard('{Control>}c{/Control}');
    expect(calls.filter((call) => call.startsWith('copyToken'))).toEqual([]);
  });

  it('refreshes all with F5 and the focused site with R', async () => {
    const { calls, person, row } = await openWindow(eight);
    await person.keyboard('{F5}');
    row('ACME Delivery').focus();
    await person.keyboard('r');
    expect(calls).toContain('refreshCounts(all)');
    expect(calls).toContain('refreshCounts(acme-delivery)');
    expect(screen.getByRole('progressbar')).toBeTruthy();
  });

  it('offers what brings a site back', async () => {
    const { calls, person, row } = await openWindow(eight);
    const action = (name: string) =>
      row(name).querySelector('[data-testid=row-action]') as HTMLElement;
    expect(action('Campaign Ops').textContent?.trim()).toBe('Log in');
    await person.click(action('Plant Line 4'));
    expect(calls).toContain('refreshCounts(plant-line-4)');
    await person.click(action('Campaign Ops'));
    expect(await screen.findByTestId('dialog-connect')).toBeTruthy();
  });

  it('shows names and hosts of a server as text', async () => {
    await openWindow([hostile]);
    expect(document.querySelector('img')).toBeNull();
    expect(find('[data-testid=site-row]').textContent).toContain('<img src=x');
  });

  it('explains a refused action where it was asked for', async () => {
    const { press } = await openWindow(eight, { refuse: { refreshCounts: 'file_unwritable' } });
    await press('refresh');
    expect((await screen.findByRole('alert')).textContent).toContain('cannot be written');
  });

  it('says why there is nothing to show, and tries again', async () => {
    const { host } = await openWindow(eight, { refuse: { overview: 'file_unreadable' } });
    expect((await screen.findByRole('alert')).textContent).toContain('cannot be read');
    host.script.refuse = {};
    screen.getByRole('button', { name: 'Retry' }).click();
    await waitFor(() => find('[data-testid=site-row]'));
  });

  it('says it in the language that was chosen last', async () => {
    keepLook({ language: 'de', theme: 'dark' });
    const host = new DemoHost(eight, { refuse: { overview: 'file_unreadable' } });
    render(App, { host });
    await screen.findByRole('alert');
    expect(document.documentElement.lang).toBe('de');
    expect(document.documentElement.dataset.theme).toBe('dark');
  });

  it('has no number of overdue sites where no site says what is overdue', async () => {
    await openWindow(eight.map((site) => ({ ...site, counts: [] })));
    expect(screen.getByRole('radio', { name: /Overdue/ }).textContent?.trim()).toBe('Overdue');
  });

  it('says why a row has no numbers', async () => {
    const [first, second] = three as [SiteView, SiteView];
    const { row } = await openWindow([unaccepted(first), unknownProduct(second)]);
    expect(row('Kaizen Core').textContent).toContain('Accept its definition to see counts');
    expect(row('ACME Delivery').textContent).toContain('Tallykey does not know this product');
  });

  it('lets a token be copied while its row is refreshed, and not while it is revoked', async () => {
    const { host, row } = await openWindow(three);
    const copy = () => row('Kaizen Core').querySelector('[data-testid=copy-token]');
    host.changeSite('kaizen-core', { busy: 'counting' });
    await waitFor(() => expect(row('Kaizen Core').textContent).toContain('Refreshing'));
    expect(copy()).toBeTruthy();
    host.changeSite('kaizen-core', { busy: 'revoking' });
    await waitFor(() => expect(copy()).toBeNull());
  });
});
